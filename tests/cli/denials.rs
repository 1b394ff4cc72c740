//! What a policy only denies is nowhere told as granted: `summary`, `matrix`, `list`, `show`, `export`.

use super::support::{Folder, policy, run, run_with};
use serde_json::{Value, json};

/// Reads of two services, and all of RAM denied although one action of it is allowed.
const STATEMENTS: &str = r#"
    {"Effect": "Allow", "Action": ["ecs:Describe*", "ecs:StartInstance", "kms:Decrypt", "ram:GetUser"], "Resource": "*"},
    {"Effect": "Deny", "Action": ["ecs:DeleteInstance", "ram:*"], "Resource": "*"},
    {"Effect": "Deny", "Action": "oss:GetObject", "Resource": "*",
     "Condition": {"NotIpAddress": {"acs:SourceIp": "10.0.0.0/8"}}}"#;

/// A catalogue with two roles of one product: one with the statements above, one that reads a log.
fn catalogue() -> Folder {
    let logs = r#"{"Effect": "Allow", "Action": "log:GetProject", "Resource": "*"}"#;
    product_of(&[("Mine", STATEMENTS), ("Logs", logs)])
}

/// A catalogue with roles of one product, by their names and statements.
fn product_of(roles: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    let roles: Vec<_> = roles
        .iter()
        .map(|(name, statements)| {
            let file = format!("policies/{name}.json");
            folder.file(&file, policy(statements));
            json!({
                "name": format!("AliyunServiceRoleFor{name}"), "short_name": name,
                "service_name": format!("{}.aliyuncs.com", name.to_lowercase()),
                "policy": {"name": format!("{name}Policy"), "file": file, "standing": "published v1"},
            })
        })
        .collect();
    let product = json!({"id": "own", "name": {"en": "Own", "zh": "自有"}});
    folder.file("own.json", json!({"product": product, "roles": roles}).to_string());
    folder
}

/// The answer of a command with that catalogue, and whether it is a yes.
fn ask(folder: &Folder, args: &[&str]) -> (String, i32) {
    let top = folder.top();
    let said = run(&[args, &["--catalog", &top]].concat());
    assert_eq!(said.err, "", "{args:?}");
    (said.out, said.code)
}

#[test]
fn a_summary_keeps_what_is_denied_apart() {
    let text = run_with(&["summary", "-"], &policy(STATEMENTS)).out;
    let expected = "\
Elastic Compute Service (ecs)
  read: 1 pattern
    ecs:Describe*  covers 7 known actions; there may be more
  write: 1 action
    ecs:StartInstance  (level by its name)
  denied: 1 action
    denied: ecs:DeleteInstance

Key Management Service (kms)
  read: 1 action
    kms:Decrypt  Turn ciphertext back into plaintext with a key; gives the plaintext

Resource Access Management (ram)
  denied: 1 action and 1 pattern
    allowed by statement 1, denied as a whole by statement 2
      denied: ram:GetUser
    denied: ram:*  covers every action

Object Storage Service (oss)
  denied: 1 action
    only if acs:SourceIp is not in 10.0.0.0/8
      denied: oss:GetObject
";
    assert!(text.ends_with(expected), "{text}");

    let data = run_with(&["summary", "-", "--json"], &policy(STATEMENTS)).json();
    let services = data["policies"][0]["services"].as_array().unwrap();
    let told: Vec<Value> = services
        .iter()
        .map(|service| {
            let count = |list: &Value| list.as_array().unwrap().len();
            let levels = service["levels"].as_array().unwrap().iter();
            let levels: Vec<Value> =
                levels.map(|group| json!([group["level"], count(&group["actions"])])).collect();
            json!([service["code"], levels, count(&service["denied"])])
        })
        .collect();
    assert_eq!(
        Value::from(told),
        json!([
            ["ecs", [["read", 1], ["write", 1]], 1],
            ["kms", [["read", 1]], 0],
            ["ram", [], 2],
            ["oss", [], 1],
        ]),
    );
    let user = &services[2]["denied"][0];
    assert_eq!(user["name"], "ram:GetUser");
    assert_eq!(user["denied_as_a_whole_by"]["statement"], 2, "{user:#}");
    assert_eq!(user["grants"][0]["effect"], "Allow", "{user:#}");
    assert_eq!(services[2]["denied"][1]["denied_as_a_whole_by"], Value::Null);

    // Whether it grants anything of a service is a yes or no.
    for (service, code) in [("ecs", 0), ("ram", 1), ("oss", 1)] {
        let said = run_with(&["summary", "-", "--service", service], &policy(STATEMENTS));
        assert_eq!(said.code, code, "{service}: {}", said.out);
        assert_eq!(said.out.contains("It grants nothing here."), code == 1, "{}", said.out);
        assert!(said.out.contains("denied: "), "{}", said.out);
    }
}

