//! A condition put together at run time: words of SQL that the program wrote, and values that are
//! always bound.

use std::marker::PhantomData;

use chrono::NaiveDate;
use diesel::QueryResult;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::expression::{TypedExpressionType, is_aggregate};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Bool, Date, SqlType, Text};

/// A condition; an empty one is none. The query builder cannot make one whose shape is only known
/// when a list is asked for, nor compare rows, nor spell the condition of a partial index without
/// binding its constants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(&'static str),
    Id(i64),
    Ids(Vec<i64>),
    Date(NaiveDate),
    Text(String),
}

impl Condition {
    /// One of these words; columns are named with their table.
    pub fn of(words: &'static str) -> Self {
        Self(vec![Part::Words(words)])
    }

    /// Followed by these words.
    #[must_use]
    pub fn words(self, words: &'static str) -> Self {
        self.part(Part::Words(words))
    }

    /// Followed by an id.
    #[must_use]
    pub fn id(self, id: i64) -> Self {
        self.part(Part::Id(id))
    }

    /// Followed by an array of ids.
    #[must_use]
    pub fn ids(self, ids: Vec<i64>) -> Self {
        self.part(Part::Ids(ids))
    }

    /// Followed by a date.
    #[must_use]
    pub fn date(self, date: NaiveDate) -> Self {
        self.part(Part::Date(date))
    }

    /// Followed by a text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.part(Part::Text(text.to_owned()))
    }

    /// Both; an empty one asks for nothing.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        if other.is_empty() {
            return self;
        }
        let mut parts = vec![Part::Words("(")];
        parts.extend(self.0);
        parts.push(Part::Words(") AND ("));
        parts.extend(other.0);
        parts.push(Part::Words(")"));
        Self(parts)
    }

    /// One whose words are always the same few: a statement that has it may be kept prepared.
    pub const fn fixed(self) -> Fixed {
        self.yielding()
    }

    /// The same for words that yield an `ST`.
    pub const fn yielding<ST>(self) -> Fixed<ST> {
        Fixed(self, PhantomData)
    }

    /// Whether it asks for nothing.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Followed by another, as it is.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    fn part(mut self, part: Part) -> Self {
        self.0.push(part);
        self
    }

    /// Writes it into a statement whose words are always the same few, which may be kept prepared.
    ///
    /// # Errors
    /// When a value cannot be bound.
    pub fn walk_fixed<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if self.is_empty() {
            out.push_sql("TRUE");
        }
        for part in &self.0 {
            match part {
                Part::Words(words) => out.push_sql(words),
                Part::Id(id) => out.push_bind_param::<BigInt, _>(id)?,
                Part::Ids(ids) => out.push_bind_param::<Array<BigInt>, _>(ids)?,
                Part::Date(date) => out.push_bind_param::<Date, _>(date)?,
                Part::Text(text) => out.push_bind_param::<Text, _>(text)?,
            }
        }
        Ok(())
    }
}

/// Words and values that yield an `ST`. The words are always the same few, so that planning the
/// statement, which can cost more than running it, is not begun anew each time. A literal of the query
/// builder would have it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed<ST = Bool>(Condition, PhantomData<ST>);

/// These words, which yield an `ST`.
pub fn fixed<ST>(words: &'static str) -> Fixed<ST> {
    Condition::of(words).yielding()
}

impl<ST> QueryFragment<Pg> for Fixed<ST> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_fixed(out)
    }
}

impl<ST> QueryId for Fixed<ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST: SqlType + TypedExpressionType> Expression for Fixed<ST> {
    type SqlType = ST;
}

impl<Source, ST> AppearsOnTable<Source> for Fixed<ST> where Self: Expression {}

impl<Source, ST> SelectableExpression<Source> for Fixed<ST> where Self: Expression {}

impl<Group, ST> ValidGrouping<Group> for Fixed<ST> {
    type IsAggregate = is_aggregate::Never;
}

impl QueryFragment<Pg> for Condition {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        // Its text differs from one asking to the next: a cache of statements would only grow.
        out.unsafe_to_cache_prepared();
        self.walk_fixed(out)
    }
}

impl QueryId for Condition {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Expression for Condition {
    type SqlType = Bool;
}

impl<Source> AppearsOnTable<Source> for Condition {}

impl<Source> SelectableExpression<Source> for Condition {}

impl<Group> ValidGrouping<Group> for Condition {
    type IsAggregate = is_aggregate::Never;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_condition_asks_for_nothing() {
        let one = Condition::of("a = ").id(1);
        assert_eq!(Condition::default().and(one.clone()), one);
        assert_eq!(one.clone().and(Condition::default()), one);
        assert!(Condition::default().is_empty());
    }

    #[test]
    fn values_are_bound_and_never_written() {
        let both = Condition::of("a = ")
            .text("'; DROP")
            .and(Condition::of("b").words(" = ").id(7));
        let sql = diesel::debug_query::<Pg, _>(&both).to_string();
        assert!(sql.starts_with("(a = $1) AND (b = $2)"), "{sql}");
    }
}
