//! One case: its page and its acts.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::cases;

/// Below `/gestion/dossiers/{reference}`.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get(
        "/gestion/dossiers/{reference}",
        Access::Right(Right::ReadCases),
        |route| route.to(cases::show::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/prise-en-charge",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::pressed::take),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/affectation",
        Access::Right(Right::AssignOthers),
        |route| route.to(cases::assignment::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/lecture",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::pressed::mark_read),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/note",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::note::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/message",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::message::create),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/pieces",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::files::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/pieces",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::files::add),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/pieces/{file}",
        Access::Right(Right::ReadCases),
        |route| route.to(cases::file::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/pieces/{file}/retirer",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::files::remove),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/accuse-par-courrier",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::acknowledgement::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/courrier",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::posting::create),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/reponse",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::answer::editor::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/reponse",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::answer::editor::update),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/reponse/relecture",
        Access::Right(Right::ApproveAnswers),
        |route| route.to(cases::pressed::approve),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/reponse/envoi",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::answer::sending::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/requalification",
        Access::Right(Right::RequalifyCases),
        |route| route.to(cases::requalification::to_request),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/opposition",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::objection::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/reclamation",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::requalification::to_complaint),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/cloture",
        Access::Right(Right::CloseCases),
        |route| route.to(cases::pressed::close),
    ),
];
