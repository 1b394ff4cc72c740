//! A removal plan in words: the parts of the tree and their sentences.

use std::borrow::Cow;

use super::super::model::{Fact, RoleId, Standing, Text};
use super::super::text::visible;
use super::answer::TaskState;
use super::branch::{Branch, Kind, Node};
use super::plan::{Creates, NamedRole, RemovalPlan, RolePlan, Stage, Step};
use crate::say::{Language, comma_list};

/// The tree of a plan.
pub fn tree(plan: &RemovalPlan) -> Vec<Branch> {
    let Some((_, name)) = &plan.product else {
        let roots = plan.roles.iter().map(|role| {
            let mut root = role_node(role, plan);
            let after = usize::from(role.in_account.is_some());
            root.children.insert(after, truth());
            if let Some(poll) = root.find(Stage::Poll) {
                poll.children.extend(states());
            }
            root
        });
        return roots.flat_map(Node::branches).collect();
    };
    let count = plan.roles.len();
    let (mut en, mut zh) = match count {
        1 => (format!("{}: 1 role", name.en), format!("{}：1 个角色", name.zh)),
        _ => (format!("{}: {count} roles", name.en), format!("{}：{count} 个角色", name.zh)),
    };
    if plan.contradicts {
        en.push_str(", in an order of your choice: what is known of it contradicts itself");
        zh.push_str("，顺序自行决定：已知的先后关系互相矛盾");
    } else if plan.order_cut && !plan.order.is_empty() {
        en.push_str(", in an order that keeps only the reasons that are told");
        zh.push_str("，顺序只照顾列出的理由");
    } else if !plan.order.is_empty() {
        en.push_str(", in this order");
        zh.push_str("，按此顺序");
    }
    let absent = plan.roles.iter().filter(|role| role.in_account == Some(false)).count();
    if absent > 0 {
        en.push_str(&format!("; {absent} not in the account"));
        zh.push_str(&format!("；其中 {absent} 个不在账号中"));
    }
    let by_name = plan.by_name.len();
    if by_name > 0 {
        en.push_str(&format!("; {by_name} more known by name only"));
        zh.push_str(&format!("；另有 {by_name} 个仅知名称"));
    }
    let root = Node::new(Kind::Heading, Text::new(en, zh));
    let mut states_node = heading("What the deletion task can answer", "删除任务的返回状态");
    states_node.children.extend(states());
    // One role after the other becomes lines: a product may have hundreds.
    let mut lines = root.branches();
    truth().lines(false, &mut lines);
    plan.roles.iter().for_each(|role| role_node(role, plan).lines(false, &mut lines));
    if by_name > 0 {
        by_name_node(plan).lines(false, &mut lines);
    }
    if count > 1 {
        order_node(plan).lines(false, &mut lines);
    }
    states_node.lines(true, &mut lines);
    lines
}

fn heading(en: &'static str, zh: &'static str) -> Node {
    Node::new(Kind::Heading, Text::new(en, zh))
}

fn note(en: impl Into<Cow<'static, str>>, zh: impl Into<Cow<'static, str>>) -> Node {
    Node::new(Kind::Note, Text::new(en, zh))
}

fn command(command: &str) -> Node {
    let mut node = Node::new(Kind::Command, Text::same(command.to_owned()));
    node.copy = Some(command.to_owned());
    node
}

fn fact(kind: Kind, fact: &Fact<Text>) -> Node {
    Node::new(kind, fact.value.clone()).standing(Some(fact.standing.clone()))
}

/// What every plan says first.
fn truth() -> Node {
    note(
        "RAM checks when deletion is asked for, refuses while the role is used, and names what uses \
         it. That answer is the truth; steps marked implied are guidance.",
        "申请删除时 RAM 会检查，角色仍被使用时会拒绝并列出占用它的资源。以该返回结果为准；标为“推断”的步骤仅供参考。",
    )
    .standing(Some(Standing::Documented))
}

