//! `completions` and `man`: printed by the program, so that they cannot be stale.

use std::io;

use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use serde_json::json;

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::{Arguments, Completions};
use super::check;
use super::help;
use super::offered::{self, Offered};
use super::page::Page;
use crate::catalog::Catalog;
use crate::say::{Language, saying};

/// Where the completions for bash keep the word before the one that is completed.
const PREVIOUS: &str = "    prev=\"$3\"\n";

/// The option before an equals sign is that word.
const BEFORE_EQUALS: &str = "    if [[ \"${prev}\" == \"=\" && COMP_CWORD -ge 2 ]]; then\n        prev=\"${COMP_WORDS[COMP_CWORD-2]}\"\n    fi\n";

/// `completions`
pub fn completions(args: &Completions, lang: Language) -> Result<Answer, Trouble> {
    let mut out = Vec::new();
    let catalog = Catalog::builtin().map_err(|error| Trouble::new(error.located()))?;
    // Zsh offers no file where it has names to offer; bash goes on to files, and fish offers both.
    let offered = Offered::of(&catalog, args.shell != Shell::Zsh);
    let mut command = help::spoken(offered::for_shells(Arguments::command(), &offered), lang);
    clap_complete::generate(args.shell, &mut command, "rolescope", &mut out);
    let mut text = String::from_utf8(out)
        .map_err(|_| Trouble::new(saying("the completions are not UTF-8")))?;
    if args.shell == Shell::Bash {
        // Bash takes `--lang=z` for three words.
        text = text.replacen(PREVIOUS, &format!("{PREVIOUS}{BEFORE_EQUALS}"), 1);
    }
    let json = json!({"schema": SCHEMA, "shell": args.shell.to_string(), "script": text});
    Ok(Answer::new(Page::verbatim("sh", text), json))
}

/// `man`
pub fn page() -> Result<Answer, Trouble> {
    let mut command = Arguments::command();
    command.build();
    let man = Man::new(command.clone()).source(concat!("rolescope ", env!("CARGO_PKG_VERSION")));
    let mut text = written(&|out| {
        man.render_title(out)?;
        man.render_name_section(out)?;
        man.render_synopsis_section(out)?;
        man.render_description_section(out)?;
        man.render_options_section(out)
    })?;
    // One page tells of all commands: there are none of their own that could be referred to.
    text.push_str(".SH COMMANDS\n");
    for sub in command.get_subcommands_mut() {
        if sub.has_subcommands() {
            sub.get_subcommands_mut().try_for_each(|nested| command_entry(&mut text, nested))?;
        } else {
            command_entry(&mut text, sub)?;
        }
    }
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    text.extend([".SH EXIT STATUS\n", &roff(after.trim_start_matches("Exit status: ")), "\n"]);
    for (title, entries) in [("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)] {
        text.extend([".SH ", title, "\n"]);
        for (what, about) in entries {
            entry(&mut text, what, about);
        }
    }
    text.push_str(".SH JSON\nEach answer has schema, which is 1. Texts in two languages have en and zh; standing tells how sure a fact is; whole is false, and warning says why, where a part of a policy is not known.\n");
    for (what, shape) in shapes() {
        entry(&mut text, what, shape);
    }
    // A line of roff breaks at blanks alone.
    let shape = check::shape().to_string().replace(",\"", ", \"").replace("\":", "\": ");
    entry(&mut text, "check, one object a line", &shape);
    let json = json!({"schema": SCHEMA, "page": text});
    Ok(Answer::new(Page::verbatim("roff", text), json))
}

/// A command: its use, what it does, and the options that only it has.
fn command_entry(page: &mut String, command: &mut Command) -> Result<(), Trouble> {
    let usage = command.render_usage().to_string();
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string);
    let about = format!("{}.", about.unwrap_or_default().trim_end_matches('.'));
    entry(page, usage.trim_start_matches("Usage: "), &about);
    let is_own = |arg: &Arg| !arg.is_global_set() && arg.get_id() != "help";
    let any = command.get_arguments().any(is_own);
    let after = command.get_after_help().map(ToString::to_string);
    if !any && after.is_none() {
        return Ok(());
    }
    page.push_str(".RS\n");
    if any {
        let own = command.clone().mut_args(|arg| if is_own(&arg) { arg } else { arg.hide(true) });
        let options = written(&|out| Man::new(own.clone()).render_options_section(out))?;
        let options = options.lines().skip_while(|line| !line.starts_with(".TP"));
        options.for_each(|line| page.extend([line, "\n"]));
    }
    if let Some(after) = after {
        page.extend([".PP\n", &roff(&after), "\n"]);
    }
    page.push_str(".RE\n");
    Ok(())
}

