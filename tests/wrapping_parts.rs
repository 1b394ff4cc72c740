//! Large lists are searched in parts on all cores: with the same result as when the whole text is read at once.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::atomic::{AtomicBool, Ordering};

use rolescope::catalog::search::Named;
use rolescope::catalog::{Catalog, import};
use rolescope::policy::json::{self, Limits};
use rolescope::policy::wrapper::{self, Found, SkipReason};
use rolescope::say::Language;

/// Nobody stops the search.
static NEVER: AtomicBool = AtomicBool::new(false);

/// Elements that make a text large enough to be searched in parts.
const MANY: usize = 2_000;

fn policy(n: usize) -> String {
    format!(
        "{{ \"PolicyName\": \"P{n}\", \"Description\": \"a \\\"[{{ \u{201c}部门\u{201d}\", \"PolicyDocument\": {{\"Version\": \"1\",\n \
         \"Statement\": [{{\"Effect\": \"Allow\", \"Action\": [\"ecs:A{n}\", \"Statement:x\"], \"Resource\": \"*\"}}]}} }}"
    )
}

fn role(n: usize) -> String {
    format!(
        "{{\"RoleName\": \"R{n}\", \"Arn\": \"acs:ram::1:role/r{n}\", \"AssumeRolePolicyDocument\": \
         \"{{\\\"Version\\\":\\\"1\\\",\\\"Statement\\\":[{{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"sts:AssumeRole\\\",\
         \\\"Principal\\\":{{\\\"Service\\\":[\\\"ecs.aliyuncs.com\\\"]}}}}]}}\"}}"
    )
}

fn list(element: impl Fn(usize) -> String) -> String {
    let elements: Vec<String> = (0..MANY).map(element).collect();
    format!("[{}]", elements.join(",\n"))
}

/// The result when the whole text is read at once.
fn whole(text: &str) -> Result<Found, String> {
    let limits = Limits::default();
    let reading = json::read(text, &limits).map_err(|error| error.to_string())?;
    Ok(Found { repairs: reading.repairs, ..wrapper::find(text, &reading.root, &limits) })
}

#[test]
fn parts_give_what_the_whole_gives() {
    let policies = list(policy);
    let roles = list(role);
    let statements = list(|n| {
        format!(
            "{{\"Effect\": \"Allow\", \"Action\": \"ecs:Statement{n}\", \"Resource\": \"acs:ecs:*:*:instance/{n:0100}\"}}"
        )
    });
    let listed = list(|n| {
        format!(
            "{{\"PolicyName\": \"P{n}\", \"PolicyType\": \"Custom\", \"Description\": \"{n:0200}\"}}"
        )
    });
    let middle = policy(MANY / 2);
    let cases = [
        ("a plain list", policies.clone(), MANY),
        (
            "a list in an answer",
            format!("{{\"RequestId\": \"x\", \"Policies\": {policies}}}"),
            MANY,
        ),
        (
            "a list two objects deep",
            format!("{{\"Policies\": {{\"Policy\": {policies}, \"Page\": 1}}}}"),
            MANY,
        ),
        (
            "the name of what is around",
            format!("{{\"RoleName\": \"Around\", \"Policies\": {policies}}}"),
            MANY,
        ),
        ("roles", format!("{{\"Roles\": {{\"Role\": {roles}}}}}"), MANY),
        ("policies without documents", format!("{{\"Policies\": {{\"Policy\": {listed}}}}}"), 0),
        ("a list of statements", statements.clone(), 1),
        ("one document", format!("{{\"Version\": \"1\", \"Statement\": {statements}}}"), 1),
        (
            "a document beside the list",
            format!("{{\"One\": {}, \"Policies\": {policies}}}", policy(0)),
            MANY + 1,
        ),
        (
            "a comment in an element",
            policies.replace(&middle, &format!("{middle} // remark\n")),
            MANY,
        ),
        ("single quotes", policies.replace("\"P7\"", "'P7'"), MANY),
        ("a comma too many in an element", policies.replace(" }}", ", }}"), MANY),
        ("an element of another kind", policies.replace(&middle, "7"), MANY - 1),
        ("a duplicate key", format!("{{\"Policies\": [], \"Policies\": {policies}}}"), MANY),
    ];
    for (name, text, documents) in cases {
        let found = wrapper::find_in(&text, &Limits::default())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(found.documents.len(), documents, "{name}");
        let expected = whole(&text).unwrap();
        for (n, (one, other)) in found.documents.iter().zip(&expected.documents).enumerate() {
            assert_eq!(one, other, "{name}: document {n}");
        }
        assert!(found == expected, "{name}: roles, lists, what was left out or repaired differ");
    }
}

