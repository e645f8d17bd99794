//! One e-mail: what it says, what is joined, the cases it may belong to.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::case::incoming::{self, IncomingId, Listed, PieceRow, Read, State, Suggestion};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::incoming::words;
use crate::web::staff::moment::Moment;
use crate::web::staff::words as case_words;
use crate::web::upload::size_words;
use crate::web::{AppError, AppState, download, html, urls};

/// `templates/staff/incoming/mail.html`.
#[derive(Template)]
#[template(path = "staff/incoming/mail.html")]
pub(super) struct MailPage {
    shell: Shell,
    pub(super) errors: FormErrors,
    notice: Option<&'static str>,
    address: String,
    subject: String,
    sender: String,
    sender_address: Option<String>,
    written: Option<Moment>,
    received: Moment,
    size: String,
    badge: &'static str,
    tone: &'static str,
    reason: Option<&'static str>,
    /// Its case: where, the reference, and what the e-mail is to it.
    case: Option<(String, String, &'static str)>,
    motive: Option<String>,
    body: String,
    pieces: Vec<Piece>,
    can_decide: bool,
    can_be_opened: bool,
    can_set_aside: bool,
    suggestions: Vec<Suggested>,
    pub(super) typed: Typed,
}

/// What staff type on an e-mail.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct Typed {
    pub(super) dossier: String,
    pub(super) auteur: String,
    pub(super) motif: String,
}

struct Piece {
    name: String,
    kind: String,
    size: String,
    /// Where it can be had; none when it cannot.
    address: Option<String>,
    why: Option<&'static str>,
}

struct Suggested {
    /// Id of the box of its form.
    field: String,
    address: String,
    reference: String,
    person: String,
    standing: String,
    why: String,
}

/// What the address says was done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct Done {
    fait: String,
}

/// GET `/gestion/courriels/recus/{courriel}`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    done: Query<Done>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let mut page = MailPage::read(&state, &current, IncomingId(*id)).await?;
    page.notice = match done.fait.as_str() {
        "message" => Some("Le courriel est un message de la personne, dans son dossier."),
        "interne" => {
            Some("Le courriel est rattaché au dossier pour l’équipe. La personne n’en voit rien.")
        }
        _ => None,
    };
    html::page(StatusCode::OK, &page)
}

/// GET `/gestion/courriels/recus/{courriel}/original`: the e-mail as it came.
pub(in crate::web::staff) async fn original(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let mut conn = state.pool.get().await?;
    let viewer = current.viewer(&state);
    let mail = incoming::read(&mut conn, IncomingId(*id), viewer).await?;
    let file = incoming::original(&mut conn, &mail.letter).await?;
    download::answer_mail(&state, &file)
}

/// GET `/gestion/courriels/recus/{courriel}/pieces/{piece}`: to be saved, never shown by the browser.
pub(in crate::web::staff) async fn piece(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Path<(i64, i32)>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let (id, n) = asked.into_inner();
    let mut conn = state.pool.get().await?;
    let viewer = current.viewer(&state);
    let mail = incoming::read(&mut conn, IncomingId(id), viewer).await?;
    let piece = mail.pieces.into_iter().find(|piece| piece.n == n);
    let file = piece.and_then(|piece| piece.file);
    download::answer_mail(&state, &file.ok_or(AppError::NotFound)?)
}

/// The page of an e-mail.
pub(super) fn address(id: IncomingId) -> String {
    format!("{}/{}", urls::STAFF_INCOMING, id.0)
}

impl MailPage {
    /// Reads it, for someone who may.
    pub(super) async fn read(
        state: &AppState,
        current: &CurrentStaff,
        id: IncomingId,
    ) -> Result<Self, AppError> {
        let mut conn = state.pool.get().await?;
        let viewer = current.viewer(state);
        let read = incoming::read(&mut conn, id, viewer).await?;
        let can_decide = read.listed.state != State::Filed;
        let suggestions = if can_decide {
            incoming::suggestions(&mut conn, &read, viewer).await?
        } else {
            Vec::new()
        };
        drop(conn);
        let shell = current.shell(state);
        Ok(Self::of(read, suggestions, (shell, state.has_scanner())))
    }

    fn of(read: Read, suggestions: Vec<Suggestion>, (shell, has_scanner): (Shell, bool)) -> Self {
        let Read {
            listed,
            letter,
            part,
            pieces,
        } = read;
        let (badge, tone) = words::badge(&listed);
        let at = address(listed.id);
        let case = listed.case.map(|case| case.to_string());
        let size = u64::try_from(letter.size).unwrap_or_default();
        let pieces = pieces.into_iter();
        Self {
            shell,
            errors: FormErrors::default(),
            notice: None,
            subject: words::subject(&listed.subject),
            sender: words::sender(&listed),
            written: letter.written_at.map(Moment::of),
            received: Moment::of(listed.received_at),
            size: size_words(size),
            badge,
            tone,
            reason: reason(&listed),
            case: case.zip(part).map(|(case, part)| {
                let address = format!("{}/{case}", urls::STAFF_CASES);
                (address, case, words::part(part))
            }),
            pieces: pieces
                .map(|piece| Piece::of(piece, &at, has_scanner))
                .collect(),
            can_decide: listed.state != State::Filed,
            can_be_opened: listed.can_be_a_persons(),
            can_set_aside: matches!(listed.state, State::Held | State::NotUnderstood),
            suggestions: suggestions.into_iter().map(Suggested::of).collect(),
            typed: Typed::default(),
            sender_address: listed.sender.filter(|_| listed.sender_name.is_some()),
            motive: letter.motive,
            body: letter.body,
            address: at,
        }
    }
}

fn reason(mail: &Listed) -> Option<&'static str> {
    let waits = matches!(mail.state, State::Held | State::NotUnderstood);
    mail.reason.filter(|_| waits).map(words::reason)
}

impl Piece {
    fn of(piece: PieceRow, mail: &str, has_scanner: bool) -> Self {
        let may_be_served = |scan: crate::files::ScanState| scan.may_be_served(has_scanner);
        let served = piece.file.as_ref().map(|file| may_be_served(file.scan));
        Self {
            name: piece.name,
            kind: piece.declared,
            size: size_words(u64::try_from(piece.size).unwrap_or_default()),
            address: (served == Some(true)).then(|| format!("{mail}/pieces/{}", piece.n)),
            why: match (piece.refusal, served) {
                (Some(refusal), _) => Some(words::refusal(refusal)),
                (None, Some(false)) => Some("Retenu par l’antivirus, ou pas encore examiné"),
                (None, None) => Some("Reste dans l’original"),
                (None, Some(true)) => None,
            },
        }
    }
}

impl Suggested {
    fn of(suggestion: Suggestion) -> Self {
        let reference = suggestion.reference.to_string();
        let why: Vec<&str> = suggestion.why.into_iter().map(words::why).collect();
        Self {
            field: format!("auteur-{reference}"),
            address: format!("{}/{reference}", urls::STAFF_CASES),
            reference,
            person: suggestion.person.unwrap_or_else(|| "effacée".to_owned()),
            standing: case_words::standing(suggestion.nature, suggestion.status),
            why: why.join(", "),
        }
    }
}
