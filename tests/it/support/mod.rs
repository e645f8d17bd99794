//! What the tests stand on.

pub(crate) mod app;
pub(crate) mod authority;
pub(crate) mod browser;
pub(crate) mod cases;
pub(crate) mod chromium;
pub(crate) mod clamd;
pub(crate) mod counter;
pub(crate) mod database;
pub(crate) mod dovecot;
pub(crate) mod filing;
pub(crate) mod folder;
pub(crate) mod keys;
pub(crate) mod node;
pub(crate) mod pdf;
pub(crate) mod phone;
pub(crate) mod samples;
pub(crate) mod smtp;
pub(crate) mod snapshot;
pub(crate) mod system;
pub(crate) mod totp;
pub(crate) mod upload;
pub(crate) mod wire;
pub(crate) mod worker;
