//! What search engines read about the firm: schema.org's `Organization`, as JSON-LD.

use std::fmt;

use askama::filters::HtmlSafe;
use serde_json::json;

use crate::firm;
use crate::settings::{Book, Key};
use crate::web::assets;

/// The firm with its contact point for complaints, as the content of a data block. No browser
/// executes such a block: the content policy has nothing to allow.
#[derive(Debug)]
pub(super) struct Organization<'a> {
    site: &'a str,
    book: &'a Book,
}

impl<'a> Organization<'a> {
    /// The firm of the site at `site` (no slash at its end); nothing is told that it did not give.
    pub(super) const fn new(site: &'a str, book: &'a Book) -> Self {
        Self { site, book }
    }

    fn value(&self) -> serde_json::Value {
        let [_, street, _] = firm::COMPLAINTS_POSTAL_ADDRESS;
        let mut told = json!({
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": firm::NAME,
            "url": format!("{}/", self.site),
            "logo": format!("{}{}", self.site, assets::favicon()),
            "email": firm::CONTACT_EMAIL,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": street,
                "postalCode": firm::POSTAL_CODE,
                "addressLocality": firm::TOWN,
                "addressCountry": "FR",
            },
            "contactPoint": {
                "@type": "ContactPoint",
                "contactType": "réclamations",
                "name": firm::COMPLAINTS_SERVICE,
                "email": firm::COMPLAINTS_EMAIL,
                "url": format!("{}{}", self.site, crate::web::urls::DEPOSIT),
                "availableLanguage": "fr",
            },
        });
        if let (Some(phone), Some(all)) = (self.book.text(Key::Phone), told.as_object_mut()) {
            all.insert("telephone".to_owned(), json!(phone));
        }
        told
    }
}

/// JSON whose text can neither end the block that holds it nor begin markup.
impl fmt::Display for Organization<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.value().to_string();
        let text = text
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026");
        f.write_str(&text)
    }
}

impl HtmlSafe for Organization<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_setting_can_leave_the_block() {
        let phone = "</script><script>alert(1)</script>&amp;".to_owned();
        let book = Book::of_flags([(Key::Phone, phone)]);
        let firm = Organization::new("https://example.org", &book);
        let text = firm.to_string();
        assert!(!text.contains(['<', '>', '&']), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["telephone"], "</script><script>alert(1)</script>&amp;");
        assert_eq!(read["url"], "https://example.org/");
    }
}
