//! Texts to copy: policies, commands, blocks and a summary of a role for a ticket.
//!
//! A copied policy that is not whole must say so, and JSON has no comments. A field of our own
//! inside the document (`"Comment": ..`) was ruled out: RAM would either refuse it or, worse, take it,
//! and the text would no longer be the one that was published. So the copy begins with lines of `//`:
//! a person who pastes it into a ticket carries the warning along, and a tool that is fed it stops at
//! the first byte instead of creating a policy that only looks true. Whoever wants the bare text takes
//! the policy's source, which is the other entry of the menu. Whole policies are copied byte for byte.

mod noted;

pub use noted::{
    CopyText, noted, policy_copy, policy_note, statement_copy, statement_note, trust_copy,
    trust_note,
};

use crate::policy::key;
use std::collections::HashMap;
use std::fmt::Write as _;

use super::commands;
use super::comparison::GUESSED;
use super::markdown::{code, escape};
use super::model::{Fact, Policy, Role, RoleKind, Text};
use super::store::Catalog;
use super::text::visible;
use crate::policy::document::Effect;
use crate::policy::summary::{Grant, GrantedAction, Summary, limits};
use crate::say::{Language, comma_list, said, say};

/// The trust policy of a role on several lines.
pub fn trust_policy(role: &Role) -> Option<String> {
    role.trust.as_ref().map(|trust| pretty(&trust.value))
}

/// The policy that lets a RAM user create these roles; None where no service name is known, or none of them is
/// service-linked.
pub fn create_policy(roles: &[&Role]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    let linked = roles.iter().filter(|role| role.kind == RoleKind::ServiceLinked);
    for name in linked.filter_map(|role| role.service_name.as_deref()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names = match names.as_slice() {
        [] => return None,
        [one] => serde_json::Value::from(*one),
        several => serde_json::Value::from(several.to_vec()),
    };
    let document = serde_json::json!({
        "Version": "1",
        "Statement": [{
            "Effect": "Allow",
            "Action": "ram:CreateServiceLinkedRole",
            "Resource": "*",
            "Condition": {"StringEquals": {(key::SERVICE_NAME): names}},
        }],
    });
    Some(format!("{document:#}\n"))
}

/// The commands about a role, each with what it does.
///
/// The block can be pasted into a shell as it is: commands that change the account, or that still need
/// a task id, stand behind a `#`, so that nothing is deleted by a paste that took too much. Of a role that is not
/// service-linked only those that read are told.
pub fn commands(role: &Role, language: Language) -> String {
    let name = role.name.as_str();
    let service = role.service_name.as_deref();
    let mut reads = vec![
        (say(language, "Show the role"), commands::show(name)),
        (say(language, "List its policies"), commands::policies(name)),
    ];
    if let Some(policy) = role.policy.as_ref().filter(|policy| policy.is_fetched()) {
        reads.push((say(language, "Fetch the current text of its policy"), policy.fetch_command()));
    }
    let task = commands::task_form(service, name);
    let mut changes = vec![
        (say(language, "Ask for its deletion; answers a task id"), commands::delete(name)),
        (say(language, "Ask how the deletion went, with that id"), commands::poll(&task)),
    ];
    if let Some(service) = service {
        changes.push((say(language, "Create it again"), commands::create(service)));
    }
    let mut out = String::new();
    for (what, command) in &reads {
        out.extend(["# ", what, "\n", command, "\n"]);
    }
    if role.kind != RoleKind::ServiceLinked {
        return out;
    }
    let rest =
        say(language, "The rest changes the account or needs an id: take the # off to run a line.");
    out.extend(["# ", rest, "\n"]);
    for (what, command) in &changes {
        out.extend(["# ", what, "\n# ", command, "\n"]);
    }
    out
}

/// The Terraform block that creates the role; None where its service name is not known, or it is not service-linked.
pub fn terraform(role: &Role) -> Option<String> {
    let service = role.service_name.as_ref().filter(|_| role.kind == RoleKind::ServiceLinked)?;
    let label: String = snake(&role.short_name);
    Some(format!(
        "resource \"alicloud_resource_manager_service_linked_role\" \"{label}\" {{\n  \
         service_name = \"{service}\"\n}}\n"
    ))
}

/// `AlikafkaETL` as `alikafka_etl`: a label that Terraform takes.
fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in name.chars() {
        if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            out.push('_');
        }
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
        before = c;
    }
    if out.starts_with(|c: char| c.is_ascii_alphabetic()) { out } else { format!("role_{out}") }
}

