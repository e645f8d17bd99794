//! Complaint handling for a French insurance broker: the public procedure, the form,
//! the case page and the back office. Modules are listed in reading order.

pub mod app;
pub mod calendar;
pub mod case;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
pub mod files;
pub mod firm;
pub mod installation;
pub mod jobs;
pub mod journal;
pub mod keys;
pub mod letters;
pub mod mail;
pub mod settings;
pub mod staff;
pub mod telemetry;
pub mod web;
