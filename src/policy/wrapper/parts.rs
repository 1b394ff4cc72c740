//! A large list in parts: each element is read, searched and forgotten by itself, on all cores.
//!
//! The way to the list and where its elements begin and end is told by passing over plain JSON without reading it. What
//! is not plain there, or not as expected in an element, gives the whole up: the text is then read as every other,
//! with the same result.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::walk::{self, Element, Spot};
use super::{Content, Found, Hand, LONG, Maker, Makers, Wrapped};
use crate::bytes::{equal, find};
use crate::hands;
use crate::policy::json::{self, Limits, Passing, Scan};
use crate::policy::read::plain::{self, Plain};
use crate::policy::source::{Source, Span};

/// Bytes of elements that a thread takes at a time.
const SHARE: usize = 128 << 10;
/// How many objects may be around the list.
const DEEP: usize = 3;

/// A list in a text.
struct List {
    /// What stands between its brackets.
    inside: Span,
    /// Its elements.
    elements: Vec<Span>,
}

/// What was found in some elements.
struct Share<T> {
    made: Vec<T>,
    found: Found,
    count: usize,
    /// Where its last element ends.
    end: usize,
}

/// What comes of the shares, in the order of the text.
struct Order<'h, T> {
    /// The number of the share that is next.
    next: usize,
    /// Those that came before their turn.
    early: BTreeMap<usize, Share<T>>,
    /// What was made and not handed on.
    made: Vec<T>,
    /// How much was handed on.
    handed: usize,
    found: Found,
    count: usize,
    /// Where the last share ends.
    end: usize,
    hand: Hand<'h, T>,
}

impl<T> Order<'_, T> {
    /// Takes in a share, and whatever waited for it. Documents are handed on as long as no roles are found: roles come
    /// before them. How far the search is, is always told.
    fn take(&mut self, at: usize, share: Share<T>) {
        self.early.insert(at, share);
        while let Some(mut share) = self.early.remove(&self.next) {
            self.next += 1;
            self.count += share.count;
            self.made.append(&mut share.made);
            self.found.roles.extend(share.found.roles);
            self.found.policies.extend(share.found.policies);
            self.found.skipped.extend(share.found.skipped);
            self.found.pages.append(share.found.pages);
            self.found.repairs.extend(share.found.repairs);
            let mut made = Vec::new();
            if self.found.roles.is_empty() {
                made.append(&mut self.made);
            }
            self.handed += made.len();
            self.end = share.end;
            (self.hand)(made, share.end);
        }
    }
}

/// See [`super::each_in`]. Errors: the text needs to be read as a whole; so much was handed on before that was found.
pub(super) fn each_in<T: Send>(
    text: &Source,
    limits: &Limits,
    makers: Makers<'_, T>,
    stop: &AtomicBool,
    hand: Hand<'_, T>,
) -> Result<(Vec<T>, Found), usize> {
    let mut order = Order {
        next: 0,
        early: BTreeMap::new(),
        made: Vec::new(),
        handed: 0,
        found: Found::default(),
        count: 0,
        end: 0,
        hand,
    };
    match in_order(text, limits, makers, stop, &mut order) {
        Some(()) => Ok((order.made, order.found)),
        None => Err(order.handed),
    }
}

fn in_order<T: Send>(
    text: &Source,
    limits: &Limits,
    makers: Makers<'_, T>,
    stop: &AtomicBool,
    order: &mut Order<'_, T>,
) -> Option<()> {
    if text.len() < LONG || text.len() > limits.bytes {
        return None;
    }
    if let Some(plain) = Plain::of(text, limits) {
        order.made.push(makers()(Wrapped::bare(text), Content::Plain(plain.whole()?)));
        return Some(());
    }
    let list = largest_list(text.as_bytes())?;
    let around = json::read_around(text, list.inside, limits)?;
    let spot = walk::spot(text, &around.node, (list.inside, list.elements.len()), limits)?;
    order.count = around.count;
    order.found.repairs = around.repairs;
    order.found.pages = spot.pages.clone();
    search(text, &list, &spot, (limits, stop), makers, order)?;
    let Order { found, made, handed, .. } = order;
    // Beyond a limit, or nothing of what is looked for: what that means is settled by reading the whole.
    let nothing = made.is_empty() && *handed == 0 && found.is_empty() && found.stopped.is_none();
    if order.count > limits.nodes || nothing {
        return None;
    }
    found.skipped.truncate(walk::MOST_SKIPPED);
    crate::sort::by_key(&mut found.repairs, |repair| repair.offset);
    found.repairs.truncate(json::MOST_REPAIRS);
    Some(())
}

/// Searches the elements on all cores.
fn search<T: Send>(
    text: &Source,
    list: &List,
    spot: &Spot<'_>,
    (limits, stop): (&Limits, &AtomicBool),
    makers: Makers<'_, T>,
    order: &mut Order<'_, T>,
) -> Option<()> {
    let length = list.inside.end - list.inside.start;
    let each = (list.elements.len() * SHARE / length.max(1)).max(1);
    let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let stopped = AtomicBool::new(false);
    let order = Mutex::new(order);
    let work = || {
        let mut make = makers();
        while !failed.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let first = at * each;
            let Some(elements) = list.elements.get(first..) else { break };
            let elements = elements.get(..each).unwrap_or(elements);
            if elements.is_empty() {
                break;
            }
            // All shares before this one are taken and come to their end.
            if stop.load(Ordering::Relaxed) {
                stopped.store(true, Ordering::Relaxed);
                break;
            }
            match share(text, first, elements, spot, limits, &mut make) {
                Some(share) => order.lock().ok()?.take(at, share),
                None => failed.store(true, Ordering::Relaxed),
            }
        }
        Some(())
    };
    thread::scope(|scope| {
        let others = hands::start(scope, hands::cores() - 1, work);
        work()?;
        // Whoever broke down may have handed on a part of what it had: that is told, not read again.
        others
            .into_iter()
            .try_for_each(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })?;
    if let Ok(mut order) = order.lock() {
        order.found.stopped = stopped.load(Ordering::Relaxed).then_some(order.end);
    }
    (!failed.load(Ordering::Relaxed)).then_some(())
}

