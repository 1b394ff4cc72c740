//! What to look at where there is nothing at a path that was given.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::walk::shown;
use crate::near;
use crate::say::{Saying, saying};
use crate::text::visible;

/// Of a folder so many names are compared.
const MOST: usize = 10_000;

/// Where to look instead, where a path was not found: names in the same folder that are near, or the first folder of the
/// path that is not there.
pub(super) fn remedy(path: &Path, error: &io::Error) -> Option<Saying> {
    (error.kind() == io::ErrorKind::NotFound).then(|| instead_of(path))
}

fn instead_of(path: &Path) -> Saying {
    let here = || PathBuf::from(".");
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or_else(here, Path::to_path_buf);
    let Ok(entries) = fs::read_dir(&folder) else {
        let named = folder.ancestors().take_while(|one| !one.as_os_str().is_empty());
        let gone = named.take_while(|one| fs::symlink_metadata(one).is_err());
        return gone.last().map_or_else(
            || saying("{} is no folder that can be looked into.").with(shown(&folder)),
            |first| saying("{} does not exist either.").with(shown(first)),
        );
    };
    let typed = path.file_stem().unwrap_or_default().to_string_lossy();
    let names = entries.take(MOST).flatten();
    let mut names: Vec<String> =
        names.map(|entry| visible(&entry.file_name().to_string_lossy())).collect();
    names.sort_unstable();
    let near = near::nearest(&typed, names, |name| stem(name), 3);
    if near.is_empty() {
        return saying("`ls {}` shows what is there.").with(shown(&folder));
    }
    saying("The nearest names there are {}.").list(near)
}

/// A name without its ending: nearly all end in `.json`, which makes none nearer.
fn stem(name: &str) -> &str {
    Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remedy_is_near_to_what_was_typed() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path();
        for name in ["kafka-policy.json", "mqtt-policy.json", "notes.txt"] {
            fs::write(top.join(name), "{}").unwrap();
        }
        let shown = top.display().to_string();
        for (typed, expected) in [
            ("kafka-polcy.json", "The nearest names there are kafka-policy.json.".to_owned()),
            ("Notes.tx", "The nearest names there are notes.txt.".to_owned()),
            ("fog.json", format!("`ls {shown}` shows what is there.")),
            ("xyz", format!("`ls {shown}` shows what is there.")),
            ("gone/further/a.json", format!("{shown}/gone does not exist either.")),
            (
                "notes.txt/a.json",
                format!("{shown}/notes.txt is no folder that can be looked into."),
            ),
        ] {
            assert_eq!(instead_of(&top.join(typed)).english(), expected, "{typed}");
        }
        assert_eq!(instead_of(Path::new("gone/a.json")).english(), "gone does not exist either.");
        assert_eq!(instead_of(Path::new("no-such-file")).english(), "`ls .` shows what is there.");
        assert_eq!(
            instead_of(Path::new("Cargo.tml")).english(),
            "The nearest names there are Cargo.lock, Cargo.toml."
        );
    }
}
