//! How a run begins and ends: its config, its place, its colours; in a real terminal and without one.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    dead_code,
    missing_docs
)]

#[path = "cli/support.rs"]
mod command;
#[path = "support/pty.rs"]
mod pty;

use command::{Folder, policy, program, run, said};
use pty::Start;

#[test]
fn the_place_comes_back_unless_a_fresh_start_is_asked_for() {
    let mut first = Start::program().spawn();
    first.wait_for("ApsaraMQ for Kafka");
    first.send("/tunnel\r");
    first.wait_for("Permissions of MqttTunnel");
    first.send("q");
    assert_eq!(first.exit_code(), 0);
    let mut again = Start::program().sharing(&first).spawn();
    again.wait_for("Permissions of MqttTunnel");
    again.send("q");
    assert_eq!(again.exit_code(), 0);
    let mut fresh = Start::program().sharing(&first).arg("--fresh").spawn();
    fresh.wait_for("Permissions of Alikafka");
    fresh.send("q");
    assert_eq!(fresh.exit_code(), 0);
}

#[test]
fn a_tour_is_offered_at_the_first_start_only_and_its_progress_is_kept() {
    let mut first = Start::program().spawn();
    first.wait_for("New here? t shows you around");
    first.send("t");
    first.wait_for("15 steps");
    first.send("\r");
    first.wait_for("step 1 of 15");
    first.send("nq");
    assert_eq!(first.exit_code(), 0);
    let mut again = Start::program().sharing(&first).spawn();
    again.wait_for("q quit");
    assert!(!again.contents().contains("New here?"), "{}", again.contents());
    again.send("t");
    again.wait_for("at step 2 of 15");
    again.send("\u{3}");
    assert_eq!(again.exit_code(), 0);
}

