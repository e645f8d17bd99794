//! A header as the last server wrote it: what stands below may be the sender's.

use mail_parser::Message;

/// The topmost header of this name; blank when it is no text.
pub(super) fn topmost<'a>(mail: &'a Message<'_>, name: &str) -> Option<&'a str> {
    let mut headers = mail.headers().iter();
    let header = headers.find(|header| header.name.as_str().eq_ignore_ascii_case(name))?;
    let start = usize::try_from(header.offset_start()).ok()?;
    let end = usize::try_from(header.offset_end()).ok()?;
    let value = mail.raw_message.get(start..end)?;
    Some(std::str::from_utf8(value).unwrap_or_default().trim())
}
