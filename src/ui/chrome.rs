//! The first line with the path, and the footer with the keys of this place or a notice.

use super::list::spans_at;
use super::theme::Theme;
use crate::app::crumbs::GAP;
use crate::app::{App, NoticeKind};
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// The path to what is selected, and what narrows the view.
pub(super) fn crumbs(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let line = app.crumb_line();
    let shown = &line.crumbs;
    for (at, crumb) in shown.iter().enumerate() {
        if at > 0 {
            let width = u16::try_from(GAP).unwrap_or(0);
            let gap = Rect { x: crumb.area.x.saturating_sub(width), width, ..crumb.area };
            spans_at(frame, gap, vec![Span::styled(" › ", theme.dim)]);
        }
        let style = if at + 1 == shown.len() { theme.accent } else { theme.base };
        spans_at(frame, crumb.area, vec![Span::styled(crumb.text.clone(), style)]);
    }
    if !line.badge.is_empty() {
        spans_at(frame, line.badge_area, vec![Span::styled(line.badge, theme.filter)]);
    }
}

/// The footer: a notice, else the keys of this place, as many as fit, the most useful ones.
pub(super) fn footer(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.footer;
    if let Some(notice) = &app.notice {
        let style = match notice.kind {
            NoticeKind::Done => theme.good,
            NoticeKind::Hint => theme.accent,
            NoticeKind::Failed => theme.bad,
        };
        let mut lines = text::wrap(&notice.text, usize::from(area.width).saturating_sub(2));
        if lines.len() > usize::from(area.height) {
            // What has no room is cut, with an ellipsis.
            let rest = lines.split_off(usize::from(area.height.saturating_sub(1)));
            lines.push(rest.join(" "));
        }
        for (n, line) in lines.into_iter().enumerate() {
            let spans = vec![Span::raw(" "), Span::styled(line, style)];
            spans_at(frame, super::list::line(area, n), spans);
        }
        return;
    }
    for hint in app.hints() {
        let spans = vec![
            Span::styled(hint.key, theme.key),
            Span::raw(" "),
            Span::styled(hint.title, theme.base),
        ];
        spans_at(frame, hint.area, spans);
    }
}
