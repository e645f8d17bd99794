//! The message as it travels: headers, text, the same text as a page, and the letter that is enclosed; the
//! same for the relay and for an `.eml` file.

use chrono::{DateTime, Utc};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};

use crate::firm;
use crate::mail::{AsciiAddress, Claimed, Desk, EmailAddress, Enclosure, Origin, html};

/// Whose addresses the e-mails carry. ASCII only (R82).
#[derive(Clone, Debug)]
pub struct Sender {
    /// The `From` header and the envelope's sender.
    pub from: AsciiAddress,
    /// Where answers go, when it is elsewhere.
    pub reply_to: Option<AsciiAddress>,
}

/// What a message is made of.
#[derive(Clone, Copy)]
pub(in crate::mail) struct Outgoing<'a> {
    pub(in crate::mail) recipient: &'a str,
    pub(in crate::mail) subject: &'a str,
    pub(in crate::mail) body: &'a str,
    pub(in crate::mail) enclosure: Option<&'a Enclosure>,
    pub(in crate::mail) origin: Origin,
    pub(in crate::mail) desk: Desk,
    pub(in crate::mail) message_id: &'a str,
}

impl<'a> From<&'a Claimed> for Outgoing<'a> {
    fn from(mail: &'a Claimed) -> Self {
        Self {
            recipient: &mail.recipient,
            subject: &mail.subject,
            body: &mail.body,
            enclosure: mail.enclosure.as_ref(),
            origin: mail.origin,
            desk: mail.desk,
            message_id: &mail.message_id,
        }
    }
}

/// The row cannot be made a message: its recipient is no address any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::mail) struct Malformed;

impl Sender {
    /// The message, dated `at`.
    pub(in crate::mail) fn message(
        &self,
        mail: Outgoing<'_>,
        at: DateTime<Utc>,
    ) -> Result<Message, Malformed> {
        let recipient = EmailAddress::parse(mail.recipient)
            .ok()
            .and_then(|address| address.for_transport())
            .ok_or(Malformed)?;
        let mut headers = Message::builder()
            .from(mailbox(&self.from, Some(desk_name(mail.desk)))?)
            .to(Mailbox::new(None, recipient))
            .date(at.into())
            .message_id(Some(format!("<{}>", mail.message_id)))
            .subject(mail.subject);
        if let Some(reply_to) = &self.reply_to {
            headers = headers.reply_to(mailbox(reply_to, None)?);
        }
        if mail.origin != Origin::Person {
            headers = headers.raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                mail.origin.code().to_owned(),
            ));
        }
        let page = html::page(mail.subject, mail.body).map_err(|_never| Malformed)?;
        // lettre ends each part with a line end of its own.
        let text = mail.body.trim_end().to_owned();
        let words = MultiPart::alternative_plain_html(text, page);
        let whole = match mail.enclosure {
            Some(letter) => MultiPart::mixed()
                .multipart(words)
                .singlepart(part(letter)?),
            None => words,
        };
        headers.multipart(whole).map_err(|_never| Malformed)
    }
}

fn part(letter: &Enclosure) -> Result<SinglePart, Malformed> {
    let pdf = ContentType::parse("application/pdf").map_err(|_never| Malformed)?;
    Ok(Attachment::new(letter.name.clone()).body(letter.pdf.clone(), pdf))
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
