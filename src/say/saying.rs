//! A sentence that is kept, and told when it is known in which language: an error goes through rooms that know none.

use std::fmt::Display;
use std::io;

use super::{CHINESE, Language, OTHERS, comma_list, fill, say};

/// A sentence with its values. It has no `Display`: whoever tells it says in which language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    /// English of the table.
    en: &'static str,
    /// English for the number one, where it is about one.
    one: Option<&'static str>,
    values: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// The same in every language: names, numbers, places.
    Text(String),
    /// Names in a row.
    List(Vec<String>),
    /// The same in both languages, English first.
    Both(String, String),
    /// Sentences or names in a row.
    All(Vec<Saying>),
    /// What others said in English: the system, a library. In Chinese where the table has it.
    Others(String),
    /// A part that is a sentence itself.
    Saying(Saying),
}

/// A sentence, as it stands in the table, with places for values.
pub fn saying(en: &'static str) -> Saying {
    Saying(Box::new(Inner { en, one: None, values: Vec::new() }))
}

/// A number with its noun, as [`count`](super::count); the table holds the second form.
pub fn counted(n: usize, one: &'static str, many: &'static str) -> Saying {
    let one = (n == 1).then_some(one);
    Saying(Box::new(Inner { en: many, one, values: vec![Value::Text(n.to_string())] }))
}

impl Saying {
    /// What reads the same in every language.
    pub fn same(text: impl Into<String>) -> Self {
        let values = vec![Value::Text(text.into())];
        Self(Box::new(Inner { en: "{}", one: None, values }))
    }

    /// What others said in English, in a sentence of theirs; in Chinese where the table has it.
    pub fn others(text: impl Into<String>) -> Self {
        let values = vec![Value::Others(text.into())];
        Self(Box::new(Inner { en: "{}", one: None, values }))
    }

    /// What reads otherwise in Chinese and stands in no table, as names of products do.
    pub fn both(en: impl Into<String>, zh: impl Into<String>) -> Self {
        let values = vec![Value::Both(en.into(), zh.into())];
        Self(Box::new(Inner { en: "{}", one: None, values }))
    }

    fn and(mut self, value: Value) -> Self {
        self.0.values.push(value);
        self
    }

    /// The next value: a name, a number, a place.
    #[must_use]
    pub fn with(self, value: impl Display) -> Self {
        self.and(Value::Text(value.to_string()))
    }

    /// The next value: names, with commas between them.
    #[must_use]
    pub fn list<T: Display>(self, names: impl IntoIterator<Item = T>) -> Self {
        self.and(Value::List(names.into_iter().map(|name| name.to_string()).collect()))
    }

    /// The next value: names in any language, with commas between them.
    #[must_use]
    pub fn all(self, names: impl IntoIterator<Item = Self>) -> Self {
        self.and(Value::All(names.into_iter().collect()))
    }

    /// The next value: what the system said.
    #[must_use]
    pub fn system(self, error: &io::Error) -> Self {
        self.and(Value::Others(error.to_string()))
    }

    /// The next value: what something else said in English.
    #[must_use]
    pub fn quoting(self, said: impl Into<String>) -> Self {
        self.and(Value::Others(said.into()))
    }

    /// The next value: a part that is a sentence itself.
    #[must_use]
    pub fn of(self, part: Self) -> Self {
        self.and(Value::Saying(part))
    }

    /// The sentence with another one behind it, where there is one.
    #[must_use]
    pub fn then(self, next: Option<Self>) -> Self {
        match next {
            Some(next) => saying("{} {}").of(self).of(next),
            None => self,
        }
    }

    /// Changes the values that are the same in every language: places, where what they count is known later.
    pub fn change_texts(&mut self, change: &dyn Fn(&str) -> Option<String>) {
        for value in &mut self.0.values {
            match value {
                Value::Text(text) => {
                    if let Some(changed) = change(text) {
                        *text = changed;
                    }
                }
                Value::Saying(part) => part.change_texts(change),
                Value::All(parts) => parts.iter_mut().for_each(|part| part.change_texts(change)),
                Value::List(_) | Value::Both(..) | Value::Others(_) => {}
            }
        }
    }

    /// Is it this sentence of the table?
    pub fn is(&self, en: &str) -> bool {
        self.0.en == en
    }

