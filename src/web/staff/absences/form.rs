//! An absence as it is typed: who, from when until when, who stands in.

use serde::Deserialize;

use crate::calendar::parse_typed_date;
use crate::journal::Actor;
use crate::staff::StaffId;
use crate::staff::absences::{self, AbsenceError, AbsenceId, NewAbsence};
use crate::web::form::FormErrors;
use crate::web::staff::current::CurrentStaff;
use crate::web::{AppError, AppState};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct AbsenceFields {
    /// Id of the absent person; read on the page of everyone's absences only.
    pub(in crate::web::staff) absent: String,
    /// First day.
    pub(in crate::web::staff) du: String,
    /// Last day.
    pub(in crate::web::staff) au: String,
    /// Id of the deputy.
    pub(in crate::web::staff) suppleant: String,
}

impl AbsenceFields {
    /// The absence of `account`, or everything that is wrong.
    pub(super) fn parse(&self, account: Option<StaffId>) -> Result<NewAbsence, FormErrors> {
        let (from_on, until_on) = (parse_typed_date(&self.du), parse_typed_date(&self.au));
        let deputy = self.suppleant.parse().map(StaffId).ok();
        let mut errors = FormErrors::default();
        if account.is_none() {
            errors.push("absent", "Choisissez la personne absente.");
        }
        if from_on.is_err() {
            errors.push("du", BAD_DATE);
        }
        if until_on.is_err() {
            errors.push("au", BAD_DATE);
        }
        if deputy.is_none() {
            errors.push("suppleant", DEPUTY);
        }
        match (account, from_on, until_on, deputy) {
            (Some(account), Ok(from_on), Ok(until_on), Some(deputy)) => Ok(NewAbsence {
                account,
                deputy,
                from_on,
                until_on,
            }),
            _ => Err(errors),
        }
    }
}

const BAD_DATE: &str = "Indiquez une date sous la forme jj/mm/aaaa, par exemple 30/04/2026.";
const DEPUTY: &str = "Choisissez qui vous supplée, parmi les personnes qui traitent les dossiers.";

/// Records the absence of `account` as it was typed, or says what to correct.
pub(super) async fn record(
    state: &AppState,
    current: &CurrentStaff,
    typed: &AbsenceFields,
    account: Option<StaffId>,
) -> Result<Result<(), FormErrors>, AppError> {
    let new = match typed.parse(account) {
        Ok(new) => new,
        Err(errors) => return Ok(Err(errors)),
    };
    let (actor, now) = (Actor::Staff(current.id().0), state.clock.now());
    let mut conn = state.pool.get().await?;
    match absences::record(&mut conn, &new, state.today(), actor, now).await {
        Ok(_) => Ok(Ok(())),
        Err(error) => refusal(error).map(Err),
    }
}

/// Ends an absence of `account`. One that is over already is taken back all the same.
pub(super) async fn end(
    state: &AppState,
    current: &CurrentStaff,
    account: StaffId,
    form: &EndForm,
) -> Result<(), AppError> {
    let (actor, now) = (Actor::Staff(current.id().0), state.clock.now());
    let theirs = (account, AbsenceId(form.absence));
    let mut conn = state.pool.get().await?;
    match absences::end(&mut conn, theirs, state.today(), actor, now).await {
        Ok(()) | Err(AbsenceError::Gone) => Ok(()),
        Err(error) => refusal(error).and(Err(AppError::BadForm)),
    }
}

/// What to correct when the absence was refused.
fn refusal(error: AbsenceError) -> Result<FormErrors, AppError> {
    let (field, message) = match error {
        AbsenceError::Dates => (
            "au",
            "Indiquez un dernier jour qui ne soit ni avant le premier, ni déjà passé.",
        ),
        AbsenceError::Deputy => ("suppleant", DEPUTY),
        AbsenceError::DeputyAway => (
            "suppleant",
            "Choisissez quelqu’un d’autre\u{202f}: cette personne est absente elle aussi pendant ces jours.",
        ),
        AbsenceError::Overlap => (
            "du",
            "Une absence est déjà enregistrée pour certains de ces jours\u{202f}: retirez-la \
             d’abord, ou changez les dates.",
        ),
        AbsenceError::Gone => return Err(AppError::NotFound),
        AbsenceError::Db(error) => return Err(error.into()),
    };
    let mut errors = FormErrors::default();
    errors.push(field, message);
    Ok(errors)
}

/// Which absence is over.
#[derive(Deserialize)]
pub(in crate::web::staff) struct EndForm {
    absence: i64,
    /// Whose it is; read on the page of everyone's absences only.
    #[serde(default)]
    compte: i64,
}

impl EndForm {
    pub(super) const fn account(&self) -> StaffId {
        StaffId(self.compte)
    }
}
