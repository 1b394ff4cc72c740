//! Policies in Terraform's own language, which is not read: where it gives one, so that it can be told.

/// Arguments that give a policy, by the documentation of the provider `alicloud`.
const GIVING: [&str; 3] = ["policy_document", "document", "assume_role_policy_document"];

/// What blocks of Terraform are open.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// A block of Terraform was seen.
    seen: bool,
    /// The resource is a policy whose statements may stand in it.
    old: bool,
}

impl Given {
    /// Was a block of Terraform seen?
    pub(super) const fn is_terraform(&self) -> bool {
        self.seen
    }

    /// Takes in a line without its blanks: does it give a policy as no text?
    pub(super) fn gives(&mut self, line: &str) -> bool {
        if is_block(line) {
            self.seen = true;
            self.old = line.starts_with("resource \"alicloud_ram_policy\"");
        }
        if self.old
            && line.strip_prefix("statement").is_some_and(|rest| rest.trim_start().starts_with('{'))
        {
            // One word is enough for all statements of it.
            self.old = false;
            return true;
        }
        is_encoded(line) || (self.seen && is_given(line))
    }
}

/// Does a block of Terraform begin with the line: a word, labels in quotation marks, a bracket?
fn is_block(line: &str) -> bool {
    ["resource \"", "data \"", "module \""].iter().any(|word| line.starts_with(word))
        && line.ends_with('{')
}

/// Does the line give a document as anything but a text?
fn is_given(line: &str) -> bool {
    let Some((name, value)) = line.split_once('=') else { return false };
    let (name, value) = (name.trim_end(), value.trim());
    let text = value.starts_with(['"', '=']) && !is_filled(value);
    GIVING.contains(&name) && !value.is_empty() && !text && value != "null"
}

/// Is a text nothing but what is filled in?
fn is_filled(value: &str) -> bool {
    value
        .strip_prefix("\"${")
        .and_then(|rest| rest.strip_suffix("}\""))
        .is_some_and(|inside| !inside.contains("${"))
}

/// Does the line give a policy in Terraform's own language?
pub(super) fn is_encoded(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    let given = line.split_once('=').is_some_and(|(name, value)| {
        let name = name.trim_end();
        (name.ends_with("policy") || name.ends_with("document"))
            && value.trim_start().starts_with("jsonencode(")
    });
    given || line.starts_with("data \"alicloud_ram_policy_document\"")
}

/// The bytes up to the bracket that closes the last one open on the first line; those in strings do not count. Nothing
/// where there is none.
pub(super) fn length(text: &str, effort: &mut usize) -> usize {
    let (mut open, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate().take(*effort) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'\n' if open == 0 => return at,
            b'(' | b'[' | b'{' if !quoted => open += 1,
            b')' | b']' | b'}' if !quoted => match open {
                0 => return at,
                1 => {
                    *effort -= at;
                    return at + 1;
                }
                _ => open -= 1,
            },
            _ => {}
        }
    }
    *effort = effort.saturating_sub(text.len());
    0
}
