//! One statement: effect, actions, resources, principals, conditions.

use super::{Reader, template};
use crate::policy::document::{Clause, Condition, Effect, Principal, PrincipalKind, Statement};
use crate::policy::json::{Kind, Member, Node};
use crate::policy::oddity::OddityKind;
use crate::policy::source::{Span, Spanned};

/// The elements of a statement.
const ELEMENTS: [&str; 9] = [
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
    "Sid",
];

impl Reader {
    /// Reads a statement. What is no object becomes a statement that matches nothing, so that the others
    /// keep their numbers.
    pub(super) fn statement(&mut self, node: &Node<'_>) -> Statement {
        let mut statement = Statement {
            span: node.span(),
            sid: None,
            effect: Effect::Unknown,
            action: None,
            resource: None,
            principal: None,
            conditions: Vec::new(),
        };
        let Some(members) = node.as_object() else {
            self.tell(OddityKind::NotAStatement(node.word()), node.span());
            return statement;
        };
        let members = self.last_of_each(members);
        let has = |name: &str| members.iter().any(|member| member.key == name);
        for (used, unused) in
            [("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal")]
        {
            if has(used) && has(unused) {
                self.tell(OddityKind::Both(used, unused), node.span());
            }
        }
        let mut label = None;
        for member in &members {
            match member.key.as_ref() {
                "Sid" => {
                    label = Some(member.span());
                    statement.sid = self.text("Sid", &member.value);
                }
                "Effect" => statement.effect = self.effect(member),
                "Action" => statement.action = Some(self.clause(member, false)),
                "NotAction" if !has("Action") => {
                    statement.action = Some(self.clause(member, true));
                }
                "Resource" => statement.resource = Some(self.clause(member, false)),
                "NotResource" if !has("Resource") => {
                    self.tell(OddityKind::Negated("NotResource"), member.span());
                    statement.resource = Some(self.clause(member, true));
                }
                "Principal" => statement.principal = Some(self.principal(member, false)),
                "NotPrincipal" if !has("Principal") => {
                    self.tell(OddityKind::Negated("NotPrincipal"), member.span());
                    statement.principal = Some(self.principal(member, true));
                }
                "Condition" => statement.conditions = self.conditions(member),
                "NotAction" | "NotResource" | "NotPrincipal" => {}
                _ => self.unknown(member, &ELEMENTS),
            }
        }
        if let Some(span) = label.filter(|_| !statement.is_of_key()) {
            self.tell(OddityKind::Label("Sid"), span);
        }
        if let Some(list) = empty_list(&members) {
            // "An empty list [ ] is equivalent to ["*"]": Object Storage Service on authorization syntax.
            let anyone = statement.is_of_bucket();
            match statement.principal.as_mut().filter(|_| anyone) {
                Some(principal) => {
                    principal.members.push((PrincipalKind::Bare, Spanned::new("*", list)));
                }
                None => self.tell(OddityKind::Empty("Principal".to_owned()), list),
            }
        }
        if !has("Effect") {
            self.tell(OddityKind::MissingEffect, node.span());
        }
        if statement.action.is_none() {
            self.tell(OddityKind::MissingAction, node.span());
        }
        if statement.resource.is_none() && statement.principal.is_none() {
            self.tell(OddityKind::NoTarget, node.span());
        }
        statement
    }

    fn effect(&mut self, member: &Member<'_>) -> Effect {
        match member.value.as_str() {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            None if template::name(&member.value).is_some() => {
                self.text("Effect", &member.value);
                Effect::Unknown
            }
            other => {
                let found = other
                    .map_or_else(|| member.value.word().to_owned(), |text| format!("\"{text}\""));
                self.tell(OddityKind::UnknownEffect(found), member.span());
                Effect::Unknown
            }
        }
    }

    fn clause(&mut self, member: &Member<'_>, negated: bool) -> Clause {
        let (values, unknown) = self.texts(&member.key, &member.value);
        for value in &values {
            if value.value.trim().is_empty() {
                self.tell(OddityKind::EmptyText(member.key.to_string()), value.span);
            }
        }
        Clause { negated, values, unknown, span: member.span() }
    }

    fn principal(&mut self, member: &Member<'_>, negated: bool) -> Principal {
        let mut members = Vec::new();
        let mut unknown = false;
        let kinds = member.value.as_object().filter(|_| template::name(&member.value).is_none());
        if let Some(kinds) = kinds {
            if kinds.is_empty() {
                self.tell(OddityKind::Empty(member.key.to_string()), member.span());
            }
            for entry in self.last_of_each(kinds) {
                let kind = match entry.key.as_ref() {
                    "Service" => PrincipalKind::Service,
                    "RAM" => PrincipalKind::Ram,
                    "Federated" => PrincipalKind::Federated,
                    other => {
                        let odd = OddityKind::UnknownPrincipal(other.to_owned());
                        self.tell(odd, entry.key_span());
                        PrincipalKind::Other(other.to_owned())
                    }
                };
                let (values, more) = self.texts(&entry.key, &entry.value);
                unknown |= more;
                members.extend(values.into_iter().map(|value| (kind.clone(), value)));
            }
        } else if negated || !member.value.as_array().is_some_and(<[_]>::is_empty) {
            let (values, more) = self.texts(&member.key, &member.value);
            unknown = more;
            members.extend(values.into_iter().map(|value| (PrincipalKind::Bare, value)));
        }
        Principal { negated, members, unknown, span: member.span() }
    }

    /// The conditions, flat. What cannot be read becomes a condition without key and values, which nothing
    /// meets: dropping it would widen the grant.
    fn conditions(&mut self, member: &Member<'_>) -> Vec<Condition> {
        let unmet = |operator: Spanned, span: Span| Condition {
            operator,
            key: Spanned::new("", Span::new(span.end, span.end)),
            values: Vec::new(),
            unknown: false,
            span,
        };
        let Some(blocks) = member.value.as_object() else {
            self.wrong_block(&member.key, &member.value);
            return vec![unmet(Spanned::new("", member.value.span()), member.span())];
        };
        if blocks.is_empty() {
            self.tell(OddityKind::EmptyCondition, member.span());
        }
        let mut conditions = Vec::new();
        for block in self.last_of_each(blocks) {
            let operator = Spanned::new(block.key.as_ref(), block.key_span());
            let Some(keys) = block.value.as_object() else {
                self.wrong_block(&block.key, &block.value);
                conditions.push(unmet(operator, block.span()));
                continue;
            };
            if keys.is_empty() {
                self.tell(OddityKind::EmptyCondition, block.span());
            }
            for entry in self.last_of_each(keys) {
                let (values, unknown) = self.texts(&entry.key, &entry.value);
                conditions.push(Condition {
                    operator: operator.clone(),
                    key: Spanned::new(entry.key.as_ref(), entry.key_span()),
                    values,
                    unknown,
                    span: entry.span(),
                });
            }
        }
        conditions
    }

    /// Tells of something else where an object of operators or keys belongs.
    fn wrong_block(&mut self, name: &str, node: &Node<'_>) {
        let found = match node.kind {
            Kind::Object(_) => return,
            _ => node.word(),
        };
        self.tell(OddityKind::NotABlock(name.to_owned(), found), node.span());
    }
}

/// The place of a `Principal` that is an empty list.
fn empty_list(members: &[&Member<'_>]) -> Option<Span> {
    let principal = members.iter().find(|member| member.key == "Principal")?;
    let empty = principal.value.as_array().is_some_and(<[_]>::is_empty);
    empty.then(|| principal.value.span())
}
