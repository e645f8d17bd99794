//! What the file for the mediator is made of, read before its first byte leaves.

use data_encoding::HEXLOWER;

use crate::case::files::{self, CaseFile, FileAuthor, FileStage};
use crate::case::public_events::{self, PublicEvent};
use crate::case::{
    AsFiled, Dossier, Posted, Reference, as_filed, dossier, letters_posted, mediator_number,
};
use crate::db::Conn;
use crate::files::FileName;
use crate::mail::outbox::{self, Tracked};
use crate::web::public::following::copied;
use crate::web::{AppError, AppState};

/// The piece that holds what was filed.
pub(super) const FILING: &str = "01-ecrit-de-depart.pdf";
/// The pieces that hold what was exchanged: their names go on with a number.
pub(super) const EXCHANGES: &str = "02-echanges";

/// All of it but what was exchanged, which is read as it is written.
pub(super) struct Contents {
    pub(super) dossier: Dossier,
    /// What the form asked and what was answered.
    pub(super) filing: Vec<(String, String)>,
    /// Oldest first.
    pub(super) events: Vec<PublicEvent>,
    pub(super) emails: Vec<Tracked>,
    pub(super) posted: Vec<Posted>,
    /// The mediator's number.
    pub(super) number: Option<String>,
    /// Letters and files that were sent, by the name they have in the file.
    pub(super) files: Vec<(String, CaseFile)>,
    /// Files that are not given out.
    pub(super) n_withheld: usize,
}

impl Contents {
    /// Reads the case that somebody may see.
    pub(super) async fn read(
        conn: &mut Conn,
        state: &AppState,
        reference: Reference,
    ) -> Result<Self, AppError> {
        let dossier = dossier::by_reference(conn, reference).await?;
        let case = dossier.case.id();
        let all = files::of_case(conn, case, None).await?;
        let filing = as_filed(conn, &dossier).await?;
        let filing = copied(AsFiled {
            dossier: &dossier,
            filing: &filing,
            files: &all,
        });
        let mut events = public_events::of_case(conn, case).await?;
        events.reverse();
        let proofs = files::proofs(conn, case).await?;
        let (served, withheld): (Vec<_>, Vec<_>) = all
            .into_iter()
            .chain(proofs)
            .partition(|file| file.may_be_served(state.has_scanner()));
        Ok(Self {
            filing,
            events,
            emails: outbox::all_of_case(conn, case.0, state.clock.now()).await?,
            posted: letters_posted(conn, case).await?,
            number: mediator_number(conn, case).await?,
            files: (3..).zip(served).map(named).collect(),
            n_withheld: withheld.len(),
            dossier,
        })
    }

    /// The name of each piece, and what it is.
    pub(super) fn pieces(&self) -> Vec<(String, String)> {
        let made = [
            (
                FILING.to_owned(),
                "Ce que la personne a écrit au départ".to_owned(),
            ),
            (
                format!("{EXCHANGES}-….pdf"),
                "Messages et réponses, du plus ancien au plus récent".to_owned(),
            ),
        ];
        let files = self
            .files
            .iter()
            .map(|(name, file)| (name.clone(), what(file)));
        made.into_iter().chain(files).collect()
    }
}

/// A name that repeats nowhere and holds nothing a system refuses.
fn named((number, file): (usize, CaseFile)) -> (String, CaseFile) {
    let name = FileName::parse(&file.name);
    (format!("{number:02}-{}", name.as_str()), file)
}

fn what(file: &CaseFile) -> String {
    let whose = match (file.letter, file.author) {
        _ if file.stage == FileStage::Proof => "Preuve d’envoi",
        (Some(_), _) => "Lettre d’Asekkey",
        (None, Some(FileAuthor::Person)) => "Pièce de la personne",
        (None, Some(FileAuthor::Staff(_)) | None) => "Pièce d’Asekkey",
    };
    format!(
        "{whose}\nEmpreinte SHA-256\u{202f}: {}",
        HEXLOWER.encode(&file.sha256)
    )
}
