//! What each role may do: the one table of rights.

use crate::db::text_code;

text_code! {
    /// What a member of staff is.
    pub enum Role {
        /// *Gestionnaire*: works cases.
        Handler => "handler",
        /// *Responsable*: also assigns and reads answers over.
        Supervisor => "supervisor",
        /// *Administrateur*: also manages accounts.
        Administrator => "administrator",
        /// *Auditeur*: reads, and changes nothing.
        Auditor => "auditor",
    }
}

/// Something a route or an act asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// See the inbox and the cases.
    ReadCases,
    /// Take a case, note, write to the person, acknowledge, answer.
    WorkCases,
    /// Give a case to someone else.
    AssignOthers,
    /// Hold that a complaint is an information request, subject to the person's objection.
    RequalifyCases,
    /// Read over a refusal before it leaves (never one's own).
    ApproveAnswers,
    /// Close an answered case.
    CloseCases,
    /// See the e-mails that wait, left or failed.
    ReadEmails,
    /// Read the system's journal.
    ReadJournal,
    /// Add, reset and disable accounts.
    ManageAccounts,
}

impl Right {
    /// Every right.
    pub const ALL: &'static [Self] = &[
        Self::ReadCases,
        Self::WorkCases,
        Self::AssignOthers,
        Self::RequalifyCases,
        Self::ApproveAnswers,
        Self::CloseCases,
        Self::ReadEmails,
        Self::ReadJournal,
        Self::ManageAccounts,
    ];
}

impl Role {
    /// The table: what this role may do.
    pub const fn rights(self) -> &'static [Right] {
        match self {
            Self::Handler => &[
                Right::ReadCases,
                Right::WorkCases,
                Right::CloseCases,
                Right::ReadEmails,
            ],
            Self::Supervisor => &[
                Right::ReadCases,
                Right::WorkCases,
                Right::AssignOthers,
                Right::RequalifyCases,
                Right::ApproveAnswers,
                Right::CloseCases,
                Right::ReadEmails,
                Right::ReadJournal,
            ],
            Self::Administrator => Right::ALL,
            Self::Auditor => &[Right::ReadCases, Right::ReadEmails, Right::ReadJournal],
        }
    }

    /// Whether this role has `right`.
    pub fn may(self, right: Right) -> bool {
        self.rights().contains(&right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_only_reads() {
        for right in Right::ALL {
            let reads = match right {
                Right::ReadCases | Right::ReadEmails | Right::ReadJournal => true,
                Right::WorkCases
                | Right::AssignOthers
                | Right::RequalifyCases
                | Right::ApproveAnswers
                | Right::CloseCases
                | Right::ManageAccounts => false,
            };
            assert_eq!(Role::Auditor.may(*right), reads, "{right:?}");
        }
    }

    #[test]
    fn only_an_administrator_manages_accounts() {
        for role in Role::ALL {
            assert_eq!(
                role.may(Right::ManageAccounts),
                *role == Role::Administrator
            );
        }
    }

    #[test]
    fn a_supervisor_may_all_that_a_handler_may() {
        for right in Role::Handler.rights() {
            assert!(Role::Supervisor.may(*right), "{right:?}");
        }
    }
}
