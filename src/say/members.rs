//! Findings about principals: whom a trust policy or bucket policy lets in, with their rules. Imports nothing.

/// English and Chinese.
pub(super) const WORDS: &[(&str, &str)] = &[
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
    // Trust policies.
    ("Not a principal of a trust policy", "不是信任策略的主体"),
    (
        "Modify the trust policy of a RAM role: under RAM stand accounts, users and roles",
        "修改 RAM 角色的信任策略：RAM 下是账号、用户和角色",
    ),
    ("Name the account, or the users and roles themselves.", "请写明账号，或用户和角色本身。"),
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
];
