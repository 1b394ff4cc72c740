//! Does everything with a policy text, or with a request, that the program can do, and holds it to what must always
//! be true. The fuzz targets, the mutations and the properties of reading share it.

use rolescope::policy::compare::compare;
use rolescope::policy::document::{Clause, Document};
use rolescope::policy::evaluate::{Decision, decide, evaluate};
use rolescope::policy::findings::{self, Context};
use rolescope::policy::json::{self, Limits, RepairKind};
use rolescope::policy::read::plain::Plain;
use rolescope::policy::request::Request;
use rolescope::policy::source::{Span, Spanned};
use rolescope::policy::summary::{self, Counter, summarize};
use rolescope::policy::vocabulary::{Nothing, Vocabulary};
use rolescope::policy::{explain, print, read, wrapper};
use rolescope::say::Language;

/// Reads a text in every way, prints it, and says all there is to say about it.
pub(crate) fn reader(text: &str, vocabulary: &dyn Vocabulary) {
    let limits = Limits::default();
    match json::read(text, &limits) {
        Ok(reading) => {
            let minified = print::minified(&reading.root);
            let printed = print::pretty(&reading.root);
            let again = json::read(&printed, &limits).expect("what was printed is JSON");
            assert_eq!(again.repairs, [], "{printed}");
            assert_eq!(print::minified(&again.root), minified);
            let compact = print::compact(text);
            let same = json::read(&compact, &limits)
                .unwrap_or_else(|error| panic!("{error}\n{text}\n{compact}"));
            assert_eq!(print::minified(&same.root), minified, "{compact}");
        }
        Err(error) => {
            assert!(error.offset <= text.len(), "{error:?}");
            assert!(!error.to_string().contains(char::is_control), "{error:?}");
        }
    }
    if let Ok(read) = read::document(text) {
        for oddity in &read.oddities {
            inside(text, oddity.span);
            plain(&oddity.sentence());
        }
        // As strict JSON an expression of a template is a string, of which nothing is known.
        if read.repairs.iter().all(|repair| repair.kind != RepairKind::Expression) {
            let reading = json::read(text, &limits).expect("it was read as a document");
            let printed = print::pretty(&reading.root);
            let again = read::document(&printed);
            let again = again.unwrap_or_else(|error| panic!("{error}\n{printed}"));
            assert_eq!(meaning(&again.document), meaning(&read.document), "{printed}");
        }
        words(text, &read, vocabulary);
        passed_over(text, &read.document, vocabulary);
    }
    if let Ok(found) = wrapper::find_in(text, &limits) {
        for document in &found.documents {
            let read = document.read().unwrap_or_else(|error| panic!("{error}\n{}", document.text));
            for statement in &read.document.statements {
                assert!(document.outer_offset(text, statement.span.start) <= text.len());
            }
        }
    }
}

/// A document that is passed over tells what reading tells.
fn passed_over(text: &str, document: &Document, vocabulary: &dyn Vocabulary) {
    let plain = Plain::of(text, &Limits::default());
    let Some(passed) = plain.as_ref().and_then(Plain::whole) else { return };
    let of = |clause: &Option<Clause>| -> Vec<String> {
        let values = clause.iter().flat_map(|clause| &clause.values);
        values.map(|value| value.value.to_string()).collect()
    };
    let read = document
        .statements
        .iter()
        .map(|one| (one.effect, !one.conditions.is_empty(), of(&one.action), of(&one.resource)));
    let told = passed
        .statements()
        .map(|one| (one.effect, one.conditional, texts(one.actions), texts(one.resources)));
    assert!(read.eq(told), "{text}");
    let touched = Counter::new(vocabulary).plain(passed);
    let touched: Vec<_> = touched.iter().collect();
    assert_eq!(touched, summary::touched(document, vocabulary), "{text}");
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// Everything that is said of a document.
fn words(text: &str, read: &read::Read, vocabulary: &dyn Vocabulary) {
    let document = &read.document;
    for language in [Language::English, Language::Chinese] {
        let context = Context { language, vocabulary, source: Some(text), ..Context::default() };
        let found = findings::findings(document, &read.oddities, &context);
        assert!(found.len() <= findings::MOST);
        for finding in &found {
            inside(text, finding.span);
            plain(&finding.message);
            plain(&finding.advice);
            let statements = document.statements.len();
            assert!(finding.statement.is_none_or(|at| at < statements), "{finding:?}");
        }
        plain(&explain::trust(language, document));
        for statement in &document.statements {
            inside(text, statement.span);
            plain(&explain::sentence(language, statement, vocabulary));
        }
    }
    let numbers = summarize(document, vocabulary).touched();
    assert_eq!(summary::touched(document, vocabulary), numbers, "{text}");
    assert!(compare(Language::English, document, document, vocabulary).is_same(), "{text}");
}

/// A span that can be cut out of the text.
#[track_caller]
fn inside(text: &str, span: Span) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} is no part of {text:?}");
}

