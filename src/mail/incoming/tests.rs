//! Each kind of e-mail.

use chrono::{DateTime, Utc};

use super::{Arrived, Mail, Sort, key, understand};

pub(super) fn at() -> DateTime<Utc> {
    "2026-05-04T10:00:00Z".parse().unwrap()
}

pub(super) fn read(raw: &[u8]) -> Mail {
    understand(Arrived {
        raw,
        is_whole: true,
        at: at(),
    })
}

/// An e-mail of Jeanne's with these headers before its text.
fn with(headers: &str) -> Mail {
    let raw = format!(
        "From: Jeanne Lefèvre <jeanne@example.org>\r\nSubject: Bonjour\r\n{headers}\r\nUn mot.\r\n"
    );
    read(raw.as_bytes())
}

#[test]
fn a_plain_e_mail_says_who_wrote_what_and_when() {
    let mail = with("Date: Sun, 3 May 2026 18:30:00 +0200\r\nMessage-ID: <a@b>\r\n");
    assert_eq!(mail.sort, Sort::Person);
    assert_eq!(mail.sender.unwrap().as_str(), "jeanne@example.org");
    assert_eq!(mail.sender_name.unwrap(), "Jeanne Lefèvre");
    assert_eq!(mail.subject, "Bonjour");
    assert_eq!(mail.text, "Un mot.");
    assert_eq!(
        mail.written_at,
        "2026-05-03T16:30:00Z".parse::<DateTime<Utc>>().unwrap()
    );
    assert_eq!((mail.answers.len(), mail.pieces.len()), (0, 0));
}

#[test]
fn a_date_is_believed_within_what_the_servers_saw() {
    let seen = "Received: from a by b; Sun, 3 May 2026 09:00:00 +0000\r\n\
                Received: from c by a; Sat, 2 May 2026 08:00:00 +0000\r\n";
    for (date, written) in [
        ("Sat, 2 May 2026 07:59:00 +0000", "2026-05-02T07:59:00Z"),
        ("Fri, 1 May 2026 08:00:00 +0000", "2026-05-01T08:00:00Z"),
        // To come, long before the first server saw it, impossible, none.
        ("Tue, 5 May 2026 08:00:00 +0000", "2026-05-02T08:00:00Z"),
        ("Wed, 1 Apr 2026 08:00:00 +0000", "2026-05-02T08:00:00Z"),
        ("Thu, 32 Foo 2026 08:00:00", "2026-05-02T08:00:00Z"),
        ("", "2026-05-02T08:00:00Z"),
    ] {
        let mail = with(&format!("{seen}Date: {date}\r\n"));
        assert_eq!(
            mail.written_at,
            written.parse::<DateTime<Utc>>().unwrap(),
            "{date}"
        );
    }
    // A server that claims to have seen it last year, or tomorrow, is not believed either.
    let forged = "Received: from a by b; Thu, 1 May 2025 09:00:00 +0000\r\n\
                  Received: from a by b; Thu, 7 May 2026 09:00:00 +0000\r\n";
    assert_eq!(with(forged).written_at, at());
}

#[test]
fn machines_are_told_from_persons() {
    for (headers, sort) in [
        ("", Sort::Person),
        ("Auto-Submitted: no\r\n", Sort::Person),
        ("Return-Path: <jeanne@example.org>\r\n", Sort::Person),
        (
            "List-Id: Reclamations <reclamation.asekkey.fr>\r\n",
            Sort::Person,
        ),
        ("Auto-Submitted: auto-replied\r\n", Sort::AutoReply),
        ("X-Auto-Response-Suppress: All\r\n", Sort::Person),
        ("Precedence: bulk\r\n", Sort::Person),
        ("Return-Path: <>\r\n", Sort::AutoReply),
        // The lower one is the sender's.
        (
            "Return-Path: <jeanne@example.org>\r\nReturn-Path: <>\r\n",
            Sort::Person,
        ),
        ("List-Id: <news.example.org>\r\n", Sort::List),
        (
            "List-Unsubscribe: <mailto:a@example.org>\r\nPrecedence: bulk\r\n",
            Sort::List,
        ),
    ] {
        assert_eq!(with(headers).sort, sort, "{headers}");
    }
    assert!(with("Precedence: junk\r\n").is_bulk);
    assert!(!with("Precedence: bulk\r\nReturn-Path: <>\r\n").is_bulk);
    for subject in [
        "Automatic reply: Bonjour",
        "=?utf-8?Q?R=C3=A9ponse_automatique_:_oui?=",
    ] {
        let mail = read(format!("From: a@example.org\r\nSubject: {subject}\r\n\r\nx").as_bytes());
        assert_eq!(mail.sort, Sort::AutoReply, "{subject}");
    }
}

