//! The French words of e-mails that reach us.

use crate::case::incoming::{COUNTED, Folder, Listed, Part, Reason, Refusal, State, Why};
use crate::mail::incoming::Sort;
use crate::mail::mailbox::Failure;

/// What an e-mail is, or why it waits, in a few words; its tone.
pub(super) fn badge(mail: &Listed) -> (&'static str, &'static str) {
    match (mail.state, mail.reason, mail.sort) {
        (State::New, ..) => ("Pas encore lu", "soon"),
        (State::Filed, ..) => ("Classé", "ok"),
        (State::Held | State::NotUnderstood, Some(reason), _) => (short(reason), "soon"),
        (State::Held | State::NotUnderstood, None, _) => ("À traiter", "soon"),
        (State::SetAside, _, Some(Sort::AutoReply)) => ("Réponse automatique", ""),
        (State::SetAside, _, Some(Sort::List)) => ("Liste de diffusion", ""),
        (State::SetAside, _, Some(Sort::Bounce)) => ("Avis de non-distribution", ""),
        (State::SetAside, _, Some(Sort::Person | Sort::NotUnderstood) | None) => {
            ("Mis de côté", "")
        }
    }
}

const fn short(reason: Reason) -> &'static str {
    match reason {
        Reason::OtherSender => "Autre adresse que celle du dossier",
        Reason::UnknownToken => "Répond à un courriel disparu",
        Reason::SenderHasCases => "L’expéditeur a déjà un dossier",
        Reason::ReferenceNamed => "Cite une référence",
        Reason::DoubtfulReturn => "Avis de non-distribution douteux",
        Reason::UnknownReturn => "Avis de non-distribution sans dossier",
        Reason::Bulk => "Se dit envoyé en nombre",
        Reason::FromUs => "Vient de chez nous",
        Reason::NoSender => "Sans adresse où répondre",
        Reason::NoText => "Sans texte",
        Reason::TooLarge => "Trop volumineux",
        Reason::TooManyParts => "Illisible",
    }
}

/// Why an e-mail waits, whole.
pub(super) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::OtherSender => {
            "Il répond à un de nos courriels, mais vient d’une autre adresse que celle du dossier. \
             La personne n’en voit rien."
        }
        Reason::UnknownToken => "Il répond à un de nos courriels qui n’existe plus ici.",
        Reason::SenderHasCases => {
            "Son expéditeur a déjà un dossier en cours, et ce courriel ne répond à aucun des nôtres."
        }
        Reason::ReferenceNamed => {
            "Il cite la référence d’un dossier. N’importe qui peut l’écrire\u{202f}: vérifiez qui \
             vous écrit."
        }
        Reason::DoubtfulReturn => {
            "Il dit qu’un de nos courriels n’est pas arrivé, mais rien ne prouve qu’il vient d’un \
             serveur de messagerie, ou il ne nomme pas l’adresse à laquelle nous avions écrit. Rien \
             n’a changé dans le dossier\u{202f}: vérifiez que la personne a reçu notre courriel."
        }
        Reason::UnknownReturn => {
            "Il dit qu’un courriel n’est pas arrivé, mais ne cite aucun de ceux qui sont partis \
             d’ici. Cherchez dans l’original à qui il était écrit."
        }
        Reason::Bulk => {
            "Il se dit envoyé en nombre\u{202f}: ce peut être une réponse automatique, une \
             publicité, ou le courriel d’une personne."
        }
        Reason::FromUs => {
            "Il vient d’une adresse d’Asekkey\u{202f}: s’il transmet la lettre de quelqu’un, \
             rattachez-le à son dossier, ou enregistrez-la à son nom."
        }
        Reason::NoSender => "Il n’est signé d’aucune adresse à laquelle répondre, ou de plusieurs.",
        Reason::NoText => "Il ne contient pas de texte.",
        Reason::TooLarge => {
            "Il dépasse 25\u{a0}Mo\u{202f}: seul son début est conservé. Le message entier est \
             resté dans la boîte."
        }
        Reason::TooManyParts => {
            "Il ne peut pas être lu, ou compte trop de parties pour être ouvert sans risque. \
             L’original est conservé tel quel."
        }
    }
}

