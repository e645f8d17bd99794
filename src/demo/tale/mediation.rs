//! The mediator: the referral, our documents, the opinion and what it asks of us.

use chrono::NaiveDate;

use crate::calendar::{add_jours_ouvrables, mediation_documents_due};
use crate::case::StaffId;
use crate::case::events;
use crate::case::exchange::MessageKind;
use crate::case::outside::{FollowUpKind, Issue, ReferredBy};
use crate::demo::tale::Tale;
use crate::demo::tale::begin::ago;
use crate::demo::tale::hold::Hold;
use crate::journal::Actor;
use crate::mail::words::{self, Told};

/// A referral.
pub(super) struct Mediation {
    id: i64,
    message: i64,
    by: StaffId,
    number: Option<String>,
    referred_on: NaiveDate,
    known_on: NaiveDate,
    documents_due_on: NaiveDate,
    documents_sent_on: Option<NaiveDate>,
    opinion: Option<Opinion>,
    followed_up_on: Option<NaiveDate>,
}

struct Opinion {
    on: NaiveDate,
    issue: Issue,
    says: String,
    grounds: Option<String>,
    follow_up_on: Option<NaiveDate>,
}

impl Tale<'_> {
    /// The person refers to the mediator; what follows takes months.
    pub(super) fn mediate(&mut self, by: StaffId) -> Option<()> {
        self.wait(8..=45)?;
        self.refer(by)?;
        if self.hold == Hold::Mediation {
            return None;
        }
        self.wait(6..=30)?;
        self.act();
        let (id, on) = (self.beside.mediation.as_ref()?.id, self.now.on);
        if let Some(mediation) = &mut self.beside.mediation {
            mediation.documents_sent_on = Some(on);
        }
        self.followed(FollowUpKind::MediationDocuments);
        let entry = events::mediation_documents_sent(id, on);
        self.record(entry, Actor::Staff(by.0));
        self.wait(40..=90)?;
        self.hear_opinion(by, id)?;
        self.follow_opinion(by, id)
    }

    fn refer(&mut self, by: StaffId) -> Option<()> {
        let id = self.number();
        let known_on = self.now.on;
        let referred_on = ago(known_on, self.dice.within(2..=7));
        let year = referred_on.format("%Y");
        let number = self.dice.chance(80).then(|| {
            let number = self.dice.within(1_000..=19_999);
            format!("{year}-{number:05}")
        });
        let documents_due_on = mediation_documents_due(known_on);
        let told = Told::Referral(words::Referral {
            by: words::ReferredBy::Person,
            on: referred_on,
            number: number.as_deref(),
            documents_due_on,
            is_open: self.spine.status.is_open(),
            due: self.due(),
        });
        let line = |_: &_| {
            events::mediation_referred(id, ReferredBy::Person, referred_on, documents_due_on)
        };
        let spoken = self.tell(by, MessageKind::Mediation, &told, line)?;
        self.beside.mediation = Some(Mediation {
            id,
            message: spoken.message,
            by,
            number,
            referred_on,
            known_on,
            documents_due_on,
            documents_sent_on: None,
            opinion: None,
            followed_up_on: None,
        });
        let kind = FollowUpKind::MediationDocuments;
        self.follow(kind, documents_due_on, spoken.at);
        spoken.left
    }

    fn hear_opinion(&mut self, by: StaffId, id: i64) -> Option<()> {
        let others = [(20, Issue::NotFollowed), (25, Issue::NoOpinion)];
        let issue = self.dice.weigh(Issue::Followed, &others);
        let on = self.now.on;
        let (says, grounds) = match issue {
            Issue::Followed => (self.any("opinions"), Some(self.any("follow"))),
            Issue::NotFollowed => (self.any("opinions"), Some(self.any("decline"))),
            Issue::NoOpinion => (self.any("moot"), None),
        };
        let has_to_act = issue == Issue::Followed && self.dice.chance(70);
        let follow_up_on = has_to_act.then(|| add_jours_ouvrables(on, 15));
        let entry = events::mediation_opinion(id, issue, on);
        let told = Told::Opinion(words::Opinion {
            on,
            is_followed: issue == Issue::Followed,
            grounds: grounds.as_deref(),
            follow_up_on,
        });
        let left = if issue == Issue::NoOpinion {
            self.act();
            self.record(entry, Actor::Staff(by.0));
            Some(())
        } else {
            self.tell(by, MessageKind::Mediation, &told, |_| entry)?
                .left
        };
        if let Some(day) = follow_up_on {
            let at = self.now.at;
            self.follow(FollowUpKind::MediationOpinion, day, at);
        }
        self.beside.mediation.as_mut()?.opinion = Some(Opinion {
            on,
            issue,
            says,
            grounds,
            follow_up_on,
        });
        left
    }

    fn follow_opinion(&mut self, by: StaffId, id: i64) -> Option<()> {
        let opinion = self.beside.mediation.as_ref()?.opinion.as_ref()?;
        opinion.follow_up_on?;
        self.wait(3..=22)?;
        self.act();
        let on = self.now.on;
        self.beside.mediation.as_mut()?.followed_up_on = Some(on);
        self.followed(FollowUpKind::MediationOpinion);
        let entry = events::mediation_followed_up(id, on);
        self.record(entry, Actor::Staff(by.0));
        Some(())
    }

    /// Writes the row of the referral.
    pub(super) fn write_mediation(&mut self) {
        let Some(one) = &self.beside.mediation else {
            return;
        };
        let opinion = one.opinion.as_ref();
        let row = self.rows.beside.mediations.row().put(one.id).put(self.id);
        let row = row.put(one.message).put(one.by.0);
        let row = row
            .put(ReferredBy::Person.code())
            .put(one.number.as_deref());
        let row = row.put(one.referred_on).put(one.known_on);
        let row = row.put(one.documents_due_on).put(one.documents_sent_on);
        let row = row.put(opinion.map(|opinion| opinion.on));
        let row = row.put(opinion.map(|opinion| opinion.says.as_str()));
        let row = row.put(opinion.map(|opinion| opinion.issue.code()));
        let row = row.put(opinion.and_then(|opinion| opinion.grounds.as_deref()));
        row.put(opinion.and_then(|opinion| opinion.follow_up_on))
            .put(one.followed_up_on);
    }
}
