//! The fixed lists of the inbox, and where a page of one begins.

use chrono::NaiveDate;

use crate::case::inbox::{Cursor, List};
use crate::case::{CaseId, Counts};
use crate::staff::StaffId;
use crate::web::urls;

/// A list of the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    /// All that is open.
    Open,
    /// The open cases of the person at the desk.
    Mine,
    /// The queue of the *Service client*.
    Requests,
    /// The person wrote, and nobody has answered yet.
    Messages,
    /// Contested answers.
    Disagreements,
    /// Answered, not closed.
    Answered,
    /// Closed or withdrawn.
    Ended,
}

impl Tab {
    /// In the order of the page.
    pub(super) const ALL: [Self; 7] = [
        Self::Open,
        Self::Mine,
        Self::Requests,
        Self::Messages,
        Self::Disagreements,
        Self::Answered,
        Self::Ended,
    ];

    /// The list an address names; anything else is the first one.
    pub(super) fn parse(code: Option<&str>) -> Self {
        Self::ALL
            .into_iter()
            .find(|tab| Some(tab.code()) == code)
            .unwrap_or(Self::Open)
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Open => "a-traiter",
            Self::Mine => "mes-dossiers",
            Self::Requests => "service-client",
            Self::Messages => "messages",
            Self::Disagreements => "desaccords",
            Self::Answered => "repondues",
            Self::Ended => "closes",
        }
    }

    /// Its name.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Open => "À traiter",
            Self::Mine => "Mes dossiers",
            Self::Requests => "Service client",
            Self::Messages => "Messages reçus",
            Self::Disagreements => "Désaccords",
            Self::Answered => "Répondues",
            Self::Ended => "Closes",
        }
    }

    /// In which order, for those who do not see it at a glance.
    pub(super) const fn order(self) -> &'static str {
        match self {
            Self::Open
            | Self::Mine
            | Self::Requests
            | Self::Messages
            | Self::Disagreements
            | Self::Answered => "Prochaine échéance d’abord",
            Self::Ended => "Dernières closes d’abord",
        }
    }

    /// What an empty list says.
    pub(super) const fn when_empty(self) -> &'static str {
        match self {
            Self::Open => "Rien à traiter\u{202f}: aucun dossier n’est ouvert.",
            Self::Mine => {
                "Aucun dossier ouvert ne vous est attribué. Prenez-en un dans la liste «\u{202f}À traiter\u{202f}»."
            }
            Self::Requests => "Aucune demande d’information n’attend de réponse.",
            Self::Messages => "Aucun message n’attend de réponse.",
            Self::Disagreements => "Aucune réponse n’est contestée.",
            Self::Answered => "Aucun dossier répondu n’attend d’être clôturé.",
            Self::Ended => "Aucun dossier n’est encore clos.",
        }
    }

    /// The list of cases behind it.
    pub(super) const fn list(self, whose: StaffId) -> List {
        match self {
            Self::Open => List::Open,
            Self::Mine => List::Of(whose),
            Self::Requests => List::Requests,
            Self::Messages => List::Messages,
            Self::Disagreements => List::Disagreements,
            Self::Answered => List::Answered,
            Self::Ended => List::Ended,
        }
    }

    /// How many cases it holds: `12`, `999+`.
    pub(super) fn count(self, counts: &Counts) -> String {
        let count = match self {
            Self::Open => counts.open,
            Self::Mine => counts.mine,
            Self::Requests => counts.requests,
            Self::Messages => counts.messages,
            Self::Disagreements => counts.disagreements,
            Self::Answered => counts.answered,
            Self::Ended => counts.ended,
        };
        if count < Counts::MOST {
            count.to_string()
        } else {
            format!("{}+", Counts::MOST - 1)
        }
    }

    /// The address of its first page.
    pub(super) fn address(self) -> String {
        match self {
            Self::Open => urls::STAFF_INBOX.to_owned(),
            Self::Mine
            | Self::Requests
            | Self::Messages
            | Self::Disagreements
            | Self::Answered
            | Self::Ended => {
                format!("{}?liste={}", urls::STAFF_INBOX, self.code())
            }
        }
    }

    /// The address of the page after `cursor`.
    pub(super) fn after(self, cursor: Cursor) -> String {
        format!(
            "{}?liste={}&apres={}.{}",
            urls::STAFF_INBOX,
            self.code(),
            cursor.on,
            cursor.case.0
        )
    }
}

/// Reads `2026-05-15.123`; anything else is the first page.
pub(super) fn parse_cursor(text: &str) -> Option<Cursor> {
    let (on, case) = text.split_once('.')?;
    let on: NaiveDate = on.parse().ok()?;
    // PostgreSQL's calendar is shorter than chrono's.
    let is_near = (1900..=9999).contains(&chrono::Datelike::year(&on));
    let case = case.parse().ok().map(CaseId)?;
    is_near.then_some(Cursor { on, case })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nonsense_is_the_first_page() {
        let cursor = Cursor {
            on: NaiveDate::from_ymd_opt(2026, 5, 15).unwrap(),
            case: CaseId(123),
        };
        let address = Tab::Mine.after(cursor);
        let (_, text) = address.split_once("apres=").unwrap();
        assert_eq!(parse_cursor(text), Some(cursor));
        for nonsense in [
            "",
            ".",
            "2026-05-15",
            "2026-05-15.",
            "2026-02-30.1",
            "2026-05-15.99999999999999999999",
            "+262142-01-01.1",
            "a.b",
            "'; DROP",
        ] {
            assert_eq!(parse_cursor(nonsense), None, "{nonsense}");
        }
        assert_eq!(Tab::parse(Some("autre")), Tab::Open);
        assert_eq!(Tab::parse(None), Tab::Open);
        for tab in Tab::ALL {
            assert_eq!(Tab::parse(Some(tab.code())), tab);
        }
    }

    #[test]
    fn nobody_counts_beyond_999() {
        let counts = Counts {
            open: 999,
            mine: 1_000,
            ..Counts::default()
        };
        assert_eq!(Tab::Open.count(&counts), "999");
        assert_eq!(Tab::Mine.count(&counts), "999+");
    }
}
