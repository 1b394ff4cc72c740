//! Findings about principals: whom a trust policy or bucket policy lets in, with their rules.

/// English and Chinese.
pub(super) const WORDS: &str = words![
    // Buckets.
    ("An address without its VPC", "有地址而没有 VPC"),
    (
        "Object Storage Service, bucket policies: acs:SourceVpc must stand beside acs:SourceIp",
        "对象存储 Bucket Policy：指定 acs:SourceIp 时必须同时指定 acs:SourceVpc",
    ),
    (
        "Add acs:SourceVpc: StringNotLike vpc-* for public addresses, StringEquals with the VPC for those in it.",
        "请添加 acs:SourceVpc：公网地址用 StringNotLike vpc-*，VPC 内的地址用 StringEquals 写明该 VPC。",
    ),
    ("acs:SourceIp stands without acs:SourceVpc.", "有 acs:SourceIp，但没有 acs:SourceVpc。"),
    (
        "An address alone does not tell the public network from a VPC, and any VPC may use the same ones. Object Storage Service refuses a new or changed bucket policy of this kind; one that is in place stays.",
        "仅凭地址无法区分公网与 VPC，任何 VPC 都可能使用相同的地址。新建或修改这样的 Bucket Policy 会被对象存储拒绝；已有的不受影响。",
    ),
    (
        "Every account of the cloud is meant, not only your own, and whoever has none (anonymous users).",
        "这指阿里云的所有账号，而不只是您自己的账号，也包括没有账号的人（匿名用户）。",
    ),
    // Tags.
    ("the holder", "持有者"),
    ("a principal of both", "两条语句共有的授权主体"),
    // Trust policies.
    (
        "Users of any identity provider may assume this role{}.",
        "任意身份提供商的用户都可以扮演此角色{}。"
    ),
    (
        "Users of any identity provider {} may assume this role{}.",
        "匹配 {} 的任意身份提供商的用户都可以扮演此角色{}。",
    ),
    (
        "Those of other accounts are meant too, where RAM takes a pattern here: that is not documented.",
        "如果 RAM 在此接受通配符，其他账号的身份提供商也包括在内：是否接受，文档未说明。",
    ),
    ("Whether RAM takes a pattern here is not documented.", "RAM 在此是否接受通配符，文档未说明。",),
    ("A resource in a trust policy", "信任策略中有资源"),
    (
        "Modify the trust policy of a RAM role: the trust policies there have no Resource",
        "修改 RAM 角色的信任策略：其中的信任策略都没有 Resource",
    ),
    (
        "Leave the element out: the policy hangs on the role that it is about.",
        "请去掉该元素：信任策略本身就属于所涉及的角色。",
    ),
    ("{} stands in a trust policy.", "信任策略中写了 {}。"),
    (
        "No trust policy in the documentation has it: whether RAM refuses the element there or passes over it is not documented.",
        "文档中的信任策略都没有该元素：RAM 会拒绝还是忽略它，文档未说明。",
    ),
    ("Not a principal of a trust policy", "不是信任策略的授权主体"),
    (
        "Modify the trust policy of a RAM role: under RAM stand accounts, users and roles",
        "修改 RAM 角色的信任策略：RAM 下是账号、用户和角色",
    ),
    (
        "Write accounts, users and roles under RAM as acs:ram::ID:root, acs:ram::ID:user/name and acs:ram::ID:role/name, identity providers under Federated.",
        "账号、用户和角色写在 RAM 下，即 acs:ram::ID:root、acs:ram::ID:user/名称、acs:ram::ID:role/名称；身份提供商写在 Federated 下。",
    ),
    ("{} (not a documented principal)", "{}（不是文档中的授权主体写法）"),
    ("\"{}\" is no identity provider.", "“{}”不是身份提供商。"),
    (
        "Under Federated the documentation has acs:ram::ID:saml-provider/name and acs:ram::ID:oidc-provider/name alone: whom RAM lets in by this is not documented.",
        "文档中 Federated 下只有 acs:ram::ID:saml-provider/名称和 acs:ram::ID:oidc-provider/名称：这样写会放行谁，文档未说明。",
    ),
    (
        "\"{}\" stands under neither RAM nor Service nor Federated.",
        "“{}”不在 RAM、Service 或 Federated 之下。",
    ),
    (
        "Every trust policy in the documentation says of what kind a principal is: whom RAM lets in by a bare name is not documented.",
        "文档中的信任策略都写明授权主体的类型：只写名称会放行谁，文档未说明。",
    ),
    (
        "\"{}\" is not documented as a principal of a trust policy.",
        "文档中没有把“{}”用作信任策略的授权主体。",
    ),
    (
        "An account is written acs:ram::{}:root there; whether RAM takes the number alone is not documented.",
        "文档中账号写作 acs:ram::{}:root；RAM 是否接受单独的数字，文档未说明。",
    ),
    ("A principal where no policy has one", "不该有授权主体的策略中写了授权主体"),
    (
        "Policy elements: Principal is used in resource-based policies, such as those of roles and buckets, not in identity-based ones",
        "权限策略基本元素：Principal 用于基于资源的策略（例如角色的信任策略和 Bucket Policy），不用于基于身份的策略",
    ),
    (
        "Leave out Principal, and attach the policy to those whom it is for.",
        "请去掉 Principal，并将策略授予相应的身份。",
    ),
    (
        "Names principals for actions of {}, of which no policy with Principal is known here.",
        "为 {} 的操作写了授权主体，而此处不知道该服务有带 Principal 的策略。",
    ),
    (
        "The policies of users, groups and roles have no Principal: whoever has such a policy is meant by it. Whether RAM refuses the element there or passes over it is not documented.",
        "用户、用户组和角色的策略没有 Principal：拥有策略的身份即为其授权主体。RAM 是拒绝还是忽略该元素，文档未说明。",
    ),
    (
        "It speaks of what the policy is attached to: a statement with Principal has no holder.",
        "它针对策略所附加的对象：带 Principal 的语句没有持有者。",
    ),
    (
        "The default policy of a VPC endpoint is written so, and allows nothing that other policies do not; anywhere else every account of the cloud is let in.",
        "终端节点的默认策略就是这样写的，不会放行其他策略未允许的操作；在其他地方，这会放行阿里云的所有账号。",
    ),
    ("\"{}\" is neither an account nor a user or role.", "“{}”既不是账号，也不是用户或角色。"),
    (
        "The documentation has only these three under RAM, no groups and no sessions: whom RAM lets in by this is not documented.",
        "文档中 RAM 下只有这三种，没有用户组，也没有角色会话：这样写会放行谁，文档未说明。",
    ),
    ("A whole account is trusted without an external ID", "信任整个账号而没有外部 ID"),
    (
        "Use external IDs to prevent the confused deputy issue: a vendor's account is trusted under sts:ExternalId",
        "使用 ExternalId 防止混淆代理人问题：信任供应商的账号时以 sts:ExternalId 为条件",
    ),
    (
        "Name the users and roles that need it; for the account of a vendor add StringEquals sts:ExternalId.",
        "请写明需要它的用户和角色；若是供应商的账号，请添加 StringEquals sts:ExternalId。",
    ),
    ("Trusts {} as a whole{} and asks for no external ID.", "信任整个{}{}，且不要求外部 ID。"),
    (
        "All its users and roles that may call sts:AssumeRole can assume the role. Where it is the account of a vendor, the vendor may be tricked by another customer into acting here: against that RAM documents the condition sts:ExternalId.",
        "其中所有可调用 sts:AssumeRole 的用户和角色都能扮演此角色。若是供应商的账号，供应商可能被其他客户欺骗而在此操作：对此，RAM 文档提供了条件 sts:ExternalId。",
    ),
    ("{} stands for more than sts:AssumeRole.", "{} 所指的不止 sts:AssumeRole。"),
    (
        "No other action is documented in a trust policy; whether RAM takes a pattern there is not documented.",
        "文档中的信任策略没有其他操作；RAM 是否接受通配，文档未说明。",
    ),
    (
        "The pages on trust policies have sts:AssumeRole alone; of other actions of STS they say nothing.",
        "关于信任策略的文档只有 sts:AssumeRole；未提及 STS 的其他操作。",
    ),
    (
        "Roles are assumed by sts:AssumeRole: this lets nobody do it.",
        "扮演角色用的是 sts:AssumeRole：这样写不允许任何人扮演。",
    ),
    (
        "The trust policy names no service, the catalogue {}.",
        "信任策略未写明任何服务，目录中为 {}。",
    ),
    ("The trust policy names {}, the catalogue {}.", "信任策略写明 {}，目录中为 {}。"),
];
