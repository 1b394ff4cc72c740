//! Words of answers without a screen: explanations, checks, summaries, roles.

/// English and Chinese.
pub(super) const WORDS: &str = words![
    // What is given with a request.
    ("Decided by the trust policy of {}.", "由 {} 的信任策略决定。"),
    ("No statement asks for {}.", "没有语句用到 {}。"),
    (
        "{} is not among the actions known here; near to it: {}.",
        "{} 不在此处已知的操作之列；相近的有：{}。",
    ),
    (
        "no action is given; actions are named service:Name, such as ecs:DescribeInstances",
        "没有给出操作；操作写作 服务:名称，例如 ecs:DescribeInstances",
    ),
    (
        "the action {} has no service; actions are named service:Name, such as ecs:DescribeInstances",
        "操作 {} 没有写明服务；操作写作 服务:名称，例如 ecs:DescribeInstances",
    ),
    (
        "the action {} has no service; actions are named service:Name; near to it: {}",
        "操作 {} 没有写明服务；操作写作 服务:名称；相近的有：{}",
    ),
    // Findings of policies and files.
    ("Findings", "检查结果"),
    ("It has no statements, so it grants nothing.", "没有语句，因此不授予任何权限。"),
    ("{}: {} [{}]", "{}：{} [{}]"),
    ("{}:", "{}："),
    ("repaired: {} [{}]", "已修复：{} [{}]"),
    ("{} more findings are not listed.", "另有 {} 条检查结果没有列出。"),
    (
        "The file names roles or policies and holds no policy document.",
        "文件写明了角色或策略，但不含策略文档。",
    ),
    ("| File | Place | Severity | Rule | Message |", "| 文件 | 位置 | 级别 | 规则 | 说明 |"),
    ("{} hidden files and folders were passed over.", "忽略了 {} 个隐藏文件或文件夹。"),
    ("{} files that are not JSON were passed over", "忽略了 {} 个不是 JSON 的文件"),
    (", ..", "等"),
    ("the missing part", "缺失的部分"),
    ("● in the account, ○ not in it.", "● 账号中有，○ 账号中没有。"),
    (
        "More roles are known by name, or by name and policy: `list --product other`.",
        "另有一些角色仅知名称，或仅知名称和策略：`list --product other`。",
    ),
    (
        "*: patterns are among them, each of which counts as one.",
        "*：其中有模式，每个模式计为一个。",
    ),
    (
        "◐ the policy text is not whole: the role may touch more.",
        "◐ 策略文本不完整：该角色可能涉及更多。",
    ),
    ("{}, in force, at {}", "{}（生效版本），位于 {}"),
    ("{} (not in force)", "{}（未生效）"),
    ("(by name)", "（按名称）"),
    (
        "In a text field a key that is a character is typed; the other keys work there.",
        "在文本框中，字符键会被输入；其他按键照常有效。",
    ),
    ("only {} may assume the role", "只有 {} 可以扮演该角色"),
    ("{} may assume the role", "{} 可以扮演该角色"),
    ("the trust policy cannot be told in a line", "信任策略无法用一行说明"),
    (
        "The trust policy is {}: written in the one form of service-linked roles, for the service name of this one.",
        "信任策略（{}）：按服务关联角色的统一形式，以该角色的服务名称写成。",
    ),
    (", {} not readable", "（{} 个无法读取）"),
    ("{} in {}{}: {}, {}, {}{}.", "{1}中的 {0}{2}：{3}，{4}，{5}{6}。"),
    (
        "; {} places are no strict JSON and were repaired for reading",
        "；有 {} 处不是严格的 JSON，读取时已修正",
    ),
    ("{} policies", "{} 个策略"),
    ("{} errors", "{} 个错误"),
    ("{} warnings", "{} 个警告"),
    ("{} notes", "{} 条说明"),
    // What was left out of a file.
    ("It stands there only until the plan is applied.", "这是应用该计划之前的内容。"),
    (
        "{} place of the plan is passed over: what stands there is not in force once the plan is applied.",
        "忽略计划中的 {} 处：其内容在计划应用后不再生效。",
    ),
    (
        "{} places of the plan are passed over: what stands there is not in force once the plan is applied.",
        "忽略计划中的 {} 处：其内容在计划应用后不再生效。",
    ),
    (
        "This older copy stands beside the version in force, which is shown.",
        "这是旧版本，其旁有现行版本，已显示现行版本。",
    ),
    ("It cannot be read: {}", "无法读取：{}"),
    ("It and all that follows cannot be read: {}", "它及其后的全部内容都无法读取：{}"),
    ("There is no document in it.", "其中没有文档。"),
    ("It cannot be read.", "无法读取。"),
    ("It and all that follows cannot be read.", "它及其后的全部内容都无法读取。"),
    (
        "The text that stands where a policy belongs is none; give the policy as JSON, as RAM answers it.",
        "应为策略的位置上的文本不是策略；请给出 RAM 返回的 JSON 格式的策略。",
    ),
    (
        "What looks like a policy stands here among other text or is no JSON, and was not read. Give it as JSON in a file of its own.",
        "此处有疑似策略的内容，夹在其他文本中或不是 JSON，没有读取。请把它以 JSON 格式放在单独的文件中。",
    ),
    ("It stands in a comment, which is passed over.", "它在注释中，注释会被忽略。"),
    (
        "It is a copy that a tool keeps beside what is in force, which is shown.",
        "这是工具保留的副本，其旁有生效的内容，已显示生效的内容。",
    ),
    (
        "Only one of these policies holds, and a condition tells which; each of them is shown. Give the one that holds, as RAM answers it.",
        "这些策略中只有一个生效，由条件决定是哪一个；已逐一显示。请给出 RAM 返回的生效的那一个。",
    ),
    (
        "The policy is an expression of the template and not known before it is filled in; give the policy as RAM answers it.",
        "此策略是模板中的表达式，填写之前无法得知；请给出 RAM 返回的策略。",
    ),
    (
        "The policy is known only when the plan is applied; the state has it then.",
        "此策略在计划应用后才能得知；届时状态文件中有其内容。",
    ),
    (
        "The policy is an expression of Terraform's language, which is not read here: `terraform show -json` and the state have it filled in.",
        "此策略是 Terraform 语言的表达式，此处不读取：`terraform show -json` 的输出和状态文件中有求值后的内容。",
    ),
    (
        "It is packed into strings more than three times and was not opened.",
        "它被多次装入字符串（超过三层），没有打开。",
    ),
    // What was repaired in a text.
    ("The byte-order mark at the beginning was passed over.", "忽略了开头的字节顺序标记。"),
    ("A comment was passed over: JSON has none.", "忽略了注释：JSON 没有注释。"),
    ("A comma before the closing bracket was passed over.", "忽略了右括号前的逗号。"),
    ("A comma with no element before it was passed over.", "忽略了前面没有元素的逗号。"),
    (
        "A comma between two elements is missing and was taken as written.",
        "两个元素之间缺少逗号，视为已写。",
    ),
    (
        "A no-break or other special space was read as a space.",
        "不间断空格等特殊空格按普通空格读取。",
    ),
    (
        "A backslash before a punctuation mark, as Markdown writes it, was passed over.",
        "忽略了标点前的反斜杠（Markdown 写法）。",
    ),
    (
        "Text cut from inside a JSON string was read with its escapes taken away.",
        "文本取自 JSON 字符串内部，去掉转义后读取。",
    ),
    (
        "A backslash that begins no JSON escape was kept as a backslash.",
        "不构成 JSON 转义的反斜杠按反斜杠保留。",
    ),
    (
        "A raw line break or control character inside a string was kept.",
        "保留了字符串中的换行或控制字符。",
    ),
    (
        "Half of a surrogate pair was read as the replacement character U+FFFD.",
        "半个代理对按替换字符 U+FFFD 读取。",
    ),
    ("Typographic quotation marks were read as straight ones.", "弯引号按直引号读取。"),
    ("Single quotation marks were read as double ones.", "单引号按双引号读取。"),
    ("A full-width punctuation mark was read as the ordinary one.", "全角标点按半角标点读取。"),
    ("A Markdown code fence was passed over.", "忽略了 Markdown 代码围栏。"),
    (
        "A number that JSON writes otherwise was read as it stands.",
        "不合 JSON 写法的数字按原样读取。",
    ),
    (
        "A word such as True or None was read as the JSON word.",
        "True、None 等单词按对应的 JSON 单词读取。",
    ),
    ("A key without quotation marks was read as a key.", "没有引号的键按键读取。"),
    (
        "An expression of Terraform's language was read as a value that is not known.",
        "Terraform 语言的表达式按未知的值读取。",
    ),
    // Summaries.
    ("It grants nothing here.", "在此不授予任何权限。"),
    ("Statements that cannot be read", "无法读取的语句"),
    ("Statements that match nothing", "不匹配任何请求的语句"),
    ("actions of other services on its resources", "其他服务对其资源的操作"),
    ("denied: ", "拒绝："),
    ("  (level by its name)", "  （级别由名称推断）"),
    ("policy for RAM users · rolescope policy {}", "供 RAM 用户使用的策略 · rolescope policy {}"),
    ("  (level set by hand)", "  （级别由人工设定）"),
    (
        "{} is an operation of the API; RAM authorizes it by {}.",
        "{} 是 API 的操作名称；RAM 以 {} 授权。",
    ),
    ("elsewhere without a limit", "另有不受限的授权"),
    ("; ", "；"),
    ("all but ", "除此之外："),
    ("{}{} ({})", "{}{}（{}）"),
    ("{} ({} denied)", "{}（拒绝 {}）"),
    // Names that files of people's own do not have.
    (
        "no role of the catalogue is called `{}`, and nothing in these files; {}",
        "目录中没有名为 `{}` 的角色，这些文件中也没有；{}",
    ),
    (
        "`rolescope list` with the same --policies prints what is in these files",
        "`rolescope list` 加上相同的 --policies 会列出这些文件中的内容",
    ),
    (
        "{} is a policy for RAM users and no role; `rolescope show {}` tells of it",
        "{} 是供 RAM 用户使用的策略而不是角色；`rolescope show {}` 会给出说明",
    ),
    (
        "{} is a policy document and no role: it has no trust policy",
        "{} 是策略文档而不是角色：没有信任策略",
    ),
    // A role.
    ("Product", "产品"),
    ("Folder", "文件夹"),
    ("File", "文件"),
    ("Feature", "功能"),
    ("Purpose", "用途"),
    ("Creation", "创建时机"),
    ("Service name", "服务名称"),
    ("Updated", "更新时间"),
    ("Source", "来源"),
    ("Touches", "涉及服务"),
    ("Denies actions of", "拒绝其操作的服务"),
    ("The policy text is not whole", "策略文本不完整"),
    ("The true text: {}", "原文：{}"),
    ("What stops without it", "删除后的影响"),
];
