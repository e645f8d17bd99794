//! The settings there are, and what each may hold.

use crate::db::text_code;

text_code! {
    /// A setting of the back office. Its code is also its flag, with dashes.
    pub enum Key {
        /// Legal form of the firm (R69).
        LegalForm => "legal_form",
        /// Share capital (R69).
        Capital => "capital",
        /// Registered office, on one line (R69).
        RegisteredOffice => "registered_office",
        /// City and number in the trade register (R69).
        Rcs => "rcs",
        /// VAT number (R69).
        Vat => "vat",
        /// ORIAS number and category (R71).
        Orias => "orias",
        /// Professional association (R73).
        Association => "association",
        /// Insurer of the professional liability (R73).
        LiabilityInsurer => "liability_insurer",
        /// Director of publication (R69).
        Director => "director",
        /// Host of the site: name, address, phone (R69).
        Host => "host",
        /// Phone of the firm (R69).
        Phone => "phone",
        /// Contact of the data protection officer (R62).
        Dpo => "dpo",
        /// ASCII alias of the complaints address, once its mailbox exists (R80).
        ComplaintsAlias => "complaints_alias",
        /// Internal target of information requests, in *jours ouvrables*.
        RequestTarget => "request_target",
        /// Internal target to examine a contested answer again, in *jours ouvrables*.
        DisagreementTarget => "disagreement_target",
        /// Whether a refusal is read over by a second person before it leaves (R31).
        SecondReader => "second_reader",
        /// How long after its end a case is archived, in months (R61, R62).
        ArchiveAfter => "archive_after",
        /// Who is told of new information requests.
        CustomerService => "customer_service",
        /// Who is told that nine tenths of a legal clock are over; the supervisors without one.
        ComplianceEmail => "compliance_email",
    }
}

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text, at most [`Kind::LONGEST`] characters.
    Line,
    /// An ASCII e-mail address: automatic headers carry nothing else (R82).
    Address,
    /// Days, from 1 to [`Kind::MOST_DAYS`].
    Days,
    /// Months, from 1 to [`Kind::MOST_MONTHS`].
    Months,
    /// On or off.
    Switch,
}

impl Kind {
    /// Longest text of a setting, in characters.
    pub const LONGEST: usize = 500;
    /// Longest target, in days.
    pub const MOST_DAYS: usize = 60;
    /// Longest time before a case is archived, in months.
    pub const MOST_MONTHS: usize = 60;
}

/// Where a setting stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Legal identity of the firm.
    Identity,
    /// How cases are handled.
    Practice,
    /// Who is told.
    Told,
}

/// Who asks for a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// The law, of every broker.
    Law,
    /// What acts rest on: the program does not work without.
    Program,
    /// Some firms only: VAT is not due on brokerage, a delegate is named by some, the alias only
    /// serves mailboxes that refuse accents (R69–R73, R80).
    SomeFirms,
}

impl Key {
    /// What it holds, where it stands, who asks for it.
    const fn facts(self) -> (Kind, Group, Need) {
        match self {
            Self::LegalForm
            | Self::Capital
            | Self::RegisteredOffice
            | Self::Rcs
            | Self::Orias
            | Self::Association
            | Self::LiabilityInsurer
            | Self::Director
            | Self::Host
            | Self::Phone => (Kind::Line, Group::Identity, Need::Law),
            Self::Vat | Self::Dpo => (Kind::Line, Group::Identity, Need::SomeFirms),
            Self::ComplaintsAlias => (Kind::Address, Group::Identity, Need::SomeFirms),
            Self::RequestTarget | Self::DisagreementTarget => {
                (Kind::Days, Group::Practice, Need::Program)
            }
            Self::ArchiveAfter => (Kind::Months, Group::Practice, Need::Program),
            Self::SecondReader => (Kind::Switch, Group::Practice, Need::Program),
            Self::CustomerService => (Kind::Address, Group::Told, Need::Program),
            Self::ComplianceEmail => (Kind::Address, Group::Told, Need::SomeFirms),
        }
    }

    /// What it holds.
    pub const fn kind(self) -> Kind {
        self.facts().0
    }

    /// Where it stands.
    pub const fn group(self) -> Group {
        self.facts().1
    }

    /// Whether every broker must show it; the others depend on the firm.
    pub const fn is_compulsory(self) -> bool {
        matches!(self.facts().2, Need::Law)
    }

    /// Whether the program works without it: what the law asks of the firm may still be missing, what
    /// acts rest on may not.
    pub const fn can_be_missing(self) -> bool {
        !matches!(self.facts().2, Need::Program)
    }
}
