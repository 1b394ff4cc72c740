//! Keys, mouse and pastes: from the terminal library's events to the program's.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use crossterm::event::{
    Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use super::event_loop::Message;
use crate::app::event::{Event, Mouse, MouseKind};
use crate::app::key::{Code, Key};

/// Reads events for ever and sends them on; ends when the terminal cannot be read or nobody
/// listens. Blocks without waking up while nothing is typed.
pub(super) fn read_forever(messages: &Sender<Message>) {
    let next = |within| crossterm::event::poll(within)?.then(crossterm::event::read).transpose();
    loop {
        let read = crossterm::event::read().and_then(|first| gathered(first, next));
        let events = match read {
            Ok(events) => events,
            Err(error) => {
                // Nobody may be listening any more: then there is nobody to tell.
                let _ = messages.send(Message::Unreadable(error));
                return;
            }
        };
        for event in events {
            if messages.send(Message::Event(event)).is_err() {
                return;
            }
        }
    }
}

/// Characters of a text at least that nobody types at once.
const PASTED: usize = 20;
/// How long what came together is looked for. The terminal library looks at what it has read already only where it may
/// wait at all.
const AT_ONCE: Duration = Duration::from_millis(1);
/// How long the next piece of such a text may take.
const NEXT_PIECE: Duration = Duration::from_millis(50);

/// An event with those that came together with it. A terminal that does not mark pastes sends them as keys, and JSON
/// would run through the commands of its letters: many characters at once that begin as an object does are a paste.
fn gathered(
    first: Raw,
    mut next: impl FnMut(Duration) -> io::Result<Option<Raw>>,
) -> io::Result<Vec<Event>> {
    if typed(&first) != Some('{') {
        return Ok(translate(first).into_iter().collect());
    }
    let mut text = String::from('{');
    let mut raws = vec![first];
    // No key but these two begins an object, so that whoever types is never waited for.
    let begins = |text: &str| text.trim_start_matches(['{', ' ', '\n', '\t']).starts_with('"');
    while let Some(raw) =
        next(if begins(&text) && text.len() > PASTED { NEXT_PIECE } else { AT_ONCE })?
    {
        let c = typed(&raw);
        raws.push(raw);
        let Some(c) = c else { break };
        text.push(c);
    }
    let whole = raws.last().is_some_and(|last| typed(last).is_some());
    let rest = if whole { None } else { raws.pop() };
    if begins(&text) && text.chars().count() > PASTED {
        let rest = rest.and_then(translate);
        return Ok(std::iter::once(Event::Paste(text)).chain(rest).collect());
    }
    Ok(raws.into_iter().chain(rest).filter_map(translate).collect())
}

/// The character of a text that a key event stands for; None for any other.
fn typed(raw: &Raw) -> Option<char> {
    let Raw::Key(key) = raw else { return None };
    let key = translate_key(*key)?;
    match (key.code, key.ctrl, key.alt) {
        (Code::Char(c), false, false) => Some(c),
        (Code::Enter, false, false) | (Code::Char('j'), true, false) => Some('\n'),
        (Code::Tab, false, false) => Some('\t'),
        _ => None,
    }
}

/// The program's event, if the program has one for it.
pub fn translate(raw: Raw) -> Option<Event> {
    match raw {
        Raw::Key(key) => translate_key(key).map(Event::Key),
        Raw::Mouse(mouse) => translate_mouse(mouse).map(Event::Mouse),
        // Control characters inside stay text; the place that takes the paste decides about them.
        Raw::Paste(text) => Some(Event::Paste(text)),
        Raw::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
        Raw::FocusGained | Raw::FocusLost => None,
    }
}

