//! The dated rows that stand beside the status of a case, in one reading.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Deserialize;

use crate::case::CaseId;
use crate::case::outside::ask::Asked;
use crate::case::outside::holding_letter::HoldingLetterRow;
use crate::case::outside::mediation::MediationRow;
use crate::case::outside::take_withdrawal::WithdrawalTakenRow;
use crate::case::outside::transfer::TransferRow;
use crate::db::schema::{asks, cases, holding_letters, mediations, transfers, withdrawals_taken};
use crate::db::{Conn, DbError};

/// What stands beside the status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Beside {
    /// What we wait for from the person.
    pub asked: Option<Asked>,
    /// What we announced to them.
    pub holding_letter: Option<HoldingLetterRow>,
    /// Who else had the case last.
    pub transfer: Option<TransferRow>,
    /// The last referral to the mediator.
    pub mediation: Option<MediationRow>,
    /// The last withdrawal that staff noted.
    pub withdrawal: Option<WithdrawalTakenRow>,
}

/// What stands beside the status of this case, for its person; pages of the back office read it with
/// the particulars of the case.
///
/// # Errors
/// `NotFound` when there is no such case, or the database fails.
pub async fn beside(conn: &mut Conn, case: CaseId) -> Result<Beside, DbError> {
    let open_ask = asks::case_id.eq(cases::id).and(asks::ended_at.is_null());
    let standing = holding_letters::case_id
        .eq(cases::id)
        .and(holding_letters::is_current);
    let last_transfer = transfers::case_id.eq(cases::id).and(transfers::is_last);
    let last_mediation = mediations::case_id.eq(cases::id).and(mediations::is_last);
    let last_withdrawal = withdrawals_taken::case_id
        .eq(cases::id)
        .and(withdrawals_taken::is_last);
    let (asked, holding_letter, transfer, mediation, withdrawal) = cases::table
        .left_join(asks::table.on(open_ask))
        .left_join(holding_letters::table.on(standing))
        .left_join(transfers::table.on(last_transfer))
        .left_join(mediations::table.on(last_mediation))
        .left_join(withdrawals_taken::table.on(last_withdrawal))
        .filter(cases::id.eq(case.0))
        .select((
            Option::<Asked>::as_select(),
            Option::<HoldingLetterRow>::as_select(),
            Option::<TransferRow>::as_select(),
            Option::<MediationRow>::as_select(),
            Option::<WithdrawalTakenRow>::as_select(),
        ))
        .first(conn)
        .await?;
    Ok(Beside {
        asked,
        holding_letter,
        transfer,
        mediation,
        withdrawal,
    })
}
