//! The rules of the layout, checked on the text of the sources: who may name whom, which crate
//! lives where, how long a file may be.

use std::path::{Path, PathBuf};

/// Leaf modules: anyone may use them, they use nothing of ours.
const LEAVES: [&str; 3] = ["clock", "firm", "keys"];

/// What each module may use of the crate, beside itself and the leaves. Arrows go down only.
const MAY_USE: [(&str, &[&str]); 22] = [
    ("calendar", &[]),
    ("clock", &[]),
    ("firm", &[]),
    ("keys", &[]),
    ("config", &[]),
    ("telemetry", &[]),
    ("db", &[]),
    ("journal", &["db"]),
    ("staff", &["db", "journal", "mail"]),
    ("mail", &["calendar", "db", "letters"]),
    ("letters", &[]),
    ("settings", &["db", "journal", "mail"]),
    ("files", &["db"]),
    (
        "case",
        &[
            "calendar", "db", "files", "journal", "letters", "mail", "settings", "staff",
        ],
    ),
    (
        "demo",
        &["calendar", "case", "db", "journal", "mail", "staff"],
    ),
    (
        "jobs",
        &[
            "calendar", "case", "db", "files", "journal", "letters", "mail", "settings", "staff",
        ],
    ),
    (
        "web",
        &[
            "calendar", "case", "config", "db", "files", "journal", "letters", "mail", "settings",
            "staff",
        ],
    ),
    ("installation", &["config", "db"]),
    (
        "app",
        &[
            "case", "config", "db", "files", "jobs", "mail", "settings", "staff", "web",
        ],
    ),
    (
        "cli",
        &[
            "app",
            "calendar",
            "case",
            "config",
            "db",
            "demo",
            "installation",
            "jobs",
            "journal",
            "mail",
            "settings",
            "staff",
            "web",
        ],
    ),
    ("main", &["cli", "telemetry"]),
    ("lib", &[]),
];

/// Crates that live in some modules only.
const LIVES_IN: [(&str, &[&str]); 7] = [
    ("actix_multipart", &["web"]),
    ("actix_web", &["app", "cli", "web"]),
    ("actix_session", &["web"]),
    ("askama", &["mail", "web"]),
    // Both read addresses, and neither may know the other.
    ("lettre", &["mail", "staff"]),
    ("clap", &["cli", "config", "main"]),
    ("typst", &["letters"]),
];

/// Modules that may build queries: a handler never sees one.
const MAY_QUERY: [&str; 10] = [
    "case", "db", "demo", "files", "jobs", "journal", "letters", "mail", "settings", "staff",
];

/// Longest file, in lines.
const MAX_LINES: usize = 300;

#[test]
fn arrows_go_down_only() {
    let mut faults = Vec::new();
    for (module, path, text) in sources() {
        let allowed = MAY_USE.iter().find(|(name, _)| *name == module);
        let Some((_, allowed)) = allowed else {
            faults.push(format!(
                "{}: `{module}` is not in the table",
                path.display()
            ));
            continue;
        };
        for used in named_after(&text, "crate::") {
            let ok = used == module || LEAVES.contains(&used) || allowed.contains(&used);
            if !ok && is_module(used) {
                faults.push(format!(
                    "{}: `{module}` may not use `{used}`",
                    path.display()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn crates_live_where_they_belong() {
    let mut faults = Vec::new();
    for (module, path, text) in sources() {
        for (name, homes) in LIVES_IN {
            if !homes.contains(&module.as_str()) && text.contains(&format!("{name}::")) {
                faults.push(format!(
                    "{}: `{name}` does not live in `{module}`",
                    path.display()
                ));
            }
        }
        let queries = text.contains("diesel::") || text.contains("diesel_async::");
        if queries && !MAY_QUERY.contains(&module.as_str()) && module != "lib" {
            let only_error = path.ends_with("web/error.rs");
            if !only_error {
                faults.push(format!("{}: a query outside the concepts", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut faults = Vec::new();
    let tests = files_under(&root().join("tests"), "rs");
    for path in tests
        .into_iter()
        .chain(files_under(&root().join("src"), "rs"))
    {
        let text = std::fs::read_to_string(&path).unwrap();
        let is_generated = path.ends_with("db/schema.rs");
        let n_lines = text.lines().count();
        if n_lines > MAX_LINES && !is_generated {
            faults.push(format!("{}: {n_lines} lines", path.display()));
        }
        if !text.starts_with("//!") && !is_generated {
            faults.push(format!("{}: does not begin with `//!`", path.display()));
        }
        let ignores = concat!("#[ig", "nore");
        let to_do = concat!("TO", "DO");
        for forbidden in [ignores, to_do, "super::super"] {
            if text.contains(forbidden) && !path.ends_with("architecture.rs") {
                faults.push(format!("{}: `{forbidden}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn templates_are_used_escaped_and_without_inline_style_or_script() {
    let sources: String = sources().into_iter().map(|(_, _, text)| text).collect();
    let mut faults = Vec::new();
    let folder = root().join("templates");
    let pages = files_under(&folder, "html");
    let texts = files_under(&folder, "txt");
    let all: Vec<(PathBuf, String)> = pages
        .into_iter()
        .chain(texts)
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect();
    for (path, text) in &all {
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap();
        let quoted = format!("\"{name}\"");
        let is_used = sources.contains(&quoted)
            || all
                .iter()
                .any(|(other, text)| other != path && text.contains(&quoted));
        if !is_used {
            faults.push(format!("{name}: no page uses it"));
        }
        for forbidden in [
            "|safe",
            "| safe",
            "<style",
            "style=\"",
            "<script>",
            " onclick=",
            " onsubmit=",
        ] {
            if text.contains(forbidden) {
                faults.push(format!("{name}: `{forbidden}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Every source file: its top module, its path, its text.
fn sources() -> Vec<(String, PathBuf, String)> {
    let folder = root().join("src");
    let files = files_under(&folder, "rs");
    assert!(files.len() > 50, "the sources were not found");
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let first = path
                .strip_prefix(&folder)
                .unwrap()
                .components()
                .next()
                .unwrap();
            let module = first
                .as_os_str()
                .to_str()
                .unwrap()
                .trim_end_matches(".rs")
                .to_owned();
            (module, path, text)
        })
        .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn files_under(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_under(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The words that follow `prefix`.
fn named_after<'a>(text: &'a str, prefix: &str) -> Vec<&'a str> {
    text.split(prefix)
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            end.map_or(rest, |end| rest.split_at(end).0)
        })
        .collect()
}

fn is_module(name: &str) -> bool {
    MAY_USE.iter().any(|(module, _)| *module == name)
}
