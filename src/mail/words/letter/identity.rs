//! The legal identity of the firm, at the foot of its letters: what was given, never invented.

use crate::firm;

/// What the firm has given of its legal identity.
#[derive(Clone, Copy, Debug, Default)]
pub struct Identity<'a> {
    /// Legal form, such as « SAS ».
    pub legal_form: Option<&'a str>,
    /// Share capital.
    pub capital: Option<&'a str>,
    /// Registered office, on one line.
    pub registered_office: Option<&'a str>,
    /// City and number in the trade register.
    pub rcs: Option<&'a str>,
    /// ORIAS number and category.
    pub orias: Option<&'a str>,
}

impl Identity<'_> {
    /// The lines of the foot.
    pub fn lines(&self) -> Vec<String> {
        let mut parts = vec![format!("{}, courtage d’assurances", firm::NAME)];
        parts.extend(self.legal_form.map(str::to_owned));
        parts.extend(
            self.capital
                .map(|capital| format!("capital\u{202f}: {capital}")),
        );
        parts.extend(
            self.registered_office
                .map(|office| format!("siège\u{202f}: {office}")),
        );
        parts.extend(self.rcs.map(|rcs| format!("RCS {rcs}")));
        parts.extend(
            self.orias
                .map(|orias| format!("ORIAS {orias} (www.orias.fr)")),
        );
        vec![
            parts.join(" – "),
            "Sous le contrôle de l’ACPR, 4 place de Budapest, CS 92459, 75436 Paris Cedex 09"
                .to_owned(),
        ]
    }
}
