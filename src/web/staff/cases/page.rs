//! The page of a case, whole or with a form to correct.

use askama::Template;

use crate::calendar::plain_date;
use crate::case::requalification::{can_be_objected_to, can_be_requalified};
use crate::case::thread::ItemKind;
use crate::case::{MessageRole, Nature, PostalKind, Status};
use crate::staff::Right;
use crate::web::AppState;
use crate::web::form::FormErrors;
use crate::web::staff::cases::answer_view::AnswerView;
use crate::web::staff::cases::attempt::Attempt;
use crate::web::staff::cases::clock_cards::{self, ClockCard};
use crate::web::staff::cases::file::{self, CaseFileLine};
use crate::web::staff::cases::forms::{CaseForms, Choice, PostForm};
use crate::web::staff::cases::journal_lines::{self, JournalLine};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::nature_note::NatureNote;
use crate::web::staff::cases::next_step::{NextStep, next_step};
use crate::web::staff::cases::opinion::Opinion;
use crate::web::staff::cases::person::{self, Fact};
use crate::web::staff::cases::thread_entries::{self, Entry};
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::moment::{Day, Moment, Remaining};
use crate::web::staff::words;
use crate::web::upload::FileScan;

/// `templates/staff/cases/show.html`.
#[derive(Template)]
#[template(path = "staff/cases/show.html")]
pub(super) struct CasePage {
    shell: Shell,
    forms: CaseForms,
    notice: Option<&'static str>,
    errors: FormErrors,
    header: Header,
    nature: Option<NatureNote>,
    clocks: Vec<ClockCard>,
    step: NextStep,
    /// When the person last wrote, while nobody has answered or noted it as read.
    wrote: Option<Moment>,
    evaluation: Option<Opinion>,
    step_post: Option<PostForm>,
    tasks: Vec<Task>,
    entries: Vec<Entry>,
    draft: Option<AnswerView>,
    journal: Vec<JournalLine>,
    facts: Vec<Fact>,
    files: Vec<CaseFileLine>,
    /// The forms shown: never one that would be refused.
    acts: Vec<Act>,
    handlers: Vec<Choice>,
    attempt: Option<Attempt>,
}

/// What the case is, at a glance.
struct Header {
    status: &'static str,
    status_tone: &'static str,
    is_complaint: bool,
    nature: &'static str,
    declared: &'static str,
    qualified: &'static str,
    handler: Option<String>,
    channel: &'static str,
    received: String,
    written: Option<String>,
    is_demo: bool,
}

/// A letter that waits to be posted.
struct Task {
    due: Day,
    left: Remaining,
    form: PostForm,
}

/// A form of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// All that a handler does.
    Work,
    Take,
    Assign,
    PostAcknowledgement,
    MarkRead,
    Close,
    ToRequest,
    Object,
    ToComplaint,
}

impl CasePage {
    /// The page as `current` may see it.
    pub(super) fn new(state: &AppState, current: &CurrentStaff, loaded: &Loaded) -> Self {
        let step = next_step(loaded, current, state.office.second_reader_required());
        let shell = current.shell(state);
        let today = state.today();
        let post = |kind| PostForm::new(kind, words::letter(kind), "");
        Self {
            forms: CaseForms::new(loaded, &shell),
            shell,
            notice: None,
            errors: FormErrors::default(),
            header: header(loaded),
            nature: NatureNote::of(loaded),
            clocks: clock_cards::cards(&loaded.dossier, today),
            step,
            wrote: loaded.dossier.case.person_wrote_at.map(Moment::of),
            evaluation: loaded.dossier.evaluation.as_ref().map(Opinion::of),
            step_post: step.letter().map(post),
            tasks: thread_entries::to_post(&loaded.items, step.letter())
                .into_iter()
                .filter_map(|item| match (item.kind, item.due_on) {
                    (ItemKind::Letter(kind), Some(due_on)) => Some(Task {
                        due: Day::of(due_on),
                        left: Remaining::before(due_on, today),
                        form: post(kind),
                    }),
                    _ => None,
                })
                .collect(),
            entries: thread_entries::entries(loaded),
            draft: AnswerView::of_draft(loaded),
            journal: journal_lines::lines(&loaded.journal, &loaded.colleagues),
            facts: person::facts(&loaded.dossier),
            files: file::lines(loaded, state.has_scanner()),
            acts: acts(current, loaded, step),
            handlers: Choice::handlers(
                &loaded.colleagues.who_may(Right::WorkCases),
                loaded.dossier.case.handler(),
            ),
            attempt: None,
        }
    }

