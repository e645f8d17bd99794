//! A complaint from its acknowledgement to its end.

use crate::case::events::{self, Carrier};
use crate::case::{Channel, PostalKind, Purpose, StaffId, Status};
use crate::demo::tale::post::Fate;
use crate::demo::tale::{Hold, Tale};
use crate::demo::words::Story;
use crate::journal::Actor;

impl Tale<'_> {
    /// A complaint in writing: acknowledged, given to someone, talked over, answered, closed.
    pub(super) fn complaint(&mut self, story: &Story) -> Option<()> {
        match (self.spine.channel, &self.person.email) {
            (Channel::Web, Some(_)) => self.acknowledge_at_once()?,
            (Channel::Web, None) => {
                self.ask_for_letter(PostalKind::Acknowledgement, Actor::System);
            }
            (Channel::Email | Channel::Post | Channel::Phone | Channel::Counter, _) => {}
        }
        self.confirm_address();
        if self.spine.status == Status::Received {
            self.acknowledge_by_hand()?;
        }
        let handler = self.assign()?;
        if self.hold == Hold::Nowhere {
            self.talk(story, handler)?;
            if self.dice.chance(4) {
                return self.withdraw(2..=20);
            }
        }
        self.answer(story, handler)?;
        self.close(handler)
    }

    /// A complaint by word of mouth: settled by word of mouth, or still to be put in writing.
    pub(super) fn oral_complaint(&mut self) -> Option<()> {
        let handler = self.assign()?;
        self.take_note(handler, None)?;
        self.withdraw(1..=14)
    }

    fn acknowledge_at_once(&mut self) -> Option<()> {
        let body = acknowledgement(&self.reference().to_string());
        let (outbox, fate) = self.mail(Purpose::Acknowledgement, &body)?;
        if fate == Fate::HandedOver {
            self.acknowledged(Carrier::Email(outbox), Actor::System);
        }
        Some(())
    }

    /// By someone, after some days; by post when there is no address that works.
    fn acknowledge_by_hand(&mut self) -> Option<()> {
        if self.hold == Hold::Acknowledgement {
            return None;
        }
        let days = match self.hold {
            Hold::Nowhere => self
                .dice
                .weigh((0, 3), &[(20, (4, 8)), (10, (14, 30)), (8, (31, 75))]),
            Hold::Acknowledgement | Hold::Reading | Hold::Posting => (0, 3),
        };
        self.wait(days.0..=days.1)?;
        let by = self.dice.pick(&self.world.team.handlers)?.id;
        let is_postal = self.person.email.is_none() || self.awaits(PostalKind::Acknowledgement);
        if !is_postal {
            self.world.almanac.past(self.later(60))?;
            self.act();
            self.acknowledge_at_once()?;
        }
        if self.spine.status == Status::Received {
            self.tick_off(PostalKind::Acknowledgement, by);
            self.acknowledged(Carrier::Post, Actor::Staff(by.0));
        }
        Some(())
    }

    /// Most people confirm their address within the hour and receive the full copy.
    pub(super) fn confirm_address(&mut self) {
        let came_by_site = self.spine.channel == Channel::Web && self.person.email.is_some();
        let is_reached = !self.awaits(PostalKind::Acknowledgement);
        let before = self.now;
        if !(came_by_site && is_reached && self.dice.chance(72)) {
            return;
        }
        if self.shortly(60..=3_000).is_none() {
            self.now = before;
            return;
        }
        let confirmed_at = self.now.at;
        let body = "Voici la copie datée et complète de ce que vous nous avez écrit.";
        // The row and the confirmation are told together, or not at all.
        if self.copy_leaves(body).is_some() {
            self.spine.email_confirmed_at = Some(confirmed_at);
        }
    }

    fn copy_leaves(&mut self, body: &str) -> Option<()> {
        self.world.almanac.past(self.later(30))?;
        self.record(events::address_confirmed(), Actor::Person);
        self.mail_aside(Purpose::Copy, body).map(drop)
    }

    /// Someone takes the case.
    pub(super) fn assign(&mut self) -> Option<StaffId> {
        self.wait(0..=3)?;
        let handler = self.dice.pick(&self.world.team.handlers)?.id;
        let by = if self.dice.chance(40) {
            self.dice.pick(&self.world.team.supervisors)?.id
        } else {
            handler
        };
        self.act();
        self.spine.handler = Some(handler);
        self.record(events::assigned(handler), Actor::Staff(by.0));
        Some(handler)
    }

    /// Notes, questions, replies.
    fn talk(&mut self, story: &Story, handler: StaffId) -> Option<()> {
        if self.dice.chance(45) {
            let text = self.dice.chance(70).then(|| self.say(&story.note));
            self.take_note(handler, text)?;
        }
        if self.dice.chance(38) {
            self.wait(0..=4)?;
            let greeting = format!("Bonjour {},\n\n", self.person.full_name());
            let text = format!("{greeting}{}", self.say(&story.question));
            self.write_to_person(handler, Purpose::Message, &text)?;
            if self.dice.chance(75) {
                self.wait(1..=7)?;
                let text = self.say(&story.reply);
                self.hear_from_person(&text);
            }
        } else if self.dice.chance(20) {
            self.wait(6..=20)?;
            let text = self.any("chasers");
            self.hear_from_person(&text);
        }
        Some(())
    }

    fn take_note(&mut self, author: StaffId, text: Option<String>) -> Option<()> {
        self.wait(0..=3)?;
        let text = text.unwrap_or_else(|| self.any("notes"));
        let id = self.next.note;
        self.next.note = id.saturating_add(1);
        self.says(&text);
        let row = self.rows.notes.row();
        row.put(id)
            .put(self.id)
            .put(author.0)
            .put(&text)
            .put(self.now.at);
        self.act();
        let entry = events::note_written(id, &self.digest(&text));
        self.record(entry, Actor::Staff(author.0));
        Some(())
    }

    /// The person has nothing more to complain of.
    fn withdraw(&mut self, days: std::ops::RangeInclusive<u32>) -> Option<()> {
        self.wait(days)?;
        let text = self.any("withdrawals");
        self.hear_from_person(&text);
        self.act();
        self.spine.closed_on = Some(self.now.on);
        self.become_(Status::Withdrawn);
        self.record(events::withdrawn(), Actor::Person);
        Some(())
    }

    /// Closed some weeks after the answer.
    pub(super) fn close(&mut self, by: StaffId) -> Option<()> {
        let days = self.dice.weigh((7, 30), &[(25, (31, 45)), (8, (46, 120))]);
        self.wait(days.0..=days.1)?;
        self.act();
        self.spine.closed_on = Some(self.now.on);
        self.become_(Status::Closed);
        self.record(events::closed(), Actor::Staff(by.0));
        Some(())
    }
}

fn acknowledgement(reference: &str) -> String {
    format!(
        "Nous avons bien reçu votre réclamation, enregistrée sous la référence {reference}.\n\n\
         (Courriel de démonstration\u{202f}: il n’a été envoyé à personne.)"
    )
}
