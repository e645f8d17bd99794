//! What is new in a reply: the earlier e-mail that programs put below it is known by what they write
//! above it. When in doubt, all is new.

#[cfg(test)]
mod tests;

/// What is new: without the earlier e-mail quoted below it, and what announces it. Words among the
/// quoted lines are an answer to them, and what is forwarded is told, not quoted: then all is new.
pub(in crate::mail::incoming) fn without_quote(text: &str) -> &str {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let n_new = match unmarked(&lines) {
        Some(at) if !answers_below(lines.get(..at).unwrap_or_default()) => at,
        Some(_) | None => lines.len(),
    };
    let new = lines.get(..n_new).unwrap_or_default();
    let new = new.get(..marked(new)).unwrap_or_default();
    if new.len() == lines.len() {
        return text;
    }
    let length: usize = new.iter().map(|line| line.len()).sum();
    let new = text.get(..length).unwrap_or(text).trim_end();
    if new.trim().is_empty() { text } else { new }
}

/// How many lines stand above a quote whose every line begins with `>` and which nothing follows.
fn marked(lines: &[&str]) -> usize {
    let is_quoted = |line: &&&str| is_blank(line) || is_marked(line);
    let n_quoted = lines.iter().rev().take_while(is_quoted).count();
    let (new, quoted) = lines.split_at(lines.len().saturating_sub(n_quoted));
    let has_marks = |lines: &[&str]| lines.iter().any(|line| is_marked(line));
    if !has_marks(quoted) || has_marks(new) {
        return lines.len();
    }
    let announced = new
        .iter()
        .rposition(|line| !is_blank(line))
        .unwrap_or_default();
    if new.get(announced).is_some_and(|line| is_forward(line)) {
        return lines.len();
    }
    match announcement(new, announced) {
        Some((first, _)) => first,
        None if new.get(announced).is_some_and(|line| is_separator(line)) => announced,
        None => new.len(),
    }
}

/// Where a quote without marks begins: all that follows is of it.
fn unmarked(lines: &[&str]) -> Option<usize> {
    for at in 0..lines.len() {
        let line = lines.get(at)?;
        if is_forward(line) {
            return None;
        }
        let is_announced = announcement(lines, at)
            .filter(|(_, words)| words.contains('@'))
            .map(|(first, _)| first);
        if let Some(first) = is_announced
            && !is_followed_by_marks(lines, at)
        {
            return Some(first);
        }
        if is_original(line) && !is_followed_by_marks(lines, at) {
            return Some(at);
        }
        if is_header_block(lines.get(at..).unwrap_or_default()) {
            return Some(ruled(lines, at));
        }
    }
    None
}

