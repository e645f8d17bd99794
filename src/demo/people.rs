//! Who files: names, addresses that reach nobody, how they came to us.

use unicode_normalization::UnicodeNormalization;

use crate::case::Channel;
use crate::case::filing::{Capacity, Mandate, PreferredReply, SubscriptionPath};
use crate::demo::dice::Dice;
use crate::demo::words::Words;

/// A person, as the form would have them.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: Option<String>,
    pub(super) postal_address: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) town: String,
    pub(super) capacity: Capacity,
    pub(super) represented: Option<String>,
    pub(super) is_professional: bool,
    pub(super) path: SubscriptionPath,
    pub(super) intermediary: Option<String>,
    pub(super) contract_number: Option<String>,
}

/// How a person can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// As it happens.
    Any,
    /// By post alone.
    Post,
    /// By e-mail and by post.
    Both,
}

impl Person {
    /// Draws someone who files through `channel` and can be answered; `told_as` when what they have
    /// to tell leaves no choice.
    pub(super) fn draw(
        words: &Words,
        dice: &mut Dice,
        (channel, reach): (Channel, Reach),
        told_as: Option<Capacity>,
    ) -> Self {
        let first_name = name(words, dice, "first names");
        let last_name = name(words, dice, "last names");
        let town = name(words, dice, "towns");
        let writes = match channel {
            Channel::Web => dice.chance(94),
            Channel::Email => true,
            Channel::Post | Channel::Phone | Channel::Counter => dice.chance(35),
        };
        let by_email = reach == Reach::Both || reach == Reach::Any && writes;
        let by_post = !by_email || reach == Reach::Both || dice.chance(40);
        let capacity = told_as.unwrap_or_else(|| capacity(dice));
        let path = path(dice, capacity);
        let number = dice.within(1..=9_999);
        Self {
            email: by_email.then(|| email(&first_name, &last_name, number)),
            postal_address: by_post.then(|| {
                let street = name(words, dice, "streets");
                format!("{} {street}\n{town}", dice.within(1..=180))
            }),
            // Numbers that France keeps for works of fiction.
            phone: dice.chance(45).then(|| {
                let (a, b) = (dice.within(0..=99), dice.within(0..=99));
                format!("06 39 98 {a:02} {b:02}")
            }),
            town: town.split_once(' ').map_or("", |(_, town)| town).to_owned(),
            represented: (capacity == Capacity::Representative).then(|| {
                let first = name(words, dice, "first names");
                format!("{first} {last_name}")
            }),
            is_professional: dice.chance(7),
            intermediary: intermediary(words, dice, path),
            contract_number: dice.chance(60).then(|| {
                let (year, number) = (dice.within(12..=25), dice.within(1_000..=999_999));
                format!("{year}-{number:06}")
            }),
            first_name,
            last_name,
            capacity,
            path,
        }
    }

    /// How they prefer to be answered: as they are.
    pub(super) const fn preferred_reply(&self) -> PreferredReply {
        if self.email.is_some() {
            PreferredReply::Email
        } else {
            PreferredReply::Post
        }
    }

    /// Where the mandate of a representative is: none has joined it.
    pub(super) fn mandate(&self) -> Option<Mandate> {
        self.represented.as_ref().map(|_| Mandate::Later)
    }

    /// First and last name.
    pub(super) fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

fn name(words: &Words, dice: &mut Dice, list: &str) -> String {
    let drawn = dice.pick(words.people.get(list));
    drawn.cloned().unwrap_or_default()
}

/// An address that reaches nobody: the domain is reserved (RFC 2606).
fn email(first_name: &str, last_name: &str, number: u32) -> String {
    let ascii = |name: &str| -> String {
        name.nfd()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect()
    };
    let (first, last) = (ascii(first_name), ascii(last_name));
    format!("{first}.{last}{number}@example.org")
}

fn capacity(dice: &mut Dice) -> Capacity {
    dice.weigh(
        Capacity::Client,
        &[
            (8, Capacity::FormerClient),
            (4, Capacity::Beneficiary),
            (5, Capacity::Representative),
        ],
    )
}

fn path(dice: &mut Dice, capacity: Capacity) -> SubscriptionPath {
    if matches!(capacity, Capacity::Prospect | Capacity::Other) {
        return SubscriptionPath::Unknown;
    }
    dice.weigh(
        SubscriptionPath::Direct,
        &[
            (25, SubscriptionPath::Broker),
            (20, SubscriptionPath::Distributor),
            (10, SubscriptionPath::Adviser),
            (8, SubscriptionPath::Unknown),
        ],
    )
}

fn intermediary(words: &Words, dice: &mut Dice, path: SubscriptionPath) -> Option<String> {
    let list = match path {
        SubscriptionPath::Broker => "brokers",
        SubscriptionPath::Distributor => "distributors",
        SubscriptionPath::Adviser => "advisers",
        SubscriptionPath::Direct | SubscriptionPath::Unknown => return None,
    };
    Some(name(words, dice, list))
}
