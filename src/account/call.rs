//! The calls that may be made: all of them read. Each is an argument vector of the `aliyun` CLI.

use super::failure::Failure;

/// A call of RAM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call<'a> {
    /// A page of the roles.
    ListRoles {
        /// Where the page begins; None for the first.
        marker: Option<&'a str>,
    },
    /// A role with its trust policy.
    GetRole {
        /// Its name.
        role: &'a str,
    },
    /// The policies that are attached to a role.
    ListPoliciesForRole {
        /// Its name.
        role: &'a str,
    },
    /// A policy with its text.
    GetPolicy {
        /// Its name.
        name: &'a str,
        /// `System` or `Custom`.
        kind: &'a str,
    },
}

/// Roles that are asked for at a time.
const PAGE: &str = "--MaxItems=100";

impl Call<'_> {
    /// The name of the call, which is also that of the action it needs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ListRoles { .. } => "ListRoles",
            Self::GetRole { .. } => "GetRole",
            Self::ListPoliciesForRole { .. } => "ListPoliciesForRole",
            Self::GetPolicy { .. } => "GetPolicy",
        }
    }

    /// The arguments. Values stand behind `=`, so that none can pass for an option. Errors: a value has a form that
    /// such a value never has.
    pub fn arguments(&self) -> Result<Vec<String>, Failure> {
        // In capitals as here: names in small letters make the CLI look for plugins on the network.
        let mut arguments = vec!["ram".to_owned(), self.name().to_owned()];
        match self {
            Self::ListRoles { marker } => {
                arguments.push(PAGE.to_owned());
                if let Some(marker) = marker {
                    arguments.push(format!("--Marker={}", checked(marker, 4096, is_graphic)?));
                }
            }
            Self::GetRole { role } | Self::ListPoliciesForRole { role } => {
                arguments.push(format!("--RoleName={}", checked(role, 128, is_name)?));
            }
            Self::GetPolicy { name, kind } => {
                arguments.push(format!("--PolicyName={}", checked(name, 256, is_name)?));
                if !matches!(*kind, "System" | "Custom") {
                    return Err(Failure::OddName((*kind).to_owned()));
                }
                arguments.push(format!("--PolicyType={kind}"));
            }
        }
        Ok(arguments)
    }
}

/// The name of a profile or region as an option of the CLI. Errors: it has no such form.
pub fn option(name: &str, value: &str) -> Result<String, Failure> {
    // People name profiles as they like; only what no name has is refused.
    if value.is_empty() || value.len() > 256 || value.chars().any(crate::text::is_harmful) {
        return Err(Failure::OddName(value.to_owned()));
    }
    Ok(format!("--{name}={value}"))
}

fn checked(value: &str, longest: usize, allowed: fn(u8) -> bool) -> Result<&str, Failure> {
    if value.is_empty() || value.len() > longest || !value.bytes().all(allowed) {
        return Err(Failure::OddName(value.to_owned()));
    }
    Ok(value)
}

/// Names of roles and policies: letters, digits, `.`, `_`, `-`.
fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

fn is_graphic(byte: u8) -> bool {
    byte.is_ascii_graphic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_pass_for_options() {
        let call = Call::GetPolicy { name: "--config-path", kind: "System" };
        let expected = ["ram", "GetPolicy", "--PolicyName=--config-path", "--PolicyType=System"];
        assert_eq!(call.arguments().unwrap(), expected);
    }

    #[test]
    fn odd_names_are_refused() {
        for role in ["", "a b", "a;b", "a\n", "$(a)", "a/b", "角色"] {
            assert!(Call::GetRole { role }.arguments().is_err(), "{role:?}");
        }
        assert!(Call::GetPolicy { name: "a", kind: "Other" }.arguments().is_err());
        assert!(Call::ListRoles { marker: Some("a b") }.arguments().is_err());
        assert!(option("profile", "a\u{1b}").is_err());
        assert_eq!(option("profile", "我的").unwrap(), "--profile=我的");
    }
}
