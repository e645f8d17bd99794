//! `/mentions-legales`: who publishes the site. What the firm did not give is not shown (R74).

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::config::LegalIdentity;
use crate::web::{AppError, AppState};

/// `templates/public/legal_notice.html`.
#[derive(Template)]
#[template(path = "public/legal_notice.html")]
struct LegalNotice<'a> {
    site: &'a str,
    identity: &'a LegalIdentity,
}

impl<'a> LegalNotice<'a> {
    /// What the firm gave of its identity, in the order of the page.
    fn facts(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        let it = self.identity;
        [
            ("Forme juridique", &it.legal_form),
            ("Capital social", &it.capital),
            ("Siège social", &it.registered_office),
            ("Immatriculation au RCS", &it.rcs),
            ("Numéro de TVA", &it.vat),
            ("Immatriculation à l’ORIAS", &it.orias),
            ("Association professionnelle", &it.association),
            ("Assurance de responsabilité civile", &it.liability_insurer),
            ("Direction de la publication", &it.director),
            ("Téléphone", &it.phone),
        ]
        .into_iter()
        .filter_map(|(label, value)| Some((label, value.as_deref()?)))
    }
}

/// GET `/mentions-legales`.
pub(super) async fn show(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, AppError> {
    let page = || LegalNotice {
        site: &state.public_url,
        identity: &state.settings.identity,
    };
    std::future::ready(state.prepared.legal_notice.answer(&request, page)).await
}
