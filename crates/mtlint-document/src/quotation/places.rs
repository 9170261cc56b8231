//! Where a lost mark belongs: the places at which a quotation may end or begin, the likeliest first, and the clauses that
//! attribute what stands before them. Uses the blocks and tokens of the document, and the weights of [`super::costs`].

use super::costs::PlaceWeights;
use super::{Document, Quotations};
use crate::{Token, TokenKind};
use mtlint_text::Span;

/// A place at which a mark may have been lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where the mark would stand, in bytes of the text.
    pub at: usize,
    /// How likely it is among the others, in hundredths.
    pub score: i32,
    /// Whether a clause stands beside it that tells who says what is quoted.
    pub is_attributed: bool,
}

/// Where a quotation ends that took in the clause which attributes it, and perhaps what the narrator says behind it; `span`
/// is what it holds. `None` where it holds no such clause: a mark, the verb and the speaker, or the reverse.
pub(super) fn end_before_clause(document: &Document, span: Span) -> Option<usize> {
    let tokens = between(document.tokens_of(document.block_at(span.lo())?), span);
    let is_mark = |token: &Token| token.kind == TokenKind::Mark;
    let begins = |at: &usize| {
        is_mark(&tokens[*at])
            && !matches!(document.slice(tokens[*at].span), "—" | "–" | "-")
            && attributes(document, tokens[*at], &tokens[*at + 1..])
    };
    let at = (2..tokens.len()).find(begins)?;
    // Who speaks says `I thought` and `you know` in passing.
    let passing = ["pronoun.first", "pronoun.second"];
    let is_passing = |token: &Token| passing.iter().any(|list| document.is_listed(*token, list));
    let mut clause = tokens[at + 1..].iter().take(TAKEN_IN).take_while(|token| !is_final(document, **token));
    (!clause.any(is_passing)).then(|| tokens[at].span.hi())
}

/// Whether nothing but one clause stands from `at` on: it may hold commas, and no end of a sentence but its own.
pub(super) fn is_one_clause(document: &Document, span: Span) -> bool {
    let Some(block) = document.block_at(span.lo()) else { return false };
    let tokens = between(document.tokens_of(block), span);
    let Some((last, rest)) = tokens.split_last() else { return false };
    rest.len() <= TAKEN_IN
        && (is_final(document, *last) || document.slice(last.span) == ",")
        && !rest.iter().any(|token| is_final(document, *token))
}

/// How many tokens a clause holds at most that was taken into a quotation.
const TAKEN_IN: usize = 14;

/// How many tokens a speaker and what stands between takes at most before the verb.
const SPEAKER: usize = 4;

/// How many tokens a clause goes on at most behind its verb.
const CLAUSE: usize = 5;

/// How many tokens of a sentence are looked at to tell who speaks.
const SENTENCE: usize = 14;

/// Whether the clause that begins with `rest`, behind the mark `mark`, tells who said what stands before the mark:
/// `, said a voice`, `! he cried.`, `? the old man asked.`
pub(super) fn attributes(document: &Document, mark: Token, rest: &[Token]) -> bool {
    let is_pause = matches!(document.slice(mark.span), "," | "，" | "—" | "–" | "-");
    if !is_pause && !matches!(document.slice(mark.span), "!" | "?" | "…" | "！" | "？") {
        return false;
    }
    let Some(first) = rest.first() else { return false };
    // After a mark that ends sentences, the clause begins in lower case.
    if !is_pause && !first.is_small {
        return false;
    }
    let reach = rest.iter().take(SPEAKER).take_while(|token| token.kind != TokenKind::Mark);
    let Some(verb) = reach.clone().position(|token| is_reporting(document, *token)) else { return false };
    let is_named = |token: &Token| matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper);
    let pronoun = |token: &Token| document.is_listed(*token, "pronoun.subject");
    let article = |token: &Token| {
        document.is_listed(*token, "noun-phrase-start") || document.is_listed(*token, "determiner")
    };
    let after = &rest[verb + 1..];
    if verb == 0 {
        let is_naming = document.is_listed(*first, "naming-word");
        return after.first().is_none_or(|next| {
            is_named(next) && !is_naming
                || pronoun(next)
                || article(next) && !is_naming
                || document.slice(next.span) == "-"
                || !has_pronouns(document) && next.is_small
        });
    }
    let ends = after.iter().take(CLAUSE).any(|token| token.kind == TokenKind::Mark) || after.len() < CLAUSE;
    let between = &rest[1..verb];
    let adverbs = between.iter().all(|token| document.is_listed(*token, "reporting-verb.before"));
    let is_subject = if pronoun(first) {
        adverbs
    } else if is_named(first) {
        between.iter().all(|token| is_named(token) || document.is_listed(*token, "reporting-verb.before"))
    } else {
        let is_content = |token: &Token| !pronoun(token) && !article(token) && !is_function(document, *token);
        article(first) && !between.is_empty() && between.iter().all(is_content)
    };
    is_subject && ends
}

