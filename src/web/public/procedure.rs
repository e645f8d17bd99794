//! The procedure: rendered and compressed once, then served from memory.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use actix_web::http::header::{EntityTag, Header, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::web::AppError;
use crate::web::assets::Precompressed;

/// `templates/public/procedure.html`.
#[derive(Template)]
#[template(path = "public/procedure.html")]
struct ProcedurePage;

/// Kept by browsers, asked about each time: a new version of the procedure shows at once.
const CACHE: &str = "public, no-cache";

static PAGE: LazyLock<Result<Precompressed, askama::Error>> = LazyLock::new(|| {
    let html = ProcedurePage.render()?;
    let content_type = "text/html; charset=utf-8";
    Ok(Precompressed::new(content_type, html.as_bytes()))
});

/// GET `/`.
pub(super) async fn show(request: HttpRequest) -> Result<HttpResponse, AppError> {
    let page = PAGE
        .as_ref()
        .map_err(|error| AppError::Internal(anyhow::anyhow!("procedure page: {error}")));
    std::future::ready(page.map(|page| answer(&request, page))).await
}

/// The page in the smallest form this browser reads, or 304 if it has that very form already.
fn answer(request: &HttpRequest, page: &Precompressed) -> HttpResponse {
    let (encoding, body) = page.form_for(request.headers());
    let tag = format!("{}-{}", page.fingerprint, encoding.unwrap_or("plain"));
    let tag = EntityTag::new_strong(tag);
    let is_known = is_known(request, &tag);
    let mut answer = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    answer
        .insert_header((CACHE_CONTROL, CACHE))
        .insert_header((VARY, "Accept-Encoding"))
        .insert_header((ETAG, tag.to_string()));
    if is_known {
        return answer.finish();
    }
    answer.insert_header((CONTENT_TYPE, page.content_type));
    if let Some(name) = encoding {
        answer.insert_header((CONTENT_ENCODING, name));
    }
    answer.body(body.clone())
}

/// Whether the browser says it holds the form named by `tag`.
fn is_known(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => request.headers().contains_key(IfNoneMatch::name()),
        Ok(IfNoneMatch::Items(held)) => held.iter().any(|one| one.weak_eq(tag)),
        Err(_) => false,
    }
}
