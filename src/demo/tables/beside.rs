//! The tables of what stands beside a case: what was asked, announced, promised, passed on, noted.

use crate::db::copy::{Rows, Target};

const fn table(table: &'static str, columns: &'static [&'static str]) -> Target {
    Target { table, columns }
}

const ASKS: Target = table(
    "asks",
    &[
        "id",
        "case_id",
        "message_id",
        "staff_id",
        "what",
        "asked_on",
        "expected_on",
        "reminded_on",
        "ended_at",
        "ending",
    ],
);
const HOLDING_LETTERS: Target = table(
    "holding_letters",
    &[
        "id",
        "case_id",
        "message_id",
        "staff_id",
        "reason",
        "announced_on",
        "written_on",
        "is_current",
        "rank",
    ],
);
const TRANSFERS: Target = table(
    "transfers",
    &[
        "id",
        "case_id",
        "message_id",
        "staff_id",
        "recipient",
        "name",
        "service",
        "purpose",
        "transferred_on",
        "noted_at",
        "returned_on",
    ],
);
const MEDIATIONS: Target = table(
    "mediations",
    &[
        "id",
        "case_id",
        "message_id",
        "staff_id",
        "referred_by",
        "number",
        "referred_on",
        "known_on",
        "documents_due_on",
        "documents_sent_on",
        "opinion_on",
        "opinion",
        "issue",
        "grounds",
        "follow_up_on",
        "followed_up_on",
    ],
);
const FOLLOW_UPS: Target = table(
    "follow_ups",
    &["case_id", "kind", "due_on", "created_at", "done_at"],
);
const COMMITMENTS: Target = table(
    "commitments",
    &[
        "id",
        "answer_id",
        "case_id",
        "number",
        "text",
        "due_on",
        "made_on",
        "kept_on",
        "kept_by",
    ],
);
const ORAL_COMPLAINTS: Target = table(
    "oral_complaints",
    &[
        "case_id",
        "satisfied_at_once",
        "how_satisfied",
        "invited_on",
        "confirmed_on",
    ],
);
const LATENESSES: Target = table(
    "latenesses",
    &["case_id", "clock", "cause", "said", "said_by", "said_at"],
);
const LEGAL_HOLDS: Target = table(
    "legal_holds",
    &["case_id", "until_on", "placed_by", "placed_at"],
);
const MOTIVES: Target = table(
    "motives",
    &["id", "case_id", "written_by", "written_at", "body"],
);
const BARS: Target = table(
    "case_bars",
    &["case_id", "account_id", "barred_by", "barred_at"],
);
const LINKS: Target = table(
    "case_links",
    &["case_id", "other_id", "linked_by", "linked_at"],
);
const LABELS: Target = table(
    "case_labels",
    &["case_id", "label_id", "added_by", "added_at"],
);
const DISAGREEMENTS: Target = table(
    "disagreements",
    &[
        "message_id",
        "case_id",
        "answer_id",
        "disagreed_on",
        "target_on",
    ],
);
const QUALIFICATIONS: Target = table(
    "qualifications",
    &["case_id", "cause", "qualified_by", "qualified_at"],
);

macro_rules! beside {
    ($( $field:ident: $target:ident ),+ $(,)?) => {
        /// The rows beside a batch of cases.
        #[derive(Debug)]
        pub(in crate::demo) struct Beside {
            $( pub(in crate::demo) $field: Rows, )+
        }

        impl Beside {
            /// No row yet.
            pub(super) fn new() -> Self {
                Self { $( $field: Rows::new($target), )+ }
            }

            /// None refers to another.
            pub(super) fn all(self) -> Vec<Rows> {
                vec![ $( self.$field, )+ ]
            }
        }
    };
}

beside! {
    asks: ASKS,
    holding_letters: HOLDING_LETTERS,
    transfers: TRANSFERS,
    mediations: MEDIATIONS,
    follow_ups: FOLLOW_UPS,
    commitments: COMMITMENTS,
    oral_complaints: ORAL_COMPLAINTS,
    latenesses: LATENESSES,
    legal_holds: LEGAL_HOLDS,
    motives: MOTIVES,
    bars: BARS,
    links: LINKS,
    labels: LABELS,
    disagreements: DISAGREEMENTS,
    qualifications: QUALIFICATIONS,
}
