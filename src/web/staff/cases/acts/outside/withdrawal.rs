//! Withdrawing at the word of the person, and undoing it when they object.

use crate::case::outside::{Circumstances, NewWithdrawal, objection_received, take_withdrawal};
use crate::case::{ActError, Channel, Status};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::outside::{Reading, told, typed_day};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// The person asked us to stop, otherwise than on their page.
pub(in crate::web::staff::cases::acts) struct TakeWithdrawal;

impl CaseAct for TakeWithdrawal {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/retrait",
        label: "Retirer à la demande de la personne",
        button: "Retirer le dossier",
        done: "Le dossier est retiré. La personne est prévenue et peut s’y opposer.",
        right: Right::WorkCases,
        group: Some(Group::Ending),
        suits: |scene| {
            scene
                .loaded
                .dossier
                .case
                .status
                .can_become(Status::Withdrawn)
        },
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        Typed::default().with("date", typed_day(scene.state.today()))
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let choices = [
            (Channel::Phone, "Par téléphone"),
            (Channel::Post, "Par courrier"),
            (Channel::Email, "Par courriel"),
            (Channel::Counter, "À l’accueil"),
            (Channel::Web, "Dans un message du site"),
        ]
        .map(|(channel, caption)| Choice::new(channel.code(), caption));
        let form = ActForm::new(
            "Seulement quand la personne l’a demandé elle-même. Elle en est avertie, et peut dire que c’est une erreur\u{202f}: le dossier reprend alors où il en était, avec ses dates.",
        )
        .effect("Le dossier est retiré\u{202f}: il n’est plus examiné et ses délais s’arrêtent.")
        .effect("Les courriers à poster tombent, sauf une réponse déjà passée au départ.");
        told(form, scene)
            .field(Field::radios(
                "canal",
                "Comment l’a-t-elle demandé\u{202f}?",
                choices.to_vec(),
            ))
            .field(Field::date("date", "Demandé le"))
            .field(Field::area("motif", "Ce qu’elle a dit", 4).hint(
                "Pour nous\u{202f}: la personne ne le lira pas. 2\u{202f}000\u{a0}caractères au plus.",
            ))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut reading = Reading::of(typed);
        let channel = reading.choice(
            "canal",
            "Choisissez comment la personne l’a demandé.",
            Channel::from_code,
        );
        let asked_on = reading.day("date", BAD_DAY);
        let said = reading.text("motif", "ce que la personne a dit", Circumstances::parse);
        let ((channel, asked_on), circumstances) = reading.end(channel.zip(asked_on).zip(said))?;
        let new = NewWithdrawal {
            channel,
            asked_on,
            circumstances,
        };
        let mut conn = desk.conn().await?;
        let office = &desk.state.office;
        match take_withdrawal(&mut conn, office, desk.seen, &new, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", BAD_DAY)),
            done => Ok(done?),
        }
    }
}

const BAD_DAY: &str = "Indiquez un jour entre la réception du dossier et aujourd’hui.";

/// The person objected by letter or by telephone.
pub(in crate::web::staff::cases::acts) struct UndoWithdrawal;

impl CaseAct for UndoWithdrawal {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/annulation-du-retrait",
        label: "Noter que la personne s’oppose au retrait",
        button: "Annuler le retrait",
        done: "Le retrait est annulé\u{202f}: le dossier est où il en était, avec ses dates.",
        right: Right::WorkCases,
        group: Some(Group::Ending),
        suits: |scene| {
            let taken = scene.loaded.beside.withdrawal.as_ref();
            scene.loaded.dossier.case.status == Status::Withdrawn
                && taken.is_some_and(|taken| taken.objected_at.is_none())
        },
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new("Pour une opposition reçue par lettre, par téléphone ou dans un message.")
            .effect("Le dossier est de nouveau où il en était avant son retrait.")
            .effect("Ses dates sont celles d’origine\u{202f}: le temps passé compte.")
    }

    async fn perform(_: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut conn = desk.conn().await?;
        Ok(objection_received(&mut conn, desk.seen, desk.by()).await?)
    }
}
