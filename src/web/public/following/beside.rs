//! What stands beside the status of a case, as its person reads it: what we wait for, what we
//! announced, who else has the case, the mediator, a withdrawal that we noted.

use chrono::NaiveDate;

use crate::calendar::{long_date, plain_date};
use crate::case::outside::{Beside, Issue, Recipient, ReferredBy};
use crate::case::{Channel, Dossier, Status};

/// The notes of a page, each while it matters.
pub(super) struct BesideNotes {
    /// What we wait for, and until when.
    pub(super) asked: Option<Asked>,
    /// What we announced.
    pub(super) announced: Option<Announced>,
    /// Who else has the case, in a sentence, and why.
    pub(super) transferred: Option<(String, String)>,
    /// The mediator.
    pub(super) mediation: Option<Referred>,
    /// A withdrawal at the word of the person, in a sentence: they can object.
    pub(super) withdrawal: Option<String>,
}

/// What we wait for.
pub(super) struct Asked {
    /// What.
    pub(super) what: String,
    /// Until when, in words.
    pub(super) until: String,
    /// Whether that day is past.
    pub(super) is_past: bool,
}

/// A holding letter that still stands.
pub(super) struct Announced {
    /// The day announced, in words.
    pub(super) day: String,
    /// Why.
    pub(super) reason: String,
    /// Whether that day is past.
    pub(super) is_past: bool,
    /// « deuxième », when it is not the first.
    pub(super) again: bool,
}

/// A referral to the mediator.
pub(super) struct Referred {
    /// Whether the mediator still has the case.
    pub(super) is_open: bool,
    /// What happened so far, in sentences.
    pub(super) words: Vec<String>,
    /// What we make of the opinion, in the words of staff.
    pub(super) grounds: Option<String>,
}

impl BesideNotes {
    /// Of a case, on `today` (Paris).
    pub(super) fn of(dossier: &Dossier, beside: &Beside, today: NaiveDate) -> Self {
        let is_open = dossier.case.status.is_open();
        let asked = beside.asked.as_ref().filter(|_| is_open);
        let letter = beside.holding_letter.as_ref().filter(|_| is_open);
        Self {
            asked: asked.map(|asked| Asked {
                what: asked.what.clone().unwrap_or_default(),
                until: long_date(asked.expected_on),
                is_past: asked.expected_on < today,
            }),
            announced: letter.map(|letter| Announced {
                day: long_date(letter.announced_on),
                reason: letter.reason.clone().unwrap_or_default(),
                is_past: letter.announced_on < today,
                again: letter.rank > 1,
            }),
            transferred: transferred(dossier, beside),
            mediation: referred(beside),
            withdrawal: withdrawn(dossier, beside),
        }
    }
}

fn transferred(dossier: &Dossier, beside: &Beside) -> Option<(String, String)> {
    let last = beside.transfer.as_ref()?;
    if last.returned_on.is_some() || dossier.case.status.has_ended() {
        return None;
    }
    let to = match last.recipient {
        Recipient::Insurer => "l’assureur",
        Recipient::Distributor => "le distributeur",
        Recipient::Other => "un autre organisme",
        // The mediator answers that mail; the case has not moved.
        Recipient::Mediator => return None,
    };
    let on = plain_date(last.transferred_on);
    let who = match (&last.name, &last.service) {
        (Some(name), Some(service)) => format!("{to}, {name} ({service})"),
        (Some(name), None) => format!("{to}, {name}"),
        (None, _) => to.to_owned(),
    };
    let words = format!("Depuis le {on}, {who} a aussi votre dossier.");
    Some((words, last.purpose.clone().unwrap_or_default()))
}

fn referred(beside: &Beside) -> Option<Referred> {
    let last = beside.mediation.as_ref()?;
    let by = match last.referred_by {
        ReferredBy::Person => "Vous avez saisi le médiateur",
        ReferredBy::Representative => "Le médiateur a été saisi en votre nom",
        ReferredBy::Firm => "Nous avons saisi le médiateur",
    };
    let on = plain_date(last.referred_on);
    let mut words = vec![match &last.number {
        Some(number) => format!("{by} le {on}, sous le numéro {number}."),
        None => format!("{by} le {on}."),
    }];
    words.extend(match (last.documents_sent_on, last.is_open()) {
        (Some(on), _) => Some(format!(
            "Nous lui avons envoyé nos documents le {}.",
            plain_date(on)
        )),
        (None, true) => Some(format!(
            "Nous lui envoyons nos documents au plus tard le {}.",
            plain_date(last.documents_due_on)
        )),
        (None, false) => None,
    });
    if let Some((on, issue)) = last.opinion_on.zip(last.issue) {
        let on = plain_date(on);
        words.push(match issue {
            Issue::Followed => format!("Il a rendu son avis le {on}, et nous le suivons."),
            Issue::NotFollowed => {
                format!("Il a rendu son avis le {on}, et nous ne le suivons pas.")
            }
            Issue::NoOpinion => format!("La médiation a pris fin le {on}, sans avis."),
        });
    }
    words.extend(match (last.follow_up_on, last.followed_up_on) {
        (_, Some(on)) => Some(format!(
            "Ce qu’il demandait est fait depuis le {}.",
            plain_date(on)
        )),
        (Some(on), None) => Some(format!(
            "Nous ferons ce qu’il demande au plus tard le {}.",
            plain_date(on)
        )),
        (None, None) => None,
    });
    Some(Referred {
        is_open: last.is_open(),
        words,
        grounds: last.grounds.clone(),
    })
}

fn withdrawn(dossier: &Dossier, beside: &Beside) -> Option<String> {
    let taken = beside.withdrawal.as_ref()?;
    if dossier.case.status != Status::Withdrawn || taken.objected_at.is_some() {
        return None;
    }
    let way = match taken.channel {
        Channel::Web => "dans un message",
        Channel::Email => "par courriel",
        Channel::Post => "par courrier",
        Channel::Phone => "par téléphone",
        Channel::Counter => "dans nos locaux",
    };
    Some(format!(
        "Nous l’avons retirée à votre demande, faite {way} le {}.",
        plain_date(taken.asked_on)
    ))
}
