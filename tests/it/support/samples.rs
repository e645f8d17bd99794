//! Files to send: small ones of each format, and archives made to do harm.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// A PDF of this many bytes.
pub(crate) fn pdf(size: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.extend((bytes.len()..size).map(|n| u8::try_from(n % 251).unwrap()));
    bytes
}

/// A JPEG picture, as far as its first bytes tell.
pub(crate) fn jpeg() -> Vec<u8> {
    [&b"\xff\xd8\xff\xe0\0\x10JFIF\0"[..], &[0; 500]].concat()
}

/// A program for Windows, as far as its first bytes tell.
pub(crate) fn program() -> Vec<u8> {
    [&b"MZ\x90\0\x03\0\0\0"[..], &[0; 500]].concat()
}

/// A ZIP archive of these files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = Zip::default();
    for (name, content) in files {
        zip.add(name, content, content.len());
    }
    zip.close()
}

/// A Word document.
pub(crate) fn docx() -> Vec<u8> {
    zip(&docx_files(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ))
}

/// What a Word document holds, with this type of main part.
pub(crate) fn docx_files(main: &str) -> [(&'static str, &'static [u8]); 2] {
    let contents = format!(
        "<Types><Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>"
    );
    [
        ("[Content_Types].xml", contents.leak().as_bytes()),
        ("word/document.xml", b"<w:document/>"),
    ]
}

/// An `OpenDocument` text.
pub(crate) fn odt() -> Vec<u8> {
    zip(&odt_files())
}

/// What it holds.
pub(crate) fn odt_files() -> [(&'static str, &'static [u8]); 2] {
    [
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"<office:document-content/>"),
    ]
}

/// An archive being written.
#[derive(Default)]
pub(crate) struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    n_files: u16,
}

impl Zip {
    /// Adds a file that says it becomes `declared` bytes.
    pub(crate) fn add(&mut self, name: &str, content: &[u8], declared: usize) {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).unwrap();
        let packed = encoder.finish().unwrap();
        let at = u32::try_from(self.bytes.len()).unwrap();
        let header = Self::header(name, packed.len(), declared);
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&header);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(&packed);
        self.list(name, &header, at);
    }

    /// Lists the first file once more under another name: both share its bytes.
    pub(crate) fn list_again(&mut self, name: &str, packed: usize, declared: usize) {
        let header = Self::header(name, packed, declared);
        self.list(name, &header, 0);
    }

    /// Puts bytes that are no file at the beginning.
    pub(crate) fn bytes_before(&mut self, bytes: &[u8]) {
        self.bytes.splice(0..0, bytes.iter().copied());
    }

    fn header(name: &str, packed: usize, declared: usize) -> Vec<u8> {
        let mut header = vec![20, 0, 0, 0, 8, 0];
        header.extend([0; 8]);
        header.extend(u32::try_from(packed).unwrap().to_le_bytes());
        header.extend(u32::try_from(declared).unwrap().to_le_bytes());
        header.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        header.extend([0, 0]);
        header
    }

    fn list(&mut self, name: &str, header: &[u8], at: u32) {
        self.directory.extend(b"PK\x01\x02\x14\0");
        self.directory.extend(header);
        self.directory.extend([0; 10]);
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.n_files += 1;
    }

    /// The archive.
    pub(crate) fn close(mut self) -> Vec<u8> {
        let at = u32::try_from(self.bytes.len()).unwrap();
        let length = u32::try_from(self.directory.len()).unwrap();
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.n_files.to_le_bytes());
        self.bytes.extend(self.n_files.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(at.to_le_bytes());
        self.bytes.extend([0, 0]);
        self.bytes
    }
}
