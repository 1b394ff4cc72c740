//! The answer of `GetServiceLinkedRoleDeletionStatus`: what RAM says still uses the role.
//!
//! The lists of the answer come with one more level (`RoleUsages.RoleUsage[]`, `Resources.Resource[]`)
//! or without it: both are read. The answer is not to be trusted more than any text.

use serde_json::Value;

use super::super::error::{LoadError, strict};
use super::super::model::{Standing, Text};
use super::super::text::visible;
use super::answers::unbroken;
use super::branch::{Branch, Kind, Node};
use super::plan::RemovalPlan;
use crate::policy::wrapper::ROLE_PREFIX;
use crate::say::{Language, Saying, said, saying};

/// A deletion task as RAM tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletionAnswer {
    /// How far it is.
    pub state: TaskState,
    /// Why it failed, in RAM's words.
    pub message: Option<String>,
    /// What still uses the role, by region.
    pub usages: Vec<Usage>,
    /// The role of the task that was asked for, where the text around the answer tells.
    pub task: Option<String>,
}

/// Whom an answer that names no role is taken to be about: the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The full name of the role, or the name of the product.
    pub name: Text,
    /// Is it one role?
    pub is_role: bool,
}

impl Taken {
    /// What a plan is about.
    pub fn of(plan: &RemovalPlan) -> Self {
        let role = || plan.roles.first().map(|role| Text::same(visible(&role.name)));
        let product = plan.product.as_ref().map(|(_, name)| name.clone());
        let is_role = product.is_none();
        Self { name: product.or_else(role).unwrap_or_default(), is_role }
    }

    /// That the answer names nobody, and whom it is taken for.
    pub fn told(&self) -> Text {
        about("The answer names no role; taken as one about {}.", &self.name)
    }
}

/// What uses the role in one region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// The region, such as `cn-hangzhou` or `global`; None where the answer names none.
    pub region: Option<String>,
    /// The ARNs of the resources.
    pub resources: Vec<String>,
}

/// The five states of a deletion task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// The role is gone.
    Succeeded,
    /// The deletion runs.
    InProgress,
    /// The deletion was refused.
    Failed,
    /// The deletion waits.
    NotStarted,
    /// The deletion broke inside the cloud.
    InternalError,
    /// A word that is not documented.
    Other(String),
}

impl TaskState {
    /// The documented states in the order in which a person meets them.
    pub const ALL: [Self; 5] =
        [Self::NotStarted, Self::InProgress, Self::Succeeded, Self::Failed, Self::InternalError];

    /// Reads the word of the answer.
    pub fn parse(word: &str) -> Self {
        let known = Self::ALL.into_iter().find(|state| state.word().eq_ignore_ascii_case(word));
        known.unwrap_or_else(|| Self::Other(word.to_owned()))
    }

    /// The word of the answer.
    pub fn word(&self) -> &str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::InProgress => "IN_PROGRESS",
            Self::Failed => "FAILED",
            Self::NotStarted => "NOT_STARTED",
            Self::InternalError => "INTERNAL_ERROR",
            Self::Other(word) => word,
        }
    }

    /// What it means and what to do.
    pub fn meaning(&self) -> Text {
        match self {
            Self::Succeeded => Text::new("The role is gone.", "角色已删除。"),
            Self::InProgress => Text::new(
                "The cloud is still checking or deleting; ask again in a few seconds.",
                "仍在检查或删除，几秒后再查询。",
            ),
            Self::Failed => Text::new(
                "Refused, mostly because the role is in use: Reason.RoleUsages lists regions and \
                 ARNs. Remove those, then ask for the deletion again.",
                "被拒绝，多半是角色仍在使用：Reason.RoleUsages 列出地域和资源 ARN。移除后重新申请删除。",
            ),
            Self::NotStarted => Text::new(
                "Accepted but not begun; ask again in a few seconds.",
                "已受理但尚未开始，几秒后再查询。",
            ),
            Self::InternalError => Text::new(
                "Broke off inside the cloud. Look whether the role is still there, then ask for the deletion again.",
                "云端内部错误，任务中断。请先查看角色是否仍然存在，再重新申请删除。",
            ),
            Self::Other(_) => Text::new("A state that is not documented.", "文档中没有的状态。"),
        }
    }
}

