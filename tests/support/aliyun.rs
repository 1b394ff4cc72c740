//! A stand-in for the `aliyun` CLI: a shell script in a folder of its own, with the answers beside it.
#![allow(dead_code, unreachable_pub)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::Duration;

use rolescope::account::child::Limits;
use rolescope::account::cli::{Patience, Settings};
use rolescope::account::take::Order;
use rolescope::catalog::observed::Scope;
use serde_json::{Value, json};

/// What the CLI prints when the server refuses, with `CODE` as the error code.
pub const SERVER_ERROR: &str = "printf 'ERROR: SDK.ServerError\\nErrorCode: CODE\\nRecommend: https://x.aliyun.com?q=1\\nRequestId: 1\\nMessage: told so\\n' >&2; exit 1;";

/// Reads the arguments, notes the call, behaves as told, else answers from a file. Between `+` and `-` in the log of
/// running calls it is at work.
const SCRIPT: &str = r#"#!/bin/sh
here=$(dirname "$0")
call=$2
line=
for word in "$@"; do line="$line${line:+|}$word"; done
echo "$line" >> "$here/calls"
echo "$NO_COLOR" > "$here/no_color"
role= policy= marker=
for word in "$@"; do
    case "$word" in
        --RoleName=*) role=${word#*=} ;;
        --PolicyName=*) policy=${word#*=} ;;
        --Marker=*) marker=${word#*=} ;;
    esac
done
echo "+$call" >> "$here/running"
trap 'echo "-$call" >> "$here/running"' EXIT
if [ -f "$here/behaviour-$call" ]; then . "$here/behaviour-$call"; fi
case "$call" in
    ListRoles) cat "$here/page-${marker:-1}" ;;
    GetRole) cat "$here/role-$role" ;;
    ListPoliciesForRole) cat "$here/policies-$role" ;;
    GetPolicy) cat "$here/policy-$policy" ;;
    *) echo "ERROR: '$call' is not a valid api." >&2; exit 2 ;;
esac
"#;

/// The stand-in.
pub struct Aliyun {
    folder: tempfile::TempDir,
}

/// The name of the `n`th role.
pub fn role_name(n: usize) -> String {
    format!("AliyunServiceRoleForMade{n:02}")
}

impl Aliyun {
    /// Knows so many service-linked roles, and an ordinary one at the end; two roles a page.
    pub fn with_roles(count: usize) -> Self {
        let names: Vec<String> = (1..=count).map(role_name).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Self::with_names(&names)
    }

