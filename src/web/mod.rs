//! The site: pages and forms over HTTP, for the public and for staff.

pub mod assets;
mod csrf;
mod error;
mod form;
mod headers;
mod html;
mod origin;
mod public;
mod staff;
mod state;
pub mod urls;

pub use error::AppError;
pub use headers::security_headers;
pub use origin::refuse_other_sites;
pub use state::{AppState, Keys};

use actix_web::web::{self, FormConfig, PathConfig, ServiceConfig};

/// Adds every page to the site; the server and the tests share it.
pub fn routes(site: &mut ServiceConfig, form_bytes: usize) {
    site.app_data(
        FormConfig::default()
            .limit(form_bytes)
            .error_handler(|error, _| AppError::from(error).into()),
    )
    .app_data(PathConfig::default().error_handler(|_, _| AppError::NotFound.into()))
    .configure(public::routes)
    .configure(staff::routes)
    .default_service(web::to(error::not_found));
}
