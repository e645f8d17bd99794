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
    fn the_path_draws_the_modules_of_the_code() {
        let text = "otpauth://totp/Asekkey:a%40exemple.fr?secret=GEZDGNBVGY3TQOJQ";
        let drawn = draw(text).unwrap();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        assert_eq!(drawn.side, code.width() + 8);
        let mut modules = vec![Color::Light; code.width() * code.width()];
        for run in drawn.d.split_terminator('z') {
            let numbers: Vec<usize> = run
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            let (left, top, n) = (numbers[0], numbers[1], numbers[2]);
            assert_eq!(numbers[3..], [1, n], "down one module and back: {run}");
            let first = (top - QUIET) * code.width() + left - QUIET;
            modules[first..first + n].fill(Color::Dark);
        }
        assert_eq!(modules, code.to_colors());
    }

    #[test]
    fn too_long_a_text_is_refused() {
        assert_eq!(draw(&"x".repeat(5_000)), Err(TooLongForQr));
    }
}
