//! A QR code as the path of an SVG, which a template draws without trusting any markup.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// A QR code to draw: one `<path d="…">` in a square view box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrPath {
    /// The `d` attribute: one rectangle per run of dark modules, the quiet zone left out.
    pub d: String,
    /// Side of the view box, in modules, quiet zone included.
    pub side: usize,
}

/// The text is too long for a QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code")]
pub struct TooLongForQr;

/// Width of the white border that readers need, in modules.
const QUIET: usize = 4;

/// Draws `text`.
///
/// # Errors
/// When it is too long.
pub fn draw(text: &str) -> Result<QrPath, TooLongForQr> {
    let code =
        QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_too_long| TooLongForQr)?;
    let width = code.width();
    let colors = code.into_colors();
    let mut d = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                let (left, top, n) = (x + QUIET, y + QUIET, run.len());
                // Writing to a string cannot fail.
                write!(d, "M{left} {top}h{n}v1h-{n}z").unwrap_or_default();
            }
            x += run.len();
        }
    }
    Ok(QrPath {
        d,
        side: width + 2 * QUIET,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let text = "otpauth://totp/Asekkey:a%40exemple.fr?secret=GEZDGNBVGY3TQOJQ";
        let drawn = draw(text).unwrap();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        assert_eq!(drawn.side, code.width() + 8);
        let n_dark = code
            .to_colors()
            .into_iter()
            .filter(|color| *color == Color::Dark)
            .count();
        let n_drawn: usize = drawn
            .d
            .split('M')
            .skip(1)
            .map(|run| {
                run.split(['h', 'v'])
                    .nth(1)
                    .unwrap()
                    .parse::<usize>()
                    .unwrap()
            })
            .sum();
        assert_eq!(n_drawn, n_dark);
        assert!(
            drawn.d.starts_with("M4 4h7v1h-7z"),
            "the finder of the corner"
        );
    }

    #[test]
    fn too_long_a_text_is_refused() {
        assert_eq!(draw(&"x".repeat(5_000)), Err(TooLongForQr));
    }
}
