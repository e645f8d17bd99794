//! The legal dates against vectors computed elsewhere, and what vectors cannot say.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use reclamations::calendar::{
    Deadline, DeadlinesReport, LegalDates, Start, count_jours_ouvrables, holidays_of,
    is_jour_ouvrable, parse_date,
};

/// The columns of `deadlines.csv` that hold computed dates, in the order of [`Deadline::ALL`].
const COLUMNS: [&str; 7] = [
    "ack_due",
    "ack_due_from_reception",
    "answer_due",
    "answer_due_from_reception",
    "mediation_from",
    "mediation_open_internally",
    "mediation_last_day",
];

#[test]
fn every_row_of_the_deadline_vectors_holds() {
    let mut rows = csv::Reader::from_reader(&include_bytes!("../vectors/deadlines.csv")[..]);
    let mut n_rows = 0;
    for row in rows.deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        let date = |column: &str| parse_date(&row[column]).unwrap();
        let start = Start::new(date("first_written_on"), date("received_on")).unwrap();
        let dates = LegalDates::compute(start);
        for (deadline, column) in Deadline::ALL.into_iter().zip(COLUMNS) {
            assert_eq!(
                dates.get(deadline).date,
                date(column),
                "{column} of {row:?}"
            );
        }
        let json = serde_json::to_value(DeadlinesReport::new(start)).unwrap();
        for (column, expected) in &row {
            if column != "note" {
                assert_eq!(json[column], expected.as_str(), "{column} of {row:?}");
            }
        }
        n_rows += 1;
    }
    assert_eq!(n_rows, 29);
}

#[test]
fn the_holidays_of_each_year_are_those_of_the_vectors_and_no_others() {
    let mut rows = csv::Reader::from_reader(&include_bytes!("../vectors/holidays.csv")[..]);
    let mut expected = BTreeMap::<i32, BTreeSet<(String, String)>>::new();
    for row in rows.deserialize::<(String, String)>() {
        let (date, name) = row.unwrap();
        let year = date.split('-').next().unwrap().parse().unwrap();
        expected.entry(year).or_default().insert((date, name));
    }
    assert_eq!(expected.len(), 5);
    for (year, expected) in expected {
        let found: BTreeSet<_> = holidays_of(year)
            .into_iter()
            .map(|(date, holiday)| (date.to_string(), holiday.name().to_owned()))
            .collect();
        assert_eq!(found, expected, "{year}");
    }
}

#[test]
fn the_example_of_30_april_2026_is_explained_day_by_day() {
    let report = DeadlinesReport::new(Start::same_day(parse_date("2026-04-30").unwrap()));
    insta::assert_snapshot!(report.to_string().replace(['\u{a0}', '\u{202f}'], " "), @r"
    Accusé de réception : au plus tard le vendredi 15 mai 2026.
      Départ : jeudi 30 avril 2026, date du premier écrit (ce jour ne compte pas).
      Règle : 10 jours ouvrables, du lundi au samedi, hors dimanches et jours fériés (recommandation 2024-R-02 de l’ACPR).
      Jours comptés : 2, 4, 5, 6, 7, 9, 11, 12, 13 et 15 mai 2026.
      Ne sont pas comptés : vendredi 1er mai 2026 (férié, 1er mai), dimanche 3 mai 2026, vendredi 8 mai 2026 (férié, 8 mai), dimanche 10 mai 2026 et jeudi 14 mai 2026 (férié, Ascension).

    Accusé de réception, compté de la réception : au plus tard le vendredi 15 mai 2026.
      Reçu le jour du premier écrit : le compte est le même.

    Réponse motivée : au plus tard le mardi 30 juin 2026.
      Départ : jeudi 30 avril 2026, date du premier écrit (ce jour ne compte pas).
      Règle : 2 mois, de date à date (procédure publiée et recommandation 2024-R-02 de l’ACPR).

    Réponse motivée, comptée de la réception : au plus tard le mardi 30 juin 2026.
      Reçu le jour du premier écrit : le compte est le même.

    Médiateur : à partir du lundi 29 juin 2026.
      Départ : jeudi 30 avril 2026, date du premier écrit (ce jour ne compte pas).
      Règle : 60 jours, tous comptés, dimanches et jours fériés compris (procédure publiée).

    Médiateur, repère interne : à partir du lundi 29 juin 2026.
      Départ : jeudi 30 avril 2026, date du premier écrit (ce jour ne compte pas).
      Règle : la plus proche de deux dates, lundi 29 juin 2026 (60 jours) ou mardi 30 juin 2026 (2 mois).

    Dernier jour pour saisir le médiateur : vendredi 30 avril 2027.
      Départ : jeudi 30 avril 2026, date du premier écrit à Asekkey (ce jour ne compte pas).
      Règle : 12 mois, de date à date (article L.612-2 du Code de la consommation).
    ");
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["ack_due"], "2026-05-15");
    assert_eq!(json["answer_due"], "2026-06-30");
    assert_eq!(json["mediation_from"], "2026-06-29");
    let explanation = json["explanation"].to_string();
    for name in ["1er mai", "8 mai", "Ascension"] {
        assert!(explanation.contains(name), "{name} in {explanation}");
    }
}

