//! A complaint by word of mouth: settled at once, or put in writing, or dropped.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::calendar::{LegalDates, Start};
use crate::case::events::{self, entry};
use crate::case::{Channel, PostalKind, StaffId, Status};
use crate::demo::tale::Tale;
use crate::demo::tale::hold::Hold;
use crate::demo::words::Story;
use crate::journal::Actor;

/// What became of it.
#[derive(Default)]
pub(super) struct Oral {
    how_satisfied: Option<String>,
    invited_on: Option<NaiveDate>,
    confirmed_on: Option<NaiveDate>,
}

impl Tale<'_> {
    /// From the words that were said to what became of them.
    pub(super) fn oral_complaint(&mut self, story: &Story) -> Option<()> {
        self.beside.oral = Some(Oral::default());
        if self.hold == Hold::Nowhere && self.dice.chance(30) {
            let by = self.beside.entered_by?;
            self.satisfied();
            self.record(events::closed(), Actor::Staff(by.0));
            return Some(());
        }
        // The invitation is made as the case is entered.
        self.beside.oral.as_mut()?.invited_on = Some(self.now.on);
        let handler = self.assign()?;
        self.take_note(handler, None)?;
        if self.hold == Hold::Oral {
            return None;
        }
        match self.dice.below(10) {
            0..=4 => {
                self.confirm_in_writing(handler)?;
                self.complaint(story)
            }
            5..=7 => {
                self.wait(1..=10)?;
                self.act();
                let how = self.satisfied();
                let entry = entry::satisfied(&self.digest(&how));
                self.record(entry, Actor::Staff(handler.0));
                Some(())
            }
            _ => self.withdraw(1..=14),
        }
    }

    /// The person is satisfied: nothing more is owed.
    fn satisfied(&mut self) -> String {
        let how = self.any("satisfied");
        if let Some(oral) = &mut self.beside.oral {
            oral.how_satisfied = Some(how.clone());
        }
        self.spine.closed_on = Some(self.now.on);
        self.become_(Status::Closed);
        how
    }

    /// The clocks start from the writing.
    fn confirm_in_writing(&mut self, by: StaffId) -> Option<()> {
        self.wait(2..=12)?;
        self.act();
        let start = Start::same_day(self.now.on);
        let legal = Arc::new(LegalDates::compute(start));
        self.record(entry::confirmed(start, &legal), Actor::Staff(by.0));
        self.written.first = Some(self.now.on);
        self.written.received = self.now.on;
        self.legal = Some(legal);
        self.spine.target_on = None;
        self.beside.oral.as_mut()?.confirmed_on = Some(self.now.on);
        self.become_(Status::Received);
        if self.person.email.is_some() && self.spine.channel != Channel::Web {
            return self.acknowledge_at_once();
        }
        self.ask_for_letter(PostalKind::Acknowledgement, Actor::Staff(by.0));
        Some(())
    }

    /// Writes the row of what was said.
    pub(super) fn write_oral(&mut self) {
        if let Some(oral) = &self.beside.oral {
            let row = self.rows.beside.oral_complaints.row().put(self.id);
            let row = row.put(oral.how_satisfied.is_some());
            let row = row.put(oral.how_satisfied.as_deref());
            row.put(oral.invited_on).put(oral.confirmed_on);
        }
    }
}
