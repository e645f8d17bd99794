//! The acknowledgement of a complaint (R17–R18): nothing of what the person wrote is in it.

use askama::Template;
use chrono::NaiveDate;

use crate::calendar::{Promise, plain_date};
use crate::mail::words::{
    ConfirmLink, FollowWay, MediationRight, MediatorBlock, Opening, WordsError, compose, filters,
};
use crate::mail::{Composed, Desk, Origin};

/// *Accusé de réception* of a complaint, which holds nothing of what the person wrote.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/acknowledgement.txt", escape = "none")]
pub struct Acknowledgement<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// The day it reached us, Paris calendar.
    pub received_on: NaiveDate,
    /// The day retained as that of sending, from which the delays run.
    pub sent_on: NaiveDate,
    /// By when we answer.
    pub answer: Promise,
    /// How that date was found.
    pub answer_why: &'a [String],
    /// How the mediator's date was found; not shown to a professional.
    pub mediation_why: &'a [String],
    /// The mediator.
    pub mediator: MediatorBlock,
    /// When it was made a complaint, Paris calendar, if it was an information request before.
    pub converted_on: Option<NaiveDate>,
    /// The link to confirm the address; none once it is.
    pub confirm: Option<ConfirmLink<'a>>,
    /// The way to the case page.
    pub follow: FollowWay<'a>,
}

impl Acknowledgement<'_> {
    /// What follows.
    fn steps(&self) -> Vec<Step<'_>> {
        let whys = (self.answer_why, self.mediation_why);
        steps(self.answer, self.mediator.right, whys)
    }

    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = format!(
            "Accusé de réception de votre réclamation {}",
            self.reference
        );
        compose(subject, self, Origin::Reply, Desk::Complaints)
    }
}

/// One thing that follows, and how its date was found.
#[derive(Clone, Debug)]
pub(super) struct Step<'a> {
    /// What.
    pub(super) what: String,
    /// Why then.
    pub(super) why: &'a [String],
}

/// What follows an acknowledgement: our answer, then the mediator for who has a right to it.
pub(super) fn steps<'a>(
    answer: Promise,
    right: MediationRight,
    (answer_why, mediation_why): (&'a [String], &'a [String]),
) -> Vec<Step<'a>> {
    let what = match answer {
        Promise::OnOrBefore(date) => format!(
            "Au plus tard le {}\u{202f}: notre réponse motivée, par écrit.",
            plain_date(date)
        ),
        Promise::WithoutWaiting => "Sans attendre\u{202f}: notre réponse motivée, par écrit. Le \
                                    délai compté depuis votre premier écrit est déjà passé."
            .to_owned(),
    };
    let mut steps = vec![Step {
        what,
        why: answer_why,
    }];
    if let MediationRight::Consumer { opens, last_day } = right {
        let from = match opens {
            Opening::On(date) => format!("À partir du {}", plain_date(date)),
            Opening::Already => "Dès à présent".to_owned(),
        };
        let what = format!(
            "{from}, et jusqu’au {}\u{202f}: le recours gratuit au médiateur, si aucune solution \
             n’est trouvée ou si un désaccord persiste.",
            plain_date(last_day)
        );
        steps.push(Step {
            what,
            why: mediation_why,
        });
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples;

    #[test]
    fn acknowledgement_of_a_consumer() {
        let composed = samples::acknowledgement().compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(composed.subject, @"Accusé de réception de votre réclamation ASK-2026-000123-T");
        let own_words = samples::until(&composed.body, "Suivre votre dossier");
        insta::assert_snapshot!(own_words, @r"
        Bonjour,

        Nous avons bien reçu votre réclamation : ce courriel en est l’accusé de
        réception.

        Référence : ASK-2026-000123-T
        Reçue le : 2 mai 2026
        Date d’envoi retenue : 30 avril 2026
        Service chargé de votre dossier : Service Réclamations d’Asekkey

        Confirmer votre adresse

        https://reclamations.example.org/suivi/adresse/AbCdEf0123456789
        Ouvrez cette page et confirmez que cette adresse est bien la vôtre, au plus
        tard le 30 mai 2026. Vous recevrez aussitôt la copie datée et complète de ce
        que vous nous avez écrit ; tant que l’adresse n’est pas confirmée, nos
        courriels n’en reprennent rien. Votre réclamation est enregistrée et les
        délais courent, que vous confirmiez ou non.

        Ce qui va se passer

        - Au plus tard le 30 juin 2026 : notre réponse motivée, par écrit.
          Départ : jeudi 30 avril 2026, date du premier écrit (ce jour ne compte
          pas).
          Règle : 2 mois, de date à date.
        - À partir du 29 juin 2026, et jusqu’au 30 avril 2027 : le recours gratuit
          au médiateur, si aucune solution n’est trouvée ou si un désaccord
          persiste.
          Départ : jeudi 30 avril 2026, date du premier écrit (ce jour ne compte
          pas).
          Règle : 2 mois, de date à date.
        ");
        for part in [
            samples::FOLLOW_URL,
            crate::firm::COMPLAINTS_EMAIL,
            "Le médiateur\n\nSi aucune solution",
            "dites-le-nous en répondant à ce courriel.",
        ] {
            assert!(composed.body.contains(part), "{part}");
        }
    }

    #[test]
    fn acknowledgement_of_a_professional_whose_delay_is_past() {
        let composed = Acknowledgement {
            answer: Promise::WithoutWaiting,
            answer_why: &[],
            mediator: samples::professional(),
            ..samples::acknowledgement()
        }
        .compose()
        .unwrap();
        samples::assert_typography(&composed.body);
        let body = samples::until(&composed.body, "Suivre votre dossier");
        let (_, what_happens) = body.split_once("Ce qui va se passer\n\n").unwrap();
        insta::assert_snapshot!(what_happens, @r"
        - Sans attendre : notre réponse motivée, par écrit. Le délai compté depuis
          votre premier écrit est déjà passé.
        ");
        assert!(
            composed
                .body
                .contains("Le médiateur\n\nVous nous avez écrit à titre professionnel.")
        );
    }
}
