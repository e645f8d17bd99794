//! Texts that staff start from: versioned, with variables of one closed list. What is made of one is
//! an ordinary text, which stays editable; the mediator's block is no part of any.

mod acts;
mod list;
mod text;

pub use acts::{NewVersion, TemplateError, create, restore, retire, save};
pub use list::{Offered, TemplateLine, TemplateVersion, current, list, offered, versions};
pub use text::{Fault, FaultKind, TemplateText, Variable};

use crate::case::filing::Line;
use crate::db::text_code;

/// The title of a template: one line of at most 100 characters.
pub type TemplateTitle = Line<100>;

/// Row of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateId(pub i64);

text_code! {
    /// What a template is for.
    pub enum TemplateKind {
        /// A passage of a reasoned answer: its introduction, or the grounds of a position.
        Answer => "answer",
        /// A message to the person.
        Message => "message",
        /// A holding letter.
        HoldingLetter => "holding_letter",
        /// What a request to the person says beside what is asked.
        Ask => "ask",
        /// The answer to an information request.
        RequestAnswer => "request_answer",
    }
}
