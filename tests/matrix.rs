//! Journeys through the matrix of roles by services.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use rolescope::app::App;
use rolescope::app::event::Event;
use rolescope::catalog::Catalog;
use rolescope::catalog::import::{self, Ended, File, Importer, contents};
use rolescope::policy::json::Limits;
use rolescope::policy::source::Source;
use rolescope::say::Language;
use std::sync::Arc;
use support::Journey;

#[test]
fn the_matrix_shows_roles_by_services() {
    let mut j = Journey::new(200, 60);
    j.keys("m").at("rolescope › Matrix").sees("15 roles by 20 services");
    for seen in
        ["KMS", "PrivateLink", "AlikafkaConnector", "W 12", "L list", "P permissions", "by product"]
    {
        j.sees(seen);
    }
    j.sees("Alikafka may only delete its own role in Resource Access Management (ram:DeleteServiceLinkedRole).");
    j.keys("l").sees("Alikafka may call 14 actions of Elastic Compute Service");
    j.keys("<enter>").at("rolescope › ApsaraMQ for Kafka › Alikafka › Elastic Compute Service");
    j.keys("<esc>").at("rolescope › Matrix").keys("<esc>").at("rolescope › ApsaraMQ for Kafka");
}

#[test]
fn the_matrix_sorts_filters_and_can_be_copied() {
    let mut j = Journey::new(120, 40);
    j.keys("mo").sees("by number of actions");
    let first = j
        .screen()
        .lines()
        .find(|line| line.contains('▸') || line.contains("W 20"))
        .map(str::to_owned);
    assert!(first.is_some_and(|line| line.contains("Connector") || line.contains("Alikafka")));
    j.keys("s").event(Event::Paste("kms".into())).keys("<enter>").sees("2 roles by 2 services");
    // The filter narrows what is looked at and leads nowhere else; its service is the selected one.
    assert!(j.crumbs().starts_with("rolescope › Matrix"), "{}", j.crumbs());
    j.sees("actions of Key Management Service");
    j.keys("s<home><enter>").at("rolescope › Matrix").sees("15 roles");
    j.keys("s").event(Event::Paste("kms".into())).keys("<enter>");
    j.keys("x").sees("15 roles");
    j.keys("yy");
    assert!(j.copied().starts_with("| role |"), "{}", j.copied());
}

#[test]
fn columns_beyond_an_edge_are_told_there() {
    for columns in (60..=200).step_by(20).chain([66, 73, 90, 97, 119, 131, 171]) {
        let mut j = Journey::new(columns, 24);
        j.keys("m");
        for step in 0..20 {
            let screen = j.screen();
            let rolescope::app::View::Matrix(view) = &j.app.view else { panic!("{screen}") };
            let shown = view.visible(usize::from(columns) - 2);
            let heads = screen.lines().nth(2).unwrap().to_owned();
            let (left, right) = (view.left > 0, shown.end < view.columns.len());
            assert!(shown.contains(&view.column), "{columns} {step}\n{screen}");
            assert_eq!(heads.contains('‹'), left, "{columns} {step}\n{screen}");
            assert_eq!(heads.contains('›'), right, "{columns} {step}\n{screen}");
            j.keys("l");
        }
    }
}

/// The screen over an account with one role of this policy, the cell of a service selected; and what stands there.
fn cell(statements: &str, service: &str) -> (Journey, String, String) {
    let document = format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
    let catalog = support::account(&["AliyunServiceRoleForOwnWide"], "v1", &document);
    let mut j = Journey::with(catalog, 200, 60);
    j.keys("m");
    let at = j.screen().lines().position(|line| line.contains("OwnWide"));
    assert!(at.is_some(), "{}", j.screen());
    for _ in 0..80 {
        if j.screen().lines().any(|line| line.contains('▸') && line.contains("OwnWide")) {
            break;
        }
        j.keys("j");
    }
    for _ in 0..80 {
        let rolescope::app::View::Matrix(view) = &j.app.view else { panic!("{}", j.screen()) };
        if view.columns[view.column].code == service {
            break;
        }
        j.keys("l");
    }
    let rolescope::app::View::Matrix(view) = &j.app.view else { panic!("{}", j.screen()) };
    let (column, cell) = view.cell().unwrap();
    assert_eq!(column.code, service, "{}", j.screen());
    let words = cell.words();
    let sentence = j.app.matrix_sentence();
    (j, words, sentence)
}