    /// With what was just done.
    pub(super) fn noticing(mut self, notice: Option<&'static str>) -> Self {
        self.notice = notice;
        self
    }

    /// With a form that was refused, as it was typed.
    pub(super) fn refused(mut self, attempt: Attempt, errors: FormErrors) -> Self {
        for form in self.tasks.iter_mut().map(|task| &mut task.form) {
            keep_typed(form, &attempt);
        }
        if let Some(form) = &mut self.step_post {
            keep_typed(form, &attempt);
        }
        self.attempt = Some(attempt);
        self.errors = errors;
        self
    }

    fn may(&self, act: Act) -> bool {
        self.acts.contains(&act)
    }

    fn typed_note(&self) -> Option<&str> {
        self.attempt.as_ref()?.note()
    }

    fn typed_message(&self) -> Option<&str> {
        self.attempt.as_ref()?.message(MessageRole::Exchange)
    }

    fn typed_request_answer(&self) -> Option<&str> {
        self.attempt.as_ref()?.message(MessageRole::RequestAnswer)
    }

    fn typed_motive(&self, to: Nature) -> Option<&str> {
        self.attempt.as_ref()?.motive(to)
    }

    fn typed_objection(&self) -> Option<&str> {
        self.attempt.as_ref()?.objected_on()
    }

    /// The acknowledgement by post, as one act among others.
    fn acknowledgement_form(&self) -> PostForm {
        let kind = PostalKind::Acknowledgement;
        let typed = self.attempt.as_ref().and_then(|it| it.posted_on(kind));
        PostForm::new(kind, words::letter(kind), typed.unwrap_or_default())
    }
}

fn keep_typed(form: &mut PostForm, attempt: &Attempt) {
    let kind = PostalKind::from_code(form.kind);
    if let Some(typed) = kind.and_then(|kind| attempt.posted_on(kind)) {
        typed.clone_into(&mut form.typed);
    }
}

fn header(loaded: &Loaded) -> Header {
    let case = &loaded.dossier.case;
    let named = |nature: Option<Nature>, none| nature.map_or(none, words::nature);
    Header {
        status: if loaded.dossier.is_contested() {
            "Désaccord, à réexaminer"
        } else {
            words::status(case.status, case.nature)
        },
        status_tone: words::status_tone(case.status),
        is_complaint: case.nature == Nature::Complaint,
        nature: words::nature(case.nature),
        declared: named(case.nature_declared, "non précisée"),
        qualified: named(case.nature_qualified, "à qualifier"),
        handler: case
            .handler()
            .map(|id| loaded.colleagues.name(id).to_owned()),
        channel: words::channel(case.channel),
        received: plain_date(loaded.dossier.dates.received_on),
        written: loaded.dossier.dates.first_written_on.map(plain_date),
        is_demo: case.is_demo,
    }
}

fn acts(current: &CurrentStaff, loaded: &Loaded, step: NextStep) -> Vec<Act> {
    let case = &loaded.dossier.case;
    let works = current.may(Right::WorkCases);
    let is_on = !case.status.has_ended();
    let is_asked = loaded.items.iter().any(|item| {
        item.kind == ItemKind::Letter(PostalKind::Acknowledgement) && item.posted_on.is_none()
    });
    let owes_acknowledgement =
        case.status == Status::Received && case.nature == Nature::Complaint && !is_asked;
    [
        (Act::Work, works),
        (
            Act::Take,
            works && is_on && case.handler() != Some(current.id()),
        ),
        (Act::Assign, is_on && current.may(Right::AssignOthers)),
        (
            Act::PostAcknowledgement,
            works && owes_acknowledgement && step != NextStep::PostAcknowledgement,
        ),
        (Act::MarkRead, works && case.person_wrote_at.is_some()),
        (
            Act::Close,
            step == NextStep::Close && current.may(Right::CloseCases),
        ),
        (
            Act::ToRequest,
            current.may(Right::RequalifyCases) && can_be_requalified(&loaded.dossier),
        ),
        (Act::Object, works && can_be_objected_to(&loaded.dossier)),
        (
            Act::ToComplaint,
            works && case.nature == Nature::InformationRequest && case.status != Status::Withdrawn,
        ),
    ]
    .into_iter()
    .filter_map(|(act, is_shown)| is_shown.then_some(act))
    .collect()
}
