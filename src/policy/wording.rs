//! The words in which conditions are said: as a phrase (`acs:SourceIp is in 10.0.0.0/8`) and as the
//! end of a sentence (`only if ...`). Text from documents is made safe to show.

use super::document::{Condition, PrincipalKind};
use super::operator::{Comparison, Operator, Quantifier, Test};
use super::pattern::{self, Case, arn};
use super::source::Spanned;
use crate::say::{Language, fill, said, say};

/// The text with control characters and marks that turn the direction of writing made visible.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let hidden = character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{061c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}');
        if hidden {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// `a`, `a or b`, `a, b or c`; the word is "or" or "and".
pub fn join(language: Language, items: &[String], word: &str) -> String {
    let [first @ .., last] = items else { return String::new() };
    if first.is_empty() {
        return last.clone();
    }
    let first = first.join(say(language, ", "));
    match word {
        "or" => said(language, "{} or {}", &[&first, last]),
        _ => said(language, "{} and {}", &[&first, last]),
    }
}

/// Whole clauses one after the other, as against [`join`] for names: `only if a and only if b`.
pub fn clauses(language: Language, items: &[String]) -> String {
    let [first @ .., last] = items else { return String::new() };
    let joined = |before: String, next: &String| said(language, "{}, {}", &[&before, next]);
    match first {
        [] => last.clone(),
        [start, rest @ ..] => {
            let first = rest.iter().fold(start.clone(), joined);
            said(language, "{0} and {1}", &[&first, last])
        }
    }
}

/// The first items and how many there are beyond them: a sentence cannot hold a thousand names.
pub fn first<T>(
    language: Language,
    items: &[T],
    most: usize,
    word: impl Fn(&T) -> String,
) -> Vec<String> {
    let mut shown: Vec<String> = items.iter().take(most).map(word).collect();
    if let Some(more) = items.len().checked_sub(most).filter(|more| *more > 0) {
        shown.push(said(language, "{} more", &[&more.to_string()]));
    }
    shown
}

/// Values that a condition's words spell out.
const MOST_VALUES: usize = 20;

/// A count and its noun: `1 action`, `2 actions`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// One principal in words: `the service ecs.aliyuncs.com`, `account 123456789012`, `anyone`.
pub fn member(language: Language, kind: &PrincipalKind, value: &str) -> String {
    let shown = visible(value);
    if value == "*" {
        return match kind {
            PrincipalKind::Service => say(language, "any service").to_owned(),
            _ => say(language, "anyone").to_owned(),
        };
    }
    let arn = arn::split(value).filter(|arn| pattern::same(arn.code, "ram", Case::Fold));
    match (kind, arn) {
        (PrincipalKind::Service, _) => said(language, "the service {}", &[&shown]),
        (PrincipalKind::Federated, _) => said(language, "the identity provider {}", &[&shown]),
        (PrincipalKind::Other(kind), _) => format!("{} {shown}", visible(kind)),
        (PrincipalKind::Ram | PrincipalKind::Bare, Some(arn)) => {
            let account = visible(arn.account);
            match arn.relative.split_once('/') {
                None if arn.relative == "root" => said(language, "account {}", &[&account]),
                Some(("user", name)) => {
                    said(language, "user {} of account {}", &[&visible(name), &account])
                }
                Some(("role", name)) => {
                    said(language, "role {} of account {}", &[&visible(name), &account])
                }
                _ => shown,
            }
        }
        (PrincipalKind::Bare, None) => said(language, "the account or user {}", &[&shown]),
        (PrincipalKind::Ram, None) => shown,
    }
}

/// The condition as a limit at the end of a sentence about one action:
/// `only with keys tagged acs:alikafka:instance-encryption = true`.
pub fn condition(language: Language, condition: &Condition, action: &str) -> String {
    match special(condition, action) {
        None => said(language, "only if {}", &[&phrase(language, condition)]),
        Some(Special::Linked) => {
            let services = listed(language, condition);
            if condition.values.len() == 1 {
                said(language, "only for the service-linked role of {}", &[&services])
            } else {
                said(language, "only for the service-linked roles of {}", &[&services])
            }
        }
        Some(Special::Passed) => {
            said(language, "only when passed to {}", &[&listed(language, condition)])
        }
        Some(Special::Tagged(tagged)) => {
            let [things, tag, sign, any, ignoring] = &tagged.words(language, condition);
            let words: [&str; 5] = [things, tag, sign, any, ignoring];
            if tagged.negated {
                said(language, "only {} not tagged {} {} {}{}", &words)
            } else {
                said(language, "only {} tagged {} {} {}{}", &words)
            }
        }
    }
}

/// The condition as the case in which something happens: `if acs:SourceIp is in 10.0.0.0/8`.
pub fn case(language: Language, condition: &Condition, action: &str) -> String {
    match special(condition, action) {
        None => said(language, "if {}", &[&phrase(language, condition)]),
        Some(Special::Linked) => {
            let services = listed(language, condition);
            if condition.values.len() == 1 {
                said(language, "for the service-linked role of {}", &[&services])
            } else {
                said(language, "for the service-linked roles of {}", &[&services])
            }
        }
        Some(Special::Passed) => {
            said(language, "when passed to {}", &[&listed(language, condition)])
        }
        Some(Special::Tagged(tagged)) => {
            let [things, tag, sign, any, ignoring] = &tagged.words(language, condition);
            let words: [&str; 5] = [things, tag, sign, any, ignoring];
            if tagged.negated {
                said(language, "{} not tagged {} {} {}{}", &words)
            } else {
                said(language, "{} tagged {} {} {}{}", &words)
            }
        }
    }
}

/// The conditions that people have plainer words for.
enum Special {
    /// On the service whose linked role is created or deleted.
    Linked,
    /// On the service that a role is passed to.
    Passed,
    /// On a tag.
    Tagged(Tagged),
}

fn special(condition: &Condition, action: &str) -> Option<Special> {
    let operator = Operator::parse(&condition.operator.value)?;
    if operator.quantifier != Quantifier::Plain || operator.if_exists || condition.values.is_empty()
    {
        return None;
    }
    let action = pattern::fold(action);
    let key = pattern::fold(&condition.key.value);
    let plain = matches!(operator.test, Test::Text(_)) && !operator.negated;
    if key == "ram:servicename" && plain && action.contains("servicelinkedrole") {
        return Some(Special::Linked);
    }
    if key == "acs:service" && plain && action.ends_with(":passrole") {
        return Some(Special::Passed);
    }
    Tagged::of(condition, operator, &key).map(Special::Tagged)
}

/// Where the tags of a key hang, by the beginning of the key.
const TAGS: [(&str, &str); 10] = [
    ("kms:tag/", "with keys"),
    ("acs:resourcetag/", "on resources"),
    ("ecs:tag/", "on resources"),
    ("vpc:tag/", "on resources"),
    ("rds:resourcetag/", "on resources"),
    ("oss:buckettag/", "on buckets"),
    ("oss:existingobjecttag/", "on objects"),
    ("oss:requestobjecttag/", "for requests"),
    ("acs:requesttag/", "for requests"),
    ("ram:resourcetag/", "on resources"),
];

/// A condition on a tag.
struct Tagged {
    /// What has the tag, as in [`TAGS`].
    things: &'static str,
    /// The beginning of the key, before the tag.
    start: &'static str,
    sign: &'static str,
    negated: bool,
    ignoring_case: bool,
}

impl Tagged {
    fn of(condition: &Condition, operator: Operator, key: &str) -> Option<Self> {
        let (start, things) = TAGS.iter().find(|(start, _)| key.starts_with(start))?;
        let sign = match operator.test {
            Test::Text(_) => "=",
            Test::Like => "like",
            _ => return None,
        };
        // Tags come from people: `True` beside `true` is why the operator without case is used, and
        // for a value that reads the same in both it needs no word.
        let ignoring_case = operator.test == Test::Text(Case::Fold)
            && condition.values.iter().any(|value| !value.value.eq_ignore_ascii_case("true"));
        Some(Self { things, start, sign, negated: operator.negated, ignoring_case })
    }

    /// What has it, the tag, the sign, the values, and whether case is ignored.
    fn words(&self, language: Language, condition: &Condition) -> [String; 5] {
        // The starts are ASCII, and folding keeps the count of characters.
        let tag: String = condition.key.value.chars().skip(self.start.len()).collect();
        let ignoring = if self.ignoring_case { say(language, " (ignoring case)") } else { "" };
        [
            say(language, self.things).to_owned(),
            visible(&tag),
            say(language, self.sign).to_owned(),
            listed(language, condition),
            ignoring.to_owned(),
        ]
    }
}

/// The values of a condition without quotation marks: `a, b or c`.
fn listed(language: Language, condition: &Condition) -> String {
    list(language, &condition.values, false, "or")
}

/// The condition as a phrase: `ram:ServiceName equals "x" or "y"`.
pub fn phrase(language: Language, condition: &Condition) -> String {
    let key = visible(&condition.key.value);
    let Some(operator) = Operator::parse(&condition.operator.value) else {
        let name = visible(&condition.operator.value);
        let values = list(language, &condition.values, true, "or");
        return said(
            language,
            "{} holds for {} and {} (an unknown operator)",
            &[&name, &key, &values],
        );
    };
    let subject = match operator.quantifier {
        Quantifier::Plain => key,
        Quantifier::Any => said(language, "some value of {}", &[&key]),
        Quantifier::All => said(language, "every value of {}", &[&key]),
    };
    let exists = if operator.if_exists { say(language, ", or the key is absent") } else { "" };
    fill("{} {}{}", &[&subject, &predicate(language, operator, &condition.values), exists])
}

/// The verb and the values.
fn predicate(language: Language, operator: Operator, values: &[Spanned]) -> String {
    if values.is_empty() {
        let outcome = if operator.negated {
            say(language, "is compared with an empty list (always true)")
        } else {
            say(language, "is compared with an empty list (never true)")
        };
        return outcome.to_owned();
    }
    if operator.test == Test::Absence {
        return absence(language, values);
    }
    let quoted = matches!(operator.test, Test::Text(_) | Test::Like);
    let words = if operator.negated {
        let [not, neither, none] = negative(operator.test);
        match values {
            [one, other] => {
                let [one, other] = [one, other].map(|value| shown(&value.value, quoted));
                said(language, neither, &[&one, &other])
            }
            [_] => said(language, not, &[&list(language, values, quoted, "or")]),
            _ => said(language, none, &[&list(language, values, quoted, "and")]),
        }
    } else {
        said(language, positive(operator.test), &[&list(language, values, quoted, "or")])
    };
    let fold = operator.test == Test::Text(Case::Fold);
    if fold { format!("{words}{}", say(language, " (ignoring case)")) } else { words }
}

/// How the key stands to the values.
const fn positive(test: Test) -> &'static str {
    match test {
        Test::Text(_) => "equals {}",
        Test::Like => "matches {}",
        Test::Address => "is in {}",
        Test::Bool
        | Test::Absence
        | Test::Number(Comparison::Equal)
        | Test::Date(Comparison::Equal) => "is {}",
        Test::Number(Comparison::Less) => "is less than {}",
        Test::Number(Comparison::AtMost) => "is at most {}",
        Test::Number(Comparison::Greater) => "is greater than {}",
        Test::Number(Comparison::AtLeast) => "is at least {}",
        Test::Date(Comparison::Less) => "is before {}",
        Test::Date(Comparison::AtMost) => "is at or before {}",
        Test::Date(Comparison::Greater) => "is after {}",
        Test::Date(Comparison::AtLeast) => "is at or after {}",
    }
}

