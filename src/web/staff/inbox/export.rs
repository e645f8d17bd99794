//! GET `/gestion/dossiers.csv?…`: the list as a file that a French spreadsheet opens.

use std::fmt::Write;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Bytes, Data, Query};
use chrono::{DateTime, NaiveDate, Utc};
use futures_util::stream::try_unfold;

use crate::calendar;
use crate::case::inbox::{self, Asked, Cursor, EXPORT_MOST, Filters, Line, List, Seat};
use crate::staff::Right;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::inbox::lists;
use crate::web::staff::inbox::room::Room;
use crate::web::staff::inbox::row::Row;
use crate::web::{AppError, AppState};

/// Read at once.
const PIECE_LINES: usize = 500;
/// Most pieces that filters may look through: each looks at no more than its window.
const MOST_PIECES: usize = 100;
/// So that Excel reads it as UTF-8.
const BOM: &str = "\u{feff}";
const HEADER: &str = "Référence;Nature;État;Personne;Produit et sujet;Prochaine date;Pour;Gestionnaire;Canal;Étiquettes;Dernier événement;Clôture\r\n";
const CUT: &str =
    "Liste interrompue\u{202f}: elle est trop longue pour un seul fichier. Filtrez-la.\r\n";

/// GET: streamed a piece at a time, so that a long list takes neither memory nor a connection.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    pairs: Query<Vec<(String, String)>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ExportLists)?;
    let now = state.clock.now();
    let mut conn = state.pool.get().await?;
    let room = Room::read(&state, &current, &mut conn).await?;
    let mut view = room.view(&pairs);
    view.filters.look_for_words(&mut conn).await?;
    let fields: Vec<&str> = view.chosen.iter().map(|one| one.field.code()).collect();
    let list = lists::code(view.list);
    inbox::record_export(&mut conn, list, &fields, (current.id(), now)).await?;
    drop(conn);
    let export = Export {
        seat: room.seat,
        room,
        list: view.list,
        filters: view.filters,
        after: None,
        n_pieces: 0,
        n_lines: 0,
        is_over: false,
        state,
    };
    let pieces = try_unfold(export, |mut export| async move {
        let piece = export.piece().await?;
        Ok::<_, AppError>(piece.map(|piece| (piece, export)))
    });
    let name = format!("dossiers-{}.csv", calendar::paris_date(now));
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(pieces))
}

/// A file being written.
struct Export {
    state: Data<AppState>,
    room: Room,
    seat: Seat,
    list: List,
    filters: Filters,
    after: Option<Cursor>,
    n_pieces: usize,
    n_lines: usize,
    is_over: bool,
}

impl Export {
    /// The next piece of the file; none at its end.
    async fn piece(&mut self) -> Result<Option<Bytes>, AppError> {
        if self.is_over {
            return Ok(None);
        }
        let asked = Asked {
            list: self.list,
            seat: &self.seat,
            filters: &self.filters,
            after: self.after,
            n_lines: PIECE_LINES,
        };
        let mut conn = self.state.pool.get().await?;
        let page = inbox::page(&mut conn, &asked).await?;
        drop(conn);
        let mut text = String::new();
        if self.n_pieces == 0 {
            text.push_str(BOM);
            text.push_str(HEADER);
        }
        for line in &page.lines {
            self.put(&mut text, line);
        }
        self.n_pieces += 1;
        self.n_lines += page.lines.len();
        let is_full = self.n_lines >= EXPORT_MOST || self.n_pieces >= MOST_PIECES;
        if is_full && page.next.is_some() {
            text.push_str(CUT);
        }
        self.is_over = is_full || page.next.is_none();
        self.after = page.next;
        Ok(Some(Bytes::from(text)))
    }

    fn put(&self, text: &mut String, line: &Line) {
        let row = Row::new(line, &self.room, self.seat.viewer.today);
        let cells = [
            row.reference.as_str(),
            row.nature,
            row.status,
            &row.person,
            row.topic.as_deref().unwrap_or_default(),
            &day(line.next_due_on),
            row.due.what,
            row.handler.as_deref().unwrap_or_default(),
            row.channel,
            &row.labels.join(", "),
            &instant(line.last_event_at),
            &line.closed_on.map(day).unwrap_or_default(),
        ]
        .map(cell);
        // Writing to a string cannot fail.
        let _infallible = write!(text, "{}\r\n", cells.join(";"));
    }
}

fn day(on: NaiveDate) -> String {
    on.format("%d/%m/%Y").to_string()
}

fn instant(at: DateTime<Utc>) -> String {
    day(calendar::paris_date(at))
}

/// A cell: quoted where it must be, and never a formula, whoever wrote it.
fn cell(text: &str) -> String {
    let text = text.replace(['\u{202f}', '\u{a0}'], " ");
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let text = if is_formula { format!("'{text}") } else { text };
    if text.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_keeps_its_separators() {
        for (typed, kept) in [
            ("Jeanne Lefèvre", "Jeanne Lefèvre"),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+33 6", "'+33 6"),
            ("-1", "'-1"),
            ("@SUM", "'@SUM"),
            ("\t=1", "'\t=1"),
            ("a;b", "\"a;b\""),
            ("deux\nlignes", "\"deux\nlignes\""),
        ] {
            assert_eq!(cell(typed), kept);
        }
    }
}
