//! A case and what staff do to it.

mod acts;
mod answer;
mod answer_files;
mod archive;
mod cancellation;
mod commitments;
mod comparables;
mod contested;
mod dates_and_links;
mod desk_acts;
mod grievances;
mod hand_over;
mod joined;
mod letters;
mod letters_by_email;
mod marks;
mod mediation_file;
mod outside;
mod page;
mod proof;
mod restriction;
mod second_reading;
mod sight;
mod stale;
mod suggestions;
mod withheld;
