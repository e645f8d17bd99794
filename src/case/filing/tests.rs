//! A form read whole, right and wrong.

use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::case::Nature;
use crate::case::catalogue::{Catalogue, ListError, Listed};
use crate::case::filing::{
    Capacity, ContactWay, DateError, Field, FieldError, Filing, Mandate, PreferredReply, Problem,
    ReplyTo, Step, SubscriptionPath, Terms, TextError, TypedFiling, first_incomplete, parse_nature,
    parse_step,
};
use crate::mail::AddressError;

static LISTS: LazyLock<Catalogue> = LazyLock::new(|| {
    let line = |code: &str, is_retired| Listed {
        code: code.to_owned(),
        label: code.to_uppercase(),
        is_retired,
    };
    Catalogue {
        products: vec![line("car", false), line("boat", true)],
        subjects: vec![line("claim", false)],
    }
});

fn terms() -> Terms<'static> {
    Terms {
        today: NaiveDate::from_ymd_opt(2026, 4, 30).unwrap(),
        catalogue: &LISTS,
    }
}

fn complaint() -> TypedFiling {
    TypedFiling::default()
        .with(Field::Intent, "complaint")
        .with(Field::Capacity, "client")
        .with(Field::IsProfessional, "no")
        .with(Field::SubscriptionPath, "broker")
        .with(Field::Intermediary, "Cabinet Durand")
        .with(Field::WroteBefore, "yes")
        .with(Field::WroteTo, "Mon courtier, sans réponse")
        .with(Field::WroteOn, "02/04/2026")
        .with(
            Field::Facts,
            "Ma demande de résiliation\r\nn’a pas été traitée.",
        )
        .with(Field::FirstName, "Zoé")
        .with(Field::LastName, "Martin")
        .with(Field::Email, "zoe@example.org")
}

fn faults(typed: &TypedFiling) -> Vec<(Field, Problem)> {
    let faults = Filing::parse(typed, &terms()).unwrap_err();
    faults
        .into_iter()
        .map(|FieldError { field, problem }| (field, problem))
        .collect()
}

#[test]
fn a_whole_complaint_is_read() {
    let filing = Filing::parse(&complaint(), &terms()).unwrap();
    assert_eq!(filing.nature_declared, Some(Nature::Complaint));
    assert_eq!(filing.person.full_name(), "Zoé Martin");
    assert_eq!(filing.situation.capacity, Capacity::Client);
    assert_eq!(filing.situation.subscription.path, SubscriptionPath::Broker);
    let earlier = filing.situation.earlier.unwrap();
    assert_eq!(earlier.written_on(), NaiveDate::from_ymd_opt(2026, 4, 2));
    assert_eq!(
        filing.contact.reply_to.email().unwrap().as_str(),
        "zoe@example.org"
    );
    assert!(
        filing
            .statement
            .facts
            .as_str()
            .contains("résiliation\nn’a pas")
    );
    assert_eq!(first_incomplete(&complaint(), &terms()), None);
}

#[test]
fn every_fault_is_told_at_once_in_the_order_of_the_steps() {
    let typed = complaint()
        .with(Field::Capacity, "")
        .with(Field::WroteOn, "01/05/2026")
        .with(Field::Facts, "é".repeat(5_001))
        .with(Field::FirstName, "Zo\0é")
        .with(Field::Email, "zoe@")
        .with(Field::PostalAddress, "Lyon");
    assert_eq!(
        faults(&typed),
        [
            (Field::Capacity, Problem::Missing),
            (Field::WroteOn, Problem::Date(DateError::InFuture)),
            (
                Field::Facts,
                Problem::Text(TextError::TooLong {
                    count: 5_001,
                    max: 5_000
                })
            ),
            (
                Field::FirstName,
                Problem::Text(TextError::ControlCharacter { position: 3 })
            ),
            (Field::Email, Problem::Email(AddressError::Domain)),
            (
                Field::PostalAddress,
                Problem::Text(TextError::TooShort { count: 4, min: 5 })
            ),
        ]
    );
    assert_eq!(first_incomplete(&typed, &terms()), Some(Step::Situation));
}

