//! What every act on a case starts from, and how it ends: done, refused at a field, or too late.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::case::{ActError, Reference, Seen, dossier};
use crate::db::Conn;
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::attempt::Attempt;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::page::CasePage;
use crate::web::staff::cases::refused::{RefusedPage, Why};
use crate::web::staff::current::CurrentStaff;
use crate::web::{AppError, AppState, html, urls};

/// Which case an address names.
pub(super) fn parse_reference(text: &str) -> Result<Reference, AppError> {
    Reference::parse(text).ok_or(AppError::NotFound)
}

/// Someone about to act on a case.
pub(in crate::web::staff) struct Desk {
    /// The site.
    pub(super) state: Data<AppState>,
    /// Who acts.
    pub(super) current: CurrentStaff,
    /// On which case.
    pub(super) reference: Reference,
    /// The case as they saw it.
    pub(super) seen: Seen,
    /// The last line of its journal that they saw.
    pub(super) last_line: i32,
}

/// What the hidden fields of every form say of the case as it was shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// Its version.
    pub(super) version: i32,
    /// The last line of its journal.
    pub(super) last_line: i32,
}

impl Desk {
    /// Checks the right again, and that the case exists.
    pub(super) async fn open(
        state: Data<AppState>,
        current: CurrentStaff,
        right: Right,
        reference: &str,
        shown: Shown,
    ) -> Result<Self, AppError> {
        current.require(right)?;
        let reference = parse_reference(reference)?;
        let mut conn = state.pool.get().await?;
        let dossier = dossier::by_reference(&mut conn, reference).await?;
        drop(conn);
        Ok(Self {
            seen: Seen {
                case: dossier.case.id(),
                version: shown.version,
            },
            last_line: shown.last_line,
            state,
            current,
            reference,
        })
    }

    /// Reads the case as it is now.
    pub(super) async fn load(&self, conn: &mut Conn) -> Result<Loaded, AppError> {
        Ok(Loaded::read(conn, self.reference, self.state.clock.now()).await?)
    }

    /// The end of an act: the case with a notice, or what stood in the way, and nothing lost.
    pub(super) async fn conclude(
        self,
        done: Result<(), ActError>,
        attempt: Attempt,
    ) -> Result<HttpResponse, AppError> {
        let error = match done {
            Ok(()) => {
                self.state.outbox_bell.notify_one();
                return Ok(self.see_case(attempt.done()));
            }
            Err(error) => error,
        };
        if let Some(why) = Why::from_act(error)? {
            return self.refuse(why, attempt).await;
        }
        let mut errors = FormErrors::default();
        let words = if attempt.objected_on().is_some() {
            BAD_OBJECTION_DATE
        } else {
            BAD_DATE
        };
        errors.push(page_field(&attempt), words);
        self.show_again(attempt, errors).await
    }

    /// The case, and that the act is done.
    pub(super) fn see_case(&self, done: &str) -> HttpResponse {
        let address = urls::staff_case(&self.reference);
        html::see_other(&format!("{address}?fait={done}"))
    }

    /// The case with the same form, what was typed in it, and what to correct.
    pub(super) async fn show_again(
        self,
        attempt: Attempt,
        errors: FormErrors,
    ) -> Result<HttpResponse, AppError> {
        let mut conn = self.state.pool.get().await?;
        let loaded = self.load(&mut conn).await?;
        drop(conn);
        let page = CasePage::new(&self.state, &self.current, &loaded).refused(attempt, errors);
        html::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }

    /// What changed meanwhile, beside what was typed.
    pub(super) async fn refuse(self, why: Why, attempt: Attempt) -> Result<HttpResponse, AppError> {
        let mut conn = self.state.pool.get().await?;
        let loaded = self.load(&mut conn).await?;
        drop(conn);
        let page = RefusedPage::new(&self, &loaded, why, &attempt);
        html::page(StatusCode::CONFLICT, &page)
    }
}

/// Id of the field of an attempt.
pub(super) fn page_field(attempt: &Attempt) -> String {
    match attempt {
        Attempt::Note(_) => "note".to_owned(),
        Attempt::Message(..) => "message".to_owned(),
        Attempt::Post(kind, _) => format!("poste-{}", kind.code()),
        Attempt::Assign(_) => "gestionnaire".to_owned(),
        Attempt::Requalify(..) => "motif".to_owned(),
        Attempt::Object(_) => "opposition".to_owned(),
        Attempt::Take | Attempt::MarkRead | Attempt::Read | Attempt::Send | Attempt::Close => {
            "suite".to_owned()
        }
    }
}

const BAD_DATE: &str = "Indiquez une date comprise entre la réception du dossier et aujourd’hui.";
const BAD_OBJECTION_DATE: &str =
    "Indiquez une date comprise entre la requalification et aujourd’hui.";
