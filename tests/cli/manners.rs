//! Help, versions, mistakes, closed pipes, the clipboard, and texts that a terminal must not obey.

use std::io::Read as _;
use std::process::Stdio;

use super::support::{Folder, policy, program, run, run_with, said};

#[test]
fn help_and_version() {
    let help = run(&["--help"]);
    assert_eq!(run(&["help"]).out, help.out);
    for words in [
        &["--lang", "en", "help", "check"][..],
        &["--no-config", "help", "check"],
        &["help", "help", "check"],
        &["help", "check", "--", "x"],
    ] {
        assert!(run(words).out.contains("Usage: rolescope check"), "{words:?}");
    }
    assert!(run(&["--lang", "zh", "help", "check"]).out.contains("rolescope check"));
    assert!(
        run(&["help", "account", "snapshot"]).out.contains("Usage: rolescope account snapshot")
    );
    assert_eq!(run(&["help", "."]).out, help.out);
    let unknown = run(&["help", "lst"]);
    assert!(unknown.err.contains("lst: It does not exist") && unknown.code == 2, "{unknown:#?}");
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    for command in [
        "list",
        "show",
        "policy",
        "summary",
        "explain",
        "removal",
        "who-can",
        "can",
        "diff",
        "find",
        "check",
        "template",
        "completions",
        "man",
    ] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{command}\n{}", help.out);
        let own = run(&[command, "--help"]);
        assert_eq!(run(&["help", command]).out, own.out);
        assert!(own.code == 0 && own.out.contains("Usage: rolescope"), "{own:#?}");
    }
    for flag in ["--version", "-V"] {
        let version = run(&[flag]).out;
        let expected = concat!("rolescope ", env!("CARGO_PKG_VERSION"), " (catalogue of 2");
        assert!(version.starts_with(expected), "{version}");
    }
}

#[test]
fn mistakes_are_one_sentence() {
    run(&["lst"]).is_refused("list");
    run(&["list", "--servce", "x"]).is_refused("--service");
    run(&["list", "--service", "zzzz"])
        .is_refused("`zzzz`; `rolescope matrix` names those that roles touch");
    run(&["list", "-f", "yaml"]).is_refused("markdown");
    run(&["list", "--json", "-f", "text"]).is_refused("cannot be used with");
    run(&["completions", "dos"]).is_refused("bash");
    // The use that is told is that of the command, and what is offered is what helps.
    for (typed, told) in [
        (&["show"][..], "<ROLE>; `rolescope show --help` tells the use"),
        (
            &["tour", "kafka-roles", "--theme", "light"],
            "'--theme' found; it stands before the command: `rolescope --theme ... tour`; `rolescope tour --help` tells",
        ),
        (&["check", "--service", "kms", "x"], "'--service' found; `rolescope check --help` tells"),
        (&["check", "--", "-x"], "-x"),
        (
            &["account"],
            "`account` needs one of its own commands: snapshot; `rolescope account --help` tells",
        ),
        (&["policy", "Alikafka", "--statement", "x"], "'--statement <N>': it is no whole number"),
        (&["--nope"], "'--nope' found; `rolescope --help` tells the use"),
    ] {
        let said = run(typed);
        let all = format!("{}{}", said.err, said.out);
        assert!(said.code != 0 && all.contains(told), "{typed:?}: {told}: {said:#?}");
    }
}

#[test]
fn a_folder_that_is_called_as_a_part_of_names_is_told_of() {
    let folder = Folder::new();
    folder.file("kafka/a.json", "{}");
    for command in [&["summary", "kafka"][..], &["show", "kafka"], &["diff", "kafka", "kafka"]] {
        let mut program = program(command);
        program.current_dir(folder.path(""));
        let said = said(program);
        let told = "give one of them; it is a folder too: `--policies kafka` asks";
        assert!(said.code == 2 && said.err.contains(told), "{command:?}: {said:#?}");
    }
}

#[test]
fn what_is_told_of_a_role_is_told_once_where_it_stands_on_both_sides() {
    let said = run(&["diff", "Alikafka", "Alikafka"]);
    let times = |text: &str, of: &str| text.matches(of).count();
    assert_eq!(times(&said.out, "is not whole"), 1, "{said:#?}");
    assert_eq!(times(&said.err, "is published v10, incomplete"), 1, "{said:#?}");
}

#[test]
fn without_a_terminal_the_screen_is_refused() {
    run::<&str>(&[]).is_refused("not a terminal");
    run(&["--theme", "zebra"]).is_refused("light");
}

#[test]
fn completions_and_manual_are_printed() {
    for shell in ["bash", "zsh", "fish"] {
        let script = run(&["completions", shell]).out;
        assert!(script.contains("who-can") && script.contains("rolescope"), "{shell}: {script}");
        // Names that are long to type.
        for name in ["AlikafkaInstanceEncryption", "alikafka", "what-is-a-role"] {
            assert!(script.contains(name) || shell == "fish", "{shell}: {name}\n{script}");
        }
    }
    let page = run(&["man"]).out;
    for words in [".TH rolescope 1", "who\\-can", ".SH JSON", "implicit_deny"] {
        assert!(page.contains(words), "{words}\n{page}");
    }
}