/// A sentence that is safe to print.
#[track_caller]
fn plain(sentence: &str) {
    assert!(!sentence.contains(char::is_control), "{sentence:?}");
}

/// The document without its places.
pub(crate) fn meaning(document: &Document) -> Document {
    fn word(word: &mut Spanned) {
        word.span = Span::default();
    }
    fn clause(clause: &mut Clause) {
        clause.span = Span::default();
        clause.values.iter_mut().for_each(word);
    }
    let mut document = document.clone();
    document.span = Span::default();
    document.version.iter_mut().for_each(word);
    for statement in &mut document.statements {
        statement.span = Span::default();
        statement.sid.iter_mut().for_each(word);
        statement.action.iter_mut().for_each(clause);
        statement.resource.iter_mut().for_each(clause);
        if let Some(principal) = &mut statement.principal {
            principal.span = Span::default();
            principal.members.iter_mut().for_each(|(_, value)| word(value));
        }
        for condition in &mut statement.conditions {
            condition.span = Span::default();
            word(&mut condition.operator);
            word(&mut condition.key);
            condition.values.iter_mut().for_each(word);
        }
    }
    document
}

/// Bytes as a row of choices; after the end every choice is the first.
pub(crate) struct Choices<'a>(pub(crate) &'a [u8]);

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().map_or((0, self.0), |(b, rest)| (*b, rest));
        self.0 = rest;
        first
    }

    fn below(&mut self, many: u8) -> u8 {
        self.byte() % many
    }

    /// One of the list, or now and then whatever stands in the bytes.
    fn text(&mut self, list: &[&str]) -> String {
        let byte = usize::from(self.byte());
        if byte < 224 {
            return list[byte % list.len()].to_owned();
        }
        let length = (byte - 224).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    /// The list of one to three, or a single one, as JSON.
    fn list(&mut self, list: &[&str]) -> String {
        let items: Vec<String> = (0..=self.below(3)).map(|_| quoted(&self.text(list))).collect();
        if items.len() == 1 { items.concat() } else { format!("[{}]", items.join(",")) }
    }

    fn statement(&mut self, effect: &str) -> String {
        let shape = self.byte();
        let action = if shape & 7 == 7 { "NotAction" } else { "Action" };
        let resource = if shape >> 3 & 7 == 7 { "NotResource" } else { "Resource" };
        let mut text = format!(
            "{{\"Effect\":\"{effect}\",\"{action}\":{},\"{resource}\":{}",
            self.list(&ACTIONS),
            self.list(&RESOURCES)
        );
        if shape & 0x40 != 0 {
            let kind = quoted(&self.text(&["RAM", "Service", "Federated"]));
            text += &format!(",\"Principal\":{{{kind}:{}}}", self.list(&PRINCIPALS));
        }
        if shape & 0x80 != 0 {
            let mut blocks = Vec::new();
            for _ in 0..=self.below(2) {
                let operator = quoted(&self.text(&OPERATORS));
                let key = quoted(&self.text(&KEYS));
                blocks.push(format!("{operator}:{{{key}:{}}}", self.list(&VALUES)));
            }
            text += &format!(",\"Condition\":{{{}}}", blocks.join(","));
        }
        text + "}"
    }

    fn document(&mut self, most: u8) -> Document {
        let statements: Vec<String> = (0..=self.below(most))
            .map(|_| {
                let effect = if self.below(3) == 2 { "Deny" } else { "Allow" };
                self.statement(effect)
            })
            .collect();
        document(&statements.join(","))
    }

    /// A request that says everything: what it does not name is not there.
    fn request(&mut self) -> Request {
        let mut request = Request::new(self.text(&["a:Get", "a:Put", "b:Get", "d:Do"]));
        let given = self.byte();
        if given & 1 == 0 {
            // A name that is not known is any full name; what does not look like one is no name.
            let name = self.text(&NAMES);
            let full = name.starts_with("acs:");
            request.resource = Some(if full { name } else { format!("acs:a:r:1:{name}") });
        }
        if given & 2 != 0 {
            request.principal = Some(self.text(&["acs:ram::1:user/v", "acs:ram::2:user/u", "s"]));
        }
        for _ in 0..(given >> 2) % 5 {
            let key = self.text(&KEYS);
            let value = self.text(&VALUES);
            request = request.with(&key, value);
        }
        request
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn document(statements: &str) -> Document {
    let text = format!("{{\"Version\":\"1\",\"Statement\":[{statements}]}}");
    read::document(&text).unwrap_or_else(|error| panic!("{error}\n{text}")).document
}

const ACTIONS: [&str; 9] =
    ["a:Get", "a:Put", "b:Get", "a:*", "*:Get", "*", "A:P?t", "c:Get", "a*t"];
const NAMES: [&str; 4] = ["acs:a::1:x/y", "acs:a:r:2:z", "acs:ram::1:role/r1", "acs:b:r:1:q"];
const RESOURCES: [&str; 8] = [
    "*",
    "acs:a:*:*:*",
    "acs:a:*:*:x/*",
    "acs:a::1:x/y",
    "acs:ram:*:*:role/R*",
    "acs:ram::1:role/r1",
    "acs:b:?:1:*",
    "acs:*",
];
const PRINCIPALS: [&str; 5] = ["acs:ram::1:root", "acs:ram::2:user/u", "*", "1", "s"];
const OPERATORS: [&str; 24] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateGreaterThan",
    "Bool",
    "IpAddress",
    "NotIpAddress",
    "StringLikeIfExists",
    "BoolIfExists",
    "Null",
    "ForAllValues:StringEquals",
    "ForAnyValue:StringNotEquals",
    "ForAllValues:NumericLessThan",
    "Strange",
];
const KEYS: [&str; 5] = ["k", "l", "acs:m", "acs:SourceIp", "kms:tag/a"];
const VALUES: [&str; 12] = [
    "x",
    "X*",
    "1",
    "2.5",
    "-1e3",
    "true",
    "FALSE",
    "10.0.0.1",
    "10.0.0.0/8",
    "2001:db8::/32",
    "2020-01-01T00:00:00Z",
    "${k}",
];

/// A statement that denies, in forms that cannot be read for certain.
fn spoilt(denying: &str) -> Vec<String> {
    let names = ["Effect", "Action", "Resource", "Principal", "Condition"];
    let lower = |name: &str| {
        let key = |name: &str| format!("\"{name}\":");
        denying.replace(&key(name), &key(&name.to_lowercase()))
    };
    let effect =
        |other: &str| denying.replace("\"Effect\":\"Deny\"", &format!("\"Effect\":{other}"));
    let mut all: Vec<String> = names.into_iter().map(lower).collect();
    all.extend(["\"DENY\"", "[\"Deny\"]", "null", "{\"Ref\":\"E\"}", "\"${e}\""].map(effect));
    all.extend([format!("[{denying}]"), format!("{{\"Fn::If\":[\"c\",{denying},{{}}]}}")]);
    all
}

/// Decides on requests made from bytes: a Deny that cannot be read never makes an allow firm, an Allow more never turns an allow into a deny, a Deny more never the reverse,
/// and a partial answer holds however the unknown comes out.
pub(crate) fn evaluator(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let full = choices.request();
    let unknown = choices.byte();
    let allow = document(&choices.statement("Allow"));
    let denying = choices.statement("Deny");
    let deny = document(&denying);
    let spoilt: Vec<Document> = spoilt(&denying).iter().map(|text| document(text)).collect();
    let base = choices.document(3);
    let second = (choices.below(4) == 3).then(|| choices.document(2));
    let mut policies = vec![&base];
    policies.extend(&second);

    let answer = evaluate(Language::English, &policies, &full);
    plain(&answer.sentence());
    plain(&evaluate(Language::Chinese, &policies, &full).sentence());
    let firm = answer.decision != Decision::Depends;
    assert_eq!(firm, answer.depends_on.is_empty(), "{answer:#?}");
    let with = |more| {
        let policies: Vec<&Document> = policies.iter().copied().chain([more]).collect();
        evaluate(Language::English, &policies, &full).decision
    };
    if answer.decision == Decision::Allow {
        assert_eq!(with(&allow), Decision::Allow, "{full:?}\n{policies:#?}\n{allow:#?}");
    } else {
        assert_ne!(with(&deny), Decision::Allow, "{full:?}\n{policies:#?}\n{deny:#?}");
    }
    if with(&deny) != Decision::Allow {
        for spoilt in &spoilt {
            let decided = with(spoilt);
            assert_ne!(decided, Decision::Allow, "{full:?}\n{policies:#?}\n{denying}\n{spoilt:#?}");
        }
    }

    let mut partial = Request::partial(full.action.clone());
    for (n, key) in KEYS.iter().enumerate() {
        if unknown >> n & 1 == 0 {
            partial.context.absent(key);
            for value in full.context.values(key).unwrap_or_default() {
                partial.context.add(key, value.clone());
            }
        }
    }
    partial.resource = full.resource.clone().filter(|_| unknown & 0x40 == 0);
    partial.principal = full.principal.clone().filter(|_| unknown & 0x80 == 0);
    let open = evaluate(Language::English, &policies, &partial);
    plain(&open.sentence());
    plain(&evaluate(Language::Chinese, &policies, &partial).sentence());
    assert!(
        answer.possible.iter().all(|possible| open.possible.contains(possible)),
        "{full:?}\n{partial:?}\n{policies:#?}\n{open:#?}\n{answer:#?}"
    );
    let depends = open.decision == Decision::Depends;
    assert_eq!(depends, open.possible.len() > 1, "{open:#?}");
    assert_eq!(depends, !open.depends_on.is_empty(), "{open:#?}");

    // Assuming a role takes two of them.
    let assume = |request: &Request| {
        let request = Request { action: "sts:AssumeRole".to_owned(), ..request.clone() };
        plain(&decide(Language::Chinese, &policies, &request).sentence());
        decide(Language::English, &policies, &request)
    };
    let (open, answer) = (assume(&partial), assume(&full));
    plain(&answer.sentence());
    let within = answer.possible.iter().all(|possible| open.possible.contains(possible));
    assert!(within, "{full:?}\n{partial:?}\n{policies:#?}\n{open:#?}\n{answer:#?}");
    for answer in [open, answer] {
        let depends = answer.decision == Decision::Depends;
        assert_eq!(depends, !answer.depends_on.is_empty(), "{answer:#?}");
    }

    // What a decision is made of can also be said, summed up and compared.
    let _ = summarize(&base, &Nothing);
    let other = second.as_ref().unwrap_or(&allow);
    plain(&compare(Language::English, &base, other, &Nothing).verdict);
    plain(&compare(Language::Chinese, &base, other, &Nothing).verdict);
}
