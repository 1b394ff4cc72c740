//! Where links of the file system lead, for whoever puts a file in the place of another.

use std::fs;
use std::path::{Path, PathBuf};

/// Links that are followed at most, as the system does it.
const MOST: usize = 40;

/// The path that a chain of links ends at, be there something or not; one without links stays as it is.
pub fn end_of(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST {
        let Ok(next) = fs::read_link(&path) else { break };
        path = path.parent().map(|folder| folder.join(&next)).unwrap_or(next);
    }
    path
}
