//! The way e-mails go out: a relay or, for want of one, a folder.

use chrono::{DateTime, Utc};

use crate::mail::{Claimed, Delivery, EmlFolder, Relay};

/// Who carries the e-mails of this installation.
#[derive(Clone, Debug)]
pub enum Carrier {
    /// A relay is configured.
    Relay(Relay),
    /// None is: they are written, and stay *non envoyés*.
    Folder(EmlFolder),
}

impl Carrier {
    /// Whether what it carries leaves us.
    pub const fn is_relay(&self) -> bool {
        matches!(self, Self::Relay(_))
    }

    /// Tries once to carry the e-mail, dated `at`.
    pub async fn carry(&self, mail: &Claimed, at: DateTime<Utc>) -> Delivery {
        match self {
            Self::Relay(relay) => relay.send(mail, at).await,
            Self::Folder(folder) => folder.write(mail, at).await,
        }
    }
}
