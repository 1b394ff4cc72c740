//! The schema of catalogue files agrees with the code that reads them: field by field, on the built-in files, and on
//! samples right and wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use rolescope::catalog::Catalog;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Value {
    let text = fs::read_to_string(top().join("assets/catalog.schema.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What is wrong with a value, each with its place; the words of JSON Schema that the schema uses, and no others.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    for (word, rule) in schema.as_object().expect("a schema is an object") {
        match word.as_str() {
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix('#').unwrap();
                let target = root.pointer(name).unwrap_or_else(|| panic!("{name} is not there"));
                faults(root, target, value, at, found);
            }
            "anyOf" => {
                let fits = rule.as_array().unwrap().iter().any(|one| {
                    let mut wrong = Vec::new();
                    faults(root, one, value, at, &mut wrong);
                    wrong.is_empty()
                });
                if !fits {
                    found.push(format!("{at}: fits none of {rule}"));
                }
            }
            "type" if rule != kind => found.push(format!("{at}: {kind} instead of {rule}")),
            "enum" if !rule.as_array().unwrap().contains(value) => {
                found.push(format!("{at}: {value} is none of {rule}"));
            }
            "pattern" => {
                if value.as_str().is_some_and(|text| !fits(rule.as_str().unwrap(), text)) {
                    found.push(format!("{at}: {value} does not match {rule}"));
                }
            }
            "required" => {
                for name in rule.as_array().unwrap() {
                    if value.is_object() && value.get(name.as_str().unwrap()).is_none() {
                        found.push(format!("{at}: {name} is missing"));
                    }
                }
            }
            "properties" => {
                for (name, part) in value.as_object().into_iter().flatten() {
                    if let Some(rule) = rule.get(name) {
                        faults(root, rule, part, &format!("{at}/{name}"), found);
                    }
                }
            }
            "additionalProperties" => {
                assert_eq!(*rule, json!(false));
                for name in value.as_object().into_iter().flatten().map(|(name, _)| name) {
                    if schema["properties"].get(name).is_none() {
                        found.push(format!("{at}: {name} is no field"));
                    }
                }
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    faults(root, rule, item, &format!("{at}/{n}"), found);
                }
            }
            // Told above where it is broken, or no rule.
            "type" | "enum" | "$schema" | "$defs" | "title" | "description" => {}
            other => panic!("the schema uses {other}, which this test does not know"),
        }
    }
}

/// The few patterns of the schema, in code.
fn fits(pattern: &str, text: &str) -> bool {
    let all = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    match pattern {
        r"^[^\u0000-\u001f\u007f]*$" => !text.chars().any(|c| c.is_ascii_control()),
        "^[A-Za-z0-9._][A-Za-z0-9._-]*$" => all(text, "._-") && !text.starts_with('-'),
        "^[A-Za-z0-9._*?-]+:[A-Za-z0-9._*?-]+$" => {
            let mut parts = text.split(':');
            parts.by_ref().take(2).filter(|part| all(part, "._*?-")).count() == 2
                && parts.next().is_none()
        }
        "^(published( .*)?|documented|implied|derived|reconstructed|name rule|observed)$" => {
            let words = [
                "published",
                "documented",
                "implied",
                "derived",
                "reconstructed",
                "name rule",
                "observed",
            ];
            words.contains(&text) || text.starts_with("published ")
        }
        other => panic!("the schema has the pattern {other}, which this test does not know"),
    }
}

fn faults_of(value: &Value) -> Vec<String> {
    let (schema, mut found) = (schema(), Vec::new());
    faults(&schema, &schema, value, "", &mut found);
    found
}

/// What the reader says to the same value.
fn read(value: &Value) -> Result<(), String> {
    let mut catalog = Catalog::default();
    let document = |path: &str| match path {
        "p.json" => Ok(rolescope::policy::source::Source::built("{}")),
        _ => Err(rolescope::catalog::load::NoDocument::Missing),
    };
    let read = catalog.merge_file("own.json", &value.to_string(), &document);
    read.map_err(|error| error.to_string())
}

