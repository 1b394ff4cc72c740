//! Which services a document touches, with numbers only: what lists, filters and the matrix need of
//! thousands of documents, at a fraction of the cost of their summaries.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use super::build::{complement_hash, highest_of_the_rest, service_part};
use super::denies::{Denies, Under};
use super::levels::Levels;
use super::listed::{Listed, Unlisted};
use super::{Code, Touched, Touches, left_out};
use crate::policy::document::{Clause, Document, Effect};
use crate::policy::idle::{Idle, names_action};
use crate::policy::level::{self, AccessLevel};
use crate::policy::pattern::{self, Hashed, Hashes, Lower, arn};
use crate::policy::read::plain::PlainDocument;
use crate::policy::vocabulary::Vocabulary;

/// The services of a document: the same as [`Summary::touched`](super::Summary::touched) of its summary.
pub fn touched(document: &Document, vocabulary: &dyn Vocabulary) -> Vec<Touched> {
    let mut counter = Counter::new(vocabulary);
    let left_out = counter.add(document);
    let mut services = counter.draft.places.services;
    services.retain(Touched::is_said);
    left_out::mark(&mut services, &left_out);
    services
}

/// Tells of one document after the other which services it touches, with the same memory, and remembers the levels of
/// names: a few thousand of them make up most policies.
pub struct Counter<'v> {
    vocabulary: &'v dyn Vocabulary,
    draft: Draft,
    levels: Levels,
}

impl<'v> Counter<'v> {
    /// Nothing is counted yet.
    pub fn new(vocabulary: &'v dyn Vocabulary) -> Self {
        Self { vocabulary, draft: Draft::default(), levels: Levels::default() }
    }

    /// The services of a document.
    pub fn document(&mut self, document: &Document) -> Touches {
        self.draft.clear();
        let left_out = self.add(document);
        self.draft.packed(&left_out)
    }

    /// The services of a document of which only that was read.
    pub fn plain(&mut self, document: PlainDocument<'_, '_>) -> Touches {
        self.draft.clear();
        let mut denies = Denies::of_plain(document);
        for one in document.statements() {
            if one.names_no_resource() {
                continue;
            }
            let under = match one.effect {
                Effect::Allow => denies.under_these(&one.resources.iter().copied()),
                _ => Under::default(),
            };
            let (effect, resources) = (one.effect, one.resources);
            self.statement(effect, one.actions, resources, None, (&mut denies, &under));
        }
        let left_out =
            self.if_wide(|| left_out::of_plain(document, &mut denies)).unwrap_or_default();
        self.draft.packed(&left_out)
    }

    /// Adds a document; the services that its wide patterns leave alone.
    fn add(&mut self, document: &Document) -> Vec<Code> {
        let mut denies = Denies::of(document);
        for statement in &document.statements {
            let action = statement.action.as_ref().filter(|_| Idle::of(statement).is_none());
            let Some(action) = action else { continue };
            let under = denies.under(statement);
            let resource = statement.resource.as_ref().filter(|clause| !clause.negated);
            let resources = resource.map(|clause| clause.values.as_slice()).unwrap_or_default();
            if action.negated {
                let hash = complement_hash(action);
                let granted = statement.effect == Effect::Allow
                    && denies.rest_under(action, hash, &under).is_none();
                let level = granted.then(|| {
                    let rest = highest_of_the_rest(action, self.vocabulary);
                    let left = denies.most_left("*", self.vocabulary);
                    left.map_or(rest, |(left, _)| rest.min(left))
                });
                self.draft.all_but(hash, level, resources);
            } else {
                let (effect, actions) = (statement.effect, &action.values);
                let left_out = statement.resource.as_ref().filter(|clause| clause.negated);
                self.statement(effect, actions, resources, left_out, (&mut denies, &under));
            }
        }
        self.if_wide(|| left_out::of(document, &mut denies)).unwrap_or_default()
    }

