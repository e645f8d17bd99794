//! What whoever opens a case must know before anything else.

use crate::calendar::{long_date, qualify_target};
use crate::web::staff::cases::loaded::Loaded;

/// One sentence each.
pub(super) fn of(loaded: &Loaded) -> Vec<String> {
    let case = &loaded.dossier.case;
    let mut alerts = Vec::new();
    if case.is_sensitive {
        alerts.push(
            "Données sensibles\u{202f}: la lecture est restreinte, et les e-mails ne portent aucun contenu."
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
    if let Some(until) = loaded.particulars.held_until {
        alerts.push(format!(
            "Conservé pour un litige jusqu’au {}\u{202f}: rien ne sera effacé d’ici là.",
            long_date(until)
        ));
    }
    if case.nature_qualified.is_none() && case.status.is_open() {
        alerts.push(format!(
            "À qualifier au plus tard le {} (objectif interne)\u{202f}: nature, produit et sujet.",
            long_date(qualify_target(loaded.dossier.dates.received_on))
        ));
    }
    alerts
}
