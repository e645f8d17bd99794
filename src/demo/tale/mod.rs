//! The life of one case, told step by step until the present: each step writes what its act would.

mod answer;
mod begin;
mod complaint;
mod post;
mod request;
mod said;
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
use crate::demo::tale::begin::Written;
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
    pub(super) seed: u64,
    pub(super) n_cases: u64,
    pub(super) first_ids: FirstIds,
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
    seq: i32,
    before: Hash,
}

/// Where a case is left waiting, so that even a small demonstration shows what waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    /// It goes its way.
    Nowhere,
    /// A letter that nobody posts: the acknowledgement is overdue.
    Acknowledgement,
    /// An answer that nobody has read over.
    Reading,
    /// An answer that nobody has posted.
    Posting,
}

impl Hold {
    /// Of the case of this place, `age` days old. A few cases of the last weeks wait: more of them
    /// in a small demonstration.
    fn of(place: u64, n_cases: u64, age: i64) -> Self {
        let every = if n_cases < 2_000 { 7 } else { 90 };
        match place % every {
            0 if (14..=56).contains(&age) => Self::Acknowledgement,
            1 if (20..=56).contains(&age) => Self::Reading,
            2 if (20..=56).contains(&age) => Self::Posting,
            _ => Self::Nowhere,
        }
    }

    /// Whether the person can only be written to by post.
    const fn is_postal(self) -> bool {
        matches!(self, Self::Acknowledgement | Self::Posting)
    }
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
        Subject::Complaint(_) if tale.legal.is_none() => tale.oral_complaint(),
        Subject::Complaint(story) => tale.complaint(story),
        Subject::Request(request) => tale.request(request),
    };
    tale.write_tasks();
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
        self.now = self.world.almanac.desk(self.now, days, minute)?;
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
