//! What an address of the inbox asks for, and the addresses that lead from it.

use chrono::{Datelike, NaiveDate};
use url::form_urlencoded::Serializer;

use crate::case::CaseId;
use crate::case::inbox::{Cursor, Filters, List};
use crate::web::staff::inbox::fields::{Field, Known};
use crate::web::staff::inbox::lists;
use crate::web::urls;

/// A list, narrowed or not, from some line on.
pub(super) struct View {
    /// The list.
    pub(super) list: List,
    /// What narrows it.
    pub(super) filters: Filters,
    /// The same as the address has it.
    pub(super) chosen: Vec<Chosen>,
    /// Where the page begins.
    pub(super) after: Option<Cursor>,
    /// What the address says that means nothing: `nature=autre`.
    pub(super) ignored: Vec<String>,
}

/// A filter in use.
pub(super) struct Chosen {
    /// Which.
    pub(super) field: Field,
    /// Its value in the address.
    pub(super) value: String,
    /// What people read.
    pub(super) words: String,
}

const LIST: &str = "liste";
const AFTER: &str = "apres";
/// How much of a value that means nothing is shown, in characters.
const SHOWN: usize = 40;

impl View {
    /// Reads the pairs of an address. What is blank asks for nothing; what means nothing is left out
    /// and told.
    pub(super) fn parse(pairs: &[(String, String)], known: &Known<'_>) -> Self {
        let mut view = Self {
            list: List::Open,
            filters: Filters::default(),
            chosen: Vec::new(),
            after: None,
            ignored: Vec::new(),
        };
        for (name, value) in pairs {
            let value = value.trim();
            if !value.is_empty() && view.take(name, value, known).is_none() {
                view.ignored.push(cut(&format!("{name}={value}")));
            }
        }
        view
    }

    fn take(&mut self, name: &str, value: &str, known: &Known<'_>) -> Option<()> {
        match name {
            LIST => self.list = lists::parse(value)?,
            AFTER => self.after = Some(parse_cursor(value)?),
            _ => {
                let mut fields = Field::ALL.into_iter();
                let field = fields.find(|field| field.code() == name)?;
                let words = field.apply(value, known, &mut self.filters)?;
                self.chosen.retain(|one| one.field != field);
                self.chosen.push(Chosen {
                    field,
                    value: value.to_owned(),
                    words,
                });
            }
        }
        Some(())
    }

    /// The value of a filter, as typed or chosen.
    pub(super) fn value(&self, field: Field) -> &str {
        let found = self.chosen.iter().find(|one| one.field == field);
        found.map_or("", |one| &one.value)
    }

    /// The address of its first page.
    pub(super) fn address(&self) -> String {
        self.lead(None, |_| true)
    }

    /// The query of that address, the list named.
    pub(super) fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair(LIST, lists::code(self.list));
        for one in &self.chosen {
            query.append_pair(one.field.code(), &one.value);
        }
        query.finish()
    }

    /// The address of the same list without this filter.
    pub(super) fn without(&self, field: Field) -> String {
        self.lead(None, |one| one.field != field)
    }

    /// The address of the page after `cursor`.
    pub(super) fn after(&self, cursor: Cursor) -> String {
        self.lead(Some(cursor), |_| true)
    }

    fn lead(&self, after: Option<Cursor>, keeps: impl Fn(&Chosen) -> bool) -> String {
        let mut query = Serializer::new(String::new());
        if self.list != List::Open {
            query.append_pair(LIST, lists::code(self.list));
        }
        for one in self.chosen.iter().filter(|one| keeps(one)) {
            query.append_pair(one.field.code(), &one.value);
        }
        if let Some(Cursor { on, case }) = after {
            query.append_pair(AFTER, &format!("{on}.{}", case.0));
        }
        address(&query.finish())
    }
}

/// The address of a list kept under a name.
pub(super) fn saved_address(query: &str) -> String {
    address(query)
}

/// The address of the first page of a list.
pub(super) fn list_address(list: List) -> String {
    if list == List::Open {
        return address("");
    }
    address(&format!("{LIST}={}", lists::code(list)))
}

fn address(query: &str) -> String {
    if query.is_empty() {
        urls::STAFF_INBOX.to_owned()
    } else {
        format!("{}?{query}", urls::STAFF_INBOX)
    }
}

fn cut(text: &str) -> String {
    let mut short: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(SHOWN)
        .collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Reads `2026-05-15.123`.
fn parse_cursor(text: &str) -> Option<Cursor> {
    let (on, case) = text.split_once('.')?;
    let on: NaiveDate = on.parse().ok()?;
    // PostgreSQL's calendar is shorter than chrono's.
    let is_near = (1900..=9999).contains(&on.year());
    let case = case.parse().ok().map(CaseId)?;
    is_near.then_some(Cursor { on, case })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nonsense_is_none() {
        let cursor = Cursor {
            on: NaiveDate::from_ymd_opt(2026, 5, 15).unwrap(),
            case: CaseId(123),
        };
        assert_eq!(parse_cursor("2026-05-15.123"), Some(cursor));
        for nonsense in [
            "",
            ".",
            "2026-05-15",
            "2026-05-15.",
            "2026-02-30.1",
            "2026-05-15.99999999999999999999",
            "+262142-01-01.1",
            "a.b",
            "'; DROP",
        ] {
            assert_eq!(parse_cursor(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn what_means_nothing_is_shown_short() {
        assert_eq!(cut("nature=autre"), "nature=autre");
        assert_eq!(cut(&"é".repeat(99)).chars().count(), SHOWN + 1);
    }
}
