//! What narrows a list: each filter is a condition on top of the list's own.

use chrono::{Days, NaiveDate};

use crate::calendar;
use crate::case::answer::Outcome;
use crate::case::inbox::list::Order;
use crate::case::label::LabelId;
use crate::case::search::{self, Matching};
use crate::case::{Channel, Nature, StaffId, Status};
use crate::db::{Condition, Conn, DbError, text_code};

text_code! {
    /// Until when a case must be acted on.
    pub enum DueWindow {
        /// Its date has passed.
        Late => "en-retard",
        /// Someone must act today, or should have.
        Today => "aujourd-hui",
        /// Within three days.
        ThreeDays => "3-jours",
        /// Within a week.
        Week => "7-jours",
        /// Within thirty days.
        Month => "30-jours",
    }
}

/// Who handles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandledBy {
    /// Nobody.
    Nobody,
    /// This person.
    Staff(StaffId),
}

/// What narrows a list; nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// What it counts as.
    pub nature: Option<Nature>,
    /// Where it stands.
    pub status: Option<Status>,
    /// Until when it must be acted on.
    pub due: Option<DueWindow>,
    /// Who handles it.
    pub handler: Option<HandledBy>,
    /// Code of its product.
    pub product: Option<String>,
    /// Code of its subject.
    pub subject: Option<String>,
    /// How it reached us.
    pub channel: Option<Channel>,
    /// Part of the name of the broker, distributor or adviser; accents and case do not count.
    pub intermediary: Option<String>,
    /// What an answer that left, or is leaving, decides.
    pub outcome: Option<Outcome>,
    /// A label it bears.
    pub label: Option<LabelId>,
    /// Words to find.
    pub text: Option<String>,
    /// The cases with these words, once they have been looked for.
    pub found: Option<Matching>,
}

impl Filters {
    /// Whether nothing is narrowed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Looks for the words, if there are any: the search keeps them, whatever their accents.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look_for_words(&mut self, conn: &mut Conn) -> Result<(), DbError> {
        let Some(text) = &self.text else {
            return Ok(());
        };
        self.found = Some(match search::Asked::parse(text) {
            Some(asked) => search::matching(conn, &asked).await?,
            None => Matching::Few(Vec::new()),
        });
        Ok(())
    }

    /// What narrows to a few rows that are read at once: a date, where it is a shorter range of the
    /// index of the list, and words that few cases have.
    pub(super) fn range(&self, order: Order, today: NaiveDate) -> Condition {
        let few = self.found.as_ref();
        let few = few.filter(|found| matches!(found, Matching::Few(_)));
        let few = few.map(Matching::condition).unwrap_or_default();
        if order == Order::NextDue {
            self.window(today).and(few)
        } else {
            few
        }
    }

    fn window(&self, today: NaiveDate) -> Condition {
        let Some(window) = self.due else {
            return Condition::default();
        };
        let within = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
        let until = Condition::of("cases.next_due_on <= ");
        match window {
            DueWindow::Late => Condition::of("cases.next_due_on < ").date(today),
            DueWindow::Today => until.date(calendar::due_by(today)),
            DueWindow::ThreeDays => until.date(within(3)),
            DueWindow::Week => until.date(within(7)),
            DueWindow::Month => until.date(within(30)),
        }
    }

    /// The rest: rows of the list are read and dropped. A date is one more in a list of another order.
    pub(super) fn rest(&self, order: Order, today: NaiveDate) -> Condition {
        let by_date = Some(self.window(today));
        let text = |words, value: &Option<String>| {
            let value = value.as_deref();
            value.map(|value| Condition::of(words).text(value))
        };
        let many = self.found.as_ref();
        let many = many.filter(|found| matches!(found, Matching::Many(_)));
        let conditions = [
            self.nature.map(nature),
            self.status.map(status),
            self.handler.map(handled_by),
            text("cases.product = ", &self.product),
            text("cases.subject = ", &self.subject),
            text(
                "cases.channel = ",
                &self.channel.map(|channel| channel.code().to_owned()),
            ),
            self.intermediary.as_deref().map(intermediary),
            self.outcome.map(outcome),
            self.label.map(label),
            by_date.filter(|_| order != Order::NextDue),
            many.map(Matching::condition),
        ];
        let all = conditions.into_iter().flatten();
        all.fold(Condition::default(), Condition::and)
    }
}

fn nature(nature: Nature) -> Condition {
    Condition::of(match nature {
        Nature::Complaint => "cases.nature = 'complaint'",
        Nature::InformationRequest => "cases.nature = 'information_request'",
    })
}

fn status(status: Status) -> Condition {
    Condition::of(match status {
        Status::Received => "cases.status = 'received'",
        Status::Acknowledged => "cases.status = 'acknowledged'",
        Status::Answered => "cases.status = 'answered'",
        Status::Closed => "cases.status = 'closed'",
        Status::Withdrawn => "cases.status = 'withdrawn'",
    })
}

fn handled_by(handler: HandledBy) -> Condition {
    match handler {
        HandledBy::Nobody => Condition::of("cases.handler_id IS NULL"),
        HandledBy::Staff(id) => Condition::of("cases.handler_id = ").id(id.0),
    }
}

fn intermediary(name: &str) -> Condition {
    Condition::of(
        "EXISTS (SELECT FROM filings WHERE filings.case_id = cases.id \
         AND strpos(unaccent(lower(filings.intermediary)), unaccent(lower(",
    )
    .text(name)
    .words("))) > 0)")
}

fn outcome(outcome: Outcome) -> Condition {
    Condition::of(
        "EXISTS (SELECT FROM answers WHERE answers.case_id = cases.id \
         AND answers.state <> 'draft' AND answers.outcome = ",
    )
    .text(outcome.code())
    .words(")")
}

fn label(label: LabelId) -> Condition {
    Condition::of(
        "EXISTS (SELECT FROM case_labels WHERE case_labels.case_id = cases.id \
         AND case_labels.label_id = ",
    )
    .id(label.0)
    .words(")")
}