#[test]
fn errors_are_those_of_the_whole() {
    let policies = list(policy);
    let middle = policy(MANY / 2);
    let deep = "[".repeat(200) + &"]".repeat(200);
    for (name, text) in [
        ("a cut end", policies.get(..policies.len() / 2 * 2 - 40).unwrap().to_owned()),
        ("a bracket of the wrong kind", policies.replace(&middle, &middle.replace("}]}", "}}}"))),
        ("too deep", policies.replace(&middle, &format!("{{\"a\": {deep}}}"))),
        ("something after the end", format!("{policies} ]")),
    ] {
        let error = match wrapper::find_in(&text, &Limits::default()) {
            Err(error) => error.to_string(),
            // What stands before the fault is read.
            Ok(found) => {
                assert!(found.documents.len() >= MANY / 2, "{name}");
                let [skipped] = found.skipped.as_slice() else { panic!("{:?}", found.skipped) };
                let SkipReason::Rest(error) = &skipped.reason else { panic!("{skipped:?}") };
                error.to_string()
            }
        };
        let expected = json::read_all(&text, &Limits::default()).unwrap_err().to_string();
        assert_eq!(error, expected, "{name}");
    }
}

/// Statements and documents of which some are passed over without a tree, and others need to be read.
fn odd_policy(n: usize) -> String {
    let pick = |from: &[&str], by: usize| from[n / by % from.len()].to_owned();
    let action = pick(
        &[
            "\"ecs:Run\"",
            "[\"ecs:Run\", \"oss:Get*\", \"ECS:run\"]",
            "[]",
            "\"a\\u003ab\"",
            "[\"kms:Decrypt\", 1]",
            "\"*\"",
            "[\"vpc:Describe*\" ,\"vpc:X\\ny\", \"ram:PassRole\"]",
            "[\"x:部门\", \"x:ß\"]",
        ],
        1,
    );
    let resource = pick(
        &[
            "\"*\"",
            "[\"acs:oss:*:*:b\", \"acs:ECS:*:*:i/1\", \"acs:oss:*:*:b/*\"]",
            "[\"acs:kms:*\",]",
            "null",
            "\"acs:*:*\"",
        ],
        3,
    );
    let condition = pick(
        &[
            "",
            ", \"Condition\": {\"IpAddress\": {\"acs:SourceIp\": [\"10.0.0.0/8\", 1, true]}}",
            ", \"Condition\": {}",
            ", \"Condition\": {\"a\": [[[[[[1]]]]]]}",
            ", \"Condition\": tru",
            ", \"Sid\": \"s\"",
            ", \"Principal\": {\"RAM\": [\"*\"]}",
            ", \"Effect\": \"Deny\"",
            ",",
        ],
        5,
    );
    let effect = pick(&["Allow", "Deny", "allow"], 7);
    let key = pick(&["Action", "Action", "NotAction", "action"], 11);
    let around = pick(
        &["\"Version\": \"1\", ", "", "\"Version\": 1, ", "\"Id\": \"x\", \"Version\": \"1\","],
        13,
    );
    let statement = format!(
        "{{\"Effect\": \"{effect}\", \"{key}\": {action}, \"Resource\": {resource}{condition}}}"
    );
    let second = pick(
        &[
            "",
            ",{\"Effect\":\"Allow\",\"Action\":\"ecs:Run\",\"Resource\":\"acs:oss:*\"}",
            ",[]",
            ",",
        ],
        17,
    );
    let document = format!("{{{around}\"Statement\" : [ {statement}{second} ] }}");
    match n / 19 % 4 {
        0 => document,
        1 => format!(
            "{{\"Policy\": {{\"PolicyName\": \"P{n}\", \"PolicyDocument\": {document}}}, \
             \"DefaultPolicyVersion\": {{\"PolicyDocument\": {document}}}}}"
        ),
        _ => format!("{{\"PolicyName\": \"P{n}\", \"PolicyDocument\": {document}}}"),
    }
}

