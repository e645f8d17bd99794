//! Arbitrary bytes, and arbitrary lines of e-mails.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::key;
use super::tests::{at, read};

proptest! {
    #[test]
    fn no_bytes_make_it_panic(raw in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let mail = read(&raw);
        prop_assert!(mail.written_at <= at());
        key(&raw);
    }

    #[test]
    fn no_headers_make_it_panic(lines in prop::collection::vec(line(), 0..40)) {
        let mail = read(lines.concat().as_bytes());
        let pieces: usize = mail.pieces.iter().map(|piece| piece.bytes.len()).sum();
        prop_assert!(pieces <= 4 * lines.concat().len() + 64);
        prop_assert!(!mail.subject.contains(['\r', '\n', '\0']));
        prop_assert!(mail.written_at >= at() - TimeDelta::days(11));
    }
}

/// Lines that e-mails are made of.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("From: a@example.org\r\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("--B\r\n".to_owned()),
        Just("--B--\r\n".to_owned()),
        "(Date|Received|Subject|From|To|References|In-Reply-To|Content-Type|Return-Path): .{0,60}\r\n",
        Just("Content-Type: multipart/mixed; boundary=B\r\n".to_owned()),
        Just(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n"
                .to_owned()
        ),
        Just("Content-Type: message/rfc822\r\n".to_owned()),
        Just("Content-Transfer-Encoding: base64\r\n".to_owned()),
        Just("Content-Type: text/html; charset=utf-7\r\n".to_owned()),
        ".{0,80}\r\n",
    ]
}
