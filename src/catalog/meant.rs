//! Which roles may be meant by a name that is no role's: the same on the screen and on the command line.

use super::Catalog;
use super::model::Role;
use super::names;
use super::search::{Corpus, Finder, Found, Kind, Step};
use crate::near;

/// Roles that are told.
const MOST: usize = 3;

/// Roles whose name is a slip or two away from what was typed, the nearest first.
pub fn by_slips<'a>(typed: &str, catalog: &'a Catalog) -> Vec<&'a Role> {
    near::nearest(names::short(typed.trim()), catalog.roles(), |role| &role.short_name, MOST)
}

/// Does Find have nothing that holds what was typed in one piece or by its initials? Then it may be misspelt.
pub fn is_unclear(found: &Found) -> bool {
    let best = found.best().and_then(|hit| hit.found.as_ref());
    best.is_none_or(|best| best.step >= Step::Scattered)
}

/// Roles with a name near to what was typed, where Find has nothing clearly.
pub fn beside<'a>(found: &Found, typed: &str, catalog: &'a Catalog) -> Vec<&'a Role> {
    if typed.trim().is_empty() || !is_unclear(found) {
        return Vec::new();
    }
    by_slips(typed, catalog)
}

/// The roles that were most likely meant: those that Find has clearly, then slips, then those with the letters
/// anywhere.
pub fn roles<'a>(typed: &str, catalog: &'a Catalog) -> Vec<&'a Role> {
    let corpus = Corpus::of(catalog);
    let mut finder = Finder::new();
    let found = finder.set_query(&corpus, typed);
    let hits = found.shown(Kind::Role).iter();
    let hits: Vec<&Role> = hits.filter_map(|hit| hit.role(&corpus, catalog)).collect();
    let slips = by_slips(typed, catalog);
    let parts = if is_unclear(found) { [slips, hits] } else { [hits, slips] };
    let mut meant: Vec<&Role> = Vec::new();
    for role in parts.into_iter().flatten() {
        if meant.len() < MOST && meant.iter().all(|known| known.id != role.id) {
            meant.push(role);
        }
    }
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_letters_lead_to_the_role() {
        let catalog = Catalog::builtin().unwrap();
        for (typed, first) in [
            ("Conector", "AlikafkaConnector"),
            ("AliyunServiceRoleForMqttTunel", "MqttTunnel"),
            ("AliyunServiceRoleForAlikafkaEncrypt", "AlikafkaInstanceEncryption"),
            ("instance encryption", "AlikafkaInstanceEncryption"),
        ] {
            let names: Vec<&str> =
                roles(typed, &catalog).into_iter().map(|role| &*role.short_name).collect();
            assert_eq!(names.first(), Some(&first), "{typed}: {names:?}");
            assert!(names.len() <= MOST, "{names:?}");
        }
        assert!(roles("qqqqqqqqqq", &catalog).is_empty());
    }
}
