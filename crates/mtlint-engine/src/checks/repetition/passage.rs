//! A passage said twice in a row: a sentence, a question, a clause, whatever marks stand between. May use
//! `rule`, `document`, `lang` and `text`.
//!
//! The words of a block are read once. A run of words that equals the words some distance before it, and that
//! is as long as this distance, is a passage right behind its copy. Takes time in proportion to the block.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use foldhash::fast::FixedState;
use mtlint_document::{Block, BlockKind, Document, Token, TokenKind};
use mtlint_lang::{ClauseMark, MarkHome};
use mtlint_text::{Edit, Span};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// How many words a passage has at least.
    words: usize,
    /// How many where it is no whole sentence and a mark stands between the two.
    words_of_clause: usize,
    /// How many characters it has at least.
    characters: usize,
    /// How many Chinese or Japanese characters.
    ideographs: usize,
}

/// How many words in a row are looked up: what comes again is known by them.
const GRAM: usize = 3;

/// From how many words on a passage may begin in the middle of a clause.
const LONG: usize = 8;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::block(move |document, block, report| check(&settings, document, block, report)))
}

fn check(settings: &Settings, document: &Document, block: &Block, report: &mut Report<'_>) {
    if block.kind == BlockKind::TableCell {
        return;
    }
    let words = document.tokens_of(block).iter().filter(|token| token.kind != TokenKind::Mark).copied();
    if !may_repeat(words.clone(), settings.words.min(settings.words_of_clause).min(settings.ideographs)) {
        return;
    }
    let words: Vec<Token> = words.collect();
    if words.len() < 2 * settings.words {
        return;
    }
    let mut last = Last::default();
    // How far back the last gram stood, and since how many words this is so.
    let (mut distance, mut since) = (0, 0);
    let mut done = 0;
    for at in 0..=words.len() - GRAM {
        let gram = [words[at].hash, words[at + 1].hash, words[at + 2].hash];
        let before = last.insert(gram, at);
        match before {
            Some(before) if before >= done && at - before == distance => {}
            Some(before) if before >= done => (distance, since) = (at - before, at),
            _ => {
                distance = 0;
                continue;
            }
        }
        let equal = at + GRAM - since;
        if distance < GRAM || equal < distance || since < done + distance {
            continue;
        }
        let passage = Passage { document, words: &words, first: since - distance, length: distance };
        let Some(passage) = passage.at_its_beginning() else { continue };
        if passage.is_reportable(settings) {
            passage.report(report);
        }
        done = passage.first + passage.copies() * passage.length;
        distance = 0;
    }
}

/// How many words in a row are remembered before those that were met longest ago are forgotten: what stands further apart is
/// not said twice in a row, and a line of any length takes no more memory.
const REMEMBERED: usize = 1 << 16;

/// Where words in a row stood last.
#[derive(Default)]
struct Last {
    recent: HashMap<[u32; GRAM], usize, FixedState>,
    /// Those that were met before the recent ones.
    before: HashMap<[u32; GRAM], usize, FixedState>,
}

impl Last {
    /// Notes that the words stand at `at`; where they stood before.
    fn insert(&mut self, gram: [u32; GRAM], at: usize) -> Option<usize> {
        if self.recent.len() == REMEMBERED {
            std::mem::swap(&mut self.recent, &mut self.before);
            self.recent.clear();
        }
        self.recent.insert(gram, at).or_else(|| self.before.get(&gram).copied())
    }
}

/// How many pairs of words are told apart at a first look.
const PAIRS: usize = 1 << 13;

/// Whether so many words in a row may have stood in that order before. Nearly all paragraphs hold no such words, and are
/// told so by their pairs of words, without a look at where these stood.
fn may_repeat(words: impl Iterator<Item = Token>, least: usize) -> bool {
    let mut seen = [0_u64; PAIRS / 64];
    let (mut before, mut run) = (0_u32, 1);
    for word in words {
        let pair = before.rotate_left(16).wrapping_mul(0x9E37_79B1) ^ word.hash;
        let place = (pair.wrapping_mul(0x9E37_79B1) >> 19) as usize;
        let bit = 1 << (place % 64);
        let slot = &mut seen[place / 64];
        run = if *slot & bit == 0 { 1 } else { run + 1 };
        if run >= least {
            return true;
        }
        *slot |= bit;
        before = word.hash;
    }
    false
}

/// Words that come again right behind themselves.
#[derive(Clone, Copy)]
struct Passage<'d> {
    document: &'d Document,
    words: &'d [Token],
    /// The place of the first word of the first copy.
    first: usize,
    /// How many words one copy has.
    length: usize,
}

