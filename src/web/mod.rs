//! The site: pages and forms over HTTP, for the public and for staff.

pub mod assets;
mod catalogue;
mod client;
mod csrf;
mod download;
mod error;
mod error_page;
mod form;
mod head;
mod headers;
mod html;
mod limiter;
mod origin;
mod prepared;
mod public;
mod retry;
mod session_store;
pub mod staff;
mod state;
mod upload;
pub mod urls;

pub use catalogue::CatalogueCache;
pub use error::AppError;
pub use error_page::give_errors_a_page;
pub use head::answer_head_as_get;
pub use headers::security_headers;
pub use limiter::PublicLimits;
pub use origin::refuse_other_sites;
pub use prepared::PreparedPages;
pub use state::{AppState, Keys};
pub use upload::UploadSlots;

use actix_web::web::{self, Data, FormConfig, PathConfig, QueryConfig, ServiceConfig};

/// Adds every page to the site; the server and the tests share it.
pub fn routes(site: &mut ServiceConfig, state: &Data<AppState>) {
    site.app_data(
        FormConfig::default()
            .limit(state.settings.limits.form_bytes)
            .error_handler(|error, _| AppError::from(error).into()),
    )
    .app_data(PathConfig::default().error_handler(|error, _| AppError::from(error).into()))
    .app_data(QueryConfig::default().error_handler(|error, _| AppError::from(error).into()))
    .configure(public::routes)
    .configure(|site| staff::routes(site, state))
    .default_service(web::to(error::not_found));
}