/// Runs it with a reader that goes after some bytes.
fn cut_off(args: &[&str]) -> (Option<i32>, String) {
    let mut child = program(args).spawn().unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    (child.wait().unwrap().code(), err)
}

#[test]
fn a_closed_pipe_ends_it_quietly_and_leaves_the_exit_status() {
    let folder = Folder::new();
    for at in 0..40 {
        folder.file(&format!("bad/{at}.json"), policy(&"{},".repeat(2_000)));
        let fine = r#"{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*", "x": 1}"#;
        folder.file(&format!("fine/{at}.json"), policy(&vec![fine; 200].join(",")));
    }
    for format in ["--json", "--format=text", "--format=markdown"] {
        let of = |name: &str| cut_off(&["check", format, folder.path(name).to_str().unwrap()]);
        assert_eq!(of("bad"), (Some(1), String::new()), "{format}");
    }
    let fine = folder.path("fine");
    let whole = run(&["check", "--json", fine.to_str().unwrap()]).code;
    // The last file has the only error, long after anybody reads.
    folder.file("fine/99.json", "{");
    let broken = cut_off(&["check", "--json", fine.to_str().unwrap()]);
    assert_eq!((whole, broken), (0, (Some(1), String::new())));
    let export = cut_off(&["export", "-f", "html"]);
    assert_eq!(export, (Some(0), String::new()));
}

#[test]
fn a_full_disk_is_said() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let mut command = program(&["list"]);
    command.stdout(Stdio::from(full));
    let said = said(command);
    assert_eq!(said.code, 2, "{said:#?}");
    assert!(said.err.contains("cannot be written"), "{said:#?}");
}

#[test]
fn hostile_texts_stay_harmless() {
    let hostile = policy(
        "{\"Effect\": \"Allow\", \"Action\": \"x:\u{1b}]0;y\u{7}\u{202e}Z\", \"Resource\": \"*\", \"\u{9b}31m\": 1}",
    );
    for args in [
        &["check", "-"][..],
        &["explain", "-"],
        &["summary", "-"],
        &["can", "--policy", "-", "--action", "x:\u{1b}[31m"],
        &["diff", "etl", "-"],
    ] {
        let said = run_with(args, &hostile);
        for (name, text) in [("out", &said.out), ("err", &said.err)] {
            let bad = text.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
            assert_eq!(bad, None, "{args:?} {name}: {text:?}");
        }
        assert_ne!(said.code, 101, "{said:#?}");
    }
}

#[test]
fn copying_without_a_road_says_so() {
    for args in [&["policy", "etl"][..], &["template", "etl"], &["removal", "etl"]] {
        let said = run(&[args, &["--copy", "--clipboard", "off"]].concat());
        said.is_refused("switched off");
        assert!(!said.err.contains("leaving"), "{said:#?}");
    }
}

#[cfg(unix)]
#[test]
fn a_copy_is_called_what_it_is_and_has_the_format_that_was_asked_for() {
    let folder = Folder::new();
    let tool = folder.file("wl-copy", "#!/bin/sh\ncat > \"${0%/*}/got\"\n");
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(tool, executable).unwrap();
    let path = format!("{}:{}", folder.top(), std::env::var("PATH").unwrap());
    let statement = &["policy", "MqttTunnel", "--statement", "2"][..];
    let trust = &["policy", "MqttTunnel", "--statement", "1", "--trust"];
    for (args, format, named) in [
        (&["policy", "MqttTunnel"][..], &[][..], "the policy was copied"),
        (statement, &[], "the text of statement 2 was copied"),
        (statement, &["--json"], "the JSON answer with the text of statement 2 was copied"),
        (statement, &["-f", "markdown"], "the text of statement 2 as Markdown was copied"),
        (statement, &["--lang", "zh"], "复制语句 2 的文本"),
        (trust, &[], "the text of statement 1 of the trust policy was copied"),
        (&["template", "etl"], &["--json"], "the JSON answer with the policy that lets a"),
        (&["removal", "etl"], &["--json"], "the JSON answer with the removal plan was copied"),
        (&["removal", "etl"], &["-f", "text"], "the removal plan was copied"),
    ] {
        let asked = [args, format].concat();
        let mut command = program(&[&asked, &["--copy", "--clipboard", "tool"][..]].concat());
        command.env("PATH", &path).env("WAYLAND_DISPLAY", "wayland-0");
        let copied = said(command);
        assert!(copied.code == 0 && copied.out.is_empty(), "{asked:?}: {copied:#?}");
        assert!(copied.err.contains(named), "{asked:?}: {copied:#?}");
        let got = std::fs::read_to_string(folder.path("got")).unwrap();
        // Only a note of what is not sure stands before it.
        let (before, printed) = (got.trim_end(), run(&asked).out);
        let note =
            before.strip_suffix(printed.trim_end()).unwrap_or_else(|| panic!("{asked:?}: {got}"));
        assert!(note.lines().all(|line| line.starts_with("// ")), "{asked:?}: {got}");
    }
}

