//! The promised figures of this machine in one table: `cargo bench --bench table`.
//!
//! Every program runs in a pseudo-terminal of 120 by 40 cells and is watched from outside; starts are interleaved,
//! so that ratios hold on a busy machine. Peers (less, jless, fzf) are measured too where they are installed.
//! Words after `--` choose programs by name: `cargo bench --bench table -- rolescope less`. Nothing fails on a figure.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    missing_docs
)]

mod data;
mod floor;
mod watch;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use watch::{QUIET, Watched, milliseconds};

/// Starts of each program.
const ROUNDS: usize = 9;
/// ... and of those that end at once.
const SHORT_ROUNDS: usize = 99;
const PROGRAM: &str = env!("CARGO_BIN_EXE_rolescope");
const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";

/// A program with what tells that it is there.
struct Case {
    name: String,
    command: Vec<String>,
    ready: &'static str,
    keys: bool,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if arguments.first().is_some_and(|first| first == "floor") {
        return floor::run().expect("the floor runs");
    }
    let folder = tempfile::tempdir().expect("a folder for data");
    let files = data::write(folder.path()).expect("the data is written");
    let programs = Programs::copied(folder.path());
    let mut cases = cases(&files, &programs);
    cases.retain(|case| {
        arguments.is_empty() || arguments.iter().any(|word| case.name.contains(word.as_str()))
    });
    starts(&cases);
    keys(&cases);
    answers(&files, &programs.rolescope);
}

/// The programs of this house. They are copies, as installing makes them: what the linker wrote lies in memory in smaller
/// pieces and takes longer to start.
struct Programs {
    rolescope: String,
    floor: String,
}

impl Programs {
    fn copied(folder: &Path) -> Self {
        let copied = |from: &Path, name| {
            let to = folder.join(name);
            std::fs::copy(from, &to).expect("a program can be copied");
            to.display().to_string()
        };
        let this = std::env::current_exe().expect("this program has a path");
        Self { rolescope: copied(Path::new(PROGRAM), "rolescope"), floor: copied(&this, "floor") }
    }
}

/// The programs that are there, the floor first.
fn cases(files: &data::Files, Programs { rolescope, floor }: &Programs) -> Vec<Case> {
    let case = |name: &str, command: &[&str], ready, keys| Case {
        name: name.to_owned(),
        command: command.iter().map(|&word| word.to_owned()).collect(),
        ready,
        keys,
    };
    let [small, large, line] = [&files.small, &files.large, &files.line].map(String::as_str);
    let mut cases = vec![
        case("floor", &[floor, "floor"], "READY", true),
        case("rolescope", &[rolescope, "--fresh"], "\"Statement\"", true),
        case("rolescope, 1 MB", &[rolescope, small], "\"Statement\"", true),
        case("rolescope, 50 MB", &[rolescope, large], "\"Statement\"", true),
        case("rolescope, 50 MB on one line", &[rolescope, line], "\"Statement\"", false),
    ];
    for (name, path) in [("1 MB", small), ("50 MB", large)] {
        cases.push(case(&format!("less, {name}"), &["less", path], "Statement", true));
        cases.push(case(&format!("jless, {name}"), &["jless", path], "Statement", true));
    }
    cases.retain(|case| installed(&case.command[0]));
    cases
}

fn installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    Path::new(program).is_absolute()
        || std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

fn starts(cases: &[Case]) {
    println!("\n| program | first useful frame ms | x floor | CPU ms | memory MiB |");
    println!("|---|--:|--:|--:|--:|");
    let mut seen: Vec<[Vec<f64>; 4]> = cases.iter().map(|_| Default::default()).collect();
    for round in 0..ROUNDS {
        let mut floor = None;
        for at in 0..cases.len() {
            // The floor first, as what the others are held against; those in changing order.
            let at = if at == 0 { 0 } else { 1 + (at - 1 + round) % (cases.len() - 1) };
            let mut run = Watched::start(&cases[at].command);
            let Some(shown) = run.shows(cases[at].ready) else {
                println!("| {} | shows nothing:\n{} |", cases[at].name, run.text());
                continue;
            };
            let taken = run.taken();
            let floor = *floor.get_or_insert(shown);
            run.settle(Duration::from_millis(150));
            let row = [shown, shown / floor, taken.cpu, run.taken().memory];
            seen[at].iter_mut().zip(row).for_each(|(all, one)| all.push(one));
        }
    }
    for (case, [shown, ratio, cpu, memory]) in cases.iter().zip(&mut seen) {
        let [shown, ratio] = [median(shown), median(ratio)];
        println!(
            "| {} | {shown:.1} | {ratio:.1} | {:.1} | {:.1} |",
            case.name,
            median(cpu),
            median(memory)
        );
    }
}

