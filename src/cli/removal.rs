//! `removal`: what has to go before a role, or all roles of a product, can be deleted.

use super::data::text;
use std::path::Path;

use serde_json::{Value, json};

use super::answer::{Answer, Copied, SCHEMA, Trouble};
use super::args::Removal as Args;
use super::files;
use super::known::Known;
use super::named::{self, Named};
use super::page::{Block, Page};
use super::subject;
use crate::catalog::Catalog;
use crate::catalog::model::{Product, Role};
use crate::catalog::removal::answer::{DeletionAnswer, Taken, about_another};
use crate::catalog::removal::tree::tree;
use crate::catalog::removal::{RemovalPlan, RolePlan, Stage, no_plan, no_plan_of_product, write};
use crate::say::{Language, Saying, said, say, saying};

/// `removal`
pub fn run(args: &Args, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.holding([args.subject.as_str()])?;
    let (plan, aside) = plan(lang, &args.subject, catalog)?;
    let (status, more) = match &args.status {
        Some(path) => status(path, &plan)?,
        None => (None, None),
    };
    let taken = Taken::of(&plan);
    let unnamed = status.as_ref().filter(|status| status.role().is_none()).map(|_| taken.told());
    let other = status.as_ref().and_then(|status| status.other_than(&plan)).map(about_another);
    let mut page = Page::default();
    if let Some(status) = &status {
        page.blocks.push(written(&status.branches_in(&plan, &taken), lang));
        page.blocks.push(Block::Written { text: "\n".to_owned(), markdown: String::new() });
    }
    page.blocks.push(written(&tree(&plan), lang));
    let json = json!({
        "schema": SCHEMA,
        "product": plan.product.as_ref().map(|(id, name)| json!({"id": &*id.0, "name": name.en})),
        "account_day": plan.account_day,
        "roles": plan.roles.iter().map(role_json).collect::<Vec<_>>(),
        "known_by_name": plan.by_name.iter().map(|listed| json!({
            "role": listed.name, "in_account": listed.in_account,
        })).collect::<Vec<_>>(),
        "contradicts": plan.contradicts,
        "order_cut": plan.order_cut,
        "order": plan.order.iter().map(|order| json!({
            "first": &*order.first.0,
            "then": &*order.then.0,
            "because": text(&order.because),
            "standing": order.standing.words().en,
        })).collect::<Vec<_>>(),
        "status": status.as_ref().map(|status| status_json(status, other.as_ref())),
    });
    let mut answer = Answer::new(page, json);
    answer.asides.extend(aside);
    answer.asides.extend(other.map(|other| other.said(lang)));
    answer.asides.extend(unnamed.map(|unnamed| unnamed.get(lang).to_owned()));
    answer.asides.extend(more.map(|more| more.said(lang)));
    if args.copy {
        answer.copy = Some(Copied { what: say(lang, "removal plan").to_owned(), text: None });
    }
    Ok(answer)
}

fn written(branches: &[crate::catalog::removal::branch::Branch], lang: Language) -> Block {
    Block::Written {
        text: write::to_text(branches, lang, false),
        markdown: write::markdown(branches, lang),
    }
}

/// The answer in a file that is about the plan, of several the last; else the last of all. Beside it how many there
/// are, where there are more.
fn status(
    path: &Path,
    plan: &RemovalPlan,
) -> Result<(Option<DeletionAnswer>, Option<Saying>), Trouble> {
    let text = files::read(path)?;
    let mut answers = DeletionAnswer::all(&files::shown(path).english(), &text)
        .map_err(|error| Trouble::new(error.located()))?;
    let count = answers.len();
    let about = |answer: &DeletionAnswer| answer.role().is_some_and(|named| plan.is_about(named));
    let at = answers.iter().rposition(about).unwrap_or(count.saturating_sub(1));
    let more = (count > 1).then(|| {
        saying("{} holds {} answers; number {} of them stands before the plan.")
            .of(files::shown(path))
            .with(count)
            .with(at + 1)
    });
    Ok(((at < count).then(|| answers.swap_remove(at)), more))
}

/// The plan of what was typed, and a word on the product of the same name.
fn plan(
    lang: Language,
    typed: &str,
    catalog: &Catalog,
) -> Result<(RemovalPlan, Option<String>), Trouble> {
    let of_role = |role: &Role| {
        catalog.removal_of_role(&role.id).ok_or_else(|| {
            let unknown = || saying("nothing is known of {}").with(&role.name);
            Trouble::new(no_plan(role).unwrap_or_else(unknown))
        })
    };
    let of_product = |product: &Product| {
        catalog.removal_of_product(&product.id).ok_or_else(|| {
            Trouble::new(
                saying("{}: {}").of(product.name.saying()).of(no_plan_of_product(&product.id)),
            )
        })
    };
    if subject::is_file(typed) {
        let why = saying(
            "{} is a file and no role: there is nothing to remove. Give the name of a role or product.",
        );
        return Err(Trouble::new(why.of(files::shown(Path::new(typed)))));
    }
    match named::named(typed, catalog)? {
        (Named::Product(product), _) => Ok((of_product(product)?, None)),
        (Named::Role(role), product) => {
            let aside = product.map(|product| {
                said(
                    lang,
                    "This is the plan of the role; `removal product:{}` prints that of the product {}.",
                    &[&product.id.0, product.name.get(lang)],
                )
            });
            Ok((of_role(role)?, aside))
        }
    }
}

fn role_json(role: &RolePlan) -> Value {
    json!({
        "role": role.name,
        "service_name": role.service_name,
        "in_account": role.in_account,
        "since": role.since,
        "steps": role.steps.iter().map(|step| json!({
            "stage": match step.stage {
                Stage::Remove => "remove",
                Stage::Look => "look",
                Stage::Delete => "delete",
                Stage::Poll => "poll",
            },
            "what": text(&step.what),
            "standing": step.standing.as_ref().map(|standing| standing.words().en),
            "because": step.because.as_ref().map(text),
            "check": step.check.as_ref().map(text),
            "command": step.command,
        })).collect::<Vec<_>>(),
        "stops": role.stops.iter().map(|fact| json!({
            "en": fact.value.en, "zh": fact.value.zh, "standing": fact.standing.words().en,
        })).collect::<Vec<_>>(),
        "self_delete": role.self_delete,
        "creates": role.creates.iter().map(|creates| json!({
            "service_name": creates.service_name,
            "statement": creates.statement + 1,
        })).collect::<Vec<_>>(),
        "granted_by": role.granted_by,
        "not_granted_by": role.not_granted_by,
        "create_command": role.create_command(),
        "powers_warning": role.powers_warning.as_ref().map(text),
    })
}

fn status_json(status: &DeletionAnswer, other: Option<&Saying>) -> Value {
    json!({
        "role": status.role(),
        "warning": other.map(Saying::english),
        "state": status.state.word(),
        "meaning": text(&status.state.meaning()),
        "message": status.message,
        "usages": status.usages.iter().map(|usage| json!({
            "region": usage.region, "resources": usage.resources,
        })).collect::<Vec<_>>(),
    })
}
