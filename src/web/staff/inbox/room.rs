//! What every page of the inbox reads first: who reads, colleagues, products, labels.

use std::sync::Arc;

use actix_web::web::Data;

use crate::case::catalogue::Catalogue;
use crate::case::inbox::{self, SavedFilter, Seat};
use crate::case::label::Label;
use crate::db::Conn;
use crate::staff::Right;
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::inbox::fields::Known;
use crate::web::staff::inbox::view::View;
use crate::web::{AppError, AppState};

/// Read once for a page.
pub(super) struct Room {
    /// Who reads, and on which day.
    pub(super) seat: Seat,
    /// The people of the back office.
    pub(super) colleagues: Colleagues,
    /// Products and subjects.
    pub(super) catalogue: Arc<Catalogue>,
    /// Labels, by name.
    pub(super) labels: Vec<Label>,
    /// The lists they keep.
    pub(super) saved: Vec<SavedFilter>,
}

impl Room {
    /// Reads it.
    pub(super) async fn read(
        state: &Data<AppState>,
        current: &CurrentStaff,
        conn: &mut Conn,
    ) -> Result<Self, AppError> {
        let (labels, saved) = inbox::on_offer(conn, current.id()).await?;
        Ok(Self {
            seat: Seat {
                viewer: current.viewer(state),
                oversees: current.may(Right::AssignOthers),
            },
            colleagues: Colleagues::read(conn).await?,
            catalogue: state.catalogue.read(conn, state.clock.now()).await?,
            labels,
            saved,
        })
    }

    /// What the values of an address can mean.
    pub(super) fn known(&self) -> Known<'_> {
        Known {
            me: self.seat.viewer.id,
            colleagues: &self.colleagues,
            catalogue: &self.catalogue,
            labels: &self.labels,
        }
    }

    /// What an address asks for.
    pub(super) fn view(&self, pairs: &[(String, String)]) -> View {
        View::parse(pairs, &self.known())
    }
}
