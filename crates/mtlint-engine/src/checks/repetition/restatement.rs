//! A sentence, heading, question or list item that says again, in the same or nearly the same words, what stands shortly before.
//! May use `rule`, `document` and `text`.
//!
//! Two sentences are compared by their content words, whatever their order and their endings. A restatement brings nothing
//! new: what the copy has, the other has as well. People who set sentences side by side in like words do it to say something
//! else: another name or number, a negation, one word in the place of another. All of these are evidence of sound text.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, Sentence, Token, TokenKind};
use mtlint_text::{Edit, Span};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// How many content words that are no names the two share at least.
    shared: usize,
    /// How many where each has words that the other has not.
    shared_of_reworded: usize,
    /// Which part of the longer one is shared at least, in hundredths.
    part: usize,
    /// Which part where each has words that the other has not, or the later one has more.
    part_of_reworded: usize,
    /// How many sentences back a restatement is looked for.
    reach: usize,
    /// How many sentences back one of the same content words, of which there is no other.
    reach_of_same: usize,
}

/// Words that are set as the grammar wants them, and those among them that turn what is said into its contrary.
const FUNCTION_WORDS: &str = "function-words";
const NEGATION: &str = "negation";

/// How many words of a sentence are compared at most: longer ones are lists.
const LONGEST: usize = 60;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::document(move |document, report| {
        // A list of segments or subtitles, verse, a chat.
        if !document.is_cut_into_lines() {
            check(settings, document, report);
        }
    }))
}

/// A content word of a sentence.
#[derive(Clone, Copy)]
struct Word {
    token: Token,
    /// Whether it is a name inside the sentence, or a number.
    is_value: bool,
}

/// A sentence and its content words.
struct Said<'d> {
    span: Span,
    block: &'d Block,
    number: usize,
    words: Vec<Word>,
    negations: usize,
    /// A bit for how each of its words begins.
    beginnings: u64,
    /// Whether the sentence is all that its block holds.
    is_whole: bool,
}

impl Said<'_> {
    fn is_heading(&self) -> bool {
        matches!(self.block.kind, BlockKind::Heading | BlockKind::Title)
    }

    fn is_item(&self) -> bool {
        self.block.kind == BlockKind::ListItem
    }

    /// What is equal where the content words are.
    fn key(&self) -> Vec<u32> {
        let mut key: Vec<u32> = self.words.iter().map(|word| word.token.hash).collect();
        key.sort_unstable();
        key
    }
}

fn check(settings: Settings, document: &Document, report: &mut Report<'_>) {
    for block in document.blocks().iter().filter(|block| block.kind != BlockKind::TableCell) {
        for sentence in document.sentences_of(block) {
            check_clauses(settings, document, sentence, report);
        }
    }
    let mut said: Vec<Said<'_>> = Vec::new();
    for (number, block) in document.blocks().iter().enumerate() {
        if matches!(block.kind, BlockKind::TableCell | BlockKind::Quotation) {
            continue;
        }
        let sentences = document.sentences_of(block);
        let read = sentences.iter().map(|sentence| of_sentence(document, number, block, sentence));
        said.extend(read.filter(|said| !said.words.is_empty()));
    }
    let mut last: HashMap<Vec<u32>, usize> = HashMap::new();
    let mut again: Vec<(usize, usize)> = Vec::new();
    let mut done = 0;
    for at in 0..said.len() {
        let long = said[at].words.len() > settings.shared_of_reworded
            || said[at].is_item() && said[at].words.len() > 1;
        let before = if long { last.insert(said[at].key(), at) } else { None };
        if let Some(before) = before.filter(|before| at - before > 1 && at - before <= settings.reach_of_same)
        {
            again.push((before, at));
        }
        let back = at.saturating_sub(settings.reach).max(done)..at;
        let found =
            back.rev().find(|before| is_restated(settings, document, &said[*before], &said[at], at - before));
        if let Some(before) = found {
            tell(document, report, &said, before, at);
            done = at + 1;
        }
    }
    // What comes back many times is a form or a refrain.
    if let [(before, at)] = again[..]
        && !document.mask().covers(said[at].span)
    {
        let (first, copy) = (&said[before], &said[at]);
        let is_same_kind = first.is_item() == copy.is_item() && !copy.is_heading() && !first.is_heading();
        if is_same_kind
            && shared_plain(first) >= settings.shared.min(if copy.is_item() { 2 } else { usize::MAX })
        {
            tell(document, report, &said, before, at);
        }
    }
}

