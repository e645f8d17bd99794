//! The one-time link, shown once: the answer to an invitation or to a reset.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::db::Conn;
use crate::staff::{self, EmailLinkError, OneTimeLink};
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::enrolment;
use crate::web::staff::moment::Moment;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/accounts/link.html`.
#[derive(Template)]
#[template(path = "staff/accounts/link.html")]
struct LinkPage {
    shell: Shell,
    name: String,
    /// The link, absolute.
    url: String,
    until: Moment,
    /// Whether it was also e-mailed.
    is_mailed: bool,
    account: String,
}

/// Shows the link, and e-mails it when a relay carries our e-mails.
pub(super) async fn hand_over(
    state: &AppState,
    current: &CurrentStaff,
    conn: &mut Conn,
    (link, name): (OneTimeLink, String),
) -> Result<HttpResponse, AppError> {
    let prefix = format!("{}{}", state.public_url, urls::staff_activation(""));
    let sealing = (prefix.as_str(), &*state.keys.outbox);
    let is_mailed = state.settings.mail.relay.is_some()
        && staff::email_link(conn, &link, sealing, state.clock.now()).await?;
    if is_mailed {
        state.outbox_bell.notify_one();
    }
    let page = LinkPage {
        shell: current.shell(state),
        name,
        url: format!("{prefix}{}", link.token.expose()),
        until: Moment::of(link.expires_at),
        is_mailed,
        account: urls::staff_account(link.account),
    };
    // The page holds a secret: what it leads to must not learn of it.
    html::page(StatusCode::OK, &page).map(enrolment::discreet)
}

impl From<EmailLinkError> for AppError {
    fn from(error: EmailLinkError) -> Self {
        match error {
            EmailLinkError::Db(error) => error.into(),
            EmailLinkError::Words(error) => Self::Internal(error.into()),
        }
    }
}
