//! How sure a fact is: the words of catalogue files and of the screen.

use std::collections::BTreeSet;

use super::load::is_stdin;
use super::model::{AttachedPolicy, Fact, Policy, Role, Standing, Text, Wholeness};
use super::{actions, commands, known};
use crate::policy::findings::Origin;
use crate::policy::summary::{GrantedAction, Summary, means_service};
use crate::say::{Language, Saying, said, say, saying};

impl Standing {
    /// Reads the word of a catalogue file: `published v10`, `documented`, `name rule` and so on.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim();
        if let Some(rest) = word.strip_prefix("published") {
            let part = rest.strip_suffix(", in part");
            let version = match part.unwrap_or(rest) {
                "" => None,
                version => {
                    let version = version.strip_prefix(' ')?.trim();
                    let digits = version.strip_prefix('v')?;
                    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
                        return None;
                    }
                    Some(version.to_owned())
                }
            };
            return Some(match part {
                Some(_) => Self::PublishedInPart(version),
                None => Self::Published(version),
            });
        }
        Some(match word {
            "documented" => Self::Documented,
            "implied" => Self::Implied,
            "derived" => Self::Derived,
            "reconstructed" => Self::Reconstructed,
            "name rule" => Self::NameRule,
            "observed" => Self::Observed,
            _ => return None,
        })
    }

    /// Does a page say it in full, or was it read from an account or file?
    pub const fn is_said(&self) -> bool {
        matches!(self, Self::Published(_) | Self::Documented | Self::Observed)
    }

    /// The word on the screen, such as `published v10`.
    pub fn words(&self) -> Text {
        match self {
            Self::Published(Some(version)) => {
                Text::new(format!("published {version}"), format!("已发布 {version}"))
            }
            Self::Published(None) => Text::new("published", "已发布"),
            Self::PublishedInPart(Some(version)) => Text::new(
                format!("published {version}, in part"),
                format!("已发布 {version}，仅部分"),
            ),
            Self::PublishedInPart(None) => Text::new("published, in part", "已发布，仅部分"),
            Self::Documented => Text::new("documented", "文档说明"),
            Self::Implied => Text::new("implied", "推断"),
            Self::Derived => Text::new("derived", "由策略得出"),
            Self::Reconstructed => Text::new("reconstructed", "重建"),
            Self::NameRule => Text::new("name rule", "按名称推断"),
            Self::Observed => Text::new("observed", "读自账号或文件"),
        }
    }

    /// What the word means, in a sentence.
    pub fn meaning(&self) -> Text {
        match self {
            Self::Published(_) => Text::new(
                "The text of the official policy page or product page.",
                "取自官方策略页面或产品页面的文本。",
            ),
            Self::PublishedInPart(_) => Text::new(
                "A part of it is the text of the official page; the rest comes from elsewhere.",
                "其中一部分取自官方页面的文本，其余来自别处。",
            ),
            Self::Documented => {
                Text::new("Said in prose on an official page.", "官方页面的文字说明。")
            }
            Self::Implied => Text::new(
                "Follows from a documented purpose or trigger, but is not said.",
                "由文档写明的用途或触发条件推断，并未明说。",
            ),
            Self::Derived => {
                Text::new("Worked out from the published policy.", "由已发布的策略得出。")
            }
            Self::Reconstructed => Text::new(
                "Written to match documented prose; the true text was not obtained.",
                "按文档说明写成，未取得原文。",
            ),
            Self::NameRule => Text::new(
                "Guessed from the name of an action or a role; no page says it.",
                "根据操作或角色的名称猜测，没有页面说明。",
            ),
            Self::Observed => {
                Text::new("Read from your own account or file.", "读自您自己的账号或文件。")
            }
        }
    }
}

impl Fact<Text> {
    /// The text with its standing before the last stop, where no page says it in full: `Reads streams (derived).`
    pub fn told(&self, language: Language) -> String {
        let text = self.value.get(language);
        if self.standing.is_said() {
            return text.to_owned();
        }
        let bare = text.trim_end_matches(['.', '。']);
        let stop = text.get(bare.len()..).unwrap_or_default();
        let words = self.standing.words();
        said(language, "{} ({})", &[bare, words.get(language)]) + stop
    }
}

impl Policy {
    /// The version of its text, such as `v10`, where the page or the file that it was read from names one.
    pub fn version(&self) -> Option<&str> {
        match (&self.standing, self.attached.as_slice()) {
            (Standing::Published(version), _) => version.as_deref(),
            (_, [only]) => only.version.as_deref(),
            _ => None,
        }
    }

    /// The standing of the document with what it lacks: `published v10, incomplete`.
    pub fn standing_words(&self) -> Text {
        let words = self.standing.words();
        match self.whole {
            Wholeness::Whole => words,
            Wholeness::Incomplete(_) => {
                Text::new(format!("{}, incomplete", words.en), format!("{}，不完整", words.zh))
            }
            Wholeness::PartlyReconstructed(_) => Text::new(
                format!("{}, partly reconstructed", words.en),
                format!("{}，部分重建", words.zh),
            ),
        }
    }

    /// How sure the text of a statement is, from 0: its own standing, else that of the document.
    pub fn standing_of(&self, statement: usize) -> &Standing {
        self.statements.get(statement).map_or(&self.standing, |fact| &fact.standing)
    }

    /// The standing of a statement, from 0, where no page says its text.
    pub fn unsure_statement(&self, statement: usize) -> Option<&Standing> {
        Some(self.standing_of(statement)).filter(|standing| !standing.is_said())
    }

    /// May the text of a statement be written by us to match documented prose?
    pub fn has_guesses(&self) -> bool {
        let own = self.statements.iter().map(|fact| &fact.standing);
        own.chain([&self.standing]).any(|standing| *standing == Standing::Reconstructed)
    }

