//! How far patterns of more than one service reach into one of them: `*`, `*:Get*`, `yundun-*:*`, every action but some.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::build::{complement_hash, service_part};
use super::denies::Denies;
use crate::policy::document::{Document, Effect};
use crate::policy::idle::Idle;
use crate::policy::level::{self, AccessLevel};
use crate::policy::pattern::{self, Case, Hashed, Steps};
use crate::policy::source::Spanned;
use crate::policy::vocabulary::{KnownAction, Vocabulary};
use crate::policy::wording::visible;
use crate::say::{Language, comma_list};

/// Such patterns of one document that are held against services. Real policies have one or two; what those beyond it
/// reach is not told.
const HELD: usize = 100;

/// Steps of comparing them with what the document denies.
const STEPS: usize = 1 << 16;

/// What such patterns grant of the actions of one service, or deny.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The highest level of what they grant; None where they grant nothing of the service.
    pub level: Option<AccessLevel>,
    /// They grant every action of the service, and nothing is denied of it as a whole.
    pub every: bool,
    /// How many known actions of the service they grant.
    pub known: u32,
    /// Of these, how many the document does not grant by a name or pattern of this service too.
    pub beyond: u32,
    /// How many known actions the service has.
    pub of: u32,
    /// How many of its known actions they deny, and nothing grants.
    pub denied: u32,
    /// They deny every action of it, and nothing is granted.
    pub denies_every: bool,
    /// They grant on some resources only, which may be those of other services.
    pub limited: bool,
}

impl Reach {
    /// They say nothing of the service.
    pub fn is_nothing(&self) -> bool {
        self.level.is_none() && !self.denies()
    }

    /// Is something denied that nothing grants?
    pub const fn denies(&self) -> bool {
        self.denied > 0 || self.denies_every
    }
}

/// An action of a document that more than one service may be meant by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anywhere {
    /// As written; `*` under `NotAction`.
    pub name: String,
    /// Under `NotAction`: what is left out.
    pub except: Option<Vec<String>>,
    /// A statement denies it.
    pub denied: bool,
    /// What `NotAction` leaves out is not known in full.
    unknown: bool,
    /// No statement with it speaks of every resource.
    limited: bool,
}

impl Anywhere {
    /// Those of a document, each once, in its order.
    pub fn of(document: &Document) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        let mut seen: HashMap<_, usize> = HashMap::new();
        let mut denies = None;
        for statement in &document.statements {
            let action = statement.action.as_ref().filter(|_| Idle::of(statement).is_none());
            let (Some(action), Effect::Allow | Effect::Deny) = (action, statement.effect) else {
                continue;
            };
            let is_wide = |value: &&Spanned| pattern::has_wildcard(service_part(&value.value));
            if !action.negated && !action.values.iter().any(|value| is_wide(&value)) {
                continue;
            }
            let denied = statement.effect == Effect::Deny;
            let limited = !Denies::is_everywhere(statement);
            // Beside such a denial nothing is allowed; one of all resources is asked for where services are.
            let denies = denies.get_or_insert_with(|| Denies::of(document));
            let under = denies.under(statement);
            let mut add = |key: u64, one: &dyn Fn() -> Self| match seen.get(&(denied, key)) {
                Some(at) => {
                    if let Some(known) = found.get_mut(*at) {
                        known.limited &= limited;
                    }
                }
                None if found.len() < HELD => {
                    seen.insert((denied, key), found.len());
                    found.push(one());
                }
                None => {}
            };
            if action.negated {
                let hash = complement_hash(action);
                if !under.is_empty() && denies.rest_under(action, hash, &under).is_some() {
                    continue;
                }
                add(hash, &|| Self {
                    name: "*".to_owned(),
                    except: Some(action.values.iter().map(|v| v.value.to_string()).collect()),
                    denied,
                    unknown: action.unknown,
                    limited,
                });
                continue;
            }
            for value in action.values.iter().filter(is_wide) {
                let name: &str = &value.value;
                let hash = pattern::hash(name);
                if !under.is_empty() && denies.action_under(name, hash, true, &under).is_some() {
                    continue;
                }
                add(hash, &|| Self {
                    name: name.to_owned(),
                    except: None,
                    denied,
                    unknown: false,
                    limited,
                });
            }
        }
        found
    }

    /// May it mean actions of the service? `every` is the pattern of all of them.
    fn may_mean(&self, every: &str) -> bool {
        let except = self.except.iter().flatten();
        self.is_wider(every)
            && pattern::overlaps(&self.name, every, Case::Fold)
            && !except.into_iter().any(|except| pattern::covers(except, every, Case::Fold))
    }

    /// Does it speak of these services and of others? `yundun-*:Get*` stands in the column of `yundun-*` itself.
    fn is_wider(&self, every: &str) -> bool {
        let code = every.split(':').next().unwrap_or_default();
        let part = service_part(&self.name);
        !pattern::same(part, code, Case::Fold)
            && (!pattern::has_wildcard(code) || pattern::covers(part, code, Case::Fold))
    }

    /// May it mean actions of the service of this code?
    pub fn reaches(&self, code: &str) -> bool {
        self.may_mean(&format!("{code}:*"))
    }

    /// As written, or `NotAction ram:*, sts:*`; safe to print.
    pub fn words(&self, language: Language) -> String {
        let Some(left_out) = &self.except else { return visible(&self.name) };
        let names: Vec<String> = left_out.iter().map(|name| visible(name)).collect();
        format!("NotAction {}", comma_list(language, &names))
    }

    /// Does it mean this action?
    fn means(&self, action: &str) -> bool {
        let left_out = |except: &String| pattern::matches(except, action, Case::Fold);
        pattern::matches(&self.name, action, Case::Fold)
            && !self.except.iter().flatten().any(left_out)
            && !self.unknown
    }

    /// The same of the service alone.
    fn within(&self, code: &str) -> String {
        within(&self.name, code)
    }
}

