//! The expiring links that e-mails carry: signed, nothing stored, no personal data in them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;

use crate::calendar;
use crate::case::CaseId;
use crate::keys::Key;
use crate::mail::words::ConfirmLink;

/// Path of the page that confirms an e-mail address; the token follows.
pub const CONFIRM_PATH: &str = "/suivi/confirmation/";
/// Path of the page where a case is followed.
pub const FOLLOW_PATH: &str = "/suivi";
/// Path of the page that opens a case for reading; the token follows.
pub const READ_PATH: &str = "/suivi/lien/";
/// Path of the page where a lost access code is told.
pub const LOST_CODE_PATH: &str = "/suivi/code-perdu";
/// Path of the page that gives a new access code; the token follows.
pub const NEW_CODE_PATH: &str = "/suivi/nouveau-code/";
/// Path of the page where a person objects to a requalification; the token follows.
pub const OBJECT_PATH: &str = "/suivi/opposition/";
/// Path of the cases in the back office; the reference follows.
pub const STAFF_CASES_PATH: &str = "/gestion/dossiers/";

/// A link of an e-mail.
#[derive(Clone, Debug)]
pub struct Link {
    /// Absolute.
    pub url: String,
    /// Its last day, Paris calendar.
    pub valid_until: NaiveDate,
}

impl Link {
    /// As the words of e-mails take it.
    pub fn as_words(&self) -> ConfirmLink<'_> {
        ConfirmLink {
            url: &self.url,
            valid_until: self.valid_until,
        }
    }
}

/// What a link is for: a link for one thing is refused for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Prove that the address is the person's.
    ConfirmAddress,
    /// Read the case.
    Follow,
    /// Obtain a new access code: asked for a moment ago, and short-lived.
    NewCode,
    /// Object to a requalification.
    Object,
}

impl LinkPurpose {
    const fn code(self) -> u8 {
        match self {
            Self::ConfirmAddress => 1,
            Self::Follow => 2,
            Self::NewCode => 3,
            Self::Object => 4,
        }
    }
}

/// A link that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Not made by us, or cut on the way.
    #[error("forged or damaged link")]
    Forged,
    /// Too old.
    #[error("expired link")]
    Expired,
}

/// What a good link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The case.
    pub case: CaseId,
    /// Digest of what the link is bound to: the address it was sent to and, for a link that opens
    /// the case, the generation of the access code.
    bound_to: [u8; 8],
}

/// What a link that opens a case is bound to: it dies with either.
#[derive(Clone, Copy, Debug)]
pub struct Bond<'a> {
    /// The address it is sent to.
    pub email: &'a str,
    /// Generation of the access code.
    pub code_generation: i32,
}

/// How long the link to a new access code lasts: mail can be slow, and a mailbox is read once a day.
const NEW_CODE_LASTS: TimeDelta = TimeDelta::hours(24);

/// Makes and reads links.
#[derive(Debug)]
pub struct Links {
    key: Key,
    public_url: String,
    lasting: TimeDelta,
}

impl Links {
    /// Links to `public_url` (no slash at its end) that work for `days`.
    pub fn new(key: Key, public_url: String, days: u32) -> Self {
        Self {
            key,
            public_url,
            lasting: TimeDelta::days(i64::from(days)),
        }
    }

    /// The link by which the bearer of `email` confirms that it is theirs.
    pub fn confirm_address(&self, case: CaseId, email: &str, at: DateTime<Utc>) -> Link {
        let purpose = LinkPurpose::ConfirmAddress;
        self.link(purpose, case, self.address_digest(email), at)
    }

    /// The link that opens the case for reading.
    pub fn follow(&self, case: CaseId, bond: Bond<'_>, at: DateTime<Utc>) -> Link {
        self.link(LinkPurpose::Follow, case, self.bond_digest(bond), at)
    }

    /// The link that gives a new access code.
    pub fn new_code(&self, case: CaseId, bond: Bond<'_>, at: DateTime<Utc>) -> Link {
        self.link(LinkPurpose::NewCode, case, self.bond_digest(bond), at)
    }

    /// The link by which the person keeps a complaint a complaint: it only protects, so that it is
    /// sent to an address that is not confirmed too, and asks for no code.
    pub fn object(&self, case: CaseId, email: &str, at: DateTime<Utc>) -> Link {
        self.link(LinkPurpose::Object, case, self.address_digest(email), at)
    }

    fn link(
        &self,
        purpose: LinkPurpose,
        case: CaseId,
        bound_to: [u8; 8],
        at: DateTime<Utc>,
    ) -> Link {
        let (path, lasting) = match purpose {
            LinkPurpose::ConfirmAddress => (CONFIRM_PATH, self.lasting),
            LinkPurpose::Follow => (READ_PATH, self.lasting),
            LinkPurpose::NewCode => (NEW_CODE_PATH, NEW_CODE_LASTS),
            LinkPurpose::Object => (OBJECT_PATH, self.lasting),
        };
        let expires = at.checked_add_signed(lasting).unwrap_or(at);
        let token = self.token(purpose, case, bound_to, expires);
        Link {
            url: format!("{}{path}{token}", self.public_url),
            valid_until: calendar::paris_date(expires),
        }
    }

