//! Wrong passwords and codes are counted per network address too: locks are per account and address,
//! and one address could try many accounts.

use actix_web::HttpRequest;
use chrono::{DateTime, TimeDelta, Utc};

use crate::staff::Place;
use crate::web::AppState;
use crate::web::client::ClientAddress;

/// Where an attempt to sign in comes from.
pub(super) struct Guesser<'a> {
    state: &'a AppState,
    from: Option<ClientAddress>,
    at: DateTime<Utc>,
}

impl<'a> Guesser<'a> {
    /// Whoever sent this request.
    pub(super) fn of(request: &HttpRequest, state: &'a AppState) -> Self {
        Self {
            state,
            from: ClientAddress::of(request, &state.settings.site.trusted_proxies),
            at: state.clock.now(),
        }
    }

    /// How long they must wait, who were wrong too often to be judged again now.
    pub(super) fn wait(&self) -> Option<TimeDelta> {
        let limiter = &self.state.public_limits.sign_ins;
        self.from.and_then(|from| limiter.wait(from, self.at))
    }

    /// Where they are, for the account they try.
    pub(super) fn place(&self) -> Place {
        let address = self.from.map(|from| from.to_string());
        Place::of(&self.state.keys.places, &address.unwrap_or_default())
    }

    /// They were wrong.
    pub(super) fn count(&self) {
        if let Some(from) = self.from {
            self.state.public_limits.sign_ins.count(from, self.at);
        }
    }
}
