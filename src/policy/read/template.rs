//! Expressions of resource templates where a policy has a string: `{"Ref": ..}` and `{"Fn::..": ..}`, as Resource
//! Orchestration Service and `CloudFormation` write them, and as the reader gives what Terraform and shells do. What they become is not known before the template is filled in.

use crate::policy::json::{Kind, Node};

/// Expressions inside each other, and parts of one that are joined.
const DEEP: usize = 8;
const MOST_PARTS: usize = 100;

/// The name of the expression, such as `Fn::Join`; None for any other value.
pub(super) fn name<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    let [member] = node.as_object()? else { return None };
    let key = member.key.as_ref();
    (key == "Ref" || key.starts_with("Fn::")).then_some(key)
}

/// The name as it is written. Functions and values of Terraform begin with a small letter and stand without the prefix.
pub(super) fn written(name: &str) -> &str {
    let own = name.strip_prefix("Fn::");
    own.filter(|own| own.starts_with(|c: char| c.is_ascii_lowercase())).unwrap_or(name)
}

/// Has the text of an expression a hole? `Fn::Sub` and `Fn::Join` of texts alone are what they say.
pub(super) fn has_hole(text: &str) -> bool {
    text.contains("${")
}

/// The first hole of a text.
pub(super) fn hole_in(text: &str) -> &str {
    let rest = text.find("${").and_then(|start| text.get(start..)).unwrap_or_default();
    rest.split_inclusive('}').next().unwrap_or_default()
}

/// Does the expression leave something open?
pub(super) fn is_open(node: &Node<'_>) -> bool {
    name(node).is_some() && has_hole(&text(node))
}

/// The expression as a text with holes, in the form that `Fn::Sub` has for them: `acs:oss:*:*:${Bucket}/*`.
pub(super) fn text(node: &Node<'_>) -> String {
    expression(node, DEEP)
}

fn expression(node: &Node<'_>, depth: usize) -> String {
    let Some(name) = name(node) else {
        return match &node.kind {
            Kind::String(text) => text.to_string(),
            Kind::Number(text) => (*text).to_owned(),
            Kind::Bool(value) => value.to_string(),
            Kind::Null | Kind::Array(_) | Kind::Object(_) => hole(node.word()),
        };
    };
    let Some(depth) = depth.checked_sub(1) else { return hole(name) };
    let Some(value) = node.get(name) else { return hole(name) };
    let items = value.as_array().unwrap_or(std::slice::from_ref(value));
    let parts = |items: &[Node<'_>]| {
        items.iter().take(MOST_PARTS).map(|item| expression(item, depth)).collect()
    };
    match (name, items) {
        ("Ref", [what]) if what.as_str().is_some() => hole(&expression(what, depth)),
        ("Fn::GetAtt", [_, ..]) => {
            let path: Vec<String> = parts(items);
            hole(&path.join("."))
        }
        ("Fn::Sub", [pattern, ..]) if pattern.as_str().is_some() => {
            with_plain_holes(&expression(pattern, depth))
        }
        ("Fn::Join", [sign, list])
            if list.as_array().is_some_and(|all| all.len() <= MOST_PARTS) =>
        {
            let list: Vec<String> = parts(list.as_array().unwrap_or_default());
            list.join(&expression(sign, depth))
        }
        _ => hole(name),
    }
}

/// The text of `Fn::Sub`, its holes in the form of [`hole`].
fn with_plain_holes(text: &str) -> String {
    let mut pieces = text.split("${");
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        whole.push_str("${");
        match piece.split_once('}') {
            Some((name, rest)) => {
                whole.push_str(&name.replace("::", "."));
                whole.push('}');
                whole.push_str(rest);
            }
            None => whole.push_str(piece),
        }
    }
    whole
}

/// A value that is not known. A colon would seem to end the service of an action.
fn hole(name: &str) -> String {
    let name = name.strip_prefix("Fn::").unwrap_or(name);
    format!("${{{}}}", name.replace("::", "."))
}
