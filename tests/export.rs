//! `export`, by running the program: pages that are well formed and whole, graphs as they should be, and names that
//! mean to do harm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]
#![allow(dead_code)]

#[path = "cli/support.rs"]
mod support;

use rolescope::catalog::Catalog;
use rolescope::catalog::model::Standing;
use rolescope::say;
use support::{Folder, policy, run};

/// What the program prints; it must have nothing to complain of.
#[track_caller]
fn export(args: &[&str]) -> String {
    let said = run(&[&["export"], args].concat());
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
    said.out
}

/// Checks that every tag is closed in its turn, every attribute quoted, and every id given once.
#[track_caller]
fn well_formed(html: &str) {
    const EMPTY: [&str; 3] = ["meta", "wbr", "!doctype"];
    let mut open: Vec<&str> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tail) = rest.split_at(at);
        assert!(open.last() == Some(&"style") || !before.contains('>'), "a bare > in {before:?}");
        let end = tail.find('>').expect("a tag ends");
        let tag = &tail[1..end];
        rest = &tail[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> at the wrong place, before {rest:.80}");
            continue;
        }
        let name = tag.split(' ').next().unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '!'), "<{tag}>");
        assert_eq!(tag.matches('"').count() % 2, 0, "<{tag}>");
        if let Some((_, id)) = tag.split_once(" id=\"") {
            ids.push(id.split('"').next().unwrap());
        }
        if !EMPTY.contains(&name.to_ascii_lowercase().as_str()) {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    for (_, jump) in
        html.match_indices("href=\"#").map(|(at, found)| (at, &html[at + found.len()..]))
    {
        let anchor = jump.split('"').next().unwrap();
        assert_eq!(ids.iter().filter(|id| **id == anchor).count(), 1, "#{anchor} of {ids:?}");
    }
    for entity in html.split('&').skip(1) {
        let name = entity.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot", "#39", "#96"].contains(&name), "&{entity:.20}");
    }
}

#[test]
fn a_page_is_well_formed_and_needs_nothing_else() {
    for lang in ["en", "zh"] {
        let html = export(&["-f", "html", "--lang", lang]);
        well_formed(&html);
        for absent in ["<script", "<img", "<link", "<iframe", "url(", "@import", " on", " src="] {
            let tags = html.split('<').map(|part| format!("<{}", part.split('>').next().unwrap()));
            let style = html.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
            let found = tags.filter(|tag| tag.contains(absent)).collect::<Vec<_>>();
            assert!(found.is_empty() && !style.contains(absent), "{absent}: {found:?}");
        }
        assert!(html.contains("prefers-color-scheme: dark") && html.contains("name=\"viewport\""));
        assert!(html.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\">")));
    }
}

#[test]
fn a_page_tells_of_every_role() {
    let catalog = Catalog::builtin().unwrap();
    let bare = |html: &str| html.replace("<wbr>", "");
    let html = bare(&export(&["--format", "html"]));
    let markdown = export(&[]);
    assert_eq!(markdown, export(&["-f", "markdown"]));
    for role in catalog.roles() {
        let anchor = role.name.to_lowercase();
        assert!(html.contains(&format!("<h3 id=\"{anchor}\">{}</h3>", role.name)), "{anchor}");
        assert!(markdown.contains(&format!("\n### {}\n", role.name)), "{anchor}");
        assert!(markdown.contains(&format!("[{}](#{anchor})", role.name)), "{anchor}");
        for page in [&html, &markdown] {
            let has = |text: &str| page.contains(text);
            assert!(role.service_name.as_deref().is_none_or(has), "{anchor}");
            if let Some(policy) = &role.policy {
                assert!(policy.warning().is_none() || has(&policy.fetch_command()), "{anchor}");
            }
        }
        if let Some(policy) = &role.policy {
            assert!(
                markdown.contains(policy.source.trim_end()),
                "the policy of {anchor}, byte for byte"
            );
        }
    }
    for product in catalog.products().iter().filter(|product| !product.roles.is_empty()) {
        assert!(markdown.contains(&format!("\n## {}\n", product.name.en)), "{}", product.name.en);
    }
    let chinese = export(&["--lang", "zh"]);
    assert!(chinese.contains("# 服务关联角色") && chinese.contains("云消息队列 Kafka 版"));
}

