//! The system's journal as a test reads it: what was added to it since.

use reclamations::journal::{self, SYSTEM_CHAIN};

use crate::support::app::TestApp;

impl TestApp {
    /// The lines of the system's journal: who, what, with which facts on one line.
    pub(crate) async fn system_lines(&self) -> Vec<String> {
        let mut conn = self.database.conn().await;
        let lines = journal::of_chain(&mut conn, SYSTEM_CHAIN).await.unwrap();
        let to_text = |it: journal::Recorded| {
            let facts = it.line.facts.replace('\n', " ");
            format!("{} {} {facts}", it.line.actor, it.line.kind)
        };
        lines.into_iter().map(to_text).collect()
    }

    /// The lines that `act` added.
    pub(crate) async fn added_lines(&self, before: &[String]) -> Vec<String> {
        let now = self.system_lines().await;
        assert!(now.starts_with(before), "append-only");
        now.into_iter().skip(before.len()).collect()
    }
}
