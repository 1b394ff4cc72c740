//! Text to show, used by every room: made harmless, measured in columns, cut and wrapped without half characters.
//!
//! What is harmful is asked of [`is_harmful`] everywhere. In a cell such a character is one sign ([`harmless`]), so
//! that columns hold; in a sentence it is written out (`\u{1b}`, [`visible`]), so that two names never look the same;
//! and in what leaves as a whole text it gets the escape of JSON ([`crate::terminal::plain`]), which inside a string
//! means the same text.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation as _;

/// The columns that a text takes: those of its graphemes, each of which gets cells of its own. (A
/// whole text may be narrower: some letters of Arabic join into one.)
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    if text.chars().all(is_single) {
        return text.chars().count();
    }
    text.graphemes(true).map(unicode_width::UnicodeWidthStr::width).sum()
}

/// A character that takes one column and joins with no other one of these: ASCII and the signs of the screen. Other ones
/// may be such too; of these it is known without tables.
pub fn is_single(c: char) -> bool {
    matches!(c, ' '..='~' | '…' | '·' | '›' | '─'..='╿' | '▎' | '█' | '▸' | '▾' | '◐')
}

/// The ASCII character that is meant by a full-width one, as Chinese input methods type them; any other one is itself.
pub fn ascii_twin(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => {
            u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c)
        }
        _ => c,
    }
}

