//! A real PostgreSQL for the whole test program, and a schema of its own for each test.

use std::time::Duration;

use diesel_async::SimpleAsyncConnection;
use reclamations::db::embedded::{self, Durability, Options, Server};
use reclamations::db::{Conn, Pool, bootstrap, connect, migrations};
use reclamations::keys::random_bytes;
use tokio::sync::OnceCell;
use tokio_postgres::{NoTls, Row};

use crate::support::folder::TestFolder;

static SHARED: OnceCell<Shared> = OnceCell::const_new();

struct Shared {
    server: Server,
    /// Lives as long as the test program.
    _folder: TestFolder,
}

/// A schema of its own in the PostgreSQL of the test program.
pub(crate) struct TestDatabase {
    schema: String,
}

impl TestDatabase {
    /// A schema with every migration applied.
    pub(crate) async fn new() -> Self {
        let database = Self::empty().await;
        migrations::apply(&database.url().await).await.unwrap();
        database
    }

    /// A schema with nothing in it.
    pub(crate) async fn empty() -> Self {
        let schema = format!("test_{:016x}", u64::from_ne_bytes(random_bytes()));
        let mut conn = connect(&shared().await.server.url()).await.unwrap();
        let create = format!("CREATE SCHEMA {schema}");
        conn.batch_execute(&create).await.unwrap();
        Self { schema }
    }

    /// The address of the schema for the program, which needs to know nothing of it.
    pub(crate) async fn url(&self) -> String {
        self.within(&shared().await.server.url())
    }

    /// The same for a superuser, who can switch triggers off.
    pub(crate) async fn superuser_url(&self) -> String {
        self.within(&shared().await.server.superuser_url())
    }

    /// A small pool of connections.
    pub(crate) async fn pool(&self) -> Pool {
        Pool::new(&self.url().await, 4, Duration::from_secs(10)).unwrap()
    }

    /// One connection.
    pub(crate) async fn conn(&self) -> Conn {
        connect(&self.url().await).await.unwrap()
    }

    /// What a statement of the test's own returns, where the program has no query for it.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<Row> {
        let url = self.superuser_url().await;
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.query(sql, &[]).await.unwrap()
    }

    /// The first row that such a statement returns.
    pub(crate) async fn row(&self, sql: &str) -> Row {
        self.rows(sql).await.into_iter().next().unwrap()
    }

    /// Runs statements of the test's own, as a superuser.
    pub(crate) async fn run(&self, sql: &str) {
        let mut conn = connect(&self.superuser_url().await).await.unwrap();
        conn.batch_execute(sql).await.unwrap();
    }

    /// The name of the schema.
    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    fn within(&self, url: &str) -> String {
        format!("{url}?options=-c%20search_path%3D{}%2Cpublic", self.schema)
    }
}

async fn shared() -> &'static Shared {
    SHARED.get_or_init(launch).await
}

async fn launch() -> Shared {
    let folder = TestFolder::new();
    let options = Options {
        durability: Durability::Throwaway,
        state_folder: folder.path().join("state"),
    };
    let server = embedded::start(folder.path(), options).await.unwrap();
    bootstrap::add_extensions(&server.url()).await;
    Shared {
        server,
        _folder: folder,
    }
}
