//! The French words of the back office for what a case is made of.

use crate::case::answer::{Outcome, Position};
use crate::case::exchange::MessageKind;
use crate::case::filing::{Capacity, ContactWay, Mandate, PreferredReply, SubscriptionPath};
use crate::case::outside::{Issue, Recipient, ReferredBy};
use crate::case::persons::Likeness;
use crate::case::{
    Channel, LateCause, LateClock, Nature, PostalKind, Purpose, Satisfaction, Status,
};

/// What it is.
pub(crate) const fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Complaint => "Réclamation",
        Nature::InformationRequest => "Demande d’information",
    }
}

/// How it reached us.
pub(crate) const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "Site",
        Channel::Email => "Courriel",
        Channel::Post => "Courrier",
        Channel::Phone => "Téléphone",
        Channel::Counter => "Accueil",
    }
}

/// Where it stands.
pub(crate) const fn status(status: Status, nature: Nature) -> &'static str {
    match (status, nature) {
        (Status::Received, Nature::Complaint) => "Reçue, accusé à remettre",
        (Status::Received, Nature::InformationRequest) => "Reçue, réponse à rédiger",
        (Status::Acknowledged, _) => "Accusé remis, réponse à rédiger",
        (Status::Answered, _) => "Répondue, à clôturer",
        (Status::Closed, _) => "Close",
        (Status::Withdrawn, _) => "Retirée par la personne",
    }
}

/// The same in one word, for lists: the date beside it says what is due.
pub(crate) const fn short_status(status: Status) -> &'static str {
    match status {
        Status::Received => "Reçue",
        Status::Acknowledged => "Accusée",
        Status::Answered => "Répondue",
        Status::Closed => "Close",
        Status::Withdrawn => "Retirée",
    }
}

/// The tone of the badge of a state; the words say it too.
pub(crate) const fn status_tone(status: Status) -> &'static str {
    match status {
        Status::Received => "soon",
        Status::Acknowledged => "blue",
        Status::Answered => "ok",
        Status::Closed | Status::Withdrawn => "",
    }
}

/// What a case is and where it stands: « Réclamation, close ».
pub(crate) fn standing(nature: Nature, status: Status) -> String {
    let status = short_status(status).to_lowercase();
    format!("{}, {status}", self::nature(nature))
}

/// What two cases have in common.
pub(crate) fn likeness(by: &[Likeness]) -> String {
    let words = by.iter().map(|likeness| match likeness {
        Likeness::Email => "même adresse e-mail",
        Likeness::Contract => "même contrat",
        Likeness::Name => "même nom",
    });
    words.collect::<Vec<_>>().join(", ")
}

/// In what capacity the person files.
pub(crate) const fn capacity(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Client => "Client",
        Capacity::FormerClient => "Ancien client",
        Capacity::Beneficiary => "Bénéficiaire",
        Capacity::Heir => "Héritier ou ayant droit",
        Capacity::Representative => "Mandataire",
        Capacity::Prospect => "Prospect",
        Capacity::Other => "Autre",
    }
}

/// Through whom the contract was taken out.
pub(crate) const fn subscription_path(path: SubscriptionPath) -> &'static str {
    match path {
        SubscriptionPath::Direct => "Asekkey, en direct",
        SubscriptionPath::Broker => "Un courtier",
        SubscriptionPath::Distributor => "Un distributeur",
        SubscriptionPath::Adviser => "Un conseiller",
        SubscriptionPath::Unknown => "Non précisé, ou sans contrat",
    }
}

/// A legal date that was missed.
pub(crate) const fn late_clock(clock: LateClock) -> &'static str {
    match clock {
        LateClock::Acknowledgement => "Accusé de réception",
        LateClock::Answer => "Réponse motivée",
    }
}

/// Why it was missed.
pub(crate) const fn late_cause(cause: LateCause) -> &'static str {
    match cause {
        LateCause::BeforeArrival => "Antérieur à l’arrivée",
        LateCause::Workload => "Charge de travail",
        LateCause::Absence => "Absence",
        LateCause::ThirdParty => "Attente d’un assureur, d’un expert ou d’un distributeur",
        LateCause::Sending => "Envoi retardé ou en échec",
        LateCause::Mistake => "Erreur de notre part",
        LateCause::Other => "Autre cause",
    }
}

/// What an answer decides.
pub(crate) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "Satisfaction",
        Outcome::PartlyUpheld => "Satisfaction partielle",
        Outcome::Rejected => "Refus",
        Outcome::NoAction => "Sans suite",
    }
}

