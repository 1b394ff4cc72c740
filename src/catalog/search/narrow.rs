//! The same matching for a short list: the services of a filter, the keys of a help page, the commands of a palette.

use super::corpus::cut;
use super::mask;
use super::query::{Lower, Query, fold};
use super::rank::{Match, Scorer, Step};
use crate::sort;

/// An item of a list that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed {
    /// Its place in the list.
    pub index: usize,
    /// Which of its texts matched best.
    pub form: usize,
    /// How; nothing where nothing was asked.
    pub found: Option<Match>,
}

impl Narrowed {
    /// The characters of the text that match, to be marked.
    pub fn indices(&self) -> &[usize] {
        self.found.as_ref().map_or(&[], |found| &found.indices)
    }

    /// Does it match by more than scattered letters?
    pub fn is_clear(&self) -> bool {
        self.found.as_ref().is_none_or(|found| found.step < Step::Scattered)
    }
}

/// The items that match, the best first; all of them in their order where nothing is asked. Each item has some texts.
pub fn narrow<'a, I, F>(items: I, typed: &str) -> Vec<Narrowed>
where
    I: IntoIterator<Item = F>,
    F: IntoIterator<Item = &'a str>,
{
    let query = Query::new(typed);
    let items = items.into_iter().enumerate();
    if query.is_empty() {
        return items.map(|(index, _)| Narrowed { index, form: 0, found: None }).collect();
    }
    let mut scorer = Scorer::new();
    let mut lower = Lower::default();
    let mut narrowed: Vec<Narrowed> = items
        .filter_map(|(index, forms)| {
            let matches = forms.into_iter().enumerate().filter_map(|(form, text)| {
                let text: String = cut(text).chars().map(keep_ascii_case).collect();
                let letters = mask::of(&text);
                let is_match = query.may_match(letters)
                    && query.matches(letters, text.as_bytes(), text.len(), &mut lower);
                is_match.then(|| (form, scorer.measure(&query, &text)))
            });
            let best = matches.reduce(
                |best, next| {
                    if next.1.order(&best.1).is_lt() { next } else { best }
                },
            );
            best.map(|(form, found)| Narrowed { index, form, found: Some(found) })
        })
        .collect();
    sort::by(&mut narrowed, |a, b| match (&a.found, &b.found) {
        (Some(a), Some(b)) => a.order(b),
        _ => std::cmp::Ordering::Equal,
    });
    narrowed
}

/// The same without items that have no more than the letters in their order, where others have what was typed in one
/// piece or by initials.
pub fn clearly<'a, I, F>(items: I, typed: &str) -> Vec<Narrowed>
where
    I: IntoIterator<Item = F>,
    F: IntoIterator<Item = &'a str>,
{
    let mut narrowed = narrow(items, typed);
    if narrowed.iter().any(Narrowed::is_clear) {
        narrowed.retain(Narrowed::is_clear);
    }
    narrowed
}

/// Folds all but ASCII capitals, which say where words start.
fn keep_ascii_case(c: char) -> char {
    if c.is_ascii() { c } else { fold(c) }
}

#[cfg(test)]
mod tests {
    use super::narrow;

    #[test]
    fn services_are_found_by_any_of_their_names() {
        let services = [
            vec!["ecs", "Elastic Compute Service", "云服务器 ECS", "ECS"],
            vec!["fc", "Function Compute", "函数计算", "FC"],
            vec!["kms", "Key Management Service", "密钥管理服务", "KMS"],
            vec!["log", "Simple Log Service", "日志服务", "SLS"],
        ];
        for (typed, first) in [
            ("ECS", "ecs"),
            ("ecs", "ecs"),
            ("Function Compute", "fc"),
            ("FC", "fc"),
            ("函数计算", "fc"),
            ("函数", "fc"),
            ("kms", "kms"),
            ("sls", "log"),
            ("日志", "log"),
            ("key man", "kms"),
            ("ＫＭＳ", "kms"),
            ("comp func", "fc"),
        ] {
            let found = narrow(services.iter().map(|forms| forms.iter().copied()), typed);
            let name = found.first().map(|hit| services[hit.index][0]);
            assert_eq!(name, Some(first), "{typed}: {found:?}");
        }
        let all = narrow(services.iter().map(|forms| forms.iter().copied()), "  ");
        assert_eq!(all.iter().map(|hit| hit.index).collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(narrow(services.iter().map(|forms| forms.iter().copied()), "zzz"), []);
    }
}
