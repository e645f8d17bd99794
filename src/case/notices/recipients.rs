//! Who is told of a case: whoever is barred from it is not.

use chrono::NaiveDate;

use crate::case::{CaseId, StaffId, sight};
use crate::db::{Conn, DbError};
use crate::mail::EmailAddress;
use crate::staff::{self, AccountLine, AccountState, Right, absences};

/// Those of the office who sign in.
pub(super) struct Staff(Vec<AccountLine>);

impl Staff {
    /// As they are now.
    pub(super) async fn read(conn: &mut Conn) -> Result<Self, DbError> {
        let mut accounts = staff::list(conn).await?;
        accounts.retain(|account| account.state == AccountState::Enrolled);
        Ok(Self(accounts))
    }

    /// Those who handle cases, with their addresses.
    pub(super) fn who_work(&self) -> impl Iterator<Item = (&AccountLine, EmailAddress)> {
        let working = |account: &&AccountLine| account.roles.may(Right::WorkCases);
        let reachable = |account| Some((account, address(account)?));
        self.0.iter().filter(working).filter_map(reachable)
    }

    /// Who is in charge of a case of this handler on that day; the supervisors when nobody is.
    pub(super) async fn in_charge(
        &self,
        conn: &mut Conn,
        (case, handler): (CaseId, Option<StaffId>),
        today: NaiveDate,
    ) -> Result<Vec<EmailAddress>, DbError> {
        let in_charge = match handler {
            Some(handler) => absences::in_charge_of(conn, handler, today).await?,
            None => None,
        };
        let told = self
            .unbarred(conn, case, |account| Some(account.id) == in_charge)
            .await?;
        if !told.is_empty() {
            return Ok(told);
        }
        self.supervisors(conn, case).await
    }

    /// The supervisors.
    pub(super) async fn supervisors(
        &self,
        conn: &mut Conn,
        case: CaseId,
    ) -> Result<Vec<EmailAddress>, DbError> {
        self.unbarred(conn, case, |account| account.roles.may(Right::AssignOthers))
            .await
    }

    /// The addresses of those of them for whom the case exists.
    async fn unbarred(
        &self,
        conn: &mut Conn,
        case: CaseId,
        is_told: impl Fn(&AccountLine) -> bool,
    ) -> Result<Vec<EmailAddress>, DbError> {
        let mut addresses = Vec::new();
        for account in self.0.iter().filter(|account| is_told(account)) {
            if !sight::is_barred(conn, case, account.id).await? {
                addresses.extend(address(account));
            }
        }
        Ok(addresses)
    }
}

fn address(account: &AccountLine) -> Option<EmailAddress> {
    let email = account.email.as_deref()?;
    EmailAddress::parse(email).ok()
}
