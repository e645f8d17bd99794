//! GET `/gestion/modeles`: every template, by what it is for.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;

use crate::case::templates::{self, TemplateKind, TemplateLine};
use crate::staff::Right;
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::moment::Moment;
use crate::web::staff::templates::{address, words};
use crate::web::{AppError, AppState, html};

/// `templates/staff/templates/index.html`.
#[derive(Template)]
#[template(path = "staff/templates/index.html")]
struct IndexPage {
    shell: Shell,
    notice: Option<&'static str>,
    manages: bool,
    groups: Vec<Group>,
    retired: Vec<Line>,
}

/// The templates of one kind.
struct Group {
    title: &'static str,
    lines: Vec<Line>,
}

/// A template.
struct Line {
    kind: TemplateKind,
    address: String,
    title: String,
    version: i32,
    author: String,
    saved: Moment,
}

fn line(of: &TemplateLine, colleagues: &Colleagues) -> Line {
    Line {
        kind: of.kind,
        address: address(of.id.0),
        title: of.last.title.clone(),
        version: of.last.version,
        author: colleagues.name(of.last.author()).to_owned(),
        saved: Moment::of(of.last.saved_at),
    }
}

/// GET: the list.
pub(in crate::web::staff) async fn index(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadTemplates)?;
    let mut conn = state.pool.get().await?;
    let all = templates::list(&mut conn).await?;
    let colleagues = Colleagues::read(&mut conn).await?;
    drop(conn);
    let (retired, offered): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.is_retired);
    let mut lines: Vec<Line> = offered.iter().map(|one| line(one, &colleagues)).collect();
    let groups = TemplateKind::ALL.iter().map(|kind| {
        let of_kind = lines.extract_if(.., |line| line.kind == *kind);
        Group {
            title: words::kind(*kind),
            lines: of_kind.collect(),
        }
    });
    let page = IndexPage {
        shell: current.shell(&state),
        notice: match asked.get("fait").map(String::as_str) {
            Some("retrait") => Some("Le modèle n’est plus proposé."),
            _ => None,
        },
        manages: current.may(Right::ManageTemplates),
        groups: groups.collect(),
        retired: retired.iter().map(|one| line(one, &colleagues)).collect(),
    };
    html::page(StatusCode::OK, &page)
}
