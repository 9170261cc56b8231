//! Finding names: runs of capitalised words with what joins them.

use super::Mention;
use crate::document::{Block, BlockKind, Document, Token, TokenKind};
use crate::text::Span;

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

/// The mentions of a document in text order.
pub(super) fn mentions(document: &Document) -> Vec<Mention> {
    let mut found = Vec::new();
    for block in document.blocks() {
        let scan = Scan::new(document, block);
        let mut at = 0;
        while at < scan.tokens.len() {
            at = match scan.run(at) {
                Some(end) => {
                    found.extend(scan.mention(at, end));
                    end
                }
                None => at + 1,
            };
        }
    }
    found
}

struct Scan<'d> {
    document: &'d Document,
    tokens: &'d [Token],
    in_heading: bool,
}

impl<'d> Scan<'d> {
    fn new(document: &'d Document, block: &Block) -> Self {
        let tokens = document.tokens_of(block);
        let is_heading = matches!(block.kind, BlockKind::Title | BlockKind::Heading | BlockKind::TableCell);
        Self { document, tokens, in_heading: is_heading || is_capitalised_throughout(tokens) }
    }

    fn text(&self, index: usize) -> &'d str {
        self.document.slice(self.tokens[index].span)
    }

    fn gap(&self, index: usize) -> &'d str {
        let (a, b) = (self.tokens[index].span, self.tokens[index + 1].span);
        self.document.text().get(a.hi()..b.lo()).unwrap_or_default()
    }

    fn listed(&self, list: &str, index: usize) -> bool {
        self.document.is_listed(self.tokens[index], list)
    }

    /// Whether a token may be part of a name for its capitals.
    fn is_capital(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else { return false };
        match token.kind {
            TokenKind::Upper => true,
            TokenKind::Capitalised => {
                let initial = self.is_initial(index);
                let is_word = self.is_contraction(index)
                    || self.listed(ALWAYS_CAPITAL, index)
                    || self.listed(LEADS, index) && initial
                    || self.listed(FUNCTION_WORDS, index) && (initial || !self.listed(NAMES_TOO, index));
                !is_word
            }
            _ => false,
        }
    }

    /// Whether an ending was contracted with a function word: `We'll`, `That’s`.
    fn is_contraction(&self, index: usize) -> bool {
        let word = self.text(index);
        let bare = word.split(['\'', '’']).next().unwrap_or(word);
        bare.len() < word.len() && self.document.pack().words(FUNCTION_WORDS).contains(bare)
    }

    /// Whether a word stands where any word has a capital.
    fn is_initial(&self, index: usize) -> bool {
        match index.checked_sub(1).map(|before| (self.tokens[before].kind, self.text(before))) {
            None => true,
            // A full stop right before the word belongs to an abbreviation.
            Some((TokenKind::Mark, ".")) => index < 2 || !self.is_abbreviation(index - 2),
            Some((TokenKind::Mark, mark)) => {
                !matches!(mark, "," | ";" | "-" | "‐" | "‑" | "&" | "/" | "%" | "$" | "€" | "£")
            }
            Some(_) => false,
        }
    }

    fn is_abbreviation(&self, index: usize) -> bool {
        let word = self.text(index);
        self.tokens[index].kind.is_word()
            && (word.chars().count() == 1 || word.contains('.') || self.document.pack().is_abbreviation(word))
    }

    /// The end of the name that begins at a token.
    fn run(&self, start: usize) -> Option<usize> {
        if !self.is_capital(start) && !self.is_joined_particle(start) {
            return None;
        }
        let mut end = start + 1;
        while let Some(next) = self.next_word(end) {
            end = next + 1;
        }
        Some(end)
    }

    /// `al-Qaeda` begins with a small letter.
    fn is_joined_particle(&self, index: usize) -> bool {
        self.tokens[index].kind == TokenKind::Lower
            && index + 2 < self.tokens.len()
            && self.joined(index + 1) == Some(index + 2)
            && self.is_capital(index + 2)
            && self.listed(PARTICLES, index)
    }

    /// The word behind a hyphen at `index` that touches both.
    fn joined(&self, index: usize) -> Option<usize> {
        let hyphen = matches!(self.tokens.get(index).map(|_| self.text(index)), Some("-" | "‐" | "‑"));
        let inside = index > 0 && index + 1 < self.tokens.len();
        (hyphen && inside && self.gap(index - 1).is_empty() && self.gap(index).is_empty())
            .then_some(index + 1)
    }

    /// The next word of a name whose words so far end at `end`.
    fn next_word(&self, end: usize) -> Option<usize> {
        let last = end - 1;
        if is_possessive(self.text(last)) || end >= self.tokens.len() {
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
        while at < self.tokens.len() && at - index < MOST_PARTICLES && self.listed(PARTICLES, at) {
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

    /// The mention that the tokens of a run make, its honorifics, titles and possessive ending set apart.
    fn mention(&self, mut start: usize, mut end: usize) -> Option<Mention> {
        let whole = start;
        let mut honorific = None;
        let mut titled = false;
        let sentence_initial = self.is_initial(start);
        while start < end {
            let is_honorific = self.listed(HONORIFICS, start);
            // `Prime Minister` is a title of two words.
            let words = (start..end).take(3).map(|index| self.text(index));
            let title = if is_honorific { 1 } else { self.document.pack().words(TITLES).prefix_of(words) };
            // The `Justice Department` is no department of a justice.
            if title == 0 || !is_honorific && self.listed(ORGANISATIONS, end - 1) && start + title < end {
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
        while start < end && self.listed(CALENDAR, start) {
            start += 1;
        }
        while end > start && (self.listed(CALENDAR, end - 1) || !self.tokens[end - 1].kind.is_word()) {
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
        if possessive {
            span = Span::new(span.lo(), span.hi() - last.len() + stem(last).len());
        } else if last.contains('.') && self.document.text()[span.hi()..].starts_with('.') {
            // `U.S.` holds its last full stop.
            span = Span::new(span.lo(), span.hi() + 1);
        }
        // A lone letter is a label: `plan B`.
        span.of(self.document.text()).chars().nth(1)?;
        Some(Mention {
            span,
            full: self.tokens[whole].span.cover(Span::new(span.lo(), span.hi())),
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
    let long = tokens.iter().filter(|token| token.kind.is_word() && token.span.len() > 3).take(24);
    let (mut all, mut small) = (0, 0);
    for token in long {
        all += 1;
        small += usize::from(token.is_small);
    }
    all > 1 && small * 5 < all
}

fn is_possessive(word: &str) -> bool {
    stem(word).len() < word.len()
}

/// A word without its possessive ending.
pub(super) fn stem(word: &str) -> &str {
    ["'s", "’s", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}