/// JSON on several lines; a text that is no JSON stays as it is.
fn pretty(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text)
        .map_or_else(|_| text.to_owned(), |value| format!("{value:#}\n"))
}

/// A role for a ticket, in Markdown.
pub fn markdown(role: &Role, catalog: &Catalog, summary: &Summary, language: Language) -> String {
    let mut out = format!("## {}\n\n", escape(&role.name));
    if let Some(warning) = role.policy.as_ref().and_then(Policy::warning) {
        _ = write!(
            out,
            "> **{}** {}\n\n",
            say(language, "The policy text is not whole."),
            escape(warning.get(language)),
        );
    }
    for (title, text) in facts(role, catalog, language) {
        out.extend([&*said(language, "- **{}**: {}", &[title, &text]), "\n"]);
    }
    _ = write!(out, "\n### {}\n\n", say(language, "What it may do"));
    out.push_str(&table(catalog, summary, role.policy.as_ref(), language));
    if role.kind == RoleKind::Document {
        return out;
    }
    if role.kind == RoleKind::ServiceLinked {
        out.push_str(&before_deletion(role, language));
    }
    _ = write!(
        out,
        "\n### {}\n\n```sh\n{}```\n",
        say(language, "Commands"),
        commands(role, language)
    );
    out
}

/// The part of the summary that says what has to go before the role.
fn before_deletion(role: &Role, language: Language) -> String {
    let mut out = format!("\n### {}\n\n", say(language, "Before it can be deleted"));
    if role.blockers.is_empty() {
        let text = "What has to go first is not established here; the product's own page may say.";
        out.extend(["- ", say(language, text), "\n"]);
    }
    for blocker in &role.blockers {
        let what = escape(blocker.what.get(language));
        let because = escape(blocker.because.get(language));
        let standing = blocker.standing.words();
        let values = [&*what, standing.get(language), &*because];
        out.extend([&*said(language, "- [ ] {} ({}): {}", &values), "\n"]);
    }
    out
}

fn facts(role: &Role, catalog: &Catalog, language: Language) -> Vec<(&'static str, String)> {
    let fact = |fact: &Fact<Text>| {
        let (value, standing) = (escape(fact.value.get(language)), fact.standing.words());
        said(language, "{} ({})", &[&value, standing.get(language)])
    };
    let mut facts = Vec::new();
    if let Some(words) = catalog.product_words(role) {
        facts.push((say(language, role.product.word()), escape(words.get(language))));
    }
    facts.extend(role.feature.as_ref().map(|f| (say(language, "Feature"), fact(f))));
    facts.extend(role.purpose.as_ref().map(|f| (say(language, "Purpose"), fact(f))));
    facts.extend(role.created_when.as_ref().map(|f| (say(language, "Creation"), fact(f))));
    facts.extend(role.service_name.as_ref().map(|n| (say(language, "Service name"), code(n))));
    if role.kind != RoleKind::Document {
        facts.push(("ARN", code(&catalog.arn_of(role))));
    }
    if let Some(policy) = &role.policy {
        let standing = catalog.policy_words(role).unwrap_or_else(|| policy.standing_words());
        let with = |text: &str, more: &str| said(language, "{}, {}", &[text, more]);
        let mut text = with(&code(&policy.name), standing.get(language));
        if let Some(updated) = &policy.updated {
            text = said(language, "{}, updated {}", &[&text, &escape(updated)]);
        }
        match policy.source_words(language) {
            Some(page) if policy.page.as_deref() == Some(page) => {
                text = with(&text, &format!("<{page}>"));
            }
            Some(words) => text = with(&text, words),
            None => {}
        }
        facts.push((say(language, "Policy"), text));
        if policy.warning().is_some() {
            facts.push((say(language, "True text"), code(&policy.fetch_command())));
        }
    }
    facts.extend(role.trust.as_ref().and_then(|trust| {
        let who = role.trust_words(language)?;
        let standing = trust.standing.words();
        let words = said(language, "{} ({})", &[&who, standing.get(language)]);
        Some((say(language, "Trust policy"), escape(&words)))
    }));
    if let Some(line) = catalog.account_line(role, language) {
        facts.push((say(language, "In the account"), escape(&line)));
    }
    facts.extend(role.stops.iter().map(|f| (say(language, "Without it"), fact(f))));
    let notes = role.notes.iter().chain(role.policy.iter().flat_map(|policy| &policy.notes));
    facts.extend(notes.map(|note| (say(language, "Note"), escape(note.get(language)))));
    facts
}

