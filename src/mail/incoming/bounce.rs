//! E-mails of ours that come back: which one, and whether for good.

use chrono::{DateTime, Utc};
use mail_parser::{Message, MimeHeaders, PartType};

use super::bounds::tidy_line;
use super::{dated, header, ids};
use crate::mail::EmailAddress;

/// The header in which a server names whom it could not reach.
pub(super) const FAILED_RECIPIENTS: &str = "X-Failed-Recipients";
/// Most paragraphs read of a report, and recipients of a header.
const MAX_PARAGRAPHS: usize = 100;
/// Most characters kept of a field.
const MAX_FIELD: usize = 400;

/// What a server tells of an e-mail it could not deliver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BounceReport {
    /// The Message-IDs of ours that it quotes.
    pub ours: Vec<String>,
    /// Whether something will never be delivered: it failed, whatever the status of that.
    pub is_final: bool,
    /// Whether nobody sent it, as servers send reports (RFC 3464, 2), as far as that is known.
    pub is_from_nobody: bool,
    /// When what it could not deliver had arrived at its server, UTC, if it says so.
    pub arrived_at: Option<DateTime<Utc>>,
    /// Whom it could not reach, as it names them.
    unreached: Vec<EmailAddress>,
}

impl BounceReport {
    /// Whether it says that it did not reach this address.
    pub fn names(&self, recipient: &str) -> bool {
        let key = |address: &EmailAddress| {
            let address = address.for_transport()?;
            Some(address.to_string().to_lowercase())
        };
        let sought = EmailAddress::parse(recipient).ok().as_ref().and_then(key);
        sought.is_some() && self.unreached.iter().any(|address| key(address) == sought)
    }
}

/// Whether the whole is a report of a delivery.
pub(super) fn is_report(mail: &Message<'_>) -> bool {
    mail.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("multipart")
            && kind
                .subtype()
                .is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
            && kind
                .attribute("report-type")
                .is_none_or(|report| report.eq_ignore_ascii_case("delivery-status"))
    })
}

/// Reads a report, or the words of a server that writes none.
pub(super) fn read(mail: &Message<'_>, text: &str) -> BounceReport {
    let (mut ours, mut told, mut arrived_at) = (Vec::new(), Vec::new(), None);
    for part in mail.parts.iter().skip(1) {
        let is_status = part.content_type().is_some_and(|kind| {
            kind.subtype()
                .is_some_and(|subtype| subtype.eq_ignore_ascii_case("delivery-status"))
        });
        let bytes = match &part.body {
            PartType::Message(inner) => inner.raw_message(),
            PartType::Text(_)
            | PartType::Html(_)
            | PartType::Binary(_)
            | PartType::InlineBinary(_)
            | PartType::Multipart(_) => part.contents(),
        };
        if is_status {
            let fields = paragraphs(&String::from_utf8_lossy(bytes));
            arrived_at = arrived_at.or_else(|| fields.iter().find_map(|field| arrival(field)));
            told.extend(fields.iter().map(|fields| told_of(fields)));
        }
        ours.extend(ids::within(bytes));
    }
    ours.extend(ids::within(text.as_bytes()));
    let is_told = told.iter().any(|told| told.is_final.is_some());
    let failed = |told: &Told| told.is_final == Some(true);
    BounceReport {
        ours: ids::ours(ours),
        is_final: told.iter().any(failed) || (!is_told && names_permanent_failure(text)),
        is_from_nobody: header::topmost(mail, "Return-Path").is_none_or(|path| path == "<>"),
        arrived_at,
        unreached: told
            .into_iter()
            .filter(|told| failed(told) || !is_told)
            .flat_map(|told| told.of)
            .chain(failed_recipients(mail))
            .collect(),
    }
}

/// What a report tells of one recipient, in a paragraph.
struct Told {
    /// The recipient, as the server knows it, and as we wrote it.
    of: Vec<EmailAddress>,
    /// None when it says neither what was done nor how that ended.
    is_final: Option<bool>,
}

fn paragraphs(fields: &str) -> Vec<String> {
    let lines = fields.replace("\r\n", "\n");
    let unfolded = lines.replace("\n ", " ").replace("\n\t", " ");
    let paragraphs = unfolded.split("\n\n").take(MAX_PARAGRAPHS);
    paragraphs.map(str::to_owned).collect()
}

/// The instant of `Arrival-Date: Thu, 30 Apr 2026 10:00:00 +0200` (RFC 3464, 2.2.5).
fn arrival(paragraph: &str) -> Option<DateTime<Utc>> {
    let date = field(paragraph, "arrival-date:")?;
    let date = mail_parser::DateTime::parse_rfc822(&date)?;
    dated::instant(&date)
}

fn told_of(paragraph: &str) -> Told {
    let word = |name| {
        let value = field(paragraph, name)?.to_lowercase();
        value.split([' ', ';', '(']).next().map(str::to_owned)
    };
    let (action, status) = (word("action:"), word("status:"));
    let named = ["final-recipient:", "original-recipient:"];
    let named = named.into_iter().filter_map(|name| field(paragraph, name));
    Told {
        of: named.filter_map(|value| recipient(&value)).collect(),
        is_final: match (action.as_deref(), status) {
            (Some("failed"), _) => Some(true),
            (Some("delayed" | "delivered" | "relayed" | "expanded"), _) => Some(false),
            (_, Some(status)) => Some(status.starts_with('5')),
            (_, None) => None,
        },
    }
}

fn field(paragraph: &str, name: &str) -> Option<String> {
    let value = paragraph.lines().take(500).find_map(|line| {
        let (start, value) = line.split_at_checked(name.len())?;
        start.eq_ignore_ascii_case(name).then_some(value)
    })?;
    Some(tidy_line(value, MAX_FIELD))
}

/// The address of `rfc822; jeanne@example.org`.
fn recipient(value: &str) -> Option<EmailAddress> {
    let address = value.split_once(';').map_or(value, |(_, address)| address);
    EmailAddress::parse(address.trim().trim_matches(['<', '>'])).ok()
}

/// Whom servers name that write no report.
fn failed_recipients(mail: &Message<'_>) -> Vec<EmailAddress> {
    let named = header::topmost(mail, FAILED_RECIPIENTS).unwrap_or_default();
    let named = named.split(',').take(MAX_PARAGRAPHS);
    named.filter_map(recipient).collect()
}

/// A server that writes no report quotes the code of its refusal: `550 5.1.1 …`.
fn names_permanent_failure(text: &str) -> bool {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '#' | '(' | ')' | ','));
    words.take(5_000).any(|word| {
        let digits: Vec<&str> = word.split('.').collect();
        matches!(digits.as_slice(), ["5", detail, cause]
            if [detail, cause].iter().all(|n| n.len() <= 3 && n.parse::<u16>().is_ok()))
            || matches!(word, "550" | "551" | "553" | "554")
    })
}
