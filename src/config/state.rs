//! What is kept from one run to the next: where the user was, how far the tours went. Read at the start, written when
//! the program is left; never a reason to fail.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::links;
use crate::say::{Saying, saying};

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The selected product.
    pub product: Option<String>,
    /// The selected role.
    pub role: Option<String>,
    /// The focused pane, by its name.
    pub focus: Option<String>,
    /// The code of the service that the view is narrowed to.
    pub filter: Option<String>,
    /// How many steps of each tour were done.
    pub tours: BTreeMap<String, usize>,
    /// The tours were offered.
    pub tour_offered: bool,
}

/// Longer files are not ours, in bytes.
const LONGEST: u64 = 1 << 20;

/// The state of the last run, field by field: one that is not understood costs nothing but itself. The empty one where
/// there is none or it cannot be read.
pub fn load(path: &Path) -> State {
    let kept = object(path).unwrap_or_default();
    let text = |name: &str| kept.get(name).and_then(Value::as_str).map(str::to_owned);
    let tours = kept.get("tours").and_then(Value::as_object);
    let tours = tours.into_iter().flatten();
    State {
        product: text("product"),
        role: text("role"),
        focus: text("focus"),
        filter: text("filter"),
        tours: tours.filter_map(|(name, done)| Some((name.clone(), steps(done)?))).collect(),
        tour_offered: kept.get("tour_offered").and_then(Value::as_bool).unwrap_or_default(),
    }
}

fn steps(done: &Value) -> Option<usize> {
    done.as_u64().and_then(|done| usize::try_from(done).ok())
}

/// What the file holds: nothing where there is none or nothing stands in it. None where that is not to be told: it
/// cannot be read, is too long or no JSON object.
fn object(path: &Path) -> Option<Map<String, Value>> {
    let meta = match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Some(Map::new()),
        meta => meta.ok()?,
    };
    let short = meta.is_file() && meta.len() <= LONGEST;
    let text = if short { std::fs::read(path).ok()? } else { return None };
    if text.trim_ascii().is_empty() {
        return Some(Map::new());
    }
    serde_json::from_slice(&text).ok()
}

/// A name beside a file that nothing has yet; the file's own with `.old` behind it, as a rule.
fn old_name(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?;
    (1..100).find_map(|number: usize| {
        let mut old = name.to_owned();
        old.push(if number == 1 { ".old".to_owned() } else { format!(".old{number}") });
        let old = path.with_file_name(old);
        old.symlink_metadata().is_err().then_some(old)
    })
}

/// Lays the state over what the file holds. What another version of the program keeps there stays: fields of other
/// names, and values of other kinds as long as there is nothing to put in their place. So do tours that the state does
/// not name: another run may have got on with them meanwhile.
fn laid_over(mut kept: Map<String, Value>, state: &State) -> Map<String, Value> {
    for (name, value) in [
        ("product", &state.product),
        ("role", &state.role),
        ("focus", &state.focus),
        ("filter", &state.filter),
    ] {
        let ours = kept.get(name).is_none_or(|value| value.is_string() || value.is_null());
        if value.is_some() || ours {
            kept.insert(name.to_owned(), value.clone().into());
        }
    }
    let tours = kept.entry("tours").or_insert_with(|| Map::new().into());
    if !tours.is_object() && !state.tours.is_empty() {
        *tours = Map::new().into();
    }
    if let Some(tours) = tours.as_object_mut() {
        tours.extend(state.tours.iter().map(|(name, done)| (name.clone(), (*done).into())));
    }
    if state.tour_offered || kept.get("tour_offered").is_none_or(Value::is_boolean) {
        kept.insert("tour_offered".to_owned(), state.tour_offered.into());
    }
    kept
}

