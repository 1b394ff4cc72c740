//! Frames: drawn into memory, written to the terminal in one piece.

use std::fs::File;
use std::io::{self, Write};

use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType};
use ratatui::layout::Size;

use super::canvas::{Canvas, FrameBytes};

/// Marks a frame that should appear at once (private mode 2026). Terminals that do not know it
/// ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// From this length on a frame could be seen half drawn.
const LONG: usize = 512;

/// The screen: what was drawn last, and the device it is drawn on.
pub(super) struct Screen {
    terminal: Terminal<Canvas>,
    bytes: FrameBytes,
    device: File,
}

impl Screen {
    /// A screen on a terminal device. Writes nothing yet.
    pub(super) fn new(device: File) -> io::Result<Self> {
        let bytes = FrameBytes::default();
        let mut canvas = Canvas::new(bytes.clone());
        canvas.blank()?;
        let terminal = Terminal::new(canvas)?;
        Ok(Self { terminal, bytes, device })
    }

    /// The size of the terminal now.
    pub(super) fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// One more handle of the terminal.
    pub(super) fn device(&self) -> io::Result<File> {
        self.device.try_clone()
    }

    /// Draws a frame and writes what changed, in one piece.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut ratatui::Frame<'_>)) -> io::Result<()> {
        let seen = self.terminal.backend().seen();
        self.terminal.draw(|frame| {
            render(frame);
            seen.borrow_mut().mend(frame.buffer_mut());
        })?;
        let bytes = self.bytes.take();
        let frame = if bytes.len() < LONG { bytes } else { [BEGIN, &bytes, END].concat() };
        self.device.write_all(&frame)
    }

    /// Makes the next frame a whole one.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        // After a frame the library's two buffers are: empty, and what was drawn. Swapping empties
        // the second one too.
        self.terminal.swap_buffers();
        self.terminal.backend_mut().forget_cursor();
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
    fn swapping_the_buffers_makes_the_next_frame_whole() {
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
