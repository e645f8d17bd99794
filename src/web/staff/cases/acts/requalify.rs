//! A complaint is a request, unless the person objects.

use crate::case::requalification::{Grounds, can_be_requalified, requalify};
use crate::staff::Right;
use crate::web::staff::cases::acts::convert::motive;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// Once its ten days have passed.
pub(super) struct Requalify;

impl CaseAct for Requalify {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/requalification",
        label: "Requalifier en demande d’information",
        button: "Requalifier en demande",
        done: "La requalification est annoncée à la personne. Les délais courent jusqu’à la fin des dix jours.",
        right: Right::RequalifyCases,
        group: Some(Group::Qualifying),
        suits: |scene| can_be_requalified(&scene.loaded.dossier),
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new("La personne en est avertie et peut s’opposer d’un clic pendant dix jours.")
            .effect("Jusque-là, rien ne change\u{202f}: les délais légaux courent et une réponse passe par le contrôle d’envoi.")
            .effect("Sans opposition, le dossier devient une demande d’information\u{202f}: ses délais légaux s’arrêtent et un objectif interne les remplace.")
            .field(Field::motive().hint("La personne le lira. 2\u{202f}000\u{a0}caractères au plus."))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let motive = motive(typed)?;
        let mut conn = desk.conn().await?;
        let office = &desk.state.office;
        Ok(requalify(
            &mut conn,
            office,
            desk.seen,
            Grounds::of(&motive),
            desk.by(),
        )
        .await?)
    }
}
