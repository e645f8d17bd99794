//! Cases filed by the act of the site, and what staff do to them in their browser.

use chrono::{DateTime, Utc};
use reclamations::case::draft::DraftId;
use reclamations::case::filing::{
    Capacity, Contact, Filing, Line, Person, PreferredReply, ReplyTo, Situation, Statement,
    Subscription, SubscriptionPath, Text,
};
use reclamations::case::{self, AccessCode, Nature, Reference};
use reclamations::mail::EmailAddress;
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};

/// Where the person can be answered.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By {
    /// An e-mail address that nobody has confirmed.
    Email,
    /// A postal address alone.
    Post,
}

impl TestApp {
    /// Files a case now and returns its reference.
    pub(crate) async fn case(&self, nature: Nature, by: By) -> String {
        self.case_telling(nature, by, "Ma résiliation n’a pas été traitée.")
            .await
    }

    /// Files a case with these facts.
    pub(crate) async fn case_telling(&self, nature: Nature, by: By, facts: &str) -> String {
        self.case_filed_at(nature, by, facts, self.now()).await
    }

    /// Its person confirms the address, from the first e-mail.
    pub(crate) async fn confirm_address(&self, reference: &str) {
        let case = Reference::parse(reference).unwrap().case();
        let links = &self.state.office.links;
        let link = links.confirm_address(case, "jeanne@example.org", self.now());
        let path = link.url.strip_prefix(&self.address).unwrap();
        self.browser().fill(path, &[]).await.location();
    }

    /// A browser in which its person has opened the case with its code.
    pub(crate) async fn person(&self, reference: &str) -> Browser {
        let case = Reference::parse(reference).unwrap().case();
        let code = AccessCode::of(&self.state.keys.access_codes, case, 0).to_string();
        let browser = self.browser();
        let typed = [("reference", reference), ("code", &code)];
        browser.fill("/suivi", &typed).await.location();
        browser
    }

    /// Files a case as if it were another instant.
    pub(crate) async fn case_filed_at(
        &self,
        nature: Nature,
        by: By,
        facts: &str,
        at: DateTime<Utc>,
    ) -> String {
        let filing = filing(nature, by, facts);
        let mut conn = self.database.conn().await;
        let draft = DraftId(Uuid::new_v4());
        let filed = case::file(&mut conn, &self.state.office, draft, &filing, at).await;
        filed.unwrap().reference.to_string()
    }
}

fn filing(nature: Nature, by: By, facts: &str) -> Filing {
    Filing {
        nature_declared: Some(nature),
        person: Person {
            first_name: Line::parse("Jeanne").unwrap(),
            last_name: Line::parse("Lefèvre").unwrap(),
        },
        contact: Contact {
            reply_to: match by {
                By::Email => ReplyTo::Email(EmailAddress::parse("jeanne@example.org").unwrap()),
                By::Post => ReplyTo::Post(Text::parse("2 rue Basse\n75002 Paris").unwrap()),
            },
            preferred: match by {
                By::Email => PreferredReply::Email,
                By::Post => PreferredReply::Post,
            },
            phone: None,
            accessibility: None,
        },
        situation: Situation {
            capacity: Capacity::Client,
            represented: None,
            mandate: None,
            is_professional: false,
            subscription: Subscription {
                path: SubscriptionPath::Direct,
                intermediary: None,
            },
            contract_number: None,
            earlier: None,
        },
        statement: Statement {
            product: None,
            subject: None,
            when: None,
            facts: Text::parse(facts).unwrap(),
            expectation: None,
        },
    }
}

/// What every form of a case carries in hidden fields.
pub(crate) struct Shown {
    csrf: String,
    version: String,
    last_line: String,
}

impl Shown {
    /// As the page shows it.
    pub(crate) fn on(page: &Page) -> Self {
        Self {
            csrf: page.value("csrf"),
            version: page.value("version"),
            last_line: page.value("vu"),
        }
    }
}

/// The address of a case.
pub(crate) fn address(reference: &str) -> String {
    format!("/gestion/dossiers/{reference}")
}

impl Browser {
    /// The page of a case.
    pub(crate) async fn case(&self, reference: &str) -> Page {
        self.get(&address(reference)).await
    }

    /// The case as it is shown now to someone who is about to act.
    pub(crate) async fn shown(&self, reference: &str) -> Shown {
        Shown::on(&self.get(&format!("{}/note", address(reference))).await)
    }

    /// Acts on the case as it is shown now, from the page of the act where it has a form.
    pub(crate) async fn act(&self, reference: &str, part: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get(&format!("{}/{part}", address(reference))).await;
        let shown = match page.attribute("input[name=version]", "value") {
            Some(_) => Shown::on(&page),
            None => self.shown(reference).await,
        };
        self.act_on(&shown, reference, part, fields).await
    }

    /// Acts on the case as it was shown then.
    pub(crate) async fn act_on(
        &self,
        shown: &Shown,
        reference: &str,
        part: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        let hidden = [
            ("csrf", shown.csrf.as_str()),
            ("version", shown.version.as_str()),
            ("vu", shown.last_line.as_str()),
        ];
        let path = format!("{}/{part}", address(reference));
        self.post(&path, &[&hidden, fields].concat()).await
    }
}
