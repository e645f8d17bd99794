//! Someone's first steps: the one-time link, the telephone that shows codes, the enrolment.

use chrono::{DateTime, TimeDelta, Utc};
use reclamations::db::Conn;
use reclamations::journal::Actor;
use reclamations::staff::{DisplayName, NewAccount, Roles, StaffEmail, add};
use totp_rs::{Builder, Secret, Totp};

use crate::support::browser::{Browser, Page};

/// Everybody's password.
pub(crate) const PASSWORD: &str = "lune orage cactus bleu";

/// An authenticator application that has read a secret.
pub(crate) struct Phone(Totp);

impl Phone {
    /// Types the key in by hand, from the page.
    pub(crate) fn from_page(page: &Page) -> Self {
        let key: String = page.texts("details .code").concat().replace(' ', "");
        let secret = Secret::try_from_base32(&key).unwrap();
        Self(
            Builder::new()
                .with_secret(secret)
                .with_account_name("a")
                .build()
                .unwrap(),
        )
    }

    /// The code shown at this instant.
    pub(crate) fn code(&self, at: DateTime<Utc>) -> String {
        self.0
            .generate(u64::try_from(at.timestamp()).unwrap())
            .to_string()
    }
}

/// Adds an account, as the command line does, and returns what its one-time link holds.
pub(crate) async fn invite(
    conn: &mut Conn,
    (email, name): (&str, &str),
    roles: impl Into<Roles>,
    at: DateTime<Utc>,
) -> String {
    let new = NewAccount {
        email: StaffEmail::parse(email).unwrap(),
        name: DisplayName::parse(name).unwrap(),
        roles: roles.into(),
    };
    let link = add(conn, &new, TimeDelta::hours(24), Actor::Operator, at).await;
    link.unwrap().token.expose().to_owned()
}

impl Browser {
    /// Goes through both steps of enrolment at this instant; the browser is then signed in. Returns
    /// the telephone, and the page of the recovery codes.
    pub(crate) async fn enrol(
        &self,
        token: &str,
        identity: &[(&str, &str)],
        at: DateTime<Utc>,
    ) -> (Phone, Page) {
        let first = format!("/gestion/activation/{token}");
        let passwords = [("password", PASSWORD), ("again", PASSWORD)];
        let chosen = self.fill(&first, &[identity, &passwords].concat()).await;
        let second = chosen.location().to_owned();
        let phone = Phone::from_page(&self.get(&second).await);
        let enrolled = self.fill(&second, &[("code", &phone.code(at))]).await;
        assert_eq!(enrolled.texts("li.code").len(), 10, "recovery codes");
        (phone, enrolled)
    }
}
