//! Wrong passwords and codes are counted per network address too: blocks are per account, and one
//! address could try many accounts.

use actix_web::HttpRequest;
use chrono::{DateTime, TimeDelta, Utc};

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

    /// They were wrong.
    pub(super) fn count(&self) {
        if let Some(from) = self.from {
            self.state.public_limits.sign_ins.count(from, self.at);
        }
    }
}
