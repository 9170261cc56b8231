//! `kind = "repeat"`: a word, phrase, sentence or block that comes again right after itself.

use super::{Match, Matcher, Stretch};
use crate::rule::checker::Trigger;
use crate::rule::file::{Kind, MatchTable, RepeatNames, RepeatUnit, Scope};
use foldhash::fast::FixedState;
use mtlint_document::{Block, BlockKind, Document, Sentence, Token, TokenKind};
use mtlint_lang::{LanguagePack, Packs};
use mtlint_text::Span;
use mtlint_text::toml_file::unknown;
use std::collections::HashMap;

#[derive(Debug)]
pub(super) struct Repeat {
    unit: RepeatUnit,
    /// How often the unit stands there, at least.
    times: usize,
    /// How many characters the unit has, at least.
    min_length: usize,
    /// Whether a comma may stand between.
    comma: bool,
    names: RepeatNames,
    except: Phrases,
    only: Option<Phrases>,
}

/// Words and phrases of a rule file, in lower case, and the names of word lists.
#[derive(Debug, Default)]
struct Phrases {
    phrases: Vec<String>,
    lists: Vec<String>,
}

/// How many tokens a repeated phrase has at most.
const LONGEST: usize = 12;

/// How many words a link of a chain has at most: `again and`, `day after`.
const CHAIN: usize = 3;

/// From how many copies on it is a loop, and no chain.
const LOOP: usize = 4;

/// From how many characters on a name is not one that is said twice: those are short, as `Pago Pago`.
const LONG_NAME: usize = 6;

/// The same at the end of a sentence, whose last word a decoder says again most often.
const LONG_LAST_NAME: usize = 4;

/// How much longer than `min-length` a block is that may not come again anywhere.
const FAR: usize = 3;

impl Phrases {
    fn read(key: &str, entries: &[String], packs: &Packs) -> Result<Self, (String, String)> {
        let mut read = Self::default();
        for entry in entries {
            match entry.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
                Some(list) if packs.has_list(list) => read.lists.push(list.to_owned()),
                Some(list) => {
                    return Err((format!("match.{key}"), unknown("word list", list, packs.lists())));
                }
                None => read.phrases.push(entry.to_lowercase()),
            }
        }
        Ok(read)
    }

    fn contain(&self, words: &str, pack: &LanguagePack) -> bool {
        let lower = words.to_lowercase();
        self.phrases.contains(&lower)
            || self.lists.iter().any(|list| {
                let count = lower.split_whitespace().count();
                count > 0 && pack.words(list).prefix_of(lower.split_whitespace()) == count
            })
    }
}

impl Repeat {
    pub(super) fn compile(table: &MatchTable, packs: &Packs) -> Result<Box<dyn Matcher>, (String, String)> {
        debug_assert_eq!(table.kind, Kind::Repeat);
        let unit = table.unit.ok_or_else(|| {
            (
                "match.unit".to_owned(),
                "a repeat says in `unit` what is repeated: word, phrase, sentence or block".to_owned(),
            )
        })?;
        let times = table.times.unwrap_or(2);
        if times < 2 {
            return Err(("match.times".to_owned(), "`times` counts all of them: at least 2".to_owned()));
        }
        if unit == RepeatUnit::Block && table.scope != Scope::Document {
            return Err((
                "match.scope".to_owned(),
                "whole blocks are compared with `scope = \"document\"`".to_owned(),
            ));
        }
        Ok(Box::new(Self {
            unit,
            times,
            min_length: table.min_length.unwrap_or(1),
            comma: table.comma.unwrap_or(false),
            names: table.names.unwrap_or_default(),
            except: Phrases::read("except", &table.except, packs)?,
            only: table.only.as_ref().map(|only| Phrases::read("only", only, packs)).transpose()?,
        }))
    }

    /// Whether the unit is one the rule reports.
    fn minds(&self, document: &Document, unit: Span) -> bool {
        let text = document.slice(unit);
        text.chars().take(self.min_length).count() == self.min_length
            && !self.except.contain(text, document.pack())
            && self.only.as_ref().is_none_or(|only| only.contain(text, document.pack()))
    }
}

