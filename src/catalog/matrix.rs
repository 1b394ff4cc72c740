//! Roles by services: which services have a column, in which order, and what a role may do in each of them. The screen,
//! `matrix` and `export` say it in their own words.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Catalog;
use super::model::Role;
use crate::policy::summary::{Anywhere, Reach, Reaches, Touched, Touches};
use crate::sort;

/// Roles with what each of them touches, packed: there may be thousands.
#[derive(Debug)]
pub struct Grid<'a> {
    /// The codes of the services: the one that was asked for first, then those that most roles touch, then in the order
    /// in which the roles name them.
    pub columns: Vec<String>,
    entries: Vec<(&'a Role, Touches)>,
    asked: Option<String>,
    catalog: &'a Catalog,
}

/// A role of the grid.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The role.
    pub role: &'a Role,
    /// Its policy is not whole.
    pub partial: bool,
    /// All that it may do in RAM is to delete itself.
    pub deletes_itself: bool,
    /// A cell a column.
    pub cells: Vec<Cell>,
    /// The codes of the services that only a missing part of its policy is known to name.
    pub missing: Vec<&'a str>,
    /// The patterns of its policy that more than one service may be meant by.
    pub anywhere: Vec<Anywhere>,
}

/// What a role may do in a service.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell {
    /// What its policy says of the service by name.
    pub touched: Option<Touched>,
    /// What patterns of any service say of it.
    pub reach: Reach,
}

impl Cell {
    /// Nothing is said of the service.
    pub fn is_empty(&self) -> bool {
        self.touched.is_none() && self.reach.is_nothing()
    }
}

impl<'a> Grid<'a> {
    /// The grid of these roles. A service that was asked for has its column even where it is touched through patterns
    /// of any service alone.
    pub fn of(
        entries: Vec<(&'a Role, Touches)>,
        asked: Option<&str>,
        catalog: &'a Catalog,
    ) -> Self {
        let mut counts: Vec<(String, usize)> = Vec::new();
        let mut at: HashMap<String, usize> = HashMap::new();
        let mut count = |code: &str, number: usize| {
            let at = at.get(code).copied().unwrap_or_else(|| {
                at.insert(code.to_owned(), counts.len());
                counts.push((code.to_owned(), 0));
                counts.len() - 1
            });
            if let Some((_, count)) = counts.get_mut(at) {
                *count += number;
            }
        };
        if let Some(code) = asked.filter(|_| !entries.is_empty()) {
            count(code, 0);
        }
        let said = entries.iter().flat_map(|(_, touched)| touched.iter());
        for one in said.filter(Touched::is_said) {
            count(one.code.as_str(), usize::from(one.is_touched()));
        }
        sort::by_key(&mut counts, |(code, count)| (Some(&**code) != asked, Reverse(*count)));
        let columns = counts.into_iter().map(|(code, _)| code).collect();
        Self { columns, entries, asked: asked.map(str::to_owned), catalog }
    }

    /// The same with columns at the end for what only missing parts of policies are known to name.
    #[must_use]
    pub fn with_missing(mut self) -> Self {
        for (role, touched) in &self.entries {
            for code in missing(role, touched) {
                if !self.columns.iter().any(|known| known == code) {
                    self.columns.push(code.to_owned());
                }
            }
        }
        self
    }

    /// The rows, each made when it is taken.
    pub fn rows(&self) -> impl Iterator<Item = Row<'a>> + use<'_, 'a> {
        let codes: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let place: HashMap<&str, usize> =
            codes.iter().enumerate().map(|(at, code)| (*code, at)).collect();
        let mut reaches = Reaches::new(self.catalog);
        self.entries.iter().map(move |(role, touched)| {
            let mut cells = vec![Cell::default(); codes.len()];
            for one in touched.iter().filter(Touched::is_said) {
                let at = place.get(one.code.as_str());
                if let Some(cell) = at.and_then(|at| cells.get_mut(*at)) {
                    cell.touched = Some(one);
                }
            }
            let (anywhere, reached) =
                self.catalog.reached(role, touched.iter(), &codes, &mut reaches);
            cells.iter_mut().zip(reached).for_each(|(cell, reach)| cell.reach = reach);
            let mut missing = missing(role, touched);
            missing.retain(|code| self.asked.as_deref().is_none_or(|asked| asked == *code));
            Row {
                role,
                partial: role.is_partial(),
                deletes_itself: self.catalog.only_deletes_itself(role, touched.iter()),
                cells,
                missing,
                anywhere,
            }
        })
    }
}

fn missing<'a>(role: &'a Role, touched: &Touches) -> Vec<&'a str> {
    let named = touched.iter().filter(Touched::is_touched).map(|one| one.code.as_str());
    role.missing_beside(&named.collect::<Vec<&str>>())
}

/// The patterns among these that may mean actions of a service and grant them, or deny them.
pub fn reaching<'a>(
    anywhere: &'a [Anywhere],
    code: &'a str,
    denied: bool,
) -> impl Iterator<Item = &'a Anywhere> {
    anywhere.iter().filter(move |one| one.denied == denied && one.reaches(code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{read, summary};

    #[test]
    fn what_was_asked_for_comes_first_and_then_what_most_roles_touch() {
        let catalog = Catalog::builtin().unwrap();
        let columns = |policies: &[&str], asked: Option<&str>| {
            let entries = policies.iter().zip(catalog.roles()).map(|(actions, role)| {
                let text = format!(
                    r#"{{"Statement":[{{"Effect":"Allow","Action":[{actions}],"Resource":"*"}}]}}"#
                );
                let read = read::document(&*text).unwrap();
                (role, summary::touched(&read.document, &catalog).into())
            });
            Grid::of(entries.collect(), asked, &catalog).columns.join(" ")
        };
        let (two, one) = (r#""kms:Decrypt","ecs:RunInstances""#, r#""ecs:RunInstances""#);
        for (policies, asked, expected) in [
            (&[two][..], None, "kms ecs"),
            (&[two, one], None, "ecs kms"),
            (&[two, one], Some("kms"), "kms ecs"),
            (&[r#""*""#], Some("kms"), "kms *"),
            (&[], Some("kms"), ""),
        ] {
            assert_eq!(columns(policies, asked), expected, "{policies:?} {asked:?}");
        }
    }
}
