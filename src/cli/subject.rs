//! The policies that a name on the command line stands for: those of a role, or of a file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::answer::{Trouble, join};
use super::files;
use super::known::Known;
use super::lint;
use super::named::{names_any, role};
use super::page::Page;
use super::papers::{Paper, Papers, kind_word};
use super::sure::{about_text, sureness};
use crate::catalog::Catalog;
use crate::catalog::commands;
use crate::catalog::load;
use crate::catalog::model::{Role, RoleKind, Standing, Text};
use crate::catalog::text::visible;
use crate::policy::wrapper::{DocumentKind, SkipReason};
use crate::say::{Language, Saying, counted, saying};

/// Policies and where they come from.
#[derive(Debug)]
pub struct Subject<'a> {
    /// What to call it in a title.
    pub title: Saying,
    /// The role, where it is one of the catalogue.
    pub role: Option<&'a Role>,
    /// Its documents, at least one.
    pub papers: Vec<Paper>,
    /// What must be said beside the answer.
    pub asides: Vec<Text>,
}

/// Is a file meant rather than a role?
pub fn is_file(typed: &str) -> bool {
    if typed.starts_with("acs:") {
        return false;
    }
    load::is_stdin(typed)
        || typed.contains(['/', '\\'])
        || Path::new(typed).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
        || std::fs::metadata(typed).is_ok_and(|about| !about.is_dir())
}

impl<'a> Subject<'a> {
    /// The role or file that was typed; `trust` asks for trust policies.
    pub fn of(
        typed: &(impl AsRef<OsStr> + ?Sized),
        trust: bool,
        known: &'a Known,
    ) -> Result<Self, Trouble> {
        let typed = typed.as_ref();
        // What is no Unicode names no role, and may name a file.
        let Some(typed) = typed.to_str() else { return Self::of_file(Path::new(typed), trust) };
        let own = || known.own().is_some_and(|own| names_any(typed, own));
        if is_file(typed) && (Path::new(typed).exists() || !own()) {
            return Self::of_file(Path::new(typed), trust);
        }
        let policy = known.catalog()?.user_policy(typed.trim());
        match policy.filter(|_| !trust && !own()) {
            Some(policy) => Self::of_user_policy(policy),
            None => Self::of_role(role(typed, known.holder(typed)?)?, trust),
        }
    }

    /// The policy of a role. Errors: it is not in the catalogue, or not readable.
    pub fn of_role(role: &'a Role, trust: bool) -> Result<Self, Trouble> {
        let text = if trust {
            role.trust.as_ref().map(|fact| &fact.value)
        } else {
            role.policy.as_ref().map(|policy| &policy.source)
        };
        let Some(text) = text else {
            return Err(Trouble::new(missing(role, trust)));
        };
        let paper =
            Paper::of_text(text).map_err(|error| Trouble::new(error.located_in(&role.name)))?;
        let mut asides = Vec::new();
        if let Some(policy) = role.policy.as_ref().filter(|_| !trust)
            && let Some(warning) = policy.warning()
        {
            let (name, standing) = (&policy.name, policy.standing_words());
            let fetch = policy.fetch_command();
            asides.push(Text::new(
                format!("{name} is {}. {} The true text: {fetch}", standing.en, warning.en),
                format!("{name}：{}。{}原文：{fetch}", standing.zh, warning.zh),
            ));
        }
        let observed = role.policy.iter().filter(|one| one.standing == Standing::Observed);
        asides.extend(observed.filter(|_| !trust).flat_map(|one| one.notes.clone()));
        Ok(Self { title: Saying::same(&role.name), role: Some(role), papers: vec![paper], asides })
    }

    fn of_file(path: &Path, trust: bool) -> Result<Self, Trouble> {
        let title = files::shown(path);
        let about = |what: Saying| saying("{}: {}").of(title.clone()).of(what);
        let papers = papers(path)?;
        let asides =
            papers.skipped.iter().map(|skipped| Text::of(&about(skipped.saying()))).collect();
        let mut list = papers.list;
        if trust {
            list.retain(|paper| paper.wrapped.kind == DocumentKind::Trust);
            if list.is_empty() {
                return Err(Trouble::new(about(saying("it holds no trust policy"))));
            }
        }
        Ok(Self { title, role: None, papers: list, asides })
    }

    /// Tells of each document under its name, and behind what is told what must be said of its text. The same as data,
    /// joined with what `tell` answers.
    pub fn each(
        &self,
        page: &mut Page,
        lang: Language,
        catalog: &Catalog,
        tell: &mut dyn FnMut(&mut Page, &Paper) -> Value,
    ) -> Vec<Value> {
        let policy = self.role.and_then(|role| role.policy.as_ref());
        let notes =
            policy.map(|policy| policy.notes.iter().map(|note| &note.en).collect::<Vec<_>>());
        let [whole, standing, warning] = sureness(catalog, self.role);
        let told = self.papers.iter().map(|paper| {
            let name = self.name_of(paper);
            page.title(name.said(lang));
            let more = tell(page, paper);
            about_text(page, policy, lang);
            let about = json!({
                "name": name.english(),
                "at": paper.wrapped.path,
                "whole": whole,
                "standing": standing,
                "warning": warning,
                "notes": notes,
            });
            join(about, more)
        });
        told.collect()
    }

    /// What must be said beside the answer, in a language.
    pub fn asides_in(&self, lang: Language) -> Vec<String> {
        self.asides.iter().map(|aside| aside.get(lang).to_owned()).collect()
    }

