//! What a key press of Find costs among 10,000 roles and 1,000,000 actions: `cargo bench --bench search`.
//!
//! Goals on two cores: a million loaded in 150 ms, e c s and three times Backspace in 16 ms (median) and 33 ms (95 of
//! 100); ten thousand in 2 ms. The data is made here, the same each time.
#![allow(clippy::print_stdout, clippy::cast_precision_loss, missing_docs)]

use std::collections::HashSet;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use rolescope::catalog::model::RoleId;
use rolescope::catalog::search::{Corpus, Finder, Kind, Target};

const SERVICES: &[&str] = &[
    "ecs",
    "vpc",
    "slb",
    "rds",
    "oss",
    "ram",
    "sts",
    "kms",
    "log",
    "cms",
    "cs",
    "cr",
    "fc",
    "mns",
    "ots",
    "polardb",
    "alikafka",
    "amqp",
    "arms",
    "cdn",
    "dns",
    "eci",
    "emr",
    "ess",
    "hbr",
    "live",
    "mse",
    "nas",
    "privatelink",
    "redis",
    "ros",
    "rocketmq",
    "sae",
    "tag",
    "waf",
    "cen",
    "config",
    "dms",
    "dts",
    "eventbridge",
];
const VERBS: &[&str] = &[
    "Create", "Delete", "Describe", "List", "Get", "Update", "Modify", "Attach", "Detach", "Start",
    "Stop", "Tag", "Add", "Remove", "Enable", "Disable", "Bind", "Put", "Copy", "Run", "Release",
    "Set",
];
const NOUNS: &[&str] = &[
    "Instance",
    "SecurityGroup",
    "Disk",
    "Snapshot",
    "Image",
    "VSwitch",
    "Vpc",
    "RouteTable",
    "Listener",
    "Bucket",
    "Object",
    "Policy",
    "Role",
    "User",
    "AccessKey",
    "Secret",
    "Project",
    "Logstore",
    "Topic",
    "Queue",
    "Cluster",
    "Node",
    "Function",
    "Trigger",
    "Domain",
    "Record",
    "Alarm",
    "Metric",
    "Stack",
    "Task",
    "Endpoint",
    "Connection",
    "Backup",
    "Database",
    "Quota",
    "Region",
    "Status",
    "Monitor",
    "Event",
    "Schedule",
];

/// A small generator of numbers, so that the data is the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.below(words.len())).copied().unwrap_or("")
    }
}

/// Distinct action names, one a line.
fn actions(count: usize) -> String {
    let mut numbers = Numbers(42);
    let mut seen = HashSet::new();
    let mut text = String::new();
    while seen.len() < count {
        let mut name =
            format!("{}:{}{}", numbers.pick(SERVICES), numbers.pick(VERBS), numbers.pick(NOUNS));
        while numbers.below(4) == 0 || seen.contains(&name) {
            name.push_str(numbers.pick(NOUNS));
        }
        let _ = writeln!(text, "{name}");
        seen.insert(name);
    }
    text
}

/// Role names, some of services, some of people.
fn roles(count: usize) -> Vec<String> {
    let mut numbers = Numbers(7);
    (0..count)
        .map(|number| {
            let (service, noun) = (numbers.pick(SERVICES), numbers.pick(NOUNS));
            match numbers.below(3) {
                0 => format!("prod-{service}-{noun}-role-{number}"),
                1 => format!("Aliyun{}DefaultRole{noun}{number}", service.to_uppercase()),
                _ => format!("AliyunServiceRoleFor{service}{noun}{number}"),
            }
        })
        .collect()
}

fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    let at = times.len().saturating_sub(1) * percent / 100;
    times.get(at).map_or(0.0, Duration::as_secs_f64) * 1000.0
}

/// Types the queries again and again with a fresh finder, and prints each step.
fn measure(name: &str, corpus: &Corpus, steps: &[&str], rounds: usize) {
    let mut each: Vec<Vec<Duration>> = vec![Vec::new(); steps.len()];
    for _ in 0..rounds {
        let mut finder = Finder::new();
        for (typed, times) in steps.iter().zip(&mut each) {
            let start = Instant::now();
            black_box(finder.set_query(corpus, typed));
            times.push(start.elapsed());
        }
    }
    let mut all: Vec<Duration> = each.iter().flatten().copied().collect();
    println!(
        "{name}: p50 {:.2} ms, p95 {:.2} ms over all keys",
        percentile(&mut all, 50),
        percentile(&mut all, 95)
    );
    let mut finder = Finder::new();
    for (typed, times) in steps.iter().zip(&mut each) {
        let count = finder.set_query(corpus, typed).counts.total();
        println!(
            "  {typed:>10}  least {:6.2} ms  p50 {:6.2} ms  p95 {:6.2} ms  {count:>7} hits",
            percentile(times, 0),
            percentile(times, 50),
            percentile(times, 95)
        );
    }
}

/// Kilobytes of this process in memory, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn main() {
    let keys = ["e", "ec", "ecs", "ec", "e", ""];
    let mut few = Corpus::new();
    for name in roles(10_000) {
        few.push(Kind::Role, &[&name], &[], Target::Role(RoleId(name.to_lowercase().into())));
    }
    measure("10,000 roles, e c s and back", &few, &keys, 200);
    measure("10,000 roles, a word", &few, &["c", "cr", "cre", "func", "role", "kafka inst"], 100);
    drop(few);

    let text = actions(1_000_000);
    let mut loads = Vec::new();
    let mut many = Corpus::new();
    for _ in 0..5 {
        drop(std::mem::take(&mut many));
        let start = Instant::now();
        many.reserve(1_000_000, text.len());
        for name in text.lines() {
            many.push_action(name, &[]);
        }
        loads.push(start.elapsed());
    }
    let bytes = text.len();
    drop(text);
    println!(
        "1,000,000 actions: loaded in {:.1} ms; {} bytes of text, {:.1} MiB in all, {:.1} bytes an entry; {:?} MiB resident",
        percentile(&mut loads, 50),
        bytes,
        many.bytes() as f64 / f64::from(1 << 20),
        many.bytes() as f64 / many.len() as f64,
        resident().map(|kilobytes| kilobytes >> 10),
    );
    measure("1,000,000 actions, e c s and back", &many, &keys, 40);
    measure(
        "1,000,000 actions, typing on",
        &many,
        &["e", "ec", "ecs", "ecsc", "ecscr", "ecscre"],
        15,
    );
    for typed in ["describeinst", "di", "kms key", "rnst", "ecscreate", "zzz", "函数", "a b c d"]
    {
        measure("1,000,000 actions, pasted", &many, &[typed], 10);
    }
    println!("{:?} MiB resident at the end", resident().map(|kilobytes| kilobytes >> 10));
}
