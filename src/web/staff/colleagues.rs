//! The people of the back office, read once for a page: their names, and what each could do.

use crate::db::{Conn, DbError};
use crate::staff::{self, AccountLine, AccountState, Right, StaffId};

/// Every account, and who has no part in the case at hand.
#[derive(Clone, Debug)]
pub(crate) struct Colleagues {
    all: Vec<AccountLine>,
    barred: Vec<StaffId>,
}

impl Colleagues {
    /// Reads them, disabled ones included: their names stay on what they did.
    pub(crate) async fn read(conn: &mut Conn) -> Result<Self, DbError> {
        Ok(Self {
            all: staff::list(conn).await?,
            barred: Vec::new(),
        })
    }

    /// The same for a case that complains about these: they keep their names, and can do nothing.
    #[must_use]
    pub(crate) fn without(mut self, barred: impl Iterator<Item = StaffId>) -> Self {
        self.barred = barred.collect();
        self
    }

    /// Whether the case complains about them.
    pub(crate) fn is_barred(&self, id: StaffId) -> bool {
        self.barred.contains(&id)
    }

    /// Those who are enrolled, by name.
    pub(crate) fn enrolled(&self) -> Vec<&AccountLine> {
        let mut enrolled: Vec<&AccountLine> = self
            .all
            .iter()
            .filter(|account| account.state == AccountState::Enrolled)
            .collect();
        enrolled.sort_by_key(|account| account.display_name.to_lowercase());
        enrolled
    }

    /// One of them.
    pub(crate) fn find(&self, id: StaffId) -> Option<&AccountLine> {
        self.all.iter().find(|account| account.id == id)
    }

    /// The name of one of them.
    pub(crate) fn name(&self, id: StaffId) -> &str {
        self.find(id)
            .map_or("Compte inconnu", |account| &account.display_name)
    }

    /// Those who can do something now, by name.
    pub(crate) fn who_may(&self, right: Right) -> Vec<&AccountLine> {
        let mut able = self.enrolled();
        able.retain(|account| account.roles.may(right) && !self.barred.contains(&account.id));
        able
    }

    /// Those who could read over what `writers` wrote.
    pub(crate) fn readers_for(&self, writers: &[StaffId]) -> Vec<&AccountLine> {
        let mut readers = self.who_may(Right::ApproveAnswers);
        readers.retain(|reader| !writers.contains(&reader.id));
        readers
    }
}
