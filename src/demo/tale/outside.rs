//! What the person is asked or told beside the answer: asks, holding letters, transfers.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::add_jours_ouvrables;
use crate::case::events;
use crate::case::exchange::MessageKind;
use crate::case::filing::SubscriptionPath;
use crate::case::outside::{Ending, FollowUpKind, Recipient};
use crate::case::{Nature, StaffId};
use crate::demo::tale::Tale;
use crate::demo::tale::hold::Hold;
use crate::demo::words::Story;
use crate::journal::Actor;
use crate::mail::words::{self, Told};

/// What the person was asked for.
pub(super) struct Ask {
    id: i64,
    message: i64,
    by: StaffId,
    what: String,
    asked_on: NaiveDate,
    expected_on: NaiveDate,
    reminded_on: Option<NaiveDate>,
    ended: Option<(DateTime<Utc>, Ending)>,
}

/// A date that staff follow.
pub(super) struct FollowUp {
    kind: FollowUpKind,
    due_on: NaiveDate,
    created_at: DateTime<Utc>,
    done_at: Option<DateTime<Utc>>,
}

/// A letter that announced a delay.
pub(super) struct Announced {
    id: i64,
    message: i64,
    by: StaffId,
    reason: String,
    until: NaiveDate,
    written_on: NaiveDate,
    stands: bool,
}

/// The case passed on.
pub(super) struct Passed {
    id: i64,
    message: i64,
    by: StaffId,
    to: Recipient,
    name: String,
    purpose: String,
    on: NaiveDate,
    noted_at: DateTime<Utc>,
    returned_on: Option<NaiveDate>,
}

