//! One statement: effect, actions, resources, principals, conditions.

use super::{Reader, is_near, template};
use crate::policy::document::{Clause, Condition, Effect, Principal, PrincipalKind, Statement};
use crate::policy::json::{Member, Node};
use crate::policy::oddity::OddityKind;
use crate::policy::operator::Operator;
use crate::policy::placeholder::{self, is_filled_in};
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
    /// Reads a statement. What is no object, or is filled in later, becomes one of which nothing is known: dropping it
    /// could drop a Deny, and the others keep their numbers.
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
        if template::name(node).is_some() {
            self.text("Statement", node);
            return Statement::unread(node.span());
        }
        let Some(members) = node.as_object() else {
            self.tell(OddityKind::NotAStatement(node.word()), node.span());
            return Statement::unread(node.span());
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
        let (mut label, mut others) = (None, Vec::new());
        for member in &members {
            match member.key.as_ref() {
                "Sid" => {
                    label = Some(member.span());
                    statement.sid = self.text("Sid", &member.value);
                }
                "Effect" => self.effect(member, &mut statement),
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
                _ => {
                    self.unknown(member, &ELEMENTS);
                    others.push(*member);
                }
            }
        }
        for member in others {
            self.other(member, &mut statement);
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
        if statement.effect == Effect::Unknown {
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

    /// An element under a name that the grammar does not have, if it may be one of the others. One that is missing is
    /// read from it; in either case the statement may hold or not.
    fn other(&mut self, member: &Member<'_>, statement: &mut Statement) {
        let key = member.key.as_ref();
        let filled_in = is_filled_in(key);
        let Some(right) = resembling(key).or(filled_in.then_some("")) else { return };
        let none = statement.resource.is_none() && statement.principal.is_none();
        let missing = match right {
            "Effect" => statement.effect == Effect::Unknown,
            "Action" | "NotAction" => statement.action.is_none(),
            "Resource" | "NotResource" => none,
            _ => false,
        };
        let unknown = |clause: &mut Option<Clause>| {
            if let Some(clause) = clause {
                clause.unknown = true;
            }
        };
        match right {
            "Effect" if missing => self.effect(member, statement),
            "Effect" => statement.effect = Effect::Open,
            "Action" | "NotAction" if missing => {
                statement.action = Some(self.clause(member, right == "NotAction"));
            }
            "Action" | "NotAction" => unknown(&mut statement.action),
            "Resource" | "NotResource" if missing => {
                statement.resource = Some(self.clause(member, right == "NotResource"));
            }
            "Resource" | "NotResource" => unknown(&mut statement.resource),
            "Principal" | "NotPrincipal" => {
                if let Some(principal) = &mut statement.principal {
                    principal.unknown = true;
                }
            }
            _ => {}
        }
        // A name that is filled in may be any of them.
        if right.is_empty() {
            let span = member.span();
            let open = || Some(Clause { negated: false, values: Vec::new(), unknown: true, span });
            if statement.effect == Effect::Unknown {
                statement.effect = Effect::Open;
            } else if statement.action.is_none() {
                statement.action = open();
            } else if none {
                statement.resource = open();
            } else {
                unknown(&mut statement.action);
                unknown(&mut statement.resource);
            }
        }
        let counts_as = missing.then_some(right);
        let written = Spanned::new(key, member.key_span());
        statement.conditions.push(Condition::open(written, counts_as, member.span()));
    }

    /// `Effect`. One that is Allow or Deny but for its case, a slip or the list around it is read as that and may not
    /// count; any other is open.
    fn effect(&mut self, member: &Member<'_>, statement: &mut Statement) {
        let node = &member.value;
        let expression = template::name(node).and_then(|_| self.text("Effect", node));
        let alone = match node.as_array() {
            Some([one]) => one.as_str(),
            _ => node.as_str(),
        };
        let plain = expression.as_ref().map_or_else(|| node.as_str(), |text| Some(&*text.value));
        statement.effect = match plain {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ if expression.is_some() => Effect::Open,
            other => {
                let odd = other.map_or_else(
                    || OddityKind::EffectOfType(node.word()),
                    |text| OddityKind::UnknownEffect(format!("\"{text}\"")),
                );
                if other.is_none_or(|text| placeholder::placeholder(text).is_none()) {
                    self.tell(odd, member.span());
                }
                let meant = |word: &&str| alone.is_some_and(|text| is_near(word, text.trim()));
                let Some(meant) = ["Allow", "Deny"].into_iter().find(meant) else {
                    statement.effect = Effect::Open;
                    return;
                };
                let written = Spanned::new(alone.unwrap_or_default(), node.span());
                statement.conditions.push(Condition::open(written, Some(meant), member.span()));
                if meant == "Deny" { Effect::Deny } else { Effect::Allow }
            }
        };
    }

    fn clause(&mut self, member: &Member<'_>, negated: bool) -> Clause {
        let (values, unknown) = self.texts(&member.key, negated, &member.value);
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
                let (values, more) = self.texts(&entry.key, false, &entry.value);
                unknown |= more;
                members.extend(values.into_iter().map(|value| (kind.clone(), value)));
            }
        } else if negated || !member.value.as_array().is_some_and(<[_]>::is_empty) {
            let (values, more) = self.texts(&member.key, negated, &member.value);
            unknown = more;
            members.extend(values.into_iter().map(|value| (PrincipalKind::Bare, value)));
        }
        Principal { negated, members, unknown, span: member.span() }
    }

    /// The conditions, flat. What cannot be read, or is filled in later, becomes a condition that is open: dropping it
    /// would widen the grant.
    fn conditions(&mut self, member: &Member<'_>) -> Vec<Condition> {
        let Some(blocks) = self.block(&member.key, &member.value) else {
            let name = Self::written("", &member.value);
            return vec![Condition::open(name, None, member.span())];
        };
        if blocks.is_empty() {
            self.tell(OddityKind::EmptyCondition, member.span());
        }
        let mut conditions = Vec::new();
        for block in self.last_of_each(blocks) {
            let operator = Spanned::new(block.key.as_ref(), block.key_span());
            let Some(keys) = self.block(&block.key, &block.value) else {
                let name = Self::written(&block.key, &block.value);
                conditions.push(Condition::open(name, None, block.span()));
                continue;
            };
            if is_filled_in(&block.key) {
                conditions.push(Condition::open(operator, None, block.span()));
                continue;
            }
            if keys.is_empty() {
                self.tell(OddityKind::EmptyCondition, block.span());
            }
            for entry in self.last_of_each(keys) {
                let negated = Operator::parse(&block.key).is_some_and(|operator| operator.negated);
                let (values, unknown) = self.texts(&entry.key, negated, &entry.value);
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

    /// The members of an object of operators or keys. Tells where something else is.
    fn block<'n, 'a>(&mut self, name: &str, node: &'n Node<'a>) -> Option<&'n [Member<'a>]> {
        if template::name(node).is_some() {
            self.text(name, node);
            return None;
        }
        if node.as_object().is_none() {
            self.tell(OddityKind::NotABlock(name.to_owned(), node.word()), node.span());
        }
        node.as_object()
    }

    /// The name of what is there instead of a block: that of an expression, or else that of the operator.
    fn written(operator: &str, node: &Node<'_>) -> Spanned {
        let expression = template::name(node).map(|_| template::text(node));
        Spanned::new(expression.unwrap_or_else(|| operator.to_owned()), node.span())
    }
}

/// The element, other than `Sid`, that a name outside the grammar differs from by its case or a slip.
pub(super) fn resembling(key: &str) -> Option<&'static str> {
    ELEMENTS.into_iter().filter(|name| *name != "Sid").find(|name| is_near(name, key))
}

/// The place of a `Principal` that is an empty list.
fn empty_list(members: &[&Member<'_>]) -> Option<Span> {
    let principal = members.iter().find(|member| member.key == "Principal")?;
    let empty = principal.value.as_array().is_some_and(<[_]>::is_empty);
    empty.then(|| principal.value.span())
}
