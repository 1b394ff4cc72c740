//! People's own files: what is made of them, how they are read, and journeys over them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "files/catalogues.rs"]
mod catalogues;
#[path = "files/importing.rs"]
mod importing;
#[path = "files/stopping.rs"]
mod stopping;
mod support;

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rolescope::app::App;
use rolescope::app::event::{Effect, Event};
use rolescope::catalog::Catalog;
use rolescope::catalog::import::{self, Batch, Ended, File, Importer, contents};
use rolescope::catalog::load;
use rolescope::policy::json::Limits;
use rolescope::say::Language;
use support::Journey;

const DOCUMENT: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:Own","oss:GetObject"],"Resource":"*"}]}"#;

fn builtin() -> Arc<Catalog> {
    Arc::new(Catalog::builtin().unwrap())
}

/// Products with their roles, as lines, of these files of one folder.
fn imported(files: &[(&str, &str)]) -> (Vec<String>, Batch) {
    let catalog = builtin();
    let mut importer = Importer::speaking(Language::English, catalog.clone(), &["in".to_owned()]);
    for (path, text) in files {
        let found = contents(
            &rolescope::policy::source::Source::from(*text),
            &Limits::default(),
            &*catalog,
        );
        importer.add(File { path, given: 0, direct: false }, found);
    }
    let batch = importer.take();
    let lines = batch.products.iter().map(|product| {
        let roles = batch.roles.iter().filter(|loaded| loaded.role.product == product.id);
        let roles: Vec<String> = roles
            .map(|loaded| {
                let role = &loaded.role;
                let mut said = role.name.clone();
                if role.policy.is_some() {
                    said.push_str("+policy");
                }
                if role.trust.is_some() {
                    said.push_str("+trust");
                }
                said
            })
            .collect();
        format!("{}: {}", product.name.en, roles.join(", "))
    });
    (lines.collect(), batch)
}

/// Everything that comes of opening these paths.
fn open(paths: &[&Path]) -> Vec<Batch> {
    let paths: Vec<OsString> = paths.iter().map(|path| path.as_os_str().to_owned()).collect();
    let mut batches = Vec::new();
    load::open(
        &paths,
        &builtin(),
        rolescope::say::Language::English,
        &AtomicBool::new(false),
        &mut |batch| {
            batches.push(batch);
            true
        },
    );
    batches
}

/// File name and reason of all that was left out.
fn skipped(batches: &[Batch]) -> Vec<(String, String)> {
    let all = batches.iter().flat_map(|batch| &batch.skipped);
    all.map(|one| {
        let name = one.path.rsplit('/').next().unwrap_or_default().to_owned();
        (name, one.reason.english())
    })
    .collect()
}

#[cfg(unix)]
#[test]
fn a_folder_with_every_trap_is_read_to_its_end() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.json"), DOCUMENT).unwrap();
    fs::create_dir(at("deep")).unwrap();
    fs::write(at("deep/b.json"), DOCUMENT).unwrap();
    symlink("..", at("deep/loop")).unwrap();
    symlink("nowhere", at("dangling")).unwrap();
    fs::write(at("empty.json"), "").unwrap();
    fs::write(at("latin.json"), b"{\"a\": \"\xe4\"}").unwrap();
    fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"n\xff.json")), DOCUMENT).unwrap();
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(DOCUMENT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    fs::write(at("wide.json"), wide).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(at("pipe")).status();
    fs::write(at("secret.json"), DOCUMENT).unwrap();
    fs::set_permissions(at("secret.json"), fs::Permissions::from_mode(0o000)).unwrap();
    let locked = fs::File::open(at("secret.json")).is_err();

    let batches = open(&[folder.path()]);
    let names: Vec<String> = batches
        .iter()
        .flat_map(|batch| &batch.roles)
        .map(|loaded| loaded.role.name.clone())
        .collect();
    let mut expected = vec!["a", "b", "n\u{fffd}", "wide"];
    if !locked {
        // The superuser may read everything.
        expected.insert(3, "secret");
    }
    assert_eq!(names, expected);
    let told = skipped(&batches);
    for (name, reason) in [
        ("loop", "link to a folder and was not followed"),
        ("dangling", "does not exist"),
        ("empty.json", "expected"),
        ("latin.json", "UTF-8: byte 8"),
        ("socket", "a socket"),
    ] {
        assert!(told.iter().any(|(n, r)| n == name && r.contains(reason)), "{name}: {told:?}");
    }
    if pipe.is_ok_and(|status| status.success()) {
        assert!(told.iter().any(|(n, r)| n == "pipe" && r.contains("a pipe")), "{told:?}");
    }
    if locked {
        assert!(
            told.iter().any(|(n, r)| n == "secret.json" && r.contains("permission")),
            "{told:?}"
        );
    }
    let last = batches.last().unwrap();
    assert_eq!(last.progress.ended, Some(Ended::Complete));
    assert_eq!(last.progress.files, last.progress.found);
}

