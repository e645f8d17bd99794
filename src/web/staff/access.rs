//! Who may reach a staff route: rows of the one table, and the guard that obeys them.

use actix_session::SessionExt;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpMessage, HttpResponse, ResponseError, Route};

use crate::db::PoolError;
use crate::staff::{self, Right, StaffMember};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::next_page::NextPage;
use crate::web::staff::{routes, session};
use crate::web::{AppError, AppState, error, html, session_store, urls};

/// Who may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Strangers too: sign-in and enrolment, nothing else.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever is signed in and has this right.
    Right(Right),
}

/// The two methods of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Shows.
    Get,
    /// Acts.
    Post,
}

/// One row: an address of the back office, who may reach it, and what answers.
#[derive(Clone, Copy, Debug)]
pub struct StaffRoute {
    /// Method.
    pub verb: Verb,
    /// Pattern of the address, from the root.
    pub path: &'static str,
    /// Who may reach it.
    pub access: Access,
    handler: fn(Route) -> Route,
}

impl StaffRoute {
    /// A page.
    pub(super) const fn get(
        path: &'static str,
        access: Access,
        handler: fn(Route) -> Route,
    ) -> Self {
        Self {
            verb: Verb::Get,
            path,
            access,
            handler,
        }
    }

    /// An act.
    pub(super) const fn post(
        path: &'static str,
        access: Access,
        handler: fn(Route) -> Route,
    ) -> Self {
        Self {
            verb: Verb::Post,
            path,
            access,
            handler,
        }
    }

    fn route(&self) -> Route {
        let method = match self.verb {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
        };
        guarded((self.handler)(web::method(method)), self.access)
    }
}

/// Builds the routes of the table inside the scope `prefix`, in its order. What is not in the
/// table does not exist, and strangers are not told so.
pub(super) fn configure(scope: &mut ServiceConfig, prefix: &str) {
    let mut done: Vec<&str> = Vec::new();
    for row in routes::all() {
        if done.contains(&row.path) {
            continue;
        }
        done.push(row.path);
        let path = row.path.strip_prefix(prefix).unwrap_or(row.path);
        let resource = web::resource(path).default_service(unknown());
        scope.service(
            routes::all()
                .filter(|other| other.path == row.path)
                .fold(resource, |resource, other| resource.route(other.route())),
        );
    }
}

/// The answer to an address or a method that is not in the table.
pub(super) fn unknown() -> Route {
    guarded(web::to(error::not_found), Access::SignedIn)
}

fn guarded(route: Route, access: Access) -> Route {
    route.wrap(from_fn(
        move |request: ServiceRequest, next: Next<BoxBody>| guard(access, request, next),
    ))
}

async fn guard(
    access: Access,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    match admit(access, &request).await {
        Ok(()) => next.call(request).await,
        Err(Refusal(answer)) => Ok(request.into_response(answer)),
    }
}

struct Refusal(HttpResponse);

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Self {
        Self(error.error_response())
    }
}

/// Lets the request pass, and tells the handler who is there.
async fn admit(access: Access, request: &ServiceRequest) -> Result<(), Refusal> {
    if session_store::is_unavailable(&request.get_session()) {
        let away = PoolError::Unavailable("session".to_owned());
        return Err(AppError::Unavailable(away).into());
    }
    let right = match access {
        Access::Anyone => return Ok(()),
        Access::SignedIn => None,
        Access::Right(right) => Some(right),
    };
    let Some(member) = member(request).await? else {
        return Err(refuse_stranger(request));
    };
    let current = CurrentStaff::new(member, request.path());
    if let Some(right) = right
        && !current.may(right)
    {
        return Err(refuse(&current, request));
    }
    request.extensions_mut().insert(current);
    Ok(())
}

/// Who is signed in; someone whose account was disabled is thrown out at once.
async fn member(request: &ServiceRequest) -> Result<Option<StaffMember>, AppError> {
    let session = request.get_session();
    let Some(id) = session::signed_in(&session) else {
        return Ok(None);
    };
    let state = request
        .app_data::<Data<AppState>>()
        .ok_or_else(|| AppError::Internal(anyhow::anyhow!("no application state")))?;
    let mut conn = state.pool.get().await?;
    let member = staff::member(&mut conn, id).await?;
    if member.is_none() {
        session.purge();
    }
    Ok(member)
}

/// A right that one lacks is refused without a trace of what is there. Everyone arrives at the
/// inbox, though: who may not see it goes on to the first page of their menu.
fn refuse(current: &CurrentStaff, request: &ServiceRequest) -> Refusal {
    match current.first_page() {
        Some(first) if request.path() == urls::STAFF_INBOX => Refusal(html::see_other(first)),
        _ => AppError::Forbidden.into(),
    }
}

/// A page leads to sign-in and back; an act is refused.
fn refuse_stranger(request: &ServiceRequest) -> Refusal {
    if request.method() != Method::GET {
        return AppError::SignedOut.into();
    }
    let asked = request.uri().path_and_query();
    let next = NextPage::parse(asked.map_or("", |address| address.as_str()));
    Refusal(html::see_other(&next.sign_in()))
}
