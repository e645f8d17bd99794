//! The page of a step: what was typed, what is wrong with it, and the way on.

use std::sync::Arc;

use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;

use crate::case::filing::{Field, Step, TypedFiling, parse_nature};
use crate::case::{Catalogue, Nature};
use crate::web::form::FormErrors;
use crate::web::public::deposit::choices::{self, Choice, ListLine};
use crate::web::public::deposit::progress::Progress;
use crate::web::public::visit::Visit;
use crate::web::retry;

/// A short word at the top of a step, for a visitor who was led there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Notice {
    /// A step was opened before those that come first.
    #[serde(rename = "ordre")]
    OutOfOrder,
    /// The draft was gone: what had just been typed began a new one.
    #[serde(rename = "garde")]
    Kept,
    /// The short answers make a complaint.
    #[serde(rename = "reclamation")]
    IsComplaint,
    /// The short answers make a request.
    #[serde(rename = "demande")]
    IsRequest,
    /// The draft of the cookie cannot be found.
    #[serde(rename = "perdu")]
    Gone,
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
        }
    }

    const fn words(self) -> &'static str {
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
        ];
        known
            .into_iter()
            .find(|notice| notice.query().strip_prefix("?avis=") == Some(name))
    }
}

/// Why what was typed could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotKept {
    /// The database is away.
    Unavailable,
    /// Too many drafts were begun from one address; one may be begun again after this long.
    TooMany(TimeDelta),
}

/// `templates/public/deposit/step.html`.
#[derive(Template)]
#[template(path = "public/deposit/step.html")]
pub(super) struct StepPage<'a> {
    step: Step,
    typed: &'a TypedFiling,
    progress: Progress,
    csrf: String,
    catalogue: Arc<Catalogue>,
    /// What is wrong, after a refused POST.
    pub(super) errors: FormErrors,
    /// Why the visitor was led here.
    pub(super) notice: Option<Notice>,
    /// Where an earlier draft can be taken up again.
    pub(super) resume: Option<String>,
    /// Whether a draft is kept on the server.
    pub(super) is_saved: bool,
    /// Why nothing was kept: all is in the page.
    pub(super) not_kept: Option<NotKept>,
}

impl<'a> StepPage<'a> {
    /// A step as it is shown first.
    pub(super) fn new(visit: &Visit<'_>, step: Step, typed: &'a TypedFiling) -> Self {
        Self {
            step,
            typed,
            progress: Progress::of(step, typed),
            csrf: visit.csrf(),
            catalogue: visit.state.catalogue.last_known(),
            errors: FormErrors::default(),
            notice: None,
            resume: None,
            is_saved: false,
            not_kept: None,
        }
    }

    fn nature(&self) -> Nature {
        parse_nature(self.typed).unwrap_or(Nature::Complaint)
    }

    fn is_request(&self) -> bool {
        self.nature() == Nature::InformationRequest
    }

    /// What the visitor is doing, for the title of the window.
    fn doing(&self) -> &'static str {
        if self.step == Step::Intent || self.step == Step::Questions {
            "Déposer une réclamation ou une demande"
        } else if self.is_request() {
            "Déposer une demande"
        } else {
            "Déposer une réclamation"
        }
    }

    fn title(&self) -> &'static str {
        match self.step {
            Step::Intent => "Que souhaitez-vous faire\u{202f}?",
            Step::Questions => "Quelques questions pour vous orienter",
            Step::Situation => "Votre situation",
            Step::Facts if self.is_request() => "Votre demande",
            Step::Facts => "Ce qui s’est passé",
            Step::Contact => "Vous joindre",
        }
    }

    fn notice_words(&self) -> Option<&'static str> {
        self.notice.map(Notice::words)
    }

    /// What was typed in a field.
    fn value(&self, name: &str) -> &str {
        Field::from_code(name).map_or("", |field| self.typed.get(field))
    }

    /// The message of a field.
    fn error(&self, name: &str) -> Option<&str> {
        self.errors.of(name)
    }

    /// The lines of the list of products.
    fn products(&self) -> Vec<ListLine<'_>> {
        choices::lines(&self.catalogue.products, self.typed.get(Field::Product))
    }

    /// The lines of the list of subjects.
    fn subjects(&self) -> Vec<ListLine<'_>> {
        choices::lines(&self.catalogue.subjects, self.typed.get(Field::Subject))
    }

    /// The radio buttons of a field.
    fn choices(&self, name: &str) -> Vec<Choice> {
        Field::from_code(name).map_or_else(Vec::new, |field| choices::of(field, self.typed))
    }
}
