//! What a person wrote, told back to them: before sending, and on the copy they keep.

use chrono::NaiveDate;

use crate::calendar::{DeclaredDate, paris_date, plain_date};
use crate::case::dossier::FilingRow;
use crate::case::filing::{
    Capacity, ContactWay, Filing, Line, Mandate, PreferredReply, Step, SubscriptionPath, Text,
};
use crate::case::{Channel, Dossier, Nature};
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
    /// Whether the form asked for each of them: what a letter or an e-mail does not say is told as said
    /// by nobody.
    was_asked: bool,
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
    mandate: Option<Mandate>,
    earlier: Option<Earlier<'a>>,
    preferred: PreferredReply,
    product: Option<&'a str>,
    subject: Option<&'a str>,
    when: Option<&'a str>,
    facts: &'a str,
    expectation: Option<&'a str>,
}

/// An earlier contact.
struct Earlier<'a> {
    way: ContactWay,
    with: Option<&'a str>,
    on: Option<NaiveDate>,
    reply: Option<&'a str>,
    /// Paris day of the filing, on which its date is judged.
    judged_on: NaiveDate,
}

/// What is about to be sent, on `today` (Paris).
pub(super) fn of_filing(filing: &Filing, today: NaiveDate) -> Vec<Section> {
    let (contact, situation) = (&filing.contact, &filing.situation);
    let statement = &filing.statement;
    sections(&Told {
        was_asked: true,
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
        mandate: situation.mandate,
        earlier: situation.earlier.as_ref().map(|earlier| Earlier {
            way: earlier.way,
            with: earlier.with.as_ref().map(Line::as_str),
            on: earlier.on,
            reply: earlier.reply.as_ref().map(Line::as_str),
            judged_on: today,
        }),
        preferred: contact.preferred,
        product: statement.product.as_ref().map(|line| line.label.as_str()),
        subject: statement.subject.as_ref().map(|line| line.label.as_str()),
        when: statement.when.as_ref().map(Line::as_str),
        facts: statement.facts.as_str(),
        expectation: statement.expectation.as_ref().map(Text::as_str),
    })
}

/// What was sent, as it is kept: `filing` holds how to reach the person as they gave it then. A
/// change since is told by its date.
pub(super) fn of_dossier(dossier: &Dossier, filing: &FilingRow) -> Vec<Section> {
    let mut sections = sections(&Told {
        was_asked: dossier.case.channel == Channel::Web,
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
        mandate: filing.mandate,
        earlier: earlier(dossier),
        preferred: filing.preferred_reply,
        product: dossier.topic.product.as_deref(),
        subject: dossier.topic.subject.as_deref(),
        when: filing.facts_when.as_deref(),
        facts: &filing.facts,
        expectation: filing.expectation.as_deref(),
    });
    if let (Some(at), Some(contact)) = (filing.contact_changed_at, sections.last_mut()) {
        let on = plain_date(paris_date(at));
        contact.facts.push(fact("Coordonnées modifiées le", &on));
    }
    sections
}

fn earlier(dossier: &Dossier) -> Option<Earlier<'_>> {
    let (filing, dates) = (&dossier.filing, &dossier.dates);
    let way = match (filing.earlier_way, dates.declared_earlier_on) {
        (Some(way), _) => way,
        (None, Some(_)) => ContactWay::Written,
        (None, None) => return None,
    };
    Some(Earlier {
        way,
        with: filing.earlier_contact.as_deref(),
        on: match way {
            ContactWay::Written => dates.declared_earlier_on,
            ContactWay::Spoken => filing.earlier_spoken_on,
        },
        reply: filing.earlier_reply.as_deref(),
        judged_on: paris_date(dossier.case.entered_at),
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
    let intent = told.was_asked.then(|| fact("Vous souhaitez", intent));
    let intent = intent.into_iter().collect();
    let mut sections = vec![
        section("demarche", "Votre démarche", Step::Intent, intent),
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
    ];
    sections.retain(|section| !section.facts.is_empty());
    sections
}

fn situation(told: &Told<'_>) -> Vec<Fact> {
    let professional = if told.is_professional { "Oui" } else { "Non" };
    let mut facts = Vec::new();
    if told.was_asked || told.capacity != Capacity::Other {
        facts.push(fact("À quel titre", labels::capacity(told.capacity)));
    }
    facts.extend(optional("Personne représentée", told.represented));
    let mandate = told.mandate.map(labels::mandate);
    facts.extend(optional("Mandat", mandate));
    if told.was_asked || told.is_professional {
        facts.push(fact("En tant que professionnel", professional));
    }
    let is_known = told.was_asked || told.path != SubscriptionPath::Unknown;
    if told.nature == Nature::Complaint && is_known {
        facts.push(fact("Souscrit", labels::subscription_path(told.path)));
    }
    facts.extend(optional("Nom de l’intermédiaire", told.intermediary));
    facts.extend(optional("Numéro du contrat", told.contract_number));
    facts.extend(told.earlier.iter().flat_map(earlier_contact));
    facts
}

fn earlier_contact(earlier: &Earlier<'_>) -> Vec<Fact> {
    let way = labels::contact_way(earlier.way);
    let mut facts = vec![fact("Interlocuteur habituel déjà contacté", way)];
    facts.extend(optional("Qui", earlier.with));
    let on = earlier.on.map(|on| {
        let (words, effect) = (plain_date(on), effect_of(on, earlier));
        format!("{words}{effect}")
    });
    facts.extend(optional("Date de ce contact", on.as_deref()));
    facts.extend(optional("Réponse reçue", earlier.reply));
    facts
}

/// What the date changes: nothing is promised that the calendar does not do.
fn effect_of(on: NaiveDate, earlier: &Earlier<'_>) -> &'static str {
    let filed_on = earlier.judged_on;
    match (earlier.way, DeclaredDate::judge(on, filed_on, filed_on)) {
        (ContactWay::Written, DeclaredDate::Counts) => {
            "\nNos délais sont comptés depuis cet écrit."
        }
        (ContactWay::Written, DeclaredDate::TooOld) => {
            "\nCette date remonte à plus de deux ans\u{202f}: elle est conservée dans votre dossier, \
             mais nos délais sont comptés depuis votre envoi."
        }
        (ContactWay::Spoken, _) => {
            "\nUn échange de vive voix est noté dans votre dossier\u{202f}; nos délais sont comptés \
             depuis votre envoi."
        }
        (ContactWay::Written, DeclaredDate::NotEarlier | DeclaredDate::InTheFuture) => "",
    }
}

fn statement(told: &Told<'_>, title: &'static str) -> Vec<Fact> {
    let unknown = told.was_asked.then_some("Je ne sais pas");
    let mut facts = Vec::new();
    facts.extend(optional("Produit concerné", told.product.or(unknown)));
    facts.extend(optional("Sujet", told.subject.or(unknown)));
    facts.push(fact(title, told.facts));
    facts.extend(optional("Quand", told.when));
    facts.extend(optional("Ce que vous attendez de nous", told.expectation));
    facts
}

fn contact(told: &Told<'_>) -> Vec<Fact> {
    let mut facts = vec![fact("Prénom et nom", &told.name.join(" "))];
    facts.extend(optional("Adresse e-mail", told.email));
    facts.extend(optional("Adresse postale", told.postal_address));
    let preferred = labels::preferred_reply(told.preferred);
    facts.push(fact("Réponse souhaitée", preferred));
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
