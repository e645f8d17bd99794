//! The files that went with a filing, told back with the rest of it.

use data_encoding::HEXLOWER;

use crate::case::files::{CaseFile, FileStage};
use crate::case::filing::Step;
use crate::web::public::deposit::step_url;
use crate::web::public::recap::{Fact, Section};
use crate::web::upload::size_words;

/// Adds the files of a draft that is about to be sent, before where to answer.
pub(super) fn add_draft(sections: Vec<Section>, files: &[CaseFile]) -> Vec<Section> {
    let told = |file: &CaseFile| format!("{}, {}", file.name, size_words(file.size));
    add(sections, files.iter().map(told))
}

/// Adds the files that were filed with the case, each with the digest of its original.
pub(super) fn add_filed(sections: Vec<Section>, files: &[CaseFile]) -> Vec<Section> {
    let went_with_it = files.iter().filter(|file| file.stage == FileStage::Filed);
    let told = |file: &CaseFile| {
        format!(
            "{}, {}\nEmpreinte SHA-256\u{202f}:\n{}",
            file.name,
            size_words(file.size),
            HEXLOWER.encode(&file.sha256)
        )
    };
    add(sections, went_with_it.map(told))
}

fn add(mut sections: Vec<Section>, files: impl Iterator<Item = String>) -> Vec<Section> {
    let mut facts: Vec<Fact> = files
        .map(|text| Fact {
            label: "Fichier",
            text,
        })
        .collect();
    if facts.is_empty() {
        facts.push(Fact {
            label: "Fichiers",
            text: "Aucun fichier joint".to_owned(),
        });
    }
    let section = Section {
        id: "pieces",
        title: "Vos pièces",
        address: step_url(Step::Files),
        facts,
    };
    let last = sections.len().saturating_sub(1);
    sections.insert(last, section);
    sections
}
