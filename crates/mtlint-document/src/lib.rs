//! The document: one article, parsed once, shared by all rules.
//!
//! A document holds the text that rules see, cut into blocks (paragraphs, headings, list items),
//! sentences and tokens, all flat vectors in text order whose parents hold index ranges. A mask
//! covers what is not prose: addresses, code, markup, placeholders. What costs more, the quotation
//! structure, the names and who says what, is computed when the first rule asks for it. May use
//! `text` and `lang`.

pub mod attribution;
mod blocks;
mod casing;
pub mod clauses;
mod comments;
mod double_names;
mod escaped_bytes;
mod expectations;
pub mod files;
mod leftovers;
pub mod load;
mod mark_runs;
mod mask;
mod money;
mod name_kin;
mod name_slips;
mod name_words;
pub mod names;
mod numerals;
mod origin;
mod own_marks;
pub mod pair;
pub mod quotation;
mod repeats;
mod seams;
mod segment;
mod sentence_ends;
mod sentences;
mod stubs;
mod surroundings;
mod tagging;
mod terms;
mod tokens;
mod unit;
mod word_joints;
mod word_shapes;

pub use blocks::{Block, BlockKind};
pub use casing::capitalised;
pub use comments::{ADDRESS, Comment};
pub use escaped_bytes::EscapedBytes;
pub use expectations::{Place, Unexpected, UnexpectedCapital, is_prose};
pub use leftovers::{FEATURES as LEFTOVER_FEATURES, Lead, Leftover, LeftoverKind};
pub use mark_runs::{MarkRun, RunMark};
pub use mask::{Mask, MaskKind};
pub use money::{Denomination, Form, Sum};
pub use name_kin::{Kinship, NameKin};
pub use name_slips::{NameSlip, SlipKind};
pub use name_words::{NameWord, NameWords};
pub use numerals::{Numeral, Shape};
pub use origin::{Escape, OriginMap};
pub use repeats::Repeats;
pub use sentence_ends::LostStop;
pub use sentences::Sentence;
pub use stubs::Stub;
pub use surroundings::amid;
pub use terms::{Term, Terms};
pub use tokens::{Token, TokenKind};
pub use unit::{Cue, Note, PairHabits, UnitFacts};
pub use word_shapes::VerbForms;

use attribution::Attributions;
use clauses::ClauseViews;
use mtlint_lang::tagger::{Tag, Tagger, WordForm};
use mtlint_lang::{
    Alphabet, Language, LanguagePack, Lexicon, ListSet, Packs, Script, Ties, WordList, dominant_script,
    identify, is_latin_alone,
};
use mtlint_text::{Edit, LineIndex, Span, count_bytes, count_step, is_alphanumeric, same_word};
use names::{Glossary, Names};
use quotation::Quotations;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use tagging::SentenceTags;

/// What a loader took out of a file: the prose, and how it lies in the file.
#[derive(Clone, Debug, Default)]
pub struct Extract {
    /// The text that rules see.
    pub text: String,
    /// The blocks as the format marks them; `None` when the format has none, as plain text.
    pub blocks: Option<Vec<(Span, BlockKind)>>,
    /// What the format itself says is not prose, such as a code span.
    pub mask: Vec<(Span, MaskKind)>,
    /// The comments that are meant for mtlint, in the order of the file.
    pub comments: Vec<Comment>,
    /// Where the pieces of `text` lie in the file; `None` when `text` is the file's text itself.
    pub origin: Option<OriginMap>,
}

