//! The headers that tell browsers what our pages may do: nothing but what is ours.

use actix_web::http::header;
use actix_web::middleware::DefaultHeaders;

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
     manifest-src 'self'";

/// The headers of every answer. An error that no inner guard turned into an answer passes by
/// [`security_headers`]: its page brings them itself.
pub(crate) const ALWAYS: [(&str, &str); 7] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=()",
    ),
];

/// Headers put on every answer; `https` adds HSTS (two years, subdomains included).
pub fn security_headers(https: bool) -> DefaultHeaders {
    let headers = ALWAYS
        .into_iter()
        .fold(DefaultHeaders::new(), DefaultHeaders::add);
    if https {
        headers.add((
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=63072000; includeSubDomains",
        ))
    } else {
        headers
    }
}
