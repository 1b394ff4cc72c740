//! The policy pane as a model: rows, folds, moves, paths, marks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use rolescope::app::highlight::{self, Class, Engine};
use rolescope::app::json_pane::{FoldMark, JsonPane, Layout, Move, Outline};
use rolescope::policy::source::Span;

const POLICY: &str = r#"{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "kms:Encrypt",
        "kms:Decrypt",
        "ecs:CreateInstance"
      ],
      "Resource": "*",
      "Condition": {
        "StringEquals": {
          "kms:tag/acs:alikafka": "true"
        }
      }
    },
    {
      "Effect": "Deny",
      "NotAction": "ots:*",
      "Resource": [ "a", "b" ]
    }
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

/// The screen as text: fold mark, cursor, number, text, hint, tail.
fn screen(pane: &JsonPane, height: usize, width: usize) -> Vec<String> {
    let rows = pane.window(height, width);
    rows.iter()
        .map(|row| {
            let mark = match row.fold {
                FoldMark::None => ' ',
                FoldMark::Open => 'v',
                FoldMark::Closed => '>',
            };
            let cursor = if row.is_cursor { '*' } else { ' ' };
            let hint = row.hint.as_ref().map(|hint| format!(" … {hint} ")).unwrap_or_default();
            format!("{cursor}{mark}{} {}{hint}{}", row.line, row.text, row.tail)
        })
        .collect()
}

#[test]
fn a_folded_policy_reads_as_its_statements() {
    let mut pane = JsonPane::new(POLICY);
    pane.fold_all();
    let expected = [
        "*v1 {",
        r#"  2   "Version": "1","#,
        r#" v3   "Statement": ["#,
        " >4     { … Allow, 3 actions, kms, ecs, conditioned },",
        " >18     { … Deny, all but 1 pattern, ots }",
        "  23   ]",
        "  24 }",
    ];
    assert_eq!(screen(&pane, 40, 80), expected);
    pane.unfold_all();
    assert_eq!(pane.rows(), 24);
}

#[test]
fn one_line_is_laid_out_like_the_policy_itself() {
    let text = compact();
    let pane = JsonPane::new(text.as_str());
    assert_eq!(pane.layout(), Layout::LaidOut);
    let rows = pane.window(100, 80);
    let shown: Vec<_> = rows.iter().map(|row| row.text.to_string()).collect();
    let value: serde_json::Value = serde_json::from_str(POLICY).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    assert_eq!(shown.join("\n"), pretty);
    assert_eq!(&**pane.text(), text);
}

/// Every document of the catalogue, and whatever else is JSON in the assets.
fn asset_documents(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            asset_documents(&path, found);
        } else if path.extension().is_some_and(|end| end == "json") {
            found.push(path);
        }
    }
}

#[test]
fn real_documents_are_laid_out_like_a_pretty_printer_does() {
    let mut files = Vec::new();
    let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    asset_documents(&assets, &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut pane = JsonPane::new(value.to_string());
        pane.go(Move::Last);
        pane.go(Move::First);
        let rows = pane.window(usize::MAX, 100_000);
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        assert_eq!(rows.len(), pretty.lines().count(), "{}", file.display());
        for (row, line) in rows.iter().zip(pretty.lines()) {
            // What a terminal must not get is shown otherwise, by intent.
            assert_eq!(row.text, rolescope::text::harmless(line), "{}", file.display());
        }
    }
}

#[test]
fn blanks_between_tokens_do_not_matter_to_the_laid_out_text() {
    let spaced = compact().replace(':', " : ").replace(',', " ,  ").replace('[', "[ ");
    // Colons inside strings got blanks too, in both.
    let value: serde_json::Value = serde_json::from_str(&spaced).unwrap();
    let pane = JsonPane::new(format!("  {spaced}\n"));
    let shown: Vec<_> = pane.window(100, 80).iter().map(|row| row.text.to_string()).collect();
    assert_eq!(shown.join("\n"), serde_json::to_string_pretty(&value).unwrap());
}

