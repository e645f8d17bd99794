//! The reasoned answer: drafted, read over when it refuses, sent through the gate, handed over.

use chrono::{DateTime, NaiveDate, Utc};

use crate::case::answer::{Amount, AnswerState, Outcome, Position, outcome_words, position_words};
use crate::case::events::{self, AnswerDigests, Carrier};
use crate::case::{PostalKind, Purpose, StaffId, notify};
use crate::db::copy::Numbers;
use crate::demo::tale::Tale;
use crate::demo::tale::hold::Hold;
use crate::demo::tale::post::Fate;
use crate::demo::words::{Grievance, Story};
use crate::firm;
use crate::journal::Actor;
use crate::mail::words::{AnswerLetter, CommitmentMade, Granted, Occasion, PositionTaken};

/// The row of an answer as it stands.
struct Answer {
    id: i64,
    state: AnswerState,
    outcome: Outcome,
    introduction: String,
    amount: Option<Amount>,
    points: Vec<Point>,
    author: StaffId,
    reader: Option<StaffId>,
    sent: Option<(DateTime<Utc>, NaiveDate)>,
    letter: Option<String>,
    outbox: Option<i64>,
    written_at: DateTime<Utc>,
    handed_over: Option<(DateTime<Utc>, NaiveDate)>,
}

struct Point {
    grievance: String,
    position: Position,
    grounds: String,
}

