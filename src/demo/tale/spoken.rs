//! What we say to the person, and what they say: messages of the thread, with what carries them.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::{Promise, promise};
use crate::case::events::{self, Carrier};
use crate::case::exchange::MessageKind;
use crate::case::{Nature, PostalKind, Purpose, StaffId};
use crate::demo::tale::Tale;
use crate::demo::tale::post::Fate;
use crate::journal::{Actor, Entry, Hash};
use crate::mail::words::Told;

/// A message of ours, once its act is done.
pub(super) struct Spoken {
    /// Its row.
    pub(super) message: i64,
    /// The day of the act, Paris calendar.
    pub(super) on: NaiveDate,
    /// The instant of the act.
    pub(super) at: DateTime<Utc>,
    /// None when its letter is still to be posted: the rest of the tale is to come.
    pub(super) left: Option<()>,
}

impl Tale<'_> {
    /// Writes to the person: by e-mail, else by a letter to post.
    pub(super) fn write_to_person(
        &mut self,
        author: StaffId,
        purpose: Purpose,
        text: &str,
    ) -> Option<()> {
        let kind = MessageKind::ToPerson;
        let line = |id, text: &Hash| events::message_written(id, purpose, text);
        self.deliver(author, (kind, purpose), text, line)?.left
    }

    /// Tells the person of an act, whose line is made with the digest of the text.
    pub(super) fn tell(
        &mut self,
        author: StaffId,
        kind: MessageKind,
        told: &Told<'_>,
        line: impl FnOnce(&Hash) -> Entry,
    ) -> Option<Spoken> {
        let text = told.text().ok()?;
        let line = |_, text: &Hash| line(text);
        self.deliver(author, (kind, Purpose::Message), &text, line)
    }

    fn deliver(
        &mut self,
        author: StaffId,
        (kind, purpose): (MessageKind, Purpose),
        text: &str,
        line: impl FnOnce(i64, &Hash) -> Entry,
    ) -> Option<Spoken> {
        self.world.almanac.past(self.later(60))?;
        self.act();
        let (on, at) = (self.now.on, self.now.at);
        let id = self.next.message;
        self.next.message = id.saturating_add(1);
        let entry = line(id, &self.digest(text));
        self.record(entry, Actor::Staff(author.0));
        let outbox = if self.person.email.is_some() {
            Some(self.message_leaves(purpose)?)
        } else {
            self.ask_for_letter(purpose.by_post()?, Actor::Staff(author.0));
            None
        };
        self.says(text);
        self.spine.person_wrote_at = None;
        let mut posted_on = None;
        let left = self.post_message(author, &mut posted_on);
        let row = self.rows.messages.row();
        let row = row.put(id).put(self.id).put(kind.code()).put(author.0);
        row.put(text).put(outbox).put(at).put(posted_on);
        Some(Spoken {
            message: id,
            on,
            at,
            left,
        })
    }

    /// Posts the letter of a message, if there is one, and says on which day. None when that is
    /// still to come.
    fn post_message(&mut self, by: StaffId, posted_on: &mut Option<NaiveDate>) -> Option<()> {
        if !self.awaits(PostalKind::Message) {
            return Some(());
        }
        self.wait(0..=2)?;
        self.tick_off(PostalKind::Message, by);
        let on = self.now.on;
        let entry = events::letter_posted(PostalKind::Message, on);
        self.record(entry, Actor::Staff(by.0));
        *posted_on = Some(on);
        Some(())
    }

    fn message_leaves(&mut self, purpose: Purpose) -> Option<i64> {
        let body = "Un message vous attend sur la page de votre dossier.";
        if purpose != Purpose::Answer {
            return self.mail_aside(purpose, body);
        }
        let (id, fate) = self.mail(purpose, body)?;
        if fate == Fate::HandedOver {
            self.answered(Carrier::Email(id), None, Actor::System);
        }
        Some(id)
    }

    /// The person writes: we wait for nothing more.
    pub(super) fn hear_from_person(&mut self, text: &str) {
        let id = self.keep_said(MessageKind::FromPerson, text);
        self.act();
        let entry = events::message_received(id, &self.digest(text));
        self.record(entry, Actor::Person);
        self.stop_waiting(crate::case::outside::Ending::PersonWrote);
        self.spine.person_wrote_at = Some(self.now.at);
    }

    /// Keeps what the person says.
    pub(super) fn keep_said(&mut self, kind: MessageKind, text: &str) -> i64 {
        let id = self.next.message;
        self.next.message = id.saturating_add(1);
        self.says(text);
        let row = self.rows.messages.row();
        let row = row.put(id).put(self.id).put(kind.code()).put(None::<i64>);
        let row = row.put(text).put(None::<i64>).put(self.now.at);
        row.put(None::<NaiveDate>);
        id
    }

    /// By when our answer is due, as a message of today may promise it.
    pub(super) fn due(&self) -> Option<Promise> {
        let is_complaint = self.spine.nature == Nature::Complaint;
        let legal = self.legal.as_ref().map(|legal| legal.answer_due.date);
        let due_on = if self.spine.answered_on.is_some() {
            self.spine.target_on
        } else {
            legal
        };
        due_on
            .filter(|_| is_complaint)
            .map(|due_on| promise(due_on, self.now.on))
    }

    /// A number for a row beside the case.
    pub(super) const fn number(&mut self) -> i64 {
        let id = self.next.beside;
        self.next.beside = id.saturating_add(1);
        id
    }
}
