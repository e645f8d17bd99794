//! Whom the case complains about no longer sees it; or sees it again.

use crate::case;
use crate::staff::{Right, StaffId};
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed, motive,
};
use crate::web::staff::cases::desk::Desk;

/// Bars someone.
pub(super) struct Bar;

impl CaseAct for Bar {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/mise-en-cause",
        label: "Écarter une personne mise en cause",
        button: "Écarter cette personne",
        done: "La personne mise en cause est écartée du dossier.",
        right: Right::BarStaff,
        group: Some(Group::Protecting),
        suits: |_| true,
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let colleagues = &scene.loaded.colleagues;
        let choices = colleagues
            .enrolled()
            .into_iter()
            .filter(|account| !colleagues.is_barred(account.id))
            .map(|account| Choice::new(account.id.0.to_string(), account.display_name.as_str()));
        ActForm::new("Quand la réclamation vise un membre de l’équipe, le dossier n’existe plus pour cette personne.")
            .effect("Elle ne le trouve plus nulle part\u{202f}: ni page, ni liste, ni recherche, ni export, ni pièce, quels que soient ses droits.")
            .effect("Elle ne peut plus en être gestionnaire, le relire ni y suppléer quelqu’un. Si elle en est gestionnaire, il attend une nouvelle attribution.")
            .field(Field::select("personne", "Personne mise en cause", choices.collect()))
            .field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let account = account(typed)?;
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        if crate::staff::member(&mut conn, account).await?.is_none() {
            return Err(Refused::at("personne", CHOOSE));
        }
        let office = &desk.state.office;
        Ok(case::bar(&mut conn, office, desk.seen, (account, &why), desk.by()).await?)
    }
}

/// Lets someone in again.
pub(super) struct LiftBar;

impl CaseAct for LiftBar {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/fin-mise-en-cause",
        label: "Lever une mise à l’écart",
        button: "Lever la mise à l’écart",
        done: "La mise à l’écart est levée.",
        right: Right::BarStaff,
        group: Some(Group::Protecting),
        suits: |scene| scene.loaded.particulars.barred().next().is_some(),
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let barred = scene.loaded.particulars.barred();
        let choices =
            barred.map(|id| Choice::new(id.0.to_string(), scene.loaded.colleagues.name(id)));
        ActForm::new("La personne retrouve le dossier, selon ses droits.")
            .field(Field::select(
                "personne",
                "Personne écartée",
                choices.collect(),
            ))
            .field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let account = account(typed)?;
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        Ok(case::lift_bar(&mut conn, desk.seen, account, &why, desk.by()).await?)
    }
}

fn account(typed: &Typed) -> Result<StaffId, Refused> {
    let id = typed.of("personne").parse().ok().map(StaffId);
    id.ok_or_else(|| Refused::at("personne", CHOOSE))
}

const CHOOSE: &str = "Choisissez la personne.";
