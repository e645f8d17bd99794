//! The proof that a letter was posted, or reached the person: a scan, kept with the case.

use crate::calendar::plain_date;
use crate::case::files::FileAuthor;
use crate::case::post::{self, TaskId};
use crate::case::thread::ItemKind;
use crate::files::FileId;
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::words;

/// A file of one's own, which waits on the case, becomes the proof of a letter.
pub(super) struct Prove;

impl CaseAct for Prove {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/preuve-d-envoi",
        label: "Garder la preuve d’un envoi par courrier",
        button: "Garder cette preuve",
        done: "La preuve d’envoi est gardée au dossier.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| !posted(scene).is_empty(),
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        let typed = match posted(scene).as_slice() {
            [only] => Typed::default().with("lettre", only.value.clone()),
            _ => Typed::default(),
        };
        match scans(scene).as_slice() {
            [only] => typed.with("piece", only.value.clone()),
            _ => typed,
        }
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let scans = scans(scene);
        if scans.is_empty() {
            return ActForm::new(
                "Ajoutez d’abord le bordereau ou l’avis de réception, numérisé, parmi les pièces à joindre de ce dossier, puis revenez ici.",
            )
            .leading_to(FILES)
            .not_yet();
        }
        ActForm::new(
            "Le bordereau ou l’avis de réception, numérisé. La personne ne le voit pas\u{202f}; il va dans le dossier pour le médiateur.",
        )
        .field(Field::radios("lettre", "La lettre", posted(scene)))
        .field(Field::radios("piece", "La preuve", scans))
        .leading_to(FILES)
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let letter = typed.of("lettre").parse().ok().map(TaskId);
        let Some(letter) = letter else {
            return Err(Refused::at("lettre", "Choisissez la lettre."));
        };
        let scan = typed.of("piece").parse().ok().map(FileId);
        let Some(scan) = scan else {
            return Err(Refused::at(
                "piece",
                "Choisissez la pièce qui prouve l’envoi.",
            ));
        };
        let mut conn = desk.conn().await?;
        Ok(post::prove(&mut conn, desk.seen, (letter, scan), desk.by()).await?)
    }
}

/// Where a scan is added.
const FILES: (&str, &str) = ("pieces", "Ajouter une pièce au dossier");

/// The letters that were posted, last first.
fn posted(scene: &Scene<'_>) -> Vec<Choice> {
    let items = scene.loaded.items.iter();
    items
        .filter_map(|item| match (item.kind, item.posted_on) {
            (ItemKind::Letter(kind), Some(on)) => Some(Choice::new(
                item.id.to_string(),
                format!(
                    "{}, lettre postée le {}",
                    words::letter(kind),
                    plain_date(on)
                ),
            )),
            _ => None,
        })
        .collect()
}

/// One's own files that wait on the case.
fn scans(scene: &Scene<'_>) -> Vec<Choice> {
    let mine = Some(FileAuthor::Staff(scene.current.id()));
    let waiting = scene.loaded.waiting.iter();
    waiting
        .filter(|file| file.author == mine && file.answer.is_none())
        .map(|file| Choice::new(file.id.0.to_string(), file.name.clone()))
        .collect()
}
