//! `list` and `show`: the roles of the catalogue, and all that is known of one.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble, join};
use super::args::{Format, List, Name};
use super::data::text;
use super::known::Known;
use super::named::{self, find_product, known_by_name, product_part};
use super::page::{Block, Page};
use super::seen::in_words;
use super::sure::not_whole;
use super::user_policy;
use crate::catalog::commands;
use crate::catalog::model::{Fact, Role, RoleKind, Standing, Text};
use crate::catalog::observed::Observation;
use crate::catalog::templates;
use crate::catalog::touch::Touch;
use crate::catalog::{Catalog, Kinds};
use crate::policy::summary::{self, ServiceSummary, Summary};
use crate::say::{Language, comma_list, said, say};

/// `list`
pub fn list(args: &List, lang: Language, format: Format, known: &Known) -> Result<Answer, Trouble> {
    // A service may be touched by roles that are described nowhere but by their policy. A product is sought among those
    // that are described before it is taken for the one of all the others.
    let described = known.asked()?;
    let is_described = |typed: &str| named::product(product_part(typed), described).is_some();
    let wide = match args.product.as_deref() {
        None => args.service.is_some(),
        Some(typed) => !is_described(typed),
    };
    let catalog = if wide { known.asked_widely()? } else { described };
    let service =
        args.service.as_deref().map(|typed| named::service(typed, catalog)).transpose()?;
    let product = match args.product.as_deref() {
        None => None,
        Some(typed) => Some(find_product(typed, catalog)?),
    };
    let mut rows = Vec::new();
    let mut data = Vec::new();
    let mut kinds = Kinds::default();
    let mut any = false;
    for role in catalog.roles() {
        if product.is_some_and(|product| product.id != role.product) {
            continue;
        }
        let touch = match &service {
            None => None,
            Some(code) => match touch(role, code, catalog) {
                None => continue,
                touch => touch,
            },
        };
        kinds.add(role.kind);
        any = true;
        // Of many roles the one takes as long as the other, and only one of them is printed.
        if format == Format::Json {
            data.push(join(brief(role, catalog), of_list(role, catalog, touch)));
            continue;
        }
        let feature =
            role.feature.as_ref().map(|fact| fact.value.get(lang).to_owned()).unwrap_or_default();
        let standing = catalog.policy_words(role).map(|words| words.get(lang).to_owned());
        let product =
            catalog.product(&role.product).map(|product| product.name.get(lang).to_owned());
        let mut row = vec![
            role.name.clone(),
            product.unwrap_or_default(),
            feature,
            standing.unwrap_or_default(),
        ];
        if let Some(touch) = touch {
            row.push(say(lang, touch.word()).to_owned());
        }
        if catalog.account().is_some() {
            row.push(in_words(catalog.observation(&role.id), lang));
        }
        rows.push(row);
    }
    let mut head = [kinds.head(), known.where_head(), "Feature", "Policy"]
        .map(|head| say(lang, head))
        .to_vec();
    if service.is_some() {
        head.push(say(lang, "Through"));
    }
    if catalog.account().is_some() {
        head.push(say(lang, "In the account"));
    }
    let mut page = Page::default();
    if !any {
        page.line(say(lang, known.nothing()));
    }
    page.table(head, rows);
    let json = (format == Format::Json)
        .then(|| json!({"schema": SCHEMA, "service": service, "roles": data}));
    let mut answer = Answer::new(page, json.unwrap_or_default()).or_no(any);
    if !wide && product.is_none() && known.own().is_none() {
        // Their number would cost a third of the time that the list takes.
        let more = "More roles are known by name, or by name and policy: `list --product other`.";
        answer.asides.push(say(lang, more).to_owned());
    }
    // What roles that are known by name touch is not known.
    let product = product.filter(|_| service.is_none());
    answer.asides.extend(product.and_then(|product| known_by_name(product, catalog, lang)));
    Ok(answer)
}

