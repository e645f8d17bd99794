//! An internal note.

use crate::case::{self, NoteText};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Field, text_message};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// Staff write to each other.
pub(super) struct Note;

impl CaseAct for Note {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/note",
        label: "Ajouter une note interne",
        button: "Enregistrer la note",
        done: "La note est enregistrée. La personne ne la verra pas.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |_| true,
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new("Une note interne reste entre nous\u{202f}: la personne ne la verra jamais. Une note ne se modifie pas.")
            .field(Field::area("note", "Note interne", 10).hint("10\u{202f}000\u{a0}caractères au plus."))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let text = NoteText::parse(typed.of("note"))
            .map_err(|error| Refused::at("note", text_message(error, "la note")))?;
        let (me, now) = desk.by();
        let mut conn = desk.conn().await?;
        Ok(case::note(&mut conn, desk.seen, &text, me, now).await?)
    }
}