#[test]
fn built_in_files_follow_the_schema() {
    let assets = top().join("assets");
    let mut files: Vec<PathBuf> = fs::read_dir(assets.join("catalog"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.extend([assets.join("services.json"), assets.join("actions.json")]);
    assert!(files.len() > 6, "{files:?}");
    for file in files {
        let value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(faults_of(&value), [""; 0], "{}", file.display());
    }
}

/// A field of an entry: its type in the code, and may it be left out?
type Fields = BTreeMap<String, (String, bool)>;

/// The entries of the reader by name.
fn entries() -> BTreeMap<String, Fields> {
    let text = fs::read_to_string(top().join("src/catalog/format.rs")).unwrap();
    let mut entries = BTreeMap::new();
    let (mut serde, mut open) = ("", None::<(String, Fields, bool)>);
    let mut optional = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[serde(") {
            serde = line;
            optional = line == "#[serde(default)]";
        } else if let Some(rest) = line.strip_prefix("pub(super) struct ")
            && let Some(name) = rest.strip_suffix(" {")
        {
            let all = serde.contains(", default");
            open = Some((name.to_owned(), Fields::new(), all));
        } else if line == "}" {
            if let Some((name, fields, _)) = open.take() {
                entries.insert(name, fields);
            }
        } else if let Some((_, fields, all)) = &mut open
            && let Some((name, kind)) = line.trim_start_matches("pub(super) ").split_once(": ")
            && !line.starts_with('/')
        {
            let kind = kind.trim_end_matches(',').to_owned();
            fields.insert(name.to_owned(), (kind, optional || *all));
            optional = false;
        }
    }
    entries
}

/// The schema of a type of the reader.
fn rule_of(kind: &str) -> Value {
    let inside = |outer: &str| kind.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>');
    if let Some(inner) = inside("Option") {
        return json!({ "anyOf": [rule_of(inner), { "type": "null" }] });
    }
    if let Some(inner) = inside("Vec") {
        return json!({ "type": "array", "items": rule_of(inner) });
    }
    let name = match kind {
        "Plain" => "plain".to_owned(),
        "Name" => "name".to_owned(),
        "ActionName" => "action_name".to_owned(),
        "Word<Standing>" => "standing".to_owned(),
        "Word<AccessLevel>" => "level".to_owned(),
        "Word<LevelSource>" => "level_source".to_owned(),
        other => other.strip_suffix("Entry").unwrap_or(other).to_lowercase(),
    };
    json!({ "$ref": format!("#/$defs/{name}") })
}

#[test]
fn every_field_of_the_reader_stands_in_the_schema_and_no_other() {
    let schema = schema();
    let entries = entries();
    assert!(entries.len() > 10, "only {:?} were found", entries.keys());
    for (entry, fields) in &entries {
        let name = entry.strip_suffix("Entry").unwrap_or(entry).to_lowercase();
        let described = if name == "file" { &schema } else { &schema["$defs"][&name] };
        let mut properties: Map<String, Value> =
            described["properties"].as_object().unwrap_or_else(|| panic!("{name}")).clone();
        for rule in properties.values_mut() {
            rule.as_object_mut().unwrap().remove("description");
        }
        let expected: Map<String, Value> =
            fields.iter().map(|(name, (kind, _))| (name.clone(), rule_of(kind))).collect();
        assert_eq!(properties, expected, "{entry}");
        let empty = Vec::new();
        let mut required: Vec<&str> = described["required"]
            .as_array()
            .unwrap_or(&empty)
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        required.sort_unstable();
        let expected: Vec<&str> =
            fields.iter().filter(|(_, (_, optional))| !optional).map(|(name, _)| &**name).collect();
        assert_eq!(required, expected, "{entry}");
        assert_eq!(described["additionalProperties"], json!(false), "{entry}");
    }
}

/// A file with every field.
fn everything() -> Value {
    let text = json!({ "en": "A", "zh": "B" });
    let fact = json!({ "en": "A", "zh": "B", "standing": "published v2" });
    json!({
        "date": "2026-01-01",
        "product": { "id": "own", "name": text, "page": "p" },
        "roles": [
            {
                "name": "AliyunServiceRoleForA", "short_name": "A", "service_name": "a.aliyuncs.com", "feature": fact,
                "purpose": fact, "created_when": fact, "trust": "implied",
                "policy": { "name": "P", "file": "p.json", "standing": "observed", "updated": "u", "page": "p",
                    "missing": text, "reconstructed": null, "statements": [fact], "notes": [text] },
                "documented_permissions":
                    [{ "service": "ecs", "operations": [{ "en": "A", "zh": "B", "actions": ["ecs:*"] }] }],
                "blockers": [{ "what": text, "because": text, "standing": "derived", "check": text, "command": "c" }],
                "stops": [fact], "notes": [text]
            },
            { "name": "AliyunServiceRoleForB" }
        ],
        "user_policies": [{ "name": "U", "version": "v1", "file": "p.json" }],
        "removal_order": [{ "first": "AliyunServiceRoleForA", "then": "AliyunServiceRoleForB", "because": text,
            "standing": "documented" }],
        "services": [{ "code": "x", "name": text, "short": "X", "aliases": ["y"], "page": null }],
        "actions": [{ "name": "x:Get", "level": "read", "source": "name rule", "meaning": text, "page": "p",
            "api": "Gets" }]
    })
}

/// Every place in a value, as a JSON pointer.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, part) in members {
                places(part, &format!("{at}/{name}"), all);
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{n}"), all);
            }
        }
        _ => {}
    }
}

