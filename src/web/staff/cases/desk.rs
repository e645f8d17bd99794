//! What every act on a case starts from, and how it ends.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};

use crate::case::sight::{self, Unseen};
use crate::case::{Reference, Seen};
use crate::db::{Conn, PooledConn};
use crate::staff::{Right, StaffId};
use crate::web::staff::cases::acts::Scene;
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

    /// The end of an act: the case with its notice, or the inbox if the act has hidden it from whoever
    /// did it; what it queued leaves.
    pub(super) async fn done(&self, code: &str) -> Result<HttpResponse, AppError> {
        self.state.outbox_bell.notify_one();
        let mut conn = self.conn().await?;
        let viewer = self.current.viewer(&self.state);
        let address = match sight::open(&mut conn, self.reference, viewer).await {
            Ok(_) => format!("{}?fait={code}", urls::staff_case(&self.reference)),
            Err(Unseen::NotThere | Unseen::Sensitive | Unseen::Archived) => {
                urls::STAFF_INBOX.to_owned()
            }
            Err(Unseen::Database(error)) => return Err(error.into()),
        };
        Ok(html::see_other(&address))
    }
}
