//! What every act on a case starts from, and how it ends.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};

use crate::case::sight::{self, Unseen};
use crate::case::{Reference, Seen};
use crate::db::{Conn, PooledConn};
use crate::staff::{Right, StaffId};
use crate::web::staff::cases::acts::{ActLine, Scene};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::current::CurrentStaff;
use crate::web::{AppError, AppState, html, urls};

/// Which case an address names.
pub(in crate::web::staff) fn parse_reference(text: &str) -> Result<Reference, AppError> {
    Reference::parse(text).ok_or(AppError::NotFound)
}

/// Someone about to act on a case.
pub(in crate::web::staff) struct Desk {
    /// The site.
    pub(super) state: Data<AppState>,
    /// Who acts.
    pub(super) current: CurrentStaff,
    /// On which case.
    pub(super) reference: Reference,
    /// The case as they saw it.
    pub(super) seen: Seen,
    /// The last line of its journal that they saw.
    pub(super) last_line: i32,
}

/// What the hidden fields of every form say of the case as it was shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// Its version.
    pub(super) version: i32,
    /// The last line of its journal.
    pub(super) last_line: i32,
}

impl Desk {
    /// Checks the right again, and that they see the case.
    pub(super) async fn open(
        state: Data<AppState>,
        current: CurrentStaff,
        right: Right,
        reference: &str,
        shown: Shown,
    ) -> Result<Self, AppError> {
        current.require(right)?;
        let reference = parse_reference(reference)?;
        let mut conn = state.pool.get().await?;
        let case = sight::open(&mut conn, reference, current.viewer(&state)).await?;
        drop(conn);
        Ok(Self {
            seen: Seen {
                case,
                version: shown.version,
            },
            last_line: shown.last_line,
            state,
            current,
            reference,
        })
    }

    /// Reads the case as it is now.
    pub(super) async fn load(&self, conn: &mut Conn) -> Result<Loaded, AppError> {
        Loaded::read(conn, self.reference, &self.state, &self.current).await
    }

    /// A connection for the act.
    pub(super) async fn conn(&self) -> Result<PooledConn, AppError> {
        Ok(self.state.pool.get().await?)
    }

    /// Who acts, and when.
    pub(super) fn by(&self) -> (StaffId, DateTime<Utc>) {
        (self.current.id(), self.state.clock.now())
    }

    /// The case as the person at the desk sees it.
    pub(super) fn scene<'a>(&'a self, loaded: &'a Loaded) -> Scene<'a> {
        Scene {
            state: &self.state,
            current: &self.current,
            loaded,
        }
    }

    /// The end of an act: the case with its notice; what it queued leaves.
    pub(super) fn done(&self, line: &ActLine) -> HttpResponse {
        self.state.outbox_bell.notify_one();
        self.see_case(line.code())
    }

    /// The same after an act that may have hidden the case from whoever did it: then the inbox.
    pub(super) async fn done_or_hidden(&self, line: &ActLine) -> Result<HttpResponse, AppError> {
        let mut conn = self.conn().await?;
        let viewer = self.current.viewer(&self.state);
        match sight::open(&mut conn, self.reference, viewer).await {
            Ok(_) => Ok(self.done(line)),
            Err(Unseen::NotThere | Unseen::Sensitive) => Ok(html::see_other(urls::STAFF_INBOX)),
            Err(Unseen::Database(error)) => Err(error.into()),
        }
    }

    /// The case, and that the act is done.
    pub(super) fn see_case(&self, done: &str) -> HttpResponse {
        let address = urls::staff_case(&self.reference);
        html::see_other(&format!("{address}?fait={done}"))
    }
}
