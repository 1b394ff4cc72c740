//! Documents that a template fills in or chooses, and what belongs where one may stand.

use super::{Step, Walk};
use crate::policy::json::{Kind, Node};
use crate::policy::source::Template;
use crate::policy::wrapper::embedded::mentions_statement;
use crate::policy::wrapper::{Names, SkipReason, tool};

/// What templates call nothing at all.
const NOTHING: [&str; 2] = ["ALIYUN::NoValue", "AWS::NoValue"];

impl<'t> Walk<'t, '_> {
    /// Takes what is filled in where a document may stand; false where the value is nothing of the kind.
    pub(super) fn filled(&mut self, node: &'t Node<'_>, names: &Names) -> bool {
        let Some([member]) = node.as_object() else { return false };
        if let Some(written) = node.holed() {
            self.string(written, node.span(), names);
            return true;
        }
        if node.expression().is_some() {
            if self.in_holder() {
                self.skip(node.span(), SkipReason::Expression);
            }
            return self.in_holder();
        }
        let before = (self.taken, self.found.skipped.len());
        match &*member.key {
            "Fn::If" => {
                self.object(node, names);
                if self.taken > before.0 {
                    self.skip(node.span(), SkipReason::Alternatives);
                }
            }
            "Fn::Sub" => {
                let list = member.value.as_array().and_then(<[_]>::first);
                let pattern = list.unwrap_or(&member.value);
                let around = self.template.replace(Template::Terraform);
                self.way.push(Step::Key("Fn::Sub"));
                if let Some(text) = pattern.as_str() {
                    self.string(text, pattern.span(), names);
                }
                self.way.pop();
                self.template = around;
                if before == (self.taken, self.found.skipped.len()) && self.in_holder() {
                    self.skip(node.span(), SkipReason::FilledIn);
                }
            }
            "Ref" if self.in_holder() => {
                if !member.value.as_str().is_some_and(|name| NOTHING.contains(&name)) {
                    self.skip(node.span(), SkipReason::FilledIn);
                }
            }
            key if key.starts_with("Fn::") => {
                let text = self.text.part(node.span());
                if self.in_holder() || mentions_statement(&text) {
                    self.skip(node.span(), SkipReason::FilledIn);
                }
            }
            _ => return false,
        }
        true
    }

    /// Is it a value that a plan of Terraform does not know yet?
    pub(super) fn is_not_yet(&self, node: &Node<'_>) -> bool {
        let unknown = |step: &Step<'_>| matches!(step, Step::Key("after_unknown"));
        node.as_bool() == Some(true) && self.in_holder() && self.way.iter().any(unknown)
    }

    /// Passes over what stands in the text once more, or is no longer so; false where the value at the end of the way
    /// is nothing of the kind.
    pub(super) fn passed_over(&mut self, node: &Node<'_>) -> bool {
        let reason = if tool::is_past(self.origin, &self.way) {
            SkipReason::BeforeChange
        } else if tool::is_copy(self.changes, &self.way) {
            SkipReason::Copy
        } else {
            return false;
        };
        let text = self.text.part(node.span());
        if mentions_statement(&text) {
            self.skip(node.span(), reason);
        }
        true
    }
}

/// Is the member the old name of what the object has by its new name too? Newer versions of the provider for Terraform
/// give both.
pub(super) fn is_old_name(object: &Node<'_>, key: &str, value: &Node<'_>) -> bool {
    let same = |new: &Node<'_>| match (&new.kind, &value.kind) {
        (Kind::String(new), Kind::String(old)) => new == old,
        (Kind::Bool(new), Kind::Bool(old)) => new == old,
        _ => false,
    };
    let new = ["policy_document", "assume_role_policy_document"];
    key == "document" && new.iter().any(|new| object.get(new).is_some_and(same))
}
