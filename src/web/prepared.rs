//! Pages that are the same for everyone: rendered and compressed once, then served from memory.

use std::sync::{Arc, PoisonError, RwLock};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use actix_web::http::header::{EntityTag, Header, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::web::AppError;
use crate::web::assets::Precompressed;

/// Kept by browsers, asked about each time: a new version of a page shows at once.
const CACHE: &str = "public, no-cache";

/// A page that only the settings decide, ready from its first visitor on: the edition of the
/// settings it was made from, and the page.
#[derive(Debug, Default)]
pub(crate) struct PreparedPage(RwLock<Option<(i64, Arc<Precompressed>)>>);

/// The pages of the site that are the same for everyone.
#[derive(Debug, Default)]
pub struct PreparedPages {
    /// The procedure.
    pub(crate) procedure: PreparedPage,
    /// The legal notice.
    pub(crate) legal_notice: PreparedPage,
    /// Personal data.
    pub(crate) privacy: PreparedPage,
    /// Accessibility.
    pub(crate) accessibility: PreparedPage,
}

impl PreparedPage {
    /// The page in the smallest form this browser reads, or 304 if it has that very form already;
    /// made again when the settings have a new `edition`.
    ///
    /// # Errors
    /// When the template fails.
    pub(crate) fn answer<T: Template>(
        &self,
        request: &HttpRequest,
        edition: i64,
        page: impl FnOnce() -> T,
    ) -> Result<HttpResponse, AppError> {
        if let Some(ready) = self.ready(edition) {
            return Ok(answer(request, &ready));
        }
        let html = page().render();
        let html = html.map_err(|error| AppError::Internal(error.into()))?;
        let ready = Precompressed::new("text/html; charset=utf-8", html.as_bytes());
        let ready = Arc::new(ready);
        let made = Some((edition, Arc::clone(&ready)));
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = made;
        Ok(answer(request, &ready))
    }

    fn ready(&self, edition: i64) -> Option<Arc<Precompressed>> {
        let made = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (of, page) = made.as_ref()?;
        (*of == edition).then(|| Arc::clone(page))
    }
}

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
