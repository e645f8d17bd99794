//! The back office: every address under `/gestion`.

use actix_web::web::ServiceConfig;

/// The staff addresses.
pub(super) fn routes(_site: &mut ServiceConfig) {}
