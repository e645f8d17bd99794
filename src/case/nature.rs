//! What a case is, and how it reached us.

use crate::db::text_code;

text_code! {
    /// Complaint (*réclamation*) or information request (*demande d'information*), R1–R2.
    pub enum Nature {
        /// An expression of dissatisfaction, whoever makes it: the legal clocks run.
        Complaint => "complaint",
        /// A question or a service asked for: no legal clock, an internal target.
        InformationRequest => "information_request",
    }
}

impl Nature {
    /// Effective nature: qualified by staff, else declared by the person, else complaint:
    /// when in doubt, the clocks run. The generated column `cases.nature` says the same.
    pub fn effective(declared: Option<Self>, qualified: Option<Self>) -> Self {
        qualified.or(declared).unwrap_or(Self::Complaint)
    }
}

text_code! {
    /// How the case reached us.
    pub enum Channel {
        /// The form of this site.
        Web => "web",
        /// An e-mail.
        Email => "email",
        /// A letter.
        Post => "post",
        /// A phone call: oral, no legal clock until confirmed in writing.
        Phone => "phone",
        /// A visit: oral too.
        Counter => "counter",
    }
}

impl Channel {
    /// Whether it was said and not written: no legal clock runs (R8).
    pub const fn is_oral(self) -> bool {
        matches!(self, Self::Phone | Self::Counter)
    }
}
