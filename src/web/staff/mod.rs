//! The back office: every address under `/gestion`, in one table.

mod access;
mod cases;
mod colleagues;
mod current;
mod enrolment;
mod enrolment_code;
mod form;
mod guesses;
mod inbox;
mod moment;
mod next_page;
mod resend;
pub(in crate::web) mod session;
mod sign_in;
mod sign_in_code;
mod sign_out;
mod words;

pub use access::{Access, StaffRoute, Verb};
pub use inbox::CountsCache;

use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, ServiceConfig};

use crate::staff::Right;
use crate::web::{AppState, session_store};

/// Every address of the back office is below this one.
const PREFIX: &str = "/gestion";

/// The table that builds the routes, the rights and the access test. A more precise pattern
/// stands before one that would match it too.
pub const ROUTES: &[StaffRoute] = &[
    StaffRoute::get("/gestion/connexion", Access::Anyone, |route| {
        route.to(sign_in::show)
    }),
    StaffRoute::post("/gestion/connexion", Access::Anyone, |route| {
        route.to(sign_in::send)
    }),
    StaffRoute::get("/gestion/connexion/code", Access::Anyone, |route| {
        route.to(sign_in_code::show)
    }),
    StaffRoute::post("/gestion/connexion/code", Access::Anyone, |route| {
        route.to(sign_in_code::send)
    }),
    StaffRoute::post("/gestion/deconnexion", Access::SignedIn, |route| {
        route.to(sign_out::create)
    }),
    StaffRoute::get("/gestion/activation/{token}", Access::Anyone, |route| {
        route.to(enrolment::show)
    }),
    StaffRoute::post("/gestion/activation/{token}", Access::Anyone, |route| {
        route.to(enrolment::send)
    }),
    StaffRoute::get(
        "/gestion/activation/{token}/code",
        Access::Anyone,
        |route| route.to(enrolment_code::show),
    ),
    StaffRoute::post(
        "/gestion/activation/{token}/code",
        Access::Anyone,
        |route| route.to(enrolment_code::send),
    ),
    StaffRoute::get("/gestion", Access::Right(Right::ReadCases), |route| {
        route.to(inbox::index)
    }),
    StaffRoute::get(
        "/gestion/dossiers",
        Access::Right(Right::ReadCases),
        |route| route.to(cases::search::index),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}",
        Access::Right(Right::ReadCases),
        |route| route.to(cases::show::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/prise-en-charge",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::pressed::take),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/affectation",
        Access::Right(Right::AssignOthers),
        |route| route.to(cases::assignment::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/lecture",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::pressed::mark_read),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/note",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::note::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/message",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::message::create),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/pieces",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::files::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/pieces",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::files::add),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/pieces/{file}",
        Access::Right(Right::ReadCases),
        |route| route.to(cases::file::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/pieces/{file}/retirer",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::files::remove),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/accuse-par-courrier",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::acknowledgement::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/courrier",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::posting::create),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/reponse",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::answer::editor::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/reponse",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::answer::editor::update),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/reponse/relecture",
        Access::Right(Right::ApproveAnswers),
        |route| route.to(cases::pressed::approve),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/reponse/envoi",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::answer::sending::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/requalification",
        Access::Right(Right::RequalifyCases),
        |route| route.to(cases::requalification::to_request),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/opposition",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::objection::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/reclamation",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::requalification::to_complaint),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/cloture",
        Access::Right(Right::CloseCases),
        |route| route.to(cases::pressed::close),
    ),
];

/// The staff addresses. Sessions are loaded here only: public pages do without.
pub(super) fn routes(site: &mut ServiceConfig, state: &Data<AppState>) {
    site.service(
        web::scope(PREFIX)
            .wrap(session_store::middleware(state))
            .wrap(from_fn(session_store::answer_unavailable))
            .wrap(from_fn(resend::offer))
            .configure(|scope| access::configure(scope, PREFIX, ROUTES))
            .default_service(access::unknown()),
    );
}
