//! `check`.

use super::support::{Folder, answer_of_get_policy, policy, program, run, run_with, said};
use serde_json::json;

const FINE: &str = r#"{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}"#;

#[test]
fn a_line_a_file_in_order_and_none_stops_the_others() {
    let folder = Folder::new();
    folder.file("b/2.json", "{\"Version\": \"1\",\n  \"Statement\": oops}");
    folder.file("a.json", policy(FINE));
    folder.file("b/1.json", policy(FINE).replace("]}", "],}"));
    folder.file(
        "b/3.json",
        policy("{\"Effect\": \"Maybe\", \"Action\": \"a:B\", \"Resource\": \"*\"}"),
    );
    folder.file("c.json", b"\xff\xfe{");
    folder.file("README.md", "# no JSON");
    folder.file(".hidden/x.json", "{");
    let said = run(&["check", "--json", &folder.top()]);
    assert_eq!(said.code, 1, "{said:#?}");
    let lines = said.lines();
    let paths: Vec<&str> = lines.iter().map(|line| line["path"].as_str().unwrap()).collect();
    let ends: Vec<&str> = paths.iter().map(|path| &path[folder.top().len() + 1..]).collect();
    assert_eq!(ends, ["a.json", "b/1.json", "b/2.json", "b/3.json", "c.json"]);
    let readable: Vec<bool> =
        lines.iter().map(|line| line["readable"].as_bool().unwrap()).collect();
    assert_eq!(readable, [true, true, false, true, false]);
    assert_eq!(lines[0]["findings"], json!([]));
    assert_eq!(lines[0]["repairs"], json!([]));
    assert_eq!(lines[0]["schema"], 1);
    let repair = &lines[1]["repairs"][0];
    assert_eq!(repair["rule"], "trailing-comma");
    assert_eq!((&repair["line"], repair["column"].is_number()), (&json!(1), true));
    let error = &lines[2]["findings"][0];
    assert_eq!(
        (&error["severity"], &error["rule"]),
        (&json!("error"), &json!("syntax")),
        "{error}"
    );
    assert_eq!((&error["line"], &error["column"]), (&json!(2), &json!(16)), "{error}");
    let finding = &lines[3]["findings"][0];
    assert_eq!((&finding["rule"], &finding["statement"]), (&json!("unknown-effect"), &json!(1)));
    assert!(finding["message"].as_str().unwrap().contains("Maybe"));
    assert_eq!(lines[4]["findings"][0]["rule"], "unreadable-file");
    assert!(
        said.err.contains("1 hidden file or folder")
            && said.err.contains("1 file that is not JSON"),
        "{said:#?}"
    );
}

#[test]
fn what_is_read_where_it_is_given_is_not_passed_over_in_a_folder() {
    for begin in ["{'", "{\u{201c}", "[[", "\u{feff}\n[\"", "{ \n \"", "{}", "[{"] {
        let folder = Folder::new();
        let path = folder.file("notes.txt", format!("{begin} and no more"));
        let (given, within) =
            (run(&["check", "--json", &path]), run(&["check", "--json", &folder.top()]));
        assert_eq!(within.out, given.out, "{begin}: {within:#?}");
    }
    for begin in ["# page", "[section]\nx = 1", "{% if %}", "fn main() {}", "[link](x)", "", "{ x"]
    {
        let folder = Folder::new();
        folder.file("notes.txt", begin);
        let within = run(&["check", "--json", &folder.top()]);
        assert_eq!(within.out, "", "{begin}: {within:#?}");
    }
    // Blanks may be more than is looked at first.
    let folder = Folder::new();
    folder.file("notes.txt", format!("{}{}", " ".repeat(70_000), policy(FINE)));
    assert_eq!(run(&["check", "--json", &folder.top()]).lines().len(), 1);
}

