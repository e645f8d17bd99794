//! Whether an e-mail of which the server gives nothing is gone: a server that says no gives nothing either.

use async_imap::error::Error as ImapError;
use async_imap::imap_proto::{MailboxDatum, Response, Status};

use super::connection::{Connection, Letter, MailboxError, Open, PATIENCE, in_time};

impl Connection {
    /// What it means that the server gave nothing of an e-mail: none, when a search that succeeds does
    /// not find it; a failure otherwise.
    pub(super) async fn nothing_of(&mut self, uid: u32) -> Result<Option<Letter>, MailboxError> {
        let is_there = in_time(PATIENCE, is_there(&mut self.session, uid)).await??;
        if is_there {
            Err(MailboxError::Broken)
        } else {
            Ok(None)
        }
    }
}

async fn is_there(session: &mut Open, uid: u32) -> Result<bool, ImapError> {
    let asked = session.run_command(format!("UID SEARCH UID {uid}")).await?;
    let mut is_there = false;
    while let Some(answer) = session.read_response().await? {
        if let Response::MailboxData(MailboxDatum::Search(uids)) = answer.parsed() {
            is_there |= uids.contains(&uid);
        }
        if let Response::Done { tag, status, .. } = answer.parsed()
            && *tag == asked
        {
            return if *status == Status::Ok {
                Ok(is_there)
            } else {
                Err(ImapError::No("the search failed".to_owned()))
            };
        }
    }
    Err(ImapError::ConnectionLost)
}
