//! An act that came too late: what has changed, beside what was typed, which can be sent again.

use askama::Template;

use crate::case::{ActError, MessageRole, Nature, PostalKind, Status};
use crate::staff::Right;
use crate::web::AppError;
use crate::web::staff::cases::attempt::Attempt;
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::cases::forms::{CaseForms, Choice, PostForm};
use crate::web::staff::cases::journal_lines::{self, JournalLine};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::thread_entries::{self, Entry};
use crate::web::staff::current::Shell;
use crate::web::staff::words;

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
}

impl Why {
    /// The reason to show; none for a date to correct at its field.
    pub(super) fn from_act(error: ActError) -> Result<Option<Self>, AppError> {
        match error {
            ActError::Stale => Ok(Some(Self::Changed)),
            ActError::NotNow(status) => Ok(Some(Self::NotNow(status))),
            ActError::AnswerLeaving => Ok(Some(Self::AnswerLeaving)),
            ActError::OwnAnswer => Ok(Some(Self::OwnAnswer)),
            ActError::NothingToPost => Ok(Some(Self::NothingToPost)),
            ActError::BadDate => Ok(None),
            ActError::Unknown => Err(AppError::NotFound),
            ActError::Database(error) => Err(error.into()),
            ActError::Words(error) => Err(AppError::Internal(error.into())),
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
                "On ne relit pas sa propre réponse, et il n’y a pas de brouillon de quelqu’un d’autre à relire."
            }
            Self::NothingToPost => "Ce courrier n’est pas demandé, ou quelqu’un l’a déjà noté.",
        }
    }
}

/// `templates/staff/cases/refused.html`.
#[derive(Template)]
#[template(path = "staff/cases/refused.html")]
pub(super) struct RefusedPage {
    shell: Shell,
    forms: CaseForms,
    why: Why,
    lines: Vec<JournalLine>,
    entries: Vec<Entry>,
    again: Option<(&'static str, &'static str)>,
    note: Option<String>,
    message: Option<String>,
    request_answer: Option<String>,
    posted: Option<PostForm>,
    handlers: Option<Vec<Choice>>,
    /// The nature it should be of, and why.
    motive: Option<(Nature, String)>,
    /// The day an objection was received.
    objection: Option<String>,
}

impl RefusedPage {
    /// The page for what was tried at this desk.
    pub(super) fn new(desk: &Desk, loaded: &Loaded, why: Why, attempt: &Attempt) -> Self {
        let new_lines: Vec<_> = loaded
            .journal
            .iter()
            .filter(|line| desk.last_line < line.seq)
            .cloned()
            .collect();
        let since = new_lines.first().map(|line| line.at);
        let entries = loaded
            .items
            .iter()
            .filter(|item| since.is_some_and(|since| since <= item.at))
            .filter_map(|item| thread_entries::exchanged(loaded, item))
            .collect();
        let posted = PostalKind::ALL.iter().find_map(|kind| {
            let on = attempt.posted_on(*kind)?;
            Some(PostForm::new(*kind, words::letter(*kind), on))
        });
        let shell = desk.current.shell(&desk.state);
        let said = |text: Option<&str>| text.map(str::to_owned);
        Self {
            forms: CaseForms::new(loaded, &shell),
            shell,
            why,
            lines: journal_lines::lines(&new_lines, &loaded.colleagues),
            entries,
            again: attempt.again().filter(|_| why == Why::Changed),
            note: said(attempt.note()),
            message: said(attempt.message(MessageRole::Exchange)),
            request_answer: said(attempt.message(MessageRole::RequestAnswer)),
            posted,
            handlers: handlers(loaded, attempt),
            objection: said(attempt.objected_on()),
            motive: Nature::ALL.iter().find_map(|to| {
                let motive = attempt.motive(*to)?;
                Some((*to, motive.to_owned()))
            }),
        }
    }
}

/// Those the case can be given to, if it was to be given.
fn handlers(loaded: &Loaded, attempt: &Attempt) -> Option<Vec<Choice>> {
    match attempt {
        Attempt::Assign(chosen) => Some(Choice::handlers(
            &loaded.colleagues.who_may(Right::WorkCases),
            *chosen,
        )),
        Attempt::Take
        | Attempt::Note(_)
        | Attempt::Message(..)
        | Attempt::Post(..)
        | Attempt::MarkRead
        | Attempt::Read
        | Attempt::Send
        | Attempt::Close
        | Attempt::Requalify(..)
        | Attempt::Object(_) => None,
    }
}