fn shared_plain(said: &Said<'_>) -> usize {
    said.words.iter().filter(|word| !word.is_value).count()
}

fn of_sentence<'d>(document: &'d Document, number: usize, block: &'d Block, sentence: &Sentence) -> Said<'d> {
    let (words, beginnings, negations) = content_of(document, document.tokens_in(sentence), 0);
    let is_whole = document.sentences_of(block).len() == 1;
    Said { span: sentence.span, block, number, words, negations, beginnings, is_whole }
}

/// The content words of tokens of a sentence, bits for how they begin, and how many negations stand among them; `first` is the
/// place of the first token in its sentence.
fn content_of(document: &Document, tokens: &[Token], first: usize) -> (Vec<Word>, u64, usize) {
    let (mut words, mut beginnings, mut negations) = (Vec::new(), 0, 0);
    for (index, token) in tokens.iter().enumerate() {
        // Code and addresses tell sentences apart as names do.
        let is_masked = document.mask().covers(token.span);
        if token.kind == TokenKind::Mark {
            continue;
        }
        negations += usize::from(document.is_listed(*token, NEGATION));
        if document.is_listed(*token, FUNCTION_WORDS) || words.len() == LONGEST {
            continue;
        }
        let is_value = is_masked
            || token.kind == TokenKind::Number
            || token.kind != TokenKind::Lower && first + index > 0;
        words.push(Word { token: *token, is_value });
        beginnings |= 1 << beginning(document.slice(token.span));
    }
    (words, beginnings, negations)
}

/// A number below 64 for the first three letters of a word.
fn beginning(word: &str) -> u32 {
    let hash = word
        .chars()
        .take(3)
        .flat_map(char::to_lowercase)
        .fold(0x811C_9DC5_u32, |hash, c| (hash ^ c as u32).wrapping_mul(0x0100_0193));
    hash >> 26
}

/// How many letters the endings of two forms of one word have at most.
const LONGEST_ENDING: usize = 3;

/// Whether two words are the same, or forms of one: they begin alike and differ in a short ending.
fn is_form(document: &Document, a: Word, b: Word) -> bool {
    if document.is_same_word(a.token, b.token) {
        return true;
    }
    if a.token.kind == TokenKind::Number || b.token.kind == TokenKind::Number {
        return false;
    }
    let (a, b) = (document.slice(a.token.span), document.slice(b.token.span));
    let alike = |(a, b): &(char, char)| a == b || a.to_lowercase().eq(b.to_lowercase());
    let stem = a.chars().zip(b.chars()).take_while(alike).count();
    let (a, b) = (a.chars().count() - stem, b.chars().count() - stem);
    stem > LONGEST_ENDING && a.max(b) <= LONGEST_ENDING
        || stem == LONGEST_ENDING && a.min(b) == 0 && a.max(b) < LONGEST_ENDING
}

/// Which words two sentences share.
struct Shared {
    /// Pairs of places in the two, in the order of the first.
    pairs: Vec<(usize, usize)>,
    of_first: u64,
    of_second: u64,
}

impl Shared {
    fn new(document: &Document, a: &[Word], b: &[Word]) -> Self {
        let mut shared = Self { pairs: Vec::new(), of_first: 0, of_second: 0 };
        for (index, word) in a.iter().enumerate() {
            let free = |place: &usize| shared.of_second >> place & 1 == 0;
            if let Some(place) = (0..b.len()).filter(free).find(|place| is_form(document, *word, b[*place])) {
                shared.of_first |= 1 << index;
                shared.of_second |= 1 << place;
                shared.pairs.push((index, place));
            }
        }
        shared
    }

