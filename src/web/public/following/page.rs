//! What the person's page shows, gathered in one place for every way that leads to it.

use askama::Template;
use chrono::{NaiveDate, SecondsFormat};

use crate::calendar::Promise;
use crate::case::answer;
use crate::case::correspondence::{self, ExchangePage};
use crate::case::exchange::{Exchange, ExchangeKind, Side};
use crate::case::files::{self, CaseFile, FileAuthor, FileStage};
use crate::case::outside::beside;
use crate::case::public_events;
use crate::case::{self, Dossier, Nature, Satisfaction, Status, Submission, may_disagree};
use crate::db::Conn;
use crate::firm;
use crate::web::AppError;
use crate::web::form::FormErrors;
use crate::web::public::dates::{self, DateLine};
use crate::web::public::enclosed;
use crate::web::public::following::beside::BesideNotes;
use crate::web::public::following::conversion;
use crate::web::public::following::current::Current;
use crate::web::public::following::mediation::Mediation;
use crate::web::public::following::moment;
use crate::web::public::following::nature::NatureNote;
use crate::web::public::following::promises::PromiseLine;
use crate::web::public::following::rating::Rating;
use crate::web::public::following::standing::{self, Standing};
use crate::web::public::following::timeline::Happening;
use crate::web::public::recap::{self, Section};
use crate::web::public::visit::Visit;
use crate::web::upload::{FileLine, FileScan};

/// `templates/public/following/case.html`.
#[derive(Template)]
#[template(path = "public/following/case.html")]
pub(super) struct CasePage {
    csrf: String,
    /// What was just done.
    pub(super) notice: Option<&'static str>,
    /// What to correct in the one form that was refused.
    pub(super) errors: FormErrors,
    dossier: Dossier,
    standing: Standing,
    /// What stands beside it.
    beside: BesideNotes,
    left: Option<String>,
    reexamination: Option<Promise>,
    is_late: bool,
    /// A request whose target has passed.
    is_target_late: bool,
    mediation: Mediation,
    dates: Vec<DateLine>,
    /// A change of nature that the person should know of.
    nature: Option<NatureNote>,
    timeline: Vec<Happening>,
    exchanges: Vec<Exchange>,
    /// The message before which there are older ones.
    older: Option<i64>,
    /// Whether it begins with the newest.
    is_newest: bool,
    /// The box of messages.
    pub(super) writing: Writing,
    /// What the person thinks of our answer.
    pub(super) evaluation: Rating,
    copy: Vec<Section>,
    files: Vec<ListedFile>,
    n_waiting: usize,
    /// What our answers promised.
    promises: Vec<PromiseLine>,
    /// The complaints address without accent, if the firm gave one.
    alias: Option<String>,
}

/// A file of the case, and who sent it when.
struct ListedFile {
    line: FileLine,
    is_ours: bool,
    added: String,
}

