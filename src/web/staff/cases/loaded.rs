//! All that the page of a case is made of, read in as few statements as can be.

use crate::case::answer::{AnswerState, Written};
use crate::case::files::{self, CaseFile, FileStage};
use crate::case::outside::Beside;
use crate::case::thread::Item;
use crate::case::{Dossier, Particulars, Reference, answer, thread};
use crate::db::Conn;
use crate::journal::{self, Line};
use crate::mail::outbox::{self, Tracked};
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::current::CurrentStaff;
use crate::web::{AppError, AppState};

/// A case as its page shows it.
#[derive(Clone, Debug)]
pub(in crate::web::staff) struct Loaded {
    /// The case, what was filed, its dates.
    pub(super) dossier: Dossier,
    /// What else is known of it.
    pub(super) particulars: Particulars,
    /// Its files, filed or sent.
    pub(super) files: Vec<CaseFile>,
    /// What stands beside its status.
    pub(super) beside: Beside,
    /// Those that wait for what they go with.
    pub(super) waiting: Vec<CaseFile>,
    /// Messages, notes, letters to post.
    pub(super) items: Vec<Item>,
    /// E-mails about it, newest first.
    pub(super) emails: Vec<Tracked>,
    /// Its answers, oldest first.
    pub(super) answers: Vec<Written>,
    /// Its journal, oldest first.
    pub(super) journal: Vec<Line>,
    /// Everyone who may be named.
    pub(super) colleagues: Colleagues,
}

impl Loaded {
    /// Reads the case that `reference` names, for someone who may see it.
    pub(super) async fn read(
        conn: &mut Conn,
        reference: Reference,
        state: &AppState,
        current: &CurrentStaff,
    ) -> Result<Self, AppError> {
        let mut loaded = Self::for_answer(conn, reference, state, current).await?;
        let case = loaded.dossier.case.id();
        loaded.items = thread::of_case(conn, case).await?;
        loaded.emails = outbox::for_case(conn, case.0, state.clock.now()).await?;
        Ok(loaded)
    }

    /// What the editor of an answer needs: nothing of what was exchanged.
    pub(super) async fn for_answer(
        conn: &mut Conn,
        reference: Reference,
        state: &AppState,
        current: &CurrentStaff,
    ) -> Result<Self, AppError> {
        let whole = files::with_dossier(conn, reference, current.viewer(state)).await?;
        let (dossier, files, particulars) = whole;
        let is_shown = |file: &CaseFile| file.stage != FileStage::Pending;
        let (files, waiting) = files.into_iter().partition(is_shown);
        let case = dossier.case.id();
        let recorded = journal::of_chain(conn, case.0).await?;
        Ok(Self {
            beside: particulars.beside.clone(),
            items: Vec::new(),
            emails: Vec::new(),
            answers: answer::written(conn, case).await?,
            journal: recorded.into_iter().map(|recorded| recorded.line).collect(),
            colleagues: Colleagues::read(conn).await?.without(particulars.barred()),
            dossier,
            files,
            waiting,
            particulars,
        })
    }

    /// The last line of the journal that was read.
    pub(super) fn last_line(&self) -> i32 {
        self.journal.last().map_or(0, |line| line.seq)
    }

    /// The answer that has not left yet.
    pub(super) fn in_hand(&self) -> Option<&Written> {
        self.answers
            .iter()
            .find(|written| written.row.state != AnswerState::HandedOver)
    }

    /// Whether a reasoned answer has gone through the gate and not left yet.
    pub(super) fn answer_is_leaving(&self) -> bool {
        let in_hand = self.in_hand();
        in_hand.is_some_and(|written| written.row.state == AnswerState::Leaving)
    }

    /// An e-mail about the case.
    pub(super) fn email(&self, id: i64) -> Option<&Tracked> {
        self.emails.iter().find(|email| email.id.0 == id)
    }
}
