//! The known names that are near to a misspelled one, by one rule for all that can be typed: commands, settings, roles,
//! services, tours and actions.

use crate::sort;

/// Texts are compared by so many characters of their beginning.
const LONGEST: usize = 80;
/// Of anything shorter no part of a name is near: any two letters stand in too many names.
const PART: usize = 3;

/// The names that were most likely meant, the nearest first, `most` of them at most. `compared` is the part of a name
/// that is held against what was typed.
///
/// A letter that has to be changed, added or taken away is a slip, and so are two neighbours that have to change places.
/// A name is near where it is at most one slip for every three letters away, or one in a shorter name; or where it holds
/// something that is at most one for every four letters away. What is two slips farther than the nearest is not told.
pub fn nearest<T>(
    typed: &str,
    names: impl IntoIterator<Item = T>,
    compared: impl Fn(&T) -> &str,
    most: usize,
) -> Vec<T> {
    let typed: Vec<char> = letters(typed).collect();
    if typed.len() < 2 {
        return Vec::new();
    }
    let wanted = mask(&typed);
    let mut rows = Rows::default();
    let mut theirs: Vec<char> = Vec::new();
    let mut near: Vec<((usize, usize), T)> = Vec::new();
    for name in names {
        theirs.clear();
        theirs.extend(letters(compared(&name)));
        let (of_all, of_part) = ((typed.len().max(theirs.len()) / 3).max(1), typed.len() / 4);
        // Each letter that the name does not have is a slip: most names need no closer look.
        let lacking = (wanted & !mask(&theirs)).count_ones();
        if usize::try_from(lacking).is_ok_and(|lacking| lacking > of_all.max(of_part)) {
            continue;
        }
        let all = rows.slips(&typed, &theirs, false);
        let part = (typed.len() >= PART).then(|| rows.slips(&typed, &theirs, true));
        let part = part.filter(|slips| *slips <= of_part);
        let least = part.into_iter().chain((all <= of_all).then_some(all)).min();
        if let Some(least) = least {
            near.push(((least, all), name));
        }
    }
    sort::by_key(&mut near, |(slips, _)| *slips);
    let farthest = near.first().map_or(0, |((slips, _), _)| slips + 1);
    let near = near.into_iter().take_while(|((slips, _), _)| *slips <= farthest);
    near.take(most).map(|(_, name)| name).collect()
}

/// Is a name at most one slip away from what was typed?
pub fn is_slip(typed: &str, name: &str) -> bool {
    let [typed, name] = [typed, name].map(|text| letters(text).collect::<Vec<char>>());
    Rows::default().slips(&typed, &name, false) <= 1
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase).take(LONGEST)
}

/// A bit for each letter that occurs; letters may share one.
fn mask(letters: &[char]) -> u64 {
    letters.iter().fold(0, |mask, c| mask | 1 << (u32::from(*c) % u64::BITS))
}

/// The last two rows of the table of slips, and the one that is being filled: kept from one name to the next.
#[derive(Default)]
struct Rows {
    before: Vec<usize>,
    above: Vec<usize>,
    here: Vec<usize>,
}

impl Rows {
    /// How many slips `typed` is away from `name`, or from the part of it that is nearest.
    fn slips(&mut self, typed: &[char], name: &[char], part: bool) -> usize {
        let at = |row: &[usize], n: usize| row.get(n).copied().unwrap_or(usize::MAX / 2);
        self.above.clear();
        // What stands in the name before and after the part costs nothing.
        self.above.extend((0..=name.len()).map(|n| if part { 0 } else { n }));
        let mut last: Option<char> = None;
        for (i, a) in typed.iter().enumerate() {
            self.here.clear();
            self.here.push(i + 1);
            let mut left: Option<char> = None;
            for (j, b) in name.iter().enumerate() {
                let changed = at(&self.above, j) + usize::from(a != b);
                let mut least = changed.min(at(&self.above, j + 1) + 1).min(at(&self.here, j) + 1);
                if last == Some(*b) && left == Some(*a) && j > 0 {
                    least = least.min(at(&self.before, j - 1) + 1);
                }
                self.here.push(least);
                left = Some(*b);
            }
            std::mem::swap(&mut self.before, &mut self.above);
            std::mem::swap(&mut self.above, &mut self.here);
            last = Some(*a);
        }
        let end = self.above.last().copied();
        let least = if part { self.above.iter().min().copied() } else { end };
        least.unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 11] = [
        "theme",
        "dark",
        "light",
        "osc52",
        "high-contrast",
        "find",
        "quit-now",
        "kms:Decrypt",
        "kms:BatchDecryptAll",
        "AlikafkaConnector",
        "zh",
    ];

    #[test]
    fn slips_of_the_finger_are_near() {
        for (typed, expected) in [
            // Changed, added, taken away, swapped.
            ("thema", &["theme"][..]),
            ("fined", &["find"]),
            ("ligt", &["light"]),
            ("drak", &["dark"]),
            ("kms:Decrpyt", &["kms:Decrypt"]),
            ("HIGH_CONTRAST", &["high-contrast"]),
            // A part of a name, as it is or with a slip.
            ("osc", &["osc52"]),
            ("quit", &["quit-now"]),
            ("conector", &["AlikafkaConnector"]),
            ("decrypt", &["kms:Decrypt", "kms:BatchDecryptAll"]),
            ("zg", &["zh"]),
            ("kms:Encrypt", &["kms:Decrypt"]),
            ("osd", &[]),
            ("xyzzy", &[]),
            ("z", &[]),
            ("", &[]),
        ] {
            assert_eq!(nearest(typed, NAMES, |name| name, 9), expected, "{typed}");
        }
        assert_eq!(nearest("decrypt", NAMES, |name| name, 1), ["kms:Decrypt"]);
    }

    #[test]
    fn slips_are_counted_one_by_one() {
        for (typed, name, all, part) in [
            ("", "abc", 3, 0),
            ("abc", "", 3, 3),
            ("conector", "alikafkaconnector", 9, 1),
            ("kitten", "sitting", 3, 2),
            ("ab", "ba", 1, 1),
            ("nihc", "xxnichxx", 5, 1),
        ] {
            let of = |text: &str| text.chars().collect::<Vec<_>>();
            let mut rows = Rows::default();
            assert_eq!(rows.slips(&of(typed), &of(name), false), all, "{typed} {name}");
            assert_eq!(rows.slips(&of(typed), &of(name), true), part, "a part: {typed} {name}");
        }
    }
}
