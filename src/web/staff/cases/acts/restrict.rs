//! Restriction of processing: the person's right (GDPR, art. 18).

use crate::case;
use crate::staff::Right;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed, motive,
};
use crate::web::staff::cases::desk::Desk;

/// From now on.
pub(super) struct Restrict;

impl CaseAct for Restrict {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/limitation",
        label: "Limiter le traitement",
        button: "Limiter le traitement",
        done: "Le traitement du dossier est limité.",
        right: Right::RestrictCases,
        group: Some(Group::Protecting),
        suits: |scene| scene.loaded.particulars.restricted_on.is_none(),
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new(
            "Quand la personne conteste l’exactitude de ses données, s’oppose à leur usage, ou demande de les garder pour faire valoir ses droits (RGPD, art.\u{a0}18).",
        )
        .effect("Le contenu est gardé\u{202f}: il n’est pas effacé à la fin de sa durée de conservation.")
        .effect("Le dossier ne sert plus de comparaison pour répondre à d’autres.")
        .effect("Les délais légaux continuent et la réponse reste due\u{202f}: la personne l’attend, et elle sert à faire valoir ses droits (art.\u{a0}18.2).")
        .field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        Ok(case::restrict(&mut conn, desk.seen, &why, desk.by()).await?)
    }
}

/// No longer.
pub(super) struct EndRestriction;

impl CaseAct for EndRestriction {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/fin-limitation",
        label: "Lever la limitation du traitement",
        button: "Lever la limitation",
        done: "La limitation du traitement est levée.",
        right: Right::RestrictCases,
        group: Some(Group::Protecting),
        suits: |scene| scene.loaded.particulars.restricted_on.is_some(),
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new(
            "Informez d’abord la personne\u{202f}: elle doit l’être avant que la limitation soit levée (RGPD, art.\u{a0}18.3).",
        )
        .effect("La durée de conservation ordinaire s’applique de nouveau. Si elle est déjà écoulée, le contenu peut être effacé dès la nuit prochaine.")
        .effect("Le dossier peut de nouveau servir de comparaison.")
        .field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        Ok(case::end_restriction(&mut conn, desk.seen, &why, desk.by()).await?)
    }
}
