//! The rows that the end of a tale decides: the case, its dates, what was filed.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{LegalDates, RULE_VERSION};
use crate::case::Channel;
use crate::case::filing::{ContactWay, Mandate};
use crate::demo::tale::Tale;
use crate::demo::tale::post::Task;
use crate::firm::PROCEDURE_VERSION;

impl Tale<'_> {
    pub(super) fn write_case(&mut self) {
        let spine = &self.spine;
        let year = i16::try_from(spine.received.on.year()).unwrap_or_default();
        let submission = uuid::Builder::from_random_bytes(self.submission).into_uuid();
        let nature = spine.nature.code();
        let (declared, qualified) = match spine.channel {
            Channel::Web => (Some(nature), self.beside.is_qualified.then_some(nature)),
            Channel::Email | Channel::Post | Channel::Phone | Channel::Counter => {
                (None, Some(nature))
            }
        };
        let name = self.person.full_name();
        let topic = self.subject.topic();
        let row = self.rows.cases.row();
        let row = row
            .put(self.id)
            .put(year)
            .put(submission)
            .put(true)
            .put(spine.version);
        let row = row.put(declared).put(qualified).put(spine.channel.code());
        let row = row
            .put(spine.status.code())
            .put(spine.handler.map(|id| id.0));
        let row = row
            .put(&name)
            .put(self.secret.as_slice())
            .put(topic.product)
            .put(topic.subject)
            .put(PROCEDURE_VERSION);
        let row = row
            .put(spine.received.at)
            .put(spine.received.at)
            .put(spine.target_on);
        let row = row
            .put(spine.acknowledged_on)
            .put(spine.answered_on)
            .put(spine.closed_on);
        let row = row.put(spine.next_due_on).put(spine.last_event_at);
        let letter_waits = self.tasks.iter().any(Task::is_open);
        row.put(spine.awaits_reader)
            .put(spine.has_failed && letter_waits)
            .put(spine.touched_on)
            .put(spine.waiting_since)
            .put(spine.person_wrote_at)
            .put(self.beside.is_sensitive);
        self.write_dates();
    }

    fn write_dates(&mut self) {
        let spine = &self.spine;
        let is_oral = matches!(spine.channel, Channel::Phone | Channel::Counter);
        let on = spine.received.on;
        let legal = self.legal.as_deref();
        let date = |of: fn(&LegalDates) -> NaiveDate| legal.map(of);
        let row = self.rows.legal_dates.row();
        let row = row
            .put(self.id)
            .put(RULE_VERSION)
            .put(self.written.first)
            .put(self.written.received);
        let row = row.put(is_oral.then_some(on)).put(self.written.declared);
        let row = row.put(date(|dates| dates.ack_due.date));
        let row = row.put(date(|dates| dates.ack_due_from_reception.date));
        let row = row.put(date(|dates| dates.answer_due.date));
        let row = row.put(date(|dates| dates.answer_due_from_reception.date));
        let row = row.put(date(|dates| dates.mediation_from.date));
        let row = row.put(date(|dates| dates.mediation_open_internally.date));
        row.put(date(|dates| dates.mediation_last_day.date));
    }

    /// What the search finds the case by, as the database puts it together.
    pub(super) fn write_text(&mut self) {
        let (person, said) = (&self.person, &self.statement);
        let parts = [
            Some(&person.first_name),
            Some(&person.last_name),
            person.represented.as_ref(),
            person.email.as_ref(),
            person.postal_address.as_ref(),
            person.phone.as_ref(),
            person.intermediary.as_ref(),
            person.contract_number.as_ref(),
            said.earlier_contact.as_ref(),
            said.when.as_ref(),
            Some(&said.facts),
            said.expectation.as_ref(),
        ];
        let mut text = std::mem::take(&mut self.text);
        for part in parts.into_iter().flatten() {
            text.push(' ');
            text.push_str(part);
        }
        let number = format!("{:06}", self.id);
        text.push(' ');
        text.push_str(&number);
        self.rows.texts.push((self.id, text));
    }

    pub(super) fn write_filing(&mut self) {
        let (person, said) = (&self.person, &self.statement);
        let row = self.rows.filings.row();
        let row = row
            .put(self.id)
            .put(&person.first_name)
            .put(&person.last_name);
        let row = row
            .put(person.email.as_deref())
            .put(self.spine.email_confirmed_at);
        let row = row
            .put(person.postal_address.as_deref())
            .put(person.phone.as_deref());
        let row = row
            .put(person.capacity.code())
            .put(person.represented.as_deref());
        let row = row.put(person.is_professional).put(person.path.code());
        let row = row
            .put(person.intermediary.as_deref())
            .put(person.contract_number.as_deref());
        let row = row
            .put(person.mandate().map(Mandate::code))
            .put(said.earlier_contact.as_deref())
            .put(
                said.earlier_contact
                    .as_ref()
                    .map(|_| ContactWay::Written.code()),
            )
            .put(person.preferred_reply().code())
            .put(said.when.as_deref());
        let row = row.put(&said.facts).put(said.expectation.as_deref());
        row.put(said.accessibility.as_deref());
    }
}
