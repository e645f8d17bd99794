//! A sum of money granted to the person, in euro cents.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;

/// A sum in euro cents, from one cent to [`Amount::MAX_CENTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Amount(i64);

/// Why a typed sum is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not a number as people write it.
    #[error("expected a sum such as 1250,50")]
    Form,
    /// Nothing, or more than is kept.
    #[error("the sum must be from 1 to {} cents", Amount::MAX_CENTS)]
    Bounds,
}

impl Amount {
    /// Ten million euros: more is a slip of the keyboard.
    pub const MAX_CENTS: i64 = 1_000_000_000;

    /// Of so many cents.
    ///
    /// # Errors
    /// [`AmountError::Bounds`] outside one cent to [`Self::MAX_CENTS`].
    pub fn from_cents(cents: i64) -> Result<Self, AmountError> {
        if (1..=Self::MAX_CENTS).contains(&cents) {
            Ok(Self(cents))
        } else {
            Err(AmountError::Bounds)
        }
    }

    /// Reads a sum in euros as it is typed in France: `1 250,50`, `1250,5`, `80 €`. A point is a
    /// comma of another keyboard, never a separator of thousands.
    ///
    /// # Errors
    /// What is no such number, or out of bounds.
    pub fn parse(typed: &str) -> Result<Self, AmountError> {
        let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
        let text = typed
            .trim()
            .trim_end_matches('€')
            .trim_end_matches(is_space);
        let (euros, cents) = match text.split_once([',', '.']) {
            Some((euros, cents)) => (euros, decimals(cents)?),
            None => (text, 0),
        };
        let groups: Vec<&str> = euros.split(is_space).collect();
        let is_grouped = match groups.as_slice() {
            [_] => true,
            [first, rest @ ..] => first.len() <= 3 && rest.iter().all(|group| group.len() == 3),
            [] => false,
        };
        let digits = groups.concat();
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_grouped || !is_number {
            return Err(AmountError::Form);
        }
        let euros: i64 = digits.parse().map_err(|_overflow| AmountError::Bounds)?;
        let cents = euros
            .checked_mul(100)
            .and_then(|whole| whole.checked_add(cents));
        cents.ok_or(AmountError::Bounds).and_then(Self::from_cents)
    }

    /// In cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// As it is typed: `1250,50`.
    pub fn plain(self) -> String {
        format!("{},{:02}", self.0 / 100, self.0 % 100)
    }
}

/// One or two digits after the comma: `5` is fifty cents.
fn decimals(text: &str) -> Result<i64, AmountError> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    match (text.len(), is_number) {
        (1, true) => text.parse().map(|tens: i64| tens * 10),
        (2, true) => text.parse(),
        _ => return Err(AmountError::Form),
    }
    .map_err(|_no_digit| AmountError::Form)
}

/// As France writes it: `1 250,50 €`, with spaces that do not break.
impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let euros = (self.0 / 100).to_string();
        for (place, digit) in euros.chars().enumerate() {
            if place > 0 && (euros.len() - place).is_multiple_of(3) {
                f.write_str("\u{202f}")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ",{:02}\u{a0}€", self.0 % 100)
    }
}

impl ToSql<BigInt, Pg> for Amount {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<BigInt, Pg>::to_sql(&self.0, out)
    }
}

impl FromSql<BigInt, Pg> for Amount {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let cents = <i64 as FromSql<BigInt, Pg>>::from_sql(bytes)?;
        Ok(Self::from_cents(cents)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_read_as_it_is_typed_in_france() {
        for (typed, cents) in [
            ("1 250,50", 125_050),
            ("1\u{202f}250,50\u{a0}€", 125_050),
            ("1250.5", 125_050),
            (" 80 € ", 8_000),
            ("0,01", 1),
            ("10 000 000", Amount::MAX_CENTS),
        ] {
            assert_eq!(
                Amount::parse(typed).map(Amount::cents),
                Ok(cents),
                "{typed}"
            );
        }
        for typed in [
            "", "€", "1.250,50", "12 50", "1250,505", "-5", "1,", ",5", "mille",
        ] {
            assert_eq!(Amount::parse(typed), Err(AmountError::Form), "{typed}");
        }
        for typed in ["0", "0,00", "10000000,01", "99999999999999999999"] {
            assert_eq!(Amount::parse(typed), Err(AmountError::Bounds), "{typed}");
        }
    }

    #[test]
    fn a_sum_is_written_as_france_writes_it() {
        for (cents, shown, plain) in [
            (125_050, "1\u{202f}250,50\u{a0}€", "1250,50"),
            (1, "0,01\u{a0}€", "0,01"),
            (
                100_000_000,
                "1\u{202f}000\u{202f}000,00\u{a0}€",
                "1000000,00",
            ),
        ] {
            let amount = Amount::from_cents(cents).unwrap();
            assert_eq!(
                (amount.to_string(), amount.plain()),
                (shown.to_owned(), plain.to_owned())
            );
            assert_eq!(Amount::parse(&amount.plain()), Ok(amount));
        }
    }
}
