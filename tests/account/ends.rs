//! How a call of the CLI, or the list of roles, comes to its end or does not.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::aliyun::{Aliyun, SERVER_ERROR, role_name};
use super::{fails, read_back, run};
use rolescope::account::call::Call;
use rolescope::account::cli::Cli;
use rolescope::account::failure::Failure;

/// Starts something that holds the output of the CLI and outlives it, and then answers.
fn left_behind(command: &str) -> String {
    format!("{command} & echo $! > \"$here/left\"")
}

#[test]
fn an_answer_counts_though_something_holds_the_output_open() {
    let cli = Aliyun::with_roles(1);
    cli.behave("ListRoles", &left_behind("sleep 600"));
    let mut order = cli.order();
    // Neither the answer nor the trouble waits for what was left.
    order.settings.limits.time = Duration::from_secs(300);
    assert!(run(&order).0.unwrap().complete);
    cli.wait_until_gone("left");
    // What was not written to its end is no answer, whoever else has the pipe.
    cli.behave(
        "GetRole",
        &format!("{}; printf '{{\"Role\": {{'; exit 0", left_behind("sleep 600")),
    );
    std::fs::remove_file(&order.out).unwrap();
    let snapshot = run(&order).0.unwrap();
    let trouble = snapshot.roles[0].trouble.as_deref().unwrap();
    assert!(trouble.contains("something else than the JSON answer of GetRole"), "{trouble}");
    cli.wait_until_gone("left");
}

#[test]
fn what_is_written_shortly_after_the_end_is_taken() {
    let cli = Aliyun::with_roles(1);
    cli.behave("ListRoles", "(sleep 0.1; cat \"$here/page-1\") & exit 0");
    assert!(run(&cli.order()).0.unwrap().complete);
}

#[test]
#[cfg(target_os = "linux")]
fn a_process_in_a_group_of_its_own_does_not_hold_the_answer_back() {
    let cli = Aliyun::with_roles(1);
    // It is out of reach, as a daemon is.
    cli.behave("ListRoles", &left_behind("setsid sleep 600"));
    assert!(run(&cli.order()).0.unwrap().complete);
    let left = cli.said("left").parse().ok().and_then(rustix::process::Pid::from_raw).unwrap();
    rustix::process::kill_process(left, rustix::process::Signal::KILL).unwrap();
}

#[test]
fn pages_that_never_end_are_refused() {
    let marked = |marker: &str, role: &str| {
        format!(
            "printf '{{\"IsTruncated\": true, \"Marker\": \"%s\", \"Roles\": {{\"Role\": [{{\"RoleName\": \"%s\"}}]}}}}' {marker} {role}; exit 0"
        )
    };
    for (what, behaviour, pages) in [
        ("one again and again", "cat \"$here/page-1\"; exit 0".to_owned(), 2),
        (
            "two by turns",
            format!(
                "case \"$marker\" in a) marker=b ;; *) marker=a ;; esac; {}",
                marked("$marker", "r$marker")
            ),
            3,
        ),
        (
            "always another, with the same role",
            marked("m$(wc -l < \"$here/calls\" | tr -d ' ')", "same"),
            4,
        ),
    ] {
        let cli = Aliyun::with_roles(4);
        cli.behave("ListRoles", &behaviour);
        let trouble = fails(&cli.order());
        let told = format!(
            "The answers of ListRoles go on from page to page and come to no end; they were given up after {pages} pages. Run the same command again later;"
        );
        assert!(trouble.starts_with(&told), "{what}: {trouble}");
        assert_eq!(cli.calls().len(), pages, "{what}: {:?}", cli.calls());
        assert!(!cli.file("out.json").exists(), "{what}");
    }
}

#[test]
fn pages_without_a_new_role_are_no_end_where_others_follow() {
    let cli = Aliyun::with_roles(4);
    // Two pages that bring nothing stand before the second one.
    let empty = |marker: &str| {
        format!(
            "echo '{{\"IsTruncated\": true, \"Marker\": \"{marker}\", \"Roles\": {{}}}}'; exit 0"
        )
    };
    cli.behave(
        "ListRoles",
        &format!(
            "case \"$marker\" in '') {} ;; x) {} ;; y) marker=1 ;; esac",
            empty("x"),
            empty("y")
        ),
    );
    let snapshot = run(&cli.order()).0.unwrap();
    assert!(snapshot.complete && snapshot.roles.len() == 4, "{snapshot:?}");
}

#[test]
fn a_list_without_an_end_leaves_what_an_earlier_run_read() {
    let cli = Aliyun::with_roles(3);
    let last = format!("[ \"$role\" = {} ]", role_name(3));
    let refused = SERVER_ERROR.replace("CODE", "Odd");
    cli.behave("GetRole", &format!("if {last}; then {refused} fi"));
    let before = run(&cli.order()).0.unwrap();
    assert!(!before.complete);
    cli.behave("ListRoles", "cat \"$here/page-1\"; exit 0");
    assert!(fails(&cli.order()).contains("come to no end"));
    assert_eq!(read_back(&cli.order()), before);
    cli.behave("ListRoles", "");
    cli.behave("GetRole", "");
    assert!(run(&cli.order()).0.unwrap().complete);
}

#[test]
#[cfg(target_os = "linux")]
fn a_call_that_ends_with_the_program_is_interrupted_and_has_not_failed() {
    // Ctrl-C may reach a process before it is in a group of its own.
    let cli = Aliyun::with_roles(1);
    cli.behave("GetRole", "echo $$ > \"$here/child\"; kill -2 $$; exit 1");
    let order = cli.order();
    let (stop, waiting) = (AtomicUsize::new(0), |_: &str, _: Duration| {});
    let asked = Cli::new(&order.settings, &stop, &waiting);
    // Nobody has stopped it before the process is at its end.
    let halted = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", cli.said("child")));
        let gone = !cli.said("child").is_empty()
            && stat.map_or(true, |stat| stat.rsplit(')').next().unwrap().trim().starts_with('Z'));
        stop.fetch_or(usize::from(gone), Ordering::SeqCst);
        gone
    };
    let name = role_name(1);
    let answer = asked.ask(&Call::GetRole { role: &name }, &halted);
    assert_eq!(answer, Err(Failure::Interrupted));
}