/// The actions that a policy names.
fn actions(text: &str) -> Vec<String> {
    let mut actions = Vec::new();
    let mut named = Named::beyond(&Catalog::default());
    named.tell(&text.into(), &mut |action| actions.push(action.to_owned()));
    actions
}

/// Everything that is told of what a text holds.
fn told(text: &str, catalog: &Catalog) -> Vec<String> {
    let found = import::contents(&text.into(), &Limits::default(), catalog);
    let mut told = Vec::new();
    for paper in &found.papers {
        let actions = actions(&paper.source);
        // A comment makes it be read as usual.
        assert_eq!(actions, self::actions(&format!("// why\n{}", &*paper.source)));
        let names = (&paper.names.policy, &paper.names.version);
        told.push(format!(
            "{:?} {names:?} {:?}\n{:?}\n{}",
            paper.kind, paper.touched, actions, &*paper.source
        ));
    }
    let reasons = found.skipped.iter().map(|(_, reason)| reason.said(Language::English));
    // Where an error stands differs, as the texts do.
    told.extend(reasons.map(|reason| reason.split(" at ").next().unwrap().to_owned()));
    told
}

#[test]
fn documents_that_are_passed_over_tell_what_reading_tells() {
    let catalog = Catalog::builtin().unwrap();
    // Alone each element is read as usual; among many, in parts. An element that cannot be read spoils a list.
    let alone: Vec<(String, Vec<String>)> = (0..40_000)
        .step_by(7)
        .map(odd_policy)
        .filter(|element| json::read(element, &Limits::default()).is_ok())
        .map(|element| (told(&format!("[{element}]"), &catalog), element))
        .map(|(told, element)| (element, told))
        .collect();
    let elements: Vec<&str> = alone.iter().map(|(element, _)| element.as_str()).collect();
    let text = format!("[{}]", elements.join(",\n"));
    assert!(text.len() > 512 << 10, "{} bytes", text.len());
    let papers = |told: &[String]| -> Vec<String> {
        told.iter().filter(|line| line.contains('{')).cloned().collect()
    };
    let expected: Vec<String> = alone.iter().flat_map(|(_, told)| papers(told)).collect();
    let got = papers(&told(&text, &catalog));
    for (got, expected) in got.iter().zip(&expected) {
        assert_eq!(got, expected);
    }
    assert_eq!(got.len(), expected.len());
    assert!(got.len() > 1_000, "{}", got.len());
}

#[test]
fn one_large_document_is_passed_over_too() {
    let statements: Vec<String> = (0..9_000)
        .map(|n| {
            format!(
                "{{\"Effect\":\"Allow\",\"Action\":[\"ecs:A{n}\",\"oss:B{}\",\"kms:*\"],\"Resource\":\"acs:vpc:*:*:*\"}}",
                n / 2
            )
        })
        .collect();
    let text = format!("{{\"Version\":\"1\",\"Statement\":[{}]}}\n", statements.join(",\n"));
    assert!(text.len() > 512 << 10);
    let catalog = Catalog::builtin().unwrap();
    let paper = |text: &str| {
        let found = import::contents(&text.into(), &Limits::default(), &catalog);
        assert!(found.skipped.is_empty() && found.papers.len() == 1, "{:?}", found.skipped);
        found.papers.into_iter().next().unwrap()
    };
    // A comment makes it be read as usual.
    let (passed, read) = (paper(&text), paper(&format!("// why\n{text}")));
    assert_eq!(passed.touched, read.touched);
    assert!(actions(&passed.source) == actions(&read.source), "the actions differ");
    assert_eq!(actions(&passed.source).len(), 9_000 + 4_500);
    assert_eq!((passed.kind, passed.bare), (read.kind, read.bare));
    assert_eq!(format!("// why\n{}", passed.source), *read.source);
}

