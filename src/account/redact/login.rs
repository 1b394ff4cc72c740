//! A user and a password in front of a host, where no `://` tells that it is an address: `user:password@host:3128`, as
//! proxies are written.

use super::letters::{Letter, Range, begins, letter};

/// The user and the password that begin here, up to the `@` in front of the host. A name with an `@` in it and no
/// colon is somebody's address and stays; so does what stands in an ARN, which has colons of its own.
pub(super) fn in_front_of_host(letters: &[Letter], at: usize) -> Option<Range> {
    let before = at.checked_sub(1).and_then(|at| letter(letters, at));
    if before.is_some_and(|one| goes_on(one) || one.c == ':') {
        return None;
    }
    let user = letters.get(at..)?.iter().take_while(|one| goes_on(**one)).count();
    let colon = letter(letters, at + user).filter(|one| one.c == ':')?;
    if begins(letters, at + user, "://") {
        return None;
    }
    let ends = |at: &usize| {
        letter(letters, *at).is_some_and(|one| {
            one.c.is_whitespace()
                || one.is_quote()
                || matches!(one.c, '<' | '>')
                || (one.c == '&' && (one.level < colon.level || names(letters, *at + 1)))
        })
    };
    let from = at + user + 1;
    let end = (from..letters.len()).find(ends).unwrap_or(letters.len());
    let host = |at: &usize| {
        let next = letter(letters, *at + 1);
        letter(letters, *at).is_some_and(|one| one.c == '@' && one.level <= colon.level)
            && next.is_some_and(|next| next.c.is_alphanumeric() || next.c == '[')
    };
    let host = (from..end).rev().find(host)?;
    let arn = |at: usize| begins(letters, at, "acs:ram:") || begins(letters, at, "://");
    (!(at..host).any(arn)).then_some((at, host))
}

/// May this letter stand in the name of a user?
fn goes_on(one: Letter) -> bool {
    one.is_word()
        || matches!(one.c, '.' | '_' | '-' | '~' | '+' | '%' | '\\' | '$' | '!' | '*' | '@')
}

/// Does the next part of a query begin here, `name=`?
fn names(letters: &[Letter], at: usize) -> bool {
    let rest = letters.get(at..).unwrap_or_default();
    let name = rest.iter().take_while(|one| one.is_word() || matches!(one.c, '_' | '-')).count();
    name > 0 && rest.get(name).is_some_and(|one| one.c == '=')
}
