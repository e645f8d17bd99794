//! The signed link by which an e-mail opens a case for reading, and the way it replaces.

use chrono::{DateTime, NaiveDate, Utc};

use crate::case::dossier::{self, Dossier};
use crate::case::links::{Bond, Claim, LinkError, LinkPurpose};
use crate::case::{Channel, Office, Reference};
use crate::db::{Conn, DbError};
use crate::mail::words::FollowWay;

impl Dossier {
    /// Whether its person has, or can ask for, the code of the page of the case: they filed on the site, or
    /// gave an e-mail address.
    pub fn is_followed_online(&self) -> bool {
        self.case.channel == Channel::Web || self.filing.email.is_some()
    }
}

/// The way from an e-mail to the page of a case.
#[derive(Clone, Debug)]
pub struct WayIn {
    url: String,
    opens_until: Option<NaiveDate>,
    has_code: bool,
}

impl WayIn {
    /// The page that asks for the reference and the code.
    pub fn by_code(office: &Office) -> Self {
        Self {
            url: office.links.follow_url(),
            opens_until: None,
            has_code: true,
        }
    }

    /// For the first e-mail about a case: whoever did not file it on the site has seen no code yet,
    /// and gets the page that makes one.
    pub fn first(office: &Office, channel: Channel) -> Self {
        if channel == Channel::Web {
            return Self::by_code(office);
        }
        Self {
            url: office.links.lost_code_url(),
            opens_until: None,
            has_code: false,
        }
    }

    /// For an e-mail to the address of the case: a link that opens it if the address is confirmed.
    /// One that is not may be a stranger's, typed by mistake: it gets the page that asks, and so does
    /// everybody when the case holds sensitive data.
    pub fn of(office: &Office, dossier: &Dossier, at: DateTime<Utc>) -> Self {
        if dossier.email_carries_content() {
            Self::by_link(office, dossier, at)
        } else {
            Self::by_known_code(office, dossier)
        }
    }

    fn by_known_code(office: &Office, dossier: &Dossier) -> Self {
        match dossier.case.code_generation {
            0 => Self::first(office, dossier.case.channel),
            _ => Self::by_code(office),
        }
    }

    /// For an e-mail to an address that has just been confirmed.
    pub fn by_link(office: &Office, dossier: &Dossier, at: DateTime<Utc>) -> Self {
        let link = office.links.follow(dossier.case.id(), bond_of(dossier), at);
        Self {
            url: link.url,
            opens_until: Some(link.valid_until),
            has_code: true,
        }
    }

    /// As the words of e-mails take it.
    pub fn as_words(&self) -> FollowWay<'_> {
        FollowWay {
            url: &self.url,
            opens_until: self.opens_until,
            has_code: self.has_code,
        }
    }
}

/// Why a link opened nothing.
#[derive(Debug, thiserror::Error)]
pub enum WayError {
    /// The link cannot be used.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
}

/// A case opened by a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WayThrough {
    /// Its reference.
    pub reference: Reference,
    /// Generation of its access code.
    pub code_generation: i32,
}

/// The case that a link of an e-mail opens for reading.
///
/// # Errors
/// When the link is forged or expired, the address or the access code has changed since, or the case
/// holds sensitive data: it is then read behind the code alone.
pub async fn through_link(
    conn: &mut Conn,
    office: &Office,
    token: &str,
    at: DateTime<Utc>,
) -> Result<WayThrough, WayError> {
    let claim = office.links.read(LinkPurpose::Follow, token, at)?;
    let dossier = claimed(conn, &claim).await?;
    let is_live = office.links.is_bound_to(&claim, bond_of(&dossier));
    if !is_live || dossier.case.is_sensitive {
        return Err(LinkError::Expired.into());
    }
    Ok(WayThrough {
        reference: dossier.case.reference(),
        code_generation: dossier.case.code_generation,
    })
}

/// The case that a link names.
pub(super) async fn claimed(conn: &mut Conn, claim: &Claim) -> Result<Dossier, WayError> {
    match dossier::by_id(conn, claim.case).await {
        Err(DbError::NotFound) => Err(LinkError::Forged.into()),
        other => Ok(other?),
    }
}

/// What the links of a case are bound to now.
pub(super) fn bond_of(dossier: &Dossier) -> Bond<'_> {
    Bond {
        email: dossier.filing.email.as_deref().unwrap_or_default(),
        code_generation: dossier.case.code_generation,
    }
}
