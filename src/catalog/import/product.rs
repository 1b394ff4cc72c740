//! Which product something from a file belongs to, and what that is called.

use std::sync::Arc;

use super::importer::File;
use crate::catalog::known;
use crate::catalog::model::{Product, ProductId, Role, Text};
use crate::catalog::names;
use crate::catalog::store::Catalog;
use crate::catalog::text::visible;
use crate::hash::Map;

/// What a folder ends with.
const ENDS: &[char] = if cfg!(windows) { &['/', '\\'] } else { &['/'] };

/// The folder and the name at the end of a path as people wrote it; no folder of a bare file name.
fn split(path: &str) -> (&str, &str) {
    let end = path.char_indices().rev().find(|(at, c)| ends_folder(path, *at, *c));
    let parts = end.and_then(|(at, _)| Some((path.get(..at)?, path.get(at + 1..)?)));
    parts.unwrap_or(("", path))
}

/// Does a folder end here? Elsewhere than on Windows a backslash is a letter of a name, and there too where a letter is
/// written out, as `\u{200d}`.
fn ends_folder(path: &str, at: usize, c: char) -> bool {
    let written_out = || path.get(at + 1..).is_some_and(|rest| rest.starts_with("u{"));
    c == '/' || cfg!(windows) && c == '\\' && !written_out()
}

/// The folder part of a path as people wrote it; empty for a bare file name.
pub(super) fn folder(path: &str) -> &str {
    split(path).0
}

/// The file name without its folder and its last extension.
pub(super) fn stem(path: &str) -> &str {
    let (_, name) = split(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// The last part of each path, or the whole of it where others end the same.
pub(super) fn short_names(paths: &[String], stdin: &str) -> Vec<String> {
    let last = |path: &str| {
        let (_, name) = split(path.trim_end_matches(ENDS));
        // A file in a folder may be called so too.
        let name = if path == "-" { stdin } else { name };
        if name.is_empty() { path.to_owned() } else { name.to_owned() }
    };
    let names: Vec<String> = paths.iter().map(|path| last(path)).collect();
    let mut counts: Map<&str, usize> = Map::default();
    for name in &names {
        *counts.entry(name).or_default() += 1;
    }
    let alone = |name: &String| counts.get(name.as_str()) == Some(&1);
    let shown = names.iter().zip(paths).map(|(name, path)| if alone(name) { name } else { path });
    shown.cloned().collect()
}

/// The product of a role that is known by the service that may assume it, or by its own name.
pub(super) fn of_role(catalog: &Catalog, role: Option<&str>, services: &[String]) -> Option<Text> {
    let described = |service: &str| {
        let role = catalog.roles_of_service(service).next()?;
        catalog.product(&role.product).map(|product| product.name.clone())
    };
    let indexed = |role: &known::KnownRole| role.product.map(Text::same);
    let by_name = |name: &str| {
        let id = crate::catalog::model::RoleId::of(name);
        let role = catalog.role(&id).and_then(|role| catalog.product(&role.product));
        role.map(|product| product.name.clone()).or_else(|| known::of_name(name).and_then(indexed))
    };
    services
        .iter()
        .find_map(|service| described(service))
        .or_else(|| role.and_then(by_name))
        .or_else(|| services.iter().find_map(|s| known::of_service(s).find_map(indexed)))
}

/// The role whose policy has this name: of the catalogue, or of those that are known by name.
pub(super) fn role_of_policy<'a>(catalog: &'a Catalog, policy: &str) -> Option<&'a str> {
    if !names::is_linked_policy(policy) {
        return None;
    }
    let is_named = |role: &&Role| {
        role.policy.as_ref().is_some_and(|own| own.name.eq_ignore_ascii_case(policy))
    };
    let described = catalog.roles().iter().find(is_named).map(|role| role.name.as_str());
    described.or_else(|| known::of_policy(policy).map(|known| known.role))
}

/// The key of a product that a file has a role of: files of one folder, or one file, share it.
pub(super) fn key(file: File<'_>, product: &str) -> String {
    let place = if file.direct { file.path } else { folder(file.path) };
    // What follows the name of the product is a path that people may type: see `names::told_apart`.
    format!("product/{}/{}/{place}", file.given, product.replace('/', "-"))
}

/// Where a product comes from: the path that was given, by its short name, with the folder below it.
pub(super) fn place(file: File<'_>, given: &str, short: &str) -> String {
    let below = folder(file.path).strip_prefix(given.trim_end_matches(ENDS));
    let below = below.filter(|below| !file.direct && below.starts_with(ENDS));
    format!("{short}{}", below.unwrap_or_default())
}

/// What stands for the files of a folder.
pub(super) fn of_folder(folder: &str) -> Product {
    let name = if folder.is_empty() { "." } else { folder };
    own(&format!("folder/{folder}"), &Text::same(name.to_owned()))
}

/// A product of the user's own, by a key that is the same in every run.
pub(super) fn own(key: &str, name: &Text) -> Product {
    let id = ProductId(Arc::from(format!("own/{}", visible(key))));
    Product { id, name: name.map(visible), page: None, roles: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart() {
        for (path, expected) in [
            ("a/b/c.json", ("a/b", "c")),
            ("c.json", ("", "c")),
            ("a/.hidden", ("a", ".hidden")),
            ("a/b", ("a", "b")),
            ("x.tar.json", ("", "x.tar")),
            ("-", ("", "-")),
            ("own/a\\u{9}b.json", ("own", "a\\u{9}b")),
            ("a\\u{200d}/b.json", ("a\\u{200d}", "b")),
        ] {
            assert_eq!((folder(path), stem(path)), expected, "{path}");
        }
        let backslash = if cfg!(windows) { ("a", "b") } else { ("", "a\\b") };
        assert_eq!((folder("a\\b.json"), stem("a\\b.json")), backslash);
    }

    #[test]
    fn a_name_that_others_end_with_stands_whole() {
        let paths = ["a/x.json", "b/x.json", "c/y.json", "-", "d/-", "e/"].map(str::to_owned);
        let short = short_names(&paths, "standard input");
        assert_eq!(short, ["a/x.json", "b/x.json", "y.json", "standard input", "-", "e"]);
    }

    #[test]
    fn products_are_known_by_service_and_by_role() {
        let catalog = Catalog::builtin().unwrap();
        let name = |role: Option<&str>, service: &[&str]| {
            let services: Vec<String> = service.iter().map(ToString::to_string).collect();
            of_role(&catalog, role, &services).map(|text| text.en)
        };
        assert_eq!(name(None, &["alikafka.aliyuncs.com"]).as_deref(), Some("ApsaraMQ for Kafka"));
        assert_eq!(
            name(Some("aliyunserviceroleforactiontrail"), &[]).as_deref(),
            Some("ActionTrail")
        );
        assert_eq!(name(None, &["actiontrail.aliyuncs.com"]).as_deref(), Some("ActionTrail"));
        assert_eq!(name(Some("MyRole"), &["ecs.aliyuncs.com"]), None);
    }
}