#[test]
fn moves() {
    use Move::{
        Down, First, HalfDown, Last, Line, NextStatement, PageDown, PageUp, PreviousStatement,
        ScreenRow, Up,
    };
    // Line of the cursor from 1, the move, line of the cursor after it, line at the top after it; on a
    // screen of 8 rows.
    let table = [
        (1, Down(1), 2, 1),
        (1, Up(1), 1, 1),
        (3, Up(9), 1, 1),
        (8, Down(1), 9, 2),
        (1, PageDown, 9, 9),
        (1, HalfDown, 5, 5),
        (24, PageUp, 16, 9),
        (5, Last, 24, 17),
        (24, First, 1, 1),
        (1, Line(20), 20, 13),
        (1, Line(900), 24, 17),
        (1, ScreenRow(3), 4, 1),
        (1, NextStatement, 4, 1),
        (7, NextStatement, 18, 11),
        (20, NextStatement, 20, 13),
        (20, PreviousStatement, 18, 13),
        (18, PreviousStatement, 4, 4),
        (7, PreviousStatement, 4, 1),
        (4, PreviousStatement, 4, 1),
    ];
    for (from, to, cursor, top) in table {
        let mut pane = JsonPane::new(POLICY);
        pane.resize(8, 40);
        pane.go(Line(from));
        pane.go(to);
        let (_, top_row) = pane.cursor_and_top_row();
        assert_eq!((line_of_cursor(&pane), top_row + 1), (cursor, top), "from {from} by {to:?}");
    }
}

#[test]
fn folds() {
    // Line of the cursor, line of the cursor after folding, rows left.
    for (from, cursor, rows) in [
        (1, 1, 1),
        (4, 4, 11),
        (5, 4, 11),
        (6, 6, 20),
        (8, 6, 20),
        (13, 13, 22),
        (17, 4, 11),
        (23, 3, 4),
    ] {
        let mut pane = JsonPane::new(POLICY);
        pane.go(Move::Line(from));
        assert!(pane.fold());
        assert_eq!((line_of_cursor(&pane), pane.rows()), (cursor, rows), "from {from}");
        assert!(pane.unfold());
        assert_eq!(pane.rows(), 24);
    }
}

