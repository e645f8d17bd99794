//! The page of a list.

use askama::Template;

use crate::case::inbox::{Counts, List, Page, WINDOW};
use crate::web::staff::current::Shell;
use crate::web::staff::inbox::fields::{Choice, Field, Known};
use crate::web::staff::inbox::lists;
use crate::web::staff::inbox::row::Row;
use crate::web::staff::inbox::view::{View, list_address};

/// `templates/staff/inbox.html`.
#[derive(Template)]
#[template(path = "staff/inbox.html")]
pub(super) struct InboxPage {
    pub(super) shell: Shell,
    title: &'static str,
    explanation: &'static str,
    list_code: &'static str,
    groups: Vec<ListGroup>,
    /// How many cases must be acted on today, on the page one arrives at.
    today: Option<ListLink>,
    fields: Vec<FilterField>,
    chips: Vec<Chip>,
    /// The list without any filter.
    cleared: String,
    ignored: Vec<String>,
    typed: String,
    found: String,
    rows: Vec<Row>,
    when_empty: &'static str,
    is_first: bool,
    first: String,
    next: Option<String>,
    is_cut: bool,
}

/// Lists that belong together.
struct ListGroup {
    title: &'static str,
    lists: Vec<ListLink>,
}

/// A list and its count.
struct ListLink {
    address: String,
    title: &'static str,
    count: String,
    is_current: bool,
    /// Cases that must not wait.
    is_urgent: bool,
}

/// A field of the filters.
struct FilterField {
    code: &'static str,
    label: &'static str,
    value: String,
    /// None when it is typed.
    choices: Option<Vec<Choice>>,
}

/// A filter in use, and the address without it.
struct Chip {
    label: &'static str,
    words: String,
    address: String,
}

impl InboxPage {
    /// The page of `view`.
    pub(super) fn new(
        shell: Shell,
        view: View,
        (counts, n_found): (&Counts, Option<i64>),
        (page, rows): (&Page, Vec<Row>),
        known: &Known<'_>,
    ) -> Self {
        let list = view.list;
        let today = link(List::Today, list, counts);
        let chip = |one: &crate::web::staff::inbox::view::Chosen| Chip {
            label: one.field.label(),
            words: one.words.clone(),
            address: view.without(one.field),
        };
        Self {
            shell,
            title: lists::title(list),
            explanation: lists::explanation(list),
            list_code: lists::code(list),
            groups: lists::GROUPS
                .iter()
                .map(|group| ListGroup {
                    title: group.title,
                    lists: group
                        .lists
                        .iter()
                        .map(|one| link(*one, list, counts))
                        .collect(),
                })
                .collect(),
            today: Some(today).filter(|today| list == List::Open && today.is_urgent),
            fields: fields(&view, known),
            chips: view.chosen.iter().map(chip).collect(),
            cleared: list_address(list),
            typed: view.value(Field::Text).to_owned(),
            found: found(n_found.unwrap_or_else(|| counts.of(list)), page.is_cut),
            rows,
            when_empty: if view.chosen.is_empty() {
                lists::when_empty(list)
            } else if page.is_cut {
                "Aucun dossier parmi ceux parcourus jusqu’ici."
            } else {
                "Aucun dossier de cette liste ne correspond aux filtres."
            },
            is_first: view.after.is_none(),
            first: view.address(),
            next: page.next.map(|cursor| view.after(cursor)),
            is_cut: page.is_cut,
            ignored: view.ignored,
        }
    }
}

fn link(list: List, current: List, counts: &Counts) -> ListLink {
    ListLink {
        address: list_address(list),
        title: lists::title(list),
        count: lists::count(counts, list),
        is_current: list == current,
        is_urgent: counts.of(list) > 0 && matches!(list, List::Today | List::Late | List::Failed),
    }
}

/// Those of the form; the words to find have a place of their own.
fn fields(view: &View, known: &Known<'_>) -> Vec<FilterField> {
    let field = |field: Field| FilterField {
        code: field.code(),
        label: field.label(),
        value: view.value(field).to_owned(),
        choices: field.choices(known),
    };
    let in_form = |one: &Field| *one != Field::Text;
    Field::ALL.into_iter().filter(in_form).map(field).collect()
}

/// « 12 dossiers ».
fn found(count: i64, is_cut: bool) -> String {
    let cases = if count > 1 { "dossiers" } else { "dossier" };
    if is_cut {
        let window = WINDOW / 1_000;
        return format!(
            "{} {cases} parmi les {window}\u{202f}000 premiers de la liste",
            lists::bounded(count)
        );
    }
    match count {
        0 => "Aucun dossier".to_owned(),
        Counts::MOST.. => format!("Plus de 999 {cases}"),
        _ => format!("{count} {cases}"),
    }
}