impl Matcher for Repeat {
    fn find(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match)) {
        match self.unit {
            RepeatUnit::Word => self.words(document, stretch, found),
            RepeatUnit::Phrase => self.phrases(document, stretch, found),
            RepeatUnit::Sentence => self.sentences(document, stretch, found),
            RepeatUnit::Block => self.blocks(document, stretch, found),
        }
    }

    fn may_find(&self, document: &Document, stretch: Stretch<'_>) -> bool {
        let repeats = document.repeats();
        let first = stretch.first_token;
        let tokens = first..first + stretch.tokens.len();
        match self.unit {
            RepeatUnit::Word => repeats.first_at(self.distance(), tokens).is_some(),
            RepeatUnit::Phrase => repeats.first_pair(tokens).is_some(),
            RepeatUnit::Sentence | RepeatUnit::Block => true,
        }
    }

    fn sees_one_block(&self) -> bool {
        // A name is looked for in the blocks before, too.
        self.names != RepeatNames::Only
    }

    fn trigger(&self) -> Trigger {
        Trigger::Always
    }

    fn capture_names(&self) -> Vec<String> {
        vec!["unit".to_owned()]
    }
}

/// The whole of a repetition, which is to become `unit` again.
fn again(document: &Document, whole: Span, unit: Span) -> Match {
    Match {
        span: whole,
        captures: vec![("unit".to_owned(), unit)],
        suggestion: Some(document.slice(unit).to_owned()),
    }
}

/// A copy that is to go.
fn superfluous(copy: Span, unit: Span) -> Match {
    Match { captures: vec![("unit".to_owned(), unit)], suggestion: Some(String::new()), ..Match::new(copy) }
}

fn is_worded(token: Token) -> bool {
    token.kind.is_word() || token.kind == TokenKind::Number
}

