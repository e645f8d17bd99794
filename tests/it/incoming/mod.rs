//! E-mails that reach us, from their bytes to what becomes of them.

mod bouncing;
mod coming_back_twice;
mod desk;
mod doubting;
mod encrypted;
mod filing;
mod forgetting;
mod kept_from;
mod leaving_again;
mod mailbox;
mod refusing;
mod replying;
mod returning;
mod returning_late;
mod seen;
mod standing_in;
mod traps;
mod trying;
mod two_hundred;
mod writing;