fn order_node(plan: &RemovalPlan) -> Node {
    let mut node = if plan.order.is_empty() {
        heading("The order", "顺序")
    } else if plan.contradicts {
        heading("What is known of the order contradicts itself", "已知的先后关系互相矛盾")
    } else {
        heading("Why this order", "顺序的理由")
    };
    for precedence in &plan.order {
        let name = |id: &RoleId| {
            let role = plan.roles.iter().find(|role| role.role == *id);
            role.map_or("", |role| role.short_name.as_str())
        };
        let (first, then) = (name(&precedence.first), name(&precedence.then));
        let because = &precedence.because;
        node.push(
            Node::new(
                Kind::Reason,
                Text::new(
                    format!("{first} before {then}: {}", because.en),
                    format!("先 {first} 后 {then}：{}", because.zh),
                ),
            )
            .standing(Some(precedence.standing.clone())),
        );
    }
    if plan.order.is_empty() && plan.order_cut {
        node.push(note(
            "Whether these roles bring each other back was not looked at for all: there are too many.",
            "这些角色过多，未全部检查它们是否会互相重新创建。",
        ));
    } else if plan.order.is_empty() {
        node.push(note(
            "No order between these roles is known; they stand as in the catalogue.",
            "这些角色之间没有已知的先后，按目录顺序列出。",
        ));
    } else if plan.order_cut {
        node.push(note(
            "And more, left out here: many of these roles may bring each other back.",
            "还有更多，此处略去：这些角色中有许多可以互相重新创建。",
        ));
    } else if !is_total(plan) {
        node.push(note(
            "No other order is known; those of which it tells nothing stand as in the catalogue.",
            "除此之外没有已知的先后；未提及的角色之间按目录顺序列出。",
        ));
    }
    node
}

/// Names one after the other, in English and Chinese.
fn in_both(names: &[String]) -> (String, String) {
    (comma_list(Language::English, names), comma_list(Language::Chinese, names))
}

/// Does every role have to go before the next one?
fn is_total(plan: &RemovalPlan) -> bool {
    let ordered = |first: &RoleId, then: &RoleId| {
        plan.order.iter().any(|order| order.first == *first && order.then == *then)
    };
    plan.roles.iter().zip(plan.roles.iter().skip(1)).all(|(a, b)| ordered(&a.role, &b.role))
}

/// The roles of the product of which only the name is known.
fn by_name_node(plan: &RemovalPlan) -> Node {
    let mut node = heading("Known by name only", "仅知名称");
    node.push(note(
        "A list of role names puts these under the product too.",
        "某个角色名称列表将以下角色也列在该产品下。",
    ));
    node.push(note(
        "What has to go before them and where they stand in the order is not known here. Each goes as any \
         service-linked role: RAM names what still uses it.",
        "此处不知道删除它们之前需要先移除什么，也不知道先后顺序。删除方式与其他服务关联角色相同：RAM 会列出仍在使用它的资源。",
    ));
    for listed in &plan.by_name {
        let mut role = Node::new(Kind::Role, Text::same(visible(&listed.name)));
        role.role.clone_from(&listed.id);
        if let Some(there) = listed.in_account {
            role.push(account_note(there, None, plan));
        }
        node.push(role);
    }
    node
}

/// What the account that was read says of a role.
fn account_note(there: bool, since: Option<&str>, whole: &RemovalPlan) -> Node {
    let day = whole.account_day.as_deref().unwrap_or_default();
    let said = match (there, since) {
        (false, _) => note(
            format!("Not in the account read on {day}: nothing to remove there."),
            format!("{day} 读取的账号中没有该角色：那里没有需要移除的内容。"),
        ),
        (true, None) => {
            note(format!("In the account read on {day}."), format!("{day} 读取的账号中有该角色。"))
        }
        (true, Some(since)) => note(
            format!("In the account since {since}, read on {day}."),
            format!("自 {since} 起在账号中，读取于 {day}。"),
        ),
    };
    said.standing(Some(Standing::Observed))
}

fn role_node(plan: &RolePlan, whole: &RemovalPlan) -> Node {
    let mut root = Node::new(Kind::Role, Text::same(plan.name.clone()));
    root.role = Some(plan.role.clone());
    if let Some(there) = plan.in_account {
        root.push(account_note(there, plan.since.as_deref(), whole));
    }

    let mut first = heading("Remove first", "先移除");
    let mut then = heading("Then delete the role", "再删除角色");
    for (index, step) in plan.steps.iter().enumerate() {
        let node = step_node(step, plan).number(index + 1);
        if step.stage == Stage::Remove { first.push(node) } else { then.push(node) }
    }
    root.push(first);
    root.push(then);

    let mut stops = heading("What stops working", "会停止工作的功能");
    for stop in &plan.stops {
        stops.push(fact(Kind::Note, stop));
    }
    if plan.stops.is_empty() {
        stops.push(note(
            "Which feature needs the role is not established here.",
            "此处尚未查明哪个功能需要该角色。",
        ));
    }
    root.push(stops);
    root.push(who(plan));
    root.push(other_roles(plan));
    root.push(way_back(plan));
    root
}

