//! The journal's lines of the acts that speak to the outside, in French words.

use crate::case::Channel;
use crate::case::outside::{Issue, Recipient, ReferredBy};
use crate::journal::Line;
use crate::web::staff::cases::journal_lines::{day, fact};
use crate::web::staff::words;

/// The words of a line; none for one that is not of these acts.
pub(super) fn event(line: &Line) -> Option<String> {
    let on = |name| {
        day(line, name)
            .map(|day| format!(" le {day}"))
            .unwrap_or_default()
    };
    let by = |name| {
        day(line, name)
            .map(|day| format!(", pour le {day}"))
            .unwrap_or_default()
    };
    Some(match line.kind.as_str() {
        "person.asked" => format!("Élément demandé à la personne{}", by("expected")),
        "person.reminded" => "Rappel envoyé à la personne".to_owned(),
        "waiting.ended" => "Fin de l’attente d’un élément".to_owned(),
        "holding_letter.written" => match fact(line, "rank") {
            Some("1") | None => format!("Lettre d’attente{}", by("announced")),
            Some(rank) => format!("{rank}e lettre d’attente{}", by("announced")),
        },
        "case.transferred" => {
            let to = fact(line, "to").and_then(Recipient::from_code);
            let to = to.map_or("", words::transferred_to);
            format!("Transmis {to}{}", on("on"))
        }
        "transfer.returned" => format!("Retour de la transmission{}", on("on")),
        "withdrawal.taken" => {
            let channel = fact(line, "channel").and_then(Channel::from_code);
            let channel = channel.map_or("", words::asked_through);
            format!("Retrait noté, demandé {channel}{}", on("asked"))
        }
        "withdrawal.objected" => "Retrait contesté par la personne\u{202f}: annulé".to_owned(),
        "mediation.referred" => {
            let by = fact(line, "by").and_then(ReferredBy::from_code);
            let by = by.map_or("", words::referred_by);
            format!("Médiateur saisi {by}{}", on("on"))
        }
        "mediation.documents_sent" => format!("Documents envoyés au médiateur{}", on("on")),
        "mediation.opinion" => match fact(line, "issue").and_then(Issue::from_code) {
            Some(Issue::NoOpinion) => format!("Médiation finie sans avis{}", on("on")),
            Some(issue) => format!("Avis du médiateur{}, {}", on("on"), words::issue(issue)),
            None => format!("Avis du médiateur{}", on("on")),
        },
        "mediation.followed_up" => format!("Suites de l’avis exécutées{}", on("on")),
        _ => return None,
    })
}