impl Extract {
    /// Plain text, which is its own original.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// One article, immutable.
#[derive(Debug)]
pub struct Document {
    text: String,
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    /// The places of the marks, each among the tokens of its block.
    marks: Vec<u32>,
    /// The same of the capitalised words.
    capitalised: Vec<u32>,
    mask: Mask,
    comments: Vec<Comment>,
    origin: Option<OriginMap>,
    pack: Arc<LanguagePack>,
    /// Of the pack.
    lexicon: Arc<Lexicon>,
    quotations: OnceLock<Quotations>,
    names: OnceLock<Names>,
    attributions: OnceLock<Attributions>,
    shows_seams: OnceLock<bool>,
    leftovers: OnceLock<Vec<Leftover>>,
    name_words: OnceLock<NameWords>,
    name_slips: OnceLock<Vec<NameSlip>>,
    name_kin: OnceLock<Vec<NameKin>>,
    glossary: Option<Arc<Glossary>>,
    source: Option<Arc<Document>>,
    facts: Arc<UnitFacts>,
    terms: Option<Arc<Terms>>,
    repeats: OnceLock<Repeats>,
    mark_runs: OnceLock<Vec<MarkRun>>,
    numerals: OnceLock<Vec<Numeral>>,
    sums: OnceLock<Vec<Sum>>,
    begins_lines_small: OnceLock<bool>,
    cut_into_lines: OnceLock<bool>,
    script: OnceLock<Option<Script>>,
    latin_alone: OnceLock<bool>,
    alphabet: OnceLock<Alphabet>,
    block_alphabets: OnceLock<Vec<Alphabet>>,
    tagger: OnceLock<Option<&'static Tagger>>,
    tags: OnceLock<SentenceTags>,
    clause_views: OnceLock<ClauseViews>,
    lines: OnceLock<LineIndex>,
}

impl Document {
    /// Builds the document. `language` is what the user or the file says; without it the language
    /// is identified from the text.
    pub fn new(extract: Extract, language: Option<Language>, packs: &Packs) -> Self {
        let Extract { text, blocks, mask, comments, origin } = extract;
        let language = language.or_else(|| identify::document(&text, packs.function_words()));
        let pack = packs.get(language);
        let mask = Mask::new(&text, mask);
        let mut document = Self {
            blocks: blocks::split(&text, blocks),
            sentences: Vec::new(),
            tokens: Vec::new(),
            marks: Vec::new(),
            capitalised: Vec::new(),
            mask,
            comments,
            origin,
            lexicon: pack.lexicon().clone(),
            pack,
            quotations: OnceLock::new(),
            names: OnceLock::new(),
            attributions: OnceLock::new(),
            shows_seams: OnceLock::new(),
            leftovers: OnceLock::new(),
            name_words: OnceLock::new(),
            name_slips: OnceLock::new(),
            name_kin: OnceLock::new(),
            glossary: None,
            source: None,
            facts: Arc::default(),
            terms: None,
            repeats: OnceLock::new(),
            mark_runs: OnceLock::new(),
            numerals: OnceLock::new(),
            sums: OnceLock::new(),
            begins_lines_small: OnceLock::new(),
            cut_into_lines: OnceLock::new(),
            script: OnceLock::new(),
            latin_alone: OnceLock::new(),
            alphabet: OnceLock::new(),
            block_alphabets: OnceLock::new(),
            tagger: OnceLock::new(),
            tags: OnceLock::new(),
            clause_views: OnceLock::new(),
            lines: OnceLock::new(),
            text,
        };
        tokens::fill(&mut document);
        sentences::fill(&mut document);
        document
    }

    /// The same document, whose names the user has approved in a glossary.
    #[must_use]
    pub fn with_glossary(mut self, glossary: Option<Arc<Glossary>>) -> Self {
        self.glossary = glossary;
        self
    }

    /// The same document, beside the text it was translated from.
    #[must_use]
    pub fn with_source(mut self, source: Option<Arc<Document>>) -> Self {
        self.source = source;
        self
    }

    /// The same document, of which its file says more.
    #[must_use]
    pub fn with_facts(mut self, facts: Arc<UnitFacts>) -> Self {
        self.facts = facts;
        self
    }

    /// The same document, for whose words the user has approved terms.
    #[must_use]
    pub fn with_terms(mut self, terms: Option<Arc<Terms>>) -> Self {
        self.terms = terms;
        self
    }

    /// The terms that the user has approved.
    pub fn terms(&self) -> Option<&Terms> {
        self.terms.as_deref()
    }

