//! A short word at the top of a page, for a visitor who was led there.

use serde::Deserialize;

/// A short word at the top of a step, for a visitor who was led there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// A step was opened before those that come first.
    OutOfOrder,
    /// The draft was gone: what had just been typed began a new one.
    Kept,
    /// The short answers make a complaint.
    IsComplaint,
    /// The short answers make a request.
    IsRequest,
    /// The draft of the cookie cannot be found.
    Gone,
    /// The request was turned into a complaint.
    Converted,
    /// Another page changed the draft before it was sent.
    Changed,
    /// A link to the draft was asked for.
    LinkAsked,
}

impl Notice {
    /// Added to an address, it is shown there.
    pub(super) const fn query(self) -> &'static str {
        match self {
            Self::OutOfOrder => "?avis=ordre",
            Self::Kept => "?avis=garde",
            Self::IsComplaint => "?avis=reclamation",
            Self::IsRequest => "?avis=demande",
            Self::Gone => "?avis=perdu",
            Self::Converted => "?avis=devenue",
            Self::Changed => "?avis=change",
            Self::LinkAsked => "?avis=lien",
        }
    }

    /// What it says.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::OutOfOrder => {
                "Complétez d’abord cette étape\u{202f}: les suivantes en dépendent."
            }
            Self::Kept => {
                "Votre brouillon n’était plus disponible. Ce que vous veniez d’écrire est conservé \
                 dans un nouveau brouillon\u{202f}; complétez les autres étapes."
            }
            Self::IsComplaint => {
                "D’après vos réponses, il s’agit d’une réclamation. Nous l’enregistrons comme telle."
            }
            Self::IsRequest => {
                "D’après vos réponses, il s’agit d’une demande. Le service client vous répondra."
            }
            Self::Converted => {
                "Votre demande devient une réclamation. Tout ce que vous avez écrit est conservé\u{202f}; \
                 complétez ce qui manque, puis vérifiez avant d’envoyer."
            }
            Self::Changed => {
                "Votre brouillon a changé dans un autre onglet pendant que vous lisiez cette page. \
                 Rien n’a été envoyé\u{202f}: relisez, puis envoyez."
            }
            Self::LinkAsked => {
                "Un courriel est préparé pour cette adresse\u{202f}; il part dès que notre messagerie le \
                 prend en charge. Regardez aussi dans les courriers indésirables."
            }
            Self::Gone => {
                "Votre brouillon précédent n’est plus disponible. Vous pouvez recommencer ici."
            }
        }
    }
}

/// The query of an address of the form; an unknown notice says nothing.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    avis: Option<String>,
}

impl Asked {
    /// The notice asked for.
    pub(super) fn notice(&self) -> Option<Notice> {
        let name = self.avis.as_deref()?;
        let known = [
            Notice::OutOfOrder,
            Notice::Kept,
            Notice::IsComplaint,
            Notice::IsRequest,
            Notice::Gone,
            Notice::Converted,
            Notice::Changed,
            Notice::LinkAsked,
        ];
        known
            .into_iter()
            .find(|notice| notice.query().strip_prefix("?avis=") == Some(name))
    }
}