fn share<T>(
    text: &Source,
    first: usize,
    elements: &[Span],
    spot: &Spot<'_>,
    limits: &Limits,
    make: &mut Maker<'_, T>,
) -> Option<Share<T>> {
    let end = elements.last().map_or(0, |span| span.end);
    let mut share = Share { made: Vec::new(), found: Found::default(), count: 0, end };
    let (mut plain, inside) = (Plain::default(), limits.inside(spot.depth())?);
    for (index, span) in elements.iter().enumerate() {
        plain.clear();
        let mut pass = |at| plain.pass(text, at, limits.statements);
        let passing = Passing { pass: &mut pass, depth: plain::DEPTH };
        let piece = json::read_part(text, *span, &inside, passing)?;
        share.count += piece.count;
        let made = &mut share.made;
        let mut take = |wrapped, content: Content<'_>| made.push(make(wrapped, content));
        let element = Element { index: first + index, node: &piece.node, plain: &plain };
        let found = spot.element(text, &element, limits, &mut take)?;
        share.found.roles.extend(found.roles);
        share.found.policies.extend(found.policies);
        share.found.skipped.extend(found.skipped);
        share.found.pages.append(found.pages);
        share.found.repairs.extend(piece.repairs);
    }
    Some(share)
}

/// The list of objects that takes most of the text, within a few objects. None: there is none, or the text is not plain JSON.
fn largest_list(bytes: &[u8]) -> Option<List> {
    let mut pass = Scan { bytes, at: 0 };
    pass.blanks();
    let list = pass.list_in(0)?;
    let most = list.inside.end - list.inside.start > bytes.len() / 2;
    let objects = list.elements.iter().all(|span| bytes.get(span.start) == Some(&b'{'));
    (most && objects && list.elements.len() > 1).then_some(list)
}

/// What a byte outside strings is when values are passed over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    Quote,
    Open,
    Close,
    /// Not in plain JSON.
    Odd,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Odd; 256];
    let mut at = 0;
    while at < 128 {
        #[expect(clippy::indexing_slicing, reason = "in a constant, where a slip does not compile")]
        {
            classes[at] = match at as u8 {
                b'"' => Class::Quote,
                b'{' | b'[' => Class::Open,
                b'}' | b']' => Class::Close,
                b' '
                | b'\n'
                | b'\r'
                | b'\t'
                | b','
                | b':'
                | b'-'
                | b'+'
                | b'.'
                | b'0'..=b'9'
                | b'a'..=b'z'
                | b'A'..=b'Z' => Class::Plain,
                _ => Class::Odd,
            };
        }
        at += 1;
    }
    classes
};

/// Through plain JSON.
impl Scan<'_> {
    /// Passes over a string.
    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            let rest = self.bytes.get(self.at..)?;
            let stop = find(rest, |word| equal(word, b'"') | equal(word, b'\\'))?;
            self.at += stop + 1;
            if rest.get(stop) == Some(&b'"') {
                return Some(());
            }
            // What follows the backslash is no end.
            self.at += 1;
        }
    }

    /// Passes over a value. Brackets are counted, not matched: whoever reads the element does that.
    fn value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match CLASSES.get(usize::from(self.peek()?))? {
                Class::Quote => self.string()?,
                Class::Open => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                Class::Close => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                Class::Plain if depth > 0 => {
                    self.at += 1;
                    self.spaces();
                    continue;
                }
                Class::Plain => {
                    let word = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
                    let start = self.at;
                    while self.peek().is_some_and(word) {
                        self.at += 1;
                    }
                    if self.at == start {
                        return None;
                    }
                }
                Class::Odd => return None,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Passes over a list and notes its elements.
    fn list(&mut self) -> Option<List> {
        let start = self.at + 1;
        self.mark(b'[')?;
        let mut elements = Vec::new();
        while self.peek()? != b']' {
            if !elements.is_empty() {
                self.mark(b',')?;
            }
            let from = self.at;
            self.value()?;
            elements.push(Span::new(from, self.at));
            self.blanks();
        }
        self.at += 1;
        Some(List { inside: Span::new(start, self.at - 1), elements })
    }

    /// The largest list of the value that begins here. None also where an object on the way is a document itself.
    fn list_in(&mut self, depth: usize) -> Option<List> {
        if self.peek()? == b'[' {
            return self.list();
        }
        let mut largest: Option<List> = None;
        self.mark(b'{')?;
        let mut first = true;
        while self.peek()? != b'}' {
            if !first {
                self.mark(b',')?;
            }
            first = false;
            let key = self.at;
            if self.peek()? != b'"' {
                return None;
            }
            self.string()?;
            if self.bytes.get(key..self.at)?.eq_ignore_ascii_case(b"\"statement\"") {
                return None;
            }
            self.blanks();
            self.mark(b':')?;
            let found = match self.peek()? {
                b'[' => Some(self.list()?),
                b'{' if depth < DEEP => self.list_in(depth + 1),
                _ => {
                    self.value()?;
                    None
                }
            };
            let length = |list: &List| list.inside.end - list.inside.start;
            if found
                .as_ref()
                .is_some_and(|new| largest.as_ref().is_none_or(|old| length(new) > length(old)))
            {
                largest = found;
            }
            self.blanks();
        }
        self.at += 1;
        largest
    }
}
