//! Finding names: runs of capitalised words with what joins them.

use super::Mention;
use crate::{Block, BlockKind, Document, Token, TokenKind};
use mtlint_lang::{ListSet, WordList};
use mtlint_text::Span;
use std::ops::Range;

const FUNCTION_WORDS: &str = "function-words";
/// Function words that are names too: `Will`.
const NAMES_TOO: &str = "capital-possible";
const ALWAYS_CAPITAL: &str = "capital-always";
const PARTICLES: &str = "name-particle";
/// Adverbs and numerals that begin a sentence.
const LEADS: &str = "sentence-lead";
const HONORIFICS: &str = "honorific";
const TITLES: &str = "title";
const ORGANISATIONS: &str = "organisation-word";
const CALENDAR: &str = "calendar-name";

/// How many words a name has at most; a longer run of capitals is a heading or a list.
const MOST_WORDS: usize = 8;

/// How many particles stand in a row: `de la`.
const MOST_PARTICLES: usize = 2;

/// How many words a title has at most.
const LONGEST_TITLE: usize = 3;

/// The mentions of a document in text order.
pub(super) fn mentions(document: &Document) -> Vec<Mention> {
    let mut found = Vec::new();
    let lists = Lists::of(document);
    for block in document.blocks() {
        let scan = Scan::new(document, &lists, block);
        let mut at = 0;
        while let Some(run) = scan.next_run(at) {
            at = run.end;
            // What stands in an address, a path or code names nothing as the text does.
            let is_prose = |mention: &Mention| !document.mask().covers(mention.span);
            if let Some(mention) = scan.mention(run).filter(is_prose) {
                found.push(mention);
            }
        }
    }
    found
}

/// The word lists that names are told by, each looked up by its name but once.
struct Lists<'d> {
    function_words: &'d WordList,
    names_too: ListSet,
    always_capital: ListSet,
    particles: ListSet,
    leads: ListSet,
    honorifics: ListSet,
    titles: &'d WordList,
    organisations: ListSet,
    calendar: ListSet,
}

impl<'d> Lists<'d> {
    fn of(document: &'d Document) -> Self {
        let pack = document.pack();
        let bit = |name| pack.words(name).bit();
        Self {
            function_words: pack.words(FUNCTION_WORDS),
            names_too: bit(NAMES_TOO),
            always_capital: bit(ALWAYS_CAPITAL),
            particles: bit(PARTICLES),
            leads: bit(LEADS),
            honorifics: bit(HONORIFICS),
            titles: pack.words(TITLES),
            organisations: bit(ORGANISATIONS),
            calendar: bit(CALENDAR),
        }
    }
}

struct Scan<'d, 'l> {
    document: &'d Document,
    lists: &'l Lists<'d>,
    tokens: &'d [Token],
    /// The place of the first of them among the tokens of the document.
    first: usize,
    in_heading: bool,
}

impl<'d, 'l> Scan<'d, 'l> {
    fn new(document: &'d Document, lists: &'l Lists<'d>, block: &Block) -> Self {
        let tokens = document.tokens_of(block);
        let is_heading = matches!(block.kind, BlockKind::Title | BlockKind::Heading | BlockKind::TableCell);
        let in_heading = is_heading || is_capitalised_throughout(tokens);
        Self { document, lists, tokens, first: block.tokens.start as usize, in_heading }
    }

