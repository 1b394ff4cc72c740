//! Two roles side by side: by meaning, then by text. Marks tell what colours tell too.

use super::list::{self, Mark};
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Command;
use crate::app::compare::rows::{LEVEL, Row, indent, text_room};
use crate::app::compare::{CompareView, Texts};
use crate::catalog::comparison::{self, Lines};
use crate::policy::compare::report::{Line, Part, Sign};
use crate::text;
use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation as _;

pub(super) fn draw(app: &App, view: &CompareView, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.body;
    let (left, right) = (&view.meaning.left, &view.meaning.right);
    let key = app.keymap.way(Command::NextPane);
    let (title, short) = if view.by_text {
        (app.phrase("By text: {} with {}", &[left, right]), app.phrase("{} by meaning", &[&key]))
    } else {
        (app.phrase("By meaning: {} with {}", &[left, right]), app.phrase("{} by text", &[&key]))
    };
    let sides = format!("- {left}  + {right}");
    let differs = view.changed.map(|_| format!("{sides}  {}", app.word("~ differs")));
    let legends = [differs, Some(sides)].into_iter().flatten();
    let mut legends = legends.map(|legend| format!("{legend} · {short}"));
    let fits = legends.find(|legend| text::width(legend) + 4 <= usize::from(area.width));
    // There is nothing to tell apart yet where it waits.
    let legend = if view.is_waiting() { String::new() } else { fits.unwrap_or(short) };
    let inner = list::pane(frame, theme, area, &title, &legend, true);
    if inner.is_empty() {
        return;
    }
    for (n, line) in view.head.iter().enumerate() {
        let spans = vec![Span::raw(" "), told(theme, line)];
        list::spans_at(frame, list::line(inner, n), spans);
    }
    let page = app.compare_page();
    let width = usize::from(inner.width).saturating_sub(2);
    // The names of actions: as wide as the widest, within bounds.
    let names = view.widest.min(width.saturating_sub(LEVEL + indent(Part::Action)));
    let shown = view.rows.iter().enumerate().skip(view.cursor.top).take(page);
    for (n, (at, row)) in shown.enumerate() {
        let area = list::line(inner, n + view.head.len());
        let mark = Mark::of(at == view.cursor.at, true);
        let spans = match row {
            Row::Blank => Vec::new(),
            Row::Told(line) => vec![told(theme, line)],
            Row::Meaning { line, text, .. } => match view.meaning.lines.get(*line) {
                Some(line) => by_meaning(app, theme, line, text, width, names),
                None => Vec::new(),
            },
            Row::Gap { count, .. } => {
                vec![Span::styled(
                    app.phrase("  ⋯ {} lines the same", &[&count.to_string()]),
                    theme.border,
                )]
            }
            Row::Unsearched(count) => {
                let [left, right] = count.map(|lines| lines.to_string());
                let words = app.phrase(comparison::UNSEARCHED, &[&left, &right]);
                vec![Span::styled(format!("  {words}"), theme.warn)]
            }
            Row::Text { left, right, sign, .. } => match &view.texts {
                Some(texts) => by_text(theme, view, texts, (*left, *right, *sign), width),
                None => Vec::new(),
            },
        };
        list::row(frame, theme, area, mark, spans);
    }
    let rows = view.rows.len();
    // The bar runs beside the list, below the head.
    let head = u16::try_from(view.head.len()).unwrap_or(0);
    let track = ratatui::layout::Rect {
        y: area.y + head,
        height: area.height.saturating_sub(head),
        ..area
    };
    list::scroll_bar(frame, theme, track, view.cursor, rows, page);
}

/// A line of the verdict or of a note.
fn told<'a>(theme: &Theme, line: &str) -> Span<'a> {
    let style = if line.starts_with("! ") { theme.warn } else { theme.strong };
    Span::styled(line.to_owned(), style)
}

/// The least columns for what an action does; in fewer it says nothing.
const SAYING: usize = 16;

fn sign_style(theme: &Theme, sign: Sign) -> Style {
    match sign {
        Sign::Gone => theme.bad,
        Sign::Added => theme.good,
        Sign::Changed => theme.warn,
        Sign::Same => theme.dim,
    }
}