fn is_function(document: &Document, token: Token) -> bool {
    ["function-words", "auxiliary.finite", "joining-word"].iter().any(|list| document.is_listed(token, list))
}

/// Whether the word is a verb that attributes what is said, in the form in which clauses have it.
pub(super) fn is_reporting(document: &Document, token: Token) -> bool {
    token.is_small
        && ["reporting-verb.past", "reporting-verb.present", "speech-verb"]
            .iter()
            .any(|list| document.is_listed(token, list))
}

fn has_pronouns(document: &Document) -> bool {
    document.pack().words("pronoun.subject").words().next().is_some()
}

macro_rules! features {
    ($(#[$doc:meta])* $type:ident { $($name:ident = $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $type { $($name,)* }

        impl $type {
            pub(super) const NAMES: &[&str] = &[$($key,)*];
        }
    };
}

features! {
    /// What speaks for or against a place at which a quotation ends.
    Closing {
        Comma = "comma", Stop = "stop", Question = "question", Dash = "dash", Semicolon = "semicolon", Bare = "bare",
        Attributed = "attributed", Verb = "verb", AfterAttributed = "after-attributed", NextSmall = "next-small",
        NextCapital = "next-capital", AtEnd = "at-end", BeforeMark = "before-mark", First = "first", Second = "second",
        QuestionSmall = "question-small", CommaSmall = "comma-small", SpeaksOn = "speaks-on",
        NarratesOn = "narrates-on", Names = "names",
    }
}

features! {
    /// What speaks for or against a place at which a quotation begins.
    Opening {
        AtStart = "at-start", AfterStop = "after-stop", AfterComma = "after-comma", AfterColon = "after-colon",
        AfterQuestion = "after-question", AfterDash = "after-dash", Announced = "announced", NextSmall = "next-small",
        NextCapital = "next-capital", Last = "last", BeforeLast = "before-last", ColonCapital = "colon-capital",
        CommaCapital = "comma-capital", Speaks = "speaks", SpokeBefore = "spoke-before",
        AfterAttributed = "after-attributed", AfterMark = "after-mark", Bracket = "bracket",
        MidCapital = "mid-capital",
    }
}

/// A place, and the numbers of the features that speak for or against it.
pub(super) struct Candidate {
    pub at: usize,
    pub features: Vec<usize>,
}

/// How many places are weighed at most: those nearest to the mark that stands.
const MOST: usize = 40;

/// Where a quotation that begins at `start` may end, up to `end`, which is the next mark or the end of the block.
pub(super) fn closing_candidates(document: &Document, span: Span, stops_inside: bool) -> Vec<Candidate> {
    let Some(block) = document.block_at(span.lo()) else { return Vec::new() };
    let tokens = between(document.tokens_of(block), span);
    let is_block_end = span.hi() >= block.span.hi();
    let mut found: Vec<Candidate> = Vec::new();
    let mut attributed = false;
    // A name, with which the quotation may end.
    let is_name =
        |token: &Token| matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper | TokenKind::Number);
    let names = tokens.iter().take_while(|token| is_name(token)).count();
    let is_lone_word =
        |token: &Token| is_function(document, *token) || document.is_listed(*token, "pronoun.first");
    let names = if names == 1 && tokens.first().is_some_and(is_lone_word) { 0 } else { names };
    for (at, token) in tokens.iter().enumerate() {
        let rest = &tokens[at + 1..];
        let is_last = rest.is_empty();
        let kind = match document.slice(token.span) {
            _ if names > 0 && at + 1 == names && !is_last => Closing::Names,
            _ if token.kind != TokenKind::Mark && !is_last => continue,
            _ if token.kind != TokenKind::Mark => Closing::Bare,
            "," | "，" | "、" => Closing::Comma,
            "." | "。" => Closing::Stop,
            "!" | "?" | "…" | "！" | "？" => Closing::Question,
            "—" | "–" => Closing::Dash,
            ";" | ":" | "；" | "：" => Closing::Semicolon,
            _ if is_last => Closing::Bare,
            _ => continue,
        };
        if at == 0 && !matches!(kind, Closing::Bare | Closing::Names)
            || !is_last && is_inside_number(tokens, at)
        {
            continue;
        }
        let mut features = vec![kind as usize];
        let mut add = |holds: bool, feature: Closing| {
            if holds {
                features.push(feature as usize);
            }
        };
        let is_attributed = attributes(document, *token, rest);
        let small = rest.first().is_some_and(|next| next.is_small);
        let upcoming = || rest.iter().take(SENTENCE).take_while(|it| !is_final(document, **it));
        add(is_attributed, Closing::Attributed);
        add(!is_attributed && rest.iter().take(SPEAKER).any(|it| is_reporting(document, *it)), Closing::Verb);
        add(attributed, Closing::AfterAttributed);
        add(small, Closing::NextSmall);
        add(!small && !is_last, Closing::NextCapital);
        add(is_last && is_block_end, Closing::AtEnd);
        add(is_last && !is_block_end, Closing::BeforeMark);
        add(found.is_empty(), Closing::First);
        add(found.len() == 1, Closing::Second);
        add(kind == Closing::Question && small, Closing::QuestionSmall);
        add(kind == Closing::Comma && small && !is_attributed, Closing::CommaSmall);
        add(upcoming().any(|it| document.is_listed(*it, "pronoun.first")), Closing::SpeaksOn);
        add(!is_attributed && upcoming().any(|it| is_reporting(document, *it)), Closing::NarratesOn);
        attributed |= is_attributed;
        let at =
            if stops_inside || matches!(kind, Closing::Bare | Closing::Names) || kind == Closing::Question {
                token.span.hi()
            } else {
                token.span.lo()
            };
        found.push(Candidate { at, features });
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// Where a quotation that ends at the end of `span` may begin, within it.
pub(super) fn opening_candidates(document: &Document, span: Span) -> Vec<Candidate> {
    let Some(block) = document.block_at(span.lo()) else { return Vec::new() };
    let tokens = between(document.tokens_of(block), span);
    let is_block_start = span.lo() <= block.span.lo();
    let mut found: Vec<Candidate> = Vec::new();
    let mut attributed = false;
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|index| tokens[index]);
        attributed |= before.is_some_and(|before| attributes(document, before, &tokens[at..]))
            || at == 0
                && !is_block_start
                && tokens.iter().take(SPEAKER).any(|it| is_reporting(document, *it));
        let kind = match before.map(|token| document.slice(token.span)) {
            None => Opening::AtStart,
            Some("." | "。") => Opening::AfterStop,
            Some("," | "，" | "、") => Opening::AfterComma,
            Some(":" | "：" | ";") => Opening::AfterColon,
            Some("!" | "?" | "…" | "！" | "？") => Opening::AfterQuestion,
            Some("—" | "–") => Opening::AfterDash,
            Some("(" | "[") => Opening::Bracket,
            // A capital in the middle of a sentence.
            Some(_) if !token.is_small && before.is_some_and(|it| it.is_small) => Opening::MidCapital,
            Some(_) => continue,
        };
        if token.kind == TokenKind::Mark || at > 0 && is_inside_number(tokens, at - 1) {
            continue;
        }
        let mut features = vec![kind as usize];
        let mut add = |holds: bool, feature: Opening| {
            if holds {
                features.push(feature as usize);
            }
        };
        let words_before = &tokens[at.saturating_sub(SPEAKER + 1)..at];
        let is_announced = matches!(kind, Opening::AfterComma | Opening::AfterColon)
            && words_before.iter().any(|it| is_reporting(document, *it));
        let speaks = |tokens: &[Token]| {
            let sentence = tokens.iter().take(SENTENCE).take_while(|it| !is_final(document, **it));
            sentence.into_iter().any(|it| document.is_listed(*it, "pronoun.first"))
        };
        let capital = !token.is_small;
        add(is_announced, Opening::Announced);
        add(!capital, Opening::NextSmall);
        add(capital, Opening::NextCapital);
        add(kind == Opening::AfterColon && capital, Opening::ColonCapital);
        add(kind == Opening::AfterComma && capital, Opening::CommaCapital);
        add(speaks(&tokens[at..]), Opening::Speaks);
        add(at > 1 && speaks(&tokens[at.saturating_sub(SENTENCE)..at - 1]), Opening::SpokeBefore);
        add(attributed, Opening::AfterAttributed);
        add(kind == Opening::AtStart && !is_block_start, Opening::AfterMark);
        if found.len() == MOST {
            found.remove(0);
        }
        found.push(Candidate { at: token.span.lo(), features });
    }
    for (back, candidate) in found.iter_mut().rev().take(2).enumerate() {
        candidate.features.push(if back == 0 { Opening::Last } else { Opening::BeforeLast } as usize);
    }
    found
}

