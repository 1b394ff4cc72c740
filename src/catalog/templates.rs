//! Texts to copy: policies, commands, blocks and a summary of a role for a ticket.
//!
//! A copied policy that is not whole must say so, and JSON has no comments. A field of our own
//! inside the document (`"Comment": ..`) was ruled out: RAM would either refuse it or, worse, take it,
//! and the text would no longer be the one that was published. So the copy begins with lines of `//`:
//! a person who pastes it into a ticket carries the warning along, and a tool that is fed it stops at
//! the first byte instead of creating a policy that only looks true. Whoever wants the bare text takes
//! the policy's source, which is the other entry of the menu. Whole policies are copied byte for byte.
//!
//! Imports the model and the policy language.

use std::fmt::Write as _;

use super::commands;
use super::model::{Fact, Policy, Role, Text};
use super::removal::write::{code, escape};
use super::store::Catalog;
use super::text::Language;
use crate::policy::level::LevelSource;
use crate::policy::summary::{GrantedAction, Summary};

/// A text for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyText {
    /// The text, byte for byte.
    pub text: String,
    /// What must be said about it; it also stands in the text itself.
    pub warning: Option<Text>,
}

/// The permission policy of a role, with a warning in front where it is not whole.
pub fn policy_copy(role: &Role) -> Option<CopyText> {
    let policy = role.policy.as_ref()?;
    let Some(warning) = policy.warning() else {
        return Some(CopyText { text: policy.source.to_string(), warning: None });
    };
    let lines = [
        format!("{}: {}", policy.name, policy.standing_words().en),
        warning.en.clone(),
        format!("The true text: {}", policy.fetch_command()),
        "Take these lines off before giving the text to RAM.".to_owned(),
    ];
    let mut text = String::new();
    for line in &lines {
        text.extend(["// ", line, "\n"]);
    }
    text.push_str(&policy.source);
    Some(CopyText { text, warning: Some(warning.clone()) })
}

/// The trust policy of a role on several lines.
pub fn trust_policy(role: &Role) -> Option<String> {
    role.trust.as_ref().map(|trust| pretty(&trust.value))
}

/// The policy that lets a RAM user create these roles; None where no service name is known.
pub fn create_policy(roles: &[&Role]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for name in roles.iter().filter_map(|role| role.service_name.as_deref()) {
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
            "Condition": {"StringEquals": {"ram:ServiceName": names}},
        }],
    });
    Some(format!("{document:#}\n"))
}

/// The commands about a role, each with what it does; none of them is run by the program.
pub fn commands(role: &Role) -> String {
    let name = role.name.as_str();
    let service = role.service_name.as_deref();
    let mut lines = vec![
        ("Show the role", commands::show(name)),
        ("List its policies", commands::policies(name)),
    ];
    if let Some(policy) = &role.policy {
        lines.push(("Fetch the current text of its policy", policy.fetch_command()));
    }
    lines.push(("Ask for its deletion; answers a task id", commands::delete(name)));
    let task = commands::task_form(service, name);
    lines.push(("Ask how the deletion went, with that id", commands::poll(&task)));
    if let Some(service) = service {
        lines.push(("Create it again", commands::create(service)));
    }
    lines.iter().flat_map(|(what, command)| ["# ", what, "\n", command, "\n"]).collect()
}

/// The Terraform block that creates the role; None where its service name is not known.
pub fn terraform(role: &Role) -> Option<String> {
    let service = role.service_name.as_ref()?;
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
    let say = |en: &'static str, zh: &'static str| match language {
        Language::English => en,
        Language::Chinese => zh,
    };
    let mut out = format!("## {}\n\n", escape(&role.name));
    if let Some(warning) = role.policy.as_ref().and_then(Policy::warning) {
        _ = write!(
            out,
            "> **{}** {}\n\n",
            say("The policy text is not whole.", "策略文本不完整。"),
            escape(warning.get(language)),
        );
    }
    for (title, text) in facts(role, catalog, language) {
        _ = writeln!(out, "- **{title}**: {text}");
    }
    _ = write!(out, "\n### {}\n\n", say("What it may do", "权限"));
    out.push_str(&table(catalog, summary, language));
    _ = write!(out, "\n### {}\n\n", say("Before it can be deleted", "删除前"));
    if role.blockers.is_empty() {
        let text =
            say("- No page says what has to go first.\n", "- 没有文档说明需要先移除什么。\n");
        out.push_str(text);
    }
    for blocker in &role.blockers {
        let what = escape(blocker.what.get(language));
        let because = escape(blocker.because.get(language));
        let standing = blocker.standing.words();
        _ = writeln!(out, "- [ ] {what} ({}): {because}", standing.get(language));
    }
    _ = write!(out, "\n### {}\n\n```sh\n{}```\n", say("Commands", "命令"), commands(role));
    out
}

