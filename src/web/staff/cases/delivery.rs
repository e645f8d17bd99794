//! What became of an e-mail, in words.

use chrono::{DateTime, Utc};

use crate::mail::Obstacle;
use crate::mail::outbox::Standing;
use crate::web::staff::moment::Moment;

/// Where something that leaves us stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web::staff) struct Delivery {
    /// `ok`, `soon` or `late`.
    pub(in crate::web::staff) tone: &'static str,
    pub(in crate::web::staff) badge: &'static str,
    pub(in crate::web::staff) words: String,
}

impl Delivery {
    /// Of an e-mail.
    pub(in crate::web::staff) fn of(standing: Standing) -> Self {
        match standing {
            Standing::Waiting => Self::soon("En attente", "Part dès que possible.".to_owned()),
            Standing::Held(until) => Self::soon(
                "En attente",
                format!("Attend son heure\u{202f}: part le {}.", said(until)),
            ),
            Standing::PutOff { until, obstacle } => Self::soon(
                "En attente",
                format!("{} Prochain essai le {}.", put_off(obstacle), said(until)),
            ),
            Standing::Written(_) => Self::soon(
                "Non envoyé, aucun relais configuré",
                "Le courriel est écrit dans le dossier de données. Le délai court toujours."
                    .to_owned(),
            ),
            Standing::HandedOver(at) => Self {
                tone: "ok",
                badge: "Remis",
                words: format!("Pris en charge par le relais le {}.", said(at)),
            },
            Standing::Bounced(at) => Self {
                tone: "late",
                badge: "Non distribué",
                words: format!(
                    "Revenu le {}\u{202f}: la personne ne l’a pas reçu.",
                    said(at)
                ),
            },
            Standing::Failed { at, obstacle } => Self {
                tone: "late",
                badge: "Échec",
                words: format!("{} Abandonné le {}.", obstacle_words(obstacle), said(at)),
            },
        }
    }

    /// Of an answer whose sending can still be cancelled.
    pub(in crate::web::staff) fn held() -> Self {
        Self::soon(
            "En attente",
            "Part dans un instant\u{202f}: l’envoi peut encore être annulé.".to_owned(),
        )
    }

    fn soon(badge: &'static str, words: String) -> Self {
        Self {
            tone: "soon",
            badge,
            words,
        }
    }
}

fn said(at: DateTime<Utc>) -> String {
    Moment::of(at).words
}

fn put_off(obstacle: Option<Obstacle>) -> String {
    obstacle.map_or_else(
        || "Trop de courriels pour cette adresse aujourd’hui.".to_owned(),
        obstacle_words,
    )
}

pub(in crate::web::staff) fn obstacle_words(obstacle: Obstacle) -> String {
    match obstacle {
        Obstacle::Reply(code) => format!("Le relais a répondu {code}."),
        Obstacle::NoSmtpUtf8 => "Le relais n’accepte pas les adresses accentuées.".to_owned(),
        Obstacle::Unreachable => "Le relais est injoignable.".to_owned(),
        Obstacle::TimedOut => "Le relais n’a pas répondu à temps.".to_owned(),
        Obstacle::Tls => "La connexion chiffrée au relais a échoué.".to_owned(),
        Obstacle::Protocol => {
            "Le relais a répondu autre chose que ce qui était attendu.".to_owned()
        }
        Obstacle::Unwritable => "Le fichier n’a pas pu être écrit.".to_owned(),
        Obstacle::Malformed => "L’adresse est inutilisable.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_its_hour_is_not_told_as_too_many() {
        let at = DateTime::from_timestamp(1_767_225_600, 0).unwrap();
        let held = Delivery::of(Standing::Held(at)).words;
        assert!(
            held.starts_with("Attend son heure\u{202f}: part le"),
            "{held}"
        );
        let capped = Standing::PutOff {
            until: at,
            obstacle: None,
        };
        assert!(Delivery::of(capped).words.starts_with("Trop de courriels"));
    }

    #[test]
    fn an_email_in_a_file_has_not_left() {
        let at = DateTime::from_timestamp(1_767_225_600, 0).unwrap();
        let written = Delivery::of(Standing::Written(at));
        assert_eq!(written.tone, "soon");
        assert!(written.badge.ends_with("aucun relais configuré"));
        let failed = Delivery::of(Standing::Failed {
            at,
            obstacle: Obstacle::Reply(550),
        });
        assert_eq!((failed.badge, failed.tone), ("Échec", "late"));
        assert!(failed.words.contains("550"));
    }
}
