//! The message as it travels: headers and text, the same for the relay and for an `.eml` file.

use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, SinglePart};

use crate::firm;
use crate::mail::{AsciiAddress, Claimed, Desk, EmailAddress, Origin};

/// Whose addresses the e-mails carry. ASCII only (R82).
#[derive(Clone, Debug)]
pub struct Sender {
    /// The `From` header and the envelope's sender.
    pub from: AsciiAddress,
    /// Where answers go, when it is elsewhere.
    pub reply_to: Option<AsciiAddress>,
}

/// The row cannot be made a message: its recipient is no address any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::mail) struct Malformed;

impl Sender {
    /// The message of a row, dated `at`.
    pub(in crate::mail) fn message(
        &self,
        mail: &Claimed,
        at: DateTime<Utc>,
    ) -> Result<Message, Malformed> {
        let recipient = EmailAddress::parse(&mail.recipient)
            .ok()
            .and_then(|address| address.for_transport())
            .ok_or(Malformed)?;
        let mut headers = Message::builder()
            .from(mailbox(&self.from, Some(desk_name(mail.desk)))?)
            .to(Mailbox::new(None, recipient))
            .date(at.into())
            .message_id(Some(format!("<{}>", mail.message_id)))
            .subject(mail.subject.clone());
        if let Some(reply_to) = &self.reply_to {
            headers = headers.reply_to(mailbox(reply_to, None)?);
        }
        if mail.origin != Origin::Person {
            headers = headers.raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                mail.origin.code().to_owned(),
            ));
        }
        headers
            // lettre ends the text with a line end of its own.
            .singlepart(SinglePart::plain(mail.body.trim_end().to_owned()))
            .map_err(|_never| Malformed)
    }
}

fn mailbox(address: &AsciiAddress, name: Option<String>) -> Result<Mailbox, Malformed> {
    let address = address.as_email().for_transport().ok_or(Malformed)?;
    Ok(Mailbox::new(name, address))
}

fn desk_name(desk: Desk) -> String {
    let service = match desk {
        Desk::Complaints => firm::COMPLAINTS_SERVICE,
        Desk::Customer => firm::CUSTOMER_SERVICE,
    };
    format!("{} – {service}", firm::NAME)
}