    /// What is asked of few documents: those that grant by patterns of any service.
    fn if_wide<T>(&self, ask: impl FnOnce() -> T) -> Option<T> {
        let mut services = self.draft.places.services.iter();
        services.any(|one| one.level.is_some() && one.is_wide()).then(ask)
    }

    /// Adds a statement. `left_out`: its `NotResource`; `under`: the denials that cover all its resources.
    fn statement<T: AsRef<str>>(
        &mut self,
        effect: Effect,
        actions: &[T],
        resources: &[T],
        left_out: Option<&Clause>,
        (denies, under): (&mut Denies<'_>, &Under),
    ) {
        if !actions.iter().any(|action| names_action(action.as_ref())) {
            return;
        }
        let Draft { places, said, others, listed, .. } = &mut self.draft;
        services_of(resources, &mut places.codes, others);
        let listed = listed.take(actions.len(), others.len()).is_some();
        let mut unlisted = (!listed).then(Unlisted::default);
        let mut buffer = Lower::new();
        let mut first = true;
        for action in actions.iter().map(AsRef::as_ref) {
            let name = buffer.name(action);
            let hash = pattern::hash_as_is(&name.folded);
            let single = !name.is_pattern;
            if !name.is_plain && !names_action(action) {
                continue;
            }
            let own_code = name.code().filter(|_| single);
            let code = own_code.unwrap_or_else(|| service_part(&name.folded));
            let code_hash = pattern::hash_as_is(code);
            let own = places.of(code, code_hash);
            let said = said.entry(hash).or_default();
            let granted = effect == Effect::Allow && {
                let beside = others.iter().any(|other| other.hash != code_hash)
                    || left_out.is_some_and(|clause| clause.is_beside(code));
                denies.action_under(action, hash, beside, under).is_none()
            };
            if !granted {
                places.deny(own, said, !single);
            } else if !said.granted {
                let by_name = places.is_told_by_name(own);
                let level = self.levels.of(&name, hash, by_name, self.vocabulary);
                let left = if single { None } else { denies.most_left(action, self.vocabulary) };
                let level = left.map_or(level, |(left, _)| level.min(left));
                places.grant(own, said, Some(level), !single);
            }
            // Where they stand is the order of the document: the service of the first action, those of resources, others.
            if std::mem::take(&mut first) {
                for other in others.iter_mut() {
                    other.place = places.of(&other.code, other.hash);
                }
            }
            match &mut unlisted {
                _ if !granted => {}
                Some(unlisted) => unlisted.add(hash, own, !single),
                None => {
                    for other in others.iter().filter(|other| other.place != own) {
                        places.reach(other.place, said, hash, !single);
                    }
                }
            }
        }
        let Some(unlisted) = unlisted else { return };
        for other in others.iter() {
            if let Some(service) = places.services.get_mut(other.place) {
                service.reach_all(unlisted.beside(&other.place));
            }
        }
    }
}

/// A service of resources, by its code in lower case.
struct Other {
    code: Code,
    hash: u64,
    /// Where it stands among the services, once the first action of the statement was looked at.
    place: usize,
}

/// The services whose resources are named, each once.
fn services_of<T: AsRef<str>>(resources: &[T], codes: &mut Codes, others: &mut Vec<Other>) {
    others.clear();
    let mut buffer = Lower::new();
    let mut many = Hashes::default();
    for code in resources.iter().filter_map(|resource| arn::code(resource.as_ref())) {
        let code = buffer.of(code);
        let hash = pattern::hash_as_is(&code);
        let known = if others.len() <= FEW {
            others.iter().any(|other| other.hash == hash)
        } else {
            if many.is_empty() {
                many.extend(others.iter().map(|other| other.hash));
            }
            !many.insert(hash)
        };
        if !known {
            others.push(Other { code: codes.get(&code, hash).0, hash, place: 0 });
        }
    }
}

/// What is known of a document so far.
#[derive(Default)]
struct Draft {
    places: Places,
    /// What was said of actions, by their hashes: texts would cost more than all the rest.
    said: ByHash<Said>,
    /// The services of the resources of a statement, in memory that is used for one after the other.
    others: Vec<Other>,
    listed: Listed,
    /// Where the services of one document after the other are packed.
    packing: Vec<u8>,
}

/// What was said of an action or pattern.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    granted: bool,
    denied: bool,
    /// The services that it reaches through resources: a bit for each of the first.
    through: u64,
}