/// The places at which the quotation that the mark `open` opens may end, the likeliest first: before the next mark, or
/// before the end of its block.
pub fn closing_places(document: &Document, quotations: &Quotations, open: usize) -> Vec<Place> {
    let mark = &quotations.marks()[open];
    let next = quotations.marks()[open + 1..]
        .iter()
        .find(|next| !next.family.is_single() || mark.family.is_single());
    let block_end = document.blocks()[mark.block].span.hi();
    let end = next.filter(|next| next.block == mark.block).map_or(block_end, |next| next.span.lo());
    let span = Span::new(mark.span.hi(), end.max(mark.span.hi()));
    weigh(
        closing_candidates(document, span, quotations.stops_stand_inside()),
        PlaceWeights::closing(),
        Closing::Attributed as usize,
    )
}

/// The places at which the quotation that the mark `close` closes may begin, the likeliest first: behind the mark before, or
/// from the beginning of its block on.
pub fn opening_places(document: &Document, quotations: &Quotations, close: usize) -> Vec<Place> {
    let mark = &quotations.marks()[close];
    let before = quotations.marks()[..close].iter().rev();
    let previous = before.into_iter().find(|it| !it.family.is_single() || mark.family.is_single());
    let block_start = document.blocks()[mark.block].span.lo();
    let start = previous.filter(|it| it.block == mark.block).map_or(block_start, |it| it.span.hi());
    let span = Span::new(start.min(mark.span.lo()), mark.span.lo());
    weigh(opening_candidates(document, span), PlaceWeights::opening(), Opening::Announced as usize)
}

