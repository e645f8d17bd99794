//! Why a legal date was not kept.

use crate::calendar::long_date;
use crate::case::{self, Late, LateCause, LateClock, LatenessText, missed};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Choice, Field, text_message};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::words;

/// A cause of a closed list, and a sentence.
pub(super) struct Explain;

impl CaseAct for Explain {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/retard",
        label: "Indiquer la cause d’un retard",
        button: "Enregistrer la cause",
        done: "La cause du retard est enregistrée.",
        right: Right::WorkCases,
        group: Some(Group::Qualifying),
        suits: |scene| !late(scene).is_empty(),
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        let said = &scene.loaded.particulars.latenesses;
        let mut late = late(scene);
        late.sort_by_key(|one| said.contains_key(one.clock.code()));
        let Some(first) = late.first() else {
            return Typed::default();
        };
        let typed = Typed::default().with("delai", first.clock.code());
        if !first.is_before_arrival {
            return typed;
        }
        typed.with("cause", LateCause::BeforeArrival.code()).with(
            "phrase",
            "La date était passée quand la réclamation nous est parvenue.",
        )
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let clocks = late(scene).into_iter().map(|one| {
            let due = long_date(one.due);
            Choice::new(one.clock.code(), words::late_clock(one.clock))
                .so(format!("À faire au plus tard le {due}."))
        });
        let causes = LateCause::ALL
            .iter()
            .map(|cause| Choice::new(cause.code(), words::late_cause(*cause)));
        ActForm::new("Un délai légal dépassé s’explique\u{202f}: la cause est gardée au dossier et compte dans les statistiques. Le dossier ne peut être clôturé sans elle.")
            .field(Field::radios("delai", "Délai dépassé", clocks.collect()))
            .field(Field::radios("cause", "Cause", causes.collect()))
            .field(Field::area("phrase", "En une phrase", 3).hint("500\u{a0}caractères au plus."))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let clock = LateClock::from_code(typed.of("delai"))
            .ok_or_else(|| Refused::at("delai", "Choisissez le délai dépassé."))?;
        let cause = LateCause::from_code(typed.of("cause"))
            .ok_or_else(|| Refused::at("cause", "Choisissez la cause."))?;
        let said = LatenessText::parse(typed.of("phrase"))
            .map_err(|error| Refused::at("phrase", text_message(error, "une phrase")))?;
        let mut conn = desk.conn().await?;
        let why = (cause, &said);
        Ok(case::explain_lateness(&mut conn, desk.seen, clock, why, desk.by()).await?)
    }
}

fn late(scene: &Scene<'_>) -> Vec<Late> {
    missed(&scene.loaded.dossier, scene.state.today())
}
