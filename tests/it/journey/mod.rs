//! The journey of a person, in a real browser 320 pixels wide.

mod case;
mod day;
mod files;
mod keyboard;
mod pages;
mod refused;
mod script;
mod sound;
mod staff_pages;