#[test]
fn schema_and_reader_agree_on_every_change_to_a_full_file() {
    let full = everything();
    assert_eq!(faults_of(&full), [""; 0]);
    assert_eq!(read(&full), Ok(()));
    let mut all = Vec::new();
    places(&full, "", &mut all);
    let (mut good, mut bad) = (0, 0);
    let mut check = |changed: &Value, what: &str| {
        let (faults, answer) = (faults_of(changed), read(changed));
        assert_eq!(
            faults.is_empty(),
            answer.is_ok(),
            "{what}\nschema: {faults:?}\nreader: {answer:?}"
        );
        if answer.is_ok() { good += 1 } else { bad += 1 }
    };
    for place in &all {
        // What holds across fields is no matter of a schema: roles need a product, orders need their roles.
        let across =
            ["/product", "/roles", "/roles/0", "/roles/1", "/roles/0/name", "/roles/1/name"];
        if !across.contains(&place.as_str()) {
            if let Some((parent, name)) = place.rsplit_once('/')
                && let Some(Value::Object(_)) = full.pointer(parent)
            {
                let mut changed = full.clone();
                changed.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
                check(&changed, &format!("{place} left out"));
            }
            for value in [json!(null), json!([]), json!({})] {
                // At the top an empty object is a file, and the reader takes an empty list for one.
                if place.is_empty() && !value.is_null() {
                    continue;
                }
                let mut changed = full.clone();
                *changed.pointer_mut(place).unwrap() = value.clone();
                check(&changed, &format!("{place} = {value}"));
            }
        }
        for value in [json!(1), json!(true), json!("a\u{1b}b")] {
            let mut changed = full.clone();
            *changed.pointer_mut(place).unwrap() = value.clone();
            check(&changed, &format!("{place} = {value}"));
        }
        if let Some(Value::Object(_)) = full.pointer(place) {
            let mut changed = full.clone();
            changed.pointer_mut(place).unwrap()["surplus"] = json!(1);
            check(&changed, &format!("{place} with one more"));
        }
    }
    assert!(good > 50 && bad > 300, "{good} changes were right, {bad} wrong");
}

#[test]
fn schema_and_reader_agree_on_words_and_names() {
    let place = |pointer: &str, word: &str| {
        let mut changed = everything();
        *changed.pointer_mut(pointer).unwrap() = word.into();
        changed
    };
    for (pointer, words) in [
        ("/actions/0/level", "list read write permissions tagging none Read"),
        ("/actions/0/source", "documented observed"),
        ("/actions/0/name", "a:B a: :b a a:b:c a:* *:? a;b:c é:a"),
        ("/product/id", "a -a a-b a_b. a;b é a/b"),
        (
            "/roles/0/trust",
            "published published\u{a0}v1 documented derived guessed observed Observed",
        ),
    ] {
        for word in words.split(' ').chain(["", "published v10", "name rule", "a b"]) {
            let changed = place(pointer, word);
            let (faults, answer) = (faults_of(&changed), read(&changed));
            assert_eq!(
                faults.is_empty(),
                answer.is_ok(),
                "{pointer} = {word:?}\nschema: {faults:?}\nreader: {answer:?}"
            );
        }
    }
}
