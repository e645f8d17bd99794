//! The words of a demonstration as the search keeps them. The same words come back in case after
//! case: PostgreSQL is asked once for each, which takes a tenth of the time.

use std::collections::HashMap;

use diesel::sql_types::{Array, Text};
use diesel_async::RunQueryDsl;

use crate::db::{Conn, DbError};

/// Words between two blanks, with the lexemes that the search keeps of each.
#[derive(Debug, Default)]
pub(super) struct Lexicon(HashMap<String, Vec<String>>);

#[derive(diesel::QueryableByName)]
struct Known {
    #[diesel(sql_type = Text)]
    chunk: String,
    #[diesel(sql_type = Array<Text>)]
    lexemes: Vec<String>,
}

/// What stands between two blanks is parsed alone as it is in its text.
const LEXEMES: &str = "\
    SELECT chunk, tsvector_to_array(to_tsvector('french_search', search_text(chunk))) AS lexemes \
    FROM unnest($1) AS chunk";

impl Lexicon {
    /// Learns the words of these texts.
    pub(super) async fn learn(
        &mut self,
        conn: &mut Conn,
        texts: &[(i64, String)],
    ) -> Result<(), DbError> {
        let mut unknown: Vec<&str> = texts
            .iter()
            .flat_map(|(_, text)| text.split_whitespace())
            .filter(|chunk| !self.0.contains_key(*chunk))
            .collect();
        unknown.sort_unstable();
        unknown.dedup();
        if unknown.is_empty() {
            return Ok(());
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "the query builder has neither unnest nor text search"
        )]
        let known: Vec<Known> = diesel::sql_query(LEXEMES)
            .bind::<Array<Text>, _>(&unknown)
            .load(conn)
            .await?;
        self.0
            .extend(known.into_iter().map(|known| (known.chunk, known.lexemes)));
        Ok(())
    }

    /// The lexemes of a text whose words it knows, each once.
    pub(super) fn lexemes(&self, text: &str) -> Vec<&str> {
        let mut lexemes: Vec<&str> = text
            .split_whitespace()
            .filter_map(|chunk| self.0.get(chunk))
            .flatten()
            .map(String::as_str)
            .collect();
        lexemes.sort_unstable();
        lexemes.dedup();
        lexemes
    }
}
