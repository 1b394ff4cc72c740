//! What a reference page says of one role. The facts, the summary, the findings and the plan are the catalogue's;
//! here they are only put into an order.

use super::content::{heading, service};
use super::parts::{Item, Line, Part, Piece, code, text};
use super::{brackets, standing};
use crate::catalog::Catalog;
use crate::catalog::model::{Fact, Policy, Role, RoleKind, Standing, Text};
use crate::catalog::removal::{RolePlan, Step};
use crate::catalog::review;
use crate::catalog::templates;
use crate::cli::lint;
use crate::policy::document::Effect;
use crate::policy::findings::{Finding, Severity};
use crate::policy::read;
use crate::policy::summary::{Grant, GrantedAction, ServiceSummary, Summary, limits, summarize_in};
use crate::say::{Language, comma_list, said, say};

/// All that is told of a role.
pub struct Telling<'a> {
    /// The role.
    pub role: &'a Role,
    /// What its policy grants.
    pub summary: Summary,
    findings: Vec<Finding>,
    /// The policy cannot be read: why.
    unread: Option<String>,
    plan: Option<RolePlan>,
    catalog: &'a Catalog,
    lang: Language,
}

/// The headings that stand under each role.
pub fn headings(lang: Language) -> [&'static str; 4] {
    [
        say(lang, "What it may do"),
        say(lang, "Findings"),
        say(lang, "Before it can be deleted"),
        say(lang, "Texts"),
    ]
}

impl<'a> Telling<'a> {
    /// Reads the role's policy and works out the rest.
    pub fn of(role: &'a Role, catalog: &'a Catalog, lang: Language) -> Self {
        let read = role.policy.as_ref().map(|policy| read::document(&policy.source));
        let (mut summary, mut findings, mut unread) = (Summary::default(), Vec::new(), None);
        match read {
            Some(Ok(read)) => {
                summary = summarize_in(lang, &read.document, catalog);
                findings = review::findings_of(lang, role, &read, catalog);
            }
            Some(Err(error)) => unread = Some(lint::sentence(&error).said(lang)),
            None => {}
        }
        let plan = catalog.removal_of_role(&role.id).and_then(|plan| plan.roles.into_iter().next());
        Self { role, summary, findings, unread, plan, catalog, lang }
    }

    /// Adds the role to a page.
    pub fn write(&self, parts: &mut Vec<Part>, anchor: &str) {
        let [may, findings, before, texts] = headings(self.lang);
        parts.push(heading(3, &self.role.name, Some(anchor)));
        parts.extend(self.warning());
        parts.push(Part::Facts(self.facts()));
        parts.push(heading(4, may, None));
        self.permissions(parts);
        if !self.findings.is_empty() {
            parts.push(heading(4, findings, None));
            parts.push(Part::List(
                self.findings.iter().map(|found| finding(self.lang, found)).collect(),
            ));
        }
        if let Some(plan) = &self.plan {
            parts.push(heading(4, before, None));
            parts.push(Part::List(plan.steps.iter().map(|step| self.step(step)).collect()));
            parts.extend(self.powers(plan));
        }
        let details = self.texts();
        if !details.is_empty() {
            parts.push(heading(4, texts, None));
            parts.extend(details);
        }
    }

    fn fact(&self, fact: &Fact<Text>) -> Line {
        vec![text(fact.value.get(self.lang)), standing(&fact.standing, self.lang)]
    }

    /// What must be known before the policy is trusted.
    fn warning(&self) -> Option<Part> {
        let policy = self.role.policy.as_ref()?;
        let fetch = || vec![text(say(self.lang, "The true text:")), code(policy.fetch_command())];
        if let Some(why) = &self.unread {
            let lead = say(self.lang, "The policy text cannot be read.");
            return Some(Part::Warning(vec![
                vec![Piece::Strong(lead.to_owned()), text(why)],
                fetch(),
            ]));
        }
        let why = match policy.warning() {
            Some(why) => why.get(self.lang).to_owned(),
            None if policy.standing == Standing::Reconstructed => {
                policy.standing.meaning().get(self.lang).to_owned()
            }
            None => return None,
        };
        let lead = say(self.lang, "The policy text is not whole.");
        Some(Part::Warning(vec![vec![Piece::Strong(lead.to_owned()), text(why)], fetch()]))
    }

    /// How sure the text of its policy is; of the account's own with its version there.
    fn standing(&self, policy: &Policy) -> Text {
        self.catalog.policy_words(self.role).unwrap_or_else(|| policy.standing_words())
    }

