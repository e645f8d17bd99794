//! The life of one case, told step by step until the present: each step writes what its act would.

mod after;
mod answer;
mod begin;
mod complaint;
mod hold;
mod margin;
mod mediation;
mod oral;
mod outside;
mod post;
mod request;
mod said;
mod spoken;
mod write;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::calendar::LegalDates;
use crate::case::dossier;
use crate::case::{CaseId, Channel, Dues, Nature, Reference, StaffId, Status, next_due_on};
use crate::demo::almanac::{Almanac, Moment};
use crate::demo::dice::Dice;
use crate::demo::people::Person;
use crate::demo::staff::Team;
use crate::demo::tables::Tables;
use crate::demo::tale::after::Commitment;
use crate::demo::tale::begin::Written;
use crate::demo::tale::hold::Hold;
use crate::demo::tale::margin::Remarks;
use crate::demo::tale::mediation::Mediation;
use crate::demo::tale::oral::Oral;
use crate::demo::tale::outside::{Announced, Ask, FollowUp, Passed};
use crate::demo::tale::post::Task;
use crate::demo::tale::said::{Circumstances, Statement, Subject};
use crate::demo::words::Words;
use crate::journal::{Actor, Entry, Hash};

/// What every case of a demonstration shares.
#[derive(Debug)]
pub(super) struct World {
    pub(super) words: Words,
    pub(super) almanac: Almanac,
    pub(super) team: Team,
    /// Ids of the labels.
    pub(super) labels: Vec<i64>,
    pub(super) seed: u64,
    pub(super) n_cases: u64,
    pub(super) first_ids: FirstIds,
}

impl World {
    /// Of the last months: the desk works as it does now.
    fn is_recent(&self, received: Moment) -> bool {
        const DAYS: i64 = 120;
        self.almanac.age(received) < DAYS
    }

    fn tells_in_full(&self, received: Moment) -> bool {
        self.n_cases < 2_000 || self.is_recent(received)
    }
}

/// The first id of the block taken in each table.
#[derive(Clone, Copy, Debug)]
pub(super) struct FirstIds {
    pub(super) case: i64,
    pub(super) outbox: i64,
    pub(super) message: i64,
    pub(super) note: i64,
    pub(super) task: i64,
    pub(super) answer: i64,
    pub(super) beside: i64,
}

/// Legal dates already computed in this batch: most cases of a day share theirs.
pub(super) type KnownDates = HashMap<(NaiveDate, NaiveDate, Option<NaiveDate>), Arc<LegalDates>>;

/// One case while it is told.
struct Tale<'a> {
    world: &'a World,
    rows: &'a mut Tables,
    dice: Dice,
    id: i64,
    /// The next id in each table.
    next: FirstIds,
    secret: [u8; 32],
    submission: [u8; 16],
    now: Moment,
    person: Person,
    subject: Subject<'a>,
    circumstances: Circumstances,
    written: Written,
    hold: Hold,
    statement: Statement,
    /// All that is said in it, for the search.
    text: String,
    spine: Spine,
    legal: Option<Arc<LegalDates>>,
    tasks: Vec<Task>,
    remarks: Remarks,
    beside: Beside,
    seq: i32,
    before: Hash,
}

/// What stands beside the case.
#[derive(Default)]
struct Beside {
    follow_ups: Vec<FollowUp>,
    ask: Option<Ask>,
    announced: Option<Announced>,
    passed: Option<Passed>,
    mediation: Option<Mediation>,
    commitment: Option<Commitment>,
    oral: Option<Oral>,
    /// Who entered it by hand.
    entered_by: Option<StaffId>,
    /// Whom it complains about.
    barred: Option<StaffId>,
    /// The last answer refuses something.
    is_refused: bool,
    /// Someone confirmed what it is.
    is_qualified: bool,
    is_sensitive: bool,
}

/// The row of the case as it stands.
struct Spine {
    nature: Nature,
    channel: Channel,
    received: Moment,
    status: Status,
    version: i32,
    handler: Option<StaffId>,
    email_confirmed_at: Option<DateTime<Utc>>,
    target_on: Option<NaiveDate>,
    acknowledged_on: Option<NaiveDate>,
    answered_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    next_due_on: NaiveDate,
    last_event_at: DateTime<Utc>,
    awaits_reader: bool,
    has_failed: bool,
    touched_on: NaiveDate,
    waiting_since: Option<NaiveDate>,
    person_wrote_at: Option<DateTime<Utc>>,
}

