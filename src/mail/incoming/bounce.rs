//! E-mails of ours that come back: which one, and whether for good.

use mail_parser::{Message, MimeHeaders, PartType};

use super::bounds::tidy_line;
use super::ids;

/// What a server tells of an e-mail it could not deliver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BounceReport {
    /// The Message-IDs of ours that it quotes.
    pub ours: Vec<String>,
    /// Whether it will never be delivered: its status is 5.x.x, or it failed and none is given.
    pub is_final: bool,
    /// Its status (RFC 3463), if one is given.
    pub status: Option<String>,
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
    let mut report = BounceReport::default();
    let mut action = None;
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
            let fields = String::from_utf8_lossy(bytes);
            report.status = report.status.or_else(|| field(&fields, "status:"));
            action = action.or_else(|| field(&fields, "action:"));
        }
        report.ours.extend(ids::within(bytes));
    }
    report.ours.extend(ids::within(text.as_bytes()));
    report.ours = ids::ours(report.ours);
    report.is_final = match (report.status.as_deref(), action.as_deref()) {
        (_, Some("delayed" | "delivered" | "relayed" | "expanded")) => false,
        (Some(status), _) => status.starts_with('5'),
        (None, Some(action)) => action == "failed",
        (None, None) => names_permanent_failure(text),
    };
    report
}

fn field(fields: &str, name: &str) -> Option<String> {
    let value = fields.lines().take(500).find_map(|line| {
        let (start, value) = line.split_at_checked(name.len())?;
        start.eq_ignore_ascii_case(name).then_some(value)
    })?;
    let value = tidy_line(value, 40).to_lowercase();
    value.split([' ', ';', '(']).next().map(str::to_owned)
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
