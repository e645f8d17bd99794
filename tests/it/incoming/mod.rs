//! E-mails that reach us, from their bytes to what becomes of them.

mod bouncing;
mod filing;
mod mailbox;
mod replying;
mod writing;