#[test]
fn the_matrix_counts_grants() {
    let folder = catalogue();
    let (text, _) = ask(&folder, &["matrix", "--product", "own"]);
    let row = text.lines().find(|line| line.contains("Mine")).unwrap_or_else(|| panic!("{text}"));
    let cells = "ECS write 2* (1 denied), KMS read 1, RAM denied 2*, OSS denied 1";
    for cell in cells.split(", ") {
        assert!(row.contains(cell), "{cell}: {text}");
    }
    // A star has its explanation, whatever is counted.
    let star = "*: patterns are among them, each of which counts as one.";
    for (statement, cell, starred) in [
        (r#"{"Effect": "Deny", "Action": "vpc:Del*", "Resource": "*"}"#, "VPC denied 1*", true),
        (r#"{"Effect": "Deny", "Action": "vpc:DelIt", "Resource": "*"}"#, "VPC denied 1", false),
        (
            r#"{"Effect": "Allow", "Action": "slb:GetIt", "Resource": "acs:oss:*:*:box"},
               {"Effect": "Allow", "Action": "log:Get*", "Resource": "acs:oss:*:*:box"},
               {"Effect": "Deny", "Action": "oss:Put*", "Resource": "*"}"#,
            "OSS 2* through resources (1* denied)",
            true,
        ),
    ] {
        let (text, _) = ask(&product_of(&[("Mine", statement)]), &["matrix", "--product", "own"]);
        let row = text.lines().find(|line| line.contains("Mine")).unwrap();
        let row = row.trim_end();
        assert!(row.ends_with(cell) || row.contains(&format!("{cell},")), "{cell}: {text}");
        assert_eq!(text.contains(star), starred, "{text}");
    }
    let (data, _) = ask(&folder, &["matrix", "--product", "own", "--json"]);
    let data: Value = serde_json::from_str(&data).unwrap();
    let cells = data["roles"][0]["cells"].as_array().unwrap();
    let ram = cells.iter().find(|cell| cell["service"] == "ram").unwrap();
    let expected = json!({
        "service": "ram", "level": null, "actions": 0, "patterns": 0, "through": 0, "through_patterns": 0,
        "denied": 2, "denied_patterns": 1, "any_service": null,
    });
    assert_eq!(*ram, expected);
    let ecs = cells.iter().find(|cell| cell["service"] == "ecs").unwrap();
    let expected = json!({
        "service": "ecs", "level": "write", "actions": 2, "patterns": 1, "through": 0, "through_patterns": 0,
        "denied": 1, "denied_patterns": 0, "any_service": null,
    });
    assert_eq!(*ecs, expected);
    // Services that nobody touches come last, in the order in which roles name them.
    let services = data["services"].as_array().unwrap();
    assert!(services.ends_with(&["ram".into(), "oss".into()]), "{services:?}");
}

#[test]
fn the_matrix_tells_what_patterns_of_any_service_reach() {
    let folder = product_of(&[
        ("All", r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#),
        ("Some", r#"{"Effect":"Allow","Action":["*:Get*","kms:Decrypt"],"Resource":"*"}"#),
        (
            "None",
            r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}"#,
        ),
        ("Oss", r#"{"Effect":"Allow","Action":"oss:PutObject","Resource":"*"}"#),
        (
            "Most",
            r#"{"Effect":"Allow","Action":["*","kms:Decrypt"],"Resource":"*"},{"Effect":"Deny","Action":["oss:Delete*","kms:Encrypt"],"Resource":"*"}"#,
        ),
    ]);

    let (text, _) = ask(&folder, &["matrix", "--product", "own", "--service", "oss"]);
    for cell in [
        "OSS (permissions through *: every action)",
        "OSS (read through *:Get*: 1 of 3 known)",
        "OSS write 1",
    ] {
        assert!(text.contains(cell), "{cell}: {text}");
    }
    assert!(!text.contains("None"), "{text}");
    let (data, _) = ask(&folder, &["matrix", "--product", "own", "--json"]);
    let data: Value = serde_json::from_str(&data).unwrap();
    let any = |role: &str, service: &str| {
        let mut roles = data["roles"].as_array().unwrap().iter();
        let role = roles.find(|one| one["short_name"] == role).unwrap();
        let mut cells = role["cells"].as_array().unwrap().iter();
        let cell = cells.find(|cell| cell["service"] == service);
        cell.map_or(Value::Null, |cell| cell["any_service"].clone())
    };
    let said = |level: Value, every, known, denies_every, by: &str, denied: &[&str]| {
        json!({
            "level": level, "every_action": every, "known_actions": known,
            "known_actions_of_service": 3, "known_actions_denied": if denies_every { 3 } else { 0 },
            "every_action_denied": denies_every, "on_named_resources": false,
            "granted_by": if by.is_empty() { vec![] } else { vec![by] }, "denied_by": denied,
        })
    };
    assert_eq!(any("All", "oss"), said(json!("permissions"), true, 3, false, "*", &[]));
    assert_eq!(any("Some", "oss"), said(json!("read"), false, 1, false, "*:Get*", &[]));
    assert_eq!(any("None", "oss"), said(Value::Null, false, 0, true, "", &["*"]));
    assert_eq!(any("Oss", "oss"), Value::Null);
    assert_eq!(any("All", "*"), Value::Null, "the column of any service tells it itself");

    let (page, _) = ask(&folder, &["export", "own", "--format", "markdown"]);
    let row = |name: &str| {
        let row = page.lines().find(|line| line.starts_with(&format!("| [{name}]")));
        row.unwrap_or_else(|| panic!("{name}: {page}")).to_owned()
    };
    assert!(row("All").contains(r"all, through \*"), "{}", row("All"));
    assert!(row("Some").contains(r"1 of 3 known, through \*:Get\*"), "{}", row("Some"));
    assert!(row("None").contains(r"; denied: all, through \*"), "{}", row("None"));
    // What is denied beside such a pattern is a limit of it.
    assert!(!row("Most").contains("only denied"), "{}", row("Most"));
    for cell in [r" 3 of 3 known, through \*; 1 pattern denied |", "; 1 action denied |"] {
        assert!(row("Most").contains(cell), "{cell}: {}", row("Most"));
    }
    let (page, _) = ask(&folder, &["export", "own", "--format", "markdown", "--lang", "zh"]);
    assert!(page.contains(r"通过 \*；拒绝 1 个模式 |"), "{page}");
}

#[test]
fn a_page_tells_of_roles_by_services_what_the_matrix_tells() {
    let (page, _) = ask(&product_of(&[]), &["export", "product:alikafka"]);
    let (data, _) = ask(&product_of(&[]), &["matrix", "--product", "alikafka", "--json"]);
    let data: Value = serde_json::from_str(&data).unwrap();
    let services = data["services"].as_array().unwrap().iter().map(|one| one.as_str().unwrap());
    let head = page.lines().find(|line| line.starts_with("| Role |")).unwrap();
    let columns: Vec<&str> = head.split(" | ").skip(1).collect();
    for (column, service) in columns.iter().zip(services) {
        assert_eq!(column.trim_end_matches(" |"), service, "{head}");
    }
    let row = |name: &str| page.lines().find(|line| line.starts_with(&format!("| [{name}]")));
    for role in data["roles"].as_array().unwrap() {
        let row = row(role["short_name"].as_str().unwrap()).unwrap();
        assert_eq!(row.contains(") ◐ |"), role["whole"] == false, "{row}");
        let missing = role["missing_services"].as_array().unwrap().len();
        assert_eq!(row.matches("(the missing part)").count(), missing, "{row}");
    }
    assert!(page.contains("(the missing part)") && page.contains("(only its own deletion)"));
    assert!(page.contains("◐ the policy text is not whole: the role may touch more."));
}

#[test]
fn a_service_is_called_the_same_everywhere() {
    let folder =
        product_of(&[("All", r#"{"Effect":"Allow","Action":["*","own:Get"],"Resource":"*"}"#)]);
    let services =
        json!([{"code": "own", "short": "", "name": {"en": "Our Service", "zh": "自有服务"}}]);
    folder.file("services.json", json!({"services": services}).to_string());
    for (args, expected) in [
        (&["summary", "All"][..], "Any service (*)"),
        (&["show", "All"], "any service, OWN"),
        (&["show", "All", "-f", "markdown"], r"| Any service (\*) |"),
        (&["matrix", "--product", "own"], "any service permissions"),
        (&["matrix", "--product", "own"], "OWN read 1"),
        (&["export", "All", "-f", "dot"], "label=\"any service\""),
        (&["export", "All", "-f", "dot"], "label=\"OWN (own)\""),
    ] {
        let (text, _) = ask(&folder, args);
        assert!(text.contains(expected), "{args:?}: {expected}: {text}");
    }
}

#[test]
fn a_role_that_only_denies_does_not_touch_a_service() {
    let folder = catalogue();
    for (service, touched) in [("ecs", true), ("kms", true), ("ram", false), ("oss", false)] {
        for command in ["list", "matrix"] {
            let args = [command, "--product", "own", "--service", service];
            let (text, code) = ask(&folder, &args);
            assert_eq!(text.contains("Mine"), touched, "{args:?}\n{text}");
            assert_eq!(code == 0, touched, "{args:?}\n{text}");
        }
    }
    let (text, _) = ask(&folder, &["show", "Mine"]);
    let line = |name: &str| {
        let line = text.lines().find(|line| line.trim_start().starts_with(name));
        line.unwrap_or_else(|| panic!("{name}: {text}")).to_owned()
    };
    assert!(line("Touches").ends_with(" ECS, KMS"), "{text}");
    assert!(line("Denies actions of").ends_with(" ECS, RAM, OSS"), "{text}");
    let (data, _) = ask(&folder, &["show", "Mine", "--json"]);
    let data: Value = serde_json::from_str(&data).unwrap();
    assert_eq!(data["services"], json!(["ecs", "kms"]));
    assert_eq!(data["denied_services"], json!(["ecs", "ram", "oss"]));
}

#[test]
fn pages_and_graphs_tell_denials_as_such() {
    let folder = catalogue();
    for (lang, level, words, only) in [
        (
            "en",
            "denied",
            "(allowed by statement 1, denied as a whole by statement 2)",
            "only denied",
        ),
        ("zh", "拒绝", "（语句 1 允许，语句 2 全部拒绝）", "仅拒绝"),
    ] {
        let (ticket, _) = ask(&folder, &["show", "Mine", "-f", "markdown", "--lang", lang]);
        let ram: Vec<&str> = ticket.lines().filter(|line| line.contains("`ram:")).collect();
        let row = |actions: String| format!("| {level} | {actions} | `*` |  |");
        assert_eq!(ram.len(), 2, "{ticket}");
        assert!(ram[0].ends_with(&row("`ram:*`".to_owned())), "{ticket}");
        let said = if lang == "en" {
            format!("`ram:GetUser` {words}")
        } else {
            format!("`ram:GetUser`{words}")
        };
        assert!(ram[1].ends_with(&row(said)), "{ticket}");

        let (page, _) = ask(&folder, &["export", "-f", "markdown", "product:own", "--lang", lang]);
        let ram: Vec<&str> =
            page.lines().filter(|line| line.starts_with('|') && line.contains("`ram:")).collect();
        assert_eq!(ram.len(), 2, "{page}");
        for line in &ram {
            assert!(line.contains(level) && !line.contains("permissions"), "{page}");
        }
        assert!(ram[1].contains(words), "{page}");
        // The table of all roles.
        let mine = page.lines().find(|line| line.starts_with("| [Mine]")).unwrap();
        assert!(mine.contains(only) && !mine.contains("permissions"), "{page}");

        let (graph, _) = ask(&folder, &["export", "-f", "dot", "product:own", "--lang", lang]);
        assert!(graph.contains("(ecs)"), "{graph}");
        assert!(!graph.contains("(ram)") && !graph.contains("(oss)"), "{graph}");
    }
}

#[test]
fn patterns_of_services_have_a_row_of_their_own() {
    let mixed = policy(
        r#"{"Effect":"Allow","Action":["yundun-*:*","Yundun-*:Get*","*:List*","**","ec*","ecs:Get*"],"Resource":"*"}"#,
    );
    let text = run_with(&["summary", "-"], &mixed).out;
    for row in ["Services named yundun-*", "Any service (*)", "Services named ec*"] {
        assert!(text.contains(row), "{row}: {text}");
    }
    let data = run_with(&["summary", "-", "--json"], &mixed).json();
    let rows = data["policies"][0]["services"].as_array().unwrap().iter();
    let rows: Vec<(String, usize)> = rows
        .map(|service| {
            let levels = service["levels"].as_array().unwrap().iter();
            let actions = levels.map(|group| group["actions"].as_array().unwrap().len()).sum();
            (service["code"].as_str().unwrap().to_owned(), actions)
        })
        .collect();
    let expected = [("yundun-*", 2), ("*", 2), ("ec*", 1), ("ecs", 1)];
    assert_eq!(rows, expected.map(|(code, actions)| (code.to_owned(), actions)));
    // A service is among those that are named so.
    for (service, sees) in [("ecs", true), ("kms", false), ("fc", false)] {
        let only = policy(r#"{"Effect":"Allow","Action":["ec*:*","yundun-*:*"],"Resource":"*"}"#);
        let said = run_with(&["summary", "-", "--service", service], &only);
        assert_eq!(
            said.out.contains("Services named"),
            sees,
            "{service}: {}{}",
            said.out,
            said.err
        );
    }
}

#[test]
fn a_service_that_a_wide_allow_leaves_alone_is_not_touched() {
    let user = r#"{"Effect":"Allow","NotAction":["ram:*","ims:*"],"Resource":"*"}"#;
    let limited = r#"{"Effect":"Allow","Action":"*","Resource":"*"},
        {"Effect":"Deny","Action":"ram:*","Resource":"*"}"#;
    let reader = r#"{"Effect":"Allow","Action":"*:Get*","Resource":"*"},
        {"Effect":"Deny","Action":"ram:*","Resource":"*"}"#;
    for (name, statements) in [("user", user), ("limited", limited), ("reader", reader)] {
        let folder = Folder::new();
        folder.file(&format!("{name}.json"), policy(statements));
        let top = folder.top();
        for (service, touched) in [("ram", false), ("oss", true)] {
            for command in ["list", "matrix"] {
                let said = run(&[command, "--policies", &top, "--service", service]);
                let told = (said.out.contains(name), said.code);
                let expected = (touched, i32::from(!touched));
                assert_eq!(told, expected, "{name} {command} {service}:\n{}", said.out);
            }
            let file = format!("{top}/{name}.json");
            let said = run(&["summary", &file, "--service", service]);
            let told = (said.out.contains("Any service"), said.code);
            assert_eq!(told, (touched, i32::from(!touched)), "{name} {service}:\n{}", said.out);
        }
    }
}
