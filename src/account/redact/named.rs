//! The values of what is called a secret: what the names are, what joins a value with one, and where it ends.

use super::key_block;
use super::letters::{Letter, Range, begins, letter};

/// What secrets are called, in small letters and without what parts words; a longer name that ends so is one too.
const SECRETS: [&str; 22] = [
    "accesskeyid",
    "accesskey",
    "apikey",
    "authorization",
    "bearer",
    "credential",
    "encryptionkey",
    "nonce",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "samlassertion",
    "samlresponse",
    "secret",
    "secretkey",
    "sessionkey",
    "signature",
    "signing",
    "signingkey",
    "token",
];
/// The longest of them.
const LONGEST: usize = 13;
/// The same in Chinese.
const CHINESE: [&str; 9] = ["密码", "口令", "密钥", "秘钥", "私钥", "令牌", "签名", "凭证", "凭据"];

/// Names of errors begin so: a sentence follows `InvalidSecurityToken: `.
const ERRORS: [&str; 7] =
    ["invalid", "missing", "incomplete", "malformed", "expired", "illegal", "unsupported"];

/// Words that follow such a name in a sentence and are no secret, in small letters.
#[rustfmt::skip]
const ORDINARY: &[&str] = &[
    "a", "absent", "all", "already", "an", "and", "are", "at", "bad", "be", "been", "blank", "by", "can",
    "cannot", "check", "could", "deleted", "denied", "disabled", "does", "doesn", "empty", "error", "expired",
    "failed", "false", "for", "forbidden", "found", "from", "given", "has", "have", "illegal", "in", "inactive",
    "incorrect", "invalid", "is", "it", "its", "malformed", "mismatch", "missing", "must", "needed", "needs",
    "neither", "never", "nil", "no", "none", "not", "null", "of", "on", "only", "or", "please", "provided",
    "rejected", "required", "revoked", "run", "see", "set", "should", "specified", "that", "the", "this", "to",
    "token", "too", "true", "unauthorized", "undefined", "unexpected", "unknown", "unset", "unsupported", "use",
    "used", "valid", "value", "was", "were", "will", "with", "wrong", "you", "your",
];

/// How a name is joined with its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// By a sign, or by nothing where the value is quoted.
    Sign,
    /// By a colon and a blank, a bracket, a tab, or a word: a sentence may follow.
    Sentence,
}

/// The value of what is called a secret; `at` is the last letter of the name.
pub(super) fn by_name(letters: &[Letter], at: usize) -> Option<Range> {
    let last = letter(letters, at)?;
    let next = letter(letters, at + 1)?;
    let arrow = next.c == '-' && letter(letters, at + 2).is_some_and(|one| one.c == '>');
    if next.is_word() || (matches!(next.c, '_' | '-') && !arrow) {
        return None;
    }
    let name =
        if last.is_word() { Name::ending(letters, at)? } else { Name::chinese(letters, at)? };
    let (joint, level, from) = joint(letters, at + 1, &name)?;
    let opened = letter(letters, from)?;
    if let Some(block) = key_block(letters, from + usize::from(opened.is_quote())) {
        return Some(block);
    }
    if opened.is_quote() {
        return Some((from + 1, closing(letters, from + 1, opened)));
    }
    if matches!(opened.c, '[' | '{') {
        return Some((from + 1, bracket_end(letters, from + 1, level)));
    }
    let from = from + usize::from(matches!(opened.c, '“' | '「'));
    let end = value_end(letters, from, level);
    if joint == Joint::Sentence && goes_on(letters.get(from..end)?, &name) {
        return None;
    }
    let scheme = name.header && is_scheme(letters, from, end);
    let end = if scheme { value_end(letters, end + 1, level) } else { end };
    Some((from, end))
}

/// What a name tells of itself.
struct Name {
    /// It is the name of an error.
    error: bool,
    /// Its value may follow without a sign: it is an option of a command, or the word in front of a token.
    apart: Option<Joint>,
    /// It is a header whose value has two words.
    header: bool,
}

