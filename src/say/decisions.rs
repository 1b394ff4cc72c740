//! Sentences about decisions: why a statement matches, answers to `can` and `who-can`.

/// English and Chinese.
pub(super) const WORDS: &str = words![
    // Decisions.
    ("allow", "允许"),
    ("explicit deny", "显式拒绝"),
    ("implicit deny", "隐式拒绝"),
    ("depends", "取决于条件"),
    ("statement {} of policy {}", "策略 {1} 的语句 {0}"),
    ("Allowed by {}.", "由 {} 允许。"),
    ("Denied by {}.", "被 {} 显式拒绝。"),
    ("Allowed by {} and {}.", "由 {} 和 {} 共同允许。"),
    ("Denied: no statement allows it.", "隐式拒绝：没有语句允许。"),
    ("Denied: no policy of who asks allows it.", "隐式拒绝：请求者的策略都不允许。"),
    ("Denied: the trust policy does not allow it.", "隐式拒绝：信任策略不允许。"),
    ("{} Denied outright if {}.", "{}若 {}，则为显式拒绝。"),
    (
        "who asks is a service or comes through an identity provider, and so needs no policy",
        "请求者是服务或经由身份提供商，因而不需要策略",
    ),
    (
        "who asks is a user or a role, which has policies of its own",
        "请求者是用户或角色，它们有自己的策略",
    ),
    ("a statement of who asks matches", "请求者的策略中有语句匹配"),
    ("a statement of the trust policy matches", "信任策略中有语句匹配"),
    ("a policy of who asks, which is not given, allows it too", "请求者的策略（此处未给出）也允许"),
    (
        "a policy of who asks, which is not given, allows it too (services and those who come through an identity provider need none)",
        "请求者的策略（此处未给出）也允许（云服务和通过身份提供商进入者无需策略）",
    ),
    (
        "the trust policy of the role, which is not given, allows it too",
        "角色的信任策略（此处未给出）也允许",
    ),
    (
        "Assuming a role takes two policies: one of who asks and the trust policy of the role must both allow it.",
        "扮演角色需要两个策略：请求者的策略和角色的信任策略都必须允许。",
    ),
    (
        "Denied: no statement allows it; denied outright if {}.",
        "隐式拒绝：没有语句允许；若 {}，则为显式拒绝。",
    ),
    ("Allowed if {}.", "若 {}，则允许。"),
    ("Allowed unless {}.", "除非 {}，否则允许。"),
    ("Allowed if {}, unless {}.", "若 {}，则允许，除非 {}。"),
    ("{}, or if {}", "{}，或若 {}"),
    ("{}, and unless {}", "{}，或 {}"),
    ("{}, and {}", "{}，且 {}"),
    ("one of {} other statements matches", "另外 {} 条语句之一匹配"),
    // Why a part of a statement matches.
    ("the {} matches {}", "{} 匹配 {}"),
    ("the {} matches one of {}", "{} 匹配 {} 之一"),
    ("the {} does not match {}", "{} 不匹配 {}"),
    ("the {} matches none of {}", "{} 不匹配 {} 中的任何一个"),
    ("the list is empty", "列表为空"),
    ("the request names no resource", "请求没有指明资源"),
    ("{} has no value", "{} 没有值"),
    ("{0} is {1}", "{0} 是{1}"),
    ("{0} is not {1}", "{0} 不是{1}"),
    ("{} without a value stands for everything", "没有值的 {} 指一切"),
    (
        "{} has no value: whether this Deny applies is not known.",
        "{} 没有值：这条 Deny 是否生效不得而知。",
    ),
    (
        "{} has no value: what the statement matches then is not documented.",
        "{} 没有值：此时该语句匹配什么，文档未说明。",
    ),
    (
        "{} has no value: the statement is taken to match nothing (not documented).",
        "{} 没有值：视为该语句不匹配任何请求（文档未说明）。",
    ),
    (
        "without Effect Allow or Deny a statement never matches",
        "Effect 既不是 Allow 也不是 Deny，语句永不匹配",
    ),
    (
        "without Action or NotAction a statement never matches",
        "没有 Action 或 NotAction，语句永不匹配",
    ),
    ("the policy speaks of what it is attached to", "策略针对它所附加的对象"),
    (
        "A condition cannot be read: whether the statement applies is not known.",
        "有条件无法读取：语句是否适用不得而知。",
    ),
    ("the condition cannot be read", "条件无法读取"),
    ("it is not filled in", "尚未填入"),
    (
        "{} is no principal in full, so no policy is about it: one is acs:ram::<account>:user/<name>, acs:ram::<account>:role/<name>, an account or user ID, or a service such as ecs.aliyuncs.com.",
        "{} 不是完整的 Principal，没有策略会涉及它：应为 acs:ram::<account>:user/<name>、acs:ram::<account>:role/<name>、账号或用户 ID，或服务（如 ecs.aliyuncs.com）。",
    ),
    ("whether RAM reads it is not documented", "RAM 是否读取，文档未说明"),
    (
        "{} is filled in before RAM reads it: what it says is not known.",
        "{} 在 RAM 读取之前才填入：其内容不得而知。",
    ),
    (
        "Whether RAM reads \"{}\" is not documented: the statement may hold with it and without it.",
        "RAM 是否读取“{}”，文档未说明：该语句计入它时可能成立，不计入时也可能成立。",
    ),
    (
        "{} in {} looks like a placeholder: as it stands it is letters, once filled in it may match.",
        "{1} 中的 {0} 像是占位符：目前只是字符，填入后可能匹配。",
    ),
    (
        "{} statement could not be read, so what it allows or denies is not known.",
        "有 {} 条语句无法读取，因此它允许或拒绝什么不得而知。",
    ),
    (
        "{} statements could not be read, so what they allow or deny is not known.",
        "有 {} 条语句无法读取，因此它们允许或拒绝什么不得而知。",
    ),
    ("the statement cannot be read", "语句无法读取"),
    ("whether it is Allow or Deny is not known", "是 Allow 还是 Deny 不得而知"),
    ("the Effect of statement {} is Allow", "语句 {} 的 Effect 是 Allow"),
    ("the Effect of statement {} is Deny", "语句 {} 的 Effect 是 Deny"),
    ("statement {}, which cannot be read, allows it", "无法读取的语句 {} 允许"),
    ("statement {}, which cannot be read, denies it", "无法读取的语句 {} 拒绝"),
    ("the request has {}, whose case differs", "请求中有大小写不同的 {}"),
    (
        "without Resource or Principal a statement matches nothing",
        "没有 Resource 或 Principal，语句不匹配任何请求",
    ),
    ("it means anyone", "指任何人"),
    ("it names {}", "写明了 {}"),
    ("{} means its sessions too", "{}也包括其会话"),
    (
        "{} is a session of a role: whether a policy that names the role means its sessions too is not documented.",
        "{} 是某个角色的会话：写明该角色的策略是否也包括其会话，文档没有说明。",
    ),
    ("it does not name {}", "没有写明 {}"),
    ("the request comes from {}", "请求来自 {}"),
    ("the request comes from someone other than {}", "请求来自 {} 以外的主体"),
    ("the request does not say who asks", "请求没有说明由谁发起"),
    // Why a condition is met.
    ("the condition has no value and is never met", "条件没有值，永不满足"),
    (
        "the condition has no value, and whether it is met is not documented",
        "条件没有值，是否满足文档未说明",
    ),
    (
        "{} is given no value to compare with: whether the condition is met is not documented.",
        "{} 没有可比较的值：条件是否满足文档未说明。",
    ),
    ("{} is an unknown operator", "{} 是未知的运算符"),
    ("{} is an unknown operator, taken as not met", "{} 是未知的运算符，视为不满足"),
    ("the request does not say", "请求没有说明"),
    ("the request has {}", "请求中为 {}"),
    ("the key is absent", "没有此键"),
    ("the key is absent, which IfExists allows", "没有此键，IfExists 允许这种情况"),
    ("the key is absent: no value breaks the rule", "没有此键：没有值违反规则"),
    ("the key is absent: no value can match", "没有此键：没有值可以匹配"),
    ("the key is absent, which meets a negative operator", "没有此键，否定运算符因此满足"),
    ("\"{}\" is not {}", "“{}”不是 {}"),
    ("a decimal number", "十进制数"),
    ("true or false", "true 或 false"),
    ("an IP address", "IP 地址"),
    ("an IP address or a block such as 10.0.0.0/8", "IP 地址或地址段（如 10.0.0.0/8）"),
    ("a date such as 2019-08-12T17:00:00+08:00", "日期（如 2019-08-12T17:00:00+08:00）"),
    // Notes on readings.
    (
        "The request names no resource: only statements on every resource, or on every one of the service, match it (not documented).",
        "请求没有指明资源：只有针对所有资源或该服务所有资源的语句与其匹配（文档未说明）。",
    ),
    (
        "Object Storage Service knows * in an address, and does not say which addresses {} stands for: whether it matches is not known.",
        "对象存储 OSS 支持在地址中使用 *，但未说明 {} 代表哪些地址：是否匹配无法得知。",
    ),
    (
        "In the policy of a bucket, Principal * without a condition does not count for the owner of the bucket.",
        "在 Bucket Policy 中，没有条件的 Principal * 不包括 Bucket 的拥有者。",
    ),
    (
        "In the policy of a bucket, Principal * with a condition counts for the owner of the bucket too.",
        "在 Bucket Policy 中，带条件的 Principal * 也包括 Bucket 的拥有者。",
    ),
    (
        "The request itself holds a wildcard: it stands for everything that it matches.",
        "请求本身含有通配符：它代表与之匹配的一切。",
    ),
    (
        "A statement with neither Resource nor Principal is taken to match nothing (not documented).",
        "既没有 Resource 也没有 Principal 的语句视为不匹配任何请求（文档未说明）。",
    ),
    (
        "NotResource is not in RAM's present grammar; read as every resource but these.",
        "NotResource 不在 RAM 现行语法中；按“除这些以外的所有资源”理解。",
    ),
    (
        "NotPrincipal is not in RAM's grammar; read as everyone but these.",
        "NotPrincipal 不在 RAM 语法中；按“除这些以外的所有主体”理解。",
    ),
    (
        "The policy names principals and the request does not say who asks.",
        "策略写明了授权主体，而请求没有说明由谁发起。",
    ),
    (
        "Resource names are compared with case (not documented): {} would match without.",
        "资源名称区分大小写（文档未说明）：若不区分，{} 会匹配。",
    ),
    (
        "Names of RAM roles are compared without case, as the cloud writes them in lower case.",
        "RAM 角色名不区分大小写，因为阿里云将其写成小写。",
    ),
    (
        "In {} a wildcard runs across a colon of the resource name (not documented).",
        "{} 中的通配符跨越了资源名称中的冒号（文档未说明）。",
    ),
    (
        "Whether the case of a tag counts is not documented: {} of the request may be {} or another key.",
        "标签是否区分大小写，文档未说明：请求中的 {} 可能就是 {}，也可能是另一个键。",
    ),
    (
        "Condition keys are compared without case (not documented).",
        "条件键不区分大小写（文档未说明）。",
    ),
    (
        "{} is no operator of RAM: whether this Deny applies is not known.",
        "{} 不是 RAM 的运算符：此 Deny 是否生效无从得知。",
    ),
    (
        "{} is no operator of RAM, which may refuse such a policy (not documented); the condition is taken as not met.",
        "{} 不是 RAM 的运算符，RAM 可能拒绝这样的策略（文档未说明）；条件视为不满足。",
    ),
    ("no value of it can be read", "其中没有能读取的值"),
    (
        "In the trust policies of the documentation sts:AssumeRole is the action of identity providers too: it stands for {} here.",
        "文档中的信任策略对身份提供商也使用操作 sts:AssumeRole：这里它代表 {}。",
    ),
    (
        "Services and those who come through an identity provider have no policies of their own: the trust policy alone decides.",
        "服务以及通过身份提供商进入的人没有自己的策略：只由信任策略决定。",
    ),
    (
        "statement {} denies it in every case in which this one matches",
        "凡是本语句匹配的情况，语句 {} 都拒绝",
    ),
    (
        "statement {} of policy {} denies it in every case in which this one matches",
        "凡是本语句匹配的情况，策略 {1} 的语句 {0} 都拒绝",
    ),
    (
        "{}: what RAM makes of it under {} is not documented.",
        "{}：RAM 在 {} 下如何处理它，文档没有说明。",
    ),
    ("{}: under {} that is no match.", "{}：对 {} 而言不匹配。"),
    (
        "The request has several values of one key: one that matches is enough for a positive operator and too many for a negative one (not documented).",
        "请求中同一个键有多个值：只要有一个匹配，肯定运算符即满足，否定运算符即不满足（文档未说明）。",
    ),
    (
        "An absent key meets a negative operator: that follows from published examples, no page says it.",
        "没有此键时否定运算符满足：由官方示例得出，文档未说明。",
    ),
    (
        "{} is outside RAM's documented operators, and the service is known to refuse it; read as its name says.",
        "{} 不在 RAM 文档列出的运算符中，已知 RAM 会拒绝它；按其名称的含义理解。",
    ),
    (
        "{} is outside RAM's documented operators; read as {} of the request's values must pass.",
        "{} 不在 RAM 文档列出的运算符中；按请求的值须 {} 通过理解。",
    ),
    ("all", "全部"),
    ("at least one", "至少一个"),
    (
        "{} is read as the documented operator of that name in other case.",
        "{} 按文档中大小写不同的同名运算符理解。",
    ),
    (
        "A date without an offset is taken as UTC, whole digits as seconds since 1970.",
        "没有时区的日期视为 UTC，纯数字视为自 1970 年起的秒数。",
    ),
    (
        "{} is given no value to compare with: the condition is taken as never met (not documented).",
        "{} 没有可比较的值：视为该条件永不满足（文档未说明）。",
    ),
    // `can`.
    ("Statements about the action", "与该操作有关的语句"),
    ("{} statement {} ({}): {}", "{} 语句 {}（{}）：{}"),
    ("{} statement {}: {}", "{} 语句 {}：{}"),
    ("matches", "匹配"),
    ("does not match", "不匹配"),
    ("may match", "可能匹配"),
    ("[yes]", "[是]"),
    ("[no]", "[否]"),
    ("[maybe]", "[可能]"),
    ("{} {}: {}", "{} {}：{}"),
    ("{} Condition: {}; {}", "{} 条件：{}；{}"),
    (
        "{} more statements about the action are in the JSON answer.",
        "另有 {} 条与该操作有关的语句，见 JSON 回答。",
    ),
    (
        "{} more statements are about the action; the JSON answer has {} of all of them, what matches before what does not.",
        "另有 {} 条与该操作有关的语句；JSON 回答最多列出全部语句中的 {} 条，匹配的优先于不匹配的。",
    ),
    ("{} other statements are not about the action.", "另有 {} 条语句与该操作无关。"),
    // `who-can`, and the questions of the screen.
    ("Could under a condition", "有条件可调用"),
    ("Denied", "拒绝"),
    (
        "statement {}, of which only a part is published, names it in the true text",
        "第 {} 条语句（只公开了一部分）在原文中包含该操作",
    ),
    (
        "statement {}, which is reconstructed here, names it in the true text",
        "第 {} 条语句（此处为重建）在原文中包含该操作",
    ),
    (
        "statement {}, whose text is not sure, names it in the true text",
        "第 {} 条语句（文本不确定）在原文中包含该操作",
    ),
    (
        "the part of the policy that is missing here, of which only some actions of {} are known, names it",
        "此处缺失的那部分策略（{} 的操作只知道其中一些）包含该操作",
    ),
    ("the part of the policy that is missing here names it", "此处缺失的那部分策略包含该操作"),
    (
        "the part of the policy that is reconstructed here names it in the true text",
        "此处重建的那部分策略在原文中包含该操作",
    ),
    (
        "the part of the policy that is missing here, which names it, grants it",
        "此处缺失的那部分策略（其中提到该操作）授予它",
    ),
    ("the text of {}, which was not read, allows it", "未读取的策略 {} 的文本允许它"),
    ("the text of {}, which was not read, denies it", "未读取的策略 {} 的文本拒绝它"),
    ("no action is given", "没有给出操作"),
    ("Known actions near to it: {}.", "相近的已知操作：{}。"),
    ("{} known actions covered", "涵盖 {} 个已知操作"),
    (
        "{} of {} policies decide; versions that are not in force and trust policies beside permissions are passed over.",
        "{1} 个策略中有 {0} 个参与判定；未生效的版本，以及与权限策略并存的信任策略不计。",
    ),
    (
        "{} of {} policies decide; versions that are not in force are passed over.",
        "{1} 个策略中有 {0} 个参与判定；未生效的版本不计。",
    ),
    (
        "A policy that might allow or deny the request cannot be read, so nothing is decided; correct it, or take it out. {}",
        "有一个可能允许或拒绝该请求的策略无法读取，因此无法判定；请更正它，或将其移除。{}",
    ),
    (
        "No resource was given: --resource names one, --partial tells on what the answer depends.",
        "没有给出资源：--resource 指定资源，--partial 说明结果取决于什么。",
    ),
    (
        "Nobody was named who asks: --principal names them, --partial tells on what the answer depends.",
        "没有指明请求者：--principal 指定请求者，--partial 说明结果取决于什么。",
    ),
    (
        "The request lacks keys of conditions: --context gives them, --partial tells on what the answer depends.",
        "请求中缺少条件所需的条件键：--context 给出其值，--partial 说明结果取决于什么。",
    ),
    ("no request meets both {} and {} on {}", "没有请求能同时满足 {2} 上的 {0} 和 {1}"),
    ("No policy of these files allows {}.", "这些文件中没有策略允许 {}。"),
    ("No role of the catalogue can do {}.", "目录中没有角色能调用 {}。"),
    ("and {} more", "另有 {} 个"),
    ("{} on {}", "{}（资源 {}）"),
    (
        "Resources are named acs:service:region:account:name; this one is compared as it stands.",
        "资源名称的格式为 acs:服务:地域:账号:名称；此资源按原样比较。",
    ),
    ("Read as {}: every action of the service.", "理解为 {}：该服务的所有操作。"),
    (
        "Read as {}: every action of {}. *:*{}* asks for the word.",
        "理解为 {0}：{1} 的所有操作。按单词查询请输入 *:*{2}*。",
    ),
    (
        "Read as {}: actions of this service with that in the name.",
        "理解为 {}：该服务中名称含此词的操作。",
    ),
    ("Read as {}: actions of any service.", "理解为 {}：任意服务的操作。"),
    ("{} through {}", "{0}（通过 {1}）"),
    (", ", "、"),
    (" ", ""),
    (", {} more", "，另有 {} 个"),
    (" ({} known actions covered)", "（涵盖 {} 个已知操作）"),
    ("{}: {}", "{}：{}"),
    (
        "{} would cover an action that {} matches; none is known.",
        "{} 会涵盖 {} 匹配的操作；没有已知的这类操作。",
    ),
    ("only if it is an action that {} and {} both match", "仅当操作同时匹配 {} 和 {}"),
    ("only if {}", "仅当 {}"),
    ("or {}", "或 {}"),
    ("unless {}", "除非 {}"),
    ("and {} other conditions", "以及另外 {} 个条件"),
];
