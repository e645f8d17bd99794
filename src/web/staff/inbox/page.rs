//! The page of a list.

use askama::Template;
use chrono::{DateTime, Utc};

use crate::case::inbox::{Counts, Line, List, Page, SavedFilter, WINDOW};
use crate::case::label::Label;
use crate::staff::{AccountLine, Right};
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::inbox::counts::Glance;
use crate::web::staff::inbox::fields::{Choice, Field, Known};
use crate::web::staff::inbox::lists;
use crate::web::staff::inbox::mails::{self, Silent};
use crate::web::staff::inbox::room::Room;
use crate::web::staff::inbox::row::{Row, followed};
use crate::web::staff::inbox::view::{Chosen, View, list_address, saved_address};

/// `templates/staff/inbox.html`.
#[derive(Template)]
#[template(path = "staff/inbox.html")]
pub(super) struct InboxPage {
    shell: Shell,
    title: &'static str,
    explanation: &'static str,
    list_code: &'static str,
    /// The list and its filters, for its file and for who keeps it.
    query: String,
    bulk: Bulk,
    has_shortcuts: bool,
    saved: Vec<SavedLink>,
    groups: Vec<ListGroup>,
    /// How many cases must be acted on today, on the page one arrives at.
    today: Option<ListLink>,
    /// How many e-mails wait, on the same page.
    mails: Option<ListLink>,
    /// Folders of the mailbox that are not read.
    silent: Vec<Silent>,
    /// Folders of which some e-mails do not come.
    stepped_over: Vec<String>,
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
    /// What the list leaves out.
    limit: Option<&'static str>,
}

/// Lists that belong together.
struct ListGroup {
    title: &'static str,
    lists: Vec<ListLink>,
}

/// A list and its count.
#[derive(Clone)]
pub(super) struct ListLink {
    pub(super) address: String,
    pub(super) title: &'static str,
    pub(super) count: String,
    pub(super) is_current: bool,
    /// What must not wait.
    pub(super) is_urgent: bool,
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

impl Chip {
    fn of(one: &Chosen, view: &View) -> Self {
        Self {
            label: one.field.label(),
            words: one.words.clone(),
            address: view.without(one.field),
        }
    }
}

/// What can be done to several cases at once, as far as it is theirs to do.
struct Bulk {
    may_work: bool,
    /// Take the list away as a file.
    may_export: bool,
    /// Those the cases can be given to, for who may give them.
    handlers: Option<Vec<Choice>>,
    labels: Vec<Choice>,
}

impl Bulk {
    fn of(current: &CurrentStaff, known: &Known<'_>) -> Self {
        let able = known.colleagues.who_may(Right::WorkCases);
        let handler = |one: &AccountLine| (one.id.0.to_string(), one.display_name.clone());
        Self {
            may_work: current.may(Right::WorkCases),
            may_export: current.may(Right::ExportLists),
            handlers: current
                .may(Right::AssignOthers)
                .then(|| able.into_iter().map(handler).collect()),
            labels: known.labels.iter().filter_map(offered).collect(),
        }
    }
}

/// A label that can still be put on cases.
fn offered(label: &Label) -> Option<Choice> {
    (!label.is_retired).then(|| (label.id.0.to_string(), label.name.clone()))
}

/// A list kept under a name.
struct SavedLink {
    id: i64,
    name: String,
    address: String,
}

impl SavedLink {
    fn of(saved: &SavedFilter) -> Self {
        Self {
            id: saved.id,
            address: saved_address(&saved.query),
            name: saved.name.clone(),
        }
    }
}

impl InboxPage {
    /// The page of `view`.
    pub(super) fn new(
        shell: Shell,
        current: &CurrentStaff,
        view: View,
        (glance, page): (&Glance, &Page),
        (room, now): (&Room, DateTime<Utc>),
    ) -> Self {
        let list = view.list;
        let counts = &glance.counts;
        let mails = glance.arrivals.as_ref().map(mails::link);
        let known = room.known();
        let today = link(List::Today, list, counts);
        let row = |line: &Line| {
            let today = room.seat.viewer.today;
            let next = page.followed.get(&line.case());
            Row {
                followed: next.map(|next| followed(*next, today)),
                ..Row::new(line, room, today)
            }
        };
        Self {
            shell,
            title: lists::title(list),
            explanation: lists::explanation(list),
            list_code: lists::code(list),
            query: view.query(),
            bulk: Bulk::of(current, &known),
            has_shortcuts: current.has_shortcuts(),
            saved: room.saved.iter().map(SavedLink::of).collect(),
            silent: mails::silent(glance.arrivals.as_ref(), now),
            stepped_over: mails::stepped_over(glance.arrivals.as_ref()),
            groups: groups(list, counts, mails.clone()),
            today: Some(today).filter(|today| list == List::Open && today.is_urgent),
            mails: mails.filter(|mails| list == List::Open && mails.is_urgent),
            fields: fields(&view, &known),
            chips: view.chosen.iter().map(|one| Chip::of(one, &view)).collect(),
            cleared: list_address(list),
            typed: view.value(Field::Text).to_owned(),
            found: found(
                page.n_found.unwrap_or_else(|| counts.of(list)),
                page.is_partial,
            ),
            rows: page.lines.iter().map(row).collect(),
            when_empty: when_empty(&view, page),
            is_first: view.after.is_none(),
            first: view.address(),
            next: page.next.map(|cursor| view.after(cursor)),
            is_cut: page.is_cut,
            limit: page.is_first_dates.then_some(FIRST_DATES),
            ignored: view.ignored,
        }
    }
}

const FIRST_DATES: &str = "Cette liste s’arrête aux 2\u{202f}000\u{a0}premières dates à suivre\u{202f}: les dossiers dont les dates viennent après n’y sont pas encore.";

const fn when_empty(view: &View, page: &Page) -> &'static str {
    if view.chosen.is_empty() {
        lists::when_empty(view.list)
    } else if page.is_cut {
        "Aucun dossier parmi ceux parcourus jusqu’ici."
    } else {
        "Aucun dossier de cette liste ne correspond aux filtres."
    }
}

fn groups(current: List, counts: &Counts, mails: Option<ListLink>) -> Vec<ListGroup> {
    let links = |lists: &[List]| {
        lists
            .iter()
            .map(|one| link(*one, current, counts))
            .collect()
    };
    let groups = lists::GROUPS.iter().map(|group| ListGroup {
        title: group.title,
        lists: links(group.lists),
    });
    let mails = mails.map(|mails| ListGroup {
        title: "Courriels",
        lists: vec![mails],
    });
    groups.chain(mails).collect()
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

/// « 12 dossiers »; a count of the first lines of a list says so.
fn found(count: i64, is_partial: bool) -> String {
    let cases = if count > 1 { "dossiers" } else { "dossier" };
    let cases = match count {
        0 => format!("Aucun {cases}"),
        Counts::MOST.. => format!("Plus de 999 {cases}"),
        _ => format!("{count} {cases}"),
    };
    if is_partial {
        let window = WINDOW / 1_000;
        format!("{cases} parmi les {window}\u{202f}000 premiers de la liste")
    } else {
        cases
    }
}
