//! Filing through the form, step by step, as a person does.

use crate::support::browser::{Browser, Page};

/// What one step of the form is given.
pub(crate) type Answers<'a> = &'a [(&'a str, &'a str)];

/// A complaint about a cancellation, filed by a client.
pub(crate) const COMPLAINT: [(&str, Answers<'static>); 4] = [
    ("/deposer", &[("intent", "complaint")]),
    (
        "/deposer/situation",
        &[
            ("capacity", "client"),
            ("is_professional", "no"),
            ("subscription_path", "broker"),
            ("intermediary", "Cabinet Delorme & Fils"),
            ("contract_number", "HAB-2024-117204"),
        ],
    ),
    (
        "/deposer/faits",
        &[
            ("product", "home"),
            ("subject", "cancellation"),
            ("facts", "Ma demande de résiliation\r\nn’a pas été traitée."),
            ("facts_when", "début mars 2026"),
            ("expectation", "La résiliation au 1er mars."),
        ],
    ),
    ("/deposer/coordonnees", &CONTACT),
];

/// A question asked by a prospect: the short path.
pub(crate) const REQUEST: [(&str, Answers<'static>); 3] = [
    ("/deposer", &[("intent", "information_request")]),
    (
        "/deposer/faits",
        &[
            ("facts", "Quels documents faut-il pour assurer un vélo ?"),
            ("capacity", "prospect"),
            ("is_professional", "no"),
        ],
    ),
    ("/deposer/coordonnees", &CONTACT),
];

/// A person who can be answered by e-mail.
pub(crate) const CONTACT: [(&str, &str); 3] = [
    ("first_name", "Jeanne"),
    ("last_name", "Lefèvre"),
    ("email", "jeanne.lefevre@example.org"),
];

/// What a person keeps of a filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Receipt {
    /// The reference.
    pub(crate) reference: String,
    /// The access code.
    pub(crate) code: String,
}

/// Fills in the steps one after the other, each taken.
pub(crate) async fn fill_in(browser: &Browser, steps: &[(&str, Answers<'_>)]) {
    for (address, answers) in steps {
        let page = browser.fill(address, answers).await;
        assert_eq!(page.status, 303, "{address}: {}", page.text());
    }
}

/// Fills in the steps, then sends, and confirms once more if the form is taken for a robot's.
pub(crate) async fn file(browser: &Browser, steps: &[(&str, Answers<'_>)]) -> Receipt {
    fill_in(browser, steps).await;
    let mut page = browser.fill("/deposer/verification", &[]).await;
    if page.status == 200 {
        let csrf = page.value("csrf");
        let confirmed = [("csrf", csrf.as_str()), ("confirmed", "yes")];
        page = browser.post("/deposer/verification", &confirmed).await;
    }
    assert_eq!(page.location(), "/deposer/confirmation");
    receipt(&browser.get("/deposer/confirmation").await)
}

/// Reads the confirmation.
pub(crate) fn receipt(page: &Page) -> Receipt {
    assert_eq!(page.status, 200, "{}", page.text());
    let shown = page.texts(".receipt .code");
    let [reference, code] = shown.as_slice() else {
        panic!("no reference and code: {}", page.text())
    };
    Receipt {
        reference: reference.clone(),
        code: code.clone(),
    }
}
