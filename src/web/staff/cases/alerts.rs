//! What whoever opens a case must know before anything else.

use chrono::NaiveDate;

use crate::calendar::{long_date, qualify_target};
use crate::case::missed;
use crate::web::staff::cases::loaded::Loaded;

/// One sentence each.
pub(super) fn of(loaded: &Loaded, today: NaiveDate) -> Vec<String> {
    let case = &loaded.dossier.case;
    let mut alerts = Vec::new();
    if case.is_sensitive {
        alerts.push(
            "Données sensibles\u{202f}: la lecture est restreinte, et les courriels ne portent aucun contenu."
                .to_owned(),
        );
    }
    let barred: Vec<&str> = loaded
        .particulars
        .barred()
        .map(|id| loaded.colleagues.name(id))
        .collect();
    if !barred.is_empty() {
        alerts.push(format!(
            "Personne mise en cause, écartée du dossier\u{202f}: {}.",
            barred.join(", ")
        ));
    }
    if loaded.particulars.is_archived {
        alerts.push("Archivé\u{202f}: les gestionnaires ne voient plus ce dossier.".to_owned());
    }
    if let Some(until) = loaded.particulars.held_until {
        alerts.push(format!(
            "Conservé pour un litige jusqu’au {}\u{202f}: rien ne sera effacé d’ici là.",
            long_date(until)
        ));
    }
    if let Some(since) = loaded.particulars.restricted_on {
        alerts.push(format!(
            "Traitement limité depuis le {} à la demande de la personne (RGPD, art.\u{a0}18)\u{202f}: le dossier n’est ni effacé, ni comparé à d’autres. Les délais continuent et la réponse reste due.",
            long_date(since)
        ));
    }
    if case.nature_qualified.is_none() && case.status.is_open() {
        alerts.push(format!(
            "À qualifier au plus tard le {} (objectif interne)\u{202f}: nature, produit et sujet.",
            long_date(qualify_target(loaded.dossier.dates.received_on))
        ));
    }
    if lacks_cause(loaded, today) {
        alerts.push(
            "Un délai légal est dépassé\u{202f}: indiquez-en la cause. Elle est nécessaire à la clôture."
                .to_owned(),
        );
    }
    alerts
}

/// Whether a legal date was missed, and nobody has said why.
pub(super) fn lacks_cause(loaded: &Loaded, today: NaiveDate) -> bool {
    let said = &loaded.particulars.latenesses;
    let late = missed(&loaded.dossier, today);
    late.iter().any(|one| !said.contains_key(one.clock.code()))
}
