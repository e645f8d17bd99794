//! The page of a case: its head, its clocks, what comes next, what was said, and the way to every act.

use askama::Template;

use crate::case::PostalKind;
use crate::case::thread::ItemKind;
use crate::staff::Right;
use crate::web::staff::cases::acts::Scene;
use crate::web::staff::cases::alerts;
use crate::web::staff::cases::answer::held::Held;
use crate::web::staff::cases::answer::promised::Promised;
use crate::web::staff::cases::answer_view::AnswerView;
use crate::web::staff::cases::beside_notes::{self, BesideNote};
use crate::web::staff::cases::clock_cards::{self, ClockCard};
use crate::web::staff::cases::file::{self, CaseFileLine};
use crate::web::staff::cases::forms::CaseForms;
use crate::web::staff::cases::header::Header;
use crate::web::staff::cases::journal_lines::{self, JournalLine};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::menu::{self, MenuGroup};
use crate::web::staff::cases::nature_note::NatureNote;
use crate::web::staff::cases::next_step::{NextStep, Primary, must_post, next_step};
use crate::web::staff::cases::opinion::Opinion;
use crate::web::staff::cases::person::{self, Fact};
use crate::web::staff::cases::thread_entries::{self, Entry};
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::lateness;
use crate::web::staff::moment::{Day, Moment, Remaining};
use crate::web::staff::words;
use crate::web::upload::FileScan;
use crate::web::urls;

/// `templates/staff/cases/show.html`.
#[derive(Template)]
#[template(path = "staff/cases/show.html")]
pub(super) struct CasePage {
    shell: Shell,
    forms: CaseForms,
    notice: Option<&'static str>,
    header: Header,
    nature: Option<NatureNote>,
    /// References of the cases that belong with it.
    linked: Vec<String>,
    mails: Vec<MailLine>,
    /// What whoever opens it must know first.
    alerts: Vec<String>,
    /// What was late already when it was entered.
    late: Vec<String>,
    beside: Vec<BesideNote>,
    clocks: Vec<ClockCard>,
    step: NextStep,
    /// Whether the letter of that step waits among those to be printed.
    is_to_print: bool,
    /// The one button, if its reader may press it.
    primary: Option<Primary>,
    /// Whether the reader works cases.
    works: bool,
    /// Whether no letter can be posted to the person.
    lacks_address: bool,
    /// When the person last wrote, while nobody has answered or noted it as read.
    wrote: Option<Moment>,
    evaluation: Option<Opinion>,
    /// The answer just sent, while that can be undone.
    held: Option<Held>,
    /// How what was promised stands, if anything was.
    promised: Option<Promised>,
    tasks: Vec<Task>,
    entries: Vec<Entry>,
    draft: Option<AnswerView>,
    journal: Vec<JournalLine>,
    facts: Vec<Fact>,
    files: Vec<CaseFileLine>,
    menu: Vec<MenuGroup>,
}

/// A letter that waits to be posted.
struct Task {
    title: &'static str,
    kind: PostalKind,
    due: Day,
    left: Remaining,
}

impl CasePage {
    /// The page as its reader may see it.
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let Scene {
            state,
            current,
            loaded,
        } = *scene;
        let step = next_step(loaded, current, state);
        let today = state.today();
        let primary = primary(scene, step);
        let shell = current.shell(state);
        Self {
            forms: CaseForms::new(loaded, &shell),
            shell,
            notice: None,
            header: Header::of(loaded),
            nature: NatureNote::of(loaded, today),
            late: lateness::of_dossier(&loaded.dossier),
            beside: beside_notes::notes(loaded, today),
            linked: linked(loaded),
            mails: mails(loaded, current),
            alerts: alerts::of(loaded, today),
            clocks: clock_cards::cards(&loaded.dossier, today),
            menu: menu::groups(scene, primary.as_ref().map(|one| one.part)),
            primary,
            step,
            is_to_print: step.letter().is_some_and(|kind| must_post(loaded, kind)),
            works: current.may(Right::WorkCases),
            lacks_address: loaded.dossier.filing.postal_address.is_none(),
            wrote: loaded.dossier.case.person_wrote_at.map(Moment::of),
            evaluation: loaded.dossier.evaluation.as_ref().map(Opinion::of),
            held: Held::of(loaded, state.clock.now()),
            promised: Promised::of(loaded, today),
            tasks: thread_entries::to_post(&loaded.items, step.letter())
                .into_iter()
                .filter_map(|item| match (item.kind, item.due_on) {
                    (ItemKind::Letter(kind), Some(due_on)) => Some(Task {
                        title: words::letter(kind),
                        kind,
                        due: Day::of(due_on),
                        left: Remaining::before(due_on, today),
                    }),
                    _ => None,
                })
                .collect(),
            entries: thread_entries::entries(loaded),
            draft: AnswerView::of_draft(loaded),
            journal: journal_lines::lines(&loaded.journal, loaded),
            facts: person::facts(&loaded.dossier),
            files: file::lines(loaded, state.has_scanner()),
        }
    }

    /// With what was just done.
    pub(super) fn noticing(mut self, notice: Option<&'static str>) -> Self {
        self.notice = notice;
        self
    }
}

/// The one button of the page: closing a late case begins with the cause.
fn primary(scene: &Scene<'_>, step: NextStep) -> Option<Primary> {
    let is_unexplained = alerts::lacks_cause(scene.loaded, scene.state.today());
    let next = if step == NextStep::Close && is_unexplained {
        Some(Primary::page("retard", "Indiquer la cause du retard"))
    } else {
        step.primary()
    };
    next.filter(|one| scene.current.may(one.right))
}

fn linked(loaded: &Loaded) -> Vec<String> {
    let linked = loaded.particulars.linked();
    linked.map(|reference| reference.to_string()).collect()
}

/// An e-mail that is with the case.
struct MailLine {
    address: String,
    subject: String,
    is_for_staff: bool,
}

/// The e-mails that reached us, for those who may open them.
fn mails(loaded: &Loaded, current: &CurrentStaff) -> Vec<MailLine> {
    let mails = loaded.particulars.mails.iter();
    let mails = mails.filter(|_| current.may(Right::EnterCases));
    mails
        .map(|(id, subject, is_in_thread)| MailLine {
            address: format!("{}/{id}", urls::STAFF_INCOMING),
            subject: Some(subject.clone())
                .filter(|subject| !subject.is_empty())
                .unwrap_or_else(|| "(sans objet)".to_owned()),
            is_for_staff: !is_in_thread,
        })
        .collect()
}
