//! Who speaks: the noun phrase on either side of a reporting verb.

use crate::{Document, Token, TokenKind};
use mtlint_lang::{LanguagePack, WordList};
use mtlint_text::Span;
use std::ops::Range;

/// How a speaker is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpeakerKind {
    /// `Ana Brito`, `Brito`
    Name,
    /// `she`
    Pronoun,
    /// `the mayor`, `officials`
    Description,
}

/// Whoever a reporting clause names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The name, the pronoun, or the noun with its article.
    pub span: Span,
    pub kind: SpeakerKind,
    /// What else is said of the speaker beside the name: `the curator`, `director of the museum`.
    pub description: Option<Span>,
}

const PRONOUNS: &str = "pronoun.subject";
const DETERMINERS: &str = "noun-phrase-start";
const PARTICLES: &str = "name-particle";
const FUNCTION_WORDS: &str = "function-words";

/// How many words a description has at most.
const LONGEST_DESCRIPTION: usize = 6;

/// How many tokens an apposition has at most.
const LONGEST_APPOSITION: usize = 30;

/// The word lists that the phrase of a speaker is told by.
pub(super) struct PhraseLists<'d> {
    pronouns: &'d WordList,
    determiners: &'d WordList,
    particles: &'d WordList,
    function_words: &'d WordList,
}

impl<'d> PhraseLists<'d> {
    pub fn of(pack: &'d LanguagePack) -> Self {
        Self {
            pronouns: pack.words(PRONOUNS),
            determiners: pack.words(DETERMINERS),
            particles: pack.words(PARTICLES),
            function_words: pack.words(FUNCTION_WORDS),
        }
    }
}

/// The tokens of a clause and the document they are in.
#[derive(Clone, Copy)]
pub(super) struct Words<'d> {
    pub document: &'d Document,
    pub lists: &'d PhraseLists<'d>,
    pub tokens: &'d [Token],
}

impl<'d> Words<'d> {
    pub fn text(self, at: usize) -> &'d str {
        self.document.slice(self.tokens[at].span)
    }

    pub fn is_in(self, at: usize, list: &WordList) -> bool {
        self.document.is_in(self.tokens[at], list)
    }

    pub fn is_pronoun(self, at: usize) -> bool {
        self.is_in(at, self.lists.pronouns)
    }

    pub fn is_determiner(self, at: usize) -> bool {
        self.is_in(at, self.lists.determiners)
    }

    fn is_function_word(self, at: usize) -> bool {
        self.is_in(at, self.lists.function_words)
    }

    pub fn span(self, range: Range<usize>) -> Span {
        self.tokens[range.start].span.cover(self.tokens[range.end - 1].span)
    }

    fn is_name(self, at: usize) -> bool {
        matches!(self.tokens[at].kind, TokenKind::Capitalised | TokenKind::Upper)
    }

    /// Whether the mark at `at` ties the words of a name: a hyphen, or the full stop of an initial.
    fn ties(self, at: usize) -> bool {
        let touches = at > 0 && self.tokens[at - 1].span.end == self.tokens[at].span.start;
        touches
            && match self.text(at) {
                "-" | "‐" | "‑" => {
                    self.tokens.get(at + 1).is_some_and(|next| next.span.start == self.tokens[at].span.end)
                }
                "." => {
                    let word = self.text(at - 1);
                    word.chars().count() <= 4 && self.is_name(at - 1)
                }
                _ => false,
            }
    }
}

/// The speaker whose phrase ends right before `end`, looking back to `start`.
pub(super) fn before(words: Words<'_>, start: usize, end: usize) -> Option<Speaker> {
    let last = end.checked_sub(1).filter(|&last| last >= start)?;
    if words.text(last) == "," {
        return before_apposition(words, start, last);
    }
    phrase_back(words, start, end)
}

/// `Ana Brito, director of the museum,`: the comma that closes the apposition is at `comma`.
fn before_apposition(words: Words<'_>, start: usize, comma: usize) -> Option<Speaker> {
    let from = comma.saturating_sub(LONGEST_APPOSITION).max(start);
    // The apposition may hold commas of its own; the first one after a name opens it.
    let open =
        (from + 1..comma).find(|&at| words.text(at) == "," && words.is_name(at - 1) && at + 1 < comma)?;
    let speaker = phrase_back(words, start, open)?;
    let description = Some(words.span(open + 1..comma));
    (speaker.kind == SpeakerKind::Name).then_some(Speaker { description, ..speaker })
}