#[test]
fn where_no_thread_can_be_started_the_answer_is_the_same() {
    let folder = Folder::new();
    for number in 0..40 {
        folder.file(&format!("{number}.json"), policy(FINE));
    }
    let many = vec![policy(FINE); 8_000].join(",");
    folder.file("many.json", format!("[{many}]"));
    let top = folder.top();
    for args in [&["check", "--json", &top][..], &["list", "--json", "--policies", &top]] {
        let expected = run(args);
        let mut alone = program(args);
        // No system has so much memory for the stack of a thread.
        alone.env("RUST_MIN_STACK", (1_u64 << 60).to_string());
        let alone = said(alone);
        assert_eq!((alone.code, &*alone.err), (expected.code, &*expected.err), "{args:?}");
        assert!(alone.out == expected.out, "{args:?}");
    }
}

#[test]
fn only_errors_make_it_a_no() {
    let folder = Folder::new();
    let fine = folder.file("fine.json", policy(FINE));
    let said = run(&["check", &fine]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (0, "1 policy in 1 file: 0 errors, 0 warnings, 0 notes.\n")
    );
    let odd = folder.file("odd.json", policy(FINE).replace("\"1\"", "\"2\""));
    let said = run(&["check", &odd]);
    assert_eq!(said.code, 0, "{said:#?}");
    assert!(said.out.starts_with(&format!("{odd}:1:13: warning: ")), "{said:#?}");
    let missing = folder.path("missing.json");
    let said = run(&["check", &fine, missing.to_str().unwrap()]);
    assert_eq!(said.code, 1, "{said:#?}");
    assert!(
        said.out.contains("missing.json: error: It does not exist. `ls ")
            && said.out.contains("` shows what is there. [unreadable-file]"),
        "{said:#?}"
    );
    run::<&str>(&["check"]).is_refused("`check` needs files or folders");
    // What stands before the command counts too.
    assert_eq!(run(&["--policies", &fine, "check"]).code, 0);
}

#[test]
fn other_json_in_a_folder_is_a_warning_and_by_name_an_error() {
    let folder = Folder::new();
    let file = folder.file("package.json", "{\"name\": \"x\", \"version\": 3}");
    let inside = run(&["check", "--json", &folder.top()]);
    assert_eq!((inside.code, &inside.lines()[0]["readable"]), (0, &json!(false)));
    assert_eq!(inside.lines()[0]["findings"][0]["severity"], "warning");
    let named = run(&["check", "--json", &file]);
    assert_eq!((named.code, &named.lines()[0]["findings"][0]["severity"]), (1, &json!("error")));
}

#[test]
fn places_are_those_of_the_file_around() {
    let folder = Folder::new();
    let wrapped = answer_of_get_policy(&policy(
        "{\"Effect\": \"Allow\", \"Acton\": \"a:B\", \"Resource\": \"*\"}",
    ));
    let file = folder.file("answer.json", wrapped.replace(",\"Policy\":", ",\n\"Policy\":"));
    let line = &run(&["check", "--json", &file]).lines()[0];
    assert_eq!((&line["readable"], &line["policies"]), (&json!(true), &json!(1)));
    let findings = line["findings"].as_array().unwrap();
    let unknown = findings.iter().find(|finding| finding["rule"] == "unknown-element").unwrap();
    assert_eq!(unknown["line"], 1, "{line:#}");
    let column = unknown["column"].as_u64().unwrap() as usize;
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text[column - 1..].starts_with("\\\"Acton"), "{column}: {}", &text[column - 1..]);
    assert_eq!(unknown["policy"], "$.DefaultPolicyVersion.PolicyDocument");
}

#[test]
fn what_is_said_at_the_end_counts_repairs_and_names_what_was_passed_over() {
    let folder = Folder::new();
    let text = policy(FINE).replacen('{', "{ // mine\n", 1);
    folder.file("p.json", &text);
    folder.file("notes.txt", "not a policy");
    let wide = std::iter::once(0xfeff).chain(policy(FINE).encode_utf16().collect::<Vec<_>>());
    let wide: Vec<u8> = wide.flat_map(u16::to_le_bytes).collect();
    std::fs::write(std::path::Path::new(&folder.top()).join("wide.json"), wide).unwrap();
    let said = run(&["check", &folder.top()]);
    let end = said.out.lines().last().unwrap_or_default();
    assert!(end.starts_with("2 policies in 2 files: 0 errors"), "{said:#?}");
    assert!(
        end.ends_with("; 1 place is no strict JSON and was repaired for reading."),
        "{said:#?}"
    );
    assert!(said.err.contains("1 file that is not JSON was passed over: "), "{said:#?}");
    assert!(said.err.contains("notes.txt"), "{said:#?}");
}