#[test]
fn a_date_typed_without_answering_yes_is_not_lost() {
    let typed = complaint().with(Field::WroteBefore, "");
    let filing = Filing::parse(&typed, &terms()).unwrap();
    assert!(filing.situation.earlier.is_some());
    let wrong = typed.with(Field::WroteOn, "30/04/2062");
    let told = Problem::Date(DateError::InFuture);
    assert_eq!(faults(&wrong), [(Field::WroteOn, told)]);
}

#[test]
fn an_email_or_a_postal_address_is_needed_and_one_is_enough() {
    let nowhere = complaint().with(Field::Email, " ");
    assert_eq!(faults(&nowhere), [(Field::Email, Problem::NowhereToAnswer)]);
    assert_eq!(first_incomplete(&nowhere, &terms()), Some(Step::Contact));

    let by_post = nowhere.with(Field::PostalAddress, "3 rue des Lilas\r\n69003 Lyon");
    let filing = Filing::parse(&by_post, &terms()).unwrap();
    assert!(matches!(filing.contact.reply_to, ReplyTo::Post(ref to) if to.as_str().contains('\n')));
}

#[test]
fn a_representative_says_for_whom() {
    let typed = complaint().with(Field::Capacity, "representative");
    assert_eq!(faults(&typed), [(Field::Represented, Problem::Missing)]);
    let filing = Filing::parse(&typed.with(Field::Represented, "Ali Ben"), &terms()).unwrap();
    assert_eq!(filing.situation.represented.unwrap().as_str(), "Ali Ben");
    let mandate = |capacity: &str| {
        let typed = complaint().with(Field::Represented, "Ali Ben");
        let typed = typed
            .with(Field::Capacity, capacity)
            .with(Field::Mandate, "later");
        Filing::parse(&typed, &terms()).unwrap().situation.mandate
    };
    assert_eq!(mandate("representative"), Some(Mandate::Later));
    assert_eq!(mandate("client"), None, "an earlier choice left it there");
}

#[test]
fn one_yes_makes_a_complaint_and_no_to_all_a_request() {
    let questions = Step::Questions.fields(Nature::Complaint);
    let mut unsure = TypedFiling::default().with(Field::Intent, "unsure");
    assert_eq!(parse_nature(&unsure).unwrap_err().len(), questions.len());
    assert_eq!(first_incomplete(&unsure, &terms()), Some(Step::Questions));
    for question in questions {
        unsure.set(*question, "no");
    }
    assert_eq!(parse_nature(&unsure), Ok(Nature::InformationRequest));
    let unhappy = TypedFiling::default()
        .with(Field::Intent, "unsure")
        .with(Field::UnhappyDelay, "yes");
    assert_eq!(parse_nature(&unhappy), Ok(Nature::Complaint));
}

#[test]
fn a_request_takes_the_short_path() {
    let request = TypedFiling::default()
        .with(Field::Intent, "information_request")
        .with(Field::Facts, "Quel est le numéro de mon contrat ?")
        .with(Field::Capacity, "client")
        .with(Field::IsProfessional, "no")
        .with(Field::FirstName, "Zoé")
        .with(Field::LastName, "Martin")
        .with(Field::Email, "zoe@example.org");
    let filing = Filing::parse(&request, &terms()).unwrap();
    assert_eq!(filing.nature_declared, Some(Nature::InformationRequest));
    assert_eq!(
        filing.situation.subscription.path,
        SubscriptionPath::Unknown
    );
    let changed_mind = request.clone().with(Field::Intermediary, "x".repeat(999));
    assert_eq!(first_incomplete(&changed_mind, &terms()), None);
    assert!(!Step::path(Nature::InformationRequest, false).contains(&Step::Situation));
    let silent = request.with(Field::Facts, "").with(Field::Capacity, "");
    let faults = parse_step(Step::Facts, &silent, &terms()).unwrap_err();
    let fields: Vec<Field> = faults.iter().map(|fault| fault.field).collect();
    assert_eq!(fields, [Field::Facts, Field::Capacity]);
}

