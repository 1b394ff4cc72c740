//! The rules behind findings: title, source, remedy.

/// English and Chinese.
pub(super) const WORDS: &str = words![
    ("Not strict JSON", "不是严格的 JSON"),
    (
        "Policy structure and syntax: a policy document is JSON",
        "权限策略语法和结构：策略文档是 JSON"
    ),
    ("Copy it as strict JSON before it is given to RAM.", "交给 RAM 之前，请复制为严格的 JSON。"),
    ("Any action on any resource", "对任意资源的任意操作"),
    (
        "Policy elements: * stands for every action and every resource",
        "权限策略基本元素：* 表示所有操作、所有资源",
    ),
    ("Name the actions and resources that are needed.", "请写明所需的操作和资源。"),
    ("Any action of a service on any of its resources", "对服务的任意资源的任意操作"),
    (
        "Policy elements: service:* stands for every action of the service",
        "权限策略基本元素：服务:* 表示该服务的所有操作",
    ),
    ("Name the actions, or limit the resources.", "请写明操作，或限定资源。"),
    ("Allows everything but a list", "允许列表之外的一切"),
    (
        "Policy structure: NotAction with Allow leaves out only the listed actions",
        "权限策略语法和结构：NotAction 与 Allow 同用时，只排除列出的操作",
    ),
    ("List what is allowed under Action instead.", "请改为在 Action 中列出允许的操作。"),
    ("Denies everything", "拒绝一切"),
    (
        "The holder may do all that no statement denies; what hands out rights in the account is denied.",
        "持有者可执行未被任何语句拒绝的一切操作；在账号内授予权限的操作均被拒绝。",
    ),
    (
        "The holder may do all that no statement denies; actions of {} that hand out rights are among it.",
        "持有者可执行未被任何语句拒绝的一切操作，其中包括 {} 中可授予权限的操作。",
    ),
    (
        "Policy evaluation: a matching Deny overrides every Allow",
        "权限策略判定流程：匹配的 Deny 优先于任何 Allow",
    ),
    ("Remove the statement, or name what it is to deny.", "请删除此语句，或写明要拒绝什么。"),
    ("Open to anybody", "对任何人开放"),
    (
        "Policy elements: Principal * stands for every identity",
        "权限策略基本元素：Principal 为 * 表示所有身份",
    ),
    (
        "Name the accounts, users, roles, services or identity providers.",
        "请写明账号、用户、角色、服务或身份提供商。"
    ),
    ("Open to everybody of an identity provider", "对身份提供商的所有人开放"),
    (
        "Create a RAM role for a trusted IdP: oidc:sub limits who may assume the role",
        "创建可信实体为身份提供商的 RAM 角色：oidc:sub 限定谁可扮演该角色",
    ),
    ("Name the subjects under oidc:sub.", "请在 oidc:sub 中写明主体。"),
    ("A trust without its required conditions", "信任策略缺少必需的条件"),
    (
        "Create a RAM role for a trusted IdP: oidc:iss and oidc:aud, or saml:recipient, are required",
        "创建可信实体为身份提供商的 RAM 角色：必须有 oidc:iss 和 oidc:aud，或 saml:recipient",
    ),
    (
        "Add the conditions with the values of the identity provider.",
        "请添加这些条件，并填入身份提供商的值。",
    ),
    ("Not an action of a trust policy", "不是信任策略的操作"),
    (
        "Create a RAM role, Modify the trust policy of a RAM role: every trust policy there has the action sts:AssumeRole",
        "创建 RAM 角色、修改 RAM 角色的信任策略：其中信任策略的操作都是 sts:AssumeRole",
    ),
    ("Write sts:AssumeRole.", "请写作 sts:AssumeRole。"),
    ("Not a service of Alibaba Cloud", "不是阿里云的服务"),
    (
        "Reasoning: all service names in a list of service-linked roles end with .aliyuncs.com",
        "推断：服务关联角色列表中的服务名称均以 .aliyuncs.com 结尾",
    ),
    (
        "Write the service name as the documentation of the service has it.",
        "按该服务的文档填写服务名称。",
    ),
    ("A service of another cloud", "其他云的服务"),
    (
        "Reasoning: a code that services of AWS have and no known service of Alibaba Cloud",
        "推断：AWS 服务使用的代码，已知的阿里云服务中没有",
    ),
    (
        "Write the policy with the services and actions of Alibaba Cloud.",
        "用阿里云的服务和操作编写策略。",
    ),
    ("A condition key of another cloud", "其他云的条件键"),
    (
        "Policy elements: RAM fills in keys of the form acs:Name or service:Name",
        "权限策略基本元素：RAM 提供形如 acs:Name 或 service:Name 的键",
    ),
    (
        "Use the key that RAM has for it, such as acs:SourceVpc.",
        "使用 RAM 中对应的键，例如 acs:SourceVpc。",
    ),
    ("Not a principal of a bucket policy", "不是 Bucket Policy 的授权主体"),
    (
        "Object Storage Service, bucket policies: UIDs, or arn:sts names for roles",
        "对象存储 Bucket Policy：UID，或角色的 arn:sts 名称",
    ),
    (
        "Write the UID of the account or user, or the arn:sts name of the role.",
        "请写账号或用户的 UID，或角色的 arn:sts 名称。",
    ),
    ("A Deny that misses requests without the key", "Deny 漏掉不带条件键的请求"),
    (
        "Reasoning: a condition is not met where its key is absent, so a Deny under it does not count",
        "推断：条件键不存在时条件不满足，因此其 Deny 不生效",
    ),
    (
        "Allow with Bool acs:MFAPresent true instead, which a request without the key does not meet.",
        "请改为在 Allow 中使用 Bool acs:MFAPresent true：不带此键的请求不满足它。",
    ),
    ("Allowed without encryption only", "仅在未加密时允许"),
    (
        "Policy elements: acs:SecureTransport tells whether a request is sent over HTTPS",
        "权限策略基本元素：acs:SecureTransport 表示请求是否通过 HTTPS 发送",
    ),
    (
        "Allow with acs:SecureTransport true, or deny with false.",
        "请在 Allow 中使用 acs:SecureTransport true，或在 Deny 中使用 false。",
    ),
    ("Changes who may do what", "可更改权限"),
    (
        "Runs code, reads secrets, ends the audit trail or takes second factors away",
        "可运行代码、读取凭据、终止操作审计或解除多因素认证",
    ),
    (
        "Reasoning: commands run and files written on machines, values of secrets, trails of who did what and the logs, second factors of users; each on all of its resources",
        "推断：在机器上运行命令和写入文件、凭据的值、操作审计的跟踪与日志、用户的多因素认证，且针对其全部资源",
    ),
    (
        "Name the instances, secrets, trails, projects or users that are meant, or grant it to administrators only.",
        "写明所指的实例、凭据、跟踪、项目或用户，或只授予管理员。",
    ),
    ("Runs with a role that it may pass", "以可传递的角色运行"),
    (
        "Reasoning: instances, functions, stacks and executions act with the role that they are given",
        "推断：实例、函数、资源栈和执行以所赋予的角色行事",
    ),
    (
        "Limit the role of ram:PassRole to the one that is needed, or remove the action by which it is used.",
        "请将 ram:PassRole 的角色限定为所需的那一个，或去掉使用它的操作。",
    ),
    ("A bucket where objects are meant, or the reverse", "该写对象处写了 Bucket，或相反"),
    (
        "OSS, authorization syntax: actions are on buckets or on objects; bucket/* is the objects and not the bucket",
        "OSS 授权语法：操作针对 Bucket 或对象；bucket/* 是其中的对象，而不是 Bucket",
    ),
    (
        "Write the bucket for actions on buckets, bucket/* for actions on objects.",
        "针对 Bucket 的操作写 bucket，针对对象的操作写 bucket/*。",
    ),
    (
        "Access levels: actions of the level permissions hand out or take away rights",
        "访问级别：权限级别的操作可授予或收回权限",
    ),
    (
        "Grant these to administrators only, or limit resource and condition.",
        "请只授予管理员，或限定资源和条件。",
    ),
    ("Hands a role to a service", "把角色传递给服务"),
    (
        "Policy elements: ram:PassRole is limited by the role's ARN and the key acs:Service",
        "权限策略基本元素：ram:PassRole 由角色的 ARN 和条件键 acs:Service 限定",
    ),
    (
        "Only the role that is needed should stand as resource, and only the service that needs it under acs:Service.",
        "资源应只写所需的角色，acs:Service 应只写需要它的服务。",
    ),
    ("Creates service-linked roles", "可创建服务关联角色"),
    (
        "Service-linked roles: ram:CreateServiceLinkedRole is limited by the key ram:ServiceName",
        "服务关联角色：ram:CreateServiceLinkedRole 由条件键 ram:ServiceName 限定",
    ),
    (
        "Only the services that are needed should stand under StringEquals ram:ServiceName.",
        "StringEquals ram:ServiceName 应只写所需的服务。",
    ),
    ("Deletes service-linked roles of others", "可删除其他服务的服务关联角色"),
    (
        "Service-linked roles: ram:DeleteServiceLinkedRole is limited by the key ram:ServiceName",
        "服务关联角色：ram:DeleteServiceLinkedRole 由条件键 ram:ServiceName 限定",
    ),
    (
        "Name the services under StringEquals ram:ServiceName.",
        "请在 StringEquals ram:ServiceName 中写明服务。",
    ),
    ("The holder can meet the condition itself", "持有者可自行满足条件"),
    (
        "Reasoning: a condition on a tag protects nothing from whoever may set or remove that tag",
        "推断：对能设置或移除该标签的人而言，标签条件不起保护作用",
    ),
    (
        "Deny the tag actions for this key, or grant them to others only.",
        "请拒绝针对此标签键的标签操作，或只授予他人。",
    ),
    ("An action on another service's resources", "对其他服务资源的操作"),
    (
        "Policy elements: the second part of a resource name is the service it belongs to",
        "权限策略基本元素：资源名称的第二段是其所属服务",
    ),
    (
        "Nothing to do where the service asks for it; else correct the resource.",
        "若服务要求如此则无需处理，否则请更正资源。",
    ),
    ("The same grant twice", "重复授权"),
    (
        "Policy elements: action names compare without case in most cases, so a second spelling adds nothing",
        "权限策略基本元素：操作名多数情况下不区分大小写，另一种写法不增加任何权限",
    ),
    ("Remove one of the two.", "请删除其中一个。"),
    ("Not an operator of RAM", "不是 RAM 的运算符"),
    ("Conditional operators: the list of 21", "条件运算符：共 21 个"),
    ("Use one of the documented operators.", "请使用文档列出的运算符。"),
    ("A tag that the service may not tell RAM", "服务可能不向 RAM 提供的标签"),
    (
        "Reported from live accounts (2026): calls that describe or list often carry no acs:ResourceTag, those of RDS never",
        "来自实际账号的报告（2026 年）：查询和列出类调用通常不带 acs:ResourceTag，RDS 的调用从不带",
    ),
    (
        "Try it with a resource that has the tag and one that has not; for RDS use rds:ResourceTag.",
        "请用带标签和不带标签的资源各试一次；RDS 请使用 rds:ResourceTag。",
    ),
    ("An operator that RAM is reported to refuse", "据报告 RAM 会拒绝的运算符"),
    (
        "Reported from live accounts (2026): IfExists and Null are answered as not supported",
        "来自实际账号的报告（2026 年）：IfExists 和 Null 返回不支持",
    ),
    ("An operator outside the documented list", "文档未列出的运算符"),
    ("Conditional operators: the list of 21, in this spelling", "条件运算符：共 21 个，按此写法"),
    (
        "Use one of the documented operators as the list spells them.",
        "请按文档的写法使用其列出的运算符。",
    ),
    ("A condition key outside the documented list", "文档未列出的条件键"),
    (
        "Policy elements: condition keys have the form acs:Name or service:Name; the services document theirs",
        "权限策略基本元素：条件键的格式为 “acs:名称”或“服务:名称”；各服务的条件键见其文档",
    ),
    ("Look the key up in the documentation of the service.", "请在该服务的文档中查找此条件键。"),
    ("A value that its operator cannot read", "运算符无法读取的值"),
    (
        "Conditional operators: numbers, ISO 8601 dates, true or false, IP addresses and CIDR blocks",
        "条件运算符：数字、ISO 8601 日期、true 或 false、IP 地址和 CIDR 地址段",
    ),
    ("Write the value as the operator needs it.", "请按运算符的要求书写值。"),
    ("A date in another form than documented", "与文档写法不同的日期"),
    (
        "Policy elements: dates are written in ISO 8601 with Z or an offset",
        "权限策略基本元素：日期采用 ISO 8601 格式，带 Z 或时区偏移",
    ),
    (
        "Write it as 2019-08-12T17:00:00+08:00, with Z or an offset at its end.",
        "请写作 2019-08-12T17:00:00+08:00，末尾带 Z 或时区偏移。",
    ),
    ("A wildcard that is taken literally", "按字面理解的通配符"),
    (
        "Conditional operators: only StringLike and StringNotLike know * and ?",
        "条件运算符：只有 StringLike 和 StringNotLike 支持 * 和 ?",
    ),
    ("Use StringLike or StringNotLike.", "请使用 StringLike 或 StringNotLike。"),
    ("An operator that cannot read the value", "运算符无法理解该值"),
    (
        "Conditional operators: blocks of addresses are read by IpAddress, moments by the operators of dates",
        "条件运算符：地址段由 IpAddress 比较，时间由日期运算符比较",
    ),
    (
        "Use IpAddress or NotIpAddress for addresses, DateLessThan and the like for moments, Bool for true and false.",
        "地址请用 IpAddress 或 NotIpAddress，时间请用 DateLessThan 等运算符，布尔值请用 Bool。",
    ),
    ("Conditions that no request meets together", "没有请求能同时满足的条件"),
    (
        "Policy elements: all conditions of a statement must hold",
        "权限策略基本元素：一条语句的所有条件必须同时满足",
    ),
    (
        "Remove one of the two, or put them in statements of their own.",
        "请去掉其中一个，或分别写入各自的语句。",
    ),
    ("A switch the wrong way round", "开关值写反"),
    (
        "Policy elements: acs:SecureTransport tells whether a request is sent over HTTPS, acs:MFAPresent whether a second factor was given",
        "权限策略基本元素：acs:SecureTransport 表示请求是否通过 HTTPS 发送，acs:MFAPresent 表示是否经过多因素认证",
    ),
    ("Write the other one of true and false.", "请将 true 与 false 对调。"),
    ("A placeholder that was not filled in", "没有填写的占位符"),
    (
        "Policy elements: RAM has no variables in policies",
        "权限策略基本元素：RAM 的权限策略没有变量",
    ),
    ("Fill in the true value.", "请填写真实的值。"),
    ("The text does not let the role delete itself", "角色不能自行删除"),
    (
        "Service-linked roles: nearly every one may delete itself, limited to its own service name",
        "服务关联角色：几乎每个都可删除自身，且仅限自己的服务名称",
    ),
    (
        "Nothing; it matters only when the role is to be deleted.",
        "无需处理；仅在要删除角色时才有影响。",
    ),
    ("The service names disagree", "服务名称不一致"),
    (
        "Service-linked roles: self-delete condition and trust policy name the one linked service",
        "服务关联角色：自行删除的条件和信任策略写明同一个关联服务",
    ),
    (
        "Compare with the RAM console which name is the true one.",
        "请对照 RAM 控制台，确认哪个名称是真实的。",
    ),
    ("An action without its service", "没有写服务的操作"),
    ("Policy elements: an action is written service:Name", "权限策略基本元素：操作写作“服务:名称”"),
    ("Write the service code before the action.", "请在操作前写上服务代码。"),
    ("No name of an action", "不是操作名称"),
    ("Write the action as the documentation of the service has it.", "请按该服务的文档书写操作。"),
    ("A service that resembles a known one", "与已知服务相近的服务"),
    (
        "Reasoning: a slip away from a service code that is known",
        "推断：与某个已知服务代码只差一处笔误",
    ),
    ("Compare the code with the documentation of the service.", "请对照该服务的文档检查代码。"),
    ("A service name that no known role has", "已知角色都没有的服务名称"),
    (
        "Reasoning: a list of service-linked roles and their service names",
        "推断：服务关联角色及其服务名称的列表",
    ),
    ("Compare the name with the documentation of the service.", "请对照该服务的文档检查名称。"),
    ("An action that resembles a known one", "与已知操作相近的操作"),
    ("Reasoning: one letter away from an action that is known", "推断：与某个已知操作只差一个字母"),
    ("Compare the spelling with the documentation of the service.", "请对照该服务的文档检查拼写。"),
    ("A resource that is no resource name", "不是资源名称的资源"),
    (
        "Policy elements: resources are * or acs:service:region:account:relative-id",
        "权限策略基本元素：资源为 * 或 acs:服务:地域:账号:相对标识",
    ),
    (
        "Write the resource as acs:service:region:account:relative-id.",
        "请将资源写作 acs:服务:地域:账号:相对标识。",
    ),
    ("A resource name with missing parts", "缺少分段的资源名称"),
    (
        "Policy elements: a resource name has five parts, acs:service:region:account:relative-id",
        "权限策略基本元素：资源名称有五段，即 acs:服务:地域:账号:相对标识",
    ),
    ("Write all five parts; * stands for any.", "请写全五段；* 表示任意。"),
    ("A type of resource that its service does not document", "服务文档中没有的资源类型"),
    ("ECS, RAM authorization: the types of its resources", "ECS 授权信息：其资源类型"),
    ("Write the resource as the documentation of the service has it.", "请按服务文档书写资源。"),
    ("Longer than a custom policy may be", "超过自定义策略的长度上限"),
    (
        "Limits: a custom policy has at most 6,144 characters",
        "使用限制：自定义策略最多 6,144 个字符",
    ),
    (
        "Join statements, use wildcards, or split the policy in two.",
        "请合并语句、使用通配符，或拆分为两个策略。",
    ),
    ("Granted, but the product page does not mention it", "已授予，但产品页面没有提到"),
    (
        "The product page on service-linked roles, held against the policy",
        "将服务关联角色的产品页面与策略对照",
    ),
    ("Trust the policy, not the page.", "以策略为准，不以页面为准。"),
    ("On the product page, but the policy does not grant it", "产品页面提到，但策略没有授予"),
    (
        "Policy structure and syntax: the grammar of a policy document",
        "权限策略语法和结构：策略文档的语法",
    ),
    ("Write it as the grammar has it.", "请按语法书写。"),
    // Oddities.
    ("Missing version", "缺少版本"),
    ("Odd version", "异常的版本"),
    ("Aws version", "AWS 的版本"),
    ("Missing statement", "缺少语句"),
    ("Empty statement", "空的语句列表"),
    ("Bare statement", "语句不在列表中"),
    ("Lone statement", "单独的语句"),
    ("Not a statement", "不是语句"),
    ("Stack policy", "资源栈策略"),
    ("Unknown element", "未知的元素"),
    ("Wrong case", "大小写错误"),
    ("Duplicate key", "重复的键"),
    ("Label", "标识"),
    ("Missing effect", "缺少效果"),
    ("Unknown effect", "未知的效果"),
    ("Missing action", "缺少操作"),
    ("Both", "同时出现"),
    ("Negated element", "取反的元素"),
    ("No target", "没有目标"),
    ("Empty", "空"),
    ("Empty text", "空字符串"),
    ("Unquoted value", "没有引号的值"),
    ("Wrong type", "类型错误"),
    ("Unfilled value", "未填入的值"),
    ("Not a block", "不是对象"),
    ("Unknown principal", "未知的授权主体"),
    ("Empty condition", "空的条件"),
];