/// The line above which nothing announces the quote any more: rules and blank lines go with it.
fn ruled(lines: &[&str], at: usize) -> usize {
    let before = lines.get(..at).unwrap_or_default();
    let is_rule = |line: &&&str| is_blank(line) || is_separator(line);
    at.saturating_sub(before.iter().rev().take_while(is_rule).count())
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

fn is_marked(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

fn is_followed_by_marks(lines: &[&str], at: usize) -> bool {
    let mut below = lines.iter().skip(at.saturating_add(1));
    below
        .find(|line| !is_blank(line))
        .is_some_and(|line| is_marked(line))
}

/// « Le 4 mai 2026 à 09:00, Asekkey <contact@asekkey.fr> a écrit : », which ends at this line and began
/// there or up to two lines above: where, and its words.
fn announcement(lines: &[&str], at: usize) -> Option<(usize, String)> {
    let ends = |line: &&&str| line.trim_end().ends_with(':');
    lines.get(at).filter(ends)?;
    (at.saturating_sub(2)..=at).rev().find_map(|first| {
        let words = lines.get(first..=at)?.concat();
        let begins = ["Le ", "On ", "Am ", "El ", "Il "];
        let is_begun = begins
            .iter()
            .any(|word| words.trim_start().starts_with(word));
        let wrote = ["écrit", "wrote", "schrieb", "escribió", "scritto"];
        let is_one = is_begun
            && !is_blank(lines.get(first)?)
            && wrote.iter().any(|word| words.contains(word));
        is_one.then_some((first, words))
    })
}

/// `________________________________`, `-----Message d'origine-----`, `----- Mail original -----`.
fn is_separator(line: &str) -> bool {
    let line = line.trim();
    let is_rule = line.len() >= 10 && line.chars().all(|c| matches!(c, '_' | '-' | '='));
    is_rule || is_original(line)
}

fn is_original(line: &str) -> bool {
    let said = between_dashes(line).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    has(&["message", "mail", "courriel"]) && has(&["origin", "initial"])
}

/// What stands between dashes, at least two on each side; nothing without them.
fn between_dashes(line: &str) -> &str {
    let line = line.trim();
    let inner = line
        .strip_prefix("--")
        .and_then(|line| line.strip_suffix("--"));
    inner.map_or("", |inner| inner.trim_matches(['-', ' ', '\u{a0}']))
}

/// What is sent on, rather than answered, is a piece of what is told.
fn is_forward(line: &str) -> bool {
    let line = line.trim();
    let said = between_dashes(line).to_lowercase();
    let begins = line.to_lowercase();
    let told = ["transféré", "forwarded", "réexpédié", "transmis"];
    told.iter().any(|word| said.contains(word))
        || ["début du message", "begin forwarded"]
            .iter()
            .any(|words| begins.starts_with(words))
}

/// What a line of a block of headers says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    From,
    To,
    Date,
    Subject,
    Other,
}

impl Label {
    fn of(line: &str) -> Option<Self> {
        let (label, _) = line.split_once(':')?;
        let label = label.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '_');
        Some(match label.to_lowercase().as_str() {
            "de" | "from" | "expéditeur" => Self::From,
            "à" | "a" | "to" | "pour" | "destinataire" => Self::To,
            "envoyé" | "envoyé le" | "sent" | "date" | "message du" => Self::Date,
            "objet" | "sujet" | "subject" => Self::Subject,
            "cc" | "copie" | "copie à" | "cci" | "répondre à" | "reply-to" | "importance" => {
                Self::Other
            }
            _ => return None,
        })
    }
}

/// Lines that a block of headers may have between two labels: of a long list of people.
const WRAPPED: usize = 2;
/// Lines that are looked at.
const LONGEST: usize = 14;

/// Whether these lines begin with the headers of an e-mail: who, what about, and when or to whom, with
/// an address.
fn is_header_block(lines: &[&str]) -> bool {
    let is_begun = lines.first().is_some_and(|line| Label::of(line).is_some());
    if !is_begun {
        return false;
    }
    let (mut labels, mut has_address, mut n_wrapped) = (Vec::new(), false, 0);
    for line in lines
        .iter()
        .take(LONGEST)
        .take_while(|line| !is_blank(line))
    {
        match Label::of(line) {
            Some(label) => {
                labels.push(label);
                n_wrapped = 0;
            }
            None => n_wrapped += 1,
        }
        if n_wrapped > WRAPPED {
            break;
        }
        has_address |= line.contains('@');
    }
    let has = |label| labels.contains(&label);
    has_address && has(Label::From) && has(Label::Subject) && (has(Label::Date) || has(Label::To))
}

/// Whether the words above say that there are others below, among those that are quoted.
fn answers_below(new: &[&str]) -> bool {
    let said = new.concat().to_lowercase();
    let places = [
        "ci-dessous",
        "ci dessous",
        "plus bas",
        "en rouge",
        "en bleu",
        "en vert",
        "en gras",
        "en majuscules",
        "en couleur",
        "dans le texte",
        "dans votre texte",
        "dans votre message",
        "dans votre courriel",
        "dans votre mail",
        "entre les lignes",
        "point par point",
    ];
    places.iter().any(|place| said.contains(place))
}