/// The phrase that ends right before `end`.
fn phrase_back(words: Words<'_>, start: usize, end: usize) -> Option<Speaker> {
    let last = end - 1;
    if words.is_pronoun(last) {
        return Some(Speaker {
            span: words.tokens[last].span,
            kind: SpeakerKind::Pronoun,
            description: None,
        });
    }
    // `The added weight`: a capital makes no name of an article.
    if words.is_determiner(last) || last == start && words.is_function_word(last) {
        return None;
    }
    if words.is_name(last) {
        let mut first = last;
        while first > start {
            let at = first - 1;
            let goes_on = words.is_name(at) && !words.is_determiner(at)
                || words.ties(at)
                || at > start && words.is_in(at, words.lists.particles) && words.is_name(at - 1);
            if !goes_on {
                break;
            }
            first = at;
        }
        let description = description_back(words, start, first);
        return Some(Speaker { span: words.span(first..end), kind: SpeakerKind::Name, description });
    }
    let is_noun = words.tokens[last].kind == TokenKind::Lower && !words.is_function_word(last);
    if !is_noun {
        return None;
    }
    let first = description_start(words, start, last);
    Some(Speaker { span: words.span(first..end), kind: SpeakerKind::Description, description: None })
}

/// `the curator` before the name that begins at `end`.
fn description_back(words: Words<'_>, start: usize, end: usize) -> Option<Span> {
    let last = end.checked_sub(1).filter(|&last| last >= start)?;
    let is_noun = words.tokens[last].kind == TokenKind::Lower && !words.is_function_word(last);
    is_noun.then(|| words.span(description_start(words, start, last)..end))
}

/// Where the description whose last word is at `last` begins: at its article, or else where its nouns do.
fn description_start(words: Words<'_>, start: usize, last: usize) -> usize {
    let mut first = last;
    while first > start && last - first < LONGEST_DESCRIPTION {
        let at = first - 1;
        if words.is_determiner(at) {
            return at;
        }
        let is_joined = words.tokens[at].kind.is_word() && !words.is_function_word(at) || words.ties(at);
        let is_of = words.text(at) == "of" && at > start;
        if !is_joined && !is_of {
            break;
        }
        first = at;
    }
    first
}

/// The speaker whose phrase begins at `start` and ends before `end` at the latest.
pub(super) fn after(words: Words<'_>, start: usize, end: usize) -> Option<Speaker> {
    if start >= end {
        return None;
    }
    if words.is_pronoun(start) {
        let span = words.tokens[start].span;
        return Some(Speaker { span, kind: SpeakerKind::Pronoun, description: None });
    }
    let stop = (start..end).find(|&at| !words.tokens[at].kind.is_word() && !words.ties(at)).unwrap_or(end);
    if stop == start {
        return None;
    }
    let is_described = words.is_determiner(start) || words.tokens[start].kind == TokenKind::Lower;
    let behind = || (stop + 1 < end && words.text(stop) == ",").then(|| words.span(stop + 1..end));
    // `lead author Ana Brito`: the name is the last run of capitals.
    let last = (start..stop).rev().find(|&at| words.is_name(at));
    if let Some(last) = last.filter(|&last| last + 1 == stop || !is_described) {
        let speaker = phrase_back(words, start, last + 1)?;
        let description = speaker.description.or_else(behind);
        return Some(Speaker { description, ..speaker });
    }
    if !is_described {
        return None;
    }
    let most = (start + LONGEST_DESCRIPTION).min(stop);
    let until = (start + 1..most).find(|&at| words.is_function_word(at)).unwrap_or(most);
    let has_noun = words.is_determiner(start) && until > start + 1
        || !words.is_function_word(start) && words.tokens[start].kind == TokenKind::Lower;
    has_noun.then(|| Speaker {
        span: words.span(start..until),
        kind: SpeakerKind::Description,
        description: None,
    })
}
