//! A closed case is open again.

use crate::calendar::{parse_typed_date, reexamination_target};
use crate::case::{self, ActError, Status};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed, motive,
};
use crate::web::staff::cases::desk::Desk;

/// With a target of our own.
pub(super) struct Reopen;

impl CaseAct for Reopen {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/reouverture",
        label: "Rouvrir le dossier",
        button: "Rouvrir le dossier",
        done: "Le dossier est rouvert.",
        right: Right::ReopenCases,
        group: Some(Group::Ending),
        suits: |scene| scene.loaded.dossier.case.status == Status::Closed,
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        let within = scene.state.office.disagreement_target();
        let target = reexamination_target(scene.state.today(), within);
        Typed::default().with("date", target.format("%d/%m/%Y").to_string())
    }

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new("Le dossier revient parmi les dossiers ouverts, à réexaminer.")
            .effect("Aucun délai légal nouveau ne court\u{202f}: ce qui a été tenu reste tenu, ce qui a été en retard reste en retard.")
            .effect("L’objectif interne le fait remonter dans les listes.")
            .field(Field::date("date", "Objectif interne"))
            .field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let Ok(target_on) = parse_typed_date(typed.of("date")) else {
            return Err(Refused::at(
                "date",
                "Indiquez l’objectif, par exemple 15/05/2026.",
            ));
        };
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        match case::reopen(&mut conn, desk.seen, target_on, &why, desk.by()).await {
            Err(ActError::BadDate) => {
                Err(Refused::at("date", "Indiquez un jour qui n’est pas passé."))
            }
            done => Ok(done?),
        }
    }
}
