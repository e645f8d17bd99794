//! Facts of the firm and of its mediator, as in the published procedure of 11/10/2025.

/// Date of the published procedure, `YYYY-MM-DD`; recorded on each case as its procedure version.
pub const PROCEDURE_VERSION: &str = "2025-10-11";

/// Name of the firm.
pub const NAME: &str = "Asekkey";
/// The service that handles complaints, as it signs.
pub const COMPLAINTS_SERVICE: &str = "Service Réclamations";
/// The service that handles information requests.
pub const CUSTOMER_SERVICE: &str = "Service client";
/// Domain of its addresses, and of the Message-IDs of its e-mails.
pub const DOMAIN: &str = "asekkey.fr";
/// Address of the customer service; also the sender of automatic e-mails (ASCII, R82).
pub const CONTACT_EMAIL: &str = "contact@asekkey.fr";
/// Published address for complaints: accented, so never used in automatic headers (R80–R82).
pub const COMPLAINTS_EMAIL: &str = "Réclamation@asekkey.fr";
/// The same, as the target of a link (R81).
pub const COMPLAINTS_MAILTO: &str = "mailto:R%C3%A9clamation@asekkey.fr";
/// Postal address for complaints, line by line.
pub const COMPLAINTS_POSTAL_ADDRESS: [&str; 3] = [
    "Asekkey – Service Réclamations",
    "10 rue de Penthièvre",
    "75008 Paris",
];
/// Postal code of that address.
pub const POSTAL_CODE: &str = "75008";
/// Town of that address.
pub const TOWN: &str = "Paris";

/// Name of the mediator.
pub const MEDIATOR_NAME: &str = "La Médiation de l’Assurance";
/// Postal address of the mediator, line by line.
pub const MEDIATOR_POSTAL_ADDRESS: [&str; 3] = [MEDIATOR_NAME, "TSA 50110", "75441 Paris Cedex 09"];
/// Site of the mediator.
pub const MEDIATOR_SITE: &str = "https://www.mediation-assurance.org/";
