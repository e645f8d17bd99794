//! Sensitive data: few read the case, and e-mails carry none of it.

use crate::case;
use crate::staff::Right;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed, motive,
};
use crate::web::staff::cases::desk::Desk;

/// Flags it.
pub(super) struct Flag;

impl CaseAct for Flag {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/donnees-sensibles",
        label: "Signaler des données sensibles",
        button: "Restreindre l’accès",
        done: "Le dossier est signalé\u{202f}: sa lecture est restreinte.",
        right: Right::FlagSensitive,
        group: Some(Group::Protecting),
        suits: |scene| !scene.loaded.dossier.case.is_sensitive,
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let form = ActForm::new("Pour un dossier qui contient des données de santé, ou d’autres données que peu de personnes doivent lire.")
            .effect("Seuls le liront son gestionnaire, qui le supplée, les responsables et les auditeurs. Il quitte les listes des autres.")
            .effect("Les courriels ne portent plus qu’un avis et un lien\u{202f}: le contenu se lit avec le code du dossier, ou part par courrier.");
        let is_mine = scene.handler() == Some(scene.current.id());
        let form = if is_mine || scene.current.may(Right::ReadSensitive) {
            form
        } else {
            form.effect("Vous n’en êtes pas gestionnaire\u{202f}: vous ne pourrez plus l’ouvrir. Prenez-le d’abord en charge si vous devez le suivre.")
        };
        form.field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        set(true, typed, desk).await
    }
}

/// Lifts the flag.
pub(super) struct Unflag;

impl CaseAct for Unflag {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/fin-donnees-sensibles",
        label: "Lever le signalement de données sensibles",
        button: "Lever la restriction",
        done: "La restriction est levée.",
        right: Right::UnflagSensitive,
        group: Some(Group::Protecting),
        suits: |scene| scene.loaded.dossier.case.is_sensitive,
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new("Le dossier redevient lisible par toute l’équipe.")
            .effect("Les courriels portent de nouveau le contenu, vers une adresse confirmée.")
            .field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        set(false, typed, desk).await
    }
}

async fn set(is_sensitive: bool, typed: &Typed, desk: &Desk) -> Result<(), Refused> {
    let why = motive::of(typed)?;
    let mut conn = desk.conn().await?;
    let flag = (is_sensitive, &why);
    Ok(case::flag(&mut conn, &desk.state.office, desk.seen, flag, desk.by()).await?)
}
