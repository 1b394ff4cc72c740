//! What an operator should know about a policy: each finding with its rule, its severity and its place.
//!
//! The rules are a table in [`rule`]; each file beside it looks for one family. Everything here is linear in the
//! document but for the tag rule, which is bounded.

mod absent;
mod buckets;
mod codes;
mod conditions;
mod grants;
mod keys;
mod members;
mod names;
mod never;
mod oss;
mod paths;
mod powers;
mod reach;
mod repeats;
pub mod rule;
mod shape;
mod slips;
mod tags;
mod trust;
mod words;

use crate::policy::explain::is_every_action;
use crate::policy::level::{self, AccessLevel};
pub use rule::{Named, Rule};
use words::{actions, is_open, limited, limited_by, list, listed, named, on, shown};

use std::collections::HashSet;

use super::document::{Clause, Condition, Document, Statement};
use super::idle::Idle;
use super::never::excluded;
use super::oddity::{Oddity, OddityKind, Weight};
use super::pattern::{self, Case};
use super::source::Span;
use super::summary::build::complement_hash;
use super::summary::denies::Denies;
use super::vocabulary::{Nothing, Vocabulary};
use crate::hash;
use crate::say::{Language, said, say};
use crate::sort;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Worth a look: it grants much, or may not do what it seems to.
    Warning,
    /// It does not work as it stands.
    Error,
}

impl Severity {
    /// The word for data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// One letter for lists.
    pub const fn letter(self) -> char {
        match self {
            Self::Note => 'N',
            Self::Warning => 'W',
            Self::Error => 'E',
        }
    }
}

/// Something that an operator should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule behind it.
    pub rule: Rule,
    /// How much it matters.
    pub severity: Severity,
    /// Index of the statement, from 0; None for the document as a whole.
    pub statement: Option<usize>,
    /// Where it stands in the source.
    pub span: Span,
    /// What was found, in a sentence; safe to print.
    pub message: String,
    /// What it means for the operator and what can be done; safe to print.
    pub advice: String,
}

/// Whose policy it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Not known, such as a file.
    #[default]
    Unknown,
    /// A policy of the customer.
    Custom,
    /// A policy of the cloud for users.
    System,
    /// The permission policy of a service-linked role.
    ServiceLinkedRole,
}

/// What is known besides the document.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What is known of actions and services.
    pub vocabulary: &'a dyn Vocabulary,
    /// The text of the document, for its length.
    pub source: Option<&'a str>,
    /// The trust policy of the role that has the policy.
    pub trust: Option<&'a Document>,
    /// The service name of the role as the catalogue has it.
    pub service_name: Option<&'a str>,
    /// Whose policy it is.
    pub origin: Origin,
    /// The language of messages and advice.
    pub language: Language,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self {
            vocabulary: &Nothing,
            source: None,
            trust: None,
            service_name: None,
            origin: Origin::Unknown,
            language: Language::English,
        }
    }
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("service_name", &self.service_name)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

/// More findings than this help nobody.
pub const MOST: usize = 1_000;

/// Characters that a custom policy may have (RAM's page on limits).
const LONGEST: usize = 6_144;

/// What there is to say about a document, in the order of the source; at most [`MOST`], the gravest kept.
///
/// What repeats is told once, so that notes do not hide warnings: a label that the grammar does not have once a
/// document, with its count; the services of which every action is allowed once a statement.
pub fn findings<'d>(
    document: &'d Document,
    oddities: &[Oddity],
    context: &Context<'d>,
) -> Vec<Finding> {
    match inside(document) {
        Some(document) => of_statements(&document, oddities, context),
        None => of_statements(document, oddities, context),
    }
}

/// The document without what stands beside its statements, which may limit nothing: a grant is told of in full. None
/// where there is nothing of the kind.
fn inside(document: &Document) -> Option<Document> {
    let is_beside = |statement: &Statement, condition: &Condition| {
        let (whole, one) = (statement.span, condition.span);
        condition.is_unreadable() && (one.end <= whole.start || whole.end <= one.start)
    };
    // It was put with every statement.
    let first = document.statements.first()?;
    if !first.conditions.iter().any(|condition| is_beside(first, condition)) {
        return None;
    }
    let mut document = document.clone();
    for statement in &mut document.statements {
        let mut kept = std::mem::take(&mut statement.conditions);
        kept.retain(|condition| !is_beside(statement, condition));
        statement.conditions = kept;
    }
    Some(document)
}

