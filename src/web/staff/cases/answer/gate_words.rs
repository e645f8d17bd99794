//! What the gate finds missing, in words, each at its field.

use crate::case::answer::Missing;
use crate::staff::StaffId;
use crate::web::form::FormErrors;
use crate::web::staff::cases::loaded::Loaded;

/// Who could read over what `writers` wrote.
pub(super) fn names(loaded: &Loaded, writers: &[StaffId]) -> Vec<String> {
    loaded
        .colleagues
        .readers_for(writers)
        .into_iter()
        .map(|reader| reader.display_name.clone())
        .collect()
}

/// What is missing, in the order of the gate.
pub(super) fn gate_messages(missing: &[Missing], loaded: &Loaded) -> FormErrors {
    let mut errors = FormErrors::default();
    for one in missing {
        let (field, message) = gate_message(*one, loaded);
        errors.push(field, message);
    }
    errors
}

fn gate_message(missing: Missing, loaded: &Loaded) -> (String, String) {
    let min = crate::case::answer::MIN_GROUNDS_CHARS;
    match missing {
        Missing::Outcome => at("issue", "Choisissez l’issue de la réponse."),
        Missing::Grievances => at("ajouter", "Ajoutez au moins un grief."),
        Missing::Grievance(n) => (
            format!("grief-{n}"),
            format!("Grief {n}\u{202f}: écrivez le grief."),
        ),
        Missing::Position(n) => (
            format!("position-{n}"),
            format!("Grief {n}\u{202f}: choisissez votre position."),
        ),
        Missing::Grounds(n) => (
            format!("motifs-{n}"),
            format!("Grief {n}\u{202f}: donnez vos motifs, en {min}\u{a0}caractères au moins."),
        ),
        Missing::Coherence => at(
            "issue",
            "Accordez l’issue et vos positions\u{202f}: elles se contredisent.",
        ),
        Missing::AmountOnRefusal => at(
            "montant",
            "Retirez la somme, ou choisissez une satisfaction\u{202f}: un refus n’en accorde pas. Un geste commercial est une satisfaction partielle.",
        ),
        Missing::Commitment(n) => (
            format!("engagement-{n}"),
            format!("Engagement {n}\u{202f}: écrivez ce que vous promettez, ou retirez-le."),
        ),
        Missing::CommitmentDate(n) => (
            format!("echeance-{n}"),
            format!("Engagement {n}\u{202f}: donnez-lui une échéance, aujourd’hui ou plus tard."),
        ),
        Missing::Divergence => at(
            "divergence",
            "Dites en une phrase pourquoi cette issue s’écarte de celle de la plupart des dossiers comparables.",
        ),
        Missing::SecondReading => ("relecture".to_owned(), have_read(loaded)),
        Missing::ReaderSends => at(
            "relecture",
            "Demandez à une autre personne d’envoyer cette réponse\u{202f}: vous l’avez relue, et qui relit un refus ne l’envoie pas.",
        ),
        Missing::NobodyCanRead => at(
            "relecture",
            "Demandez à un administrateur d’ouvrir un compte de responsable\u{202f}: un refus doit être relu, et personne d’autre ne peut le faire.",
        ),
    }
}

/// Who could read a refusal over.
fn have_read(loaded: &Loaded) -> String {
    let writers = loaded.in_hand().map(|written| written.row.writers());
    let readers = writers.map(|writers| names(loaded, &writers).join(", "));
    format!(
        "Faites relire ce refus par une autre personne\u{202f}: {}.",
        readers.unwrap_or_default()
    )
}

fn at(field: &str, message: &str) -> (String, String) {
    (field.to_owned(), message.to_owned())
}
