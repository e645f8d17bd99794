//! What helps whoever writes an answer: texts to start from, what comparable cases decided, and how
//! the answer will leave.

use crate::calendar::plain_date;
use crate::case::Dossier;
use crate::case::answer::{self, Comparable, Departure, PostReason, common_outcome};
use crate::case::files::{CaseFile, FileAuthor};
use crate::case::sight::Viewer;
use crate::case::templates::{self, Offered, TemplateKind};
use crate::db::{Conn, DbError};
use crate::files::ScanState;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::words;

/// Most comparable cases shown.
const SHOWN: usize = 5;

/// What helps.
#[derive(Default)]
pub(super) struct Aids {
    /// Templates to insert.
    pub(super) offered: Vec<Offered>,
    /// The comparable cases shown.
    pub(super) comparable: Vec<ComparableLine>,
    /// The files of who looks that would go with it.
    pub(super) files: Vec<String>,
    /// « Satisfaction », when most of them decided so.
    pub(super) common: Option<&'static str>,
}

/// A comparable case on the page.
pub(super) struct ComparableLine {
    pub(super) reference: String,
    pub(super) outcome: &'static str,
    pub(super) amount: Option<String>,
    pub(super) closed: String,
}

impl Aids {
    /// For the answer of this case.
    pub(super) async fn read(
        conn: &mut Conn,
        loaded: &Loaded,
        viewer: Viewer,
    ) -> Result<Self, DbError> {
        let comparable = answer::comparable(conn, loaded.dossier.case.id(), viewer).await?;
        let is_mine = |file: &&CaseFile| {
            let goes = file.answer.is_none() && file.scan != ScanState::Infected;
            goes && file.author == Some(FileAuthor::Staff(viewer.id))
        };
        let mine = loaded.waiting.iter().filter(is_mine);
        Ok(Self {
            offered: templates::offered(conn, TemplateKind::Answer).await?,
            common: common_outcome(&comparable).map(words::outcome),
            files: mine.map(|file| file.name.clone()).collect(),
            comparable: comparable.iter().take(SHOWN).map(line).collect(),
        })
    }
}

fn line(of: &Comparable) -> ComparableLine {
    ComparableLine {
        reference: of.reference().to_string(),
        outcome: words::outcome(of.outcome),
        amount: of.amount.map(|amount| amount.to_string()),
        closed: plain_date(of.closed_on),
    }
}

/// How the answer will leave, and why.
pub(super) fn leaving(dossier: &Dossier) -> &'static str {
    match answer::departure(dossier) {
        Departure::Email => {
            "Elle partira par courriel, en entier\u{202f}: l’adresse de la personne est confirmée."
        }
        Departure::Notice => {
            "Elle partira par un courriel qui l’annonce, avec un lien\u{202f}: la personne la lira sur la page de son dossier, avec son code. L’adresse ne permet pas d’envoyer le texte lui-même."
        }
        Departure::Post(PostReason::Preferred) => {
            "Elle partira par courrier, à poster\u{202f}: la personne préfère le courrier."
        }
        Departure::Post(PostReason::Unconfirmed) => {
            "Elle partira par courrier, à poster\u{202f}: l’adresse e-mail n’a pas été confirmée, et il y a une adresse postale."
        }
        Departure::Post(PostReason::NoEmail) => {
            "Elle partira par courrier, à poster\u{202f}: il n’y a pas d’adresse e-mail utilisable."
        }
    }
}