#[test]
fn standard_input_can_be_checked() {
    let said = run_with(&["check", "--json", "-"], &policy(FINE));
    assert_eq!((said.code, &said.lines()[0]["path"]), (0, &json!("-")));
}

#[test]
fn many_files_stay_in_order() {
    let folder = Folder::new();
    for at in 0..600 {
        let text =
            if at % 7 == 0 { "{".to_owned() } else { policy(&[FINE; 20][..=at % 20].join(",")) };
        folder.file(&format!("{at:04}.json"), text);
    }
    let said = run(&["check", "--json", &folder.top()]);
    let lines = said.lines();
    assert_eq!((lines.len(), said.code), (600, 1));
    for (at, line) in lines.iter().enumerate() {
        assert!(line["path"].as_str().unwrap().ends_with(&format!("{at:04}.json")), "{line}");
        assert_eq!(line["readable"], at % 7 != 0, "{line}");
    }
}

#[cfg(unix)]
#[test]
fn links_to_folders_and_pipes_are_passed_over() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.file("a/p.json", policy(FINE));
    symlink(folder.path("a"), folder.path("a/loop")).unwrap();
    symlink(folder.path("a/p.json"), folder.path("link.json")).unwrap();
    let pipe = folder.path("pipe.json");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let said = run(&["check", "--json", &folder.top()]);
    assert_eq!((said.lines().len(), said.code), (2, 0), "{said:#?}");
    for words in ["link to a folder and was not followed", "It is a pipe"] {
        assert!(said.err.contains(words), "{words}: {said:#?}");
    }
    // One that is given is read, as those that a shell makes are: `rolescope check <(..)`.
    let written = pipe.clone();
    let writer = std::thread::spawn(move || std::fs::write(written, policy(FINE)).unwrap());
    let said = run(&["check", "--json", pipe.to_str().unwrap()]);
    writer.join().unwrap();
    assert_eq!((said.code, &said.lines()[0]["readable"]), (0, &json!(true)), "{said:#?}");
}

#[cfg(unix)]
#[test]
fn what_is_met_and_cannot_be_looked_at_is_an_error_and_stops_nothing() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new();
    folder.file("p.json", policy(FINE));
    symlink("gone", folder.path("broken.json")).unwrap();
    symlink("round.tf", folder.path("round.tf")).unwrap();
    // It would not be read if it led somewhere.
    symlink("gone", folder.path("library.so")).unwrap();
    let deep = (0..257).fold(folder.path("deep"), |path, _| path.join("d"));
    std::fs::create_dir_all(&deep).unwrap();
    std::fs::write(deep.join("p.json"), policy(FINE)).unwrap();
    let shut = folder.path("shut");
    std::fs::create_dir(&shut).unwrap();
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The administrator may look into everything.
    let is_shut = std::fs::read_dir(&shut).is_err();
    let said = run(&["check", "--json", &folder.top()]);
    let text = run(&["check", &folder.top()]);
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!((said.code, text.code), (1, 1), "{said:#?}");
    let lines = said.lines();
    let told: Vec<(String, &str)> = lines
        .iter()
        .filter(|line| line["findings"][0]["rule"] == "unreadable-file")
        .map(|line| {
            let path = line["path"].as_str().unwrap()[folder.top().len() + 1..].to_owned();
            (path, line["findings"][0]["message"].as_str().unwrap())
        })
        .collect();
    let mut expected = vec![
        ("broken.json", "It is a link to something that does not exist."),
        ("d", "It is more than 256 folders deep."),
        ("round.tf", "It cannot be read: "),
    ];
    if is_shut {
        expected.push(("shut", "You have no permission to read it"));
    }
    assert_eq!((told.len(), lines.len()), (expected.len(), expected.len() + 1), "{told:#?}");
    for (name, message) in expected {
        let is = |(path, said): &(String, &str)| path.ends_with(name) && said.starts_with(message);
        assert!(told.iter().any(is), "{name}: {told:#?}");
    }
    assert!(text.out.contains(" not readable"), "{text:#?}");
}

