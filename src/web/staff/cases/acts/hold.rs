//! Legal hold: the case is kept from being erased.

use crate::calendar::{long_date, parse_typed_date};
use crate::case::{self, ActError};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed, motive,
};
use crate::web::staff::cases::desk::Desk;

/// Until a day.
pub(super) struct Hold;

impl CaseAct for Hold {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/conservation",
        label: "Conserver pour un litige",
        button: "Conserver le dossier",
        done: "Le dossier est conservé jusqu’à la date indiquée.",
        right: Right::HoldCases,
        group: Some(Group::Protecting),
        suits: |_| true,
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let form = ActForm::new(
            "Quand un litige ou un contrôle le demande, le contenu du dossier n’est pas effacé, même passé sa durée de conservation.",
        );
        let form = match scene.loaded.particulars.held_until {
            Some(until) => form.effect(format!(
                "Il est déjà conservé jusqu’au {}\u{202f}: la nouvelle date la remplace.",
                long_date(until)
            )),
            None => form,
        };
        form.field(Field::date("date", "Conserver jusqu’au"))
            .field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let Ok(until_on) = parse_typed_date(typed.of("date")) else {
            return Err(Refused::at(
                "date",
                "Indiquez le dernier jour, par exemple 15/05/2028.",
            ));
        };
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        match case::hold(&mut conn, desk.seen, until_on, &why, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", "Indiquez un jour à venir.")),
            done => Ok(done?),
        }
    }
}

/// No longer.
pub(super) struct EndHold;

impl CaseAct for EndHold {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/fin-conservation",
        label: "Mettre fin à la conservation pour litige",
        button: "Mettre fin à la conservation",
        done: "La conservation pour litige est terminée.",
        right: Right::HoldCases,
        group: Some(Group::Protecting),
        suits: |scene| scene.loaded.particulars.held_until.is_some(),
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new("La durée de conservation ordinaire s’applique de nouveau.")
            .effect("Si elle est déjà écoulée, le contenu peut être effacé dès la nuit prochaine.")
            .field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        Ok(case::end_hold(&mut conn, desk.seen, &why, desk.by()).await?)
    }
}
