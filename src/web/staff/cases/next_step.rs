//! The one thing to do next on a case, as the law sees it.

use crate::calendar;
use crate::case::answer::{AnswerState, Circumstances, Missing, Written, check};
use crate::case::oral::is_only_said;
use crate::case::thread::ItemKind;
use crate::case::{Nature, PostalKind, Purpose, Status};
use crate::mail::outbox::Standing;
use crate::staff::Right;
use crate::web::AppState;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::current::CurrentStaff;

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web::staff) enum NextStep {
    /// The acknowledgement cannot leave by e-mail: it must be posted.
    PostAcknowledgement,
    /// Nothing is written yet.
    WriteAnswer,
    /// The same, of a complaint that was only said: no law sets a date.
    AnswerSpoken,
    /// The person contests the answer: another one is to be written.
    Reexamine,
    /// The draft lacks something.
    FinishAnswer,
    /// The draft waits for a second reader; the person at the desk can be one.
    ReadAnswer,
    /// The same, but it must be someone else.
    HaveAnswerRead,
    /// The draft needs a second reader and nobody can be one.
    NobodyCanRead,
    /// The person at the desk has read it: someone else sends it.
    HaveAnswerSent,
    /// The draft is complete.
    SendAnswer,
    /// The answer is on its way by e-mail.
    WaitForAnswer,
    /// The answer must be posted.
    PostAnswer,
    /// A request: answered by a message.
    AnswerRequest,
    /// The answer has left.
    Close,
    /// The case has ended.
    Nothing,
}

/// The one button of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web::staff) struct Primary {
    /// Where it leads, below the case.
    pub(super) part: &'static str,
    /// What it says.
    pub(super) caption: &'static str,
    /// Whether it acts at once; else it opens a page.
    pub(super) acts: bool,
    /// Who may press it.
    pub(super) right: Right,
}

impl Primary {
    /// Opens a page.
    pub(super) const fn page(part: &'static str, caption: &'static str) -> Self {
        Self {
            part,
            caption,
            acts: false,
            right: Right::WorkCases,
        }
    }

    const fn act(part: &'static str, caption: &'static str) -> Self {
        Self {
            acts: true,
            ..Self::page(part, caption)
        }
    }
}

/// Finds it.
pub(super) fn next_step(loaded: &Loaded, current: &CurrentStaff, state: &AppState) -> NextStep {
    let case = &loaded.dossier.case;
    match (case.status, case.nature) {
        (Status::Closed | Status::Withdrawn, _) => NextStep::Nothing,
        (Status::Answered, _) => NextStep::Close,
        (Status::Received | Status::Acknowledged, nature)
            if must_post(loaded, PostalKind::Answer)
                && (nature == Nature::InformationRequest || loaded.answer_is_leaving()) =>
        {
            NextStep::PostAnswer
        }
        (Status::Received | Status::Acknowledged, Nature::InformationRequest) => of_request(loaded),
        (Status::Received | Status::Acknowledged, Nature::Complaint) => {
            let of_answer = of_answer(loaded, current, state);
            // An answer about to leave meets the acknowledgement clock too (R17).
            let is_about_to_leave = matches!(
                of_answer,
                NextStep::ReadAnswer
                    | NextStep::HaveAnswerSent
                    | NextStep::SendAnswer
                    | NextStep::WaitForAnswer
            );
            // A complaint by word of mouth is owed none.
            let is_owed = case.status == Status::Received
                && loaded.dossier.dates.ack_due_on.is_some()
                && must_post_acknowledgement(loaded);
            if is_owed && !is_about_to_leave {
                NextStep::PostAcknowledgement
            } else {
                of_answer
            }
        }
    }
}

/// What comes next on the answer of a complaint.
pub(super) fn of_answer(loaded: &Loaded, current: &CurrentStaff, state: &AppState) -> NextStep {
    match loaded.in_hand() {
        None if loaded.dossier.is_contested() => NextStep::Reexamine,
        None if is_only_said(&loaded.dossier) => NextStep::AnswerSpoken,
        None => NextStep::WriteAnswer,
        Some(written) if written.row.state == AnswerState::Draft => {
            of_draft(loaded, written, current, state)
        }
        Some(_) => NextStep::WaitForAnswer,
    }
}

/// Whether a letter of this kind waits to be posted.
pub(super) fn must_post(loaded: &Loaded, kind: PostalKind) -> bool {
    loaded
        .items
        .iter()
        .any(|item| item.kind == ItemKind::Letter(kind) && item.posted_on.is_none())
}

/// No e-mail can carry it in time: there is no address, it failed, there is no relay, or the daily
/// cap puts it off past the last day to act.
fn must_post_acknowledgement(loaded: &Loaded) -> bool {
    let act_by = loaded.dossier.dates.ack_due_on.map(calendar::act_by);
    let is_late = |until| act_by.is_some_and(|act_by| act_by < calendar::paris_date(until));
    let email = loaded
        .emails
        .iter()
        .find(|email| email.purpose == Purpose::Acknowledgement.code());
    match email.map(|email| email.standing) {
        None | Some(Standing::Written(_) | Standing::Bounced(_) | Standing::Failed { .. }) => true,
        Some(Standing::Held(until) | Standing::PutOff { until, .. }) => is_late(until),
        Some(Standing::Waiting | Standing::HandedOver(_)) => false,
    }
}

