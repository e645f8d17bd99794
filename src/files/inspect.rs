//! The inspection of a file while it arrives, and of an archive's directory once it is here.

use crate::db::{Conn, DbError};
use crate::files::directory::{self, HEADER, TAIL};
use crate::files::format::{Looks, is_email, look};
use crate::files::text::TextCheck;
use crate::files::{FileId, FileName, Format, range};

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The name announces none of the formats that are taken.
    #[error("the name announces no format that is taken")]
    UnknownFormat,
    /// The bytes are not what the name says.
    #[error("the bytes are not what the name says")]
    NotWhatItSays {
        /// The name's format.
        announced: Format,
        /// The bytes' format, if it is one of ours.
        found: Option<Format>,
    },
    /// Not one byte.
    #[error("the file is empty")]
    Empty,
    /// More bytes than are taken.
    #[error("the file is larger than {max} bytes")]
    TooLarge {
        /// Most bytes of a file.
        max: u64,
    },
    /// A document that runs programs.
    #[error("the document holds macros")]
    Macros,
    /// An archive that would become far larger than it is.
    #[error("the archive would grow out of bounds")]
    Bomb,
    /// An archive whose directory cannot be read.
    #[error("the archive is damaged")]
    Damaged,
}

/// Why an inspection failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum InspectError {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What is still to be seen of a file whose beginning suits its name.
#[derive(Clone, Copy, Debug)]
enum Watch {
    /// Its beginning says it all.
    Nothing,
    /// All of it must be text.
    Text(TextCheck),
    /// An e-mail may hold letters of any encoding, but no zero byte.
    Email,
}

/// The inspection of one file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inspection {
    announced: Format,
    watch: Option<Watch>,
}

impl Inspection {
    /// Begins with the name alone.
    pub(super) fn of(name: &FileName) -> Result<Self, Refused> {
        let announced = Format::announced_by(&name.extension()).ok_or(Refused::UnknownFormat)?;
        Ok(Self {
            announced,
            watch: None,
        })
    }

    /// The format that the name announces.
    pub(super) const fn format(self) -> Format {
        self.announced
    }

    /// Looks at the next piece; the first one is the beginning of the file.
    pub(super) fn see(&mut self, piece: &[u8]) -> Result<(), Refused> {
        let mut watch = match self.watch {
            None => self.begin(piece)?,
            Some(watch) => watch,
        };
        let goes_on = match &mut watch {
            Watch::Nothing => true,
            Watch::Text(check) => check.takes(piece),
            Watch::Email => !piece.contains(&0),
        };
        self.watch = Some(watch);
        if goes_on {
            Ok(())
        } else {
            Err(self.not_what_it_says(None))
        }
    }

    fn begin(self, head: &[u8]) -> Result<Watch, Refused> {
        let looks = look(head);
        match (self.announced, looks) {
            (Format::Eml, _) if is_email(head) => Ok(Watch::Email),
            // A saved e-mail may begin like a text, and a text like an e-mail.
            (Format::Txt, Looks::Like(Format::Txt | Format::Eml)) => {
                Ok(Watch::Text(TextCheck::of(head)))
            }
            (announced, Looks::LikeArchive) if announced.is_archive() => Ok(Watch::Nothing),
            (announced, Looks::Like(found)) if announced == found && found != Format::Eml => {
                Ok(Watch::Nothing)
            }
            (_, Looks::Like(found)) if found != self.announced => {
                Err(self.not_what_it_says(Some(found)))
            }
            _ => Err(self.not_what_it_says(None)),
        }
    }

    const fn not_what_it_says(self, found: Option<Format>) -> Refused {
        Refused::NotWhatItSays {
            announced: self.announced,
            found,
        }
    }

    /// Looks into the directory of an archive, once all of it is kept.
    pub(super) async fn open(
        &self,
        conn: &mut Conn,
        file: FileId,
        size: u64,
    ) -> Result<(), InspectError> {
        if !self.announced.is_archive() {
            return Ok(());
        }
        let tail_at = size.saturating_sub(TAIL);
        let tail = range(conn, file, tail_at, size - tail_at).await?;
        let place = directory::find(&tail, size)?;
        let listed = range(conn, file, place.offset, place.length).await?;
        let entries = directory::entries(&listed)?;
        let contents = directory::judge(self.announced, size, &entries)?;
        let header = range(conn, file, contents.header, HEADER).await?;
        let at = contents
            .header
            .saturating_add(directory::content_after(&header)?);
        let packed = range(conn, file, at, contents.packed).await?;
        directory::judge_contents(self.announced, contents, &packed)?;
        Ok(())
    }
}