fn of_statements<'d>(
    document: &'d Document,
    oddities: &[Oddity],
    context: &Context<'d>,
) -> Vec<Finding> {
    let mut found = Found {
        findings: Vec::new(),
        origin: context.origin,
        language: context.language,
        unfilled: oddities.iter().filter(|odd| odd.is_unfilled()).map(|odd| odd.span).collect(),
        labels: Vec::new(),
        asked: slips::Asked::default(),
        quiet: hash::Set::default(),
        denies: Denies::of(document),
    };
    for (at, oddity) in oddities.iter().enumerate() {
        found.oddity(oddity, oddities.get(at..).unwrap_or_default());
    }
    too_long(document, context, &mut found);
    let mut never = hash::Set::default();
    for (index, statement) in document.statements.iter().enumerate() {
        if found.is_full() {
            break;
        }
        let excluded = excluded(statement);
        if excluded.is_some() {
            never.insert(index);
        }
        // What matches nothing grants and denies nothing, and the summary or a finding says so. The rest is told all the same, so that
        // who mends one slip is not surprised by the next.
        let idle = Idle::of(statement);
        if excluded.is_none() && idle.is_none() {
            grants::look(index, statement, context, &mut found);
            reach::look(index, statement, &mut found);
            oss::look(index, statement, document, &mut found);
            powers::look(index, statement, context, &mut found);
            trust::look(index, statement, document, &mut found);
        }
        names::look(index, statement, context, &mut found);
        conditions::look(index, statement, &mut found);
        absent::look(index, statement, &mut found);
        never::look(index, statement, (excluded, idle), &mut found);
        slips::linked(index, statement, context, &mut found);
    }
    if !found.is_full() {
        repeats::look(document, &mut found);
        tags::look(document, &never, &mut found);
        powers::whole(document, context, &mut found);
        paths::look(document, &never, context, &mut found);
    }
    found.done()
}

/// Is the action one that a rule speaks of by its name? There is no slip in it then.
pub fn knows_action(name: &str) -> bool {
    let mut known = powers::NAMES
        .into_iter()
        .chain(reach::names())
        .chain(paths::names())
        .chain(grants::RIGHTS.iter().flat_map(|(_, names)| names.iter().copied()))
        .chain(level::samples());
    known.any(|known| pattern::same(known, name, Case::Fold))
}

/// Collects findings.
struct Found<'d> {
    findings: Vec<Finding>,
    origin: Origin,
    language: Language,
    /// Where expressions of templates stand, which are told as oddities.
    unfilled: HashSet<Span>,
    /// Labels that the grammar does not have and that were told, each once a document.
    labels: Vec<&'static str>,
    /// Services whose names were held against the known ones.
    asked: slips::Asked<'d>,
    /// Names of actions of which there was nothing to tell.
    quiet: hash::Set<&'d str>,
    /// What the document denies as a whole.
    denies: Denies<'d>,
}

/// Where a finding stands.
#[derive(Clone, Copy)]
struct At {
    statement: Option<usize>,
    span: Span,
}

impl At {
    fn new(statement: usize, span: Span) -> Self {
        Self { statement: Some(statement), span }
    }
}

