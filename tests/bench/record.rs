//! The SQL that a page runs, taken from the log of the database, so that `pgbench` can run the same.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use reqwest::header::COOKIE;

use crate::pages::Asked;
use crate::site::Site;

/// Longest wait for the site to use its new connections.
const PATIENCE: Duration = Duration::from_secs(20);

/// The statements of a page in their order, their values written in.
#[derive(Debug)]
pub(crate) struct Statements(Vec<String>);

impl Statements {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// All of them, as a script.
    pub(crate) fn script(&self) -> String {
        self.0.join(";\n") + ";\n"
    }

    /// The one that reads the lines of a list, if the page shows one.
    pub(crate) fn list(&self) -> Option<String> {
        let is_list = |statement: &&String| statement.contains("51");
        let lines = self.0.iter().filter(is_list).max_by_key(|one| one.len())?;
        Some(format!("{lines};\n"))
    }
}

/// Asks for the page with every statement logged, several times: what is kept for some seconds is
/// read by the first.
pub(crate) async fn statements(site: &Site, asked: &Asked) -> Statements {
    log_everything(site, true).await;
    let client = Site::client();
    let ask = || async {
        let path = asked.paths.first().unwrap();
        let request = client.get(format!("{}{path}", site.address));
        let answer = request.header(COOKIE, &site.cookie).send().await.unwrap();
        answer.status() == asked.status
    };
    let (began, mut n_answers) = (Instant::now(), 0);
    while n_answers < 8 {
        assert!(
            began.elapsed() < PATIENCE,
            "the site does not find its database"
        );
        n_answers += usize::from(ask().await);
    }
    let before = fs::metadata(log(site)).unwrap().len();
    assert!(ask().await);
    let said = fs::read(log(site)).unwrap();
    let said = said.get(usize::try_from(before).unwrap()..).unwrap();
    let statements = parse(&String::from_utf8_lossy(said));
    log_everything(site, false).await;
    Statements(statements)
}

fn log(site: &Site) -> PathBuf {
    site.place().join("log")
}

/// Sets what the site's connections log, and has it open new ones.
async fn log_everything(site: &Site, is_on: bool) {
    let settings: [&str; 2] = if is_on {
        ["log_statement = 'all'", "log_error_verbosity = 'default'"]
    } else {
        ["log_statement = 'none'", "log_error_verbosity = 'terse'"]
    };
    for setting in settings {
        let sql = format!("ALTER ROLE reclamations SET {setting}");
        site.command_database(&sql).await;
    }
    let close =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reclamations'";
    site.command_database(close).await;
}

/// The statements of a log.
fn parse(log: &str) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    for entry in entries(log) {
        if let Some((_, values)) =
            split_once_of(&entry, &["DETAIL:  parameters: ", "DETAIL:  Parameters: "])
        {
            if let Some(last) = statements.last_mut() {
                *last = with_values(last, &values_of(values));
            }
        } else if let Some((_, said)) =
            split_once_of(&entry, &["LOG:  execute ", "LOG:  statement: "])
        {
            let is_named = entry.contains("LOG:  execute ");
            let sql = if is_named {
                said.split_once(": ").map_or(said, |(_, sql)| sql)
            } else {
                said
            };
            statements.push(sql.to_owned());
        }
    }
    statements
}

fn split_once_of<'a>(text: &'a str, marks: &[&str]) -> Option<(&'a str, &'a str)> {
    marks.iter().find_map(|mark| text.split_once(mark))
}

/// Lines that begin with a tab go on with the one before.
fn entries(log: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in log.lines() {
        match (line.strip_prefix('\t'), entries.last_mut()) {
            (Some(more), Some(entry)) => {
                entry.push('\n');
                entry.push_str(more);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

/// `$1 = 'a', $2 = NULL`: the values, as the log quotes them.
fn values_of(text: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = text;
    while let Some((_, value)) = rest.split_once(" = ") {
        let mut end = value.len();
        let mut is_quoted = false;
        for (place, letter) in value.char_indices() {
            match letter {
                '\'' => is_quoted = !is_quoted,
                ',' if !is_quoted => {
                    end = place;
                    break;
                }
                _ => {}
            }
        }
        let (this, others) = value.split_at(end);
        values.push(this.to_owned());
        rest = others;
    }
    values
}

/// The statement with its values in the place of `$1`, `$2`.
fn with_values(sql: &str, values: &[String]) -> String {
    let mut parts = sql.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let n_digits = part.chars().take_while(char::is_ascii_digit).count();
        let (number, rest) = part.split_at(n_digits);
        let value = number
            .parse::<usize>()
            .ok()
            .and_then(|number| values.get(number.checked_sub(1)?));
        text.push_str(value.map_or("$", String::as_str));
        text.push_str(if value.is_some() { rest } else { part });
    }
    text
}
