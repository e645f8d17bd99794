//! Reading one e-mail.

use chrono::{DateTime, Utc};
use mail_parser::{Address, Message, MessageParser, PartType};
use sha2::{Digest, Sha256};

use super::bounds::{MAX_DEPTH, MAX_PARTS, tidy_line};
use super::guard::{head, is_harmless};
use super::{BounceReport, Piece, Sort, body, bounce, dated, ids, piece, quote, sort};
use crate::mail::EmailAddress;

/// Most characters kept of a subject.
const MAX_SUBJECT: usize = 300;
/// Most characters kept of a name.
const MAX_NAME: usize = 200;

/// An e-mail as it arrived.
#[derive(Clone, Copy)]
pub struct Arrived<'a> {
    /// Its bytes, or their beginning.
    pub raw: &'a [u8],
    /// Whether those are all of it.
    pub is_whole: bool,
    /// When the server took it.
    pub at: DateTime<Utc>,
}

/// What an e-mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Who speaks.
    pub sort: Sort,
    /// The e-mails of ours that it answers, the closest first.
    pub answers: Vec<String>,
    /// Whoever says to have written it; none when that is no address.
    pub sender: Option<EmailAddress>,
    /// The name they give themselves.
    pub sender_name: Option<String>,
    /// Its subject, maybe blank.
    pub subject: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// Its text, maybe blank.
    pub text: String,
    /// What is joined.
    pub pieces: Vec<Piece>,
    /// Whether it says to be one of many; of a [`Sort::Person`] only.
    pub is_bulk: bool,
    /// What a server tells of an e-mail of ours; of a [`Sort::Bounce`] only.
    pub bounce: Option<BounceReport>,
}

impl Mail {
    /// The text without the earlier e-mail quoted below it.
    pub fn new_text(&self) -> &str {
        quote::without_quote(&self.text)
    }
}

/// By what an e-mail is known when it arrives twice: its Message-ID, whoever signs it, and its text,
/// without what the servers on its way add. Two e-mails that differ in what they say are two.
pub fn key(raw: &[u8]) -> [u8; 32] {
    let mut digest = Sha256::new();
    let head = head(raw);
    let headers = MessageParser::default().parse_headers(&head);
    if let Some(headers) = headers {
        for name in ["Message-ID", "From", "Date", "Subject"] {
            digest.update(headers.header_raw(name).unwrap_or_default().trim());
            digest.update([0]);
        }
    }
    digest.update(after_headers(raw));
    digest.finalize().into()
}

fn after_headers(raw: &[u8]) -> &[u8] {
    let blank = |ends: &'static [u8]| {
        let at = raw.windows(ends.len()).position(|window| window == ends);
        at.map(|at| at.saturating_add(ends.len()))
    };
    let starts = [blank(b"\r\n\r\n"), blank(b"\n\n")]
        .into_iter()
        .flatten()
        .min();
    starts.and_then(|start| raw.get(start..)).unwrap_or(raw)
}

/// Reads an e-mail. Whatever its bytes are, it ends, in a bounded memory, without panic.
pub fn understand(arrived: Arrived<'_>) -> Mail {
    let parser = MessageParser::default();
    let is_readable = arrived.is_whole && is_harmless(arrived.raw);
    let parsed = if is_readable {
        parser.parse(arrived.raw).filter(|mail| is_bounded(mail))
    } else {
        None
    };
    match parsed {
        Some(mail) => read(&mail, arrived.at),
        None => match parser.parse_headers(&head(arrived.raw)) {
            Some(headers) => of_headers(&headers, arrived.at),
            None => unreadable(arrived.at),
        },
    }
}

fn read(mail: &Message<'_>, received_at: DateTime<Utc>) -> Mail {
    let text = body::text(mail);
    let mut read = Mail {
        text,
        pieces: piece::pieces(mail),
        ..of_headers(mail, received_at)
    };
    let sender = from(mail).and_then(|(address, _)| address);
    read.sort = sort::of(mail, &read.subject, sender.as_deref().unwrap_or_default());
    read.is_bulk = read.sort == Sort::Person && sort::is_bulk(mail);
    if read.sort == Sort::Bounce {
        read.bounce = Some(bounce::read(mail, &read.text));
    }
    let says_nothing = read.sender.is_none() && read.text.is_empty() && read.pieces.is_empty();
    if says_nothing && read.subject.is_empty() {
        read.sort = Sort::NotUnderstood;
    }
    read
}

/// What the headers alone say: of an e-mail that is not looked into.
fn of_headers(mail: &Message<'_>, received_at: DateTime<Utc>) -> Mail {
    let (address, name) = from(mail).unwrap_or_default();
    let answers = ids::listed(mail.in_reply_to())
        .into_iter()
        .chain(ids::listed(mail.references()));
    Mail {
        answers: ids::ours(answers),
        sender: address.and_then(|address| EmailAddress::parse(&address).ok()),
        sender_name: name
            .map(|name| tidy_line(&name, MAX_NAME))
            .filter(|name| !name.is_empty()),
        subject: tidy_line(mail.subject().unwrap_or_default(), MAX_SUBJECT),
        written_at: dated::written_at(mail, received_at),
        ..unreadable(received_at)
    }
}

fn unreadable(received_at: DateTime<Utc>) -> Mail {
    Mail {
        sort: Sort::NotUnderstood,
        answers: Vec::new(),
        sender: None,
        sender_name: None,
        subject: String::new(),
        written_at: received_at,
        text: String::new(),
        pieces: Vec::new(),
        is_bulk: false,
        bounce: None,
    }
}

/// The address and the name of whoever signs. Several of them, or none, are nobody.
fn from(mail: &Message<'_>) -> Option<(Option<String>, Option<String>)> {
    let signed = match mail.from()? {
        Address::List(list) => list.as_slice(),
        Address::Group(_) => return None,
    };
    let [one] = signed else { return None };
    let owned = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
    Some((owned(&one.address), owned(&one.name)))
}

/// Whether it has no more parts, nested no deeper, than is looked into.
fn is_bounded(mail: &Message<'_>) -> bool {
    fn depth(mail: &Message<'_>, id: u32, left: usize) -> Option<usize> {
        let left = left.checked_sub(1)?;
        match mail.part(id).map(|part| &part.body) {
            Some(PartType::Multipart(ids)) => ids
                .iter()
                .try_fold(left, |least, id| Some(depth(mail, *id, left)?.min(least))),
            Some(PartType::Message(inner)) => depth(inner, 0, left),
            Some(
                PartType::Text(_)
                | PartType::Html(_)
                | PartType::Binary(_)
                | PartType::InlineBinary(_),
            )
            | None => Some(left),
        }
    }
    mail.parts.len() <= MAX_PARTS && depth(mail, 0, MAX_DEPTH).is_some()
}