/// One row for each service, level and limit, so that no action seems to be limited by what limits
/// another one: an action that two statements grant differently stands in two rows.
fn table(
    catalog: &Catalog,
    summary: &Summary,
    policy: Option<&Policy>,
    language: Language,
) -> String {
    let unsure =
        |action: &GrantedAction| policy.is_some_and(|policy| policy.rests_on_guess(action));
    let mut reconstructed = false;
    let head = [
        say(language, "Service"),
        say(language, "Level"),
        say(language, "Actions"),
        say(language, "Resources"),
        say(language, "Only when"),
    ];
    let mut out = format!("| {} |\n|---|---|---|---|---|\n", head.join(" | "));
    let mut guessed = false;
    for service in &summary.services {
        let name = escape(&catalog.service_with_code(&service.code, language));
        let mut row = |level: &'static str, grant: &Grant, actions: &[&GrantedAction]| {
            let names: Vec<String> =
                actions.iter().map(|action| named(action, unsure(action), language)).collect();
            let mut when: Vec<String> = grant.conditions.iter().map(|c| escape(c)).collect();
            let whom = limits::principals(language, &grant.principals);
            when.extend(whom.map(|limit| escape(&limit.text)));
            // What is granted and in part denied.
            let granted = actions.iter().any(|action| action.is_granted());
            _ = writeln!(
                out,
                "| {name} | {} | {}{} | {} | {} |",
                say(language, level),
                effect(grant, granted, language),
                comma_list(language, &names),
                resources(grant, language),
                when.join(say(language, "; ")),
            );
        };
        for group in &service.levels {
            reconstructed |= group.actions.iter().any(&unsure);
            guessed |= group.actions.iter().any(|action| action.source.is_guess());
            for (grant, actions) in by_limit(&group.actions) {
                row(group.level.word(), grant, &actions);
            }
        }
        let only_denied = service.denied.iter().filter(|action| action.overruled.is_none());
        for (grant, actions) in by_limit(only_denied) {
            row("denied", grant, &actions);
        }
        for (words, actions) in by_overruling(&service.denied, language) {
            let names: Vec<String> =
                actions.iter().map(|action| named(action, false, language)).collect();
            let all_but = if actions.iter().any(|action| action.except.is_some()) {
                say(language, "all but ")
            } else {
                ""
            };
            let row =
                said(language, "{}{} ({})", &[all_but, &comma_list(language, &names), &words]);
            _ = writeln!(out, "| {name} | {} | {row} | `*` |  |", say(language, "denied"));
        }
    }
    for idle in &summary.idle {
        _ = write!(out, "\n{}\n", escape(&idle.sentence));
    }
    if reconstructed {
        let words = say(language, "the statement that grants it is reconstructed.");
        _ = write!(out, "\n◐: {words}\n");
    }
    if guessed {
        let words = say(language, GUESSED);
        _ = write!(out, "\n`~`: {words}\n");
    }
    out
}

/// The actions that are allowed and denied as a whole, by the statements that say so, in words. What leaves out actions
/// stands alone.
pub fn by_overruling(
    actions: &[GrantedAction],
    language: Language,
) -> Vec<(String, Vec<&GrantedAction>)> {
    let mut rows: Vec<(String, Vec<&GrantedAction>)> = Vec::new();
    let mut index = HashMap::new();
    for action in actions {
        let Some(words) = action.overruled_words(language) else { continue };
        let at = *index.entry((words.clone(), &action.except)).or_insert(rows.len());
        match rows.get_mut(at) {
            Some((_, row)) => row.push(action),
            None => rows.push((words, vec![action])),
        }
    }
    rows
}

