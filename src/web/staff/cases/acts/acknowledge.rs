//! The acknowledgement was posted.

use crate::case::{Nature, PostalKind, Status};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed, post,
};
use crate::web::staff::cases::desk::Desk;

/// Asked for or not, the acknowledgement of a complaint can be posted.
pub(super) struct Acknowledge;

impl CaseAct for Acknowledge {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/accuse-par-courrier",
        label: "Accuser réception par courrier",
        button: "Noter l’envoi",
        done: "L’envoi par courrier est noté.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| {
            let case = &scene.loaded.dossier.case;
            case.status == Status::Received && case.nature == Nature::Complaint
        },
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let form = ActForm::new("Postez l’accusé de réception, puis indiquez le jour de l’envoi.");
        post::with_address(form, scene)
            .effect("Le délai de l’accusé de réception s’arrête à cette date.")
            .field(Field::date("date", "Posté le"))
            .field(post::tracking())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        post::record(typed, desk, PostalKind::Acknowledgement).await
    }
}
