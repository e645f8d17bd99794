//! E-mails written for the tests, and their way in without a mailbox.

use std::fmt::Write;

use reclamations::case::Nature;
use reclamations::case::incoming::{self, Fetched, IncomingId, Position, State, Stored};

use crate::support::app::TestApp;

/// An e-mail of `from`, with these headers beside, and this text.
pub(crate) fn mail(from: &str, headers: &str, text: &str) -> Vec<u8> {
    let headers = headers.replace('\n', "\r\n");
    format!(
        "From: {from}\r\nTo: contact@asekkey.fr\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n{headers}\r\n{text}\r\n"
    )
    .into_bytes()
}

/// An e-mail with a text and these pieces: declared type, name, bytes.
pub(crate) fn with_pieces(
    from: &str,
    headers: &str,
    text: &str,
    pieces: &[(&str, &str, &[u8])],
) -> Vec<u8> {
    let mut whole = format!(
        "From: {from}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=LIMITE\r\n\
         {}\r\n--LIMITE\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        headers.replace('\n', "\r\n")
    );
    for (kind, name, bytes) in pieces {
        let coded = data_encoding::BASE64.encode(bytes);
        write!(
            whole,
            "--LIMITE\r\nContent-Type: {kind}; name=\"{name}\"\r\nContent-Disposition: attachment; \
             filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}\r\n"
        )
        .unwrap();
    }
    whole.push_str("--LIMITE--\r\n");
    whole.into_bytes()
}

impl TestApp {
    /// Keeps and takes an e-mail as the mailbox would; where it stands, or nothing when it came before.
    pub(crate) async fn receives(&self, raw: &[u8], nature: Option<Nature>) -> Option<State> {
        let mail = self.keeps(raw, nature).await?;
        let way = (10 * 1024 * 1024, self.now());
        incoming::take(&self.state.pool, &self.state.office, mail, way)
            .await
            .unwrap()
    }

    /// Keeps an e-mail as it came.
    pub(crate) async fn keeps(&self, raw: &[u8], nature: Option<Nature>) -> Option<IncomingId> {
        let mut conn = self.database.conn().await;
        let fetched = Fetched {
            position: Position {
                mailbox: "box@127.0.0.1",
                folder: "INBOX",
                uid_validity: 1,
                uid: 1,
            },
            nature,
            raw,
            size: u64::try_from(raw.len()).unwrap(),
            received_at: self.now(),
        };
        match incoming::store(&mut conn, &fetched, self.now())
            .await
            .unwrap()
        {
            Stored::Now(mail) => Some(mail),
            Stored::Before => None,
        }
    }
}
