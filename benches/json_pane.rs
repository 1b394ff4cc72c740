//! What the policy pane costs: `cargo bench --bench json_pane`, a release build, one line a figure.
//!
//! The promise: opening, moving and drawing cost the same for 4 kB and for 50 MB; colouring a screen of 60
//! lines stays under 0.6 ms with either engine; the index takes less than 1x the text in memory.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use rolescope::app::highlight::{self, Engine};
use rolescope::app::json_pane::{JsonPane, Move, Outline};
use rolescope::policy::source::Source;

/// Median time of `runs` calls.
fn time(name: &str, runs: usize, mut work: impl FnMut()) {
    let mut times: Vec<_> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let median = times.get(runs / 2).copied().unwrap_or_default();
    println!("{name:<56} {:>12.3} us", median.as_secs_f64() * 1e6);
}

/// Peak memory of the process so far, in MiB, where the system tells it.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? / 1024)
}

/// A policy of about so many bytes, on one line.
fn policy(bytes: usize) -> String {
    let mut text = String::from(r#"{"Version":"1","Statement":["#);
    let mut n = 0_usize;
    while text.len() < bytes {
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}{{"Effect":"Allow","Action":["kms:Decrypt","ecs:Describe{n}","vpc:CreateVpc","log:Post{n}"],"Resource":["acs:ecs:cn-hangzhou:{n}:instance/*","acs:kms:*:*:key/中文{n}"],"Condition":{{"StringEquals":{{"ram:ServiceName":["service{n}.aliyuncs.com"]}}}}}}"#
        );
        n += 1;
    }
    text.push_str("]}");
    text
}

/// The same over lines: by way of the pane's own layout.
fn pretty(text: &str) -> String {
    let mut pane = JsonPane::new(text);
    pane.go(Move::Last);
    pane.go(Move::First);
    let mut out = String::with_capacity(text.len() * 2);
    let mut line = 0;
    while line < pane.lines() {
        pane.go(Move::Line(line + 1));
        pane.resize(1, 400);
        for row in pane.window(1, 400) {
            out.push_str(&row.text);
            out.push('\n');
        }
        line += 1;
    }
    out
}

fn document(name: &str, text: &Source) {
    println!("-- {name}: {} bytes", text.len());
    time("open (64 kB indexed) and first window of 60x120", 21, || {
        let pane = JsonPane::new(text.clone());
        black_box(pane.window(60, 120));
    });
    let before = peak();
    time("whole index", 3, || {
        black_box(Outline::of(text));
    });
    if let (Some(before), Some(after)) = (before, peak()) {
        println!("{:<56} {:>12} MiB", "peak memory more than before", after - before);
    }
    let mut pane = JsonPane::new(text.clone());
    pane.adopt(Outline::of(text));
    pane.resize(60, 120);
    highlight::warm();
    for (place, to) in [("start", Move::First), ("end", Move::Last)] {
        pane.go(to);
        let step = if place == "start" { Move::Down(1) } else { Move::Up(1) };
        pane.colour();
        time(&format!("window 60x120 at the {place}"), 201, || {
            black_box(pane.window(60, 120));
        });
        time(&format!("line and window at the {place}"), 101, || {
            pane.go(step);
            pane.colour();
            black_box(pane.window(60, 120));
        });
        time(&format!("path and statement at the {place}"), 101, || {
            black_box((pane.path(), pane.statement()));
        });
        time(&format!("next and previous statement at the {place}"), 21, || {
            pane.go(Move::PreviousStatement);
            pane.go(Move::NextStatement);
        });
    }
    time("fold all statements", 3, || pane.fold_all());
    time("window 60x120, folded", 101, || {
        black_box(pane.window(60, 120));
    });
    time("toggle one fold among all", 21, || {
        pane.toggle_fold();
    });
    pane.unfold_all();
    pane.go(Move::First);
    time("search without a hit, whole text", 3, || {
        pane.search("nowhere:atall", 0);
    });
    pane.search("", 0);
    time("the first 500 lines with a text", 21, || {
        black_box(pane.lines_with("kms", 500));
    });
}

fn main() {
    let start = Instant::now();
    highlight::warm();
    println!(
        "{:<56} {:>12.3} us",
        "grammar, loaded and compiled",
        start.elapsed().as_secs_f64() * 1e6
    );
    let small = policy(4 * 1024);
    let small_lines: Source = pretty(&small).into();
    let screen: Vec<_> = small_lines.lines().take(60).collect();
    for engine in [Engine::Grammar, Engine::Lexer] {
        time(&format!("colour 60 lines, {engine:?}"), 201, || {
            for line in &screen {
                black_box(highlight::line(line, engine));
            }
        });
    }
    document("4 kB over lines", &small_lines);
    document("4 kB on one line", &small.into());
    let large = policy(50 << 20);
    document("50 MB on one line", &large.into());
    let large = pretty(&policy(30 << 20));
    document("50 MB over lines", &large.into());
}
