//! Secrets taken out of what the CLI wrote, before it is shown or kept.
//!
//! On a failed connection the CLI prints the whole signed address, with the id of the key, the session token and
//! the signature.

use crate::text;

/// What stands in place of a secret.
const GONE: &str = "[removed]";

/// Parameters whose values are secrets, in small letters.
const SECRETS: [&str; 9] = [
    "accesskeyid",
    "accesskeysecret",
    "securitytoken",
    "signature",
    "signaturenonce",
    "access_key_id",
    "access_key_secret",
    "sts_token",
    "x-acs-security-token",
];

/// The text without secrets, with nothing in it that a terminal would obey.
pub fn redact(text: &str) -> String {
    let without = values(&queries(&colours(text)));
    let lines: Vec<_> = without.lines().map(text::harmless).collect();
    lines.join("\n")
}

/// Without the sequences that colour text: they may stand in the middle of a name.
fn colours(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' && chars.next_if_eq(&'[').is_some() {
            // Up to the letter that ends it.
            while chars.next_if(|c| !('@'..='~').contains(c)).is_some() {}
            chars.next();
        } else {
            out.push(c);
        }
    }
    out
}

/// Cuts what follows `?` in addresses, up to the quote, blank or bracket that ends them.
fn queries(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, address) = rest.split_at(at + 3);
        out.push_str(before);
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`');
        let end = address.find(ends).unwrap_or(address.len());
        let (address, after) = address.split_at(end);
        match address.split_once('?') {
            Some((shown, _)) => {
                out.push_str(shown);
                out.push('?');
                out.push_str(GONE);
            }
            None => out.push_str(address),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Cuts the values of `AccessKeyId=…`, `"SecurityToken": "…"` and the like, wherever they stand.
fn values(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let low = lower.get(at..).unwrap_or_default();
        let next =
            SECRETS.iter().filter_map(|name| Some((low.find(name)?, name.len()))).min_by_key(
                // At one place the longest name counts.
                |(place, length)| (*place, std::cmp::Reverse(*length)),
            );
        let Some((place, length)) = next else {
            out.push_str(rest);
            break;
        };
        let after = place + length;
        out.push_str(rest.get(..after).unwrap_or_default());
        at += after;
        let tail = rest.get(after..).unwrap_or_default();
        let value = tail.trim_start_matches(['"', '\'', ' ', '\t']);
        let Some(value) = value.strip_prefix(['=', ':']).or_else(|| value.strip_prefix("%3D"))
        else {
            continue;
        };
        let value = value.trim_start_matches(['"', '\'', ' ', '\t']);
        let ends = |c: char| c.is_whitespace() || matches!(c, '&' | '"' | '\'' | ',' | '}' | ')');
        let end = value.find(ends).unwrap_or(value.len());
        let left = value.len() - end;
        out.push('=');
        out.push_str(GONE);
        at += tail.len() - left;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_signed_address_loses_its_query() {
        let text = "ERROR: Post \"https://ram.aliyuncs.com/?AccessKeyId=LTAIxyz&SecurityToken=tok%2B&\
                    Signature=sig%3D\": dial tcp: no such host";
        assert_eq!(
            redact(text),
            "ERROR: Post \"https://ram.aliyuncs.com/?[removed]\": dial tcp: no such host"
        );
    }

    #[test]
    fn secrets_go_wherever_they_stand() {
        for text in [
            "AccessKeyId=HIDDEN",
            "a&accesskeyid=HIDDEN&b",
            "Signature=HIDDEN rest",
            "\"SecurityToken\": \"HIDDEN\"",
            "SecurityToken: HIDDEN",
            "Signature%3DHIDDEN",
            "Access\u{1b}[31mKeyId=HIDDEN",
            "AccessKeyId=HIDDEN SecurityToken=HIDDEN",
            "url https://x/?a=HIDDEN\nhttps://y?HIDDEN",
            "access_key_secret = HIDDEN",
        ] {
            let shown = redact(text);
            assert!(!shown.contains("HIDDEN"), "{text:?} became {shown:?}");
        }
        assert_eq!(redact("SignatureDoesNotMatch"), "SignatureDoesNotMatch");
        assert_eq!(redact("no\u{7}thing"), "no␇thing");
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in "[AaCcEeKkIiDdSs=&?:/\" \u{1b}\\[m密]{0,60}|\\PC{0,60}") {
            let shown = redact(&text);
            prop_assert!(!shown.chars().any(|c| c != '\n' && text::is_harmful(c)), "{shown:?}");
        }
    }
}
