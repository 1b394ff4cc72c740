//! The policy pane under any keys and any text: not JSON, broken, deep, long, hostile.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use proptest::prelude::*;
use rolescope::app::json_pane::{JsonPane, Move};
use rolescope::policy::source::Span;

const POLICY: &str = r#"{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "kms:Encrypt",
        "ecs:CreateInstance"
      ],
      "Resource": [ "*" ],
      "Condition": { "StringEquals": { "kms:tag/acs:alikafka": "中文" } }
    },
    { "Effect": "Deny", "NotAction": "ots:*" }
  ]
}
"#;

/// The policy on one line, without blanks between tokens.
fn compact() -> String {
    let value: serde_json::Value = serde_json::from_str(POLICY).unwrap();
    value.to_string()
}

/// The line that the cursor is on, from 1.
fn line_of_cursor(pane: &JsonPane) -> usize {
    pane.window(500, 80).iter().find(|row| row.is_cursor).map_or(0, |row| row.line)
}

/// Everything that must hold in any state.
fn check(pane: &JsonPane, height: usize, width: usize) -> Result<(), TestCaseError> {
    let window = pane.window(height, width);
    if height > 0 {
        prop_assert_eq!(window.iter().filter(|row| row.is_cursor).count(), 1);
    }
    prop_assert!(window.len() <= height);
    let mut last = 0;
    for row in &window {
        prop_assert!(row.line > last && row.line <= pane.lines());
        last = row.line;
        let text = &row.text;
        prop_assert!(rolescope::text::width(text) <= width, "{text:?} in {width}");
        prop_assert!(!text.chars().chain(row.tail.chars()).any(char::is_control));
        let mut at = 0;
        for (range, _) in &row.classes {
            prop_assert_eq!(range.start, at);
            prop_assert!(text.get(range.clone()).is_some());
            at = range.end;
        }
        prop_assert_eq!(at, text.len());
        for range in &row.hits {
            prop_assert!(text.get(range.clone()).is_some());
        }
    }
    Ok(())
}

fn some_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(POLICY.to_owned()),
        Just(compact()),
        r#"[\[\]{}",:a1 \n\\/*中]{0,60}"#,
        r#"[\[{][\[\]{}",:a1 \\]{0,60}"#,
        "\\PC{0,40}",
        prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
    ]
}

fn act(pane: &mut JsonPane, action: u8, n: usize, size: &mut (usize, usize)) {
    use Move as M;
    let moves = [
        M::Up(n),
        M::Down(n),
        M::PageUp,
        M::PageDown,
        M::HalfUp,
        M::HalfDown,
        M::First,
        M::Last,
        M::Line(n),
        M::ScreenRow(n),
        M::NextStatement,
        M::PreviousStatement,
        M::Left(n),
        M::Right(n),
        M::LineStart,
    ];
    match usize::from(action) {
        0 => drop(pane.toggle_fold()),
        1 => drop(pane.fold()),
        2 => pane.fold_all(),
        3 => pane.unfold_all(),
        4 => pane.reveal(Span::new(n, n + 3)),
        5 => pane.mark(vec![Span::new(n, n + 9), Span::new(2, 4)]),
        6 => pane.dim_outside(n.is_multiple_of(2)),
        7 => {
            let needle = ["a", "中", "\"", "kms"][n % 4];
            for line in pane.lines_with(needle, n % 5) {
                let marked: String =
                    line.text.chars().skip(line.marks.start).take(line.marks.len()).collect();
                assert_eq!(marked.to_lowercase(), needle);
            }
            pane.search(needle, n);
        }
        8 => drop(pane.next_hit()),
        9 => drop(pane.previous_hit()),
        10 => {
            *size = (n % 30 + 1, n % 17);
            pane.resize(size.0, size.1);
        }
        11 => pane.colour(),
        12 => drop((pane.path(), pane.statement(), pane.statement_span())),
        other => drop(pane.go(moves[other % moves.len()])),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_keys_on_any_text(text in some_text(), actions in prop::collection::vec((0u8..40, 0usize..90), 0..40)) {
        let mut pane = JsonPane::new(text.as_str());
        let mut size = (24, 80);
        for (action, n) in actions {
            act(&mut pane, action, n, &mut size);
            check(&pane, size.0, size.1)?;
        }
        prop_assert_eq!(&**pane.text(), text);
    }

    #[test]
    fn lines_cover_the_text_once(text in some_text()) {
        let mut pane = JsonPane::new(text.as_str());
        pane.go(Move::Last);
        let mut at = pane.span_of_line(0).start;
        for line in 0..pane.lines() {
            let span = pane.span_of_line(line);
            prop_assert_eq!(span.start, at);
            at = span.end;
            if span.start < span.end {
                for byte in [span.start, span.end - 1] {
                    pane.reveal(Span::new(byte, byte + 1));
                    prop_assert_eq!(line_of_cursor(&pane), line + 1);
                }
            }
        }
    }
}

#[test]
fn deep_and_long_texts_are_shown() {
    let deep = "[".repeat(10_000);
    let closed = format!("{deep}{}", "]".repeat(10_000));
    let lines = closed.replace('[', "[\n").replace(']', "]\n");
    let long = format!("{{\n\"a\": \"{}\"\n}}", "x".repeat(1 << 20));
    let mixed = "{]".repeat(20_000);
    let deeper = format!("{}1,2{}", "[".repeat(100_000), "]".repeat(100_000));
    let late_break = format!("[{}\n1,\n\"a\nb\"]", "1,".repeat(50_000));
    for text in [
        deep,
        closed,
        lines,
        long,
        mixed,
        deeper,
        late_break,
        "x".repeat(1 << 20),
        "中".repeat(1 << 18),
    ] {
        let mut pane = JsonPane::new(text.as_str());
        for action in 0..33 {
            act(&mut pane, action, 40, &mut (24, 80));
            pane.resize(24, 80);
            check(&pane, 24, 80).unwrap();
        }
        pane.go(Move::Last);
        pane.go(Move::Up(5000));
        let _ = pane.path();
        check(&pane, 24, 80).unwrap();
    }
}

#[test]
fn what_takes_no_room_beyond_a_narrow_edge_is_not_there() {
    // Indented beyond the one column that there is, and without a column of its own.
    for width in 0..4 {
        let mut pane = JsonPane::new("{\u{13447}");
        pane.resize(23, width);
        check(&pane, 23, width).unwrap();
    }
}