/// A pattern of more than one service as one of a single service: `ecs:Get*` of `*:Get*`.
pub(super) fn within(name: &str, code: &str) -> String {
    let bare = name.split_once(':').map_or_else(
        || name.find('*').and_then(|at| name.get(at..)).unwrap_or("*"),
        |(_, bare)| bare,
    );
    format!("{code}:{bare}")
}

/// Tells of one document after the other how far such patterns reach, and remembers what is known of services.
pub struct Reaches<'v> {
    vocabulary: &'v dyn Vocabulary,
    services: HashMap<String, Service<'v>>,
    /// What was answered, by the hash of all that an answer hangs on: policies by the thousand have the same patterns.
    answers: HashMap<u64, Reach, BuildHasherDefault<Hashed>>,
}

/// So many answers are remembered.
const ANSWERS: usize = 1 << 16;

/// What is known of a service.
struct Service<'v> {
    known: Vec<KnownAction<'v>>,
    level: AccessLevel,
}

/// What a document says of all services.
struct Said<'d> {
    anywhere: &'d [Anywhere],
    denies: Denies<'d>,
    /// What is denied as a whole, on every resource and without a condition.
    denied: Vec<Cow<'d, str>>,
    /// The same under `NotAction`: what is left out.
    denied_but: Vec<Vec<&'d str>>,
    /// What is granted by a name or pattern of one service, with its code.
    own: Vec<(String, &'d str)>,
    /// The hash of all but what is granted of single services.
    key: u64,
    steps: Steps,
}

impl<'v> Reaches<'v> {
    /// Nothing is remembered yet.
    pub fn new(vocabulary: &'v dyn Vocabulary) -> Self {
        Self { vocabulary, services: HashMap::new(), answers: HashMap::default() }
    }

    /// How far the patterns that were found in a document reach into each of these services.
    pub fn of(&mut self, document: &Document, anywhere: &[Anywhere], codes: &[&str]) -> Vec<Reach> {
        if anywhere.is_empty() {
            return vec![Reach::default(); codes.len()];
        }
        let mut said = Said::of(document, anywhere);
        codes.iter().map(|code| self.known_or_new(&mut said, code)).collect()
    }

    fn known_or_new(&mut self, said: &mut Said<'_>, code: &str) -> Reach {
        let key = said.key_of(code);
        if let Some(known) = self.answers.get(&key) {
            return *known;
        }
        let reach = self.service(said, code);
        if self.answers.len() < ANSWERS {
            self.answers.insert(key, reach);
        }
        reach
    }