    /// The text it was translated from, where it is at hand.
    pub fn source(&self) -> Option<&Document> {
        self.source.as_deref()
    }

    /// What the file says of it beside its text.
    pub fn facts(&self) -> &UnitFacts {
        &self.facts
    }

    /// Plain text in a language that is known, or identified from the text.
    pub fn plain(text: &str, language: Option<Language>, packs: &Packs) -> Self {
        Self::new(Extract::plain(text), language, packs)
    }

    /// The text that rules see, and that their spans refer to.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under a span, which may be one of [`Document::beyond`].
    #[inline]
    pub fn slice(&self, span: Span) -> &str {
        count_bytes(span.len());
        self.text.get(span.range()).unwrap_or_else(|| self.slice_beyond(span))
    }

    /// The text under a span of [`Document::beyond`].
    #[cold]
    fn slice_beyond(&self, span: Span) -> &str {
        if span.lo() > self.text.len() {
            return self.to_original(span).of(self.original());
        }
        span.of(&self.text)
    }

    /// The comments of the file that are meant for mtlint, in the order of the file. They are no
    /// part of the text; their spans lie in [`Document::original`].
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// The span by which findings and edits name a place of the original that is no part of the
    /// text, such as a comment: it lies beyond the end of the text, where no other can. `None` when
    /// the original is the text, or too long for such spans.
    pub fn beyond(&self, original: Span) -> Option<Span> {
        self.origin.as_ref()?.beyond(original)
    }

    /// The language the document is in, if known.
    pub fn language(&self) -> Option<Language> {
        self.pack.language()
    }

    /// What is known about the document's language.
    pub fn pack(&self) -> &LanguagePack {
        &self.pack
    }

    /// The blocks in text order, none of them empty.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// All sentences in text order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// All tokens in text order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The sentences of a block.
    pub fn sentences_of(&self, block: &Block) -> &[Sentence] {
        &self.sentences[index(&block.sentences)]
    }

    /// The tokens of a block.
    pub fn tokens_of(&self, block: &Block) -> &[Token] {
        &self.tokens[index(&block.tokens)]
    }

    /// The tokens of a sentence.
    pub fn tokens_in(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[index(&sentence.tokens)]
    }

    /// The tokens that lie in a part of the text.
    pub fn tokens_within(&self, span: Span) -> &[Token] {
        quotation::between(&self.tokens, span)
    }

