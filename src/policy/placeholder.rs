//! Parts of a text that look as if they were still to be filled in.

/// The first `${..}`, `$(..)`, `{{..}}`, `{#..}`, `<..>`, `[$..]`, `{name}` or `%s` of a text.
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
    marked.then(|| form().or_else(|| in_braces(text))).flatten().or_else(|| of_a_format(text))
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
            ("${a}${a}", Some("**")),
            ("plain/*", None),
        ] {
            assert_eq!(filled(text).as_deref(), whole, "{text}");
        }
    }
}
