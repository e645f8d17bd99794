//! What an e-mail is for, in French words.

use crate::case::Purpose;
use crate::mail::Obstacle;
use crate::web::staff::words;

/// What an e-mail of the ledger is for.
pub(super) fn purpose(code: &str) -> &'static str {
    match (Purpose::from_code(code), code) {
        (Some(purpose), _) => words::purpose(purpose),
        (None, "stage" | "alert") => "Alerte, pour l’équipe",
        (None, "digest") => "Point du jour, pour l’équipe",
        (None, "resume") => "Lien pour reprendre un brouillon",
        (None, "account_link") => "Lien d’un compte de l’équipe",
        (None, _) => "Courriel",
    }
}

/// What to do about what kept a relay from taking an e-mail.
pub(super) const fn remedy(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Unreachable => {
            "Vérifiez le nom du serveur, son port, et que cette machine peut le joindre."
        }
        Obstacle::TimedOut => {
            "Le serveur accepte la connexion sans répondre\u{202f}: le port ou le chiffrement \
             choisi n’est sans doute pas le sien."
        }
        Obstacle::Tls => {
            "Le serveur ne chiffre pas, ou son certificat n’est pas reconnu, ou pas à ce nom."
        }
        Obstacle::Reply(530 | 534 | 535 | 538) => "Vérifiez l’identifiant et le mot de passe.",
        Obstacle::Reply(500..=504) => {
            "Le serveur ne connaît pas ce qui lui est demandé\u{202f}: vérifiez le chiffrement."
        }
        Obstacle::Reply(550..=559) => {
            "Le serveur refuse cet expéditeur ou ce destinataire\u{202f}: demandez à son \
             exploitant d’accepter les courriels de ce site."
        }
        Obstacle::Reply(_) => "Demandez à l’exploitant du relais ce que cette réponse veut dire.",
        Obstacle::NoSmtpUtf8 => {
            "L’adresse d’essai est accentuée, et ce relais n’accepte pas de telles adresses."
        }
        Obstacle::Protocol => {
            "Ce n’est sans doute pas un serveur de courriel, ou pas avec ce chiffrement."
        }
        Obstacle::Unwritable | Obstacle::Malformed => "L’adresse d’essai est inutilisable.",
    }
}
