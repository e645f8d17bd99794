//! What an e-mail would make the parser do, known before it does it.
//!
//! The parser keeps every part and every address of every header, and drops nested messages one inside
//! the other: it must never see what exhausts it. What begins a part is counted here by the parser's
//! own reading: white space within the name of a field is nothing, a boundary is one wherever it
//! stands, and each `Content-Type` says what the parser makes of it.

use std::borrow::Cow;

use mail_parser::{ContentType, HeaderValue, MessageParser};

use super::bounds::MAX_PARTS;

/// Most bytes of the headers of one part.
const MAX_HEAD: usize = 256 * 1024;
/// Most bytes of the headers of all parts.
const MAX_HEADERS: usize = 1024 * 1024;
/// Most beginnings of parts: each part may have a boundary and name its kind, and some boundaries end.
const MAX_BEGINNINGS: usize = 3 * MAX_PARTS;
/// Most boundaries.
const MAX_BOUNDARIES: usize = 100;

/// Whether the parser may see the whole.
pub(super) fn is_harmless(raw: &[u8]) -> bool {
    let mut left = Left {
        beginnings: MAX_BEGINNINGS,
        headers: MAX_HEADERS,
    };
    left.look(raw).is_some()
}

/// The headers of the whole; of those that are too long, the beginning.
pub(super) fn head(raw: &[u8]) -> Cow<'_, [u8]> {
    match block(raw) {
        Some(headers) => Cow::Borrowed(headers),
        None => Cow::Owned([beginning(raw), b"\r\n\r\n"].concat()),
    }
}

/// What an e-mail may still hold.
struct Left {
    beginnings: usize,
    headers: usize,
}

impl Left {
    /// Looks at the whole; none when it holds too much.
    fn look(&mut self, raw: &[u8]) -> Option<()> {
        self.read(raw)?;
        let mut boundaries: Vec<Vec<u8>> = Vec::new();
        for at in fields(raw, b"content-type") {
            self.begin()?;
            let (before, after) = raw.split_at_checked(at)?;
            let value = block(after).unwrap_or_else(|| beginning(after));
            let field = [b"Content-Type:", value, b"\r\n\r\n"].concat();
            match Kind::of(&field) {
                Kind::Plain => {}
                Kind::Refused => return None,
                Kind::Nested if is_encoded(before, value) => return None,
                Kind::Nested => self.read(after.get(value.len()..)?)?,
                Kind::Parts(boundary) if boundaries.contains(&boundary) => {}
                Kind::Parts(boundary) => boundaries.push(boundary),
            }
            if boundaries.len() > MAX_BOUNDARIES {
                return None;
            }
        }
        let dashes = raw.windows(2).enumerate();
        for (at, _) in dashes.filter(|(_, pair)| pair == b"--") {
            let after = raw.get(at.checked_add(2)?..)?;
            for boundary in &boundaries {
                if let Some(after) = after.strip_prefix(boundary.as_slice()) {
                    self.begin()?;
                    self.read(after)?;
                }
            }
        }
        Some(())
    }

    fn begin(&mut self) -> Option<()> {
        self.beginnings = self.beginnings.checked_sub(1)?;
        Some(())
    }

    fn read(&mut self, headers: &[u8]) -> Option<()> {
        self.headers = self.headers.checked_sub(block(headers)?.len())?;
        Some(())
    }
}

/// What the parser makes of a `Content-Type`.
enum Kind {
    /// A part without parts.
    Plain,
    /// A message within the message.
    Nested,
    /// Parts between boundaries.
    Parts(Vec<u8>),
    /// Parts that are messages and need not say so: nobody sends such a thing any more.
    Refused,
}

impl Kind {
    fn of(field: &[u8]) -> Self {
        let parsed = MessageParser::default().parse_headers(field);
        let first = parsed.as_ref().and_then(|mail| mail.headers().first());
        let Some(HeaderValue::ContentType(kind)) = first.map(|header| &header.value) else {
            return Self::Plain;
        };
        match (kind.ctype(), kind.subtype()) {
            ("multipart", Some("digest")) => Self::Refused,
            ("multipart", _) => Self::parts(kind),
            ("message", Some("rfc822" | "global")) => Self::Nested,
            _ => Self::Plain,
        }
    }

    fn parts(kind: &ContentType<'_>) -> Self {
        match kind.attribute("boundary") {
            Some(boundary) if !boundary.is_empty() => Self::Parts(boundary.as_bytes().to_vec()),
            _ => Self::Plain,
        }
    }
}

/// Whether the headers that stand around may say that the message within is encoded: what it holds
/// would show only once it is parsed, and it must not be (RFC 2046, 5.2.1).
fn is_encoded(before: &[u8], after: &[u8]) -> bool {
    let far = before.len().saturating_sub(MAX_HEAD);
    let near = before.get(far..).unwrap_or_default();
    let mut is_blank = false;
    let since_blank = near.iter().rev().position(|byte| match byte {
        b'\n' if is_blank => true,
        b'\n' => {
            is_blank = true;
            false
        }
        b'\r' => false,
        _ => {
            is_blank = false;
            false
        }
    });
    let start = since_blank.map_or(0, |length| near.len().saturating_sub(length));
    let headers = [near.get(start..).unwrap_or_default(), after].concat();
    fields(&headers, b"content-transfer-encoding").any(|at| {
        let value = headers.get(at..).unwrap_or_default();
        let value = value.iter().filter(|byte| !byte.is_ascii_whitespace());
        let value: Vec<u8> = value.take(6).map(u8::to_ascii_lowercase).collect();
        !(value.starts_with(b"7bit") || value.starts_with(b"8bit") || value == b"binary")
    })
}

