//! The bounded pool of connections.

use std::sync::Arc;
use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{self, Timeouts};
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::pooled_connection::deadpool::Pool as DieselPool;
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use futures_util::FutureExt;
use tokio::runtime::Handle;

use crate::db::connect;

/// A bounded pool: a full one answers an error, it never grows.
#[derive(Clone)]
pub struct Pool(DieselPool<AsyncPgConnection>);

/// No connection could be had: the server is full or the database is away.
#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    /// Every connection was busy for too long, or the database does not answer.
    #[error("no database connection: {0}")]
    Unavailable(String),
    /// The database's address cannot be used.
    #[error("the database URL cannot be used: {0}")]
    BadUrl(String),
}

/// A connection on loan from the pool.
pub type PooledConn = managed::Object<AsyncDieselConnectionManager<AsyncPgConnection>>;

impl Pool {
    /// A pool of at most `size` connections to `url`, opened when first needed.
    ///
    /// Connections are driven by the runtime that is current here, which must be the program's
    /// multi-thread one: a busy web worker then never holds up another worker's queries.
    ///
    /// # Errors
    /// When the URL cannot be parsed.
    pub fn new(url: &str, size: usize, wait: Duration) -> Result<Self, PoolError> {
        let settings = connect::parse(url).map_err(|error| PoolError::BadUrl(error.to_string()))?;
        let settings = Arc::new(settings);
        let runtime = Handle::current();
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(move |_| {
            let settings = Arc::clone(&settings);
            let driver = runtime.clone();
            let connecting = runtime.spawn(async move {
                let mut conn = connect::open(&settings, &driver).await?;
                prepare(&mut conn).await?;
                Ok(conn)
            });
            async move {
                connecting
                    .await
                    .unwrap_or_else(|error| Err(ConnectionError::BadConnection(error.to_string())))
            }
            .boxed()
        });
        let manager = AsyncDieselConnectionManager::new_with_config(url, config);
        DieselPool::builder(manager)
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .timeouts(Timeouts {
                wait: Some(wait),
                create: Some(wait),
                recycle: Some(wait),
            })
            .build()
            .map(Self)
            .map_err(|error| PoolError::BadUrl(error.to_string()))
    }

    /// Borrows a connection.
    ///
    /// # Errors
    /// When none is free in time, or the database does not answer.
    pub async fn get(&self) -> Result<PooledConn, PoolError> {
        self.0
            .get()
            .await
            .map_err(|error| PoolError::Unavailable(error.to_string()))
    }
}

/// Every statement of ours is short: compiling one, which the planner may think worth it, only costs.
async fn prepare(conn: &mut AsyncPgConnection) -> ConnectionResult<()> {
    let prepared = conn.batch_execute("SET jit = off").await;
    prepared.map_err(ConnectionError::CouldntSetupConfiguration)
}
