//! Where everything stands: a function of the size of the screen, the focus and little else. Computed
//! before drawing and kept, so that update knows page sizes and mouse targets.
//!
//! ```text
//!  150 columns and more        100 to 149              60 to 99              30 to 59
//!  products | summary | policy products | summary      products | summary    one pane,
//!  roles    |         |        roles    | policy       roles    | or policy  the focused one
//! ```

use ratatui::layout::Rect;

/// The panes of the explorer, from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    /// The list of products.
    #[default]
    Products,
    /// The roles of the selected product.
    Roles,
    /// What the selected role may do.
    Summary,
    /// The policy document.
    Policy,
}

impl Pane {
    /// All panes, from left to right.
    pub const ALL: [Self; 4] = [Self::Products, Self::Roles, Self::Summary, Self::Policy];

    /// The pane on the right, if there is one.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Products => Some(Self::Roles),
            Self::Roles => Some(Self::Summary),
            Self::Summary => Some(Self::Policy),
            Self::Policy => None,
        }
    }

    /// The pane on the left, if there is one.
    pub const fn previous(self) -> Option<Self> {
        match self {
            Self::Products => None,
            Self::Roles => Some(Self::Products),
            Self::Summary => Some(Self::Roles),
            Self::Policy => Some(Self::Summary),
        }
    }
}

/// What the layout depends on besides the size.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wants {
    /// The focused pane.
    pub focus: Pane,
    /// Whether it has the whole body.
    pub zoom: bool,
    /// Rows in the list of products.
    pub products: usize,
    /// Lines that the notice needs; 0 where there is none.
    pub notice: u16,
    /// Lines that the step of a tour needs at [`Layout::tour_room`] columns; 0 where no tour is on.
    pub tour: u16,
    /// Columns for the pressed keys, at the end of the last line; 0 where they are not shown.
    pub keys: u16,
}

/// The rectangles of a screen; empty where a part is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The whole screen.
    pub screen: Rect,
    /// The first line.
    pub crumbs: Rect,
    /// All between the first line and the footer.
    pub body: Rect,
    /// The last lines.
    pub footer: Rect,
    /// The panel of a tour: at the side of wide screens, else below the body.
    pub tour: Rect,
    /// The pressed keys.
    pub keys: Rect,
    panes: [Rect; 4],
}

/// The smallest usable screen: columns, rows.
pub const SMALLEST: (u16, u16) = (30, 8);

impl Layout {
    /// The layout of a screen.
    pub fn new(width: u16, height: u16, wants: Wants) -> Self {
        let screen = Rect::new(0, 0, width, height);
        let mut layout = Self { screen, ..Self::default() };
        if layout.too_small() {
            return layout;
        }
        // A box with a text field above a list of one line needs five rows.
        let footer = wants.notice.clamp(1, 4).min(height.saturating_sub(6).max(1));
        layout.crumbs = Rect::new(0, 0, width, 1);
        let keys = wants.keys.min(width / 2);
        layout.footer = Rect::new(0, height - footer, width - keys, footer);
        layout.keys = Rect::new(width - keys, height - 1, keys, u16::from(keys > 0));
        let body = Rect::new(0, 1, width, height - 1 - footer);
        (layout.body, layout.tour) = with_tour(body, wants.tour);
        layout.panes = panes(layout.body, wants);
        layout
    }

    /// Columns for the text of a tour on a screen of `width` columns.
    pub fn tour_room(width: u16) -> u16 {
        let panel = if width < BESIDE { width } else { TOUR_WIDTH };
        panel.saturating_sub(4).max(1)
    }

    /// Does a screen of this size show the panel of a tour?
    pub fn has_tour_room(width: u16, height: u16) -> bool {
        width >= BESIDE || height >= TOUR_LEAST
    }

    /// Columns for the pressed keys on a screen of `width` columns.
    pub fn keys_width(width: u16) -> u16 {
        (width / 3).min(30)
    }

    /// Is the screen too small for anything but saying so?
    pub fn too_small(&self) -> bool {
        self.screen.width < SMALLEST.0 || self.screen.height < SMALLEST.1
    }

    /// Is there so little room that one thing at a time is shown?
    pub fn is_small(&self) -> bool {
        self.screen.width < 60 || self.screen.height < 16
    }

    /// The rectangle of a pane, empty if it is not shown.
    pub fn pane(&self, pane: Pane) -> Rect {
        self.panes.get(pane as usize).copied().unwrap_or_default()
    }

