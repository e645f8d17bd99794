//! What a case is: its nature confirmed, or changed by the act that changes it; its product, its subject,
//! its cause.

use crate::calendar::{long_date, qualify_target};
use crate::case::catalogue::Listed;
use crate::case::requalification::{Requalification, can_be_requalified};
use crate::case::{self, Cause, Nature, Qualification};
use crate::staff::Right;
use crate::web::staff::cases::acts::convert;
use crate::web::staff::cases::acts::field::{Choice, Field, text_message};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::words;

/// In one page.
pub(super) struct Qualify;

impl CaseAct for Qualify {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/qualification",
        label: "Qualifier le dossier",
        button: "Enregistrer la qualification",
        done: "La qualification est enregistrée.",
        right: Right::WorkCases,
        group: Some(Group::Qualifying),
        suits: |scene| {
            let pending = scene.loaded.dossier.requalification.as_ref();
            !scene.has_ended() && !pending.is_some_and(Requalification::is_pending)
        },
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        let row = &scene.loaded.dossier.case;
        let cause = scene.loaded.particulars.cause.clone();
        Typed::default()
            .with("nature", row.nature.code())
            .with("produit", row.product.clone().unwrap_or_default())
            .with("sujet", row.subject.clone().unwrap_or_default())
            .with("cause", cause.unwrap_or_default())
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let case = &scene.loaded.dossier.case;
        let lists = scene.state.catalogue.last_known();
        let form = ActForm::new(
            "Dites ce qu’est le dossier. Dans le doute, c’est une réclamation\u{202f}: toute expression d’un mécontentement en est une.",
        );
        let form = if case.nature_qualified.is_none() {
            let by = qualify_target(scene.loaded.dossier.dates.received_on);
            form.effect(format!(
                "À qualifier au plus tard le {} (deux jours ouvrables, objectif interne).",
                long_date(by)
            ))
        } else {
            form
        };
        let is_changeable = natures(scene).len() > 1;
        let form = form
            .field(Field::radios("nature", "Nature", natures(scene)))
            .field(Field::select("produit", "Produit", offered(&lists.products, case.product.as_deref())).optional())
            .field(Field::select("sujet", "Sujet", offered(&lists.subjects, case.subject.as_deref())).optional())
            .field(Field::line("cause", "Cause racine").optional().hint("En quelques mots, par exemple\u{202f}: courrier égaré, erreur de tarif. 120\u{a0}caractères au plus."));
        if is_changeable {
            let hint = "Seulement si la nature change\u{202f}: la personne le lira. 2\u{202f}000\u{a0}caractères au plus.";
            form.field(Field::motive().hint(hint).optional())
        } else {
            form
        }
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let nature = Nature::from_code(typed.of("nature"));
        let nature =
            nature.ok_or_else(|| Refused::at("nature", "Choisissez la nature du dossier."))?;
        let mut conn = desk.conn().await?;
        let about = read(typed, desk).await?;
        let dossier = case::dossier::by_id(&mut conn, desk.seen.case).await?;
        if nature == dossier.case.nature {
            return Ok(case::qualify(&mut conn, desk.seen, &about, desk.by()).await?);
        }
        let motive = convert::motive(typed)?;
        let is_right = nature == Nature::Complaint || desk.current.may(Right::RequalifyCases);
        if !is_right {
            return Err(crate::web::AppError::Forbidden.into());
        }
        let wanted = (&about, nature, &motive);
        let office = &desk.state.office;
        Ok(case::qualify_as(&mut conn, office, desk.seen, wanted, desk.by()).await?)
    }
}

/// The nature it counts as, and the other one where the reader may change it.
fn natures(scene: &Scene<'_>) -> Vec<Choice> {
    let dossier = &scene.loaded.dossier;
    let is_offered = |nature| {
        nature == dossier.case.nature
            || match nature {
                Nature::Complaint => true,
                Nature::InformationRequest => {
                    scene.current.may(Right::RequalifyCases) && can_be_requalified(dossier)
                }
            }
    };
    let offered = Nature::ALL.iter().filter(|nature| is_offered(**nature));
    offered
        .map(|nature| {
            let choice = Choice::new(nature.code(), words::nature(*nature));
            if *nature == dossier.case.nature {
                return choice;
            }
            choice.so(match nature {
                Nature::Complaint => "Elle garde sa date d’origine, un accusé de réception part aussitôt.",
                Nature::InformationRequest => "La personne en est avertie et peut s’y opposer pendant dix jours\u{202f}; les délais courent jusque-là.",
            })
        })
        .collect()
}

/// The lines offered, and the one the case has.
fn offered(lines: &[Listed], chosen: Option<&str>) -> Vec<Choice> {
    let lines = lines
        .iter()
        .filter(|line| !line.is_retired || Some(line.code.as_str()) == chosen);
    lines
        .map(|line| Choice::new(line.code.as_str(), line.label.as_str()))
        .collect()
}

/// What it is about, from the lists as they are now.
async fn read(typed: &Typed, desk: &Desk) -> Result<Qualification, Refused> {
    let mut conn = desk.conn().await?;
    let lists = desk
        .state
        .catalogue
        .read(&mut conn, desk.state.clock.now())
        .await?;
    let code = |field: &'static str, lines: &[Listed]| match typed.of(field) {
        "" => Ok(None),
        code if lines.iter().any(|line| line.code == code) => Ok(Some(code.to_owned())),
        _ => Err(Refused::at(field, "Choisissez une ligne de la liste.")),
    };
    let cause = match typed.of("cause").trim() {
        "" => None,
        typed => Some(
            Cause::parse(typed)
                .map_err(|error| Refused::at("cause", text_message(error, "la cause")))?,
        ),
    };
    Ok(Qualification {
        product: code("produit", &lists.products)?,
        subject: code("sujet", &lists.subjects)?,
        cause,
    })
}
