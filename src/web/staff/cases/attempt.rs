//! What someone tried to do on a case, as typed: shown again whenever it is refused.

use crate::case::filing::TextError;
use crate::case::{MessageRole, Nature, PostalKind};
use crate::staff::StaffId;

/// An act as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web::staff) enum Attempt {
    /// Take the case.
    Take,
    /// Give it to someone.
    Assign(Option<StaffId>),
    /// Write a note.
    Note(String),
    /// Write to the person, or answer their request.
    Message(MessageRole, String),
    /// Say when a letter was posted.
    Post(PostalKind, String),
    /// Note that what the person wrote was read.
    MarkRead,
    /// Read the answer over.
    Read,
    /// Send the answer.
    Send,
    /// Close the case.
    Close,
    /// Hold that it is of the other nature, and why.
    Requalify(Nature, String),
    /// Note an objection to the requalification, received on this day.
    Object(String),
}

impl Attempt {
    /// The note, if it is one.
    pub(super) fn note(&self) -> Option<&str> {
        match self {
            Self::Note(text) => Some(text),
            Self::Take
            | Self::Assign(_)
            | Self::Message(..)
            | Self::Post(..)
            | Self::MarkRead
            | Self::Read
            | Self::Send
            | Self::Close
            | Self::Requalify(..)
            | Self::Object(_) => None,
        }
    }

    /// The message in this role, if it is one.
    pub(super) fn message(&self, role: MessageRole) -> Option<&str> {
        match self {
            Self::Message(its_role, text) if *its_role == role => Some(text),
            Self::Message(..)
            | Self::Take
            | Self::Assign(_)
            | Self::Note(_)
            | Self::Post(..)
            | Self::MarkRead
            | Self::Read
            | Self::Send
            | Self::Close
            | Self::Requalify(..)
            | Self::Object(_) => None,
        }
    }

    /// The day a letter of this kind is said to have been posted, if it is that.
    pub(super) fn posted_on(&self, kind: PostalKind) -> Option<&str> {
        match self {
            Self::Post(its_kind, on) if *its_kind == kind => Some(on),
            Self::Post(..)
            | Self::Take
            | Self::Assign(_)
            | Self::Note(_)
            | Self::Message(..)
            | Self::MarkRead
            | Self::Read
            | Self::Send
            | Self::Close
            | Self::Requalify(..)
            | Self::Object(_) => None,
        }
    }

    /// Why the case should be of this nature, if it is that.
    pub(super) fn motive(&self, to: Nature) -> Option<&str> {
        match self {
            Self::Requalify(its_nature, motive) if *its_nature == to => Some(motive),
            Self::Requalify(..)
            | Self::MarkRead
            | Self::Take
            | Self::Assign(_)
            | Self::Note(_)
            | Self::Message(..)
            | Self::Post(..)
            | Self::Read
            | Self::Send
            | Self::Close
            | Self::Object(_) => None,
        }
    }

    /// The day an objection is said to have been received, if it is that.
    pub(super) fn objected_on(&self) -> Option<&str> {
        match self {
            Self::Object(on) => Some(on),
            Self::Requalify(..)
            | Self::MarkRead
            | Self::Take
            | Self::Assign(_)
            | Self::Note(_)
            | Self::Message(..)
            | Self::Post(..)
            | Self::Read
            | Self::Send
            | Self::Close => None,
        }
    }

    /// What doing it again says, for an act that is a button and nothing typed.
    pub(super) const fn again(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Take => Some(("prise-en-charge", "Prendre en charge quand même")),
            Self::MarkRead => Some(("lecture", "Noter quand même comme lu")),
            Self::Read => Some(("reponse/relecture", "Approuver la réponse actuelle")),
            Self::Send => Some(("reponse/envoi", "Envoyer la réponse actuelle")),
            Self::Close => Some(("cloture", "Clôturer quand même")),
            Self::Assign(_)
            | Self::Note(_)
            | Self::Message(..)
            | Self::Post(..)
            | Self::Requalify(..)
            | Self::Object(_) => None,
        }
    }

    /// The code of the notice once it is done.
    pub(super) const fn done(&self) -> &'static str {
        match self {
            Self::Take => "prise-en-charge",
            Self::Assign(_) => "affectation",
            Self::Note(_) => "note",
            Self::Message(..) => "message",
            Self::Post(..) => "courrier",
            Self::MarkRead => "lecture",
            Self::Read => "relecture",
            Self::Send => "envoi",
            Self::Close => "cloture",
            Self::Requalify(Nature::InformationRequest, _) => "requalification",
            Self::Requalify(Nature::Complaint, _) => "reclamation",
            Self::Object(_) => "opposition",
        }
    }
}

/// The notice of an act that was done; an unknown code says nothing.
pub(super) fn notice(code: &str) -> Option<&'static str> {
    Some(match code {
        "prise-en-charge" => "Vous avez pris ce dossier en charge.",
        "affectation" => "Le dossier est attribué.",
        "note" => "La note est enregistrée. La personne ne la verra pas.",
        "message" => "Le message est enregistré et part dès que possible.",
        "courrier" => "L’envoi par courrier est noté.",
        "brouillon" => "Le brouillon est enregistré.",
        "lecture" => "Le message de la personne est noté comme lu.",
        "relecture" => "La réponse est relue et approuvée.",
        "envoi" => "La réponse est passée au départ. Le délai s’arrête à sa remise.",
        "requalification" => {
            "La requalification est annoncée à la personne. Les délais courent jusqu’à la fin des dix jours."
        }
        "opposition" => "L’opposition est notée\u{202f}: le dossier reste une réclamation.",
        "reclamation" => "La demande est maintenant une réclamation, avec sa date d’origine.",
        "cloture" => "Le dossier est clôturé.",
        _ => return None,
    })
}

/// What to do about a text that cannot be kept; `what` is « la note », « le message ».
pub(super) fn text_message(error: TextError, what: &str) -> String {
    match error {
        TextError::Missing => format!("Écrivez {what}."),
        TextError::TooShort { min, .. } => {
            format!("Écrivez au moins {min}\u{a0}caractères.")
        }
        TextError::TooLong { count, max } => {
            format!("Raccourcissez {what}\u{202f}: {count}\u{a0}caractères pour {max} au plus.")
        }
        TextError::ControlCharacter { position } => {
            format!("Retirez de {what} le caractère invisible en position {position}.")
        }
    }
}
