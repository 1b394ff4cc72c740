//! What holds for every frame, whatever is on it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rolescope::app::layout::{Pane, inside};
use rolescope::app::overlay::Overlay;
use rolescope::app::picker::Line;
use rolescope::app::{App, View};
use rolescope::text;

/// The first thing that is wrong with the cells, in words.
pub fn wrong_cell(buffer: &Buffer) -> Option<String> {
    let area = buffer.area;
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            if symbol != text::harmless(symbol) || symbol.is_empty() {
                return Some(format!(
                    "the cell at {x},{y} holds {symbol:?}, which is no visible sign"
                ));
            }
            let width = u16::try_from(text::width(symbol)).unwrap_or(u16::MAX);
            if width == 0 {
                return Some(format!("{symbol:?} at {x},{y} takes no column"));
            }
            if width > area.width - x {
                return Some(format!("{symbol:?} at {x},{y} is cut by the edge"));
            }
            for behind in x + 1..x + width {
                let next = buffer[(behind, y)].symbol();
                if next != " " {
                    return Some(format!("{symbol:?} at {x},{y} is cut by {next:?}"));
                }
            }
            x += width;
        }
    }
    None
}

/// What is wrong with a screen: its cells, its borders and selections.
pub fn wrong(journey: &super::Journey) -> impl Iterator<Item = String> {
    let buffer = journey.buffer();
    wrong_cell(buffer).into_iter().chain(wrong_picture(&journey.app, buffer))
}

/// The first thing that is wrong with borders and selections, in words.
pub fn wrong_picture(app: &App, buffer: &Buffer) -> Option<String> {
    if app.layout.too_small() {
        return wrong_refusal(app, buffer);
    }
    match &app.overlay {
        Some(Overlay::Copy(menu)) => {
            let area = app.copy_area();
            open_border(buffer, area, "the copy menu")
                .or_else(|| no_pointer(buffer, inside(area), !menu.entries.is_empty(), "copy menu"))
        }
        Some(Overlay::Findings(shown)) => {
            let area = app.findings_area();
            open_border(buffer, area, "the findings").or_else(|| {
                no_pointer(buffer, inside(area), !shown.findings.is_empty(), "findings")
            })
        }
        Some(overlay) => {
            let area = app.picker_area();
            let some = overlay
                .picker()
                .is_some_and(|picker| picker.lines.iter().any(|l| matches!(l, Line::Item(_))));
            open_border(buffer, area, "the box")
                .or_else(|| no_pointer(buffer, inside(area), some, "list of the box"))
        }
        None => match &app.view {
            View::Removal(view) => open_border(buffer, app.layout.body, "the removal plan")
                .or_else(|| {
                    no_pointer(
                        buffer,
                        inside(app.layout.body),
                        !view.lines.is_empty(),
                        "removal plan",
                    )
                }),
            View::Browse => wrong_pane(app, buffer),
            View::Matrix(view) => {
                let body = app.layout.body;
                open_border(buffer, body, "the matrix").or_else(|| {
                    no_pointer(buffer, inside(body), view.selected().is_some(), "matrix")
                })
            }
            // These have a border of their own kind, or several.
            View::WhoCan(_) | View::Compare(_) => None,
        },
    }
}

fn wrong_pane(app: &App, buffer: &Buffer) -> Option<String> {
    for pane in Pane::ALL {
        let area = app.layout.pane(pane);
        if area.is_empty() {
            continue;
        }
        if area.intersection(app.layout.screen) != area {
            return Some(format!("{pane:?} at {area} leaves the screen"));
        }
        if let Some(wrong) = open_border(buffer, area, &format!("{pane:?}")) {
            return Some(wrong);
        }
        let some = match pane {
            Pane::Products => !app.products.is_empty(),
            Pane::Roles => !app.roles.is_empty(),
            Pane::Summary => !app.summary.is_empty(),
            Pane::Policy => {
                let (cursor, top) = app.policy.pane.cursor_and_top_row();
                let page = app.policy_page();
                if app.focus == pane && !(top..top + page).contains(&cursor) {
                    return Some(format!("row {cursor} of the policy is not in {page} from {top}"));
                }
                continue;
            }
        };
        let list = inside(area);
        let pointer = if app.focus == pane { "▸" } else { "›" };
        let shown = (list.top()..list.bottom()).any(|y| buffer[(list.x, y)].symbol() == pointer);
        if some && !shown {
            return Some(format!("the selected row of {pane:?} ({pointer}) is not on the screen"));
        }
    }
    None
}

fn no_pointer(buffer: &Buffer, list: Rect, some: bool, what: &str) -> Option<String> {
    let shown = (list.top()..list.bottom()).any(|y| buffer[(list.x, y)].symbol() == "▸");
    (some && !shown).then(|| format!("the selected row of the {what} is not on the screen"))
}

/// A border has its four corners, and nothing else than border and scroll bar on its sides.
fn open_border(buffer: &Buffer, area: Rect, what: &str) -> Option<String> {
    if area.width < 2 || area.height < 2 {
        return Some(format!("{what} has no room for a border: {area}"));
    }
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    let at = |x, y| buffer[(x, y)].symbol();
    let corners = [at(area.x, area.y), at(right, area.y), at(area.x, bottom), at(right, bottom)];
    // A tour marks what it points at.
    let known = [["┏", "┓", "┗", "┛"], ["╭", "╮", "╰", "╯"], ["◆"; 4]];
    if !known.contains(&corners) {
        return Some(format!("the corners of {what} are {corners:?}"));
    }
    let sides = ["┃", "│", "█"];
    for y in area.y + 1..bottom {
        for x in [area.x, right] {
            if !sides.contains(&at(x, y)) {
                return Some(format!("the side of {what} at {x},{y} is {:?}", at(x, y)));
            }
        }
    }
    let lines = ["━", "─", " "];
    for x in [area.x + 1, right - 1] {
        for y in [area.y, bottom] {
            if !lines.contains(&at(x, y)) {
                return Some(format!("the border of {what} at {x},{y} is {:?}", at(x, y)));
            }
        }
    }
    None
}

/// A screen that is too small says what it would need, as far as there is room for it.
fn wrong_refusal(app: &App, buffer: &Buffer) -> Option<String> {
    let said: String = buffer
        .content
        .iter()
        .map(ratatui::buffer::Cell::symbol)
        .filter(|symbol| *symbol != " ")
        .collect();
    let (width, height) = app.size;
    let needed = "30x8";
    let fits = usize::from(width) * usize::from(height) >= needed.len();
    (fits && !said.contains(needed))
        .then(|| format!("{width}x{height}: {needed:?} is not said: {said:?}"))
}
