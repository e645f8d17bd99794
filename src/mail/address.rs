//! E-mail addresses: what a person may give, and what our own headers may carry.

use lettre::Address;
use unicode_normalization::UnicodeNormalization;
use url::Host;
use validator::ValidateEmail;

/// An address one can write to: NFC, trimmed, at most 254 octets, no control or invisible
/// character; accents are welcome on both sides of the `@` (R83). Kept as typed (R86).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

/// Why a text is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing was typed.
    #[error("no address was given")]
    Empty,
    /// Longer than [`EmailAddress::MAX_OCTETS`].
    #[error("the address is too long")]
    TooLong,
    /// A line break, a space or an invisible character inside.
    #[error("the address holds a space, a control or an invisible character")]
    ForbiddenCharacter,
    /// No `@`, or nothing usable before it.
    #[error("the address has no name before an @ sign")]
    Name,
    /// What follows the `@` names no domain of the Internet.
    #[error("the address does not end with the name of a domain")]
    Domain,
    /// Our own headers carry ASCII only (R82).
    #[error("the address must be in ASCII: most mail servers would refuse it")]
    NotAscii,
}

impl EmailAddress {
    /// Longest address accepted, in octets (RFC 5321, 4.5.3.1.3).
    pub const MAX_OCTETS: usize = 254;

    /// Reads an address as a person types it.
    ///
    /// # Errors
    /// When mail could not be sent there; see [`AddressError`].
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        let text: String = typed.trim().nfc().collect();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        if text.len() > Self::MAX_OCTETS {
            return Err(AddressError::TooLong);
        }
        if text.chars().any(is_forbidden) {
            return Err(AddressError::ForbiddenCharacter);
        }
        let (_, domain) = text.rsplit_once('@').ok_or(AddressError::Name)?;
        // `validator` refuses accents before the `@`: it judges the domain only.
        if !format!("x@{domain}").validate_email() || ascii_domain(domain).is_none() {
            return Err(AddressError::Domain);
        }
        if text.parse::<Address>().is_err() {
            return Err(AddressError::Name);
        }
        Ok(Self(text))
    }

    /// As typed, in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For comparing addresses, never for writing to them: lower case (R86).
    pub fn comparison_key(&self) -> String {
        self.0.to_lowercase()
    }

    /// The address as mail servers take it: the domain in its ASCII form, so that only an accented
    /// name asks the relay for SMTPUTF8.
    pub(in crate::mail) fn for_transport(&self) -> Option<Address> {
        let (name, domain) = self.0.rsplit_once('@')?;
        Address::new(name, ascii_domain(domain)?).ok()
    }
}

/// An ASCII address: the only kind that automatic headers carry (R82).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AsciiAddress(EmailAddress);

impl AsciiAddress {
    /// Reads an address of ours, from the settings.
    ///
    /// # Errors
    /// When it is no address, or not in ASCII.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let address = EmailAddress::parse(text)?;
        if !address.0.is_ascii() {
            return Err(AddressError::NotAscii);
        }
        Ok(Self(address))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The same, as a recipient.
    pub fn as_email(&self) -> &EmailAddress {
        &self.0
    }
}

impl std::str::FromStr for AsciiAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// An address is personal data: it never shows in a log by accident.
impl std::fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

/// Ours is no secret.
impl std::fmt::Debug for AsciiAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("AsciiAddress").field(&self.as_str()).finish()
    }
}

/// The domain in ASCII, if it is a name with a dot: neither `localhost` nor an IP address.
fn ascii_domain(domain: &str) -> Option<String> {
    match Host::parse(domain).ok()? {
        Host::Domain(name) if name.contains('.') => Some(name),
        Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// White space, controls, and the characters that hide or turn round what is written.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_address_is_an_address_in_both_unicode_forms() {
        let composed = EmailAddress::parse("Réclamation@asekkey.fr").unwrap();
        let decomposed = EmailAddress::parse("Re\u{301}clamation@asekkey.fr").unwrap();
        assert_eq!(composed, decomposed);
        assert_eq!(decomposed.as_str(), "R\u{e9}clamation@asekkey.fr");
        assert_eq!(decomposed.comparison_key(), "réclamation@asekkey.fr");
        assert!(crate::firm::COMPLAINTS_EMAIL == composed.as_str());
    }

    #[test]
    fn usual_addresses_pass_and_are_trimmed() {
        for typed in [
            "jeanne.martin@example.org",
            "  j+assurance@mail.example.org\u{a0}",
            "O'Neill@example.org",
            "prénom.nom@société.example.org",
            "x@xn--socit-esab.fr",
        ] {
            let address = EmailAddress::parse(typed).unwrap();
            assert_eq!(address.as_str(), typed.trim());
            assert!(address.for_transport().is_some(), "{typed}");
        }
    }

    #[test]
    fn only_the_domain_is_written_in_ascii_for_servers() {
        let address = EmailAddress::parse("andré@société.fr").unwrap();
        let sent = address.for_transport().unwrap();
        assert_eq!(sent.to_string(), "andré@xn--socit-esab.fr");
    }

    #[test]
    fn what_mail_cannot_reach_is_refused_by_its_reason() {
        let long = format!("{}@example.org", "a".repeat(250));
        for (typed, why) in [
            ("", AddressError::Empty),
            (" \u{a0} ", AddressError::Empty),
            (long.as_str(), AddressError::TooLong),
            ("jeanne", AddressError::Name),
            ("@example.org", AddressError::Name),
            ("a..b@example.org", AddressError::Name),
            ("jeanne@", AddressError::Domain),
            ("jeanne@example", AddressError::Domain),
            ("jeanne@localhost", AddressError::Domain),
            ("jeanne@127.0.0.1", AddressError::Domain),
            ("jeanne@[127.0.0.1]", AddressError::Domain),
            ("jeanne@exa_mple.org", AddressError::Domain),
            ("jeanne@example.org.", AddressError::Domain),
            ("jeanne@example..org", AddressError::Domain),
            ("a@x.fr, b@x.fr", AddressError::ForbiddenCharacter),
            ("Jeanne <a@x.fr>", AddressError::ForbiddenCharacter),
            ("<a@x.fr>", AddressError::Domain),
        ] {
            assert_eq!(EmailAddress::parse(typed), Err(why), "{typed:?}");
        }
    }

    #[test]
    fn nothing_can_be_injected_in_a_header() {
        for typed in [
            "a@example.org\r\nBcc: b@example.org",
            "a\r\n@example.org",
            "\"a\r\nb\"@example.org",
            "a\0@example.org",
            "a\u{202e}@example.org",
            "a\u{200b}@example.org",
        ] {
            let refused = EmailAddress::parse(typed);
            assert_eq!(refused, Err(AddressError::ForbiddenCharacter), "{typed:?}");
        }
    }

    #[test]
    fn our_own_headers_take_ascii_only() {
        assert!(AsciiAddress::parse("contact@asekkey.fr").is_ok());
        for typed in ["Réclamation@asekkey.fr", "contact@société.fr"] {
            assert_eq!(AsciiAddress::parse(typed), Err(AddressError::NotAscii));
        }
        assert_eq!(AsciiAddress::parse("contact"), Err(AddressError::Name));
    }

    #[test]
    fn an_address_does_not_show_in_logs() {
        let address = EmailAddress::parse("jeanne@example.org").unwrap();
        assert_eq!(format!("{address:?}"), "EmailAddress(…)");
    }
}
