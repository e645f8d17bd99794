//! The load program: `cargo bench -- 1000 1000000` fills a database of each size, starts the program on
//! it, sends it the work of a busy day from 32 clients, and prints what each page costs beside
//! `pgbench` running the same SQL in the same run. It asserts no time, and no test needs it.
//!
//! Without sizes: 1,000 cases. `BENCH_SECONDS` is how long each page is asked for (3).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measure that cannot go on ends, and what it prints is its result"
)]

mod filing;
mod load;
mod pages;
mod pgbench;
mod site;

/// What the tests have already: a browser, a folder that leaves nothing running.
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../it/support"]
mod support {
    pub(crate) mod browser;
    pub(crate) mod folder;
    pub(crate) mod phone;
}

use std::time::{Duration, Instant};

use crate::load::Measure;
use crate::pages::Asked;
use crate::site::Site;

/// People who work at once.
const CLIENTS: usize = 32;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    // Cargo adds `--bench`.
    let sizes: Vec<u32> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() { vec![1_000] } else { sizes };
    for n_cases in sizes {
        of_size(n_cases).await;
    }
}

async fn of_size(n_cases: u32) {
    let began = Instant::now();
    let site = Site::filled(n_cases).await;
    println!(
        "\n## {n_cases} cases, filled and started in {:.1} s\n",
        began.elapsed().as_secs_f64()
    );
    println!(
        "| page | p50 ms | p95 ms | requests/s | transactions | pgbench p50 | p95 | tps | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for asked in pages::all(&site).await {
        one(&site, &asked).await;
    }
    filing::measure(&site).await;
    site.stop().await;
}

/// Asks for a page as long as it takes, then lets pgbench do the same.
async fn one(site: &Site, asked: &Asked) {
    let client = Site::client();
    drop(load::drive(&client, site, asked, Duration::from_millis(700)).await);
    let before = site.transactions().await;
    let measure = load::drive(&client, site, asked, seconds()).await;
    let n = site.transactions().await - before;
    let by_pgbench = match &asked.sql {
        Some(sql) => pgbench::run(site, sql, pgbench::Until::Passed(seconds())).await,
        None => None,
    };
    print_line(&asked.name, &measure, Some(n), by_pgbench.as_ref());
}

/// One line of the table.
fn print_line(name: &str, measure: &Measure, n_transactions: Option<f64>, other: Option<&Measure>) {
    let n = n_transactions.map_or_else(String::new, |n| format!("{:.1}", n / measure.count()));
    let beside = other.map_or_else(
        || "| | |".to_owned(),
        |other| {
            format!(
                "{:.2} | {:.2} | {:.0} | {:.2}",
                other.millis(50),
                other.millis(95),
                other.rate(),
                measure.rate() / other.rate()
            )
        },
    );
    println!(
        "| {name} | {:.2} | {:.2} | {:.0} | {n} | {beside} |",
        measure.millis(50),
        measure.millis(95),
        measure.rate()
    );
}

fn seconds() -> Duration {
    #[expect(
        clippy::disallowed_methods,
        reason = "a load program has no settings of the site"
    )]
    let asked = std::env::var("BENCH_SECONDS").ok();
    Duration::from_secs(asked.and_then(|text| text.parse().ok()).unwrap_or(3))
}
