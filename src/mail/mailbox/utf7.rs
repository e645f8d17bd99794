//! Names of folders as IMAP writes them (RFC 3501, 5.1.3): ASCII, the rest in a base 64 of its own.

use data_encoding::BASE64_NOPAD;

/// The name of a folder, as it is sent.
pub(super) fn encoded(name: &str) -> String {
    let mut sent = String::new();
    let mut waiting: Vec<u8> = Vec::new();
    for c in name.chars() {
        if matches!(c, ' '..='~') {
            shift_out(&mut sent, &mut waiting);
            sent.push(c);
            if c == '&' {
                sent.push('-');
            }
        } else {
            let mut units = [0; 2];
            let units = c.encode_utf16(&mut units).iter();
            waiting.extend(units.flat_map(|unit| unit.to_be_bytes()));
        }
    }
    shift_out(&mut sent, &mut waiting);
    sent
}

fn shift_out(sent: &mut String, waiting: &mut Vec<u8>) {
    if !waiting.is_empty() {
        sent.push('&');
        sent.push_str(&BASE64_NOPAD.encode(waiting).replace('/', ","));
        sent.push('-');
        waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn names_are_written_as_the_standard_shows() {
        for (name, sent) in [
            ("INBOX", "INBOX"),
            ("Réclamations", "R&AOk-clamations"),
            ("A & B", "A &- B"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        ] {
            assert_eq!(encoded(name), sent);
        }
    }
}
