//! A handler's day by keyboard alone: from the most urgent case to its closure, with a second reader,
//! with script and without.

use chrono::TimeDelta;
use reclamations::staff::Role;
use serde_json::json;
use thirtyfour::Key;

use crate::journey::pages::asked_nobody_else;
use crate::journey::sound::is_sound_for_staff;
use crate::story::wait_until_answered;
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::chromium::{Chromium, Script};
use crate::support::filing::{COMPLAINT, Receipt, file};
use crate::support::smtp::SmtpServer;
use crate::support::totp::{Colleague, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_works_all_day_by_keyboard() {
    spend_day(Script::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_works_all_day_by_keyboard_without_script() {
    spend_day(Script::Off).await;
}

async fn spend_day(script: Script) {
    let smtp = SmtpServer::start().await;
    let flags = ["--rate-limits", "off", "--relay", &smtp.url()];
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &flags).await;
    let background = app.start_background();
    let (person, other) = (app.browser(), app.browser());
    let handler = app.colleague(&other, "Paul Nadeau", Role::Handler).await;
    let reader = app.colleague(&other, "Ines Morel", Role::Supervisor).await;
    let urgent = file(&person, &COMPLAINT).await;
    confirm_address(&app, &person, &smtp).await;
    app.state.clock.advance(TimeDelta::days(1));
    let _later = file(&app.browser(), &COMPLAINT).await;

    let chromium = Chromium::start(&app.address, script).await;
    let case = format!("/gestion/dossiers/{}", urgent.reference);
    sign_in(&app, &chromium, &handler).await;
    take_most_urgent(&chromium, script, &case).await;
    ask(&chromium, &case).await;
    reply(&person, &urgent).await;
    write_refusal(&chromium, &case).await;
    leave(&chromium).await;

    sign_in(&app, &chromium, &reader).await;
    approve(&chromium, &case).await;
    leave(&chromium).await;

    sign_in(&app, &chromium, &handler).await;
    send(&app, &chromium, &case).await;
    app.sign_in(&other, &reader).await;
    wait_until_answered(&app, &other, &case).await;
    close(&chromium, &case).await;
    asked_nobody_else(&chromium, &app.address).await;
    background.finish().await;
}

/// The person follows the link of the first e-mail.
async fn confirm_address(app: &TestApp, person: &Browser, smtp: &SmtpServer) {
    let first = smtp.wait_for(1).await.remove(0);
    let link = first.link("/suivi/confirmation/").unwrap();
    let path = link.strip_prefix(&app.address).unwrap();
    person.fill(path, &[]).await;
}

/// Signs in with both factors.
async fn sign_in(app: &TestApp, chromium: &Chromium, who: &Colleague) {
    // A code works once.
    app.state.clock.advance(TimeDelta::seconds(30));
    chromium.open("/gestion/connexion").await;
    chromium.type_in("Adresse e-mail", &who.email).await;
    chromium.type_in("Mot de passe", PASSWORD).await;
    let second = "/gestion/connexion/code";
    chromium.follow("button", "Continuer", second).await;
    let code = who.phone.code(app.now());
    chromium.type_in("Code à six chiffres", &code).await;
    chromium.follow("button", "Se connecter", "/gestion").await;
    is_sound_for_staff(chromium).await;
}

async fn leave(chromium: &Chromium) {
    let door = "/gestion/connexion";
    chromium.follow("button", "Se déconnecter", door).await;
}

/// The first of the list is the most urgent.
async fn take_most_urgent(chromium: &Chromium, script: Script, case: &str) {
    if script == Script::On {
        chromium.press("j").await;
        chromium.leave_by("o", case).await;
    } else {
        chromium.follow("link", "ASK-", case).await;
    }
    open_act(chromium, case, "Prendre en charge", "prise-en-charge").await;
    let button = "Prendre ce dossier en charge";
    chromium.follow("button", button, case).await;
    shows(chromium, "Vous avez pris ce dossier en charge.").await;
}

/// Asks the person for something.
async fn ask(chromium: &Chromium, case: &str) {
    let label = "Demander un élément";
    open_act(chromium, case, label, "demande-a-la-personne").await;
    let what = "La copie de votre avis d’échéance.";
    chromium.type_in("Ce que nous attendons", what).await;
    chromium
        .follow("button", "Demander cet élément", case)
        .await;
    is_sound_for_staff(chromium).await;
    shows(chromium, "Nous attendons un élément de la personne").await;
}

/// The person sends it.
async fn reply(person: &Browser, receipt: &Receipt) {
    let code = [
        ("reference", receipt.reference.as_str()),
        ("code", receipt.code.as_str()),
    ];
    person.fill("/suivi", &code).await.location();
    let message = [("message", "Voici l’avis d’échéance.")];
    let page = person.get("/suivi/dossier").await;
    let csrf = page.value("csrf");
    let fields = [&message[..], &[("csrf", csrf.as_str())]].concat();
    let sent = person.post("/suivi/dossier/message", &fields).await;
    sent.location();
}

/// A refusal: it waits for someone else.
async fn write_refusal(chromium: &Chromium, case: &str) {
    chromium.open(case).await;
    shows(chromium, "Voici l’avis d’échéance.").await;
    let editor = format!("{case}/reponse");
    chromium.follow("link", "Rédiger la réponse", &editor).await;
    is_sound_for_staff(chromium).await;
    let grievance = "La résiliation n’a pas été traitée.";
    chromium.type_in("Le grief", grievance).await;
    chromium.choose("Fondé", "Non fondé").await;
    let grounds = "Votre demande nous est parvenue après l’échéance.";
    chromium.type_in("Vos motifs", grounds).await;
    chromium.choose("Satisfaction", "Refus").await;
    let keep = "Enregistrer le brouillon";
    chromium.follow("button", keep, &editor).await;
    is_sound_for_staff(chromium).await;
    shows(chromium, "Une autre personne doit approuver ce refus").await;
}

/// The second reader finds it in their list.
async fn approve(chromium: &Chromium, case: &str) {
    chromium.open("/gestion?liste=a-relire").await;
    is_sound_for_staff(chromium).await;
    chromium.follow("link", "ASK-", case).await;
    let editor = format!("{case}/reponse");
    chromium.follow("link", "Relire la réponse", &editor).await;
    is_sound_for_staff(chromium).await;
    let button = "Approuver la réponse";
    chromium.follow("button", button, case).await;
    shows(chromium, "La réponse est relue et approuvée.").await;
}

/// Once read, it leaves.
async fn send(app: &TestApp, chromium: &Chromium, case: &str) {
    chromium.follow("link", "ASK-", case).await;
    chromium.follow("button", "Envoyer la réponse", case).await;
    is_sound_for_staff(chromium).await;
    // Until then, it can be held back.
    app.state.clock.advance(TimeDelta::seconds(61));
}

async fn close(chromium: &Chromium, case: &str) {
    chromium.open(case).await;
    chromium.follow("button", "Clôturer le dossier", case).await;
    is_sound_for_staff(chromium).await;
    shows(chromium, "Le dossier est clôturé.").await;
}

/// Opens an act of the menu.
async fn open_act(chromium: &Chromium, case: &str, label: &str, part: &str) {
    chromium
        .tab_to("DisclosureTriangle", "Choisir un acte")
        .await;
    chromium.press(Key::Enter).await;
    let page = format!("{case}/{part}");
    chromium.follow("link", label, &page).await;
    is_sound_for_staff(chromium).await;
}

async fn shows(chromium: &Chromium, words: &str) {
    let text = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')";
    let shown = format!("{text}.includes({})", json!(words));
    if chromium.evaluate(&shown).await != json!(true) {
        let text = chromium.evaluate(text).await;
        panic!("« {words} » is not on {}: {text}", chromium.path().await);
    }
}
