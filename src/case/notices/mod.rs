//! What staff are told by e-mail: one digest on the morning of each working day, and at once only what
//! cannot wait. In office hours, and never anything about the person.

mod alerts;
mod digest;
mod recipients;

pub(super) use alerts::disagreement;
pub use alerts::{failed_sending, returned_sending, tell_last_days};
pub use digest::send as send_digests;

use std::sync::Arc;

use crate::settings::Live;

/// What notices need to know of the office.
#[derive(Clone, Debug)]
pub struct Notices {
    /// Address of the site, without a slash at its end.
    pub site: String,
    /// What administrators set: who is told at nine tenths, when cases are archived.
    pub settings: Arc<Live>,
}

impl Notices {
    /// The back office, absolute.
    fn desk(&self) -> String {
        format!("{}/gestion", self.site)
    }

    /// The desk of the e-mails that arrive, absolute.
    fn incoming(&self) -> String {
        format!("{}/courriels/recus", self.desk())
    }

    /// A case in the back office, absolute.
    fn case(&self, reference: &str) -> String {
        format!("{}/gestion/dossiers/{reference}", self.site)
    }
}