#[test]
fn the_order_is_the_same_in_every_run() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..200 {
        let text = DOCUMENT.replace("ecs:Own", &format!("ecs:Own{n}"));
        fs::write(folder.path().join(format!("{n:03}.json")), text).unwrap();
    }
    let ids = || -> Vec<String> {
        let batches = open(&[folder.path()]);
        let roles = batches.iter().flat_map(|batch| &batch.roles);
        roles.map(|loaded| loaded.role.id.0.to_string()).collect()
    };
    let first = ids();
    assert_eq!(first.len(), 200);
    assert!(first.is_sorted());
    assert_eq!(first, ids());
}

#[test]
fn a_large_file_is_shown_before_it_is_taken_apart() {
    let folder = tempfile::tempdir().unwrap();
    let policy = |n: usize| {
        format!(
            r#"{{"PolicyName":"P{n}","PolicyDocument":{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ecs:A{n}","Resource":"*"}}]}}}}"#
        )
    };
    let count = usize::try_from(load::LARGE).unwrap() / 100;
    let list: Vec<String> = (0..count).map(policy).collect();
    let text = format!("{{\"Policies\":[{}]}}", list.join(",\n"));
    let path = folder.path().join("large.json");
    fs::write(&path, &text).unwrap();
    let batches = open(&[&path]);
    let first = batches.iter().flat_map(|batch| &batch.roles).next().unwrap();
    assert!(first.whole_file);
    let head = &first.role.policy.as_ref().unwrap().source;
    assert!(text.starts_with(&**head) && head.len() >= 60_000, "{} bytes", head.len());
    let mut shown = batches.iter().flat_map(|batch| &batch.roles).rev();
    let last = shown.find(|loaded| loaded.role.id == first.role.id);
    assert_eq!(&*last.unwrap().role.policy.as_ref().unwrap().source, text.as_str());
    assert_eq!(batches.last().unwrap().progress.roles, count + 1);

    let mut journey = Journey::of(App::opening(Language::English, &builtin(), 100, 30), 100, 30);
    for batch in batches {
        journey.event(Event::Loaded(Box::new(batch)));
    }
    // The row of the file is no policy.
    let policies = rolescope::text::thousands(count);
    journey.sees(&format!("Read 1 file: {policies} policies, "));
    journey.sees(&format!("Policies {policies} ")).sees_not(&rolescope::text::thousands(count + 1));
    journey.sees(&format!("The {policies} policies in it follow"));
    assert_eq!(journey.app.products[0].roles, count);
    journey.keys("<enter>").sees("This is the whole file").sees("\"PolicyName\":\"P0\"");
    journey.keys("<down>").sees("1 action");
    let roles = rolescope::text::thousands(count + builtin().roles().len());
    journey.keys("s").event(Event::Paste("ecs".into())).keys("<enter>s");
    journey.sees(&format!(" {roles} roles and policies"));
}

#[test]
fn a_large_file_of_one_policy_counts_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.json");
    fs::write(&path, [&vec![b' '; 1 << 20], DOCUMENT.as_bytes()].concat()).unwrap();
    let mut journey = Journey::of(App::opening(Language::English, &builtin(), 100, 30), 100, 30);
    for batch in open(&[&path]) {
        journey.event(Event::Loaded(Box::new(batch)));
    }
    journey.sees("Read 1 file: 1 policy, ").sees("Policies 1 ");
    assert_eq!(journey.app.products[0].roles, 1);
}

