//! The person at the other end: a handler that takes [`CurrentStaff`] cannot run without one.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::case::sight::Viewer;
use crate::staff::{Right, StaffId, StaffMember};
use crate::web::staff::menu::{self, MenuLine};
use crate::web::{AppError, AppState, csrf};

/// What `templates/staff/layout.html` shows of the person: a field `shell` of every page.
#[derive(Clone, Debug)]
pub(crate) struct Shell {
    /// Who is signed in.
    pub(crate) name: String,
    /// The lines of the menu that they may follow.
    pub(crate) menu: Vec<MenuLine>,
    /// Token of every form of the page, sign-out included: the hidden field `csrf`.
    pub(crate) csrf: String,
}

/// A signed-in, enrolled, not disabled member of staff, put there by the guard.
#[derive(Clone, Debug)]
pub(crate) struct CurrentStaff {
    member: StaffMember,
    /// Path of the page they asked for.
    path: String,
}

impl CurrentStaff {
    pub(super) fn new(member: StaffMember, path: &str) -> Self {
        Self {
            member,
            path: path.to_owned(),
        }
    }

    /// Id of the account.
    pub(crate) fn id(&self) -> StaffId {
        self.member.id
    }

    /// First and last name.
    pub(crate) fn name(&self) -> &str {
        &self.member.display_name
    }

    /// Whether single keys act in lists.
    pub(crate) const fn has_shortcuts(&self) -> bool {
        self.member.has_shortcuts
    }

    /// Whether a button is worth showing.
    pub(crate) fn may(&self, right: Right) -> bool {
        self.member.roles.may(right)
    }

    /// As the rule of who sees which case knows them.
    pub(crate) fn viewer(&self, state: &AppState) -> Viewer {
        let who = (self.id(), self.member.roles);
        Viewer::new(who, &state.book(), state.today())
    }

    /// For what a row of the table cannot say, such as giving a case to someone else.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] without the right.
    pub(crate) fn require(&self, right: Right) -> Result<(), AppError> {
        if self.may(right) {
            Ok(())
        } else {
            Err(AppError::Forbidden)
        }
    }

    /// What the layout shows of them.
    pub(crate) fn shell(&self, state: &AppState) -> Shell {
        Shell {
            name: self.member.display_name.clone(),
            menu: menu::of(self.member.roles, &self.path),
            csrf: self.token(state),
        }
    }

    /// The first page of the menu for them: where those go who may not read cases.
    pub(super) fn first_page(&self) -> Option<&'static str> {
        menu::first_page(self.member.roles)
    }

    /// The token of the forms shown to them. It is bound to the account and not to the session: a
    /// form that outlived its session can still be sent after signing in again.
    fn token(&self, state: &AppState) -> String {
        csrf::token(&state.keys.csrf, &self.holder(), state.clock.now())
    }

    /// Checks the token of a posted form.
    ///
    /// # Errors
    /// [`AppError::BadForm`] when the form was not shown to them.
    pub(super) fn check(&self, state: &AppState, token: &str) -> Result<(), AppError> {
        csrf::check(&state.keys.csrf, &self.holder(), token)
            .map(drop)
            .ok_or(AppError::BadForm)
    }

    fn holder(&self) -> String {
        format!("staff:{}", self.member.id.0)
    }
}

impl FromRequest for CurrentStaff {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let current = request.extensions().get::<Self>().cloned();
        ready(current.ok_or(AppError::SignedOut))
    }
}
