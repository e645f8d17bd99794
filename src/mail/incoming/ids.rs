//! Message-IDs: those of others, and ours, which are tokens that only their reader knows.

use mail_parser::HeaderValue;

use crate::firm;

/// Bytes of the end of our Message-IDs: a sign and the firm's domain.
const END: usize = 1 + firm::DOMAIN.len();
/// Most ids kept of one e-mail.
const MAX_IDS: usize = 50;
/// Digits of the identifier in an id of ours.
const DIGITS: usize = 32;

/// The ids that a header lists, without their angle brackets, the last ones first: the closest e-mail is
/// named last.
pub(super) fn listed(value: &HeaderValue<'_>) -> Vec<String> {
    let ids: Vec<&str> = match value {
        HeaderValue::Text(id) => vec![id.as_ref()],
        HeaderValue::TextList(ids) => ids.iter().map(AsRef::as_ref).collect(),
        HeaderValue::Address(_)
        | HeaderValue::DateTime(_)
        | HeaderValue::ContentType(_)
        | HeaderValue::Received(_)
        | HeaderValue::Empty => Vec::new(),
    };
    ids.into_iter().rev().take(MAX_IDS).map(bare).collect()
}

fn bare(id: &str) -> String {
    id.trim().trim_matches(['<', '>']).to_owned()
}

/// The ids among these that can only be ours.
pub(super) fn ours(ids: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut ours: Vec<String> = Vec::new();
    for id in ids {
        let id = id.to_lowercase();
        if is_ours(&id) && !ours.contains(&id) {
            ours.push(id);
        }
    }
    ours
}

fn is_ours(id: &str) -> bool {
    let token = id.strip_suffix(firm::DOMAIN);
    token
        .and_then(|token| token.strip_suffix('@'))
        .is_some_and(|token| {
            token.len() == DIGITS && token.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

/// The ids of ours that stand anywhere in these bytes: what returns to us quotes what it returns.
pub(super) fn within(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let length = DIGITS + END;
    let mut rest = bytes;
    while let Some(at) = rest.windows(END).position(is_domain) {
        let end = at.saturating_add(END);
        let id = end
            .checked_sub(length)
            .and_then(|start| rest.get(start..end));
        if let Some(id) = id.and_then(|id| std::str::from_utf8(id).ok()) {
            found.push(id.to_owned());
        }
        if found.len() >= MAX_IDS {
            break;
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    ours(found)
}

fn is_domain(window: &[u8]) -> bool {
    let domain = window.strip_prefix(b"@");
    domain.is_some_and(|domain| domain.eq_ignore_ascii_case(firm::DOMAIN.as_bytes()))
}
