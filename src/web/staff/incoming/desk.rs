//! The desk: e-mails to decide on, filed, and set aside.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::{DateTime, Utc};

use crate::case::incoming::{self, Folder, IncomingId, Listed, Section, State};
use crate::staff::Right;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::incoming::{mail, words};
use crate::web::staff::moment::Moment;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/incoming/desk.html`.
#[derive(Template)]
#[template(path = "staff/incoming/desk.html")]
struct DeskPage {
    shell: Shell,
    notice: Option<&'static str>,
    has_mailbox: bool,
    silent: Vec<Silent>,
    stepped_over: Vec<String>,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    is_first: bool,
    first: String,
    next: Option<String>,
}

/// A folder that cannot be read.
struct Silent {
    name: String,
    /// When it last was.
    since: Option<Moment>,
    why: &'static str,
}

struct Tab {
    label: &'static str,
    address: String,
    is_current: bool,
    /// How many e-mails wait, where that matters.
    count: Option<String>,
}

struct Row {
    /// None while nobody may open it: it is not understood yet.
    address: Option<String>,
    subject: String,
    sender: String,
    sender_address: String,
    received: Moment,
    badge: &'static str,
    tone: &'static str,
    case: Option<(String, String)>,
}

/// The tabs: as the address says it, as the page does, and what they show.
const TABS: [(&str, &str, Section); 3] = [
    ("", "À traiter", Section::ToDecide),
    ("dossiers", "Classés dans un dossier", Section::Filed),
    ("cote", "Mis de côté", Section::SetAside),
];

/// GET `/gestion/courriels/recus?liste=…&avant=…&fait=…`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let code = asked.get("liste").map_or("", String::as_str);
    let tab = TABS.iter().find(|(known, ..)| *known == code);
    let (code, _, section) = tab.copied().unwrap_or(("", "", Section::ToDecide));
    let before = asked.get("avant").and_then(|id| id.parse().ok());
    let before = before.map(IncomingId);
    let now = state.clock.now();
    let mut conn = state.pool.get().await?;
    let viewer = current.viewer(&state);
    let (found, is_more) = incoming::page(&mut conn, (section, before), viewer).await?;
    let n_to_decide = incoming::n_to_decide(&mut conn, viewer, now).await?;
    let rooms = incoming::rooms(&mut conn, &state.mailbox_folders).await?;
    drop(conn);
    let next = found.last().filter(|_| is_more).map(|mail| mail.id);
    let page = DeskPage {
        shell: current.shell(&state),
        notice: match asked.get("fait").map(String::as_str) {
            Some("mise-de-cote") => Some("Le courriel est mis de côté."),
            _ => None,
        },
        has_mailbox: state.settings.mailbox.mailbox.is_some(),
        stepped_over: rooms.iter().filter_map(words::stepped_over).collect(),
        silent: rooms
            .into_iter()
            .filter_map(|room| silence(room, now))
            .collect(),
        tabs: TABS
            .iter()
            .map(|(one, label, section)| Tab {
                label,
                address: address(one, None),
                is_current: *one == code,
                count: (*section == Section::ToDecide).then(|| words::count(n_to_decide)),
            })
            .collect(),
        rows: found.into_iter().map(Row::of).collect(),
        is_first: before.is_none(),
        first: address(code, None),
        next: next.map(|id| address(code, Some(id))),
    };
    html::page(StatusCode::OK, &page)
}

fn silence(folder: Folder, now: DateTime<Utc>) -> Option<Silent> {
    let is_silent = folder.failed_at.is_some() || folder.unread_since(now).is_some();
    is_silent.then(|| Silent {
        why: words::failure(folder.failure),
        name: folder.name,
        since: folder.reached_at.map(Moment::of),
    })
}

fn address(code: &str, before: Option<IncomingId>) -> String {
    let list = (!code.is_empty()).then(|| format!("liste={code}"));
    let before = before.map(|id| format!("avant={}", id.0));
    let query: Vec<String> = [list, before].into_iter().flatten().collect();
    if query.is_empty() {
        urls::STAFF_INCOMING.to_owned()
    } else {
        format!("{}?{}", urls::STAFF_INCOMING, query.join("&"))
    }
}

impl Row {
    fn of(mail: Listed) -> Self {
        let (badge, tone) = words::badge(&mail);
        let case = mail.case.map(|case| case.to_string());
        Self {
            address: (mail.state != State::New).then(|| mail::address(mail.id)),
            subject: words::subject(&mail.subject),
            sender: words::sender(&mail),
            received: Moment::of(mail.received_at),
            badge,
            tone,
            case: case.map(|case| (format!("{}/{case}", urls::STAFF_CASES), case)),
            sender_address: mail
                .sender
                .filter(|_| mail.sender_name.is_some())
                .unwrap_or_default(),
        }
    }
}