const ALL: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
const ONE: &str = r#"{"Effect":"Allow","Action":"ecs:CreateNetworkInterface","Resource":"*"}"#;

fn allow(rest: &str) -> String {
    format!(r#"{{"Effect":"Allow",{rest},"Resource":"*"}}"#)
}

fn deny(rest: &str) -> String {
    format!(r#"{{"Effect":"Deny",{rest},"Resource":"*"}}"#)
}

/// Statements, a service, what its cell shows and what stands in the sentence.
#[track_caller]
fn cells(all: &[(String, &str, &str, &str)]) {
    for (statements, service, words, sentence) in all {
        let (mut j, cell, said) = cell(statements, service);
        assert_eq!(cell, *words, "{statements} on {service}: {said}");
        assert!(said.contains(sentence), "{statements} on {service}: {said}");
        // The same stands on the screen and in the copy.
        j.sees(&said[..40]);
        j.keys("yy");
        let row = j.copied().lines().find(|line| line.contains("OwnWide")).unwrap();
        assert!(words.is_empty() || row.contains(&format!(" {words} |")), "{row}");
    }
}

#[test]
fn a_cell_tells_what_patterns_of_any_service_grant_there() {
    cells(&[
        (
            ALL.to_owned(),
            "ecs",
            "P *",
            "OwnWide may call every action of Elastic Compute Service through *, up to permissions.",
        ),
        (
            allow(r#""Action":"*:Get*""#),
            "oss",
            "R 1*",
            "OwnWide may call 1 of the 3 known actions of Object Storage Service through *:Get*, up to read.",
        ),
        (
            format!("{},{}", ONE, allow(r#""Action":"*:List*""#)),
            "ecs",
            "W 2*",
            "may call 1 action of Elastic Compute Service, up to write; 1 of the 23 known actions through *:List*, up to read.",
        ),
        (
            allow(r#""Action":["ecs:*","ecs:RunInstances"]"#),
            "ecs",
            "P 2*",
            "OwnWide may call 1 action and 1 pattern of Elastic Compute Service, up to permissions.",
        ),
        // What a name of the service grants is not counted twice.
        (
            format!("{},{}", ONE, allow(r#""Action":"*:CreateNetworkInterface""#)),
            "ecs",
            "W 1*",
            "may call 1 action of Elastic Compute Service, up to write; 1 of the 23 known actions through *:CreateNetworkInterface, up to write.",
        ),
        (
            format!("{},{}", ONE, allow(r#""Action":"*""#)),
            "ecs",
            "P *",
            "; every action through *, up to permissions.",
        ),
        (
            allow(r#""NotAction":["ram:*"]"#),
            "ecs",
            "P *",
            "OwnWide may call every action of Elastic Compute Service through NotAction ram:*, up to permissions.",
        ),
        (
            allow(r#""NotAction":["ram:*"]"#),
            "ram",
            "",
            "OwnWide does not touch Resource Access Management.",
        ),
        (
            allow(r#""NotAction":["oss:GetB*"]"#),
            "oss",
            "P 2*",
            "may call 2 of the 3 known actions of Object Storage Service through NotAction oss:GetB*",
        ),
        (
            allow(r#""Action":"o?s:Get*""#),
            "oss",
            "R 1*",
            "known actions of Object Storage Service through o?s:Get*, up to read.",
        ),
        (
            allow(r#""Action":"o?s:Get*""#),
            "ecs",
            "",
            "OwnWide does not touch Elastic Compute Service.",
        ),
        (
            r#"{"Effect":"Allow","Action":"*","Resource":"acs:oss:*:*:box"}"#.to_owned(),
            "ecs",
            "P *",
            "through * (on the resources that the policy names), up to permissions.",
        ),
    ]);
}

/// What is denied is not granted through a pattern either.
#[test]
fn a_cell_tells_what_patterns_of_any_service_deny_there() {
    cells(&[
        (
            format!("{ALL},{}", deny(r#""Action":"ecs:*""#)),
            "ecs",
            "D 1*",
            "may call no action of Elastic Compute Service; 1 pattern denied",
        ),
        (
            format!("{ALL},{}", deny(r#""Action":"*:PutO*""#)),
            "oss",
            "P 2*",
            "may call 2 of the 3 known actions of Object Storage Service through *, up to permissions; 1 of the 3 known actions denied through *:PutO*.",
        ),
        (
            format!("{ALL},{}", deny(r#""Action":"*""#)),
            "oss",
            "D *",
            "OwnWide may call no action of Object Storage Service; every action denied through *.",
        ),
        (
            format!("{},{}", ONE, deny(r#""Action":"*""#)),
            "ecs",
            "D *",
            "may call no action of Elastic Compute Service; 1 action denied; every action denied through *.",
        ),
        (
            format!("{},{}", ONE, deny(r#""Action":"*:Get*""#)),
            "oss",
            "D 1*",
            "; 1 of the 3 known actions denied through *:Get*.",
        ),
        (
            format!("{},{}", ONE, deny(r#""NotAction":"ecs:*""#)),
            "oss",
            "D *",
            "; every action denied through NotAction ecs:*.",
        ),
        (
            format!("{},{}", ONE, deny(r#""NotAction":"ecs:*""#)),
            "ecs",
            "W 1",
            "may call 1 action of Elastic Compute Service, up to write.",
        ),
    ]);
}

/// A pattern of the service is one as much where it is denied, or reaches it through a resource.
#[test]
fn a_number_has_a_star_wherever_patterns_count_in_it() {
    let read = r#"{"Effect":"Allow","Action":"slb:Get*","Resource":"acs:oss:*:*:box"}"#.to_owned();
    let write = allow(r#""Action":"oss:PutObject""#);
    cells(&[
        (
            deny(r#""Action":["vpc:Del*","vpc:Cre*"]"#),
            "vpc",
            "D 2*",
            "may call no action of Virtual Private Cloud; 2 patterns denied.",
        ),
        (
            deny(r#""Action":"kms:Encrypt""#),
            "kms",
            "D 1",
            "may call no action of Key Management Service; 1 action denied.",
        ),
        (
            read.clone(),
            "oss",
            "(1*)",
            "OwnWide calls no action of Object Storage Service; 1 pattern of other services on its resources.",
        ),
        (
            read.replace("Get*", "GetIt"),
            "oss",
            "(1)",
            "OwnWide calls no action of Object Storage Service; 1 action of other services on its resources.",
        ),
        (
            format!("{write},{read}"),
            "oss",
            "W 1+*",
            "; 1 pattern of other services on its resources.",
        ),
        // No sign tells of what is denied beside it.
        (
            format!("{write},{}", deny(r#""Action":"oss:Del*""#)),
            "oss",
            "W 1",
            "; 1 pattern denied.",
        ),
    ]);
}

/// What is cut would be another number.
#[test]
fn a_column_is_as_wide_as_its_widest_cell() {
    let actions: Vec<String> = (0..1_240).map(|n| format!(r#""kms:CreateIt{n}""#)).collect();
    let many = allow(&format!(r#""Action":["kms:Get*",{}]"#, actions.join(",")));
    let (mut j, words, _) = cell(&many, "kms");
    assert_eq!(words, "W 1241*");
    j.sees(" W 1241* ");
    for columns in [60, 80, 120] {
        let document = format!(r#"{{"Version":"1","Statement":[{many}]}}"#);
        let catalog = support::account(&["AliyunServiceRoleForOwnWide"], "v1", &document);
        let mut j = Journey::with(catalog, columns, 24);
        j.keys("ms").event(Event::Paste("kms".into())).keys("<enter>").sees(" W 1241* ");
    }
}

/// The filter and the matrix agree on who touches a service.
#[test]
fn whom_the_filter_finds_the_matrix_does_not_leave_empty() {
    let wide = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["*:Get*","k?s:*"],"Resource":"*"}]}"#;
    let catalog = support::account(&["AliyunServiceRoleForOwnWide"], "v1", wide);
    for service in ["ecs", "oss", "kms", "log", "fc"] {
        let mut j = Journey::with(catalog.clone(), 200, 60);
        j.keys("ms").event(Event::Paste(service.into())).keys("<enter>");
        let rolescope::app::View::Matrix(view) = &j.app.view else { panic!("{}", j.screen()) };
        assert_eq!(view.columns[0].code, service, "{}", j.screen());
        for row in &view.rows {
            assert_ne!(row.cell(0).words(), "", "{service}: {} is empty\n{}", row.name, j.screen());
        }
        assert!(view.rows.iter().any(|row| row.name == "OwnWide"), "{service}\n{}", j.screen());
    }
}

#[test]
fn the_right_to_delete_itself_is_told_as_such() {
    let mut journey = Journey::new(120, 40);
    journey.keys("m").sees("Alikafka may only delete its own role in Resource Access Management");
    // One that may pass a role too is another matter.
    journey.keys("jjj").sees("AlikafkaETL may call 2 actions of Resource Access Management");
}

#[test]
fn what_is_cut_below_the_matrix_says_so() {
    let mut journey = Journey::new(60, 15);
    journey.keys("m").sees("role in Resource Acces…").sees("T tagging   …");
}

#[test]
fn a_role_that_is_not_in_the_matrix_is_told() {
    let mut j = Journey::new(120, 40);
    let others = import::others(&j.app.catalog.clone());
    j.event(Event::Loaded(Box::new(others)));
    j.keys("/natgw<enter>").sees("Natgw").keys("m");
    j.sees("Natgw is not in the matrix: its policy is not in the catalogue.");
    j.keys("<esc><esc>/mqtttunnel<enter>m").sees_not("not in the matrix");
}

#[test]
fn while_roles_come_in_the_matrix_is_not_made_anew_for_each_batch() {
    let catalog = Arc::new(Catalog::builtin().unwrap());
    let app = App::opening(Language::English, &catalog, 120, 40);
    let mut j = Journey::of(app, 120, 40);
    let given = vec!["in".to_owned()];
    let mut importer = Importer::speaking(Language::English, catalog.clone(), &given);
    let mut next = 0;
    let mut batch = |many: usize, ended: Option<Ended>| {
        for _ in 0..many {
            next += 1;
            let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}]}"#;
            let found = contents(&Source::from(text), &Limits::default(), &*catalog);
            let path = format!("in/p{next}.json");
            importer.add(File { path: &path, given: 0, direct: true }, found);
        }
        let mut batch = importer.take();
        batch.progress.ended = ended;
        Event::Loaded(Box::new(batch))
    };
    j.event(batch(20, None)).keys("m").sees("20 policies by 1 service");
    j.event(batch(2, None)).sees("20 policies by 1 service");
    j.event(batch(2, None)).sees("20 policies by 1 service");
    j.event(batch(1, None)).sees("25 policies by 1 service");
    j.event(batch(1, None)).sees("25 policies by 1 service");
    // At the end everything is there, the built-in roles too.
    j.event(batch(1, Some(Ended::Complete))).sees("42 roles and policies by ");
}

#[test]
fn products_head_their_roles_once_and_in_the_language_of_the_screen() {
    const ANY: &str =
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}"#;
    let catalog = Arc::new(Catalog::builtin().unwrap());
    let app = App::opening(Language::English, &catalog, 120, 40);
    let mut j = Journey::of(app, 120, 40);
    let mut importer = Importer::speaking(Language::English, catalog.clone(), &["own".to_owned()]);
    for path in ["own/a.json", "own/sub/b.json", "own/z.json"] {
        let found = contents(&Source::from(ANY), &Limits::default(), &*catalog);
        importer.add(File { path, given: 0, direct: false }, found);
    }
    let mut batch = importer.take();
    batch.progress.ended = Some(Ended::Complete);
    j.event(Event::Loaded(Box::new(batch))).keys("m").sees("sorted by product");
    let screen = j.screen();
    let heads = |name: &str| {
        let lines = screen.lines().map(|line| line.trim_matches(['┃', ' ', '█']));
        lines.filter(|line| *line == name).count()
    };
    assert_eq!(
        [heads("own"), heads("own/sub"), heads("ApsaraMQ for Kafka")],
        [1, 1, 1],
        "{screen}"
    );
    j.keys(":next-language<enter>").sees("云消息队列 Kafka 版").sees_not("ApsaraMQ for Kafka");
    j.sees("按产品排序");
}

#[test]
fn policies_of_one_name_are_told_apart_in_every_order() {
    let policy = |action: &str| {
        format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"{action}","Resource":"*"}}]}}"#
        )
    };
    let catalog = Arc::new(Catalog::builtin().unwrap());
    let app = App::opening(Language::English, &catalog, 120, 40);
    let mut j = Journey::of(app, 120, 40);
    let mut importer = Importer::speaking(Language::English, catalog.clone(), &["own".to_owned()]);
    for (path, action) in
        [("own/one/dev.json", "kms:Decrypt"), ("own/two/dev.json", "ecs:StopInstance")]
    {
        let found = contents(&Source::from(&*policy(action)), &Limits::default(), &*catalog);
        importer.add(File { path, given: 0, direct: false }, found);
    }
    let mut batch = importer.take();
    batch.progress.ended = Some(Ended::Complete);
    j.event(Event::Loaded(Box::new(batch))).keys("m").sees("by product");
    // There the headings part them.
    j.sees_not("dev (own/two)").sees("own/two");
    for order in ["actions", "highest level", "selected service", "by name"] {
        j.keys("o").sees(order).sees("dev (own/one)").sees("dev (own/two)");
    }
}

/// Most roles touch few services: what is kept of them grows with these, not with the columns of all.
#[test]
fn a_row_keeps_the_cells_that_say_something() {
    let texts: Vec<(String, String)> = (0..60)
        .map(|n| {
            let statement = format!(r#""Action":"own{n:02}:Get","Resource":"*""#);
            let text =
                format!(r#"{{"Version":"1","Statement":[{{"Effect":"Allow",{statement}}}]}}"#);
            (format!("role{n:02}.json"), text)
        })
        .collect();
    let files: Vec<(&str, String)> =
        texts.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let mut j = support::over(&files, 120, 40);
    j.keys("m");
    let rolescope::app::View::Matrix(view) = &j.app.view else { panic!("{}", j.screen()) };
    let own: Vec<_> = view.rows.iter().filter(|row| row.name.starts_with("role")).collect();
    assert_eq!((own.len(), own.iter().map(|row| row.filled().count()).sum::<usize>()), (60, 60));
    for (at, column) in view.columns.iter().enumerate().filter(|(_, c)| c.code.starts_with("own")) {
        let here = own.iter().filter(|row| row.cell(at).words() == "R 1");
        let names: Vec<&str> = here.map(|row| row.name.as_str()).collect();
        assert_eq!(names, [column.code.replace("own", "role")]);
    }
}
