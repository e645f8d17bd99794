//! The dated rows that stand beside the status of a case, in one reading.

use diesel::prelude::*;
use diesel::sql_types::Jsonb;
use diesel_async::RunQueryDsl;
use serde::Deserialize;
use serde_json::Value;

use crate::case::CaseId;
use crate::case::outside::ask::Asked;
use crate::case::outside::holding_letter::HoldingLetterRow;
use crate::case::outside::mediation::MediationRow;
use crate::case::outside::take_withdrawal::WithdrawalTakenRow;
use crate::case::outside::transfer::TransferRow;
use crate::db::schema::cases;
use crate::db::{Conn, DbError, fixed};

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

/// Each key is one of [`Beside`]: an expression on a row of `cases`.
pub(in crate::case) const COLUMN: &str = "jsonb_build_object(
    'asked', (SELECT to_jsonb(asks) FROM asks
              WHERE asks.case_id = cases.id AND ended_at IS NULL),
    'holding_letter', (SELECT to_jsonb(holding_letters) FROM holding_letters
                       WHERE holding_letters.case_id = cases.id AND is_current),
    'transfer', (SELECT to_jsonb(transfers) FROM transfers
                 WHERE transfers.case_id = cases.id AND transfers.is_last),
    'mediation', (SELECT to_jsonb(mediations) FROM mediations
                  WHERE mediations.case_id = cases.id AND mediations.is_last),
    'withdrawal', (SELECT to_jsonb(withdrawals_taken) FROM withdrawals_taken
                   WHERE withdrawals_taken.case_id = cases.id AND withdrawals_taken.is_last))";

/// What stands beside the status of this case, for its person; pages of the back office read it with
/// the particulars of the case.
///
/// # Errors
/// `NotFound` when there is no such case, or the database fails.
pub async fn beside(conn: &mut Conn, case: CaseId) -> Result<Beside, DbError> {
    let column: Value = cases::table
        .find(case.0)
        .select(fixed::<Jsonb>(COLUMN))
        .first(conn)
        .await?;
    serde_json::from_value(column).map_err(|error| DbError::DeserializationError(error.into()))
}