/// What the list says of a role besides what it is.
fn of_list(role: &Role, catalog: &Catalog, touch: Option<Touch>) -> Value {
    let seen = catalog.observation(&role.id);
    json!({
        "touch": touch.map(Touch::data),
        "exists": seen.map(|seen| seen.exists),
        "account_version": seen.and_then(|seen| seen.version.as_ref()),
    })
}

/// What the policy of a role grants; nothing where it has none that can be read.
pub fn summary_of(role: &Role, catalog: &Catalog) -> Summary {
    summary_in(Language::English, role, catalog)
}

fn summary_in(lang: Language, role: &Role, catalog: &Catalog) -> Summary {
    catalog
        .document(role)
        .map(|document| summary::summarize_in(lang, &document, catalog))
        .unwrap_or_default()
}

/// How a role touches a service.
pub fn touch(role: &Role, code: &str, catalog: &Catalog) -> Option<Touch> {
    Touch::of(Some(role), summary_of(role, catalog).touched(), code)
}

/// A fact as data: its text and its standing.
fn fact(fact: &Fact<Text>) -> Value {
    json!({"en": fact.value.en, "zh": fact.value.zh, "standing": fact.standing.words().en})
}

/// A role as data, in short.
pub fn brief(role: &Role, catalog: &Catalog) -> Value {
    let product = catalog.product(&role.product);
    json!({
        "name": role.name,
        "short_name": role.short_name,
        "kind": match role.kind {
            RoleKind::ServiceLinked => "service_linked_role",
            RoleKind::Ordinary => "role",
            RoleKind::Document => "policy",
        },
        "product": {"id": &*role.product.0, "name": product.map(|product| text(&product.name))},
        "listed_under": role.listed_under.as_deref().map(text),
        "service_name": role.service_name,
        "feature": role.feature.as_deref().map(fact),
        "policy": role.policy.as_ref().map(|policy| json!({
            "name": policy.name,
            "version": version(role, catalog),
            "standing": catalog.policy_words(role).map(|words| words.en),
            "whole": policy.warning().is_none(),
            "page": policy.page,
        })),
    })
}

/// The version of a role's policy: the published one, or that of the account where its text is the account's.
fn version<'a>(role: &'a Role, catalog: &'a Catalog) -> Option<&'a str> {
    let policy = role.policy.as_ref()?;
    let seen = catalog.observation(&role.id).filter(|_| policy.standing == Standing::Observed);
    policy.version().or_else(|| seen?.version.as_deref())
}

/// `show`
pub fn show(args: &Name, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    if let Some(policy) = user_policy::typed(&args.role, known)? {
        let role = user_policy::as_document(policy);
        let mut answer = shown(&role, known.catalog()?, lang);
        answer.asides.push(user_policy::what_it_is(policy).get(lang).to_owned());
        return Ok(answer);
    }
    let catalog = known.holder(&args.role)?;
    Ok(shown(named::role(&args.role, catalog)?, catalog, lang))
}

fn shown(role: &Role, catalog: &Catalog, lang: Language) -> Answer {
    let summary = summary_in(lang, role, catalog);
    let page = Page {
        blocks: vec![Block::Written {
            text: told(role, catalog, &summary, lang).to_text(),
            markdown: templates::markdown(role, catalog, &summary, lang),
        }],
    };
    Answer::new(page, whole(role, catalog, &summary))
}

/// What the account says of the role, where one was given.
fn in_account(page: &mut Page, role: &Role, catalog: &Catalog, lang: Language) {
    let Some(told) = catalog.told_by_account(role, lang) else { return };
    page.heading(say(lang, "In the account"));
    let facts = told.facts.into_iter();
    let mut points: Vec<(usize, String)> =
        facts.map(|(name, value)| (0, said(lang, "{}: {}", &[name, &value]))).collect();
    points.extend(told.differences.into_iter().map(|line| (1, line)));
    points.extend(told.troubles.into_iter().map(|line| (0, line)));
    page.points(points);
}

