//! Replies as programs write them.

use super::without_quote;
use crate::mail::incoming::tests::read;

/// What stands above the earlier e-mail, by program.
const ABOVE: [(&str, &str); 14] = [
    (
        "Gmail",
        "Le lun. 4 mai 2026 à 09:00, Asekkey – Service Réclamations <\ncontact@asekkey.fr> a écrit :\n\n> Bonjour,\n>\n> Non.\n",
    ),
    (
        "Apple Mail",
        "> Le 4 mai 2026 à 09:00, Asekkey <contact@asekkey.fr> a écrit :\n> \n> Non.\n",
    ),
    (
        "Thunderbird",
        "Le 04/05/2026 à 09:00, Asekkey a écrit :\n> Bonjour,\n>\n> Non.\n",
    ),
    (
        "Outlook",
        "________________________________\nDe : Asekkey – Service Réclamations <contact@asekkey.fr>\nEnvoyé : lundi 4 mai 2026 09:00\nÀ : jeanne@example.org <jeanne@example.org>\nObjet : Accusé de réception\n\nBonjour,\n\nNon.\n",
    ),
    (
        "Outlook, without a line",
        "De\u{a0}: Asekkey <contact@asekkey.fr>\nEnvoyé\u{a0}: lundi 4 mai 2026 09:00\nÀ\u{a0}: Jeanne\nCc\u{a0}: Paul\nObjet\u{a0}: Accusé\n\nNon.\n",
    ),
    (
        "an older Outlook",
        "-----Message d'origine-----\nDe : Asekkey [mailto:contact@asekkey.fr] \nEnvoyé : lundi 4 mai 2026 09:00\nÀ : Jeanne\nObjet : Accusé\n\nNon.\n",
    ),
    (
        "Outlook in English",
        "From: Asekkey <contact@asekkey.fr>\nSent: Monday, May 4, 2026 9:00 AM\nTo: Jeanne\nSubject: Accusé\n\nNon.\n",
    ),
    (
        "Outlook by Gmail",
        "*De :* Asekkey <contact@asekkey.fr>\n*Envoyé :* lundi 4 mai 2026 09:00\n*À :* Jeanne\n*Objet :* Accusé\n\nNon.\n",
    ),
    (
        "Orange, La Poste",
        "> Message du 04/05/26 09:00\n> De : \"Asekkey\" <contact@asekkey.fr>\n> A : jeanne@orange.fr\n> Copie à :\n> Objet : Accusé\n>\n> Non.\n",
    ),
    (
        "SFR",
        "========================================\nMessage du : 04/05/2026 09:00\nDe : \"Asekkey\" <contact@asekkey.fr>\nA : jeanne@sfr.fr\nCopie à :\nSujet : Accusé\n\nNon.\n",
    ),
    (
        "Free",
        "----- Mail original -----\nDe: \"Asekkey\" <contact@asekkey.fr>\nÀ: jeanne@free.fr\nEnvoyé: Lundi 4 Mai 2026 09:00:00\nObjet: Accusé\n\nNon.\n",
    ),
    (
        "Yahoo",
        "Le lundi 4 mai 2026 à 09:00:10 UTC+2, Asekkey <contact@asekkey.fr> a écrit :\n\n\nBonjour,\n\nNon.\n",
    ),
    (
        "Samsung",
        "-------- Message d’origine --------\nDe : Asekkey <contact@asekkey.fr>\nDate : 04/05/2026 09:00 (GMT+01:00)\nÀ : jeanne@example.org\nObjet : Accusé\n\nNon.\n",
    ),
    (
        "a reply to a reply",
        "________________________________\nDe : Asekkey <contact@asekkey.fr>\nEnvoyé : mardi\nObjet : RE: Accusé\n\nNon.\n\nLe 4 mai, Jeanne <j@example.org> a écrit :\n> Vraiment ?\n",
    ),
];

#[test]
fn a_reply_is_shown_without_the_e_mail_it_answers() {
    for (program, quote) in ABOVE {
        for new in [
            "Oui.",
            "Bonjour,\n\nOui : merci.\nLe 3 mai.\n\nJeanne\n--\n06 00 00 00 00",
        ] {
            let reply = format!("{new}\n\n{quote}");
            assert_eq!(without_quote(&reply), new, "{program}");
            let reply = reply.replace('\n', "\r\n");
            assert_eq!(
                without_quote(&reply),
                new.replace('\n', "\r\n"),
                "{program}"
            );
        }
        // A reply without a word of its own, and one that is written below.
        assert_eq!(without_quote(quote), quote, "{program}");
        let blank = format!("\n \n{quote}");
        assert_eq!(without_quote(&blank), blank, "{program}");
    }
}