impl Found<'_> {
    /// Is all of an action or pattern denied, on every resource and without a condition? Then an Allow gives nothing away.
    fn denied(&mut self, action: &str) -> bool {
        self.denies.is_denied(action)
    }

    /// Is everything but some denied, so that what is left of a pattern hands out no rights? Then it is far from all that
    /// it says.
    fn leaves_no_rights(&mut self, pattern: &str, context: &Context<'_>) -> bool {
        let left = pattern::has_wildcard(pattern)
            .then(|| self.denies.most_left(pattern, context.vocabulary))
            .flatten();
        left.is_some_and(|(level, _)| level < AccessLevel::Permissions)
    }

    /// The same of every action but those that a clause lists.
    fn denied_but(&mut self, exceptions: &Clause) -> bool {
        !self.denies.is_empty()
            && self.denies.rest(exceptions, complement_hash(exceptions)).is_some()
    }

    /// Takes in an oddity; `rest` is it and those behind it.
    fn oddity(&mut self, oddity: &Oddity, rest: &[Oddity]) {
        let severity = match oddity.kind.weight() {
            Weight::Note => Severity::Note,
            Weight::Warning => Severity::Warning,
            Weight::Broken => Severity::Error,
        };
        let language = self.language;
        let at = At { statement: oddity.statement, span: oddity.span };
        if oddity.is_filled_by_itself() {
            let mut finding = Finding::new(
                Rule::Named(Named::Placeholder),
                Severity::Note,
                at.statement,
                at.span,
                oddity.sentence_in(language),
            );
            finding.advice.push_str(say(
                language,
                "Resource Orchestration Service puts the region or the account in by itself: nothing to do in a template.",
            ));
            self.keep(finding);
            return;
        }
        if oddity.is_unfilled() {
            let meaning = say(language, "What the template puts there is not known here.");
            let message = oddity.sentence_in(language);
            self.tell(Named::Placeholder, severity, at, message, meaning);
            return;
        }
        let mut message = oddity.sentence_in(language);
        if let OddityKind::Label(name) = oddity.kind {
            if self.labels.contains(&name) {
                return;
            }
            self.labels.push(name);
            let times = rest.iter().filter(|other| other.kind == oddity.kind).count();
            if times > 1 {
                message = said(
                    language,
                    "{} stands {} times, here first; it is not in RAM's grammar and has no effect.",
                    &[name, &times.to_string()],
                );
            }
        }
        let meaning = match severity {
            Severity::Note => say(language, "It changes nothing."),
            Severity::Warning => {
                say(language, "RAM may refuse it or read it otherwise than it is read here.")
            }
            Severity::Error if oddity.kind.is_open() => say(
                language,
                "What RAM makes of it is not known, so nothing is decided on it here.",
            ),
            Severity::Error if matches!(oddity.kind, OddityKind::EmptyExclusion(_)) => {
                say(language, "What RAM makes of it is not known; it may mean everything.")
            }
            Severity::Error => say(language, "This part has no effect as it stands."),
        };
        let rule = Rule::Oddity(oddity.kind.id());
        self.push(rule, severity, at, message, meaning);
    }

    /// Takes in a finding; message and meaning are in the language that was asked for.
    fn tell(&mut self, rule: Named, severity: Severity, at: At, message: String, meaning: &str) {
        self.push(Rule::Named(rule), severity, at, message, meaning);
    }

    fn push(&mut self, rule: Rule, severity: Severity, at: At, message: String, meaning: &str) {
        let finding = Finding::new(rule, severity, at.statement, at.span, message);
        if !self.is_full() {
            self.keep(finding.with_meaning(self.language, meaning, self.origin));
        }
    }

    fn keep(&mut self, finding: Finding) {
        if !self.is_full() {
            self.findings.push(finding);
        }
    }

    /// So many that no more are taken: of these the gravest are kept.
    fn is_full(&self) -> bool {
        self.findings.len() >= 4 * MOST
    }

    fn done(mut self) -> Vec<Finding> {
        if self.findings.len() > MOST {
            sort::by_key(&mut self.findings, |finding| std::cmp::Reverse(finding.severity));
            self.findings.truncate(MOST);
        }
        // The document as a whole comes first, then statement by statement.
        sort::by_key(&mut self.findings, |finding| {
            (finding.statement.map_or(0, |at| at + 1), finding.span.start, finding.rule)
        });
        self.findings
    }
}

/// The gravest first, each kind in the order in which it stands: for lists that are read from above.
pub fn by_weight(findings: &[Finding]) -> Vec<Finding> {
    gravest_first(findings).into_iter().cloned().collect()
}

/// The same without copies.
pub fn gravest_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sort::by_key(&mut sorted, |finding| std::cmp::Reverse(finding.severity));
    sorted
}

impl Finding {
    /// A finding without advice yet.
    pub fn new(
        rule: Rule,
        severity: Severity,
        statement: Option<usize>,
        span: Span,
        message: String,
    ) -> Self {
        Self { rule, severity, statement, span, message, advice: String::new() }
    }

    /// Says what it means (in this language), and what can be done by whoever owns the policy.
    #[must_use]
    pub fn with_meaning(mut self, language: Language, meaning: &str, origin: Origin) -> Self {
        let can_do = match origin {
            Origin::ServiceLinkedRole if self.severity == Severity::Note => {
                say(language, "The customer cannot edit the policy of a service-linked role.")
            }
            Origin::ServiceLinkedRole => say(
                language,
                "The customer cannot edit the policy of a service-linked role: know it, and delete the role if the feature is not needed.",
            ),
            Origin::System => say(
                language,
                "Only Alibaba Cloud edits a system policy: attach a custom one where this is too much.",
            ),
            Origin::Unknown | Origin::Custom => say(language, self.rule.remedy()),
        };
        self.advice = format!("{meaning}{}{can_do}", say(language, " "));
        self
    }
}

fn too_long(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    if !matches!(context.origin, Origin::Custom | Origin::Unknown) {
        return;
    }
    // Policies of roles, buckets and keys have limits of their own.
    if document.statements.iter().any(|statement| statement.principal.is_some()) {
        return;
    }
    let span = document.span;
    let text = context.source.and_then(|source| source.get(span.start..span.end));
    let length = text.map_or(0, |text| text.chars().count());
    if length > LONGEST {
        let language = context.language;
        found.tell(
            Named::TooLong,
            Severity::Note,
            At { statement: None, span: Span::new(span.start, span.start + 1) },
            said(
                language,
                "The document has {} characters; a custom policy has at most {}.",
                &[&length.to_string(), &LONGEST.to_string()],
            ),
            say(
                language,
                "RAM refuses a longer custom policy; whether blanks count is not documented.",
            ),
        );
    }
}