    fn is_in_another_order(&self) -> bool {
        self.pairs.windows(2).any(|pair| pair[0].1 > pair[1].1)
    }
}

fn is_restated(settings: Settings, document: &Document, a: &Said<'_>, b: &Said<'_>, distance: usize) -> bool {
    let longer = a.words.len().max(b.words.len());
    let common = (a.beginnings & b.beginnings).count_ones() as usize;
    let least = if a.is_heading() && b.is_heading() { 2 } else { settings.shared };
    if b.words.len() < least || common < least || a.negations != b.negations {
        return false;
    }
    if a.number != b.number && b.number - a.number > distance + 1 {
        return false;
    }
    // Headings of one form, items of one list.
    if a.is_heading() && b.is_heading() {
        // The title of a page and its heading are alike on purpose.
        let is_plain = document.original().len() == document.text().len();
        return is_plain && distance == 1 && begins_with(document, b, a);
    }
    if a.is_item() && b.is_item() && !is_equal(document, a, b) {
        return false;
    }
    let shared = Shared::new(document, &a.words, &b.words);
    let count = shared.pairs.len();
    let plain = shared.pairs.iter().filter(|(_, place)| !b.words[*place].is_value).count();
    // Two sentences that are one by the letter, side by side, are a matter of other rules.
    if plain < settings.shared || distance == 1 && a.number == b.number && is_equal(document, a, b) {
        return false;
    }
    let left = |words: &[Word], taken: u64| {
        let left = words.iter().enumerate().filter(|(index, _)| taken >> index & 1 == 0);
        left.fold((0, 0), |(all, values), (_, word)| (all + 1, values + usize::from(word.is_value)))
    };
    let (left_of_a, values_of_a) = left(&a.words, shared.of_first);
    let (left_of_b, values_of_b) = left(&b.words, shared.of_second);
    let part = 100 * count / longer;
    let values: Vec<_> = shared.pairs.iter().filter(|(_, place)| b.words[*place].is_value).collect();
    // Two parties that change places, and one that has something more.
    if values_of_b > 0 || distance > 1 && values.windows(2).any(|pair| pair[0].1 > pair[1].1) {
        return false;
    }
    match (left_of_a, left_of_b) {
        // Further off people take up what they said.
        _ if distance > 1 && (part < settings.part_of_reworded || count < settings.shared_of_reworded) => {
            false
        }
        (_, 0) => part >= settings.part && (values_of_a == 0 || part >= settings.part_of_reworded),
        (0, _) => count >= settings.shared_of_reworded && part >= settings.part_of_reworded,
        _ => {
            values_of_a == 0
                && count >= settings.shared_of_reworded
                && part >= settings.part_of_reworded
                && (shared.is_in_another_order() || a.is_heading() && !b.is_heading())
        }
    }
}

/// Marks between which a clause stands.
const CLAUSE_MARKS: [&str; 5] = [",", ";", ":", "–", "—"];

/// A conjunction that leads to an alternative or to the same the other way round.
const COORDINATING: &str = "coordinating";

/// Finds a clause that says again what the one before it says.
fn check_clauses(settings: Settings, document: &Document, sentence: &Sentence, report: &mut Report<'_>) {
    let tokens = document.tokens_in(sentence);
    let is_mark =
        |token: &Token| token.kind == TokenKind::Mark && CLAUSE_MARKS.contains(&document.slice(token.span));
    if tokens.len() < 2 * settings.shared || !tokens.iter().any(is_mark) {
        return;
    }
    let mut before: Option<Clause<'_>> = None;
    let mut first = 0;
    for clause in tokens.split_inclusive(is_mark) {
        let next = first + clause.len();
        let own = match clause.split_last() {
            Some((last, rest)) if last.kind == TokenKind::Mark => rest,
            _ => clause,
        };
        let clause = Clause::new(document, own, first);
        if let Some(before) = &before
            && is_clause_again(settings, document, before, &clause)
        {
            let (from, to) = (before.tokens[before.tokens.len() - 1].span.hi(), own[own.len() - 1].span.hi());
            let shown = Span::new(own[0].span.lo(), to);
            if !document.quotations().holds(shown) && !document.mask().covers(shown) {
                let finding = report.add(
                    shown,
                    "a clause says once more what the one before says, in the same words: it was translated twice",
                );
                finding.relate("said here already", before.span());
                finding.fix(Fix::unsafe_("say it once", vec![Edit::delete(Span::new(from, to))]));
            }
        }
        first = next;
        before = Some(clause);
    }
}

