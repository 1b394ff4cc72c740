//! `check`.

use super::support::{Folder, answer_of_get_policy, policy, run, run_with};
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
        said.out.contains("missing.json: error: It does not exist. [unreadable-file]"),
        "{said:#?}"
    );
    run::<&str>(&["check"]).is_refused("required");
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
fn loops_pipes_and_forbidden_files_do_not_stop_it() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.file("a/p.json", policy(FINE));
    symlink(folder.path("a"), folder.path("a/loop")).unwrap();
    symlink(folder.path("a/p.json"), folder.path("link.json")).unwrap();
    symlink(folder.path("gone"), folder.path("broken.json")).unwrap();
    let pipe = folder.path("pipe.json");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let said = run(&["check", "--json", &folder.top()]);
    assert_eq!((said.lines().len(), said.code), (2, 0), "{said:#?}");
    for words in ["link to a folder and was not followed", "It is a pipe", "does not exist"] {
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
fn what_is_given_and_cannot_be_read_is_an_error() {
    let folder = Folder::new();
    folder.file("below/p.json", policy(FINE));
    std::os::unix::fs::symlink("/dev/null", folder.path("null")).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(folder.path("socket")).unwrap();
    for (name, words) in [("null", "It is a device"), ("socket", "It is a socket")] {
        let said = run(&["check", "--json", folder.path(name).to_str().unwrap()]);
        let finding = &said.lines()[0]["findings"][0];
        assert_eq!((said.code, &finding["rule"]), (1, &json!("unreadable-file")), "{said:#?}");
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
