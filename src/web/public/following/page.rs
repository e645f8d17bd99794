//! What the person's page shows, gathered in one place for every way that leads to it.

use askama::Template;
use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Europe::Paris;

use crate::calendar::plain_date;
use crate::case::exchange::{self, Exchange, Side};
use crate::case::{Dossier, Nature};
use crate::db::Conn;
use crate::firm;
use crate::web::AppError;
use crate::web::public::dates::{self, DateLine};
use crate::web::public::following::current::Current;
use crate::web::public::following::standing::{self, Standing};
use crate::web::public::recap::{self, Section};
use crate::web::public::visit::Visit;

/// `templates/public/following/case.html`.
#[derive(Template)]
#[template(path = "public/following/case.html")]
pub(super) struct CasePage {
    csrf: String,
    dossier: Dossier,
    standing: Standing,
    left: Option<String>,
    is_late: bool,
    dates: Vec<DateLine>,
    exchanges: Vec<Exchange>,
    copy: Vec<Section>,
}

impl CasePage {
    /// The page of the case that is open.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn of(
        conn: &mut Conn,
        visit: &Visit<'_>,
        current: Current,
    ) -> Result<Self, AppError> {
        let (dossier, today) = (current.dossier, visit.today());
        Ok(Self {
            csrf: visit.csrf(),
            standing: Standing::of(dossier.case.nature, dossier.case.status),
            left: standing::left(&dossier, today),
            is_late: standing::is_late(&dossier, today),
            dates: dates::of(&dossier, today),
            exchanges: exchange::with_person(conn, dossier.case.id()).await?,
            copy: recap::of_dossier(&dossier),
            dossier,
        })
    }

    fn is_request(&self) -> bool {
        self.dossier.case.nature == Nature::InformationRequest
    }

    fn is_ours(exchange: &Exchange) -> bool {
        exchange.side == Side::Office
    }

    /// « Vous », or the service that wrote.
    fn author(&self, exchange: &Exchange) -> &'static str {
        match exchange.side {
            Side::Person => "Vous",
            Side::Office if self.is_request() => firm::CUSTOMER_SERVICE,
            Side::Office => firm::COMPLAINTS_SERVICE,
        }
    }

    /// « 4 mai 2026, 10 h 12 », Paris time.
    fn moment(exchange: &Exchange) -> String {
        moment(exchange.at)
    }
}

fn moment(at: DateTime<Utc>) -> String {
    let paris = at.with_timezone(&Paris);
    format!(
        "{}, {}\u{a0}h\u{a0}{:02}",
        plain_date(paris.date_naive()),
        paris.hour(),
        paris.minute()
    )
}
