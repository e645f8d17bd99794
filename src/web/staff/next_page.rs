//! Where to go after sign-in: a page of the back office and nowhere else.

use url::form_urlencoded;

use crate::web::urls;

/// An address of the back office, path and query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NextPage(String);

impl NextPage {
    /// Longest address kept, in bytes.
    const MAX_BYTES: usize = 1_000;

    /// Takes what an address or a form says; anything but a page of ours becomes the inbox.
    pub(super) fn parse(text: &str) -> Self {
        let is_ours = text
            .strip_prefix(urls::STAFF_INBOX)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        let is_threshold = [urls::STAFF_SIGN_IN, urls::STAFF_SIGN_OUT, ACTIVATION]
            .iter()
            .any(|threshold| text.starts_with(threshold));
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if is_ours && !is_threshold && is_plain && text.len() <= Self::MAX_BYTES {
            Self(text.to_owned())
        } else {
            Self::inbox()
        }
    }

    /// The inbox.
    pub(super) fn inbox() -> Self {
        Self(urls::STAFF_INBOX.to_owned())
    }

    /// The address.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The sign-in page that leads there.
    pub(super) fn sign_in(&self) -> String {
        if *self == Self::inbox() {
            return urls::STAFF_SIGN_IN.to_owned();
        }
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("suite", &self.0)
            .finish();
        format!("{}?{query}", urls::STAFF_SIGN_IN)
    }
}

const ACTIVATION: &str = "/gestion/activation";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_the_back_office_is_kept() {
        for text in [
            "/gestion",
            "/gestion/dossiers/ASK-2026-000123-T",
            "/gestion?apres=1&n=2",
        ] {
            assert_eq!(NextPage::parse(text).as_str(), text);
        }
        assert_eq!(
            NextPage::parse("/gestion/dossiers?q=a&n=2").sign_in(),
            "/gestion/connexion?suite=%2Fgestion%2Fdossiers%3Fq%3Da%26n%3D2"
        );
        assert_eq!(NextPage::inbox().sign_in(), "/gestion/connexion");
    }

    #[test]
    fn anything_else_becomes_the_inbox() {
        for text in [
            "",
            "https://exemple.org/gestion",
            "//exemple.org/gestion",
            "/\\exemple.org",
            "/gestionnaire",
            "/gestion\\..",
            "/gestion\r\nSet-Cookie: a=b",
            "/gestion/é",
            "/gestion/connexion?suite=/gestion",
            "/gestion/deconnexion",
            "/gestion/activation/abc",
            &format!("/gestion/{}", "a".repeat(1_000)),
        ] {
            assert_eq!(NextPage::parse(text), NextPage::inbox(), "{text}");
        }
    }
}
