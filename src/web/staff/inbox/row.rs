//! One line of the inbox, in words.

use chrono::NaiveDate;

use crate::calendar;
use crate::case::catalogue::{Catalogue, label_of};
use crate::case::inbox::{Followed, FollowedKind, Line};
use crate::case::label::Label;
use crate::case::{Nature, Status};
use crate::web::staff::inbox::room::Room;
use crate::web::staff::moment::{Day, Remaining};
use crate::web::staff::words;
use crate::web::urls;

/// What the page shows of a case.
pub(super) struct Row {
    pub(super) reference: String,
    pub(super) address: String,
    pub(super) is_complaint: bool,
    pub(super) nature: &'static str,
    /// Product and subject, as far as they are known.
    pub(super) topic: Option<String>,
    pub(super) person: String,
    pub(super) status: &'static str,
    pub(super) status_tone: &'static str,
    pub(super) due: Due,
    /// The next date that staff follow beside it, where the list says so.
    pub(super) followed: Option<Due>,
    pub(super) handler: Option<String>,
    pub(super) last_event: Day,
    /// What calls for attention: words, tone.
    pub(super) marks: Vec<(&'static str, &'static str)>,
    /// Since when we wait for the person.
    pub(super) waiting_since: Option<Day>,
    pub(super) channel: &'static str,
    /// Names of its labels.
    pub(super) labels: Vec<String>,
    /// What a form says to name it.
    pub(super) value: String,
}

/// What comes next on it.
pub(super) struct Due {
    /// None once the case has ended.
    pub(super) left: Option<Remaining>,
    /// What is due: `accusé`, `réponse`.
    pub(super) what: &'static str,
    pub(super) day: Day,
    pub(super) is_late: bool,
}

impl Row {
    /// The line of a case, on `today` in Paris.
    pub(super) fn new(line: &Line, room: &Room, today: NaiveDate) -> Self {
        let named = |label: &&Label| line.labels.contains(&label.id.0);
        let reference = line.reference();
        Self {
            address: urls::staff_case(&reference),
            reference: reference.to_string(),
            is_complaint: line.nature == Nature::Complaint,
            nature: words::nature(line.nature),
            topic: topic(line, &room.catalogue),
            person: line
                .person_name
                .clone()
                .unwrap_or_else(|| "Identité effacée".to_owned()),
            status: if line.is_contested {
                "Désaccord"
            } else if line.is_reopened() {
                "Rouvert"
            } else {
                words::short_status(line.status)
            },
            status_tone: words::status_tone(line.status),
            due: due(line, today),
            followed: None,
            handler: line.handler().map(|id| room.colleagues.name(id).to_owned()),
            last_event: Day::short(calendar::paris_date(line.last_event_at), today),
            marks: marks(line, line.is_archived(room.seat.viewer)),
            waiting_since: line.waiting_since.map(|on| Day::short(on, today)),
            channel: words::channel(line.channel),
            labels: room
                .labels
                .iter()
                .filter(named)
                .map(|label| label.name.clone())
                .collect(),
            value: line.case().0.to_string(),
        }
    }
}

/// A date that staff follow, on `today` in Paris.
pub(super) fn followed(next: Followed, today: NaiveDate) -> Due {
    let left = Remaining::before(next.due_on, today);
    Due {
        what: match next.kind {
            FollowedKind::Ask => "élément demandé",
            FollowedKind::HoldingLetter => "réponse annoncée",
            FollowedKind::MediationDocuments => "documents pour le médiateur",
            FollowedKind::MediationOpinion => "suite de l’avis du médiateur",
            FollowedKind::Commitment => "engagement",
            FollowedKind::Letter => "lettre à poster",
        },
        day: Day::short(next.due_on, today),
        is_late: left.tone == "late",
        left: Some(left),
    }
}

fn marks(line: &Line, is_archived: bool) -> Vec<(&'static str, &'static str)> {
    [
        (line.person_wrote_at.is_some(), ("Nouveau message", "soon")),
        (line.awaits_reader, ("À relire", "soon")),
        (line.failed_sending, ("Envoi en échec", "late")),
        (is_archived, ("Archivé", "")),
    ]
    .into_iter()
    .filter_map(|(is_shown, mark)| is_shown.then_some(mark))
    .collect()
}

/// « Assurance auto · Sinistre », as far as it is known.
fn topic(line: &Line, catalogue: &Catalogue) -> Option<String> {
    let of = |list, code: &Option<String>| label_of(list, code.as_deref()?).map(str::to_owned);
    let product = of(&catalogue.products, &line.product);
    let subject = of(&catalogue.subjects, &line.subject);
    match (product, subject) {
        (Some(product), Some(subject)) => Some(format!("{product} · {subject}")),
        (product, subject) => product.or(subject),
    }
}

fn due(line: &Line, today: NaiveDate) -> Due {
    let what = match (line.status, line.nature) {
        (Status::Received, Nature::Complaint) if line.target_on.is_none() => "accusé",
        (Status::Received | Status::Acknowledged, _) if line.answered_on.is_some() => {
            "nouvelle réponse"
        }
        (Status::Acknowledged, Nature::Complaint) => "réponse",
        (Status::Received, _) | (Status::Acknowledged, Nature::InformationRequest) => "objectif",
        (Status::Answered, _) => "clôture",
        (Status::Closed, _) => "close",
        (Status::Withdrawn, _) => "retirée",
    };
    let left = (!line.status.has_ended()).then(|| Remaining::before(line.next_due_on, today));
    let on = match &left {
        Some(_) => line.next_due_on,
        None => line.closed_on.unwrap_or(line.next_due_on),
    };
    Due {
        is_late: left.as_ref().is_some_and(|left| left.tone == "late"),
        left,
        what,
        day: Day::short(on, today),
    }
}
