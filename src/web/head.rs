//! HEAD: what GET would answer, without its body.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;

/// Has every page that answers GET answer HEAD too, as RFC 9110 §9.1 wants; the connection, which
/// saw the request first, leaves the body out.
///
/// # Errors
/// What the handler answers.
pub async fn answer_head_as_get(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if *request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    next.call(request).await
}