    /// The sentence in a language.
    pub fn said(&self, language: Language) -> String {
        let template = match (language, self.0.one) {
            (Language::English, Some(one)) => one,
            _ => say(language, self.0.en),
        };
        let values: Vec<String> = self.0.values.iter().map(|value| value.said(language)).collect();
        fill(template, &values.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The sentence in English.
    pub fn english(&self) -> String {
        self.said(Language::English)
    }
}

impl Value {
    fn said(&self, language: Language) -> String {
        match (self, language) {
            (Self::Text(text), _) | (Self::Others(text), Language::English) => text.clone(),
            (Self::List(names), _) => comma_list(language, names),
            (Self::Others(text), Language::Chinese) => chinese(text),
            (Self::Both(en, _), Language::English) => en.clone(),
            (Self::Both(_, zh), Language::Chinese) => zh.clone(),
            (Self::All(parts), _) => {
                let parts: Vec<String> = parts.iter().map(|part| part.said(language)).collect();
                comma_list(language, &parts)
            }
            (Self::Saying(part), _) => part.said(language),
        }
    }
}

/// What others said in English, in Chinese where the table has it: without the number that the system puts behind it.
fn chinese(text: &str) -> String {
    let known = text.split_once(" (os error ").map_or(text, |(before, _)| before);
    // A single word may be a name that is a word of the program too.
    let is_said = known.contains(' ') || OTHERS.contains(&known);
    if let Some(zh) = CHINESE.get(known).filter(|_| is_said) {
        return (*zh).to_owned();
    }
    let found = OTHERS.iter().find_map(|en| Some((*en, values_of(en, known)?)));
    let Some((en, values)) = found else { return text.to_owned() };
    // What stands between quotes is a name that somebody gave.
    let quoted = en.split("{}").map(|before| before.ends_with(['`', '\'', '"']));
    let values = values.into_iter().zip(quoted);
    let values: Vec<String> = values
        .map(|(value, quoted)| if quoted { value.to_owned() } else { chinese(value) })
        .collect();
    fill(say(Language::Chinese, en), &values.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What stands in the places of a template; None where the text is not made by it.
fn values_of<'a>(template: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = template.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut values = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let end = if parts.peek().is_none() && rest.ends_with(part) {
            rest.len() - part.len()
        } else {
            rest.find(part).filter(|_| !part.is_empty())?
        };
        values.push(rest.get(..end)?);
        rest = rest.get(end + part.len()..)?;
    }
    (rest.is_empty() && !values.is_empty()).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_told_in_the_language_that_is_wanted() {
        let reason = saying("It does not exist.");
        let whole = saying("{}: {}").with("a.json").of(reason.clone());
        assert_eq!(whole.english(), "a.json: It does not exist.");
        assert_eq!(whole.said(Language::Chinese), "a.json：它不存在。");
        assert!(reason.is("It does not exist.") && !whole.is("It does not exist."));
        let two = saying("The text is empty.").then(Some(saying("The text is empty.")));
        assert_eq!(two.english(), "The text is empty. The text is empty.");
        assert_eq!(two.said(Language::Chinese), "文本为空。文本为空。");
    }

    #[test]
    fn names_of_both_languages_stand_in_the_one_that_is_told() {
        let names = || [Saying::both("Widget", "小部件"), Saying::same("b")];
        let said = saying("{}: {}").of(Saying::both("All", "全部")).all(names());
        assert_eq!(said.english(), "All: Widget, b");
        assert_eq!(said.said(Language::Chinese), "全部：小部件、b");
    }

    #[test]
    fn names_that_others_quote_are_no_words_of_theirs() {
        for (text, zh) in [
            ("unknown field `list`, expected `read`", "未知字段 `list`，应为 `read`"),
            ("list was not read: it gave no reason", "list 没有读取：它没有说明原因"),
            (
                "invalid type: string \"list\", expected a boolean",
                "类型错误：此处为字符串 \"list\"，应为布尔值",
            ),
        ] {
            assert_eq!(chinese(text), zh, "{text}");
        }
    }

    #[test]
    fn numbers_have_their_noun_and_names_their_commas() {
        let noun = |n| counted(n, "{} role", "{} roles");
        assert_eq!(noun(1).english(), "1 role");
        assert_eq!(noun(2).english(), "2 roles");
        assert_eq!(noun(1).said(Language::Chinese), "1 个角色");
        let names = Saying::same("x").is("{}") && !Saying::same("x").english().is_empty();
        assert!(names);
        let list = saying("{}").list(["a", "b"]);
        assert_eq!(list.english(), "a, b");
        assert_eq!(list.said(Language::Chinese), "a、b");
    }

    #[test]
    fn what_the_system_says_is_chinese_where_it_is_known() {
        let error = io::Error::from_raw_os_error(13);
        let said = saying("{}").system(&error);
        assert_eq!(said.english(), error.to_string());
        #[cfg(target_os = "linux")]
        assert_eq!(said.said(Language::Chinese), "权限不足");
        let odd = saying("{}").quoting("no one knows this");
        assert_eq!(odd.said(Language::Chinese), "no one knows this");
    }
}