/// The places with their scores, the likeliest first; `attributed` is the number of the feature that tells of a clause.
fn weigh(candidates: Vec<Candidate>, weights: &[i32], attributed: usize) -> Vec<Place> {
    let place = |it: Candidate| Place {
        at: it.at,
        score: it.features.iter().map(|&feature| weights[feature]).sum(),
        is_attributed: it.features.contains(&attributed),
    };
    let mut places: Vec<Place> = candidates.into_iter().map(place).collect();
    places.sort_by_key(|place| std::cmp::Reverse(place.score));
    places
}

/// Those of the tokens that lie in a part of the text.
pub(crate) fn between(tokens: &[Token], span: Span) -> &[Token] {
    let first = tokens.partition_point(|token| token.span.lo() < span.lo());
    let last = tokens.partition_point(|token| token.span.hi() <= span.hi()).max(first);
    &tokens[first..last]
}

fn is_final(document: &Document, token: Token) -> bool {
    token.kind == TokenKind::Mark
        && matches!(document.slice(token.span), "." | "!" | "?" | "。" | "！" | "？")
}

/// Whether words touch the mark on both sides, as in a number, an abbreviation or an address.
fn is_inside_number(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| tokens[before].span.end == tokens[at].span.start)
        && tokens.get(at + 1).is_some_and(|next| {
            next.span.start == tokens[at].span.end
                && next.kind != TokenKind::Mark
                && !is_wide(next, tokens[at])
        })
}

/// Whether a mark of a script without spaces stands before the word.
fn is_wide(_next: &Token, mark: Token) -> bool {
    mark.span.len() > 2
}
