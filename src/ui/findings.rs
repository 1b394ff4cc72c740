//! The list of findings, the selected one in full below it; the explanation beside the policy.

use super::list::{self, Mark};
use super::theme::Theme;
use crate::app::App;
use crate::app::explain::Explanation;
use crate::app::findings::{FindingsBox, Said, in_full};
use crate::policy::findings::{Finding, Severity};
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

/// From this width on the list says "statement 2", not the number alone.
const WRITTEN_OUT: usize = 90;

pub(super) fn draw(app: &App, content: &FindingsBox, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.findings_area();
    let role = app.current_role().map(|role| role.short_name.as_str()).unwrap_or_default();
    let title = app.phrase("Findings of {}", &[role]);
    let count = app.phrase(
        "{} of {}",
        &[&(content.cursor.at + 1).to_string(), &content.findings.len().to_string()],
    );
    let inner = list::boxed(frame, theme, area, &title, &count);
    if usize::from(inner.width) < WRITTEN_OUT {
        list::beside_title(frame, theme, area, &title, &[app.word("S1: statement 1")]);
    }
    if inner.is_empty() {
        return;
    }
    let page = app.findings_page().min(usize::from(inner.height));
    // Letters and numbers say nothing by themselves; where there is room they are written out.
    let words = [Severity::Error, Severity::Warning, Severity::Note];
    let widest = words.map(|one| text::width(app.word(one.word()))).into_iter().max().unwrap_or(0);
    let place = |finding: &Finding| match finding.statement {
        Some(at) if usize::from(inner.width) >= WRITTEN_OUT => {
            app.phrase("statement {}", &[&(at + 1).to_string()])
        }
        Some(at) => format!("S{}", at + 1),
        None => "-".to_owned(),
    };
    let places = content.findings.iter().map(|finding| text::width(&place(finding)));
    let places = places.max().unwrap_or(0);
    let visible = content.findings.iter().enumerate().skip(content.cursor.top).take(page);
    for (n, (at, finding)) in visible.enumerate() {
        let mark = Mark::of(at == content.cursor.at, true);
        let spans = vec![
            Span::raw(" "),
            Span::styled(
                text::pad(app.word(finding.severity.word()), widest),
                style(theme, finding.severity),
            ),
            Span::styled(format!("  {}  ", text::pad(&place(finding), places)), theme.dim),
            Span::styled(finding.message.clone(), theme.base),
        ];
        list::row(frame, theme, list::line(inner, n), mark, spans);
    }
    let bar = Rect {
        height: u16::try_from(page).unwrap_or(inner.height).saturating_add(2).min(area.height),
        ..area
    };
    list::scroll_bar(frame, theme, bar, content.cursor, content.findings.len(), page);
    let scroll = app.scroll_words();
    let head = if scroll.is_empty() { scroll } else { format!("── {scroll} ") };
    list::rule(frame, theme, list::line(inner, page), &head);
    let Some(finding) = content.selected() else { return };
    let area = app.text_area();
    let (room, width) = (usize::from(area.height), usize::from(area.width).saturating_sub(2));
    let lines = in_full(app, finding, width);
    let top = content.scrolled.of(content.cursor.at).min(lines.len().saturating_sub(room));
    let more = lines.len() > top + room;
    for (n, (said, line)) in lines.into_iter().skip(top).take(room).enumerate() {
        let style = match said {
            Said::Heading => style(theme, finding.severity),
            said => of(theme, said),
        };
        // Where there is no room for it, the cut itself ends in one.
        let line = if more && n + 1 == room {
            text::cut(&format!("{line} …"), width).into_owned()
        } else {
            line
        };
        let spans = vec![Span::raw(" "), Span::styled(line, style)];
        list::spans_at(frame, list::line(area, n), spans);
    }
}

/// The explanation in the last lines of the policy pane.
pub(super) fn explanation(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    inner: Rect,
    said: &Explanation,
) {
    let height = u16::try_from(said.height()).unwrap_or(u16::MAX).min(inner.height);
    if height == 0 {
        return;
    }
    let area = Rect { y: inner.bottom() - height, height, ..inner };
    let title = match said.statement {
        Some(at) => app.phrase("── Statement {} ", &[&(at + 1).to_string()]),
        None => app.word("── In words ").to_owned(),
    };
    list::rule(frame, theme, list::line(area, 0), &title);
    for (n, (said, line)) in said.lines.iter().enumerate() {
        let spans = vec![Span::raw(" "), Span::styled(line.clone(), of(theme, *said))];
        list::spans_at(frame, list::line(area, n + 1), spans);
    }
}

const fn of(theme: &Theme, said: Said) -> Style {
    match said {
        Said::Heading => theme.strong,
        Said::Body | Said::Advice => theme.base,
        Said::Warning => theme.warn,
        Said::Note => theme.dim,
    }
}

const fn style(theme: &Theme, severity: Severity) -> Style {
    match severity {
        Severity::Error => theme.bad,
        Severity::Warning => theme.warn,
        Severity::Note => theme.accent,
    }
}
