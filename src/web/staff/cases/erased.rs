//! What stays of a case whose content was erased: a page of its own in the place of the case's.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::calendar::{long_date, paris_date};
use crate::case::erase::{self, Cause, Tombstone};
use crate::case::{Reference, sight};
use crate::db::Conn;
use crate::web::staff::cases::person::{Fact, fact};
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::words;
use crate::web::{AppError, AppState, html};

/// `templates/staff/cases/erased.html`.
#[derive(Template)]
#[template(path = "staff/cases/erased.html")]
struct ErasedPage {
    shell: Shell,
    reference: Reference,
    why: String,
    facts: Vec<Fact>,
}

/// The page of an erased case; a case that never was stays unknown.
pub(super) async fn page(
    conn: &mut Conn,
    state: &AppState,
    current: &CurrentStaff,
    reference: Reference,
) -> Result<HttpResponse, AppError> {
    sight::open(conn, reference, current.viewer(state)).await?;
    let Some(tombstone) = erase::tombstone(conn, reference).await? else {
        return Err(AppError::NotFound);
    };
    let erased_on = long_date(paris_date(tombstone.erased_at));
    let page = ErasedPage {
        shell: current.shell(state),
        reference,
        why: match tombstone.cause {
            Cause::Retention => {
                format!(
                    "Son contenu a été effacé le {erased_on}, au terme de sa durée de conservation."
                )
            }
            Cause::Request => {
                format!("Son contenu a été effacé le {erased_on}, à la demande de la personne.")
            }
        },
        facts: facts(&tombstone),
    };
    html::page(StatusCode::OK, &page)
}

fn facts(tombstone: &Tombstone) -> Vec<Fact> {
    let day = |name, day: Option<_>| day.map(|day| fact(name, long_date(day)));
    let always = [
        fact("Nature", words::nature(tombstone.nature).to_owned()),
        fact("Canal", words::channel(tombstone.channel).to_owned()),
        fact("Reçu le", long_date(paris_date(tombstone.received_at))),
    ];
    let dated = [
        day("Accusé remis le", tombstone.acknowledged_on),
        day("Réponse remise le", tombstone.answered_on),
        day("Terminé le", tombstone.closed_on),
        tombstone
            .outcome
            .map(|outcome| fact("Décision", words::outcome(outcome).to_owned())),
    ];
    let counts = [
        ("Messages", tombstone.n_messages),
        ("Pièces", tombstone.n_files),
        ("Réponses remises", tombstone.n_answers),
    ];
    always
        .into_iter()
        .chain(dated.into_iter().flatten())
        .chain(counts.map(|(name, count)| fact(name, count.to_string())))
        .collect()
}
