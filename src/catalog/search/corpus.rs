//! Everything that can be found, kept small: one text for all names, offsets into it, a mask for each.
//!
//! A million action names take about 17 bytes each beside their text. No entry owns a `String`.

#![expect(
    clippy::inline_always,
    reason = "asked a million times a key press, and small code is asked for"
)]

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::mask;
use super::query::fold;
use crate::catalog::model::{ProductId, RoleId};
use crate::room;

/// Characters of a text that are searched; a longer one is cut, so that no hostile name can make a key press slow.
pub const LONGEST_TEXT: usize = 512;
/// How many entries of each kind an empty query shows.
const HEAD: usize = 200;

/// What an entry is; the order is the order on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A product.
    Product,
    /// A role.
    Role,
    /// The feature that needs a role.
    Feature,
    /// A cloud service.
    Service,
    /// An action.
    Action,
    /// A permission policy.
    Policy,
    /// The service that may assume a role.
    ServiceName,
}

impl Kind {
    /// All kinds, in the order on the screen.
    pub const ALL: [Self; 7] = [
        Self::Product,
        Self::Role,
        Self::Feature,
        Self::Service,
        Self::Action,
        Self::Policy,
        Self::ServiceName,
    ];
}

/// Where an entry leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// To a product.
    Product(ProductId),
    /// To a role.
    Role(RoleId),
    /// To a service, by its code.
    Service(Arc<str>),
    /// To an action, by its name.
    Action {
        /// The name, such as `ecs:RunInstances`.
        action: String,
    },
    /// To the policy of a role.
    Policy(RoleId),
}

/// There are fewer entries than this.
const FULL: u32 = u32::MAX;

/// Everything that can be found. It may grow at any time; a [`super::Finder`] notices.
#[derive(Debug)]
pub struct Corpus {
    id: u64,
    text: String,
    /// Where each text starts, and the end of the last.
    starts: Vec<u32>,
    masks: Vec<u64>,
    /// The first text of each entry, and the end of the last.
    firsts: Vec<u32>,
    kinds: Vec<Kind>,
    /// The entries whose first text is not the action that they lead to, and where each of these leads.
    others: Vec<u32>,
    targets: Vec<Target>,
    /// The folded form of the few texts that differ from it by more than ASCII case.
    folded: HashMap<u32, Box<str>>,
    counts: Counts,
    heads: [Vec<u32>; Kind::ALL.len()],
}

/// A number for each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([usize; Kind::ALL.len()]);

impl Counts {
    /// The number of one kind.
    pub fn of(&self, kind: Kind) -> usize {
        self.0.get(kind as usize).copied().unwrap_or(0)
    }

    /// The number of all kinds.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// Shares `most` out among the kinds: what one does not need goes to those that have more.
    pub(super) fn share(&self, most: usize) -> usize {
        let kinds = self.0.iter().filter(|count| **count > 0).count().max(1);
        let fair = most / kinds;
        let left: usize = self
            .0
            .iter()
            .filter(|count| **count > 0)
            .map(|count| fair.saturating_sub(*count))
            .sum();
        fair + left / self.0.iter().filter(|count| **count > fair).count().max(1)
    }

    pub(super) fn set(&mut self, kind: Kind, number: usize) {
        if let Some(count) = self.0.get_mut(kind as usize) {
            *count = number;
        }
    }

    pub(super) fn add(&mut self, kind: Kind) {
        if let Some(count) = self.0.get_mut(kind as usize) {
            *count += 1;
        }
    }

    fn take(&mut self, kind: Kind) {
        if let Some(count) = self.0.get_mut(kind as usize) {
            *count = count.saturating_sub(1);
        }
    }

    pub(super) fn add_all(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
    }
}

impl Default for Corpus {
    fn default() -> Self {
        Self::new()
    }
}

