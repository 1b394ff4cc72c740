//! Findings: messages, what they mean, what can be done.

/// English and Chinese.
pub(super) const WORDS: &str = words![
    ("Whether RAM reads past it is not documented.", "文档未说明 RAM 是否会忽略它。"),
    ("The text is not strict JSON: {} repairs.", "文本不是严格的 JSON：修正了 {} 处。"),
    // What can be done.
    (
        "The customer cannot edit the policy of a service-linked role.",
        "用户不能修改服务关联角色的策略。",
    ),
    (
        "The customer cannot edit the policy of a service-linked role: know it, and delete the role if the feature is not needed.",
        "用户不能修改服务关联角色的策略：请知悉；若不需要该功能，可删除角色。",
    ),
    (
        "Only Alibaba Cloud edits a system policy: attach a custom one where this is too much.",
        "系统策略只能由阿里云修改：若权限过大，请改为授予自定义策略。",
    ),
    // Parts of messages.
    ("what the policy is attached to", "策略所附加的对象"),
    (" under a condition", "（有条件）"),
    (
        " under a condition that every request with its key meets",
        "（有条件，但带有该条件键的请求都满足）",
    ),
    (" under conditions", "（有多个条件）"),
    ("any role of the account", "账号中的任意角色"),
    ("in the same list", "在同一列表中"),
    ("in statement {}, with the same resources and conditions", "在语句 {} 中（资源和条件相同）"),
    (" as {}", "（写作 {}）"),
    ("set", "设置"),
    ("change or remove", "更改或移除"),
    (", where its own conditions hold", "（须满足该语句自身的条件）"),
    ("; actions of {} that hand out rights are among them", "；其中包括 {} 的可授予权限的操作"),
    // Oddities.
    ("It changes nothing.", "没有影响。"),
    (
        "RAM may refuse it or read it otherwise than it is read here.",
        "RAM 可能拒绝，或与此处的理解不同。",
    ),
    ("This part has no effect as it stands.", "这一部分目前不起作用。"),
    (
        "What RAM makes of it is not known, so nothing is decided on it here.",
        "RAM 如何处理它并不明确，因此此处不据此作出判定。",
    ),
    // The document as a whole.
    (
        "The document has {} characters; a custom policy has at most {}.",
        "文档有 {} 个字符；自定义策略最多 {} 个。",
    ),
    (
        "RAM refuses a longer custom policy; whether blanks count is not documented.",
        "超过上限的自定义策略会被 RAM 拒绝；空白是否计入，文档未说明。",
    ),
    // Grants.
    (
        "Denies every action on every resource, without a condition.",
        "无条件拒绝对所有资源的所有操作。",
    ),
    (
        "Whoever has this policy can do nothing, whatever other policies allow.",
        "无论其他策略允许什么，拥有此策略的身份都不能做任何事。",
    ),
    ("Allows {} to anybody{}.", "允许任何人使用 {}{}。"),
    (
        "{} under {} lets in whoever the identity provider {} speaks for.",
        "{}（{}）会放行身份提供商 {} 所代表的任何主体。",
    ),
    (
        "Only the kind of the subject is fixed, not which one it is.",
        "只固定了主体的类型，没有固定是哪一个主体。",
    ),
    ("Any service may assume this role{}.", "任何服务都可以扮演此角色{}。"),
    (
        "Whoever can have one of them act for them acts with the rights of the role.",
        "能让其中任一服务代为操作的人，都可借此获得该角色的权限。",
    ),
    (
        "{} is no service of Alibaba Cloud: their names end with .aliyuncs.com.",
        "{} 不是阿里云的服务：阿里云服务名称以 .aliyuncs.com 结尾。",
    ),
    ("No service assumes the role by this name.", "没有服务会以此名称扮演该角色。"),
    ("{} is a condition key of AWS.", "{} 是 AWS 的条件键。"),
    (
        "RAM fills in no such key: an Allow under it grants nothing, and a Deny under it protects nothing unless its operator is negative.",
        "RAM 不会提供此类键：以其为条件的 Allow 不授予任何权限，以其为条件的 Deny 除非运算符为否定，否则不起保护作用。",
    ),
    (
        "The condition key {} is not known here; {} is. Is that meant?",
        "此处不认识条件键 {}，但认识 {}。是否要写的是它？",
    ),
    (
        "{} is a service of AWS; no service of Alibaba Cloud known here has this code.",
        "{} 是 AWS 的服务；此处已知的阿里云服务中没有此代码。",
    ),
    (
        "An action of a service that there is not matches nothing.",
        "不存在的服务的操作不匹配任何请求。",
    ),
    (
        "Only Object Storage Service lists {}, and does not say what it asks: whether the condition holds is not known.",
        "只有对象存储列出了 {}，且未说明其含义：无法确定该条件是否成立。",
    ),
    ("what {} asks is not documented", "{} 的含义没有文档说明"),
    (
        "Only Object Storage Service lists {}, and does not say what it asks.",
        "只有对象存储列出了 {}，且未说明其含义。",
    ),
    (
        "Whether the condition holds is not known here. IpAddress is documented by RAM.",
        "此处无法确定该条件是否成立。RAM 文档中的运算符是 IpAddress。",
    ),
    (
        "Object Storage Service counts the bucket as public: only fixed VPCs, access keys or address blocks that are not too wide limit who comes in.",
        "对象存储会将该 Bucket 视为公共访问：只有固定的 VPC、访问密钥或范围不过宽的地址段才能限制访问者。",
    ),
    (
        "Every account of the cloud is meant, not only your own.",
        "这指阿里云的所有账号，而不只是您自己的账号。",
    ),
    (
        "Trusts the identity provider {} without StringEquals on {}.",
        "信任身份提供商 {}，但没有对 {} 使用 StringEquals。",
    ),
    (
        "The documentation requires it; whether RAM refuses a policy without it is not documented.",
        "文档要求必须有此条件；缺少时 RAM 是否会拒绝，文档未说明。",
    ),
    (
        "Everybody of the identity provider {} may assume the role: nothing limits {}.",
        "身份提供商 {} 的任何人都可扮演此角色：没有限定 {}。",
    ),
    (
        "A token that the provider issues for this audience is enough, whoever it stands for.",
        "只要是该提供商为此受众签发的令牌即可，无论它代表谁。",
    ),
    (
        "{} is not documented as an action of a trust policy.",
        "文档中没有把 {} 用作信任策略的操作。",
    ),
    (
        "The documentation writes sts:AssumeRole for identity providers too; under this name the trust is likely to match no request.",
        "文档对身份提供商也使用 sts:AssumeRole；写成此名称，信任策略很可能不匹配任何请求。",
    ),
    (
        "\"{}\" is not documented as a principal of a bucket policy.",
        "文档中没有把“{}”用作 Bucket Policy 的授权主体。",
    ),
    (
        "There accounts and users stand by their UID, and roles as arn:sts::UID:assumed-role/role/session.",
        "其中账号和用户以 UID 表示，角色写作 arn:sts::UID:assumed-role/角色/会话。",
    ),
    ("Allows every action except {} on {}{}{}.", "允许对 {1} 使用除 {0} 之外的所有操作{2}{3}。"),
    (
        "Actions of services that do not exist yet are allowed too; the listed ones are not denied, only not allowed here.",
        "尚未推出的服务的操作也被允许；列出的操作并未被拒绝，只是此处不允许。",
    ),
    ("Allows every action on {}{}.", "允许对 {} 的所有操作{}。"),
    (
        "The holder administers the whole account, its users and permissions included.",
        "持有者可管理整个账号，包括其用户和权限。",
    ),
    (
        "Whatever any service can do with these resources is allowed.",
        "任何服务对这些资源能做的一切都被允许。",
    ),
    ("Allows every action of {} on any of its resources{}.", "允许 {} 对其任意资源的所有操作{}。"),
    (
        "Allows every action of these {} services on any of their resources{}: {}.",
        "允许以下 {} 个服务对其任意资源的所有操作{}：{}。",
    ),
    (
        "It writes files on every instance, as root unless another user is named: what the instance runs can be among them.",
        "可在每个实例上写入文件（未指定其他用户时以 root 身份），其中可以有实例会运行的内容。",
    ),
    ("It takes the second factor away from any user.", "可解除任意用户的多因素认证。"),
    (
        "These actions are on the service as a whole and on no bucket: acs:oss:*:*:* covers them.",
        "这些操作针对整个服务，而不是某个 Bucket：acs:oss:*:*:* 才包括它们。",
    ),
    (
        "It runs commands on every instance, as root unless another user is named, and with the rights of the role of the instance.",
        "可在每个实例上运行命令（未指定其他用户时以 root 身份），并行使实例所绑定角色的权限。",
    ),
    (
        "It reads every secret that the account keeps in Key Management Service.",
        "可读取账号保存在密钥管理服务中的所有凭据。",
    ),
    ("{} ({} among them)", "{}（其中包括 {}）"),
    (
        "It ends the record of who did what in the account, or changes what is recorded and where to.",
        "可终止账号中操作审计的记录，或更改记录的内容和去向。",
    ),
    (
        "It deletes logs of every project for good; what ActionTrail delivers to Simple Log Service is among them.",
        "可彻底删除所有项目的日志，其中包括操作审计投递到日志服务的记录。",
    ),
    ("It runs commands on every simple application server.", "可在每台轻量应用服务器上运行命令。"),
    (
        "It runs commands in every elastic container instance, and with the rights of the role that the instance has.",
        "可在每个弹性容器实例中运行命令，并行使实例所绑定角色的权限。",
    ),
    (
        "With {} it can act as {}, passed by statement {}{}.",
        "借助 {}，可以以{}行事（由语句 {} 传递）{}。",
    ),
    (
        "Code or calls of the holder's run there with the rights of the role, where it trusts the service: they count as the holder's own.",
        "若角色信任该服务，持有者的代码或调用会以该角色的权限运行：这些权限等同于持有者所有。",
    ),
    ("{} on {} matches nothing.", "对 {1} 的 {0} 不匹配任何请求。"),
    (
        "The objects of a bucket are bucket/*: the bucket alone covers none of them.",
        "Bucket 中的对象写作 bucket/*：只写 Bucket 不包含任何对象。",
    ),
    (
        "These actions are checked against the bucket: bucket/* covers its objects and not the bucket itself.",
        "这些操作按 Bucket 检查：bucket/* 只包含其中的对象，不包含 Bucket 本身。",
    ),
    (
        "It may read, change and delete whatever the service keeps; actions that the service gets later are allowed too.",
        "可读取、更改和删除该服务中的一切；该服务日后新增的操作也会被允许。",
    ),
    ("Allows {} on {}{}.", "允许对 {1} 使用 {0}{2}。"),
    (
        "The holder can change who may do what in the account, and so gain rights that this policy does not list.",
        "持有者可更改账号中的权限，从而获得此策略没有列出的权限。",
    ),
    ("The holder can open these resources to others.", "持有者可将这些资源开放给他人。"),
    // Roles.
    ("May create the service-linked role of any service{}.", "可创建任意服务的服务关联角色{}。"),
    (
        "Each of these roles brings its own policy with it, granted to that service.",
        "每个这样的角色都带有自己的策略，授予对应的服务。",
    ),
    ("May create the service-linked role of {}{}.", "可创建 {} 的服务关联角色{}。"),
    ("May create the service-linked roles of {}{}.", "可创建 {} 的服务关联角色{}。"),
    (
        "These roles appear in the account without anybody creating them by hand, each with its own policy.",
        "这些角色无需人工创建就会出现在账号中，各带自己的策略。",
    ),
    ("May delete the service-linked role of any service{}.", "可删除任意服务的服务关联角色{}。"),
    (
        "Features of other products stop when their role is deleted.",
        "角色被删除后，其他产品的相应功能会停止。",
    ),
    ("May delete service-linked roles on {}{}.", "可删除 {} 上的服务关联角色{}。"),
    (
        "Features of a product stop when its role is deleted.",
        "产品的角色被删除后，其相应功能会停止。",
    ),
    ("May assume {}{}.", "可扮演 {}{}。"),
    ("any role", "任意角色"),
    ("any role except {}", "除 {} 之外的任意角色"),
    ("Allows {} to anybody except {}{}.", "允许除 {1} 之外的任何人使用 {0}{2}。"),
    (
        "Only Object Storage Service knows * in an address: {}.",
        "只有对象存储 OSS 支持在地址中使用 *：{}。",
    ),
    (
        "Which addresses it stands for is not documented, so whether the condition holds is not known here.",
        "文档未说明它代表哪些地址，因此无法得知条件是否满足。",
    ),
    (
        "The holder gets the rights of every role that trusts it.",
        "持有者可获得信任它的所有角色的权限。",
    ),
    ("The holder gets the rights of that role.", "持有者可获得该角色的权限。"),
    ("The holder gets the rights of those roles.", "持有者可获得这些角色的权限。"),
    ("May pass {} to {}{}.", "可将 {} 传递给 {}{}。"),
    (
        "The holder can give any service any role, and act through it with all that role's rights.",
        "持有者可把任意角色交给任意服务，并通过该服务行使该角色的全部权限。",
    ),
    (
        "The holder can act through any service that takes this role, with its rights.",
        "持有者可通过接受此角色的任何服务，行使该角色的权限。",
    ),
    (
        "The holder can act through the service with the rights of any role that trusts it.",
        "持有者可通过该服务，行使信任它的任意角色的权限。",
    ),
    (
        "The service works with the rights of that role: they count as the holder's.",
        "该服务以该角色的权限工作：应视为持有者的权限。",
    ),
    (
        "ram:DeleteServiceLinkedRole is allowed, and denied as a whole.",
        "ram:DeleteServiceLinkedRole 被允许，但又被整体拒绝。",
    ),
    (
        "No statement of this text allows ram:DeleteServiceLinkedRole.",
        "该文本中没有语句允许 ram:DeleteServiceLinkedRole。",
    ),
    (
        "If the policy in force has none either, the service cannot remove the role when the feature is switched off: you delete it yourself.",
        "若实际生效的策略也没有，则关闭功能时服务不能移除此角色：须由您自行删除。",
    ),
    (
        "The role may delete the role of {}, but its own service is {}.",
        "此角色可删除 {} 的角色，而它自己的服务是 {}。",
    ),
    (
        "The role can be assumed, or delete itself, only under the name that the cloud really uses.",
        "只有使用阿里云真实的服务名称，角色才能被扮演或自行删除。",
    ),
    // Names.
    ("\"{}\" names no service.", "“{}”没有写明服务。"),
    (
        "It matches whatever action happens to have these letters, of any service.",
        "它会匹配任意服务中恰好含有这些字母的操作。",
    ),
    ("\"{}\" has capitals in acs or the service.", "“{}”的 acs 或服务代码含大写字母。"),
    (
        "Whether their case counts is not documented; here it does, and no resource is matched.",
        "文档未说明其中是否区分大小写；此处区分，因此不匹配任何资源。",
    ),
    ("It matches no action.", "它不匹配任何操作。"),
    ("{} is not known here; {} is. Is that meant?", "此处不认识 {}，但认识 {}。是否指后者？"),
    (
        "A misspelt action matches nothing. Not every action is known here, so it may be right.",
        "拼写错误的操作不匹配任何请求。此处并不认识所有操作，因此它也可能是对的。",
    ),
    ("\"{}\" has fewer than five parts.", "“{}”不足五段。"),
    (
        "Whether a wildcard reaches over the missing colons is not documented; it is taken to do so here.",
        "通配符是否能跨越缺少的冒号，文档未说明；此处视为可以。",
    ),
    ("\"{}\" is no resource name.", "“{}”不是资源名称。"),
    ("\"{}\" joins several resources by commas.", "“{}”用逗号连接了多个资源。"),
    (
        "It is taken as one name, which no resource has: each resource stands as a string of its own in the list.",
        "它会被当作一个名称，而没有资源叫这个名称：每个资源应在列表中单独写成一个字符串。",
    ),
    (
        "No resource is known to have one there; read as it stands it matches none.",
        "已知的资源在此处都没有空白；按原样理解，它不匹配任何资源。",
    ),
    (
        "{} stands {} times, here first; it is not in RAM's grammar and has no effect.",
        "{} 出现了 {} 次（此处为第一次）；RAM 语法中没有它，它不起作用。",
    ),
    (
        "Resource Orchestration Service puts the region or the account in by itself: nothing to do in a template.",
        "资源编排服务会自行填入地域或账号：在模板中无需处理。",
    ),
    (
        "{} matches no action that is known here; {} is a usual verb. Is that meant?",
        "{} 不匹配此处已知的任何操作；{} 是常用动词。是指后者吗？",
    ),
    ("\"{}\" has an empty service.", "“{}”的服务为空。"),
    ("\"{}\" has an empty relative id.", "“{}”的相对标识为空。"),
    ("It matches no resource.", "它不匹配任何资源。"),
    ("Allows {} on resources of {}.", "允许对 {1} 的资源使用 {0}。"),
    (
        "It is needed where the service checks the call against such a resource; elsewhere it is without effect.",
        "服务若用此类资源检查该调用，则需要此授权；否则不起作用。",
    ),
    ("{} in \"{}\" was not filled in.", "“{1}”中的 {0} 没有填写。"),
    ("What the template puts there is not known here.", "模板会填入什么，在此未知。"),
    ("\"{}\" names no action of the service.", "“{}”没有写明该服务的操作。"),
    ("\"{}\" has a blank in it.", "“{}”中有空白。"),
    (
        "No action is known to have one; read as it stands it matches none.",
        "已知的操作都没有空白；按原样理解，它不匹配任何操作。",
    ),
    (
        "The service {} is not known here; {} is. Is that meant?",
        "此处不知道服务 {}，但知道 {}。是指它吗？",
    ),
    (
        "Actions of a misspelt service match nothing. Not every service is known here, so it may be right.",
        "服务写错的操作不匹配任何请求。此处并非知道所有服务，因此也可能是对的。",
    ),
    (
        "{} is none of the {} service names of linked roles that are known here.",
        "{} 不在此处已知的 {} 个服务关联角色的服务名称中。",
    ),
    (
        "{} is none of the {} service names of linked roles that are known here; {} is. Is that meant?",
        "{} 不在此处已知的 {} 个服务关联角色的服务名称中，而 {} 在其中。是指它吗？",
    ),
    (
        "A misspelt name stands for no role. Not every name is known here, so it may be right.",
        "写错的名称不代表任何角色。此处并非知道所有名称，因此也可能是对的。",
    ),
    (
        "As it stands RAM takes it letter by letter; what it is once it is filled in is not known here.",
        "保持原样时 RAM 会逐字理解；填入后是什么，此处未知。",
    ),
    ("{} stands{} {} already.", "{0} {2}已出现{1}。"),
    (
        "It changes nothing; taking away one of the two takes away nothing either.",
        "没有影响；删除其中一个也不会减少权限。",
    ),
    // Conditions.
    ("{} is no operator of RAM.", "{} 不是 RAM 的运算符。"),
    (
        "RAM may refuse such a policy, which is not documented; the condition is taken as never met here.",
        "RAM 可能拒绝这样的策略（文档未说明）；此处视条件永不满足。",
    ),
    ("Whether requests carry {} depends on the service.", "请求是否带有 {} 取决于服务。"),
    ("No request of RDS carries {}.", "RDS 的请求从不带有 {}。"),
    (
        "acs:ResourceTag counts only if the service supplies it with the request, which calls that describe or list often do not.",
        "只有服务随请求提供 acs:ResourceTag 时它才起作用，查询和列出类调用通常不提供。",
    ),
    (
        "RDS supplies no acs:ResourceTag with its requests: it has rds:ResourceTag.",
        "RDS 的请求不提供 acs:ResourceTag：它使用 rds:ResourceTag。",
    ),
    ("{} is not among the operators that RAM documents.", "{} 不在 RAM 文档列出的运算符中。"),
    (
        "RAM is reported to refuse such a policy (not documented); it comes from the policy language of AWS.",
        "据报告 RAM 会拒绝这样的策略（文档未说明）；它来自 AWS 的策略语言。",
    ),
    ("{} is not among the documented operators.", "{} 不在文档列出的运算符中。"),
    (
        "It occurs in published policies, but no page says how several values of a request are compared.",
        "它出现在已公布的策略中，但没有文档说明请求有多个值时如何比较。",
    ),
    ("{} is a documented operator in another spelling.", "{} 是文档中某个运算符的另一种写法。"),
    (
        "Whether RAM regards the case of operators is not documented.",
        "RAM 是否区分运算符的大小写，文档未说明。",
    ),
    ("The condition key {} is not in the list known here.", "条件键 {} 不在此处已知的列表中。"),
    (
        "A key counts only where the service fills it in; a misspelt one is always absent.",
        "只有服务会填写的条件键才有效；拼写错误的键始终不存在。",
    ),
    ("The condition key \"{}\" names no service.", "条件键“{}”没有写明服务。"),
    (
        "Keys have the form acs:Name or service:Name; RAM fills in no other.",
        "条件键的格式为 “acs:名称”或“服务:名称”；其他键 RAM 不会填写。",
    ),
    ("A request without {} is not denied.", "不带 {} 的请求不会被拒绝。"),
    (
        "Requests signed with an AccessKey are reported to carry no such key; the documentation does not say it.",
        "据报告，用 AccessKey 签名的请求不带此条件键；文档没有说明。",
    ),
    ("Allows this only where the request is not encrypted.", "仅在请求未加密时允许。"),
    ("Requests over HTTPS do not meet the condition.", "通过 HTTPS 发送的请求不满足此条件。"),
    ("{}, which {} needs.", "{0}，而 {1} 要求如此。"),
    (
        "It may match no request, so that this is never denied.",
        "可能没有请求与其匹配，那样就不会拒绝任何请求。",
    ),
    (
        "It may match no request, so that the condition excludes nothing.",
        "可能没有请求与其匹配，那样该条件就不排除任何请求。",
    ),
    ("No request matches it.", "没有请求与其匹配。"),
    ("{} has no time zone.", "{} 没有时区。"),
    (
        "It is taken as UTC here; how RAM takes it is not documented.",
        "此处视为 UTC；RAM 如何理解，文档未说明。",
    ),
    ("{} compares \"{}\" letter by letter.", "{} 逐字比较“{}”。"),
    (
        "The * or ? stands for itself, so hardly any request matches.",
        "其中的 * 或 ? 只代表其自身，因此几乎没有请求匹配。",
    ),
    // Tags.
    ("{} denied only without the tag {}", "仅在没有标签 {1} 时拒绝 {0}"),
    ("{} denied only with the tag {}", "仅在有标签 {1} 时拒绝 {0}"),
    ("{} only with the tag {}", "仅在有标签 {1} 时允许 {0}"),
    ("{} only without the tag {}", "仅在没有标签 {1} 时允许 {0}"),
    (
        "Statement {}: {}; but statement {} lets {} {} that tag with {} on {}{}.",
        "语句 {0}：{1}；但语句 {2} 允许{3}用 {5} 在 {6} 上{4}该标签{7}。",
    ),
    (
        "The condition keeps out mistakes, not the holder: whoever can change the tag decides whether it is met.",
        "此条件只防误操作，不防持有者：能更改标签的人可决定条件是否满足。",
    ),
    // The product page against the policy.
    ("{} is granted, but the product page does not mention it.", "已授予 {}，但产品页面没有提到。"),
    (
        "{} are granted, but the product page does not mention them.",
        "已授予 {}，但产品页面没有提到。",
    ),
    ("The product page says \"{}\" under {}", "产品页面在 {1} 下写有“{0}”"),
    ("{}; of that the policy grants {}, not {}.", "{}；其中策略授予了 {}，没有授予 {}。"),
    (
        "{}; the policy grants {} on resources of {} instead.",
        "{0}；策略授予的却是对 {2} 的资源使用 {1}。",
    ),
    ("{}; the policy does not grant {}.", "{}；策略没有授予 {}。"),
    (
        " It may be in the part of the policy that is missing here.",
        "可能在此处缺少的那部分策略中。",
    ),
    (
        "The page says it in prose, and which actions that means is read here. The policy is what counts.",
        "页面以文字说明，其所指的操作由此处解读。以策略为准。",
    ),
];