/// What writes roff, as a text. Each part begins with the same lines, of which one is enough.
fn written(write: &dyn Fn(&mut dyn io::Write) -> io::Result<()>) -> Result<String, Trouble> {
    let mut out = Vec::new();
    write(&mut out).map_err(|_| Trouble::new(saying("the manual page cannot be written")))?;
    let text =
        String::from_utf8(out).map_err(|_| Trouble::new(saying("the manual page is not UTF-8")))?;
    let mut seen = Vec::new();
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        if line.starts_with(".ie ") || line.starts_with(".el ") {
            if seen.contains(&line) {
                continue;
            }
            seen.push(line);
        }
        kept.extend([line, "\n"]);
    }
    Ok(kept)
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

/// Variables that are read.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("ROLESCOPE_THEME", "Colours of the screen, as --theme; auto goes by COLORFGBG and COLORTERM."),
    (
        "ROLESCOPE_LANG",
        "Language of texts, en or zh, as --lang; else LC_ALL, LC_MESSAGES and LANG tell.",
    ),
    ("ROLESCOPE_MOUSE", "on or off; off is as --no-mouse."),
    ("ROLESCOPE_CLIPBOARD", "How texts are put on the clipboard, as --clipboard."),
    (
        "NO_COLOR",
        "Where it is set and not empty, and no theme is named, the screen has no colours.",
    ),
    (
        "XDG_CONFIG_HOME, XDG_STATE_HOME",
        "Where the files below stand, instead of ~/.config and ~/.local/state.",
    ),
];

/// Files that are read or written without being named.
const FILES: &[(&str, &str)] = &[
    (
        "~/.config/rolescope/config.toml",
        "The settings; `rolescope config` prints those in force, each with where it comes from.",
    ),
    (
        "~/.local/state/rolescope/state.json",
        "Where the last run of the screen was left, and how far tours went. --fresh leaves the first aside.",
    ),
    (
        "rolescope-account.json",
        "What `account snapshot` writes in the current folder; .partial beside it is what was read before it was stopped.",
    ),
];