#[test]
fn what_may_be_new_is_never_cut() {
    let headers = "De : Asekkey <contact@asekkey.fr>\nEnvoyé : lundi\nÀ : Jeanne\nObjet : Accusé\n";
    for whole in [
        "",
        "Oui.",
        "> x\n",
        "> x\nOui.\n> y\nNon.",
        "Voici ma liste :",
        "Oui.\n\nLe 4 mai 2026, Asekkey <contact@asekkey.fr> a écrit :\n> Un ?\nOui.\n> Deux ?\nNon.\n",
        "Le 3 mai, votre conseiller m’a écrit :\n« Non. »\nQue faire ?",
        "Trajet.\n\nDe : Paris\nÀ : Lyon\nDate : 3 mai\nObjet : déménagement\n\nMerci.",
        "Oui.\n____________________\nJeanne Lefèvre\nDe : la part de tous",
        "Voici.\n\nDébut du message réexpédié :\n\n> De : Courtier <c@example.org>\n> Objet : Refus\n>\n> Non.\n",
    ] {
        assert_eq!(without_quote(whole), whole);
    }
    for above in [
        "Mes réponses sont ci-dessous, en rouge.\n\n",
        "Voir dans le texte.\n\n-----Message d'origine-----\n",
        "Voici ce que dit mon courtier.\n\n---------- Forwarded message ---------\n",
        "Voici.\n\n-------- Message transféré --------\n",
    ] {
        let whole = format!("{above}{headers}\nBonjour,\n\nNon.\n");
        assert_eq!(without_quote(&whole), whole);
    }
    let announced = "Voici ce qui ne va pas :\n> x\n";
    assert_eq!(without_quote(announced), "Voici ce qui ne va pas :");
    let english = "Oui.\n\nOn Monday, A wrote:\n> x\n";
    assert_eq!(without_quote(english), "Oui.");
}

/// Quotes of HTML alone, which have no mark once they are text.
const HTML: [(&str, &str); 5] = [
    (
        "Gmail",
        r#"<div dir="ltr">Oui.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Le lun. 4 mai 2026 à 09:00, Asekkey &lt;<a href="mailto:contact@asekkey.fr">contact@asekkey.fr</a>&gt; a écrit :<br></div><blockquote class="gmail_quote" style="margin:0"><div>Non.<br></div></blockquote></div>"#,
    ),
    (
        "Outlook",
        r#"<html><head><style>p{}</style></head><body><div class="elementToProof">Oui.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr"><font><b>De :</b> Asekkey &lt;contact@asekkey.fr&gt;<br><b>Envoyé :</b> lundi 4 mai 2026 09:00<br><b>À :</b> Jeanne<br><b>Objet :</b> Accusé</font><div>&nbsp;</div></div><div>Non.</div></body></html>"#,
    ),
    (
        "Word",
        r"<div class=WordSection1><p class=MsoNormal>Oui.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border-top:solid'><p class=MsoNormal><b>De :</b> Asekkey &lt;contact@asekkey.fr&gt; <br><b>Envoyé :</b> lundi 4 mai 2026 09:00<br><b>À :</b> Jeanne<br><b>Objet :</b> Accusé<o:p></o:p></p></div></div><p class=MsoNormal>Non.</p></div>",
    ),
    (
        "Apple Mail",
        r#"<html><body>Oui.<br><br><blockquote type="cite"><div>Le 4 mai 2026 à 09:00, Asekkey &lt;contact@asekkey.fr&gt; a écrit :</div><br><div>Non.</div></blockquote></body></html>"#,
    ),
    (
        "Orange",
        r#"<p>Oui.</p><blockquote style="padding-left: 10px;">&gt; Message du 04/05/26 09:00<br>&gt; De : "Asekkey" &lt;contact@asekkey.fr&gt;<br>&gt; <br>Non.</blockquote>"#,
    ),
];

#[test]
fn a_quote_of_html_is_known_although_it_loses_its_marks() {
    for (program, html) in HTML {
        let raw =
            format!("From: a@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}");
        let mail = read(raw.as_bytes());
        assert_eq!(mail.new_text(), "Oui.", "{program}: {}", mail.text);
        assert!(mail.text.contains("Non."), "{program}: {}", mail.text);
    }
    let between = "<div>Voici.</div><blockquote>Un ?</blockquote><div>Oui.</div><blockquote>Deux ?</blockquote>";
    let raw = format!("From: a@example.org\r\nContent-Type: text/html\r\n\r\n{between}");
    let mail = read(raw.as_bytes());
    assert_eq!(mail.new_text(), "Voici.\n> Un ?\nOui.\n> Deux ?");
}
