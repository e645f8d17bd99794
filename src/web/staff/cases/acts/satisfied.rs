//! A complaint was only said, and the person was satisfied.

use crate::case::oral::{self, HowSatisfied};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Field, text_message};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// Noted, and the case is closed.
pub(super) struct Satisfied;

impl CaseAct for Satisfied {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/satisfaction",
        label: "Noter que la personne a obtenu satisfaction",
        button: "Noter et clôturer",
        done: "La satisfaction est notée et le dossier est clôturé.",
        right: Right::CloseCases,
        group: Some(Group::Ending),
        suits: |scene| oral::is_only_said(&scene.loaded.dossier),
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new(
            "Pour une réclamation dite de vive voix, réglée sans attendre à la satisfaction de la \
             personne.",
        )
        .effect("Le dossier est clôturé sans réponse écrite.")
        .field(
            Field::area("comment", "Ce qui lui a donné satisfaction", 4)
                .hint("Gardé au dossier. 2\u{202f}000\u{a0}caractères au plus."),
        )
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let how = HowSatisfied::parse(typed.of("comment"))
            .map_err(|error| Refused::at("comment", text_message(error, "cette explication")))?;
        let mut conn = desk.conn().await?;
        Ok(oral::satisfied(&mut conn, desk.seen, &how, desk.by()).await?)
    }
}
