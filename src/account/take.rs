//! Taking a snapshot: which calls, in which order, how many at a time; going on where an earlier run stopped.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use super::answer;
use super::call::Call;
use super::cli::Cli;
use super::clock;
use super::failure::Failure;
use super::keep::{self, Earlier};
use super::order::kept_in;
pub use super::order::{Order, Taken, Trouble};
use super::progress::{Count, Step};
use crate::catalog::observed::snapshot::{FORMAT, SCHEMA, account_of};
use crate::catalog::observed::{AccountPolicy, AccountRole, Attached, Scope, Snapshot};
use crate::hands;
use crate::say::{Saying, saying};
use crate::sort;
use crate::text;

/// Time between two savings of what was done so far.
const SAVE: Duration = Duration::from_secs(2);
/// So many calls of a kind that are refused before one was answered tell that all of them are.
const REFUSED: usize = 5;
/// Pages of roles that are asked for at most: far more than an account may have.
const PAGES: usize = 10_000;
/// So many pages in a row without a role that is new tell that there will be none.
const IDLE: usize = 3;

/// Takes a snapshot and writes its file. `stop` ends it when it is not zero; `tell` hears how far it is.
pub fn take(
    order: &Order,
    stop: &AtomicUsize,
    tell: &(dyn Fn(&Step) + Sync),
) -> Result<Taken, Trouble> {
    let out = keep::target(&order.out).map_err(Trouble::File)?;
    let order = &Order { out, ..order.clone() };
    let Earlier { begun: earlier, complete } = keep::earlier(&order.out).map_err(Trouble::File)?;
    let is_complete = complete.is_some();
    if let Some(earlier) = &earlier {
        same_profile(earlier, order)?;
    }
    let waiting = |code: &str, time: Duration| tell(&Step::Waiting(code.to_owned(), time));
    let cli = Cli::new(&order.settings, stop, &waiting);
    let listed = list(&cli, tell).map_err(|failure| Trouble::Call { failure, kept: None })?;
    let snapshot = begin(order, listed);
    if let Some(Some(then)) = &complete {
        same_account(then, &snapshot, order)?;
    }
    let attached = BTreeSet::new();
    let mut work = Work { order, cli: &cli, tell, snapshot, attached, saved: Instant::now() };
    if let Some(earlier) = earlier {
        work.resume(earlier)?;
    }
    // What is new comes first, so that a run that ends early again has brought something.
    let done = work.read_roles().and_then(|()| work.check_roles());
    match done.and_then(|()| work.read_policies()) {
        Ok(()) => {}
        Err(Stop::File(sentence)) => return Err(Trouble::File(sentence)),
        Err(Stop::Call(failure)) => return Err(work.keep(failure)),
    }
    work.snapshot.complete = work.snapshot.roles.iter().all(AccountRole::is_current)
        && work.snapshot.policies.iter().all(AccountPolicy::is_current);
    if is_complete && !work.snapshot.complete {
        work.save_partial().map_err(Trouble::File)?;
        let (file, instead) = (keep::partial(&order.out), Some(order.out.clone()));
        return Ok(Taken { snapshot: work.snapshot, file, instead });
    }
    keep::save(&order.out, &work.snapshot).map_err(|why| {
        // The file may have become something else meanwhile.
        let kept = work.save_partial().ok().map(|()| kept_in(&keep::partial(&order.out)));
        Trouble::File(why.then(kept))
    })?;
    Ok(Taken { snapshot: work.snapshot, file: order.out.clone(), instead: None })
}

/// Why the work ends early.
enum Stop {
    Call(Failure),
    File(Saying),
}

fn same_profile(earlier: &Snapshot, order: &Order) -> Result<(), Trouble> {
    if earlier.profile == order.settings.profile {
        return Ok(());
    }
    let out = keep::shown(&order.out);
    Err(other(match &earlier.profile {
        None => saying("The unfinished snapshot at {} was begun without --profile.").with(out),
        Some(profile) => saying("The unfinished snapshot at {} was begun with the profile {}.")
            .with(out)
            .with(text::harmless(profile)),
    }))
}

