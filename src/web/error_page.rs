//! The page of each failure: what happened, what was kept, and a way out.

use std::borrow::Cow;

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ContentType, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use askama::Template;

use crate::web::{AppError, headers, urls};

/// `templates/error.html`: stands alone, because a failure may come before any session or form.
#[derive(Template)]
#[template(path = "error.html")]
pub(super) struct ErrorPage {
    title: &'static str,
    message: Cow<'static, str>,
    way: Way,
}

/// Where someone can go from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// To the procedure, the form, or by e-mail and post.
    Public,
    /// Back to the inbox.
    Staff,
    /// To sign in, beside what was typed.
    SignIn,
}

impl ErrorPage {
    /// A failure before the public.
    pub(super) fn new(title: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            title,
            message: message.into(),
            way: Way::Public,
        }
    }

    /// A colleague may not do this.
    pub(super) const fn forbidden() -> Self {
        Self {
            title: "Vous n’avez pas accès à cette page",
            message: Cow::Borrowed("Votre compte ne permet pas cette action."),
            way: Way::Staff,
        }
    }

    /// A colleague does not read the archive.
    pub(super) const fn archived() -> Self {
        Self {
            title: "Ce dossier est archivé",
            message: Cow::Borrowed(
                "Il est terminé depuis plus longtemps que la durée fixée par le cabinet. Seuls les \
                 responsables et les auditeurs le lisent encore\u{202f}: demandez à un responsable de \
                 le consulter ou de le rouvrir.",
            ),
            way: Way::Staff,
        }
    }

    /// A colleague's session is over.
    pub(super) const fn signed_out() -> Self {
        Self {
            title: "Vous n’êtes plus connecté",
            message: Cow::Borrowed(
                "Rien n’a été enregistré. Connectez-vous dans un autre onglet, puis actualisez \
                 cette page\u{202f}: votre navigateur proposera d’envoyer de nouveau ce que vous \
                 aviez saisi.",
            ),
            way: Way::SignIn,
        }
    }

    /// What the server itself refuses, before any page of ours.
    fn of(status: StatusCode) -> Self {
        let (title, message) = match status {
            StatusCode::NOT_FOUND => NOT_FOUND,
            StatusCode::METHOD_NOT_ALLOWED => (
                "Cette page ne s’ouvre pas ainsi",
                "Elle ne fait que recevoir ou que montrer. Reprenez depuis l’un de ces liens\u{202f}: \
                 ce que vous avez déjà enregistré est conservé.",
            ),
            StatusCode::REQUEST_TIMEOUT => (
                "Votre envoi a été trop lent à nous parvenir",
                "La connexion s’est interrompue. Revenez à la page précédente et envoyez de nouveau.",
            ),
            StatusCode::CONFLICT => (
                "La page avait changé entre-temps",
                "Votre envoi portait sur une version plus ancienne. Revenez à la page précédente \
                 et rechargez-la.",
            ),
            StatusCode::GONE => (
                "Cette page n’est plus disponible",
                "Elle ne restait accessible que pendant un temps limité.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => TOO_LARGE,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => (
                "Cet envoi n’a pas pu être lu",
                "Il n’a pas la forme que nos formulaires lui donnent. Revenez à la page précédente, \
                 rechargez-la, puis envoyez de nouveau.",
            ),
            status if status.is_server_error() => INTERNAL,
            _ => BAD_ADDRESS,
        };
        Self::new(title, message)
    }

    /// The same before a colleague: back to the inbox, not to the form of the public.
    pub(super) fn at_the_desk(mut self) -> Self {
        if self.way == Way::Public {
            self.way = Way::Staff;
            if self.title == NOT_FOUND.0 {
                self.message = Cow::Borrowed(NOT_FOUND_AT_THE_DESK);
            }
        }
        self
    }

    /// The answer, with the headers that an error would otherwise go without.
    pub(super) fn answer(&self, status: StatusCode) -> HttpResponse {
        let mut answer = HttpResponse::build(status);
        answer
            .insert_header(ContentType::html())
            .insert_header((CACHE_CONTROL, "no-store"));
        for header in headers::ALWAYS {
            answer.insert_header(header);
        }
        answer.body(self.render().unwrap_or_else(|_| self.title.to_owned()))
    }
}