fn english(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| &*text.en).collect()
}

fn account(seen: &Observation) -> Value {
    let difference = seen.drift.difference();
    json!({
        "exists": seen.exists,
        "created": seen.created,
        "arn": seen.arn,
        "policy_version": seen.version,
        "drift": seen.drift.word(),
        "drift_text": text(&seen.drift.words()),
        "differences": difference.map(|difference| english(&difference.sentences)),
        "only_account": difference.map(|difference| english(&difference.only_account)),
        "only_catalogue": difference.map(|difference| english(&difference.only_catalogue)),
        "uncertain": difference.map(|difference| english(&difference.uncertain)),
        "troubles": english(&seen.troubles),
    })
}

/// All that is known, as data.
fn whole(role: &Role, catalog: &Catalog, summary: &Summary) -> Value {
    let is_role = role.kind != RoleKind::Document;
    let linked = role.kind == RoleKind::ServiceLinked;
    let policy = role.policy.as_ref().map(|policy| {
        json!({
            "name": policy.name,
            "version": version(role, catalog),
            "standing": catalog.policy_words(role).map(|words| words.en),
            "whole": policy.warning().is_none(),
            "warning": policy.warning().map(text),
            "updated": policy.updated,
            "page": policy.page,
            "fetch_command": policy.is_fetched().then(|| policy.fetch_command()),
            "statements": policy.statements.iter().map(fact).collect::<Vec<_>>(),
            "notes": policy.notes.iter().map(text).collect::<Vec<_>>(),
        })
    });
    let rest = json!({
        "schema": SCHEMA,
        "arn": is_role.then(|| catalog.arn_of(role)),
        "purpose": role.purpose.as_deref().map(fact),
        "created_when": role.created_when.as_deref().map(fact),
        "policy": policy,
        "trust": role.trust.as_ref().map(|trust| json!({
            "document": &*trust.value, "standing": trust.standing.words().en,
        })),
        "services": touched(summary).map(|service| &service.code).collect::<Vec<_>>(),
        "missing_services": role.only_missing(summary),
        "denied_services": denied(summary).map(|service| &service.code).collect::<Vec<_>>(),
        "blockers": role.blockers.iter().map(|blocker| json!({
            "what": text(&blocker.what),
            "because": text(&blocker.because),
            "standing": blocker.standing.words().en,
            "check": blocker.check.as_ref().map(text),
            "command": blocker.command,
        })).collect::<Vec<_>>(),
        "stops": role.stops.iter().map(fact).collect::<Vec<_>>(),
        "account": catalog.observation(&role.id).map(account),
        "notes": role.notes.iter().map(text).collect::<Vec<_>>(),
        "page": catalog.product(&role.product).and_then(|product| product.page.clone()),
        "page_note": (catalog.product(&role.product).is_none_or(|p| p.page.is_none()) && is_documented(role))
            .then_some("the address of the product page is not established"),
        "commands": is_role.then(|| json!({
            "show": commands::show(&role.name),
            "policies": commands::policies(&role.name),
            // These are calls for service-linked roles alone.
            "delete": linked.then(|| commands::delete(&role.name)),
            "create": role.service_name.as_deref().filter(|_| linked).map(commands::create),
        })),
    });
    join(join(brief(role, catalog), of_list(role, catalog, None)), rest)
}

