//! What a frame costs at least: a program of the same screen library that draws a title and a list of one screen, and
//! moves a mark. Times of other programs are told as multiples of its own.

use crossterm::event::{self, Event, KeyCode};
use ratatui::style::{Style, Stylize};
use ratatui::text::{Line, Text};

/// Runs until `q`.
pub(crate) fn run() -> std::io::Result<()> {
    let mut terminal = ratatui::init();
    let mut at = 0_u16;
    loop {
        terminal.draw(|frame| {
            let area = frame.area();
            let rows = (0..area.height.saturating_sub(1)).map(|row| {
                let style = if row == at { Style::new().reversed() } else { Style::new() };
                Line::styled(format!("row {row}"), style)
            });
            let title = Line::from("floor: READY").bold();
            let text: Text<'_> = std::iter::once(title).chain(rows).collect();
            frame.render_widget(text, area);
            at = at.min(area.height.saturating_sub(2));
        })?;
        match event::read()? {
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            Event::Key(key) if key.code == KeyCode::Up => at = at.saturating_sub(1),
            Event::Key(key) if key.code == KeyCode::Down => at = at.saturating_add(1),
            _ => {}
        }
    }
    ratatui::restore();
    Ok(())
}
