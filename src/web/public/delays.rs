//! The public date calculator: what a complaint written on a given day is owed, and why.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDate;
use url::form_urlencoded;

use crate::calendar::{
    DateError, Deadline, LegalDates, Start, days_left_words, is_overdue, long_date, paris_date,
    parse_typed_date,
};
use crate::web::form::FormErrors;
use crate::web::{AppError, AppState, html, urls};

/// Id and name of the only field.
const DATE: &str = "date";

/// `templates/public/delays.html`.
#[derive(Template)]
#[template(path = "public/delays.html")]
struct DelaysPage {
    errors: FormErrors,
    /// The date as typed, kept whatever it was.
    typed: String,
    counted: Option<Counted>,
}

/// The clocks of one date.
struct Counted {
    written_on: String,
    /// The answer's date is past, and the mediator can still be asked.
    is_late: bool,
    lines: Vec<Line>,
}

/// One clock: its date, what is owed by then, and why that date.
struct Line {
    /// What stands before the date: « Au plus tard le ».
    when: &'static str,
    date: NaiveDate,
    date_in_words: String,
    what: &'static str,
    /// How long is left, where something can be late.
    left: Option<String>,
    is_past: bool,
    why: Vec<String>,
}

/// GET `/delais`, with `?date=` as `AAAA-MM-JJ` or as people type it, `JJ/MM/AAAA`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let today = paris_date(state.clock.now());
    let typed = typed_date(request.query_string());
    let (status, page) = answer(typed.as_deref(), today);
    std::future::ready(html::page(status, &page)).await
}

/// The first `date` of the query, decoded as far as it can be.
fn typed_date(query: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == DATE)
        .map(|(_, typed)| typed.into_owned())
}

fn answer(typed: Option<&str>, today: NaiveDate) -> (StatusCode, DelaysPage) {
    let mut page = DelaysPage {
        errors: FormErrors::default(),
        typed: typed.unwrap_or_default().to_owned(),
        counted: None,
    };
    let status = match typed.map(parse_typed_date) {
        None => StatusCode::OK,
        Some(Ok(date)) => {
            page.counted = Some(Counted::new(date, today));
            StatusCode::OK
        }
        Some(Err(error)) => {
            page.errors.push(DATE, sentence(error));
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    (status, page)
}

/// What to do about a date that cannot be read.
const fn sentence(error: DateError) -> &'static str {
    match error {
        DateError::Form => {
            "Indiquez une date avec le jour, le mois et l’année, par exemple 30/04/2026."
        }
        DateError::NoSuchDay => {
            "Vérifiez la date\u{202f}: ce jour n’existe pas dans le calendrier."
        }
        DateError::Range => "Vérifiez l’année\u{202f}: indiquez une date de 1970 à 2200.",
    }
}

impl Counted {
    fn new(written_on: NaiveDate, today: NaiveDate) -> Self {
        let dates = LegalDates::compute(Start::same_day(written_on));
        let line = |deadline, when, what| Line::new(&dates, deadline, when, what, today);
        let mut lines = vec![
            line(
                Deadline::Acknowledgement,
                "Au plus tard le",
                "Accusé de réception.",
            ),
            line(Deadline::Answer, "Au plus tard le", "Réponse motivée."),
            line(
                Deadline::MediationFrom,
                "À partir du",
                "Sans solution, vous pouvez saisir le médiateur, gratuitement.",
            ),
            line(
                Deadline::MediationLastDay,
                "Jusqu’au",
                "Vous pouvez saisir le médiateur\u{202f}: un an au plus après votre réclamation écrite.",
            ),
        ];
        // On the line of time: sixty days are over before or after two months, as the months go.
        lines.sort_by_key(|line| line.date);
        Self {
            written_on: long_date(written_on),
            is_late: is_overdue(dates.answer_due.date, today)
                && !is_overdue(dates.mediation_last_day.date, today),
            lines,
        }
    }
}

impl Line {
    fn new(
        dates: &LegalDates,
        deadline: Deadline,
        when: &'static str,
        what: &'static str,
        today: NaiveDate,
    ) -> Self {
        let date = dates.get(deadline).date;
        let can_be_late = deadline != Deadline::MediationFrom;
        Self {
            when,
            date,
            date_in_words: long_date(date),
            what,
            left: can_be_late.then(|| left_words(date, today)),
            is_past: is_overdue(date, today),
            why: dates.sentences(deadline),
        }
    }
}

/// What is left until `date`. The calculator does not know whether we kept it: a past date is
/// past, not late.
fn left_words(date: NaiveDate, today: NaiveDate) -> String {
    if is_overdue(date, today) {
        "date passée".to_owned()
    } else {
        days_left_words(date, today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(query: &str) -> (StatusCode, String) {
        let (status, page) = answer(typed_date(query).as_deref(), "2026-05-13".parse().unwrap());
        (
            status,
            page.render().unwrap().replace(['\u{a0}', '\u{202f}'], " "),
        )
    }

    #[test]
    fn every_clock_is_shown_with_its_explanation() {
        for query in [
            "date=2026-04-30",
            "date=30%2F04%2F2026",
            "x=1&date=+30.4.2026",
        ] {
            let (status, page) = page(query);
            assert_eq!(status, StatusCode::OK, "{query}");
            for told in [
                "vendredi 15 mai 2026",
                "mardi 30 juin 2026",
                "lundi 29 juin 2026",
                "vendredi 30 avril 2027",
                "il reste 2 jours",
                "vendredi 8 mai 2026 (férié, 8 mai)",
                "jeudi 14 mai 2026 (férié, Ascension)",
                "href=\"/deposer\"",
            ] {
                assert!(page.contains(told), "{told} for {query}");
            }
            assert!(!page.contains("sans attendre"), "{query}");
        }
    }

    #[test]
    fn a_past_date_is_never_a_promise() {
        let (_, late) = page("date=2025-12-01");
        assert!(late.contains("date passée") && late.contains("sans attendre"));
        let (_, long_ago) = page("date=2001-12-01");
        assert!(long_ago.contains("date passée") && !long_ago.contains("sans attendre"));
    }

    #[test]
    fn a_date_that_cannot_be_read_is_kept_with_what_to_do() {
        for (query, kept, told) in [
            ("date=", "value=\"\"", "Indiquez une date"),
            ("date=demain%00%FF", "value=\"demain", "Indiquez une date"),
            ("date=31/02/2026", "value=\"31/02/2026\"", "n’existe pas"),
            (
                "date=30/04/1026",
                "value=\"30/04/1026\"",
                "Vérifiez l’année",
            ),
            (
                "date=%22%3E%3Cb%3E",
                "value=\"&#34;&#62;&#60;b&#62;\"",
                "Indiquez une date",
            ),
        ] {
            let (status, page) = page(query);
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            assert!(
                page.contains(kept) && page.contains(told),
                "{query}: {page}"
            );
            assert!(
                page.contains("Erreur : ") && page.contains("aria-invalid"),
                "{query}"
            );
        }
        let (status, empty) = page("");
        assert_eq!(status, StatusCode::OK);
        assert!(!empty.contains("Erreur") && !empty.contains("class=\"dates\""));
    }
}
