//! Static files: compiled in, compressed at start, named by their content so that they never expire.

use std::io::Write;
use std::sync::LazyLock;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, VARY,
};
use actix_web::{HttpRequest, HttpResponse, web};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::web::AppError;

/// Content ready to be served in three encodings.
#[derive(Debug)]
pub(crate) struct Precompressed {
    /// Its media type.
    pub(crate) content_type: &'static str,
    plain: web::Bytes,
    gzip: Option<web::Bytes>,
    brotli: Option<web::Bytes>,
    /// Hexadecimal digest of the content, 16 characters.
    pub(crate) fingerprint: String,
}

impl Precompressed {
    /// Compresses once, as small as it goes.
    pub(crate) fn new(content_type: &'static str, content: &[u8]) -> Self {
        let mut fingerprint = HEXLOWER.encode(&Sha256::digest(content));
        fingerprint.truncate(16);
        Self {
            content_type,
            plain: web::Bytes::copy_from_slice(content),
            gzip: smaller(gzip(content), content),
            brotli: smaller(brotli(content), content),
            fingerprint,
        }
    }

    /// The smallest form that the browser says it can read, and the name of its encoding.
    pub(crate) fn form_for(&self, headers: &HeaderMap) -> (Option<&'static str>, &web::Bytes) {
        let accepted = headers
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok());
        [("br", &self.brotli), ("gzip", &self.gzip)]
            .into_iter()
            .filter(|(name, _)| accepted.is_some_and(|list| accepts(list, name)))
            .find_map(|(name, body)| body.as_ref().map(|body| (Some(name), body)))
            .unwrap_or((None, &self.plain))
    }

    /// That form, with its headers.
    pub(crate) fn answer(&self, headers: &HeaderMap, cache: &str) -> HttpResponse {
        let (encoding, body) = self.form_for(headers);
        let mut answer = HttpResponse::Ok();
        answer
            .insert_header((CONTENT_TYPE, self.content_type))
            .insert_header((CACHE_CONTROL, cache))
            .insert_header((VARY, "Accept-Encoding"));
        if let Some(name) = encoding {
            answer.insert_header((CONTENT_ENCODING, name));
        }
        answer.body(body.clone())
    }
}

/// Whether an `Accept-Encoding` list takes `name` (a weight of 0 refuses it).
fn accepts(list: &str, name: &str) -> bool {
    list.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        parts.next() == Some(name) && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0"))
    })
}

/// The compressed form, if it is worth the trouble: pictures are compressed already.
fn smaller(compressed: std::io::Result<Vec<u8>>, content: &[u8]) -> Option<web::Bytes> {
    let compressed = compressed.ok()?;
    (compressed.len() < content.len()).then(|| web::Bytes::from(compressed))
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    {
        let mut encoder = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22);
        encoder.write_all(content)?;
        encoder.flush()?;
    }
    Ok(compressed)
}

/// A static file and the address that changes with its content.
#[derive(Debug)]
struct Asset {
    address: String,
    content: Precompressed,
}

impl Asset {
    fn new(name: &str, content_type: &'static str, bytes: &[u8]) -> Self {
        let content = Precompressed::new(content_type, bytes);
        let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
        Self {
            address: format!("/static/{stem}-{}.{extension}", content.fingerprint),
            content,
        }
    }
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "style.css",
        "text/css; charset=utf-8",
        include_bytes!("../../static/style.css"),
    )
});
static FORM: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "form.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../static/form.js"),
    )
});
static FILES: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "files.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../static/files.js"),
    )
});
static INBOX: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "inbox.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../static/inbox.js"),
    )
});
static STAFF: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "staff.css",
        "text/css; charset=utf-8",
        include_bytes!("../../static/staff.css"),
    )
});
static FAVICON: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "favicon.svg",
        "image/svg+xml",
        include_bytes!("../../static/favicon.svg"),
    )
});

static CARD: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "card.png",
        "image/png",
        include_bytes!("../../static/card.png"),
    )
});
static ICON_ICO: LazyLock<Precompressed> = LazyLock::new(|| {
    Precompressed::new("image/x-icon", include_bytes!("../../static/favicon.ico"))
});
static TOUCH_ICON: LazyLock<Precompressed> = LazyLock::new(|| {
    Precompressed::new(
        "image/png",
        include_bytes!("../../static/apple-touch-icon.png"),
    )
});

/// Address of the style sheet.
pub fn style_css() -> &'static str {
    &STYLE.address
}

/// Address of the script that enhances the form.
pub fn form_js() -> &'static str {
    &FORM.address
}

/// Address of the script that enhances a box that takes files.
pub fn files_js() -> &'static str {
    &FILES.address
}

/// Address of the script that gives keys to the lists of the back office.
pub fn inbox_js() -> &'static str {
    &INBOX.address
}

/// Address of what the back office adds to it.
pub fn staff_css() -> &'static str {
    &STAFF.address
}

/// Address of the icon.
pub fn favicon() -> &'static str {
    &FAVICON.address
}

/// Address of the picture that social networks show beside a link; no page loads it.
pub fn card() -> &'static str {
    &CARD.address
}

/// Icons at the addresses where programs look for them unasked: they may change within a day.
const ICON_CACHE: &str = "public, max-age=86400";

/// GET `/favicon.ico`, for what cannot read the drawn one.
pub(crate) async fn favicon_ico(request: HttpRequest) -> HttpResponse {
    std::future::ready(ICON_ICO.answer(request.headers(), ICON_CACHE)).await
}

/// GET `/apple-touch-icon.png`, for a page kept on a telephone's screen.
pub(crate) async fn touch_icon(request: HttpRequest) -> HttpResponse {
    std::future::ready(TOUCH_ICON.answer(request.headers(), ICON_CACHE)).await
}

/// GET `/static/{name}`.
pub(crate) async fn show(request: HttpRequest) -> Result<HttpResponse, AppError> {
    let asset = [
        &*STYLE, &*FORM, &*FILES, &*INBOX, &*STAFF, &*FAVICON, &*CARD,
    ]
    .into_iter()
    .find(|asset| asset.address == request.path());
    let answer = asset.map(|asset| {
        asset
            .content
            .answer(request.headers(), "public, max-age=31536000, immutable")
    });
    std::future::ready(answer.ok_or(AppError::NotFound)).await
}
