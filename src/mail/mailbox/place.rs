//! Where the mailbox is and how to open it, read from one URL of the settings.

use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use secrecy::SecretString;
use url::{Host, Url};

/// The mailbox's address cannot be used. Never shows the address: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailboxUrlError {
    /// Neither `imaps://user@host` nor `imap://user@host` on this machine.
    #[error("the mailbox's URL must be imaps://user[:password]@host[:port][/FOLDER]")]
    Malformed,
    /// A password would cross the network unprotected.
    #[error("the mailbox's password would travel in clear: use imaps://")]
    InClear,
    /// No password, neither in the URL nor in a file.
    #[error("the mailbox's password is missing: put it in the URL or in a file")]
    NoPassword,
    /// Two passwords.
    #[error("the mailbox's password is given twice")]
    TwoPasswords,
}

/// A mailbox: who, on which server, and how to get in.
#[derive(Clone)]
pub struct Place {
    pub(super) host: String,
    pub(super) port: u16,
    /// None: a server on this machine, in clear.
    pub(super) tls: Option<(Arc<ClientConfig>, ServerName<'static>)>,
    pub(super) user: String,
    pub(super) password: SecretString,
    folder: Option<String>,
}

impl Place {
    /// Reads the URL of a mailbox; `password` comes from elsewhere than the URL.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn parse(text: &str, password: Option<&str>) -> Result<Self, MailboxUrlError> {
        let url = Url::parse(text).map_err(|_may_hold_the_url| MailboxUrlError::Malformed)?;
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or(MailboxUrlError::Malformed)?
            .to_owned();
        let (usual_port, tls) = match url.scheme() {
            "imaps" => {
                let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned());
                let name = name.map_err(|_names_the_host| MailboxUrlError::Malformed)?;
                (993, Some((Arc::new(trusting_this_machine()), name)))
            }
            "imap" if is_this_machine(&host) => (143, None),
            "imap" => return Err(MailboxUrlError::InClear),
            _ => return Err(MailboxUrlError::Malformed),
        };
        let password = match (url.password(), password) {
            (Some(_), Some(_)) => return Err(MailboxUrlError::TwoPasswords),
            (None, None) => return Err(MailboxUrlError::NoPassword),
            (Some(within), None) => decoded(within)?,
            (None, Some(beside)) => beside.trim_end_matches(['\r', '\n']).to_owned(),
        };
        let user = decoded(url.username())?;
        let folder = decoded(url.path().trim_matches('/'))?;
        if user.is_empty() {
            return Err(MailboxUrlError::Malformed);
        }
        Ok(Self {
            port: url.port().unwrap_or(usual_port),
            host,
            tls,
            user,
            password: password.into(),
            folder: Some(folder).filter(|folder| !folder.is_empty()),
        })
    }

    /// By what it is known: who, and on which server; never the password.
    pub fn name(&self) -> String {
        format!("{}@{}", self.user, self.host)
    }

    /// The folder that the URL names.
    pub fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }
}

fn decoded(text: &str) -> Result<String, MailboxUrlError> {
    percent_decode_str(text)
        .decode_utf8()
        .map(String::from)
        .map_err(|_may_hold_the_password| MailboxUrlError::Malformed)
}

fn trusting_this_machine() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// `url` reads hosts of schemes it does not know as plain text.
fn is_this_machine(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Domain(name)) => name == "localhost",
        Ok(Host::Ipv4(ip)) => ip.is_loopback(),
        Ok(Host::Ipv6(ip)) => ip.is_loopback(),
        Err(_) => false,
    }
}

/// An address and a password never show in a log by accident.
impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Place(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_read_from_its_url_and_never_in_clear_across_a_network() {
        let place = Place::parse(
            "imaps://r%C3%A9cl%40a.fr:p%3Aw@mail.example.org/INBOX.%C3%80%20lire",
            None,
        );
        let place = place.unwrap();
        assert_eq!(place.name(), "récl@a.fr@mail.example.org");
        assert_eq!((place.port, place.folder()), (993, Some("INBOX.À lire")));
        let here = Place::parse("imap://u@127.0.0.1:1143", Some("secret\n")).unwrap();
        assert_eq!(
            (here.port, here.folder(), here.tls.is_none()),
            (1143, None, true)
        );
        for (url, password, why) in [
            (
                "imap://u:p@mail.example.org",
                None,
                MailboxUrlError::InClear,
            ),
            (
                "imaps://u@mail.example.org",
                None,
                MailboxUrlError::NoPassword,
            ),
            (
                "imaps://u:p@mail.example.org",
                Some("p"),
                MailboxUrlError::TwoPasswords,
            ),
            (
                "imaps://:p@mail.example.org",
                None,
                MailboxUrlError::Malformed,
            ),
            (
                "https://u:p@mail.example.org",
                None,
                MailboxUrlError::Malformed,
            ),
            ("imaps:", None, MailboxUrlError::Malformed),
        ] {
            assert_eq!(Place::parse(url, password).unwrap_err(), why, "{url}");
        }
        assert_eq!(format!("{here:?}"), "Place(…)");
    }
}
