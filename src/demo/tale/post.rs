//! What leaves in a case, by e-mail or by post, and what follows: as the acts do it.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar;
use crate::case::events::{self, Carrier};
use crate::case::{Nature, PostalKind, Purpose, StaffId, Status};
use crate::demo::tale::Tale;
use crate::demo::tale::hold::Hold;
use crate::journal::Actor;
use crate::mail::outbox::State;
use crate::mail::{Desk, Obstacle, Origin};

/// A letter to post.
pub(super) struct Task {
    id: i64,
    kind: PostalKind,
    created_at: DateTime<Utc>,
    due_on: NaiveDate,
    done: Option<(NaiveDate, StaffId)>,
    /// An e-mail that was refused asked for it.
    replaces_email: bool,
}

impl Task {
    /// Whether it waits to be posted.
    pub(super) const fn is_open(&self) -> bool {
        self.done.is_none()
    }
}

/// What became of an e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The relay took it.
    HandedOver,
    /// It was refused for good.
    Failed,
}

/// Seconds that the relay takes.
const CARRIED_WITHIN: std::ops::RangeInclusive<u32> = 1..=20;

impl Tale<'_> {
    /// The e-mail of this purpose leaves within seconds, or is refused: its row, and its fate. None
    /// when that is still to come: nothing ever waits in the outbox of a demonstration.
    pub(super) fn mail(&mut self, purpose: Purpose, body: &str) -> Option<(i64, Fate)> {
        let recipient = match purpose {
            Purpose::Notice => "service.client@example.org".to_owned(),
            Purpose::Acknowledgement
            | Purpose::Receipt
            | Purpose::Copy
            | Purpose::Message
            | Purpose::Answer
            | Purpose::LostCode
            | Purpose::Withdrawal
            | Purpose::AddressToConfirm
            | Purpose::AddressChanged
            | Purpose::Requalification => self.person.email.clone()?,
        };
        let queued_at = self.now.at;
        self.shortly(CARRIED_WITHIN)?;
        let fate = self.fate(purpose);
        let id = self.next.outbox;
        self.next.outbox = id.saturating_add(1);
        let (state, handed_over_at, failed_at) = match fate {
            Fate::HandedOver => (State::HandedOver, Some(self.now.at), None),
            Fate::Failed => (State::Failed, None, Some(self.now.at)),
        };
        let error = (fate == Fate::Failed).then(|| Obstacle::Reply(550).code());
        let subject = self.subject_of(purpose);
        let message_id = format!("demo.{id}@example.org");
        let (origin, desk) = (origin(purpose), self.desk());
        let row = self.rows.outbox.row();
        let row = row.put(id).put(purpose.code()).put(self.id);
        let row = row.put(&recipient).put(&subject).put(body);
        let row = row.put(origin.code()).put(desk.code()).put(&message_id);
        let row = row
            .put(state.code())
            .put(queued_at)
            .put(queued_at)
            .put(1_i32);
        row.put(handed_over_at).put(failed_at).put(error.as_deref());
        if fate == Fate::Failed {
            self.record(events::mail_failed(purpose, id), Actor::System);
            if let Some(kind) = purpose.by_post() {
                self.spine.has_failed = true;
                self.ask_for_letter(kind, Actor::System);
            }
        }
        Some((id, fate))
    }

    /// Some addresses of people who also gave a postal one are refused.
    fn fate(&mut self, purpose: Purpose) -> Fate {
        let becomes_letter = matches!(
            purpose,
            Purpose::Acknowledgement | Purpose::Message | Purpose::Answer
        );
        let fails = self.hold == Hold::Failure || self.dice.chance(4);
        if becomes_letter && self.person.postal_address.is_some() && fails {
            Fate::Failed
        } else {
            Fate::HandedOver
        }
    }

    /// An e-mail that stops no clock.
    pub(super) fn mail_aside(&mut self, purpose: Purpose, body: &str) -> Option<i64> {
        let (id, fate) = self.mail(purpose, body)?;
        if fate == Fate::HandedOver {
            let entry = events::mail_handed_over(purpose, Carrier::Email(id));
            self.record(entry, Actor::System);
        }
        Some(id)
    }

    /// Puts a letter on the list, due as the act has it.
    pub(super) fn ask_for_letter(&mut self, kind: PostalKind, actor: Actor) {
        let due_on = match kind {
            PostalKind::Acknowledgement | PostalKind::Answer => {
                calendar::act_by(self.spine.next_due_on)
            }
            PostalKind::Copy
            | PostalKind::Message
            | PostalKind::Requalification
            | PostalKind::Conversion => calendar::add_jours_ouvrables(self.now.on, 1),
        };
        let id = self.next.task;
        self.next.task = id.saturating_add(1);
        self.tasks.push(Task {
            id,
            kind,
            created_at: self.now.at,
            due_on,
            done: None,
            replaces_email: actor == Actor::System && self.spine.has_failed,
        });
        self.record(events::letter_asked(kind, due_on), actor);
    }

    /// Ticks the letter off, if it was asked for: someone posts it today.
    pub(super) fn tick_off(&mut self, kind: PostalKind, by: StaffId) {
        let on = self.now.on;
        let open = |task: &&mut Task| task.kind == kind && task.is_open();
        if let Some(task) = self.tasks.iter_mut().find(open) {
            task.done = Some((on, by));
        }
        self.act();
    }

    /// Whether a letter of this kind waits.
    pub(super) fn awaits(&self, kind: PostalKind) -> bool {
        let is_open = |task: &Task| task.kind == kind && task.is_open();
        self.tasks.iter().any(is_open)
    }

    /// The acknowledgement has left.
    pub(super) fn acknowledged(&mut self, by: Carrier, actor: Actor) {
        self.spine.acknowledged_on = Some(self.now.on);
        self.become_(Status::Acknowledged);
        let entry = events::acknowledgement_handed_over(self.now.on, by);
        self.record(entry, actor);
    }

    /// The answer has left.
    pub(super) fn answered(&mut self, by: Carrier, answer: Option<i64>, actor: Actor) {
        let on = self.now.on;
        self.spine.answered_on.get_or_insert(on);
        self.spine.person_wrote_at = None;
        self.lapse();
        self.spine.target_on = Some(calendar::close_target(on));
        self.become_(Status::Answered);
        self.record(events::answer_handed_over(on, by, answer), actor);
    }

    fn desk(&self) -> Desk {
        match self.spine.nature {
            Nature::Complaint => Desk::Complaints,
            Nature::InformationRequest => Desk::Customer,
        }
    }

    /// As the words of e-mails have it.
    fn subject_of(&self, purpose: Purpose) -> String {
        let reference = self.reference();
        let what = match self.spine.nature {
            Nature::Complaint => "réclamation",
            Nature::InformationRequest => "demande d’information",
        };
        match purpose {
            Purpose::Acknowledgement | Purpose::Receipt => {
                format!("Accusé de réception de votre {what} {reference}")
            }
            Purpose::Copy => format!("Copie de votre {what} {reference}"),
            Purpose::Message => format!("Message au sujet de votre {what} {reference}"),
            Purpose::Answer => format!("Réponse à votre {what} {reference}"),
            Purpose::Notice => format!("Nouvelle demande d’information {reference}"),
            Purpose::Requalification => format!("Le traitement de votre réclamation {reference}"),
            Purpose::LostCode => format!("Code d’accès à votre dossier {reference}"),
            Purpose::Withdrawal => format!("Votre {what} {reference} est retirée"),
            Purpose::AddressToConfirm => {
                format!("Confirmez votre adresse pour le dossier {reference}")
            }
            Purpose::AddressChanged => format!("L’adresse du dossier {reference} a été changée"),
        }
    }

    /// Writes the list of letters.
    pub(super) fn write_tasks(&mut self) {
        for task in &self.tasks {
            let row = self.rows.postal_tasks.row();
            let row = row.put(task.id).put(self.id).put(task.kind.code());
            let row = row.put(task.created_at).put(task.due_on);
            row.put(task.done.map(|(on, _)| on))
                .put(task.done.map(|(_, by)| by.0))
                .put(task.replaces_email);
        }
    }
}

const fn origin(purpose: Purpose) -> Origin {
    match purpose {
        Purpose::Acknowledgement | Purpose::Receipt | Purpose::Copy | Purpose::Withdrawal => {
            Origin::Reply
        }
        Purpose::Message | Purpose::Answer => Origin::Person,
        Purpose::Notice
        | Purpose::LostCode
        | Purpose::AddressToConfirm
        | Purpose::AddressChanged
        | Purpose::Requalification => Origin::Program,
    }
}
