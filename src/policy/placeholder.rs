//! Parts of a text that look as if they were still to be filled in.

use super::pattern::arn;

/// The first `${..}`, `$(..)`, `{{..}}`, `{#..}`, `<..>`, `[$..]`, `{name}` or `%s` of a text, or what help pages print in
/// the name of a resource: see [`of_help`].
pub(in crate::policy) fn placeholder(text: &str) -> Option<&str> {
    const FORMS: [(&str, &str); 6] =
        [("${", "}"), ("$(", ")"), ("{{", "}}"), ("{#", "}"), ("<", ">"), ("[$", "]")];
    let marked = memchr::memchr3(b'$', b'{', b'<', text.as_bytes()).is_some();
    let form = || {
        FORMS.iter().find_map(|(open, close)| {
            let start = text.find(open)?;
            let inside = start + open.len();
            let length = text.get(inside..)?.find(close)?;
            (length > 0).then(|| text.get(start..inside + length + close.len()))?
        })
    };
    let written = marked.then(|| form().or_else(|| in_braces(text))).flatten();
    written.or_else(|| of_a_format(text)).or_else(|| of_help(text))
}

/// What help pages print in the name of a resource where each account has its own: an account whose end is masked
/// (`123456789012****`), words that are no id (`主账号ID`), and names of the parts (`$regionid`).
fn of_help(text: &str) -> Option<&str> {
    let dollar = memchr::memchr(b'$', text.as_bytes()).is_some();
    let stars = has_mask(text);
    if text.is_ascii() && !dollar && !stars {
        return None;
    }
    if is_mask(text) {
        return Some(text);
    }
    let parts = arn::split(text)?;
    let heads = [parts.region, parts.account];
    let is_word = |part: &str| part.chars().any(|c| !c.is_ascii() && c.is_alphanumeric());
    let odd = |part: &&str| is_variable(part) || is_word(part);
    if let Some(part) = heads.into_iter().find(odd) {
        return Some(part);
    }
    if is_mask(parts.account) {
        return Some(parts.account);
    }
    // Names of objects may have the sign; no name of a bucket does, nor those of other services.
    let most = if parts.code.eq_ignore_ascii_case("oss") { 1 } else { usize::MAX };
    let mut relative = parts.relative.split('/').take(most);
    dollar.then(|| relative.find(|part| is_variable(part))).flatten()
}

/// Do two stars stand together?
fn has_mask(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'*', bytes).any(|at| bytes.get(at + 1) == Some(&b'*'))
}

/// Is it the id of an account of which a part is hidden? A star alone is a pattern.
pub(in crate::policy) fn is_mask(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*')
        && text.bytes().filter(u8::is_ascii_digit).count() >= 4
        && has_mask(text)
}

/// Is it `$name` as a whole?
fn is_variable(part: &str) -> bool {
    part.strip_prefix('$').is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    })
}

/// Has the text a sign with which a placeholder begins? Enough where a value that is to be filled in must not be judged.
pub(in crate::policy) fn may_hold_one(text: &str) -> bool {
    text.contains(['$', '{', '<', '%'])
}

/// The first `{name}` of a text, as Python and others write it.
fn in_braces(text: &str) -> Option<&str> {
    memchr::memchr_iter(b'{', text.as_bytes()).find_map(|start| {
        // No further than the name: a text may have a million brackets that none closes.
        let behind = text.get(start + 1..)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let length = behind.find(|c| !plain(c))?;
        let begins = behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let closed = behind.get(length..)?.starts_with('}');
        (begins && closed).then(|| text.get(start..start + length + 2))?
    })
}

/// The first `%s`, `%v`, `%q` or `%d` of a text. A letter or number behind it may be a word, or a byte that is
/// written in hexadecimal.
fn of_a_format(text: &str) -> Option<&str> {
    memchr::memchr_iter(b'%', text.as_bytes()).find_map(|start| {
        let mut behind = text.get(start + 1..)?.chars();
        let form = matches!(behind.next(), Some('s' | 'v' | 'q' | 'd'));
        let ends = !behind.next().is_some_and(char::is_alphanumeric);
        (form && ends).then(|| text.get(start..start + 2))?
    })
}

/// Placeholders of one text that are looked at.
const MOST: usize = 100;

/// The text with a star for each of them: what it may become. None where there is none.
pub(crate) fn filled(text: &str) -> Option<String> {
    let mut filled = text.replacen(placeholder(text)?, "*", 1);
    for _ in 1..MOST {
        let Some(hole) = placeholder(&filled) else { return Some(filled) };
        filled = filled.replacen(hole, "*", 1);
    }
    Some("*".to_owned())
}

/// Is a name that the grammar has words for, such as an operator or an element, filled in by something else? None of
/// these holds such signs.
pub(in crate::policy) fn is_filled_in(name: &str) -> bool {
    const NOTES: [&str; 4] = ["$schema", "$id", "$comment", "$ref"];
    name.starts_with('$') && !NOTES.contains(&name)
        || name == "Ref"
        || name.starts_with("Fn::")
        || placeholder(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_seen() {
        for (text, hole) in [
            ("acs:oss:*:*:${bucket}/*", Some("${bucket}")),
            ("acs:ram::<account-id>:role/x", Some("<account-id>")),
            ("acs:oss:*:*:{bucket_name}/{prefix}", Some("{bucket_name}")),
            ("acs:oss:*:*:%s/%s*", Some("%s")),
            ("acs:rds:*:*:dbinstance/[$RDS_ID]", Some("[$RDS_ID]")),
            ("acs:oss:*:*:b/[a]$", None),
            ("acs:log:*:%d:project/x", Some("%d")),
            ("acs:oss:*:*:b/{${x}", Some("${x}")),
            ("acs:oss:*:*:b/{1,2}", None),
            ("acs:oss:*:*:b/{a b}", None),
            ("acs:oss:*:*:b/%d0%b0", None),
            ("acs:oss:*:*:b/100%sure", None),
            ("100%", None),
            ("a > b <", None),
            ("acs:ram::123456789012****:root", Some("123456789012****")),
            ("acs:ecs:*:1234****5678:instance/*", Some("1234****5678")),
            ("27737962156157****", Some("27737962156157****")),
            ("acs:ecs:$regionid:$accountid:instance/$instanceid", Some("$regionid")),
            ("acs:ecs:*:*:instance/$instanceid", Some("$instanceid")),
            ("acs:oss:*:*:$bucket/*", Some("$bucket")),
            ("acs:ecs:*:主账号ID:instance/i", Some("主账号ID")),
            ("acs:ecs:\u{200b}*:*:instance/*", None),
            ("acs:ecs:*:12345*:instance/*", None),
            ("acs:ecs:*:**:instance/*", None),
            ("acs:oss:*:*:b/**", None),
            ("acs:oss:*:*:b/$recycle/x", None),
            ("acs:oss:*:*:b/目录/*", None),
            ("acs:log:*:*:project/a$b", None),
            ("b/$x", None),
            ("{}", None),
            ("<>", None),
        ] {
            assert_eq!(placeholder(text), hole, "{text}");
        }
    }

    #[test]
    fn each_placeholder_may_become_anything() {
        for (text, whole) in [
            ("acs:oss:*:*:{{ .Values.b }}/<x>", Some("acs:oss:*:*:*/*")),
            ("%s", Some("*")),
            ("acs:ecs:$r:1234****:instance/$i", Some("acs:ecs:*:*:instance/*")),
            ("${a}${a}", Some("**")),
            ("plain/*", None),
        ] {
            assert_eq!(filled(text).as_deref(), whole, "{text}");
        }
    }
}
