//! When to try again: in a header for machines, in words for people.

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use chrono::TimeDelta;

/// After this a busy server, or one whose database is away, may be asked again.
pub(crate) const WHEN_BUSY: TimeDelta = TimeDelta::seconds(10);

/// Says in the answer's header when to try again, rounded up to a second.
pub(crate) fn after(mut answer: HttpResponse, wait: TimeDelta) -> HttpResponse {
    answer.headers_mut().insert(RETRY_AFTER, header(wait));
    answer
}

/// The value of `Retry-After`, in seconds, at least one.
pub(crate) fn header(wait: TimeDelta) -> HeaderValue {
    let rest = i64::from(wait.subsec_nanos() > 0);
    let seconds = wait.num_seconds().saturating_add(rest).max(1);
    HeaderValue::from(seconds)
}

/// « dans une minute », « dans 25 minutes », « dans une heure »: rounded up to a minute.
pub(crate) fn words(wait: &TimeDelta) -> String {
    let rest = i64::from(wait.num_seconds() % 60 > 0 || wait.subsec_nanos() > 0);
    match wait.num_minutes() + rest {
        ..=1 => "dans une minute".to_owned(),
        60 => "dans une heure".to_owned(),
        minutes => format!("dans {minutes}\u{a0}minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_never_told_shorter_than_it_is() {
        let told = |seconds| words(&TimeDelta::seconds(seconds));
        assert_eq!(told(0), "dans une minute");
        assert_eq!(told(61), "dans 2\u{a0}minutes");
        assert_eq!(told(900), "dans 15\u{a0}minutes");
        assert_eq!(told(3_541), "dans une heure");
        assert_eq!(header(TimeDelta::milliseconds(1_200)), "2");
        assert_eq!(header(TimeDelta::zero()), "1");
    }
}
