//! First guard against forged requests: a POST must come from a page of this site.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HOST, HeaderMap, ORIGIN};
use actix_web::middleware::Next;
use url::Url;

use crate::web::AppError;

/// Refuses a request that changes something and comes from another site.
///
/// Browsers say where it comes from in `Sec-Fetch-Site`; older ones send `Origin`, whose host must
/// be ours. The token in the form is the second guard.
///
/// # Errors
/// [`AppError::BadForm`] when it comes from elsewhere, or what the handler answers.
pub async fn refuse_other_sites(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if !reads && !is_same_site(request.headers()) {
        return Err(AppError::BadForm.into());
    }
    next.call(request).await
}

fn is_same_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let (Some(origin), Some(host)) = (text(ORIGIN.as_str()), text(HOST.as_str())) else {
        return false;
    };
    Url::parse(origin).is_ok_and(|url| {
        let (Some(name), port) = (url.host_str(), url.port()) else {
            return false;
        };
        let authority = port.map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
        authority.eq_ignore_ascii_case(host)
    })
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn a_post_must_come_from_a_page_of_this_site() {
        let host = ("host", "127.0.0.1:8080");
        assert!(is_same_site(&headers(&[
            ("sec-fetch-site", "same-origin"),
            host
        ])));
        assert!(is_same_site(&headers(&[
            ("origin", "http://127.0.0.1:8080"),
            host
        ])));
        assert!(is_same_site(&headers(&[
            ("origin", "https://asekkey.fr"),
            ("host", "asekkey.fr")
        ])));
        for elsewhere in ["cross-site", "same-site", "none"] {
            assert!(
                !is_same_site(&headers(&[("sec-fetch-site", elsewhere), host])),
                "{elsewhere}"
            );
        }
        assert!(!is_same_site(&headers(&[
            ("origin", "http://127.0.0.1:9"),
            host
        ])));
        assert!(!is_same_site(&headers(&[("origin", "null"), host])));
        assert!(!is_same_site(&headers(&[host])));
    }
}
