//! `reclamations deadlines`, as other programs call it.

use std::process::{Command, Output};

fn deadlines(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_reclamations"))
        .arg("deadlines")
        .args(arguments)
        .env_clear()
        .output()
        .unwrap()
}

#[test]
fn json_has_the_agreed_keys_and_dates() {
    let output = deadlines(&["2026-04-30", "--json"]);
    assert!(output.status.success());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let keys: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys.len(), 10, "{keys:?}");
    for (key, date) in [
        ("first_written_on", "2026-04-30"),
        ("received_on", "2026-04-30"),
        ("ack_due", "2026-05-15"),
        ("ack_due_from_reception", "2026-05-15"),
        ("answer_due", "2026-06-30"),
        ("answer_due_from_reception", "2026-06-30"),
        ("mediation_from", "2026-06-29"),
        ("mediation_open_internally", "2026-06-29"),
        ("mediation_last_day", "2027-04-30"),
    ] {
        assert_eq!(json[key], date, "{key}");
    }
    let explanation = json["explanation"].to_string();
    for name in ["1er mai", "8 mai", "Ascension"] {
        assert!(explanation.contains(name), "{name} in {explanation}");
    }
}

#[test]
fn a_reception_changes_the_dates_counted_from_it() {
    let output = deadlines(&["2026-04-01", "--received", "2026-04-07"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let text = text.replace(['\u{a0}', '\u{202f}'], " ");
    for told in [
        "mardi 14 avril 2026",
        "samedi 18 avril 2026",
        "Lundi de Pâques",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
}

#[test]
fn bad_dates_are_refused_with_a_reason_and_no_result() {
    for (arguments, reason) in [
        (&["30/04/2026"][..], "YYYY-MM-DD"),
        (&["2026-02-30"], "no such day"),
        (&["1026-04-30"], "1970"),
        (&["2026-04-30", "--received", "2026-04-29"], "before"),
        (&[], "DATE"),
    ] {
        let output = deadlines(arguments);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(reason), "{arguments:?}: {told}");
    }
}
