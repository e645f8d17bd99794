//! The memory that the values of a PDF take: what its bytes may be read as, before anyone reads them,
//! and what was read.

use lopdf::Object;

/// A value, with its share of the room that an array keeps for more.
const VALUE: usize = 160;

/// A name or a text, whose own bytes stand elsewhere. The name of an entry is one.
const TEXT: usize = 200;

/// A dictionary without its entries.
const DICTIONARY: usize = 360;

/// An array: it makes room for four values at once.
const ARRAY: usize = 600;

/// The place of an object among the others.
pub(super) const OBJECT: usize = 400;

/// At most what the values take that these bytes are read as, wherever reading begins: each value begins
/// behind another, behind a name or apart, and is followed by what may follow it. What is not written so
/// ends the reading: of bytes drawn at random, as in a picture, next to none count.
pub(super) fn of_bytes(bytes: &[u8]) -> usize {
    let mut place = Place {
        before: b' ',
        is_name: false,
    };
    let mut weight = 0;
    for (at, byte) in bytes.iter().enumerate() {
        weight += place.weight(bytes.get(at..).unwrap_or_default());
        place.pass(*byte);
    }
    weight
}

/// What a read value takes, with all it holds. The bytes of a stream stand elsewhere.
pub(super) fn of(value: &Object) -> usize {
    match value {
        Object::Array(values) => ARRAY + values.iter().map(of).sum::<usize>(),
        Object::Dictionary(values) => DICTIONARY + of_entries(values),
        Object::Stream(stream) => DICTIONARY + of_entries(&stream.dict),
        Object::Name(text) | Object::String(text, _) => TEXT + text.len(),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Reference(_) => VALUE,
    }
}

fn of_entries(values: &lopdf::Dictionary) -> usize {
    let entries = values.iter();
    entries
        .map(|(name, value)| TEXT + name.len() + of(value))
        .sum()
}

/// Where a value may begin.
struct Place {
    before: u8,
    /// Whether what stands before may be in a name.
    is_name: bool,
}

impl Place {
    const fn pass(&mut self, byte: u8) {
        self.is_name = byte == b'/' || (self.is_name && !is_space(byte) && !is_delimiter(byte));
        self.before = byte;
    }

    /// What the value takes that begins here, without those it holds; nothing when none can.
    fn weight(&self, here: &[u8]) -> usize {
        let [byte, after @ ..] = here else { return 0 };
        let next = after.first().copied().unwrap_or(b' ');
        let is_word = !self.is_name && ends_value(self.before);
        let is_behind = self.is_name || ends_value(self.before);
        match byte {
            b'0'..=b'9' if is_word && !is_number(self.before) && may_follow(next) => VALUE,
            b'+' | b'-' | b'.' if is_word && is_number(next) => VALUE,
            b'n' if is_word && here.starts_with(b"null") => VALUE,
            b't' if is_word && here.starts_with(b"true") => VALUE,
            b'f' if is_word && here.starts_with(b"false") => VALUE,
            b'/' | b'(' if is_behind => TEXT,
            b'<' if is_behind && next == b'<' => DICTIONARY,
            b'<' if is_behind && (is_space(next) || next == b'>' || next.is_ascii_hexdigit()) => {
                TEXT
            }
            b'[' if is_behind && may_follow(next) => ARRAY,
            _ => 0,
        }
    }
}

/// Whether a value that is no name may end so.
const fn ends_value(byte: u8) -> bool {
    is_space(byte) || is_delimiter(byte) || is_number(byte) || matches!(byte, b'R' | b'e' | b'l')
}

const fn is_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.')
}

/// Whether more of a number, or what comes after one, may begin so.
const fn may_follow(byte: u8) -> bool {
    is_space(byte)
        || is_delimiter(byte)
        || is_number(byte)
        || matches!(byte, b'R' | b'n' | b't' | b'f')
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0 | b'\x0c')
}

pub(super) const fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

#[cfg(test)]
mod tests {
    use lopdf::ObjectStream;

    use super::*;

    /// What lopdf reads these bytes as.
    fn read(bytes: &str) -> Object {
        let packed = lopdf::Stream::new(
            lopdf::dictionary! { "N" => 1, "First" => 4 },
            format!("1 0 {bytes}").into_bytes(),
        );
        let mut read = ObjectStream::new(&packed).unwrap();
        read.objects.remove(&(1, 0)).unwrap()
    }

    #[test]
    fn what_is_read_weighs_no_more_than_its_bytes() {
        for written in [
            "[1 0 R2 0 R true1.5.5+1-1-.5 1.-2 null[]()<>/A/B#20(a)/Cé<00>/D[true]]",
            "[nulltruefalsenull1null.5true(1)2(3)<4>5<<>>6]",
            "<</A<</B[1.2.3 4.5.6]/C<</D/E>>>>/F%note\n[%\n1%\r\n2]/G<0 1 >>>",
            "[/A/B/C/é[1]/#41#2f#42[2]/+1(3)]",
        ] {
            let weight = of(&read(written));
            let texts: usize = written.len();
            assert!(weight <= of_bytes(written.as_bytes()) + texts, "{written}");
        }
    }

    #[test]
    fn bytes_drawn_at_random_weigh_next_to_nothing() {
        let mut seed: u32 = 1;
        let noise: Vec<u8> = (0..1_000_000)
            .filter_map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                u8::try_from(seed >> 24).ok()
            })
            .collect();
        let weight = of_bytes(&noise);
        assert!(weight < 700_000, "{weight}");
        assert!(of_bytes(&b"1 ".repeat(500_000)) > 70_000_000);
    }
}