/// The fields of each answer besides `schema`.
const fn shapes() -> [(&'static str, &'static str); 18] {
    [
        (
            "list",
            "service; roles: [{name, short_name, kind, product {id, name}, service_name, feature, policy {name, version, standing, whole, page}, listed_under, exists, account_version, touch}]. kind is \"service_linked_role\", \"role\" or, of a policy of which nobody says what role has it, \"policy\"; page is where the policy comes from. touch is \"actions\", \"resources\" or null, which with --service means that only a missing part of the policy is known to name it. listed_under {en, zh} is the product as a list of role names has it, where that is all that is known; zh its Chinese name, where one is known. exists and account_version are null without --snapshot, and of roles that the snapshot did not look for.",
        ),
        (
            "show",
            "the fields of list (policy also with warning, updated, fetch_command, statements: the standing of each, notes), and arn, purpose, created_when, trust {document, standing}, services (those it touches), missing_services (those that only a missing part of the policy is known to name), denied_services (those of which it denies actions), blockers: [{what, because, standing, check, command}], stops, account (with --snapshot: {exists, created, arn, policy_version, drift, drift_text, differences, only_account, only_catalogue, uncertain, troubles}), notes, page, page_note (why there is no page), commands {show, policies, delete, create}. arn and commands are null of a policy, delete and create also of a role that is not service-linked. touch is null. Facts have a standing.",
        ),
        (
            "policy",
            "subject, standing, whole, warning, notes (what must be said of the text, such as that several policies stand there as one), statement_standing (of the one that --statement asks for); policies: [{name, at, kind, text, document}]. text is byte for byte; document is null where the text is not strict JSON.",
        ),
        (
            "summary",
            "subject, service; policies: [{name, at, whole, standing, warning, notes, services: [{code, name, levels: [{level, actions}], through_resources, through_resources_counted: [{statement, effect, actions, patterns}], denied}], idle: [{statement, line, column, why, message}]}]. levels and through_resources hold what is granted; denied what is only denied, or allowed and denied as a whole. through_resources_counted tells of statements with so many actions and services of resources that their actions are counted under each service, not listed. idle lists statements that match nothing, or of which nobody can say (why: unread). An action: name, except (an array under NotAction, where the name is *; else null), level, level_source, meaning, pattern (has it wildcards, or is it under NotAction?), covers, matches_nothing (is it only on resources that it is never checked against?), denied_as_a_whole_by {statement, line, column} (null where no statement that allows it is overruled), grants: [{statement, line, column, standing, effect, not_action, resources, not_resource, conditions, principals}].",
        ),
        (
            "matrix",
            "services; roles: [{name, short_name, product, cells: [{service, level, actions, patterns, through, through_patterns, denied, denied_patterns, any_service}], missing_services, whole, exists}]. missing_services are those that only a missing part of the policy is known to name. Services that a role neither touches nor denies actions of have no cell; level and actions are of what is granted, level is null where nothing is; through counts actions of other services on its resources; patterns, through_patterns and denied_patterns say how many of each number are patterns. any_service, or null: what patterns of more than one service reach: {level, every_action, on_named_resources, known_actions, known_actions_of_service, known_actions_denied, every_action_denied, granted_by, denied_by}.",
        ),
        (
            "explain",
            "subject; policies: [{name, at, kind, whole, standing, warning, notes, statements: [{statement, line, column, effect, standing, sentence}], findings}]. A finding as in check.",
        ),
        (
            "removal",
            "product {id, name}, account_day; roles: [{role, service_name, in_account, since, steps: [{stage, what, standing, because, check, command}], stops, self_delete, creates: [{service_name, statement}], granted_by, not_granted_by, create_command, powers_warning}]; known_by_name: [{role, in_account}], roles of the product of which only the name is known; order: [{first, then, because, standing}], contradicts, true where these cannot all hold; order_cut, true where there are more than are told; status, with --status: {role, warning, state, meaning, message, usages: [{region, resources}]}.",
        ),
        (
            "who-can",
            "action, pattern, resource, context {key: [value]}; roles: [{name, short_name, answer, exists, whole, warning, actions: [{action, decision, sentence, depends_on, deciding, standing}], conditions, notes}]; roles_without_policy: how many could not be asked. pattern is what the words were taken for; deciding is the number of the statement; depends_on as in can. Where that is very long, further actions of the role that depend on the same have an empty one, and depends_on_as names the action that has it. conditions are what must hold, in sentences, where answer is \"conditional\". answer is \"can\", \"conditional\" (also where a missing part may decide; the exit status is 0), \"denied\", \"no\" or, where the text cannot be read, \"unknown\".",
        ),
        (
            "can",
            "decision (\"allow\", \"explicit_deny\", \"implicit_deny\", \"depends\"), sentence, possible, request {action, resource, principal, context {key: [value]}, partial}, whole, standing, warning; policies: [{path, at, kind, name, oddities}]; deciding {policy, statement, standing, line, column}, trace: [{policy, statement, standing, line, column, effect, matches, parts: [{name, matches, why, line}], conditions: [{operator, key, expected, actual, matches, phrase, why, line}]}], trace_left_out (of a policy of very many statements: how many are not in trace), depends_on: [{policy, statement, effect, phrase, on, operator, key, values}] (on is \"condition\" or the part; the last three stand with a condition), notes. matches is \"yes\", \"no\" or \"maybe\"; actual is a list, null where the key is absent, or \"unknown\".",
        ),
        (
            "diff",
            "first, second, first_whole, second_whole, first_warning, second_warning, same, verdict, changed: [{title, first_statements, second_statements, changes: [{kind, ..}]}] (by kind: actions; how, first and second of resources; condition; key, first and second of a condition; first and second of principals), gone and added: [{title, statements, sentence}], actions_gone, actions_added, actions_gone_except and actions_added_except: lists, each of what is not meant where every other action is, actions_perhaps_gone and actions_perhaps_added: patterns of which the other allows every known action, first_left_out and second_left_out: numbers of statements that match no request.",
        ),
        (
            "find",
            "query, total; hits: [{kind, text, name, matched, target}]; touching: targets, the roles that touch a service that was named; near: targets, the roles with a name near to it, where nothing matches clearly. matched are the places of letters; a target has one of product, role, policy_of, service, action.",
        ),
        ("template", "roles, document."),
        (
            "tour",
            "tours: [{name, title, about, steps}]; with a name: name, title, about, steps: [text], in English. title and about have en and zh.",
        ),
        (
            "config",
            "file, read; settings: [{name, value, from}]; keys: [{command, keys, from}]; mistakes: [{place, what}]. from is \"built in\", \"file:LINE\", the name of a variable or of a flag.",
        ),
        (
            "keys",
            "commands: [{name, what, keys, places, own}]; conflicts: [{key, place, does, not}]. own is true where the config file gave the keys.",
        ),
        ("completions", "shell, script: the text that is printed without --json."),
        ("man", "page: this page, as roff."),
        (
            "the file of account snapshot, which prints no answer",
            "format \"rolescope account snapshot\", schema 1, complete, taken, profile, region, account, scope, other_roles; roles: [{name, arn, service_linked, created, updated, description, trust, policies: [{name, type, version, attached}], as_of, trouble}]; policies: [{name, type, version, created, updated, document, as_of, trouble}]. as_of tells when an earlier run read what was not checked again since. trust and document are the texts that RAM keeps, null where they were not read; trouble then says why. There are no credentials in it.",
        ),
    ]
}