/// Is the text nothing but visible ASCII and blanks: a column a byte, and nothing to cut or to make harmless?
pub fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Is the character one that a terminal might obey, that turns the order of text around, or that no
/// reader sees: control and format characters (Unicode categories Cc and Cf), separators of lines,
/// and letters without a shape.
pub fn is_harmful(c: char) -> bool {
    if matches!(c, '\0'..='\u{7F}' | '\u{4E00}'..='\u{9FFF}') {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{6DD}' | '\u{70F}'
            | '\u{890}'..='\u{891}' | '\u{8E2}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{110BD}' | '\u{110CD}' | '\u{13430}'..='\u{1343F}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The text with control characters, bidirectional marks and invisible characters shown as signs:
/// a terminal has nothing to obey in it.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if is_printable(text) || !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            // The pictures of the control characters, U+2400 on.
            '\0'..='\u{1F}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7F}' => out.push('\u{2421}'),
            c if is_harmful(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The text with every character that a terminal or a reader could be misled by written out, as `\u{1b}`.
pub fn visible(text: &str) -> String {
    if is_printable(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// The same, cut after `most` characters.
pub fn visible_start(text: &str, most: usize) -> String {
    // No text has more characters than bytes.
    if text.len() <= most {
        return visible(text);
    }
    let Some((end, _)) = text.char_indices().nth(most) else { return visible(text) };
    visible(text.get(..end).unwrap_or_default()) + ".."
}

/// Cuts to at most `columns`, with an ellipsis where something is left out.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    if columns == 0 {
        return Cow::Borrowed("");
    }
    let mut out = String::with_capacity(columns + 4);
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let w = width(grapheme);
        if used + w + 1 > columns {
            break;
        }
        out.push_str(grapheme);
        used += w;
    }
    out.push('…');
    Cow::Owned(out)
}

/// The end of the text that fits in `columns`, without an ellipsis: where a text is typed, what was typed last stays in
/// sight.
pub fn end_of(text: &str, columns: usize) -> &str {
    let mut shown = text;
    while width(shown) > columns {
        let step = shown.chars().next().map_or(1, char::len_utf8);
        shown = shown.get(step..).unwrap_or_default();
    }
    shown
}

/// The text with a tail that tells how to see the rest; the text gives way where both are too long for `columns`.
pub fn cut_to(text: &str, tail: &str, columns: usize) -> String {
    let room = columns.saturating_sub(width(tail) + 1);
    if width(text) <= room {
        return format!("{text} {tail}");
    }
    let kept = cut(text, room + 1);
    let kept = kept.strip_suffix('…').unwrap_or(&kept).trim_end();
    cut(&format!("{kept} {tail}"), columns).into_owned()
}

/// Cuts to at most `columns` on the left, with an ellipsis: of a path the end says which it is.
pub fn cut_left(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let room = columns.saturating_sub(1);
    let mut used = 0;
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > room {
            break;
        }
        start = at;
    }
    let kept = text.get(start..).unwrap_or_default();
    // A whole name says more than the end of one before it.
    let kept = match kept.find(['/', '\\']) {
        Some(at) if at + 1 < kept.len() => kept.get(at..).unwrap_or(kept),
        _ => kept,
    };
    if columns == 0 { Cow::Borrowed("") } else { Cow::Owned(format!("…{kept}")) }
}

/// Cuts or fills with blanks to exactly `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    let cut = cut(text, columns);
    let missing = columns.saturating_sub(width(&cut));
    let mut out = cut.into_owned();
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// Breaks into lines of at most `columns`: at blanks, and inside a word only where it is longer than
/// a line or in a script that is written without blanks.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let mut gap = usize::from(used > 0);
        for piece in pieces(word) {
            let w = width(piece);
            if used > 0 && used + gap + w > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
                gap = 0;
            }
            if gap > 0 {
                line.push(' ');
                used += 1;
                gap = 0;
            }
            if w <= columns {
                line.push_str(piece);
                used += w;
                continue;
            }
            // A name longer than a line breaks between its parts, else anywhere.
            for part in parts(piece, columns) {
                let w = width(part);
                if used > 0 && used + w > columns {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push_str(part);
                used += w;
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The same in at most `most` lines: what has no room is cut, with an ellipsis.
pub fn wrap_within(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines = wrap(text, columns);
    if lines.len() <= most {
        return lines;
    }
    lines.truncate(most.saturating_sub(1));
    if most > 0 {
        // Lines that are put together again would not tell whether a blank stood between them.
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let told: usize = lines.iter().map(|line| letters(line)).sum();
        let mut inked = text.char_indices().filter(|(_, c)| !c.is_whitespace());
        let rest = inked.nth(told).and_then(|(at, _)| text.get(at..)).unwrap_or_default();
        lines.push(cut(rest, columns).into_owned());
    }
    lines
}

/// The parts of a long name between which a line may break, each of at most `columns`: of a path behind slashes, then
/// behind the signs of ARNs and domains, then before capital letters, then anywhere.
fn parts(name: &str, columns: usize) -> Vec<&str> {
    let between: [fn(char, char) -> bool; 3] = [
        |before, _| matches!(before, '/' | '\\'),
        |before, c| matches!(before, ':' | '.' | '-' | '_' | ',') && c.is_alphanumeric(),
        |before, c| before.is_ascii_lowercase() && c.is_ascii_uppercase(),
    ];
    let mut parts = vec![name];
    for breaks in between {
        parts = parts
            .into_iter()
            .flat_map(|part| if width(part) <= columns { vec![part] } else { split(part, breaks) })
            .collect();
    }
    let whole = |part: &&str| width(part) <= columns;
    parts
        .into_iter()
        .flat_map(
            |part| {
                if whole(&part) { vec![part] } else { part.graphemes(true).collect::<Vec<_>>() }
            },
        )
        .collect()
}

/// Splits a text wherever it may break between two characters.
fn split(text: &str, breaks: fn(char, char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| breaks(before, c)) {
            parts.extend(text.get(start..at));
            start = at;
        }
        before = Some(c);
    }
    parts.extend(text.get(start..));
    parts
}

/// Signs that begin no line: they belong to what stands before them.
fn is_closing(grapheme: &str) -> bool {
    let mut signs = grapheme.chars();
    let sign = signs.next().filter(|_| signs.next().is_none());
    sign.is_some_and(|sign| "，。、；：！？）】」』〉》”’…—·%,.;:!?)]}".contains(sign))
}

/// Signs that end no line: they belong to what stands behind them.
fn is_opening(grapheme: &str) -> bool {
    let mut signs = grapheme.chars();
    let sign = signs.next().filter(|_| signs.next().is_none());
    sign.is_some_and(|sign| "（【「『〈《“‘([{".contains(sign))
}

/// The parts of a word between which a line may break: beside wide characters, where the next one is no closing sign and
/// the last one is no opening sign. Of Latin words none is broken.
fn pieces(word: &str) -> Vec<&str> {
    if word.is_ascii() {
        return vec![word];
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = "";
    for (at, grapheme) in word.grapheme_indices(true) {
        let wide = width(grapheme) > 1 || width(before) > 1;
        if at > start && wide && !is_closing(grapheme) && !is_opening(before) {
            pieces.extend(word.get(start..at));
            start = at;
        }
        before = grapheme;
    }
    pieces.extend(word.get(start..));
    pieces
}

/// A number with commas: `10,000`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A size as people say it: `812 B`, `31 kB`, `3.1 MB`.
pub fn bytes(size: u64) -> String {
    match size {
        0..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{} kB", size / 1_000),
        _ => format!("{}.{} MB", size / 1_000_000, size % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_left_to_obey() {
        assert_eq!(harmless("a\u{1b}[31m\u{202E}b\r\n"), "a␛[31m\u{FFFD}b␍␊");
        assert_eq!(harmless("云消息队列 Kafka 版"), "云消息队列 Kafka 版");
        assert_eq!(harmless("\u{9b}31m"), "\u{FFFD}31m");
        assert_eq!(harmless("a\u{AD}b\u{600}c\u{3164}d"), "a\u{FFFD}b\u{FFFD}c\u{FFFD}d");
    }

    #[test]
    fn what_is_harmful_is_written_out_in_sentences() {
        assert_eq!(visible("a\u{1b}[31m\n密\u{202e}"), "a\\u{1b}[31m\\u{a}密\\u{202e}");
        assert_eq!(visible("a\u{AD}b\u{600}c\u{3164}d"), "a\\u{ad}b\\u{600}c\\u{3164}d");
        assert_eq!(visible_start("密\u{7}钥abc", 2), "密\\u{7}..");
        assert_eq!(visible_start("密钥", 2), "密钥");
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            for shown in [visible(&text), harmless(&text).into_owned()] {
                assert!(!shown.chars().any(is_harmful), "{c:?} as {shown:?}");
            }
        }
    }

    #[test]
    fn full_width_signs_have_twins() {
        let twins: String = "ＡＺ～！\u{3000}密～".chars().map(ascii_twin).collect();
        assert_eq!(twins, "AZ~! 密~");
    }

    #[test]
    fn the_end_of_what_is_typed_stays() {
        assert_eq!(end_of("kms:Decrypt", 7), "Decrypt");
        assert_eq!(end_of("kms", 7), "kms");
        assert_eq!(end_of("密钥管理", 5), "管理");
        assert_eq!(end_of("密钥", 0), "");
    }

    #[test]
    fn single_characters_take_a_column_each() {
        let singles: String = ('\0'..='\u{FFFF}').filter(|c| is_single(*c)).collect();
        for single in singles.graphemes(true) {
            assert_eq!(unicode_width::UnicodeWidthStr::width(single), 1, "{single}");
            assert_eq!(single.chars().count(), 1, "{single}");
            assert!(!single.chars().any(is_harmful), "{single}");
        }
    }

    #[test]
    fn cuts_by_columns() {
        assert_eq!(cut("函数计算", 8), "函数计算");
        assert_eq!(cut("函数计算", 7), "函数计…");
        assert_eq!(cut("函数计算", 6), "函数…");
        assert_eq!(pad("函数计算", 6), "函数… ");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn wraps_at_blanks() {
        assert_eq!(wrap("only with keys tagged true", 12), ["only with", "keys tagged", "true"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("/a/long/path.json", 8), ["/a/long/", "path.", "json"]);
        assert_eq!(wrap("云消息队列版", 5), ["云消", "息队", "列版"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn signs_stay_with_their_words_and_latin_words_stay_whole() {
        for (text, columns, lines) in [
            // No line begins with a closing sign.
            ("可删除密钥。再查", 10, &["可删除密", "钥。再查"][..]),
            ("密钥）、标签", 6, &["密", "钥）、", "标签"]),
            ("占比约为百分之10%左右", 16, &["占比约为百分之", "10%左右"]),
            // No line ends with an opening sign.
            ("操作（读取）完成", 6, &["操作", "（读", "取）完", "成"]),
            ("使用（kms:Decrypt）解密", 16, &["使用", "（kms:Decrypt）", "解密"]),
            ("标为“推断”的", 6, &["标为", "“推断”", "的"]),
            // Latin words stay whole where they fit a line.
            ("角色AliyunServiceRoleForX已删除", 22, &["角色", "AliyunServiceRoleForX", "已删除"]),
            ("查看kms:Decrypt，再试", 14, &["查看", "kms:Decrypt，", "再试"]),
            ("AliyunRoleFor、", 13, &["AliyunRole", "For、"]),
        ] {
            assert_eq!(wrap(text, columns), lines, "{text} in {columns}");
        }
    }

    #[test]
    fn what_has_no_line_is_cut() {
        assert_eq!(wrap_within("one two three", 7, 2), ["one two", "three"]);
        assert_eq!(wrap_within("one two three four", 7, 2), ["one two", "three …"]);
        assert_eq!(wrap_within("one two three", 7, 1), ["one tw…"]);
        assert_eq!(wrap_within("密钥（kms:Decrypt）可用于解密", 8, 2), ["密钥", "（kms:D…"]);
        assert!(wrap_within("one two three", 7, 0).is_empty());
    }

    #[test]
    fn long_names_break_between_their_parts() {
        for (name, columns, lines) in [
            (
                "AliyunServiceRoleForAlikafkaInstanceEncryption",
                42,
                ["AliyunServiceRoleForAlikafkaInstance", "Encryption"],
            ),
            (
                "instanceencryption.alikafka.aliyuncs.com",
                35,
                ["instanceencryption.alikafka.", "aliyuncs.com"],
            ),
            ("acs:ram::123:role/Name", 14, ["acs:ram::123:", "role/Name"]),
            ("/some/folder/GetRoleWithName.json", 30, ["/some/folder/", "GetRoleWithName.json"]),
        ] {
            assert_eq!(wrap(name, columns), lines, "{name}");
        }
        assert_eq!(wrap("the role AliyunRoleFor", 12), ["the role", "AliyunRole", "For"]);
    }

    #[test]
    fn paths_are_cut_on_the_left() {
        for (columns, shown) in [
            (19, "/some/folder/a.json"),
            (18, "…/folder/a.json"),
            (8, "…/a.json"),
            (7, "…a.json"),
            (3, "…on"),
            (0, ""),
        ] {
            assert_eq!(cut_left("/some/folder/a.json", columns), shown, "{columns}");
        }
        assert_eq!(cut_left("密钥/数据", 6), "…/数据");
    }

    #[test]
    fn letters_that_join_keep_their_cells() {
        // Lam and alef.
        assert_eq!(width("\u{644}\u{627}"), 2);
        assert_eq!(pad("\u{644}\u{627}\u{644}\u{627}x", 4), "\u{644}\u{627}\u{644}…");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_fit(text in "\\PC{0,80}", columns in 2usize..40) {
            for line in wrap(&text, columns) {
                // A single grapheme can be wider than the line.
                let fits = width(&line) <= columns || line.graphemes(true).count() == 1;
                prop_assert!(fits, "{line:?} in {columns}");
            }
            prop_assert_eq!(width(&pad(&text, columns)), columns);
        }
    }
}
