//! `/gestion/courriels`: the ledger of e-mails, and the trial of a relay.

pub(super) mod ledger;
pub(super) mod relay;
mod words;
