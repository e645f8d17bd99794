//! The line that a stage of a legal clock writes.

use crate::case::stages::{Stage, StagedClock};
use crate::journal::Entry;

/// A stage of a clock is passed, and was told.
pub(crate) fn stage_told(clock: StagedClock, stage: Stage) -> Entry {
    Entry::new("clock.stage_told")
        .code("clock", clock.code())
        .code("stage", stage.code())
}
