//! A letter was posted, on a day someone vouches for.

use crate::calendar::parse_typed_date;
use crate::case::post::{self, Posting, TrackingNumber};
use crate::case::thread::ItemKind;
use crate::case::{ActError, Nature, PostalKind};
use crate::staff::Right;
use crate::web::AppError;
use crate::web::staff::cases::acts::add_address::NO_ADDRESS;
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::words;

/// Any letter that was asked for; the address may name it: `?lettre=copy`.
pub(super) struct Post;

impl CaseAct for Post {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/courrier",
        label: "Noter l’envoi d’une lettre",
        button: "Noter l’envoi",
        done: "L’envoi par courrier est noté.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| !waiting(scene).is_empty(),
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        match waiting(scene).as_slice() {
            [kind] => Typed::default().with("lettre", kind.code()),
            _ => Typed::default(),
        }
    }

    fn form(typed: &Typed, scene: &Scene<'_>) -> ActForm {
        let mut kinds = waiting(scene);
        kinds
            .extend(PostalKind::from_code(typed.of("lettre")).filter(|kind| !kinds.contains(kind)));
        let choices = kinds
            .iter()
            .map(|kind| Choice::new(kind.code(), words::letter(*kind)))
            .collect();
        let form = ActForm::new(
            "La date de l’envoi vaut remise\u{202f}: c’est elle qui arrête un délai. Les pièces à \
             joindre, s’il y en a, sont listées avec leur lettre dans «\u{202f}Lettres à \
             poster\u{202f}».",
        )
        .field(Field::radios("lettre", "La lettre postée", choices))
        .field(Field::date("date", "Postée le"))
        .field(tracking());
        let form = with_address(form, scene);
        if typed.of("lettre") == PostalKind::Answer.code() && answers(scene) {
            form.effect(
                "Le dossier devient répondu\u{202f}: le délai de réponse s’arrête à cette date.",
            )
        } else {
            form
        }
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let kind = PostalKind::from_code(typed.of("lettre")).ok_or(AppError::BadForm)?;
        record(typed, desk, kind).await
    }
}

/// Says first that no letter can have left, where nobody knows where the person lives.
pub(super) fn with_address(form: ActForm, scene: &Scene<'_>) -> ActForm {
    match scene.loaded.dossier.filing.postal_address {
        Some(_) => form,
        None => form.effect(NO_ADDRESS),
    }
}

/// Whether the letter of the answer, once posted, answers the case. One whose e-mail came back when the
/// case had moved on does not.
fn answers(scene: &Scene<'_>) -> bool {
    let case = &scene.loaded.dossier.case;
    case.status.is_open()
        && (case.nature == Nature::InformationRequest || scene.loaded.answer_is_leaving())
}

/// The letters that wait to be posted.
fn waiting(scene: &Scene<'_>) -> Vec<PostalKind> {
    let items = scene.loaded.items.iter().rev();
    let waiting = items.filter(|item| item.posted_on.is_none());
    waiting
        .filter_map(|item| match item.kind {
            ItemKind::Letter(kind) => Some(kind),
            ItemKind::FromPerson
            | ItemKind::Disagreement
            | ItemKind::Withdrawal
            | ItemKind::ToPerson(_)
            | ItemKind::Note => None,
        })
        .collect()
}

/// The day is read, then recorded.
pub(super) async fn record(typed: &Typed, desk: &Desk, kind: PostalKind) -> Result<(), Refused> {
    let Ok(posted_on) = parse_typed_date(typed.of("date")) else {
        return Err(Refused::at("date", NO_DATE));
    };
    let Ok(tracking) = TrackingNumber::parse(typed.of("suivi")) else {
        return Err(Refused::at("suivi", BAD_TRACKING));
    };
    let posting = Posting {
        kind,
        posted_on,
        tracking,
    };
    let mut conn = desk.conn().await?;
    match post::posted(&mut conn, desk.seen, &posting, desk.by()).await {
        Err(ActError::BadDate) => Err(Refused::at("date", BAD_DATE)),
        done => Ok(done?),
    }
}

/// The number of a letter that the post office follows.
pub(super) fn tracking() -> Field {
    Field::line("suivi", "Numéro de suivi")
        .optional()
        .hint("Celui du bordereau d’une lettre suivie ou recommandée.")
}

/// No day was typed.
pub(in crate::web::staff) const NO_DATE: &str =
    "Indiquez le jour de l’envoi, par exemple 15/05/2026.";
/// No such number can be.
pub(in crate::web::staff) const BAD_TRACKING: &str =
    "Indiquez un numéro de suivi de 8 à 20\u{a0}chiffres et lettres, ou laissez vide.";
/// No letter left on that day.
pub(in crate::web::staff) const BAD_DATE: &str =
    "Indiquez une date comprise entre la réception du dossier et aujourd’hui.";
