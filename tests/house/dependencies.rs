//! What the program is built of: one registry, few packages, licences that are free.

use super::{none, top};
use std::collections::BTreeSet;
use std::fs;

#[test]
fn the_lock_file_names_one_public_registry() {
    let lock = fs::read_to_string(top().join("Cargo.lock")).unwrap();
    let sources: BTreeSet<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("source = ")).collect();
    let public = "\"registry+https://github.com/rust-lang/crates.io-index\"";
    assert_eq!(sources, BTreeSet::from([public]), "Cargo.lock");
}

#[test]
fn the_tree_of_dependencies_stays_small_and_free() {
    // Of the program, not of its tests; the lock file also names what no feature switches on.
    const MOST: usize = 130;
    let mut cargo = std::process::Command::new(env!("CARGO"));
    cargo.current_dir(top()).args(["tree", "--locked", "--offline", "--edges", "normal,build"]);
    let tree = cargo.args(["--prefix", "none", "--format", "{p}|{l}"]).output().unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    let packages: BTreeSet<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    assert!(packages.len() > 20, "only {packages:?} were found");
    let many = packages.len();
    assert!(many <= MOST, "{many} packages, at most {MOST} may be:\n{packages:#?}");

    // The list of `.deny.toml`, which cargo-deny holds to more exactly.
    let deny = fs::read_to_string(top().join(".deny.toml")).unwrap();
    let allowed = deny.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let allowed: Vec<&str> = allowed.split('"').skip(1).step_by(2).collect();
    assert!(allowed.contains(&"MIT"), "{allowed:?}");
    let fine = |part: &str| {
        part.replace('/', " OR ")
            .split(" OR ")
            .any(|name| allowed.contains(&name.trim_matches([' ', '(', ')'])))
    };
    let breaches: Vec<String> = packages
        .iter()
        .filter(|package| {
            let licence = package.rsplit('|').next().unwrap_or_default();
            !licence.split(" AND ").all(fine)
        })
        .map(|package| (*package).to_owned())
        .collect();
    none(&breaches, &format!("every licence is one of {allowed:?}:"));
}