#[test]
fn a_tour_of_the_command_line_begins_at_once() {
    let start = Start::program().arg("tour").arg("mqtt").arg("--present").arg("--lang").arg("zh");
    let mut pty = start.spawn();
    pty.wait_for("MQTT 的角色");
    pty.wait_for("第 1 步，共 9 步");
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn without_colours_the_selected_row_is_reversed() {
    let mut pty = Start::program().env("NO_COLOR", "1").spawn();
    pty.wait_for("ApsaraMQ for Kafka");
    pty.wait_until("the selected row is reversed", |screen, _| {
        let (rows, columns) = screen.size();
        (0..rows.get()).any(|row| {
            (0..columns.get())
                .filter_map(|column| screen.cell(row, column))
                .filter(|cell| cell.inverse())
                .count()
                > 10
        })
    });
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    // Colours are 30 to 49 and 90 to 107; 39 and 49 are the terminal's own.
    let colour = raw.split("\u{1b}[").skip(1).any(|rest| {
        let Some((numbers, _)) = rest.split_once('m') else { return false };
        numbers
            .split(';')
            .filter_map(|number| number.parse::<u8>().ok())
            .any(|number| matches!(number, 30..=38 | 40..=48 | 90..=107))
    });
    assert!(!colour, "a colour was sent: {raw:?}");
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_dumb_terminal_is_told_of_the_commands() {
    let mut pty = Start::program().env("TERM", "dumb").spawn();
    pty.wait_for("`rolescope --plain` prints the roles");
    assert_eq!(pty.exit_code(), 2);
}

#[test]
fn a_mistake_in_the_config_file_is_said_on_the_screen_and_the_rest_applies() {
    let folder = Folder::new();
    let path = folder.file("c.toml", "thema = \"dark\"\n[keys]\nfind = [\"ctrl-g\"]\n");
    let mut pty = Start::program().arg("--config").arg(&path).spawn();
    pty.wait_for("did you mean `theme`?");
    pty.send("\u{7}tunnel\r");
    pty.wait_for("Permissions of MqttTunnel");
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_snapshot_that_is_not_whole_is_told_first_and_among_what_was_left_out() {
    let folder = Folder::new();
    let lacks = r#"{"format": "rolescope account snapshot", "schema": 1, "complete": false,
        "taken": "2026-11-22T08:00:00Z", "account": "1234567890123456",
        "roles": [{"name": "mine", "policies": [{"name": "P1", "type": "System", "version": "v1"}]}],
        "policies": [{"name": "P1", "type": "System", "version": "v1", "document": null}]}"#;
    let path = folder.file("account.json", lacks);
    for given in [&["--snapshot", &path][..], &[&path]] {
        let start = given.iter().fold(Start::program(), |start, arg| start.arg(arg));
        let mut pty = start.spawn();
        pty.wait_for("the snapshot is not complete: 2 roles or policies");
        pty.send("S");
        pty.wait_for("Left out ━");
        pty.send("\u{1b}q");
        assert_eq!(pty.exit_code(), 0);
    }
}

#[test]
fn config_tells_every_setting_and_where_it_comes_from() {
    let folder = Folder::new();
    let path = folder.file("c.toml", "theme = \"dark\"\nmouse = false\ncatalog = \"own\"\n");
    folder.file("own/readme.txt", "");
    let answer = run(&["config", "--config", &path, "--lang", "zh", "--json"]);
    assert_eq!(answer.code, 0, "{answer:#?}");
    let json = answer.json();
    let setting = |name: &str| {
        let all = json["settings"].as_array().unwrap();
        let one = all.iter().find(|setting| setting["name"] == name).unwrap();
        format!("{} {}", one["value"].as_str().unwrap(), one["from"].as_str().unwrap())
    };
    assert_eq!(setting("theme"), "dark file:1");
    assert_eq!(setting("mouse"), "false file:2");
    assert_eq!(setting("language"), "zh --lang");
    assert_eq!(setting("clipboard"), "auto built in");
    assert!(setting("catalog").ends_with("/own file:3"), "{}", setting("catalog"));
    let wrong = folder.file("w.toml", "mouse = 3\n[keys]\nfined = \"/\"\n");
    let answer = run(&["config", "--config", &wrong]);
    assert_eq!(answer.code, 1, "{answer:#?}");
    for told in
        ["w.toml:1:9: mouse", "w.toml:3:1: there is no command `fined`; did you mean `find`?"]
    {
        assert!(answer.out.contains(told), "{told}: {answer:#?}");
    }
    let answer = run(&["summary", "etl", "--config", &wrong]);
    assert_eq!((answer.code, answer.err.lines().count()), (0, 2), "{answer:#?}");
    run(&["list", "--config", "no-such-file.toml"]).is_refused("no-such-file.toml");
    run(&["list", "--theme", "dark"]).is_refused("--theme");
}

#[test]
fn a_catalogue_that_was_given_and_is_of_no_use_is_no_answer() {
    let folder = Folder::new();
    let file = folder.file("a.txt", "x");
    folder.file("broken/a.json", "{");
    for (path, expected) in [
        (folder.path("gone"), "gone: It does not exist."),
        (file.clone().into(), "a.txt: It cannot be read"),
        (folder.path(""), "There is no .json file in this folder."),
        (folder.path("broken"), "a.json:1:"),
    ] {
        let path = path.to_str().unwrap();
        for command in [&["list"][..], &["summary", "etl"], &["check", &file], &["--plain"]] {
            run(&[command, &["--catalog", path]].concat()).is_refused(expected);
        }
    }
    // What the config file names is told, and the rest still answers.
    let gone = format!("catalog = [{:?}]\n", folder.path("gone"));
    let answer = run(&["summary", "etl", "--config", &folder.file("c.toml", gone)]);
    assert_eq!((answer.code, answer.err.lines().count()), (0, 1), "{answer:#?}");
}

#[test]
fn faults_of_a_catalogue_are_told_with_the_file_that_has_them() {
    let folder = Folder::new();
    let product = |id: &str, rest: &str| {
        format!(r#"{{"product": {{"id": "{id}", "name": {{"en": "{id}"}}}}, {rest}}}"#)
    };
    let role = |name: &str| format!(r#"{{"name": "AliyunServiceRoleFor{name}"}}"#);
    let before = |first: &str, then: &str| {
        let [first, then] = [first, then].map(|name| format!("AliyunServiceRoleFor{name}"));
        format!(
            r#"{{"first": "{first}", "then": "{then}", "because": {{"en": "x"}}, "standing": "implied"}}"#
        )
    };
    let with_policy = |file: &str| {
        let policy = format!(r#"{{"name": "P", "file": "{file}", "standing": "published v1"}}"#);
        format!(r#""roles": [{{"name": "AliyunServiceRoleForQ", "policy": {policy}}}]"#)
    };
    folder.file("p/text.json", "hello");
    folder.file("p/list.json", "[]");
    folder.file("p/cut.json", r#"{"Version": "1", "Statement": [{"Effect": "Allow","#);
    folder.file("text.json", product("text", &with_policy("p/text.json")));
    folder.file("list.json", product("list", &with_policy("p/list.json")));
    folder.file("out.json", product("out", &with_policy("../p.json")));
    folder.file("date.json", r#"{"date": "tomorrow"}"#);
    folder
        .file("next.json", product("next", &with_policy("p/text.json")).replace("v1", "next week"));
    let twins = [r#"{"name": "AliyunServiceRoleForA", "short_name": "T"}"#, &role("T")].join(",\n");
    folder.file("twins.json", product("twins", &format!(r#""roles": [{twins}]"#)));
    // Comments and a byte-order mark are no fault, and the order of the files does not count.
    let order = format!(
        r#""roles": [{}], "removal_order": [{}] // ours"#,
        role("First"),
        before("First", "Then")
    );
    folder.file(
        "a.json",
        format!("\u{feff}{}\n", product("a", &order).replace("// ours}", "}// ours")),
    );
    folder.file("b.json", product("b", &format!(r#""roles": [{}]"#, role("Then"))));
    let top = folder.path("").to_str().unwrap().to_owned();
    let answer = run(&["list", "--catalog", &top]);
    assert_eq!(answer.code, 0, "{answer:#?}");
    for told in [
        "text.json:1:",
        "text.json cannot be read. ",
        "p/text.json:1:1: found the word `hello`",
        "p/list.json:1:1: found",
        "out.json:1:",
        "It is not in the folder of the catalogue. Nothing of this file is used.",
        "date.json:1:10: The date tomorrow is no day. Write it as 2026-01-31. Nothing of this file is used.",
        "`published next week` is not one of published",
        "twins.json:2:",
        "The roles AliyunServiceRoleForA and AliyunServiceRoleForT have one short name",
    ] {
        assert!(answer.err.contains(told), "{told}:\n{}", answer.err);
    }
    assert!(!answer.err.contains("a.json") && !answer.err.contains("/b.json"), "{}", answer.err);
    assert!(answer.out.contains("First") && answer.out.contains("Then"), "{}", answer.out);
}

#[test]
fn an_order_of_removal_that_contradicts_itself_is_told() {
    let folder = Folder::new();
    let [a, b] = ["AliyunServiceRoleForOwnA", "AliyunServiceRoleForOwnB"];
    let order = |first: &str, then: &str| {
        format!(
            r#"{{"first": "{first}", "then": "{then}", "because": {{"en": "x"}}, "standing": "implied"}}"#
        )
    };
    let removal = |orders: &str| {
        let text = format!(
            r#"{{"product": {{"id": "own", "name": {{"en": "Own"}}}},
                "roles": [{{"name": "{a}"}}, {{"name": "{b}"}}], "removal_order": [{orders}]}}"#
        );
        folder.file("cat/own.json", text);
        let top = folder.path("cat").to_str().unwrap().to_owned();
        run(&["removal", "product:own", "--catalog", &top]).out
    };
    let told = removal(&order(a, b));
    assert!(told.contains("in this order") && !told.contains("contradicts"), "{told}");
    for orders in [[order(a, b), order(b, a)].join(","), order(a, a)] {
        let told = removal(&orders);
        assert!(told.contains("contradicts itself") && !told.contains("in this order"), "{told}");
    }
}

#[test]
fn keys_tells_bindings_and_conflicts() {
    let plain = run(&["keys"]);
    assert_eq!(plain.code, 0, "{plain:#?}");
    assert!(plain.out.contains("next-theme"), "{plain:#?}");
    let folder = Folder::new();
    let path = folder.file("c.toml", "[keys]\nfind = [\"m\", \"ctrl-f\"]\nquit = []\n");
    let clash = run(&["keys", "--config", &path, "--json"]);
    assert_eq!(clash.code, 1, "{clash:#?}");
    let json = clash.json();
    let told = json["conflicts"].as_array().unwrap().iter().any(|one| {
        one["key"] == "m"
            && one["does"] == "find"
            && one["not"] == "matrix"
            && one["place"] == "explorer"
    });
    assert!(told, "{clash:#?}");
    let quit =
        json["commands"].as_array().unwrap().iter().find(|row| row["name"] == "quit").unwrap();
    assert_eq!((&quit["keys"], &quit["own"]), (&serde_json::json!([]), &serde_json::json!(true)));
    // A key for everywhere that a narrower place has for something else.
    let path = folder.file("d.toml", "[keys]\nhelp = [\"d\"]\n");
    let clash = run(&["keys", "--config", &path]);
    assert_eq!(clash.code, 1, "{clash:#?}");
    assert!(clash.out.contains("d in explorer means help, not removal"), "{clash:#?}");
}

#[test]
fn a_key_of_the_config_works_and_two_for_one_place_are_told_at_the_start() {
    let folder = Folder::new();
    let path = folder.file("c.toml", "[keys]\nquit = [\"x\"]\n");
    let mut pty = Start::program().arg("--config").arg(&path).spawn();
    pty.wait_for("ApsaraMQ for Kafka");
    pty.send("x");
    assert_eq!(pty.exit_code(), 0);
    let json = run(&["keys", "--config", &path, "--json"]).json();
    let rows = json["commands"].as_array().unwrap();
    let with_x: Vec<&str> = rows
        .iter()
        .filter(|row| row["keys"].as_array().unwrap().iter().any(|key| key == "x"))
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert_eq!(with_x, ["quit"], "{json:#}");
    let config = run(&["config", "--config", &path]);
    assert_eq!(config.code, 0, "what the user gave is no mistake: {config:#?}");

    let path = folder.file("d.toml", "[keys]\nquit = [\"x\"]\nremoval = [\"x\"]\n");
    let told = "d.toml:2: x in explorer means removal, not quit";
    let config = run(&["config", "--config", &path]);
    assert!(config.code == 1 && config.out.contains(told), "{config:#?}");
    let mut pty = Start::program().size(160, 40).arg("--config").arg(&path).spawn();
    pty.wait_for("x in explorer means removal, not quit");
    pty.send("\x03");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn the_plain_mode_prints_roles_and_commands() {
    let answer = run(&["--plain"]);
    assert_eq!(answer.code, 0, "{answer:#?}");
    for told in
        ["AliyunServiceRoleForAlikafka", "rolescope show", "rolescope removal", "rolescope who-can"]
    {
        assert!(answer.out.contains(told), "{told}: {answer:#?}");
    }
    assert!(!answer.out.contains('\u{1b}'));
    // Files that are given are told of as on the screen.
    run(&["--plain", "no-such.json"]).is_refused("no-such.json: It does not exist.");
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/catalog/policies/AliyunServiceRolePolicyForAlikafkaETL.json"
    );
    let own = run(&["--plain", file]);
    assert!(own.out.starts_with("AliyunServiceRoleForAlikafkaETL "), "{own:#?}");
    assert!(own.out.contains("rolescope show") && !own.out.contains("Mqtt"), "{own:#?}");
}

#[test]
fn texts_follow_the_locale() {
    let mut command = program(&["list", "--product", "kafka"]);
    command.env("LANG", "zh_CN.UTF-8");
    let chinese = said(command);
    assert!(chinese.out.contains("云消息队列"), "{chinese:#?}");
}

#[test]
fn the_matrix_is_told_without_a_screen() {
    let answer = run(&["matrix", "--service", "kms", "--json"]);
    assert_eq!(answer.code, 0, "{answer:#?}");
    let json = answer.json();
    let roles = json["roles"].as_array().unwrap();
    let encrypts = |role: &serde_json::Value| role["short_name"] == "AlikafkaInstanceEncryption";
    assert!(roles.iter().any(encrypts), "{answer:#?}");
    for role in roles {
        let cells = role["cells"].as_array().unwrap();
        assert!(cells.iter().all(|cell| cell["service"] == "kms"), "{role:#}");
    }
    let text = run(&["matrix", "--product", "kafka"]);
    assert!(text.out.contains("KMS tagging 9"), "{text:#?}");
}

#[test]
fn who_is_not_understood_is_answered_in_the_language_of_the_config() {
    let folder = Folder::new();
    let path = folder.file("c.toml", "language = \"zh\"\n");
    let joined = format!("--config={path}");
    for (flags, chinese) in [
        (&["--config", &path][..], true),
        (&[&joined], true),
        (&["--lang", "zh"], true),
        (&["--lang=zh"], true),
        (&[&joined, "--lang=en"], false),
        (&["--lang=en", "--config", &path], false),
    ] {
        let answer = run(&[flags, &["list", "--bogus"]].concat());
        assert_eq!((answer.code, !answer.err.is_ascii()), (2, chinese), "{flags:?}: {answer:#?}");
    }
}

#[test]
fn check_tells_of_a_file_before_the_next_one_is_read() {
    let folder = Folder::new();
    let odd = r#"{"Effect": "Allow", "Action": "ecs:\u001b[2JDescribe*", "Resource": "*"}"#;
    let file = folder.file("a.json", policy(odd).replace("\"1\"", "\"2\""));
    let pipe = folder.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let start = Start::program().size(200, 40).arg("check").arg(&file);
    let mut pty = start.arg(pipe.to_str().unwrap()).spawn();
    pty.wait_for("a.json:1:13: warning: ");
    std::fs::write(&pipe, policy(odd)).unwrap();
    pty.wait_for("2 policies in 2 files");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn where_no_thread_can_be_started_a_copy_says_so() {
    let folder = Folder::new();
    let tool = folder.file("wl-copy", "#!/bin/sh\ncat > /dev/null\n");
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(tool, executable).unwrap();
    let mut command = program(&["policy", "etl", "--copy", "--clipboard", "tool"]);
    let path = std::env::var("PATH").unwrap();
    command.env("PATH", format!("{}:{path}", folder.top())).env("WAYLAND_DISPLAY", "wayland-0");
    // No system has so much memory for the stack of a thread.
    command.env("RUST_MIN_STACK", (1_u64 << 60).to_string());
    let answer = said(command);
    assert_eq!(answer.code, 2, "{answer:#?}");
    assert!(answer.err.contains("wl-copy did not take all of the text"), "{answer:#?}");
}