/// A finished file of one account does not give way to another one's. Errors: it would.
fn same_account(then: &str, now: &Snapshot, order: &Order) -> Result<(), Trouble> {
    if let Some(now) = now.account.as_deref().filter(|now| *now != then) {
        let why = saying("The snapshot at {} is of the account {}, and this is the account {}.");
        let why = why.with(keep::shown(&order.out)).with(text::harmless(then));
        let remedy = saying("Name another file with --out, or remove it.");
        return Err(Trouble::File(why.with(text::harmless(now)).then(Some(remedy))));
    }
    Ok(())
}

fn other(why: Saying) -> Trouble {
    let remedy = saying("Go on with that, name another file with --out, or remove it.");
    Trouble::File(why.then(Some(remedy)))
}

/// All roles of the account, each once.
fn list(
    cli: &Cli<'_>,
    tell: &(dyn Fn(&Step) + Sync),
) -> Result<BTreeMap<String, AccountRole>, Failure> {
    let mut roles = BTreeMap::new();
    let mut marker: Option<String> = None;
    let (mut markers, mut idle, mut pages) = (BTreeSet::new(), 0, 0);
    while pages < PAGES && idle < IDLE {
        pages += 1;
        let call = Call::ListRoles { marker: marker.as_deref() };
        let page = answer::page(&cli.ask(&call, &|| false)?)?;
        let before = roles.len();
        roles.extend(page.roles.into_iter().map(|role| (role.name.clone(), role)));
        tell(&Step::Listing(roles.len()));
        let Some(next) = page.next else { return Ok(roles) };
        idle = if roles.len() == before { idle + 1 } else { 0 };
        if !markers.insert(next.clone()) {
            break;
        }
        marker = Some(next);
    }
    // A part of the list would say that the other roles do not exist.
    Err(Failure::Endless(Call::ListRoles { marker: None }.name(), pages))
}

fn begin(order: &Order, listed: BTreeMap<String, AccountRole>) -> Snapshot {
    let all = listed.len();
    let account =
        listed.values().find_map(|role| account_of(role.arn.as_deref()?)).map(str::to_owned);
    let wanted = |role: &AccountRole| order.scope == Scope::All || role.service_linked;
    let roles: Vec<AccountRole> = listed.into_values().filter(wanted).collect();
    Snapshot {
        format: FORMAT.to_owned(),
        schema: SCHEMA,
        complete: false,
        taken: clock::now(),
        profile: order.settings.profile.clone(),
        region: order.settings.region.clone(),
        account,
        scope: order.scope,
        other_roles: all - roles.len(),
        roles,
        policies: Vec::new(),
    }
}

struct Work<'a> {
    order: &'a Order,
    cli: &'a Cli<'a>,
    tell: &'a (dyn Fn(&Step) + Sync),
    snapshot: Snapshot,
    /// What an earlier run found attached to roles.
    attached: BTreeSet<Attached>,
    saved: Instant,
}

