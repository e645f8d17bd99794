//! What the file for the mediator is made of, read before its first byte leaves.

use data_encoding::HEXLOWER;

use crate::calendar::plain_date;
use crate::case::correspondence::n_batches;
use crate::case::files::{self, CaseFile, FileAuthor, FileStage};
use crate::case::public_events::{self, PublicEvent};
use crate::case::{
    AsFiled, Dossier, OurMessage, Posted, Reference, as_filed, dossier, letters_posted,
    mediator_number, our_messages,
};
use crate::db::Conn;
use crate::files::FileName;
use crate::mail::outbox::{self, Tracked};
use crate::web::public::following::copied;
use crate::web::staff::words;
use crate::web::{AppError, AppState};

/// The piece that holds what was filed.
pub(super) const FILING: &str = "01-ecrit-de-depart.pdf";
/// The piece that holds a part of what was exchanged, from 1.
pub(super) fn exchanges(part: i64) -> String {
    format!("02-echanges-{part}.pdf")
}

/// All of it but what was exchanged, which is read as it is written.
pub(super) struct Contents {
    pub(super) dossier: Dossier,
    /// What the form asked and what was answered.
    pub(super) filing: Vec<(String, String)>,
    /// Oldest first.
    pub(super) events: Vec<PublicEvent>,
    pub(super) emails: Vec<Tracked>,
    pub(super) posted: Vec<Posted>,
    /// Oldest first.
    pub(super) ours: Vec<OurMessage>,
    /// How many pieces hold what was exchanged.
    n_exchanges: i64,
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
            ours: our_messages(conn, case).await?,
            n_exchanges: n_batches(conn, case).await?,
            number: mediator_number(conn, case).await?,
            files: (3..).zip(served).map(named).collect(),
            n_withheld: withheld.len(),
            dossier,
        })
    }

    /// The name of each piece, and what it is.
    pub(super) fn pieces(&self) -> Vec<(String, String)> {
        let filing = (
            FILING.to_owned(),
            "Ce que la personne a écrit au départ".to_owned(),
        );
        let part = |part: i64| {
            let what = match self.n_exchanges {
                1 => "Messages et réponses, du plus ancien au plus récent".to_owned(),
                n => format!("Messages et réponses, partie {part} sur {n}"),
            };
            (exchanges(part), what)
        };
        let files = self
            .files
            .iter()
            .map(|(name, file)| (name.clone(), self.what(file)));
        std::iter::once(filing)
            .chain((1..=self.n_exchanges).map(part))
            .chain(files)
            .collect()
    }

    fn what(&self, file: &CaseFile) -> String {
        let whose = match (file.letter, file.author) {
            _ if file.stage == FileStage::Proof => self.proved(file),
            (Some(_), _) => "Lettre d’Asekkey".to_owned(),
            (None, Some(FileAuthor::Person)) => "Pièce de la personne".to_owned(),
            (None, Some(FileAuthor::Staff(_)) | None) => "Pièce d’Asekkey".to_owned(),
        };
        format!(
            "{whose}\nEmpreinte SHA-256\u{202f}: {}",
            HEXLOWER.encode(&file.sha256)
        )
    }

    /// Which letter a proof is of.
    fn proved(&self, proof: &CaseFile) -> String {
        let of = |letter: &&Posted| Some(letter.task.0) == proof.postal_task;
        match self.posted.iter().find(of) {
            Some(letter) => format!(
                "Preuve d’envoi\u{202f}: {}, lettre postée le {}",
                words::letter(letter.kind),
                plain_date(letter.on)
            ),
            None => "Preuve d’envoi".to_owned(),
        }
    }
}

/// A name that repeats nowhere and holds nothing a system refuses.
fn named((number, file): (usize, CaseFile)) -> (String, CaseFile) {
    let name = FileName::parse(&file.name);
    (format!("{number:02}-{}", name.as_str()), file)
}
