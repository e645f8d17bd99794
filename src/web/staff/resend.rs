//! When the database is away, what was typed on a case comes back in a form that can be sent again.

use actix_web::HttpMessage;
use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Form;
use askama::Template;
use url::form_urlencoded;

use crate::web::{AppError, html, retry, urls};

/// `templates/staff/resend.html`.
#[derive(Template)]
#[template(path = "staff/resend.html")]
struct ResendPage {
    action: String,
    hidden: Vec<(String, String)>,
    texts: Vec<Typed>,
}

/// A field that someone typed in.
struct Typed {
    name: String,
    label: String,
    value: String,
}

type Pairs = Vec<(String, String)>;

/// Keeps the fields of a form posted on a case until it is answered: a 503 gives them back.
pub(super) async fn offer(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let is_act = request.method() == Method::POST
        && request.path().strip_prefix(urls::STAFF_CASES).is_some()
        && !sends_file(&request);
    if !is_act {
        return next
            .call(request)
            .await
            .map(ServiceResponse::map_into_boxed_body);
    }
    let action = request.path().to_owned();
    let pairs = match request.extract::<Form<Pairs>>().await {
        Ok(form) => form.into_inner(),
        Err(error) if is(&error, StatusCode::PAYLOAD_TOO_LARGE) => return Err(error),
        // What is no form is refused by the guard or by the act, in that order.
        Err(_) => Pairs::new(),
    };
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&pairs)
        .finish();
    request.set_payload(Payload::from(body.into_bytes()));
    match next.call(request).await {
        Ok(answer) if answer.status() == StatusCode::SERVICE_UNAVAILABLE => {
            Ok(answer.into_response(give_back(&action, pairs)?))
        }
        Ok(answer) => Ok(answer.map_into_boxed_body()),
        Err(error) if is(&error, StatusCode::SERVICE_UNAVAILABLE) => {
            let page = give_back(&action, pairs)?;
            Err(InternalError::from_response(error, page).into())
        }
        Err(error) => Err(error),
    }
}

/// A file is read by its handler, piece by piece, and chosen again after a failure.
fn sends_file(request: &ServiceRequest) -> bool {
    request.content_type() == "multipart/form-data"
}

fn is(error: &actix_web::Error, status: StatusCode) -> bool {
    error.as_response_error().status_code() == status
}

fn give_back(action: &str, pairs: Pairs) -> Result<HttpResponse, AppError> {
    let page = page(action, pairs);
    let answer = html::page(StatusCode::SERVICE_UNAVAILABLE, &page)?;
    Ok(retry::after(answer, retry::WHEN_BUSY))
}

fn page(action: &str, pairs: Pairs) -> ResendPage {
    let mut page = ResendPage {
        action: action.to_owned(),
        hidden: Vec::new(),
        texts: Vec::new(),
    };
    for (name, value) in pairs {
        match label(&name).filter(|_| !value.is_empty()) {
            Some(label) => page.texts.push(Typed { name, label, value }),
            None => page.hidden.push((name, value)),
        }
    }
    page
}

/// What a typed field is called; the others are not for reading.
fn label(name: &str) -> Option<String> {
    let numbered = |prefix: &str, words: &str| {
        let number: u32 = name.strip_prefix(prefix)?.parse().ok()?;
        Some(format!("{words} {number}"))
    };
    match name {
        "note" => Some("Note interne".to_owned()),
        "message" => Some("Message".to_owned()),
        "introduction" => Some("Introduction".to_owned()),
        "motif" => Some("Motif".to_owned()),
        "phrase" => Some("En une phrase".to_owned()),
        "date" => Some("Date".to_owned()),
        _ => numbered("grief-", "Grief").or_else(|| numbered("motifs-", "Motifs du grief")),
    }
}
