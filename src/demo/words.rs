//! The words of the demonstration, read once from the texts beside this file.

use std::collections::HashMap;

use crate::case::filing::Capacity;
use crate::demo::phrase::{Phrase, french};
use crate::demo::topic::Topic;

/// Every word that demonstration cases are made of.
#[derive(Debug)]
pub(super) struct Words {
    /// What people complain about.
    pub(super) stories: Vec<Story>,
    /// What people ask.
    pub(super) requests: Vec<Request>,
    /// Names, streets, towns.
    pub(super) people: Lists<String>,
    /// Phrases that suit any case.
    pub(super) phrases: Lists<Phrase>,
}

/// One complaint, with what is said on both sides.
#[derive(Debug)]
pub(super) struct Story {
    /// What it is about.
    pub(super) topic: Topic,
    /// In what capacity it can only be told; a client as a rule.
    pub(super) capacity: Option<Capacity>,
    /// What happened, in the person's words.
    pub(super) facts: Phrase,
    /// What the person expects.
    pub(super) expectation: Phrase,
    /// Its points, in our words.
    pub(super) grievances: Vec<Grievance>,
    /// An internal note.
    pub(super) note: Phrase,
    /// What we ask the person.
    pub(super) question: Phrase,
    /// What the person replies.
    pub(super) reply: Phrase,
}

/// One point of a complaint.
#[derive(Debug)]
pub(super) struct Grievance {
    /// The point.
    pub(super) text: Phrase,
    /// Grounds to grant it.
    pub(super) granted: Phrase,
    /// Grounds to refuse it.
    pub(super) refused: Phrase,
}

/// One question, and its answer.
#[derive(Debug)]
pub(super) struct Request {
    /// What it is about.
    pub(super) topic: Topic,
    /// The question.
    pub(super) question: Phrase,
    /// The answer.
    pub(super) answer: Phrase,
}

/// Lists by the name at their head.
#[derive(Debug)]
pub(super) struct Lists<T>(HashMap<&'static str, Vec<T>>);

impl<T> Lists<T> {
    /// The list of this name; empty when there is none, which a test excludes.
    pub(super) fn get(&self, name: &str) -> &[T] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

impl Words {
    /// Reads them all.
    pub(super) fn read() -> Self {
        Self {
            stories: blocks(include_str!("words/complaints.txt"))
                .map(|(title, lines)| Story::read(title, &lines))
                .collect(),
            requests: blocks(include_str!("words/requests.txt"))
                .map(|(title, lines)| Request {
                    topic: Topic::read(title),
                    question: phrase(&lines, '>'),
                    answer: phrase(&lines, '='),
                })
                .collect(),
            people: lists(include_str!("words/people.txt"), |name, line| match name {
                "first names" | "last names" => line
                    .split_whitespace()
                    .map(|name| name.replace('_', " "))
                    .collect(),
                _ => vec![french(line)],
            }),
            phrases: lists(include_str!("words/phrases.txt"), |_, line| {
                vec![Phrase::parse(line)]
            }),
        }
    }
}

impl Story {
    fn read(title: &str, lines: &[(char, &str)]) -> Self {
        let of = |mark: char| lines.iter().filter(move |(found, _)| *found == mark);
        let grievances = of('1').zip(of('+')).zip(of('-'));
        let capacity = of('c').find_map(|(_, code)| Capacity::from_code(code));
        Self {
            topic: Topic::read(title),
            capacity,
            facts: phrase(lines, '>'),
            expectation: phrase(lines, '?'),
            grievances: grievances
                .map(|(((_, text), (_, granted)), (_, refused))| Grievance {
                    text: Phrase::parse(text),
                    granted: Phrase::parse(granted),
                    refused: Phrase::parse(refused),
                })
                .collect(),
            note: phrase(lines, 'n'),
            question: phrase(lines, 'q'),
            reply: phrase(lines, 'r'),
        }
    }
}

/// A block of a text: its title, and its lines with their marks.
type Block = (&'static str, Vec<(char, &'static str)>);

/// The blocks of a text: each begins with a `#` line and holds lines marked by their first letter.
fn blocks(text: &'static str) -> impl Iterator<Item = Block> {
    text.split("# ").skip(1).map(|block| {
        let (title, lines) = block.split_once('\n').unwrap_or((block, ""));
        let marked = lines.lines().filter_map(|line| {
            let mark = line.chars().next()?;
            Some((mark, line.get(2..)?))
        });
        (title, marked.collect())
    })
}

/// The phrase of the line with this mark.
fn phrase(lines: &[(char, &str)], mark: char) -> Phrase {
    let line = lines.iter().find(|(found, _)| *found == mark);
    Phrase::parse(line.map_or("", |(_, text)| text))
}

/// The lists of a text, each under its `[name]`.
fn lists<T>(text: &'static str, read: impl Fn(&str, &str) -> Vec<T>) -> Lists<T> {
    let named = text.split('[').filter_map(|block| {
        let (name, lines) = block.split_once("]\n")?;
        let items = lines.lines().filter(|line| !line.is_empty());
        Some((name, items.flat_map(|line| read(name, line)).collect()))
    });
    Lists(named.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_story_is_whole() {
        let words = Words::read();
        assert_eq!(words.stories.len(), 33);
        assert_eq!(words.requests.len(), 16);
        for (number, story) in words.stories.iter().enumerate() {
            assert_eq!(story.grievances.len(), 2, "story {number}");
            let Story {
                topic,
                capacity: _,
                facts,
                expectation,
                grievances,
                note,
                question,
                reply,
            } = story;
            assert!(
                topic.product.is_some() && topic.subject.is_some(),
                "story {number}"
            );
            let points = grievances
                .iter()
                .flat_map(|point| [&point.text, &point.granted, &point.refused]);
            for phrase in points.chain([facts, expectation, note, question, reply]) {
                assert!(phrase.is_clean(), "story {number}: {phrase:?}");
                assert!(!format!("{phrase:?}").contains("\"\"])"), "story {number}");
            }
        }
        for request in &words.requests {
            assert!(request.question.is_clean() && request.answer.is_clean());
            assert!(request.topic.product.is_some(), "{request:?}");
        }
    }

    #[test]
    fn every_list_that_is_drawn_from_holds_something() {
        let words = Words::read();
        for name in [
            "first names",
            "last names",
            "streets",
            "towns",
            "brokers",
            "distributors",
            "advisers",
            "insurers",
        ] {
            assert!(words.people.get(name).len() >= 4, "{name}");
        }
        for name in [
            "openings",
            "closings",
            "contexts",
            "when",
            "introductions",
            "oral",
            "earlier",
            "accessibility",
            "chasers",
            "withdrawals",
            "partly",
            "moot",
            "notes",
            "delays",
            "transfers",
            "causes",
            "late",
            "promises",
            "disagreements",
            "opinions",
            "follow",
            "decline",
            "satisfied",
            "sensitive",
            "holds",
            "bars",
            "links",
        ] {
            let phrases = words.phrases.get(name);
            assert!(phrases.len() >= 2, "{name}");
            assert!(phrases.iter().all(Phrase::is_clean), "{name}");
        }
    }
}