fn keys(cases: &[Case]) {
    println!(
        "\n| program | keys down and up: last byte ms, median / 95 of 100 | CPU ms | bytes, median / most | 199 keys at once: ms, bytes | idle: CPU ms/s, sleeps/s, bytes |"
    );
    println!("|---|--:|--:|--:|--:|--:|");
    for case in cases.iter().filter(|case| case.keys) {
        let mut run = Watched::start(&case.command);
        if run.shows(case.ready).is_none() {
            continue;
        }
        run.rest();
        run.press(DOWN, Duration::from_millis(200));
        let before = run.taken();
        // In turn, as a short list has an end; and an odd number of them, so that the last frame differs from the first.
        let in_turn = |n| if n % 2 == 0 { UP } else { DOWN };
        let answers: Vec<_> = (0..40).map(|n| run.press(in_turn(n), QUIET)).collect();
        let after = run.taken();
        let many =
            run.press(&(0..199).map(in_turn).collect::<String>(), Duration::from_millis(100));
        let rested = run.taken();
        let (bytes, _) = run.settle(Duration::from_secs(3));
        let idle = run.taken();
        let mut last: Vec<f64> = answers.iter().map(|answer| answer.last).collect();
        let mut sizes: Vec<f64> = answers.iter().map(|answer| answer.bytes as f64).collect();
        println!(
            "| {} | {:.2} / {:.2} | {:.2} | {:.0} / {:.0} | {:.1}, {} | {:.1}, {:.1}, {bytes} |",
            case.name,
            median(&mut last),
            part(&last, 95),
            (after.cpu - before.cpu) / 40.0,
            median(&mut sizes),
            part(&sizes, 100),
            many.last,
            many.bytes,
            (idle.cpu - rested.cpu) / 3.0,
            (idle.sleeps - rested.sleeps) as f64 / 3.0,
        );
    }
}

/// What answers without a screen, from exec to exit.
fn answers(files: &data::Files, program: &str) {
    println!("\n| command | ms, median | x true |\n|---|--:|--:|");
    let many = files.many.as_str();
    let commands: [(&str, &[&str]); 4] = [
        ("true", &["true"]),
        ("rolescope list", &[program, "list"]),
        ("rolescope check, 2,000 files", &[program, "check", many]),
        ("rolescope check, 50 MB", &[program, "check", &files.large]),
    ];
    let mut times: Vec<Vec<f64>> = commands.iter().map(|_| Vec::new()).collect();
    for round in 0..SHORT_ROUNDS {
        for ((name, command), times) in commands.iter().zip(&mut times) {
            if round < ROUNDS || !name.contains("check") {
                times.push(run(command));
            }
        }
    }
    let mut floor = 1.0;
    for ((name, _), times) in commands.iter().zip(&mut times) {
        let time = median(times);
        if *name == "true" {
            floor = time;
        }
        println!("| {name} | {time:.1} | {:.1} |", time / floor);
    }
    let size = std::fs::metadata(PROGRAM).map_or(0, |about| about.len());
    println!("\nThe program has {:.2} MB.", size as f64 / 1e6);
}

fn run(command: &[&str]) -> f64 {
    let started = Instant::now();
    let status = Command::new(command[0])
        .args(&command[1..])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    // A policy with findings is no failure here.
    status.expect("the program runs");
    milliseconds(started.elapsed())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    part(values, 50)
}

/// The value that so many of a hundred do not exceed, of sorted values.
fn part(values: &[f64], percent: usize) -> f64 {
    let at = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(at).copied().unwrap_or(f64::NAN)
}
