//! Two hundred e-mails, each trap several times, and what is to become of each.

use crate::incoming::writing::{mail, with_pieces};

/// E-mails of one kind, and what is to become of them: where they stand, and why or what they are.
pub(super) struct Kind {
    pub(super) count: usize,
    pub(super) write: fn(usize, &Known) -> Vec<u8>,
    pub(super) becomes: Option<(&'static str, &'static str)>,
}

/// What those who forge know.
pub(super) struct Known {
    pub(super) reference: String,
    pub(super) token: String,
}

const FILED: Option<(&str, &str)> = Some(("filed", "person"));

const fn kind(
    count: usize,
    write: fn(usize, &Known) -> Vec<u8>,
    becomes: Option<(&'static str, &'static str)>,
) -> Kind {
    Kind {
        count,
        write,
        becomes,
    }
}

pub(super) const KINDS: [Kind; 20] = [
    kind(
        40,
        |n, _| mail(&from(n), "Subject: Plainte\n", "Rien ne va."),
        FILED,
    ),
    kind(
        10,
        |n, _| coded(n, "text/html", b"<p>Rien <b>ne</b> va.</p>"),
        FILED,
    ),
    kind(
        10,
        |n, _| coded(n, "text/plain; charset=iso-8859-15", b"10 \xa4 \xe9t\xe9"),
        FILED,
    ),
    kind(
        10,
        |n, _| coded(n, "text/plain; charset=utf-7", b"d+AOk-j+AOA-"),
        FILED,
    ),
    kind(10, |n, _| mail(&from(n), "", "Sans identifiant."), FILED),
    // Those of the row above, come by another way.
    kind(
        10,
        |n, _| {
            mail(
                &from(n - 10),
                "Received: from a by b\n",
                "Sans identifiant.",
            )
        },
        None,
    ),
    kind(
        10,
        |n, known| mail("jeanne@example.org", &known.token, &format!("Suite {n}.")),
        FILED,
    ),
    kind(
        10,
        |n, known| mail(&from(n), &known.token, "Je réponds pour elle."),
        Some(("held", "other_sender")),
    ),
    kind(
        10,
        |n, known| {
            mail(
                &from(n),
                &format!("Subject: Re: {}\n", known.reference),
                "Changez mon RIB.",
            )
        },
        Some(("held", "reference_named")),
    ),
    kind(
        5,
        |n, _| {
            mail(
                &from(n),
                &format!("In-Reply-To: <{n:032x}@asekkey.fr>\n"),
                "Oui.",
            )
        },
        Some(("held", "unknown_token")),
    ),
    kind(
        10,
        |n, _| {
            mail(
                &from(n),
                "Subject: =?utf-8?Q?Plainte=0D=0ABcc:_x@example.net=00?=\n",
                "Injection.",
            )
        },
        FILED,
    ),
    kind(
        15,
        |n, known| {
            mail(
                "jeanne@example.org",
                &format!("{}Auto-Submitted: auto-replied\n", known.token),
                &format!("Absente {n}."),
            )
        },
        Some(("set_aside", "auto_reply")),
    ),
    kind(
        10,
        |n, _| mail(&from(n), "List-Id: <nouvelles.example.org>\n", "Lisez."),
        Some(("set_aside", "list")),
    ),
    kind(
        6,
        |n, known| {
            mail(
                "MAILER-DAEMON@example.org",
                "Return-Path: <>\nX-Failed-Recipients: jeanne@example.org\n",
                &format!("550 5.1.1 {n} {}", known.token),
            )
        },
        Some(("set_aside", "bounce")),
    ),
    kind(
        5,
        |n, _| {
            let trap = match n % 5 {
                0 => "--B\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(1_000),
                1 => "--B\n\nx\n".repeat(2_000_000),
                2 => "--B\r\n Content-Type: message/rfc822\r\n\r\n".repeat(100_000),
                3 => "--B\r\nCon tent-Type : message/rfc822\r\n\r\n".repeat(100_000),
                _ => format!("--B\r\nTo: {}\r\n\r\nx", "a,".repeat(5_000_000)),
            };
            bomb(n, &trap)
        },
        Some(("not_understood", "too_many_parts")),
    ),
    kind(
        5,
        |n, _| bomb(n, &levels(50)),
        Some(("not_understood", "too_many_parts")),
    ),
    kind(
        3,
        |n, _| {
            mail(
                &from(n),
                "Subject: Lourd\n",
                &"0123456789abcde\n".repeat(2_500_000),
            )
        },
        Some(("not_understood", "too_large")),
    ),
    kind(
        10,
        |n, _| {
            with_pieces(
                &from(n),
                "",
                "Voir.",
                &[
                    ("application/x-msdownload", "jeu.exe", b"MZ"),
                    ("application/pdf", "faux.pdf", b"MZ"),
                ],
            )
        },
        FILED,
    ),
    kind(
        5,
        |n, _| vec![0, 255, 128, u8::try_from(n).unwrap(), 13, 10],
        Some(("not_understood", "too_many_parts")),
    ),
    kind(
        6,
        |n, _| mail("root@localhost", "", &format!("Tâche {n}.")),
        Some(("held", "no_sender")),
    ),
];

fn from(n: usize) -> String {
    format!("Personne Numéro{n} <p{n}@example.org>")
}

fn coded(n: usize, kind: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "From: {}\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n",
        from(n)
    );
    [head.as_bytes(), bytes].concat()
}

fn bomb(n: usize, parts: &str) -> Vec<u8> {
    let head = format!(
        "From: {}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n",
        from(n)
    );
    [head.as_bytes(), parts.as_bytes()].concat()
}

fn levels(count: usize) -> String {
    (0..count).fold("--B\r\n".to_owned(), |whole, n| {
        format!("{whole}Content-Type: multipart/mixed; boundary=B{n}\r\n\r\n--B{n}\r\n")
    })
}
