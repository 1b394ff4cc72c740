//! One form for texts that are the same to whoever decides on a request: letters where they have no
//! case, and wildcards.

use crate::policy::pattern::{self, Case, arn};

/// The pattern of every action, and of every resource.
pub(super) const ANY: &str = "*";

/// An action: its letters have no case.
pub(super) fn action(written: &str) -> String {
    if pattern::covers(written, "*:*", Case::Fold) {
        return ANY.to_owned();
    }
    wildcards(&pattern::fold(written))
}

/// A resource: letters count but in names of RAM roles.
pub(super) fn resource(written: &str) -> String {
    if pattern::covers(written, "acs:*:*:*:*", Case::Exact) {
        return ANY.to_owned();
    }
    if arn::is_role(written) { wildcards(&pattern::fold(written)) } else { wildcards(written) }
}

/// Of wildcards in a row the single characters first and one star at most: `*?*` is `?*`.
fn wildcards(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut star = false;
    for character in pattern.chars() {
        match character {
            '*' => star = true,
            '?' => out.push('?'),
            other => {
                if std::mem::take(&mut star) {
                    out.push('*');
                }
                out.push(other);
            }
        }
    }
    if star {
        out.push('*');
    }
    out
}
