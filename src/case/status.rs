//! The states of a case and the moves allowed between them.

use crate::db::text_code;

text_code! {
    /// Where a case stands. Changed only by acts, and only along [`Status::can_become`].
    pub enum Status {
        /// Filed or entered.
        Received => "received",
        /// The acknowledgement was handed over (complaints only).
        Acknowledged => "acknowledged",
        /// A reasoned answer was handed over.
        Answered => "answered",
        /// Done with.
        Closed => "closed",
        /// Withdrawn by the person.
        Withdrawn => "withdrawn",
    }
}

impl Status {
    /// Whether an act may take a case from this state to `next`.
    ///
    /// `Received → Answered` is allowed: an answer within the ten days meets the acknowledgement
    /// clock (R17). `Answered → Acknowledged` and `Closed → Acknowledged` are disagreements.
    pub const fn can_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (
                Self::Received,
                Self::Acknowledged | Self::Answered | Self::Withdrawn
            ) | (Self::Acknowledged, Self::Answered | Self::Withdrawn)
                | (
                    Self::Answered,
                    Self::Closed | Self::Acknowledged | Self::Withdrawn
                )
                | (Self::Closed, Self::Acknowledged)
        )
    }

    /// The states from which `next` can be reached: the filter of every act's UPDATE.
    pub fn leading_to(next: Self) -> Vec<Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|from| from.can_become(next))
            .collect()
    }

    /// Whether work is still owed to the person.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Acknowledged)
    }

    /// Whether the case is over.
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }
}
