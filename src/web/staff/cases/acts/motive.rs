//! The motive that an act asks for.

use crate::case::motive::Motive;
use crate::web::staff::cases::acts::field::text_message;
use crate::web::staff::cases::acts::{Refused, Typed};

/// Why, as it is kept.
pub(super) fn of(typed: &Typed) -> Result<Motive, Refused> {
    Motive::parse(typed.of("motif"))
        .map_err(|error| Refused::at("motif", text_message(error, "le motif")))
}
