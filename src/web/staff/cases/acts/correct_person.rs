//! What is held on the person is wrong: it is corrected, at the request of who it is about.

use crate::case::filing::{Line, Text};
use crate::case::persons::{Correction, correct};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::field::{Field, text_message};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// Name, address, phone, contract; the person changes the e-mail address on their own page.
pub(super) struct CorrectPerson;

impl CaseAct for CorrectPerson {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/correction",
        label: "Corriger les données de la personne",
        button: "Corriger",
        done: "Les données de la personne sont corrigées.",
        right: Right::ServePersons,
        group: Some(Group::Protecting),
        suits: |_| true,
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        let held = &scene.loaded.dossier.filing;
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        Typed::default()
            .with("prenom", held.first_name.clone())
            .with("nom", held.last_name.clone())
            .with("adresse", known(&held.postal_address))
            .with("telephone", known(&held.phone))
            .with("contrat", known(&held.contract_number))
    }

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new("À la demande de la personne (RGPD, art.\u{a0}16). Le journal garde ce qui a changé, jamais l’ancienne valeur.")
            .field(Field::line("prenom", "Prénom"))
            .field(Field::line("nom", "Nom"))
            .field(Field::area("adresse", "Adresse postale", 3).optional())
            .field(Field::line("telephone", "Téléphone").optional())
            .field(Field::line("contrat", "Numéro de contrat").optional())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let correction = parse(typed)?;
        let mut conn = desk.conn().await?;
        Ok(correct(&mut conn, desk.seen, &correction, desk.by()).await?)
    }
}

fn parse(typed: &Typed) -> Result<Correction, Refused> {
    let mut errors = FormErrors::default();
    let first_name = Line::parse(typed.of("prenom"));
    let last_name = Line::parse(typed.of("nom"));
    let postal_address = Text::optional(typed.of("adresse"));
    let phone = Line::optional(typed.of("telephone"));
    let contract_number = Line::optional(typed.of("contrat"));
    let refused = [
        ("prenom", "le prénom", first_name.as_ref().err()),
        ("nom", "le nom", last_name.as_ref().err()),
        ("adresse", "l’adresse", postal_address.as_ref().err()),
        ("telephone", "le téléphone", phone.as_ref().err()),
        (
            "contrat",
            "le numéro de contrat",
            contract_number.as_ref().err(),
        ),
    ];
    for (field, what, error) in refused {
        if let Some(error) = error {
            errors.push(field, text_message(*error, what));
        }
    }
    match (
        first_name,
        last_name,
        postal_address,
        phone,
        contract_number,
    ) {
        (Ok(first_name), Ok(last_name), Ok(postal_address), Ok(phone), Ok(contract_number)) => {
            Ok(Correction {
                first_name,
                last_name,
                postal_address,
                phone,
                contract_number,
            })
        }
        _ => Err(Refused::Fields(errors)),
    }
}