impl Work<'_> {
    /// Takes over what an earlier run has read of roles that have not changed since. Their dates tell nothing of what is
    /// attached to them, and of no policy: what is taken over is marked with its time until it was checked.
    fn resume(&mut self, earlier: Snapshot) -> Result<(), Trouble> {
        if let (Some(then), Some(now)) = (&earlier.account, &self.snapshot.account)
            && then != now
        {
            let why = saying("The unfinished snapshot at {} is of another account.");
            return Err(other(why.with(keep::shown(&self.order.out))));
        }
        let mut kept = 0;
        let mut known: BTreeMap<String, AccountRole> =
            earlier.roles.into_iter().map(|role| (role.name.clone(), role)).collect();
        let then = earlier.taken.clone();
        for role in &mut self.snapshot.roles {
            let same = known.remove(&role.name).filter(|known| {
                let dated = role.updated.is_some() && known.updated == role.updated;
                known.is_read() && dated && known.created == role.created
            });
            if let Some(same) = same {
                self.attached.extend(same.policies.iter().flatten().cloned());
                role.service_linked |= same.service_linked;
                role.description = role.description.take().or(same.description);
                (role.trust, role.policies) = (same.trust, same.policies);
                role.as_of = same.as_of.or_else(|| Some(then.clone()));
                kept += 1;
            }
        }
        // Those that are not attached any more, or in another version, go when policies are read.
        self.snapshot.policies = earlier.policies;
        for policy in &mut self.snapshot.policies {
            policy.as_of.get_or_insert_with(|| then.clone());
        }
        (self.tell)(&Step::Continuing(earlier.taken, kept));
        Ok(())
    }

    fn read_roles(&mut self) -> Result<(), Stop> {
        let names = self.names(|role| !role.is_read());
        let all = self.snapshot.roles.len();
        let (cli, before) = (self.cli, all - names.len());
        let answered = before > 0;
        let work = |name: &String, halted: &dyn Fn() -> bool| read_role(cli, name, halted);
        let count = Count::of(before, all);
        self.roles(&names, (answered, count), &work, &Step::Roles, &|role, (read, policies)| {
            role.trouble = read.trust.is_none().then(|| {
                let none = saying("GetRole told no trust policy of {}.");
                none.with(text::harmless(&role.name)).english()
            });
            role.service_linked |= read.service_linked;
            role.trust = read.trust;
            role.description = read.description.or(role.description.take());
            role.policies = Some(policies);
        })
    }

    /// Asks what is attached to the roles that an earlier run has read: one call a role, where reading takes two.
    fn check_roles(&mut self) -> Result<(), Stop> {
        let names = self.names(|role| role.as_of.is_some());
        if names.is_empty() {
            return Ok(());
        }
        let (cli, all) = (self.cli, names.len());
        let work = |name: &String, halted: &dyn Fn() -> bool| attached(cli, name, halted);
        let count = Count::of(0, all);
        self.roles(&names, (false, count), &work, &Step::Checking, &|role, policies| {
            role.policies = Some(policies);
            (role.as_of, role.trouble) = (None, None);
        })
    }

    fn names(&self, wanted: impl Fn(&AccountRole) -> bool) -> Vec<String> {
        let wanted = self.snapshot.roles.iter().filter(|role| wanted(role));
        wanted.map(|role| role.name.clone()).collect()
    }

    /// Works on these roles; what comes of one is given to `take`. `answered` as for [`each`]; `count` goes on.
    fn roles<R: Send>(
        &mut self,
        names: &[String],
        (answered, mut count): (bool, Count),
        work: Task<'_, String, R>,
        step: &dyn Fn(Count) -> Step,
        take: &dyn Fn(&mut AccountRole, R),
    ) -> Result<(), Stop> {
        let tell = self.tell;
        tell(&step(count));
        each((self.order.settings.workers, answered), names, work, &mut |name, result| {
            let at = self.snapshot.roles.iter().position(|role| role.name == *name);
            let Some(role) = at.and_then(|at| self.snapshot.roles.get_mut(at)) else {
                return Ok(());
            };
            match result {
                Ok(read) => {
                    take(role, read);
                    count.add(role.is_current());
                }
                Err(Failure::Gone) => {
                    let note = saying("{} was deleted meanwhile.").with(text::harmless(name));
                    self.snapshot.roles.retain(|role| role.name != *name);
                    count.all -= 1;
                    tell(&Step::Note(note));
                }
                Err(failure) => {
                    let trouble = not_read(name, &failure);
                    // The file is English, as all data are.
                    role.trouble = Some(trouble.english());
                    tell(&Step::Note(trouble));
                    count.add(false);
                }
            }
            tell(&step(count));
            self.save_now_and_then()
        })
    }

    fn read_policies(&mut self) -> Result<(), Stop> {
        // A version never changes its text. But a policy may be deleted and made anew, and its versions then begin anew:
        // it was taken off its roles for that, so one attachment that is as before tells that it is the same policy.
        let Snapshot { roles, policies, .. } = &mut self.snapshot;
        let attached = &self.attached;
        let now = roles.iter().filter(|role| role.as_of.is_none());
        let now: Vec<&Attached> = now.flat_map(|role| role.policies.iter().flatten()).collect();
        let still = |policy: &AccountPolicy| {
            let mut now = now.iter().filter(|one| one.is_of(policy));
            policy.document.is_some()
                && policy.version.is_some()
                && now.clone().any(|one| was_attached(attached, one))
                && now.all(|one| one.version == policy.version)
        };
        policies.retain(still);
        for policy in policies {
            policy.as_of = None;
        }
        // Once a policy: roles may name it with different versions when it changes meanwhile.
        let named = self.snapshot.roles.iter().flat_map(|role| role.policies.iter().flatten());
        let named: BTreeSet<(&String, &String)> = named.map(|one| (&one.name, &one.kind)).collect();
        let wanted: Vec<(String, String)> = named
            .into_iter()
            .filter(|(name, kind)| self.snapshot.policy(name, kind).is_none())
            .map(|(name, kind)| (name.clone(), kind.clone()))
            .collect();
        let all = self.snapshot.policies.len() + wanted.len();
        let mut count = Count::of(self.snapshot.policies.len(), all);
        let answered = count.read > 0;
        let (cli, tell) = (self.cli, self.tell);
        tell(&Step::Policies(count));
        let work = |(name, kind): &(String, String), halted: &dyn Fn() -> bool| {
            let read = cli.ask(&Call::GetPolicy { name, kind }, halted)?;
            answer::policy(&read, name, kind)
        };
        each(
            (self.order.settings.workers, answered),
            &wanted,
            &work,
            &mut |(name, kind), result| {
                count.add(result.is_ok());
                let policy = result.unwrap_or_else(|failure| {
                    let trouble = not_read(name, &failure);
                    let (name, kind, why) = (name.clone(), kind.clone(), Some(trouble.english()));
                    tell(&Step::Note(trouble));
                    AccountPolicy { name, kind, trouble: why, ..AccountPolicy::default() }
                });
                self.snapshot.policies.push(policy);
                tell(&Step::Policies(count));
                self.save_now_and_then()
            },
        )?;
        sort::by(&mut self.snapshot.policies, |a, b| (&a.name, &a.kind).cmp(&(&b.name, &b.kind)));
        Ok(())
    }

    fn save_now_and_then(&mut self) -> Result<(), Saying> {
        if self.saved.elapsed() < SAVE {
            return Ok(());
        }
        self.saved = Instant::now();
        self.save_partial()
    }

    fn save_partial(&mut self) -> Result<(), Saying> {
        // The next run holds policies against the attachments of the file: none may be newer than the text.
        let Snapshot { roles, policies, .. } = &mut self.snapshot;
        let attached = &self.attached;
        let checked = roles.iter().filter(|role| role.as_of.is_none());
        policies.retain(|policy| {
            policy.as_of.is_none()
                || !checked
                    .clone()
                    .flat_map(|role| role.policies.iter().flatten())
                    .any(|one| one.is_of(policy) && !was_attached(attached, one))
        });
        keep::save_partial(&self.order.out, &self.snapshot)
    }

    /// Keeps what was done, where anything was.
    fn keep(&mut self, failure: Failure) -> Trouble {
        if !self.snapshot.roles.iter().any(AccountRole::is_read) {
            return Trouble::Call { failure, kept: None };
        }
        match self.save_partial() {
            Ok(()) => Trouble::Call { failure, kept: Some(keep::partial(&self.order.out)) },
            Err(sentence) => Trouble::File(failure.saying().then(Some(sentence))),
        }
    }
}