fn of_request(loaded: &Loaded) -> NextStep {
    let is_leaving = loaded.emails.iter().any(|email| {
        email.purpose == Purpose::Answer.code()
            && !matches!(
                email.standing,
                Standing::HandedOver(_) | Standing::Bounced(_) | Standing::Failed { .. }
            )
    });
    if is_leaving {
        NextStep::WaitForAnswer
    } else {
        NextStep::AnswerRequest
    }
}

fn of_draft(
    loaded: &Loaded,
    written: &Written,
    current: &CurrentStaff,
    state: &AppState,
) -> NextStep {
    match missing(loaded, written, current, state).as_slice() {
        [] => NextStep::SendAnswer,
        [Missing::ReaderSends] => NextStep::HaveAnswerSent,
        [Missing::NobodyCanRead] => NextStep::NobodyCanRead,
        [Missing::SecondReading]
            if current.may(Right::ApproveAnswers)
                && !written.row.writers().contains(&current.id()) =>
        {
            NextStep::ReadAnswer
        }
        [Missing::SecondReading] => NextStep::HaveAnswerRead,
        _ => NextStep::FinishAnswer,
    }
}

/// What the gate finds missing in a draft.
fn missing(
    loaded: &Loaded,
    written: &Written,
    current: &CurrentStaff,
    state: &AppState,
) -> Vec<Missing> {
    let writers = written.row.writers();
    let n_readers = loaded.colleagues.readers_for(&writers).len();
    let around = Circumstances {
        second_reader_required: state.office.second_reader_required(),
        author: written.row.author(),
        reader: written.row.reader(),
        sender: Some(current.id()),
        n_eligible_readers: i64::try_from(n_readers).unwrap_or(i64::MAX),
        today: state.today(),
        common_outcome: written.row.common_outcome,
    };
    check(&written.draft(), &around).err().unwrap_or_default()
}

impl NextStep {
    /// What to do and why.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::PostAcknowledgement => {
                "L’accusé de réception doit partir par courrier. Postez-le, puis notez la date."
            }
            Self::WriteAnswer => "Répondez à chaque grief, avec vos motifs.",
            Self::AnswerSpoken => {
                "Réclamation faite de vive voix\u{202f}: répondez, ou notez parmi les autres actes que la personne l’a confirmée par écrit ou qu’elle est satisfaite."
            }
            Self::Reexamine => {
                "La personne conteste la réponse\u{202f}: réexaminez le dossier, puis répondez de nouveau."
            }
            Self::FinishAnswer => "Un brouillon attend d’être complété.",
            Self::ReadAnswer => "Un refus attend votre relecture avant de partir.",
            Self::HaveAnswerRead => {
                "Cette réponse refuse quelque chose\u{202f}: une autre personne doit la relire avant son départ."
            }
            Self::NobodyCanRead => {
                "Cette réponse refuse quelque chose et personne d’autre ne peut la relire\u{202f}: demandez à un administrateur d’ouvrir un compte de responsable."
            }
            Self::HaveAnswerSent => {
                "Vous avez relu cette réponse\u{202f}: une autre personne doit l’envoyer."
            }
            Self::SendAnswer => "La réponse est complète\u{202f}: elle peut partir.",
            Self::WaitForAnswer => {
                "La réponse attend son départ par courriel. Le délai court jusqu’à sa remise."
            }
            Self::PostAnswer => {
                "La réponse part par courrier. Postez-la, puis notez la date\u{202f}: le délai court jusque-là."
            }
            Self::AnswerRequest => "Répondez à la demande.",
            Self::Close => "La réponse est partie\u{202f}: le dossier peut être clôturé.",
            Self::Nothing => "Ce dossier est clos. Une note interne reste possible.",
        }
    }

    /// The one button of the page.
    pub(super) const fn primary(self) -> Option<Primary> {
        Some(match self {
            Self::PostAcknowledgement => {
                Primary::page("accuse-par-courrier", "Noter l’envoi de l’accusé")
            }
            Self::WriteAnswer | Self::AnswerSpoken => {
                Primary::page("reponse", "Rédiger la réponse")
            }
            Self::Reexamine => Primary::page("reponse", "Rédiger la nouvelle réponse"),
            Self::FinishAnswer => Primary::page("reponse", "Continuer la réponse"),
            Self::ReadAnswer => Primary::page("reponse", "Relire la réponse"),
            Self::HaveAnswerRead | Self::NobodyCanRead => Primary::page("reponse", "Faire relire"),
            Self::HaveAnswerSent => Primary::page("reponse", "Voir la réponse"),
            Self::SendAnswer => Primary::act("reponse/envoi", "Envoyer la réponse"),
            Self::PostAnswer => {
                Primary::page("courrier?lettre=answer", "Noter l’envoi de la réponse")
            }
            Self::AnswerRequest => Primary::page("message?role=reponse", "Répondre à la demande"),
            Self::Close => Primary {
                right: Right::CloseCases,
                ..Primary::act("cloture", "Clôturer le dossier")
            },
            Self::WaitForAnswer | Self::Nothing => return None,
        })
    }

    /// The letter to post.
    pub(super) const fn letter(self) -> Option<PostalKind> {
        match self {
            Self::PostAcknowledgement => Some(PostalKind::Acknowledgement),
            Self::PostAnswer => Some(PostalKind::Answer),
            Self::WriteAnswer
            | Self::AnswerSpoken
            | Self::Reexamine
            | Self::FinishAnswer
            | Self::ReadAnswer
            | Self::HaveAnswerRead
            | Self::NobodyCanRead
            | Self::HaveAnswerSent
            | Self::SendAnswer
            | Self::WaitForAnswer
            | Self::AnswerRequest
            | Self::Close
            | Self::Nothing => None,
        }
    }
}
