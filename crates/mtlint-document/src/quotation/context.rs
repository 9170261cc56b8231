//! The evidence around a mark that speaks for or against dropping it.

use super::Document;
use super::marks::{Lean, Mark, Neighbour};
use super::places;
use crate::{Token, TokenKind};
use mtlint_text::Span;

/// How many tokens after a closing mark a reporting verb is looked for.
const REPORTING_REACH: usize = 7;

/// What the text around a mark says about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// A clause that tells who said it follows.
    pub before_reporting: bool,
    /// A comma and a space stand before it, and the verb of such a clause touches it: `late, "says Berg`.
    pub touches_reporting: bool,
    /// The sentence goes on behind the mark.
    pub is_in_sentence: bool,
    /// A mark that closes stands right before it, at most a space and a stop between.
    pub is_doubled: bool,
    /// A sentence ends at the mark, another begins after it, and the next mark closes again.
    pub is_early: bool,
    /// A sentence ends before the mark.
    pub begins_sentence: bool,
    /// It stands for letters left out: `’90s`, `’n’`.
    pub is_elision: bool,
    /// An `s` stands before it.
    pub after_s: bool,
    /// One letter or digit stands before it, which it may mark: `b'`, `5'`.
    pub after_one: bool,
    /// A small letter follows.
    pub before_small: bool,
    /// It opens behind the end of a sentence, and not at the beginning of its block.
    pub after_sentence: bool,
    /// Its block begins with a dash, as speeches do in many languages.
    pub in_speech: bool,
    /// It touches the mark before it, which is of its family.
    pub touches_previous: bool,
    /// What stands between it and the mark before it, or the end of its block.
    pub before: Stretch,
    /// What stands between the last mark of a block and its end.
    pub after: Stretch,
}

/// Whether one letter or digit stands at the end of `before`, by itself.
fn is_after_one(before: &str) -> bool {
    let mut back = before.chars().rev();
    back.next().is_some_and(char::is_alphanumeric) && !back.next().is_some_and(char::is_alphabetic)
}

/// Whether a block begins with the dash that begins speeches in its language.
pub(super) fn begins_speech(document: &Document, block: usize) -> bool {
    document.pack().opens_speech_by_dash()
        && document.slice(document.blocks()[block].span).starts_with(['—', '–', '-', '―'])
}

/// What the text between two marks holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stretch {
    /// A clause that tells who said what stands before it.
    pub attributes: bool,
    /// A sentence ends in it, and another begins.
    pub ends_sentence: bool,
    /// It holds few words.
    pub is_short: bool,
    /// Its last sentence is a question or a cry.
    pub asks: bool,
}

/// How many words a stretch holds at most that is short.
const SHORT: usize = 30;

impl Stretch {
    /// Of the tokens from `start` to `end` of a block, bytes of the text.
    fn of(document: &Document, block: usize, start: usize, end: usize) -> Self {
        let tokens = document.tokens_of(&document.blocks()[block]);
        let first = tokens.partition_point(|token| token.span.lo() < start);
        let last = tokens.partition_point(|token| token.span.hi() <= end).max(first);
        let tokens = &tokens[first..last];
        let mut stretch = Self {
            is_short: tokens.iter().filter(|it| it.kind != TokenKind::Mark).count() <= SHORT,
            ..Self::default()
        };
        stretch.asks =
            tokens.last().is_some_and(|last| matches!(document.slice(last.span), "?" | "!" | "？" | "！"));
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Mark) {
            let rest = &tokens[at + 1..];
            stretch.attributes |= places::attributes(document, *token, rest);
            stretch.ends_sentence |=
                matches!(document.slice(token.span), "." | "!" | "?" | "。" | "！" | "？")
                    && rest.first().is_some_and(|next| !next.is_small && next.kind != TokenKind::Mark);
        }
        stretch
    }
}