impl DeletionAnswer {
    /// Reads an answer; `name` is the file or source for messages.
    pub fn parse(name: &str, text: &str) -> Result<Self, LoadError> {
        let whole = unbroken(text);
        let value: Value = serde_json::from_str(&strict(&whole))
            .map_err(|error| LoadError::json(name, text, &error))?;
        let Some(status) = value.get("Status").and_then(Value::as_str) else {
            return Err(LoadError::near(
                name,
                text,
                "Status",
                saying("This is no answer of {}: it has no Status")
                    .with("GetServiceLinkedRoleDeletionStatus"),
                saying("Give the whole JSON that the command printed."),
            ));
        };
        let reason = value.get("Reason");
        let field = |name| reason.and_then(|reason| reason.get(name));
        let usages = field("RoleUsages").map(|list| items(list, "RoleUsage")).unwrap_or_default();
        Ok(Self {
            state: TaskState::parse(status),
            message: field("Message").and_then(Value::as_str).map(str::to_owned),
            usages: usages.into_iter().map(usage).collect(),
            task: None,
        })
    }

    /// The name of the role that RAM's message or else the task speaks of, as written; None where neither names one.
    pub fn role(&self) -> Option<&str> {
        let told = self.message.as_deref().and_then(|message| {
            let by_arn = message.split_once(":role/").map(|(_, rest)| rest);
            by_arn.or_else(|| message.get(message.find(ROLE_PREFIX)?..))
        });
        told.and_then(name_at).or(self.task.as_deref())
    }

    /// The role that the answer is about, where that is none of the plan's.
    pub fn other_than(&self, plan: &RemovalPlan) -> Option<&str> {
        self.role().filter(|named| !plan.is_about(named))
    }

    /// The answer as a checklist for a plan: one line a resource, below its region. That it is about another role or
    /// names none is said in it.
    pub fn branches_in(&self, plan: &RemovalPlan, taken: &Taken) -> Vec<Branch> {
        let other = self.other_than(plan);
        let (word, meaning) = (visible(self.state.word()), self.state.meaning());
        let mut root = Node::new(
            Kind::State,
            Text::new(format!("{word}: {}", meaning.en), format!("{word}：{}", meaning.zh)),
        );
        if let Some(other) = other {
            root.push(Node::new(Kind::Note, Text::of(&about_another(other))));
        }
        if self.role().is_none() {
            root.push(Node::new(Kind::Note, taken.told()));
        }
        let named = self.role().filter(|_| other.is_none());
        let named = named.map(|named| Text::same(visible(plan.name_of(named).unwrap_or(named))));
        let of_role = Some(&taken.name).filter(|_| taken.is_role && self.role().is_none());
        if self.state == TaskState::Succeeded
            && let Some(role) = named.as_ref().or(of_role)
        {
            let said = "Nothing is left to do for {}: its steps below need not be done.";
            root.push(Node::new(Kind::Note, about(said, role)));
        }
        if let Some(message) = self.message.as_deref().filter(|said| !said.trim().is_empty()) {
            root.push(Node::new(Kind::Note, Text::same(visible(message))));
        }
        for usage in &self.usages {
            let region = usage.region.as_deref().map_or_else(
                || Text::new("Region not named", "未注明地域"),
                |region| {
                    let region = visible(region);
                    Text::new(format!("Region {region}"), format!("地域 {region}"))
                },
            );
            let mut heading = Node::new(Kind::Heading, region);
            // Without a number: the steps of the plan are counted, and what stands here has no order.
            for resource in &usage.resources {
                let shown = visible(resource);
                let mut step = Node::new(Kind::Step, Text::same(shown.clone()))
                    .standing(Some(Standing::Observed));
                step.copy = Some(shown);
                heading.push(step);
            }
            root.push(heading);
        }
        if self.state == TaskState::Failed && self.usages.is_empty() {
            root.push(Node::new(
                Kind::Note,
                Text::new("The answer names no resources.", "返回结果中没有列出资源。"),
            ));
        }
        root.branches()
    }
}

/// The warning that an answer is about a role that nobody asked about.
pub fn about_another(role: &str) -> Saying {
    let name: String = role.chars().take(128).collect();
    saying("Mind that this answer is about another role: {}.").with(visible(&name))
}

/// A sentence about somebody whose name may be another one in each language.
fn about(en: &'static str, name: &Text) -> Text {
    let said = |language| said(language, en, &[name.get(language)]);
    Text::new(said(Language::English), said(Language::Chinese))
}

/// The name of a role that a text begins with.
pub(super) fn name_at(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'));
    let name = text.get(..end.unwrap_or(text.len()))?.trim_end_matches('.');
    Some(name).filter(|name| !name.is_empty())
}

/// The items of a list, whether it stands alone or inside an object under `name`.
fn items<'a>(list: &'a Value, name: &str) -> Vec<&'a Value> {
    let list = list.get(name).unwrap_or(list);
    match list {
        Value::Array(items) => items.iter().collect(),
        Value::Null => Vec::new(),
        Value::Object(object) if object.is_empty() => Vec::new(),
        one => vec![one],
    }
}

