//! The drawing library's view of the terminal: bytes collected in memory.
//!
//! Some things differ from the library's own backend: cells are said in fewer bytes (`paint`), the
//! terminal is never asked where its cursor is, the cursor stays hidden where it is placed (a text field draws its own),
//! what is so already is not said again (a frame without a change is no bytes at all), and a terminal that does not know its size (0 by 0: some serial lines
//! and containers) is taken to have the usual one.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::paint;
use super::seen::Seen;

/// The size of a terminal that does not know its own.
const USUAL: Size = Size::new(80, 24);

/// The bytes of the frame that is being drawn. Flushing it does nothing: the drawing library
/// flushes several times a frame.
#[derive(Clone, Default)]
pub(super) struct FrameBytes(Rc<RefCell<Vec<u8>>>);

impl FrameBytes {
    /// What was drawn since the last time.
    pub(super) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.borrow_mut())
    }
}

impl Write for FrameBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The backend.
pub(super) struct Canvas {
    inner: CrosstermBackend<FrameBytes>,
    /// Is it known that the cursor is hidden?
    hidden: bool,
    /// Where the cursor was placed, as long as it is there.
    placed: Option<Position>,
    seen: Rc<RefCell<Seen>>,
}

impl Canvas {
    /// A canvas that leaves its bytes in `bytes`.
    pub(super) fn new(bytes: FrameBytes) -> Self {
        Self {
            inner: CrosstermBackend::new(bytes),
            hidden: false,
            placed: None,
            seen: Rc::default(),
        }
    }

    /// What stands on the screen.
    pub(super) fn seen(&self) -> Rc<RefCell<Seen>> {
        Rc::clone(&self.seen)
    }

    /// From now on nothing is known of the cursor.
    pub(super) fn forget_cursor(&mut self) {
        (self.hidden, self.placed) = (false, None);
    }

    /// The screen is blank: it was entered or cleared.
    pub(super) fn blank(&mut self) -> io::Result<()> {
        let Size { width, height } = self.size()?;
        self.seen.borrow_mut().blank(width, height);
        self.placed = None;
        Ok(())
    }
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.placed = None;
        paint::cells(&mut self.inner, &mut self.seen.borrow_mut(), content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.hidden, true) { Ok(()) } else { self.inner.hide_cursor() }
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        // It is placed for input methods, which show what is being typed and what it may become there.
        self.hide_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Only wanted for drawing below a prompt, which this program does not do.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.placed.replace(position) == Some(position) {
            return Ok(());
        }
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.blank()?;
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.blank()?;
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        let size = self.inner.size()?;
        Ok(if size == Size::ZERO { USUAL } else { size })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_so_already_is_not_said_again() {
        let bytes = FrameBytes::default();
        let mut canvas = Canvas::new(bytes.clone());
        canvas.hide_cursor().unwrap();
        assert_eq!(bytes.take(), b"\x1b[?25l", "nothing was known yet");
        canvas.hide_cursor().unwrap();
        canvas.draw(std::iter::empty()).unwrap();
        canvas.flush().unwrap();
        assert_eq!(bytes.take(), b"");
        canvas.forget_cursor();
        canvas.hide_cursor().unwrap();
        assert_eq!(bytes.take(), b"\x1b[?25l");
    }

    #[test]
    fn the_cursor_is_placed_once_and_stays_hidden() {
        let bytes = FrameBytes::default();
        let mut canvas = Canvas::new(bytes.clone());
        let place = |canvas: &mut Canvas, at: (u16, u16)| {
            canvas.show_cursor().unwrap();
            canvas.set_cursor_position(at).unwrap();
            String::from_utf8(bytes.take()).unwrap()
        };
        assert_eq!(place(&mut canvas, (4, 2)), "\x1b[?25l\x1b[3;5H");
        assert_eq!(place(&mut canvas, (4, 2)), "");
        assert_eq!(place(&mut canvas, (5, 2)), "\x1b[3;6H");
        // What was drawn since took it elsewhere.
        canvas.draw([(0, 0, &Cell::new("x"))].into_iter()).unwrap();
        assert!(place(&mut canvas, (5, 2)).ends_with("\x1b[3;6H"));
    }

    #[test]
    fn nothing_asks_the_terminal_where_its_cursor_is() {
        let bytes = FrameBytes::default();
        assert_eq!(Canvas::new(bytes.clone()).get_cursor_position().unwrap(), Position::ORIGIN);
        assert_eq!(bytes.take(), b"");
    }
}
