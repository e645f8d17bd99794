//! Giving a case to someone.

use crate::case::{self, ActError};
use crate::staff::{self, Right, StaffId};
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// Someone who works cases becomes the handler.
pub(super) struct Assign;

impl CaseAct for Assign {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/affectation",
        label: "Attribuer le dossier",
        button: "Attribuer",
        done: "Le dossier est attribué.",
        right: Right::AssignOthers,
        group: Some(Group::Handling),
        suits: |scene| !scene.has_ended(),
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        let handler = scene.handler().map(|id| id.0.to_string());
        Typed::default().with("gestionnaire", handler.unwrap_or_default())
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let able = scene.loaded.colleagues.who_may(Right::WorkCases);
        let choices = able
            .into_iter()
            .map(|account| Choice::new(account.id.0.to_string(), account.display_name.as_str()));
        ActForm::new("La personne choisie devient gestionnaire du dossier\u{202f}: ses échéances lui sont rappelées.")
            .field(Field::select("gestionnaire", "Attribuer à", choices.collect()))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut conn = desk.conn().await?;
        let handler = match typed.of("gestionnaire").parse() {
            Ok(id) => staff::member(&mut conn, StaffId(id)).await?,
            Err(_) => None,
        };
        let Some(handler) = handler.filter(|member| member.roles.may(Right::WorkCases)) else {
            let message = "Choisissez qui traitera le dossier.";
            return Err(Refused::at("gestionnaire", message));
        };
        let (me, now) = desk.by();
        match case::assign(&mut conn, desk.seen, handler.id, me, now).await {
            Err(ActError::Barred) => Err(Refused::at("gestionnaire", BARRED)),
            done => Ok(done?),
        }
    }
}

const BARRED: &str =
    "Choisissez quelqu’un d’autre\u{202f}: le dossier met cette personne en cause.";