fn usage(value: &Value) -> Usage {
    let resources = value.get("Resources").map(|list| items(list, "Resource")).unwrap_or_default();
    Usage {
        region: value.get("Region").and_then(Value::as_str).map(str::to_owned),
        resources: resources.into_iter().filter_map(Value::as_str).map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Catalog;
    use super::super::write::to_text;
    use super::*;
    use crate::say::Language;

    const USAGE: &str =
        r#"{"Region":"global","Resources":RESOURCES},{"Region":"cn-x","Resources":RESOURCES}"#;

    fn answer(usages: &str, resources: &str) -> DeletionAnswer {
        let usages = usages.replace("USAGE", USAGE).replace("RESOURCES", resources);
        let text = format!(
            r#"{{"Status":"FAILED","Reason":{{"Message":"in use","RoleUsages":{usages}}}}}"#
        );
        DeletionAnswer::parse("answer", &text).unwrap()
    }

    #[test]
    fn the_role_is_the_one_that_the_message_names() {
        for (message, role) in [
            ("acs:ram::1:role/AliyunServiceRoleForX is used.", Some("AliyunServiceRoleForX")),
            ("acs:ram::1:role/x (AliyunServiceRoleForX) is used", Some("x")),
            (
                "The role AliyunServiceRoleForAlikafka is in use.",
                Some("AliyunServiceRoleForAlikafka"),
            ),
            ("It is in use.", None),
        ] {
            let text = format!(r#"{{"Status":"FAILED","Reason":{{"Message":"{message}"}}}}"#);
            let answer = DeletionAnswer::parse("answer", &text).unwrap();
            assert_eq!(answer.role(), role, "{message}");
        }
    }

    #[test]
    fn lists_are_read_with_and_without_their_wrapping() {
        let wrapped = answer(r#"{"RoleUsage":[USAGE]}"#, r#"{"Resource":["acs:a","acs:b"]}"#);
        assert_eq!(wrapped.usages.len(), 2);
        assert_eq!(wrapped.usages[0].resources, ["acs:a", "acs:b"]);
        assert_eq!(wrapped.usages[1].region.as_deref(), Some("cn-x"));
        for (usages, resources) in [
            ("[USAGE]", r#"{"Resource":["acs:a","acs:b"]}"#),
            (r#"{"RoleUsage":[USAGE]}"#, r#"["acs:a","acs:b"]"#),
            ("[USAGE]", r#"["acs:a","acs:b"]"#),
        ] {
            assert_eq!(answer(usages, resources), wrapped, "{usages} {resources}");
        }
    }

    #[test]
    fn an_answer_becomes_a_checklist() {
        let catalog = Catalog::builtin().unwrap();
        let plan = catalog.removal_of_role(&catalog.roles()[0].id).unwrap();
        let text = to_text(
            &answer("[USAGE]", r#"["acs:a","acs:\u001b[31mb"]"#)
                .branches_in(&plan, &Taken::of(&plan)),
            Language::English,
            true,
        );
        assert!(text.starts_with("FAILED: Refused"), "{text}");
        assert!(text.contains("|- Region global\n|  |- [ ] acs:a (observed)\n"), "{text}");
        assert!(text.contains("acs:\\u{1b}[31mb"), "{text}");
    }

    #[test]
    fn the_role_of_a_message_is_found() {
        let role = |message: &str| {
            let answer = DeletionAnswer {
                state: TaskState::Failed,
                message: Some(message.into()),
                usages: vec![],
                task: None,
            };
            answer.role().map(str::to_owned)
        };
        let message =
            "Service-Linked Role acs:ram::196:role/aliyunserviceroleforhdr cannot be deleted";
        assert_eq!(role(message).as_deref(), Some("aliyunserviceroleforhdr"));
        assert_eq!(role("acs:ram::1:role/"), None);
        assert_eq!(role("in use"), None);
    }

    #[test]
    fn states_and_other_texts_are_told_apart() {
        for state in TaskState::ALL {
            assert_eq!(TaskState::parse(state.word()), state);
        }
        assert_eq!(TaskState::parse("LOST"), TaskState::Other("LOST".to_owned()));
        let error = DeletionAnswer::parse("a.json", "{\"Roles\":[]}").unwrap_err().to_string();
        assert!(error.contains("no Status"), "{error}");
        let empty = r#"{"Status":"SUCCEEDED","Reason":null}"#;
        assert_eq!(DeletionAnswer::parse("a", empty).unwrap().usages, []);
    }
}
