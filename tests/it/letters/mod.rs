//! Letters as PDF: what each says, that it is accessible and sound, that no text is markup.

mod hostile;
mod layout;
mod merging;
mod pieces;
mod samples;
mod words;