#[test]
fn where_nothing_could_be_read_the_exit_status_is_that_of_unreadable_input() {
    let folder = Folder::new();
    folder.file("full/p.json", policy(FINE));
    std::fs::create_dir(folder.path("none")).unwrap();
    let (full, none) = (folder.path("full"), folder.path("none"));
    let (full, none) = (full.to_str().unwrap(), none.to_str().unwrap());
    let missing = folder.path("missing.json");
    let missing = missing.to_str().unwrap();
    for (paths, code) in [
        (&[none][..], 2),
        (&[missing], 2),
        (&["-"], 2),
        (&[missing, none], 2),
        (&[full, missing], 1),
        (&[full, full], 0),
        (&[full, none], 0),
    ] {
        let said = run(&[&["check"], paths].concat());
        assert_eq!(said.code, code, "{paths:?}: {said:#?}");
    }
    assert!(run(&["check", none]).err.contains("no file was found there"));
    assert!(run(&["check", full, full]).err.contains("read already under another path"));
}

#[cfg(unix)]
#[test]
fn what_is_given_and_cannot_be_read_is_an_error() {
    let folder = Folder::new();
    folder.file("below/p.json", policy(FINE));
    std::os::unix::fs::symlink("/dev/null", folder.path("null")).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(folder.path("socket")).unwrap();
    for (name, words) in [("null", "It is a device"), ("socket", "It is a socket")] {
        let said = run(&["check", "--json", folder.path(name).to_str().unwrap()]);
        let finding = &said.lines()[0]["findings"][0];
        assert_eq!((said.code, &finding["rule"]), (2, &json!("unreadable-file")), "{said:#?}");
        assert!(finding["message"].as_str().unwrap().starts_with(words), "{said:#?}");
    }
    drop(socket);
}

#[test]
fn markdown_for_a_ticket() {
    let said = run_with(&["check", "-f", "markdown", "-"], "{\"Version\": \"1\"}");
    assert!(said.out.starts_with("| File | Place |"), "{said:#?}");
    assert!(said.out.contains("| - | 1:1 | error | missing-statement |"), "{said:#?}");
}

