//! A catalogue of one's own: a folder of catalogue files with the policy documents beside them.

use std::path::{Component, Path};
use std::{fs, io};

use super::nothing;
use super::read::not_text;
use super::text_of::text_of;
use super::walk::{sentence, shown};
use super::{NoDocument, Prepared};
use crate::catalog::error::LoadError;
use crate::catalog::import::SkippedFile;
use crate::catalog::model::RoleId;
use crate::catalog::store::Catalog;
use crate::hash::Map;
use crate::policy::{self, source::Source};
use crate::say::{Saying, saying};
use crate::sort;

/// The largest catalogue file, in bytes.
const LIMIT: u64 = 16 << 20;

/// Merges the `.json` files that stand in a folder itself into the catalogue, in the order of their names.
/// A wrong file changes nothing and is told; the rest still loads.
pub fn merge_folder(catalog: &mut Catalog, folder: &Path) -> Vec<SkippedFile> {
    merge(catalog, folder).1
}

/// The same for a folder whose files the answer is to be about. Errors: nothing of it can be used, and why.
pub fn merge_given(catalog: &mut Catalog, folder: &Path) -> Result<Vec<SkippedFile>, SkippedFile> {
    let (merged, skipped) = merge(catalog, folder);
    match skipped.first() {
        Some(first) if merged == 0 => Err(first.clone()),
        _ => Ok(skipped),
    }
}

/// How many files were merged, and those that were not.
fn merge(catalog: &mut Catalog, folder: &Path) -> (usize, Vec<SkippedFile>) {
    let mut merged = 0;
    let mut skipped = Vec::new();
    let mut skip = |path: &Path, reason: Saying| {
        skipped.push(SkippedFile { path: shown(path), place: None, reason });
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            skip(folder, sentence(&error).then(nothing::remedy(folder, &error)));
            return (merged, skipped);
        }
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => paths.push(entry.path()),
            Err(error) => skip(folder, sentence(&error)),
        }
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    sort::by(&mut paths, Ord::cmp);
    if paths.is_empty() {
        skip(folder, saying("There is no .json file in this folder."));
    }
    let mut files = Vec::new();
    for path in paths {
        match read(&path) {
            Ok(text) => files.push((path, text)),
            Err(why) => skip(&path, why),
        }
    }
    let documents = |name: &str| document(folder, name);
    let refused = |error: &LoadError| SkippedFile {
        path: error.file.clone(),
        place: error.place.map(|place| place.to_string()),
        reason: saying("{} Nothing of this file is used.").of(error.sentence()),
    };
    let mut errors = Vec::new();
    let mut prepared = Vec::new();
    for (path, text) in &files {
        match Prepared::of(&shown(path), text, &documents) {
            Ok(one) => prepared.push((text, one)),
            Err(error) => errors.push(refused(&error)),
        }
    }
    // A file may order roles that another one describes, unless that one is refused, which is then told before it.
    let mut described: Map<RoleId, usize> = Map::default();
    for role in prepared.iter().flat_map(|(_, one)| &one.roles) {
        *described.entry(role.id.clone()).or_default() += 1;
    }
    loop {
        let before = prepared.len();
        prepared.retain(|(text, one)| {
            let is_known = |id: &RoleId| {
                described.get(id).is_some_and(|files| *files > 0) || catalog.role(id).is_some()
            };
            let Err(error) = one.check(text, is_known) else { return true };
            errors.push(refused(&error));
            for role in &one.roles {
                described.entry(role.id.clone()).and_modify(|files| *files -= 1);
            }
            false
        });
        if prepared.len() == before {
            break;
        }
    }
    merged += prepared.len();
    for (_, one) in prepared {
        catalog.add_prepared(one);
    }
    skipped.extend(errors);
    (merged, skipped)
}

/// The policy document of a catalogue file, which must be one: what cannot be read would look like a role without rights.
fn document(folder: &Path, name: &str) -> Result<Source, NoDocument> {
    let inside = Path::new(name);
    // A catalogue that came from elsewhere must not name files outside of its folder.
    if !inside.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(NoDocument::Unread(saying("It is not in the folder of the catalogue.")));
    }
    let path = folder.join(inside);
    let is_gone = |error: io::Error| error.kind() == io::ErrorKind::NotFound;
    if fs::metadata(&path).is_err_and(is_gone) {
        return Err(NoDocument::Missing);
    }
    let text = read(&path).map_err(NoDocument::Unread)?;
    match policy::read::document(&text) {
        Ok(_) => Ok(Source::from(text)),
        Err(error) => {
            let told = error.located_in(&shown(&path));
            let ends = error.remedy.is_some();
            Err(NoDocument::Unread(if ends { told } else { saying("{}.").of(told) }))
        }
    }
}

fn read(path: &Path) -> Result<String, Saying> {
    let metadata = fs::metadata(path).map_err(|error| sentence(&error))?;
    if !metadata.is_file() {
        return Err(saying("It is not a file."));
    }
    if metadata.len() > LIMIT {
        return Err(saying("Catalogue files of more than {} MiB are not read.").with(LIMIT >> 20));
    }
    let bytes = fs::read(path).map_err(|error| sentence(&error))?;
    text_of(bytes).map_err(not_text)
}