    fn service(&mut self, said: &mut Said<'_>, code: &str) -> Reach {
        let every = format!("{code}:*");
        let reaching: Vec<&Anywhere> =
            said.anywhere.iter().filter(|one| one.may_mean(&every)).collect();
        if reaching.is_empty() {
            return Reach::default();
        }
        let vocabulary = self.vocabulary;
        let service = self.services.entry(code.to_owned()).or_insert_with(|| Service {
            known: level::known_actions(&every, vocabulary),
            level: level::of(&every, vocabulary).0,
        });
        let mut reach = Reach { of: service.known.len() as u32, ..Reach::default() };
        let nothing = said.is_denied(&every);
        let mut granting: Vec<&Anywhere> = Vec::new();
        for one in reaching.iter().copied().filter(|one| !one.denied && !nothing) {
            let within = one.within(code);
            if (one.except.is_none() && said.is_denied(&one.name)) || said.is_denied(&within) {
                continue;
            }
            granting.push(one);
            let cut = one.unknown || said.takes_from(&within, one.except.as_deref());
            if !cut && pattern::covers(&one.name, &every, Case::Fold) {
                reach.every = true;
            }
            // Where some of it is taken away, the level is that of what may remain: by its name, and permissions where
            // an action that hands out rights is left. What is known of the rest comes below.
            let level = if cut {
                let mut samples = level::samples();
                let left = samples.any(|name| {
                    pattern::matches(&every, name, Case::Fold)
                        && one.means(name)
                        && !said.is_denied(name)
                });
                if left { AccessLevel::Permissions } else { level::by_name(&within) }
            } else {
                level::of(&within, vocabulary).0
            };
            let left = said.denies.most_left(&within, vocabulary);
            let level = left.map_or(level, |(left, _)| level.min(left));
            reach.level = reach.level.max(Some(level));
        }
        if reach.every {
            reach.level = Some(service.level);
        }
        reach.limited = !granting.is_empty() && granting.iter().all(|one| one.limited);
        let denying: Vec<&Anywhere> = reaching.iter().copied().filter(|one| one.denied).collect();
        for known in &service.known {
            let open = reach.every || !said.is_denied(known.name);
            let own = open && said.grants(code, known.name);
            let through = open && granting.iter().any(|one| one.means(known.name));
            if through {
                reach.known += 1;
                reach.beyond += u32::from(!own);
                reach.level = reach.level.max(Some(known.level));
            } else if !own && denying.iter().any(|one| one.means(known.name)) {
                reach.denied += 1;
            }
        }
        let some = reach.level.is_some() || said.own.iter().any(|(own, _)| own == code);
        reach.denies_every = !some
            && denying.iter().any(|one| {
                let cut = one.unknown
                    || one
                        .except
                        .iter()
                        .flatten()
                        .any(|out| pattern::overlaps(out, &every, Case::Fold));
                !cut && pattern::covers(&one.name, &every, Case::Fold)
            });
        if reach.is_nothing() { Reach::default() } else { reach }
    }
}

impl<'d> Said<'d> {
    fn of(document: &'d Document, anywhere: &'d [Anywhere]) -> Self {
        let mut said = Self {
            anywhere,
            denies: Denies::of(document),
            denied: Vec::new(),
            denied_but: Vec::new(),
            own: Vec::new(),
            key: 0,
            steps: Steps(STEPS),
        };
        for statement in &document.statements {
            let action = statement.action.as_ref().filter(|_| Idle::of(statement).is_none());
            let Some(action) = action else { continue };
            let values = action.values.iter().map(|value| value.value.as_str());
            if Denies::is_whole(statement) {
                if action.negated {
                    said.denied_but.push(values.collect());
                } else {
                    said.denied.extend(values.map(Cow::Borrowed));
                }
            } else if statement.effect == Effect::Allow && !action.negated {
                let under = said.denies.under(statement);
                for value in values.filter(|value| !pattern::has_wildcard(service_part(value))) {
                    let hash = pattern::hash(value);
                    if said.denies.action_under(value, hash, false, &under).is_none() {
                        said.own.push((super::service_of_action(value), value));
                    }
                }
            }
        }
        said.denied.extend(said.denies.of_services());
        let all = format!("{:?} {:?} {:?}", said.anywhere, said.denied, said.denied_but);
        said.key = pattern::hash_as_is(&all);
        said
    }

    /// The hash of all that the answer for a service hangs on.
    fn key_of(&self, code: &str) -> u64 {
        let own = self.own.iter().filter(|(own, _)| own == code);
        let own: Vec<&str> = own.map(|(_, name)| *name).collect();
        pattern::hash_as_is(&format!("{} {code} {own:?}", self.key))
    }

    fn is_denied(&mut self, action: &str) -> bool {
        self.denies.action(action, pattern::hash(action), false).is_some()
    }

    /// Is an action of the service granted by a name or pattern of its own?
    fn grants(&self, code: &str, action: &str) -> bool {
        let mut own = self.own.iter().filter(|(own, _)| own == code);
        own.any(|(_, name)| pattern::matches(name, action, Case::Fold))
    }

    /// Is some of what the pattern means left out, or denied as a whole? Doubt is a yes.
    fn takes_from(&mut self, within: &str, except: Option<&[String]>) -> bool {
        let steps = &mut self.steps;
        let except = except.unwrap_or_default().iter().map(String::as_str);
        let denied = self.denied.iter().map(AsRef::as_ref);
        except.chain(denied).any(|one| steps.overlaps(one, within, Case::Fold))
            || self
                .denied_but
                .iter()
                .any(|but| !but.iter().any(|one| steps.covers(one, within, Case::Fold)))
    }
}