    /// The visible pane at a cell.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        Pane::ALL.into_iter().find(|pane| self.pane(*pane).contains((column, row).into()))
    }

    /// A box in the middle of the body, as large as asked for or as the screen allows.
    pub fn popup(&self, width: u16, height: u16) -> Rect {
        let area = if self.is_small() {
            self.body
        } else {
            self.body.inner(ratatui::layout::Margin::new(2, 1))
        };
        let width = width.min(area.width);
        let height = height.min(area.height);
        Rect::new(
            area.x + (area.width - width) / 2,
            area.y + (area.height - height) / 3,
            width,
            height,
        )
    }
}

/// From this width on the panel of a tour stands beside the body.
const BESIDE: u16 = 144;

/// The fewest lines of a screen on which the panel of a tour has room below the body.
pub const TOUR_LEAST: u16 = 11;

/// Columns of the panel beside the body, which keeps room for all panes.
const TOUR_WIDTH: u16 = 44;

/// Lines that the body keeps when the panel of a tour is below it.
const KEPT: u16 = 10;

/// The body and the panel of a tour with so many lines of text.
fn with_tour(body: Rect, lines: u16) -> (Rect, Rect) {
    if lines == 0 {
        return (body, Rect::default());
    }
    if body.width >= BESIDE {
        return columns(body, body.width - TOUR_WIDTH);
    }
    // On short screens the text is read in parts; a box with a text field needs five rows.
    let most = body.height.saturating_sub(KEPT).max(4);
    let height = lines.saturating_add(2).min(most);
    if body.height < height + 5 {
        return (body, Rect::default());
    }
    rows(body, body.height - height)
}

/// The inside of a bordered pane.
pub fn inside(area: Rect) -> Rect {
    area.inner(ratatui::layout::Margin::new(1, 1))
}

fn panes(body: Rect, wants: Wants) -> [Rect; 4] {
    let mut panes = [Rect::default(); 4];
    let alone = wants.zoom || body.width < 60 || (body.width < 100 && wants.focus == Pane::Policy);
    if alone {
        if let Some(pane) = panes.get_mut(wants.focus as usize) {
            *pane = body;
        }
        return panes;
    }
    let left_width = match body.width {
        0..100 => (body.width * 3 / 7).min(38),
        100..150 => 38,
        _ => 42,
    };
    let (left, right) = columns(body, left_width);
    // Two bordered panes below each other need three rows each; on less only one of them is shown.
    let flat = body.height < 6;
    let wanted = u16::try_from(wants.products).unwrap_or(u16::MAX).saturating_add(2);
    // Short screens give the roles the larger half.
    let (products, roles) = match wants.focus {
        Pane::Products if flat => (left, Rect::default()),
        _ if flat => (Rect::default(), left),
        _ => rows(left, wanted.min(body.height * 2 / 5).max(3)),
    };
    let (summary, policy) = match body.width {
        0..100 => (right, Rect::default()),
        100..150 if flat && wants.focus == Pane::Policy => (Rect::default(), right),
        100..150 if flat => (right, Rect::default()),
        100..150 => rows(right, right.height / 2),
        _ => columns(right, right.width * 9 / 20),
    };
    [products, roles, summary, policy]
}

fn columns(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    (Rect { width, ..area }, Rect { x: area.x + width, width: area.width - width, ..area })
}

fn rows(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_tile_the_body_at_every_size() {
        for width in 1..=260 {
            for height in 1..=80 {
                for (focus, tour) in Pane::ALL.into_iter().flat_map(|pane| [(pane, 0), (pane, 7)]) {
                    let wants = Wants { focus, products: 5, tour, ..Wants::default() };
                    let layout = Layout::new(width, height, wants);
                    if layout.too_small() {
                        continue;
                    }
                    let area: u32 = Pane::ALL.iter().map(|pane| layout.pane(*pane).area()).sum();
                    assert_eq!(area, layout.body.area(), "{width}x{height} {focus:?}");
                    assert!(!layout.tour.intersects(layout.body), "{width}x{height} {focus:?}");
                    assert!(!layout.pane(focus).is_empty(), "{width}x{height} {focus:?}");
                }
            }
        }
    }

    #[test]
    fn a_tour_has_its_panel_from_its_least_height_on() {
        for (width, height) in (30..=200).flat_map(|width| (8..=60).map(move |h| (width, h))) {
            for tour in [2, 3, 7, 30] {
                let layout = Layout::new(width, height, Wants { tour, ..Wants::default() });
                let shown = !layout.tour.is_empty();
                assert_eq!(shown, Layout::has_tour_room(width, height), "{width}x{height} {tour}");
            }
        }
    }

    #[test]
    fn a_large_screen_shows_all_panes() {
        for (width, height) in [(120, 40), (200, 60)] {
            let layout = Layout::new(width, height, Wants { products: 5, ..Wants::default() });
            for pane in Pane::ALL {
                assert!(layout.pane(pane).height >= 7, "{width}x{height} {pane:?}");
            }
        }
    }
}
