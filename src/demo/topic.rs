//! What a demonstration case is about: the codes of the lists that the migrations fill.

/// The codes of a product and of a subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Topic {
    /// Code of the product, if it is one of the lists.
    pub(super) product: Option<&'static str>,
    /// Code of the subject, if it is one of the lists.
    pub(super) subject: Option<&'static str>,
}

impl Topic {
    /// Reads the title of a text: `auto / sinistre`, or the product alone.
    pub(super) fn read(title: &str) -> Self {
        let (product, subject) = title.split_once(" / ").unwrap_or((title, ""));
        Self {
            product: code(&PRODUCTS, product),
            subject: code(&SUBJECTS, subject),
        }
    }
}

fn code(list: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let line = list.iter().find(|(found, _)| *found == name)?;
    Some(line.1)
}

const PRODUCTS: [(&str, &str); 10] = [
    ("animaux", "pet"),
    ("auto", "car"),
    ("deux-roues", "two_wheels"),
    ("emprunteur", "loan"),
    ("habitation", "home"),
    ("protection juridique", "legal"),
    ("prévoyance", "provident"),
    ("santé", "health"),
    ("scolaire", "school"),
    ("voyage", "travel"),
];

const SUBJECTS: [(&str, &str); 7] = [
    ("conseil", "advice"),
    ("cotisation", "premium"),
    ("données personnelles", "personal_data"),
    ("délai", "delay"),
    ("gestion", "management"),
    ("résiliation", "cancellation"),
    ("sinistre", "claim"),
];