impl Name {
    /// The Chinese name that ends at a letter, if it is one of a secret.
    fn chinese(letters: &[Letter], at: usize) -> Option<Self> {
        let from = at.checked_sub(1)?;
        let named = CHINESE.iter().any(|name| begins(letters, from, name));
        named.then_some(Self { error: false, apart: None, header: false })
    }

    /// The name that ends at a letter, if it is called a secret.
    fn ending(letters: &[Letter], at: usize) -> Option<Self> {
        let before = |at: usize| at.checked_sub(1).and_then(|at| letter(letters, at));
        let mut ending: Vec<char> = Vec::new();
        let mut from = at + 1;
        while ending.len() < LONGEST {
            match before(from) {
                Some(one) if one.is_word() => ending.push(one.c.to_ascii_lowercase()),
                // One sign between words: access_key_secret, access-key-secret, Access Key Secret.
                Some(one) if matches!(one.c, '_' | '-' | '.' | ' ') && from <= at => {
                    if !before(from - 1).is_some_and(Letter::is_word) {
                        break;
                    }
                }
                _ => break,
            }
            from -= 1;
        }
        let ending: String = ending.iter().rev().collect();
        SECRETS.iter().find(|name| ending.ends_with(**name))?;
        // The word itself, from its own beginning.
        let mut start = at;
        while before(start).is_some_and(|one| one.is_word() || matches!(one.c, '_' | '-')) {
            start -= 1;
        }
        let word: String =
            letters.get(start..=at)?.iter().map(|one| one.c.to_ascii_lowercase()).collect();
        let written = word.trim_start_matches('-');
        Some(Self {
            error: ERRORS.iter().any(|error| written.starts_with(error)),
            apart: match written {
                "bearer" => Some(Joint::Sentence),
                _ => (word.len() > written.len()).then_some(Joint::Sign),
            },
            header: written.ends_with("authorization"),
        })
    }
}

/// What joins the name that ends before `at` with its value: how, at which level of encoding, and where that begins.
fn joint(letters: &[Letter], at: usize, name: &Name) -> Option<(Joint, u8, usize)> {
    let blanks = |mut at: usize| {
        while letter(letters, at).is_some_and(Letter::is_blank) {
            at += 1;
        }
        at
    };
    let mut sign = at;
    while letter(letters, sign).is_some_and(|one| one.is_quote() || one.is_blank()) {
        sign += 1;
    }
    let found = letter(letters, sign)?;
    let arrow = found.c == '-' && letter(letters, sign + 1).is_some_and(|one| one.c == '>');
    if matches!(found.c, '=' | '＝' | ':' | '：' | '>' | '→') || arrow {
        let mut end = sign + 1;
        // `:=`, `=>`, `==`, `->`
        while letter(letters, end).is_some_and(|one| matches!(one.c, '=' | '>')) {
            end += 1;
        }
        let value = blanks(end);
        let sentence = found.c == '：' || (!matches!(found.c, '=' | '＝') && value > end);
        let joint = if sentence { Joint::Sentence } else { Joint::Sign };
        return Some((joint, found.level, value));
    }
    if matches!(found.c, '(' | '（') {
        return Some((Joint::Sentence, found.level, blanks(sign + 1)));
    }
    let after = at + usize::from(letter(letters, at).is_some_and(Letter::is_quote));
    let value = blanks(after);
    if letter(letters, value).is_some_and(Letter::is_quote) && value > after {
        return Some((Joint::Sign, 0, value));
    }
    for word in ["是", "为"] {
        if begins(letters, sign, word) {
            let value = blanks(sign + 1);
            let colon = letter(letters, value).is_some_and(|one| matches!(one.c, ':' | '：'));
            return Some((Joint::Sentence, 0, if colon { blanks(value + 1) } else { value }));
        }
    }
    let tab = (at..sign).any(|at| letter(letters, at).is_some_and(|one| one.c == '\t'));
    if tab && !found.c.is_whitespace() {
        return Some((Joint::Sentence, 0, sign));
    }
    for word in ["is", "was"] {
        let after = sign + word.len();
        let then = letter(letters, after)?;
        if sign > at && begins(letters, sign, word) && (then.is_blank() || then.c == ':') {
            let value = blanks(if then.c == ':' { after + 1 } else { after });
            // `is:` is as good as a colon.
            let colon = letter(letters, value).is_some_and(|one| matches!(one.c, ':' | '='));
            return Some((Joint::Sentence, 0, if colon { blanks(value + 1) } else { value }));
        }
    }
    let stands = value > at && letter(letters, value).is_some_and(|one| one.c != '-');
    name.apart.filter(|_| stands).map(|joint| (joint, 0, value))
}

