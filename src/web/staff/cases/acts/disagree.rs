//! The person contests the answer otherwise than on their page.

use crate::calendar::{long_date, paris_date, parse_typed_date, reexamination_target};
use crate::case::thread::ItemKind;
use crate::case::{ActError, PersonText, disagreement_received, may_disagree};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::field::{Field, text_message};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// By letter, by e-mail, by telephone or in a message.
pub(super) struct Disagree;

impl CaseAct for Disagree {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/desaccord",
        label: "Noter un désaccord reçu",
        button: "Noter le désaccord",
        done: "Le désaccord est noté\u{202f}: la réclamation est à réexaminer.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| {
            let case = &scene.loaded.dossier.case;
            case.answered_on.is_some() && may_disagree(case.nature, case.status)
        },
        is_previewed: false,
    };

    /// With what the person wrote last, since the answer left, if nobody noted it as read.
    fn opened(scene: &Scene<'_>) -> Typed {
        let case = &scene.loaded.dossier.case;
        let mut items = scene.loaded.items.iter();
        let wrote = items.find(|item| item.kind == ItemKind::FromPerson);
        let wrote = wrote.filter(|item| {
            case.person_wrote_at.is_some() && case.answered_on <= Some(paris_date(item.at))
        });
        let received_on = wrote.map_or(scene.state.today(), |item| paris_date(item.at));
        Typed::default()
            .with("date", received_on.format("%d/%m/%Y").to_string())
            .with(
                "motif",
                wrote.map_or_else(String::new, |item| item.body.clone()),
            )
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let within = scene.state.office.disagreement_target();
        let target = reexamination_target(scene.state.today(), within);
        ActForm::new(
            "Quand la personne conteste la réponse par lettre, par courriel, par téléphone ou dans un message. Sur sa page, elle le dit elle-même.",
        )
        .effect(format!(
            "La réclamation est rouverte, à réexaminer\u{202f}: reçu aujourd’hui, ce désaccord appelle une nouvelle réponse au plus tard le {}.",
            long_date(target)
        ))
        .effect("Aucun délai légal nouveau ne court\u{202f}; le médiateur peut être saisi sans attendre.")
        .field(Field::date("date", "Reçu le"))
        .field(
            Field::area("motif", "Ce que la personne conteste", 6).hint(
                "Ses mots, ou ce qu’elle a dit\u{202f}: elle le lira sur la page de son dossier. 5\u{202f}000\u{a0}caractères au plus.",
            ),
        )
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut errors = FormErrors::default();
        let received_on = parse_typed_date(typed.of("date"));
        if received_on.is_err() {
            errors.push("date", BAD_DATE);
        }
        let reason = PersonText::parse(typed.of("motif"));
        if let Err(error) = &reason {
            errors.push("motif", text_message(*error, "ce que la personne conteste"));
        }
        let (Ok(received_on), Ok(reason)) = (received_on, reason) else {
            return Err(Refused::Fields(errors));
        };
        let mut conn = desk.conn().await?;
        let (office, said) = (&desk.state.office, (&reason, received_on));
        match disagreement_received(&mut conn, office, desk.seen, said, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", BAD_DATE)),
            done => Ok(done?),
        }
    }
}

const BAD_DATE: &str = "Indiquez un jour entre l’envoi de la réponse et aujourd’hui.";