fn by_meaning<'a>(
    app: &App,
    theme: &Theme,
    line: &Line,
    shown: &str,
    width: usize,
    names: usize,
) -> Vec<Span<'a>> {
    match line.part {
        Part::Heading => vec![Span::styled(shown.to_owned(), theme.accent)],
        Part::Grant => marked(theme, line.sign, shown, theme.strong),
        Part::Detail => marked(theme, line.sign, shown, theme.base),
        Part::Action => {
            let level = line.level.map_or(theme.base, |(level, _)| theme.level(level));
            let blanks = " ".repeat(indent(Part::Action) - 2);
            let mut spans = vec![
                Span::raw(blanks),
                Span::styled(line.sign.mark(), sign_style(theme, line.sign)),
                Span::raw(" "),
            ];
            let word = comparison::level(app.language, line);
            // Where there is little room the name comes first.
            if width < 50 {
                spans.push(Span::styled(line.text.clone(), theme.base));
                spans.push(Span::styled(format!("  {word}"), level));
                return spans;
            }
            let guess = if word.starts_with('~') { "" } else { " " };
            spans.push(Span::styled(text::pad(&format!("{guess}{word}"), LEVEL), level));
            spans.push(Span::styled(text::pad(&line.text, names), theme.base));
            let room = width.saturating_sub(indent(Part::Action) + LEVEL + names + 2);
            if room >= SAYING {
                spans.push(Span::styled(format!("  {}", line.more), theme.dim));
            }
            spans
        }
    }
}

/// A text that begins with blanks and a mark, the mark in its own style.
fn marked<'a>(theme: &Theme, sign: Sign, text: &str, style: Style) -> Vec<Span<'a>> {
    let start = text.len() - text.trim_start().len();
    let mark = text.get(start..).and_then(|rest| rest.strip_prefix(sign.mark()));
    match mark {
        Some(rest) => vec![
            Span::raw(" ".repeat(start)),
            Span::styled(sign.mark(), sign_style(theme, sign)),
            Span::styled(rest.to_owned(), style),
        ],
        None => vec![Span::styled(text.to_owned(), style)],
    }
}

fn by_text<'a>(
    theme: &Theme,
    view: &CompareView,
    texts: &Texts,
    (left, right, sign): (Option<usize>, Option<usize>, Sign),
    width: usize,
) -> Vec<Span<'a>> {
    let style = if sign == Sign::Same { theme.dim } else { theme.base };
    let mark = if sign == Sign::Same { " " } else { sign.mark() };
    let cell = |lines: &Lines, line: Option<usize>, room: usize| -> [Span<'a>; 2] {
        let text =
            line.map_or(String::new(), |line| scrolled(lines.line(line), view.scrolled, room));
        let mark = if line.is_some() { mark } else { " " };
        [
            Span::styled(format!("{mark} "), sign_style(theme, sign)),
            Span::styled(text::pad(&text, room), style),
        ]
    };
    if !view.side_by_side() {
        let room = text_room(width, false);
        return match left {
            Some(_) => cell(&texts.left, left, room).into(),
            None => cell(&texts.right, right, room).into(),
        };
    }
    let room = text_room(width, true);
    let mut spans = Vec::from(cell(&texts.left, left, room));
    spans.push(Span::styled(" │ ", theme.border));
    spans.extend(cell(&texts.right, right, room));
    spans
}

/// A line without its first columns; no more of it than can be seen.
fn scrolled(line: &str, columns: usize, room: usize) -> String {
    let most = columns.saturating_add(room * 4);
    let start: String = line.chars().take(most).collect();
    let shown = text::harmless(&start);
    let mut left = columns;
    let mut out = String::new();
    for grapheme in shown.graphemes(true) {
        let width = text::width(grapheme);
        if left == 0 {
            out.push_str(grapheme);
        } else {
            // Half a wide character at the edge is a blank.
            out.extend((left < width).then_some(' '));
            left = left.saturating_sub(width);
        }
    }
    out
}