/// No such address.
pub(super) const NOT_FOUND: (&str, &str) = (
    "Cette page n’existe pas",
    "L’adresse est peut-être incomplète, ou la page a été déplacée.",
);
const NOT_FOUND_AT_THE_DESK: &str =
    "L’adresse est peut-être incomplète. Si vous cherchez un dossier, vérifiez la référence.";
/// An address that cannot be read.
pub(super) const BAD_ADDRESS: (&str, &str) = (
    "Cette adresse n’a pas pu être lue",
    "Elle a sans doute été coupée ou modifiée en chemin. Repartez de l’un de ces liens.",
);
/// A body larger than may be.
pub(super) const TOO_LARGE: (&str, &str) = (
    "Votre envoi est trop volumineux",
    "Rien n’a été enregistré. Revenez à la page précédente, raccourcissez le texte ou choisissez \
     des fichiers plus légers, puis envoyez de nouveau.",
);
/// Our fault.
pub(super) const INTERNAL: (&str, &str) = (
    "Une erreur est survenue de notre côté",
    "Vous n’y êtes pour rien. L’incident est noté dans nos journaux techniques. Réessayez dans \
     quelques minutes, ou écrivez-nous autrement\u{202f}: votre message comptera tout autant.",
);

/// Gives a page to whatever was refused without one, by the server or by a library; and to colleagues
/// at their desk, the way back to it.
///
/// # Errors
/// Those of the handler, with their page.
pub async fn give_errors_a_page(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let method = request.method().clone();
    let is_for_machines = matches!(request.path(), urls::HEALTH | urls::READY);
    let is_desk = is_desk(request.path());
    match next.call(request).await {
        Ok(answer) => {
            let answer = answer.map_into_boxed_body();
            let failed = answer.response().error();
            let failed = failed.and_then(actix_web::Error::as_error::<AppError>);
            if let Some(page) = failed.filter(|_| is_desk).map(AppError::at_the_desk) {
                return Ok(answer.into_response(page));
            }
            if is_for_machines || !is_bare(answer.status(), answer.headers()) {
                return Ok(answer);
            }
            let page = bare_page(answer.status(), &method, is_desk);
            Ok(answer.into_response(page))
        }
        Err(error) => {
            let answer = error.error_response();
            if is_for_machines || !is_bare(answer.status(), answer.headers()) {
                return Err(error);
            }
            let page = bare_page(answer.status(), &method, is_desk);
            Err(InternalError::from_response(error, page).into())
        }
    }
}

/// An error in plain text, or without a word.
fn is_bare(status: StatusCode, headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .map_or("", |kind| kind.to_str().unwrap_or_default());
    let is_error = status.is_client_error() || status.is_server_error();
    is_error && (kind.is_empty() || kind.starts_with("text/plain"))
}

/// Where one enrols, without a session.
const STAFF_ENROLMENT: &str = "/gestion/activation";

/// Whether an address is one of the back office behind its sign-in.
fn is_desk(path: &str) -> bool {
    let below = path.strip_prefix(urls::STAFF_INBOX);
    let is_open = [urls::STAFF_SIGN_IN, STAFF_ENROLMENT]
        .iter()
        .any(|open| path.starts_with(open));
    below.is_some_and(|below| below.is_empty() || below.starts_with('/')) && !is_open
}

fn bare_page(status: StatusCode, method: &Method, is_desk: bool) -> HttpResponse {
    let page = ErrorPage::of(status);
    let page = if is_desk { page.at_the_desk() } else { page };
    let mut answer = page.answer(status);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        let other = match *method {
            Method::GET | Method::HEAD => "POST",
            Method::POST => "GET, HEAD",
            _ => "GET, HEAD, POST",
        };
        let other = actix_web::http::header::HeaderValue::from_static(other);
        answer.headers_mut().insert(ALLOW, other);
    }
    answer
}
