//! The office around the cases: labels, lists that people keep, who is away, who uses their rights.

use chrono::{DateTime, Days, TimeDelta, Utc};
use uuid::Uuid;

use crate::calendar;
use crate::case::StaffId;
use crate::case::filing::Line;
use crate::case::inbox;
use crate::case::label::{LabelName, label_named};
use crate::case::persons::{self, NewRequest, Reason, RightKind, SettleError, Settlement};
use crate::case::templates::{self, NewVersion, TemplateKind, TemplateText};
use crate::db::{Conn, DbError};
use crate::demo::DemoError;
use crate::demo::staff::{Member, Team};
use crate::journal::Actor;
use crate::staff::absences::{self, NewAbsence};

const LABELS: [&str; 6] = [
    "à rappeler",
    "geste commercial",
    "inondations",
    "prélèvement en double",
    "traduction nécessaire",
    "vu avec l’assureur",
];

/// Names, and addresses of the inbox.
const LISTS: [(&str, &str); 2] = [
    (
        "Sinistres auto de la semaine",
        "produit=auto&sujet=sinistre&echeance=7-jours",
    ),
    ("Courriers en retard", "liste=retard&canal=post"),
];

/// Texts that staff start from: each a title and what it says.
const TEMPLATES: [(TemplateKind, &str, &str); 5] = [
    (
        TemplateKind::Answer,
        "Introduction courante",
        "Vous nous avez écrit le {date_reclamation} au sujet de votre contrat {produit}. Nous avons repris votre dossier depuis le début et pouvons vous répondre.",
    ),
    (
        TemplateKind::Message,
        "Nous avançons",
        "Bonjour {personne},\n\nVotre dossier {reference} avance\u{202f}: {gestionnaire} s’en occupe. Notre réponse vous est due au plus tard le {reponse_au_plus_tard}.",
    ),
    (
        TemplateKind::HoldingLetter,
        "Expertise attendue",
        "L’expert mandaté par l’assureur n’a pas encore rendu son rapport, dont notre réponse dépend.",
    ),
    (
        TemplateKind::Ask,
        "Une photo suffit",
        "Une photo lisible de chaque page suffit. Masquez vos coordonnées bancaires si elles y figurent.",
    ),
    (
        TemplateKind::RequestAnswer,
        "Attestation jointe",
        "Bonjour {personne},\n\nVous trouverez l’attestation demandée dans votre espace client, rubrique «\u{202f}Mes documents\u{202f}».",
    ),
];

/// Labels of the office: their ids.
pub(super) async fn labels(
    conn: &mut Conn,
    team: &Team,
    at: DateTime<Utc>,
) -> Result<Vec<i64>, DbError> {
    let mut ids = Vec::with_capacity(LABELS.len());
    let by = team.supervisors.first().map(|member| member.id);
    for name in LABELS {
        if let (Some(name), Some(by)) = (LabelName::parse(name), by) {
            ids.push(label_named(conn, &name, (by, at)).await?.id.0);
        }
    }
    Ok(ids)
}

/// What an office that just opened lacks.
pub(super) async fn furnish(
    conn: &mut Conn,
    team: &Team,
    at: DateTime<Utc>,
) -> Result<(), DemoError> {
    for member in team.handlers.iter().chain(&team.supervisors) {
        for (name, query) in LISTS {
            inbox::save(conn, member.id, (name, query), at).await?;
        }
    }
    let [first, second, third, ..] = team.handlers.as_slice() else {
        return Ok(());
    };
    if let Some(by) = team.supervisors.first() {
        let since = at - TimeDelta::days(90);
        write_templates(conn, (by.id, since)).await?;
    }
    register_requests(conn, second, at).await?;
    let today = calendar::paris_date(at);
    let in_days = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let away = |account: &Member, deputy: &Member, from_on, until_on| NewAbsence {
        account: account.id,
        deputy: deputy.id,
        from_on,
        until_on,
    };
    for absence in [
        away(first, second, today, in_days(10)),
        away(third, first, in_days(17), in_days(28)),
    ] {
        record(conn, &absence, at).await?;
    }
    Ok(())
}

async fn write_templates(conn: &mut Conn, by: (StaffId, DateTime<Utc>)) -> Result<(), DbError> {
    for (kind, title, text) in TEMPLATES {
        if let (Ok(title), Ok(text)) = (Line::parse(title), TemplateText::parse(text)) {
            templates::create(conn, kind, &NewVersion { title, text }, by).await?;
        }
    }
    Ok(())
}

async fn record(conn: &mut Conn, absence: &NewAbsence, at: DateTime<Utc>) -> Result<(), DemoError> {
    let by = Actor::Staff(absence.account.0);
    let today = calendar::paris_date(at);
    match absences::record(conn, absence, today, by, at).await {
        Err(absences::AbsenceError::Db(error)) => Err(error.into()),
        // Someone already stands in: an office of an earlier demonstration.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The register of those who use their rights: some are answered, two wait.
async fn register_requests(conn: &mut Conn, by: &Member, at: DateTime<Utc>) -> Result<(), DbError> {
    let requests = [
        (
            64,
            RightKind::Access,
            "solene.lacroix12@example.org",
            Some(Settlement::Granted),
        ),
        (
            41,
            RightKind::Erasure,
            "Marc-Antoine Vasseur",
            Some(Settlement::Refused),
        ),
        (26, RightKind::Rectification, "23-104882", None),
        (4, RightKind::Access, "Yasmine Haddad", None),
    ];
    for (number, (days, kind, person, settlement)) in (1_u128..).zip(requests) {
        let asked = at - TimeDelta::days(days) + TimeDelta::hours(10);
        let Ok(person) = Line::parse(person) else {
            continue;
        };
        let new = NewRequest {
            submission: Uuid::from_u128(number),
            kind,
            person,
            received_on: calendar::paris_date(asked),
        };
        let id = persons::register(conn, &new, (by.id, asked)).await?;
        if let Some(settlement) = settlement {
            settle(conn, id, settlement, (by.id, asked + TimeDelta::days(12))).await?;
        }
    }
    Ok(())
}

async fn settle(
    conn: &mut Conn,
    id: i64,
    settlement: Settlement,
    by: (StaffId, DateTime<Utc>),
) -> Result<(), DbError> {
    let reason = "Le dossier est en cours\u{202f}: nous en avons besoin pour y répondre.";
    let reason = Reason::parse(reason).ok();
    let reason = reason.filter(|_| settlement != Settlement::Granted);
    match persons::settle(conn, id, (settlement, reason.as_ref()), by).await {
        Err(SettleError::Database(error)) => Err(error),
        // Answered already, by an earlier demonstration.
        Ok(()) | Err(SettleError::NotOpen) => Ok(()),
    }
}