/// Where the bracket is closed that was opened before `from`, or the end of the line.
fn bracket_end(letters: &[Letter], from: usize, level: u8) -> usize {
    let mut open = 1_usize;
    let rest = letters.get(from..).unwrap_or_default();
    let ends = |one: &Letter| {
        match one.c {
            _ if one.level > level => {}
            '[' | '{' => open += 1,
            ']' | '}' => open -= 1,
            '\n' => open = 0,
            _ => {}
        }
        open == 0
    };
    from + rest.iter().position(ends).unwrap_or(rest.len())
}

/// Where the quote is closed that was opened before `from`, or the end of the line.
fn closing(letters: &[Letter], from: usize, opened: Letter) -> usize {
    let rest = letters.get(from..).unwrap_or_default();
    let ends = |one: &Letter| {
        if one.c == '\n' && one.level == 0 {
            return true;
        }
        let level = one.c == opened.c && one.level <= opened.level;
        // In a text that is not escaped itself, two backslashes are one that is.
        level
            && (one.slashes <= opened.slashes
                || (opened.slashes == 0 && one.slashes.is_multiple_of(2)))
    };
    from + rest.iter().position(ends).unwrap_or(rest.len())
}

/// Where a value ends that stands without quotes.
fn value_end(letters: &[Letter], from: usize, level: u8) -> usize {
    let over =
        |at: usize| letter(letters, at).is_none_or(|one| one.c.is_whitespace() || one.is_quote());
    let closes = |at: usize| {
        over(at)
            || letter(letters, at)
                .is_some_and(|one| matches!(one.c, ',' | ';' | ')' | ']' | '}' | '<'))
    };
    // `,Signature=` begins the next value.
    let names_next = |at: usize| {
        let rest = letters.get(at..).unwrap_or_default();
        let name =
            rest.iter().take_while(|one| one.is_word() || matches!(one.c, '_' | '-')).count();
        name > 0 && rest.get(name).is_some_and(|one| matches!(one.c, '=' | ':'))
    };
    let ends = |at: usize| {
        let Some(one) = letter(letters, at).filter(|one| one.level <= level) else { return false };
        match one.c {
            '&' | '<' | '>' | '，' | '。' | '；' | '、' | '）' | '”' | '」' => true,
            ',' | ';' => closes(at + 1) || names_next(at + 1),
            ')' | ']' | '}' => closes(at + 1),
            c => c.is_whitespace() || one.is_quote(),
        }
    };
    (from..letters.len()).find(|at| ends(*at)).unwrap_or(letters.len())
}

/// Does a sentence go on here, where a value could stand?
fn goes_on(word: &[Letter], name: &Name) -> bool {
    // What people choose and machines make is in letters of a keyboard.
    if word.first().is_some_and(|one| ('\u{4e00}'..='\u{9fff}').contains(&one.c)) {
        return true;
    }
    let word: String = word.iter().map(|one| one.c.to_ascii_lowercase()).collect();
    let word = word.trim_end_matches(['.', ',', ';', ':']);
    let plain = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    name.error && plain || ORDINARY.contains(&word)
}

/// Is it the first word of a header such as `Bearer …` or `acs …`, with another one behind it?
fn is_scheme(letters: &[Letter], from: usize, end: usize) -> bool {
    let word = letters.get(from..end).unwrap_or_default();
    let scheme = word.len() <= 24 && word.iter().all(|one| one.is_word() || one.c == '-');
    scheme
        && letter(letters, end).is_some_and(Letter::is_blank)
        && letter(letters, end + 1).is_some_and(|next| !next.c.is_whitespace())
}
