//! The `.eml` files of e-mails that went with an erased case: the row is gone, the file follows. Each
//! node looks into its own folder, once a day.

use std::path::PathBuf;

use crate::db::Pool;
use crate::mail::{OutboxId, eml_files, outbox, remove_eml};

/// Files compared with the database at once.
const BATCH: usize = 1_000;

/// Removes the files whose e-mail is no longer known, and returns how many.
pub(super) async fn round(pool: &Pool, data_dir: PathBuf) -> anyhow::Result<usize> {
    let folder = data_dir.clone();
    let ids = tokio::task::spawn_blocking(move || eml_files(&folder)).await??;
    let mut n_removed = 0;
    for ids in ids.chunks(BATCH) {
        let mut conn = pool.get().await?;
        let known = outbox::known(&mut conn, ids).await?;
        drop(conn);
        let orphans: Vec<OutboxId> = ids
            .iter()
            .copied()
            .filter(|id| !known.contains(id))
            .collect();
        n_removed += orphans.len();
        let folder = data_dir.clone();
        tokio::task::spawn_blocking(move || {
            orphans
                .into_iter()
                .try_for_each(|id| remove_eml(&folder, id))
        })
        .await??;
    }
    Ok(n_removed)
}
