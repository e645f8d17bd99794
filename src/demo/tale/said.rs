//! What is said in a case: phrases with its own dates, town and amounts; what the person wrote.

use chrono::NaiveDate;

use crate::case::Nature;
use crate::demo::dice::Dice;
use crate::demo::phrase::{Blanks, Phrase, day_words};
use crate::demo::tale::Tale;
use crate::demo::tale::begin::ago;
use crate::demo::topic::Topic;
use crate::demo::words::{Request, Story};

/// What the case is about.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    Complaint(&'a Story),
    Request(&'a Request),
}

impl Subject<'_> {
    /// What it is about.
    pub(super) const fn topic(self) -> Topic {
        match self {
            Self::Complaint(story) => story.topic,
            Self::Request(request) => request.topic,
        }
    }
}

/// What the person wrote.
#[derive(Default)]
pub(super) struct Statement {
    pub(super) when: Option<String>,
    pub(super) facts: String,
    pub(super) expectation: Option<String>,
    pub(super) earlier_contact: Option<String>,
    pub(super) accessibility: Option<String>,
}

/// What fills the blanks of this case, owned.
pub(super) struct Circumstances {
    day: String,
    before: String,
    since: String,
    salt: u64,
}

impl Circumstances {
    pub(super) fn draw(
        dice: &mut Dice,
        received_on: NaiveDate,
        declared_on: Option<NaiveDate>,
    ) -> Self {
        let from = declared_on.unwrap_or(received_on);
        let day = ago(from, dice.within(16..=45));
        Self {
            day: day_words(day),
            before: day_words(ago(day, dice.within(30..=110))),
            since: time_words((received_on - day).num_days()),
            salt: dice.next(),
        }
    }
}

impl Tale<'_> {
    /// The phrase, with the blanks of this case.
    pub(super) fn say(&self, phrase: &Phrase) -> String {
        phrase.fill(&Blanks {
            day: &self.circumstances.day,
            before: &self.circumstances.before,
            since: &self.circumstances.since,
            town: &self.person.town,
            salt: self.circumstances.salt,
        })
    }

    /// A phrase of this list.
    pub(super) fn any(&mut self, list: &str) -> String {
        let phrases = self.world.words.phrases.get(list);
        let phrase = self.dice.pick(phrases);
        phrase.map(|phrase| self.say(phrase)).unwrap_or_default()
    }

    pub(super) fn write_down(&mut self) -> Statement {
        let is_complaint = self.spine.nature == Nature::Complaint;
        let (facts, expectation) = match self.subject {
            Subject::Complaint(story) => (&story.facts, Some(&story.expectation)),
            Subject::Request(request) => (&request.question, None),
        };
        let is_oral = self.written.first.is_none();
        let facts = if is_oral {
            format!("{}\u{202f}{}\u{202f}»", self.any("oral"), self.say(facts))
        } else {
            let facts = self.say(facts);
            self.letter_around(&facts)
        };
        Statement {
            when: (is_complaint && self.dice.chance(70)).then(|| self.any("when")),
            facts,
            expectation: expectation.map(|phrase| self.say(phrase)),
            earlier_contact: self.written.declared.map(|_| self.any("earlier")),
            accessibility: self.dice.chance(2).then(|| self.any("accessibility")),
        }
    }

    /// What happened, with what people write before and after it.
    fn letter_around(&mut self, facts: &str) -> String {
        let is_complaint = self.spine.nature == Nature::Complaint;
        let mut text = String::with_capacity(1_000);
        if is_complaint && self.dice.chance(80) {
            text.push_str(&self.any("openings"));
            text.push_str("\n\n");
        }
        if let Some(represented) = &self.person.represented {
            text.push_str("Je vous écris au nom de ");
            text.push_str(represented);
            text.push_str(", qui m’en a donné mandat. Voici son récit.\n\n");
        }
        text.push_str(facts);
        if is_complaint && self.dice.chance(45) {
            text.push(' ');
            text.push_str(&self.any("contexts"));
        }
        if is_complaint && self.dice.chance(75) {
            text.push_str("\n\n");
            text.push_str(&self.any("closings"));
        }
        text
    }
}

/// `3 semaines`, `4 mois`; from two weeks on.
fn time_words(days: i64) -> String {
    match days {
        70.. => format!("{}\u{a0}mois", days / 30),
        _ => format!("{}\u{a0}semaines", (days / 7).max(2)),
    }
}