#[test]
fn paths() {
    let table = [
        (1, "", None),
        (2, "Version", None),
        (3, "Statement", None),
        (4, "Statement[0]", Some(0)),
        (5, "Statement[0].Effect", Some(0)),
        (6, "Statement[0].Action", Some(0)),
        (9, "Statement[0].Action[2]", Some(0)),
        (10, "Statement[0].Action", Some(0)),
        (14, r#"Statement[0].Condition.StringEquals["kms:tag/acs:alikafka"]"#, Some(0)),
        (17, "Statement[0]", Some(0)),
        (18, "Statement[1]", Some(1)),
        (21, "Statement[1].Resource", Some(1)),
        (22, "Statement[1]", Some(1)),
        (23, "Statement", None),
        (24, "", None),
    ];
    for (line, path, statement) in table {
        let mut pane = JsonPane::new(POLICY);
        pane.go(Move::Line(line));
        assert_eq!((pane.path().as_str(), pane.statement()), (path, statement), "line {line}");
    }
}

#[test]
fn a_laid_out_text_knows_the_same_paths() {
    let text = compact();
    let mut pane = JsonPane::new(text.as_str());
    let at = text.find("ecs:Create").unwrap();
    pane.reveal(Span::new(at, at + 5));
    assert_eq!(pane.path(), "Statement[0].Action[2]");
    let span = pane.statement_span().unwrap();
    let statement: serde_json::Value = serde_json::from_str(&text[span.start..span.end]).unwrap();
    assert_eq!(statement["Effect"], "Allow");
}

#[test]
fn a_long_list_is_counted_from_anywhere() {
    for gap in ["", "\n"] {
        let actions: Vec<_> =
            (0..50_000).map(|n| format!("{{\"a\":[{n},\"x\"]}},{gap}{n}")).collect();
        let text =
            format!("{{{gap}\"Action\":[{gap}{}{gap}]{gap}}}", actions.join(&format!(",{gap}")));
        let mut pane = JsonPane::new(text.as_str());
        for n in [0, 1, 777, 49_999] {
            let at = text.find(&format!("}},{gap}{n}")).unwrap() + 2 + gap.len();
            pane.reveal(Span::new(at, at + 1));
            assert_eq!(pane.path(), format!("Action[{}]", 2 * n + 1));
        }
    }
}

#[test]
fn statements_on_one_line_each_are_statements() {
    let text = "{\"Version\": \"1\", \"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": [\"a:b\"]},\n  {\"Effect\": \"Deny\"}\n]}\n";
    let mut pane = JsonPane::new(text);
    pane.go(Move::NextStatement);
    assert_eq!((line_of_cursor(&pane), pane.statement()), (2, Some(0)));
    let span = pane.statement_span().unwrap();
    assert_eq!(&text[span.start..span.end], r#"{"Effect": "Allow", "Action": ["a:b"]}"#);
    pane.go(Move::NextStatement);
    assert_eq!((line_of_cursor(&pane), pane.path()), (3, "Statement[1]".to_owned()));
    pane.go(Move::PreviousStatement);
    assert_eq!(line_of_cursor(&pane), 2);
}

#[test]
fn revealing_unfolds_and_shows_the_whole_statement() {
    let mut pane = JsonPane::new(POLICY);
    pane.resize(16, 80);
    pane.fold_all();
    let at = POLICY.find("ecs:Create").unwrap();
    pane.reveal(Span::new(at, at + 3));
    assert_eq!(line_of_cursor(&pane), 9);
    let rows = pane.window(16, 80);
    assert!(rows.iter().any(|row| row.line == 4) && rows.iter().any(|row| row.line == 17));
    // Too tall for the screen: from its start.
    pane.resize(8, 80);
    pane.reveal(Span::new(at, at + 3));
    assert_eq!(pane.window(8, 80)[0].line, 4);
}

#[test]
fn marks_dim_the_rest() {
    let mut pane = JsonPane::new(POLICY);
    let at = POLICY.find("kms:Decrypt").unwrap();
    pane.mark(vec![Span::new(at, at + 11)]);
    pane.dim_outside(true);
    let rows = pane.window(30, 80);
    let bright: Vec<_> = rows.iter().filter(|row| !row.dimmed).map(|row| row.line).collect();
    assert_eq!(bright, [8]);
    // A closed fold shows what is marked inside.
    pane.fold_all();
    let rows = pane.window(30, 80);
    let bright: Vec<_> = rows.iter().filter(|row| !row.dimmed).map(|row| row.line).collect();
    assert_eq!(bright, [4]);
    pane.mark(Vec::new());
    assert!(pane.window(30, 80).iter().all(|row| !row.dimmed));
}

#[test]
fn wide_characters_are_cut_by_columns() {
    let text = "{\n\"名称\": \"消息队列\"\n}";
    let mut pane = JsonPane::new(text);
    pane.resize(5, 4);
    let shown = |pane: &JsonPane| pane.window(5, 4)[1].text.to_string();
    assert_eq!(shown(&pane), "\"名 ");
    pane.go(Move::Right(2));
    assert_eq!(shown(&pane), " 称\"");
    pane.go(Move::Right(100));
    assert_eq!(shown(&pane), "列\" ".trim_end().to_owned().as_str().replacen('列', " 列", 1));
    pane.go(Move::LineStart);
    assert_eq!(pane.left(), 0);
}

#[test]
fn nothing_on_the_screen_can_be_obeyed() {
    let text = "{\n\"a\u{1b}[31m\t\u{202e}b\": \"\u{0}\"\r\n}";
    let pane = JsonPane::new(text);
    let rows = pane.window(5, 60);
    assert_eq!(rows[1].text, "\"a␛[31m    \u{fffd}b\": \"␀\"");
    assert_eq!(rows[1].classes[0].1, Class::Key);
}

#[test]
fn colours_from_either_engine_are_the_same() {
    let mut pane = JsonPane::new(POLICY);
    let first = format!("{:?}", pane.window(24, 60));
    highlight::warm();
    pane.colour();
    assert_eq!(format!("{:?}", pane.window(24, 60)), first);
    for engine in [Engine::Lexer, Engine::Grammar] {
        for comment in ["# \"a\": [1", "// \"a\": [1", "/* \"a\": [1 */"] {
            let tokens = highlight::line(comment, engine);
            assert_eq!(tokens, [(0..comment.len(), Class::Comment)], "{engine:?}");
        }
    }
}

#[test]
fn an_index_from_elsewhere_is_taken_over() {
    let text = format!("[{}]", vec![compact(); 400].join(","));
    let mut pane = JsonPane::new(text.as_str());
    assert!(!pane.is_complete());
    pane.go(Move::Down(1));
    pane.fold();
    let hidden = pane.window(4, 60).len();
    assert!(pane.adopt(Outline::of(&text)));
    assert!(pane.is_complete() && pane.rows() < pane.lines());
    assert_eq!(pane.window(4, 60).len(), hidden);
    assert!(!pane.adopt(Outline::of("[]")));
    pane.go(Move::Last);
    assert_eq!(pane.window(1, 9).len(), 1);
}

#[test]
fn comments_are_no_part_of_the_path() {
    for comment in ["// {[\"", "# {[\"", "/* {[\" */"] {
        let text = format!(
            "{{ {comment}\n\"Statement\": [ {comment}\n{{ {comment}\n\"Effect\": \"Allow\", {comment}\n\"Action\": [ {comment}\n\"a:B\", {comment}\n\"a:C\" {comment}\n], {comment}\n\"Resource\": \"*\" {comment}\n}}\n] {comment}\n}}\n"
        );
        for end in ["\n", "\r\n"] {
            let text = text.replace('\n', end);
            let mut pane = JsonPane::new(&*text);
            let paths: Vec<String> = (1..=text.lines().count())
                .map(|line| {
                    pane.go(Move::Line(line));
                    pane.path()
                })
                .collect();
            let expected = [
                "",
                "Statement",
                "Statement[0]",
                "Statement[0].Effect",
                "Statement[0].Action",
                "Statement[0].Action[0]",
                "Statement[0].Action[1]",
                "Statement[0].Action",
                "Statement[0].Resource",
                "Statement[0]",
                "Statement",
                "",
            ];
            assert_eq!(paths, expected, "{text}");
        }
    }
}

#[test]
fn a_comment_may_span_lines() {
    let text = "{\n  /* \"a\": [\n     don't { */ \"Statement\": [\n    {\n      \"Effect\": \"Allow\" /*\n  \"Action\": [\n*/\n    }\n  ]\n}\n";
    for end in ["\n", "\r\n"] {
        let text = text.replace('\n', end);
        highlight::warm();
        for coloured in [false, true] {
            let mut pane = JsonPane::new(&*text);
            if coloured {
                pane.colour();
            }
            let rows = pane.window(20, 60);
            let comments: Vec<String> = rows
                .iter()
                .flat_map(|row| {
                    row.classes.iter().map(|(range, class)| (&row.text[range.clone()], *class))
                })
                .filter(|(_, class)| *class == Class::Comment)
                .map(|(part, _)| part.to_owned())
                .collect();
            assert_eq!(
                comments,
                ["/* \"a\": [", "     don't { */", "/*", "  \"Action\": [", "*/"],
                "coloured before: {coloured}"
            );
            assert!(rows.iter().all(|row| row.classes.iter().all(|part| part.1 != Class::Invalid)));
        }
        let mut pane = JsonPane::new(&*text);
        let paths: Vec<String> = (1..=text.lines().count())
            .map(|line| {
                pane.go(Move::Line(line));
                pane.path()
            })
            .collect();
        let inside = "Statement[0].Effect";
        assert_eq!(paths[3..8], ["Statement[0]", inside, inside, inside, "Statement[0]"]);
        assert_eq!(paths[8..], ["Statement", ""]);
        pane.fold_all();
        assert_eq!(pane.rows(), 6, "the one statement is closed");
    }
}
