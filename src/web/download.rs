//! A file given back: to be saved, never shown by the browser, streamed from the database.

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, Charset, ContentDisposition,
    DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::web::Bytes;
use futures_util::TryStreamExt;

use crate::case::files::CaseFile;
use crate::case::incoming::FileRow;
use crate::files::{FileId, Format, chunks};
use crate::web::{AppError, AppState};

/// The bytes of a file, as they came.
///
/// # Errors
/// [`AppError::NotFound`] while it is being scanned, and for ever when something was found in it.
pub(crate) fn answer(state: &AppState, file: &CaseFile) -> Result<HttpResponse, AppError> {
    if !file.may_be_served(state.has_scanner()) {
        return Err(AppError::NotFound);
    }
    let what = (file.id, file.format, file.size);
    Ok(bytes(state, &file.name, what))
}

/// The bytes of a file that came with an e-mail, or of the e-mail itself.
///
/// # Errors
/// [`AppError::NotFound`] while it is being scanned, and for ever when something was found in it.
pub(crate) fn answer_mail(state: &AppState, file: &FileRow) -> Result<HttpResponse, AppError> {
    if !file.scan.may_be_served(state.has_scanner()) {
        return Err(AppError::NotFound);
    }
    let size = file.size.and_then(|size| u64::try_from(size).ok());
    let what = (file.id(), file.format, size.unwrap_or_default());
    Ok(bytes(state, &file.name, what))
}

fn bytes(state: &AppState, name: &str, (id, format, size): (FileId, Format, u64)) -> HttpResponse {
    let bytes = chunks(state.pool.clone(), id).map_ok(Bytes::from);
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, format.media_type()))
        .insert_header(to_be_saved(name))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(SizedStream::new(size, bytes))
}

/// The name twice: in plain letters for old programs (RFC 6266), and as it is (RFC 8187).
fn to_be_saved(name: &str) -> ContentDisposition {
    let is_plain = |c: char| c.is_ascii_graphic() || c == ' ';
    let plain: String = name
        .chars()
        .map(|c| {
            if is_plain(c) && !matches!(c, '"' | '\\' | '%') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let whole = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![
            DispositionParam::Filename(plain),
            DispositionParam::FilenameExt(whole),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_given_in_both_ways() {
        assert_eq!(
            to_be_saved("reçu \"1\" 😀.pdf").to_string(),
            "attachment; filename=\"re_u _1_ _.pdf\"; \
             filename*=UTF-8''re%C3%A7u%20%221%22%20%F0%9F%98%80.pdf"
        );
    }
}
