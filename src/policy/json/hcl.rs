//! Policies in Terraform's own language, which is not read: where it gives one, so that it can be told.

use crate::hash::Set;

/// Arguments that give a policy, by the documentation of the provider `alicloud`.
const GIVING: [&str; 3] = ["policy_document", "document", "assume_role_policy_document"];

/// What of Terraform's language every text holds that gives a policy in it.
pub(super) const MARK: &str = "alicloud_ram_";

/// The block that gives a document by its statements.
const DOCUMENT: &str = "data \"alicloud_ram_policy_document\"";

/// The block of a policy, which another one may refer to.
const POLICY: &str = "resource \"alicloud_ram_policy\"";

/// Resources that may have parts of a document as arguments of their own, and these arguments.
const PARTS: [(&str, &[&str]); 2] =
    [(POLICY, &["statement"]), ("resource \"alicloud_ram_role\"", &["services", "ram_users"])];

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Name<'a> {
    /// A value of a `locals` block.
    Local(&'a str),
    /// A value in a map that stands in a `locals` block.
    Member(&'a str, &'a str),
    /// A block `data "alicloud_ram_policy_document"`.
    Document(&'a str),
    /// A block `resource "alicloud_ram_policy"`.
    Policy(&'a str),
}

/// What a line gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives<'a> {
    /// No policy, or one as a text.
    Nothing,
    /// A policy in Terraform's own language.
    Policy,
    /// What stands under a name, perhaps in this text.
    Named(Name<'a>),
}

/// What blocks of Terraform are open, and which names are known.
#[derive(Debug, Default)]
pub(super) struct Given<'a> {
    /// A block of Terraform was seen.
    seen: bool,
    /// The arguments that give a part of a document in the block that is open.
    parts: &'static [&'static str],
    /// The `locals` block that is open.
    locals: Option<Locals<'a>>,
    /// Names of texts that were taken, and of documents that were told.
    known: Set<Name<'a>>,
}

/// A `locals` block.
#[derive(Debug, Default)]
struct Locals<'a> {
    /// How far from the margin it stands.
    margin: usize,
    /// How far its names do; None before the first.
    names: Option<usize>,
    /// The name that came last.
    last: &'a str,
}

impl<'a> Locals<'a> {
    /// What the line gives a name to; deeper than in a map of the block nothing has one.
    fn name(&mut self, line: &'a str) -> Option<Name<'a>> {
        let margin = line.len() - line.trim_start().len();
        let (name, _) = line.split_once('=')?;
        let name = name.trim().trim_matches('"');
        if *self.names.get_or_insert(margin) == margin {
            self.last = name;
            return Some(Name::Local(name));
        }
        let deeper = margin.checked_sub(self.names?)?;
        (deeper == self.names?.saturating_sub(self.margin)).then_some(Name::Member(self.last, name))
    }
}

impl<'a> Given<'a> {
    /// Was a block of Terraform seen?
    pub(super) const fn is_terraform(&self) -> bool {
        self.seen
    }

    /// Was what stands under this name taken or told?
    pub(super) fn knows(&self, name: &Name<'_>) -> bool {
        self.known.contains(name)
    }

