//! Why an act was refused, in words.

use crate::case::{ActError, Status};
use crate::web::AppError;

/// Why an act was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web::staff) enum Why {
    /// Someone acted in between.
    Changed,
    /// The state of the case no longer allows it.
    NotNow(Status),
    /// The answer is leaving.
    AnswerLeaving,
    /// Nobody reads their own answer over.
    OwnAnswer,
    /// No such letter waits.
    NothingToPost,
    /// No such commitment waits to be kept.
    NothingToKeep,
    /// A date that cannot be.
    BadDate,
    /// Whom the case complains about has no part in it.
    Barred,
    /// A legal date was missed, and nobody has said why.
    CauseMissing,
    /// It is done already.
    AlreadyDone,
    /// There is nothing of the kind to note, or it is noted already.
    NothingToNote,
}

impl Why {
    /// The reason to show.
    pub(super) fn from_act(error: ActError) -> Result<Self, AppError> {
        match error {
            ActError::Stale => Ok(Self::Changed),
            ActError::NotNow(status) => Ok(Self::NotNow(status)),
            ActError::AnswerLeaving => Ok(Self::AnswerLeaving),
            ActError::OwnAnswer => Ok(Self::OwnAnswer),
            ActError::NothingToPost => Ok(Self::NothingToPost),
            ActError::NothingToKeep => Ok(Self::NothingToKeep),
            ActError::BadDate => Ok(Self::BadDate),
            ActError::Barred => Ok(Self::Barred),
            ActError::CauseMissing => Ok(Self::CauseMissing),
            ActError::AlreadyDone => Ok(Self::AlreadyDone),
            ActError::NothingToNote => Ok(Self::NothingToNote),
            ActError::Unknown => Err(AppError::NotFound),
            ActError::Database(error) => Err(error.into()),
            ActError::Words(error) => Err(AppError::Internal(error.into())),
            ActError::Letter(error) => Err(AppError::Internal(error.into())),
        }
    }

    /// The title of the page.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Changed => "Le dossier a changé entre-temps",
            Self::NotNow(_) => "Cet acte n’est plus possible",
            Self::AnswerLeaving => "La réponse est déjà partie",
            Self::OwnAnswer => "Une autre personne doit relire",
            Self::NothingToPost => "Aucun courrier à noter",
            Self::NothingToKeep => "Cet engagement n’est plus à tenir",
            Self::BadDate => "Cette date ne peut pas être retenue",
            Self::Barred => "Cette personne est écartée du dossier",
            Self::CauseMissing => "La cause d’un retard manque",
            Self::AlreadyDone => "C’est déjà fait",
            Self::NothingToNote => "Rien à noter",
        }
    }

    /// What happened, and that nothing is lost.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Changed => {
                "Rien n’est perdu et rien n’a été fait\u{202f}: voici ce qui s’est passé depuis que vous avez ouvert la page, et ce que vous aviez saisi. Vérifiez, puis envoyez de nouveau."
            }
            Self::NotNow(Status::Received) => {
                "Le dossier attend encore son accusé de réception. Ce que vous aviez saisi est ci-dessous."
            }
            Self::NotNow(Status::Acknowledged) => {
                "L’accusé de réception est déjà remis. Ce que vous aviez saisi est ci-dessous."
            }
            Self::NotNow(Status::Answered) => {
                "La réponse a déjà été remise. Ce que vous aviez saisi est ci-dessous."
            }
            Self::NotNow(Status::Closed | Status::Withdrawn) => {
                "Le dossier est clos. Ce que vous aviez saisi est ci-dessous."
            }
            Self::AnswerLeaving => {
                "Elle a passé le contrôle d’envoi et ne peut plus être modifiée. Ce que vous aviez saisi est ci-dessous."
            }
            Self::OwnAnswer => {
                "On ne relit pas sa propre réponse, même reprise depuis par quelqu’un d’autre\u{202f}: il n’y a pas ici de brouillon que vous puissiez relire."
            }
            Self::NothingToPost => "Ce courrier n’est pas demandé, ou quelqu’un l’a déjà noté.",
            Self::NothingToKeep => "Quelqu’un l’a déjà noté comme tenu, ou il n’a jamais été pris.",
            Self::Barred => {
                "Le dossier la met en cause\u{202f}: elle ne peut rien y faire. Choisissez quelqu’un d’autre."
            }
            Self::CauseMissing => {
                "Un délai légal a été dépassé\u{202f}: indiquez-en la cause sur le dossier, puis clôturez."
            }
            Self::AlreadyDone => {
                "Quelqu’un l’a fait avant vous, ou il n’y a rien à défaire. Ce que vous aviez saisi est ci-dessous."
            }
            Self::BadDate => {
                "Elle est à venir, ou antérieure au dossier. Ce que vous aviez saisi est ci-dessous."
            }
            Self::NothingToNote => "Il n’y a rien à noter ici, ou quelqu’un l’a déjà fait.",
        }
    }
}