// Words and phrases.
impl Repeat {
    fn words(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match)) {
        let tokens = stretch.tokens;
        let first = stretch.first_token;
        let mut at = 0;
        while let Some(place) = document.repeats().first_at(self.distance(), first + at..first + tokens.len())
        {
            at = place - first;
            let (end, count) = run_of_words(document, tokens, at, self.comma);
            if count >= self.times
                && self.minds(document, tokens[at].span)
                && self.suits(document, tokens, at, end)
                && !is_part_of_compound(document, tokens, at, end)
                && !is_number_series(tokens, at, end)
            {
                found(again(document, tokens[at].span.cover(tokens[end - 1].span), tokens[at].span));
            }
            at = end.max(at + 1);
        }
    }

    /// How many tokens on the same word stands: two with a comma between.
    fn distance(&self) -> u8 {
        if self.comma { 2 } else { 1 }
    }

    /// Whether the words are of the kind, names or not, that the rule is for. A name may be made of
    /// one word twice.
    fn suits(&self, document: &Document, tokens: &[Token], at: usize, end: usize) -> bool {
        let text = |index: usize| document.slice(tokens[index].span);
        let capitalised = |index: usize| tokens[index].kind == TokenKind::Capitalised;
        // `May may` and `the Will will` are two words, unless the first begins a sentence.
        if !capitalised(at) && capitalised(end - 1) {
            return tokens[at].kind == TokenKind::Upper && self.names == RepeatNames::Skip;
        }
        let is_name = capitalised(at) && text(at) == text(end - 1);
        match self.names {
            RepeatNames::Skip if is_name => false,
            RepeatNames::Skip if capitalised(at) => {
                document.sentences().binary_search_by_key(&tokens[at].span.start, |s| s.span.start).is_ok()
                    || at.checked_sub(1).is_some_and(|before| tokens[before].kind == TokenKind::Mark)
            }
            RepeatNames::Skip | RepeatNames::Any => true,
            RepeatNames::Only => {
                is_name
                    && (end - at > 2
                        || text(at).ends_with(['s', 'S']) && text(at).contains(['\'', '’'])
                        || text(at).chars().count() >= long_name(document, tokens.get(end))
                        || is_end_of_name(document, tokens, at)
                        || !tokens.get(end).is_some_and(|next| next.kind == TokenKind::Capitalised)
                            && is_named_before(document, tokens, at))
            }
        }
    }

    fn phrases(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match)) {
        let tokens = stretch.tokens;
        let repeats = document.repeats();
        let first = stretch.first_token;
        let mut at = 0;
        let mut runs = Runs::default();
        // A phrase has two words at least, which come again together.
        while let Some(pair) = repeats.first_pair(first + at..first + tokens.len()) {
            at = pair - first;
            let longest = LONGEST.min((tokens.len() - at) / self.times + 1);
            let hit = repeats
                .distances(pair)
                .filter(|distance| (2..=longest).contains(distance))
                .find_map(|distance| self.phrase(document, tokens, at, distance, &mut runs));
            at = match hit {
                Some((end, unit)) => {
                    found(again(document, tokens[at].span.cover(tokens[end - 1].span), unit));
                    end
                }
                None => at + 1,
            };
        }
    }

    /// The end of the repetition that begins at `at` with copies `distance` tokens apart, and the
    /// unit. A comma between two copies counts as the last token of the first.
    fn phrase(
        &self,
        document: &Document,
        tokens: &[Token],
        at: usize,
        distance: usize,
        runs: &mut Runs,
    ) -> Option<(usize, Span)> {
        let same =
            |a: usize, b: usize| tokens.get(b).is_some_and(|later| is_same(document, tokens[a], *later));
        if !same(at, at + distance) || !is_worded(tokens[at]) {
            return None;
        }
        let is_comma = |index: usize| document.slice(tokens[index].span) == ",";
        let length = if is_comma(at + distance - 1) { distance - 1 } else { distance };
        if length < distance && !self.comma {
            return None;
        }
        let unit = &tokens[at..at + length];
        let words = unit.iter().filter(|token| is_worded(**token)).count();
        let differ = unit.iter().any(|token| is_worded(*token) && !is_same(document, *token, unit[0]));
        // The last copy need not have the comma after it.
        let least = (self.times - 1) * distance - (distance - length);
        let ends_well = is_worded(unit[length - 1]) || self.times >= LOOP;
        if words < 2 || !differ || !ends_well || !(at..at + least).all(|index| same(index, index + distance))
        {
            return None;
        }
        let span = unit[0].span.cover(unit[length - 1].span);
        let capitals =
            unit.iter().all(|token| matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper));
        let is_name = match self.names {
            RepeatNames::Skip => capitals,
            RepeatNames::Only => !(capitals && is_name_in_text(document, tokens, at, distance, length)),
            RepeatNames::Any => false,
        } || self.times == 2 && is_heading_and_text(document, tokens, at, distance);
        // `Again and again and again` is a chain: a link more than the copies, on either side.
        let is_link = |index: Option<usize>, end: Token| {
            index.and_then(|index| tokens.get(index)).is_some_and(|token| is_same(document, *token, end))
        };
        let next = at + least + distance - (distance - length);
        let is_chain = words <= CHAIN
            && self.times < LOOP
            && (is_link(at.checked_sub(1), unit[length - 1]) || is_link(Some(next), unit[0]));
        if is_name || is_chain || !self.minds(document, span) {
            return None;
        }
        let equal = runs.end(at, distance, |index| same(index, index + distance)) - at;
        let copies = 1 + (equal + distance - length) / distance;
        let end = at + (copies - 1) * distance + length;
        (!is_part_of_compound(document, tokens, at, end)).then_some((end, span))
    }
}

/// Up to where the tokens of a stretch are the same as those a distance later, for each distance. What was
/// searched is not searched again from the next token on, however often a repetition is rejected.
#[derive(Default)]
struct Runs {
    ends: [usize; LONGEST + 1],
}

impl Runs {
    /// The end of the run at `distance` that goes on at `at`, which never goes back from one call to the next.
    fn end(&mut self, at: usize, distance: usize, is_same: impl Fn(usize) -> bool) -> usize {
        let end = &mut self.ends[distance];
        if *end <= at {
            *end = (at..).find(|&index| !is_same(index)).unwrap_or(at);
        }
        *end
    }
}