fn step_node(step: &Step, plan: &RolePlan) -> Node {
    let mut node = Node::new(Kind::Step, step.what.clone()).standing(step.standing.clone());
    node.stage = Some(step.stage);
    if let Some(because) = &step.because {
        node.push(Node::new(
            Kind::Reason,
            Text::new(format!("Why: {}", because.en), format!("原因：{}", because.zh)),
        ));
    }
    if let Some(check) = &step.check {
        node.push(Node::new(
            Kind::Note,
            Text::new(format!("Where: {}", check.en), format!("操作：{}", check.zh)),
        ));
    }
    if let Some(text) = &step.command {
        node.push(command(text));
    }
    if step.stage == Stage::Delete {
        let form = super::super::commands::task_form(plan.service_name.as_deref(), &plan.name);
        node.push(note(
            format!("Answers DeletionTaskId: {form}"),
            format!("返回 DeletionTaskId：{form}"),
        ));
    }
    node
}

fn states() -> Vec<Node> {
    let states = TaskState::ALL.iter().map(|state| {
        let text = state.meaning();
        Node::new(
            Kind::State,
            Text::new(
                format!("{}: {}", state.word(), text.en),
                format!("{}：{}", state.word(), text.zh),
            ),
        )
    });
    states.collect()
}

fn who(plan: &RolePlan) -> Node {
    let mut node = heading("Who may delete it", "谁可以删除");
    let documented = Some(Standing::Documented);
    let (en, zh) = match &plan.service_name {
        Some(name) => (
            format!(
                "An identity with ram:DeleteServiceLinkedRole; the permission can be limited by \
                 ram:ServiceName = {name}."
            ),
            format!(
                "拥有 ram:DeleteServiceLinkedRole 权限的身份；该权限可用 ram:ServiceName = {name} 加以限制。"
            ),
        ),
        None => (
            "An identity with ram:DeleteServiceLinkedRole.".to_owned(),
            "拥有 ram:DeleteServiceLinkedRole 权限的身份。".to_owned(),
        ),
    };
    node.push(note(en, zh).standing(documented.clone()));
    if plan.self_delete {
        node.push(
            note(
                "The product itself: the role's policy lets it delete this role.",
                "产品自身：角色的策略允许它删除该角色。",
            )
            .standing(Some(Standing::Derived)),
        );
    }
    node.push(
        note(
            "DeleteRole and DetachPolicyFromRole are not the way: nothing can be taken off a \
             service-linked role.",
            "不要使用 DeleteRole 和 DetachPolicyFromRole：服务关联角色的权限无法移除。",
        )
        .standing(documented),
    );
    node
}

/// A pattern may match hundreds of roles; more than these say nothing.
const MOST_ROLES: usize = 12;

fn other_roles(plan: &RolePlan) -> Node {
    let mut node =
        heading("Other roles its policy may create or pass", "其策略可创建或传递的其他角色");
    for creates in &plan.creates {
        node.push(creates_node(creates));
    }
    for pass in &plan.passes {
        let name = &visible(pass.pass.role_name());
        let (to, to_zh) = in_both(&pass.pass.services);
        let (to, to_zh) = (visible(&to), visible(&to_zh));
        let mut role = if to.is_empty() {
            note(format!("Pass: {name}, to any service"), format!("传递：{name}，可给任何服务"))
        } else {
            note(format!("Pass: {name}, to {to}"), format!("传递：{name}，给 {to_zh}"))
        };
        role.kind = Kind::Role;
        role.role.clone_from(&pass.role);
        node.push(role.standing(Some(Standing::Derived)));
    }
    if plan.cut {
        node.push(note("And more, left out here.", "还有更多，此处略去。"));
    }
    if plan.unread {
        node.push(note(
            "Not known: the catalogue has no readable policy of this role.",
            "未知：目录中没有该角色可读的策略。",
        ));
    } else if node.children.is_empty() {
        node.push(note("None.", "没有。").standing(Some(Standing::Derived)));
    }
    if let Some(warning) = &plan.powers_warning {
        node.push(note(
            format!("There may be more, because the policy text is not whole. {}", warning.en),
            format!("可能还有其他，因为策略文本不完整。{}", warning.zh),
        ));
    }
    node
}

