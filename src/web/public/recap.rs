//! What a person wrote, told back to them: before sending, and on the copy they keep.

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::case::dossier::{DatesRow, FilingRow};
use crate::case::filing::{Capacity, Filing, Line, Step, SubscriptionPath, Text};
use crate::case::{Dossier, Nature};
use crate::web::public::deposit::step_url;
use crate::web::public::labels;

/// One group of answers.
pub(super) struct Section {
    /// Id of its heading.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) title: &'static str,
    /// Where it can be changed.
    pub(super) address: String,
    /// Its answers.
    pub(super) facts: Vec<Fact>,
}

/// One answer.
pub(super) struct Fact {
    /// What was asked.
    pub(super) label: &'static str,
    /// What was answered.
    pub(super) text: String,
}

/// The answers, wherever they come from.
struct Told<'a> {
    nature: Nature,
    name: [&'a str; 2],
    email: Option<&'a str>,
    postal_address: Option<&'a str>,
    phone: Option<&'a str>,
    accessibility: Option<&'a str>,
    capacity: Capacity,
    represented: Option<&'a str>,
    is_professional: bool,
    path: SubscriptionPath,
    intermediary: Option<&'a str>,
    contract_number: Option<&'a str>,
    wrote_to: Option<&'a str>,
    wrote_on: Option<NaiveDate>,
    when: Option<&'a str>,
    facts: &'a str,
    expectation: Option<&'a str>,
}

/// What is about to be sent.
pub(super) fn of_filing(filing: &Filing) -> Vec<Section> {
    let (contact, situation) = (&filing.contact, &filing.situation);
    let earlier = situation.earlier_writing.as_ref();
    sections(&Told {
        nature: filing.nature_declared.unwrap_or(Nature::Complaint),
        name: [
            filing.person.first_name.as_str(),
            filing.person.last_name.as_str(),
        ],
        email: contact
            .reply_to
            .email()
            .map(crate::mail::EmailAddress::as_str),
        postal_address: contact.reply_to.postal_address().map(Text::as_str),
        phone: contact.phone.as_ref().map(Line::as_str),
        accessibility: contact.accessibility.as_ref().map(Line::as_str),
        capacity: situation.capacity,
        represented: situation.represented.as_ref().map(Line::as_str),
        is_professional: situation.is_professional,
        path: situation.subscription.path,
        intermediary: situation
            .subscription
            .intermediary
            .as_ref()
            .map(Line::as_str),
        contract_number: situation.contract_number.as_ref().map(Line::as_str),
        wrote_to: earlier.map(|earlier| earlier.to_whom.as_str()),
        wrote_on: earlier.and_then(|earlier| earlier.written_on),
        when: filing.statement.when.as_ref().map(Line::as_str),
        facts: filing.statement.facts.as_str(),
        expectation: filing.statement.expectation.as_ref().map(Text::as_str),
    })
}

/// What was sent, as it is kept.
pub(super) fn of_dossier(dossier: &Dossier) -> Vec<Section> {
    let filing: &FilingRow = &dossier.filing;
    let dates: &DatesRow = &dossier.dates;
    sections(&Told {
        nature: dossier.case.nature,
        name: [&filing.first_name, &filing.last_name],
        email: filing.email.as_deref(),
        postal_address: filing.postal_address.as_deref(),
        phone: filing.phone.as_deref(),
        accessibility: filing.accessibility.as_deref(),
        capacity: filing.capacity,
        represented: filing.represented.as_deref(),
        is_professional: filing.is_professional,
        path: filing.subscription_path,
        intermediary: filing.intermediary.as_deref(),
        contract_number: filing.contract_number.as_deref(),
        wrote_to: filing.earlier_contact.as_deref(),
        wrote_on: dates.declared_earlier_on,
        when: filing.facts_when.as_deref(),
        facts: &filing.facts,
        expectation: filing.expectation.as_deref(),
    })
}

fn sections(told: &Told<'_>) -> Vec<Section> {
    let (intent, situation_at, facts_title) = match told.nature {
        Nature::Complaint => (
            "Exprimer un mécontentement (réclamation)",
            Step::Situation,
            "Ce qui s’est passé",
        ),
        Nature::InformationRequest => (
            "Poser une question ou demander un service",
            Step::Facts,
            "Votre demande",
        ),
    };
    vec![
        section(
            "demarche",
            "Votre démarche",
            Step::Intent,
            vec![fact("Vous souhaitez", intent)],
        ),
        section(
            "situation",
            "Votre situation",
            situation_at,
            situation(told),
        ),
        section(
            "faits",
            facts_title,
            Step::Facts,
            statement(told, facts_title),
        ),
        section("joindre", "Vous joindre", Step::Contact, contact(told)),
    ]
}

fn situation(told: &Told<'_>) -> Vec<Fact> {
    let professional = if told.is_professional { "Oui" } else { "Non" };
    let mut facts = vec![fact("À quel titre", labels::capacity(told.capacity))];
    facts.extend(optional("Personne représentée", told.represented));
    facts.push(fact("En tant que professionnel", professional));
    if told.nature == Nature::Complaint {
        facts.push(fact("Souscrit", labels::subscription_path(told.path)));
    }
    facts.extend(optional("Nom de l’intermédiaire", told.intermediary));
    facts.extend(optional("Numéro du contrat", told.contract_number));
    facts.extend(optional("Premier écrit adressé à", told.wrote_to));
    let wrote_on = told.wrote_on.map(plain_date);
    facts.extend(optional("Date de ce premier écrit", wrote_on.as_deref()));
    facts
}

fn statement(told: &Told<'_>, title: &'static str) -> Vec<Fact> {
    let mut facts = vec![fact(title, told.facts)];
    facts.extend(optional("Quand", told.when));
    facts.extend(optional("Ce que vous attendez de nous", told.expectation));
    facts
}

fn contact(told: &Told<'_>) -> Vec<Fact> {
    let mut facts = vec![fact("Prénom et nom", &told.name.join(" "))];
    facts.extend(optional("Adresse e-mail", told.email));
    facts.extend(optional("Adresse postale", told.postal_address));
    facts.extend(optional("Téléphone", told.phone));
    facts.extend(optional("Besoin particulier", told.accessibility));
    facts
}

fn section(id: &'static str, title: &'static str, step: Step, facts: Vec<Fact>) -> Section {
    Section {
        id,
        title,
        address: step_url(step),
        facts,
    }
}

fn fact(label: &'static str, text: &str) -> Fact {
    Fact {
        label,
        text: text.to_owned(),
    }
}

fn optional(label: &'static str, text: Option<&str>) -> Option<Fact> {
    text.map(|text| fact(label, text))
}
