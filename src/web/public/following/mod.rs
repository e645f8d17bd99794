//! `/suivi`: the private page where a person follows their case, and acts on it.

mod address;
pub(in crate::web) mod archive;
mod beside;
mod code_first;
mod contact;
mod conversion;
mod copy;
mod current;
mod disagreement;
mod entry;
mod evaluation;
mod files;
mod guesses;
mod link;
mod lost_code;
mod mediation;
mod message;
mod nature;
mod new_code;
mod objection;
mod opened;
mod page;
mod promises;
mod rating;
mod sent;
mod show;
mod standing;
mod timeline;
mod withdrawal;
mod withdrawal_objection;

pub(in crate::web) use copy::copied;

use actix_web::HttpResponse;
use actix_web::middleware::from_fn;
use actix_web::web::{ServiceConfig, get, post, resource, scope};
use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Europe::Paris;

use crate::calendar::plain_date;
use crate::web::{html, urls};

/// The case, once opened with its code. What its person does is below it.
const CASE: &str = urls::FOLLOWED_CASE;
/// Writing to us, below [`CASE`].
const MESSAGE: &str = "/message";
/// Contesting an answer.
const DISAGREEMENT: &str = "/desaccord";
/// Withdrawing.
const WITHDRAWAL: &str = "/retrait";
/// Changing how to be reached.
const CONTACT: &str = "/coordonnees";
/// All that passed, to keep.
const ARCHIVE: &str = "/mon-dossier.zip";
/// Making a complaint of a request.
const CONVERSION: &str = "/reclamation";
/// Objecting to a requalification.
const OBJECTION: &str = "/opposition";
/// Objecting to a withdrawal that staff noted.
const WITHDRAWAL_OBJECTION: &str = "/retrait/opposition";
/// Saying what one thinks of the answer.
const EVALUATION: &str = "/avis";
/// Files to go with the person's next message; below it, each file of the case.
const FILES: &str = "/suivi/dossier/pieces";
/// Closes it again, on a shared computer.
const CLOSE: &str = "/suivi/fermer";

/// The addresses of the person's page.
pub(super) fn routes(site: &mut ServiceConfig) {
    site.service(
        resource(urls::FOLLOWING)
            .route(get().to(entry::show))
            .route(post().to(entry::open)),
    )
    .service(
        scope(CASE)
            .wrap(from_fn(code_first::ask))
            .configure(case_routes),
    )
    .service(
        resource(urls::LOST_CODE)
            .route(get().to(lost_code::show))
            .route(post().to(lost_code::send)),
    )
    .service(
        resource("/suivi/lien/{token}")
            .route(get().to(link::ask))
            .route(post().to(link::open)),
    )
    .service(
        resource("/suivi/nouveau-code/{token}")
            .route(get().to(new_code::ask))
            .route(post().to(new_code::renew)),
    )
    .service(
        resource("/suivi/opposition/{token}")
            .route(get().to(objection::ask))
            .route(post().to(objection::by_link)),
    )
    .route(CLOSE, post().to(entry::close))
    .service(
        resource("/suivi/confirmation/{token}")
            .route(get().to(address::ask))
            .route(post().to(address::confirm)),
    );
}

/// What is below [`CASE`]: an act asks for the access code first when the case was opened by a link.
fn case_routes(case: &mut ServiceConfig) {
    case.route("", get().to(show::show))
        .route(ARCHIVE, get().to(archive::show))
        .service(
            resource("/pieces")
                .route(get().to(files::show))
                .route(post().to(files::add)),
        )
        .route("/pieces/{file}", get().to(files::download))
        .route("/pieces/{file}/retirer", post().to(files::remove))
        .configure(acts);
}

/// What the person does. A form that stands on the page of the case is shown there.
fn acts(site: &mut ServiceConfig) {
    site.service(
        resource(MESSAGE)
            .route(get().to(to_case))
            .route(post().to(message::create)),
    )
    .service(
        resource(EVALUATION)
            .route(get().to(to_case))
            .route(post().to(evaluation::update)),
    )
    .service(
        resource(DISAGREEMENT)
            .route(get().to(disagreement::show))
            .route(post().to(disagreement::create)),
    )
    .service(
        resource(WITHDRAWAL)
            .route(get().to(withdrawal::show))
            .route(post().to(withdrawal::create)),
    )
    .service(
        resource(WITHDRAWAL_OBJECTION)
            .route(get().to(to_case))
            .route(post().to(withdrawal_objection::create)),
    )
    .service(
        resource(CONVERSION)
            .route(get().to(conversion::show))
            .route(post().to(conversion::create)),
    )
    .service(
        resource(OBJECTION)
            .route(get().to(to_case))
            .route(post().to(objection::create)),
    )
    .service(
        resource(CONTACT)
            .route(get().to(contact::show))
            .route(post().to(contact::update)),
    );
}

/// The page that holds a form.
async fn to_case() -> HttpResponse {
    std::future::ready(html::see_other(CASE)).await
}

/// The case, with what was just done.
fn done(code: &str) -> HttpResponse {
    html::see_other(&format!("{CASE}?fait={code}"))
}

/// What a form just did; an unknown code says nothing.
fn notice(code: &str) -> Option<&'static str> {
    Some(match code {
        "message" => "Votre message est enregistré. Nous le lirons avec votre dossier.",
        "desaccord" => "Votre désaccord est enregistré\u{202f}: votre réclamation est rouverte.",
        "reclamation" => {
            "Votre demande est maintenant une réclamation\u{202f}: elle garde sa date."
        }
        "opposition" => {
            "Votre opposition est enregistrée\u{202f}: votre dossier reste une réclamation."
        }
        "retrait" => "Le retrait est enregistré.",
        "retrait-annule" => {
            "Votre opposition est enregistrée\u{202f}: votre dossier reprend où il en était."
        }
        "coordonnees" => "Vos coordonnées sont enregistrées.",
        "adresse" => {
            "Vos coordonnées sont enregistrées. Ouvrez le lien que nous envoyons à votre nouvelle \
             adresse pour la confirmer."
        }
        "avis" => "Merci\u{202f}: votre avis est enregistré.",
        _ => return None,
    })
}

/// « 4 mai 2026, 10 h 12 », Paris time.
fn moment(at: DateTime<Utc>) -> String {
    let paris = at.with_timezone(&Paris);
    format!(
        "{}, {}\u{a0}h\u{a0}{:02}",
        plain_date(paris.date_naive()),
        paris.hour(),
        paris.minute()
    )
}
