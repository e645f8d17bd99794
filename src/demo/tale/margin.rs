//! What happens in the margin of a case, whatever its state: labels, links, who may read it, holds.

use chrono::{DateTime, Days, Utc};

use crate::case::events::{self, protecting, qualifying};
use crate::case::motive::Kept;
use crate::case::{CaseId, StaffId};
use crate::demo::almanac::Moment;
use crate::demo::dice::Dice;
use crate::demo::staff::Member;
use crate::demo::tale::{Tale, World};
use crate::journal::{Actor, Entry};

/// Something in the margin.
#[derive(Clone, Copy, Debug)]
pub(super) enum Remark {
    /// A label is put on it.
    Label(i64),
    /// It belongs with this other case, as this person sees.
    Link { other: i64, by: StaffId },
    /// It holds sensitive data.
    Sensitive,
    /// It complains about a colleague.
    Bar,
    /// It is kept from being erased.
    Hold,
}

/// What is to happen in the margin of a case, soonest last.
pub(super) type Remarks = Vec<(Moment, Remark)>;

/// Draws what happens in the margin of the case of this place, received at this moment.
pub(super) fn draw(world: &World, place: u64, received: Moment, dice: &mut Dice) -> Remarks {
    let rare = if world.n_cases < 2_000 { 3 } else { 1 };
    let link = link(world, place);
    let mut remarks: Remarks = link.into_iter().collect();
    let mut note = |remark: Remark, days: std::ops::RangeInclusive<u32>, dice: &mut Dice| {
        let days = usize::try_from(dice.within(days)).unwrap_or_default();
        let minute = i64::from(dice.within(0..=500));
        let moment = world.almanac.desk(received, days, minute);
        remarks.extend(moment.map(|moment| (moment, remark)));
    };
    if world.tells_in_full(received) && dice.chance(6) {
        let label = dice.pick(&world.labels).copied().unwrap_or_default();
        note(Remark::Label(label), 0..=12, dice);
    }
    if dice.chance(rare) {
        note(Remark::Sensitive, 0..=4, dice);
    }
    if link.is_none() && dice.chance(rare) {
        note(Remark::Bar, 0..=3, dice);
    }
    if dice.chance(rare) {
        note(Remark::Hold, 10..=90, dice);
    }
    remarks.sort_by_key(|(moment, _)| std::cmp::Reverse(moment.at));
    remarks
}

/// Some neighbours belong together: both draw the same link, once both have come.
fn link(world: &World, place: u64) -> Option<(Moment, Remark)> {
    const SALT: u64 = 0x6c69_6e6b;
    let every = if world.n_cases < 2_000 { 24 } else { 120 };
    let first = place - place % 2;
    let second = first
        .checked_add(1)
        .filter(|second| *second < world.n_cases)?;
    if first % every != 6 {
        return None;
    }
    let id = |place: u64| {
        let place = i64::try_from(place).unwrap_or_default();
        world.first_ids.case.saturating_add(place)
    };
    let jitter = Dice::of(world.seed, id(second)).next();
    let later = world.almanac.arrival(second, world.n_cases, jitter);
    let mut dice = Dice::of(world.seed ^ SALT, id(first));
    let days = usize::try_from(dice.within(0..=3)).unwrap_or_default();
    let minute = i64::from(dice.within(0..=500));
    let by = dice.pick(&world.team.handlers)?.id;
    let other = id(if place == first { second } else { first });
    let moment = world.almanac.desk(later, days, minute)?;
    Some((moment, Remark::Link { other, by }))
}

impl Tale<'_> {
    /// Tells what happens in the margin until this moment; all of it when none is given.
    pub(super) fn remark_until(&mut self, until: Option<Moment>) {
        while let Some((moment, remark)) = self.remarks.last().copied() {
            if until.is_some_and(|until| until.at < moment.at) {
                return;
            }
            self.remarks.pop();
            if self.now.at < moment.at {
                self.now = moment;
            }
            // None: there is nobody to do it.
            let _done: Option<()> = self.remark(remark);
        }
    }

    fn remark(&mut self, remark: Remark) -> Option<()> {
        let supervisor = self.someone(&self.world.team.supervisors)?;
        match remark {
            Remark::Label(label) => {
                let by = self.spine.handler.unwrap_or(supervisor);
                self.put_label(label, by);
            }
            Remark::Link { other, by } => self.put_link(other, by),
            Remark::Sensitive => {
                self.explained(supervisor, "sensitive", protecting::sensitivity(true));
                self.beside.is_sensitive = true;
            }
            Remark::Bar => self.bar(supervisor)?,
            Remark::Hold => {
                let until_on = self.now.on.checked_add_days(Days::new(540))?;
                self.explained(supervisor, "holds", protecting::held(until_on));
                let row = self.rows.beside.legal_holds.row().put(self.id);
                row.put(until_on).put(supervisor.0).put(self.now.at);
            }
        }
        Some(())
    }

    fn put_label(&mut self, label: i64, by: StaffId) {
        self.act();
        self.record(events::labelled(label), Actor::Staff(by.0));
        let row = self.rows.beside.labels.row().put(self.id);
        row.put(label).put(by.0).put(self.now.at);
    }

    /// Each of the two tells of the link; the first one writes it.
    fn put_link(&mut self, other: i64, by: StaffId) {
        self.explained(by, "links", qualifying::linked(CaseId(other)));
        if self.id < other {
            let row = self.rows.beside.links.row().put(self.id);
            row.put(other).put(by.0).put(self.now.at);
        }
    }

    /// A colleague who does not handle the case is barred from it.
    fn bar(&mut self, by: StaffId) -> Option<()> {
        let handler = self.spine.handler;
        let others = self.world.team.handlers.iter().map(|member| member.id);
        let others: Vec<StaffId> = others.filter(|id| Some(*id) != handler).collect();
        let account = *self.dice.pick(&others)?;
        self.explained(by, "bars", protecting::barred(account, false));
        self.beside.barred = Some(account);
        let row = self.rows.beside.bars.row().put(self.id);
        row.put(account.0).put(by.0).put(self.now.at);
        Some(())
    }

    /// An act with its motive, of this list of phrases.
    fn explained(&mut self, by: StaffId, motives: &str, entry: Entry) {
        self.act();
        let body = self.any(motives);
        let (id, at): (i64, DateTime<Utc>) = (self.number(), self.now.at);
        let digest = self.digest(&body);
        let row = self.rows.beside.motives.row().put(id).put(self.id);
        row.put(by.0).put(at).put(&body);
        self.record(Kept { id, digest }.on(entry), Actor::Staff(by.0));
    }

    /// One of these, whom the case does not complain about.
    pub(super) fn someone(&mut self, among: &[Member]) -> Option<StaffId> {
        let barred = self.beside.barred;
        let drawn = self.dice.pick(among).map(|member| member.id);
        let mut others = among.iter().map(|member| member.id);
        drawn
            .filter(|id| Some(*id) != barred)
            .or_else(|| others.find(|id| Some(*id) != barred))
    }
}