#[test]
fn a_slip_names_what_was_meant() {
    for (typed, expected) in [
        (&["search", "kms"][..], "Did you mean `rolescope find`?"),
        (&["compare"], "Did you mean `rolescope diff`?"),
        (&["frobnicate"], "The commands are "),
        (
            &["can", "my/policy.json", "--action", "kms:Decrypt"],
            "rolescope can --policy my/policy.json",
        ),
        (&["can", "Nothing", "--action", "kms:Decrypt"], "`rolescope list` prints the roles"),
    ] {
        let said = run(typed);
        assert!(said.code == 2 && said.err.contains(expected), "{typed:?}: {said:#?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn files_may_have_names_in_any_encoding() {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::OsStrExt as _;
    let folder = Folder::new();
    // "policy" in GBK.
    let name = OsStr::from_bytes(b"\xb2\xdf\xc2\xd4.json");
    let file = folder.path("").join(name);
    let text = policy(r#"{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}"#);
    std::fs::write(&file, text).unwrap();
    let with = |words: &[&str]| -> Vec<OsString> {
        let word = |word: &&str| if *word == "@" { file.clone().into() } else { word.into() };
        words.iter().map(word).collect()
    };
    for words in [
        &["summary", "@"][..],
        &["policy", "@"],
        &["explain", "@"],
        &["diff", "@", "@"],
        &["diff", "etl", "@"],
        &["check", "@"],
        &["can", "--policy", "@", "--action", "ecs:DescribeInstances"],
        &["list", "--policies", "@"],
        &["--plain", "@"],
    ] {
        let said = run(&with(words));
        assert!(said.code <= 1 && !said.out.is_empty(), "{words:?}: {said:#?}");
    }
    run(&with(&["show", "@"])).is_refused(".json` is not in UTF-8, as all but the names of files");
}

/// What bash offers for the last of some words, in a folder with a file; None where there is no bash.
fn offered(words: &[&str]) -> Option<Vec<String>> {
    let folder = Folder::new();
    folder.file("zfile", "");
    let script = folder.file("completions", run(&["completions", "bash"]).out);
    let (last, before) = (words.last().unwrap(), words.get(words.len().wrapping_sub(2)).unwrap());
    let words = words.join(" ");
    let call = format!(
        "source '{script}'; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
         _rolescope rolescope '{last}' '{before}'; printf '%s\n' \"${{COMPREPLY[@]}}\""
    );
    let mut bash = std::process::Command::new("bash");
    let out = bash.args(["-c", &call]).current_dir(folder.top()).output().ok()?;
    Some(String::from_utf8(out.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn bash_offers_names_where_they_may_stand() {
    for (words, expected) in [
        (&["rolescope", "show", "AlikafkaC"][..], &["AlikafkaConnector"][..]),
        (&["rolescope", "summary", "AlikafkaC"], &["AlikafkaConnector"]),
        (&["rolescope", "removal", "alik"], &["alikafka"]),
        (&["rolescope", "list", "--service", "km"], &["kms"]),
        (&["rolescope", "list", "--product", "mq"], &["mqtt"]),
        (&["rolescope", "tour", "what"], &["what-is-a-role"]),
        (&["rolescope", "--lang", "z"], &["zh"]),
        // As bash takes words apart.
        (&["rolescope", "--lang", "=", "z"], &["zh"]),
    ] {
        let Some(offered) = offered(words) else { return };
        assert_eq!(offered, expected, "{words:?}");
    }
}

#[test]
fn a_word_for_several_services_is_not_taken_for_one_of_them() {
    for command in [&["list"][..], &["matrix"], &["summary", "AlikafkaConnector"]] {
        let ask = |word| run(&[command, &["--service", word]].concat());
        let several = "may mean AnalyticDB for PostgreSQL (gpdb), AnalyticDB for MySQL (adb); give one of them";
        ask("云原生数据仓库").is_refused(several);
        for word in ["云消息队列", "消息队列"] {
            let said = ask(word);
            assert_eq!(said.code, 2, "{said:#?}");
            for code in ["(alikafka)", "(mq)", "(rocketmq)", "(amqp)"] {
                assert!(said.err.contains(code), "{code} of {word}: {said:#?}");
            }
        }
        // A part of the name of one alone leads to it.
        ask("RabbitMQ 版").is_refused("the nearest are ApsaraMQ for RabbitMQ (amqp)");
        // A code is nobody's other name.
        assert_eq!(ask("STS").code, ask("sts").code);
    }
    let found = run(&["find", "云原生数据仓库"]).out;
    for heading in ["Roles that touch ADB PG (", "Roles that touch ADB MySQL ("] {
        assert!(found.contains(heading), "{found}");
    }
    let found = run(&["find", "云消息队列"]).out;
    assert!(!found.contains("Roles that touch"), "{found}");
}