    fn facts(&self) -> Vec<(&'static str, Line)> {
        let role = self.role;
        let mut facts = Vec::new();
        let mut add = |name, line| facts.push((name, line));
        if let Some(fact) = &role.purpose {
            add(say(self.lang, "Purpose"), self.fact(fact));
        }
        if role.listed_under.is_some()
            && let Some(words) = self.catalog.product_words(role)
        {
            add(say(self.lang, "Product"), vec![text(words.get(self.lang))]);
        }
        if let Some(fact) = &role.feature {
            add(say(self.lang, "Feature"), self.fact(fact));
        }
        if let Some(fact) = &role.created_when {
            add(say(self.lang, "Creation"), self.fact(fact));
        }
        if let Some(name) = &role.service_name {
            add(say(self.lang, "Service name"), vec![code(name)]);
        }
        if role.kind != RoleKind::Document {
            add("ARN", vec![code(self.catalog.arn_of(role))]);
        }
        match &role.policy {
            Some(policy) => {
                let mut words = self.standing(policy).get(self.lang).to_owned();
                if let Some(updated) = &policy.updated {
                    words = said(self.lang, "{}, updated {}", &[&words, updated]);
                }
                let standing = Piece::Aside(brackets(&words, self.lang));
                let mut line = vec![code(&policy.name), standing];
                line.extend(
                    policy.source_words(self.lang).map(|words| Piece::Link(words.to_owned())),
                );
                add(say(self.lang, "Policy"), line);
            }
            None => {
                add(say(self.lang, "Policy"), vec![text(say(self.lang, "Not in the catalogue."))]);
            }
        }
        if let Some(line) = self.catalog.account_line(role, self.lang) {
            add(say(self.lang, "In the account"), vec![text(line)]);
        }
        for stop in &role.stops {
            add(say(self.lang, "Without it"), self.fact(stop));
        }
        let notes = role.notes.iter().chain(role.policy.iter().flat_map(|policy| &policy.notes));
        for note in notes {
            add(say(self.lang, "Note"), vec![text(note.get(self.lang))]);
        }
        facts
    }

    /// One table a service: level, actions, and what limits them.
    fn permissions(&self, parts: &mut Vec<Part>) {
        if !self.summary.services.iter().any(ServiceSummary::is_touched) {
            let nothing = if self.role.policy.is_none() || self.unread.is_some() {
                say(self.lang, "Not known: there is no readable policy.")
            } else {
                say(self.lang, "The policy grants nothing.")
            };
            parts.push(Part::Words(vec![text(nothing)]));
        }
        let idle = &self.summary.idle;
        if !idle.is_empty() {
            let lines = idle.iter().map(|idle| vec![text(&idle.sentence)]);
            parts.push(Part::Warning(lines.collect()));
        }
        for found in &self.summary.services {
            let mut rows = Vec::new();
            for group in &found.levels {
                let level = vec![Piece::Level(group.level, say(self.lang, group.level.word()))];
                rows.extend(self.rows(&level, &group.actions));
            }
            rows.extend(self.denied(&found.denied));
            let through = vec![text(say(self.lang, "through its resources"))];
            rows.extend(self.rows(&through, &found.through_resources));
            rows.extend(found.counted.iter().map(|counted| {
                let words = vec![text(counted.words(self.lang))];
                vec![through.clone(), words, Vec::new(), Vec::new()]
            }));
            parts.push(Part::Words(self.service_title(&found.code)));
            let head = [
                say(self.lang, "Level"),
                say(self.lang, "Actions"),
                say(self.lang, "On"),
                say(self.lang, "Only when"),
            ];
            parts.push(Part::Table { head: head.map(str::to_owned).into(), rows, grid: false });
        }
    }

    /// Rows of what is denied; of what is allowed too, with the statements that say so.
    fn denied(&self, actions: &[GrantedAction]) -> Vec<Vec<Line>> {
        let level = vec![Piece::Strong(say(self.lang, "denied").to_owned())];
        let only_denied = actions.iter().filter(|action| action.overruled.is_none());
        let mut rows = self.rows(&level, only_denied);
        for (words, actions) in templates::by_overruling(actions, self.lang) {
            let all_but = actions.iter().any(|action| action.except.is_some());
            let mut named: Line = all_but.then(|| self.all_but()).into_iter().collect();
            named.extend(actions.iter().flat_map(|action| self.names(action)));
            named.push(Piece::Aside(brackets(&words, self.lang)));
            rows.push(vec![level.clone(), named, vec![code("*")], Vec::new()]);
        }
        rows
    }

    fn service_title(&self, code: &str) -> Line {
        let line = service(code, self.catalog, self.lang);
        let strong = |piece| match piece {
            Piece::Text(words) => Piece::Strong(words),
            other => other,
        };
        line.into_iter().map(strong).collect()
    }

    fn all_but(&self) -> Piece {
        text(say(self.lang, "all but"))
    }