/// Is it an attachment that an earlier run saw too?
fn was_attached(before: &BTreeSet<Attached>, one: &Attached) -> bool {
    one.attached.is_some()
        && before.iter().any(|then| {
            (&then.name, &then.kind, &then.attached) == (&one.name, &one.kind, &one.attached)
        })
}

fn not_read(name: &str, failure: &Failure) -> Saying {
    saying("{} was not read: {}").with(text::harmless(name)).of(failure.saying())
}

fn read_role(
    cli: &Cli<'_>,
    name: &str,
    halted: &dyn Fn() -> bool,
) -> Result<(AccountRole, Vec<Attached>), Failure> {
    let role = answer::one_role(&cli.ask(&Call::GetRole { role: name }, halted)?, name)?;
    Ok((role, attached(cli, name, halted)?))
}

fn attached(
    cli: &Cli<'_>,
    name: &str,
    halted: &dyn Fn() -> bool,
) -> Result<Vec<Attached>, Failure> {
    answer::attached(&cli.ask(&Call::ListPoliciesForRole { role: name }, halted)?)
}

/// What is done with an item on a thread of its own; the second argument tells whether it is still wanted.
type Task<'a, T, R> = &'a (dyn Fn(&T, &dyn Fn() -> bool) -> Result<R, Failure> + Sync);

