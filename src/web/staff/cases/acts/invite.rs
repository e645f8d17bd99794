//! A complaint was only said: the person was invited to write.

use crate::calendar::parse_typed_date;
use crate::case::{ActError, oral};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// Orally or by letter: the day is noted.
pub(super) struct Invite;

impl CaseAct for Invite {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/invitation-a-ecrire",
        label: "Noter l’invitation à écrire",
        button: "Noter l’invitation",
        done: "L’invitation à écrire est notée.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| oral::is_only_said(&scene.loaded.dossier),
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new(
            "Une réclamation dite de vive voix et qui n’a pas reçu satisfaction aussitôt\u{202f}: la \
             personne est invitée à l’écrire, par lettre, par courriel ou sur le site.",
        )
        .effect("Aucun délai légal ne court avant cet écrit.")
        .field(Field::date("date", "Invitée à écrire le"))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let Ok(invited_on) = parse_typed_date(typed.of("date")) else {
            let message = "Indiquez le jour de l’invitation, par exemple 15/05/2026.";
            return Err(Refused::at("date", message));
        };
        let mut conn = desk.conn().await?;
        match oral::invite(&mut conn, desk.seen, invited_on, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", BAD_DATE)),
            done => Ok(done?),
        }
    }
}

const BAD_DATE: &str = "Indiquez une date comprise entre le jour de l’échange et aujourd’hui.";