/// Whether the first copy ends, or is, a heading, and the second begins the text below it, the two
/// joined into one line: `Mill sold to the baker The baker has …`, `Holm Bread Oven (12) Holm Bread
/// Oven (12) bakes …`.
fn is_heading_and_text(document: &Document, tokens: &[Token], at: usize, distance: usize) -> bool {
    let (first, second) = (tokens[at], tokens[at + distance]);
    let is_small = |token: &Token| token.kind == TokenKind::Lower;
    let is_title =
        document.blocks().binary_search_by_key(&first.span.start, |block| block.span.start).is_ok()
            && !tokens[at..at + distance].iter().any(is_small);
    second.kind == TokenKind::Capitalised && first.kind == TokenKind::Lower
        || is_title && tokens.get(at + 2 * distance).is_some_and(is_small)
}

fn is_same(document: &Document, a: Token, b: Token) -> bool {
    a.kind.is_word() == b.kind.is_word() && document.is_same_word(a, b)
}

/// How long a name is that is not one of those said twice, `next` being what follows it.
fn long_name(document: &Document, next: Option<&Token>) -> usize {
    match next.is_none_or(|next| matches!(document.slice(next.span), "." | "!" | "?")) {
        true => LONG_LAST_NAME,
        false => LONG_NAME,
    }
}

/// Whether the word at `at` follows another of the same name: `Autonomous Region Region`.
fn is_end_of_name(document: &Document, tokens: &[Token], at: usize) -> bool {
    let sentences = document.sentences();
    at.checked_sub(1).is_some_and(|before| {
        let token = tokens[before];
        let begins =
            sentences.binary_search_by_key(&token.span.start, |sentence| sentence.span.start).is_ok();
        token.kind == TokenKind::Capitalised && token.span.len() > 1 && !begins
    })
}

/// How many tokens before a name its earlier mention is looked for.
const RECENT: usize = 1000;

/// Whether the word at `at` stands alone before: whoever is called by one word twice is so called first.
fn is_named_before(document: &Document, tokens: &[Token], at: usize) -> bool {
    let word = document.slice(tokens[at].span);
    let all = document.tokens();
    let place = all.partition_point(|token| token.span.start < tokens[at].span.start);
    let is_word = |token: &Token| document.slice(token.span) == word;
    let recent = &all[place.saturating_sub(RECENT)..place];
    let mut mentions = recent.iter().enumerate().filter(|(_, token)| is_word(token)).map(|(index, _)| index);
    match (mentions.next(), mentions.next()) {
        (Some(first), Some(second)) => second > first + 1,
        (first, _) => first.is_some(),
    }
}

/// Whether a name of several words that stands there twice is one of a sentence that goes on behind it, and no title made of
/// one name twice: it is named elsewhere as well, or no word of the language is in it.
fn is_name_in_text(document: &Document, tokens: &[Token], at: usize, distance: usize, length: usize) -> bool {
    let unit = &tokens[at..at + length];
    let is_small = |token: Option<&Token>| token.is_some_and(|token| token.kind == TokenKind::Lower);
    let goes_on = is_small(tokens.get(at + distance + length));
    let is_spaced = document.text()[unit[length - 1].span.hi()..].starts_with(' ');
    let is_named = || {
        let [first, second, ..] = unit else { return false };
        document.name_words().count_pair(first.hash, second.hash) > 2
    };
    let is_unknown = || unit.iter().all(|token| document.word_form(*token).is_none());
    // `She sang about New York New York and so on.`
    let begins = !is_small(at.checked_sub(1).and_then(|at| tokens.get(at)));
    goes_on && is_spaced && length == distance && (begins && is_named() || is_unknown())
}

/// How far the same word goes on from `at`, and how often it stands there.
fn run_of_words(document: &Document, tokens: &[Token], at: usize, comma: bool) -> (usize, usize) {
    let word = tokens[at];
    let (mut end, mut count) = (at + 1, 1);
    if !is_worded(word) {
        return (end, count);
    }
    loop {
        let next = match tokens.get(end) {
            Some(token) if comma && document.slice(token.span) == "," => end + 1,
            _ => end,
        };
        // A rule about commas minds nothing else.
        let fits = comma == (next > end);
        match tokens.get(next) {
            Some(token) if fits && is_same(document, word, *token) && !touches(tokens, next) => {
                end = next + 1;
                count += 1;
            }
            _ => return (end, count),
        }
    }
}

/// Whether no white space stands before the token.
fn touches(tokens: &[Token], index: usize) -> bool {
    index.checked_sub(1).is_some_and(|before| tokens[before].span.end == tokens[index].span.start)
}

