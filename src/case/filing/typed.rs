//! What was typed, field by field, before anything is checked.

use std::collections::{BTreeMap, HashMap};

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::case::Nature;
use crate::db::text_code;
use crate::keys::keyed_digest;

text_code! {
    /// A field of the form; its code is also its name in the page.
    pub enum Field {
        /// Complaint, information request, or unsure.
        Intent => "intent",
        /// Unsure: unhappy with a product?
        UnhappyProduct => "unhappy_product",
        /// Unsure: unhappy with a service?
        UnhappyService => "unhappy_service",
        /// Unsure: unhappy with a delay?
        UnhappyDelay => "unhappy_delay",
        /// Unsure: unhappy with a refusal?
        UnhappyRefusal => "unhappy_refusal",
        /// Capacity of the person.
        Capacity => "capacity",
        /// For whom a representative acts.
        Represented => "represented",
        /// Where the mandate of a representative is.
        Mandate => "mandate",
        /// `yes` or `no`.
        IsProfessional => "is_professional",
        /// Path of the subscription.
        SubscriptionPath => "subscription_path",
        /// Name of the intermediary.
        Intermediary => "intermediary",
        /// Contract number.
        ContractNumber => "contract_number",
        /// Turned to their usual contact before: `yes` in writing, `spoken`, or `no`.
        WroteBefore => "wrote_before",
        /// To whom the person turned before.
        WroteTo => "wrote_to",
        /// When they did.
        WroteOn => "wrote_on",
        /// What was replied.
        WroteReply => "wrote_reply",
        /// Code of the product.
        Product => "product",
        /// Code of the subject.
        Subject => "subject",
        /// When it happened, in the person's words.
        FactsWhen => "facts_when",
        /// What happened.
        Facts => "facts",
        /// What the person expects.
        Expectation => "expectation",
        /// First name.
        FirstName => "first_name",
        /// Last name.
        LastName => "last_name",
        /// E-mail address.
        Email => "email",
        /// Postal address.
        PostalAddress => "postal_address",
        /// By e-mail or by post.
        PreferredReply => "preferred_reply",
        /// Phone.
        Phone => "phone",
        /// Accessibility need.
        Accessibility => "accessibility",
    }
}

text_code! {
    /// A group of fields, shown and checked together; its code ends its address.
    pub enum Step {
        /// What the person wants to do.
        Intent => "intention",
        /// Short questions for those who are unsure.
        Questions => "questions",
        /// In what capacity, through whom, what was written before.
        Situation => "situation",
        /// What happened and what is expected.
        Facts => "faits",
        /// Files that show it; optional.
        Files => "pieces",
        /// Who they are and where to answer.
        Contact => "coordonnees",
    }
}

impl Step {
    /// The steps a person goes through, in order. An information request has the short path:
    /// the little that is needed of the situation is asked with the question itself.
    pub const fn path(nature: Nature, is_unsure: bool) -> &'static [Self] {
        match (nature, is_unsure) {
            (Nature::Complaint, false) => &[
                Self::Intent,
                Self::Situation,
                Self::Facts,
                Self::Files,
                Self::Contact,
            ],
            (Nature::Complaint, true) => &[
                Self::Intent,
                Self::Questions,
                Self::Situation,
                Self::Facts,
                Self::Files,
                Self::Contact,
            ],
            (Nature::InformationRequest, false) => {
                &[Self::Intent, Self::Facts, Self::Files, Self::Contact]
            }
            (Nature::InformationRequest, true) => &[
                Self::Intent,
                Self::Questions,
                Self::Facts,
                Self::Files,
                Self::Contact,
            ],
        }
    }

    /// The fields of the step, in the order of the page.
    pub const fn fields(self, nature: Nature) -> &'static [Field] {
        match (self, nature) {
            (Self::Intent, _) => &[Field::Intent],
            (Self::Questions, _) => &[
                Field::UnhappyProduct,
                Field::UnhappyService,
                Field::UnhappyDelay,
                Field::UnhappyRefusal,
            ],
            (Self::Situation, _) => &[
                Field::Capacity,
                Field::Represented,
                Field::Mandate,
                Field::IsProfessional,
                Field::SubscriptionPath,
                Field::Intermediary,
                Field::ContractNumber,
                Field::WroteBefore,
                Field::WroteTo,
                Field::WroteOn,
                Field::WroteReply,
            ],
            (Self::Facts, Nature::Complaint) => &[
                Field::Product,
                Field::Subject,
                Field::Facts,
                Field::FactsWhen,
                Field::Expectation,
            ],
            (Self::Facts, Nature::InformationRequest) => &[
                Field::Product,
                Field::Subject,
                Field::Facts,
                Field::Capacity,
                Field::Represented,
                Field::Mandate,
                Field::IsProfessional,
                Field::ContractNumber,
            ],
            (Self::Files, _) => &[],
            (Self::Contact, _) => &[
                Field::FirstName,
                Field::LastName,
                Field::Email,
                Field::PostalAddress,
                Field::PreferredReply,
                Field::Phone,
                Field::Accessibility,
            ],
        }
    }
}

/// Everything typed so far, kept as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
pub struct TypedFiling(HashMap<Field, String>);

impl TypedFiling {
    /// What was typed in a field; blank when nothing was.
    pub fn get(&self, field: Field) -> &str {
        self.0.get(&field).map_or("", String::as_str)
    }

    /// Types in a field.
    pub fn set(&mut self, field: Field, typed: impl Into<String>) {
        self.0.insert(field, typed.into());
    }

    /// The same with one more field typed in.
    #[must_use]
    pub fn with(mut self, field: Field, typed: impl Into<String>) -> Self {
        self.set(field, typed);
        self
    }

    /// Takes over some fields of `newer`, blank ones too, and leaves the others as they are:
    /// two pages open on one draft lose nothing of each other's steps.
    pub fn take_over(&mut self, fields: &[Field], newer: &Self) {
        for field in fields {
            self.set(*field, newer.get(*field));
        }
    }

    /// What these fields hold, in short: two pages that show the same have the same.
    pub fn fingerprint(&self, fields: &[Field]) -> String {
        let texts: Vec<&[u8]> = fields
            .iter()
            .map(|field| self.get(*field).as_bytes())
            .collect();
        let mut digest = BASE64URL_NOPAD.encode(&keyed_digest(b"what a page shows", &texts));
        digest.truncate(16);
        digest
    }

    /// Whether nothing was typed at all.
    pub fn is_blank(&self) -> bool {
        self.0.values().all(|typed| typed.trim().is_empty())
    }
}

impl From<BTreeMap<String, String>> for TypedFiling {
    /// Names that are no field are left out: an older draft, or a forged form.
    fn from(named: BTreeMap<String, String>) -> Self {
        let known = |(name, typed): (String, String)| Some((Field::from_code(&name)?, typed));
        Self(named.into_iter().filter_map(known).collect())
    }
}

impl From<TypedFiling> for BTreeMap<String, String> {
    fn from(typed: TypedFiling) -> Self {
        let named = |(field, typed): (Field, String)| (field.code().to_owned(), typed);
        typed.0.into_iter().map(named).collect()
    }
}