/// A map by hashes of names.
type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Hashed>>;

/// The codes that were met, by their hashes: asking for one takes no lock. With each stands whether the levels of its actions
/// are told by their names.
#[derive(Default)]
struct Codes(ByHash<(Code, bool)>);

impl Codes {
    fn get(&mut self, folded: &str, hash: u64) -> (Code, bool) {
        let new = || (Code::of(folded), level::is_told_by_name(folded));
        *self.0.entry(hash).or_insert_with(new)
    }
}

/// So many services are compared one by one.
const FEW: usize = 32;

impl Draft {
    /// What was counted.
    fn packed(&mut self, left_out: &[Code]) -> Touches {
        if !left_out.is_empty() {
            self.places.services.retain(Touched::is_said);
            left_out::mark(&mut self.places.services, left_out);
            return Touches::of(self.places.services.drain(..), &mut self.packing);
        }
        let services = self.places.services.drain(..).filter(Touched::is_said);
        Touches::of(services, &mut self.packing)
    }

    fn clear(&mut self) {
        self.places.clear();
        self.listed = Listed::default();
        // One that a huge document left behind would make every small one wait.
        if self.said.capacity() > 1 << 14 {
            self.said = ByHash::default();
        }
        self.said.clear();
    }

    /// Adds every action but some, by the hash of these: one entry, denied where it has no level.
    fn all_but<T: AsRef<str>>(&mut self, hash: u64, level: Option<AccessLevel>, resources: &[T]) {
        let Self { places, said, others, .. } = self;
        services_of(resources, &mut places.codes, others);
        let own = places.of("*", pattern::hash_as_is("*"));
        let said = said.entry(hash).or_default();
        if level.is_none() {
            places.deny(own, said, true);
        } else {
            places.grant(own, said, level, true);
        }
        for other in others.iter() {
            let at = places.of(other.code.as_str(), other.hash);
            if at != own && level.is_some() {
                places.reach(at, said, hash, true);
            }
        }
    }
}

/// The services of a document, in the order in which it names them.
#[derive(Default)]
struct Places {
    services: Vec<Touched>,
    /// The hashes of their codes.
    hashes: Vec<u64>,
    /// Are the levels of their actions told by names?
    by_name: Vec<bool>,
    /// The same, used where there are many services.
    index: ByHash<usize>,
    codes: Codes,
    /// What is reached in services beyond those that have a bit.
    far: HashSet<(usize, u64)>,
}

impl Places {
    fn clear(&mut self) {
        self.services.clear();
        self.hashes.clear();
        self.by_name.clear();
        self.index.clear();
        self.far.clear();
        if self.codes.0.len() > 1 << 12 {
            self.codes = Codes::default();
        }
    }

    /// Notes that an action is granted; that it was denied before no longer counts.
    fn grant(&mut self, own: usize, said: &mut Said, level: Option<AccessLevel>, wild: bool) {
        if !std::mem::replace(&mut said.granted, true)
            && let Some(service) = self.services.get_mut(own)
        {
            service.grant(level, wild);
            if said.denied {
                service.undeny(wild);
            }
        }
    }

    /// Notes that an action is denied; that counts as long as nothing grants it.
    fn deny(&mut self, own: usize, said: &mut Said, wild: bool) {
        if !std::mem::replace(&mut said.denied, true)
            && !said.granted
            && let Some(service) = self.services.get_mut(own)
        {
            service.deny(wild);
        }
    }

    /// Notes that an action, by its hash, reaches resources of another service.
    fn reach(&mut self, at: usize, said: &mut Said, hash: u64, wild: bool) {
        let new = match 1_u64.checked_shl(at as u32) {
            Some(bit) => {
                let new = said.through & bit == 0;
                said.through |= bit;
                new
            }
            None => self.far.insert((at, hash)),
        };
        if new && let Some(service) = self.services.get_mut(at) {
            service.reach(wild);
        }
    }

