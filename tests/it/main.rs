//! The one test program: the real server, a real PostgreSQL, real HTTP.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod architecture;
mod calendar;
mod code_lists;
mod crash;
mod daily;
mod deadlines;
mod demo;
mod embedded;
mod files;
mod inbox_plan;
mod incoming;
mod journal;
mod journey;
mod letters;
mod mail;
mod migrations;
mod notices;
mod public;
mod search_plan;
mod staff;

mod story;
mod support;
mod typography;