/// Where the values of the fields of this name begin, wherever they stand.
fn fields(raw: &[u8], name: &'static [u8]) -> impl Iterator<Item = usize> {
    let colons = raw.iter().enumerate().filter(|(_, byte)| **byte == b':');
    let named = colons.filter(move |(at, _)| is_named(raw.get(..*at).unwrap_or_default(), name));
    named.map(|(at, _)| at.saturating_add(1))
}

fn is_named(before: &[u8], name: &[u8]) -> bool {
    let seen = |byte: &&u8| !byte.is_ascii_whitespace() || **byte == b'\n';
    let mut letters = before.iter().rev().filter(seen);
    name.iter().rev().all(|letter| {
        let byte = letters.next();
        byte.is_some_and(|byte| byte.eq_ignore_ascii_case(letter))
    })
}

/// What stands before the first blank line, with it; none when that is too long.
fn block(raw: &[u8]) -> Option<&[u8]> {
    let mut is_blank = false;
    for (at, byte) in raw.iter().take(MAX_HEAD).enumerate() {
        match byte {
            b'\n' if is_blank => return raw.get(..=at),
            b'\n' => is_blank = true,
            b'\r' => {}
            _ => is_blank = false,
        }
    }
    (raw.len() <= MAX_HEAD).then_some(raw)
}

fn beginning(raw: &[u8]) -> &[u8] {
    raw.get(..MAX_HEAD).unwrap_or(raw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::incoming::tests::read;
    use crate::mail::incoming::{Sort, key};

    const PARTS: &str = "Content-Type: multipart/mixed; boundary=B\r\n\r\n";

    #[test]
    fn what_the_parser_would_read_as_too_much_never_reaches_it() {
        let addresses = "a,".repeat(1_000_000);
        let coded = "Content-Transfer-Encoding: base64\r\n";
        for trap in [
            format!(
                "Content-Type: message/rfc822\r\n\r\n{}",
                " Content-Type: message/rfc822\r\n\r\n".repeat(100_000)
            ),
            "Con tent-Ty\tpe : message/rfc822\r\n\r\n".repeat(100_000),
            "\x0c:Content-Type:\r\n message/rfc822\n\n".repeat(100_000),
            format!("{PARTS}{}", "--B\n\nx\n".repeat(1_000_000)),
            format!("{PARTS}{}", "x--B\x0c\x0c\n".repeat(100_000)),
            format!(
                "{PARTS}{}",
                "--BContent-Type: message/rfc822\n\n".repeat(1_000)
            ),
            format!(
                "Content-Type: multipart/mixed; boundary*0=A; boundary*1=B\r\n\r\n{}",
                "--AB\n\nx\n".repeat(100_000)
            ),
            format!("{PARTS}--B\r\n{coded}Content-Type: message/rfc822\r\n\r\nLS1C\r\n"),
            // A line that begins with a space would only go on with the field before it.
            format!(
                "{PARTS}--B\r\nContent-Type: MESSAGE/RFC822;\r\n x=y\r\nX: z\r\n{coded}\r\nLS1C\r\n"
            ),
            "Content-Type: multipart/digest; boundary=B\r\n\r\n--B\r\n\r\nx".to_owned(),
            format!("To: {addresses}\r\n\r\nx"),
            format!("References: {}\r\n\r\nx", "<a@b> ".repeat(1_000_000)),
            format!("{PARTS}--B\r\nTo: {addresses}\r\n\r\nx"),
            format!("Content-Type: message/rfc822\r\n\r\nTo: {addresses}\r\n\r\nx"),
            format!(
                "{PARTS}{}",
                format!("--B\r\nTo: {addresses:.20000}\r\n\r\nx\r\n").repeat(60)
            ),
        ] {
            let raw = format!("Subject: Boum\r\nFrom: a@example.org\r\n{trap}");
            assert!(!is_harmless(raw.as_bytes()), "{trap:.80}");
            let mail = read(raw.as_bytes());
            assert_eq!(mail.sort, Sort::NotUnderstood, "{trap:.80}");
            assert_eq!(mail.subject, "Boum", "{trap:.80}");
            key(raw.as_bytes());
        }
    }

    #[test]
    fn the_worst_that_passes_needs_little_of_a_stack() {
        let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(MAX_BEGINNINGS);
        let worst = format!("From: a@example.org\r\n{nested}");
        assert!(is_harmless(worst.as_bytes()));
        // Half of what the threads have that e-mails are understood on.
        let thread = std::thread::Builder::new().stack_size(1024 * 1024);
        let thread = thread.spawn(move || read(worst.as_bytes()).sort).unwrap();
        assert_eq!(thread.join().unwrap(), Sort::NotUnderstood);
    }

    #[test]
    fn what_people_send_passes() {
        let styles = "<p style=\"--x:1\"><!-- x -->\r\n".repeat(10_000);
        let piece =
            "--B\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n";
        let forward = "--B\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
            Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n";
        for body in [
            piece.repeat(190),
            format!("--B\r\n\r\n{styles}"),
            forward.to_owned(),
        ] {
            let raw = format!("From: a@example.org\r\n{PARTS}{body}--B--\r\n");
            assert_eq!(read(raw.as_bytes()).sort, Sort::Person, "{body:.80}");
        }
    }
}