thread_local! {
    /// The folders of this test: they go when it ends, not before, because the program would say so.
    static FOLDERS: RefCell<Vec<tempfile::TempDir>> = const { RefCell::new(Vec::new()) };
}

/// A journey over a folder that was loaded.
fn journey(files: &[(&str, String)]) -> Journey {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let catalog = builtin();
    let mut journey = Journey::of(App::opening(Language::English, &catalog, 120, 40), 120, 40);
    journey.sees("looking for files");
    for batch in open(&[folder.path()]) {
        journey.event(Event::Loaded(Box::new(batch)));
    }
    journey.event(Event::Loaded(Box::new(import::others(&catalog))));
    FOLDERS.with_borrow_mut(|folders| folders.push(folder));
    journey
}

#[test]
fn a_file_that_changes_or_vanishes_is_said() {
    let mut journey =
        journey(&[("first.json", DOCUMENT.to_owned()), ("second.json", DOCUMENT.to_owned())]);
    journey.keys("<enter>").sees("ecs:Own").sees_not("since it was read");
    let folder = FOLDERS.with_borrow(|folders| folders[0].path().to_owned());
    fs::write(folder.join("first.json"), "{}").unwrap();
    fs::remove_file(folder.join("second.json")).unwrap();
    // Nothing watches: it is said when a role of the file is selected.
    journey.sees_not("since it was read");
    journey.keys("<down>").sees("second.json is gone");
    journey.keys("<up>").sees("first.json has changed since it was read");
    // What was read stays, byte for byte.
    journey.keys("yy");
    assert_eq!(journey.copied(), DOCUMENT);
}

#[test]
fn everything_works_on_own_files() {
    let mut journey = journey(&[
        ("mine.json", DOCUMENT.to_owned()),
        ("other.json", DOCUMENT.replace("ecs:Own", "ecs:StartInstance")),
        ("bad.json", "{".to_owned()),
    ]);
    journey.sees("Read 3 files: 2 policies").sees("Left out:").sees("bad.json");
    journey.keys("<enter>").sees("mine").sees("2 actions in 2 services").sees("observed");
    // What was left out can be looked at, searched and read in full.
    journey.keys("S").sees("bad.json").keys("bad<enter>").sees("expected");
    // Built-in products follow; the others are listed apart.
    journey.sees("ApsaraMQ for Kafka").sees("Other products, by name");
    // An action that only the file knows is found, and leads to its role.
    journey.keys("/ecs:own").sees("ecs:Own").keys("<enter>").sees("› mine");
    // The filter counts own roles.
    journey.keys("<esc><esc><esc><esc>soss<enter>");
    journey.sees("2 of 2");
    journey.keys("x");
    journey.keys("<home><enter>m").sees("mine").keys("<esc>");
    journey.keys("<home>yy");
    assert_eq!(journey.copied(), DOCUMENT);
}

#[test]
fn rows_stay_while_more_arrives() {
    let catalog = builtin();
    let mut journey = Journey::of(App::opening(Language::English, &catalog, 100, 30), 100, 30);
    let mut importer = Importer::speaking(Language::English, catalog.clone(), &["in".to_owned()]);
    let mut send = |journey: &mut Journey, path: &str, ended: Option<Ended>| {
        let found = contents(
            &rolescope::policy::source::Source::built(DOCUMENT),
            &Limits::default(),
            &*catalog,
        );
        importer.add(File { path, given: 0, direct: false }, found);
        let mut batch = importer.take();
        batch.progress.found = 9;
        batch.progress.ended = ended;
        journey.event(Event::Loaded(Box::new(batch)));
    };
    send(&mut journey, "in/b/one.json", None);
    send(&mut journey, "in/c/two.json", None);
    journey.keys("<down><enter>");
    let before = (journey.app.product.clone(), journey.app.role.clone(), journey.app.products_at);
    send(&mut journey, "in/c/three.json", None);
    send(&mut journey, "in/d/four.json", Some(Ended::Complete));
    let after = (journey.app.product.clone(), journey.app.role.clone(), journey.app.products_at);
    assert_eq!(before, after);
    assert_eq!(journey.app.products.len(), 3 + catalog.products().len());
}

