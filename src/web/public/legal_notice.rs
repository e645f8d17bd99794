//! `/mentions-legales`: who publishes the site. What the firm did not give is not shown (R74).

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::settings::{Book, Key};
use crate::web::{AppError, AppState};

/// `templates/public/legal_notice.html`.
#[derive(Template)]
#[template(path = "public/legal_notice.html")]
struct LegalNotice<'a> {
    site: &'a str,
    book: &'a Book,
}

impl LegalNotice<'_> {
    /// The complaints address without accent, if the firm gave one.
    fn alias(&self) -> Option<&str> {
        self.book.text(Key::ComplaintsAlias)
    }

    /// What the firm gave of its identity, in the order of the page.
    fn facts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("Forme juridique", Key::LegalForm),
            ("Capital social", Key::Capital),
            ("Siège social", Key::RegisteredOffice),
            ("Immatriculation au RCS", Key::Rcs),
            ("Numéro de TVA", Key::Vat),
            ("Immatriculation à l’ORIAS", Key::Orias),
            ("Association professionnelle", Key::Association),
            ("Assurance de responsabilité civile", Key::LiabilityInsurer),
            ("Direction de la publication", Key::Director),
            ("Téléphone", Key::Phone),
        ]
        .into_iter()
        .filter_map(|(label, key)| Some((label, self.book.text(key)?)))
    }
}

/// GET `/mentions-legales`.
pub(super) async fn show(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, AppError> {
    let book = state.book();
    let page = || LegalNotice {
        site: &state.public_url,
        book: &book,
    };
    std::future::ready(
        state
            .prepared
            .legal_notice
            .answer(&request, book.edition(), page),
    )
    .await
}
