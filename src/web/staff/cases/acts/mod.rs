//! The acts on a case: one table, which makes the menu of the page, the routes and their rights. Each
//! act is a page of its own, in one file: its words, its fields, and what it does.

mod acknowledge;
mod add_address;
mod approve;
mod assign;
mod bar;
mod by_post;
mod cancel_sending;
mod close;
mod confirm_oral;
mod convert;
mod correct_person;
mod dates;
mod disagree;
mod field;
mod form;
mod group;
mod hold;
mod invite;
mod late;
mod link;
mod mark_read;
mod message;
mod motive;
mod note;
mod object;
mod outside;
mod page;
mod post;
mod prove;
mod qualify;
mod reopen;
mod requalify;
mod restrict;
mod satisfied;
mod sensitive;
mod take;
mod typed;
mod visit;

pub(super) use field::Field;
pub(in crate::web::staff) use field::text_message;
pub(super) use form::{ActForm, Effect, Refused};
pub(in crate::web::staff) use group::Group;
pub(in crate::web::staff) use post::{BAD_DATE, BAD_TRACKING, NO_DATE};
pub(super) use typed::Typed;
pub(super) use visit::refuse;

use crate::case::templates::TemplateKind;
use crate::db::Conn;
use crate::staff::{Right, StaffId};
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::entry::register;
use crate::web::{AppError, AppState};

/// Every act on a case, in the order of the menu.
pub(in crate::web::staff) const ACTS: &[ActEntry] = &[
    entry::<take::Take>(),
    entry::<assign::Assign>(),
    entry::<note::Note>(),
    entry::<message::Write>(),
    entry::<outside::Ask>(),
    entry::<outside::Remind>(),
    entry::<outside::StopWaiting>(),
    entry::<outside::Hold>(),
    entry::<mark_read::MarkRead>(),
    entry::<disagree::Disagree>(),
    entry::<acknowledge::Acknowledge>(),
    entry::<add_address::AddAddress>(),
    entry::<post::Post>(),
    entry::<prove::Prove>(),
    entry::<qualify::Qualify>(),
    entry::<invite::Invite>(),
    entry::<confirm_oral::ConfirmOral>(),
    entry::<convert::Convert>(),
    entry::<requalify::Requalify>(),
    entry::<object::Object>(),
    entry::<correct_person::CorrectPerson>(),
    entry::<approve::Approve>(),
    entry::<cancel_sending::CancelSending>(),
    entry::<dates::CorrectDates>(),
    entry::<late::Explain>(),
    entry::<link::Link>(),
    entry::<link::Unlink>(),
    entry::<sensitive::Flag>(),
    entry::<sensitive::Unflag>(),
    entry::<bar::Bar>(),
    entry::<bar::LiftBar>(),
    entry::<hold::Hold>(),
    entry::<hold::EndHold>(),
    entry::<restrict::Restrict>(),
    entry::<restrict::EndRestriction>(),
    entry::<outside::Transfer>(),
    entry::<outside::Return>(),
    entry::<outside::Refer>(),
    entry::<outside::SendDocuments>(),
    entry::<outside::NoteOpinion>(),
    entry::<outside::FollowUp>(),
    entry::<outside::TakeWithdrawal>(),
    entry::<outside::UndoWithdrawal>(),
    entry::<outside::DropAnswer>(),
    entry::<satisfied::Satisfied>(),
    entry::<close::Close>(),
    entry::<reopen::Reopen>(),
];

/// A row of the table.
#[derive(Debug)]
pub(in crate::web::staff) struct ActEntry {
    /// What it is.
    pub(super) line: &'static ActLine,
    /// Its page, and itself.
    pub(in crate::web::staff) routes: [StaffRoute; 2],
}

const fn entry<A: CaseAct>() -> ActEntry {
    let access = Access::Right(A::LINE.right);
    ActEntry {
        line: A::LINE,
        routes: [
            StaffRoute::get(A::LINE.path, access, |route| route.to(visit::show::<A>)),
            StaffRoute::post(A::LINE.path, access, |route| route.to(visit::perform::<A>)),
        ],
    }
}

/// What an act is called, where it is, who may do it and when.
#[derive(Debug)]
pub(in crate::web::staff) struct ActLine {
    /// Pattern of its address.
    pub(super) path: &'static str,
    /// In the menu, and the title of its page: « Ajouter une note interne ».
    pub(super) label: &'static str,
    /// On its button.
    pub(super) button: &'static str,
    /// On the case, once it is done.
    pub(super) done: &'static str,
    /// Who may do it.
    pub(super) right: Right,
    /// Where it stands in the menu; nowhere when the page offers it otherwise.
    pub(super) group: Option<Group>,
    /// Whether it can be done on the case as it is.
    pub(super) suits: fn(&Scene<'_>) -> bool,
    /// Whether its consequences depend on what is typed: they are shown before it is done.
    pub(super) is_previewed: bool,
}

/// Below the address of a case.
const CASE_PATH: &str = "/gestion/dossiers/{reference}/";

impl ActLine {
    /// The end of its address, which also names its notice.
    pub(super) fn code(&self) -> &'static str {
        self.path.strip_prefix(CASE_PATH).unwrap_or(self.path)
    }
}

/// A case as someone at the desk sees it.
#[derive(Clone, Copy)]
pub(in crate::web::staff) struct Scene<'a> {
    /// The site.
    pub(super) state: &'a AppState,
    /// Who looks.
    pub(super) current: &'a CurrentStaff,
    /// The case.
    pub(super) loaded: &'a Loaded,
}

impl Scene<'_> {
    /// Whether the case is over.
    pub(super) fn has_ended(&self) -> bool {
        self.loaded.dossier.case.status.has_ended()
    }

    /// Who handles it.
    pub(super) fn handler(&self) -> Option<StaffId> {
        self.loaded.dossier.case.handler()
    }
}

/// One act on a case.
pub(in crate::web::staff) trait CaseAct: 'static {
    /// Its row in the table.
    const LINE: &'static ActLine;

    /// What its form holds when it is opened.
    fn opened(_: &Scene<'_>) -> Typed {
        Typed::default()
    }

    /// The templates that one of its fields can start from, and the name of that field.
    fn template(_: &Typed) -> Option<(TemplateKind, &'static str)> {
        None
    }

    /// Its page, for what is typed now.
    fn form(typed: &Typed, scene: &Scene<'_>) -> ActForm;

    /// Whether [`CaseAct::completed`] reads the database: what was exchanged is then not read.
    const COMPLETES: bool = false;

    /// The same with what another reading of the database offers.
    async fn completed(form: ActForm, _: &mut Conn, _: &Scene<'_>) -> Result<ActForm, AppError> {
        Ok(form)
    }

    /// Does it.
    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused>;
}

/// The notice of an act that was done on this case; an unknown code says nothing.
pub(super) fn notice_on(code: &str, scene: &Scene<'_>) -> Option<&'static str> {
    by_post::notice(code, scene).or_else(|| notice(code))
}

/// The notice of an act that was done; an unknown code says nothing.
pub(super) fn notice(code: &str) -> Option<&'static str> {
    match code {
        "brouillon" => Some("Le brouillon est enregistré."),
        "engagements" => Some("L’engagement est noté comme tenu."),
        "reponse/envoi" => Some("La réponse est passée au départ. Le délai s’arrête à sa remise."),
        _ => ACTS
            .iter()
            .find(|entry| entry.line.code() == code)
            .map_or_else(|| register::notice(code), |entry| Some(entry.line.done)),
    }
}