fn facts(role: &Role, catalog: &Catalog, language: Language) -> Vec<(&'static str, String)> {
    let say = |en: &'static str, zh: &'static str| match language {
        Language::English => en,
        Language::Chinese => zh,
    };
    let fact = |fact: &Fact<Text>| {
        format!("{} ({})", escape(fact.value.get(language)), fact.standing.words().get(language))
    };
    let mut facts = Vec::new();
    if let Some(product) = catalog.product(&role.product) {
        facts.push((say("Product", "产品"), escape(product.name.get(language))));
    }
    facts.extend(role.feature.as_ref().map(|f| (say("Feature", "功能"), fact(f))));
    facts.extend(role.purpose.as_ref().map(|f| (say("Purpose", "用途"), fact(f))));
    facts.extend(role.created_when.as_ref().map(|f| (say("Created", "创建时机"), fact(f))));
    facts.extend(role.service_name.as_ref().map(|n| (say("Service name", "服务名称"), code(n))));
    facts.push(("ARN", code(&role.arn_form())));
    if let Some(policy) = &role.policy {
        let mut text = format!("{}, {}", code(&policy.name), policy.standing_words().get(language));
        if let Some(updated) = &policy.updated {
            _ = write!(text, ", {} {}", say("updated", "更新于"), escape(updated));
        }
        if let Some(page) = &policy.page {
            _ = write!(text, ", <{page}>");
        }
        facts.push((say("Policy", "策略"), text));
        if policy.warning().is_some() {
            facts.push((say("True text", "真实文本"), code(&policy.fetch_command())));
        }
    }
    facts.extend(role.stops.iter().map(|f| (say("Without it", "删除后"), fact(f))));
    facts
}

/// One row a service and level: the actions, what they are limited to, and under which conditions.
fn table(catalog: &Catalog, summary: &Summary, language: Language) -> String {
    let mut out = match language {
        Language::English => "| Service | Level | Actions | Resources | Only when |\n",
        Language::Chinese => "| 服务 | 级别 | 操作 | 资源 | 条件 |\n",
    }
    .to_owned();
    out.push_str("|---|---|---|---|---|\n");
    let mut guessed = false;
    for service in &summary.services {
        let name = catalog.service(&service.code).map_or_else(
            || escape(&service.code),
            |known| format!("{} ({})", escape(known.name.get(language)), escape(&service.code)),
        );
        for group in &service.levels {
            let mut names: Vec<String> = Vec::new();
            for action in &group.actions {
                let mark = if action.source == LevelSource::NameRule { " ~" } else { "" };
                guessed |= !mark.is_empty();
                let deny = if denied(action) { "deny " } else { "" };
                names.push(format!("{deny}{}{mark}", cell_code(&action.name)));
            }
            let grants = || group.actions.iter().flat_map(|action| &action.grants);
            let resources = once(grants().flat_map(|grant| &grant.resources));
            let conditions = once(grants().flat_map(|grant| &grant.conditions));
            _ = writeln!(
                out,
                "| {name} | {} | {} | {} | {} |",
                group.level.word(),
                names.join(", "),
                resources.iter().map(|r| cell_code(r)).collect::<Vec<_>>().join(", "),
                conditions.iter().map(|c| escape(c)).collect::<Vec<_>>().join("; "),
            );
        }
    }
    if guessed {
        out.push_str(match language {
            Language::English => "\n`~`: the level is guessed from the name of the action.\n",
            Language::Chinese => "\n`~`：级别根据操作名推断。\n",
        });
    }
    out
}

fn denied(action: &GrantedAction) -> bool {
    use crate::policy::document::Effect;
    !action.grants.is_empty() && action.grants.iter().all(|grant| grant.effect == Effect::Deny)
}

/// Code inside a table, where a bar would end the cell even between backticks.
fn cell_code(text: &str) -> String {
    code(&super::text::visible(text)).replace('|', "\\|")
}

/// The different texts in the order in which they come.
fn once<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut seen = std::collections::HashSet::new();
    texts.filter(|text| seen.insert(*text)).collect()
}