fn translate_key(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let mut ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let mut alt = key.modifiers.contains(KeyModifiers::ALT);
    let mut shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let code = match key.code {
        KeyCode::Char(c) if c.is_control() => return None,
        KeyCode::Char(c) => {
            // The character already says what Shift did to it.
            shift = false;
            if ctrl && alt && !c.is_ascii_alphanumeric() {
                // AltGr is reported as Ctrl and Alt by some terminals; the character is what was
                // typed.
                (ctrl, alt) = (false, false);
            }
            Code::Char(if ctrl { c.to_ascii_lowercase() } else { c })
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::BackTab => {
            shift = false;
            Code::BackTab
        }
        KeyCode::Tab if shift => {
            shift = false;
            Code::BackTab
        }
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::F(number @ 1..=12) => Code::F(number),
        _ => return None,
    };
    Some(Key { code, ctrl, alt, shift })
}

fn translate_mouse(mouse: MouseEvent) -> Option<Mouse> {
    let kind = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Click,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Mouse { kind, column: mouse.column, row: mouse.row })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        match translate(Raw::Key(KeyEvent::new(code, modifiers))) {
            Some(Event::Key(key)) => Some(key),
            Some(other) => panic!("a key became {other:?}"),
            None => None,
        }
    }

    #[test]
    fn characters_carry_what_was_typed() {
        let cases = [
            (KeyCode::Char('g'), KeyModifiers::NONE, Key::char('g')),
            (KeyCode::Char('G'), KeyModifiers::SHIFT, Key::char('G')),
            (KeyCode::Char('?'), KeyModifiers::SHIFT, Key::char('?')),
            (KeyCode::Char('c'), KeyModifiers::CONTROL, Key::ctrl('c')),
            (KeyCode::Char('C'), KeyModifiers::CONTROL | KeyModifiers::SHIFT, Key::ctrl('c')),
            (KeyCode::Char('x'), KeyModifiers::ALT, Key::alt('x')),
            (KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT, Key::char('@')),
            (KeyCode::Char('？'), KeyModifiers::NONE, Key::char('？')),
            (KeyCode::Char('：'), KeyModifiers::NONE, Key::char('：')),
            (KeyCode::Char('／'), KeyModifiers::NONE, Key::char('／')),
        ];
        for (code, modifiers, expected) in cases {
            assert_eq!(key(code, modifiers), Some(expected), "{code:?} with {modifiers:?}");
        }
    }

    #[test]
    fn named_keys() {
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), Some(Key::plain(Code::BackTab)));
        assert_eq!(key(KeyCode::Tab, KeyModifiers::SHIFT), Some(Key::plain(Code::BackTab)));
        assert_eq!(key(KeyCode::F(5), KeyModifiers::NONE), Some(Key::plain(Code::F(5))));
        assert_eq!(key(KeyCode::F(13), KeyModifiers::NONE), None);
        assert_eq!(
            key(KeyCode::Left, KeyModifiers::SHIFT),
            Some(Key { shift: true, ..Key::plain(Code::Left) }),
            "Shift stays on keys that are no characters"
        );
        assert_eq!(key(KeyCode::Char('\u{9b}'), KeyModifiers::NONE), None);
    }

    #[test]
    fn releases_are_no_presses_and_repeats_are() {
        let event =
            |kind| Raw::Key(KeyEvent::new_with_kind(KeyCode::Down, KeyModifiers::NONE, kind));
        assert_eq!(translate(event(KeyEventKind::Release)), None);
        assert_eq!(
            translate(event(KeyEventKind::Repeat)),
            Some(Event::Key(Key::plain(Code::Down)))
        );
    }

    #[test]
    fn json_that_comes_as_keys_is_a_paste() {
        let keys = |text: &str| -> Vec<Raw> {
            let code = |c| if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
            text.chars().map(|c| Raw::Key(KeyEvent::new(code(c), KeyModifiers::NONE))).collect()
        };
        let gather = |raws: Vec<Raw>| {
            let mut raws = raws.into_iter();
            let first = raws.next().unwrap();
            let mut out = gathered(first, |_| Ok(raws.next())).unwrap();
            out.extend(raws.filter_map(translate));
            out
        };
        let text = "{\n  \"Status\": \"FAILED\",\n  \"q\": 1\n}\n";
        assert_eq!(gather(keys(text)), [Event::Paste(text.to_owned())]);
        let mut with_key = keys(text);
        with_key.push(Raw::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)));
        let esc = Event::Key(Key::plain(Code::Esc));
        assert_eq!(gather(with_key), [Event::Paste(text.to_owned()), esc]);
        // Keys stay keys: one alone, few of them, a key that is held down, and another beginning.
        for typed in
            ["{", "{\"a\":1}", "{{{{{{{{{{{{{{{{{{{{{{{{{{", "[{\"Status\": \"FAILED\"}, {}]"]
        {
            let expected: Vec<Event> = keys(typed).into_iter().filter_map(translate).collect();
            assert_eq!(gather(keys(typed)), expected, "{typed}");
        }
    }

    #[test]
    fn mouse_and_paste() {
        let mouse = |kind| {
            Raw::Mouse(MouseEvent { kind, column: 3, row: 4, modifiers: KeyModifiers::NONE })
        };
        assert_eq!(
            translate(mouse(MouseEventKind::Down(MouseButton::Left))),
            Some(Event::Mouse(Mouse { kind: MouseKind::Click, column: 3, row: 4 }))
        );
        assert_eq!(translate(mouse(MouseEventKind::Moved)), None);
        assert_eq!(translate(Raw::Paste("a\u{1b}b".into())), Some(Event::Paste("a\u{1b}b".into())));
    }
}
