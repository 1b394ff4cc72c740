//! Where in the policy document rows come from: looked up when it is asked for. Of a large policy an action has hundreds
//! of places, and every row above it has them too.

use super::{Row, RowKind};
use crate::policy::source::Span;
use crate::policy::summary::{GrantedAction, Summary};

/// Where in the policy document a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It does not come from there.
    Nowhere,
    /// One place.
    At(Span),
    /// Where an action of the summary stands.
    Action(ActionAt),
    /// Where the actions stand that the row is above of.
    OfActionsBelow,
}

/// An action of a summary, by indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionAt {
    /// Among the services.
    pub(super) service: usize,
    pub(super) group: Group,
    /// Among the actions of the group.
    pub(super) action: usize,
}

/// The actions of a service that stand under one head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Those of a level, by its index.
    Level(usize),
    Denied,
    /// Those of other services on its resources.
    Through,
}

impl ActionAt {
    fn find(self, summary: &Summary) -> Option<&GrantedAction> {
        let service = summary.services.get(self.service)?;
        let actions = match self.group {
            Group::Level(level) => &service.levels.get(level)?.actions,
            Group::Denied => &service.denied,
            Group::Through => &service.through_resources,
        };
        actions.get(self.action)
    }

    fn spans(self, summary: &Summary) -> impl Iterator<Item = Span> {
        self.find(summary).into_iter().flat_map(|action| {
            let grants = action.grants.iter().map(|grant| grant.span);
            grants.chain(action.overruled.map(|denied| denied.span))
        })
    }
}

/// The places of a row of `rows` in the policy document, in the order of the rows; `summary` is what they were made of.
pub fn spans(rows: &[Row], at: usize, summary: &Summary) -> Vec<Span> {
    let Some(row) = rows.get(at) else { return Vec::new() };
    match row.place {
        Place::Nowhere => Vec::new(),
        Place::At(span) => vec![span],
        Place::Action(action) => action.spans(summary).collect(),
        Place::OfActionsBelow => {
            let below = rows.get(at + 1..).unwrap_or_default();
            let mut spans = Vec::new();
            for place in below_of(&row.kind, below) {
                match place {
                    Place::Nowhere | Place::OfActionsBelow => {}
                    Place::At(span) => spans.push(span),
                    Place::Action(action) => spans.extend(action.spans(summary)),
                }
            }
            spans
        }
    }
}

/// Where the rows stand that a row is above of, among those that follow it.
fn below_of<'a>(head: &RowKind, rows: &'a [Row]) -> impl Iterator<Item = Place> + 'a {
    let rank = rank(head);
    let is_limit = |kind: &RowKind| matches!(kind, RowKind::Limit { .. });
    let of_limit = is_limit(head);
    // The other lines of the same limit come before its actions.
    let rows = rows.iter().skip_while(move |row| of_limit && is_limit(&row.kind));
    rows.take_while(move |row| row.service.is_some() && self::rank(&row.kind) > rank)
        .map(|row| row.place)
}

/// How far down in the tree of a service a row stands.
const fn rank(kind: &RowKind) -> u8 {
    match kind {
        RowKind::Service { .. } => 0,
        RowKind::Level { .. } | RowKind::Denied { .. } | RowKind::Through(_) => 1,
        // An action without a limit is below of none that stands above it.
        RowKind::Limit { .. } | RowKind::Action { limited: false, .. } => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Words, permissions};
    use super::*;
    use crate::catalog::Catalog;
    use crate::policy::source::Source;
    use crate::policy::summary::summarize;
    use crate::say::Language;

    const POLICY: &str = r#"{"Version": "1", "Statement": [
        {"Effect": "Allow", "Action": ["kms:Encrypt", "kms:CreateKey"], "Resource": "acs:kms:*:*:key/1"},
        {"Effect": "Allow", "Action": ["kms:ListKeys", "kms:Decrypt"], "Resource": "*"},
        {"Effect": "Allow", "Action": ["kms:encrypt", "ecs:CreateInstance"], "Resource": "acs:kms:*:*:key/2"},
        {"Effect": "Deny", "Action": "kms:DeleteAlias", "Resource": "*"},
        {"Effect": "Allow", "Action": "kms:ListAliases", "Resource": []}
    ]}"#;

    #[test]
    fn rows_above_actions_stand_where_these_do() {
        let catalog = Catalog::builtin().unwrap();
        let source: Source = POLICY.into();
        let read = crate::policy::read::document(&source).unwrap();
        let summary = summarize(&read.document, &catalog);
        let name = |code: &str| code.to_owned();
        let words = Words { language: Language::English, name: &name, guess: &|_| false };
        let mut rows = Vec::new();
        permissions(&mut rows, &summary, 60, &words);
        let places = |at| {
            let spans = spans(&rows, at, &summary).into_iter();
            let texts: Vec<&str> =
                spans.filter_map(|span| POLICY.get(span.start..span.end)).collect();
            texts.join(" ").replace('"', "")
        };
        let told: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let kind = match &row.kind {
                    RowKind::Service { code, .. } => code.clone(),
                    RowKind::Level { level, .. } => format!(" {}", level.word()),
                    RowKind::Denied { .. } => " denied".to_owned(),
                    RowKind::Through(_) => " through".to_owned(),
                    RowKind::Limit { text, .. } => format!("  {text}"),
                    RowKind::Action { name, .. } => format!("   {name}"),
                    RowKind::Warning(text) => text.clone(),
                    other => panic!("{other:?}"),
                };
                format!("{kind} | {} | {}", row.statement.map_or(0, |at| at + 1), places(at))
            })
            .collect();
        let idle = "{Effect: Allow, Action: kms:ListAliases, Resource: []}";
        let expected = [
            "kms | 1 | kms:Encrypt kms:encrypt kms:ListKeys kms:Decrypt kms:CreateKey kms:DeleteAlias \
             ecs:CreateInstance",
            " read | 1 | kms:Encrypt kms:encrypt kms:ListKeys kms:Decrypt",
            "  on acs:kms:*:*:key/1, acs:kms:*:*:key/2 | 1 | kms:Encrypt kms:encrypt",
            "   Encrypt | 1 | kms:Encrypt kms:encrypt",
            "   ListKeys | 2 | kms:ListKeys",
            "   Decrypt | 2 | kms:Decrypt",
            " write | 1 | kms:CreateKey",
            "  on acs:kms:*:*:key/1 | 1 | kms:CreateKey",
            "   CreateKey | 1 | kms:CreateKey",
            " denied | 4 | kms:DeleteAlias",
            "   DeleteAlias | 4 | kms:DeleteAlias",
            " through | 3 | ecs:CreateInstance",
            "   ecs:CreateInstance | 3 | ecs:CreateInstance",
            "ecs | 3 | ecs:CreateInstance",
            " write | 3 | ecs:CreateInstance",
            "  on acs:kms:*:*:key/2 | 3 | ecs:CreateInstance",
            "   CreateInstance | 3 | ecs:CreateInstance",
            &format!("Statement 5 (kms:ListAliases) is on no resource: it | 5 | {idle}"),
            &format!("matches nothing. | 5 | {idle}"),
        ];
        assert_eq!(told.join("\n"), expected.join("\n"));
    }
}