#[test]
fn a_bounce_names_the_e_mail_of_ours_and_whether_for_good() {
    let id = format!("{}@asekkey.fr", "0f".repeat(16));
    let report = |action: &str, status: &str| {
        let raw = format!(
            "From: MAILER-DAEMON@relay.example\r\nContent-Type: multipart/report; \
             report-type=delivery-status; boundary=B\r\n\r\n--B\r\n\r\nSorry.\r\n--B\r\n\
             Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n\
             Final-Recipient: rfc822; a@example.org\r\nAction: {action}\r\nStatus: {status}\r\n\r\n\
             --B\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{id}>\r\nSubject: x\r\n\r\ny\r\n--B--\r\n"
        );
        let mail = read(raw.as_bytes());
        assert_eq!(mail.sort, Sort::Bounce);
        let bounce = mail.bounce.unwrap();
        assert_eq!(bounce.ours, [id.as_str()]);
        assert!(bounce.is_from_nobody);
        assert_eq!(bounce.names("A@example.org"), bounce.is_final);
        assert!(!bounce.names("b@example.org"));
        bounce.is_final
    };
    assert!(report("failed", "5.1.1"));
    assert!(report("failed", "4.4.1"), "it is tried no more");
    assert!(!report("delayed", "4.4.1"));
    assert!(!report("delivered", "2.0.0"));
    let plain = format!(
        "From: Mail Delivery <mailer-daemon@x.example>\r\nReturn-Path: <>\r\n\r\n\
         550 5.1.1 unknown user\r\n> Message-ID: <{id}>\r\n"
    );
    let mail = read(plain.as_bytes());
    let bounce = mail.bounce.unwrap();
    assert!(bounce.is_final);
    assert_eq!(bounce.ours, [id.as_str()]);
}

#[test]
fn only_ids_of_our_shape_are_tokens_the_closest_first() {
    let [a, b] = ["ab", "cd"].map(|pair| format!("{}@asekkey.fr", pair.repeat(16)));
    let mail = with(&format!(
        "References: <x@example.org> <{a}> <{b}>\r\nIn-Reply-To: <{b}>\r\n"
    ));
    assert_eq!(mail.answers, [b, a]);
    let forged =
        with("In-Reply-To: <'; DROP TABLE@asekkey.fr> <1@asekkey.fr> <ASK-2026@asekkey.fr>\r\n");
    assert_eq!(forged.answers, Vec::<String>::new());
}