    /// Takes in a line that is no comment: what does it give? `took`: it is where a policy begins that was taken.
    pub(super) fn gives(&mut self, line: &'a str, took: bool) -> Gives<'a> {
        let bare = line.trim();
        let margin = line.len() - line.trim_start().len();
        if is_block(bare) {
            self.seen = true;
            let of = PARTS.iter().find(|(start, _)| bare.starts_with(start));
            self.parts = of.map_or(&[], |(_, parts)| parts);
        }
        let is_open = |locals: &Locals<'_>| locals.margin == margin;
        if is_block(bare) || (bare.starts_with('}') && self.locals.as_ref().is_some_and(is_open)) {
            self.locals = None;
        } else if bare.split_whitespace().eq(["locals", "{"]) {
            self.locals = Some(Locals { margin, ..Locals::default() });
        }
        let name = self.locals.as_mut().and_then(|locals| locals.name(line));
        // What is taken, or told where it stands, is not told again where it is named.
        self.known.extend(name.filter(|_| took || is_encoded(bare)));
        if took {
            return Gives::Nothing;
        }
        // What stands in these is taken or told for itself.
        let label =
            |start| bare.strip_prefix(start).map(|label: &str| label.trim_matches([' ', '{', '"']));
        self.known.extend(label(DOCUMENT).map(Name::Document));
        self.known.extend(label(POLICY).map(Name::Policy));
        if self.parts.iter().any(|part| is_part(bare, part)) {
            // One word is enough for all of them.
            self.parts = &[];
            return Gives::Policy;
        }
        if is_encoded(bare) {
            return Gives::Policy;
        }
        match given(bare).filter(|_| self.seen) {
            None => Gives::Nothing,
            Some(value) => named(value).map_or(Gives::Policy, Gives::Named),
        }
    }
}

/// Is the line this argument, or a block of this name?
fn is_part(line: &str, part: &str) -> bool {
    line.strip_prefix(part).is_some_and(|rest| rest.trim_start().starts_with(['{', '=']))
}

/// Does a block of Terraform begin with the line: a word, labels in quotation marks, a bracket?
fn is_block(line: &str) -> bool {
    ["resource \"", "data \"", "module \""].iter().any(|word| line.starts_with(word))
        && line.ends_with('{')
}

/// What the line gives for a document, where that is no text.
fn given(line: &str) -> Option<&str> {
    let (name, value) = line.split_once('=')?;
    let value = value.trim();
    let value = filled(value).unwrap_or(value);
    let text = value.starts_with(['"', '=']);
    (GIVING.contains(&name.trim_end()) && !value.is_empty() && !text && value != "null")
        .then_some(value)
}

/// What fills in a text of which it is all.
fn filled(value: &str) -> Option<&str> {
    let inside = value.strip_prefix("\"${")?.strip_suffix("}\"")?;
    (!inside.contains("${")).then_some(inside.trim())
}

/// The name that a value is, and nothing else.
fn named(value: &str) -> Option<Name<'_>> {
    let is_word =
        |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if let Some(path) = value.strip_prefix("local.") {
        let (name, member) = match path.split_once(['.', '[']) {
            Some((name, member)) => (name, Some(member.trim_end_matches(']').trim_matches('"'))),
            None => (path, None),
        };
        let words = is_word(&name) && member.is_none_or(|member| is_word(&member));
        let named = member.map_or(Name::Local(name), |member| Name::Member(name, member));
        return words.then_some(named);
    }
    let of_policy = value.strip_prefix("alicloud_ram_policy.");
    let rest = of_policy.or_else(|| value.strip_prefix("data.alicloud_ram_policy_document."))?;
    let (name, member) = rest.split_once('.')?;
    // Of several that one block makes, any.
    let name = name.split_once('[').map_or(name, |(name, _)| name);
    if !is_word(&name) {
        return None;
    }
    match (of_policy, member) {
        (None, "document") => Some(Name::Document(name)),
        (Some(_), "policy_document" | "document") => Some(Name::Policy(name)),
        _ => None,
    }
}

/// Does the line give a policy in Terraform's own language?
pub(super) fn is_encoded(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    let given = line.split_once('=').is_some_and(|(name, value)| {
        let name = name.trim_end();
        (name.ends_with("policy") || name.ends_with("document"))
            && value.trim_start().starts_with("jsonencode(")
    });
    given || line.starts_with(DOCUMENT)
}

/// The bytes up to the bracket that closes the last one open on the first line; those in strings do not count. Nothing
/// where there is none.
pub(super) fn length(text: &str, effort: &mut usize) -> usize {
    let (mut open, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate().take(*effort) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'\n' if open == 0 => return at,
            b'(' | b'[' | b'{' if !quoted => open += 1,
            b')' | b']' | b'}' if !quoted => match open {
                0 => return at,
                1 => {
                    *effort -= at;
                    return at + 1;
                }
                _ => open -= 1,
            },
            _ => {}
        }
    }
    *effort = effort.saturating_sub(text.len());
    0
}
