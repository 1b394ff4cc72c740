//! `policy` and `template`: policy texts to read, pipe or copy.

use serde_json::{Value, json};

use super::answer::{Answer, Copied, SCHEMA, Trouble};
use super::args::{Policy, Template};
use super::files;
use super::known::Known;
use super::named::known_by_name;
use super::named::{self, Named};
use super::page::{Block, Page};
use super::papers::{Paper, kind_word};
use super::subject::Subject;
use super::sure::sureness;
use crate::catalog::model::{Role, RoleKind, Standing};
use crate::catalog::templates;
use crate::catalog::text::visible;
use crate::policy::print;
use crate::say::{Language, Saying, counted, said, say, saying};

/// `policy`
pub fn policy(args: &Policy, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    let subject = Subject::of(&args.subject, args.trust, known)?;
    let mut page = Page::default();
    let mut data = Vec::new();
    let mut texts = Vec::new();
    for paper in &subject.papers {
        let text = chosen(args, &subject, paper)?;
        data.push(json!({
            "name": subject.name_of(paper).english(),
            "at": paper.wrapped.path,
            "kind": kind_word(paper.wrapped.kind),
            "text": text,
            // Null where the text is not strict JSON.
            "document": serde_json::from_str::<Value>(&text).ok(),
        }));
        let fenced = Page::verbatim("json", text.clone());
        let note = note(args, &subject, lang);
        page.blocks.push(if subject.papers.len() > 1 {
            let heading = super::page::escape(&subject.name_of(paper).said(lang));
            let markdown = format!("### {heading}\n\n{}", fenced.to_markdown());
            let gap = if texts.is_empty() { "" } else { "\n" };
            Block::Written { text: gap.to_owned() + &fenced.to_text(), markdown }
        } else if note.is_empty() {
            Block::Verbatim { language: "json", text: text.clone() }
        } else {
            let note: Vec<String> = note.iter().map(|line| super::page::escape(line)).collect();
            let markdown = format!("> {}\n\n{}", note.join("  \n> "), fenced.to_markdown());
            Block::Written { text: fenced.to_text(), markdown }
        });
        texts.push(text);
    }
    let trust = subject.role.and_then(|role| role.trust.as_ref()).filter(|_| args.trust);
    let trust = trust.map(|trust| &trust.standing);
    let role = subject.role.filter(|_| !args.trust);
    let policy = role.and_then(|role| role.policy.as_ref());
    let statement = args.statement.and_then(|number| number.checked_sub(1));
    let catalog = role.map(|_| known.catalog()).transpose()?;
    let standing = catalog.zip(role).and_then(|(catalog, role)| catalog.policy_words(role));
    let standing = standing.or(trust.map(Standing::words));
    let [whole, _, warning] = catalog.map(|catalog| sureness(catalog, role)).unwrap_or_default();
    let json = json!({
        "schema": SCHEMA,
        "subject": subject.title.english(),
        "standing": standing.map(|standing| standing.en),
        "whole": whole,
        "warning": warning,
        "notes": policy.map(|policy| policy.notes.iter().map(|note| &note.en).collect::<Vec<_>>()),
        "statement_standing": policy.zip(statement).map(|(policy, at)| policy.standing_of(at).words().en),
        "policies": data,
    });
    let mut answer = Answer::new(page, json);
    if args.copy {
        // A copied text carries its warning with it; what is compact is for programs.
        let note = if args.compact { Vec::new() } else { note(args, &subject, lang) };
        let what = copied(args, texts.len()).said(lang);
        let text = templates::noted(&note, lang) + &texts.join("\n");
        answer.copy = Some(Copied { what, text: Some(text) });
    }
    answer.asides = subject.asides_in(lang);
    answer.asides.extend(order(&subject, lang));
    // What an account or a file says was written there, not here.
    if let Some(standing) = trust.filter(|standing| !standing.is_said()) {
        let words = standing.words();
        answer.asides.push(said(
            lang,
            "The trust policy is {}: written in the one form of service-linked roles, for the service name of this one.",
            &[words.get(lang)],
        ));
    }
    Ok(answer)
}

/// What a copied text is called behind "the".
fn copied(args: &Policy, texts: usize) -> Saying {
    match (args.statement, args.trust) {
        (Some(number), _) if texts > 1 => {
            saying("text of statement {} of each of the {} policies").with(number).with(texts)
        }
        (Some(number), true) => saying("text of statement {} of the trust policy").with(number),
        (Some(number), false) => saying("text of statement {}").with(number),
        (None, _) if texts > 1 => saying("text of the {} policies").with(texts),
        (None, true) => saying("trust policy"),
        (None, false) => saying("policy"),
    }
}