impl Corpus {
    /// Nothing yet.
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            text: String::new(),
            starts: vec![0],
            masks: Vec::new(),
            firsts: vec![0],
            kinds: Vec::new(),
            others: Vec::new(),
            targets: Vec::new(),
            folded: HashMap::new(),
            counts: Counts::default(),
            heads: Default::default(),
        }
    }

    /// Makes room for so many more entries of one text each, `bytes` in all: a large load then copies nothing twice.
    pub fn reserve(&mut self, entries: usize, bytes: usize) {
        room::make_for_text(&mut self.text, bytes);
        room::make(&mut self.starts, entries);
        room::make(&mut self.masks, entries);
        room::make(&mut self.firsts, entries);
        room::make(&mut self.kinds, entries);
    }

    /// Adds an entry. `names` are matched letter by letter, the sentences of `prose` word by word; empty texts are left out.
    /// Returns its number, or nothing where the corpus is full (4 GiB) or no text is left.
    pub fn push(
        &mut self,
        kind: Kind,
        names: &[&str],
        prose: &[&str],
        target: Target,
    ) -> Option<u32> {
        let entry = self.add(kind, names, prose)?;
        self.others.push(entry);
        self.targets.push(target);
        Some(entry)
    }

    /// Adds an action, as [`Corpus::push`] does, without a `String` of its own.
    pub fn push_action(&mut self, action: &str, meaning: &[&str]) -> Option<u32> {
        let cut = action.len() > LONGEST_TEXT && action.char_indices().nth(LONGEST_TEXT).is_some();
        if cut {
            // The first text would not be the whole name.
            return self.push(
                Kind::Action,
                &[action],
                meaning,
                Target::Action { action: action.to_owned() },
            );
        }
        if action.is_empty() { None } else { self.add(Kind::Action, &[action], meaning) }
    }

    fn add(&mut self, kind: Kind, names: &[&str], prose: &[&str]) -> Option<u32> {
        let entry = u32::try_from(self.kinds.len()).ok().filter(|entry| *entry < FULL)?;
        let room = (u32::MAX as usize).saturating_sub(self.text.len());
        let wanted = names.iter().chain(prose).map(|text| text.len().min(LONGEST_TEXT * 4));
        if names.iter().chain(prose).all(|text| text.is_empty()) || wanted.sum::<usize>() > room {
            return None;
        }
        for text in names {
            self.add_text(text, 0);
        }
        for text in prose {
            self.add_text(text, mask::PROSE);
        }
        room::make(&mut self.firsts, 1);
        room::make(&mut self.kinds, 1);
        self.firsts.push(self.masks.len() as u32);
        self.kinds.push(kind);
        self.counts.add(kind);
        if let Some(head) = self.heads.get_mut(kind as usize).filter(|head| head.len() < HEAD) {
            head.push(entry);
        }
        Some(entry)
    }

    fn add_text(&mut self, text: &str, marks: u64) {
        if text.is_empty() {
            return;
        }
        let text = if text.len() <= LONGEST_TEXT { text } else { cut(text) };
        let mut letters = marks;
        if text.is_ascii() || text.chars().all(|c| c.is_ascii() || fold(c) == c) {
            letters |= mask::of(text);
        } else {
            let folded: String = text.chars().map(fold).collect();
            letters |= mask::of(&folded) | mask::FOLDED;
            self.folded.insert(self.masks.len() as u32, folded.into_boxed_str());
        }
        room::make_for_text(&mut self.text, text.len());
        room::make(&mut self.starts, 1);
        room::make(&mut self.masks, 1);
        self.text.push_str(text);
        self.starts.push(self.text.len() as u32);
        self.masks.push(letters);
    }

    /// Has the entries be found no more that lead to such targets. A [`super::Finder`] notices with the next entry that is
    /// added.
    pub fn withdraw(&mut self, gone: impl Fn(&Target) -> bool) {
        let gone = self.others.iter().zip(&self.targets).filter(|(_, target)| gone(target));
        for entry in gone.map(|(entry, _)| *entry).collect::<Vec<u32>>() {
            let forms = self.forms(entry);
            let Some(kind) = self.kind(entry).filter(|_| self.letters(forms.start) != 0) else {
                continue;
            };
            // Whatever is typed has letters that a text without any does not have.
            let forms = forms.start as usize..forms.end as usize;
            self.masks.get_mut(forms).into_iter().flatten().for_each(|letters| *letters = 0);
            self.counts.take(kind);
            if let Some(head) = self.heads.get_mut(kind as usize) {
                head.retain(|one| *one != entry);
            }
        }
    }

    /// How many entries there are, those that were withdrawn among them.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Is there nothing?
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// How many entries of each kind there are.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What an entry is.
    pub fn kind(&self, entry: u32) -> Option<Kind> {
        self.kinds.get(entry as usize).copied()
    }

    /// A text of an entry as it was given (but not more than [`LONGEST_TEXT`] characters); 0 is its first name.
    /// Not cleaned of control characters: whoever shows it does that.
    pub fn text(&self, entry: u32, form: usize) -> Option<&str> {
        let form = self.forms(entry).nth(form)?;
        self.shown(form)
    }

    /// Where an entry leads.
    pub fn target(&self, entry: u32) -> Option<Target> {
        match self.others.binary_search(&entry) {
            Ok(at) => self.targets.get(at).cloned(),
            Err(_) => Some(Target::Action { action: self.text(entry, 0)?.to_owned() }),
        }
    }

    /// The bytes in use for text and tables.
    pub fn bytes(&self) -> usize {
        self.text.len()
            + size_of::<u64>() * self.masks.len()
            + size_of::<u32>() * (self.starts.len() + self.firsts.len() + self.others.len())
            + size_of::<Kind>() * self.kinds.len()
            + size_of::<Target>() * self.targets.len()
            + self
                .folded
                .values()
                .map(|text| text.len() + size_of::<(u32, Box<str>)>())
                .sum::<usize>()
    }

    /// Tells this corpus from every other of this run.
    pub(super) fn id(&self) -> u64 {
        self.id
    }

    /// The first entries of a kind.
    pub(super) fn head(&self, kind: Kind) -> &[u32] {
        self.heads.get(kind as usize).map_or(&[], Vec::as_slice)
    }

    /// The numbers of the texts of an entry.
    #[inline(always)]
    pub(super) fn forms(&self, entry: u32) -> std::ops::Range<u32> {
        let entry = entry as usize;
        match self.firsts.get(entry..entry.saturating_add(2)) {
            Some(&[from, to]) => from..to,
            _ => 0..0,
        }
    }

    /// The mask of a text.
    #[inline(always)]
    pub(super) fn letters(&self, form: u32) -> u64 {
        self.masks.get(form as usize).copied().unwrap_or(0)
    }

    /// A text as it was given.
    pub(super) fn shown(&self, form: u32) -> Option<&str> {
        let form = form as usize;
        let [from, to] = self.starts.get(form..form.saturating_add(2))? else {
            return None;
        };
        self.text.get(*from as usize..*to as usize)
    }

    /// A text as it is searched: folded but for ASCII case, one character for one of the given text.
    pub(super) fn searched(&self, form: u32, letters: u64) -> &str {
        if letters & mask::FOLDED != 0
            && let Some(folded) = self.folded.get(&form)
        {
            return folded;
        }
        self.shown(form).unwrap_or("")
    }

    /// The bytes of [`Corpus::searched`] and their number; more may follow them.
    #[inline(always)]
    pub(super) fn searched_bytes(&self, form: u32, letters: u64) -> (&[u8], usize) {
        if letters & mask::FOLDED != 0 {
            let bytes = self.searched(form, letters).as_bytes();
            return (bytes, bytes.len());
        }
        let form = form as usize;
        match self.starts.get(form..form.saturating_add(2)) {
            Some(&[from, to]) => (
                self.text.as_bytes().get(from as usize..).unwrap_or(&[]),
                to.saturating_sub(from) as usize,
            ),
            _ => (&[], 0),
        }
    }
}

/// The first characters of a text, as many as are searched.
pub(super) fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST_TEXT).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}
