//! What cannot be shown any more, with a way out.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::web::AppError;
use crate::web::public::visit::Visit;

/// `templates/public/deposit/gone.html`.
#[derive(Template)]
#[template(path = "public/deposit/gone.html")]
struct GonePage {
    draft_days: u32,
    what: Gone,
}

impl GonePage {
    const fn title(&self) -> &'static str {
        match self.what {
            Gone::Draft => "Votre brouillon n’est plus disponible",
            Gone::SentElsewhere => "Ce formulaire a déjà été envoyé",
            Gone::Confirmation => "Cette confirmation n’est plus affichée",
            Gone::BadLink => "Ce lien ne fonctionne pas",
            Gone::LinkOver => "Ce lien n’est plus valable",
        }
    }
}

/// What cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    /// The draft of the cookie is forged or expired.
    Draft,
    /// The draft was sent, by another browser.
    SentElsewhere,
    /// The confirmation was shown for an hour, or to another browser.
    Confirmation,
    /// The link is not ours, or was cut on the way.
    BadLink,
    /// The draft of the link is over.
    LinkOver,
}

/// Says so, with a way out.
pub(super) fn page(visit: &Visit<'_>, what: Gone) -> Result<HttpResponse, AppError> {
    let page = GonePage {
        draft_days: visit.state.settings.limits.draft_days,
        what,
    };
    visit.answer(StatusCode::GONE, &page)
}
