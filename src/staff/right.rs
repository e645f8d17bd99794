//! The one table of rights: what can be asked for, and which roles give it.

use crate::staff::Role;
use crate::staff::Role::{Administrator, Auditor, Handler, Supervisor};

/// Declares [`Right`] and who holds each: a right without holders does not compile.
macro_rules! table_of_rights {
    ($( $(#[$meta:meta])* $right:ident => [$($holder:ident),+], )+) => {
        /// Something a route or an act asks for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Right {
            $( $(#[$meta])* $right, )+
        }

        impl Right {
            /// Every right, in the order of the table.
            pub const ALL: &'static [Self] = &[$( Self::$right, )+];

            /// The roles that give it.
            pub const fn holders(self) -> &'static [Role] {
                match self { $( Self::$right => &[$($holder),+], )+ }
            }
        }
    };
}

table_of_rights! {
    /// See the inbox and the cases.
    ReadCases => [Handler, Supervisor, Auditor],
    /// Ordinary acts on a case: take it, note, write to the person, acknowledge, answer.
    WorkCases => [Handler, Supervisor],
    /// Register by hand what came by post, e-mail, phone or at the counter.
    EnterCases => [Handler, Supervisor],
    /// Correct a date of a case, which computes its legal dates again.
    CorrectDates => [Handler, Supervisor],
    /// Close an answered case.
    CloseCases => [Handler, Supervisor],
    /// Open a closed case again.
    ReopenCases => [Supervisor],
    /// Give a case to someone else.
    AssignOthers => [Supervisor],
    /// Hold that a complaint is an information request, subject to the person's objection.
    RequalifyCases => [Supervisor],
    /// Read over a refusal before it leaves (never one's own).
    ApproveAnswers => [Supervisor],
    /// Say that a case holds sensitive data, which restricts who reads it.
    FlagSensitive => [Handler, Supervisor],
    /// Read any case with sensitive data; the handler of one, and the deputy, read it without.
    ReadSensitive => [Supervisor, Auditor],
    /// Say that a case holds no sensitive data after all.
    UnflagSensitive => [Supervisor],
    /// Read the cases that ended long ago: what is only kept as evidence is for those who answer for it.
    ReadArchive => [Supervisor, Auditor],
    /// Bar the person complained about from a case.
    BarStaff => [Supervisor],
    /// Keep a case from being erased: legal hold.
    HoldCases => [Supervisor],
    /// Restrict the processing of a case at the request of its person.
    RestrictCases => [Supervisor],
    /// Take a list away as CSV.
    ExportLists => [Handler, Supervisor, Auditor],
    /// Answer those who use their rights over their data.
    ServePersons => [Supervisor],
    /// See the e-mails that wait, left or failed.
    ReadEmails => [Handler, Supervisor, Auditor],
    /// Have an e-mail tried anew that failed.
    RetryEmails => [Handler, Supervisor],
    /// Read the texts that staff start from, and insert them.
    ReadTemplates => [Handler, Supervisor, Administrator],
    /// Write the models of answers.
    ManageTemplates => [Supervisor, Administrator],
    /// Say that someone is away, and who stands in. One's own absence needs no right.
    ManageAbsences => [Supervisor],
    /// Read the system's journal.
    ReadJournal => [Supervisor, Administrator, Auditor],
    /// See who has an account, and what it may do.
    ReadAccounts => [Administrator, Auditor],
    /// Invite, change, reset and disable accounts.
    ManageAccounts => [Administrator],
    /// See the settings.
    ReadSettings => [Supervisor, Administrator, Auditor],
    /// Change the settings.
    ManageSettings => [Administrator],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supervisor_may_all_that_a_handler_may() {
        for right in Right::ALL.iter().filter(|right| Handler.may(**right)) {
            assert!(Supervisor.may(*right), "{right:?}");
        }
    }

    #[test]
    fn only_an_administrator_manages_accounts_and_settings() {
        for right in [Right::ManageAccounts, Right::ManageSettings] {
            assert_eq!(right.holders(), [Administrator]);
        }
    }
}
