//! Correcting the dates of a complaint: what follows is shown before it is done.

use chrono::NaiveDate;

use crate::calendar::{Deadline, long_date, paris_date, parse_typed_date};
use crate::case::{self, ActError, CorrectedDates};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Effect, Group, Refused, Scene, Typed, motive,
};
use crate::web::staff::cases::desk::Desk;

/// First written, received, declared earlier.
pub(super) struct CorrectDates;

impl CaseAct for CorrectDates {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/dates",
        label: "Corriger une date",
        button: "Corriger les dates",
        done: "Les dates sont corrigées\u{202f}: les délais légaux sont recalculés.",
        right: Right::CorrectDates,
        group: Some(Group::Qualifying),
        suits: |scene| CorrectedDates::of(&scene.loaded.dossier).is_some(),
        is_previewed: true,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        let Some(now) = CorrectedDates::of(&scene.loaded.dossier) else {
            return Typed::default();
        };
        let declared = now.declared_earlier_on.map(typed_date);
        Typed::default()
            .with("ecrit", typed_date(now.first_written_on))
            .with("recu", typed_date(now.received_on))
            .with("declare", declared.unwrap_or_default())
    }

    fn form(typed: &Typed, scene: &Scene<'_>) -> ActForm {
        let mut form = ActForm::new("Les délais légaux se comptent depuis le premier écrit. Une correction les recalcule, et l’ancienne date reste au dossier.")
            .field(Field::date("ecrit", "Premier écrit à Asekkey"))
            .field(Field::date("recu", "Reçu le"))
            .field(Field::date("declare", "Écrit plus ancien, à l’interlocuteur habituel").optional())
            .field(Field::motive());
        form.effects = effects(typed, scene);
        form
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let corrected = read(typed)?;
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        match case::correct_dates(&mut conn, desk.seen, corrected, &why, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("ecrit", IMPOSSIBLE)),
            Err(ActError::AlreadyDone) => Err(Refused::at(
                "ecrit",
                "Changez au moins une date, ou revenez au dossier.",
            )),
            done => Ok(done?),
        }
    }
}

const IMPOSSIBLE: &str = "Corrigez les dates\u{202f}: on reçoit après avoir été écrit, et rien n’est postérieur à l’enregistrement du dossier.";

fn typed_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

fn read(typed: &Typed) -> Result<CorrectedDates, Refused> {
    let date = |field: &'static str| {
        parse_typed_date(typed.of(field))
            .map_err(|_unreadable| Refused::at(field, "Indiquez la date, par exemple 15/05/2026."))
    };
    Ok(CorrectedDates {
        first_written_on: date("ecrit")?,
        received_on: date("recu")?,
        declared_earlier_on: match typed.of("declare").trim() {
            "" => None,
            _ => Some(date("declare")?),
        },
    })
}

/// Each legal date, as it is and as it would be.
fn effects(typed: &Typed, scene: &Scene<'_>) -> Vec<Effect> {
    let dossier = &scene.loaded.dossier;
    let Ok(corrected) = read(typed) else {
        return Vec::new();
    };
    let entered_on = paris_date(dossier.case.entered_at);
    let Some(legal) = corrected.legal_dates(entered_on) else {
        return vec![Effect {
            words: IMPOSSIBLE.to_owned(),
            why: Vec::new(),
        }];
    };
    [
        (
            "Accusé de réception",
            Deadline::Acknowledgement,
            dossier.dates.ack_due_on,
        ),
        (
            "Réponse motivée",
            Deadline::Answer,
            dossier.dates.answer_due_on,
        ),
        (
            "Médiateur, dès le",
            Deadline::MediationFrom,
            dossier.dates.mediation_from_on,
        ),
    ]
    .into_iter()
    .filter_map(|(name, deadline, was)| {
        let (was, will_be) = (was?, legal.get(deadline).date);
        let words = if was == will_be {
            format!("{name}\u{202f}: {}, sans changement.", long_date(was))
        } else {
            format!(
                "{name}\u{202f}: {} → {}.",
                long_date(was),
                long_date(will_be)
            )
        };
        Some(Effect {
            words,
            why: legal.sentences(deadline),
        })
    })
    .collect()
}