/// Keeps the state: written beside the old file, then put in its place. Where that is a link, the file is meant that it
/// leads to. An old file that cannot be understood is somebody's all the same: it is kept beside the new one, and the
/// sentence that comes back says where. Errors: a sentence.
pub fn save(path: &Path, state: &State) -> Result<Option<Saying>, Saying> {
    let shown = path.display().to_string();
    let failed = |error: std::io::Error| {
        let what = saying("the place was not kept for the next start ({})").system(&error);
        saying("{}: {}").with(&shown).of(what)
    };
    // Root could put a file in the place of a device.
    if std::fs::metadata(path).is_ok_and(|about| !about.is_file()) {
        return Err(failed(std::io::Error::other("it is no plain file")));
    }
    let path = &links::end_of(path);
    let folder = path.parent().ok_or_else(|| failed(std::io::Error::other("it has no folder")))?;
    std::fs::create_dir_all(folder).map_err(failed)?;
    let kept = object(path);
    let is_strange = kept.is_none();
    let whole = laid_over(kept.unwrap_or_default(), state);
    let mut text = serde_json::to_vec_pretty(&whole).map_err(|error| failed(error.into()))?;
    text.push(b'\n');
    // Two programs that end at once must not write into one file.
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let put = || {
        std::fs::write(&beside, text)?;
        let mut told = None;
        if is_strange {
            let full = || std::io::Error::other("there is no name left to keep the old file under");
            let old = old_name(path).ok_or_else(full)?;
            std::fs::rename(path, &old)?;
            let words =
                saying("{}: it could not be read as what the last run left; it is kept as {}");
            told = Some(words.with(&shown).with(old.display()));
        }
        std::fs::rename(&beside, path)?;
        Ok(told)
    };
    put().map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        failed(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_what_is_broken_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/state.json");
        assert_eq!(load(&path), State::default());
        let state = State {
            product: Some("kafka".into()),
            tours: [("first".to_owned(), 3)].into(),
            ..State::default()
        };
        save(&path, &state).unwrap();
        assert_eq!(load(&path), state);
        let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing stays beside it: {left:?}");
        std::fs::write(&path, "{\"product\": 7").unwrap();
        assert_eq!(load(&path), State::default());
        assert!(save(folder.path(), &state).is_err(), "a folder is no file");
    }

    #[test]
    fn a_file_that_cannot_be_understood_is_kept_beside_the_new_one() {
        let state = State { product: Some("kafka".into()), ..State::default() };
        let long = format!("{{\"later\": \"{}\"}}", "x".repeat(1 << 20));
        for (text, kept) in [
            ("{\"product\": 7", true),
            ("[1]", true),
            ("{\"tours\": {\"a\": 3}} and more", true),
            ("\u{feff}{}", true),
            (&*long, true),
            ("", false),
            (" \n", false),
            ("{}", false),
            ("{\"product\": 7}", false),
        ] {
            let start: String = text.chars().take(40).collect();
            let folder = tempfile::tempdir().unwrap();
            let at = |name: &str| folder.path().join(name);
            let path = at("state.json");
            for old in ["state.json.old", "state.json.old2"] {
                std::fs::write(&path, text).unwrap();
                let told = save(&path, &state).unwrap().map(|told| told.english());
                assert_eq!(load(&path), state, "{start}");
                assert_eq!(told.is_some(), kept, "{start}: {told:?}");
                assert_eq!(at(old).exists(), kept, "{start}");
                if let Some(told) = told {
                    assert!(told.ends_with(&format!("it is kept as {}", at(old).display())));
                    assert_eq!(std::fs::read_to_string(at(old)).unwrap(), text, "{start}");
                }
            }
            let files = std::fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(files, if kept { 3 } else { 1 }, "{start}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_stays_one_and_the_file_that_it_leads_to_is_written() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("dots")).unwrap();
        symlink("dots/kept.json", at("second.json")).unwrap();
        symlink("second.json", at("state.json")).unwrap();
        for product in ["kafka", "mqtt"] {
            let state = State { product: Some(product.into()), ..State::default() };
            save(&at("state.json"), &state).unwrap();
            assert!(at("state.json").is_symlink() && at("second.json").is_symlink());
            assert!(at("dots/kept.json").symlink_metadata().unwrap().is_file());
            assert_eq!(load(&at("state.json")), state);
        }
        let left: Vec<_> = std::fs::read_dir(at("dots")).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing stays beside it: {left:?}");
        // What is no file stays what it is.
        let socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        symlink("socket", at("other.json")).unwrap();
        for name in ["socket", "other.json"] {
            let why = save(&at(name), &State::default()).unwrap_err().english();
            assert!(why.ends_with("not kept for the next start (it is no plain file)"), "{why}");
        }
        assert!(at("other.json").is_symlink() && !at("socket").is_file());
        drop(socket);
    }

    #[test]
    fn what_another_version_keeps_is_neither_lost_nor_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let written = |text: &str, change: &dyn Fn(&mut State)| {
            std::fs::write(&path, text).unwrap();
            let mut state = load(&path);
            change(&mut state);
            save(&path, &state).unwrap();
            let value: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            (state, value)
        };
        let (state, value) = written(
            r#"{"product": "mqtt", "role": 7, "filter": {"any": ["kms"]}, "tour_offered": true,
                "tours": {"a": 3, "b": {"step": 1}, "c": -1}, "later": [1, 2]}"#,
            &|state| {
                state.focus = Some("policy".to_owned());
                state.tours.insert("d".to_owned(), 2);
            },
        );
        assert_eq!((state.product.as_deref(), state.role), (Some("mqtt"), None));
        assert!(state.tour_offered && state.tours.get("a") == Some(&3), "{:?}", state.tours);
        let expected = serde_json::json!({"product": "mqtt", "role": 7, "focus": "policy",
            "filter": {"any": ["kms"]}, "tour_offered": true,
            "tours": {"a": 3, "b": {"step": 1}, "c": -1, "d": 2}, "later": [1, 2]});
        assert_eq!(value, expected);
        // How far another run came with a tour meanwhile is kept.
        let (_, value) = written(r#"{"tours": {"a": 3, "b": 4}}"#, &|state| {
            state.tours = [("c".to_owned(), 1)].into();
        });
        let tours = value.get("tours");
        assert_eq!(tours, Some(&serde_json::json!({"a": 3, "b": 4, "c": 1})));
        // What this version has to say takes the place of what it does not understand; what it forgets is forgotten.
        let (_, value) = written(r#"{"role": 7, "filter": "kms", "tours": [1]}"#, &|state| {
            state.role = Some("x".to_owned());
            state.filter = None;
            state.tours.insert("a".to_owned(), 1);
        });
        assert_eq!(
            value,
            serde_json::json!({"product": null, "role": "x", "focus": null,
            "filter": null, "tour_offered": false, "tours": {"a": 1}})
        );
    }
}
