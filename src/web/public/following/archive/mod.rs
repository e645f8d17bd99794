//! GET `/suivi/dossier/mon-dossier.zip`: all that the person wrote, received and sent, to keep or to
//! take to the mediator. Reading is enough: a link of an e-mail opens it too.

mod words;
pub(in crate::web) mod zip;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDate;
use futures_util::StreamExt;

use crate::calendar::paris_date;
use crate::case::correspondence::Reading;
use crate::case::dossier::FilingRow;
use crate::case::files::{self as case_files, CaseFile};
use crate::case::{self, Dossier, public_events};
use crate::db::{Conn, Pool};
use crate::files::{self, FileName};
use crate::web::public::following::archive::words::{
    ChronologyText, ExchangesText, FilingText, MediatorText, ReadMe, deadlines,
};
use crate::web::public::following::archive::zip::Zip;
use crate::web::public::following::current;
use crate::web::public::following::timeline::Happening;
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html};

/// What was sent; the exchanges come after it.
const FILING: &str = "1-votre-envoi.txt";

/// What the archive is made of, read before the first byte leaves.
struct Contents {
    dossier: Dossier,
    texts: Vec<(&'static str, String)>,
    files: Vec<(String, CaseFile)>,
}

/// GET: the archive, as it is written.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    let Some(current) = current::find(&mut conn, &visit).await? else {
        return Ok(html::see_other(&current::way_in()));
    };
    of_dossier(&state, &mut conn, current.dossier, Vec::new()).await
}

/// The archive of a case, with more texts at its end.
///
/// # Errors
/// When the database fails, or a text cannot be written.
pub(in crate::web) async fn of_dossier(
    state: &AppState,
    conn: &mut Conn,
    dossier: Dossier,
    more: Vec<(&'static str, String)>,
) -> Result<HttpResponse, AppError> {
    let (case, at) = (dossier.case.id(), state.clock.now());
    let events = public_events::of_case(conn, case).await?;
    let files = case_files::of_case(conn, case, None).await?;
    let (served, withheld): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|file| file.may_be_served(state.has_scanner()));
    let files = named(served);
    let events = events.into_iter().rev().map(Happening::of).collect();
    let filing = case::as_filed(conn, &dossier).await?;
    let told = (dossier.clone(), filing, events);
    let mut texts = texts(paris_date(at), &told, (&files, withheld.len()))
        .map_err(|error| AppError::Internal(error.into()))?;
    texts.extend(more);
    let contents = Contents {
        texts,
        dossier: dossier.clone(),
        files,
    };
    let (zip, body) = Zip::begin(at);
    drop(actix_web::rt::spawn(write(
        zip,
        contents,
        state.pool.clone(),
    )));
    let name = format!(
        "attachment; filename=\"dossier-{}.zip\"",
        dossier.case.reference()
    );
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/zip"))
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(body))
}

/// Names that repeat in no folder and hold nothing a system refuses: a number, then the sender's.
fn named(files: Vec<CaseFile>) -> Vec<(String, CaseFile)> {
    let numbered = (1..).zip(files);
    numbered
        .map(|(number, file): (usize, _)| {
            let name = FileName::parse(&file.name);
            (format!("pieces/{number:02}-{}", name.as_str()), file)
        })
        .collect()
}

type Told = (Dossier, FilingRow, Vec<Happening>);

fn texts(
    today: NaiveDate,
    (dossier, filing, events): &Told,
    (files, n_withheld): (&[(String, CaseFile)], usize),
) -> Result<Vec<(&'static str, String)>, askama::Error> {
    let dates = dossier.legal_dates();
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let mut texts = vec![
        (
            "LISEZ-MOI.txt",
            ReadMe {
                dossier,
                today,
                files: &names,
                n_withheld,
            }
            .render()?,
        ),
        (FILING, FilingText::of(dossier, filing).render()?),
        (
            "3-chronologie.txt",
            ChronologyText {
                dossier,
                events,
                deadlines: dates.as_ref().map(deadlines).unwrap_or_default(),
            }
            .render()?,
        ),
    ];
    if let Some(dates) = dates {
        let text = MediatorText {
            dossier,
            dates,
            today,
        };
        texts.push(("4-pour-le-mediateur.txt", text.render()?));
    }
    Ok(texts)
}

/// Writes the archive while it is read; the reader may leave at any time.
async fn write(mut zip: Zip, contents: Contents, pool: Pool) {
    if let Err(error) = fill(&mut zip, contents, &pool).await {
        tracing::warn!(%error, "an archive was broken off");
        zip.break_off().await;
    }
}

async fn fill(zip: &mut Zip, contents: Contents, pool: &Pool) -> anyhow::Result<()> {
    for (name, text) in &contents.texts {
        zip.text(name, text).await?;
        if *name == FILING {
            correspond(zip, &contents.dossier, pool).await?;
        }
    }
    for (name, file) in &contents.files {
        zip.entry(name)?;
        let mut pieces = std::pin::pin!(files::chunks(pool.clone(), file.id));
        while let Some(piece) = pieces.next().await {
            zip.push(&piece?).await?;
        }
    }
    Ok(zip.finish().await?)
}

/// Writes every exchange, a batch at a time: a connection is held for a batch, never for the reader.
async fn correspond(zip: &mut Zip, dossier: &Dossier, pool: &Pool) -> anyhow::Result<()> {
    zip.text("2-echanges.txt", "").await?;
    let mut conn = pool.get().await?;
    let mut reading = Reading::begin(&mut conn, dossier.case.id()).await?;
    drop(conn);
    let mut is_first = true;
    loop {
        let mut conn = pool.get().await?;
        let batch = reading.next(&mut conn).await?;
        drop(conn);
        let Some(exchanges) = batch else {
            return Ok(());
        };
        let text = ExchangesText {
            dossier,
            exchanges: &exchanges,
            is_first,
        };
        zip.more(&text.render()?).await?;
        is_first = false;
    }
}
