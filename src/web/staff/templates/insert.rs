//! A template filled with what is known of a case, ready to be edited.

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::case::Dossier;
use crate::case::templates::{self, TemplateId, TemplateKind, TemplateText, Variable};
use crate::db::{Conn, DbError};
use crate::web::staff::templates::words;

/// What is known when a template is filled.
#[derive(Clone, Copy)]
pub(in crate::web::staff) struct Known<'a> {
    /// The case.
    pub(in crate::web::staff) dossier: &'a Dossier,
    /// Who handles it, or writes.
    pub(in crate::web::staff) handler: &'a str,
    /// Paris calendar.
    pub(in crate::web::staff) today: NaiveDate,
}

impl Known<'_> {
    fn value(&self, variable: Variable) -> String {
        let Self {
            dossier, handler, ..
        } = self;
        let legal = dossier.legal_dates();
        let known = match variable {
            Variable::Person => dossier.case.person_name.clone(),
            Variable::Reference => Some(dossier.case.reference().to_string()),
            Variable::Today => Some(plain_date(self.today)),
            Variable::ComplaintDate => Some(plain_date(dossier.written_on())),
            Variable::AnswerDue => legal.map(|dates| plain_date(dates.answer_due.date)),
            Variable::MediatorDate => legal.map(|dates| plain_date(dates.mediation_from.date)),
            Variable::Handler => Some((*handler).to_owned()),
            Variable::Product => dossier.topic.product.clone(),
            Variable::Subject => dossier.topic.subject.clone(),
            Variable::Contract => dossier.filing.contract_number.clone(),
        };
        known.unwrap_or_else(|| format!("[à compléter\u{202f}: {}]", words::variable(variable).0))
    }
}

/// The text of the template that `typed` names, filled; none if it is not offered for this kind of
/// text any more.
pub(in crate::web::staff) async fn filled(
    conn: &mut Conn,
    (typed, kind): (&str, TemplateKind),
    known: &Known<'_>,
) -> Result<Option<String>, DbError> {
    let Ok(id) = typed.parse() else {
        return Ok(None);
    };
    match templates::current(conn, TemplateId(id), kind).await {
        Ok(version) => Ok(Some(match TemplateText::parse(&version.body) {
            Ok(text) => text.fill(|variable| known.value(variable)),
            // A variable that the program no longer knows is left to whoever edits the text.
            Err(_) => version.body,
        })),
        Err(DbError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
