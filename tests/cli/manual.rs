//! The manual page: every option of every command, and the fields of every answer.

use std::collections::{BTreeMap, BTreeSet};

use clap::CommandFactory as _;
use rolescope::cli::args::Arguments;
use serde_json::Value;

use super::support::{Folder, run};

/// The page as it is read, without the signs of roff.
fn page() -> String {
    let page = run(&["man"]).out;
    ["\\fB", "\\fR", "\\fI"]
        .iter()
        .fold(page.replace("\\-", "-"), |page, sign| page.replace(sign, ""))
}

#[test]
fn every_option_of_every_command_is_told_and_no_page_that_there_is_not() {
    let page = page();
    let mut command = Arguments::command();
    command.build();
    let parts: Vec<&str> = page.split(".TP\nrolescope ").collect();
    let nested = |sub: &clap::Command| sub.get_subcommands().cloned().collect::<Vec<_>>();
    let subs = command.get_subcommands().flat_map(|sub| match nested(sub) {
        none if none.is_empty() => vec![sub.clone()],
        several => several,
    });
    for sub in subs {
        let name = sub.get_bin_name().unwrap().trim_start_matches("rolescope ").to_owned();
        let part = parts.iter().find(|part| {
            part.starts_with(&format!("{name} ")) || part.starts_with(&format!("{name}\n"))
        });
        let part = part.unwrap_or_else(|| panic!("{name} is not in the page"));
        for arg in sub.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help")
        {
            let told = match arg.get_long() {
                Some(long) => format!("--{long}"),
                None => arg.get_value_names().unwrap()[0].to_string(),
            };
            let help = arg.get_help().unwrap().to_string();
            assert!(part.contains(&told), "{name} {told}: {part}");
            assert!(
                part.contains(help.split(['\'', '`']).next().unwrap()),
                "{name} {told}: {part}"
            );
        }
    }
    assert_eq!(page.matches("(1)").count(), 0, "there is one page only");
    assert_eq!(page.matches(".ie ").count(), 1);
}

/// The keys of objects, at any depth, but for those of what is copied from elsewhere.
fn keys(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                into.insert(key.clone());
                if !["document", "context", "conditions"].contains(&key.as_str()) {
                    keys(value, into);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, into)),
        _ => {}
    }
}

#[test]
fn the_fields_of_every_answer_are_told() {
    let page = page();
    let json = page.split(".SH JSON\n").nth(1).unwrap();
    let told: BTreeMap<&str, &str> =
        json.split(".TP\n").skip(1).filter_map(|part| part.split_once('\n')).collect();
    let folder = Folder::new();
    let own = folder.file(
        "own.json",
        r#"{"Version": "1", "Statement": [{"Effect": "Maybe", "Action": "a:B", "Resource": "*"},
            {"Effect": "Allow", "Action": "kms:*", "Resource": "*",
                "Condition": {"IpAddress": {"acs:SourceIp": "10.0.0.1"}}},
            {"Effect": "Deny", "NotAction": "kms:Decrypt", "Resource": "x"}]}"#,
    );
    let status = folder.file(
        "status.json",
        r#"{"Status": "FAILED", "Reason": {"Message": "acs:ram::1:role/x is in use",
            "RoleUsages": [{"Region": "cn-x", "Resources": ["acs:ecs:*:1:x"]}]}}"#,
    );
    let snapshot = folder.file(
        "snapshot.json",
        r#"{"format": "rolescope account snapshot", "schema": 1, "complete": true, "roles": [
            {"name": "AliyunServiceRoleForAlikafka", "service_linked": true, "trust": "{}", "policies": [
                {"name": "P", "type": "System", "version": "v1"}]}],
            "policies": [{"name": "P", "type": "System", "version": "v1", "document":
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"vpc:X\",\"Resource\":\"*\"}]}"}]}"#,
    );
    for (command, also, words) in [
        ("list", "", &["list", "--service", "kms", "--snapshot", &*snapshot][..]),
        ("show", "list", &["show", "Alikafka", "--snapshot", &snapshot]),
        ("show", "list", &["show", "AlikafkaETL"]),
        ("policy", "", &["policy", "Alikafka", "--statement", "1"]),
        ("summary", "", &["summary", "Alikafka"]),
        ("summary", "", &["summary", &own]),
        ("matrix", "", &["matrix"]),
        ("explain", "check, one object a line", &["explain", "Alikafka"]),
        ("explain", "check, one object a line", &["explain", &own]),
        ("check, one object a line", "", &["check", &own]),
        ("removal", "", &["removal", "product:alikafka", "--snapshot", &snapshot]),
        ("removal", "", &["removal", "Alikafka", "--status", &status]),
        ("who-can", "can", &["who-can", "decrypt"]),
        ("can", "", &["can", "Alikafka", "--action", "ecs:RunInstances", "--partial"]),
        ("can", "", &["can", "--policy", &own, "--action", "kms:Decrypt", "--context", "a=b"]),
        ("diff", "", &["diff", "Alikafka", "AlikafkaConnector"]),
        ("diff", "", &["diff", "AlikafkaETL", &own]),
        ("find", "", &["find", "kms"]),
        ("find", "", &["find", "kafka"]),
        ("template", "", &["template", "etl"]),
        ("tour", "", &["tour"]),
        ("tour", "", &["tour", "first-steps"]),
        ("config", "", &["config"]),
        ("keys", "", &["keys"]),
        ("completions", "", &["completions", "bash"]),
        ("man", "", &["man"]),
    ] {
        let said = run(&[words, &["--json"]].concat());
        assert!(said.code < 2, "{words:?}: {said:#?}");
        let mut found = BTreeSet::new();
        keys(&said.json(), &mut found);
        let told = [command, also].map(|name| told.get(name).copied().unwrap_or_default()).concat();
        let words_told: BTreeSet<&str> =
            told.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
        let missing: Vec<&String> = found
            .iter()
            .filter(|key| !["schema", "en", "zh"].contains(&key.as_str()))
            .filter(|key| !words_told.contains(key.as_str()))
            .collect();
        assert!(missing.is_empty(), "{words:?}: {missing:?} are not told in {told}");
    }
}

#[test]
fn variables_and_files_are_told() {
    let page = page();
    for word in
        ["ROLESCOPE\\_THEME", "NO\\_COLOR", "XDG\\_STATE\\_HOME", "config.toml", "state.json"]
    {
        assert!(page.contains(&word.replace("\\_", "_")), "{word}");
    }
    assert!(run(&["can", "--help"]).out.contains("depends on what was not given"));
    assert!(run(&["who-can", "--help"]).out.contains("could under a condition"));
    run(&["--json"]).is_refused("the screen is written in no format");
    let bash = run(&["completions", "bash"]).out;
    assert!(bash.contains("terminal dark light high-contrast plain auto"));
    assert!(bash.contains("\"json text markdown\"") && bash.contains("json text markdown html"));
}

#[test]
fn a_format_where_nothing_is_printed_is_refused() {
    for format in [&["--json"][..], &["-f", "markdown"]] {
        let words = [&["account", "snapshot", "--out", "/nowhere/x.json"], format].concat();
        run(&words).is_refused("prints no answer that could be in a format");
    }
}
