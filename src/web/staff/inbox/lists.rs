//! The fixed lists of the inbox: their names, in groups, with how many cases each holds.

use crate::case::inbox::{Counts, List, Order};

/// Lists that belong together.
pub(super) struct Group {
    /// What they have in common.
    pub(super) title: &'static str,
    /// Its lists, in the order of the page.
    pub(super) lists: &'static [List],
}

/// In the order of the page.
pub(super) const GROUPS: [Group; 4] = [
    Group {
        title: "Pour moi",
        lists: &[List::Today, List::Mine],
    },
    Group {
        title: "Prochaine étape",
        lists: &[
            List::ToQualify,
            List::ToAcknowledge,
            List::ToAnswer,
            List::ToRead,
            List::Waiting,
            List::Disagreements,
            List::Messages,
            List::Failed,
        ],
    },
    Group {
        title: "À surveiller",
        lists: &[
            List::Late,
            List::Unassigned,
            List::Untouched,
            List::Followed,
            List::Answered,
        ],
    },
    Group {
        title: "Ensemble",
        lists: &[List::Open, List::Requests, List::Ended, List::All],
    },
];

/// The list an address names.
pub(super) fn parse(code: &str) -> Option<List> {
    List::ALL.into_iter().find(|list| self::code(*list) == code)
}

/// Its name in addresses.
pub(super) const fn code(list: List) -> &'static str {
    match list {
        List::Today => "aujourd-hui",
        List::Mine => "mes-dossiers",
        List::ToQualify => "a-qualifier",
        List::ToAcknowledge => "accuse",
        List::ToAnswer => "a-repondre",
        List::ToRead => "a-relire",
        List::Waiting => "attente",
        List::Disagreements => "desaccords",
        List::Messages => "messages",
        List::Failed => "echecs",
        List::Late => "retard",
        List::Unassigned => "sans-responsable",
        List::Untouched => "non-touches",
        List::Followed => "a-suivre",
        List::Answered => "repondues",
        List::Open => "a-traiter",
        List::Requests => "service-client",
        List::Ended => "closes",
        List::All => "tous",
    }
}

/// Its name.
pub(super) const fn title(list: List) -> &'static str {
    match list {
        List::Today => "À faire aujourd’hui",
        List::Mine => "Mes dossiers",
        List::ToQualify => "À qualifier",
        List::ToAcknowledge => "Accusé à envoyer",
        List::ToAnswer => "À répondre",
        List::ToRead => "À relire",
        List::Waiting => "En attente du réclamant",
        List::Disagreements => "Désaccords",
        List::Messages => "Messages reçus",
        List::Failed => "Envois en échec",
        List::Late => "En retard",
        List::Unassigned => "Sans responsable",
        List::Untouched => "Non touchés depuis 3\u{a0}jours ouvrables",
        List::Followed => "Dates à suivre",
        List::Answered => "À clôturer",
        List::Open => "Dossiers ouverts",
        List::Requests => "Service client",
        List::Ended => "Clôturées",
        List::All => "Tous les dossiers",
    }
}

/// Which cases it holds and in which order, for those who do not see it at a glance.
pub(super) const fn explanation(list: List) -> &'static str {
    match list {
        List::Today => {
            "Échéances et dates à suivre qui n’attendent plus\u{202f}: vos dossiers, ceux des collègues absents que vous remplacez et, pour les responsables, ceux que personne ne peut traiter"
        }
        List::Followed => {
            "Engagements pris, lettres à poster, éléments demandés, suites de la médiation\u{202f}; la date la plus proche d’abord"
        }
        List::Late => "La date légale est passée\u{202f}; la plus ancienne d’abord",
        List::Waiting => {
            "Nous avons demandé un élément à la personne\u{202f}; les délais légaux continuent de courir"
        }
        List::Failed => {
            "Un courriel n’a pas pu être remis\u{202f}: postez la lettre qui le remplace"
        }
        List::Mine
        | List::ToQualify
        | List::ToAcknowledge
        | List::ToAnswer
        | List::ToRead
        | List::Disagreements
        | List::Messages
        | List::Unassigned
        | List::Untouched
        | List::Answered
        | List::Open
        | List::Requests
        | List::Ended
        | List::All => match list.order() {
            Order::NextDue => "Prochaine échéance d’abord",
            Order::LongestUntouched => "Le plus longtemps sans acte d’abord",
            Order::NextFollowed => "Prochaine date à suivre d’abord",
            Order::LastEnded => "Dernières clôturées d’abord",
            Order::Newest => "Derniers reçus d’abord",
        },
    }
}

/// What an empty list says.
pub(super) const fn when_empty(list: List) -> &'static str {
    match list {
        List::Today => "Rien n’attend d’être fait aujourd’hui.",
        List::Mine => {
            "Aucun dossier ouvert ne vous est attribué. Prenez-en un dans la liste «\u{202f}Sans responsable\u{202f}»."
        }
        List::ToQualify => "La nature de chaque dossier ouvert est confirmée.",
        List::ToAcknowledge => "Tous les accusés de réception sont partis.",
        List::ToAnswer => "Aucun dossier n’attend de réponse.",
        List::ToRead => "Aucun refus n’attend de relecture.",
        List::Waiting => "Nous n’attendons rien de personne.",
        List::Disagreements => "Aucune réponse n’est contestée.",
        List::Messages => "Aucun message n’attend de réponse.",
        List::Failed => "Aucun envoi n’a échoué.",
        List::Late => "Aucune date légale n’est passée.",
        List::Unassigned => "Chaque dossier ouvert a un responsable.",
        List::Untouched => "Chaque dossier ouvert a été touché ces trois derniers jours ouvrables.",
        List::Followed => "Aucune date n’est à suivre.",
        List::Answered => "Aucun dossier répondu n’attend d’être clôturé.",
        List::Open => "Rien à traiter\u{202f}: aucun dossier n’est ouvert.",
        List::Requests => "Aucune demande d’information n’attend de réponse.",
        List::Ended => "Aucun dossier n’est encore clos.",
        List::All => "Aucun dossier n’est encore enregistré.",
    }
}

/// `12`, `999+`.
pub(super) fn count(counts: &Counts, list: List) -> String {
    bounded(counts.of(list))
}

/// A count that stops at [`Counts::MOST`].
pub(super) fn bounded(count: i64) -> String {
    if count < Counts::MOST {
        count.to_string()
    } else {
        format!("{}+", Counts::MOST - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_on_the_page_once_under_a_name_of_its_own() {
        let shown: Vec<List> = GROUPS
            .iter()
            .flat_map(|group| group.lists)
            .copied()
            .collect();
        assert_eq!(shown.len(), List::ALL.len());
        for list in List::ALL {
            assert!(shown.contains(&list), "{list:?}");
            assert_eq!(parse(code(list)), Some(list));
        }
        assert_eq!(parse("autre"), None);
    }

    #[test]
    fn nobody_counts_beyond_999() {
        assert_eq!(bounded(999), "999");
        assert_eq!(bounded(1_000), "999+");
    }
}
