//! The mediator's block: one text for every letter and e-mail to a complainant (R22, R35–R45).

use askama::Template;
use chrono::NaiveDate;

use crate::mail::words::{WordsError, filters};

/// The mediator's name, postal address and site, how to refer, that it is free, and the one-year
/// limit; or the other text for a professional (R41). It displays as its text, lines unbroken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Template)]
#[template(path = "mail/_mediator.txt", escape = "none")]
pub struct MediatorBlock {
    /// What it follows.
    pub occasion: Occasion,
    /// What the person may expect of the mediator.
    pub right: MediationRight,
}

/// What the block follows, which changes its first sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// The course of the procedure: acknowledgement, copy, message.
    Procedure,
    /// The reasoned answer, above all a refusal.
    Answer,
}

/// What the person may expect of the mediator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediationRight {
    /// A consumer has a right to it.
    Consumer {
        /// From when *en tout état de cause*. A date informs and never closes the door (R45).
        opens: Opening,
        /// Last day, one year after the first writing to the firm (R40), Paris calendar.
        last_day: NaiveDate,
    },
    /// Someone who complains as a professional has none.
    Professional,
}

/// From when the mediator is open in any event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// From this day, Paris calendar, today or later.
    On(NaiveDate),
    /// It has been for some time.
    Already,
}

impl Opening {
    /// The opening to announce on `today` when the mediator opens on `date`.
    pub fn on(date: NaiveDate, today: NaiveDate) -> Self {
        if date < today {
            Self::Already
        } else {
            Self::On(date)
        }
    }
}

impl MediatorBlock {
    /// The block as text, for a page or a preview.
    ///
    /// # Errors
    /// When the template fails.
    pub fn text(&self) -> Result<String, WordsError> {
        Ok(self.render()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples;

    #[test]
    fn block_of_a_consumer() {
        let text = samples::consumer().text().unwrap();
        samples::assert_typography(&text);
        insta::assert_snapshot!(text, @r"
        Si aucune solution n’est trouvée ou si un désaccord persiste, vous pouvez recourir gratuitement à un médiateur indépendant ; en tout état de cause à partir du 29 juin 2026.

        La Médiation de l’Assurance
        TSA 50110
        75441 Paris Cedex 09
        https://www.mediation-assurance.org/

        Comment le saisir : en ligne sur ce site, ou par courrier à cette adresse ; une seule de ces deux voies suffit, sans lettre recommandée. Exposez votre différend et joignez des copies de votre réclamation, de notre réponse si vous l’avez reçue, et des documents utiles. Gardez les originaux.

        Délai : un an à compter de votre réclamation écrite, soit au plus tard le 30 avril 2027.

        Ce recours est gratuit. Il suppose une réclamation écrite préalable, et que ni un tribunal ni un autre médiateur n’ait été saisi du même différend. L’avis du médiateur ne vous oblige pas : vous gardez le droit d’agir en justice.
        ");
    }

    #[test]
    fn block_of_a_professional() {
        let text = samples::professional().text().unwrap();
        samples::assert_typography(&text);
        insta::assert_snapshot!(text, @r"
        Vous nous avez écrit à titre professionnel. La médiation de la consommation est un droit réservé aux consommateurs : nous ne pouvons donc pas vous promettre que le médiateur examinera votre demande. Voici ses coordonnées ; il vous dira si votre situation relève de sa compétence.

        La Médiation de l’Assurance
        TSA 50110
        75441 Paris Cedex 09
        https://www.mediation-assurance.org/

        Vous gardez dans tous les cas le droit d’agir en justice.
        ");
    }

    #[test]
    fn first_sentence_suits_the_occasion_and_the_day() {
        let (from, last_day) = (samples::day("2026-06-29"), samples::day("2027-04-30"));
        let mut sentences = Vec::new();
        for occasion in [Occasion::Procedure, Occasion::Answer] {
            for today in [from, last_day] {
                let opens = Opening::on(from, today);
                let right = MediationRight::Consumer { opens, last_day };
                let text = MediatorBlock { occasion, right }.text().unwrap();
                samples::assert_typography(&text);
                sentences.push(text.lines().next().unwrap_or_default().to_owned());
            }
        }
        insta::assert_snapshot!(sentences.join("\n"), @r"
        Si aucune solution n’est trouvée ou si un désaccord persiste, vous pouvez recourir gratuitement à un médiateur indépendant ; en tout état de cause à partir du 29 juin 2026.
        Si aucune solution n’est trouvée ou si un désaccord persiste, vous pouvez dès à présent recourir gratuitement à un médiateur indépendant.
        Si cette réponse ne vous satisfait pas, vous pouvez saisir gratuitement le médiateur ; en tout état de cause à partir du 29 juin 2026.
        Si cette réponse ne vous satisfait pas, vous pouvez dès à présent saisir gratuitement le médiateur.
        ");
    }
}
