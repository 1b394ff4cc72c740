//! What holds for every text: no panic, exactness for valid JSON, and printing as the inverse of reading.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "support/trial.rs"]
#[expect(dead_code, reason = "requests are tried elsewhere")]
mod trial;

use proptest::prelude::*;
use rolescope::policy::json::{self, Kind, Limits, Node};
use rolescope::policy::print;
use rolescope::policy::vocabulary::Nothing;
use serde_json::Value;

/// The `serde_json` value of a tree; of duplicate keys the last counts.
fn value(node: &Node<'_>) -> Value {
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Bool(flag) => (*flag).into(),
        Kind::Number(text) => serde_json::from_str(text).unwrap(),
        Kind::String(text) => text.as_ref().into(),
        Kind::Array(items) => items.iter().map(value).collect(),
        Kind::Object(members) => Value::Object(
            members.iter().map(|member| (member.key.to_string(), value(&member.value))).collect(),
        ),
    }
}

/// Any JSON value.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// One text, or a list of up to three.
fn texts() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<String>().prop_map(Value::from),
        prop::collection::vec("[a-z:*?/\u{e9}\"\\\\]{0,12}", 0..4).prop_map(Value::from),
    ]
}

/// A document with every element of the grammar somewhere, and some outside it.
fn any_document() -> impl Strategy<Value = Value> {
    let principal = prop_oneof![
        texts(),
        prop::collection::vec(("RAM|Service|Federated|AWS", texts()), 0..3)
            .prop_map(|kinds| Value::Object(kinds.into_iter().collect())),
    ];
    let operator = "StringEquals|StringNotLike|Bool|NumericLessThan|Odd";
    let keys = prop::collection::vec(("[a-z]{1,4}:[A-Za-z/]{1,8}", texts()), 0..3)
        .prop_map(|keys| Value::Object(keys.into_iter().collect()));
    let conditions =
        prop::collection::vec((operator, prop_oneof![4 => keys, 1 => any_json()]), 0..3)
            .prop_map(|blocks| Value::Object(blocks.into_iter().collect()));
    let member = prop_oneof![
        "Allow|Deny|allow".prop_map(|effect| ("Effect".to_owned(), Value::from(effect))),
        ("Action|NotAction|Resource|NotResource|Sid", texts()),
        ("Principal|NotPrincipal", principal).prop_map(|(key, value)| (key, value)),
        conditions.prop_map(|conditions| ("Condition".to_owned(), conditions)),
        ("[A-Za-z]{0,9}", any_json()),
    ];
    let statement = prop::collection::vec(member, 0..6)
        .prop_map(|members| Value::Object(members.into_iter().collect()));
    let statement = prop_oneof![8 => statement, 1 => any_json()];
    (any::<bool>(), prop::collection::vec(statement, 0..4)).prop_map(|(version, statements)| {
        let mut document = serde_json::Map::new();
        if version {
            document.insert("Version".to_owned(), "1".into());
        }
        document.insert("Statement".to_owned(), statements.into());
        Value::Object(document)
    })
}

/// A text that is nearly JSON: a document with pieces taken out and odd ones put in.
fn nearly_json() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[\\[\\]{},:\"'\\\\/*#\u{201c}\u{201d}\u{a0}\u{feff}\u{ff0c}\n\r\t`u0-9a-fD.-]{0,6}",
    ];
    let cuts = prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, piece), 0..6);
    (any_document(), any::<bool>(), cuts).prop_map(|(document, wrapped, cuts)| {
        let mut text = serde_json::to_string_pretty(&document).unwrap();
        if wrapped {
            let answer = serde_json::json!({"PolicyVersion": {"PolicyDocument": text}, "Policy": {"PolicyDocument": document}});
            text = answer.to_string();
        }
        let mut chars: Vec<char> = text.chars().collect();
        for (index, length, piece) in cuts {
            let at = index.index(chars.len() + 1);
            let end = (at + length).min(chars.len());
            chars.splice(at..end, piece.chars());
        }
        chars.into_iter().collect()
    })
}

