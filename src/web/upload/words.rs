//! Files in French: how large they are, what the scanner said, why one is not taken.

use data_encoding::HEXLOWER;

use crate::case::files::CaseFile;
use crate::config;
use crate::files::{Format, Refused, ScanState};
use crate::web::upload::UploadError;

/// A file as a list shows it.
pub(crate) struct FileLine {
    /// Its id, for its address.
    pub(crate) id: i64,
    /// Its name.
    pub(crate) name: String,
    /// « 1,2 Mo ».
    pub(crate) size: String,
    /// SHA-256 of the original, hexadecimal.
    pub(crate) digest: String,
    /// Where the scan stands, where there is a scanner.
    pub(crate) scan: FileScan,
}

/// Where the scan of a file stands, for pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileScan {
    /// No scanner is set and it was never scanned, or it is a letter of ours.
    None,
    /// Being scanned: it waits.
    Waiting,
    /// Nothing found.
    Clean,
    /// Something found: kept apart.
    Infected,
}

impl FileLine {
    /// A file, where a scanner is set or not.
    pub(crate) fn new(file: &CaseFile, has_scanner: bool) -> Self {
        Self {
            id: file.id.0,
            name: file.name.clone(),
            size: size_words(file.size),
            digest: HEXLOWER.encode(&file.sha256),
            scan: match file.scan {
                // What the program makes by itself needs no scan.
                _ if file.letter.is_some() => FileScan::None,
                ScanState::Waiting if has_scanner => FileScan::Waiting,
                ScanState::Waiting => FileScan::None,
                ScanState::Clean => FileScan::Clean,
                ScanState::Infected => FileScan::Infected,
            },
        }
    }

    /// The files of a list.
    pub(crate) fn of(files: &[CaseFile], has_scanner: bool) -> Vec<Self> {
        files
            .iter()
            .map(|file| Self::new(file, has_scanner))
            .collect()
    }

    /// Whether it can be downloaded.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.scan, FileScan::None | FileScan::Clean)
    }
}

/// What the upload box says before the button.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Most files.
    pub(crate) n_files: usize,
    bytes: u64,
}

impl Limits {
    /// As the settings say.
    pub(crate) const fn of(settings: &config::Files) -> Self {
        Self {
            n_files: settings.files_at_most,
            bytes: settings.file_bytes,
        }
    }

    /// « 10 Mo ».
    pub(crate) fn size(&self) -> String {
        size_words(self.bytes)
    }
}

/// « 12 octets », « 350 ko », « 1,2 Mo »: as computers show it, 1,024 at a time.
pub(crate) fn size_words(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes.saturating_mul(10) + unit / 2) / unit;
    let decimal = |tenths: u64, unit| match tenths % 10 {
        0 => format!("{}\u{a0}{unit}", tenths / 10),
        tenth => format!("{},{tenth}\u{a0}{unit}", tenths / 10),
    };
    match bytes {
        0..=1 => format!("{bytes}\u{a0}octet"),
        2..=1023 => format!("{bytes}\u{a0}octets"),
        1024..=1_048_575 => format!("{}\u{a0}ko", bytes.div_ceil(1024)),
        _ => decimal(tenths(1_048_576), "Mo"),
    }
}

/// What to do about a file that is not taken; none when the page is another.
pub(crate) fn refusal(error: &UploadError) -> Option<String> {
    Some(match error {
        UploadError::NoFile => "Choisissez un fichier, puis ajoutez-le.".to_owned(),
        UploadError::Refused(refused) => refused_words(*refused),
        UploadError::TooMany { max } => format!(
            "Vous avez déjà joint {max}\u{a0}fichiers, le maximum. Retirez-en un pour en ajouter \
             un autre, ou réunissez plusieurs pages en un seul PDF."
        ),
        UploadError::Broken => "L’envoi du fichier s’est interrompu avant la fin. Rien n’en a été \
             conservé\u{202f}: choisissez-le de nouveau."
            .to_owned(),
        UploadError::Unreadable => "Ce fichier n’a pas pu être lu, peut-être à cause de son nom. \
             Renommez-le simplement, par exemple «\u{202f}facture.pdf\u{202f}», puis choisissez-le \
             de nouveau."
            .to_owned(),
        UploadError::Over | UploadError::App(_) => return None,
    })
}

fn refused_words(refused: Refused) -> String {
    match refused {
        Refused::UnknownFormat => "Choisissez un fichier PDF, JPEG, PNG, HEIC, DOCX, ODT, TXT ou \
             EML\u{202f}: les autres formats ne sont pas acceptés."
            .to_owned(),
        Refused::NotWhatItSays {
            announced,
            found: Some(found),
        } => format!(
            "Ce fichier se dit {}, mais son contenu est au format {}. Enregistrez-le de nouveau au \
             bon format, ou corrigez son nom.",
            format_words(announced),
            format_words(found)
        ),
        Refused::NotWhatItSays {
            announced,
            found: None,
        } => format!(
            "Ce fichier se dit {}, mais son contenu ne l’est pas. Enregistrez-le de nouveau dans un \
             format accepté.",
            format_words(announced)
        ),
        Refused::Empty => {
            "Ce fichier est vide. Vérifiez-le, puis choisissez-le de nouveau.".to_owned()
        }
        Refused::TooLarge { max } => format!(
            "Ce fichier dépasse {}. Réduisez-le, par exemple en diminuant la qualité de l’image, ou \
             partagez-le en plusieurs fichiers.",
            size_words(max)
        ),
        Refused::Macros => {
            "Ce document contient des macros, que nous n’ouvrons pas. Enregistrez-le \
             en PDF, puis choisissez le PDF."
                .to_owned()
        }
        Refused::Bomb => {
            "Ce document se décompresse en un contenu démesuré. Enregistrez-le en PDF, \
             puis choisissez le PDF."
                .to_owned()
        }
        Refused::Damaged => {
            "Ce document est endommagé. Ouvrez-le, enregistrez-le de nouveau ou en \
             PDF, puis choisissez-le."
                .to_owned()
        }
    }
}

const fn format_words(format: Format) -> &'static str {
    match format {
        Format::Pdf => "PDF",
        Format::Jpeg => "JPEG",
        Format::Png => "PNG",
        Format::Heic => "HEIC",
        Format::Docx => "DOCX",
        Format::Odt => "ODT",
        Format::Txt => "texte (TXT)",
        Format::Eml => "courriel (EML)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_computers_show_them() {
        for (bytes, words) in [
            (1, "1 octet"),
            (1023, "1023 octets"),
            (1024, "1 ko"),
            (1025, "2 ko"),
            (1_048_576, "1 Mo"),
            (1_258_291, "1,2 Mo"),
            (10 * 1_048_576, "10 Mo"),
        ] {
            assert_eq!(size_words(bytes).replace('\u{a0}', " "), words);
        }
    }
}