    /// The block that holds the byte at `offset`, or the last one before it.
    pub fn block_at(&self, offset: usize) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.span.lo() <= offset);
        after.checked_sub(1).map(|index| &self.blocks[index])
    }

    /// The sentence in which a span begins, or the last one before it.
    pub fn sentence_at(&self, span: Span) -> Option<&Sentence> {
        let after = self.sentences.partition_point(|sentence| sentence.span.start <= span.start);
        after.checked_sub(1).map(|index| &self.sentences[index])
    }

    /// The script the text is written in; `None` when it holds no letter.
    pub fn script(&self) -> Option<Script> {
        *self.script.get_or_init(|| dominant_script(&self.text))
    }

    /// Whether the text holds Latin letters, digits, punctuation and symbols alone.
    pub fn is_latin_alone(&self) -> bool {
        *self.latin_alone.get_or_init(|| is_latin_alone(&self.text))
    }

    /// The parts of speech of the tokens of a sentence, one for each; `None` for a language without a tagger. They
    /// are computed when a sentence is first asked for.
    pub fn tags_in(&self, sentence: &Sentence) -> Option<&[Tag]> {
        self.tags.get_or_init(|| SentenceTags::new(self)).of(self, sentence)
    }

    /// The part of speech of a token, by its index into [`Document::tokens`]; `None` for a language without a tagger.
    pub fn tag_of(&self, token: usize) -> Option<Tag> {
        let after = self.sentences.partition_point(|sentence| sentence.tokens.start as usize <= token);
        let sentence = &self.sentences[after.checked_sub(1)?];
        self.tags_in(sentence)?.get(token - sentence.tokens.start as usize).copied()
    }

    /// The tagger of the document's language, with its lexicon of word forms; `None` where there is none.
    pub fn tagger(&self) -> Option<&'static Tagger> {
        *self.tagger.get_or_init(|| Tagger::of(self.language()))
    }

    /// What the lexicon of the document's language knows of a token as a word form.
    pub fn word_form(&self, token: Token) -> Option<WordForm> {
        self.tagger()?.forms().get(token.form)
    }

    /// Which characters the text is made of.
    pub fn alphabet(&self) -> Alphabet {
        *self.alphabet.get_or_init(|| Alphabet::of(&self.text))
    }

    /// Which characters a part of the text is made of: those of its block, where it lies in one. A name in another
    /// script in one paragraph then asks nothing of the patterns that look at others.
    pub fn alphabet_in(&self, span: Span) -> Alphabet {
        let whole = self.alphabet();
        if whole == Alphabet::Western {
            return whole;
        }
        let alphabets = self
            .block_alphabets
            .get_or_init(|| self.blocks.iter().map(|block| Alphabet::of(self.slice(block.span))).collect());
        let after = self.blocks.partition_point(|block| block.span.lo() <= span.lo());
        let block = after.checked_sub(1).filter(|&index| self.blocks[index].span.contains(span));
        block.map_or(whole, |index| alphabets[index])
    }

    /// Whether any word is capitalised; a text all in small letters is one decision, not a slip at
    /// each sentence.
    pub fn uses_capitals(&self) -> bool {
        !self.capitalised.is_empty()
    }

    /// The places of the capitalised words among the tokens of a block: they are few, and all that
    /// many rules look at. A word in capitals, `NATO`, is none.
    pub fn capitalised_in(&self, block: &Block) -> impl Iterator<Item = usize> {
        self.capitalised[index(&block.capitalised)].iter().map(|&place| place as usize)
    }

    /// The places of the marks among the tokens of a block: what ends a sentence, a quotation or a
    /// clause is looked for among them alone.
    pub fn marks_in(&self, block: &Block) -> impl Iterator<Item = usize> {
        self.marks[index(&block.marks)].iter().map(|&place| place as usize)
    }

    /// The character of ASCII that a token is, if it is nothing else.
    #[inline]
    pub fn ascii_mark(&self, token: Token) -> Option<u8> {
        count_step();
        (token.span.len() == 1).then(|| self.text.as_bytes()[token.span.lo()])
    }

    /// Whether a token is this character of ASCII and nothing else.
    #[inline]
    pub fn is_ascii_mark(&self, token: Token, mark: u8) -> bool {
        self.ascii_mark(token) == Some(mark)
    }

    /// Whether most lines begin in lower case, as those of a chat do: what is small there says little.
    pub fn begins_lines_small(&self) -> bool {
        *self.begins_lines_small.get_or_init(|| casing::begins_lines_small(self))
    }

    /// Whether a word list of the document's language holds the word.
    pub fn is_listed(&self, token: Token, list: &str) -> bool {
        token.word != 0 && self.is_in(token, self.pack().words(list))
    }

    /// Whether a word list of the document's language, looked up by its name before, holds the word.
    #[inline]
    pub fn is_in(&self, token: Token, list: &WordList) -> bool {
        self.lists_of(token) & list.bit() != 0
    }

    /// The word lists of the document's language that hold the word by itself.
    #[inline]
    pub fn lists_of(&self, token: Token) -> ListSet {
        count_step();
        self.lexicon.alone(token.word)
    }

    /// Whether an entry of one of these word lists of the document's language begins with the word.
    #[inline]
    pub fn may_begin(&self, token: Token, lists: ListSet) -> bool {
        self.lexicon.first(token.word) & lists != 0
    }

    /// Whether an entry of one of these word lists of the document's language may be what `tokens` begin
    /// with, as the first two of them tell.
    #[inline]
    pub fn may_begin_with(&self, tokens: &[Token], lists: ListSet) -> bool {
        let Some(first) = tokens.first().filter(|first| first.word != 0) else { return false };
        let begun = self.lexicon.first(first.word) & lists;
        begun != 0
            && (begun & self.lists_of(*first) != 0
                || tokens.get(1).is_some_and(|second| begun & self.lexicon.second(second.word) != 0))
    }

    /// What a word is to the document's language and to others; `None` for one that no word list has.
    #[inline]
    pub fn ties(&self, token: Token) -> Option<Ties> {
        if token.word == 0 { None } else { self.pack.ties().get(usize::from(token.word)).copied() }
    }

    /// How many of `tokens` the longest entry of a word list takes that they begin with; 0 when none does.
    pub fn prefix_of(&self, tokens: &[Token], list: &WordList) -> usize {
        let Some((first, rest)) = tokens.split_first() else { return 0 };
        if !self.may_begin(*first, list.bit()) {
            return 0;
        }
        let may_go_on = rest.first().is_some_and(|second| self.lexicon.second(second.word) & list.bit() != 0);
        if !may_go_on {
            return usize::from(self.is_in(*first, list));
        }
        list.prefix_of_hashed(tokens.iter().map(|token| (token.hash, self.slice(token.span))))
    }

    /// Whether two tokens are the same word or mark, whatever their case.
    pub fn is_same_word(&self, a: Token, b: Token) -> bool {
        count_step();
        a.hash == b.hash && same_word(self.slice(a.span), self.slice(b.span))
    }

    /// The short sentences of narration in plain words, one or another of which may be a leftover, in text order.
    pub fn short_sentences(&self) -> Vec<Stub<'_>> {
        leftovers::short_sentences(self)
    }

    /// The sentences of a few words that are none, in text order.
    pub fn leftovers(&self) -> &[Leftover] {
        self.leftovers.get_or_init(|| leftovers::find(self))
    }

    /// Whether a span stands between quotation marks not far from either of its ends, as a word or
    /// title that is quoted and not said.
    pub fn is_quoted_closely(&self, span: Span) -> bool {
        surroundings::is_quoted_closely(self, span)
    }

    /// A span with the line ends right behind it, which go where the whole line goes.
    pub fn with_line_end(&self, span: Span) -> Span {
        surroundings::with_line_end(self.text(), span)
    }

    /// The pair of brackets around a span, if nothing but the span and what `inside` allows stands
    /// between them.
    pub fn brackets_around(&self, span: Span, inside: impl Fn(char) -> bool) -> Option<Span> {
        surroundings::brackets_around(self.text(), span, inside)
    }

    /// What is not prose.
    pub fn mask(&self) -> &Mask {
        &self.mask
    }

    /// Which tokens come again soon after.
    pub fn repeats(&self) -> &Repeats {
        self.repeats.get_or_init(|| Repeats::of(&self.tokens))
    }

    /// Where marks that close or part sentences stand side by side, in text order.
    pub fn mark_runs(&self) -> &[MarkRun] {
        self.mark_runs.get_or_init(|| mark_runs::find(self))
    }

    /// The numbers in digits that are no part of a word, a date, a time or an address, in text order.
    pub fn numerals(&self) -> &[Numeral] {
        self.numerals.get_or_init(|| numerals::find(self))
    }

    /// The sums of money, in text order.
    pub fn sums(&self) -> &[Sum] {
        self.sums.get_or_init(|| money::find(self, self.numerals()))
    }

    /// How quotation marks pair up.
    pub fn quotations(&self) -> &Quotations {
        self.quotations.get_or_init(|| Quotations::of(self))
    }

    /// Who and what is named, and where.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(self))
    }

    /// The words that are names here.
    pub fn name_words(&self) -> &NameWords {
        self.name_words.get_or_init(|| NameWords::of(self))
    }

    /// The words that are likely a slip of one that is a name here, in text order.
    pub fn name_slips(&self) -> &[NameSlip] {
        self.name_slips.get_or_init(|| name_slips::find(self))
    }

    /// The names that are mentioned once and are another one of the text written otherwise, in text order.
    pub fn name_kin(&self) -> &[NameKin] {
        self.name_kin.get_or_init(|| name_kin::find(self))
    }

    /// Whether a word that is written small is a name in writing at large, or unknown to it.
    pub fn is_name_at_large(&self, token: Token) -> bool {
        name_words::is_name_at_large(self, token)
    }

    /// Whether a word is one of the text: no part of an address, a path or an identifier.
    pub fn is_mention(&self, token: Token) -> bool {
        name_words::is_mention(self, token)
    }

    /// Who says what.
    pub fn attributions(&self) -> &Attributions {
        self.attributions.get_or_init(|| Attributions::of(self))
    }

    /// Whether a translation left seams: quotations closed early or twice, reporting verbs that stand
    /// alone.
    pub fn shows_seams(&self) -> bool {
        *self.shows_seams.get_or_init(|| seams::shows_seams(self))
    }

    /// The names that the user has approved.
    pub fn glossary(&self) -> Option<&Glossary> {
        self.glossary.as_deref()
    }

    /// Where names are not written as a glossary has them, with what it has, in text order.
    pub fn names_against<'g>(&'g self, glossary: &'g Glossary) -> Vec<(Span, &'g names::GlossaryEntry)> {
        names::departures(self, glossary).into_iter().collect()
    }

    /// The mentions of names that are spelt otherwise than the document mostly spells them.
    pub fn deviating_names(&self) -> Vec<names::Deviation<'_>> {
        self.names().deviations(self)
    }

    /// The number of words, the basis of the MQM score: runs of text between white space that hold
    /// a letter or a digit. Where a script sets no space between words, two characters of Chinese and
    /// Japanese count as a word, and four letters of Thai and its like: as many as words have there on
    /// average, so that rates and scores compare with those of other languages.
    pub fn word_count(&self) -> usize {
        let holds_letters = |token: &Token| match token.kind {
            TokenKind::Mark => self.slice(token.span).contains(is_alphanumeric),
            _ => true,
        };
        let (mut count, mut end, mut is_counted) = (0, 0, false);
        // The characters of scripts without spaces, in quarters of a word.
        let mut quarters = 0;
        for token in &self.tokens {
            is_counted &= token.span.start == end;
            if let Some(found) = quarters_of(self.slice(token.span)) {
                quarters += found;
                (is_counted, end) = (false, token.span.end);
                continue;
            }
            if !is_counted && holds_letters(token) {
                count += 1;
                is_counted = true;
            }
            end = token.span.end;
        }
        count + quarters.div_ceil(4)
    }

    /// The text of the file or record that spans in reports refer to.
    pub fn original(&self) -> &str {
        self.origin.as_ref().map_or(&self.text, OriginMap::original)
    }

    /// The place of a span in [`Document::original`]; the span may be one of [`Document::beyond`].
    pub fn to_original(&self, span: Span) -> Span {
        self.origin.as_ref().map_or(span, |origin| origin.span(span))
    }

    /// The edit of [`Document::original`] that has the effect of `edit`, or `None` when markup lies
    /// within it, so that it would destroy what rules never saw.
    pub fn edit_to_original(&self, edit: &Edit) -> Option<Edit> {
        self.origin.as_ref().map_or_else(|| Some(edit.clone()), |origin| origin.edit(edit))
    }

    /// The lines of [`Document::original`].
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.original()))
    }
}

fn index(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// How many quarters of a word a token of a script without spaces is; `None` for a token of any other.
fn quarters_of(token: &str) -> Option<usize> {
    let quarters = |c: char| match u32::from(c) {
        0x3041..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Some(2),
        // Thai, Lao, Burmese and Khmer; vowel signs and tones are no letters of their own.
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF => Some(usize::from(c.is_alphabetic())),
        _ => None,
    };
    // What begins with a lower byte is of no such script.
    if token.as_bytes().first().is_none_or(|byte| *byte < 0xE0) {
        return None;
    }
    quarters(token.chars().next()?)?;
    Some(token.chars().filter_map(quarters).sum())
}
