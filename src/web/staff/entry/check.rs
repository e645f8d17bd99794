//! GET `/gestion/dossiers/nouveau/{brouillon}`: what will be registered and what follows from it.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;

use crate::calendar::long_date;
use crate::case::draft::DraftId;
use crate::case::entry::{self, ByHand, Spoken, Unfinished};
use crate::case::files::{self, CaseFile};
use crate::case::filing::Terms;
use crate::case::persons::{self, Person, Resembling};
use crate::case::{Channel, Nature};
use crate::db::Conn;
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::person::Fact;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::entry::preview::Preview;
use crate::web::staff::entry::{check_address, facts, form_address, parse_draft, register};
use crate::web::staff::words;
use crate::web::upload::{FileLine, FileScan, Limits};
use crate::web::{AppError, AppState, html, urls};

/// Most cases shown that may be of the same person.
const MOST_ALIKE: i64 = 10;

/// `templates/staff/entry/check.html`.
#[derive(Template)]
#[template(path = "staff/entry/check.html")]
pub(super) struct CheckPage {
    shell: Shell,
    pub(super) errors: FormErrors,
    pub(super) notice: Option<&'static str>,
    address: String,
    form_address: String,
    version: i32,
    title: String,
    facts: Vec<Fact>,
    said: String,
    expectation: Option<String>,
    preview: Preview,
    leaves: String,
    alike: Vec<Alike>,
    limits: Limits,
    files: Vec<FileLine>,
}

/// A case that may be of the same person.
struct Alike {
    address: String,
    reference: String,
    person: String,
    standing: String,
    why: String,
}

/// A draft that can be registered, and all that its page shows.
pub(super) struct Checked {
    pub(super) draft: Unfinished,
    pub(super) by_hand: ByHand,
    alike: Vec<Resembling>,
    files: Vec<CaseFile>,
}

/// What a draft turned out to be.
pub(super) enum Read {
    Ready(Box<Checked>),
    /// Where to go instead: back to the form, or to the case it became.
    Elsewhere(HttpResponse),
}

/// Reads the draft of an address.
pub(super) async fn read(
    conn: &mut Conn,
    state: &AppState,
    current: &CurrentStaff,
    id: DraftId,
) -> Result<Read, AppError> {
    let now = state.clock.now();
    let Some(draft) = entry::load(conn, (id, current.id()), now).await? else {
        return Err(AppError::NotFound);
    };
    if draft.case.is_some() {
        return Ok(Read::Elsewhere(register::again(conn, id).await?));
    }
    let catalogue = state.catalogue.read(conn, now).await?;
    let terms = Terms {
        today: state.today(),
        catalogue: &catalogue,
    };
    let Ok(by_hand) = entry::parse(&draft.typed, &terms) else {
        return Ok(Read::Elsewhere(html::see_other(&form_address(id))));
    };
    let person = Person::who_wrote(&by_hand);
    let viewer = current.viewer(state);
    Ok(Read::Ready(Box::new(Checked {
        alike: persons::resembling(conn, viewer, &person, (MOST_ALIKE, &[])).await?,
        files: files::of_draft(conn, id).await?,
        draft,
        by_hand,
    })))
}

/// GET.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    draft: Path<String>,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let id = parse_draft(&draft)?;
    let mut conn = state.pool.get().await?;
    let checked = match read(&mut conn, &state, &current, id).await? {
        Read::Ready(checked) => checked,
        Read::Elsewhere(answer) => return Ok(answer),
    };
    drop(conn);
    let mut page = CheckPage::new(&state, &current, *checked);
    page.notice = match asked.get("fait").map(String::as_str) {
        Some("joint") => Some("Le fichier est joint."),
        Some("retire") => Some("Le fichier est retiré."),
        Some("change") => Some(
            "Ce formulaire a été modifié dans une autre fenêtre\u{202f}: relisez-le avant d’enregistrer.",
        ),
        _ => None,
    };
    html::page(StatusCode::OK, &page)
}

impl CheckPage {
    pub(super) fn new(state: &AppState, current: &CurrentStaff, checked: Checked) -> Self {
        let Checked {
            draft,
            by_hand,
            alike,
            files,
        } = checked;
        let dated = &by_hand.dated;
        let today = state.today();
        let within = state.office.request_target();
        let nature = dated.nature.map_or("À qualifier", words::nature);
        let channel = words::channel(dated.channel);
        Self {
            shell: current.shell(state),
            errors: FormErrors::default(),
            notice: None,
            address: check_address(draft.id),
            form_address: form_address(draft.id),
            version: draft.version,
            title: format!("{nature}, {}", channel.to_lowercase()),
            facts: facts::of(&by_hand),
            said: by_hand.filing.statement.facts.as_str().to_owned(),
            expectation: by_hand
                .filing
                .statement
                .expectation
                .as_ref()
                .map(|text| text.as_str().to_owned()),
            preview: Preview::new(dated, today, within),
            leaves: leaves(&by_hand),
            alike: alike.into_iter().map(Alike::of).collect(),
            limits: Limits::of(&state.settings.files),
            files: FileLine::of(&files, state.has_scanner()),
        }
    }

    fn files_address(&self) -> String {
        format!("{}/pieces", self.address)
    }
}

/// What leaves, or is to be done, as soon as it is registered.
fn leaves(by_hand: &ByHand) -> String {
    let is_request = by_hand.dated.effective() == Nature::InformationRequest;
    let what = if is_request {
        "Un avis de réception"
    } else {
        "L’accusé de réception"
    };
    if let Some(spoken) = &by_hand.spoken {
        return match spoken {
            Spoken::Satisfied(_) => {
                "Rien ne part. La personne a obtenu satisfaction aussitôt\u{202f}: le dossier est \
                 enregistré et clos."
                    .to_owned()
            }
            Spoken::Invited(Some(on)) => format!(
                "Rien ne part\u{202f}: une réclamation orale n’appelle pas d’accusé. La personne a \
                 été invitée à écrire le {}.",
                long_date(*on)
            ),
            Spoken::Invited(None) => {
                "Rien ne part\u{202f}: une réclamation orale n’appelle pas d’accusé. Il restera à \
                 inviter la personne à écrire."
                    .to_owned()
            }
        };
    }
    if matches!(by_hand.dated.channel, Channel::Phone | Channel::Counter) {
        return "Rien ne part à la personne\u{202f}: le Service client reçoit un avis.".to_owned();
    }
    match by_hand.filing.contact.reply_to.email() {
        Some(email) => format!("{what} part aussitôt par courriel à {}.", email.as_str()),
        None => format!(
            "{what} est à envoyer par courrier\u{202f}: une tâche d’envoi est créée avec sa date."
        ),
    }
}

impl Alike {
    fn of(found: Resembling) -> Self {
        Self {
            address: urls::staff_case(&found.reference),
            reference: found.reference.to_string(),
            person: found.person.unwrap_or_else(|| "nom effacé".to_owned()),
            standing: words::standing(found.nature, found.status),
            why: words::likeness(&found.by),
        }
    }
}
