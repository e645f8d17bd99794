//! How each setting is called, addressed and explained.

use crate::settings::{Key, Kind, Value, ValueError};

/// A setting in French.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// Its part of the address.
    pub(super) slug: &'static str,
    /// Its name.
    pub(super) label: &'static str,
    /// What to type, and where it is shown.
    pub(super) hint: &'static str,
}

const fn words(slug: &'static str, label: &'static str, hint: &'static str) -> Words {
    Words { slug, label, hint }
}

/// The words of every setting.
const WORDS: &[(Key, Words)] = &[
    (
        Key::LegalForm,
        words(
            "forme-juridique",
            "Forme juridique",
            "Par exemple\u{202f}: SAS. Elle paraît dans les mentions légales.",
        ),
    ),
    (
        Key::Capital,
        words(
            "capital",
            "Capital social",
            "Par exemple\u{202f}: 10\u{202f}000\u{a0}€. Il paraît dans les mentions légales.",
        ),
    ),
    (
        Key::RegisteredOffice,
        words(
            "siege",
            "Siège social",
            "L’adresse complète, sur une ligne.",
        ),
    ),
    (
        Key::Rcs,
        words(
            "rcs",
            "Immatriculation au RCS",
            "La ville du greffe et le numéro, par exemple\u{202f}: Paris 123\u{a0}456\u{a0}789.",
        ),
    ),
    (
        Key::Vat,
        words(
            "tva",
            "Numéro de TVA",
            "Le numéro intracommunautaire, qui commence par FR.",
        ),
    ),
    (
        Key::Orias,
        words(
            "orias",
            "Immatriculation à l’ORIAS",
            "Les huit chiffres et la catégorie, par exemple\u{202f}: 12\u{a0}345\u{a0}678, courtier d’assurance.",
        ),
    ),
    (
        Key::Association,
        words(
            "association",
            "Association professionnelle",
            "Celle des courtiers à laquelle le cabinet adhère, obligatoire depuis avril 2022.",
        ),
    ),
    (
        Key::LiabilityInsurer,
        words(
            "assureur",
            "Assurance de responsabilité civile",
            "Le nom de l’assureur, son adresse et l’étendue de la garantie.",
        ),
    ),
    (
        Key::Director,
        words(
            "directeur",
            "Direction de la publication",
            "Le nom de la personne responsable du site.",
        ),
    ),
    (
        Key::Host,
        words(
            "hebergeur",
            "Hébergeur",
            "Son nom, son adresse et son téléphone.",
        ),
    ),
    (
        Key::Phone,
        words(
            "telephone",
            "Téléphone",
            "Celui du cabinet, tel que les mentions légales le montrent.",
        ),
    ),
    (
        Key::Dpo,
        words(
            "dpo",
            "Délégué à la protection des données",
            "Comment le joindre\u{202f}: une adresse e-mail ou postale. Elle paraît sur la page «\u{202f}Données personnelles\u{202f}».",
        ),
    ),
    (
        Key::ComplaintsAlias,
        words(
            "alias",
            "Adresse e-mail sans accent",
            "Une seconde adresse pour les réclamations, sans accent, quand sa boîte existe\u{202f}: beaucoup de messageries refusent l’adresse accentuée.",
        ),
    ),
    (
        Key::RequestTarget,
        words(
            "delai-demande",
            "Répondre à une demande d’information",
            "En jours ouvrables, de 1 à\u{a0}60. C’est un objectif du cabinet\u{202f}: la loi n’en fixe pas. Les dossiers déjà ouverts gardent le leur.",
        ),
    ),
    (
        Key::DisagreementTarget,
        words(
            "delai-desaccord",
            "Réexaminer une réponse contestée",
            "En jours ouvrables, de 1 à\u{a0}60. C’est un objectif du cabinet, annoncé à la personne qui conteste.",
        ),
    ),
    (
        Key::SecondReader,
        words(
            "relecture",
            "Relecture des refus",
            "Un refus, même partiel, est relu par une autre personne que son auteur avant de partir.",
        ),
    ),
    (
        Key::ArchiveAfter,
        words(
            "archivage",
            "Archiver un dossier terminé",
            "En mois après la clôture ou le retrait, de 1 à\u{a0}60. Un dossier archivé n’est plus visible des gestionnaires\u{202f}: seuls les responsables et les auditeurs le lisent. Il leur revient dès que la personne écrit, que la réponse est contestée ou que le médiateur est saisi.",
        ),
    ),
    (
        Key::CustomerService,
        words(
            "service-client",
            "Adresse du Service client",
            "Elle reçoit un avis, sans contenu, à chaque demande d’information.",
        ),
    ),
    (
        Key::ComplianceEmail,
        words(
            "conformite",
            "Adresse de la conformité",
            "Elle est prévenue quand les neuf dixièmes d’un délai légal sont passés. Sans elle, les responsables le sont.",
        ),
    ),
];

/// The words of a setting; a test sees to it that each has some.
pub(super) fn of(key: Key) -> Words {
    let own = WORDS.iter().find(|(named, _)| *named == key);
    own.map_or_else(|| words(key.code(), key.code(), ""), |(_, own)| *own)
}

/// What a setting is called.
pub(in crate::web::staff) fn label(key: Key) -> &'static str {
    of(key).label
}

/// The setting of an address.
pub(super) fn key_of(slug: &str) -> Option<Key> {
    Key::ALL.iter().copied().find(|key| of(*key).slug == slug)
}

/// A value as people read it.
pub(super) fn shown(key: Key, value: &str) -> String {
    match key.kind() {
        Kind::Line | Kind::Address => value.to_owned(),
        Kind::Days if value == "1" => "1\u{a0}jour ouvrable".to_owned(),
        Kind::Days => format!("{value}\u{a0}jours ouvrables"),
        Kind::Months => format!("{value}\u{a0}mois"),
        Kind::Switch if value == Value::ON => "Oui".to_owned(),
        Kind::Switch => "Non".to_owned(),
    }
}

/// What to do about a value that cannot be kept.
pub(super) fn message(error: ValueError) -> String {
    match error {
        ValueError::Missing => {
            "Indiquez une valeur\u{202f}: le site ne peut pas s’en passer.".to_owned()
        }
        ValueError::TooLong(count) => format!(
            "Raccourcissez le texte\u{202f}: {count}\u{a0}caractères pour {}\u{a0}au plus.",
            Kind::LONGEST
        ),
        ValueError::ControlCharacter => "Retirez le caractère invisible du texte.".to_owned(),
        ValueError::NotAnAddress => {
            "Indiquez une adresse e-mail sans accent, par exemple contact@asekkey.fr.".to_owned()
        }
        ValueError::NotDays => format!(
            "Indiquez un nombre entier de jours, de 1 à\u{a0}{}.",
            Kind::MOST_DAYS
        ),
        ValueError::NotMonths => format!(
            "Indiquez un nombre entier de mois, de 1 à\u{a0}{}.",
            Kind::MOST_MONTHS
        ),
        ValueError::NotASwitch => {
            "Choisissez «\u{202f}Oui\u{202f}» ou «\u{202f}Non\u{202f}».".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_an_address_of_its_own() {
        for key in Key::ALL {
            assert!(!of(*key).hint.is_empty(), "{key:?}");
            assert_eq!(key_of(of(*key).slug), Some(*key), "{key:?}");
        }
    }
}