    /// What to call one of its documents.
    pub fn name_of(&self, paper: &Paper) -> Saying {
        let names = &paper.wrapped.names;
        if let Some(role) = self.role {
            // A trust policy has no name of its own.
            let policy = role.policy.as_ref().filter(|_| paper.wrapped.kind != DocumentKind::Trust);
            let policy = policy.map(|policy| policy.name.clone());
            return Saying::same(policy.unwrap_or_else(|| role.name.clone()));
        }
        let name = names.policy.as_ref().or(names.role.as_ref()).map(|name| visible(name));
        let version = names.version.as_ref().map(|version| visible(version));
        match (name, version) {
            (Some(name), Some(version)) => Saying::same(format!("{name} {version}")),
            (Some(name), None) => Saying::same(name),
            // An answer of ListPolicyVersions names no policy.
            (None, Some(version)) if names.is_default == Some(true) => {
                saying("{}, in force, at {}").with(version).with(&paper.wrapped.path)
            }
            (None, Some(version)) => saying("{} at {}").with(version).with(&paper.wrapped.path),
            _ if self.papers.len() > 1 => saying("{} at {}")
                .of(saying(kind_word(paper.wrapped.kind)))
                .with(&paper.wrapped.path),
            _ => self.title.clone(),
        }
    }
}

/// That a policy of a role is not here, and how to get it.
fn missing(role: &Role, trust: bool) -> Saying {
    if trust && role.kind == RoleKind::Document {
        return saying("{} is a policy document and no role: it has no trust policy")
            .with(&role.name);
    }
    let own = role.product.is_own();
    let missing = match (own, trust) {
        (true, true) => saying("no file of --policies has the trust policy of {}"),
        (true, false) => saying("no file of --policies has a policy of {}"),
        (false, true) => saying("the trust policy of {} is not in the catalogue"),
        (false, false) => saying("the policy of {} is not in the catalogue"),
    };
    let missing = missing.with(&role.name);
    if trust {
        return saying("{}; to get it: {}").of(missing).with(commands::show(&role.name));
    }
    let (command, gets) = role.policy_command();
    let how =
        if gets { saying("{}; to get it: {}") } else { saying("{}; to see which it has: {}") };
    how.of(missing).with(command)
}

/// The documents of a file. Errors: it cannot be read, or holds none.
pub fn papers(path: &Path) -> Result<Papers, Trouble> {
    let text = files::read(path)?;
    let papers = Papers::read(text).map_err(|error| {
        let place = saying("{}:{}").of(files::shown(path)).with(error.place);
        Trouble::new(saying("{}: {}").of(place).of(lint::sentence(&error)))
    })?;
    match papers.nothing() {
        Some(why) => Err(Trouble::new(saying("{}: {}").of(files::shown(path)).of(why))),
        None => Ok(papers),
    }
}

/// The papers of several files that decide together.
#[derive(Debug, Default)]
pub struct Deciding {
    /// The papers, each with the path that it came from.
    pub papers: Vec<(String, Paper)>,
    /// What could not be read and might decide otherwise, a sentence each.
    pub unread: Vec<Saying>,
    /// What was passed over because it does not count, a sentence for each file.
    pub passed_over: Vec<Saying>,
}

impl Deciding {
    /// Reads the files; with the trust policies in them, if the request is about what these decide. Errors: one cannot be
    /// read at all, or holds no policy.
    pub fn of(paths: &[PathBuf], trust: bool) -> Result<Self, Trouble> {
        let mut all = Self::default();
        for path in paths {
            let shown = files::shown(path);
            let mut papers = papers(path)?;
            let skipped = std::mem::take(&mut papers.skipped);
            // What another document here replaces decides nothing, and the rest of a list may stand in another file.
            let cut = skipped.iter().filter(|one| one.reason.is_cut());
            all.passed_over
                .extend(cut.map(|cut| saying("{}: {}").of(shown.clone()).of(cut.saying())));
            let unread =
                skipped.iter().filter(|one| !one.reason.is_replaced() && !one.reason.is_cut());
            all.unread.extend(
                unread.map(|skipped| saying("{}: {}").of(shown.clone()).of(skipped.saying())),
            );
            let before = skipped.iter().filter(|one| one.reason == SkipReason::BeforeChange);
            let before = before.count();
            if before > 0 {
                let what = counted(
                    before,
                    "{} place of the plan is passed over: what stands there is not in force once the plan is applied.",
                    "{} places of the plan are passed over: what stands there is not in force once the plan is applied.",
                );
                all.passed_over.push(saying("{}: {}").of(shown.clone()).of(what));
            }
            let found = papers.list.len();
            let counting = papers.into_deciding(trust);
            let over = found - counting.len();
            if over > 0 {
                let what = saying(if trust {
                    "{} of {} policies decide; versions that are not in force are passed over."
                } else {
                    "{} of {} policies decide; versions that are not in force and trust policies beside permissions are passed over."
                });
                let what = what.with(counting.len()).with(found);
                all.passed_over.push(saying("{}: {}").of(shown.clone()).of(what));
            }
            let shown = shown.english();
            all.papers.extend(counting.into_iter().map(|paper| (shown.clone(), paper)));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_roles_are_told_apart() {
        for file in ["-", "./Connector", "a/b", "x.json", "X.JSON"] {
            assert!(is_file(file), "{file}");
        }
        for role in ["Connector", "acs:ram::1:role/aliyunserviceroleforx", "x.aliyuncs.com"] {
            assert!(!is_file(role), "{role}");
        }
    }
}