/// Whether a hyphen, an apostrophe or the like ties either end to another word: `Boutros Boutros-Ghali`.
fn is_part_of_compound(document: &Document, tokens: &[Token], at: usize, end: usize) -> bool {
    let ties = |index: usize| {
        tokens[index].kind != TokenKind::Mark
            || matches!(
                document.slice(tokens[index].span),
                "-" | "‐" | "‑" | "/" | "_" | "'" | "’" | "&" | "@" | "#" | "$" | "%"
            )
    };
    let before = touches(tokens, at) && at > 0 && ties(at - 1);
    let after = end < tokens.len() && touches(tokens, end) && ties(end);
    before || after
}

/// Whether numbers stand in a row of numbers, as in a table.
fn is_number_series(tokens: &[Token], at: usize, end: usize) -> bool {
    let is_number = |index: usize| tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number);
    is_number(at) && (tokens[at].span.len() == 1 || at.checked_sub(1).is_none_or(is_number) || is_number(end))
}

// Sentences and blocks.
impl Repeat {
    fn sentences(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match)) {
        let all = document.sentences();
        let from = all.partition_point(|sentence| sentence.span.start < stretch.span.start);
        let to = all.partition_point(|sentence| sentence.span.start < stretch.span.end);
        let mut count = 1;
        for index in from + 1..to {
            match self.repeated_sentence(document, &all[index - 1], &all[index]) {
                Some(copy) => {
                    count += 1;
                    if count >= self.times && self.minds(document, all[index - 1].span) {
                        found(superfluous(copy, all[index - 1].span));
                    }
                }
                None => count = 1,
            }
        }
    }

    /// The part of `sentence` that says the one before it again, with the space before that part. A
    /// quotation mark before the first copy or after the last is not part of it.
    fn repeated_sentence(&self, document: &Document, before: &Sentence, sentence: &Sentence) -> Option<Span> {
        let last = |sentence: &Sentence| {
            let mut words = document.tokens_in(sentence).iter().rev().filter(|token| is_worded(**token));
            words.next().map(|token| token.hash)
        };
        // What says it again ends with the same word, which few sentences do.
        if last(before) != last(sentence) {
            return None;
        }
        let first = |sentence: &Sentence| {
            let tokens = document.tokens_in(sentence);
            tokens.iter().position(|token| is_worded(*token)).map(|start| &tokens[start..])
        };
        let (before, tokens) = (first(before)?, first(sentence)?);
        if before.iter().all(|token| token.hash != tokens[0].hash) {
            return None;
        }
        // A sentence that ends in an abbreviation is not told from the one after it: `in Reno, Nev. Nobody came.`
        let after_stop = (1..before.len())
            .rev()
            .find(|&at| document.slice(before[at - 1].span) == "." && is_worded(before[at]));
        let tail = after_stop.map(|at| &before[at..]);
        let same = [Some(before), tail].into_iter().flatten().find_map(|copy| {
            let pairs = copy.iter().zip(tokens);
            let same = pairs.take_while(|(a, b)| document.slice(a.span) == document.slice(b.span)).count();
            let is_mark = |token: &Token| token.kind == TokenKind::Mark;
            let whole = same > 0
                && copy[same..].is_empty()
                && tokens[same..].iter().all(is_mark)
                && is_mark(&tokens[same - 1]);
            whole.then_some(same)
        })?;
        let start = document.text()[..tokens[0].span.lo()].trim_end().len();
        Some(Span::new(start.max(before[before.len() - 1].span.hi()), tokens[same - 1].span.hi()))
    }

    /// A block that says again what the block before it says, or, when it is long, any block.
    fn blocks(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match)) {
        // A chat, a list of segments or subtitles says a line again.
        if document.is_cut_into_lines() {
            return;
        }
        let mut seen: HashMap<&str, &Block, FixedState> = HashMap::default();
        let mut last: Option<&Block> = None;
        let blocks = document.blocks().iter().filter(|block| stretch.span.contains(block.span));
        for block in blocks.filter(|block| !matches!(block.kind, BlockKind::TableCell)) {
            let text = document.slice(block.span);
            if text.len() >= self.min_length {
                let near = last.filter(|last| document.slice(last.span) == text);
                let far = || if text.len() >= self.min_length * FAR { seen.get(text).copied() } else { None };
                // A page names itself above its text and at its head, and a letter quotes the one it answers.
                let is_apart = |twin: &&Block| {
                    block.kind == BlockKind::Quotation
                        || block.kind == BlockKind::Title && twin.kind == BlockKind::Title
                };
                if let (Some(twin), Some(before)) = (near.or_else(far).filter(|twin| !is_apart(twin)), last)
                    && self.minds(document, block.span)
                {
                    found(superfluous(Span::new(before.span.hi(), block.span.hi()), twin.span));
                }
                seen.insert(text, block);
            }
            last = Some(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::Language;

    fn found(table: &str, text: &str) -> Vec<String> {
        let packs = Packs::builtin();
        let table: MatchTable = toml::from_str(&format!("kind = 'repeat'\n{table}")).unwrap();
        let matcher = Repeat::compile(&table, &packs).unwrap();
        let document = Document::plain(text, Language::parse("en").ok(), &packs);
        let mut found = Vec::new();
        let stretch = Stretch { span: Span::new(0, text.len()), tokens: document.tokens(), first_token: 0 };
        matcher.find(&document, stretch, &mut |hit| found.push(document.slice(hit.span).to_owned()));
        found
    }

    #[test]
    fn a_word_right_after_itself_is_found() {
        let table = "unit = 'word'\nexcept = ['that']";
        assert_eq!(found(table, "The the man and and and that that dog."), ["The the", "and and and"]);
        assert_eq!(found(table, "It rose to 100 100."), ["100 100"]);
        assert!(found(table, "He came. Came he? A-ha ha-ha, 4 4 2, in. In").is_empty());
    }

    #[test]
    fn names_made_of_one_word_twice_are_names() {
        let table = "unit = 'word'";
        assert!(
            found(table, "They met Pago Pago and Boutros Boutros-Ghali, if the will Will left is.")
                .is_empty()
        );
        assert_eq!(
            found("unit = 'word'\nnames = 'only'", "In the Lena Region Region and in Pago Pago then."),
            ["Region Region"]
        );
    }

    #[test]
    fn with_a_comma_nothing_but_commas_counts() {
        let table = "unit = 'word'\ncomma = true\nonly = ['said']";
        assert_eq!(found(table, "She said, said, yes. It is long, long. He said said."), ["said, said"]);
    }

    #[test]
    fn a_phrase_right_after_itself_is_found() {
        let table = "unit = 'phrase'\ncomma = true";
        assert_eq!(
            found(table, "He lived in the city in the city by the sea, by the sea, for years."),
            ["in the city in the city", "by the sea, by the sea"]
        );
        assert!(found(table, "Again and again and again, in New York New York.").is_empty());
        assert_eq!(
            found("unit = 'phrase'\ntimes = 3", "to be to be or to be to be to be."),
            ["to be to be to be"]
        );
    }

    #[test]
    fn a_sentence_right_after_itself_is_found() {
        let table = "unit = 'sentence'\nmin-length = 10";
        assert_eq!(found(table, "Nobody came home. Nobody came home. He left."), [" Nobody came home."]);
        assert_eq!(found(table, "“Nobody came home. Nobody came home.”"), [" Nobody came home."]);
        assert!(found(table, "Nobody came home. Nobody came home early. Run. Run.").is_empty());
    }

    #[test]
    fn a_block_said_twice_is_found() {
        let table = "unit = 'block'\nscope = 'document'\nmin-length = 10";
        assert_eq!(found(table, "A heading of it\nA heading of it\nText."), ["\nA heading of it"]);
        let long = "A paragraph that is long enough to be known again.";
        assert_eq!(found(table, &format!("{long}\n\nShort one.\n\n{long}")), [format!("\n\n{long}")]);
        assert!(found(table, "A heading of it\nText.\nA heading of it").is_empty());
    }

    #[test]
    fn long_loops_stay_quick() {
        let table = "unit = 'phrase'\ntimes = 3";
        assert_eq!(found(table, &"one two three ".repeat(20_000)).len(), 1);
        assert!(found(table, &"one ".repeat(20_000)).is_empty());
    }
}