/// Does everything that can be done with a text.
fn use_all(text: &str) {
    trial::reader(text, &Nothing);
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..proptest::test_runner::Config::default() })]

    #[test]
    fn valid_json_is_read_exactly(json in any_json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&json).unwrap() } else { json.to_string() };
        let reading = json::read(&text, &Limits::default()).unwrap();
        prop_assert_eq!(reading.repairs, []);
        prop_assert_eq!(value(&reading.root), serde_json::from_str::<Value>(&text).unwrap());
    }

    #[test]
    fn printing_is_the_inverse_of_reading(json in any_json()) {
        let text = json.to_string();
        let reading = json::read(&text, &Limits::default()).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&print::pretty(&reading.root)).unwrap(), value(&reading.root));
        prop_assert_eq!(serde_json::from_str::<Value>(&print::minified(&reading.root)).unwrap(), value(&reading.root));
    }

    #[test]
    fn text_cut_from_inside_a_string_means_the_same(json in any_json()) {
        // `/` and control characters have more than one escape; the printer has one form for all.
        let text = print::pretty(&json::read(&json.to_string(), &Limits::default()).unwrap().root);
        let packed = serde_json::to_string(&text).unwrap();
        let inside = packed.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
        let reading = json::read(inside, &Limits::default()).unwrap();
        prop_assert_eq!(print::pretty(&reading.root), text);
    }

    #[test]
    fn documents_survive_printing(document in any_document()) {
        use_all(&document.to_string());
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        use_all(&text);
    }

    #[test]
    fn no_text_that_is_nearly_json_panics(text in nearly_json()) {
        use_all(&text);
    }

    #[test]
    fn whatever_serde_json_accepts_needs_no_repair(text in "[\\[\\]{},:\"\\\\0-9eE.+\\- \n\ttruefalsn]{0,12}") {
        if let Ok(expected) = serde_json::from_str::<Value>(&text) {
            let reading = json::read(&text, &Limits::default()).unwrap();
            prop_assert_eq!(reading.repairs, []);
            prop_assert_eq!(value(&reading.root), expected);
        }
        use_all(&text);
    }
}

#[test]
fn plain_json_prints_as_serde_json_prints_it() {
    let text = r#"{"a":[],"b":{},"c":[1,{"d":"é\n\"\\/"}],"e":null,"f":-1.5e3,"g":[[true]]}"#;
    let reading = json::read(text, &Limits::default()).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(print::minified(&reading.root), text);
    // serde_json writes the number in its own way.
    let expected = serde_json::to_string_pretty(&value).unwrap().replace("-1500.0", "-1.5e3");
    assert_eq!(print::pretty(&reading.root), expected);
}

#[test]
fn compact_takes_only_blanks_outside_strings() {
    for (source, expected) in [
        ("{ \"a b\" : [ 1 , 2 ]\r\n}\n", "{\"a b\":[1,2]}"),
        ("[\"a \\\" b\", 'c d', \u{201C}e f\u{201D}]", "[\"a \\\" b\",'c d',\u{201C}e f\u{201D}]"),
        ("[1 // a b\n, 2 /* c d */ ]", "[1// a b\n,2/* c d */]"),
        ("[1 /*/\"*/ , \"a b\"]", "[1/*/\"*/,\"a b\"]"),
        ("[1 2  true]", "[1 2 true]"),
        ("[\"a\"  \"b\" {} \"c\"]", "[\"a\" \"b\"{}\"c\"]"),
        ("[\"never closed ", "[\"never closed "),
        ("[ # a\r \"b\nc \r d\" ]", "[# a\r\"b\nc \r d\"]"),
        ("[ // a\r\n 1, // b\r\n 2 ]", "[// a\r1,// b\r2]"),
        ("[ // a */\n1\n, \\ \"b c\" ]", "[// a */\n1,\\ \"b c\"]"),
        ("{ \"a\" : ${ f( {\"b\" : 1} ) } }", "{\"a\":${ f( {\"b\" : 1} ) }}"),
        ("[ \"$\" , ${ 1", "[\"$\",${1"),
    ] {
        assert_eq!(print::compact(source), expected);
    }
}

#[test]
fn printed_text_has_no_character_that_misleads() {
    let root =
        json::read("[\"\u{202E}\u{7F}\u{E0041}\u{FEFF}\"]", &Limits::default()).unwrap().root;
    assert_eq!(print::minified(&root), r#"["\u202e\u007f\udb40\udc41\ufeff"]"#);
}