#[test]
fn charsets_and_html_become_text() {
    let part = |kind: &str, encoding: &str, bytes: &[u8]| {
        let head = format!(
            "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\
             Content-Transfer-Encoding: {encoding}\r\n\r\n"
        );
        read(&[head.as_bytes(), bytes].concat()).text
    };
    assert_eq!(
        part(
            "text/plain; charset=iso-8859-15",
            "8bit",
            b"10 \xa4 \xe9t\xe9"
        ),
        "10 € été"
    );
    assert_eq!(
        part("text/plain; charset=utf-7", "7bit", b"d+AOk-j+AOA-"),
        "déjà"
    );
    assert_eq!(
        part("text/plain; charset=utf-8", "8bit", b"\xe9t\xe9"),
        "\u{fffd}t\u{fffd}"
    );
    assert_eq!(
        part("text/plain; charset=no-such", "8bit", "été".as_bytes()),
        "été"
    );
    assert_eq!(
        part(
            "text/plain; charset=windows-1252",
            "quoted-printable",
            b"l=92=E9t=E9"
        ),
        "l’été"
    );
    let html = b"<style>p{}</style><p>Bonjour,</p><p>Un <b>mot</b>&nbsp;: &eacute;t&eacute;.</p><script>x()</script>";
    let text = part("text/html; charset=utf-8", "8bit", html);
    assert!(
        text.starts_with("Bonjour,") && text.contains("mot"),
        "{text}"
    );
    assert!(!text.contains('<') && !text.contains("x()"), "{text}");
    assert_eq!(
        part("text/plain", "8bit", b"a\0b\x1b[2Jc\r\nd"),
        "ab[2Jc\nd"
    );
}

#[test]
fn pieces_have_safe_lines_for_names() {
    let raw = "From: a@example.org\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nVoir.\r\n\
        --B\r\nContent-Type: application/pdf; name=\"a\"\r\nContent-Disposition: attachment; \
        filename*=utf-8''re%CC%81su%0D%0Ame.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n\
        --B\r\nContent-Type: image/png\r\n\r\nx\r\n--B--\r\n";
    let mail = read(raw.as_bytes());
    let names: Vec<&str> = mail
        .pieces
        .iter()
        .map(|piece| piece.name.as_str())
        .collect();
    assert_eq!(names, ["re\u{301}su me.pdf", "piece-2.png"]);
    assert_eq!(mail.pieces[0].bytes, b"%PDF-");
    assert_eq!((mail.text.as_str(), mail.sort), ("Voir.", Sort::Person));
}

#[test]
fn what_is_built_to_exhaust_is_not_looked_into() {
    let bombs = [
        format!(
            "Content-Type: multipart/mixed; boundary=B\r\n\r\n{}",
            "--B\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(1_000)
        ),
        format!(
            "Content-Type: multipart/mixed; boundary=B\r\n\r\n{}",
            "--B\r\n\r\nx\r\n".repeat(1_000)
        ),
        "Content-Type: message/rfc822\r\n\r\n".repeat(50),
        "Content-Type: message/rfc822\r\n\r\n".repeat(500_000),
        (0..50).fold(String::new(), |mail, n| {
            format!("{mail}Content-Type: multipart/mixed; boundary=B{n}\r\n\r\n--B{n}\r\n")
        }),
    ];
    for bomb in bombs {
        let mail = read(format!("From: a@example.org\r\nSubject: Boum\r\n{bomb}").as_bytes());
        assert_eq!(mail.sort, Sort::NotUnderstood, "{bomb:.80}");
        assert_eq!((mail.subject.as_str(), mail.pieces.len()), ("Boum", 0));
    }
    let long = format!("From: a@example.org\r\n\r\n{}", "x\u{e9}".repeat(2_000_000));
    assert_eq!(read(long.as_bytes()).text.chars().count(), 100_000);
}

#[test]
fn a_forward_that_ends_before_it_began_is_read() {
    let forward = "Content-Type: message/rfc822\r\n\r\n";
    let raw = format!(
        "From: a@example.org\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n{forward}{forward}\r\n--B--\r\n"
    );
    assert_eq!(read(raw.as_bytes()).sort, Sort::Person);
}

#[test]
fn the_same_e_mail_by_two_ways_has_one_key() {
    let mail = "From: a@example.org\r\nMessage-ID: <1@example.org>\r\n\r\nUn\r\n";
    let again = format!("Received: from x by y\r\n{mail}");
    assert_eq!(key(mail.as_bytes()), key(again.as_bytes()));
    for other in [
        mail.replace("Un", "Deux"),
        mail.replace("a@", "b@"),
        mail.replace("<1@", "<2@"),
    ] {
        assert_ne!(key(mail.as_bytes()), key(other.as_bytes()));
    }
}