/// What several texts are called, which stand one behind the other.
fn order(subject: &Subject<'_>, lang: Language) -> Option<String> {
    let names = subject.papers.iter().take(files::NAMED).map(|paper| subject.name_of(paper));
    let all = subject.papers.len();
    let names = saying("{}").all(names);
    let names = match all.saturating_sub(files::NAMED) {
        0 => names,
        more => saying("{} and {} more").of(names).with(more),
    };
    (all > 1).then(|| saying("{} policies, in this order: {}").with(all).of(names).said(lang))
}

/// What must be said of the text, in sentences, where no page says all of it.
fn note(args: &Policy, subject: &Subject<'_>, lang: Language) -> Vec<String> {
    let Some(role) = subject.role else { return Vec::new() };
    if args.trust {
        return templates::trust_note(role, lang);
    }
    let Some(policy) = &role.policy else { return Vec::new() };
    match args.statement.and_then(|number| number.checked_sub(1)) {
        Some(at) => templates::statement_note(policy, at, lang),
        None => templates::policy_note(policy, lang),
    }
}

/// The text that was asked for.
fn chosen(args: &Policy, subject: &Subject<'_>, paper: &Paper) -> Result<String, Trouble> {
    let text = match args.statement {
        None => &*paper.wrapped.text,
        Some(number) => {
            let count = paper.document.statements.len();
            let statement = number.checked_sub(1).and_then(|at| paper.document.statements.get(at));
            let statement = statement.ok_or_else(|| {
                let name = subject.name_of(paper);
                let one = "there is {} statement in {}, and no statement {}";
                let many = "there are {} statements in {}, and no statement {}";
                Trouble::new(counted(count, one, many).of(name).with(number))
            })?;
            &print::outdent(paper.slice(statement.span))
        }
    };
    if args.compact {
        return Ok(format!("{}\n", print::compact(text).trim_end()));
    }
    // The trust policies of the catalogue are stored on one line.
    let role = subject.role.filter(|_| args.trust && args.statement.is_none());
    Ok(role.and_then(templates::trust_policy).unwrap_or_else(|| text.to_owned()))
}

/// `template`
pub fn template(args: &Template, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.holding(args.roles.iter().map(String::as_str))?;
    let mut roles: Vec<&Role> = Vec::new();
    let mut asides = Vec::new();
    for typed in &args.roles {
        match named::named(typed, catalog)? {
            (Named::Role(role), product) => {
                roles.push(role);
                asides.extend(product.map(|product| named::taken_for(lang, typed, role, product)));
            }
            (Named::Product(product), _) => {
                roles.extend(catalog.roles_of(&product.id));
                asides.extend(known_by_name(product, catalog, lang));
            }
        }
    }
    let (linked, ordinary): (Vec<&Role>, Vec<&Role>) =
        roles.into_iter().partition(|role| role.kind == RoleKind::ServiceLinked);
    let (with, without): (Vec<&Role>, Vec<&Role>) =
        linked.iter().partition(|role| role.service_name.is_some());
    let text = templates::create_policy(&with).ok_or_else(|| {
        Trouble::new(if linked.is_empty() {
            saying(
                "none of these is a service-linked role: any other role is created with CreateRole",
            )
        } else {
            saying("no service name of these roles is known, so no policy can name them")
        })
    })?;
    let json = json!({
        "schema": SCHEMA,
        "roles": with.iter().map(|role| &role.name).collect::<Vec<_>>(),
        "document": serde_json::from_str::<Value>(&text).ok(),
    });
    let mut answer = Answer::new(Page::verbatim("json", text.clone()), json);
    asides.extend(
        without.iter().map(|role| {
            said(lang, "{} is left out: its service name is not known.", &[&role.name])
        }),
    );
    asides.extend(ordinary.iter().map(|role| {
        said(lang, "{} is left out: it is not a service-linked role.", &[&visible(&role.name)])
    }));
    answer.asides = asides;
    if args.copy {
        let what = say(lang, "policy that lets a RAM user create the roles").to_owned();
        answer.copy = Some(Copied { what, text: Some(text) });
    }
    Ok(answer)
}
