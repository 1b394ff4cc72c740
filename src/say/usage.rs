//! Words of help.

/// English and Chinese.
pub(super) const WORDS: &str = words![
    // What clap says.
    ("Usage:", "用法："),
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("Possible values:", "可选值："),
    ("Print help (see a summary with '-h')", "显示帮助（'-h' 显示摘要）"),
    ("Print help (see more with '--help')", "显示帮助（'--help' 显示详情）"),
    ("Print help", "显示帮助"),
    ("[possible values: ", "[可选值："),
    ("[default: ", "[默认值："),
    // What was typed wrongly.
    ("`rolescope --help` tells the use", "`rolescope --help` 说明用法"),
    ("`rolescope {} --help` tells the use", "`rolescope {} --help` 说明用法"),
    ("`{}` needs one of its own commands: {}", "`{}` 需要它自己的一个命令：{}"),
    (
        "it stands before the command: `rolescope --{} ... {}`",
        "它应写在命令之前：`rolescope --{} ... {}`",
    ),
    (
        "{}; it is a folder too: `--policies {}` asks about the policies there",
        "{}；它也是文件夹：`--policies {}` 询问其中的策略",
    ),
    (
        "{}; `rolescope matrix` names those that roles touch",
        "{}；`rolescope matrix` 会列出各角色涉及的服务",
    ),
    // The program.
    (
        "Explains Alibaba Cloud service-linked roles: what they may do, and what blocks their deletion",
        "解释阿里云服务关联角色：它们能做什么，以及什么会阻止删除它们",
    ),
    (
        "Explains Alibaba Cloud service-linked roles: what they may do, and what blocks their deletion.\n\nWithout a command it opens the screen. Each command answers one question as text, Markdown or JSON.",
        "解释阿里云服务关联角色：它们能做什么，以及什么会阻止删除它们。\n\n不带命令则打开屏幕。每个命令以文本、Markdown 或 JSON 回答一个问题。",
    ),
    (
        "Exit status: 0 yes or fine; 1 no (denied, errors found, nobody, a difference); 2 wrong use or unreadable input. `account snapshot`: 0 all was read, 1 something was not, 2 no file, 129, 130, 131 or 143 stopped by a signal.",
        "退出状态：0 是或正常；1 否（拒绝、有错误、没有符合者、有差异）；2 用法错误或输入无法读取。`account snapshot`：0 全部已读取，1 有未读取的内容，2 没有文件，129、130、131 或 143 被信号停止。",
    ),
    (
        "Exit status: 0 a role can, or could under a condition (where `can` ends with 1: its answer depends); 1 nobody can; 2 wrong use.",
        "退出状态：0 有角色可以，或在条件下可以（此时 `can` 以 1 结束：取决于条件）；1 没有；2 用法错误。",
    ),
    (
        "Exit status: 0 allow; 1 denied, or the answer depends on what was not given (where `who-can` ends with 0: a role could); 2 wrong use or unreadable input.",
        "退出状态：0 允许；1 拒绝，或取决于未给出的内容（此时 `who-can` 以 0 结束：在条件下可以）；2 用法错误或输入无法读取。",
    ),
    (
        "Exit status: 0 no errors; 1 errors, one of them a given file that cannot be read; 2 wrong use, or nothing that was given could be read.",
        "退出状态：0 没有错误；1 有错误，包括给出的文件无法读取；2 用法错误，或给出的内容都无法读取。",
    ),
    (
        "Files and folders with policies, or answers of the RAM API, to explore; `-` is standard input",
        "要浏览的文件和文件夹，内含策略或 RAM API 的返回结果；`-` 为标准输入",
    ),
    ("Colours of the screen", "屏幕配色"),
    ("Language of texts", "文本的语言"),
    ("English", "英文"),
    ("Simplified Chinese", "简体中文"),
    ("Leaves the mouse to the terminal", "把鼠标留给终端"),
    (
        "For showing others: pressed keys and more space on the screen, tours that wait",
        "用于向他人演示：屏幕显示所按的键并加大间距，导览会等待",
    ),
    ("How texts are put on the clipboard", "如何把文本放入剪贴板"),
    ("By what the terminal is", "由终端决定"),
    ("Through tmux", "通过 tmux"),
    ("By the terminal's own sequence", "用终端自身的序列"),
    ("By a clipboard program", "用剪贴板程序"),
    ("Not at all", "不复制"),
    (
        "Begins at the first product, not where the last run was left",
        "从第一个产品开始，而不是上次离开的位置",
    ),
    (
        "Prints the roles and the commands instead of opening the screen, for screen readers",
        "打印角色和命令而不打开屏幕，供读屏软件使用",
    ),
    ("Short for --format json", "--format json 的简写"),
    ("How the answer is written", "回答的格式"),
    ("One JSON value; for check one a line", "一个 JSON 值；check 每行一个"),
    ("Aligned lines for people", "供人阅读的对齐文本"),
    ("Markdown for a ticket", "用于工单的 Markdown"),
    ("One HTML file (only `export`)", "一个 HTML 文件（仅 `export`）"),
    ("A graph for Graphviz (only `export`)", "Graphviz 图（仅 `export`）"),
    ("A graph for Mermaid (only `export`)", "Mermaid 图（仅 `export`）"),
    (
        "A catalogue of your own: a folder of catalogue files, merged over the built-in one",
        "您自己的目录：目录文件所在的文件夹，合并到内置目录之上",
    ),
    (
        "Policies of your own to ask about instead of the catalogue's roles: a file, a folder, or `-` for standard input",
        "要查询的自有策略，取代目录中的角色：文件、文件夹，或 `-` 表示标准输入",
    ),
    (
        "A snapshot of your account to lay over the catalogue; see `account snapshot`",
        "叠加在目录之上的账号快照；见 `account snapshot`",
    ),
    ("The config file, instead of the usual one", "配置文件，取代通常的那个"),
    ("Reads no config file", "不读取配置文件"),
    ("Prints the version and the date of the catalogue", "打印版本和目录日期"),
    // The commands.
    ("Lists the roles, one a line", "列出角色，每行一个"),
    ("Only roles that touch this service (code or name)", "只列出涉及此服务的角色（代码或名称）"),
    ("Only roles of this product (id or name)", "只列出此产品的角色（id 或名称）"),
    ("Tells all that is known of a role", "说明一个角色的全部已知信息"),
    ("Full or short name, in any case", "全名或简称，不分大小写"),
    ("Prints a policy", "打印策略"),
    ("Name of a role, or a file (`-` for standard input)", "角色名或文件（`-` 为标准输入）"),
    ("Without blanks between the parts", "各部分之间不留空白"),
    ("The policy that says who may assume the role", "说明谁可以扮演角色的策略"),
    ("Only this statement, counted from 1", "只打印此语句，从 1 数起"),
    ("Puts it on the clipboard instead", "改为放入剪贴板"),
    ("Tells what a policy grants, by service and access level", "按服务和访问级别说明策略授予什么"),
    ("Only this service (code or name)", "只说明此服务（代码或名称）"),
    (
        "Sets roles against services: the highest access level and the number of actions",
        "角色与服务对照：最高访问级别和操作数",
    ),
    (
        "Only this service (code or name), and the roles that touch it",
        "只包括此服务（代码或名称）以及涉及它的角色",
    ),
    (
        "Says each statement in a sentence, and what is remarkable",
        "逐条用一句话说明语句，并指出值得注意之处",
    ),
    ("Tells what has to go before a role can be deleted", "说明删除角色之前必须先移除什么"),
    ("Name of a role or a product", "角色或产品的名称"),
    (
        "The answer of `GetServiceLinkedRoleDeletionStatus` (`-` for standard input)",
        "`GetServiceLinkedRoleDeletionStatus` 的返回结果（`-` 为标准输入）",
    ),
    ("Tells which roles can do something", "说明哪些角色能做某事"),
    (
        "An action, a pattern such as `ecs:*SecurityGroup*`, a service, or plain words such as decrypt",
        "操作、模式（例如 `ecs:*SecurityGroup*`）、服务，或普通单词（例如 decrypt）",
    ),
    ("Only on this resource", "只针对此资源"),
    ("A context key and its value; may be repeated", "条件键及其值；可重复"),
    ("Decides whether a role or policies allow a request", "判断角色或策略是否允许某个请求"),
    ("Name of a role", "角色名"),
    (
        "Policy files that decide together (`-` for standard input)",
        "共同决定的策略文件（`-` 为标准输入）",
    ),
    ("The action, such as `ecs:DescribeInstances`", "操作，例如 `ecs:DescribeInstances`"),
    (
        "The resource by its full name; without it only statements on every resource match",
        "资源的完整名称；不写则只有针对所有资源的语句匹配",
    ),
    (
        "A context key and its value; may be repeated, also for one key",
        "条件键及其值；可重复，同一个键也可重复",
    ),
    (
        "Who asks, for policies that name principals: a service or an ARN",
        "请求者，用于写明授权主体的策略：服务或 ARN",
    ),
    (
        "Takes what is not given as unknown instead of absent",
        "把没有给出的内容视为未知，而不是不存在",
    ),
    ("Compares two roles or policies by meaning", "按含义对比两个角色或策略"),
    ("Name of a role, or a file", "角色名或文件"),
    ("Name of another role, or a file", "另一个角色名或文件"),
    ("Finds products, roles, services and actions", "查找产品、角色、服务和操作"),
    ("Letters of what is sought, in order", "所查内容的字母，按顺序"),
    ("Reads and checks policy files", "读取并检查策略文件"),
    ("Files and folders (`-` for standard input)", "文件和文件夹（`-` 为标准输入）"),
    ("Prints the policy that lets a RAM user create roles", "打印允许 RAM 用户创建角色的策略"),
    ("Names of roles and products", "角色名和产品名"),
    (
        "Writes a reference page of roles, or a graph of what hangs on what, for a team's wiki",
        "为团队 wiki 写出角色参考页，或依赖关系图",
    ),
    (
        "Formats: markdown (the default), html, dot, mermaid. For example `rolescope export --format html > roles.html` or `rolescope export -f dot product:alikafka | dot -Tsvg > roles.svg`.",
        "格式：markdown（默认）、html、dot、mermaid。例如 `rolescope export --format html > roles.html` 或 `rolescope export -f dot product:alikafka | dot -Tsvg > roles.svg`。",
    ),
    (
        "Names of roles and products; every product if none is given",
        "角色和产品的名称；不写则为全部产品",
    ),
    (
        "Reads roles from your own account through the `aliyun` CLI",
        "通过 `aliyun` CLI 从您自己的账号读取角色",
    ),
    (
        "Writes what your account says of its service-linked roles into a file",
        "把您的账号中服务关联角色的信息写入文件",
    ),
    (
        "Writes what your account says of its service-linked roles into a file\n\nRuns the `aliyun` CLI with your own configuration, for four calls that only read: `ListRoles`, `GetRole`, `ListPoliciesForRole`, `GetPolicy`. The system policy `AliyunRAMReadOnlyAccess` allows them. Stopped or failed, it keeps what it has; the same command goes on from there. Open the file with `rolescope --snapshot FILE`.",
        "把您的账号中服务关联角色的信息写入文件\n\n以您自己的配置运行 `aliyun` CLI，只用四个读取调用：`ListRoles`、`GetRole`、`ListPoliciesForRole`、`GetPolicy`。系统策略 `AliyunRAMReadOnlyAccess` 允许这些调用。停止或失败时会保留已读取的内容，同一命令从那里继续。用 `rolescope --snapshot FILE` 打开此文件。",
    ),
    ("Profile of the `aliyun` CLI", "`aliyun` CLI 的配置"),
    ("Region for the `aliyun` CLI", "`aliyun` CLI 的地域"),
    (
        "File to write, `rolescope-account.json` if not given (with the profile in its name)",
        "要写入的文件，不写则为 `rolescope-account.json`（名称中带配置名）",
    ),
    ("Reads every role, not only service-linked ones", "读取所有角色，不只是服务关联角色"),
    ("Seconds that one call may take", "一次调用最多可用的秒数"),
    (
        "Prints the settings in force, each with where it comes from",
        "打印生效的设置，以及各自的来源",
    ),
    (
        "Prints the keys of every command, and which of them clash",
        "打印每个命令的按键，以及其中的冲突",
    ),
    (
        "Shows a guided tour on the screen, prints one, or lists them",
        "在屏幕上进行导览，打印导览，或列出导览",
    ),
    ("Name of a tour; without it they are listed", "导览的名称；不写则列出"),
    ("Prints it as Markdown instead of showing it", "打印为 Markdown，而不在屏幕上进行"),
    ("Prints completions for a shell", "打印 shell 的补全脚本"),
    ("The shell", "shell 的名称"),
    ("Prints the manual page", "打印手册页"),
];
