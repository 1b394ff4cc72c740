//! English words in text that should be Chinese.

use std::collections::BTreeSet;

/// Words that every English sentence about a policy has some of. Values that Chinese keeps are not among them.
const COMMON: &str = "a an the of in on is it its if or and any all every may only with without not no than does do \
    where which that has have both for to by from unless more other can could cannot deny denies denied allow \
    allows allowed action actions resource resources statement statements policy condition conditions role roles \
    service services through matches match known same account nothing holder whoever key keys value operator \
    element grammar document list object string number text tag tagged anyone anybody nobody name names page \
    product granted never always absent present equals below above before after least most use assume create \
    delete pass set change remove stands already others them they this these those such what rule";

/// The first English word of a text that belongs to no name: names are joined to signs and digits, stand in
/// quotation marks, or have capital letters.
pub fn english(text: &str) -> Option<&str> {
    let common: BTreeSet<&str> = COMMON.split_whitespace().collect();
    let part = |c: char| c.is_ascii_alphanumeric() || "-_./:*`'\"<>{}[]=?$%~@#".contains(c);
    text.split(|c: char| !part(c)).find(|word| common.contains(word))
}
