//! `completions` and `man`: printed by the program, so that they cannot be stale.

use clap::CommandFactory;
use serde_json::json;

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::{Arguments, Completions};
use super::check;
use super::help;
use super::page::Page;
use crate::say::{Language, saying};

/// `completions`
pub fn completions(args: &Completions, lang: Language) -> Result<Answer, Trouble> {
    let mut out = Vec::new();
    let mut command = help::spoken(Arguments::command(), lang);
    clap_complete::generate(args.shell, &mut command, "rolescope", &mut out);
    let text = String::from_utf8(out)
        .map_err(|_| Trouble::new(saying("the completions are not UTF-8")))?;
    let json = json!({"schema": SCHEMA, "shell": args.shell.to_string(), "script": text});
    Ok(Answer::new(Page::verbatim("sh", text), json))
}

/// `man`
pub fn page() -> Result<Answer, Trouble> {
    let mut out = Vec::new();
    let mut command = Arguments::command();
    command.build();
    let failed = |_| Trouble::new(saying("the manual page cannot be written"));
    let man = clap_mangen::Man::new(command.clone())
        .source(concat!("rolescope ", env!("CARGO_PKG_VERSION")));
    man.render(&mut out).map_err(failed)?;
    let mut text =
        String::from_utf8(out).map_err(|_| Trouble::new(saying("the manual page is not UTF-8")))?;
    text.push_str(".SH COMMANDS IN DETAIL\n");
    for sub in command.get_subcommands_mut() {
        let usage = sub.render_usage().to_string();
        let about = sub.get_about().map(|about| format!("{about}.")).unwrap_or_default();
        entry(&mut text, usage.trim_start_matches("Usage: "), &about);
        for nested in sub.get_subcommands_mut() {
            let usage = nested.render_usage().to_string();
            let about = nested.get_long_about().or(nested.get_about()).map(ToString::to_string);
            let about = format!("{}.", about.unwrap_or_default().trim_end_matches('.'));
            entry(&mut text, usage.trim_start_matches("Usage: "), &about);
        }
    }
    text.push_str(".SH JSON\n");
    for (what, shape) in shapes() {
        entry(&mut text, what, shape);
    }
    entry(&mut text, "check, one object a line", &check::shape().to_string());
    let json = json!({"schema": SCHEMA, "page": text});
    Ok(Answer::new(Page::verbatim("roff", text), json))
}

/// One entry of a list of the manual page.
fn entry(page: &mut String, what: &str, about: &str) {
    page.extend([".TP\n\\fB", &roff(what), "\\fR\n", &roff(about), "\n"]);
}

