//! The time a letter takes: `cargo bench --bench letters` sets one of each kind again and again, and
//! prints how long it took, and how many pages and bytes came of it. A budget of 200 ms a letter stands in
//! the design; nothing is asserted, and no test needs it. With a folder as argument, the letters are
//! left there, to be looked at.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measure that cannot go on ends, and what it prints is its result"
)]

#[expect(dead_code, reason = "the tests set more of them")]
#[path = "../it/letters/samples.rs"]
mod samples;

use std::path::Path;
use std::time::Instant;

/// How often each is set; the first one sets up the press, and counts apart.
const TIMES: usize = 100;

fn main() {
    // Cargo adds `--bench`.
    let folder = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let began = Instant::now();
    drop(samples::answer().set().unwrap());
    let first = began.elapsed().as_secs_f64() * 1_000.0;
    println!("the first letter of the program: {first:.0} ms\n");
    println!("| letter | p50 ms | p95 ms | pages | bytes |\n|---|---|---|---|---|");
    for letter in samples::all() {
        let mut millis: Vec<f64> = (0..TIMES)
            .map(|_| {
                let began = Instant::now();
                drop(letter.set().unwrap());
                began.elapsed().as_secs_f64() * 1_000.0
            })
            .collect();
        millis.sort_by(f64::total_cmp);
        let at = |percent: usize| {
            millis
                .get(TIMES * percent / 100)
                .copied()
                .unwrap_or_default()
        };
        let set = letter.set().unwrap();
        println!(
            "| {} | {:.1} | {:.1} | {} | {} |",
            letter.subject,
            at(50),
            at(95),
            set.n_pages,
            set.pdf.len()
        );
        if let Some(folder) = &folder {
            std::fs::write(Path::new(folder).join(letter.file_name()), set.pdf).unwrap();
        }
    }
}
