//! Frames: drawn into memory, written to the terminal in one piece.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, CrosstermBackend};
use ratatui::layout::Size;

/// Marks a frame that should appear at once (private mode 2026). Terminals that do not know it ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// From this length on a frame could be seen half drawn.
const LONG: usize = 512;

/// The bytes of the frame that is being drawn. Flushing it does nothing: the drawing library flushes several times a frame.
#[derive(Clone, Default)]
struct FrameBytes(Rc<RefCell<Vec<u8>>>);

impl Write for FrameBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The screen: what was drawn last, and the device it is drawn on.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<FrameBytes>>,
    bytes: FrameBytes,
    device: File,
}

impl Screen {
    /// A screen on a terminal device. Writes nothing yet.
    pub(super) fn new(device: File) -> io::Result<Self> {
        let bytes = FrameBytes::default();
        let terminal = Terminal::new(CrosstermBackend::new(bytes.clone()))?;
        Ok(Self {
            terminal,
            bytes,
            device,
        })
    }

    /// The size of the terminal now.
    pub(super) fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// Draws a frame and writes what changed, in one piece.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut ratatui::Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(render)?;
        let mut bytes = self.bytes.0.borrow_mut();
        if bytes.len() >= LONG {
            bytes.splice(0..0, BEGIN.iter().copied());
            bytes.extend_from_slice(END);
        }
        let result = self.device.write_all(&bytes);
        bytes.clear();
        result
    }

    /// Makes the next frame a whole one. The library's own `clear` would ask the terminal where its cursor is.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.terminal.swap_buffers();
        self.terminal.backend_mut().clear_region(ClearType::All)
    }

    /// Writes a sequence that does not touch what is seen.
    pub(super) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.device.write_all(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgetting_empties_both_pictures_of_the_screen() {
        // The library swaps its two buffers after each frame; one swap more must leave nothing to compare with.
        let backend = ratatui::backend::TestBackend::new(3, 1);
        let mut terminal = Terminal::new(backend).unwrap();
        let draw = |frame: &mut ratatui::Frame<'_>| frame.render_widget("abc", frame.area());
        terminal.draw(draw).unwrap();
        terminal.swap_buffers();
        terminal.backend_mut().clear().unwrap();
        terminal.draw(draw).unwrap();
        terminal.backend().assert_buffer_lines(["abc"]);
    }
}