/// A text that roff takes literally.
fn roff(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('-', "\\-");
    let line = |line: &str| match line.trim() {
        command if command.starts_with(['.', '\'']) => format!("\\&{command}"),
        text => text.to_owned(),
    };
    escaped.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The fields of each answer besides `schema`.
const fn shapes() -> [(&'static str, &'static str); 16] {
    [
        (
            "list",
            "service; roles: [{name, short_name, kind, product {id, name}, service_name, feature, policy {name, version, standing, whole, page}, touch}]. kind is \"service_linked_role\", \"role\" or, of a policy of which nobody says what role has it, \"policy\"; page is where the policy comes from. touch is \"actions\", \"resources\" or null.",
        ),
        (
            "show",
            "the fields of list, and arn, purpose, created_when, trust, services (those it touches), missing_services (those that only a missing part of the policy is known to name), denied_services (those of which it denies actions), blockers, stops, account (with --snapshot: {exists, created, arn, policy_version, drift, differences, only_account, only_catalogue, uncertain, troubles}), notes, page, commands. arn and commands are null of a policy. Texts have en and zh; facts have a standing.",
        ),
        (
            "policy",
            "subject, standing, whole; policies: [{name, at, kind, text, document}]. text is byte for byte; document is null where the text is not strict JSON.",
        ),
        (
            "summary",
            "subject, service; policies: [{name, at, services: [{code, name, levels: [{level, actions}], through_resources, through_resources_counted: [{statement, effect, actions, patterns}], denied}], idle: [{statement, line, column, why, message}]}]. levels and through_resources hold what is granted; denied what is only denied, or allowed and denied as a whole. through_resources_counted tells of statements with so many actions and services of resources that their actions are counted under each service, not listed. idle lists statements that match nothing. An action: name, except (an array under NotAction, where the name is *; else null), level, level_source, meaning, pattern (has it wildcards, or is it under NotAction?), covers, denied_as_a_whole_by {statement, line, column} (null where no statement that allows it is overruled), grants: [{statement, line, column, effect, not_action, resources, not_resource, conditions, principals}].",
        ),
        (
            "matrix",
            "services; roles: [{name, short_name, product, cells: [{service, level, actions, patterns, through, through_patterns, denied, denied_patterns, any_service}], missing_services}]. missing_services are those that only a missing part of the policy is known to name. Services that a role neither touches nor denies actions of have no cell; level and actions are of what is granted, level is null where nothing is; through counts actions of other services on its resources; patterns, through_patterns and denied_patterns say how many of each number are patterns. any_service, or null: what patterns of more than one service reach: {level, every_action, on_named_resources, known_actions, known_actions_of_service, known_actions_denied, every_action_denied, granted_by, denied_by}.",
        ),
        (
            "explain",
            "subject; policies: [{name, at, statements: [{statement, line, column, effect, sentence}], findings}]. A finding as in check.",
        ),
        (
            "removal",
            "product, account_day, roles: [{role, service_name, in_account, steps: [{stage, what, standing, because, check, command}], stops, self_delete, creates, granted_by, create_command}], order, status.",
        ),
        (
            "who-can",
            "action, resource, context; roles: [{name, short_name, answer, actions: [{action, decision, sentence, depends_on, deciding}]}]. answer is \"can\", \"conditional\", \"denied\" or \"no\".",
        ),
        (
            "can",
            "decision (\"allow\", \"explicit_deny\", \"implicit_deny\", \"depends\"), sentence, possible, request, policies, deciding {policy, statement, line, column}, trace: [{policy, statement, line, column, effect, matches, parts: [{name, matches, why, line}], conditions: [{operator, key, expected, actual, matches, phrase, why, line}]}], trace_left_out (of a policy of very many statements: how many are not in trace), depends_on, notes. matches is \"yes\", \"no\" or \"maybe\"; actual is a list, null where the key is absent, or \"unknown\".",
        ),
        (
            "diff",
            "first, second, same, verdict, changed: [{title, first_statements, second_statements, changes: [{kind, ..}]}], gone and added: [{title, statements, sentence}], actions_gone, actions_added, actions_perhaps_gone and actions_perhaps_added: patterns of which the other allows every known action, first_left_out and second_left_out: numbers of statements that match no request.",
        ),
        (
            "find",
            "query, total; hits: [{kind, text, name, matched, target}]; touching: targets, the roles that touch a service that was named.",
        ),
        ("template", "roles, document."),
        (
            "tour",
            "tours: [{name, title, about, steps}]; with a name: name, title, about, steps: [text].",
        ),
        (
            "config",
            "file, read; settings: [{name, value, from}]; keys: [{command, keys, from}]; mistakes: [{place, what}]. from is \"built in\", \"file:LINE\", the name of a variable or of a flag.",
        ),
        (
            "keys",
            "commands: [{name, what, keys, places, own}]; conflicts: [{key, place, does, not}]. own is true where the config file gave the keys.",
        ),
        (
            "the file of account snapshot",
            "format \"rolescope account snapshot\", schema 1, complete, taken, profile, region, account, scope, other_roles; roles: [{name, arn, service_linked, created, updated, description, trust, policies: [{name, type, version, attached}], as_of, trouble}]; policies: [{name, type, version, created, updated, document, as_of, trouble}]. as_of tells when an earlier run read what was not checked again since. trust and document are the texts that RAM keeps, null where they were not read; trouble then says why. There are no credentials in it.",
        ),
    ]
}
