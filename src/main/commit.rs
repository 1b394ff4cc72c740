//! The build script: tells the program the commit that it is built from, for `--version`. Git's own files are read, so that git itself
//! need not be there; outside a checkout there is nothing to tell, and `ROLESCOPE_COMMIT` says it instead.
#![allow(clippy::print_stdout, reason = "that is how cargo is told")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-env-changed=ROLESCOPE_COMMIT");
    println!("cargo::rerun-if-changed=src/main/commit.rs");
    // While one works on it, a commit should not build everything anew.
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if release
        && env::var_os("ROLESCOPE_COMMIT").is_none()
        && let Some(commit) = commit(Path::new(".git"))
    {
        println!("cargo::rustc-env=ROLESCOPE_COMMIT={commit}");
    }
}

/// The first digits of the commit that is checked out.
fn commit(git: &Path) -> Option<String> {
    // In a second working tree `.git` is a file that names the folder.
    let folder = match fs::read_to_string(git) {
        Ok(text) => PathBuf::from(text.strip_prefix("gitdir: ")?.trim()),
        Err(_) => git.to_owned(),
    };
    let common = read(&folder.join("commondir")).map_or(folder.clone(), |way| folder.join(way));
    let head = read(&folder.join("HEAD"))?;
    let commit = match head.strip_prefix("ref: ") {
        None => head,
        Some(name) => read(&folder.join(name))
            .or_else(|| read(&common.join(name)))
            .or_else(|| packed(&read(&common.join("packed-refs"))?, name))?,
    };
    let plain = commit.len() >= 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    commit.get(..12).filter(|_| plain).map(str::to_owned)
}

/// The commit of a branch in the list of those that have no file of their own.
fn packed(list: &str, name: &str) -> Option<String> {
    list.lines().find_map(|line| line.strip_suffix(name)?.strip_suffix(' ')).map(str::to_owned)
}

/// The text of a file, whose change makes cargo ask again.
fn read(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    println!("cargo::rerun-if-changed={}", path.display());
    Some(text.trim().to_owned())
}