#[test]
fn a_date_is_not_moved_and_says_so() {
    // 2008: 1er mai is Ascension too; 2026-03-01 + 2 months is a holiday; no 30 February.
    for (start, deadline, sentence) in [
        (
            "2008-04-25",
            Deadline::Acknowledgement,
            "(férié, 1er mai et Ascension)",
        ),
        (
            "2026-03-01",
            Deadline::Answer,
            "finit un jour férié (1er mai) : la date n’est pas reportée.",
        ),
        (
            "2026-06-30",
            Deadline::Answer,
            "finit un dimanche : la date n’est pas reportée.",
        ),
        (
            "2026-09-15",
            Deadline::Acknowledgement,
            "finit un samedi, jour ouvrable :",
        ),
        (
            "2025-12-30",
            Deadline::Answer,
            "Il n’y a pas de 30 février 2026 :",
        ),
        (
            "2025-12-30",
            Deadline::MediationOpenInternally,
            "Il n’y a pas de 30 février 2026 :",
        ),
        (
            "2028-02-29",
            Deadline::MediationLastDay,
            "Il n’y a pas de 29 février 2029 :",
        ),
    ] {
        let dates = LegalDates::compute(Start::same_day(parse_date(start).unwrap()));
        let told = dates
            .sentences(deadline)
            .join("\n")
            .replace(['\u{a0}', '\u{202f}'], " ");
        assert!(told.contains(sentence), "{start}: {told}");
    }
}

#[test]
fn a_declared_earlier_writing_moves_every_clock_but_the_mediators_last_day() {
    let date = |text| parse_date(text).unwrap();
    let filed = date("2026-02-20");
    let start = Start::same_day(filed).with_declared(date("2026-01-12"), filed);
    let dates = LegalDates::compute(start);
    let found = Deadline::ALL.map(|deadline| dates.get(deadline).date.to_string());
    assert_eq!(
        found,
        [
            "2026-01-23",
            "2026-03-04",
            "2026-03-12",
            "2026-04-20",
            "2026-03-13",
            "2026-03-12",
            "2027-02-20",
        ]
    );
    let told = dates.sentences(Deadline::Answer).concat();
    assert!(told.contains("déclarée"), "{told}");
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0_u64..84_000).prop_map(|days| NaiveDate::default() + Days::new(days))
}

fn any_start() -> impl Strategy<Value = Start> {
    (any_date(), 0_u64..60).prop_map(|(written_on, days)| {
        Start::new(written_on, written_on + Days::new(days))
            .unwrap_or_else(|_| Start::same_day(written_on))
    })
}

proptest! {
    #[test]
    fn a_later_start_never_gives_an_earlier_date(a in any_date(), later in 0_u64..400) {
        let first = LegalDates::compute(Start::same_day(a));
        let second = LegalDates::compute(Start::same_day(a + Days::new(later)));
        for deadline in Deadline::ALL {
            prop_assert!(first.get(deadline).date <= second.get(deadline).date, "{deadline:?}");
        }
    }

    #[test]
    fn ten_jours_ouvrables_lie_between_start_and_acknowledgement(start in any_start()) {
        let dates = LegalDates::compute(start);
        let ack = &dates.ack_due;
        prop_assert_eq!(count_jours_ouvrables(start.effective_on(), ack.date), 10);
        prop_assert_eq!(ack.explanation.counted().len(), 10);
        prop_assert!(ack.explanation.skipped().iter().all(|day| !is_jour_ouvrable(*day)));
        let told = ack.explanation.counted().len() + ack.explanation.skipped().len();
        let between = (ack.date - start.effective_on()).num_days();
        prop_assert_eq!(i64::try_from(told), Ok(between));
        prop_assert!(ack.date <= dates.ack_due_from_reception.date);
    }

    #[test]
    fn mediation_opens_internally_at_the_earlier_date(start in any_start()) {
        let dates = LegalDates::compute(start);
        let open = dates.mediation_open_internally.date;
        prop_assert!(open <= dates.mediation_from.date && open <= dates.answer_due.date);
        prop_assert!(open == dates.mediation_from.date || open == dates.answer_due.date);
        prop_assert!(dates.mediation_from.date < dates.mediation_last_day.date);
    }
}
