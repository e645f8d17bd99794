//! What the accessibility tree says of one element.

use serde_json::{Value, json};

/// What the accessibility tree says of one element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// Its role.
    pub(crate) role: String,
    /// Its name, white space made single.
    pub(crate) name: String,
    /// Its description: hint and error of a field.
    pub(crate) description: String,
    /// Level of a heading.
    pub(crate) level: Option<i64>,
}

impl Node {
    /// Reads a node of the `Accessibility` domain; none when it has no role.
    pub(crate) fn read(told: &Value) -> Option<Self> {
        let text = |pointer: &str| {
            let text = told.pointer(pointer).and_then(Value::as_str);
            text.unwrap_or_default()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        let properties = told.get("properties").and_then(Value::as_array);
        let level = properties.into_iter().flatten().find_map(|property| {
            let is_level = property.get("name") == Some(&json!("level"));
            is_level.then(|| property.pointer("/value/value")?.as_i64())?
        });
        Some(Self {
            role: told.pointer("/role/value")?.as_str()?.to_owned(),
            name: text("/name/value"),
            description: text("/description/value"),
            level,
        })
    }
}
