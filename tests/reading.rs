//! The reader of policies, rule by rule. Sources in brackets: S1 is the page on policy structure and syntax,
//! S2 on policy elements, S3b on trust policies, S9 the OSS examples; "corpus" is what real documents do.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use rolescope::policy::document::{Effect, PrincipalKind};
use rolescope::policy::json::{self, ErrorKind, Kind, Limits, Node, RepairKind as R};
use rolescope::policy::oddity::{OddityKind as O, Weight};
use rolescope::policy::read::{self, Read};
use rolescope::say::Language;

fn read(text: &str) -> Read {
    read::document(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn ids(read: &Read) -> Vec<&'static str> {
    read.oddities.iter().map(|oddity| oddity.kind.id()).collect()
}

/// A document around the elements of one statement.
fn statement(elements: &str) -> String {
    format!(r#"{{"Version": "1", "Statement": [{{{elements}}}]}}"#)
}

const FULL: &str = r#""Effect": "Allow", "Action": "ecs:*", "Resource": "*""#;

/// The `serde_json` value of a tree; of duplicate keys the last counts.
fn value(node: &Node<'_>) -> serde_json::Value {
    match &node.kind {
        Kind::Null => serde_json::Value::Null,
        Kind::Bool(flag) => (*flag).into(),
        Kind::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| (*text).into()),
        Kind::String(text) => text.as_ref().into(),
        Kind::Array(items) => items.iter().map(value).collect(),
        Kind::Object(members) => serde_json::Value::Object(
            members.iter().map(|member| (member.key.to_string(), value(&member.value))).collect(),
        ),
    }
}

#[test]
fn what_json_allows_is_read_without_repairs_as_serde_json_reads_it() {
    for text in [
        "null",
        " true ",
        "-0",
        "[1, 2.5e-3, 1E+9, 0.1]",
        r#"{"a": {"b": []}, "c": {}, "": [[], [{}]]}"#,
        r#"["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00", "é中😀", "\u0000"]"#,
        "[\"no\u{A0}break inside\"]",
        r#"{"a": 1, "a": 2}"#,
        "\r\n\t{ \"a\" :\t1\r\n}\n",
    ] {
        let reading = json::read(text, &Limits::default()).unwrap();
        assert_eq!(reading.repairs, [], "{text}");
        assert_eq!(value(&reading.root), serde_json::from_str::<serde_json::Value>(text).unwrap());
    }
}

#[test]
fn departures_from_json_are_repaired_and_told() {
    // Text, the same in strict JSON, kind of the first repair, byte offset of it.
    let table: &[(&str, &str, R, usize)] = &[
        ("\u{FEFF}[1]", "[1]", R::ByteOrderMark, 0),
        ("[1, // one\n2]", "[1, 2]", R::Comment, 4),
        ("[1, // one\r\n2]", "[1, 2]", R::Comment, 4),
        ("[1, # one\n2]", "[1, 2]", R::Comment, 4),
        ("[1 /* , 9 */, 2]", "[1, 2]", R::Comment, 3),
        ("[1] // end", "[1]", R::Comment, 4),
        ("[1, 2,]", "[1, 2]", R::TrailingComma, 5),
        ("{\"a\": 1,\n}", "{\"a\": 1}", R::TrailingComma, 7),
        ("[1,, 2]", "[1, 2]", R::ExtraComma, 3),
        ("[, 1]", "[1]", R::ExtraComma, 1),
        ("[\"a\"\n\"b\"]", "[\"a\", \"b\"]", R::MissingComma, 4),
        ("[{} {}]", "[{}, {}]", R::MissingComma, 3),
        ("{\"a\": []\"b\": 2}", "{\"a\": [], \"b\": 2}", R::MissingComma, 8),
        ("{\"a\": 1\n\"b\": 2}", "{\"a\": 1, \"b\": 2}", R::MissingComma, 7),
        ("[\u{A0}\u{A0}1,\u{3000}2]", "[1, 2]", R::OddSpace, 1),
        (r#"\[ "a" \]"#, r#"["a"]"#, R::MarkdownEscape, 0),
        (r#"["oss:\*", "a\_b\[\]"]"#, r#"["oss:*", "a_b[]"]"#, R::MarkdownEscape, 6),
        (r#"{\n \"a\": [\"b\*\"]}"#, r#"{"a": ["b*"]}"#, R::EscapedText, 1),
        (r#"[\"a\\\"b\", \"c\\\\\", \"d\\n\"]"#, r#"["a\"b", "c\\", "d\n"]"#, R::EscapedText, 1),
        (r#"["a\d"]"#, r#"["a\\d"]"#, R::UnknownEscape, 3),
        (r#"["\u12"]"#, r#"["\\u12"]"#, R::UnknownEscape, 2),
        ("[\"a\tb\"]", r#"["a\tb"]"#, R::ControlCharacter, 3),
        ("[\"a\r\nb\"]", r#"["a\r\nb"]"#, R::ControlCharacter, 3),
        (r#"["\ud83d"]"#, "[\"\u{FFFD}\"]", R::LoneSurrogate, 2),
        (r#"["\ude00\ud83d\u0041"]"#, "[\"\u{FFFD}\u{FFFD}A\"]", R::LoneSurrogate, 2),
        ("{\u{201C}a\u{201D}: \u{201C}b\"}", r#"{"a": "b"}"#, R::TypographicQuote, 1),
        (r#"{'a': 'say "b"'}"#, r#"{"a": "say \"b\""}"#, R::SingleQuote, 1),
        ("{\"a\"\u{FF1A}1\u{FF0C}\"b\": 2}", r#"{"a": 1, "b": 2}"#, R::FullWidthMark, 4),
        ("```json\n[1]\n```\n", "[1]", R::CodeFence, 0),
        ("[007, +1, .5]", r#"["007", "+1", ".5"]"#, R::OddNumber, 1),
        ("[True, None]", "[true, null]", R::WordCase, 1),
        ("{Effect: 1}", r#"{"Effect": 1}"#, R::UnquotedKey, 1),
        ("[${ join(a) }, 1]", r#"[{"Fn::join": " join(a) "}, 1]"#, R::Expression, 1),
        (r#"{"a": ${f("}")}}"#, r#"{"a": {"Fn::f": "f(\"}\")"}}"#, R::Expression, 6),
        ("[${{}}]", r#"[{"Fn::expression": "{}"}]"#, R::Expression, 1),
    ];
    for (text, strict, kind, offset) in table {
        let reading = json::read(text, &Limits::default())
            .unwrap_or_else(|error| panic!("{}", error.located(text)));
        let expected = serde_json::from_str::<serde_json::Value>(strict).unwrap();
        assert_eq!(value(&reading.root), expected, "{text}");
        let first = reading.repairs[0];
        assert_eq!((first.kind, first.offset), (*kind, *offset), "{text}: {:?}", reading.repairs);
    }
}

#[test]
fn what_cannot_be_read_gives_one_sentence_with_its_place() {
    let table = [
        ("", "f:1:1: found the end of the text, expected a JSON value. The text is empty."),
        (
            "hello",
            "f:1:1: found the word `hello`, expected a JSON value. A policy document begins with `{`.",
        ),
        ("<html>", "f:1:1: found `<`, expected a JSON value. This looks like HTML or XML."),
        (
            "# A role\nresource \"alicloud_ram_role\" \"r\" {\n}\n",
            "f:2:1: found the word `resource`, expected a JSON value. This looks like Terraform's language. \
             Give what `terraform show -json` prints, or the state: both hold the policy as JSON.",
        ),
        (
            "Version: '1'\nStatement:\n",
            "f:1:1: found the word `Version`, expected a JSON value. This looks like YAML. Give the policy as JSON.",
        ),
        (
            "# Notes\n\nNothing here.\n",
            "f:3:1: found the word `Nothing`, expected a JSON value. A policy document begins with `{`.",
        ),
        (
            "[1, 2",
            "f:1:6: found the end of the text, expected `,` or the `]` of the list that begins at 1:1",
        ),
        ("{\"a\": [1}", "f:1:9: found `}`, expected `,` or the `]` of the list that begins at 1:7"),
        ("{\"a\" 1}", "f:1:6: found the number 1, expected `:` after the key"),
        ("{\"a\": }", "f:1:7: found `}`, expected a value"),
        ("{1: 2}", "f:1:2: found the number 1, expected a key in quotation marks or `}`"),
        (
            "[\n ...\n]",
            "f:2:2: found `...`, expected a value or `]`. Put what the dots stand for in their place.",
        ),
        (
            "[\"abc",
            "f:1:6: found the end of the text, expected a closing quotation mark for the string that begins at 1:2",
        ),
        (
            "[\"abc,\n \"d\"]",
            "f:2:3: found the word `d`, expected `,` or the `]` of the list that begins at 1:1. The string that begins \
             at 1:2 runs over its line: is its closing quotation mark missing?",
        ),
        ("[1] 2", "f:1:5: found the number 2, expected the end of the text"),
        (
            "[/* 1",
            "f:1:6: found the end of the text, expected `*/` to end the comment that begins at 1:2",
        ),
        ("[\u{202E}]", "f:1:2: found the character U+202E, expected a value or `]`"),
        ("[\u{1B}]", "f:1:2: found the character U+001B, expected a value or `]`"),
        ("[中]", "f:1:2: found the word `中`, expected a value or `]`"),
        (
            "[]",
            "f:1:1: found a list, expected a policy document: an object with Version and Statement",
        ),
        (
            "{\"a\": 1}",
            "f:1:1: found an object with neither of these, expected a policy document: an object with Version and Statement",
        ),
    ];
    for (text, expected) in table {
        let error = read::document(text).expect_err(text);
        assert_eq!(error.located("f"), expected, "{text}");
    }
}

#[test]
fn limits_are_refused_with_a_clear_error() {
    let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(json::read(&deep(128), &Limits::default()).is_ok());
    for levels in [129, 10_000, 1_000_000] {
        let error = json::read(&deep(levels), &Limits::default()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::TooDeep);
        assert_eq!(error.offset, 128);
    }
    let all = Limits { depth: usize::MAX, ..Limits::default() };
    assert!(json::read(&deep(512), &all).is_ok());
    assert_eq!(json::read(&deep(513), &all).unwrap_err().kind, ErrorKind::TooDeep);

    let few = Limits { bytes: 10, nodes: 3, statements: 1, ..Limits::default() };
    assert_eq!(json::read("[1, 2, 3, 4]", &few).unwrap_err().kind, ErrorKind::TooLarge);
    assert_eq!(json::read("[1,2,3]", &few).unwrap_err().kind, ErrorKind::TooMany);
    assert!(json::read("[1,2]", &few).is_ok());
    let two = format!(r#"{{"Version": "1", "Statement": [{{{FULL}}}, {{{FULL}}}]}}"#);
    let few = Limits { statements: 1, ..Limits::default() };
    let error = read::document_within(&two, &few).unwrap_err();
    assert_eq!(error.to_string(), "1:1: found 2 statements, expected at most 1");
}

#[test]
fn repairs_of_a_hostile_text_are_counted_not_kept() {
    let text = format!("[{}1]", "\u{A0}/**/".repeat(5_000));
    let reading = json::read(&text, &Limits::default()).unwrap();
    assert_eq!((reading.repairs.len(), reading.repairs_left_out), (1_000, 9_000));
}

#[test]
fn several_values_in_a_row_are_read_on_request() {
    let text = "{\"a\": 1}\n{\"a\": 2}\n";
    assert!(json::read(text, &Limits::default()).is_err());
    assert_eq!(json::read_all(text, &Limits::default()).unwrap().roots.len(), 2);
}

#[test]
fn a_value_and_a_list_of_one_are_the_same() {
    // [S1; corpus: both forms for Action and Resource]
    let one = read(&statement(
        r#""Effect": "Allow", "Action": "a:B", "Resource": "*", "Condition": {"Bool": {"acs:MFAPresent": "true"}}"#,
    ));
    let list = read(&statement(
        r#""Effect": "Allow", "Action": ["a:B"], "Resource": ["*"], "Condition": {"Bool": {"acs:MFAPresent": ["true"]}}"#,
    ));
    for read in [one, list] {
        let statement = &read.document.statements[0];
        assert_eq!(statement.effect, Effect::Allow);
        assert_eq!(statement.action.as_ref().unwrap().values[0].value, "a:B");
        assert_eq!(statement.resource.as_ref().unwrap().values[0].value, "*");
        let condition = &statement.conditions[0];
        assert_eq!(
            (condition.operator.value.as_str(), condition.key.value.as_str()),
            ("Bool", "acs:MFAPresent")
        );
        assert_eq!(condition.values[0].value, "true");
        assert_eq!(ids(&read), [""; 0]);
    }
}

#[test]
fn principals_of_every_form_are_read() {
    // [S3b: RAM, Service, Federated, string or list; S9: OSS bucket policies write a bare list or `*`]
    let table = [
        (r#"{"Service": ["a.aliyuncs.com"]}"#, vec![(PrincipalKind::Service, "a.aliyuncs.com")]),
        (r#"{"RAM": "acs:ram::1:root"}"#, vec![(PrincipalKind::Ram, "acs:ram::1:root")]),
        (
            r#"{"RAM": ["x", "y"], "Federated": ["z"]}"#,
            vec![
                (PrincipalKind::Ram, "x"),
                (PrincipalKind::Ram, "y"),
                (PrincipalKind::Federated, "z"),
            ],
        ),
        (r#"["1234"]"#, vec![(PrincipalKind::Bare, "1234")]),
        (r#""*""#, vec![(PrincipalKind::Bare, "*")]),
    ];
    for (written, expected) in table {
        let read = read(&statement(&format!(
            r#""Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {written}"#
        )));
        let principal = read.document.statements[0].principal.clone().unwrap();
        let members: Vec<_> = principal
            .members
            .iter()
            .map(|(kind, value)| (kind.clone(), value.value.as_str()))
            .collect();
        assert_eq!(members, expected);
        assert_eq!(ids(&read), [""; 0]);
    }
}

#[test]
fn every_oddity_of_a_document_is_told() {
    let s = format!("{{{FULL}}}");
    // [S1 unless said otherwise]
    let table: &[(String, &[&str])] = &[
        (format!(r#"{{"Statement": [{s}], "Version": "1"}}"#), &[]),
        (format!(r#"{{"Statement": [{s}]}}"#), &["missing-version"]),
        (format!(r#"{{"Version": "2", "Statement": [{s}]}}"#), &["odd-version"]),
        (format!(r#"{{"Version": 1, "Statement": [{s}]}}"#), &["unquoted-value"]),
        (format!(r#"{{"Version": "2012-10-17", "Statement": [{s}]}}"#), &["aws-version"]),
        (format!(r#"{{"Version": "1", "Statement": {s}}}"#), &["bare-statement"]),
        (s.clone(), &["lone-statement"]),
        (format!("[{s}]"), &["lone-statement"]),
        (r#"{"Version": "1"}"#.to_owned(), &["missing-statement"]),
        (r#"{"Version": "1", "Statement": []}"#.to_owned(), &["empty-statement"]),
        (r#"{"Version": "1", "Statement": "x"}"#.to_owned(), &["not-a-statement"]),
        (r#"{"Version": "1", "Statement": [1]}"#.to_owned(), &["not-a-statement"]),
        (format!(r#"{{"Version": "1", "Id": "x", "Statement": [{s}]}}"#), &["label"]),
        (format!(r#"{{"Version": "1", "Name": "x", "Statement": [{s}]}}"#), &["unknown-element"]),
        (format!(r#"{{"version": "1", "Statement": [{s}]}}"#), &["wrong-case", "missing-version"]),
        (format!(r#"{{"Version": "0", "Version": "1", "Statement": [{s}]}}"#), &["duplicate-key"]),
        (
            r#"{"Statement": [{"Effect": "Deny", "Action": ["Update:*"], "Principal": "*", "Resource": "*"}]}"#.to_owned(),
            &["stack-policy"],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(ids(&read(text)), *expected, "{text}");
    }
}

#[test]
fn expressions_of_templates_are_read_with_holes() {
    for (expression, expected) in [
        (r#"{"Ref": "Bucket"}"#, "${Bucket}"),
        (r#"{"Ref": "ALIYUN::AccountId"}"#, "${ALIYUN.AccountId}"),
        (r#"{"Fn::GetAtt": ["Bucket", "Name"]}"#, "${Bucket.Name}"),
        (r#"{"Fn::Sub": "acs:oss:*:*:${Bucket}/*"}"#, "acs:oss:*:*:${Bucket}/*"),
        (r#"{"Fn::Sub": ["${a}-x", {"a": "b"}]}"#, "${a}-x"),
        (
            r#"{"Fn::Sub": "acs:oss:${ALIYUN::Region}:${ALIYUN::AccountId}:b/*"}"#,
            "acs:oss:${ALIYUN.Region}:${ALIYUN.AccountId}:b/*",
        ),
        (r#"{"Fn::Sub": "acs:oss:*:*:${b::c"}"#, "acs:oss:*:*:${b::c"),
        (
            r#"{"Fn::Join": ["", ["acs:oss:*:*:", {"Fn::GetAtt": ["B", "Name"]}, "/*"]]}"#,
            "acs:oss:*:*:${B.Name}/*",
        ),
        (r#"{"Fn::Join": [",", {"Ref": "List"}]}"#, "${Join}"),
        (r#"{"Fn::FindInMap": ["a", "b", "c"]}"#, "${FindInMap}"),
    ] {
        let read = read(&statement(&format!(
            r#""Effect": "Allow", "Action": "oss:GetObject", "Resource": {expression}"#
        )));
        let clause = read.document.statements[0].resource.as_ref().unwrap();
        assert_eq!(clause.values[0].value, expected, "{expression}");
        assert_eq!(ids(&read), ["unfilled-value"], "{expression}");
    }
}

#[test]
fn expressions_that_leave_nothing_open_are_what_they_say() {
    for (expression, expected) in [
        (r#"{"Fn::Sub": "acs:oss:*:*:c/*"}"#, "acs:oss:*:*:c/*"),
        (r#"{"Fn::Join": [":", ["acs:oss:*", "*", "c"]]}"#, "acs:oss:*:*:c"),
    ] {
        let read = read(&statement(&format!(
            r#""Effect": "Allow", "Action": "oss:GetObject", "Resource": [{expression}]"#
        )));
        let clause = read.document.statements[0].resource.as_ref().unwrap();
        assert_eq!((&*clause.values[0].value, clause.unknown), (expected, false));
        assert_eq!(ids(&read), [""; 0], "{expression}");
    }
}

#[test]
fn an_element_with_a_slip_in_its_name_is_asked_about() {
    for (written, meant) in [
        ("Efect", Some("Effect")),
        ("Efefct", Some("Effect")),
        ("Reosurce", Some("Resource")),
        ("Actions", Some("Action")),
        ("Conditoin", Some("Condition")),
        ("Acts", None),
        ("Source", None),
    ] {
        let text = format!(r#"{{"Version": "1", "Statement": [{{{FULL}, "{written}": "x"}}]}}"#);
        let read = read(&text);
        let told: Vec<String> =
            read.oddities.iter().map(|one| one.sentence_in(Language::English)).collect();
        let asked = told.iter().find_map(|one| one.split_once(". Is ")).map(|(_, rest)| rest);
        let expected = meant.map(|name| format!("{name} meant?"));
        assert_eq!(asked, expected.as_deref(), "{written}: {told:#?}");
    }
}

#[test]
fn every_oddity_of_a_statement_is_told() {
    let with = |extra: &str| format!("{FULL}, {extra}");
    let table: &[(String, &[&str])] = &[
        (FULL.to_owned(), &[]),
        // [corpus: five of 942 documents have a Sid]
        (with(r#""Sid": "x""#), &["label"]),
        (with(r#""Resources": "x""#), &["unknown-element"]),
        (with(r#""condition": {}"#), &["wrong-case"]),
        // [S9: an empty Condition restricts nothing]
        (with(r#""Condition": {}"#), &["empty-condition"]),
        (with(r#""Condition": {"StringEquals": {}}"#), &["empty-condition"]),
        (with(r#""Condition": "x""#), &["not-a-block"]),
        (with(r#""Condition": {"StringEquals": "x"}"#), &["not-a-block"]),
        (with(r#""Condition": {"StringEquals": {"k": []}}"#), &["empty"]),
        (with(r#""Condition": {"StringEquals": {"k": null}}"#), &["wrong-type"]),
        // [S1: numbers and truth values are written as strings]
        (
            with(r#""Condition": {"Bool": {"k": true}, "NumericEquals": {"k": [1, "2"]}}"#),
            &["unquoted-value", "unquoted-value"],
        ),
        (with(r#""Condition": {"Bool": {"k": "1", "k": "2"}}"#), &["duplicate-key"]),
        (r#""Action": "a", "Resource": "*""#.to_owned(), &["missing-effect"]),
        (r#""Effect": "allow", "Action": "a", "Resource": "*""#.to_owned(), &["unknown-effect"]),
        (r#""Effect": ["Allow"], "Action": "a", "Resource": "*""#.to_owned(), &["unknown-effect"]),
        (r#""Effect": "Allow", "Resource": "*""#.to_owned(), &["missing-action"]),
        (with(r#""NotAction": "a""#), &["both"]),
        (r#""Effect": "Allow", "NotAction": "a", "Resource": "*""#.to_owned(), &[]),
        // [S1, copies of 2018 and 2019 only]
        (
            r#""Effect": "Allow", "Action": "a", "NotResource": "*""#.to_owned(),
            &["negated-element"],
        ),
        (
            r#""Effect": "Allow", "Action": "a", "NotPrincipal": "*""#.to_owned(),
            &["negated-element"],
        ),
        (r#""Effect": "Allow", "Action": "a""#.to_owned(), &["no-target"]),
        (r#""Effect": "Allow", "Action": [], "Resource": "*""#.to_owned(), &["empty"]),
        (r#""Effect": "Allow", "NotAction": [], "Resource": "*""#.to_owned(), &["empty"]),
        (
            r#""Effect": "Allow", "Action": {"Ref": "A"}, "Resource": [{"Fn::Join": ["", ["acs:", {"Ref": "B"}]]}]"#
                .to_owned(),
            &["unfilled-value", "unfilled-value"],
        ),
        (
            r#""Effect": {"Ref": "A"}, "Action": {"Ref": 1, "b": 2}, "Resource": {"Fn::Sub": "${x}"}"#.to_owned(),
            &["unfilled-value", "wrong-type", "unfilled-value"],
        ),
        (r#""Effect": "Allow", "Action": " ", "Resource": "*""#.to_owned(), &["empty-text"]),
        (r#""Effect": "Allow", "Action": {"a": 1}, "Resource": "*""#.to_owned(), &["wrong-type"]),
        (
            r#""Effect": "Allow", "Action": ["a", null], "Resource": "*""#.to_owned(),
            &["wrong-type"],
        ),
        (
            r#""Effect": "Allow", "Action": "a", "Principal": {"AWS": "x"}"#.to_owned(),
            &["unknown-principal"],
        ),
    ];
    for (elements, expected) in table {
        let read = read(&statement(elements));
        assert_eq!(ids(&read), *expected, "{elements}");
        assert!(read.oddities.iter().all(|oddity| oddity.statement == Some(0)), "{elements}");
    }
}

#[test]
fn odd_parts_never_widen_a_grant() {
    let condition = |text: &str| {
        let read = read(&statement(&format!("{FULL}, \"Condition\": {text}")));
        read.document.statements[0].conditions.clone()
    };
    for text in ["\"x\"", "null", r#"{"StringEquals": "x"}"#, r#"{"StringEquals": {"k": {}}}"#] {
        assert!(condition(text).iter().all(|condition| condition.values.is_empty()), "{text}");
        assert_eq!(condition(text).len(), 1, "{text}");
    }
    // A statement that is none keeps its number, so that the others keep theirs; it might have denied something.
    let read = read(&format!(r#"{{"Version": "1", "Statement": [7, {{{FULL}}}]}}"#));
    assert_eq!(read.document.statements.len(), 2);
    assert_eq!(read.document.statements[0].effect, Effect::Open);
    assert_eq!(read.oddities[0].kind.weight(), Weight::Broken);
}

#[test]
fn spans_point_to_what_they_name() {
    let text = statement(
        r#""Effect": "Allow", "Action": ["ecs:A", "é:B"], "Resource": "*", "Principal": {"RAM": "x"}, "Condition": {"Bool": {"k": ["true"]}}"#,
    );
    let read = read(&text);
    let statement = &read.document.statements[0];
    let at = |span: rolescope::policy::source::Span| &text[span.start..span.end];
    assert_eq!(at(read.document.span), text);
    assert_eq!(at(statement.action.as_ref().unwrap().span), r#""Action": ["ecs:A", "é:B"]"#);
    assert_eq!(at(statement.action.as_ref().unwrap().values[1].span), r#""é:B""#);
    assert_eq!(at(statement.principal.as_ref().unwrap().members[0].1.span), r#""x""#);
    let condition = &statement.conditions[0];
    assert_eq!(at(condition.operator.span), r#""Bool""#);
    assert_eq!(at(condition.key.span), r#""k""#);
    assert_eq!(at(condition.values[0].span), r#""true""#);
    assert_eq!(at(condition.span), r#""k": ["true"]"#);
}

#[test]
fn sentences_never_carry_raw_control_characters() {
    let read = read(&statement(&format!("{FULL}, \"\\u001b[31m\\u202eX\": 1")));
    let kind = O::UnknownElement("\u{1b}[31m\u{202e}X".to_owned(), None);
    assert_eq!(read.oddities[0].kind, kind);
    assert_eq!(
        read.oddities[0].sentence(),
        "RAM's grammar has no element \\u{1b}[31m\\u{202e}X; it is passed over."
    );
}
