//! The file for the mediator, written while it is read: a batch of exchanges or a piece of a file is in
//! memory at a time, and no connection is held for the reader.

use actix_web::web::Data;
use futures_util::StreamExt;

use crate::case::correspondence::Reading;
use crate::case::exchange::{Exchange, Side};
use crate::files;
use crate::firm;
use crate::letters::Letter;
use crate::mail::words::{Piece, Section};
use crate::web::AppState;
use crate::web::public::following::archive::zip::Zip;
use crate::web::staff::cases::mediation_file::contents::{Contents, FILING, exchanges};
use crate::web::staff::cases::mediation_file::cover::addressed;
use crate::web::staff::moment::Moment;

/// Writes it all; the reader may leave at any time.
pub(super) async fn write(mut zip: Zip, whole: (Contents, Vec<u8>), state: Data<AppState>) {
    if let Err(error) = fill(&mut zip, whole, &state).await {
        tracing::warn!(%error, "a file for the mediator was broken off");
        zip.break_off().await;
    }
}

async fn fill(
    zip: &mut Zip,
    (contents, cover): (Contents, Vec<u8>),
    state: &AppState,
) -> anyhow::Result<()> {
    zip.entry("00-sommaire-et-chronologie.pdf")?;
    zip.push(&cover).await?;
    let filed: Vec<Section<'_>> = contents
        .filing
        .iter()
        .map(|(label, text)| Section { label, text })
        .collect();
    let filing = piece(&contents, "écrit de départ de la personne", &filed, state);
    zip.entry(FILING)?;
    zip.push(&filing.typeset().await?.pdf).await?;
    correspond(zip, &contents, state).await?;
    for (name, file) in &contents.files {
        zip.entry(name)?;
        let mut pieces = std::pin::pin!(files::chunks(state.pool.clone(), file.id));
        while let Some(piece) = pieces.next().await {
            zip.push(&piece?).await?;
        }
    }
    Ok(zip.finish().await?)
}

async fn correspond(zip: &mut Zip, contents: &Contents, state: &AppState) -> anyhow::Result<()> {
    let mut conn = state.pool.get().await?;
    let mut reading = Reading::begin(&mut conn, contents.dossier.case.id()).await?;
    drop(conn);
    for number in 1_i64.. {
        let mut conn = state.pool.get().await?;
        let batch = reading.next(&mut conn).await?;
        drop(conn);
        let Some(batch) = batch else { break };
        let said: Vec<(String, &str)> = batch
            .iter()
            .map(|exchange| (label(contents, exchange), text(exchange)))
            .collect();
        let sections: Vec<Section<'_>> = said
            .iter()
            .map(|(label, text)| Section { label, text })
            .chain(batch.is_empty().then_some(NOTHING))
            .collect();
        let title = format!("messages et réponses, partie {number}");
        let pages = piece(contents, &title, &sections, state).typeset().await?;
        zip.entry(&exchanges(number))?;
        zip.push(&pages.pdf).await?;
    }
    Ok(())
}

/// When nothing was exchanged.
const NOTHING: Section<'_> = Section {
    label: "Messages et réponses",
    text: "Aucun échange à ce jour.",
};

fn piece(contents: &Contents, title: &str, sections: &[Section<'_>], state: &AppState) -> Letter {
    let reference = contents.dossier.case.reference().to_string();
    let identity = state.office.identity();
    let piece = Piece {
        addressed: addressed(&reference, &identity, state),
        title,
        sections,
    };
    piece.compose()
}

fn label(contents: &Contents, exchange: &Exchange) -> String {
    let who = match exchange.side {
        Side::Person => contents.dossier.case.person_name.as_deref(),
        Side::Office => Some(firm::NAME),
    };
    let when = Moment::of(exchange.at).words;
    let mut ours = contents.ours.iter();
    let is_pending = ours.any(|message| message.is_pending && Some(message.id) == exchange.message);
    let pending = if is_pending {
        " (pas encore remis à la personne)"
    } else {
        ""
    };
    format!("{}, {when}{pending}", who.unwrap_or_default())
}

fn text(exchange: &Exchange) -> &str {
    if exchange.is_wordless() {
        "Envoi de pièces, sans texte."
    } else {
        &exchange.body
    }
}