impl Context {
    pub(super) fn of(document: &Document, marks: &[Mark], index: usize) -> Self {
        let mark = &marks[index];
        let text = document.text();
        let next = marks.get(index + 1).filter(|next| next.block == mark.block);
        let previous =
            index.checked_sub(1).map(|previous| &marks[previous]).filter(|it| it.block == mark.block);
        let mut context = Self {
            is_doubled: previous.is_some_and(|previous| is_doubled(text, previous, mark)),
            is_elision: is_elision(document, mark),
            begins_sentence: text[..mark.span.lo()].trim_end().ends_with(['.', '!', '?', '…', '”', '"', '’']),
            after_s: text[..mark.span.lo()].ends_with(['s', 'S', 'z', 'x']),
            touches_previous: touches_previous(text, marks, index),
            after_one: is_after_one(&text[..mark.span.lo()]),
            before_small: text[mark.span.hi()..].starts_with(char::is_lowercase),
            after_sentence: mark.left == Neighbour::Space
                && text[..mark.span.lo()].trim_end().ends_with(['.', '!', '?', '…']),
            in_speech: begins_speech(document, mark.block),
            ..Self::default()
        };
        let start = previous.map_or(document.blocks()[mark.block].span.lo(), |previous| previous.span.hi());
        context.before = Stretch::of(document, mark.block, start, mark.span.lo());
        if next.is_none() {
            let end = document.blocks()[mark.block].span.hi();
            context.after = Stretch::of(document, mark.block, mark.span.hi(), end);
        }
        if mark.lean == Lean::Open || mark.is_set_to_open() {
            context.touches_reporting = touches_reporting(document, mark);
            return context;
        }
        let mut following = following(document, mark).peekable();
        let first = following.peek().map(|word| document.slice(word.span));
        let starts_low = first.is_some_and(|word| word.starts_with(char::is_lowercase));
        context.before_reporting = has_reporting_verb(document, following);
        context.is_in_sentence = mark.right == Neighbour::Pause || starts_low && !mark.left.is_terminal();
        context.is_early = mark.left.is_terminal()
            && mark.right == Neighbour::Space
            && first.is_some_and(|word| word.starts_with(char::is_uppercase))
            && !context.before_reporting
            && next.is_some_and(|next| {
                next.lean != Lean::Open && !next.is_set_to_open() && !next.is_between_words()
            });
        context
    }
}

/// Whether a mark that is set to open touches the verb of a clause, behind a comma and a space.
pub(super) fn touches_reporting(document: &Document, mark: &Mark) -> bool {
    let before = &document.text()[..mark.span.lo()];
    mark.lean != Lean::Open
        && before.strip_suffix(' ').is_some_and(|before| before.ends_with(','))
        && following(document, mark).next().is_some_and(|word| {
            let lists = ["reporting-verb.past", "reporting-verb.present"];
            document.slice(word.span).starts_with(char::is_lowercase)
                && lists.iter().any(|list| document.is_listed(word, list))
        })
}

/// Whether nothing but a space stands between a mark and the one before it, which is of its family.
pub(super) fn touches_previous(text: &str, marks: &[Mark], index: usize) -> bool {
    index.checked_sub(1).map(|previous| (&marks[previous], &marks[index])).is_some_and(|(previous, mark)| {
        previous.block == mark.block
            && previous.family == mark.family
            && matches!(&text[previous.span.hi()..mark.span.lo()], "" | " ")
    })
}

/// Whether `mark` stands right behind `previous`, both of which close.
fn is_doubled(text: &str, previous: &Mark, mark: &Mark) -> bool {
    if previous.lean == Lean::Open
        || mark.lean == Lean::Open
        || previous.is_set_to_open()
        || mark.is_set_to_open()
    {
        return false;
    }
    // One that closes the inner quotation and one that closes the outer.
    if previous.family.is_single() != mark.family.is_single() {
        return false;
    }
    let between = Span { start: previous.span.end, end: mark.span.start };
    between.len() <= 4 && between.of(text).chars().all(|c| c == ' ' || c == '.' || c == ',')
}

/// The tokens after a mark, up to the end of the sentence they begin.
fn following<'d>(document: &'d Document, mark: &Mark) -> impl Iterator<Item = Token> + use<'d> {
    let tokens = document.tokens_of(&document.blocks()[mark.block]);
    let first = tokens.partition_point(|token| token.span.start < mark.span.end);
    let ends = |token: &Token| {
        token.kind == TokenKind::Mark && matches!(document.slice(token.span), "." | "!" | "?" | "。")
    };
    tokens[first..]
        .iter()
        .take(REPORTING_REACH)
        .skip_while(|token| token.kind == TokenKind::Mark)
        .take_while(move |token| !ends(token))
        .copied()
}

fn has_reporting_verb(document: &Document, mut following: impl Iterator<Item = Token>) -> bool {
    let verbs = document.pack().words("reporting-verb.past");
    following.any(|token| document.is_in(token, verbs))
}

/// Whether the mark stands for letters or digits left out at the beginning of a word.
pub(super) fn is_elision(document: &Document, mark: &Mark) -> bool {
    if !mark.family.is_single() {
        return false;
    }
    let after = &document.text()[mark.span.hi()..];
    let word_length = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
    let word = &after[..word_length];
    let decade = word.trim_end_matches('s');
    let is_decade = decade.len() == 2 && decade.bytes().all(|b| b.is_ascii_digit());
    // The second mark of ’n’ and ’til’: letters left out on both sides.
    let before = &document.text()[..mark.span.lo()];
    let word_before = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let opens_word = before[..before.len() - word_before.len()].ends_with(mark.glyph);
    is_decade
        || !word.is_empty() && document.pack().is_elision(word)
        || mark.left.is_gap() && document.pack().words("split-clitic").contains(word)
        || opens_word && word_before.len() == 1 && document.pack().is_elision(word_before)
}
