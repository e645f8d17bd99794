//! Colleagues in the tests: who they are, how they enrol and sign in.

use chrono::TimeDelta;
use reclamations::staff::Roles;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::phone::invite;
pub(crate) use crate::support::phone::{PASSWORD, Phone};

/// A member of staff: what they know and what they hold.
pub(crate) struct Colleague {
    /// Signs in with it.
    pub(crate) email: String,
    /// The telephone.
    pub(crate) phone: Phone,
    /// The sheet of paper in their drawer.
    pub(crate) recovery_codes: Vec<String>,
}

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
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let mut conn = self.database.conn().await;
        let token = invite(&mut conn, (&email, name), roles, self.now()).await;
        self.enrol(browser, &token, &email, &[]).await
    }

    /// Goes through both steps of enrolment.
    pub(crate) async fn enrol(
        &self,
        browser: &Browser,
        token: &str,
        email: &str,
        identity: &[(&str, &str)],
    ) -> Colleague {
        let (phone, enrolled) = browser.enrol(token, identity, self.now()).await;
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
