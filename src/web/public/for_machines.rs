//! What machines look for at fixed addresses: `robots.txt`, `sitemap.xml`, `security.txt`.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Data;
use askama::Template;
use chrono::{SecondsFormat, SubsecRound, TimeDelta};

use crate::firm;
use crate::web::{AppError, AppState, urls};

/// How long `security.txt` may be believed: RFC 9116 wants less than a year.
const SECURITY_TXT_DAYS: i64 = 180;
/// How long machines may keep these files.
const CACHE: &str = "public, max-age=3600";

/// `templates/public/sitemap.xml`.
#[derive(Template)]
#[template(path = "public/sitemap.xml")]
struct Sitemap<'a> {
    site: &'a str,
}

/// The pages that search engines may show.
const PAGES: [&str; 6] = [
    urls::DEPOSIT,
    urls::FOLLOWING,
    urls::DELAYS,
    urls::LEGAL_NOTICE,
    urls::PRIVACY,
    urls::ACCESSIBILITY,
];

/// GET `/robots.txt`.
pub(super) async fn robots(state: Data<AppState>) -> HttpResponse {
    let (staff, deposit, following) = (urls::STAFF_INBOX, urls::DEPOSIT, urls::FOLLOWING);
    let body = format!(
        "User-agent: *\nDisallow: {staff}\nDisallow: {deposit}/\nDisallow: {following}/\n\n\
         Sitemap: {}{}\n",
        state.public_url,
        urls::SITEMAP
    );
    std::future::ready(text("text/plain; charset=utf-8", body)).await
}

/// GET `/sitemap.xml`.
pub(super) async fn sitemap(state: Data<AppState>) -> Result<HttpResponse, AppError> {
    let site = state.public_url.as_str();
    let body = Sitemap { site }.render();
    let body = body.map_err(|error| AppError::Internal(error.into()));
    std::future::ready(body.map(|body| text("application/xml; charset=utf-8", body))).await
}

/// GET `/.well-known/security.txt` (RFC 9116).
pub(super) async fn security(state: Data<AppState>) -> HttpResponse {
    let expires = state.clock.now() + TimeDelta::days(SECURITY_TXT_DAYS);
    let body = format!(
        "Contact: mailto:{}\nExpires: {}\nPreferred-Languages: fr, en\nCanonical: {}{}\n",
        firm::CONTACT_EMAIL,
        expires
            .trunc_subsecs(0)
            .to_rfc3339_opts(SecondsFormat::Secs, true),
        state.public_url,
        urls::SECURITY_TXT
    );
    std::future::ready(text("text/plain; charset=utf-8", body)).await
}

fn text(content_type: &str, body: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, content_type))
        .insert_header((CACHE_CONTROL, CACHE))
        .body(body)
}