#[test]
fn two_pages_on_one_draft_keep_each_others_steps() {
    let mut draft = complaint();
    let other = TypedFiling::default().with(Field::Facts, "Autre texte");
    draft.take_over(Step::Facts.fields(Nature::Complaint), &other);
    assert_eq!(draft.get(Field::Facts), "Autre texte");
    assert_eq!(draft.get(Field::FirstName), "Zoé");
}

#[test]
fn a_draft_reads_back_and_forgets_what_is_no_field() {
    let json = serde_json::to_string(&complaint()).unwrap();
    assert_eq!(
        serde_json::from_str::<TypedFiling>(&json).unwrap(),
        complaint()
    );
    let older = r#"{"facts":"Bonjour","gone":"x"}"#;
    let read: TypedFiling = serde_json::from_str(older).unwrap();
    assert_eq!(read, TypedFiling::default().with(Field::Facts, "Bonjour"));
}

#[test]
fn an_earlier_contact_by_word_of_mouth_has_no_writing_date() {
    let spoken = complaint()
        .with(Field::WroteBefore, "spoken")
        .with(Field::WroteReply, "On m’a dit d’attendre.");
    let earlier = Filing::parse(&spoken, &terms()).unwrap().situation.earlier;
    let earlier = earlier.unwrap();
    assert_eq!(earlier.way, ContactWay::Spoken);
    assert_eq!(earlier.written_on(), None);
    assert_eq!(earlier.spoken_on(), NaiveDate::from_ymd_opt(2026, 4, 2));
    assert_eq!(earlier.reply.unwrap().as_str(), "On m’a dit d’attendre.");
    let no = spoken.with(Field::WroteBefore, "no");
    let filing = Filing::parse(&no, &terms()).unwrap();
    assert_eq!(filing.situation.earlier, None);
}

#[test]
fn product_and_subject_are_of_the_lists_or_unknown() {
    let filing = Filing::parse(&complaint(), &terms()).unwrap();
    assert_eq!(filing.statement.product, None);
    let car = complaint()
        .with(Field::Product, "car")
        .with(Field::Subject, "claim");
    let filing = Filing::parse(&car, &terms()).unwrap();
    assert_eq!(filing.statement.product.unwrap().label, "CAR");
    assert_eq!(filing.statement.subject.unwrap().code, "claim");
    for (code, refused) in [("boat", ListError::Retired), ("'; --", ListError::Unknown)] {
        let typed = complaint().with(Field::Product, code);
        assert_eq!(faults(&typed), [(Field::Product, Problem::List(refused))]);
        assert_eq!(first_incomplete(&typed, &terms()), Some(Step::Facts));
    }
}

#[test]
fn the_preferred_way_must_have_its_address() {
    let preferred = |typed: &TypedFiling| Filing::parse(typed, &terms()).unwrap().contact.preferred;
    assert_eq!(preferred(&complaint()), PreferredReply::Email);
    let post = complaint().with(Field::PreferredReply, "post");
    let missing = Problem::NoAddressForPreference;
    assert_eq!(faults(&post), [(Field::PostalAddress, missing)]);
    let both = post.with(Field::PostalAddress, "3 rue des Lilas, 69003 Lyon");
    assert_eq!(preferred(&both), PreferredReply::Post);
    let by_post = both.with(Field::Email, "").with(Field::PreferredReply, "");
    assert_eq!(preferred(&by_post), PreferredReply::Post);
    let wants_email = by_post.with(Field::PreferredReply, "email");
    assert_eq!(faults(&wants_email), [(Field::Email, missing)]);
}
