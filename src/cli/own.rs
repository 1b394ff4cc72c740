//! `--policies`: the roles and policies of people's own files, read by the same rules as for the screen ([`load`]), for
//! every command that asks about roles.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::answer::Trouble;
use super::files;
use crate::catalog::Catalog;
use crate::catalog::import::{Loaded, SkippedFile};
use crate::catalog::load::{self, Unread};
use crate::catalog::model::RoleId;
use crate::say::{Language, Saying, counted, saying};

/// Places that were left out and are told one by one.
const TOLD: usize = 20;

/// What files hold.
#[derive(Debug, Default)]
pub struct Own {
    /// Their roles and policies, with the services and actions of the catalogue.
    pub catalog: Catalog,
    /// What was left out, in sentences.
    pub asides: Vec<Saying>,
}

/// Reads files and folders; `-` is standard input. A file that is of no use is told of, and the rest still loads.
/// Errors: a path that does not exist, or nothing at all that could be used.
pub fn read(paths: &[OsString], catalog: &Catalog, lang: Language) -> Result<Own, Trouble> {
    load::check(paths).map_err(|(why, remedy)| Trouble::new(why.then(remedy)))?;
    let mut own = catalog.without_products();
    let (mut products, mut skipped) = (Vec::new(), Vec::new());
    let mut roles: Vec<Loaded> = Vec::new();
    let mut at: HashMap<RoleId, usize> = HashMap::new();
    let shared = Arc::new(catalog.clone());
    load::open(paths, &shared, lang, &AtomicBool::new(false), &mut |batch| {
        products.extend(batch.products);
        skipped.extend(batch.skipped);
        for loaded in batch.roles {
            // What comes again was completed by another file.
            if let Some(before) = at.get(&loaded.role.id).and_then(|at| roles.get_mut(*at)) {
                *before = loaded;
            } else {
                at.insert(loaded.role.id.clone(), roles.len());
                roles.push(loaded);
            }
        }
        true
    });
    // A whole file is there to be looked at; what is in it follows by itself.
    roles.retain(|loaded| !loaded.whole_file);
    let asides = asides(&skipped);
    if roles.is_empty() {
        // One reason says it; of several none stands for the others.
        let only = asides.into_iter().next().filter(|_| skipped.len() == 1);
        let nothing =
            || saying("there is no policy in the files of --policies; `rolescope check` tells why");
        return Err(Trouble::new(only.unwrap_or_else(nothing)));
    }
    let used: HashSet<_> = roles.iter().map(|loaded| &loaded.role.product).collect();
    products.retain(|product| used.contains(&product.id));
    own.take_in_loaded(products, roles);
    Ok(Own { catalog: own, asides })
}

/// What was left out: each place in a sentence, the files that are no JSON together.
fn asides(skipped: &[SkippedFile]) -> Vec<Saying> {
    let not_json = Unread::NotJson.saying();
    let (passed_over, told): (Vec<&SkippedFile>, Vec<&SkippedFile>) =
        skipped.iter().partition(|one| one.reason == not_json);
    let mut asides: Vec<Saying> = told.iter().take(TOLD).map(|one| one.sentence()).collect();
    let more = told.len().saturating_sub(TOLD);
    if more > 0 {
        asides.push(counted(
            more,
            "{} more place was left out; `rolescope check` tells of each",
            "{} more places were left out; `rolescope check` tells of each",
        ));
    }
    if !passed_over.is_empty() {
        let names: Vec<String> =
            passed_over.iter().take(files::NAMED).map(|one| one.path.clone()).collect();
        asides.push(files::not_json(passed_over.len(), &names));
    }
    asides
}