#[test]
fn find_has_a_role_by_the_name_that_a_later_file_gives_it_and_once() {
    let catalog = builtin();
    let mut journey = Journey::of(App::opening(Language::English, &catalog, 100, 30), 100, 30);
    let mut importer = Importer::speaking(Language::English, catalog.clone(), &["in".to_owned()]);
    let policy = serde_json::json!({"PolicyName": "TicketGrants", "RoleName": "zydesk",
        "PolicyDocument": DOCUMENT});
    let trust = r#"{"Version":"1","Statement":[{"Action":"sts:AssumeRole","Effect":"Allow",
        "Principal":{"Service":["zydesk.aliyuncs.com"]}}]}"#;
    let role = serde_json::json!({"Role": {"RoleName": "zydesk", "RoleId": "1",
        "Arn": "acs:ram::1:role/zydesk", "AssumeRolePolicyDocument": trust}});
    for (path, text) in [("in/a.json", policy.to_string()), ("in/b.json", role.to_string())] {
        let found = contents(&text.into(), &Limits::default(), &*catalog);
        importer.add(File { path, given: 0, direct: false }, found);
        journey.event(Event::Loaded(Box::new(importer.take())));
        journey.keys("/ticketgrants").sees("TicketGrants").keys("<esc>");
    }
    let roles = |journey: &Journey| journey.screen().matches("zydesk").count();
    journey.keys("/zydesk").sees("Roles (1)").sees("Service names (1)");
    assert_eq!(roles(&journey), 5, "{}", journey.screen());
    // The old name is the policy's alone.
    journey.keys("<esc>/ticketgrants").sees("Policies (1)").sees_not("Roles (");
}

#[test]
fn loading_can_be_stopped_by_esc_at_the_start() {
    let mut journey = Journey::of(App::opening(Language::English, &builtin(), 100, 30), 100, 30);
    journey.keys("<esc>").sees("Stopping");
    assert!(journey.effects.contains(&Effect::StopLoading));
    let mut batch = Batch::default();
    batch.progress.ended = Some(Ended::Stopped);
    journey.event(Event::Loaded(Box::new(batch)));
    journey.sees("Stopped. What was read stays").sees("ApsaraMQ for Kafka");
    journey.keys("<esc>").sees("This is the start");
}

#[test]
fn policies_that_no_role_is_known_to_have_are_not_called_roles() {
    let trust = r#"{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["ecs.aliyuncs.com"]}}],"Version":"1"}"#;
    let role = serde_json::json!({"Role": {"RoleName": "mine", "AssumeRolePolicyDocument": trust}});
    let role = role.to_string();
    let document = |name: &str| (name.to_owned(), DOCUMENT.to_owned());
    let both = vec![document("one.json"), document("two.json")];
    let mixed = vec![document("one.json"), ("role.json".to_owned(), role.clone())];
    for (files, title, counted) in [
        (both, "Policies 2", "2 policies"),
        (mixed, "Roles and policies 2", "2 roles and policies"),
        (vec![("role.json".to_owned(), role)], "Roles 1", "1 role,"),
    ] {
        let files: Vec<(&str, String)> =
            files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
        journey(&files).sees(title).sees(counted);
    }
}

#[test]
fn files_without_a_policy_are_told_as_such() {
    journey(&[]).sees("No file was found there that could hold a policy; give the path of a file");
    let hidden = (".git", "{}".to_owned());
    journey(&[hidden]).sees("Nothing was read.").sees("1 hidden file or folder was passed over");
    journey(&[("none.json", "{\"a\": 5}".to_owned())]).sees("Read 1 file: no role or policy, 8 B.");
}

