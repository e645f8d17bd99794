//! The database: its pool, its schema, its migrations, and the private server of an installation.

mod away;
pub mod bootstrap;
mod condition;
mod connect;
pub mod copy;
pub mod embedded;
pub mod lock;
pub mod migrations;
pub mod pool;
#[expect(missing_docs, reason = "generated from the comments of the database")]
pub mod schema;
mod text_code;

pub use away::is_away;
pub use condition::{Condition, Fixed, fixed};
pub use connect::connect;
pub use pool::{Pool, PoolError, PooledConn};
pub(crate) use text_code::text_code;

/// A connection, taken by every act and query.
pub type Conn = diesel_async::AsyncPgConnection;
/// What a query can fail with.
pub type DbError = diesel::result::Error;
