//! Nothing that may be a policy is lost without a word, none is invented, and none counts twice.

use super::find;
use rolescope::policy::json::Limits;
use rolescope::policy::source::Place;
use rolescope::policy::wrapper::{SkipReason, find_in};
use serde_json::{Value, json};

/// A policy of one action.
fn of(action: &str) -> String {
    format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"{action}","Resource":"*"}}]}}"#
    )
}

/// The same in a string of JSON.
fn packed(action: &str) -> String {
    json!(of(action)).to_string()
}

/// What was found in a text: the actions that are allowed, and a word for each place that was left out.
fn told(text: &str) -> (Vec<String>, Vec<&'static str>) {
    let found = find(text);
    let action = |text: &str| {
        let rest = text.split_once("Action\":").unwrap().1;
        rest.split('"').nth(1).unwrap().to_owned()
    };
    let read = found.documents.iter().map(|one| action(&one.text)).collect();
    let word = |reason: &SkipReason| match reason {
        SkipReason::Among => "among",
        SkipReason::Comment => "comment",
        SkipReason::Copy => "copy",
        SkipReason::BeforeChange => "before",
        SkipReason::Expression => "expression",
        SkipReason::FilledIn => "filled",
        SkipReason::NotYet => "not yet",
        SkipReason::Alternatives => "alternatives",
        SkipReason::Unreadable(_) => "unreadable",
        SkipReason::NoPolicy => "none",
        SkipReason::Empty => "empty",
        _ => "other",
    };
    (read, found.skipped.iter().map(|one| word(&one.reason)).collect())
}

#[test]
fn beside_a_block_that_is_read_every_other_policy_is_read_or_told() {
    let laid_out = of("b:B").replace(',', ",\n  ").replace('{', "{\n  ");
    let lines = laid_out.replace('\n', "\\n").replace('"', "\\\"");
    let cases: &[(String, &[&str], &[&str])] = &[
        // As `aliyun` prints documents, and as programs write them.
        (format!("policy_document = \"{lines}\"\n"), &["b:B"], &[]),
        (format!("$ aliyun ram GetPolicy\n{{\"PolicyDocument\":\"{lines}\"}}\n$\n"), &["b:B"], &[]),
        (format!("b:\n  policy: |\n    {laid_out}\n"), &["b:B"], &[]),
        (format!("B = \"\"\"\n{laid_out}\n\"\"\"\n"), &["b:B"], &[]),
        (format!("B = \"\"\"{laid_out}\"\"\"\n"), &["b:B"], &[]),
        (format!("const q = `{laid_out}`\n"), &["b:B"], &[]),
        (format!("or `{}` here.\n", of("b:B")), &["b:B"], &[]),
        (format!("<pre>\n{laid_out}\n</pre>\n"), &["b:B"], &[]),
        (format!("Text:\n\n    {laid_out}\n"), &["b:B"], &[]),
        (format!("2026 policy={}\n", of("b:B")), &["b:B"], &[]),
        (format!("```json\n{}\n", of("b:B")), &["b:B"], &[]),
        (format!("```sh\n$ cat p.json\n{laid_out}\n```\n"), &["b:B"], &[]),
        (format!("```python\npolicy = {laid_out}\n```\n"), &["b:B"], &[]),
        (format!("ticket #12: '{}'\n", of("b:B")), &["b:B"], &[]),
        (format!("ls /*\nx '{}'\nls */\n", of("b:B")), &["b:B"], &[]),
        // What is in another language is told.
        ("b:\n  Statement:\n    - Effect: Allow\n".to_owned(), &[], &["among"]),
        ("```yaml\nStatement:\n- Effect: Allow\n```\n".to_owned(), &[], &["among"]),
        ("C = {'Version': '1', 'Statement': [{'Effect': 'Allow'}]}\n".to_owned(), &[], &["among"]),
        ("const c = {Version:'1',Statement:[{Effect:'Allow'}]};\n".to_owned(), &[], &["among"]),
        ("pol = {\n  Statement = [{}]\n}\n".to_owned(), &[], &["among"]),
        ("```json\n\"Statement\": [{}]\n```\n".to_owned(), &[], &["among"]),
        (format!("b,\"{}\"\n", of("b:B").replace('"', "\"\"")), &[], &["among"]),
        ("<p>{&quot;Statement&quot;:[]}</p>\n".to_owned(), &[], &["among"]),
        (format!("Use {}\n", of("b:B").replace("[{", "[{...")), &[], &["unreadable"]),
        (format!("# policy = {}\n", packed("b:B")), &[], &["comment"]),
        // A word is no policy.
        ("The element \"Statement\" is a list. Statement: see below.\n".to_owned(), &[], &[]),
        ("See Statement = what is granted.\n".to_owned(), &[], &[]),
    ];
    for (other, read, left) in cases {
        let block = format!("\nx '{}'\n", of("a:A"));
        for text in [format!("{block}{other}"), format!("Text.\n{other}{block}")] {
            // Without an end a block goes on.
            let (mut actions, told) = told(&text);
            actions.retain(|action| action != "a:A");
            assert!(actions == *read && told == *left, "{actions:?} {told:?}\n{text}");
        }
    }
}

