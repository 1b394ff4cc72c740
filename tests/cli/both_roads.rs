//! The screen and the command line read the same files of the same paths, and say the same of what they leave out.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::support::{Folder, policy, run};
use rolescope::catalog::Catalog;
use rolescope::catalog::import::{Batch, Ended};
use rolescope::catalog::load;

const FINE: &str = r#"{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}"#;

/// What the explorer makes of these paths.
fn explored(paths: &[&str], stop: &AtomicBool) -> Vec<Batch> {
    let paths: Vec<OsString> = paths.iter().map(OsString::from).collect();
    let mut batches = Vec::new();
    let catalog = Arc::new(Catalog::builtin().unwrap());
    load::open(&paths, &catalog, rolescope::say::Language::English, stop, &mut |batch| {
        batches.push(batch);
        true
    });
    batches
}

/// The files that were read, and what was left out with the reason, as the explorer has it.
fn by_screen(paths: &[&str]) -> (Vec<String>, Vec<String>) {
    let batches = explored(paths, &AtomicBool::new(false));
    let read = batches.iter().flat_map(|batch| &batch.files).map(load::Stamp::shown).collect();
    let left = batches.iter().flat_map(|batch| &batch.skipped);
    // Faults of a text that was read are told of otherwise by `check`.
    let left = left.filter(|one| one.place.is_none());
    let mut left: Vec<String> =
        left.map(|one| format!("{}: {}", one.path, one.reason.english())).collect();
    left.sort();
    let last = batches.last().unwrap();
    assert_eq!(last.progress.ended, Some(Ended::Complete));
    assert_eq!(last.progress.files, last.progress.found, "{:?}", last.progress);
    (read, left)
}

/// The same from `check`.
fn by_command(paths: &[&str]) -> (Vec<String>, Vec<String>) {
    let said = run(&[&["check", "--json"], paths].concat());
    let (mut read, mut left) = (Vec::new(), Vec::new());
    for line in said.lines() {
        let path = line["path"].as_str().unwrap().to_owned();
        match &line["findings"][0] {
            finding if finding["rule"] == "unreadable-file" => {
                left.push(format!("{path}: {}", finding["message"].as_str().unwrap()));
            }
            _ => read.push(path),
        }
    }
    left.extend(said.err.lines().map(|line| line.trim_start_matches("rolescope: ").to_owned()));
    left.sort();
    (read, left)
}

fn pipe(at: &Path) {
    assert!(Command::new("mkfifo").arg(at).status().unwrap().success());
}

