//! Writing a template: a new one, or the next version of one.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::case::filing::TextError;
use crate::case::templates::{
    self, NewVersion, TemplateError, TemplateId, TemplateKind, TemplateText, TemplateTitle,
    Variable,
};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::text_message;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::staff::templates::{address, failure, words};
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/templates/edit.html`.
#[derive(Template)]
#[template(path = "staff/templates/edit.html")]
struct EditPage {
    shell: Shell,
    errors: FormErrors,
    /// Where it is posted.
    address: String,
    /// What it is for, once that is settled.
    kind: Option<&'static str>,
    typed: TypedTemplate,
    preview: Option<String>,
    /// What someone saved meanwhile.
    stored: Option<(String, String)>,
    kinds: Vec<KindChoice>,
    variables: Vec<VariableLine>,
}

/// What a template can be for.
struct KindChoice {
    code: &'static str,
    caption: &'static str,
    is_chosen: bool,
}

/// A variable as the page explains it.
struct VariableLine {
    in_braces: String,
    meaning: &'static str,
    example: &'static str,
}

fn variables() -> Vec<VariableLine> {
    let line = |variable: &Variable| {
        let (meaning, example) = words::variable(*variable);
        VariableLine {
            in_braces: format!("{{{}}}", variable.code()),
            meaning,
            example,
        }
    };
    Variable::ALL.iter().map(line).collect()
}

/// What is posted.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::web::staff) struct TypedTemplate {
    #[serde(default)]
    version: i32,
    #[serde(default)]
    nature: String,
    #[serde(default)]
    titre: String,
    #[serde(default)]
    texte: String,
    #[serde(default)]
    faire: String,
}

impl TypedTemplate {
    fn parse(&self, errors: &mut FormErrors) -> Option<NewVersion> {
        let title = TemplateTitle::parse(&self.titre);
        if let Err(error) = title {
            let words = match error {
                TextError::ControlCharacter { .. } | TextError::Missing => {
                    "Donnez un titre au modèle, sur une ligne.".to_owned()
                }
                TextError::TooShort { .. } | TextError::TooLong { .. } => {
                    text_message(error, "le titre")
                }
            };
            errors.push("titre", words);
        }
        let text = TemplateText::parse(&self.texte);
        if let Err(faults) = &text {
            words::tell(faults, errors);
        }
        Some(NewVersion {
            title: title.ok()?,
            text: text.ok()?,
        })
    }

    fn asks_preview(&self) -> bool {
        self.faire == "apercu"
    }
}

/// Someone who writes templates.
struct Writer {
    state: Data<AppState>,
    current: CurrentStaff,
}

impl Writer {
    fn sit(state: Data<AppState>, current: CurrentStaff) -> Result<Self, AppError> {
        current.require(Right::ManageTemplates)?;
        Ok(Self { state, current })
    }

    fn page(&self, address: String, typed: TypedTemplate, errors: FormErrors) -> EditPage {
        let kinds = TemplateKind::ALL.iter().map(|kind| KindChoice {
            code: kind.code(),
            caption: words::kind(*kind),
            is_chosen: typed.nature == kind.code(),
        });
        EditPage {
            shell: self.current.shell(&self.state),
            errors,
            address,
            kind: None,
            kinds: kinds.collect(),
            variables: variables(),
            typed,
            preview: None,
            stored: None,
        }
    }
}

fn new_address() -> String {
    format!("{}/nouveau", urls::STAFF_TEMPLATES)
}

/// GET `/gestion/modeles/nouveau`.
pub(in crate::web::staff) async fn new(
    state: Data<AppState>,
    current: CurrentStaff,
) -> Result<HttpResponse, AppError> {
    let writer = Writer::sit(state, current)?;
    let page = writer.page(
        new_address(),
        TypedTemplate::default(),
        FormErrors::default(),
    );
    html::page(StatusCode::OK, &page)
}

/// POST `/gestion/modeles/nouveau`.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<TypedTemplate>,
) -> Result<HttpResponse, AppError> {
    let writer = Writer::sit(state, current)?;
    let typed = form.0;
    let mut errors = FormErrors::default();
    let kind = TemplateKind::from_code(&typed.nature);
    if kind.is_none() {
        errors.push("nature", "Choisissez à quoi sert le modèle.");
    }
    let version = typed.parse(&mut errors);
    match (kind, version) {
        (Some(kind), Some(version)) if !typed.asks_preview() => {
            let mut conn = writer.state.pool.get().await?;
            let by = (writer.current.id(), writer.state.clock.now());
            let id = templates::create(&mut conn, kind, &version, by).await?;
            let address = address(id.0);
            Ok(html::see_other(&format!("{address}?fait=enregistre")))
        }
        (_, version) => {
            let page = writer.page(new_address(), typed, errors);
            show_again(page, version)
        }
    }
}

/// GET `/gestion/modeles/{modele}/version`.
pub(in crate::web::staff) async fn revise(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
) -> Result<HttpResponse, AppError> {
    let writer = Writer::sit(state, current)?;
    let mut conn = writer.state.pool.get().await?;
    let (kind, _, versions) = templates::versions(&mut conn, TemplateId(*id)).await?;
    drop(conn);
    let last = versions.first().ok_or(AppError::NotFound)?;
    let typed = TypedTemplate {
        version: last.version,
        titre: last.title.clone(),
        texte: last.body.clone(),
        ..TypedTemplate::default()
    };
    let mut page = writer.page(revision_address(*id), typed, FormErrors::default());
    page.kind = Some(words::kind(kind));
    html::page(StatusCode::OK, &page)
}

fn revision_address(id: i64) -> String {
    format!("{}/version", address(id))
}

/// POST `/gestion/modeles/{modele}/version`.
pub(in crate::web::staff) async fn update(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<TypedTemplate>,
) -> Result<HttpResponse, AppError> {
    let writer = Writer::sit(state, current)?;
    let mut typed = form.0;
    let mut conn = writer.state.pool.get().await?;
    let (kind, _, versions) = templates::versions(&mut conn, TemplateId(*id)).await?;
    let mut errors = FormErrors::default();
    let version = typed.parse(&mut errors);
    if let Some(version) = version.as_ref().filter(|_| !typed.asks_preview()) {
        let by = (writer.current.id(), writer.state.clock.now());
        let seen = (TemplateId(*id), typed.version);
        match templates::save(&mut conn, seen, version, by).await {
            Ok(()) => {
                let address = address(*id);
                return Ok(html::see_other(&format!("{address}?fait=enregistre")));
            }
            Err(TemplateError::Stale) => {
                let last = versions.first().ok_or(AppError::NotFound)?;
                typed.version = last.version;
                let mut page = writer.page(revision_address(*id), typed, errors);
                page.kind = Some(words::kind(kind));
                page.stored = Some((last.title.clone(), last.body.clone()));
                return html::page(StatusCode::CONFLICT, &page);
            }
            Err(error) => return Err(failure(error)),
        }
    }
    drop(conn);
    let mut page = writer.page(revision_address(*id), typed, errors);
    page.kind = Some(words::kind(kind));
    show_again(page, version)
}

/// The form as typed: with its preview, or with what is to be corrected.
fn show_again(mut page: EditPage, version: Option<NewVersion>) -> Result<HttpResponse, AppError> {
    if page.typed.asks_preview() {
        page.preview = version.map(|version| words::example(&version.text));
    }
    let status = if page.preview.is_some() {
        page.errors = FormErrors::default();
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    html::page(status, &page)
}
