//! After the answer: what it promised is kept, some contest it, lateness is explained, it is closed.

use chrono::NaiveDate;

use crate::calendar::{
    REEXAMINE_WITHIN_JOURS_OUVRABLES, add_jours_ouvrables, reexamination_target,
};
use crate::case::answer::{Amount, Outcome};
use crate::case::events::{self, ending};
use crate::case::exchange::MessageKind;
use crate::case::{LateCause, LateClock, StaffId, Status};
use crate::demo::tale::Tale;
use crate::demo::tale::hold::Hold;
use crate::demo::words::Story;
use crate::journal::Actor;

/// Something that an answer promises.
pub(super) struct Commitment {
    pub(super) id: i64,
    pub(super) answer: i64,
    pub(super) text: String,
    pub(super) due_on: NaiveDate,
    pub(super) made_on: Option<NaiveDate>,
    pub(super) kept: Option<(NaiveDate, StaffId)>,
}

impl Tale<'_> {
    /// What follows an answer that has left.
    pub(super) fn follow_answer(&mut self, story: &Story, by: StaffId) -> Option<()> {
        if self.hold == Hold::Disagreement || self.beside.is_refused && self.chance_of(6) {
            self.disagree()?;
            self.answer(story, by)?;
        }
        self.keep_commitment(by)?;
        let mediates = self.hold == Hold::Mediation || self.beside.is_refused && self.chance_of(7);
        if mediates && self.dice.chance(50) {
            self.mediate(by)?;
            return self.close(by);
        }
        if self.hold != Hold::Mediation {
            self.close(by)?;
        }
        if mediates { self.mediate(by) } else { Some(()) }
    }

    /// In so many cases of a hundred, of those that go their way.
    fn chance_of(&mut self, percent: u64) -> bool {
        self.hold == Hold::Nowhere && self.is_told_in_full() && self.dice.chance(percent)
    }

    /// What an answer that grants something gives, and promises; nothing is promised twice.
    pub(super) fn grant(&mut self, answer: i64, outcome: Outcome) -> Option<Amount> {
        let gives = matches!(outcome, Outcome::Upheld | Outcome::PartlyUpheld);
        if !gives || !self.is_told_in_full() {
            return None;
        }
        let promises = self.hold == Hold::Promise || self.dice.chance(25);
        if promises && self.beside.commitment.is_none() {
            let days = if self.hold == Hold::Promise {
                7..=9
            } else {
                12..=28
            };
            let days = usize::try_from(self.dice.within(days)).unwrap_or_default();
            self.beside.commitment = Some(Commitment {
                id: self.number(),
                answer,
                text: self.any("promises"),
                due_on: add_jours_ouvrables(self.now.on, days),
                made_on: None,
                kept: None,
            });
        }
        let cents = i64::from(self.dice.within(2_000..=48_000));
        let grants = self.dice.chance(45);
        grants.then(|| Amount::from_cents(cents).ok()).flatten()
    }

    /// The person contests the answer: the case is open again, with a target of ours.
    fn disagree(&mut self) -> Option<()> {
        self.wait(2..=12)?;
        let text = self.any("disagreements");
        let target_on = reexamination_target(self.now.on, REEXAMINE_WITHIN_JOURS_OUVRABLES);
        let message = self.keep_said(MessageKind::Disagreement, &text);
        self.act();
        self.spine.target_on = Some(target_on);
        self.spine.person_wrote_at = Some(self.now.at);
        self.become_(Status::Acknowledged);
        let entry = events::disagreed(message, target_on, &self.digest(&text));
        self.record(entry, Actor::Person);
        let answer = self.next.answer.saturating_sub(1);
        let row = self.rows.beside.disagreements.row().put(message);
        let row = row.put(self.id).put(answer);
        row.put(self.now.on).put(target_on);
        if self.hold == Hold::Disagreement {
            return None;
        }
        Some(())
    }

    /// Most of what was promised is done in time.
    fn keep_commitment(&mut self, by: StaffId) -> Option<()> {
        let Some(promise) = &self.beside.commitment else {
            return Some(());
        };
        let (id, left) = (promise.id, (promise.due_on - self.now.on).num_days());
        let left = u32::try_from(left).unwrap_or_default();
        if self.hold == Hold::Promise {
            return None;
        }
        let days = if self.dice.chance(80) {
            2..=left.saturating_sub(3).max(2)
        } else {
            left..=left.saturating_add(12)
        };
        self.wait(days)?;
        self.act();
        let on = self.now.on;
        self.beside.commitment.as_mut()?.kept = Some((on, by));
        self.record(events::commitment_kept(id, on), Actor::Staff(by.0));
        Some(())
    }

    /// Says why each legal date was missed: a case is not closed without.
    pub(super) fn explain_lateness(&mut self, by: StaffId) {
        let Some(legal) = self.legal.clone() else {
            return;
        };
        let acknowledged = [self.spine.acknowledged_on, self.spine.answered_on];
        let acknowledged = acknowledged.into_iter().flatten().min();
        let clocks = [
            (LateClock::Acknowledgement, legal.ack_due.date, acknowledged),
            (
                LateClock::Answer,
                legal.answer_due.date,
                self.spine.answered_on,
            ),
        ];
        for (clock, due, met_on) in clocks {
            if met_on.is_some_and(|on| due < on) {
                self.explain(clock, due, by);
            }
        }
    }

    fn explain(&mut self, clock: LateClock, due: NaiveDate, by: StaffId) {
        let others = [
            (35, LateCause::ThirdParty),
            (15, LateCause::Absence),
            (10, LateCause::Sending),
            (5, LateCause::Mistake),
        ];
        let (cause, said) = if due < self.spine.received.on {
            let said = "La date était passée avant que la réclamation nous parvienne.";
            (LateCause::BeforeArrival, said.to_owned())
        } else {
            let cause = self.dice.weigh(LateCause::Workload, &others);
            (cause, self.any("late"))
        };
        self.act();
        let digest = self.digest(&said);
        let entry = ending::lateness_explained(clock, cause, &digest);
        self.record(entry, Actor::Staff(by.0));
        let row = self.rows.beside.latenesses.row().put(self.id);
        let row = row.put(clock.code()).put(cause.code()).put(&said);
        row.put(by.0).put(self.now.at);
    }

    /// Writes what was promised.
    pub(super) fn write_commitment(&mut self) {
        if let Some(one) = &self.beside.commitment {
            let row = self.rows.beside.commitments.row();
            let row = row.put(one.id).put(one.answer).put(self.id).put(1_i32);
            let row = row.put(&one.text).put(one.due_on).put(one.made_on);
            row.put(one.kept.map(|(on, _)| on))
                .put(one.kept.map(|(_, by)| by.0));
        }
    }
}