/// The actions by what limits them, in the order of the document.
pub fn by_limit<'a>(
    actions: impl IntoIterator<Item = &'a GrantedAction>,
) -> Vec<(&'a Grant, Vec<&'a GrantedAction>)> {
    let mut rows: Vec<(&Grant, Vec<&GrantedAction>)> = Vec::new();
    let mut index = HashMap::new();
    for action in actions {
        for grant in &action.grants {
            let limit = (
                grant.effect,
                &action.except,
                grant.not_resource,
                &grant.resources,
                &grant.conditions,
                &grant.principals,
            );
            let at = *index.entry(limit).or_insert(rows.len());
            match rows.get_mut(at) {
                Some((_, row)) if row.last().is_some_and(|last| std::ptr::eq(*last, action)) => {}
                Some((_, row)) => row.push(action),
                None => rows.push((grant, vec![action])),
            }
        }
    }
    rows
}

fn named(action: &GrantedAction, reconstructed: bool, language: Language) -> String {
    // The level of what is denied is not told.
    let guessed = action.source.is_guess() && action.is_granted();
    let mark = if guessed { " `~`" } else { "" };
    let names: Vec<String> = match &action.except {
        Some(left_out) => left_out.iter().map(|name| cell_code(name)).collect(),
        None => vec![cell_code(&action.name)],
    };
    let half = if reconstructed { " ◐" } else { "" };
    format!("{}{half}{mark}", comma_list(language, &names))
}

fn effect(grant: &Grant, granted: bool, language: Language) -> String {
    let is_denied = granted && grant.effect == Effect::Deny;
    let denied = if is_denied { say(language, "**denied**: ") } else { "" };
    let all_but = if grant.not_action { say(language, "all but ") } else { "" };
    format!("{denied}{all_but}")
}

fn resources(grant: &Grant, language: Language) -> String {
    let list: Vec<String> = grant.resources.iter().map(|text| cell_code(text)).collect();
    let all_but = if grant.not_resource { say(language, "all but ") } else { "" };
    format!("{all_but}{}", comma_list(language, &list))
}

/// Code inside a table, where a bar would end the cell even between backticks.
fn cell_code(text: &str) -> String {
    code(&visible(text)).replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read;
    use crate::policy::summary::summarize;

    fn rows_of(statements: &str) -> Vec<String> {
        let text = format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
        let catalog = Catalog::builtin().unwrap();
        let summary = summarize(&read::document(&text).unwrap().document, &catalog);
        let table = table(&catalog, &summary, None, Language::English);
        table.lines().skip(2).map(str::to_owned).collect()
    }

    #[test]
    fn what_limits_one_action_is_not_said_of_another() {
        let rows = rows_of(
            r#"{"Effect":"Allow","Action":["kms:DescribeKey","kms:Encrypt"],"Resource":"*"},
               {"Effect":"Allow","Action":"kms:Encrypt","Resource":"acs:kms:*:*:a|b"},
               {"Effect":"Deny","Action":"kms:Encrypt","NotResource":"acs:kms:*:*:c"},
               {"Effect":"Deny","NotAction":["kms:*","ram:*"],"Resource":"*"},
               {"Effect":"Allow","Action":"kms:Encrypt","NotResource":"*"}"#,
        );
        let start = "| Key Management Service (kms) | read |";
        assert_eq!(
            rows,
            [
                format!("{start} `kms:DescribeKey`, `kms:Encrypt` | `*` |  |"),
                format!("{start} `kms:Encrypt` | `acs:kms:*:*:a\\|b` |  |"),
                format!("{start} **denied**: `kms:Encrypt` | all but `acs:kms:*:*:c` |  |"),
                "| Any service (\\*) | denied | all but `kms:*`, `ram:*` | `*` |  |".to_owned(),
                String::new(),
                "Statement 5 (kms:Encrypt) is on no resource: it matches nothing.".to_owned(),
            ]
        );
    }

    #[test]
    fn whom_a_grant_is_for_is_said() {
        let rows = rows_of(
            r#"{"Effect":"Allow","Action":"kms:Encrypt","Principal":["1234567890123456"],"Resource":"*"},
               {"Effect":"Allow","Action":"kms:Encrypt","Principal":"*","Resource":"*"}"#,
        );
        let start = "| Key Management Service (kms) | read | `kms:Encrypt` | `*` |";
        assert_eq!(
            rows,
            [
                format!("{start} for the account or user 1234567890123456 |"),
                format!("{start} for anyone |")
            ]
        );
    }

    #[test]
    fn terraform_labels_are_words() {
        assert_eq!(snake("AlikafkaETL"), "alikafka_etl");
        assert_eq!(snake("RMQMigration"), "rmqmigration");
        assert_eq!(snake("3-Own"), "role_3_own");
    }
}