    fn rows<'s>(
        &self,
        level: &Line,
        actions: impl IntoIterator<Item = &'s GrantedAction>,
    ) -> Vec<Vec<Line>> {
        let row = |(grant, actions): (&Grant, Vec<&GrantedAction>)| {
            let mut named: Line = Vec::new();
            // What is granted and in part denied.
            let granted = actions.iter().any(|action| action.is_granted());
            if grant.effect == Effect::Deny && granted {
                named.push(Piece::Strong(say(self.lang, "denied:").to_owned()));
            }
            named.extend(grant.not_action.then(|| self.all_but()));
            named.extend(actions.iter().flat_map(|action| self.names(action)));
            let mut on: Line = grant.not_resource.then(|| self.all_but()).into_iter().collect();
            on.extend(grant.resources.iter().map(code));
            let mut when = grant.conditions.to_vec();
            let whom = limits::principals(self.lang, &grant.principals);
            when.extend(whom.map(|limit| limit.text));
            let when = if when.is_empty() {
                Vec::new()
            } else {
                vec![text(when.join(say(self.lang, "; ")))]
            };
            vec![level.clone(), named, on, when]
        };
        templates::by_limit(actions).into_iter().map(row).collect()
    }

    /// An action as it is written, or what is left out; the level of what is denied is not told, nor how sure it is.
    fn names(&self, action: &GrantedAction) -> impl Iterator<Item = Piece> {
        let level = action.source.is_guess() && action.is_granted();
        let policy = self.role.policy.as_ref();
        let text = policy.is_some_and(|policy| policy.rests_on_guess(action));
        let all_but = action.except.iter().flatten().map(code);
        all_but
            .chain(action.except.is_none().then(|| code(&action.name)))
            .chain(text.then(|| Piece::Aside("◐".to_owned())))
            .chain(level.then(|| Piece::Aside("~".to_owned())))
    }

    fn step(&self, step: &Step) -> Item {
        let mut line = vec![text(step.what.get(self.lang))];
        line.extend(step.standing.as_ref().map(|sure| standing(sure, self.lang)));
        let mut below: Vec<Line> = Vec::new();
        below.extend(step.because.as_ref().map(|why| vec![text(why.get(self.lang))]));
        below.extend(step.check.as_ref().map(|check| vec![text(check.get(self.lang))]));
        below.extend(step.command.as_ref().map(|command| vec![code(command)]));
        Item { tick: true, line, below }
    }

    /// Other roles that it may create or pass, and who may delete and create it.
    fn powers(&self, plan: &RolePlan) -> Option<Part> {
        let mut items: Vec<Line> = Vec::new();
        for creates in &plan.creates {
            let mut line = vec![
                text(say(self.lang, "Its policy may create the role of")),
                code(&creates.service_name),
            ];
            if let [role] = creates.roles.as_slice() {
                line.push(Piece::Aside(brackets(&role.name, self.lang)));
            }
            items.push(line);
        }
        for passes in &plan.passes {
            let mut line = vec![
                text(say(self.lang, "Its policy may pass the role")),
                code(passes.pass.role_name()),
            ];
            let to = comma_list(self.lang, &passes.pass.services);
            line.push(Piece::Aside(match &*to {
                "" => say(self.lang, "(to any service)").to_owned(),
                to => said(self.lang, "(to {})", &[to]),
            }));
            items.push(line);
        }
        if plan.self_delete {
            items.push(vec![text(say(
                self.lang,
                "The product may delete the role by itself: the policy says so.",
            ))]);
        }
        if let Some(command) = plan.create_command() {
            items.push(vec![text(say(self.lang, "Creates it again:")), code(command)]);
        }
        if !plan.granted_by.is_empty() {
            let names = plan.granted_by.iter().map(code);
            let lead = text(say(self.lang, "System policies that allow that:"));
            items.push(std::iter::once(lead).chain(names).collect());
        } else if !plan.not_granted_by.is_empty() {
            let names = plan.not_granted_by.iter().map(code);
            let lead = text(say(
                self.lang,
                "No system policy that was looked at allows that; another one of the product may, and a custom \
                 policy always can. Looked at:",
            ));
            items.push(std::iter::once(lead).chain(names).collect());
        }
        let items: Vec<Item> =
            items.into_iter().map(|line| Item { line, ..Item::default() }).collect();
        (!items.is_empty()).then_some(Part::List(items))
    }

    fn texts(&self) -> Vec<Part> {
        let policy = self.role.policy.as_ref().map(|policy| {
            let words = self.standing(policy);
            let standing = brackets(words.get(self.lang), self.lang);
            (format!("{} {standing}", policy.name), policy.source.to_string())
        });
        let trust = self.role.trust.as_ref().zip(templates::trust_policy(self.role));
        let trust = trust.map(|(fact, json)| {
            let standing = brackets(fact.standing.words().get(self.lang), self.lang);
            (format!("{} {standing}", say(self.lang, "Trust policy")), json)
        });
        let create = templates::create_policy(&[self.role]).map(|json| {
            let title = say(self.lang, "Policy that lets a RAM user create it");
            (title.to_owned(), json)
        });
        let all = [policy, trust, create].into_iter().flatten();
        all.map(|(title, json)| Part::Details { title, json }).collect()
    }
}

fn finding(lang: Language, finding: &Finding) -> Item {
    let word = said(lang, "{}:", &[say(lang, finding.severity.word())]);
    let word = match finding.severity {
        Severity::Note => Piece::Aside(word),
        _ => Piece::Strong(word),
    };
    let advice = (!finding.advice.is_empty()).then(|| vec![text(&finding.advice)]);
    Item {
        tick: false,
        line: vec![word, text(&finding.message)],
        below: advice.into_iter().collect(),
    }
}
