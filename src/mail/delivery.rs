//! What became of an attempt to deliver, without an address or a text in it.

/// What became of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The relay took charge of it.
    HandedOver {
        /// Its reply, 250 as a rule.
        code: u16,
    },
    /// It lies in an `.eml` file: nothing has left.
    Written,
    /// Not now; worth another try.
    PutOff(Obstacle),
    /// Never to this address.
    Refused(Obstacle),
}

/// What stood in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The relay's reply code.
    Reply(u16),
    /// The address has an accented name and the relay does not offer SMTPUTF8 (R83).
    NoSmtpUtf8,
    /// No connection, or one that broke.
    Unreachable,
    /// The relay was too slow.
    TimedOut,
    /// No trusted encryption with the relay.
    Tls,
    /// The relay said something that is not SMTP.
    Protocol,
    /// The file could not be written.
    Unwritable,
    /// The row holds no usable address.
    Malformed,
}

impl Obstacle {
    /// The code kept in the database and shown to staff.
    pub fn code(self) -> String {
        match self {
            Self::Reply(code) => format!("smtp_{code}"),
            Self::NoSmtpUtf8 => "no_smtputf8".to_owned(),
            Self::Unreachable => "unreachable".to_owned(),
            Self::TimedOut => "timed_out".to_owned(),
            Self::Tls => "tls".to_owned(),
            Self::Protocol => "protocol".to_owned(),
            Self::Unwritable => "unwritable".to_owned(),
            Self::Malformed => "malformed".to_owned(),
        }
    }

    /// The obstacle of a code; one of an earlier version reads as [`Self::Protocol`].
    pub fn from_code(code: &str) -> Self {
        if let Some(reply) = code.strip_prefix("smtp_").and_then(|n| n.parse().ok()) {
            return Self::Reply(reply);
        }
        [
            Self::NoSmtpUtf8,
            Self::Unreachable,
            Self::TimedOut,
            Self::Tls,
            Self::Unwritable,
            Self::Malformed,
        ]
        .into_iter()
        .find(|obstacle| obstacle.code() == code)
        .unwrap_or(Self::Protocol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_obstacle_reads_back_from_its_code() {
        for obstacle in [
            Obstacle::Reply(552),
            Obstacle::NoSmtpUtf8,
            Obstacle::Unreachable,
            Obstacle::TimedOut,
            Obstacle::Tls,
            Obstacle::Protocol,
            Obstacle::Unwritable,
            Obstacle::Malformed,
        ] {
            assert_eq!(Obstacle::from_code(&obstacle.code()), obstacle);
        }
    }
}