impl Tale<'_> {
    /// Asks the person for what the story lacks; most reply within the week, some are reminded.
    pub(super) fn ask(&mut self, story: &Story, by: StaffId) -> Option<()> {
        self.wait(0..=4)?;
        let what = self.say(&story.question);
        let days = usize::try_from(self.dice.within(6..=12)).unwrap_or_default();
        let expected_on = add_jours_ouvrables(self.now.on, days);
        let id = self.number();
        let told = self.asked(&what, expected_on, None);
        let line = |text: &_| events::person_asked(id, expected_on, text);
        let spoken = self.tell(by, MessageKind::Asked, &told, line)?;
        self.beside.ask = Some(Ask {
            id,
            message: spoken.message,
            by,
            what,
            asked_on: spoken.on,
            expected_on,
            reminded_on: None,
            ended: None,
        });
        self.spine.waiting_since = Some(spoken.on);
        self.follow(FollowUpKind::Ask, expected_on, spoken.at);
        spoken.left?;
        let is_late = self.hold == Hold::Waiting || self.dice.chance(12);
        if is_late {
            self.remind(by)?;
        }
        if self.hold == Hold::Waiting {
            return None;
        }
        if self.dice.chance(85) {
            self.wait(1..=6)?;
            let text = self.say(&story.reply);
            self.hear_from_person(&text);
        }
        Some(())
    }

    /// Reminds the person, once what we asked should be there.
    fn remind(&mut self, by: StaffId) -> Option<()> {
        let ask = self.beside.ask.as_ref()?;
        let (id, asked_on, expected_on) = (ask.id, ask.asked_on, ask.expected_on);
        let what = ask.what.clone();
        let days = u32::try_from((expected_on - self.now.on).num_days()).unwrap_or_default();
        self.wait(days..=days.saturating_add(3))?;
        let told = self.asked(&what, expected_on, Some(asked_on));
        let line = |text: &_| events::person_reminded(id, text);
        let spoken = self.tell(by, MessageKind::Asked, &told, line)?;
        if let Some(ask) = &mut self.beside.ask {
            ask.reminded_on = Some(spoken.on);
        }
        spoken.left
    }

    fn asked<'b>(
        &self,
        what: &'b str,
        expected_on: NaiveDate,
        reminder_of: Option<NaiveDate>,
    ) -> Told<'b> {
        Told::Asked(words::Asked {
            is_complaint: self.spine.nature == Nature::Complaint,
            what,
            note: None,
            expected_on,
            reminder_of,
            is_online: true,
            due: self.due(),
        })
    }

    /// We wait no more for what was asked.
    pub(super) fn stop_waiting(&mut self, why: Ending) {
        let at = self.now.at;
        if let Some(ask) = self.beside.ask.as_mut().filter(|ask| ask.ended.is_none()) {
            ask.ended = Some((at, why));
            self.spine.waiting_since = None;
            self.followed(FollowUpKind::Ask);
        }
    }

    /// Announces that the answer takes longer than it should.
    pub(super) fn announce_delay(&mut self, by: StaffId) -> Option<()> {
        let left = 38_u32.saturating_sub(self.age());
        self.wait(left..=left.saturating_add(3))?;
        let reason = self.any("delays");
        let days = usize::try_from(self.dice.within(14..=30)).unwrap_or_default();
        let announced_on = add_jours_ouvrables(self.now.on, days);
        let id = self.number();
        let says = (reason.as_str(), announced_on);
        let told = Told::HoldingLetter(words::HoldingLetter::new(true, 1, says, self.due()));
        let line = |text: &_| events::holding_letter_written(id, 1, announced_on, text);
        let spoken = self.tell(by, MessageKind::HoldingLetter, &told, line)?;
        self.beside.announced = Some(Announced {
            id,
            message: spoken.message,
            by,
            reason,
            until: announced_on,
            written_on: spoken.on,
            stands: true,
        });
        self.follow(FollowUpKind::HoldingLetter, announced_on, spoken.at);
        spoken.left
    }

    /// Passes the case on to the insurer or to whoever sold the contract; their answer comes back.
    pub(super) fn pass_on(&mut self, by: StaffId) -> Option<()> {
        self.wait(0..=5)?;
        let is_sold_for_us = self.person.path == SubscriptionPath::Distributor;
        let seller = self.person.intermediary.clone().filter(|_| is_sold_for_us);
        let (to, name) = match seller {
            Some(name) => (Recipient::Distributor, name),
            None => (Recipient::Insurer, self.insurer()),
        };
        let purpose = self.any("transfers");
        let (id, on) = (self.number(), self.now.on);
        let told = Told::Transfer(words::Transfer {
            is_complaint: self.spine.nature == Nature::Complaint,
            to: to.as_words(),
            name: &name,
            service: None,
            postal_address: None,
            purpose: &purpose,
            on,
            is_open: true,
            due: self.due(),
        });
        let line = |text: &_| events::transferred(id, to, on, text);
        let spoken = self.tell(by, MessageKind::Transfer, &told, line)?;
        self.beside.passed = Some(Passed {
            id,
            message: spoken.message,
            by,
            to,
            name,
            purpose,
            on,
            noted_at: spoken.at,
            returned_on: None,
        });
        spoken.left?;
        if self.hold == Hold::Transfer {
            return None;
        }
        self.wait(4..=20)?;
        self.act();
        let on = self.now.on;
        if let Some(passed) = &mut self.beside.passed {
            passed.returned_on = Some(on);
        }
        self.record(events::transfer_returned(id, on), Actor::Staff(by.0));
        Some(())
    }

    fn insurer(&mut self) -> String {
        let insurer = self.dice.pick(self.world.words.people.get("insurers"));
        insurer.cloned().unwrap_or_default()
    }

    /// The case was answered, or has ended: nothing is awaited, nothing announced still stands.
    pub(super) fn lapse(&mut self) {
        self.stop_waiting(Ending::Over);
        if let Some(announced) = &mut self.beside.announced {
            announced.stands = false;
        }
        self.followed(FollowUpKind::HoldingLetter);
    }

    /// Follows a date from now on.
    pub(super) fn follow(&mut self, kind: FollowUpKind, due_on: NaiveDate, at: DateTime<Utc>) {
        self.beside.follow_ups.push(FollowUp {
            kind,
            due_on,
            created_at: at,
            done_at: None,
        });
    }

    /// A date is followed no more.
    pub(super) fn followed(&mut self, kind: FollowUpKind) {
        let at = self.now.at;
        let open = |one: &&mut FollowUp| one.kind == kind && one.done_at.is_none();
        for one in self.beside.follow_ups.iter_mut().filter(open) {
            one.done_at = Some(at);
        }
    }

    /// Writes the rows of this file.
    pub(super) fn write_outside(&mut self) {
        let (rows, case) = (&mut self.rows.beside, self.id);
        for one in &self.beside.follow_ups {
            let row = rows.follow_ups.row().put(case).put(one.kind.code());
            row.put(one.due_on).put(one.created_at).put(one.done_at);
        }
        if let Some(ask) = &self.beside.ask {
            let row = rows.asks.row().put(ask.id).put(case).put(ask.message);
            let row = row.put(ask.by.0).put(&ask.what).put(ask.asked_on);
            let row = row.put(ask.expected_on).put(ask.reminded_on);
            row.put(ask.ended.map(|(at, _)| at))
                .put(ask.ended.map(|(_, why)| why.code()));
        }
        if let Some(one) = &self.beside.announced {
            let row = rows.holding_letters.row().put(one.id).put(case);
            let row = row.put(one.message).put(one.by.0).put(&one.reason);
            let row = row.put(one.until).put(one.written_on);
            row.put(one.stands).put(1_i32);
        }
        if let Some(one) = &self.beside.passed {
            let row = rows.transfers.row().put(one.id).put(case);
            let row = row.put(one.message).put(one.by.0).put(one.to.code());
            let row = row.put(&one.name).put(None::<&str>).put(&one.purpose);
            row.put(one.on).put(one.noted_at).put(one.returned_on);
        }
    }
}