    /// Where a case is followed, absolute.
    pub fn follow_url(&self) -> String {
        format!("{}{FOLLOW_PATH}", self.public_url)
    }

    /// Where a lost access code is told, absolute.
    pub fn lost_code_url(&self) -> String {
        format!("{}{LOST_CODE_PATH}", self.public_url)
    }

    /// A case in the back office, absolute.
    pub fn staff_case(&self, reference: &str) -> String {
        format!("{}{STAFF_CASES_PATH}{reference}", self.public_url)
    }

    /// Address of the site, without a slash at its end.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Reads the token of a link.
    ///
    /// # Errors
    /// When it is not ours or too old.
    pub fn read(
        &self,
        purpose: LinkPurpose,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Claim, LinkError> {
        let forged = |_| LinkError::Forged;
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).map_err(forged)?;
        let (payload, mac) = bytes
            .split_first_chunk::<PAYLOAD>()
            .ok_or(LinkError::Forged)?;
        let (case, rest) = payload.split_first_chunk::<8>().ok_or(LinkError::Forged)?;
        let (expires, bound_to) = rest.split_first_chunk::<8>().ok_or(LinkError::Forged)?;
        if !self.key.verify(&[&[purpose.code()], payload], mac) {
            return Err(LinkError::Forged);
        }
        if i64::from_be_bytes(*expires) < now.timestamp() {
            return Err(LinkError::Expired);
        }
        let bound_to = *bound_to.first_chunk::<8>().ok_or(LinkError::Forged)?;
        Ok(Claim {
            case: CaseId(i64::from_be_bytes(*case)),
            bound_to,
        })
    }

    /// Whether the link was sent to this address: an address changed since is not confirmed by it.
    pub fn was_sent_to(&self, claim: &Claim, email: &str) -> bool {
        self.address_digest(email) == claim.bound_to
    }

    /// Whether the address and the access code are still those the link was made for.
    pub fn is_bound_to(&self, claim: &Claim, bond: Bond<'_>) -> bool {
        self.bond_digest(bond) == claim.bound_to
    }

    fn token(
        &self,
        purpose: LinkPurpose,
        case: CaseId,
        bound_to: [u8; 8],
        expires: DateTime<Utc>,
    ) -> String {
        let payload = [
            case.0.to_be_bytes(),
            expires.timestamp().to_be_bytes(),
            bound_to,
        ]
        .concat();
        let mac = self.key.mac(&[&[purpose.code()], &payload]);
        BASE64URL_NOPAD.encode(&[payload.as_slice(), &mac].concat())
    }

    fn bond_digest(&self, bond: Bond<'_>) -> [u8; 8] {
        let generation = bond.code_generation.to_be_bytes();
        let mac = self.key.mac(&[b"bond", bond.email.as_bytes(), &generation]);
        mac.first_chunk::<8>().copied().unwrap_or_default()
    }

    fn address_digest(&self, email: &str) -> [u8; 8] {
        let mac = self.key.mac(&[b"address", email.as_bytes()]);
        mac.first_chunk::<8>().copied().unwrap_or_default()
    }
}

/// Case, expiry, digest of what it is bound to: eight bytes each.
const PAYLOAD: usize = 24;

#[cfg(test)]
mod tests {
    use crate::keys::{KeyUse, MasterSecret};

    use super::*;

    #[test]
    fn a_link_serves_its_purpose_its_address_and_its_time_only() {
        let key = MasterSecret::parse(vec![5; 32]).unwrap().key(KeyUse::Links);
        let links = Links::new(key, "https://example.org".to_owned(), 30);
        let at = DateTime::from_timestamp(1_767_225_600, 0).unwrap();
        let link = links.confirm_address(CaseId(12), "a@example.org", at);
        let token = link
            .url
            .strip_prefix("https://example.org/suivi/confirmation/")
            .unwrap();

        let claim = links.read(LinkPurpose::ConfirmAddress, token, at).unwrap();
        assert_eq!(claim.case, CaseId(12));
        assert!(links.was_sent_to(&claim, "a@example.org"));
        assert!(!links.was_sent_to(&claim, "b@example.org"));

        let later = at + TimeDelta::days(30) + TimeDelta::seconds(1);
        assert_eq!(
            links.read(LinkPurpose::ConfirmAddress, token, later),
            Err(LinkError::Expired)
        );
        assert_eq!(
            links.read(LinkPurpose::Follow, token, at),
            Err(LinkError::Forged)
        );
        for forged in [
            "",
            "é",
            "AAAA",
            &token.replacen('A', "B", 1),
            &format!("{token}AA"),
        ] {
            let read = links.read(LinkPurpose::ConfirmAddress, forged, at);
            assert_eq!(read, Err(LinkError::Forged), "{forged}");
        }
    }
}
