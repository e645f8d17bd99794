//! The French words of the codes a filing is made of.

use crate::case::filing::{Capacity, ContactWay, Mandate, PreferredReply, SubscriptionPath};

/// In what capacity.
pub(super) const fn capacity(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Client => "Client",
        Capacity::FormerClient => "Ancien client",
        Capacity::Beneficiary => "Bénéficiaire d’un contrat",
        Capacity::Heir => "Héritier ou ayant droit",
        Capacity::Representative => "Mandataire, je représente une autre personne",
        Capacity::Prospect => "Futur client, j’ai demandé ou reçu une proposition",
        Capacity::Other => "Autre",
    }
}

/// Through whom the contract was taken out.
pub(super) const fn subscription_path(path: SubscriptionPath) -> &'static str {
    match path {
        SubscriptionPath::Direct => "Directement auprès d’Asekkey",
        SubscriptionPath::Broker => "Par un courtier",
        SubscriptionPath::Distributor => "Par un distributeur",
        SubscriptionPath::Adviser => "Par un conseiller",
        SubscriptionPath::Unknown => "Je ne sais pas, ou sans contrat",
    }
}

/// Where the mandate is.
pub(super) const fn mandate(mandate: Mandate) -> &'static str {
    match mandate {
        Mandate::Joined => "Je le joins à cet envoi",
        Mandate::Later => "Je l’enverrai plus tard",
    }
}

/// How an earlier contact was made.
pub(super) const fn contact_way(way: ContactWay) -> &'static str {
    match way {
        ContactWay::Written => "Oui, par écrit",
        ContactWay::Spoken => "Oui, de vive voix ou par téléphone",
    }
}

/// How the person prefers to be answered.
pub(super) const fn preferred_reply(preferred: PreferredReply) -> &'static str {
    match preferred {
        PreferredReply::Email => "Par courriel",
        PreferredReply::Post => "Par courrier",
    }
}
