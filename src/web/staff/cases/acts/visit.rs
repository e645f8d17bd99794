//! The page of an act is opened, and sent.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};

use crate::case::templates::{self, Offered};
use crate::case::{DraftOf, forget_draft, save_draft};
use crate::db::Conn;
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::page::{ActPage, Shape};
use crate::web::staff::cases::acts::typed::{Posted, Typed};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Refused, Scene};
use crate::web::staff::cases::desk::{Desk, parse_reference};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::refused::Why;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::staff::templates::{Known, filled};
use crate::web::{AppError, AppState, html, urls};

type Pairs = Vec<(String, String)>;

/// The button that only keeps what was typed.
const SAVE: &str = "garder";
/// The button that puts a template in the text.
const INSERT: &str = "inserer";
/// The field that names it.
const TEMPLATE: &str = "modele";

/// GET `/gestion/dossiers/{reference}/{acte}`: what it does, and its form; the address may fill in
/// some of its fields.
pub(super) async fn show<A: CaseAct>(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    asked: Query<Pairs>,
) -> Result<HttpResponse, AppError> {
    current.require(A::LINE.right)?;
    let reference = parse_reference(&reference)?;
    let mut conn = state.pool.get().await?;
    let asked = Typed::asked(asked.into_inner());
    // Where more is offered, nothing of what was exchanged is needed.
    let loaded = if A::COMPLETES || A::template(&asked).is_some() {
        Loaded::for_answer(&mut conn, reference, &state, &current).await?
    } else {
        Loaded::read(&mut conn, reference, &state, &current).await?
    };
    let scene = Scene {
        state: &state,
        current: &current,
        loaded: &loaded,
    };
    let draft = loaded.particulars.drafts.get(A::LINE.code());
    let kept = draft.map(|draft| Typed::asked(draft.fields.clone()));
    let typed = asked.or(kept.unwrap_or_default()).or(A::opened(&scene));
    let offered = offered::<A>(&mut conn, &typed).await?;
    let form = A::completed(A::form(&typed, &scene), &mut conn, &scene).await?;
    drop(conn);
    let shape = if (A::LINE.suits)(&scene) {
        Shape::Open
    } else {
        Shape::Impossible
    };
    let page = ActPage::new(A::LINE, form, (&typed, FormErrors::default()), &scene);
    html::page(shape.status(), &page.offering(offered).shaped(shape))
}

/// The templates that a text of the form can start from.
async fn offered<A: CaseAct>(conn: &mut Conn, typed: &Typed) -> Result<Vec<Offered>, AppError> {
    Ok(match A::template(typed) {
        Some((kind, _)) => templates::offered(conn, kind).await?,
        None => Vec::new(),
    })
}

/// The form with the template that it names at the end of its field, and whether there is one.
async fn from_template<A: CaseAct>(
    conn: &mut Conn,
    typed: Typed,
    scene: &Scene<'_>,
) -> Result<(Typed, bool), AppError> {
    let Some((kind, field)) = A::template(&typed) else {
        return Ok((typed, false));
    };
    let handler = scene.handler().unwrap_or(scene.current.id());
    let known = Known {
        dossier: &scene.loaded.dossier,
        handler: scene.loaded.colleagues.name(handler),
        today: scene.state.today(),
    };
    let Some(text) = filled(conn, (typed.of(TEMPLATE), kind), &known).await? else {
        return Ok((typed, false));
    };
    let before = typed.of(field).trim_end();
    let text = if before.is_empty() {
        text
    } else {
        format!("{before}\n\n{text}")
    };
    Ok((typed.with(field, text).with(TEMPLATE, ""), true))
}

/// The form as typed, with the template that was chosen in its field.
async fn insert<A: CaseAct>(desk: &Desk, typed: Typed) -> Result<HttpResponse, AppError> {
    let mut conn = desk.state.pool.get().await?;
    let loaded = desk.load(&mut conn).await?;
    let (typed, is_found) = from_template::<A>(&mut conn, typed, &desk.scene(&loaded)).await?;
    drop(conn);
    let mut errors = FormErrors::default();
    if is_found {
        return show_again::<A>(desk, (&typed, errors), Shape::Inserted).await;
    }
    errors.push(TEMPLATE, "Choisissez un modèle de la liste.");
    show_again::<A>(desk, (&typed, errors), Shape::ToCorrect).await
}

/// POST at the same address: does it once its consequences were shown, or says what stands in the
/// way and loses nothing of what was typed.
pub(super) async fn perform<A: CaseAct>(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<Pairs>,
) -> Result<HttpResponse, AppError> {
    let posted = Posted::read(form.0)?;
    let desk = Desk::open(state, current, A::LINE.right, &reference, posted.shown).await?;
    let typed = posted.typed;
    let draft = DraftOf {
        case: desk.seen.case,
        account: desk.current.id(),
        act: A::LINE.code(),
    };
    if posted.command == SAVE {
        let mut conn = desk.conn().await?;
        save_draft(&mut conn, draft, typed.pairs(), desk.state.clock.now()).await?;
        let address = urls::staff_case_part(&desk.reference, A::LINE.code());
        return Ok(html::see_other(&address));
    }
    if posted.command == INSERT {
        return insert::<A>(&desk, typed).await;
    }
    if A::LINE.is_previewed && !(posted.was_previewed && posted.command.is_empty()) {
        let shown = (&typed, FormErrors::default());
        return show_again::<A>(&desk, shown, Shape::Previewed).await;
    }
    match A::perform(&typed, &desk).await {
        Ok(()) => {
            let mut conn = desk.conn().await?;
            forget_draft(&mut conn, draft).await?;
            drop(conn);
            desk.done(A::LINE.code()).await
        }
        Err(Refused::Fields(errors)) => {
            show_again::<A>(&desk, (&typed, errors), Shape::ToCorrect).await
        }
        Err(Refused::Page(error)) => Err(error),
        Err(Refused::Act(error)) => {
            let why = Why::from_act(error)?;
            let shown = (&typed, FormErrors::default());
            show_again::<A>(&desk, shown, Shape::Refused(why)).await
        }
    }
}

async fn show_again<A: CaseAct>(
    desk: &Desk,
    shown: (&Typed, FormErrors),
    shape: Shape,
) -> Result<HttpResponse, AppError> {
    let mut conn = desk.state.pool.get().await?;
    let loaded = desk.load(&mut conn).await?;
    let offered = offered::<A>(&mut conn, shown.0).await?;
    let scene = desk.scene(&loaded);
    let form = A::completed(A::form(shown.0, &scene), &mut conn, &scene).await?;
    drop(conn);
    let page = ActPage::new(A::LINE, form, shown, &scene);
    let page = page.offering(offered).shaped(shape);
    html::page(shape.status(), &page.again(desk, &loaded))
}

/// The answer to an act of an editor of its own that came too late: what has changed, and its button.
pub(in crate::web::staff::cases) async fn refuse(
    desk: &Desk,
    line: &'static ActLine,
    why: Why,
) -> Result<HttpResponse, AppError> {
    let mut conn = desk.state.pool.get().await?;
    let loaded = desk.load(&mut conn).await?;
    drop(conn);
    let scene = desk.scene(&loaded);
    let shown = (&Typed::default(), FormErrors::default());
    let page = ActPage::new(line, ActForm::default(), shown, &scene).shaped(Shape::Refused(why));
    html::page(StatusCode::CONFLICT, &page.again(desk, &loaded))
}