    fn text(&self, index: usize) -> &'d str {
        self.document.slice(self.tokens[index].span)
    }

    fn gap(&self, index: usize) -> &'d str {
        let (a, b) = (self.tokens[index].span, self.tokens[index + 1].span);
        self.document.text().get(a.hi()..b.lo()).unwrap_or_default()
    }

    fn listed(&self, list: ListSet, index: usize) -> bool {
        self.document.lists_of(self.tokens[index]) & list != 0
    }

    /// Whether a token may be part of a name for its capitals.
    fn is_capital(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else { return false };
        match token.kind {
            TokenKind::Upper => true,
            TokenKind::Capitalised => !self.is_common(index),
            _ => false,
        }
    }

    /// Whether a capitalised word is a common one that has its capital for its place, or always.
    fn is_common(&self, index: usize) -> bool {
        let (lists, held) = (self.lists, self.document.lists_of(self.tokens[index]));
        held & lists.always_capital != 0
            || held & lists.leads != 0 && self.is_initial(index)
            || held & lists.function_words.bit() != 0
                && (held & lists.names_too == 0 || self.is_initial(index))
            || self.is_contraction(index)
    }

    /// Whether an ending was contracted with a function word: `We'll`, `That’s`.
    fn is_contraction(&self, index: usize) -> bool {
        let word = self.text(index);
        // `’` begins with the byte 0xE2, and few words hold either.
        word.bytes().any(|byte| matches!(byte, b'\'' | 0xE2))
            && word.split_once(['\'', '’']).is_some_and(|(bare, _)| self.lists.function_words.contains(bare))
    }

    /// Whether a word stands where any word has a capital.
    fn is_initial(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else { return true };
        if self.tokens[before].kind != TokenKind::Mark {
            return false;
        }
        match self.text(before) {
            // A full stop right before the word belongs to an abbreviation.
            "." => index < 2 || !self.is_abbreviation(index - 2),
            mark => !matches!(mark, "," | ";" | "-" | "‐" | "‑" | "&" | "/" | "%" | "$" | "€" | "£"),
        }
    }

    fn is_abbreviation(&self, index: usize) -> bool {
        let word = self.text(index);
        self.tokens[index].kind.is_word()
            && (word.chars().count() == 1 || word.contains('.') || self.document.pack().is_abbreviation(word))
    }

    /// The tokens of the first name from `from` on.
    fn next_run(&self, from: usize) -> Option<Range<usize>> {
        let may_be_capital = |token: &Token| matches!(token.kind, TokenKind::Upper | TokenKind::Capitalised);
        let mut at = from;
        loop {
            at += self.tokens[at..].iter().position(may_be_capital)?;
            if self.is_capital(at) {
                break;
            }
            at += 1;
        }
        let mut end = at + 1;
        while let Some(next) = self.next_word(end) {
            end = next + 1;
        }
        let particle = self.joined_particle(at).filter(|particle| *particle >= from);
        Some(particle.unwrap_or(at)..end)
    }

    /// The particle that a hyphen joins to the name word at `index`: `al-Qaeda` begins with a small letter.
    fn joined_particle(&self, index: usize) -> Option<usize> {
        let particle = index.checked_sub(2)?;
        (self.joined(index - 1).is_some()
            && self.tokens[particle].kind == TokenKind::Lower
            && self.listed(self.lists.particles, particle))
        .then_some(particle)
    }

    /// The word behind a hyphen at `index` that touches both.
    fn joined(&self, index: usize) -> Option<usize> {
        let inside = index > 0 && index + 1 < self.tokens.len();
        (inside
            && self.tokens[index].kind == TokenKind::Mark
            && matches!(self.text(index), "-" | "‐" | "‑")
            && self.gap(index - 1).is_empty()
            && self.gap(index).is_empty())
        .then_some(index + 1)
    }

    /// The next word of a name whose words so far end at `end`.
    fn next_word(&self, end: usize) -> Option<usize> {
        let last = end - 1;
        let next = self.tokens.get(end)?;
        // Most names end before a word that none goes on with.
        let goes_on = match next.kind {
            TokenKind::Lower => self.listed(self.lists.particles, end),
            TokenKind::Number => false,
            TokenKind::Upper | TokenKind::Capitalised | TokenKind::Mark => true,
        };
        if !goes_on || is_possessive(self.text(last)) {
            return None;
        }
        if let Some(next) = self.joined(end) {
            return self.name_from(next);
        }
        match self.gap(last) {
            " " | "\u{a0}" => match self.text(end) {
                "&" if end + 1 < self.tokens.len() && self.gap(end) == " " => {
                    self.is_capital(end + 1).then_some(end + 1)
                }
                _ => self.name_from(end),
            },
            // An initial, `J. Smith`, or a word that is written with a stop, `St. Petersburg`.
            "" if self.text(end) == "." && end + 1 < self.tokens.len() && self.gap(end) == " " => {
                let word = self.text(last);
                let stays = word.chars().count() == 1 || self.document.pack().is_abbreviation(word);
                (stays && word != "I" && self.is_capital(end + 1)).then_some(end + 1)
            }
            _ => None,
        }
    }

    /// The name word at `index`, or behind the particles that begin there.
    fn name_from(&self, index: usize) -> Option<usize> {
        if self.is_capital(index) {
            return Some(index);
        }
        let mut at = index;
        while at < self.tokens.len() && at - index < MOST_PARTICLES && self.listed(self.lists.particles, at) {
            if at + 1 >= self.tokens.len() {
                return None;
            }
            at = match self.gap(at) {
                " " => at + 1,
                _ => self.joined(at + 1)?,
            };
            if self.is_capital(at) {
                return Some(at);
            }
        }
        None
    }

    /// How many words of a run are a title that begins it: two in `Prime Minister`.
    fn title(&self, start: usize, end: usize) -> usize {
        self.document.prefix_of(&self.tokens[start..end.min(start + LONGEST_TITLE)], self.lists.titles)
    }

    /// The mention that the tokens of a run make, its honorifics, titles and possessive ending set apart.
    fn mention(&self, run: Range<usize>) -> Option<Mention> {
        let Range { mut start, mut end } = run;
        let whole = start;
        let mut honorific = None;
        let mut titled = false;
        let sentence_initial = self.is_initial(start);
        while start < end {
            let is_honorific = self.listed(self.lists.honorifics, start);
            let title = if is_honorific { 1 } else { self.title(start, end) };
            // The `Justice Department` is no department of a justice.
            let in_organisation = || self.listed(self.lists.organisations, end - 1) && start + title < end;
            if title == 0 || !is_honorific && in_organisation() {
                break;
            }
            if is_honorific {
                honorific = Some(self.tokens[start].span);
            }
            titled |= !is_honorific;
            start += title;
            while start < end && self.text(start) == "." {
                start += 1;
            }
        }
        let calendar = self.lists.calendar;
        while start < end && self.listed(calendar, start) {
            start += 1;
        }
        while end > start && (self.listed(calendar, end - 1) || !self.tokens[end - 1].kind.is_word()) {
            end -= 1;
        }
        if start >= end || end - start > 2 * MOST_WORDS {
            return None;
        }
        let mut span = self.tokens[start].span.cover(self.tokens[end - 1].span);
        if self.document.mask().covers(span) {
            return None;
        }
        let last = self.text(end - 1);
        let possessive = is_possessive(last);
        let mut after = end;
        if possessive {
            span = Span::new(span.lo(), span.hi() - last.len() + stem(last).len());
        } else if last.contains('.') && self.document.text()[span.hi()..].starts_with('.') {
            // `U.S.` holds its last full stop.
            span = Span::new(span.lo(), span.hi() + 1);
            after += usize::from(self.tokens.get(end).is_some_and(|stop| stop.span.lo() < span.hi()));
        }
        // A lone letter is a label: `plan B`.
        span.of(self.document.text()).chars().nth(1)?;
        Some(Mention {
            span,
            full: self.tokens[whole].span.cover(span),
            first_token: (self.first + whole) as u32,
            next_token: (self.first + after) as u32,
            sentence_initial: sentence_initial && start == whole,
            in_heading: self.in_heading,
            honorific,
            titled,
            possessive,
            entity: 0,
        })
    }
}

/// Whether nearly every long word has a capital, as in headings and credits.
fn is_capitalised_throughout(tokens: &[Token]) -> bool {
    const MOST: usize = 24;
    // Of so many words at most one in so many is small.
    const ONE_IN: usize = 5;
    let (mut all, mut small) = (0, 0);
    for token in tokens {
        if token.kind.is_word() && token.span.len() > 3 {
            all += 1;
            small += usize::from(token.is_small);
            if all == MOST || small * ONE_IN >= MOST {
                break;
            }
        }
    }
    all > 1 && small * ONE_IN < all
}

fn is_possessive(word: &str) -> bool {
    stem(word).len() < word.len()
}

/// A word without its possessive ending.
pub fn stem(word: &str) -> &str {
    let owner = word.strip_suffix(['s', 'S']).and_then(|rest| rest.strip_suffix(['\'', '’']));
    owner.unwrap_or(word)
}
