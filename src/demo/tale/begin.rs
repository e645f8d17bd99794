//! How a case begins: who files what, when and how, and the dates that follow.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::calendar::{
    LegalDates, REQUEST_WITHIN_JOURS_OUVRABLES, Start, oral_target, request_target,
};
use crate::case::events::{self, FiledFacts, entry};
use crate::case::filing::Capacity;
use crate::case::{Arrival, Channel, Nature, Status};
use crate::demo::almanac::Moment;
use crate::demo::dice::Dice;
use crate::demo::people::Person;
use crate::demo::tables::{IDS_PER_CASE, Tables};
use crate::demo::tale::hold::Hold;
use crate::demo::tale::margin;
use crate::demo::tale::said::{Circumstances, Statement, Subject};
use crate::demo::tale::{Beside, FirstIds, KnownDates, Spine, Tale, World};
use crate::journal::{Actor, GENESIS};

/// The dates that clocks start from.
pub(super) struct Written {
    /// None of an oral complaint.
    pub(super) first: Option<NaiveDate>,
    pub(super) declared: Option<NaiveDate>,
    pub(super) received: NaiveDate,
}

/// Draws the case of this place, received and not filed yet; none when there is nothing to tell.
pub(super) fn begin<'a>(
    world: &'a World,
    place: u64,
    rows: &'a mut Tables,
    known: &mut KnownDates,
) -> Option<Tale<'a>> {
    let number = i64::try_from(place).unwrap_or_default();
    let id = world.first_ids.case.saturating_add(number);
    let mut dice = Dice::of(world.seed, id);
    let received = world.almanac.arrival(place, world.n_cases, dice.next());
    let age = world.almanac.age(received);
    let hold = Hold::of(place, world.n_cases, age);
    let channel = hold.channel(channel(&mut dice, world.almanac.is_open(received)));
    let is_request = dice.chance(20) && hold == Hold::Nowhere;
    let subject = if is_request {
        dice.pick(&world.words.requests).map(Subject::Request)
    } else {
        dice.pick(&world.words.stories).map(Subject::Complaint)
    };
    let (nature, told_as) = match subject? {
        Subject::Complaint(story) => (Nature::Complaint, story.capacity),
        Subject::Request(_) => (Nature::InformationRequest, Some(Capacity::Client)),
    };
    let reach = (channel, hold.reach());
    let person = Person::draw(&world.words, &mut dice, reach, told_as);
    let written = written(&mut dice, nature, channel, received.on);
    let legal = (nature == Nature::Complaint)
        .then(|| dates(known, &written, received.on))
        .flatten();
    let remarks = margin::draw(world, place, received, &mut dice);
    let circumstances = Circumstances::draw(&mut dice, received.on, written.declared);
    Some(Tale {
        world,
        rows,
        id,
        next: world.first_ids.of_case(number),
        secret: dice.bytes(),
        submission: submission(&mut dice),
        now: received,
        spine: Spine::new(nature, channel, received, legal.is_some()),
        person,
        subject: subject?,
        statement: Statement::default(),
        text: String::with_capacity(2_000),
        circumstances,
        written,
        hold,
        legal,
        tasks: Vec::new(),
        remarks,
        beside: Beside::default(),
        seq: 0,
        before: GENESIS,
        dice,
    })
}

impl Tale<'_> {
    /// The first line of the journal: by the person, or by whoever enters what came otherwise.
    pub(super) fn file(&mut self) {
        self.statement = self.write_down();
        let legal = self.legal.clone();
        let facts = FiledFacts {
            channel: self.spine.channel,
            nature: self.spine.nature,
            received_on: self.spine.received.on,
            legal: legal.as_deref(),
            facts: self.digest(&self.statement.facts),
            person: self.digest(&self.person.full_name()),
        };
        self.become_(Status::Received);
        self.beside.is_qualified = self.spine.channel != Channel::Web;
        if self.spine.channel == Channel::Web {
            return self.record(events::filed(&facts), Actor::Person);
        }
        let on = self.spine.received.on;
        let start = self.written.first.map(|first_on| Start::new(first_on, on));
        let arrival = match start {
            Some(Ok(start)) => Arrival::Written(start),
            _ => Arrival::Spoken(on),
        };
        self.beside.entered_by = self.someone(&self.world.team.handlers);
        let by = self
            .beside
            .entered_by
            .map_or(Actor::System, |id| Actor::Staff(id.0));
        self.record(entry::entered(&facts, arrival), by);
    }
}

fn submission(dice: &mut Dice) -> [u8; 16] {
    let (high, low) = (u128::from(dice.next()), u128::from(dice.next()));
    ((high << 64_u32) | low).to_be_bytes()
}

fn channel(dice: &mut Dice, is_open: bool) -> Channel {
    if !is_open {
        return Channel::Web;
    }
    dice.weigh(
        Channel::Web,
        &[
            (20, Channel::Email),
            (20, Channel::Post),
            (6, Channel::Phone),
            (3, Channel::Counter),
        ],
    )
}

fn written(dice: &mut Dice, nature: Nature, channel: Channel, on: NaiveDate) -> Written {
    let first_on = match channel {
        Channel::Web | Channel::Email => Some(on),
        Channel::Post => Some(ago(on, dice.within(1..=4))),
        Channel::Phone | Channel::Counter => None,
    };
    let declares = nature == Nature::Complaint && first_on.is_some() && dice.chance(8);
    let is_long_ago = dice.chance(15);
    let days = if is_long_ago { 60..=140 } else { 6..=40 };
    Written {
        first: first_on,
        received: on,
        declared: declares.then(|| ago(on, dice.within(days))),
    }
}

fn dates(known: &mut KnownDates, written: &Written, on: NaiveDate) -> Option<Arc<LegalDates>> {
    let first_on = written.first?;
    let start = Start::new(first_on, on).ok()?;
    let start = match written.declared {
        Some(declared_on) => start.with_declared(declared_on, on),
        None => start,
    };
    let key = (first_on, on, written.declared);
    let computed = known
        .entry(key)
        .or_insert_with(|| Arc::new(LegalDates::compute(start)));
    Some(Arc::clone(computed))
}

pub(super) fn ago(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_sub_days(Days::new(days.into()))
        .unwrap_or(date)
}

impl Spine {
    fn new(nature: Nature, channel: Channel, received: Moment, is_written: bool) -> Self {
        let target_on = match nature {
            Nature::InformationRequest => {
                Some(request_target(received.on, REQUEST_WITHIN_JOURS_OUVRABLES))
            }
            Nature::Complaint if is_written => None,
            Nature::Complaint => Some(oral_target(received.on, REQUEST_WITHIN_JOURS_OUVRABLES)),
        };
        Self {
            nature,
            channel,
            received,
            status: Status::Received,
            version: 1,
            handler: None,
            email_confirmed_at: None,
            target_on,
            acknowledged_on: None,
            answered_on: None,
            closed_on: None,
            next_due_on: received.on,
            last_event_at: received.at,
            awaits_reader: false,
            has_failed: false,
            touched_on: received.on,
            waiting_since: None,
            person_wrote_at: None,
        }
    }
}

impl FirstIds {
    fn of_case(&self, number: i64) -> Self {
        let block = number.saturating_mul(IDS_PER_CASE);
        Self {
            case: self.case.saturating_add(number),
            outbox: self.outbox.saturating_add(block),
            message: self.message.saturating_add(block),
            note: self.note.saturating_add(block),
            task: self.task.saturating_add(block),
            answer: self.answer.saturating_add(block),
            beside: self.beside.saturating_add(block),
        }
    }
}
