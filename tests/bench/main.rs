//! The load program: `cargo bench --bench load -- 1000 1000000` fills a database of each size, starts the program on
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
mod record;
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
        "| page | p50 ms | p95 ms | requests/s | statements | pgbench p50 | p95 | tps | ratio | to its list alone |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for asked in pages::all(&site).await {
        one(&site, &asked).await;
    }
    filing::measure(&site).await;
    site.stop().await;
}

/// Asks for a page as long as it takes, then lets pgbench run all its statements, and the one that
/// reads its list.
async fn one(site: &Site, asked: &Asked) {
    let statements = record::statements(site, asked).await;
    let client = Site::client();
    drop(load::drive(&client, site, asked, Duration::from_millis(700)).await);
    let measure = load::drive(&client, site, asked, seconds()).await;
    let until = || pgbench::Until::Passed(seconds());
    let all = pgbench::run(site, &statements.script(), until()).await;
    let list = match statements.list() {
        Some(sql) => pgbench::run(site, &sql, until()).await,
        None => None,
    };
    let others = [all.as_ref(), list.as_ref()];
    print_line(&asked.name, &measure, Some(statements.count()), others);
}

/// One line of the table: what pgbench did of the same, and of its list alone.
fn print_line(
    name: &str,
    measure: &Measure,
    n_statements: Option<usize>,
    [all, list]: [Option<&Measure>; 2],
) {
    let n = n_statements.map_or_else(String::new, |n| n.to_string());
    let ratio = |other: &Measure| format!("{:.2}", measure.rate() / other.rate());
    let beside = all.map_or_else(
        || "| | |".to_owned(),
        |all| {
            format!(
                "{:.2} | {:.2} | {:.0} | {}",
                all.millis(50),
                all.millis(95),
                all.rate(),
                ratio(all)
            )
        },
    );
    let alone = list.map_or_else(String::new, ratio);
    println!(
        "| {name} | {:.2} | {:.2} | {:.0} | {n} | {beside} | {alone} |",
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
