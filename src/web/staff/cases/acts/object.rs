//! The person objected to a requalification otherwise than on the site, on a day someone vouches for.

use crate::calendar::parse_typed_date;
use crate::case::ActError;
use crate::case::requalification::{can_be_objected_to, object_received};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// By letter, by telephone or in a message.
pub(super) struct Object;

impl CaseAct for Object {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/opposition",
        label: "Noter une opposition reçue",
        button: "Noter l’opposition",
        done: "L’opposition est notée\u{202f}: le dossier reste une réclamation.",
        right: Right::WorkCases,
        group: Some(Group::Qualifying),
        suits: |scene| can_be_objected_to(&scene.loaded.dossier),
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new("Pour une opposition reçue par lettre, par téléphone ou dans un message.")
            .effect("Le dossier reste une réclamation, avec ses dates d’origine.")
            .field(Field::date("date", "Opposition reçue le"))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let Ok(received_on) = parse_typed_date(typed.of("date")) else {
            let message = "Indiquez le jour de la réception, par exemple 15/05/2026.";
            return Err(Refused::at("date", message));
        };
        let mut conn = desk.conn().await?;
        match object_received(&mut conn, desk.seen, received_on, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", BAD_DATE)),
            done => Ok(done?),
        }
    }
}

const BAD_DATE: &str = "Indiquez une date comprise entre la requalification et aujourd’hui.";
