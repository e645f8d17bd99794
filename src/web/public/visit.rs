//! What the forms of the public share: who asks, when, and how they are answered.

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar;
use crate::case::filing::Terms;
use crate::case::{CaseId, Catalogue};
use crate::web::client::ClientAddress;
use crate::web::csrf::Visitor;
use crate::web::{AppError, AppState, html, retry};

/// One request to a public page: who asks, and when.
pub(super) struct Visit<'a> {
    pub(super) state: &'a AppState,
    pub(super) request: &'a HttpRequest,
    pub(super) visitor: Visitor,
    pub(super) at: DateTime<Utc>,
}

impl<'a> Visit<'a> {
    /// The visit that makes this request.
    pub(super) fn new(state: &'a AppState, request: &'a HttpRequest) -> Self {
        Self {
            state,
            request,
            visitor: Visitor::of(state, request),
            at: state.clock.now(),
        }
    }

    /// The Paris calendar day.
    pub(super) fn today(&self) -> NaiveDate {
        calendar::paris_date(self.at)
    }

    /// What a form is read against now.
    pub(super) fn terms<'c>(&self, catalogue: &'c Catalogue) -> Terms<'c> {
        Terms {
            today: self.today(),
            catalogue,
        }
    }

    /// Where the visitor comes from.
    pub(super) fn client(&self) -> Option<ClientAddress> {
        ClientAddress::of(self.request, &self.state.settings.site.trusted_proxies)
    }

    /// The token for a form shown now.
    pub(super) fn csrf(&self) -> String {
        self.visitor.token(self.state, self.at)
    }

    /// The token for a form about `case`, shown now: it serves that case only.
    pub(super) fn csrf_for(&self, case: CaseId) -> String {
        self.visitor.token_for(self.state, case, self.at)
    }

    /// Answers a page; a new visitor gets their cookie with it.
    pub(super) fn answer(
        &self,
        status: StatusCode,
        page: &impl Template,
    ) -> Result<HttpResponse, AppError> {
        let mut answer = html::page(status, page)?;
        if status == StatusCode::SERVICE_UNAVAILABLE {
            answer = retry::after(answer, retry::WHEN_BUSY);
        }
        if let Some(cookie) = self.visitor.cookie(self.state) {
            answer
                .add_cookie(&cookie)
                .map_err(|error| AppError::Internal(error.into()))?;
        }
        Ok(answer)
    }
}

/// Adds a cookie to an answer.
pub(super) fn with_cookie(
    mut answer: HttpResponse,
    cookie: &Cookie<'_>,
) -> Result<HttpResponse, AppError> {
    answer
        .add_cookie(cookie)
        .map_err(|error| AppError::Internal(error.into()))?;
    Ok(answer)
}