/// What hears of a finished item. Errors: a sentence that ends the work.
type Hear<'a, T, R> = &'a mut dyn FnMut(&T, Result<R, Failure>) -> Result<(), Saying>;

/// Works on all items, some at a time; `done` hears of each on this thread. A failure that holds for all ends the
/// rest; one that may be of one item does so where nothing was answered yet, in this run or, by `answered`, before it.
fn each<T: Sync, R: Send>(
    (workers, mut answered): (usize, bool),
    items: &[T],
    task: Task<'_, T, R>,
    done: Hear<'_, T, R>,
) -> Result<(), Stop> {
    let next = AtomicUsize::new(0);
    let halt = AtomicBool::new(false);
    let mut ended = None;
    // What was refused before anything was answered.
    let mut refused = Vec::new();
    thread::scope(|scope| {
        let (sender, results) = channel();
        let (next, halt) = (&next, &halt);
        let halted = || halt.load(Ordering::SeqCst);
        let mut hear = |item, result: Result<R, Failure>| {
            answered |= result.is_ok();
            let mut heard = match result {
                Err(failure) if failure.may_be_of_one() && !answered => {
                    if refused.len() + 1 >= REFUSED {
                        halt.store(true, Ordering::SeqCst);
                        ended.get_or_insert(Stop::Call(failure.clone()));
                    }
                    refused.push((item, Err(failure)));
                    return;
                }
                // After the first failure the others are stopped, which is no news.
                Err(failure) if failure.is_final() => {
                    halt.store(true, Ordering::SeqCst);
                    ended.get_or_insert(Stop::Call(failure));
                    return;
                }
                result => vec![(item, result)],
            };
            if answered {
                heard.append(&mut refused);
            }
            for (item, result) in heard {
                if let Err(sentence) = done(item, result) {
                    halt.store(true, Ordering::SeqCst);
                    ended.get_or_insert(Stop::File(sentence));
                }
            }
        };
        let work = move || {
            while !halted() {
                let Some(item) = items.get(next.fetch_add(1, Ordering::SeqCst)) else { break };
                if sender.send((item, task(item, &halted))).is_err() {
                    break;
                }
            }
        };
        if hands::start(scope, workers.clamp(1, items.len().max(1)), work).is_empty() {
            let left = items.iter().take_while(|_| !halted());
            left.for_each(|item| hear(item, task(item, &halted)));
        }
        for (item, result) in results {
            hear(item, result);
        }
    });
    let all = refused.into_iter().find_map(|(_, result)| result.err()).map(Stop::Call);
    ended.or(all).map_or(Ok(()), Err)
}