fn creates_node(creates: &Creates) -> Node {
    let service = &visible(&creates.service_name);
    let (en, zh) = match creates.roles.as_slice() {
        [role] => {
            let NamedRole { name, product, .. } = role;
            (
                format!("Create: {name} ({}), by {service}", product.en),
                format!("创建：{name}（{}），服务名称 {service}", product.zh),
            )
        }
        _ if service == "*" => {
            ("Create: any service-linked role".to_owned(), "创建：任何服务关联角色".to_owned())
        }
        [] => (
            format!("Create: the role of {service} (its name is not known here)"),
            format!("创建：{service} 的角色（此处不知其名称）"),
        ),
        roles => (
            format!("Create: the {} known roles of {service}", roles.len()),
            format!("创建：{service} 的 {} 个已知角色", roles.len()),
        ),
    };
    let mut node = note(en, zh).standing(Some(Standing::Derived));
    node.kind = Kind::Role;
    if let [role] = creates.roles.as_slice() {
        node.role.clone_from(&role.id);
    } else {
        for role in creates.roles.iter().take(MOST_ROLES) {
            let NamedRole { name, product, .. } = role;
            let text =
                Text::new(format!("{name} ({})", product.en), format!("{name}（{}）", product.zh));
            let mut child = Node::new(Kind::Role, text);
            child.role.clone_from(&role.id);
            node.push(child);
        }
        let more = creates.roles.len().saturating_sub(MOST_ROLES);
        if more > 0 {
            node.push(note(format!("and {more} more"), format!("还有 {more} 个")));
        }
    }
    node
}

fn way_back(plan: &RolePlan) -> Node {
    let mut node = heading("How to get it back", "如何恢复");
    match &plan.created_when {
        Some(when) => node.push(
            Node::new(
                Kind::Note,
                Text::new(
                    format!("The cloud creates it when the feature asks for it. {}", when.value.en),
                    format!("功能需要时云平台会创建它。{}", when.value.zh),
                ),
            )
            .standing(Some(when.standing.clone())),
        ),
        None => node.push(note(
            "When the cloud creates it by itself is not established here.",
            "此处尚未查明云平台何时自动创建它。",
        )),
    }
    match plan.create_command() {
        Some(text) => {
            let mut by_hand =
                note("Or by hand:", "或手动创建：").standing(Some(Standing::Documented));
            by_hand.push(command(&text));
            node.push(by_hand);
        }
        None => node.push(note(
            "Its service name is not known, so no command can be given.",
            "不知道其服务名称，无法给出命令。",
        )),
    }
    node.push(
        note(
            "Whoever creates it, or has the product create it, needs ram:CreateServiceLinkedRole for its service name. \
             An existing role serves every RAM user of the account.",
            "手动创建或由产品自动创建，都需要针对其服务名称的 ram:CreateServiceLinkedRole 权限。已有的角色对账号内所有 RAM 用户有效。",
        )
        .standing(Some(Standing::Documented)),
    );
    if !plan.granted_by.is_empty() {
        let (names, names_zh) = in_both(&plan.granted_by);
        node.push(
            note(
                format!("System policy that grants it: {names}"),
                format!("授予该权限的系统策略：{names_zh}"),
            )
            .standing(Some(Standing::Derived)),
        );
    } else if !plan.not_granted_by.is_empty() {
        let (names, names_zh) = in_both(&plan.not_granted_by);
        node.push(
            note(
                format!(
                    "No system policy that was looked at grants it ({names}); another one of the product \
                     may, and a custom policy always can."
                ),
                format!(
                    "已查看的系统策略都不授予该权限（{names_zh}）；产品的其他系统策略可能授予，自定义策略始终可以。"
                ),
            )
            .standing(Some(Standing::Derived)),
        );
    }
    node
}
