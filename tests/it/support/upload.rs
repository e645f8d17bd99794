//! Files sent as a browser sends them: the token, the file, the button that was pressed.

use crate::support::browser::{Browser, Page};

/// The boundary of these forms.
const BOUNDARY: &str = "----reclamations-test";

/// Their content type.
pub(crate) const MULTIPART: &str = "multipart/form-data; boundary=----reclamations-test";

/// One field.
pub(crate) fn field(name: &str, value: &str) -> Vec<u8> {
    format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        .into_bytes()
}

/// The field of a file, its name as it stands in the header.
pub(crate) fn file(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n"].concat()
}

/// The end of the form.
pub(crate) fn end() -> Vec<u8> {
    format!("--{BOUNDARY}--\r\n").into_bytes()
}

/// A whole form.
pub(crate) fn form(csrf: &str, name: &str, bytes: &[u8], button: &str) -> Vec<u8> {
    [
        field("csrf", csrf),
        file(name, bytes),
        field("suite", button),
        end(),
    ]
    .concat()
}

impl Browser {
    /// Opens the page at `path` and adds a file there.
    pub(crate) async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Page {
        let csrf = self.get(path).await.value("csrf");
        self.send(path, MULTIPART, form(&csrf, name, bytes, "ajouter"))
            .await
    }
}