/// A folder with everything that a folder may hold.
fn tree() -> (Folder, UnixListener) {
    let folder = Folder::new();
    let at = |name: &str| folder.path(name);
    folder.file("a.json", policy(FINE));
    folder.file("b/B.JSON", policy(FINE));
    folder.file("b/begins-like-json.txt", policy(FINE));
    folder.file("broken.json", "{");
    folder.file("c", format!("\u{feff}\n [{}]", policy(FINE)));
    folder.file("empty.json", "");
    folder.file("latin.json", b"{\"a\": \"\xe4\"}");
    folder.file("latin-inside", b"{\"a\": \"\xe4\"}");
    folder.file("picture.png", b"\x89PNG\r\n\xff\xfe");
    folder.file("sound", b"\xff\xfe\x00\xd8");
    folder.file("README.md", "# no JSON");
    folder.file("large.log", "line\n".repeat(200_000));
    folder.file(".hid/b.json", policy(FINE));
    folder.file(".hidden.json", policy(FINE));
    folder.file("b/.git/config", "[core]");
    folder.file("far/deep.json", policy(FINE));
    let wide = std::iter::once(0xfeff).chain(policy(FINE).encode_utf16().collect::<Vec<_>>());
    folder.file("wide", wide.flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    symlink("..", at("b/loop")).unwrap();
    symlink("itself", at("itself")).unwrap();
    symlink(at("far"), at("link-to-folder")).unwrap();
    symlink(at("far/deep.json"), at("link.json")).unwrap();
    symlink("nowhere", at("dangling.json")).unwrap();
    symlink("/dev/null", at("device.json")).unwrap();
    symlink("/dev/zero", at("zero")).unwrap();
    pipe(&at("pipe.json"));
    let socket = UnixListener::bind(at("socket")).unwrap();
    folder.file("locked.json", policy(FINE));
    fs::set_permissions(at("locked.json"), fs::Permissions::from_mode(0o000)).unwrap();
    folder.file("locked/x.json", policy(FINE));
    fs::set_permissions(at("locked"), fs::Permissions::from_mode(0o000)).unwrap();
    (folder, socket)
}

/// What is said of each file that is no JSON on the one road, and of all together on the other.
fn without_others(left: Vec<String>, count: usize) -> Vec<String> {
    let is_other = |line: &String| line.contains("look like JSON") || line.contains("not JSON");
    let (others, left): (Vec<_>, Vec<_>) = left.into_iter().partition(is_other);
    let told = others.len() == count
        || (others.len() == 1
            && others[0].starts_with(&format!("{count} files that are not JSON")));
    assert!(told, "{count} files are no JSON: {others:#?}");
    left
}

#[test]
fn a_folder_holds_the_same_on_both_roads() {
    let (folder, _socket) = tree();
    let top = folder.top();
    let in_top = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    let (read, left) = by_screen(&[&top]);
    let (checked, left_by_check) = by_command(&[&top]);
    // The superuser may read everything.
    let locked = fs::File::open(folder.path("locked.json")).is_err();
    let mut expected = vec![
        "a.json",
        "b/B.JSON",
        "b/begins-like-json.txt",
        "broken.json",
        "c",
        "empty.json",
        "far/deep.json",
        "link.json",
    ];
    if !locked {
        expected.extend(["locked.json", "locked/x.json"]);
    }
    expected.push("wide");
    let expected: Vec<String> = expected.iter().map(|name| in_top(name)).collect();
    let mut sorted = expected.clone();
    sorted.sort();
    assert_eq!(read, checked);
    let mut read_sorted = read.clone();
    read_sorted.sort();
    assert_eq!(read_sorted, sorted);

    let left = without_others(left, 4);
    let left_by_check = without_others(left_by_check, 4);
    // The explorer tells below which of the given paths hidden ones are.
    let hidden = "3 hidden files and folders were passed over.";
    let left: Vec<String> = left
        .into_iter()
        .map(|line| if line == format!("{top}: {hidden}") { hidden.to_owned() } else { line })
        .collect();
    let as_set =
        |lines: &[String]| lines.iter().cloned().collect::<std::collections::BTreeSet<_>>();
    assert_eq!(as_set(&left), as_set(&left_by_check));
    for (name, reason) in [
        ("b/loop", "link to a folder and was not followed"),
        ("itself", "It cannot be read"),
        ("link-to-folder", "link to a folder and was not followed"),
        ("dangling.json", "a link to something that does not exist"),
        ("device.json", "It is a device, not a file, and was not opened."),
        ("zero", "It is a device"),
        ("pipe.json", "It is a pipe"),
        ("socket", "It is a socket"),
        ("latin.json", "UTF-8: byte 8 (line 1)"),
        ("latin-inside", "UTF-8: byte 8 (line 1)"),
    ] {
        let start = format!("{}: ", in_top(name));
        let told = left.iter().any(|line| line.starts_with(&start) && line.contains(reason));
        assert!(told, "{name}: {reason}: {left:#?}");
    }
    if locked {
        for name in ["locked", "locked.json"] {
            let start = format!("{}: You have no permission", in_top(name));
            assert!(left.iter().any(|line| line.starts_with(&start)), "{name}: {left:#?}");
        }
    }
    fs::set_permissions(folder.path("locked"), fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn what_is_given_itself_is_read_whatever_its_name() {
    let folder = Folder::new();
    folder.file("far/.hid/x.json", policy(FINE));
    folder.file("far/.git/y.json", policy(FINE));
    let hidden = folder.file(".policy", policy(FINE));
    let notes = folder.file("notes.txt", "no JSON");
    symlink(folder.path("far/.hid"), folder.path("link")).unwrap();
    let path = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    for (given, read, left) in [
        (vec![path("far/.hid")], vec![path("far/.hid/x.json")], vec![]),
        (vec![path("far/.git")], vec![path("far/.git/y.json")], vec![]),
        (vec![hidden.clone()], vec![hidden.clone()], vec![]),
        (vec![path("link")], vec![path("link/x.json")], vec![]),
        (vec![notes.clone()], vec![notes.clone()], vec![]),
        // A folder that lies below two of them is read once.
        (
            vec![path("link"), path("far/.hid")],
            vec![path("link/x.json")],
            vec![format!("{}: This folder was read already under another path.", path("far/.hid"))],
        ),
        (
            vec![path("gone")],
            vec![],
            vec![format!(
                "{}: It does not exist. `ls {}` shows what is there.",
                path("gone"),
                path("").trim_end_matches('/')
            )],
        ),
        (
            vec!["/dev/null".to_owned()],
            vec![],
            vec!["/dev/null: It is a device, not a file, and was not opened.".to_owned()],
        ),
    ] {
        let given: Vec<&str> = given.iter().map(String::as_str).collect();
        assert_eq!(by_screen(&given), (read.clone(), left.clone()), "{given:?} by the screen");
        assert_eq!(by_command(&given), (read, left), "{given:?} by check");
    }
}

#[test]
fn a_pipe_that_is_given_is_read_on_both_roads() {
    let folder = Folder::new();
    let at = folder.path("pipe");
    pipe(&at);
    let path = at.to_str().unwrap();
    let written = || {
        let at = at.clone();
        thread::spawn(move || {
            // In two parts, the second when the first was taken: what has come so far is not all.
            use std::io::Write as _;
            let mut pipe = fs::OpenOptions::new().write(true).open(at).unwrap();
            let text = policy(FINE);
            let (one, other) = text.split_at(20);
            pipe.write_all(one.as_bytes()).unwrap();
            // A reader that is gone takes nothing any more.
            let until = Instant::now() + Duration::from_secs(60);
            while rustix::io::ioctl_fionread(&pipe).unwrap() > 0 {
                assert!(Instant::now() < until, "nobody takes what is in the pipe");
                thread::sleep(Duration::from_millis(1));
            }
            pipe.write_all(other.as_bytes()).unwrap();
        })
    };
    let writer = written();
    let batches = explored(&[path], &AtomicBool::new(false));
    writer.join().unwrap();
    let last = batches.last().unwrap();
    assert_eq!((last.progress.files, last.progress.roles), (1, 1), "{batches:#?}");
    for args in [
        vec!["check", path],
        vec!["summary", path],
        vec!["explain", path],
        vec!["can", "--policy", path, "--action", "ecs:DescribeDisks"],
    ] {
        let writer = written();
        let said = run(&args);
        writer.join().unwrap();
        assert_eq!(said.code, 0, "{args:?}: {said:#?}");
    }
}

#[test]
fn a_pipe_that_nobody_writes_to_does_not_keep_the_explorer() {
    let folder = Folder::new();
    pipe(&folder.path("pipe"));
    let file = folder.file("a.json", policy(FINE));
    let other = folder.file("b.json", policy(FINE).replace("Describe*", "StartInstance"));
    let stop = Arc::new(AtomicBool::new(false));
    let stopping = Arc::clone(&stop);
    let stopper = thread::spawn(move || {
        thread::sleep(Duration::from_millis(500));
        stopping.store(true, Ordering::Relaxed);
    });
    let pipe = folder.path("pipe");
    let batches = explored(&[&file, pipe.to_str().unwrap(), &other], &stop);
    stopper.join().unwrap();
    let last = batches.last().unwrap();
    assert_eq!(last.progress.ended, Some(Ended::Stopped));
    // What was read stays, also what comes after the pipe.
    assert_eq!((last.progress.files, last.progress.roles), (2, 2), "{:?}", last.progress);
    let left: Vec<String> =
        batches.iter().flat_map(|batch| &batch.skipped).map(|one| one.reason.english()).collect();
    assert_eq!(left, ["It had not come to its end when reading was stopped."]);
}
