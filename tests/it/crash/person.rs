//! Someone who files while the server dies under them.

use std::time::{Duration, Instant};

use reqwest::header::{LOCATION, ORIGIN};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use tokio::time::sleep;

use crate::support::browser::Page;
use crate::support::filing::{Receipt, receipt};

/// Someone who files, and tries again until an answer comes.
pub(super) struct Person {
    client: Client,
    address: String,
    give_up: Instant,
}

impl Person {
    pub(super) fn new(address: &str, give_up: Instant) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(Policy::none());
        let client = client.timeout(Duration::from_secs(10)).build().unwrap();
        Self {
            client,
            address: address.to_owned(),
            give_up,
        }
    }

    /// Sends until the server answers something else than that it is unavailable.
    async fn persist(&self, request: impl Fn() -> RequestBuilder) -> Page {
        loop {
            assert!(Instant::now() < self.give_up, "no answer in time");
            if let Ok(response) = request().send().await
                && response.status() != StatusCode::SERVICE_UNAVAILABLE
            {
                let (status, headers) = (response.status(), response.headers().clone());
                if let Ok(body) = response.text().await {
                    return Page {
                        status,
                        headers,
                        body,
                    };
                }
            }
            sleep(Duration::from_millis(30)).await;
        }
    }

    pub(super) async fn get(&self, path: &str) -> Page {
        self.persist(|| self.client.get(format!("{}{path}", self.address)))
            .await
    }

    pub(super) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let url = format!("{}{path}", self.address);
        self.persist(|| {
            self.client
                .post(&url)
                .header(ORIGIN, &self.address)
                .form(fields)
        })
        .await
    }

    /// Files `facts`. A first step whose answer was lost begins a new draft, which is harmless.
    pub(super) async fn file(&self, number: usize) -> Receipt {
        let (facts, email) = (facts_of(number), format!("personne{number}@example.org"));
        let csrf = self.get("/deposer").await.value("csrf");
        let csrf = ("csrf", csrf.as_str());
        let steps: [(&str, &[(&str, &str)]); 4] = [
            ("/deposer", &[csrf, ("intent", "complaint")]),
            (
                "/deposer/situation",
                &[
                    csrf,
                    ("capacity", "client"),
                    ("is_professional", "no"),
                    ("subscription_path", "direct"),
                ],
            ),
            ("/deposer/faits", &[csrf, ("facts", &facts)]),
            (
                "/deposer/coordonnees",
                &[
                    csrf,
                    ("first_name", "Ana"),
                    ("last_name", "Roux"),
                    ("email", &email),
                ],
            ),
        ];
        for (path, fields) in steps {
            let page = self.post(path, fields).await;
            assert_eq!(page.status, 303, "{path}: {}", page.text());
        }
        let sent = self
            .post("/deposer/verification", &[csrf, ("confirmed", "yes")])
            .await;
        assert_eq!(
            sent.headers.get(LOCATION).unwrap(),
            "/deposer/confirmation",
            "{}",
            sent.text()
        );
        receipt(&self.get("/deposer/confirmation").await)
    }
}

/// What they write.
pub(super) fn facts_of(number: usize) -> String {
    format!("Dépôt numéro {number}.")
}
