//! Signing in, enrolling, leaving.

use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::{enrolment, enrolment_code, sign_in, sign_in_code, sign_out};

/// Open to strangers, but for leaving.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get("/gestion/connexion", Access::Anyone, |route| {
        route.to(sign_in::show)
    }),
    StaffRoute::post("/gestion/connexion", Access::Anyone, |route| {
        route.to(sign_in::send)
    }),
    StaffRoute::get("/gestion/connexion/code", Access::Anyone, |route| {
        route.to(sign_in_code::show)
    }),
    StaffRoute::post("/gestion/connexion/code", Access::Anyone, |route| {
        route.to(sign_in_code::send)
    }),
    StaffRoute::post("/gestion/deconnexion", Access::SignedIn, |route| {
        route.to(sign_out::create)
    }),
    StaffRoute::get("/gestion/activation/{token}", Access::Anyone, |route| {
        route.to(enrolment::show)
    }),
    StaffRoute::post("/gestion/activation/{token}", Access::Anyone, |route| {
        route.to(enrolment::send)
    }),
    StaffRoute::get(
        "/gestion/activation/{token}/code",
        Access::Anyone,
        |route| route.to(enrolment_code::show),
    ),
    StaffRoute::post(
        "/gestion/activation/{token}/code",
        Access::Anyone,
        |route| route.to(enrolment_code::send),
    ),
];
