//! Thirty-two clients that ask for the same page again and again, and how long each answer took.

use std::time::{Duration, Instant};

use reqwest::Client;
use reqwest::header::COOKIE;

use crate::CLIENTS;
use crate::pages::Asked;
use crate::site::Site;

/// How long each answer took, shortest first.
pub(crate) struct Measure {
    took: Vec<Duration>,
    over: Duration,
}

impl Measure {
    /// Of answers that came over this long.
    pub(crate) fn new(mut took: Vec<Duration>, over: Duration) -> Self {
        took.sort_unstable();
        Self { took, over }
    }

    /// How many answers there were.
    pub(crate) fn count(&self) -> f64 {
        f64::from(u32::try_from(self.took.len()).unwrap())
    }

    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        self.count() / self.over.as_secs_f64()
    }

    /// So many of a hundred answers came within this long, in milliseconds.
    pub(crate) fn millis(&self, percent: usize) -> f64 {
        let place = (self.took.len() * percent / 100).min(self.took.len().saturating_sub(1));
        self.took
            .get(place)
            .map_or(f64::NAN, |took| took.as_secs_f64() * 1_000.0)
    }
}

/// Asks for the page from every client until the time is over.
pub(crate) async fn drive(client: &Client, site: &Site, asked: &Asked, over: Duration) -> Measure {
    let began = Instant::now();
    let mut clients = tokio::task::JoinSet::new();
    for place in 0..CLIENTS {
        let (client, cookie) = (client.clone(), site.cookie.clone());
        let addresses: Vec<String> = asked
            .paths
            .iter()
            .map(|path| format!("{}{path}", site.address))
            .collect();
        let status = asked.status;
        clients.spawn(async move {
            let mut took = Vec::new();
            for address in addresses.iter().cycle().skip(place) {
                let sent = Instant::now();
                let answer = client.get(address).header(COOKIE, &cookie).send();
                let answer = answer.await.unwrap();
                assert_eq!(answer.status(), status, "{address}");
                answer.bytes().await.unwrap();
                took.push(sent.elapsed());
                if began.elapsed() >= over {
                    break;
                }
            }
            took
        });
    }
    let took = clients.join_all().await.into_iter().flatten().collect();
    Measure::new(took, began.elapsed())
}