/// What stands between two marks of a sentence.
struct Clause<'d> {
    tokens: &'d [Token],
    words: Vec<Word>,
    beginnings: u64,
    negations: usize,
}

impl<'d> Clause<'d> {
    /// `first` is the place of its first token in the sentence.
    fn new(document: &Document, tokens: &'d [Token], first: usize) -> Self {
        let (words, beginnings, negations) = content_of(document, tokens, first);
        Self { tokens, words, beginnings, negations }
    }

    fn span(&self) -> Span {
        self.tokens[0].span.cover(self.tokens[self.tokens.len() - 1].span)
    }
}

fn is_clause_again(settings: Settings, document: &Document, a: &Clause<'_>, b: &Clause<'_>) -> bool {
    let common = (a.beginnings & b.beginnings).count_ones() as usize;
    if b.words.len() < settings.shared || common < settings.shared || a.negations != b.negations {
        return false;
    }
    let shared = Shared::new(document, &a.words, &b.words);
    let plain = shared.pairs.iter().filter(|(_, place)| !b.words[*place].is_value).count();
    // `bring our enemies to justice, or bring justice to our enemies`
    let is_turned = shared.is_in_another_order() && document.is_listed(b.tokens[0], COORDINATING);
    plain >= settings.shared
        && shared.pairs.len() >= settings.shared_of_reworded
        && shared.pairs.len() == b.words.len()
        && !is_turned
}

/// How many words more a heading has that says another one again.
const MOST_MORE: usize = 3;

/// Whether a heading begins with all words of another, whatever their case, and has hardly any more.
fn begins_with(document: &Document, longer: &Said<'_>, shorter: &Said<'_>) -> bool {
    let (longer, shorter) = (&longer.words, &shorter.words);
    (shorter.len()..=shorter.len() + MOST_MORE).contains(&longer.len())
        && shorter.iter().zip(longer).all(|(a, b)| document.is_same_word(a.token, b.token))
}

/// Whether two sentences have the same words in the same order.
fn is_equal(document: &Document, a: &Said<'_>, b: &Said<'_>) -> bool {
    a.words.len() == b.words.len()
        && a.words.iter().zip(&b.words).all(|(a, b)| document.is_same_word(a.token, b.token))
        && document.slice(a.span).len().abs_diff(document.slice(b.span).len()) < 2
}

fn tell(document: &Document, report: &mut Report<'_>, said: &[Said<'_>], before: usize, at: usize) {
    let (first, copy) = (&said[before], &said[at]);
    let finding = report.add_summary(copy.span);
    finding.relate("said here already", first.span);
    finding.fix(Fix::unsafe_("say it once", vec![Edit::delete(cut(document, copy))]));
    if !first.is_heading() && first.span != copy.span {
        finding.fix(Fix::unsafe_("keep the later one", vec![Edit::delete(cut(document, first))]));
    }
}

/// The sentence with the white space that parts it from its neighbours.
fn cut(document: &Document, said: &Said<'_>) -> Span {
    if said.is_whole {
        return document.with_line_end(said.block.span);
    }
    let block = said.block.span;
    let rest = &document.text()[said.span.hi()..block.hi()];
    let space = rest.len() - rest.trim_start().len();
    if rest.trim().is_empty() {
        let head = &document.text()[block.lo()..said.span.lo()];
        return Span::new(block.lo() + head.trim_end().len(), said.span.hi());
    }
    Span::new(said.span.lo(), said.span.hi() + space)
}