#[test]
fn what_terraform_gives_in_its_own_language_is_told() {
    let block = format!("x = <<EOF\n{}\nEOF\n", of("a:A"));
    let resource =
        |line: &str| format!("resource \"alicloud_ram_policy\" \"p\" {{\n  {line}\n}}\n");
    for (line, left) in [
        ("statement {\n    effect = \"Allow\"\n  }\n  statement {\n  }", 1),
        ("statement = [\n    {\n      effect = \"Deny\"\n    },\n  ]", 1),
        ("policy_document = var.doc", 1),
        ("document = file(\"x.json\")", 1),
        ("assume_role_policy_document = data.a.b.json", 1),
        ("policy_document = \"${local.p}\"", 1),
        ("policy_document = jsonencode({\n    Statement = [{}]\n  })", 1),
        ("policy_document = null", 0),
        ("policy_name = var.doc", 0),
    ] {
        let (read, told) = told(&format!("{block}{}", resource(line)));
        assert_eq!((read, told), (vec!["a:A".to_owned()], vec!["expression"; left]), "{line}");
    }
    // What stands in the same text is read or told there, before the name or behind it.
    let local = format!("locals {{\n  p = <<EOF\n{}\nEOF\n  q = var.q\n}}\n", of("a:A"));
    let data = "data \"alicloud_ram_policy_document\" \"d\" {\n  statement {\n  }\n}\n";
    let same = "resource \"alicloud_ram_policy\" \"s\" {\n}\n";
    for (line, left) in [
        ("policy_document = local.p", 1),
        ("policy_document = \"${local.p}\"", 1),
        ("policy_document = data.alicloud_ram_policy_document.d.document", 1),
        ("document = alicloud_ram_policy.s.policy_document", 1),
        ("policy_document = local.q", 2),
        ("policy_document = local.x", 2),
        ("policy_document = upper(local.p)", 2),
        ("policy_document = data.alicloud_ram_policy_document.e.document", 2),
        ("document = alicloud_ram_policy.other.policy_document", 2),
    ] {
        let here = resource(line);
        for text in [format!("{local}{data}{same}{here}"), format!("{here}{same}{data}{local}")] {
            let (read, told) = told(&text);
            assert_eq!((read, told), (vec!["a:A".to_owned()], vec!["expression"; left]), "{text}");
        }
    }
    // Names of a map in `locals` are others than those of the block.
    let text = of("b:B");
    let map = format!(
        "locals {{\n  m = {{\n    p = <<EOF\n{text}\nEOF\n    r = jsonencode({{}})\n  }}\n  p = templatefile(\"p.json\", {{}})\n}}\n"
    );
    for (value, left) in [
        ("local.m.p", 0),
        ("local.m[\"p\"]", 0),
        ("local.p", 1),
        ("local.m.q", 1),
        ("local.m", 1),
        ("alicloud_ram_policy.s[0].policy_document", 0),
    ] {
        let here = resource(&format!("policy_document = {value}"));
        let (read, told) = told(&format!("{same}{map}{here}"));
        assert_eq!((read, told), (vec!["b:B".to_owned()], vec!["expression"; left]), "{value}");
    }
    // Only what `locals` holds has such a name.
    let (_, left) = told(&format!("{block}{}", resource("policy_document = local.x")));
    assert_eq!(left, ["expression"]);
    // In a page too, where the block has no word of JSON.
    for tag in ["terraform", "hcl", ""] {
        let page = format!("```json\n{}\n```\n\n```{tag}\n{data}```\n", of("a:A"));
        assert_eq!(told(&page), (vec!["a:A".to_owned()], vec!["expression"]), "{page}");
    }
    // Of two of which a condition takes one, both are read and neither is said to hold.
    let two = format!("x = var.c ? {} : {}", &block[4..], &block[4..]);
    let of_strings = format!("x = var.c ? {} : {}\n", packed("a:A"), packed("a:A"));
    for text in [two, of_strings] {
        let (read, told) = told(&text);
        assert_eq!((read.len(), told), (2, vec!["alternatives"]), "{text}");
    }
}