#[test]
fn a_page_says_what_each_standing_means() {
    let page = export(&[]);
    assert!(page.contains("(name rule)"), "facts of this standing are told");
    for standing in Standing::ALL {
        let line = format!("- **{}** {}\n", standing.words().en, standing.meaning().en);
        assert!(page.contains(&line), "{line}");
    }
}

/// A Chinese page has the terms of the screen, and Chinese signs between Chinese words.
#[test]
fn chinese_pages_are_written_as_the_screen_is() {
    let page = export(&["--lang", "zh"]);
    assert!(page.contains("\n#### 检查结果\n") && !page.contains("值得注意"), "{page}");
    for name in ["Alikafka", "AlikafkaConnector", "MqttTunnel", "AlbFc"] {
        let ticket = run(&["show", name, "-f", "markdown", "--lang", "zh"]).out;
        let words = ticket.split("\n```").next().unwrap();
        for line in words.lines().filter(|line| line.starts_with(['-', '|'])) {
            // Names and addresses stand as they are.
            let told: String = line.split('`').step_by(2).collect();
            for sign in ["**: ", "): ", ", "] {
                assert!(!told.contains(sign), "{name}: {sign:?} in {line}");
            }
            let is_half = told.contains(" (") && told.contains(say::is_chinese);
            assert!(!is_half, "{name}: {line}");
        }
    }
}

#[test]
fn rows_of_markdown_tables_are_as_long_as_their_heads() {
    let markdown = export(&[]);
    let mut columns = 0;
    let mut tables = 0;
    for line in markdown.lines() {
        if !line.starts_with('|') {
            columns = 0;
            continue;
        }
        let bars = line.replace("\\|", "").matches('|').count();
        tables += usize::from(columns == 0);
        columns = if columns == 0 { bars } else { columns };
        assert_eq!(bars, columns, "{line}");
    }
    assert!(tables > 20, "{tables}");
}

#[test]
fn the_table_of_a_product_counts_what_the_matrix_counts() {
    for (product, service, told) in [
        ("mqtt", "vpc", "1 and 2 through resources"),
        ("mqtt", "ecs", "6 and 1 through resources"),
        ("rabbitmq", "kms", "7*"),
    ] {
        let matrix = run(&["matrix", "--product", product, "--service", service]).out;
        assert!(matrix.contains(&format!(" {told}\n")), "{matrix}");
        let markdown = export(&[&format!("product:{product}")]).replace("\\*", "*");
        assert!(markdown.contains(&format!(" {told} |")), "{told}: {markdown}");
        let star = "*: patterns are among them, each of which counts as one.";
        assert_eq!(markdown.contains(star), told.contains('*'), "{markdown}");
        let html = export(&["-f", "html", &format!("product:{product}")]);
        assert!(html.contains(told), "{told}: {html}");
    }
    // Nothing of its own, but others on its resources.
    let statements = r#"{"Effect":"Allow","Action":["ecs:RunInstances","ecs:Create*"],"Resource":"acs:oss:*:*:x"}"#;
    let folder = own("own", "Own", "Own", "A text", statements);
    folder.file("policies/q.json", policy(statements));
    let file = std::fs::read_to_string(folder.path("own.json")).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&file).unwrap();
    let another = serde_json::json!({"name": "AliyunServiceRoleForOwnOther"});
    file["roles"].as_array_mut().unwrap().push(another);
    folder.file("own.json", file.to_string());
    for (lang, told) in [("en", "| 2\\* through resources |"), ("zh", "| 2\\* 通过资源 |")] {
        let page = export(&["--catalog", &folder.top(), "--lang", lang, "product:own"]);
        assert!(page.contains(told), "{page}");
    }
}

