//! What is kept from one run to the next: where the user was, how far the tours went. Read at the start, written when
//! the program is left; never a reason to fail.

use std::collections::BTreeMap;
use std::path::Path;

use crate::say::{Saying, saying};
use serde::{Deserialize, Serialize};

/// What is kept. Unknown fields of newer versions are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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

/// The state of the last run; the empty one where there is none or it cannot be read.
pub fn load(path: &Path) -> State {
    let short = std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() <= LONGEST);
    let text = if short { std::fs::read(path).ok() } else { None };
    text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

/// Keeps the state: written beside the old file, then put in its place. Errors: a sentence.
pub fn save(path: &Path, state: &State) -> Result<(), Saying> {
    let shown = path.display().to_string();
    let failed = |error: std::io::Error| {
        let what = saying("the place was not kept for the next start ({})").system(&error);
        saying("{}: {}").with(&shown).of(what)
    };
    let folder = path.parent().ok_or_else(|| failed(std::io::Error::other("it has no folder")))?;
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut text = serde_json::to_vec_pretty(state).map_err(|error| failed(error.into()))?;
    text.push(b'\n');
    // Two programs that end at once must not write into one file.
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
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
        std::fs::write(&path, "{\"later\": 7, \"tour_offered\": true}").unwrap();
        assert!(load(&path).tour_offered);
        assert!(save(folder.path(), &state).is_err(), "a folder is no file");
    }
}
