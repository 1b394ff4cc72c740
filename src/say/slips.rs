//! Findings about slips: placeholders of help pages, operators on keys of another type, names of APIs, signs of full width,
//! denials that reach too far.

/// English and Chinese.
pub(super) const WORDS: &str = words![
    // Denials under a negative operator.
    ("A Deny that also meets requests without the key", "不带条件键的请求也会被 Deny 命中"),
    (
        "Reasoning: a negative operator is met where its key is absent, as published examples of Object Storage Service and Function Compute have it",
        "推断：请求不带条件键时，否定运算符视为满足，对象存储 OSS 和函数计算的公开示例即如此",
    ),
    ("Deny only the actions whose requests carry the key.", "请只拒绝其请求带有该条件键的操作。"),
    ("Every request without {} is denied too.", "不带 {} 的请求也会被拒绝。"),
    (
        "A negative operator is met where the key is absent, as published examples have it: only requests that set tags carry this one, so that whatever describes, lists or changes something is denied.",
        "按公开示例，请求不带条件键时否定运算符视为满足：只有设置标签的请求带有此键，因此查询、列出或修改类请求都会被拒绝。",
    ),
    (
        "A negative operator is met where the key is absent, as published examples have it: requests that describe or list often carry no tag of a resource, and are denied then.",
        "按公开示例，请求不带条件键时否定运算符视为满足：查询和列出类请求往往不带资源标签，因而会被拒绝。",
    ),
    (
        "A negative operator is met where the key is absent, as published examples have it: only some of these actions carry the key, and the others are denied.",
        "按公开示例，请求不带条件键时否定运算符视为满足：这些操作中只有一部分带有此键，其余都会被拒绝。",
    ),
    // Placeholders of help pages.
    (
        "{} in \"{}\" is the ID of an account with a part hidden.",
        "“{1}”中的 {0} 是隐去了部分数字的账号 ID。"
    ),
    (
        "Documentation hides digits so. As it stands the stars are a pattern, and other accounts may be meant too.",
        "文档以此隐去数字。按原样理解，星号是通配符，可能也指其他账号。",
    ),
    // Operators and values.
    ("{} does not read what {} holds.", "{} 不能比较 {} 的值。"),
    (
        "The key holds an address, which IpAddress and NotIpAddress read; what RAM makes of it here is not documented.",
        "此条件键的值是 IP 地址，由 IpAddress 和 NotIpAddress 比较；RAM 在此如何处理，文档未说明。",
    ),
    (
        "The key holds a moment, which DateLessThan and the other operators of dates read; what RAM makes of it here is not documented.",
        "此条件键的值是时间，由 DateLessThan 等日期运算符比较；RAM 在此如何处理，文档未说明。",
    ),
    (
        "The key is true or false, which Bool reads; what RAM makes of it here is not documented.",
        "此条件键的值是 true 或 false，由 Bool 比较；RAM 在此如何处理，文档未说明。",
    ),
    ("{} has a blank where ISO 8601 has a T.", "{} 在 ISO 8601 应为 T 的位置上是空格。"),
    (
        "It is read as if T stood there; how RAM takes it is not documented.",
        "此处按 T 读取；RAM 如何理解，文档未说明。",
    ),
    ("{} is no date in ISO 8601.", "{} 不是 ISO 8601 格式的日期。"),
    (
        "It is taken as seconds since 1970 here; how RAM takes it is not documented.",
        "此处视为自 1970 年起的秒数；RAM 如何理解，文档未说明。",
    ),
    // Everything left out.
    ("Leaves out everything", "排除了一切"),
    (
        "Policy structure: NotAction stands for every action but the listed ones",
        "权限策略语法和结构：NotAction 表示列出的操作以外的所有操作",
    ),
    (
        "List only what is to be left out, or remove the statement.",
        "请只列出要排除的内容，或删除此语句。",
    ),
    (
        "{} leaves out everything, so the statement matches nothing.",
        "{} 排除了一切，因此该语句不匹配任何请求。",
    ),
    // Operations of the API.
    ("An operation of the API in place of its action", "以 API 名称代替了操作"),
    (
        "The table of actions on the page of the service: the action that RAM checks has another name than the operation",
        "云服务文档中的操作表：RAM 校验的操作与 API 名称不同",
    ),
    ("Write the action that RAM authorizes it by.", "请写 RAM 用来授权的操作。"),
    (
        "As an action of a policy it is not known, and is likely to match nothing.",
        "目前所知策略中没有这个操作，它很可能不匹配任何请求。",
    ),
    // What stands beside the statements.
    (
        "{} stands beside Statement and belongs inside a statement: here it is not certain to limit anything.",
        "{} 与 Statement 并列，而它应位于语句之内：在此处不一定有限制作用。",
    ),
    // Names.
    ("\"{}\" is an address and no name of a service.", "“{}”是地址，不是服务名称。"),
    ("\"{}\" has a region where the account belongs.", "“{}”在账号的位置上写了地域。"),
    (
        "\"{}\" has no ID of an account, which is a number, where it belongs.",
        "“{}”在账号的位置上不是账号 ID；账号 ID 是数字。",
    ),
    (
        "A resource is written acs:service:region:account:relative-id; no account has such an ID, so it matches none.",
        "资源写作 acs:服务:地域:账号:相对 ID；没有账号使用这样的 ID，因此不匹配任何资源。",
    ),
    ("\"{}\" has a slash before the bucket.", "“{}”在 Bucket 名称之前多了斜杠。"),
    ("\"{}\" has an address in place of the bucket.", "“{}”在 Bucket 的位置上写了地址。"),
    (
        "The relative id is bucket or bucket/object; no bucket has such a name, so it matches none.",
        "相对 ID 写作 Bucket 或 Bucket/对象；没有 Bucket 使用这样的名称，因此不匹配任何资源。",
    ),
    ("\"{}\" has an empty account.", "“{}”的账号为空。"),
    (
        "Every name of a resource on the pages of the service has an account or * there; whether an empty one stands for any is not documented.",
        "该服务文档中的资源名称在此处都有账号或 *；为空是否表示任意账号，文档未说明。",
    ),
    ("\"{}\" has a full-width {} where {} belongs.", "“{}”中有全角的 {}，应为半角的 {}。"),
    // Buckets and objects.
    ("{} on {} match nothing.", "对 {1} 的 {0} 不匹配任何请求。"),
    ("{} on {} covers no object.", "对 {1} 的 {0} 不包含任何对象。"),
    ("{} on {} covers no bucket.", "对 {1} 的 {0} 不包含 Bucket 本身。"),
    (
        "Objects are listed on the bucket: bucket/* covers its objects and not the bucket itself.",
        "列出对象是对 Bucket 的操作：bucket/* 包含其对象，不包含 Bucket 本身。",
    ),
    (
        "The statement has no Resource, which the policy of a bucket, a key or the like needs.",
        "该语句没有 Resource，而 Bucket、密钥等的策略需要它。",
    ),
    (
        "Without one only trust policies of roles are written, and these have the action sts:AssumeRole.",
        "只有角色的信任策略不写 Resource，其操作是 sts:AssumeRole。",
    ),
];
