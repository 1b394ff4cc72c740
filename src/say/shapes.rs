//! Findings about names that are put together otherwise than the grammar has it and about conditions that do not ask
//! what they seem to.

/// English and Chinese.
pub(super) const WORDS: &str = words![
    (
        "What RAM makes of it is not known; it may mean everything.",
        "RAM 会如何处理并不清楚；它可能表示全部。",
    ),
    // Conditions that do not ask what they seem to.
    (
        "No request comes from an address that is written as a block.",
        "没有请求会来自一个写成地址段的地址。",
    ),
    (
        "Hardly any request comes at the very moment, written the same way.",
        "几乎没有请求会恰好在这一时刻到来且写法相同。",
    ),
    (
        "It may match no value; a request without the key meets the condition.",
        "可能没有值与其匹配；没有此键的请求满足该条件。",
    ),
    ("Denies this only where the request is encrypted.", "仅在请求加密时拒绝。"),
    (
        "Requests over HTTPS are denied; those without encryption are not.",
        "拒绝 HTTPS 请求；未加密的请求反而不被拒绝。",
    ),
    ("Allows this only where no second factor was given.", "仅在没有多因素认证时允许。"),
    (
        "Whoever logged on with a second factor does not meet the condition.",
        "经过多因素认证登录的用户反而不满足该条件。",
    ),
    ("No request meets both {} and {} on {}.", "没有请求能同时满足针对 {2} 的 {0} 和 {1}。"),
    ("The statement denies nothing.", "该语句不拒绝任何请求。"),
    ("The statement allows nothing.", "该语句不允许任何请求。"),
    // Names that are put together otherwise.
    ("\"{}\" joins several actions by commas.", "“{}”用逗号连接了多个操作。"),
    (
        "It is taken as one name, which no action has: each action stands as a string of its own in the list.",
        "它会被当作一个名称，而没有操作叫这个名称：列表中每个操作应是单独的字符串。",
    ),
    ("\"{}\" begins as the name of a resource does.", "“{}”的开头像资源名称。"),
    (
        "It matches no action: one is written service:Name.",
        "它不匹配任何操作：操作写作“服务:名称”。",
    ),
    ("\"{}\" has a colon too many.", "“{}”多了一个冒号。"),
    (
        "No action is known to have two; read as it stands it matches none.",
        "目前所知没有操作含两个冒号；按原样理解，它不匹配任何操作。",
    ),
    ("\"{}\" has acs twice.", "“{}”中 acs 出现了两次。"),
    (
        "What follows the fourth colon is the name of the resource: none is known to begin so.",
        "第四个冒号之后是资源的名称：目前所知没有名称这样开头。",
    ),
    (
        "\"{}\" has none of the types of resources that ECS documents; {} is one. Is that meant?",
        "“{}”不属于 ECS 文档列出的资源类型；{} 是其中之一。是否指它？",
    ),
    (
        "\"{}\" has none of the types of resources that ECS documents.",
        "“{}”不属于 ECS 文档列出的资源类型。",
    ),
    (
        "A resource of ECS is written type/id, such as instance/i-1; of another type it matches nothing.",
        "ECS 的资源写作“类型/ID”，例如 instance/i-1；其他类型不匹配任何资源。",
    ),
    ("\"{}\" has a letter in it that is not one of a to z.", "“{}”中有 a 到 z 以外的文字。"),
    ("\"{}\" has a character in it that nobody sees.", "“{}”中有看不见的字符。"),
    ("\"{}\" has a blank in it: {} cannot read it.", "“{}”中有空白：{} 无法读取。"),
    ("\"{}\" has a blank before or behind it.", "“{}”的前面或后面有空白。"),
    (
        "It is read without blanks here; whether RAM reads past them is not documented.",
        "此处按没有空白读取；RAM 是否会忽略空白，文档未说明。",
    ),
    (
        "The * or ? stands for itself, so this value excepts hardly any request.",
        "其中的 * 或 ? 只代表其自身，因此这个值几乎排除不了任何请求。",
    ),
    (
        "The * or ? stands for itself, so nearly every request meets the condition: the Deny spares hardly anybody.",
        "其中的 * 或 ? 只代表其自身，因此几乎所有请求都满足条件：该 Deny 几乎会拒绝所有人。",
    ),
    (
        "The * or ? stands for itself, so nearly every request meets the condition: it limits hardly anything.",
        "其中的 * 或 ? 只代表其自身，因此几乎所有请求都满足条件：该条件几乎不起限制作用。",
    ),
    (
        "No request comes from an address that is written as a block, so this value excepts none.",
        "没有请求的来源地址会写成地址段，因此这个值排除不了任何请求。",
    ),
    (
        "Hardly any request comes at the very moment, written the same way, so this value excepts hardly any.",
        "几乎没有请求恰好在该时刻发出且写法相同，因此这个值几乎排除不了任何请求。",
    ),
    ("A condition key that only lists of objects carry", "只有列举对象的请求才带有的条件键"),
    (
        "OSS, authorization syntax: oss:Prefix and oss:Delimiter are parameters of requests that list objects",
        "OSS 授权语法：oss:Prefix 和 oss:Delimiter 是列举对象请求的参数",
    ),
    (
        "Limit the resource instead, such as acs:oss:*:*:bucket/folder/*.",
        "请改为限定资源，例如 acs:oss:*:*:bucket/folder/*。",
    ),
    ("No request of {} carries {}.", "{} 的请求都不带 {}。"),
    (
        "The key is one of requests that list objects: here the condition is never met, and nothing of this is allowed.",
        "该条件键只出现在列举对象的请求中：此处条件永不满足，不会允许其中任何操作。",
    ),
    (
        "The key is one of requests that list objects: here the condition is never met, and nothing of this is denied.",
        "该条件键只出现在列举对象的请求中：此处条件永不满足，不会拒绝其中任何操作。",
    ),
    (
        "The key is one of requests that list objects: here the condition is always met, and limits nothing.",
        "该条件键只出现在列举对象的请求中：此处条件总是满足，不起限制作用。",
    ),
    (
        "The key is one of requests that list objects: here the condition is always met, and all of this is denied.",
        "该条件键只出现在列举对象的请求中：此处条件总是满足，这些操作全部被拒绝。",
    ),
    (
        "{} is no service code that is known here; what goes by that name has the code {}. Is that meant?",
        "此处不知道服务代码 {}；叫此名称的服务，其代码是 {}。是指它吗？",
    ),
    (
        "Actions of a service that there is not match nothing. Not every service is known here, so it may be right.",
        "不存在的服务的操作不匹配任何请求。此处并非知道所有服务，因此也可能是对的。",
    ),
    ("\"{}\" has a region where the service belongs.", "“{}”在应写服务的位置写了地域。"),
    (
        "A resource is written acs:service:region:account:relative-id; no service has the name of a region, so it matches none.",
        "资源写作 acs:服务:地域:账号:相对标识；没有服务以地域命名，因此它不匹配任何资源。",
    ),
    (
        "The action is checked against the role, acs:ram::<account>:role/<name>: no request is about what stands here.",
        "该操作按角色鉴权，即 acs:ram::<account>:role/<name>；没有请求会涉及此处所写的资源。",
    ),
];
