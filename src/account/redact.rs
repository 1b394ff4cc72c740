//! Secrets taken out of what the CLI wrote, before it is shown or kept.
//!
//! On a failed connection the CLI prints the whole signed address, with the id of the key, the session token and the
//! signature; in its debug output the headers of a request too; RAM repeats the text that was to be signed. So a secret
//! may stand in a query, a header, JSON, or a sentence, and may be percent-encoded or escaped, once or twice. All of it
//! is read as letters behind which their writing stands (`letters`), so one rule a shape does for every writing.
//!
//! Three things are taken out: what follows `?` in an address and the user in front of its host, be there `://` or not
//! (`login`); what by its beginning is a key's id, a session's id or a token, wherever it stands; and the value of
//! whatever is called a secret (`named`), in English or Chinese. What stays is what tells of the error: codes, messages, ids of requests, hosts.

mod letters;
mod login;
mod named;

use letters::{Letter, Range, begins, letter};
use login::in_front_of_host;
use named::by_name;

use crate::text;

/// What stands in place of a secret.
const GONE: &str = "[removed]";

/// The text without secrets, with nothing in it that a terminal would obey.
pub fn redact(text: &str) -> String {
    let text = colours(text);
    let letters = Letter::all(&text);
    let mut gone: Vec<Range> = Vec::new();
    let mut address = Address::default();
    let mut at = 0;
    while at < letters.len() {
        if let Some(begun) = Address::at(&letters, at) {
            address = begun;
        }
        let found = address
            .secret(at)
            .or_else(|| key_block(&letters, at))
            .or_else(|| by_beginning(&letters, at))
            .or_else(|| by_name(&letters, at))
            .or_else(|| in_front_of_host(&letters, at));
        at = match found {
            Some((start, end)) if end > start => {
                gone.push((start, end));
                end
            }
            _ => at + 1,
        };
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in gone {
        let (Some(first), Some(last)) = (letters.get(start), letters.get(end - 1)) else {
            continue;
        };
        out.push_str(text.get(from..first.start).unwrap_or_default());
        out.push_str(GONE);
        from = last.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    let lines: Vec<_> = out.lines().map(text::harmless).collect();
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

/// An address such as `https://user:password@host/path?query`.
#[derive(Clone, Copy, Default)]
struct Address {
    /// The user and password in front of the host.
    user: Range,
    /// What follows `?`.
    query: Range,
}

impl Address {
    /// The address whose `://` begins here.
    fn at(letters: &[Letter], at: usize) -> Option<Self> {
        if !begins(letters, at, "://") {
            return None;
        }
        let level = letter(letters, at)?.level;
        let start = at + 3;
        let find = |from: usize, signs: &str| {
            let found = |at: &usize| {
                letter(letters, *at).is_some_and(|one| {
                    one.level <= level && (signs.contains(one.c) || ends_address(one, level))
                })
            };
            (from..letters.len()).find(found).unwrap_or(letters.len())
        };
        let end = find(start, "");
        let place = find(start, "?").min(end);
        let host = find(start, "/?#").min(place);
        let last = |to: usize| {
            (start..to).rev().find(|at| letter(letters, *at).is_some_and(|one| one.c == '@'))
        };
        // A password may hold a slash, though no address may.
        let port = letters.get(start..host)?.iter().any(|one| one.c == ':');
        let user = last(host).or_else(|| last(place).filter(|_| port)).unwrap_or(start);
        Some(Self { user: (start, user), query: (place + 1, end) })
    }

    /// The part of it that begins here and is cut out.
    fn secret(&self, at: usize) -> Option<Range> {
        [self.user, self.query].into_iter().find(|(start, end)| *start == at && end > start)
    }
}

/// What ends an address; within an encoded text also what joins that with the next part.
fn ends_address(one: Letter, level: u8) -> bool {
    one.c.is_whitespace()
        || one.is_quote()
        || matches!(one.c, '<' | '>')
        || (level > 0 && one.c == '&' && one.level < level)
}

/// A private key in its lines.
fn key_block(letters: &[Letter], at: usize) -> Option<Range> {
    const LINE: &str = "-----";
    let head = "-----BEGIN ";
    if !begins(letters, at, head) {
        return None;
    }
    let find =
        |from: usize, word: &str| (from..letters.len()).find(|at| begins(letters, *at, word));
    let named = find(at + head.len(), LINE)?;
    let name: String = letters.get(at..named)?.iter().map(|letter| letter.c).collect();
    let end = find(named, "-----END ").and_then(|end| find(end + 9, LINE));
    name.contains("PRIVATE KEY").then_some((at, end.map_or(letters.len(), |end| end + LINE.len())))
}

/// What is a key's id, a session's id or a web token by its first letters.
fn by_beginning(letters: &[Letter], at: usize) -> Option<Range> {
    let first = at.checked_sub(1).and_then(|at| letter(letters, at));
    let inside = first.is_some_and(Letter::is_word);
    let key = begins(letters, at, "LTAI");
    // `STS.` ends sentences, and hosts are called `sts.`.
    let session = !inside && begins(letters, at, "STS.");
    let web = !inside && begins(letters, at, "eyJ");
    let prefix = if key || session { 4 } else { 3 };
    let long = |end: &usize| *end > at + prefix + if web { 8 } else { 0 };
    let within = |at: usize| {
        let one = letter(letters, at)?;
        let fits = one.is_word() || matches!(one.c, '.' | '_' | '-' | '+' | '/' | '=' | '~');
        // After the id of a key may follow a colon and the signature.
        let joins = one.c == ':' && letter(letters, at + 1).is_some_and(Letter::is_word);
        (fits || joins).then_some(())
    };
    let end = (at..letters.len()).find(|at| within(*at).is_none()).unwrap_or(letters.len());
    Some((at, end)).filter(|(_, end)| (key || session || web) && (key || long(end)))
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
        let proxy = "proxyconnect tcp: http://me:hunter2@proxy.example:3128/x: EOF";
        assert_eq!(redact(proxy), "proxyconnect tcp: http://[removed]@proxy.example:3128/x: EOF");
    }

    /// What the CLI and RAM say, with `HIDDEN` in place of secrets, and what is left of it.
    #[test]
    fn secrets_go_and_the_meaning_stays() {
        for (text, expected) in [
            ("AccessKeyId=HIDDEN", "AccessKeyId=[removed]"),
            ("a&accesskeyid=HIDDEN&b=c", "a&accesskeyid=[removed]&b=c"),
            ("Signature=HIDDEN rest", "Signature=[removed] rest"),
            (
                "\"SecurityToken\": \"HIDDEN\", \"Code\": \"X\"",
                "\"SecurityToken\": \"[removed]\", \"Code\": \"X\"",
            ),
            ("{\"AccessKeySecret\":\"HID\\\"DEN\"}", "{\"AccessKeySecret\":\"[removed]\"}"),
            (
                "\"{\\\"StsToken\\\":\\\"HIDDEN\\\",\\\"a\\\":1}\"",
                "\"{\\\"StsToken\\\":\\\"[removed]\\\",\\\"a\\\":1}\"",
            ),
            ("'token' 'HIDDEN'", "'token' '[removed]'"),
            ("SecurityToken: HIDDEN", "SecurityToken: [removed]"),
            ("Signature%3DHIDDEN%26Action%3DGetRole", "Signature%3D[removed]%26Action%3DGetRole"),
            ("signature%3dHIDDEN%2B%26a", "signature%3d[removed]%26a"),
            ("SecurityToken%253DHIDDEN%25252B%2526a", "SecurityToken%253D[removed]%2526a"),
            ("x-acs-security-token%3a%20HIDDEN%0a", "x-acs-security-token%3a%20[removed]%0a"),
            (
                "AccessKeyId=HIDDEN\\u0026Signature=HIDDEN\\u0026a=b",
                "AccessKeyId=[removed]\\u0026Signature=[removed]\\u0026a=b",
            ),
            ("Access\u{1b}[31mKeyId=HIDDEN", "AccessKeyId=[removed]"),
            (
                "url https://x/?a=HIDDEN\nhttps://y?HIDDEN",
                "url https://x/?[removed]\nhttps://y?[removed]",
            ),
            ("access_key_secret = HIDDEN", "access_key_secret = [removed]"),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET=HIDDEN", "ALIBABA_CLOUD_ACCESS_KEY_SECRET=[removed]"),
            (
                "--access-key-secret HIDDEN --region cn-x",
                "--access-key-secret [removed] --region cn-x",
            ),
            ("BearerToken=HIDDEN", "BearerToken=[removed]"),
            ("password: HIDDEN", "password: [removed]"),
            ("Password is HIDDEN, try", "Password is [removed], try"),
            ("passwd=HID,DEN", "passwd=[removed]"),
            ("private_key: \"HIDDEN\"", "private_key: \"[removed]\""),
            ("signing key: HIDDEN", "signing key: [removed]"),
            ("Access Key Secret is 'HIDDEN'", "Access Key Secret is '[removed]'"),
            (
                "<SecurityToken>HIDDEN</SecurityToken><Code>X</Code>",
                "<SecurityToken>[removed]</SecurityToken><Code>X</Code>",
            ),
            (
                "{AccessKeyId:HIDDEN StsToken:HIDDEN Region:cn-x}",
                "{AccessKeyId:[removed] StsToken:[removed] Region:cn-x}",
            ),
            // Tokens that are known by their beginning.
            ("AccessKeyId is LTAIHIDDEN.", "AccessKeyId is [removed]"),
            ("accesskeyid%3dLTAIHIDDEN", "accesskeyid%3d[removed]"),
            ("for STS.HIDDEN, of LTAIHIDDEN:HIDDEN=", "for [removed], of [removed]"),
            ("got eyJHIDDEN0.HIDDEN.HIDDEN-x", "got [removed]"),
            // Headers.
            ("\"Authorization\":\"acs LTAIHIDDEN:HIDDEN=\"", "\"Authorization\":\"[removed]\""),
            ("Authorization: acs HIDDEN:HIDDEN= failed", "Authorization: [removed] failed"),
            ("Authorization: Bearer HIDDEN\nHost: x", "Authorization: [removed]\nHost: x"),
            ("curl -H 'Authorization: Basic HIDDEN' x", "curl -H 'Authorization: [removed]' x"),
            (
                "Authorization:ACS3-HMAC-SHA256 Credential=HIDDEN,SignedHeaders=host;x-acs-date,Signature=HIDDEN",
                "Authorization:[removed],SignedHeaders=host;x-acs-date,Signature=[removed]",
            ),
            (
                "map[Authorization:[acs HIDDEN:HIDDEN] Host:[ram.aliyuncs.com] X-Acs-Signature-Nonce:[HIDDEN]]",
                "map[Authorization:[[removed]] Host:[ram.aliyuncs.com] X-Acs-Signature-Nonce:[[removed]]]",
            ),
            ("with Bearer HIDDEN", "with Bearer [removed]"),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nHIDDEN\nHIDDEN\n-----END RSA PRIVATE KEY-----\nrest",
                "[removed]\nrest",
            ),
            (
                "\"private_key\": \"-----BEGIN PRIVATE KEY-----\nHIDDEN",
                "\"private_key\": \"[removed]",
            ),
            // What RAM says of a signature that it does not accept.
            (
                "Message: Specified signature is not matched with our calculation. server string to sign is:GET&%2F&\
              AccessKeyId%3DLTAIHIDDEN%26Action%3DListRoles%26SecurityToken%3DHIDDEN%252BHIDDEN%26Version%3D2015-05-01",
                "Message: Specified signature is not matched with our calculation. server string to sign is:GET&%2F&\
              AccessKeyId%3D[removed]%26Action%3DListRoles%26SecurityToken%3D[removed]%26Version%3D2015-05-01",
            ),
        ] {
            assert_eq!(redact(text), expected, "{text}");
        }
    }

    #[test]
    fn proxies_without_a_scheme_and_chinese_are_understood() {
        for (text, expected) in [
            // A proxy without a scheme, and as it is quoted a second time.
            (
                "invalid proxy address \"ops:HIDDEN%2@proxy.example:3128\": parse \"http://ops:HIDDEN%2@proxy.example:3128\": invalid URL escape \"%2@\"",
                "invalid proxy address \"[removed]@proxy.example:3128\": parse \"http://[removed]@proxy.example:3128\": invalid URL escape \"%2@\"",
            ),
            (
                "parse \"user:HIDDEN@proxy.example:3128\": first path segment in URL cannot contain colon",
                "parse \"[removed]@proxy.example:3128\": first path segment in URL cannot contain colon",
            ),
            ("HTTPS_PROXY=ops:HID@DEN/x@[::1]:80 x", "HTTPS_PROXY=[removed]@[::1]:80 x"),
            ("ops%3AHIDDEN%40proxy%26a=b", "[removed]%40proxy%26a=b"),
            // What joins a name with its value.
            ("AccessKeySecret：HIDDEN，请检查", "AccessKeySecret：[removed]，请检查"),
            ("AccessKeySecret ＝ HIDDEN", "AccessKeySecret ＝ [removed]"),
            ("AccessKeySecret(HIDDEN) x", "AccessKeySecret([removed]) x"),
            ("AccessKeySecret（HIDDEN）无效", "AccessKeySecret（[removed]）无效"),
            ("AccessKeySecret -> HIDDEN", "AccessKeySecret -> [removed]"),
            ("AccessKeySecret->HIDDEN", "AccessKeySecret->[removed]"),
            ("AccessKeySecret → HIDDEN", "AccessKeySecret → [removed]"),
            ("AccessKeySecret\tHIDDEN\tx", "AccessKeySecret [removed] x"),
            ("SAMLAssertion=HIDDEN", "SAMLAssertion=[removed]"),
            ("密码=HIDDEN", "密码=[removed]"),
            ("登录密码：HIDDEN。", "登录密码：[removed]。"),
            ("访问密钥为 HIDDEN", "访问密钥为 [removed]"),
            ("令牌是“HIDDEN”", "令牌是“[removed]”"),
        ] {
            assert_eq!(redact(text), expected, "{text}");
        }
    }

    #[test]
    fn what_tells_of_the_error_is_left() {
        for text in [
            "ERROR: SDK.ServerError\nErrorCode: InvalidAccessKeyId.NotFound\nRecommend: https://api.aliyun.com/troubleshoot\n\
             RequestId: 7AE2F5C0-1234-5678-9ABC-DEF012345678\nMessage: Specified access key is not found.",
            "{\"Code\":\"MissingSecurityToken\",\"Message\":\"SecurityToken is mandatory for this action.\"}".replace("mandatory", "required").as_str(),
            "ErrorCode: SignatureDoesNotMatch\nMessage: The request signature does not conform to Aliyun standards.",
            "ErrorCode: SignatureNonceUsed\nMessage: Specified signature nonce was used already.",
            "InvalidSecurityToken.Expired: Specified SecurityToken is expired.",
            "InvalidSecurityToken: Specified token has been revoked",
            "the security token is not found, invalid token: '' is empty",
            "fail to get the bearer token: not found",
            "password: wrong",
            "You are not authorized to do this action: ram:GetRole, via STS. Then try again at sts.aliyuncs.com",
            "unexpected token < in the answer; the tokens are listed, keys follow",
            "\"SecurityToken\": null,",
            "ERROR: unknown profile default, run configure to check\n\ntip",
            "no access for bob@example.com, ops@1234.onaliyun.com",
            "acs:ram::1234567890123456:user/bob@1234.onaliyun.com is not authorized",
            "at 12:30:45 from <bob@example.com>: proxy.example:3128 refused",
            "the security token (expired) is refused; a password (at least 8 signs) is needed",
            "AccessKeySecret：不能为空",
            "密码错误：请重试；密码：不正确；签名不匹配，令牌已过期",
            "密钥管理服务：kms",
        ] {
            assert_eq!(redact(text), text.trim_end(), "{text}");
        }
        assert_eq!(redact("no\u{7}thing"), "no␇thing");
    }

    /// Shapes of what a CLI, a proxy or a server may print, with `@` for a secret.
    const SHAPES: [&str; 29] = [
        "AccessKeyId=@&Action=x",
        "https://ram.aliyuncs.com/?a=b&SecurityToken=@&c=d",
        "https://x/y#access_token=@",
        "http://me:@@proxy:80/",
        "parse \"me:@@proxy:80\": no",
        "a=me:@@proxy",
        "AccessKeySecret(@), and",
        "AccessKeySecret -> @",
        "SAMLAssertion=@",
        "\"SecurityToken\":\"@\"",
        "\"client_secret\" : \"@\",",
        "\"{\\\"StsToken\\\":\\\"@\\\"}\"",
        "'passwd': '@'",
        "AccessKeySecret: @",
        "access-key-secret=@",
        "--sts-token @ --region x",
        "Authorization: acs @:@",
        "Authorization: Bearer @",
        "\"Authorization\":\"acs @:@\"",
        "Proxy-Authorization: Basic @",
        "x-acs-security-token: @",
        "X-Acs-Bearer-Token:[@]",
        "<Password>@</Password>",
        "{Id:x Secret:@}",
        "the signing key is @, and",
        "password was: @.",
        "private_key=@;",
        "for LTAI@ in",
        "token STS.@ in",
    ];

    /// The text percent-encoded as a whole.
    fn percent(text: &str) -> String {
        text.bytes().fold(String::new(), |all, byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                all + &char::from(byte).to_string()
            }
            _ => format!("{all}%{byte:02X}"),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_taken(text in "[AaCcEeKkIiDdSsTtOoNn=&?:/\"'%235D \u{1b}\\\\\\[{}\\]m密]{0,80}|\\PC{0,60}") {
            let shown = redact(&text);
            prop_assert!(!shown.chars().any(|c| c != '\n' && text::is_harmful(c)), "{shown:?}");
        }

        #[test]
        fn no_secret_comes_through_in_any_shape(
            secret in "[A-Za-z0-9][A-Za-z0-9+/_.~-]{10,40}[A-Za-z0-9]={0,2}",
            shape in 0..SHAPES.len(),
            before in "[a-z]{0,6}[ \n]|",
            after in "( [a-z]{1,6})?",
            encodings in 0..3_usize,
        ) {
            let line = SHAPES[shape].replacen("@proxy", "\u{1}proxy", 1);
            let mut line = line.replace('@', &secret).replace('\u{1}', "@");
            let mut hidden = secret.clone();
            // What stands in an address is cut off as it is written there; encoded, it is no address.
            for _ in 0..encodings {
                (line, hidden) = (percent(&line), percent(&hidden));
            }
            let text = format!("RequestId: 1\n{before}{line}{after}\nMessage: no");
            let shown = redact(&text);
            prop_assert!(!shown.contains(&secret) && !shown.contains(&hidden), "{text}\n{shown}");
            // Nor a part of it that could be of use.
            let letters: Vec<char> = secret.chars().collect();
            for part in letters.windows(8) {
                let part: String = part.iter().collect();
                prop_assert!(!shown.contains(&part), "{part} of {text}\n{shown}");
            }
            prop_assert!(shown.starts_with("RequestId: 1\n") && shown.ends_with("\nMessage: no"), "{text}\n{shown}");
        }
    }
}
