//! The life of the case as its person reads it: public events only, newest first.

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::case::Nature;
use crate::case::exchange::Side;
use crate::case::public_events::{PublicEvent, Returned, What};
use crate::firm;

/// One line.
pub(super) struct Happening {
    on: NaiveDate,
    /// What happened.
    pub(super) words: &'static str,
    /// « Vous », or the service.
    pub(super) who: &'static str,
}

impl Happening {
    /// In words.
    pub(super) fn of(event: PublicEvent) -> Self {
        Self {
            on: event.on,
            words: words(event),
            who: who(event),
        }
    }

    /// The day in words.
    pub(super) fn day(&self) -> String {
        plain_date(self.on)
    }

    /// The day for machines.
    pub(super) fn iso(&self) -> String {
        self.on.to_string()
    }
}

fn who(event: PublicEvent) -> &'static str {
    match (event.side, event.nature) {
        (Side::Person, _) => "Vous",
        (Side::Office, Nature::Complaint) => firm::COMPLAINTS_SERVICE,
        (Side::Office, Nature::InformationRequest) => firm::CUSTOMER_SERVICE,
    }
}

fn words(event: PublicEvent) -> &'static str {
    let is_ours = event.side == Side::Office;
    match event.what {
        What::Filed if event.nature == Nature::Complaint => "Réclamation déposée",
        What::Filed => "Demande d’information déposée",
        What::Acknowledged => "Accusé de réception envoyé",
        What::AddressConfirmed => "Adresse e-mail confirmée",
        What::Message if is_ours => "Message écrit pour vous",
        What::Message => "Message reçu de votre part",
        What::FileAdded => "Pièce ajoutée",
        What::Answered => "Réponse envoyée",
        What::Disagreed => "Désaccord avec la réponse",
        What::Evaluated => "Avis sur la réponse",
        What::ContactChanged => "Coordonnées modifiées",
        What::CodeRenewed => "Nouveau code d’accès",
        What::RequalificationTold => "Proposition de traiter le dossier comme une demande",
        What::Objected => "Opposition\u{202f}: le dossier reste une réclamation",
        What::Requalified(Nature::Complaint) => "La demande devient une réclamation",
        What::Requalified(Nature::InformationRequest) => {
            "Le dossier devient une demande d’information"
        }
        What::Withdrawn => "Dossier retiré",
        What::Closed => "Dossier clôturé",
        What::Asked => "Élément demandé",
        What::Reminded => "Rappel de l’élément demandé",
        What::HoldingLetter => "Lettre d’attente",
        What::Transferred => "Dossier transmis",
        What::TransferReturned => "Retour de la transmission",
        What::WithdrawalTaken => "Dossier retiré, à votre demande",
        What::WithdrawalObjected => "Retrait annulé\u{202f}: le dossier reprend",
        What::MediationReferred => "Médiateur saisi",
        What::MediationDocuments => "Documents envoyés au médiateur",
        What::MediationOpinion => "Fin de la médiation",
        What::Returned { what, by_letter } => returned(what, by_letter),
    }
}

fn returned(what: Returned, by_letter: bool) -> &'static str {
    match (what, by_letter) {
        (Returned::Acknowledgement, true) => {
            "Notre courriel ne vous est pas parvenu\u{202f}: l’accusé de réception est à envoyer par lettre"
        }
        (Returned::Acknowledgement, false) => {
            "Notre courriel ne vous est pas parvenu\u{202f}: c’était l’accusé de réception"
        }
        (Returned::Answer, true) => {
            "Notre courriel ne vous est pas parvenu\u{202f}: la réponse est à envoyer par lettre"
        }
        (Returned::Answer, false) => {
            "Notre courriel ne vous est pas parvenu\u{202f}: c’était la réponse"
        }
        (Returned::Requalification, true) => {
            "Notre courriel ne vous est pas parvenu\u{202f}: la proposition de traiter le dossier \
             comme une demande est à envoyer par lettre"
        }
        (Returned::Requalification, false) => {
            "Notre courriel ne vous est pas parvenu\u{202f}: c’était la proposition de traiter le \
             dossier comme une demande"
        }
        (Returned::Message, true) => {
            "Notre courriel ne vous est pas parvenu\u{202f}: notre message est à envoyer par lettre"
        }
        (Returned::Message, false) => {
            "Notre courriel ne vous est pas parvenu\u{202f}: c’était un message"
        }
    }
}