/// Tells the case of this place into `rows`, and says where it stands.
pub(super) fn tell(
    world: &World,
    place: u64,
    rows: &mut Tables,
    known: &mut KnownDates,
) -> Option<(Nature, Status)> {
    let mut tale = begin::begin(world, place, rows, known)?;
    tale.file();
    // None: the rest is still to come, and the case stands where it stands.
    let _whole_life: Option<()> = match tale.subject {
        Subject::Complaint(story) if tale.legal.is_none() => tale.oral_complaint(story),
        Subject::Complaint(story) => tale.complaint(story),
        Subject::Request(request) => tale.request(request),
    };
    tale.remark_until(None);
    tale.write_tasks();
    tale.write_outside();
    tale.write_mediation();
    tale.write_commitment();
    tale.write_oral();
    tale.write_case();
    tale.write_filing();
    tale.write_text();
    Some((tale.spine.nature, tale.spine.status))
}

impl Tale<'_> {
    /// Moves on to an hour at the desk, at least `days` later; none when that is still to come.
    fn wait(&mut self, days: std::ops::RangeInclusive<u32>) -> Option<()> {
        let days = usize::try_from(self.dice.within(days)).unwrap_or_default();
        let minute = i64::from(self.dice.within(0..=500));
        let then = self.world.almanac.desk(self.now, days, minute);
        self.remark_until(then);
        self.now = then?;
        Some(())
    }

    /// Moves on by some seconds; none when that is still to come.
    fn shortly(&mut self, seconds: std::ops::RangeInclusive<u32>) -> Option<()> {
        let later = TimeDelta::seconds(self.dice.within(seconds).into());
        let moment = Moment {
            at: self.now.at + later,
            ..self.now
        };
        self.now = self.world.almanac.past(moment)?;
        Some(())
    }

    /// Whether all that the desk does of it is told: a large demonstration tells in full of the last
    /// months only, which keeps it quick to make.
    fn is_told_in_full(&self) -> bool {
        self.world.tells_in_full(self.spine.received)
    }

    /// Days since it was received.
    fn age(&self) -> u32 {
        let days = (self.now.on - self.spine.received.on).num_days();
        u32::try_from(days).unwrap_or_default()
    }

    /// Writes a line of the journal, now.
    fn record(&mut self, entry: Entry, actor: Actor) {
        self.seq = self.seq.saturating_add(1);
        let line = entry.at(self.id, self.seq, self.now.at, actor);
        let hash = line.hash(&self.before);
        let row = self.rows.journal.row();
        let row = row.put(line.chain).put(line.seq).put(line.at);
        let row = row.put(&line.actor).put(&line.kind).put(&line.facts);
        row.put(hash.as_slice());
        self.before = hash;
        self.spine.last_event_at = self.now.at;
        if matches!(actor, Actor::Staff(_)) {
            self.spine.touched_on = self.now.on;
        }
    }

    /// Counts an act of a person.
    const fn act(&mut self) {
        self.spine.version = self.spine.version.saturating_add(1);
    }

    /// The case moves to `status`; what comes next is computed as the acts do.
    fn become_(&mut self, status: Status) {
        self.spine.status = status;
        let legal = self.legal.as_ref();
        let dues = Dues {
            ack_due: legal.map(|dates| dates.ack_due.date),
            answer_due: legal.map(|dates| dates.answer_due.date),
            target: self.spine.target_on,
            last: self.spine.next_due_on,
        };
        self.spine.next_due_on =
            next_due_on(status, self.spine.nature, &dues, self.spine.answered_on);
    }

    /// Something is said: the search finds the case by it.
    fn says(&mut self, text: &str) {
        self.text.push(' ');
        self.text.push_str(text);
    }

    fn reference(&self) -> Reference {
        use chrono::Datelike;
        let year = i16::try_from(self.spine.received.on.year()).unwrap_or_default();
        Reference::new(year, CaseId(self.id))
    }

    fn digest(&self, content: &str) -> Hash {
        dossier::digest(Some(&self.secret), content)
    }
}
