//! A complaint from its acknowledgement to its end.

use crate::case::events::{self, Carrier, qualifying};
use crate::case::exchange::MessageKind;
use crate::case::{Channel, PostalKind, Purpose, StaffId, Status};
use crate::demo::tale::Tale;
use crate::demo::tale::hold::Hold;
use crate::demo::tale::post::Fate;
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
        if self.hold == Hold::Unassigned {
            return None;
        }
        let handler = self.assign()?;
        if self.hold == Hold::Nowhere {
            self.talk(story, handler)?;
            if self.dice.chance(4) {
                return self.withdraw(2..=20);
            }
        } else if self.hold == Hold::Waiting {
            self.ask(story, handler)?;
        } else if self.hold == Hold::Transfer {
            self.pass_on(handler)?;
        }
        self.answer(story, handler)?;
        self.follow_answer(story, handler)
    }

    pub(super) fn acknowledge_at_once(&mut self) -> Option<()> {
        let body = acknowledgement(&self.reference().to_string());
        let (outbox, fate) = self.mail(Purpose::Acknowledgement, &body)?;
        if fate == Fate::HandedOver {
            self.acknowledged(Carrier::Email(outbox), Actor::System);
        }
        Some(())
    }

    /// By someone, after some days; by post when there is no address that works.
    fn acknowledge_by_hand(&mut self) -> Option<()> {
        if self.hold.keeps_acknowledgement() {
            return None;
        }
        let usual = self
            .dice
            .weigh((0, 3), &[(20, (4, 8)), (10, (14, 30)), (8, (31, 75))]);
        let days = if self.hold == Hold::Nowhere {
            usual
        } else {
            (0, 3)
        };
        self.wait(days.0..=days.1)?;
        let by = self.someone(&self.world.team.handlers)?;
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
        let handler = self.someone(&self.world.team.handlers)?;
        let by = if self.dice.chance(40) {
            self.someone(&self.world.team.supervisors)?
        } else {
            handler
        };
        self.act();
        self.spine.handler = Some(handler);
        self.record(events::assigned(handler), Actor::Staff(by.0));
        let is_recent = self.world.is_recent(self.spine.received);
        if is_recent && !self.beside.is_qualified && self.dice.chance(85) {
            self.qualify(handler);
        }
        Some(handler)
    }

    /// Whoever takes the case confirms what it is.
    fn qualify(&mut self, by: StaffId) {
        self.act();
        self.beside.is_qualified = true;
        let cause = self.dice.chance(40).then(|| self.any("causes"));
        let topic = self.subject.topic();
        let about = [topic.product, topic.subject, cause.as_deref()];
        let about = about.map(Option::unwrap_or_default).join("\n");
        let entry = qualifying::qualified(self.spine.nature, &self.digest(&about));
        self.record(entry, Actor::Staff(by.0));
        let row = self.rows.beside.qualifications.row().put(self.id);
        row.put(cause.as_deref()).put(by.0).put(self.now.at);
    }

    /// Notes, questions, replies.
    fn talk(&mut self, story: &Story, handler: StaffId) -> Option<()> {
        if self.dice.chance(45) {
            let text = self.dice.chance(70).then(|| self.say(&story.note));
            self.take_note(handler, text)?;
        }
        let in_full = self.is_told_in_full();
        if in_full && self.dice.chance(5) {
            self.pass_on(handler)?;
        }
        if in_full && self.dice.chance(26) {
            self.ask(story, handler)?;
        } else if self.dice.chance(if in_full { 16 } else { 38 }) {
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

    pub(super) fn take_note(&mut self, author: StaffId, text: Option<String>) -> Option<()> {
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
    pub(super) fn withdraw(&mut self, days: std::ops::RangeInclusive<u32>) -> Option<()> {
        self.wait(days)?;
        let text = self.any("withdrawals");
        self.keep_said(MessageKind::Withdrawal, &text);
        self.act();
        self.spine.closed_on = Some(self.now.on);
        self.become_(Status::Withdrawn);
        self.record(events::withdrawn(), Actor::Person);
        self.lapse();
        Some(())
    }

    /// Closed some weeks after the answer.
    pub(super) fn close(&mut self, by: StaffId) -> Option<()> {
        let days = self.dice.weigh((7, 30), &[(25, (31, 45)), (8, (46, 120))]);
        self.wait(days.0..=days.1)?;
        if self.is_told_in_full() {
            self.explain_lateness(by);
        }
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