#[test]
fn what_is_no_json_and_may_be_a_policy_is_told_with_its_place() {
    let folder = Folder::new();
    let fine = policy(FINE);
    let block = format!("x <<'EOF'\n{fine}\nEOF\n");
    let slip = fine.replace("\"Action\"", "Action\"");
    for (name, text, code, line) in [
        // In a folder too: a page with a slip, and Terraform's own language.
        ("slip/main.tf", format!("a = <<EOF\n{slip}\nEOF\n"), 1, "main.tf:2:"),
        ("page/a.md", format!("Text\n```json\n{slip}\n```\n"), 1, "a.md:3:"),
        (
            "own/main.tf",
            "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = file(\"x\")\n}\n"
                .to_owned(),
            1,
            "Terraform's language",
        ),
        ("lines/a.jsonl", format!("{0}\n{0}\n", json!(fine)), 0, "2 policies in 1 file: 0 errors"),
        // Beside a policy that is read.
        (
            "mixed/a.sh",
            format!("{block}Statement:\n  - Effect: Allow\n"),
            0,
            "a.sh:4:1: warning: What looks like a policy stands here among other text",
        ),
        (
            "given/main.tf",
            format!("{block}resource \"alicloud_ram_policy\" \"p\" {{\n  document = var.a\n}}\n"),
            1,
            "main.tf:5:3: error: The policy is an expression of Terraform's language",
        ),
        ("comment/a.sh", format!("{block}# {fine}\n"), 0, "a.sh:4:1: note: It stands in a comment"),
        (
            "remark/a.md",
            format!("# A\n```json\n{{}}\n```\n<!-- {fine} -->\n"),
            2,
            "0 policies in 0 files",
        ),
        // A line that is broken has one place.
        (
            "row/a.json",
            format!("{fine}\n{fine}\n[\n"),
            1,
            "a.json:3:2: error: It cannot be read. Found",
        ),
        // Nothing is invented.
        (
            "app/a.json",
            "{\"Version\": \"1.4.2\", \"Name\": \"app\"}".to_owned(),
            0,
            "1 not readable: 0 errors, 1 warning",
        ),
        (
            "bank/a.json",
            "{\"Statement\": {\"Period\": \"May\"}}".to_owned(),
            0,
            "1 not readable: 0 errors, 1 warning",
        ),
        ("wide/a.json", "{\0\"\0a\0".to_owned(), 2, "Save it as UTF-8."),
        ("notes/a.md", "# Statement\n\nNo policy here.\n".to_owned(), 2, "0 policies in 0 files"),
    ] {
        folder.file(name, text);
        let (inside, _) = name.split_once('/').unwrap();
        let said = run(&["check", folder.path(inside).to_str().unwrap()]);
        assert_eq!(said.code, code, "{name}: {said:#?}");
        assert!(said.out.contains(line), "{name}: {said:#?}");
    }
    // The same page by its name is about the policy in its comment.
    let said = run(&["check", folder.path("remark/a.md").to_str().unwrap()]);
    assert!(
        said.code == 1 && said.out.contains(":5:1: error: It stands in a comment"),
        "{said:#?}"
    );
    // Nothing is decided by a file of which a policy was not read.
    for name in ["mixed/a.sh", "given/main.tf"] {
        let file = folder.path(name);
        let can = ["can", "--policy", file.to_str().unwrap(), "--action", "oss:GetObject"];
        let said = run(&[&can[..], &["--resource", "acs:oss:cn:1:b/k"]].concat());
        assert!(said.code != 0 && said.err.contains("cannot be read"), "{said:#?}");
    }
}

#[test]
fn a_file_that_is_given_twice_is_checked_once() {
    let folder = Folder::new();
    let file = folder.file("a.json", policy(FINE));
    for paths in [[&file, &folder.top()], [&folder.top(), &file], [&file, &file]] {
        let said = run(&["check", paths[0], paths[1]]);
        assert!(said.out.starts_with("1 policy in 1 file: "), "{said:#?}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_is_said_to_be_waited_for() {
    use std::io::{BufRead as _, BufReader};
    use std::sync::mpsc::{RecvTimeoutError, channel};
    let folder = Folder::new();
    let pipe = folder.path("pipe.json");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let at = pipe.to_str().unwrap();
    for args in [&["check", at][..], &["explain", at], &["list", "--policies", at]] {
        let mut child = program(args).spawn().unwrap();
        let err = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || err.lines().try_for_each(|line| sender.send(line.unwrap())));
        // Who says nothing and does not end would keep this test for ever.
        let mut next = || {
            let line = lines.recv_timeout(std::time::Duration::from_secs(60));
            if line == Err(RecvTimeoutError::Timeout) {
                child.kill().unwrap();
                panic!(
                    "{args:?}: nothing is told of the pipe that it waits for, or no end is found"
                );
            }
            line.ok()
        };
        let line = next().unwrap_or_default();
        let told = "pipe.json: nobody writes to this pipe yet; waiting for it, Ctrl-C ends that";
        assert!(line.starts_with("rolescope: ") && line.ends_with(told), "{args:?}: {line}");
        std::fs::write(&pipe, policy(FINE)).unwrap();
        let rest = next();
        assert!(child.wait().unwrap().success() && rest.is_none(), "{args:?}: {rest:?}");
    }
    // Somebody who takes long is somebody.
    let written = pipe.clone();
    let writer = std::thread::spawn(move || {
        let mut writer = std::fs::File::options().write(true).open(written).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(1_500));
        std::io::Write::write_all(&mut writer, policy(FINE).as_bytes()).unwrap();
    });
    let said = program(&["check", at]).output().unwrap();
    writer.join().unwrap();
    assert!(said.status.success() && said.stderr.is_empty(), "{said:?}");
}
