//! What every letter has in common: from whom, to whom, when, about which case.

use chrono::NaiveDate;

use crate::calendar;
use crate::firm;
use crate::letters::{Block, Letter, Sender};
use crate::mail::Desk;
use crate::mail::words::letter::{CLOSING, GREETING};

/// A letter whose text is not written yet.
#[derive(Clone, Copy)]
pub struct Addressed<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// Its date, Paris calendar.
    pub dated_on: NaiveDate,
    /// The service that writes.
    pub desk: Desk,
    /// Name of the person, as given.
    pub person_name: &'a str,
    /// Postal address, line by line, when there is one.
    pub postal_address: Option<&'a str>,
    /// Legal identity of the firm, line by line.
    pub identity: &'a [String],
    /// The address of the page where the person follows the case with a code they have, or can ask
    /// for; none for who never gave an e-mail address.
    pub follow_url: Option<&'a str>,
}

impl Addressed<'_> {
    /// The letter, as it is: its text begins with its greeting and ends with its signature.
    pub(in crate::mail::words) fn letter(&self, subject: String, blocks: Vec<Block>) -> Letter {
        let address = self.postal_address.unwrap_or_default();
        let name = std::iter::once(self.person_name);
        Letter {
            sender: Sender {
                firm: firm::NAME.to_owned(),
                lines: self.sender_lines(),
                identity: self.identity.to_vec(),
            },
            recipient: name
                .chain(address.lines())
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
            place_and_date: format!("{}, le {}", firm::TOWN, calendar::plain_date(self.dated_on)),
            dated_on: self.dated_on,
            reference: self.reference.to_owned(),
            subject,
            blocks,
        }
    }

    /// The letter with its greeting, its last sentence and the signature of the service.
    pub(super) fn signed_by_service(&self, subject: String, said: Vec<Block>) -> Letter {
        let mut blocks = vec![Block::paragraph(GREETING)];
        blocks.extend(said);
        blocks.push(Block::paragraph(CLOSING));
        blocks.push(self.signature());
        self.letter(subject, blocks)
    }

    /// The signature of the service.
    pub(super) fn signature(&self) -> Block {
        Block::Signature {
            lines: vec![format!("Le {} d’{}", self.service(), firm::NAME)],
        }
    }

    /// The service that writes, as it signs.
    pub(super) const fn service(&self) -> &'static str {
        match self.desk {
            Desk::Complaints => firm::COMPLAINTS_SERVICE,
            Desk::Customer => firm::CUSTOMER_SERVICE,
        }
    }

    fn sender_lines(&self) -> Vec<String> {
        let [_, street, town] = firm::COMPLAINTS_POSTAL_ADDRESS;
        let email = match self.desk {
            Desk::Complaints => firm::COMPLAINTS_EMAIL,
            Desk::Customer => firm::CONTACT_EMAIL,
        };
        [self.service(), street, town, email]
            .map(str::to_owned)
            .to_vec()
    }

    /// How to follow the case and to write back, on paper.
    pub(super) fn ways_back(&self) -> Vec<Block> {
        let by_post = format!(
            "Par courrier, à l’adresse en tête de cette lettre, ou par courriel à {}\u{202f}: \
             rappelez votre référence, {}.",
            match self.desk {
                Desk::Complaints => firm::COMPLAINTS_EMAIL,
                Desk::Customer => firm::CONTACT_EMAIL,
            },
            self.reference,
        );
        let online = self.follow_url.map(|url| {
            format!(
                "En ligne, sur {url}\u{202f}: il vous faudra votre référence et votre code d’accès. \
                 La page dit comment en obtenir un autre."
            )
        });
        vec![
            Block::heading("Nous écrire, suivre votre dossier"),
            Block::List {
                items: std::iter::once(by_post).chain(online).collect(),
            },
        ]
    }
}

/// It is about a person: it never shows in a log by accident.
impl std::fmt::Debug for Addressed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Addressed")
            .field("reference", &self.reference)
            .finish_non_exhaustive()
    }
}
