//! Letters: plain values in, tagged PDF out (PDF/UA-1). Knows no case, no database, no clock.
//!
//! The words come from above; the layout is `templates/letters/letter.typ`. typst sees that file,
//! its own fonts and the letter's values as JSON strings, and nothing else: no disk, no network.

mod carry;
mod foreign;
mod harmless;
mod letter;
mod merge;
mod packed;
mod press;
mod printable;
mod turn;
mod typeset;
mod weight;

pub use letter::{Block, Letter, Sender};
pub use merge::{Merged, Part};
pub use turn::{RULE, Turn};
pub use typeset::{LetterError, Typeset};
