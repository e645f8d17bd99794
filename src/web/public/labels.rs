//! The French words of the codes a filing is made of.

use crate::case::filing::{Capacity, SubscriptionPath};

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