impl Passage<'_> {
    fn is_same(&self, a: usize, b: usize) -> bool {
        self.words.get(b).is_some_and(|later| self.document.is_same_word(self.words[a], *later))
    }

    /// How many words from the first copy on equal those one length on.
    fn equal(&self) -> usize {
        (self.first..).take_while(|&index| self.is_same(index, index + self.length)).count()
    }

    fn copies(&self) -> usize {
        1 + self.equal() / self.length
    }

    /// The same repetition, cut where a sentence or clause begins: of `a mill. It stood. It stood by` the
    /// sentence is said twice, and not `stood. It`.
    fn at_its_beginning(self) -> Option<Self> {
        let equal = self.equal();
        if equal < self.length {
            return None;
        }
        let spare = (equal % self.length).min(self.length - 1);
        let begins = |place: &usize| {
            let gap = self.gap_before(*place);
            gap.contains(['.', '!', '?', '\n', '。', '！', '？', ';', ':', ',', '，', '“', '"'])
        };
        let place = (self.first..=self.first + spare).find(begins).unwrap_or(self.first);
        Some(Self { first: place, ..self })
    }

    /// What stands between a word and the one before it.
    fn gap_before(&self, place: usize) -> &str {
        let text = self.document.text();
        let end = self.words[place].span.lo();
        match place.checked_sub(1) {
            Some(before) => &text[self.words[before].span.hi()..end],
            None => "\n",
        }
    }

    fn is_reportable(&self, settings: &Settings) -> bool {
        let words = &self.words[self.first..self.first + self.length];
        let text = self.document.slice(words[0].span.cover(words[words.len() - 1].span));
        let is_ideographic = text.chars().next().and_then(MarkHome::of_letter) == Some(MarkHome::EastAsian);
        let numbers = words.iter().filter(|word| word.kind == TokenKind::Number).count();
        let is_name = words.iter().all(|word| !matches!(word.kind, TokenKind::Lower));
        let kinds = words.iter().skip(1).any(|word| word.hash != words[0].hash);
        if numbers * 2 > words.len() || is_name && !is_ideographic || !kinds {
            return false;
        }
        if is_ideographic {
            return words.len() >= settings.ideographs;
        }
        // What is taken up at the beginning of the next sentence goes on: `… by the mill. The mill was …`.
        let next = self.first + self.copies() * self.length;
        let is_part = |c: char| ClauseMark::of(c).is_some() || "\n\"”’»)]".contains(c);
        let ends_well = next >= self.words.len() || self.gap_before(next).contains(is_part);
        let begins_well = self.gap_before(self.first).contains(|c: char| is_part(c) || "“‘«„(".contains(c));
        if !ends_well || !begins_well && words.len() < LONG || self.document.mask().covers(words[0].span) {
            return false;
        }
        let between = self.gap_before(self.first + self.length);
        let is_sentence = between.contains(['.', '!', '?']) || between.contains('\n');
        let least = if is_sentence { settings.words } else { settings.words_of_clause };
        // Talk, song and verse say things twice: a line that is called again, a dash or an ellipsis between.
        let is_called = between.contains(['-', '–', '—', '…', '!', '\n']) || between.contains("..");
        words.len() >= if is_called { least * 2 } else { least }
            && text.chars().take(settings.characters).count() == settings.characters
    }

    fn report(&self, report: &mut Report<'_>) {
        let copies = self.copies();
        let ends = |copy: usize| self.words[self.first + copy * self.length - 1].span.hi();
        let unit = self.words[self.first].span.cover(self.words[self.first + self.length - 1].span);
        let whole = Span::new(ends(1), ends(copies));
        let lead = self.document.slice(whole);
        let is_before = |c: char| !c.is_alphanumeric() && !"“„«‘「『¿¡(（".contains(c);
        let skipped = lead.len() - lead.trim_start_matches(is_before).len();
        let shown = Span::new(whole.lo() + skipped, whole.hi());
        report
            .add_summary(shown)
            .relate("it stands here first", unit)
            .fix(Fix::unsafe_("say it once", vec![Edit::delete(whole)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_document::Document;
    use mtlint_lang::{Language, Packs};

    #[test]
    fn words_in_a_row_are_forgotten_after_many_others() {
        let mut last = Last::default();
        let gram = |number: usize| [number as u32, 1, 2];
        for at in 0..3 * REMEMBERED {
            assert_eq!(last.insert(gram(at), at), None);
        }
        let end = 3 * REMEMBERED;
        assert_eq!(last.insert(gram(end - 1), end), Some(end - 1));
        assert_eq!(last.insert(gram(end - REMEMBERED), end), Some(end - REMEMBERED));
        assert_eq!(last.insert(gram(0), end), None);
    }

    #[test]
    fn a_first_look_tells_that_words_come_again() {
        let looks = |text: &str| {
            let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
            may_repeat(document.tokens().iter().copied(), 4)
        };
        assert!(looks("They went to the old mill they went to the old mill"));
        assert!(!looks("They went to the old mill, and the old mill was shut."));
    }
}
