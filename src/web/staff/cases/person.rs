//! Who files, in what situation, and how to reach them, in words.

use crate::calendar::{long_date, paris_date, plain_date};
use crate::case::Dossier;
use crate::web::staff::words;

/// A fact and its name.
pub(in crate::web::staff) struct Fact {
    pub(in crate::web::staff) name: &'static str,
    pub(in crate::web::staff) value: String,
    /// Beside the value: its tone and its words.
    pub(super) badge: Option<(&'static str, String)>,
}

/// What is known of the person and of the situation, in the order of the form.
pub(super) fn facts(dossier: &Dossier) -> Vec<Fact> {
    let filing = &dossier.filing;
    let standing = if filing.is_professional {
        "à titre professionnel"
    } else {
        "à titre particulier"
    };
    let mut facts = vec![
        fact("Nom", format!("{} {}", filing.first_name, filing.last_name)),
        fact(
            "À quel titre",
            format!("{}, {standing}", words::capacity(filing.capacity)),
        ),
    ];
    let mut add = |name, value: Option<&String>| {
        facts.extend(value.map(|value| fact(name, value.clone())));
    };
    add("Pour le compte de", filing.represented.as_ref());
    let mandate = filing.mandate.map(words::mandate);
    add("Mandat", mandate.as_ref());
    let path = words::subscription_path(filing.subscription_path).to_owned();
    let path = match &filing.intermediary {
        Some(name) => format!("{path}\u{202f}: {name}"),
        None => path,
    };
    add("Souscrit via", Some(&path));
    add("Numéro de contrat", filing.contract_number.as_ref());
    let way = filing.earlier_way.map(words::contact_way);
    add("Contact préalable", way.as_ref());
    add("Premier interlocuteur", filing.earlier_contact.as_ref());
    let declared = dossier.dates.declared_earlier_on.map(long_date);
    add("Premier écrit déclaré", declared.as_ref());
    let spoken = filing.earlier_spoken_on.map(long_date);
    add("Échange de vive voix", spoken.as_ref());
    add("Réponse alors reçue", filing.earlier_reply.as_ref());
    add("Produit", dossier.topic.product.as_ref());
    add("Sujet", dossier.topic.subject.as_ref());
    add("Quand, selon la personne", filing.facts_when.as_ref());
    add("Besoin d’accessibilité", filing.accessibility.as_ref());
    add("Téléphone", filing.phone.as_ref());
    add("Adresse postale", filing.postal_address.as_ref());
    facts.extend(email(dossier));
    let preferred = words::preferred_reply(filing.preferred_reply);
    facts.push(fact("Réponse souhaitée", preferred));
    facts.extend(changed(dossier));
    facts
}

/// That the person changed how to reach them.
fn changed(dossier: &Dossier) -> Option<Fact> {
    let at = dossier.filing.contact_changed_at?;
    let told = format!("par la personne, le {}", plain_date(paris_date(at)));
    Some(fact("Coordonnées modifiées", told))
}

fn email(dossier: &Dossier) -> Option<Fact> {
    let address = dossier.filing.email.clone()?;
    let badge = match dossier.filing.email_confirmed_at {
        Some(at) => (
            "ok",
            format!("adresse confirmée le {}", plain_date(paris_date(at))),
        ),
        None => ("soon", "adresse non confirmée".to_owned()),
    };
    Some(Fact {
        name: "E-mail",
        value: address,
        badge: Some(badge),
    })
}

pub(in crate::web::staff) const fn fact(name: &'static str, value: String) -> Fact {
    Fact {
        name,
        value,
        badge: None,
    }
}