/// The opposite for one value, for two, for more; there is none of the comparisons by size.
const fn negative(test: Test) -> [&'static str; 3] {
    match test {
        Test::Text(_) => ["does not equal {}", "equals neither {} nor {}", "equals none of {}"],
        Test::Like => ["does not match {}", "matches neither {} nor {}", "matches none of {}"],
        Test::Address => ["is not in {}", "is in neither {} nor {}", "is in none of {}"],
        Test::Bool | Test::Absence | Test::Number(_) | Test::Date(_) => {
            ["is not {}", "is neither {} nor {}", "is none of {}"]
        }
    }
}

/// `Null` says whether the key is there.
fn absence(language: Language, values: &[Spanned]) -> String {
    let says = |word: &str| values.iter().any(|v| v.value.trim().eq_ignore_ascii_case(word));
    match (says("true"), says("false")) {
        (true, true) => say(language, "is absent or present").to_owned(),
        (true, false) => say(language, "is absent").to_owned(),
        (false, true) => say(language, "is present").to_owned(),
        (false, false) => said(language, "is absent: {}", &[&list(language, values, true, "or")]),
    }
}

fn list(language: Language, values: &[Spanned], quoted: bool, word: &str) -> String {
    let items = first(language, values, MOST_VALUES, |value| shown(&value.value, quoted));
    join(language, &items, word)
}

fn shown(value: &str, quoted: bool) -> String {
    let value = visible(value);
    if quoted { format!("\"{value}\"") } else { value }
}

#[cfg(test)]
mod tests;
