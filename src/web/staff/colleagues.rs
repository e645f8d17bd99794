//! The people of the back office, read once for a page: their names, and what each could do.

use crate::db::{Conn, DbError};
use crate::staff::{self, AccountLine, AccountState, Right, StaffId};

/// Every account.
#[derive(Clone, Debug)]
pub(crate) struct Colleagues(Vec<AccountLine>);

impl Colleagues {
    /// Reads them, disabled ones included: their names stay on what they did.
    pub(crate) async fn read(conn: &mut Conn) -> Result<Self, DbError> {
        staff::list(conn).await.map(Self)
    }

    /// One of them.
    pub(crate) fn find(&self, id: StaffId) -> Option<&AccountLine> {
        self.0.iter().find(|account| account.id == id)
    }

    /// The name of one of them.
    pub(crate) fn name(&self, id: StaffId) -> &str {
        self.find(id)
            .map_or("Compte inconnu", |account| &account.display_name)
    }

    /// Those who can do something now, by name.
    pub(crate) fn who_may(&self, right: Right) -> Vec<&AccountLine> {
        let mut able: Vec<&AccountLine> = self
            .0
            .iter()
            .filter(|account| account.state == AccountState::Enrolled && account.roles.may(right))
            .collect();
        able.sort_by_key(|account| account.display_name.to_lowercase());
        able
    }

    /// Those who could read over what `author` wrote.
    pub(crate) fn readers_for(&self, author: StaffId) -> Vec<&AccountLine> {
        let mut readers = self.who_may(Right::ApproveAnswers);
        readers.retain(|reader| reader.id != author);
        readers
    }
}
