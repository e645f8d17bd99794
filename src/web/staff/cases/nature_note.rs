//! What staff read of a change of nature of the case.

use chrono::NaiveDate;

use crate::calendar::{long_date, paris_date, plain_date};
use crate::case::requalification::{Requalification, waits_for_staff};
use crate::case::{Dossier, Nature};
use crate::web::staff::cases::loaded::Loaded;

/// The last change of nature, in words.
pub(in crate::web::staff) struct NatureNote {
    /// `warning` while the person can object, else nothing.
    pub(super) tone: &'static str,
    /// Who decided what, when, and what follows.
    pub(super) words: String,
    /// Why, when staff decided.
    pub(super) motive: Option<String>,
}

impl NatureNote {
    /// Of the case as it was read, today in Paris.
    pub(super) fn of(loaded: &Loaded, today: NaiveDate) -> Option<Self> {
        let last = loaded.dossier.requalification.as_ref()?;
        let who = last.decided_by().map_or_else(
            || "La personne".to_owned(),
            |id| loaded.colleagues.name(id).to_owned(),
        );
        let on = plain_date(paris_date(last.decided_at));
        let words = match (last.to_nature, last.is_pending(), last.objected_at) {
            (Nature::Complaint, ..) => {
                format!(
                    "{who} a fait de cette demande une réclamation le {on}. Elle garde sa date d’origine."
                )
            }
            (_, true, _) => format!(
                "{who} a requalifié cette réclamation en demande le {on}. La personne peut s’y opposer {}\u{202f}; d’ici là, les délais légaux courent et se suivent.{}",
                until(last),
                waits(&loaded.dossier, today)
            ),
            (_, _, Some(at)) => format!(
                "La personne s’est opposée le {} à la requalification en demande\u{202f}: le dossier reste une réclamation.",
                plain_date(paris_date(at))
            ),
            (..) if loaded.dossier.case.nature == Nature::Complaint => format!(
                "{who} avait requalifié cette réclamation en demande le {on}\u{202f}; une réponse ou la fin du dossier l’a rendu sans objet."
            ),
            (..) => format!(
                "{who} a requalifié cette réclamation en demande le {on}\u{202f}; dix jours ont passé sans opposition."
            ),
        };
        Some(Self {
            tone: if last.is_pending() { " warning" } else { "" },
            words,
            motive: last.motive.clone(),
        })
    }
}

/// Until when the person can object.
fn until(last: &Requalification) -> String {
    last.object_until().map_or_else(
        || {
            "pendant dix jours, qui ne courent pas encore\u{202f}: ils attendent que l’avis soit remis à une adresse confirmée, ou posté"
                .to_owned()
        },
        |day| format!("jusqu’au {} inclus", long_date(day)),
    )
}

/// What it waits for beside the day.
fn waits(dossier: &Dossier, today: NaiveDate) -> &'static str {
    let last = dossier.requalification.as_ref();
    let last_day = last.and_then(Requalification::object_until);
    if waits_for_staff(dossier) {
        " Elle a écrit depuis\u{202f}: rien ne prendra effet avant que son message soit noté comme lu, ou qu’une opposition soit notée."
    } else if last_day.is_some_and(|day| day < today) {
        " Ce jour est passé, et la requalification attend\u{202f}: elle ne prend effet que si aucune réponse n’est en train de partir, si aucun courriel qui peut être une opposition ne reste à lire ou à traiter, et si la boîte de courriels a été relevée en entier."
    } else {
        ""
    }
}