/// What is handed on while a text is taken apart, the names of policies with each part; then the rest, and what was left out.
fn in_parts(text: &str, catalog: &Catalog) -> (Vec<Vec<String>>, Vec<String>) {
    let names = |contents: &import::Contents| -> Vec<String> {
        contents.papers.iter().map(|paper| paper.names.policy.clone().unwrap()).collect()
    };
    let mut parts = Vec::new();
    let hand = &mut |part: import::Contents| parts.push(names(&part));
    let rest = import::contents_in_parts(&text.into(), &Limits::default(), catalog, &NEVER, hand);
    parts.push(names(&rest));
    (parts, rest.skipped.iter().map(|(_, reason)| reason.said(Language::English)).collect())
}

#[test]
fn what_is_found_is_handed_on_once_and_in_order() {
    let catalog = Catalog::builtin().unwrap();
    let all: Vec<String> = (0..MANY).map(|n| format!("P{n}")).collect();
    let plain = list(policy);
    let last = format!("{{ \"PolicyName\": \"P{}\"", MANY - 1);
    assert!(plain.contains(&last));
    let odd = |member: &str| plain.replace(&last, &format!("{last}, {member}"));
    for (what, text, broken) in [
        ("plain JSON", plain.clone(), None),
        // What comes to light when much was handed on.
        ("a comma too many", odd("\"x\": [1,]"), None),
        ("a member without value", odd("\"x\": ,"), Some("Found `,`")),
        ("a word that is none", odd("\"x\": tru"), Some("Found the word `tru`")),
        ("a number that is none", odd("\"x\": 1.2.3"), Some("Found the number 1")),
        ("brackets that do not match", odd("\"x\": [1, {\"y\": 2]}"), Some("Found `]`")),
    ] {
        let (parts, skipped) = in_parts(&text, &catalog);
        assert!(parts.len() > 2, "{what}: {} parts", parts.len());
        let handed = parts.concat();
        let other = handed.iter().zip(&all).find(|(one, other)| one != other);
        assert_eq!(other, None, "{what}");
        match broken {
            None => assert_eq!((handed.len(), skipped.len()), (MANY, 0), "{what}: {skipped:?}"),
            Some(found) => {
                assert_eq!(handed.len(), MANY - 1, "{what}");
                let [told] = skipped.as_slice() else { panic!("{what}: {skipped:?}") };
                let all = told.starts_with("It and all that follows cannot be read: ");
                assert!(all && told.contains(&found.replacen('F', "f", 1)), "{what}: {told}");
            }
        }
    }
}

#[test]
fn roles_of_a_list_come_before_what_stands_behind_them() {
    let catalog = Catalog::builtin().unwrap();
    let text = list(|n| if n < MANY / 2 { policy(n) } else { role(n) });
    let mut parts = 0;
    let hand = &mut |part: import::Contents| {
        assert!(part.roles.is_empty());
        parts += part.papers.len();
    };
    let rest = import::contents_in_parts(
        &text.as_str().into(),
        &Limits::default(),
        &catalog,
        &NEVER,
        hand,
    );
    assert_eq!(rest.roles.len(), MANY / 2);
    assert!(parts > MANY / 4 && parts <= MANY / 2, "{parts}");
    assert_eq!(parts + rest.papers.len(), MANY);
}

#[test]
fn parts_of_what_was_found_keep_its_order_and_begin_with_the_roles() {
    let catalog = Catalog::builtin().unwrap();
    let text = list(|n| if n % 2 == 0 { policy(n) } else { role(n) });
    let all = import::contents(&text.as_str().into(), &Limits::default(), &catalog);
    let sources = |contents: &import::Contents| -> Vec<String> {
        contents.papers.iter().map(|paper| paper.source.to_string()).collect()
    };
    let mut rest = all.clone();
    let mut parts = rest.split(300);
    assert_eq!((parts[0].roles.len(), rest.roles.len()), (MANY / 2, 0));
    assert!(parts[1..].iter().all(|part| part.roles.is_empty()));
    assert!(parts.iter().all(|part| part.papers.len() == 300), "all but the rest are full");
    assert!((1..=300).contains(&rest.papers.len()), "{}", rest.papers.len());
    parts.push(rest);
    assert_eq!(parts.iter().flat_map(sources).collect::<Vec<_>>(), sources(&all));
    // Few stay where they are.
    let mut few = all;
    few.papers.truncate(300);
    assert!(few.split(300).is_empty());
    assert_eq!((few.papers.len(), few.roles.len()), (300, MANY / 2));
}