    /// Are the levels of the actions of a service told by their names?
    fn is_told_by_name(&self, at: usize) -> bool {
        self.by_name.get(at).is_some_and(|by_name| *by_name)
    }

    /// The place of a service, by its code in lower case.
    fn of(&mut self, code: &str, hash: u64) -> usize {
        let known = if self.hashes.len() <= FEW {
            self.hashes.iter().position(|known| *known == hash)
        } else {
            if self.index.is_empty() {
                self.index.extend(self.hashes.iter().enumerate().map(|(at, hash)| (*hash, at)));
            }
            self.index.get(&hash).copied()
        };
        if let Some(at) = known {
            return at;
        }
        let at = self.services.len();
        self.hashes.push(hash);
        if !self.index.is_empty() {
            self.index.insert(hash, at);
        }
        let (code, by_name) = self.codes.get(code, hash);
        self.by_name.push(by_name);
        self.services.push(Touched::nothing_of(code));
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read;
    use crate::policy::summary::summarize;
    use crate::policy::vocabulary::Nothing;

    #[test]
    fn it_agrees_with_the_summary() {
        for text in [
            r#"{"Statement":[{"Effect":"Allow","Action":["ecs:A","Ecs:a","ecs:Describe*","*"],"Resource":["acs:vpc:*:*:*","acs:ecs:*"]}]}"#,
            r#"{"Statement":[{"Effect":"Deny","NotAction":["ecs:A"],"Resource":"*"},{"Effect":"Maybe","Action":"a:B"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","NotAction":["*"],"Resource":"acs:oss:*"},{"Effect":"Allow","Action":"oss:*"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","NotAction":["ram:*","STS:*"],"Resource":["*","acs:oss:*:*:*"]},{"Effect":"Deny","NotAction":["sts:*","RAM:*","ram:*"],"Resource":"*"},{"Effect":"Deny","NotAction":"ram:*","Resource":"*"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","Action":"oss:A","Resource":[]},{"Effect":"Allow","Action":[],"Resource":"*"},{"Effect":"Allow","NotAction":[],"Resource":"*"},{"Effect":"Allow","Action":"oss:B","NotResource":[]},{"Effect":"Allow","Action":"oss:C","NotResource":"*"},{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{}},{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}]}"#,
            r#"{"Statement":[]}"#,
            &crowded(),
        ] {
            let document = read::document(text).unwrap().document;
            let summary = summarize(&document, &Nothing);
            assert_eq!(touched(&document, &Nothing), summary.touched(), "{text}");
        }
    }

    /// Statements of many actions and services of resources: listed, beyond what is listed, listed again; with what is
    /// repeated, denied, of the same service, and told elsewhere.
    fn crowded() -> String {
        let list = |many: usize, one: &dyn Fn(usize) -> String| {
            (0..many).map(|n| format!("\"{}\"", one(n))).collect::<Vec<_>>().join(",")
        };
        let statement = |effect: &str, actions: &str, resources: &str| {
            format!(r#"{{"Effect":"{effect}","Action":[{actions}],"Resource":[{resources}]}}"#)
        };
        let few = list(50, &|n| format!("s{n}:Get"));
        let many =
            list(300, &|n| format!("S{}:{}", n / 2, if n % 3 == 0 { "Put*" } else { "Get" }));
        let on = |many: usize| list(many, &|n| format!("acs:s{}:*:*:x/{n}", n + 50));
        let statements = [
            statement("Allow", r#""s7:One""#, &on(40)),
            statement("Deny", r#""s3:*","*:Put*""#, r#""*""#),
            statement("Allow", &few, &on(90)),
            statement("Deny", &many, &on(120)),
            statement("Allow", &many, &on(250)),
            statement("Allow", r#""s9:Two""#, &on(60)),
        ];
        format!(r#"{{"Statement":[{}]}}"#, statements.join(","))
    }
}
