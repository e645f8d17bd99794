//! The postal address of the person, which the case lacks.

use crate::case;
use crate::case::filing::Text;
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Field, text_message};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// A letter has somewhere to go.
pub(super) struct AddAddress;

impl CaseAct for AddAddress {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/adresse-postale",
        label: "Ajouter l’adresse postale",
        button: "Ajouter l’adresse",
        done: "L’adresse postale est ajoutée\u{202f}: les lettres du dossier peuvent partir.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| scene.loaded.dossier.filing.postal_address.is_none(),
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new(
            "Celle que la personne vous a donnée, ou celle de son contrat. Les lettres à poster y sont adressées.",
        )
        .effect("La personne la lit sur la page de son dossier, et peut la corriger.")
        .field(
            Field::area("adresse", "Adresse postale", 4)
                .hint("Numéro et rue, puis code postal et ville, une ligne chacun."),
        )
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let address = Text::parse(typed.of("adresse"))
            .map_err(|error| Refused::at("adresse", text_message(error, "l’adresse")))?;
        let mut conn = desk.conn().await?;
        Ok(case::add_address(&mut conn, desk.seen, &address, desk.by()).await?)
    }
}

/// Said where a letter is to be posted.
pub(super) const NO_ADDRESS: &str = "Le dossier n’a pas d’adresse postale\u{202f}: ajoutez-la d’abord, par l’acte «\u{202f}Ajouter l’adresse postale\u{202f}». Une lettre qui n’est pas partie n’arrête aucun délai.";