#[test]
fn roles_and_products_are_chosen() {
    let one = export(&["AlikafkaETL"]);
    assert_eq!(one.matches("\n### ").count(), 1);
    assert!(one.contains("\n### AliyunServiceRoleForAlikafkaETL\n"));
    let both = export(&["product:mqtt", "AlikafkaETL", "MqttTunnel"]);
    assert_eq!(both.matches("\n### ").count(), 4, "each role stands once");
    run(&["export", "Nonsense"]).is_refused("the products are");
    run(&["export", "--json"]).is_refused("markdown, html, dot or mermaid");
    run(&["export", "-f", "text"]).is_refused("markdown, html, dot or mermaid");
    run(&["list", "-f", "html"]).is_refused("only `export`");
    run(&["check", "-f", "dot", "-"]).is_refused("only `export`");
}

#[test]
fn what_may_be_created_or_passed_is_in_the_graph() {
    let dot = export(&["-f", "dot", "AlikafkaETL"]);
    assert!(dot.contains("label=\"may pass\""), "{dot}");
    let dot = export(&["-f", "dot", "KafkaLog"]);
    assert!(dot.contains("label=\"may create\""), "{dot}");
    let dot = export(&["-f", "dot", "product:alikafka"]);
    assert!(dot.contains("label=\"remove first\""), "{dot}");
}

const DOT: &str = r##"  n0 [label="Own product", style="filled", fillcolor="#1f2328", fontcolor="white", fontsize=13];
  n1 [label="Own ◐ policy not whole", fillcolor="#dbe9fb", color="#0757b5"];
  n2 [label="All things", shape=note, style="filled", fillcolor="#fff4d6", color="#9a6700"];
  n3 [label="Privatelink", style="rounded,dashed"];
  n4 [label="KMS (kms)", shape=ellipse, style="filled", fillcolor="#eef1f4", margin="0.02,0.02"];
  n5 [label="RAM (ram)", shape=ellipse, style="filled", fillcolor="#eef1f4", margin="0.02,0.02"];
  n0 -> n1 [arrowhead=none, penwidth=2];
  n1 -> n2 [label="remove first (implied)", color="#9a6700", fontcolor="#9a6700"];
  n1 -> n3 [label="may create", style=dashed, color="#b3202c", fontcolor="#b3202c"];
  n1 -> n4 [label="read", color="#0757b5", fontcolor="#0757b5"];
  n1 -> n5 [label="permissions", color="#b3202c", fontcolor="#b3202c"];
}
"##;

const MERMAID: &str = r#"flowchart LR
  n0["Own product"]:::product
  n1("Own ◐ policy not whole"):::role
  n2["All things"]:::thing
  n3("Privatelink"):::other
  n4(["KMS (kms)"]):::service
  n5(["RAM (ram)"]):::service
  n0 --- n1
  n1 ==>|"remove first (implied)"| n2
  n1 -.->|"may create"| n3
  n1 -->|"read"| n4
  n1 -->|"permissions"| n5
"#;

/// A folder with a catalogue of one role; its texts are as given.
fn own(id: &str, product: &str, role: &str, text: &str, statements: &str) -> Folder {
    let folder = Folder::new();
    folder.file("policies/p.json", policy(statements));
    let words = serde_json::json!({"en": text, "zh": text, "standing": "documented"});
    let file = serde_json::json!({
        "product": {"id": id, "name": {"en": product, "zh": product}, "page": text},
        "roles": [{
            "name": format!("AliyunServiceRoleFor{role}"), "short_name": role,
            "service_name": "own.aliyuncs.com", "feature": words, "purpose": words, "created_when": words,
            "trust": "implied",
            "policy": {"name": "OwnPolicy", "file": "policies/p.json", "standing": "published v1", "page": text,
                "missing": {"en": text, "zh": text}},
            "blockers": [{"what": {"en": text, "zh": text}, "because": {"en": text, "zh": text}, "standing": "implied"}],
            "stops": [words], "notes": [{"en": text, "zh": text}],
        }],
    });
    folder.file("own.json", file.to_string());
    folder
}

