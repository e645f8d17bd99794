//! Passing a case on to whoever is competent, and noting what came back.

use crate::case::ActError;
use crate::case::outside::{
    Name, NewTransfer, PostalAddress, Recipient, TransferPurpose, returned, transfer,
};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::outside::{Reading, telling, typed_day};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::cases::journal_lines::{day, fact};
use crate::web::staff::words;

/// To the insurer, the distributor, another firm; or to the mediator, for mail meant for them.
pub(in crate::web::staff::cases::acts) struct Transfer;

impl CaseAct for Transfer {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/transmission",
        label: "Transmettre à l’assureur, au distributeur…",
        button: "Noter la transmission",
        done: "La transmission est notée et la personne est prévenue. Les délais courent toujours.",
        right: Right::WorkCases,
        group: Some(Group::Outside),
        suits: |_| true,
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        Typed::default().with("date", typed_day(scene.state.today()))
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let choices = Recipient::ALL
            .iter()
            .filter(|to| **to == Recipient::Mediator || !scene.has_ended())
            .map(|to| choice(*to))
            .collect();
        let form = ActForm::new(
            "Notez ici ce que vous avez transmis vous-même, et à qui. La personne apprend qui a son dossier et pourquoi\u{202f}; vous restez son interlocuteur.",
        );
        telling(form, scene)
            .field(Field::radios("a", "Transmis à", choices))
            .field(
                Field::line("nom", "Nom de l’organisme ou de la personne")
                    .hint("Inutile pour le médiateur."),
            )
            .field(Field::line("service", "Service").optional())
            .field(Field::area("adresse", "Adresse", 3).optional())
            .field(
                Field::area("raison", "Pourquoi", 4)
                    .hint("La personne le lira. 2\u{202f}000\u{a0}caractères au plus."),
            )
            .field(Field::date("date", "Transmis le"))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let new = read(typed)?;
        let mut conn = desk.conn().await?;
        let office = &desk.state.office;
        match transfer(&mut conn, office, desk.seen, &new, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", BAD_DAY)),
            done => Ok(done?),
        }
    }
}

fn choice(to: Recipient) -> Choice {
    match to {
        Recipient::Insurer => Choice::new(to.code(), "L’assureur"),
        Recipient::Distributor => {
            Choice::new(to.code(), "Le distributeur ou l’interlocuteur habituel")
        }
        Recipient::Other => Choice::new(to.code(), "Un autre organisme compétent"),
        Recipient::Mediator => Choice::new(to.code(), "Le médiateur")
            .so("Un courrier qui lui était destiné et que nous avons reçu."),
    }
}

fn read(typed: &Typed) -> Result<NewTransfer, Refused> {
    let mut reading = Reading::of(typed);
    let recipient = reading.choice(
        "a",
        "Choisissez à qui vous avez transmis.",
        Recipient::from_code,
    );
    let name = reading.text("nom", "le nom", |text| {
        if recipient == Some(Recipient::Mediator) && text.trim().is_empty() {
            Name::parse(crate::firm::MEDIATOR_NAME)
        } else {
            Name::parse(text)
        }
    });
    let service = reading.text("service", "le service", Name::optional);
    let postal_address = reading.text("adresse", "l’adresse", PostalAddress::optional);
    let purpose = reading.text("raison", "pourquoi", TransferPurpose::parse);
    let on = reading.day("date", "Indiquez le jour, par exemple 15/05/2026.");
    let read = recipient.zip(name).zip(service.zip(postal_address));
    let (((recipient, name), (service, postal_address)), (purpose, transferred_on)) =
        reading.end(read.zip(purpose.zip(on)))?;
    Ok(NewTransfer {
        recipient,
        name,
        service,
        postal_address,
        purpose,
        transferred_on,
    })
}

/// What came back from whoever it was passed on to.
pub(in crate::web::staff::cases::acts) struct Return;

impl CaseAct for Return {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/retour-de-transmission",
        label: "Noter le retour d’une transmission",
        button: "Noter le retour",
        done: "Le retour est noté.",
        right: Right::WorkCases,
        group: Some(Group::Outside),
        suits: |scene| !waiting(scene).is_empty(),
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        let typed = Typed::default().with("date", typed_day(scene.state.today()));
        match waiting(scene).as_slice() {
            [(id, _)] => typed.with("transmission", id),
            _ => typed,
        }
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let choices = waiting(scene)
            .into_iter()
            .map(|(id, words)| Choice::new(id, words))
            .collect();
        ActForm::new("Quand l’organisme a répondu ou rendu le dossier. La personne n’est pas prévenue, mais le lit dans la chronologie de sa page.")
            .field(Field::radios("transmission", "La transmission", choices))
            .field(Field::date("date", "Revenu le"))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut reading = Reading::of(typed);
        let id = reading.choice("transmission", "Choisissez la transmission.", |id| {
            id.parse().ok()
        });
        let on = reading.day("date", "Indiquez le jour, par exemple 15/05/2026.");
        let read = reading.end(id.zip(on))?;
        let mut conn = desk.conn().await?;
        match returned(&mut conn, desk.seen, read, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", BAD_RETURN)),
            done => Ok(done?),
        }
    }
}

/// The transfers without a return, as the journal tells of them: id, and words.
fn waiting(scene: &Scene<'_>) -> Vec<(String, String)> {
    let journal = &scene.loaded.journal;
    let is_back = |id: &str| {
        journal
            .iter()
            .any(|line| line.kind == "transfer.returned" && fact(line, "transfer") == Some(id))
    };
    journal
        .iter()
        .filter(|line| line.kind == "case.transferred")
        .filter_map(|line| {
            let id = fact(line, "transfer").filter(|id| !is_back(id))?;
            let to = fact(line, "to").and_then(Recipient::from_code)?;
            let on = day(line, "on")?;
            let words = format!("Transmis {} le {on}", words::transferred_to(to));
            Some((id.to_owned(), words))
        })
        .collect()
}

const BAD_DAY: &str = "Indiquez un jour entre la réception du dossier et aujourd’hui.";
const BAD_RETURN: &str = "Indiquez un jour entre la transmission et aujourd’hui.";