/// The box of messages: its id, and what is typed in it.
pub(super) struct Writing {
    /// Sent again with the same words, it says one thing.
    pub(super) submission: Submission,
    /// As typed.
    pub(super) typed: String,
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
        Self::before(conn, visit, current, None).await
    }

    /// The same with the exchanges before a message.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn before(
        conn: &mut Conn,
        visit: &Visit<'_>,
        current: Current,
        before: Option<i64>,
    ) -> Result<Self, AppError> {
        let (dossier, today) = (current.dossier, visit.today());
        let ExchangePage { exchanges, older } =
            correspondence::page(conn, dossier.case.id(), before).await?;
        let beside = beside(conn, dossier.case.id()).await?;
        let events = public_events::of_case(conn, dossier.case.id()).await?;
        let commitments = answer::commitments(conn, dossier.case.id()).await?;
        let as_filed = case::as_filed(conn, &dossier).await?;
        let person = Some(FileAuthor::Person);
        let files = files::of_case(conn, dossier.case.id(), person).await?;
        let is_waiting = |file: &&CaseFile| file.stage == FileStage::Pending;
        Ok(Self {
            csrf: visit.csrf_for(dossier.case.id()),
            notice: None,
            errors: FormErrors::default(),
            standing: Standing::of(&dossier, &beside),
            beside: BesideNotes::of(&dossier, &beside, today),
            left: standing::left(&dossier, today),
            reexamination: standing::reexamination(&dossier, today),
            is_late: standing::is_late(&dossier, today),
            is_target_late: standing::is_target_late(&dossier, today),
            mediation: Mediation::of(&dossier, today),
            dates: dates::of(&dossier, today),
            nature: NatureNote::of(&dossier),
            timeline: events.into_iter().map(Happening::of).collect(),
            writing: Writing {
                submission: Submission::new(),
                typed: String::new(),
            },
            evaluation: Rating::of(&dossier, answered_on(&dossier, &exchanges), today),
            exchanges,
            promises: commitments
                .into_iter()
                .map(|made| PromiseLine::of(made, today))
                .collect(),
            older,
            is_newest: before.is_none(),
            copy: enclosed::add_filed(recap::of_dossier(&dossier, &as_filed), &files),
            alias: visit.state.complaints_alias(),
            n_waiting: files.iter().filter(is_waiting).count(),
            files: listed(&files, visit.state.has_scanner()),
            dossier,
        })
    }

    fn is_request(&self) -> bool {
        self.dossier.case.nature == Nature::InformationRequest
    }

    /// Whether there is an answer to contest.
    fn may_disagree(&self) -> bool {
        may_disagree(self.dossier.case.nature, self.dossier.case.status)
    }

    /// Whether the person can go to the mediator as a consumer, now.
    fn mediator_is_open(&self) -> bool {
        matches!(self.mediation, Mediation::Consumer { .. })
    }

    /// Whether the request can become a complaint.
    fn may_convert(&self) -> bool {
        conversion::is_offered(&self.dossier)
    }

    fn has_ended(&self) -> bool {
        self.dossier.case.status.has_ended()
    }

    fn is_withdrawn(&self) -> bool {
        self.dossier.case.status == Status::Withdrawn
    }

    /// Whether the mediator's details come first: there is something to take to them.
    fn shows_mediator_first(&self) -> bool {
        self.is_late || self.dossier.is_contested()
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

    /// What it is, when it is no plain message: tone of its badge, and its words.
    fn badge(exchange: &Exchange) -> Option<(&'static str, &'static str)> {
        match exchange.kind {
            ExchangeKind::Message => None,
            ExchangeKind::Answer => Some(("ok", "Réponse motivée")),
            ExchangeKind::Disagreement => Some(("soon", "Désaccord")),
            ExchangeKind::Withdrawal | ExchangeKind::WithdrawalTaken => Some(("", "Retrait")),
            ExchangeKind::Asked => Some(("soon", "Élément demandé")),
            ExchangeKind::HoldingLetter => Some(("soon", "Lettre d’attente")),
            ExchangeKind::Transfer => Some(("blue", "Transmission")),
            ExchangeKind::Mediation => Some(("blue", "Médiation")),
        }
    }

    /// For machines: HTML takes no more than milliseconds.
    fn instant(exchange: &Exchange) -> String {
        exchange.at.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// « 4 mai 2026, 10 h 12 », Paris time.
    fn moment(exchange: &Exchange) -> String {
        moment(exchange.at)
    }
}

/// The day the last answer left.
fn answered_on(dossier: &Dossier, exchanges: &[Exchange]) -> Option<NaiveDate> {
    let last = exchanges.iter().filter_map(|one| one.left_on).max();
    last.or(dossier.case.answered_on)
}

fn listed(files: &[CaseFile], has_scanner: bool) -> Vec<ListedFile> {
    files
        .iter()
        .filter(|file| file.stage != FileStage::Pending)
        .map(|file| ListedFile {
            line: FileLine::new(file, has_scanner),
            is_ours: file.author != Some(FileAuthor::Person),
            added: moment(file.added_at),
        })
        .collect()
}
