//! The settings in force, read without waiting for the database.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::setting_changes;
use crate::db::{Conn, DbError};
use crate::mail::AsciiAddress;
use crate::settings::{Group, Key, Value};

/// Every setting at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    values: HashMap<Key, String>,
    versions: HashMap<Key, i32>,
}

impl Book {
    /// The settings given as flags; those the firm did not give are absent.
    pub fn of_flags(given: impl IntoIterator<Item = (Key, String)>) -> Self {
        Self {
            values: given.into_iter().collect(),
            versions: HashMap::new(),
        }
    }

    /// The value in force, if there is one.
    pub fn text(&self, key: Key) -> Option<&str> {
        self.values.get(&key).map(String::as_str)
    }

    /// An address in force, if there is one.
    pub fn address(&self, key: Key) -> Option<AsciiAddress> {
        AsciiAddress::parse(self.text(key)?).ok()
    }

    /// A number of days in force; 0 for a setting that holds none.
    pub fn days(&self, key: Key) -> usize {
        self.text(key)
            .and_then(|text| text.parse().ok())
            .unwrap_or_default()
    }

    /// A number of months in force; 0 for a setting that holds none.
    pub fn months(&self, key: Key) -> Months {
        let text = self.text(key).and_then(|text| text.parse().ok());
        Months::new(text.unwrap_or_default())
    }

    /// Cases that ended before this day of the Paris calendar are archived, as seen on `today`.
    pub fn archived_before(&self, today: NaiveDate) -> NaiveDate {
        let day = today.checked_sub_months(self.months(Key::ArchiveAfter));
        day.unwrap_or(NaiveDate::MIN)
    }

    /// Whether a switch is on.
    pub fn is_on(&self, key: Key) -> bool {
        self.text(key) == Some(Value::ON)
    }

    /// How many times the setting was changed in the back office.
    pub fn version(&self, key: Key) -> i32 {
        self.versions.get(&key).copied().unwrap_or_default()
    }

    /// Grows with each change: what was made from an older edition is out of date.
    pub fn edition(&self) -> i64 {
        self.versions.values().copied().map(i64::from).sum()
    }

    /// What the firm should show of itself and nobody has given yet (R74): what the law asks, and
    /// what is asked of some firms only.
    pub fn missing(&self) -> Vec<Key> {
        Key::ALL
            .iter()
            .copied()
            .filter(|key| key.group() == Group::Identity && self.text(*key).is_none())
            .collect()
    }

    /// These settings with the changes of the back office over them.
    async fn changed(&self, conn: &mut Conn) -> Result<Self, DbError> {
        let last: Vec<(Key, i32, Option<String>)> = setting_changes::table
            .distinct_on(setting_changes::key)
            .order((setting_changes::key, setting_changes::version.desc()))
            .select((
                setting_changes::key,
                setting_changes::version,
                setting_changes::value,
            ))
            .load(conn)
            .await?;
        let mut book = self.clone();
        for (key, version, value) in last {
            book.versions.insert(key, version);
            match value {
                Some(value) => book.values.insert(key, value),
                None => book.values.remove(&key),
            };
        }
        Ok(book)
    }
}

/// The settings in force now, shared by the whole program. A node reads them again after its own
/// changes at once, after those of another within the nap of its background work.
#[derive(Debug, Default)]
pub struct Live {
    flags: Book,
    now: RwLock<Arc<Book>>,
}

impl Live {
    /// The settings of the flags, until [`Live::reload`] has read the changes.
    pub fn new(flags: Book) -> Self {
        Self {
            now: RwLock::new(Arc::new(flags.clone())),
            flags,
        }
    }

    /// The settings in force.
    pub fn book(&self) -> Arc<Book> {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&now)
    }

    /// Reads the changes again.
    ///
    /// # Errors
    /// When the database fails; the settings stay what they were.
    pub async fn reload(&self, conn: &mut Conn) -> Result<(), DbError> {
        let book = Arc::new(self.flags.changed(conn).await?);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = book;
        Ok(())
    }
}
