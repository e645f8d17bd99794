//! E-mails that reach us, from their bytes to what becomes of them.

mod bouncing;
mod desk;
mod doubting;
mod encrypted;
mod filing;
mod forgetting;
mod kept_from;
mod mailbox;
mod refusing;
mod replying;
mod seen;
mod traps;
mod trying;
mod two_hundred;
mod writing;