    /// Knows these roles, and an ordinary one at the end.
    pub fn with_names(names: &[&str]) -> Self {
        let cli = Self { folder: tempfile::tempdir().unwrap() };
        let names: Vec<&str> = names.iter().copied().chain(["ECSAdmin"]).collect();
        let pages = names.len().div_ceil(2);
        for (n, page) in names.chunks(2).enumerate() {
            let roles: Vec<Value> = page.iter().map(|name| role(name)).collect();
            let mut answer = json!({"IsTruncated": n + 1 < pages, "RequestId": "1",
                "Roles": {"Role": roles}});
            if n + 1 < pages {
                answer["Marker"] = json!((n + 2).to_string());
            }
            cli.put(&format!("page-{}", n + 1), &answer);
        }
        for name in names {
            let mut whole = role(name);
            whole["AssumeRolePolicyDocument"] = json!(
                "{\"Statement\":[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":[\"made.aliyuncs.com\"]}}],\"Version\":\"1\"}"
            );
            cli.put(&format!("role-{name}"), &json!({"RequestId": "1", "Role": whole}));
            let policy = name.replace("RoleFor", "RolePolicyFor");
            cli.attach(name, &policy, "v11", "2024-05-13");
            cli.allow(&policy, "v11", "vpc:DescribeVpcs");
        }
        let program = cli.file("aliyun");
        fs::write(&program, SCRIPT).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        cli
    }

    /// What is attached to a role from now on: a policy, its version in force, and the day since when.
    pub fn attach(&self, role: &str, policy: &str, version: &str, day: &str) {
        self.put(
            &format!("policies-{role}"),
            &json!({"Policies": {"Policy": [{"PolicyName": policy, "PolicyType": "System",
                "DefaultVersion": version, "AttachDate": format!("{day}T02:00:01Z")}]}}),
        );
    }

    /// The text of a policy from now on: it allows this action.
    pub fn allow(&self, policy: &str, version: &str, action: &str) {
        let document = json!({"Version": "1",
            "Statement": [{"Effect": "Allow", "Action": [action], "Resource": "*"}]});
        self.put(
            &format!("policy-{policy}"),
            &json!({
                "Policy": {"PolicyName": policy, "PolicyType": "System", "DefaultVersion": version},
                "DefaultPolicyVersion": {"VersionId": version, "CreateDate": "2025-01-01T00:00:00Z",
                    "PolicyDocument": document.to_string()}}),
        );
    }

    fn put(&self, name: &str, answer: &Value) {
        fs::write(self.file(name), serde_json::to_string_pretty(answer).unwrap()).unwrap();
    }

    /// A file in its folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Shell commands before the answer of a call; they may exit.
    pub fn behave(&self, call: &str, commands: &str) {
        fs::write(self.file(&format!("behaviour-{call}")), format!("{commands}\n")).unwrap();
    }

    /// Fails a call so many times. Each failure makes a folder, which only one process can.
    pub fn fail_times(&self, times: usize, call: &str, failure: &str) {
        let tries: Vec<String> = (1..=times).map(|n| n.to_string()).collect();
        let tries = tries.join(" ");
        let commands = format!(
            "for n in {tries}; do if mkdir \"$here/failed-$n\" 2>/dev/null; then {failure} fi; done"
        );
        self.behave(call, &commands);
    }

    /// What it wrote into a file.
    pub fn said(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap_or_default().trim().to_owned()
    }

    /// Every call: its arguments with `|` between them.
    pub fn calls(&self) -> Vec<String> {
        self.said("calls").lines().map(str::to_owned).collect()
    }

    /// Begins to note calls anew.
    pub fn forget_calls(&self) {
        let _ = fs::remove_file(self.file("calls"));
    }

    /// How many of a call were at work at the same time.
    pub fn most_at_a_time(&self, call: &str) -> usize {
        let (mut now, mut most) = (0_usize, 0);
        for line in self.said("running").lines() {
            match line.split_at(1) {
                ("+", name) if name == call => now += 1,
                ("-", name) if name == call => now -= 1,
                _ => {}
            }
            most = most.max(now);
        }
        most
    }

    /// A snapshot of the service-linked roles into `out.json`, with little patience.
    pub fn order(&self) -> Order {
        Order {
            settings: Settings {
                program: self.file("aliyun"),
                limits: Limits { time: Duration::from_secs(60), output: 4 << 20 },
                patience: Patience {
                    first: Duration::from_millis(20),
                    longest: Duration::from_millis(40),
                    tries: 4,
                },
                ..Settings::default()
            },
            scope: Scope::ServiceLinked,
            out: self.file("out.json"),
        }
    }

    /// Waits for a file with something in it.
    pub fn wait_until_there(&self, name: &str) {
        until(&format!("{name} is not there"), || !self.said(name).is_empty());
    }

    /// Waits for a condition.
    pub fn wait_until(&self, trouble: &str, condition: impl Fn() -> bool) {
        until(&format!("{trouble}: {:?}", self.calls()), condition);
    }

    /// Waits until the process whose id is in this file is gone.
    pub fn wait_until_gone(&self, name: &str) {
        let id = self.said(name);
        assert!(!id.is_empty(), "{name} was not written");
        until(&format!("process {id} still runs"), || {
            // One that has ended and that nobody waited for yet counts as gone.
            fs::read_to_string(format!("/proc/{id}/stat"))
                .map_or(true, |stat| stat.rsplit(')').next().unwrap().trim().starts_with('Z'))
        });
    }
}

/// Waits for a condition, for at most a minute.
fn until(trouble: &str, condition: impl Fn() -> bool) {
    for _ in 0..6_000 {
        if condition() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{trouble}");
}

fn role(name: &str) -> Value {
    json!({"RoleId": "301", "RoleName": name, "Description": "made for a test",
        "Arn": format!("acs:ram::1234567890123456:role/{}", name.to_lowercase()),
        "CreateDate": "2024-05-13T02:00:00Z", "UpdateDate": "2024-05-13T02:00:00Z",
        "MaxSessionDuration": 3600})
}
