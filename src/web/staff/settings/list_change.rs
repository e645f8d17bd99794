//! POST `/gestion/reglages/listes/{liste}`: adds, renames, raises, retires or restores a line.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::case::catalogue::{Label, List, ListChange, ListChangeError, change_list};
use crate::case::filing::TextError;
use crate::staff::Right;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::staff::settings::catalogue;
use crate::web::staff::settings::index::address_of_list;
use crate::web::{AppError, AppState, html};

/// What is posted.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::web::staff) struct ListForm {
    pub(super) faire: String,
    #[serde(default)]
    pub(super) ligne: String,
    #[serde(default)]
    pub(super) libelle: String,
    #[serde(default)]
    pub(super) avant: String,
    #[serde(default)]
    place: usize,
}

impl ListForm {
    /// The field that a refusal points at.
    pub(super) fn field(&self) -> String {
        if self.ligne.is_empty() {
            "libelle".to_owned()
        } else {
            format!("libelle-{}", self.ligne)
        }
    }

    /// What they want.
    fn parse(&self) -> Result<ListChange, Refusal> {
        let line = self.ligne.clone();
        match self.faire.as_str() {
            "ajouter" => Ok(ListChange::Add(Label::parse(&self.libelle)?)),
            "renommer" => Ok(ListChange::Rename(
                line,
                Label::parse(&self.libelle)?,
                self.avant.clone(),
            )),
            "retirer" => Ok(ListChange::Retire(line)),
            "remettre" => Ok(ListChange::Restore(line)),
            "monter" => Ok(ListChange::Raise(line, self.place)),
            _ => Err(Refusal::Unknown),
        }
    }
}

/// Why it is not done.
enum Refusal {
    /// No such thing to do.
    Unknown,
    /// The words cannot be kept.
    Words(TextError),
}

impl From<TextError> for Refusal {
    fn from(error: TextError) -> Self {
        Self::Words(error)
    }
}

/// POST: changes the list.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    list: Path<String>,
    form: StaffForm<ListForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageSettings)?;
    let list = List::from_code(&list).ok_or(AppError::NotFound)?;
    let form = form.0;
    let change = match form.parse() {
        Ok(change) => change,
        Err(Refusal::Unknown) => return Err(AppError::BadForm),
        Err(Refusal::Words(error)) => {
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, words(error));
            return show_again((&state, &current), list, form, refused).await;
        }
    };
    let mut conn = state.pool.get().await?;
    let done = change_list(&mut conn, list, &change, current.id(), state.clock.now()).await;
    drop(conn);
    let refused = match done {
        Ok(()) => {
            let address = address_of_list(list);
            return Ok(html::see_other(&format!("{address}?fait=1")));
        }
        Err(ListChangeError::Taken) => (StatusCode::UNPROCESSABLE_ENTITY, TAKEN.to_owned()),
        Err(ListChangeError::Stale) => (StatusCode::CONFLICT, STALE.to_owned()),
        Err(ListChangeError::Db(error)) => return Err(error.into()),
    };
    show_again((&state, &current), list, form, refused).await
}

pub(super) const TAKEN: &str =
    "Choisissez un autre libellé\u{202f}: une ligne de la liste porte déjà celui-ci.";
pub(super) const STALE: &str =
    "La liste a changé entre-temps\u{202f}: vérifiez la ligne, puis recommencez.";

async fn show_again(
    (state, current): (&AppState, &CurrentStaff),
    list: List,
    form: ListForm,
    (status, message): (StatusCode, String),
) -> Result<HttpResponse, AppError> {
    let mut page = catalogue::page(state, current, list).await?;
    page.errors.push(form.field(), message);
    if form.ligne.is_empty() {
        page.typed = form.libelle;
    } else if form.faire == "renommer" {
        page.renamed = Some((form.ligne, form.libelle));
    }
    html::page(status, &page)
}

/// What to do about words that cannot be kept.
fn words(error: TextError) -> String {
    match error {
        TextError::Missing => "Indiquez un libellé.".to_owned(),
        TextError::TooShort { min, .. } => {
            format!("Écrivez au moins {min}\u{a0}caractères.")
        }
        TextError::TooLong { count, max } => format!(
            "Raccourcissez le libellé\u{202f}: {count}\u{a0}caractères pour {max}\u{a0}au plus."
        ),
        TextError::ControlCharacter { position } => {
            format!("Retirez du libellé le caractère invisible en position {position}.")
        }
    }
}
