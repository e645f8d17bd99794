//! The number by which the post office follows a letter.

/// 8 to 20 capitals and digits, as on the slip, without its spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackingNumber(String);

/// It is no such number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no tracking number")]
pub struct NoTrackingNumber;

impl TrackingNumber {
    /// As typed; none when it is empty.
    ///
    /// # Errors
    /// When it cannot be such a number.
    pub fn parse(typed: &str) -> Result<Option<Self>, NoTrackingNumber> {
        let number: String = typed
            .chars()
            .filter(|sign| !sign.is_whitespace() && *sign != '-')
            .map(|sign| sign.to_ascii_uppercase())
            .collect();
        if number.is_empty() {
            return Ok(None);
        }
        let is_plain = number.chars().all(|sign| sign.is_ascii_alphanumeric());
        let is_long_enough = (8..=20).contains(&number.len());
        if is_plain && is_long_enough {
            Ok(Some(Self(number)))
        } else {
            Err(NoTrackingNumber)
        }
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_stands_on_the_slip() {
        let read = |typed| {
            TrackingNumber::parse(typed)
                .map(|number| number.map(|number| number.as_str().to_owned()))
        };
        assert_eq!(
            read("1a 234 567 8901 2"),
            Ok(Some("1A23456789012".to_owned()))
        );
        assert_eq!(read(" "), Ok(None));
        for wrong in ["1A2", "1A2345678901234567890", "1A<script>", "numéro 12345"] {
            assert_eq!(read(wrong), Err(NoTrackingNumber), "{wrong}");
        }
    }
}
