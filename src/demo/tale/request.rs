//! An information request, and the messages of any case.

use crate::case::events::{self, Carrier};
use crate::case::{Channel, PostalKind, Purpose, StaffId};
use crate::demo::almanac::Moment;
use crate::demo::tale::Tale;
use crate::demo::tale::post::Fate;
use crate::demo::words::Request;
use crate::journal::Actor;

impl Tale<'_> {
    /// A request: received, given to someone, answered by a message, closed.
    pub(super) fn request(&mut self, request: &Request) -> Option<()> {
        if self.spine.channel == Channel::Web {
            if self.person.email.is_some() {
                self.mail_aside(Purpose::Receipt, "Nous avons bien reçu votre demande.")?;
            }
            self.mail_aside(Purpose::Notice, "Une demande d’information est arrivée.")?;
            self.confirm_address();
        }
        let handler = self.assign()?;
        let days = self.dice.weigh((0, 3), &[(18, (4, 10)), (8, (11, 40))]);
        self.wait(days.0..=days.1)?;
        let greeting = format!("Bonjour {},\n\n", self.person.full_name());
        let text = format!(
            "{greeting}{}\n\nBien cordialement,",
            self.say(&request.answer)
        );
        self.write_to_person(handler, Purpose::Answer, &text)?;
        if self.awaits(PostalKind::Answer) {
            self.wait(0..=2)?;
            self.tick_off(PostalKind::Answer, handler);
            self.answered(Carrier::Post, None, Actor::Staff(handler.0));
        }
        self.close(handler)
    }

    /// Writes to the person: by e-mail, else by a letter to post.
    pub(super) fn write_to_person(
        &mut self,
        author: StaffId,
        purpose: Purpose,
        text: &str,
    ) -> Option<()> {
        self.world.almanac.past(self.later(60))?;
        self.act();
        let written_at = self.now.at;
        let id = self.next.message;
        self.next.message = id.saturating_add(1);
        let entry = events::message_written(id, purpose, &self.digest(text));
        self.record(entry, Actor::Staff(author.0));
        let outbox = if self.person.email.is_some() {
            Some(self.message_leaves(purpose)?)
        } else {
            self.ask_for_letter(purpose.by_post()?, Actor::Staff(author.0));
            None
        };
        self.says(text);
        let row = self.rows.messages.row();
        let row = row.put(id).put(self.id).put("to_person").put(author.0);
        row.put(text)
            .put(outbox)
            .put(written_at)
            .put(None::<chrono::NaiveDate>);
        if self.awaits(PostalKind::Message) {
            self.wait(0..=2)?;
            self.tick_off(PostalKind::Message, author);
            let entry = events::letter_posted(PostalKind::Message, self.now.on);
            self.record(entry, Actor::Staff(author.0));
        }
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

    /// The person writes.
    pub(super) fn hear_from_person(&mut self, text: &str) {
        let id = self.next.message;
        self.next.message = id.saturating_add(1);
        self.says(text);
        let row = self.rows.messages.row();
        let row = row.put(id).put(self.id).put("from_person").put(None::<i64>);
        let row = row.put(text).put(None::<i64>).put(self.now.at);
        row.put(None::<chrono::NaiveDate>);
        let entry = events::message_written(id, Purpose::Message, &self.digest(text));
        self.record(entry, Actor::Person);
    }

    /// The moment some seconds from now.
    pub(super) fn later(&self, seconds: i64) -> Moment {
        Moment {
            at: self.now.at + chrono::TimeDelta::seconds(seconds),
            ..self.now
        }
    }
}
