//! The back office: every address under `/gestion`, built from one table ([`mod@routes`]).

mod absences;
mod access;
mod accounts;
mod cases;
mod colleagues;
mod current;
mod device;
mod emails;
mod enrolment;
mod enrolment_code;
mod entry;
mod form;
mod guesses;
mod help;
mod inbox;
mod incoming;
mod journal;
mod lateness;
mod menu;
mod moment;
mod next_page;
mod own;
mod persons;
mod post;
mod resend;
pub mod routes;
pub(in crate::web) mod session;
mod settings;
mod sign_in;
mod sign_in_code;
mod sign_out;
mod templates;
mod words;

pub use access::{Access, StaffRoute, Verb};
pub use inbox::CountsCache;

use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, ServiceConfig};

use crate::web::{AppState, session_store};

/// Every address of the back office is below this one.
const PREFIX: &str = "/gestion";

/// The staff addresses. Sessions are loaded here only: public pages do without.
pub(super) fn routes(site: &mut ServiceConfig, state: &Data<AppState>) {
    site.service(
        web::scope(PREFIX)
            .wrap(session_store::middleware(state))
            .wrap(from_fn(session_store::answer_unavailable))
            .wrap(from_fn(resend::offer))
            .configure(|scope| access::configure(scope, PREFIX))
            .default_service(access::unknown()),
    );
}
