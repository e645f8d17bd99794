//! The fields an act asks for, and each as its page shows it.

use crate::case::filing::TextError;
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::Typed;

/// One field. Its name is also its id.
#[derive(Clone, Debug)]
pub(in crate::web::staff) struct Field {
    /// Under which it is sent.
    pub(super) name: &'static str,
    /// What it is called.
    pub(super) caption: String,
    /// Before it, what to know.
    pub(super) hint: String,
    /// Whether it may stay empty.
    pub(super) is_optional: bool,
    /// What is typed or chosen.
    pub(super) kind: Kind,
}

/// What is typed or chosen in a field.
#[derive(Clone, Debug)]
pub(in crate::web::staff) enum Kind {
    /// A line of text; the class is its width: nothing, `date` or `number`.
    Line(&'static str),
    /// Several lines of text.
    Area(u8),
    /// One of a long list.
    Select(Vec<Choice>),
    /// One of a few, each with its consequence.
    Radios(Vec<Choice>),
    /// Several of a few.
    Checks(Vec<Choice>),
    /// Carried along.
    Hidden,
}

/// One line of a list.
#[derive(Clone, Debug)]
pub(in crate::web::staff) struct Choice {
    /// What is sent.
    pub(super) value: String,
    /// What is read.
    pub(super) caption: String,
    /// What choosing it brings about, if it has to be said.
    pub(super) consequence: String,
}

impl Choice {
    /// A line.
    pub(in crate::web::staff) fn new(value: impl Into<String>, caption: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            caption: caption.into(),
            consequence: String::new(),
        }
    }
}

impl Choice {
    /// With what choosing it brings about.
    pub(in crate::web::staff) fn so(mut self, consequence: impl Into<String>) -> Self {
        self.consequence = consequence.into();
        self
    }
}

impl Field {
    fn new(name: &'static str, caption: impl Into<String>, kind: Kind) -> Self {
        Self {
            name,
            caption: caption.into(),
            hint: String::new(),
            is_optional: false,
            kind,
        }
    }

    /// A day.
    pub(in crate::web::staff) fn date(name: &'static str, caption: impl Into<String>) -> Self {
        Self::new(name, caption, Kind::Line("date")).hint("Par exemple\u{202f}: 30/04/2026.")
    }

    /// Several lines of text.
    pub(in crate::web::staff) fn area(
        name: &'static str,
        caption: impl Into<String>,
        rows: u8,
    ) -> Self {
        Self::new(name, caption, Kind::Area(rows))
    }

    /// Why, for the journal of the case and whoever reads it.
    pub(in crate::web::staff) fn motive() -> Self {
        Self::area("motif", "Motif", 4)
            .hint("Gardé au dossier. 2\u{202f}000\u{a0}caractères au plus.")
    }

    /// One of a long list.
    pub(in crate::web::staff) fn select(
        name: &'static str,
        caption: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(name, caption, Kind::Select(choices))
    }

    /// One of a few.
    pub(in crate::web::staff) fn radios(
        name: &'static str,
        legend: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(name, legend, Kind::Radios(choices))
    }

    /// Something the address or the form carries along.
    pub(in crate::web::staff) fn hidden(name: &'static str) -> Self {
        Self::new(name, "", Kind::Hidden)
    }

    /// With what to know before it.
    pub(in crate::web::staff) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl Field {
    /// A line of text.
    pub(in crate::web::staff) fn line(name: &'static str, caption: impl Into<String>) -> Self {
        Self::new(name, caption, Kind::Line(""))
    }

    /// May stay empty.
    pub(in crate::web::staff) fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }
}

impl Field {
    /// Several of a few.
    pub(in crate::web::staff) fn checks(
        name: &'static str,
        legend: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(name, legend, Kind::Checks(choices))
    }
}

/// A field on its page: with what is in it, and what to correct.
pub(in crate::web::staff) struct FieldView {
    pub(super) field: Field,
    pub(super) value: String,
    pub(super) error: Option<String>,
    values: Vec<String>,
}

impl FieldView {
    /// The field holding what was typed.
    pub(super) fn new(field: Field, typed: &Typed, errors: &FormErrors) -> Self {
        Self {
            value: typed.of(field.name).to_owned(),
            values: typed.every(field.name).map(str::to_owned).collect(),
            error: errors.of(field.name).map(str::to_owned),
            field,
        }
    }

    /// The class of a field of text.
    pub(super) const fn class(&self) -> &'static str {
        match self.field.kind {
            Kind::Line(width) => width,
            Kind::Area(rows) if rows < 8 => "short",
            Kind::Area(_) | Kind::Select(_) | Kind::Radios(_) | Kind::Checks(_) | Kind::Hidden => {
                ""
            }
        }
    }

    /// The keyboard that a telephone shows for it.
    pub(super) const fn inputmode(&self) -> &'static str {
        match self.field.kind {
            Kind::Line(width) if !width.is_empty() => "numeric",
            Kind::Line(_)
            | Kind::Area(_)
            | Kind::Select(_)
            | Kind::Radios(_)
            | Kind::Checks(_)
            | Kind::Hidden => "text",
        }
    }

    /// What a long list says while nothing is chosen.
    pub(super) const fn nothing_chosen(&self) -> &'static str {
        if self.field.is_optional {
            "Non précisé"
        } else {
            "Choisir"
        }
    }

    /// Whether a line of the list is chosen.
    pub(super) fn has(&self, value: &str) -> bool {
        self.values.iter().any(|its_value| its_value == value)
    }

    /// The id of a line of the list; the first one has the field's.
    pub(super) fn id_of(&self, index: usize) -> String {
        match index {
            0 => self.field.name.to_owned(),
            _ => format!("{}-{index}", self.field.name),
        }
    }
}

/// What to do about a text that cannot be kept; `what` is « la note », « le message ».
pub(in crate::web::staff) fn text_message(error: TextError, what: &str) -> String {
    match error {
        TextError::Missing => format!("Écrivez {what}."),
        TextError::TooShort { min, .. } => {
            format!("Écrivez au moins {min}\u{a0}caractères.")
        }
        TextError::TooLong { count, max } => {
            format!("Raccourcissez {what}\u{202f}: {count}\u{a0}caractères pour {max} au plus.")
        }
        TextError::ControlCharacter { position } => {
            format!("Retirez de {what} le caractère invisible en position {position}.")
        }
    }
}
