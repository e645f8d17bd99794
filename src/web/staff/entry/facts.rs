//! What was typed, in words, to be read over before it is registered.

use crate::calendar::long_date;
use crate::case::catalogue::Listed;
use crate::case::entry::{ByHand, Spoken};
use crate::case::filing::{EarlierContact, Filing, Line};
use crate::web::staff::cases::person::{Fact, fact};
use crate::web::staff::words;

/// The facts, in the order of the form.
pub(super) fn of(by_hand: &ByHand) -> Vec<Fact> {
    let mut facts = arrival(by_hand);
    facts.extend(person(&by_hand.filing));
    facts.extend(topic(&by_hand.filing));
    facts
}

fn person(filing: &Filing) -> Vec<Fact> {
    let (situation, contact) = (&filing.situation, &filing.contact);
    let standing = if situation.is_professional {
        "à titre professionnel"
    } else {
        "à titre particulier"
    };
    let capacity = words::capacity(situation.capacity);
    let reply_to = &contact.reply_to;
    known([
        ("Nom", Some(filing.person.full_name())),
        ("À quel titre", Some(format!("{capacity}, {standing}"))),
        ("Pour le compte de", line(situation.represented.as_ref())),
        (
            "Adresse e-mail",
            reply_to.email().map(|email| email.as_str().to_owned()),
        ),
        (
            "Adresse postale",
            reply_to
                .postal_address()
                .map(|post| post.as_str().to_owned()),
        ),
        ("Téléphone", line(contact.phone.as_ref())),
    ])
}

fn topic(filing: &Filing) -> Vec<Fact> {
    let (situation, statement) = (&filing.situation, &filing.statement);
    let path = words::subscription_path(situation.subscription.path);
    let earlier = situation.earlier.as_ref();
    let listed = |listed: &Option<Listed>| listed.as_ref().map(|listed| listed.label.clone());
    known([
        ("Souscrit via", Some(path.to_owned())),
        (
            "Intermédiaire",
            line(situation.subscription.intermediary.as_ref()),
        ),
        (
            "Numéro de contrat",
            line(situation.contract_number.as_ref()),
        ),
        ("Produit", listed(&statement.product)),
        ("Sujet", listed(&statement.subject)),
        ("Quand, selon la personne", line(statement.when.as_ref())),
        (
            "Premier interlocuteur",
            line(earlier.and_then(|earlier| earlier.with.as_ref())),
        ),
        (
            "Premier écrit déclaré",
            earlier.and_then(EarlierContact::written_on).map(long_date),
        ),
    ])
}

fn line<const MAX: u64>(line: Option<&Line<MAX>>) -> Option<String> {
    line.map(|line| line.as_str().to_owned())
}

/// Those that are known.
fn known<const N: usize>(facts: [(&'static str, Option<String>); N]) -> Vec<Fact> {
    let known = facts.into_iter();
    known
        .filter_map(|(name, value)| Some(fact(name, value?)))
        .collect()
}

/// How and when it reached us, and what became of it if it was only said.
fn arrival(by_hand: &ByHand) -> Vec<Fact> {
    let arrival = &by_hand.dated.arrival;
    let said = match &by_hand.spoken {
        Some(Spoken::Satisfied(how)) => Some(fact("Satisfaite aussitôt", how.as_str().to_owned())),
        Some(Spoken::Invited(Some(on))) => Some(fact("Invitée à écrire le", long_date(*on))),
        Some(Spoken::Invited(None)) | None => None,
    };
    let written = arrival.first_written_on();
    [
        written.map(|on| fact("Envoyé le", long_date(on))),
        written.map(|_| fact("Reçu le", long_date(arrival.received_on()))),
        arrival
            .expressed_on()
            .map(|on| fact("Échange du", long_date(on))),
        said,
    ]
    .into_iter()
    .flatten()
    .collect()
}
