//! Who may assume a role, by its trust policy.

use super::model::Role;
use crate::policy::document::{Effect, PrincipalKind};
use crate::policy::read;
use crate::policy::wording;
use crate::say::{Language, said};

/// Principals that are named; the rest are counted.
const NAMED: usize = 6;

impl Role {
    /// Whom the trust policy lets assume the role, each in words, a service by its bare name. None where that cannot be
    /// told in a list: there is no such policy, it cannot be read, or it names whom it leaves out.
    pub fn trusted(&self, language: Language) -> Option<Vec<String>> {
        let trust = self.trust.as_ref()?;
        let read = read::document(&trust.value).ok()?;
        let mut names: Vec<String> = Vec::new();
        for statement in read.document.statements.iter().filter(|one| one.effect == Effect::Allow) {
            let principal = statement.principal.as_ref()?;
            if principal.negated || principal.unknown {
                return None;
            }
            for (kind, value) in &principal.members {
                let name = match kind {
                    PrincipalKind::Service if value.value != "*" => wording::visible(&value.value),
                    kind => wording::member(language, kind, &value.value),
                };
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        Some(names).filter(|names| !names.is_empty())
    }

    /// The same in a sentence: `only` where there is exactly one.
    pub fn trust_words(&self, language: Language) -> Option<String> {
        let mut names = self.trusted(language)?;
        if let [one] = names.as_slice() {
            return Some(said(language, "only {} may assume the role", &[one]));
        }
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        if more > 0 {
            names.push(said(language, "{} more", &[&more.to_string()]));
        }
        let names = wording::join(language, &names, "and");
        Some(said(language, "{} may assume the role", &[&names]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::catalog::model::{Fact, RoleId, Standing};

    #[test]
    fn the_sentence_is_made_from_the_document() {
        let catalog = Catalog::builtin().unwrap();
        let mut role =
            catalog.role(&RoleId::of("AliyunServiceRoleForAlikafkaETL")).unwrap().clone();
        for (principal, words) in [
            (r#"{"Service":["x.aliyuncs.com"]}"#, Some("only x.aliyuncs.com may assume the role")),
            (
                r#"{"RAM":"acs:ram::999:root","Service":"ecs.aliyuncs.com"}"#,
                Some("account 999 and ecs.aliyuncs.com may assume the role"),
            ),
            (r#"{"RAM":["acs:ram::999:root"]}"#, Some("only account 999 may assume the role")),
            (r#"{"Service":[]}"#, None),
        ] {
            let text = format!(
                r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{principal}}}]}}"#
            );
            role.trust = Some(Box::new(Fact { value: text.into(), standing: Standing::Observed }));
            assert_eq!(role.trust_words(Language::English).as_deref(), words, "{principal}");
        }
    }
}