#[test]
fn what_counts_roles_counts_policies_apart() {
    let files = [("one.json", DOCUMENT.to_owned()), ("two.json", DOCUMENT.to_owned())];
    let mut own = journey(&files);
    // The built-in roles stand behind them: 29 with a policy.
    own.keys("m").sees("31 roles and policies by").keys("<esc>");
    own.keys("soss")
        .sees("roles and policies")
        .keys("<enter>")
        .sees("roles and policies touch Object");
    own.keys("xwoss:GetObject").sees("Can  2 policies").keys("<esc>");
    own.keys(":one").sees("Roles and policies (");
}

#[test]
fn the_list_of_services_counts_as_the_filter_does() {
    let wide = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"acs:oss:*:*:b/*"}]}"#;
    let files = [("wide.json", wide.to_owned()), ("one.json", DOCUMENT.to_owned())];
    let mut own = journey(&files);
    // Four roles of the catalogue name it, and one of the files reaches it by `*`.
    own.keys("sFunction").sees("5 roles and policies, 1 by *").sees("by *: by a pattern of any");
    own.keys("<enter>").sees("5 roles and policies touch Function Compute");
    let mut without = Journey::new(120, 40);
    without.keys("s").sees_not("by *");
}

#[test]
fn roles_known_by_name_say_how_to_get_their_policy() {
    let catalog = builtin();
    let mut journey = Journey::with(catalog.clone(), 120, 40);
    journey.event(Event::Loaded(Box::new(import::others(&catalog))));
    journey.keys("/AliyunServiceRoleForActionTrail<enter>").sees("Other products");
    journey.sees("What it may do is not known here").sees("AliyunServiceRolePolicyForActionTrail");
    // Nothing is known of these policies: that is another sign than the one for a part that is missing.
    journey.sees("? policy not known").sees_not("◐");
    journey.keys("/SlbEipAccess<enter>").sees("allocate elastic IP addresses").sees("published");
}

#[test]
fn an_own_catalogue_is_merged_and_its_faults_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let good = r#"{"product":{"id":"own","name":{"en":"Our product"}},"roles":[{"name":"OurRole",
        "policy":{"name":"OurPolicy","file":"ours.txt","standing":"observed"}}]}"#;
    fs::write(folder.path().join("a.json"), good).unwrap();
    fs::write(folder.path().join("ours.txt"), DOCUMENT).unwrap();
    fs::write(folder.path().join("b.json"), "{\n \"rolls\": []}").unwrap();
    let outside = good.replace("ours.txt", "../ours.txt").replace("OurRole", "Outside");
    fs::write(folder.path().join("c.json"), outside).unwrap();
    for (name, bytes) in [("d", b"\xff\xfe{".to_vec()), ("e", vec![b' '; (16 << 20) + 1])] {
        let text = good.replace("ours", name).replace("OurRole", "Unread");
        fs::write(folder.path().join(format!("{name}.json")), text).unwrap();
        fs::write(folder.path().join(format!("{name}.txt")), bytes).unwrap();
    }
    let mut catalog = Catalog::builtin().unwrap();
    let before = catalog.roles().len();
    let told = load::merge_folder(&mut catalog, folder.path());
    assert_eq!(catalog.roles().len(), before + 1);
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(
        told[0].path.ends_with("b.json") && told[0].reason.english().contains("rolls"),
        "{told:?}"
    );
    assert!(told[0].place.as_ref().unwrap().starts_with("2:"), "{told:?}");
    for (told, why) in told[1..].iter().zip([
        "The policy document ../ours.txt cannot be read. It is not in the folder of the catalogue.",
        "The policy document d.txt cannot be read. It is not text in UTF-16, ",
        "The policy document e.txt cannot be read. Catalogue files of more than 16 MiB are not",
    ]) {
        assert!(told.reason.english().starts_with(why), "{told:?}");
    }
}

#[test]
fn an_answer_that_is_cut_is_among_what_was_left_out() {
    let answer =
        r#"{"TotalCount": 20, "Roles": {"Role": [{"RoleName": "R", "Arn": "acs:ram::1:role/r"}]}}"#;
    let mut journey = journey(&[("roles.json", answer.to_owned())]);
    journey.keys("S").sees("The list Roles is not whole here: it holds 1 of 20");
}
