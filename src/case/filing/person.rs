//! Who files, how to reach them.

use crate::case::filing::text::{Line, Text};
use crate::db::text_code;
use crate::mail::EmailAddress;

/// A first or a last name, 1 to 100 characters.
pub type Name = Line<100>;
/// A postal address on its lines, 5 to 500 characters.
pub type PostalAddress = Text<5, 500>;
/// A phone number as typed, at most 40 characters: people write extensions and hours.
pub type Phone = Line<40>;

/// The person who files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// First name.
    pub first_name: Name,
    /// Last name.
    pub last_name: Name,
}

impl Person {
    /// First and last name, for lists and letters.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name.as_str(), self.last_name.as_str())
    }
}

/// Where to answer: a person who cannot be answered cannot file (R58).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplyTo {
    /// By e-mail only.
    Email(EmailAddress),
    /// By post only.
    Post(PostalAddress),
    /// By e-mail, and by post when the e-mail cannot be delivered.
    EmailOrPost(EmailAddress, PostalAddress),
    /// By the phone alone: said by phone or at the counter, by someone who left no address.
    Phone,
}

impl ReplyTo {
    /// The e-mail address, if one was given.
    pub const fn email(&self) -> Option<&EmailAddress> {
        match self {
            Self::Email(email) | Self::EmailOrPost(email, _) => Some(email),
            Self::Post(_) | Self::Phone => None,
        }
    }

    /// The postal address, if one was given.
    pub const fn postal_address(&self) -> Option<&PostalAddress> {
        match self {
            Self::Post(post) | Self::EmailOrPost(_, post) => Some(post),
            Self::Email(_) | Self::Phone => None,
        }
    }
}

text_code! {
    /// How the person prefers to be answered.
    pub enum PreferredReply {
        /// By e-mail.
        Email => "email",
        /// By post.
        Post => "post",
    }
}

/// How to reach the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Where to answer.
    pub reply_to: ReplyTo,
    /// Which of the two ways they prefer: always one they gave.
    pub preferred: PreferredReply,
    /// Phone, never compulsory.
    pub phone: Option<Phone>,
    /// What the person needs so that our answers are accessible to them.
    pub accessibility: Option<Line<500>>,
}
