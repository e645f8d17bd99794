//! Every address of the site. Mails, letters and tests rely on them: they do not change.

use crate::case::Reference;
use crate::staff::StaffId;

/// The procedure.
pub const PROCEDURE: &str = "/";
/// The form; its steps are below it.
pub const DEPOSIT: &str = "/deposer";
/// Following a case.
pub const FOLLOWING: &str = "/suivi";
/// The case of whoever has opened it; its acts are below it.
pub const FOLLOWED_CASE: &str = "/suivi/dossier";
/// A lost access code.
pub const LOST_CODE: &str = "/suivi/code-perdu";
/// The date calculator.
pub const DELAYS: &str = "/delais";
/// Who publishes the site.
pub const LEGAL_NOTICE: &str = "/mentions-legales";
/// What becomes of personal data.
pub const PRIVACY: &str = "/donnees-personnelles";
/// Help for those whom the site does not serve well.
pub const ACCESSIBILITY: &str = "/accessibilite";
/// What robots may read.
pub const ROBOTS: &str = "/robots.txt";
/// The pages that search engines may show.
pub const SITEMAP: &str = "/sitemap.xml";
/// Whom to tell of a hole in the site's security (RFC 9116).
pub const SECURITY_TXT: &str = "/.well-known/security.txt";
/// The icon of programs that read no drawing.
pub const FAVICON: &str = "/favicon.ico";
/// The icon of a page kept on a telephone's screen.
pub const TOUCH_ICON: &str = "/apple-touch-icon.png";
/// The program is alive.
pub const HEALTH: &str = "/healthz";
/// The database answers and its migrations are applied.
pub const READY: &str = "/readyz";
/// Inbox of the back office.
pub const STAFF_INBOX: &str = "/gestion";
/// A case by its reference, typed: `?reference=`. The cases are below it.
pub const STAFF_CASES: &str = "/gestion/dossiers";
/// Accounts of the back office; each is below it.
pub const STAFF_ACCOUNTS: &str = "/gestion/comptes";
/// Settings of the back office.
pub const STAFF_SETTINGS: &str = "/gestion/reglages";
/// What a new handler reads first.
pub const STAFF_HELP: &str = "/gestion/aide";
/// The ledger of e-mails.
pub const STAFF_EMAILS: &str = "/gestion/courriels";
/// The trial of a relay.
pub const STAFF_EMAIL_RELAY: &str = "/gestion/reglages/relais";
/// The journal of the system.
pub const STAFF_JOURNAL: &str = "/gestion/journal";
/// Everyone's absences.
pub const STAFF_ABSENCES: &str = "/gestion/absences";
/// Taking one of them back.
pub const STAFF_ABSENCE_END: &str = "/gestion/absences/fin";
/// One's own account.
pub const STAFF_OWN: &str = "/gestion/mon-compte";
/// One's own password.
pub const STAFF_OWN_PASSWORD: &str = "/gestion/mon-compte/mot-de-passe";
/// One's own sessions.
pub const STAFF_OWN_SESSIONS: &str = "/gestion/mon-compte/connexions";
/// One's own recovery codes.
pub const STAFF_OWN_CODES: &str = "/gestion/mon-compte/codes-de-secours";
/// One's own absence.
pub const STAFF_OWN_ABSENCE: &str = "/gestion/mon-compte/absence";
/// Taking it back.
pub const STAFF_OWN_ABSENCE_END: &str = "/gestion/mon-compte/absence/fin";
/// Texts that staff start from.
pub const STAFF_TEMPLATES: &str = "/gestion/modeles";
/// An invitation to the back office.
pub const STAFF_INVITATION: &str = "/gestion/comptes/nouveau";
/// Registering a case by hand.
pub const STAFF_ENTRY: &str = "/gestion/dossiers/nouveau";
/// E-mails that reach us; each is below it.
pub const STAFF_INCOMING: &str = "/gestion/courriels/recus";
/// Those who use their rights over their data; each request is below it.
pub const STAFF_PERSONS: &str = "/gestion/personnes";
/// Letters to post; each printing is below it.
pub const STAFF_LETTERS: &str = "/gestion/lettres";
/// Sign-in of the back office.
pub const STAFF_SIGN_IN: &str = "/gestion/connexion";
/// Second step of sign-in: the code of the authenticator.
pub const STAFF_SIGN_IN_CODE: &str = "/gestion/connexion/code";
/// Sign-out of the back office.
pub const STAFF_SIGN_OUT: &str = "/gestion/deconnexion";

/// The list of the inbox as a file.
pub const STAFF_EXPORT: &str = "/gestion/dossiers.csv";
/// One act on several cases.
pub const STAFF_BULK: &str = "/gestion/lot";
/// The lists that someone keeps.
pub const STAFF_SAVED_FILTERS: &str = "/gestion/filtres";
/// Whether single keys act in lists.
pub const STAFF_SHORTCUTS: &str = "/gestion/raccourcis";

/// A case in the back office.
pub fn staff_case(reference: &Reference) -> String {
    format!("/gestion/dossiers/{reference}")
}

/// A sub-resource of a case in the back office, such as `reponse`.
pub fn staff_case_part(reference: &Reference, part: &str) -> String {
    format!("/gestion/dossiers/{reference}/{part}")
}

/// An account in the back office.
pub fn staff_account(id: StaffId) -> String {
    format!("/gestion/comptes/{}", id.0)
}

/// Enrolment by one-time link: printed by the command line, never logged.
pub fn staff_activation(token: &str) -> String {
    format!("/gestion/activation/{token}")
}

/// Second step of enrolment: the authenticator.
pub fn staff_activation_code(token: &str) -> String {
    format!("/gestion/activation/{token}/code")
}