#[test]
fn a_search_that_is_stopped_gives_what_it_found_and_how_far_it_came() {
    let catalog = Catalog::builtin().unwrap();
    // Many more shares than there are threads.
    let many: Vec<String> = (0..MANY * 8).map(policy).collect();
    let text = format!("[{}]", many.join(",\n"));
    let stop = AtomicBool::new(false);
    let (mut names, mut ends) = (Vec::new(), Vec::new());
    let hand = &mut |part: import::Contents| {
        names.extend(part.papers.iter().map(|paper| paper.names.policy.clone().unwrap()));
        ends.push(part.bytes);
        stop.store(true, Ordering::Relaxed);
    };
    let rest =
        import::contents_in_parts(&text.as_str().into(), &Limits::default(), &catalog, &stop, hand);
    assert!(rest.stopped && rest.papers.is_empty(), "{} more", rest.papers.len());
    assert!(!names.is_empty() && names.len() < MANY * 8, "{}", names.len());
    assert!(names.iter().enumerate().all(|(n, name)| *name == format!("P{n}")));
    assert!(ends.is_sorted() && ends.last() == Some(&rest.bytes), "{ends:?}");
    // The bytes tell where the last one ends.
    let last = format!("\"P{}\"", names.len() - 1);
    let searched = text.get(..rest.bytes).unwrap();
    let (_, behind) = searched.rsplit_once("\"PolicyName\": ").unwrap();
    assert!(behind.starts_with(&last) && searched.ends_with(&policy(names.len() - 1)), "{behind}");
    let [(None, reason)] = rest.skipped.as_slice() else { panic!("{:?}", rest.skipped) };
    let told = "It had not come to its end when reading was stopped. The first ";
    assert_eq!(reason.english(), format!("{told}{} policies were read.", names.len()));
    // What is read as a whole is not begun.
    let text = format!("// why\n{text}");
    let rest = import::contents_in_parts(
        &text.as_str().into(),
        &Limits::default(),
        &catalog,
        &AtomicBool::new(true),
        &mut |_| panic!("nothing is found"),
    );
    assert!(rest.stopped && rest.papers.is_empty() && rest.bytes == 0);
}

#[test]
fn a_text_that_is_read_as_a_whole_tells_how_far_it_came_too() {
    let text = format!("// why\n{}", list(policy));
    let stop = AtomicBool::new(false);
    let makers: wrapper::Makers<'_, usize> = &|| {
        Box::new(|wrapped, _| {
            stop.store(true, Ordering::Relaxed);
            wrapped.outer.end
        })
    };
    let hand = &mut |_: Vec<usize>, _: usize| panic!("nothing is handed on");
    let source = text.as_str().into();
    let limits = Limits::default();
    let (made, found) = wrapper::each_in(&source, &limits, makers, &stop, hand).unwrap();
    assert_eq!((made.len(), found.stopped), (1, made.first().copied()));
}

/// What was read would be read again otherwise, and what was handed on be handed on twice or not at all.
#[test]
fn a_thread_that_breaks_down_is_heard_of() {
    if std::thread::available_parallelism().map_or(1, std::num::NonZero::get) == 1 {
        return;
    }
    let asker = std::thread::current().id();
    let (broke, made) = std::sync::mpsc::channel();
    let (broke, made) = (std::sync::Mutex::new(broke), std::sync::Mutex::new(made));
    let makers = || -> wrapper::Maker<'_, ()> {
        if std::thread::current().id() == asker {
            // Where no other thread could be started there is none that breaks down.
            let _ = made.lock().unwrap().recv_timeout(std::time::Duration::from_secs(20));
            return Box::new(|_, _| ());
        }
        Box::new(|_, _| {
            broke.lock().unwrap().send(()).unwrap();
            panic!("the second thread broke down")
        })
    };
    let source = list(policy).as_str().into();
    let searched = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        wrapper::each_in(&source, &Limits::default(), &makers, &NEVER, &mut |_, _| {})
    }));
    let panic = searched.map(|found| found.map(|(made, _)| made.len())).unwrap_err();
    let words = panic.downcast_ref::<&str>();
    assert_eq!(words, Some(&"the second thread broke down"));
}