impl Tale<'_> {
    /// Writes the answer and sends it; how far it has come is written in any case.
    pub(super) fn answer(&mut self, story: &Story, author: StaffId) -> Option<()> {
        let usual = self
            .dice
            .weigh((6, 30), &[(27, (31, 54)), (7, (62, 95)), (3, (96, 170))]);
        let days = if self.hold == Hold::Nowhere {
            usual
        } else if self.hold.is_answered() {
            (14, 22)
        } else {
            (5, 9)
        };
        let wanted = self.dice.within(days.0..=days.1);
        let is_again = self.spine.answered_on.is_some();
        let is_long = wanted >= 50 && !is_again && self.is_told_in_full() && self.dice.chance(70);
        if is_long || self.hold == Hold::Announced {
            self.announce_delay(author)?;
        }
        if self.hold == Hold::Announced {
            return None;
        }
        let left = if is_again {
            3
        } else {
            wanted.saturating_sub(self.age())
        };
        self.wait(left..=left.saturating_add(2))?;
        let mut answer = self.draft(story, author);
        let left_us = self.send(&mut answer);
        self.write_answer(&answer, is_again);
        left_us
    }

    fn draft(&mut self, story: &Story, author: StaffId) -> Answer {
        let others = [
            (30, Outcome::PartlyUpheld),
            (26, Outcome::Rejected),
            (6, Outcome::NoAction),
        ];
        let drawn = self.dice.weigh(Outcome::Upheld, &others);
        let outcome = self.hold.outcome().unwrap_or(drawn);
        let granted_first = self.dice.chance(50);
        let points: Vec<Point> = (0_u8..)
            .zip(&story.grievances)
            .map(|(place, grievance)| {
                self.take_position(outcome, (place == 0) == granted_first, grievance)
            })
            .collect();
        let id = self.next.answer;
        self.next.answer = id.saturating_add(1);
        let amount = self.grant(id, outcome);
        self.act();
        let text: Vec<&str> = points.iter().map(|point| point.grounds.as_str()).collect();
        let n_grievances = i64::try_from(points.len()).unwrap_or_default();
        let text = self.digest(&text.join("\n"));
        let entry = events::answer_drafted(id, n_grievances, &text);
        self.record(entry, Actor::Staff(author.0));
        self.spine.awaits_reader = outcome.refuses();
        self.beside.is_refused = outcome.refuses();
        Answer {
            id,
            state: AnswerState::Draft,
            outcome,
            introduction: self.any("introductions"),
            amount,
            points,
            author,
            reader: None,
            sent: None,
            letter: None,
            outbox: None,
            written_at: self.now.at,
            handed_over: None,
        }
    }

    /// A position that agrees with the outcome, as the gate asks.
    fn take_position(&mut self, outcome: Outcome, is_granted: bool, of: &Grievance) -> Point {
        let is_partly = outcome == Outcome::PartlyUpheld;
        let position = match outcome {
            Outcome::Rejected => Position::Refused,
            Outcome::PartlyUpheld if !is_granted => Position::Refused,
            _ if is_partly && self.dice.chance(30) => Position::PartlyAccepted,
            Outcome::Upheld | Outcome::NoAction | Outcome::PartlyUpheld => Position::Accepted,
        };
        let grounds = match (outcome, position) {
            (Outcome::NoAction, _) => self.any("moot"),
            (_, Position::Refused) => self.say(&of.refused),
            (_, Position::Accepted) => self.say(&of.granted),
            (_, Position::PartlyAccepted) => {
                format!("{} {}", self.any("partly"), self.say(&of.granted))
            }
        };
        Point {
            grievance: self.say(&of.text),
            position,
            grounds,
        }
    }

    fn send(&mut self, answer: &mut Answer) -> Option<()> {
        if matches!(self.hold, Hold::Reading | Hold::Drafting) {
            return None;
        }
        if answer.outcome.refuses() {
            self.wait(0..=3)?;
            let reader = self.someone(&self.world.team.supervisors)?;
            answer.reader = Some(reader);
            self.spine.awaits_reader = false;
            self.act();
            self.record(events::answer_read(answer.id), Actor::Staff(reader.0));
        }
        self.wait(0..=2)?;
        self.world.almanac.past(self.later(60))?;
        let letter = self.letter(answer)?;
        answer.state = AnswerState::Leaving;
        answer.sent = Some((self.now.at, self.now.on));
        let entry = events::answer_sent(
            answer.id,
            answer.outcome,
            &AnswerDigests {
                letter: self.digest(&letter),
                pdf: None,
                divergence: None,
            },
        );
        answer.letter = Some(letter);
        self.act();
        self.record(entry, Actor::Staff(answer.author.0));
        self.hand_over(answer)
    }

    /// By e-mail to an address that is confirmed, or when there is no other; else by post.
    fn hand_over(&mut self, answer: &mut Answer) -> Option<()> {
        let prefers_post =
            self.person.postal_address.is_some() && self.spine.email_confirmed_at.is_none();
        if self.person.email.is_some() && !prefers_post {
            let body = "Vous trouverez ci-dessous notre réponse à votre réclamation.";
            let (outbox, fate) = self.mail(Purpose::Answer, body)?;
            answer.outbox = Some(outbox);
            if fate == Fate::HandedOver {
                self.leave(answer, Carrier::Email(outbox), Actor::System);
                return Some(());
            }
        } else {
            let actor = Actor::Staff(answer.author.0);
            self.ask_for_letter(PostalKind::Answer, actor);
        }
        if self.hold == Hold::Posting {
            return None;
        }
        self.wait(0..=3)?;
        self.tick_off(PostalKind::Answer, answer.author);
        self.leave(answer, Carrier::Post, Actor::Staff(answer.author.0));
        Some(())
    }

    fn leave(&mut self, answer: &mut Answer, by: Carrier, actor: Actor) {
        answer.state = AnswerState::HandedOver;
        answer.handed_over = Some((self.now.at, self.now.on));
        if let Some(promise) = &mut self.beside.commitment {
            promise.made_on.get_or_insert(self.now.on);
        }
        self.answered(by, Some(answer.id), actor);
    }

    /// The letter as the act of sending makes it; none of a complaint without legal dates.
    fn letter(&self, answer: &Answer) -> Option<String> {
        let legal = self.legal.as_deref()?;
        let is_author = |member: &&crate::demo::staff::Member| member.id == answer.author;
        let signatory = self.world.team.handlers.iter().find(is_author)?;
        let positions: Vec<PositionTaken<'_>> = (1..)
            .zip(&answer.points)
            .map(|(number, point)| PositionTaken {
                number,
                grievance: &point.grievance,
                position: position_words(point.position),
                grounds: &point.grounds,
            })
            .collect();
        let is_professional = self.person.is_professional;
        let mediator = notify::mediator(legal, is_professional, Occasion::Answer, self.now.on);
        let amount = answer.amount.map(|amount| amount.to_string());
        let promise = self.beside.commitment.as_ref();
        let promise = promise.filter(|promise| promise.answer == answer.id);
        let promise = promise.map(|promise| CommitmentMade {
            text: &promise.text,
            due_on: promise.due_on,
        });
        let letter = AnswerLetter {
            reference: &self.reference().to_string(),
            complaint_of: legal.answer_due.explanation.starts_on(),
            dated_on: self.now.on,
            person_name: &self.person.full_name(),
            postal_address: self.person.postal_address.as_deref(),
            introduction: &answer.introduction,
            positions: &positions,
            outcome: outcome_words(answer.outcome),
            granted: Granted {
                amount: amount.as_deref(),
                commitments: promise.as_slice(),
                files: &[],
                by_post: false,
            },
            signatory: &signatory.name,
            service: firm::COMPLAINTS_SERVICE,
            mediator,
            identity: &[],
        };
        letter.text().ok()
    }

    /// The row, its positions, and the grievances, which a second answer finds there.
    fn write_answer(&mut self, answer: &Answer, is_again: bool) {
        let signatory = answer.sent.map(|_| answer.author.0);
        let row = self.rows.answers.row();
        let row = row.put(answer.id).put(self.id).put(answer.state.code());
        let row = row.put(answer.outcome.code()).put(&answer.introduction);
        let row = row
            .put(answer.author.0)
            .put(answer.reader.map(|id| id.0))
            .put(signatory);
        let row = row
            .put(answer.sent.map(|(_, on)| on))
            .put(answer.letter.as_deref());
        let row = row.put(answer.outbox).put(answer.written_at);
        let row = row.put(answer.sent.map(|(at, _)| at));
        let row = row.put(answer.handed_over.map(|(at, _)| at));
        row.put(answer.handed_over.map(|(_, on)| on))
            .put(answer.amount.map(Amount::cents))
            .put(Numbers(&[answer.author.0]));
        if answer.sent.is_some() {
            self.says(&answer.introduction);
            for point in &answer.points {
                self.says(&point.grounds);
            }
        }
        for (number, point) in (1_i32..).zip(&answer.points) {
            if !is_again {
                let row = self.rows.grievances.row();
                row.put(self.id).put(number).put(&point.grievance);
            }
            let row = self.rows.positions.row();
            let row = row.put(answer.id).put(number);
            row.put(point.position.code()).put(&point.grounds);
        }
    }
}
