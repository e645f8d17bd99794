//! Someone's telephone: computes the codes of the secret that the enrolment page shows.

use chrono::{DateTime, TimeDelta, Utc};
use reclamations::staff::Roles;
use totp_rs::{Builder, Secret, Totp};

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};

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

/// A member of staff: what they know and what they hold.
pub(crate) struct Colleague {
    /// Signs in with it.
    pub(crate) email: String,
    /// The telephone.
    pub(crate) phone: Phone,
    /// The sheet of paper in their drawer.
    pub(crate) recovery_codes: Vec<String>,
}

/// Everybody's password in the tests.
pub(crate) const PASSWORD: &str = "lune orage cactus bleu";

impl TestApp {
    /// Enrols the first administrator through the one-time link; the browser is then signed in.
    pub(crate) async fn first_administrator(&self, browser: &Browser) -> Colleague {
        let mut conn = self.database.conn().await;
        let lifetime = self.state.staff_limits().link_lifetime;
        let link = reclamations::staff::first_administrator_link(&mut conn, lifetime, self.now());
        let link = link.await.unwrap().unwrap();
        let email = "camille.durand@example.org";
        let identity = [("email", email), ("name", "Camille Durand")];
        self.enrol(browser, link.token.expose(), email, &identity)
            .await
    }

    /// Adds an account, as the command line does, and enrols it; the browser is then signed in.
    pub(crate) async fn colleague(
        &self,
        browser: &Browser,
        name: &str,
        roles: impl Into<Roles>,
    ) -> Colleague {
        use reclamations::staff::{DisplayName, NewAccount, StaffEmail, add};

        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let new = NewAccount {
            email: StaffEmail::parse(&email).unwrap(),
            name: DisplayName::parse(name).unwrap(),
            roles: roles.into(),
        };
        let actor = reclamations::journal::Actor::Operator;
        let mut conn = self.database.conn().await;
        let link = add(&mut conn, &new, TimeDelta::hours(24), actor, self.now()).await;
        let link = link.unwrap();
        self.enrol(browser, link.token.expose(), &email, &[]).await
    }

    /// Goes through both steps of enrolment.
    pub(crate) async fn enrol(
        &self,
        browser: &Browser,
        token: &str,
        email: &str,
        identity: &[(&str, &str)],
    ) -> Colleague {
        let first = format!("/gestion/activation/{token}");
        let passwords = [("password", PASSWORD), ("again", PASSWORD)];
        let chosen = browser.fill(&first, &[identity, &passwords].concat()).await;
        let second = chosen.location().to_owned();
        let phone = Phone::from_page(&browser.get(&second).await);
        let code = phone.code(self.now());
        let enrolled = browser.fill(&second, &[("code", &code)]).await;
        assert_eq!(enrolled.texts("li.code").len(), 10, "recovery codes");
        Colleague {
            email: email.to_owned(),
            phone,
            recovery_codes: enrolled.texts("li.code"),
        }
    }

    /// Signs in with both factors, once the code that was used last is no longer shown.
    pub(crate) async fn sign_in(&self, browser: &Browser, who: &Colleague) {
        self.state.clock.advance(TimeDelta::seconds(30));
        let fields = [("email", who.email.as_str()), ("password", PASSWORD)];
        let first = browser.fill("/gestion/connexion", &fields).await;
        let second = first.location().to_owned();
        let code = who.phone.code(self.now());
        let done = browser.fill(&second, &[("code", &code)]).await;
        assert_eq!(done.location(), "/gestion");
    }
}
