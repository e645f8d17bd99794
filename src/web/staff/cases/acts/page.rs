//! The page of an act: what it does, what follows from it, its form; and, when it came too late, what
//! has happened meanwhile, beside what was typed.

use actix_web::http::StatusCode;
use askama::Template;

use crate::case::templates::Offered;
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::field::{FieldView, Kind};
use crate::web::staff::cases::acts::{ActForm, ActLine, Effect, Scene, Typed};
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::cases::forms::CaseForms;
use crate::web::staff::cases::journal_lines::{self, JournalLine};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::refused::Why;
use crate::web::staff::cases::thread_entries::{self, Entry};
use crate::web::staff::current::Shell;
use crate::web::staff::moment::Moment;

/// `templates/staff/cases/act.html`.
#[derive(Template)]
#[template(path = "staff/cases/act.html")]
pub(super) struct ActPage {
    shell: Shell,
    forms: CaseForms,
    line: &'static ActLine,
    shape: Shape,
    what: String,
    effects: Vec<Effect>,
    /// Where to get what it needs.
    source: Option<(&'static str, &'static str)>,
    fields: Vec<FieldView>,
    errors: FormErrors,
    /// Whether the case, as it is now, lets it be done.
    suits: bool,
    /// What was typed when its consequences were shown.
    previewed: Option<String>,
    /// When what is typed was kept for its writer, if it was.
    draft: Option<Moment>,
    meanwhile: Meanwhile,
    /// Templates to start from.
    offered: Vec<Offered>,
}

/// Why the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// It is opened.
    Open,
    /// A template was put in its text.
    Inserted,
    /// Its consequences are shown before it is done.
    Previewed,
    /// Something is to be corrected.
    ToCorrect,
    /// It came too late.
    Refused(Why),
    /// The case does not let it be done.
    Impossible,
}

impl Shape {
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::Open | Self::Inserted | Self::Previewed => StatusCode::OK,
            Self::ToCorrect => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(_) | Self::Impossible => StatusCode::CONFLICT,
        }
    }

    const fn why(self) -> Option<Why> {
        match self {
            Self::Refused(why) => Some(why),
            Self::Open | Self::Inserted | Self::Previewed | Self::ToCorrect | Self::Impossible => {
                None
            }
        }
    }
}

/// What happened on the case since a page of it was shown.
#[derive(Default)]
pub(super) struct Meanwhile {
    /// Of its journal.
    pub(super) lines: Vec<JournalLine>,
    /// Of its thread.
    pub(super) entries: Vec<Entry>,
}

impl Meanwhile {
    /// Since this line of its journal.
    fn since(last_line: i32, loaded: &Loaded) -> Self {
        let new_lines: Vec<_> = loaded
            .journal
            .iter()
            .filter(|line| last_line < line.seq)
            .cloned()
            .collect();
        let since = new_lines.first().map(|line| line.at);
        Self {
            lines: journal_lines::lines(&new_lines, loaded),
            entries: loaded
                .items
                .iter()
                .filter(|item| since.is_some_and(|since| since <= item.at))
                .filter_map(|item| thread_entries::exchanged(loaded, item))
                .collect(),
        }
    }
}

impl ActPage {
    /// The form of an act holding what was typed, with what is to be corrected.
    pub(super) fn new(
        line: &'static ActLine,
        form: ActForm,
        (typed, errors): (&Typed, FormErrors),
        scene: &Scene<'_>,
    ) -> Self {
        let shell = scene.current.shell(scene.state);
        let fields = form.fields.into_iter();
        let draft = scene.loaded.particulars.drafts.get(line.code());
        Self {
            forms: CaseForms::new(scene.loaded, &shell),
            shell,
            line,
            shape: Shape::Open,
            what: form.what,
            effects: form.effects,
            source: form.source,
            fields: fields
                .map(|field| FieldView::new(field, typed, &errors))
                .collect(),
            errors,
            suits: (line.suits)(scene) && !form.is_not_yet,
            previewed: line.is_previewed.then(|| typed.fingerprint()),
            draft: draft.map(|draft| Moment::of(draft.saved_at)),
            meanwhile: Meanwhile::default(),
            offered: Vec::new(),
        }
    }

    /// With templates to start from.
    pub(super) fn offering(mut self, offered: Vec<Offered>) -> Self {
        self.offered = offered;
        self
    }

    /// For this reason.
    pub(super) fn shaped(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    /// Shown again: with what happened since the form was shown, when it came too late; else decided
    /// on the case as it was shown.
    pub(super) fn again(mut self, desk: &Desk, loaded: &Loaded) -> Self {
        if self.shape.why().is_some() {
            self.meanwhile = Meanwhile::since(desk.last_line, loaded);
        } else {
            self.forms = self.forms.on_what_was_seen(desk);
        }
        self
    }

    /// Whether its button is the one that only shows what would follow.
    fn is_to_preview(&self) -> bool {
        self.line.is_previewed && self.shape != Shape::Previewed
    }

    /// Whether there is something to write, that can be kept.
    fn is_written(&self) -> bool {
        let areas = |one: &FieldView| matches!(one.field.kind, Kind::Area(_));
        self.fields.iter().any(areas)
    }

    fn title(&self) -> &'static str {
        self.shape.why().map_or(self.line.label, Why::title)
    }
}