/// The position on a grievance.
pub(crate) const fn position(position: Position) -> &'static str {
    match position {
        Position::Accepted => "Fondé",
        Position::PartlyAccepted => "Fondé en partie",
        Position::Refused => "Non fondé",
    }
}

/// What the person thinks of our answer.
pub(crate) const fn satisfaction(level: Satisfaction) -> &'static str {
    match level {
        Satisfaction::Satisfied => "Satisfaite de la réponse",
        Satisfaction::Partly => "Satisfaite en partie",
        Satisfaction::Unsatisfied => "Pas satisfaite",
    }
}

/// What an e-mail is for.
pub(crate) const fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Acknowledgement => "Accusé de réception",
        Purpose::Receipt => "Avis de réception de la demande",
        Purpose::Copy => "Copie datée du dépôt",
        Purpose::Message => "Message à la personne",
        Purpose::Answer => "Réponse motivée",
        Purpose::Notice => "Avis au Service client",
        Purpose::LostCode => "Code d’accès perdu",
        Purpose::Withdrawal => "Confirmation du retrait",
        Purpose::AddressToConfirm => "Demande de confirmation de la nouvelle adresse",
        Purpose::AddressChanged => "Avis de changement à l’ancienne adresse",
        Purpose::Requalification => "Avis de requalification",
    }
}

/// What a message of the thread is, among ours.
pub(crate) const fn message(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Asked => "Élément demandé à la personne",
        MessageKind::HoldingLetter => "Lettre d’attente",
        MessageKind::Transfer => "Avis de transmission",
        MessageKind::WithdrawalTaken => "Avis de retrait",
        MessageKind::Mediation => "Médiation",
        MessageKind::ToPerson => "Message à la personne",
        MessageKind::FromPerson | MessageKind::Disagreement | MessageKind::Withdrawal => {
            "Message de la personne"
        }
    }
}

/// To whom something was passed on, after « transmis ».
pub(crate) const fn transferred_to(to: Recipient) -> &'static str {
    match to {
        Recipient::Insurer => "à l’assureur",
        Recipient::Distributor => "au distributeur",
        Recipient::Other => "à un autre organisme",
        Recipient::Mediator => "au médiateur (courrier reçu pour lui)",
    }
}

/// How the person asked, after « demandé ».
pub(crate) const fn asked_through(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "dans un message du site",
        Channel::Email => "par courriel",
        Channel::Post => "par courrier",
        Channel::Phone => "par téléphone",
        Channel::Counter => "à l’accueil",
    }
}

/// Who referred to the mediator, after « saisi ».
pub(crate) const fn referred_by(by: ReferredBy) -> &'static str {
    match by {
        ReferredBy::Person => "par la personne",
        ReferredBy::Representative => "au nom de la personne",
        ReferredBy::Firm => "par Asekkey",
    }
}

/// What we make of the mediator's opinion.
pub(crate) const fn issue(issue: Issue) -> &'static str {
    match issue {
        Issue::Followed => "suivi",
        Issue::NotFollowed => "non suivi",
        Issue::NoOpinion => "sans avis",
    }
}

/// What must leave by post.
pub(crate) const fn letter(kind: PostalKind) -> &'static str {
    match kind {
        PostalKind::Acknowledgement => "Accusé de réception",
        PostalKind::Copy => "Copie datée de ce que la personne a écrit",
        PostalKind::Message => "Message à la personne",
        PostalKind::Answer => "Réponse motivée",
        PostalKind::Requalification => "Avis de requalification",
        PostalKind::Conversion => "Avis de suivi comme réclamation",
    }
}

/// How the person turned to their usual contact before.
pub(crate) fn contact_way(way: ContactWay) -> String {
    match way {
        ContactWay::Written => "Par écrit".to_owned(),
        ContactWay::Spoken => "De vive voix ou par téléphone".to_owned(),
    }
}

/// Where the mandate of a representative is.
pub(crate) fn mandate(mandate: Mandate) -> String {
    match mandate {
        Mandate::Joined => "Annoncé parmi les pièces".to_owned(),
        Mandate::Later => "À recevoir".to_owned(),
    }
}

/// How the person prefers to be answered.
pub(crate) fn preferred_reply(preferred: PreferredReply) -> String {
    match preferred {
        PreferredReply::Email => "Par courriel".to_owned(),
        PreferredReply::Post => "Par courrier".to_owned(),
    }
}