/// A value that stands in a template of Resource Orchestration Service as a document, and another one there.
fn template(document: &Value) -> String {
    let policy = |document: &Value| json!({"Properties": {"PolicyDocument": document}});
    json!({"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"P": policy(document)}})
        .to_string()
}

#[test]
fn what_a_template_fills_in_is_not_taken_for_letters() {
    let object: Value = serde_json::from_str(&of("a:A")).unwrap();
    let one = |document: Value| told(&template(&document));
    let two = vec!["a:A".to_owned(); 2];
    assert_eq!(one(json!({"Fn::If": ["c", object, of("a:A")]})), (two, vec!["alternatives"]));
    for expression in [
        json!({"Ref": "Doc"}),
        json!({"Fn::Replace": [{"B": "c"}, of("a:A")]}),
        json!({"Fn::Join": ["", [of("a:A"), "x"]]}),
        json!({"Fn::Sub": "${Doc}"}),
    ] {
        assert_eq!(one(expression.clone()), (vec![], vec!["filled"]), "{expression}");
    }
    assert_eq!(one(json!({"Ref": "ALIYUN::NoValue"})), (vec![], vec![]));
    let found = find(&template(&json!({"Fn::Sub": of("a:${B}")})));
    let read = found.documents[0].read().unwrap();
    assert!(read.document.statements[0].action.as_ref().unwrap().unknown, "{read:?}");
}

#[test]
fn of_a_plan_and_a_state_each_policy_counts_once() {
    let change = |after: Value, unknown: Value| json!({"change": {"after": after, "after_unknown": unknown}});
    let plan = json!({
        "format_version": "1.2",
        "configuration": {"root_module": {"policy_document": {"constant_value": of("a:A")}}},
        "planned_values": {"policy_document": of("a:A")},
        "resource_drift": [change(json!({"policy_document": of("old:A")}), json!({}))],
        "resource_changes": [
            change(json!({"policy_document": of("a:A"), "document": of("a:A")}), json!({})),
            change(json!({}), json!({"policy_document": true, "document": true})),
        ],
    });
    let (read, left) = told(&plan.to_string());
    assert_eq!(read, ["a:A"]);
    assert_eq!(left.iter().filter(|word| **word == "copy").count(), 2, "{left:?}");
    assert_eq!(left.iter().filter(|word| **word == "before").count(), 1, "{left:?}");
    assert_eq!(left.iter().filter(|word| **word == "not yet").count(), 1, "{left:?}");
    // Without changes the planned values are all there is; names that differ are two policies.
    for (other, count) in [
        (json!({"format_version": "1.2", "planned_values": {"policy_document": of("a:A")}}), 1),
        (json!({"document": of("a:A"), "policy_document": of("a:A")}), 1),
        (json!({"document": of("a:A"), "policy_document": of("b:B")}), 2),
    ] {
        assert_eq!(find(&other.to_string()).documents.len(), count, "{other}");
    }
    let note = "kubectl.kubernetes.io/last-applied-configuration";
    let config =
        json!({"annotations": {note: json!({"p": of("a:A")}).to_string()}, "p": of("a:A")});
    assert_eq!(told(&config.to_string()), (vec!["a:A".to_owned()], vec!["copy"]));
}

#[test]
fn a_slip_in_a_word_of_a_document_is_told_wherever_it_stands() {
    for slip in [
        r#"{"version":"1","statement":[{"effect":"Allow","action":"*"}]}"#,
        r#"{"Version":"1","STATEMENT":[{"Effect":"Deny","Action":"*"}]}"#,
        r#"{"Version":"1","Statments":[{"Effect":"Deny","Action":"*"}]}"#,
    ] {
        for text in [
            format!("[{},{slip}]", of("a:A")),
            format!("{}\n{slip}\n", of("a:A")),
            json!([{"PolicyDocument": of("a:A")}, {"PolicyDocument": slip}]).to_string(),
        ] {
            let found = find(&text);
            assert_eq!(found.documents.len(), 2, "{text}");
            assert!(!found.documents[1].read().unwrap().oddities.is_empty(), "{text}");
        }
    }
    let holder = |text: &str| json!({"PolicyDocument": text}).to_string();
    for (text, read, left) in [
        (holder(&format!("// why\n{}", of("a:A"))), 1, vec![]),
        (holder("%257B%2522Statement%2522%253A%255B%255D%257D"), 1, vec![]),
        (holder("eyJWZXJz"), 0, vec!["none"]),
        (holder("{\"a\": 1}"), 0, vec!["none"]),
        (holder("  "), 0, vec!["empty"]),
        (json!({"policy_document": "see the page"}).to_string(), 0, vec![]),
        (json!({"d": format!("Use this: {}", of("a:A"))}).to_string(), 0, vec!["among"]),
        (of("a:A").replace('{', "%7B").replace('"', "%22"), 1, vec![]),
    ] {
        let found = find(&text);
        let words = if read == 0 { told(&text).1 } else { vec![] };
        assert_eq!((found.documents.len(), words), (read, left), "{text}");
    }
}

#[test]
fn what_has_only_a_word_of_a_policy_is_none() {
    for text in [
        r#"{"Version":"1.4.2","Name":"app"}"#,
        r#"{"Statement":{"Period":"2026-01"}}"#,
        r#"{"Statement":[{"Period":"2026-01"}]}"#,
        r#"[{"Effect":"Glow","Action":"Show"}]"#,
        r#"[{"Version":"1","Name":"app"}]"#,
    ] {
        assert!(find(text).is_empty() && find(text).documents.is_empty(), "{text}");
    }
    for text in [
        r#"[{"Effect":"Alow","Action":"a:A","Resource":"*"}]"#,
        r#"{"Version":"1","Statement":"none"}"#,
        r#"{"Statement":[]}"#,
    ] {
        assert_eq!(find(text).documents.len(), 1, "{text}");
    }
}

#[test]
fn faults_have_their_place_in_the_file() {
    let string =
        json!({"PolicyDocument": "{\n \"Statement\": [\n {\"Effect\" \"x\"}]}"}).to_string();
    let open = json!({"PolicyDocument": "{\n \"Statement\": \"x"}).to_string();
    let at = |text: &str, what: &str| Place::of(text, text.find(what).unwrap());
    for (text, place, other) in
        [(&string, at(&string, "\\\"x"), None), (&open, at(&open, "\"}"), Some(at(&open, "\\\"x")))]
    {
        let found = find(text);
        let SkipReason::Unreadable(error) = &found.skipped[0].reason else { panic!("{found:?}") };
        assert_eq!(error.place, place, "{text}: {error}");
        if let Some(other) = other {
            assert!(error.to_string().ends_with(&format!("begins at {other}")), "{error}");
        }
    }
    // The only block of a text tells why it cannot be read, and not the text around it.
    let broken = "{\"Statement\": [\"a\": 1]}";
    for text in [
        format!("resource \"a\" \"b\" {{\n  policy_document = <<EOF\n{broken}\nEOF\n}}\n"),
        format!("p: '{broken}'\n"),
        format!("p: |\n  {broken}\n"),
    ] {
        let error = find_in(&text, &Limits::default()).unwrap_err();
        assert_eq!(error.place, at(&text, ": 1]"), "{text}: {error}");
    }
}
