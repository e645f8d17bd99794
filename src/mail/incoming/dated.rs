//! When an e-mail was written: what its `Date` says, within what the servers it went through saw.

use chrono::{DateTime, TimeDelta, Utc};
use mail_parser::{HeaderName, Message};

/// Longest way of an e-mail through servers that is believed.
const LONGEST_WAY: TimeDelta = TimeDelta::days(7);
/// How long before its first server saw it an e-mail may have been written.
const LONGEST_WAIT: TimeDelta = TimeDelta::days(3);

/// When it was written. A `Date` to come, or well before the first server saw the e-mail, is none:
/// it then counts as written when that server saw it.
pub(super) fn written_at(mail: &Message<'_>, received_at: DateTime<Utc>) -> DateTime<Utc> {
    let seen_first = mail
        .received_all()
        .filter_map(|received| received.date.as_ref().and_then(instant))
        .filter(|seen| *seen <= received_at && *seen >= received_at - LONGEST_WAY)
        .min()
        .unwrap_or(received_at);
    mail.header(HeaderName::Date)
        .and_then(|date| date.as_datetime())
        .and_then(instant)
        .filter(|written| *written <= received_at && *written >= seen_first - LONGEST_WAIT)
        .unwrap_or(seen_first)
}

/// The instant of a date, if there is such a day and hour.
pub(super) fn instant(date: &mail_parser::DateTime) -> Option<DateTime<Utc>> {
    date.is_valid()
        .then(|| DateTime::from_timestamp(date.to_timestamp(), 0))
        .flatten()
}