#[test]
fn a_small_graph_in_both_languages_of_graphs() {
    let statements = r#"{"Effect":"Allow","Action":"kms:DescribeKey","Resource":"*"},
        {"Effect":"Allow","Action":"ram:CreateServiceLinkedRole","Resource":"*",
         "Condition":{"StringEquals":{"ram:ServiceName":"privatelink.aliyuncs.com"}}}"#;
    let folder = own("own", "Own product", "Own", "All things", statements);
    let top = folder.top();
    let dot = export(&["--catalog", &top, "-f", "dot", "product:own"]);
    let nodes = dot.find("  n0 ").unwrap();
    assert!(dot.starts_with("digraph roles {\n  rankdir=LR;\n"), "{dot}");
    assert_eq!(&dot[nodes..], DOT);
    let mermaid = export(&["--catalog", &top, "-f", "mermaid", "product:own"]);
    assert_eq!(&mermaid[..mermaid.find("  classDef").unwrap()], MERMAID);
}

/// The graph has the roles that the plan and the page name, as what they are.
#[test]
fn a_graph_has_the_roles_that_are_known_by_name() {
    let page = export(&["product:rabbitmq"]);
    let named = page.lines().find(|line| line.contains("Known by name only")).unwrap();
    let names: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
    assert!(!names.is_empty(), "{named}");
    for format in ["dot", "mermaid"] {
        // Labels are broken into lines.
        let graph = export(&["-f", format, "product:rabbitmq"]);
        let graph = graph.replace("\\n", " ").replace("<br/>", " ");
        for name in &names {
            let short = name.trim_start_matches("AliyunServiceRoleFor");
            let label = format!("{short}, known by name only");
            assert_eq!(graph.matches(&label).count(), 1, "{label}: {graph}");
        }
        let one = export(&["-f", format, "AMQPEventBridge"]);
        assert!(!one.contains("known by name only"), "{one}");
    }
    let chinese = export(&["-f", "dot", "--lang", "zh", "product:rabbitmq"]);
    assert!(chinese.contains("仅知名称") && !chinese.contains("by name"), "{chinese}");
}

#[test]
fn hostile_names_do_no_harm() {
    let text = "x</p><script>alert(1)</script> \"]; n9 [label=\"y\"] %%{init: {}}%% `a` | b \\N &lt; <!-- [c](javascript:d) $e$";
    let statements = r#"{"Effect":"Allow","Action":["kms:<script>`|x","kms:\u001b[31m\"]"],"Resource":["</code>|\"`","a&lt;"],
        "Condition":{"StringEquals":{"acs:<b>":"</td>|\n# h"}}},
        {"Effect":"Allow","Action":"ram:PassRole","Resource":"acs:ram:*:*:role/\"]; x --> y%%{"}"#;
    let folder = own("own", text, "Own", text, statements);
    let top = folder.top();
    let args = |format| ["--catalog", &*top, "-f", format, "product:own"].map(str::to_owned);
    let said = |format| {
        let args = args(format);
        export(&args.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let html = said("html");
    well_formed(&html);
    assert!(!html.contains("<script") && !html.contains("href=\"javascript"), "{html}");
    for format in ["html", "markdown", "dot", "mermaid"] {
        let text = said(format);
        let raw = text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(raw, None, "{format}: {text}");
    }
    let markdown = said("markdown");
    // Words: nothing is a tag. Code and the fenced policy may hold anything.
    for line in markdown.lines().filter(|line| line.contains("script>alert")) {
        assert!(line.contains("\\<script\\>") || line.contains("&lt;script"), "{line}");
    }
    let dot = said("dot");
    // Quotes are closed on each line, and nothing of the names stands outside of them.
    for line in dot.lines().filter(|line| line.trim_start().starts_with('n')) {
        let outside = outside_quotes(line);
        assert!(!outside.contains("n9") && !outside.contains("x -->"), "{line}");
    }
    let mermaid = said("mermaid");
    assert!(
        !mermaid.contains("%%") && !mermaid.contains('`') && !mermaid.contains("<script"),
        "{mermaid}"
    );
    for line in mermaid.lines() {
        let outside: String = line.split('"').step_by(2).collect();
        assert!(
            line.matches('"').count() <= 2 && !outside.contains("n9") && !outside.contains('<'),
            "{line}"
        );
    }
}

/// What stands outside of quotes, where a backslash takes the next sign along.
fn outside_quotes(line: &str) -> String {
    let (mut inside, mut out) = (false, String::new());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if inside => drop(chars.next()),
            '"' => inside = !inside,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    assert!(!inside, "open quotes: {line}");
    out
}