/// What an e-mail is to its case.
pub(super) const fn part(part: Part) -> &'static str {
    match part {
        Part::Opened => "Le dossier a été ouvert d’après ce courriel.",
        Part::Message => {
            "Ce courriel est un message de la personne, qu’elle relit dans son dossier."
        }
        Part::ForStaff => "Ce courriel n’est vu que de l’équipe.",
    }
}

/// Why a case is suggested.
pub(super) const fn why(why: Why) -> &'static str {
    match why {
        Why::Answers => "répond à un courriel envoyé pour ce dossier",
        Why::SameAddress => "même adresse",
        Why::Named => "référence citée",
    }
}

/// Why a piece was not taken.
pub(super) const fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::UnknownFormat => "Format non accepté",
        Refusal::NotWhatItSays => "Contenu différent de ce que dit son nom",
        Refusal::Empty => "Fichier vide",
        Refusal::TooLarge => "Fichier trop volumineux",
        Refusal::Macros => "Document avec des macros",
        Refusal::Bomb => "Archive démesurée",
        Refusal::Damaged => "Fichier abîmé",
    }
}

/// Why a folder of the mailbox is not read, and what to check; without a failure, nobody tries.
pub(in crate::web::staff) const fn failure(failure: Option<Failure>) -> &'static str {
    let Some(failure) = failure else {
        return "Le programme ne relève plus la boîte\u{202f}: vérifiez que son travail de fond tourne.";
    };
    match failure {
        Failure::Unreachable => {
            "Le serveur est injoignable\u{202f}: vérifiez qu’il fonctionne, son nom et son port."
        }
        Failure::Untrusted => {
            "Le certificat du serveur n’est pas reconnu, ou n’est pas à son nom\u{202f}: le mot de \
             passe n’a pas été envoyé. Vérifiez le nom du serveur et son certificat."
        }
        Failure::Refused => {
            "Le serveur refuse l’identifiant ou le mot de passe\u{202f}: vérifiez-les."
        }
        Failure::NoFolder => {
            "Ce dossier de la boîte n’existe pas, ou ne s’ouvre pas\u{202f}: vérifiez son nom."
        }
        Failure::Broken => {
            "Le serveur répond trop tard, ou pas comme attendu\u{202f}: vérifiez son port et son \
             chiffrement, ou demandez à son exploitant."
        }
    }
}

/// That e-mails of a folder do not come, though the others do; none when they all do.
pub(in crate::web::staff) fn stepped_over(folder: &Folder) -> Option<String> {
    let name = &folder.name;
    match folder.n_stepped_over {
        0 => None,
        1 => Some(format!(
            "Un courriel du dossier {name} n’arrive pas\u{202f}: le serveur de la boîte ne le donne \
             pas. Ouvrez-le dans votre messagerie\u{202f}; s’il appelle une suite, enregistrez-le à la \
             main. Le programme le redemande toutes les heures."
        )),
        n => Some(format!(
            "{n}\u{a0}courriels du dossier {name} n’arrivent pas\u{202f}: le serveur de la boîte ne \
             les donne pas. Ouvrez-les dans votre messagerie\u{202f}; s’ils appellent une suite, \
             enregistrez-les à la main. Le programme les redemande toutes les heures."
        )),
    }
}

/// How many e-mails wait: `12`, `99+`.
pub(in crate::web::staff) fn count(n_to_decide: i64) -> String {
    if n_to_decide < COUNTED {
        n_to_decide.to_string()
    } else {
        format!("{}+", COUNTED - 1)
    }
}

/// The subject of an e-mail; blank ones are told.
pub(super) fn subject(subject: &str) -> String {
    if subject.is_empty() {
        "(sans objet)".to_owned()
    } else {
        subject.to_owned()
    }
}

/// Whoever signs it.
pub(super) fn sender(mail: &Listed) -> String {
    match (&mail.sender_name, &mail.sender) {
        (Some(name), _) => name.clone(),
        (None, Some(address)) => address.clone(),
        (None, None) => "Expéditeur inconnu".to_owned(),
    }
}