/// All that is known, for people.
fn told(role: &Role, catalog: &Catalog, summary: &Summary, lang: Language) -> Page {
    let mut page = Page::default();
    page.title(&role.name);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            rows.push(vec![format!("  {name}"), value]);
        }
    };
    let stood = |fact: &Fact<Text>| {
        let standing = fact.standing.words();
        said(lang, "{} ({})", &[fact.value.get(lang), standing.get(lang)])
    };
    let product = catalog.product_words(role);
    row(say(lang, role.product.word()), product.map(|text| text.get(lang).to_owned()));
    row(say(lang, "Feature"), role.feature.as_deref().map(stood));
    row(say(lang, "Purpose"), role.purpose.as_deref().map(stood));
    row(say(lang, "Creation"), role.created_when.as_deref().map(stood));
    row(say(lang, "Service name"), role.service_name.clone());
    // A policy of which nobody says what role has it is no role.
    let is_role = role.kind != RoleKind::Document;
    row("ARN", is_role.then(|| catalog.arn_of(role)));
    row(
        say(lang, "Policy"),
        role.policy
            .as_ref()
            .zip(catalog.policy_words(role))
            .map(|(policy, standing)| said(lang, "{} ({})", &[&policy.name, standing.get(lang)])),
    );
    row(
        say(lang, "Trust policy"),
        role.trust.as_ref().map(|trust| {
            let untold = || say(lang, "the trust policy cannot be told in a line").to_owned();
            let by = role.trust_words(lang).unwrap_or_else(untold);
            said(lang, "{} ({})", &[&by, trust.standing.words().get(lang)])
        }),
    );
    row(say(lang, "Updated"), role.policy.as_ref().and_then(|policy| policy.updated.clone()));
    let page_of = catalog.product(&role.product).and_then(|product| product.page.clone());
    // What is documented rests on it.
    let unknown = || say(lang, "the address of the product page is not established").to_owned();
    row(say(lang, "Product page"), page_of.or_else(|| is_documented(role).then(unknown)));
    row(
        say(lang, "Source"),
        role.policy.as_ref().and_then(|policy| Some(policy.source_words(lang)?.to_owned())),
    );
    let short = |code: &str| catalog.service_short(code, lang);
    let missing = role
        .only_missing(summary)
        .into_iter()
        .map(|code| said(lang, "{} ({})", &[&short(code), say(lang, "the missing part")]));
    let services = touched(summary).map(|service| short(&service.code)).chain(missing);
    row(say(lang, "Touches"), listed(lang, services));
    row(
        say(lang, "Denies actions of"),
        listed(lang, denied(summary).map(|service| short(&service.code))),
    );
    page.table(vec!["", ""], rows);
    not_whole(&mut page, role.policy.as_ref(), lang);
    if !role.blockers.is_empty() {
        page.heading(say(lang, "Before it can be deleted"));
        let mut points = Vec::new();
        for blocker in &role.blockers {
            let standing = blocker.standing.words();
            points.push((0, said(lang, "{} ({})", &[blocker.what.get(lang), standing.get(lang)])));
            points.push((1, blocker.because.get(lang).to_owned()));
        }
        page.points(points);
    }
    if !role.stops.is_empty() {
        page.heading(say(lang, "What stops without it"));
        page.points(role.stops.iter().map(|fact| (0, stood(fact))).collect());
    }
    in_account(&mut page, role, catalog, lang);
    let notes: Vec<&Text> =
        role.notes.iter().chain(role.policy.iter().flat_map(|policy| &policy.notes)).collect();
    if !notes.is_empty() {
        page.heading(say(lang, "Notes"));
        page.points(notes.iter().map(|note| (0, note.get(lang).to_owned())).collect());
    }
    page
}

/// Does anything that is said of a role rest on the product page?
fn is_documented(role: &Role) -> bool {
    let facts = [&role.feature, &role.purpose, &role.created_when];
    let said = facts.into_iter().flatten().any(|fact| fact.standing == Standing::Documented);
    said || role.blockers.iter().any(|blocker| blocker.standing == Standing::Documented)
}

/// The services of which something is granted.
fn touched(summary: &Summary) -> impl Iterator<Item = &ServiceSummary> {
    summary.services.iter().filter(|service| service.is_touched())
}

/// The services of which actions are denied.
fn denied(summary: &Summary) -> impl Iterator<Item = &ServiceSummary> {
    summary.services.iter().filter(|service| !service.denied.is_empty())
}

/// Names in a row; None where there is none.
fn listed(lang: Language, names: impl Iterator<Item = String>) -> Option<String> {
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| comma_list(lang, &names))
}
