//! The lists a case is classed by, products and subjects: in the database, so that staff can change
//! them. A line is retired, never deleted.

mod change;
mod code;
mod history;

use diesel::prelude::*;
use diesel::query_dsl::positional_order_dsl::PositionalOrderDsl;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use crate::db::schema::{products, subjects};
use crate::db::{Conn, DbError, text_code};

pub use change::{ChangeKind, Label, ListChange, ListChangeError, change_list};
pub use history::{ListChanged, list_changes};

text_code! {
    /// One of the two lists.
    pub enum List {
        /// What the case is about.
        Products => "products",
        /// What went wrong.
        Subjects => "subjects",
    }
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Listed {
    /// The code that cases keep.
    pub code: String,
    /// What people read.
    pub label: String,
    /// No longer offered; cases that have it keep it.
    pub is_retired: bool,
}

/// Both lists, in the order in which they are offered, retired lines included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Products.
    pub products: Vec<Listed>,
    /// Subjects.
    pub subjects: Vec<Listed>,
}

/// Why a code is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// Never on the list.
    #[error("not on the list")]
    Unknown,
    /// On the list once; a draft may still hold it.
    #[error("no longer on the list")]
    Retired,
}

impl Catalogue {
    /// The lines of one list.
    pub fn lines(&self, list: List) -> &[Listed] {
        match list {
            List::Products => &self.products,
            List::Subjects => &self.subjects,
        }
    }

    /// Reads both lists, in one statement.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(conn: &mut Conn) -> Result<Self, DbError> {
        let subjects = subjects::table.select((
            false.into_sql::<Bool>(),
            subjects::position,
            subjects::code,
            subjects::label,
            subjects::is_retired,
        ));
        let lines: Vec<(bool, i32, String, String, bool)> = products::table
            .select((
                true.into_sql::<Bool>(),
                products::position,
                products::code,
                products::label,
                products::is_retired,
            ))
            .union_all(subjects)
            .positional_order_by((2, 3))
            .load(conn)
            .await?;
        let mut read = Self::default();
        for (is_product, _, code, label, is_retired) in lines {
            let list = if is_product {
                &mut read.products
            } else {
                &mut read.subjects
            };
            list.push(Listed {
                code,
                label,
                is_retired,
            });
        }
        Ok(read)
    }
}

/// The line that a form chose; blank is none: nobody has to know.
///
/// # Errors
/// When the code is not offered, or no longer.
pub fn choose(list: &[Listed], typed: &str) -> Result<Option<Listed>, ListError> {
    let code = typed.trim();
    if code.is_empty() {
        return Ok(None);
    }
    match list.iter().find(|line| line.code == code) {
        None => Err(ListError::Unknown),
        Some(line) if line.is_retired => Err(ListError::Retired),
        Some(line) => Ok(Some(line.clone())),
    }
}

/// The label of a code, retired or not.
pub fn label_of<'a>(list: &'a [Listed], code: &str) -> Option<&'a str> {
    let line = list.iter().find(|line| line.code == code)?;
    Some(&line.label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_free_and_must_be_offered() {
        let line = |code: &str, is_retired| Listed {
            code: code.to_owned(),
            label: code.to_uppercase(),
            is_retired,
        };
        let list = [line("car", false), line("boat", true)];
        assert_eq!(choose(&list, " "), Ok(None));
        assert_eq!(choose(&list, "car"), Ok(Some(line("car", false))));
        assert_eq!(choose(&list, "boat"), Err(ListError::Retired));
        assert_eq!(choose(&list, "plane"), Err(ListError::Unknown));
        assert_eq!(label_of(&list, "boat"), Some("BOAT"));
    }
}
