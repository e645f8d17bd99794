//! From an e-mail to what a case keeps: a name, a text of bounded length.

use crate::case::Nature;
use crate::case::filing::{
    Capacity, Contact, Facts, Filing, Name, Person, PreferredReply, ReplyTo, Situation, Statement,
    Subscription, SubscriptionPath,
};
use crate::case::said::PersonText;
use crate::mail::EmailAddress;

/// Most characters of a text in a case; the rest is in a file beside it.
const MAX_CHARS: usize = 5_000;
/// What stands at the end of a text that was cut.
const CUT: &str = "\n\n[…]";

/// A text that fits in a case, and whether it was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fitting {
    text: String,
    /// Whether the whole is longer.
    pub(super) is_cut: bool,
}

impl Fitting {
    pub(super) fn of(whole: &str) -> Self {
        let whole = whole.trim();
        if whole.chars().count() <= MAX_CHARS {
            return Self {
                text: whole.to_owned(),
                is_cut: false,
            };
        }
        let kept = MAX_CHARS - CUT.chars().count();
        let beginning: String = whole.chars().take(kept).collect();
        Self {
            text: format!("{}{CUT}", beginning.trim_end()),
            is_cut: true,
        }
    }

    /// As a message of the person; none when it is blank.
    pub(super) fn message(&self) -> Option<PersonText> {
        PersonText::parse(&self.text).ok()
    }

    fn facts(&self) -> Option<Facts> {
        Facts::parse(&self.text).ok()
    }
}

/// The subject and the text, as one reads them.
pub(super) fn whole(subject: &str, text: &str) -> String {
    match (subject.is_empty(), text.is_empty()) {
        (true, _) => text.to_owned(),
        (false, true) => subject.to_owned(),
        (false, false) => format!("{subject}\n\n{text}"),
    }
}

/// What an e-mail files; none when it says nothing. What it does not tell is left for staff to ask.
pub(super) fn filing(
    nature: Option<Nature>,
    (email, name): (&EmailAddress, Option<&str>),
    text: &Fitting,
) -> Option<Filing> {
    Some(Filing {
        nature_declared: nature,
        person: person(email, name)?,
        contact: Contact {
            reply_to: ReplyTo::Email(email.clone()),
            preferred: PreferredReply::Email,
            phone: None,
            accessibility: None,
        },
        situation: Situation {
            capacity: Capacity::Other,
            represented: None,
            mandate: None,
            is_professional: false,
            subscription: Subscription {
                path: SubscriptionPath::Unknown,
                intermediary: None,
            },
            contract_number: None,
            earlier: None,
        },
        statement: Statement {
            product: None,
            subject: None,
            when: None,
            facts: text.facts()?,
            expectation: None,
        },
    })
}

/// First and last name, from the name one gives oneself: « Jeanne Lefèvre », « LEFÈVRE Jeanne »,
/// « Lefèvre, Jeanne ». Without two words, the two sides of the address.
fn person(email: &EmailAddress, name: Option<&str>) -> Option<Person> {
    let (first, last) = name
        .filter(|name| !name.contains('@'))
        .and_then(two)
        .or_else(|| {
            let (local, domain) = email.as_str().rsplit_once('@')?;
            Some((local.to_owned(), format!("@{domain}")))
        })?;
    Some(Person {
        first_name: line(&first)?,
        last_name: line(&last)?,
    })
}

fn two(name: &str) -> Option<(String, String)> {
    let name = name.trim().trim_matches(['"', '\'']);
    if let Some((last, first)) = name.split_once(',') {
        let (first, last) = (first.trim(), last.trim());
        return (!first.is_empty() && !last.is_empty())
            .then(|| (first.to_owned(), last.to_owned()));
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_loud = |word: &&&str| word.chars().count() > 1 && word.to_uppercase() == **word;
    let n_loud = words.iter().take_while(is_loud).count();
    let at = if n_loud > 0 && n_loud < words.len() {
        return words
            .split_at_checked(n_loud)
            .map(|(last, first)| (first.join(" "), last.join(" ")));
    } else {
        1
    };
    let (first, last) = words.split_at_checked(at)?;
    (!last.is_empty()).then(|| (first.join(" "), last.join(" ")))
}

fn line(text: &str) -> Option<Name> {
    let text: String = text.chars().take(100).collect();
    Name::parse(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: Option<&str>) -> (String, String) {
        let email = EmailAddress::parse("j.martin@example.org").unwrap();
        let person = person(&email, name).unwrap();
        let (first, last) = (person.first_name, person.last_name);
        (first.as_str().to_owned(), last.as_str().to_owned())
    }

    #[test]
    fn a_name_is_read_in_the_order_it_is_written_in() {
        for (name, first, last) in [
            ("Jeanne Lefèvre", "Jeanne", "Lefèvre"),
            ("Jeanne de La Tour", "Jeanne", "de La Tour"),
            ("LEFÈVRE Jeanne", "Jeanne", "LEFÈVRE"),
            ("DE LA TOUR Marie-Anne", "Marie-Anne", "DE LA TOUR"),
            ("JEANNE MARTIN", "JEANNE", "MARTIN"),
            ("Lefèvre, Jeanne", "Jeanne", "Lefèvre"),
            ("Jeanne", "j.martin", "@example.org"),
            ("jeanne@example.org x", "j.martin", "@example.org"),
        ] {
            assert_eq!(
                named(Some(name)),
                (first.to_owned(), last.to_owned()),
                "{name}"
            );
        }
        assert_eq!(
            named(None),
            ("j.martin".to_owned(), "@example.org".to_owned())
        );
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        let fitting = Fitting::of(&"é".repeat(5_001));
        assert!(fitting.is_cut);
        assert!(fitting.message().unwrap().as_str().ends_with("é\n\n[…]"));
        assert!(!Fitting::of(&"é".repeat(5_000)).is_cut);
        assert!(Fitting::of(" \n").message().is_none());
    }
}