    /// Is the text of a statement, from 0, written by us to match documented prose?
    fn is_reconstructed(&self, statement: usize) -> bool {
        *self.standing_of(statement) == Standing::Reconstructed
    }

    /// Does all that a summary says of this action rest on statements that are reconstructed?
    pub fn rests_on_guess(&self, action: &GrantedAction) -> bool {
        let mut grants = action.grants.iter();
        !action.grants.is_empty() && grants.all(|grant| self.is_reconstructed(grant.statement))
    }

    /// Is it the whole text, and all of it said by a page or read from an account?
    pub fn is_sure(&self) -> bool {
        self.whole == Wholeness::Whole
            && self.standing.is_said()
            && self.statements.iter().all(|fact| fact.standing.is_said())
    }

    /// What is missing or reconstructed, where the document is not whole.
    pub fn warning(&self) -> Option<&Text> {
        match &self.whole {
            Wholeness::Whole => None,
            Wholeness::Incomplete(missing) => Some(&missing.what),
            Wholeness::PartlyReconstructed(text) => Some(text),
        }
    }

    /// Actions that a missing part of the document is known to name; whether it grants them on a resource is not known.
    pub fn missing_actions(&self) -> &[String] {
        match &self.whole {
            Wholeness::Incomplete(missing) => &missing.actions,
            Wholeness::Whole | Wholeness::PartlyReconstructed(_) => &[],
        }
    }

    /// Those of them that belong to a service, by its code in any case.
    pub fn missing_of<'a>(&'a self, service: &'a str) -> impl Iterator<Item = &'a str> {
        let actions = self.missing_actions().iter().map(String::as_str);
        actions.filter(move |action| actions::code(action).eq_ignore_ascii_case(service))
    }

    /// The codes of the services that they belong to, each once.
    pub fn missing_codes(&self) -> BTreeSet<&str> {
        self.missing_actions().iter().map(|action| actions::code(action)).collect()
    }

    /// Where its text is from: a page or a file; None where nobody says.
    pub fn source_words(&self, language: Language) -> Option<&str> {
        let page = self.page.as_deref()?;
        Some(if is_stdin(page) { say(language, "standard input") } else { page })
    }

    /// Whole policies of an account that were not read and belong to this text.
    pub fn unread_policies(&self) -> &[AttachedPolicy] {
        match &self.whole {
            Wholeness::Incomplete(missing) => &missing.policies,
            Wholeness::Whole | Wholeness::PartlyReconstructed(_) => &[],
        }
    }

    /// Can RAM be asked for the text?
    pub fn is_fetched(&self) -> bool {
        let system = matches!(self.origin, Origin::ServiceLinkedRole | Origin::System);
        !self.attached.is_empty() || system && self.name != Self::NONE
    }

    /// The command that fetches the true text: one for each policy of an account, of those that were not read if there
    /// are any.
    pub fn fetch_command(&self) -> String {
        let unread = self.unread_policies();
        let named = if unread.is_empty() { self.attached.as_slice() } else { unread };
        if named.is_empty() {
            return commands::policy(&self.name);
        }
        let commands = named.iter().map(|policy| commands::policy_of(&policy.kind, &policy.name));
        commands.collect::<Vec<_>>().join("; ")
    }
}

impl Role {
    /// The command that tells more where its policy is not here: the one that gets it, else the one that lists the
    /// policies of the role. Is it the first?
    pub fn policy_command(&self) -> (String, bool) {
        let known = known::of_name(&self.name).and_then(|known| known.policy);
        known.map_or_else(
            || (commands::policies(&self.name), false),
            |policy| (commands::policy(policy), true),
        )
    }

    /// That its policy is not here and how to get it, in sentences; the role by this name.
    pub fn no_policy(&self, name: &str) -> Saying {
        let (command, gets) = self.policy_command();
        let absent = if self.product.is_own() {
            saying("No file that was read has a policy of {}.")
        } else {
            saying("The policy of {} is not in the catalogue.")
        };
        let how =
            if gets { saying("{} To get it: {}") } else { saying("{} To see which it has: {}") };
        how.of(absent.with(name)).with(command)
    }

    /// The codes of services that only a missing part of its policy is known to name; `summary` is of the other parts.
    pub fn only_missing(&self, summary: &Summary) -> Vec<&str> {
        let touched = summary.services.iter().filter(|service| service.is_touched());
        self.missing_beside(&touched.map(|service| &*service.code).collect::<Vec<&str>>())
    }

    /// The same beside services whose codes are known.
    pub fn missing_beside(&self, touched: &[&str]) -> Vec<&str> {
        let means = |code: &str| touched.iter().any(|touched| means_service(touched, code));
        let codes = self.policy.iter().flat_map(Policy::missing_codes);
        codes.filter(|code| !means(code)).collect()
    }

    /// Is its policy a version that is not in force?
    pub fn is_superseded(&self) -> bool {
        self.policy.as_ref().is_some_and(|policy| policy.superseded)
    }

    /// Is the text of its policy known not to be the whole true one?
    pub fn is_partial(&self) -> bool {
        self.policy.as_ref().is_some_and(|policy| policy.warning().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_files_are_read_back() {
        for word in [
            "published",
            "published v10",
            "published, in part",
            "published v10, in part",
            "documented",
            "implied",
            "derived",
            "reconstructed",
            "name rule",
            "observed",
        ] {
            let standing = Standing::parse(word);
            assert_eq!(
                standing.as_ref().map_or("", |standing| match standing {
                    Standing::Observed => "observed",
                    _ => word,
                }),
                word
            );
            assert_eq!(standing.map(|standing| standing.words().en).as_deref(), Some(word));
        }
        assert_eq!(Standing::parse("sure"), None);
    }
}
