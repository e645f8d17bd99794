//! The headings of the menu of acts.

/// A heading of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web::staff) enum Group {
    /// Who deals with it.
    Handling,
    /// What is said.
    Exchanges,
    /// What it is, and since when.
    Qualifying,
    /// Who else has it: insurer, distributor, mediator.
    Outside,
    /// Who may read it, and how long it is kept.
    Protecting,
    /// Its end, and what follows.
    Ending,
}

impl Group {
    /// In the order of the menu.
    pub(in crate::web::staff::cases) const ALL: [Self; 6] = [
        Self::Handling,
        Self::Exchanges,
        Self::Qualifying,
        Self::Outside,
        Self::Protecting,
        Self::Ending,
    ];

    /// What it is called.
    pub(in crate::web::staff::cases) const fn words(self) -> &'static str {
        match self {
            Self::Handling => "Prise en charge",
            Self::Exchanges => "Échanges",
            Self::Qualifying => "Qualification et dates",
            Self::Outside => "Assureur et médiateur",
            Self::Protecting => "Accès et conservation",
            Self::Ending => "Fin du dossier",
        }
    }
}
