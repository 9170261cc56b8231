//! A paragraph as words and the quotation marks between them, and how it reads with one mark changed.

use super::super::context;
use super::super::marks::{Family, Lean, Mark, Neighbour};
use super::super::{Document, Quotations};
use crate::TokenKind;
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::Span;

/// A word, number or mark that is no quotation mark.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    pub span: Span,
    /// Equal for words that differ in case alone.
    pub hash: u32,
    /// What kind of word it is: its usual part of speech, or which mark.
    pub class: u8,
    pub has_capital: bool,
}

/// Classes of words beside the usual tags, which are numbered from 0.
pub mod class {
    pub const SAYS: u8 = 40;
    pub const NAME: u8 = 41;
    pub const UNKNOWN: u8 = 42;
    pub const NUMBER: u8 = 43;
    pub const STOP: u8 = 50;
    pub const COMMA: u8 = 51;
    pub const QUESTION: u8 = 52;
    pub const EXCLAMATION: u8 = 53;
    pub const COLON: u8 = 54;
    pub const SEMICOLON: u8 = 55;
    pub const DASH: u8 = 56;
    pub const ELLIPSIS: u8 = 57;
    pub const OPEN_BRACKET: u8 = 58;
    pub const CLOSE_BRACKET: u8 = 59;
    pub const OTHER_MARK: u8 = 60;
    pub const EDGE: u8 = 61;
}

impl Word {
    /// What stands before the first word and behind the last.
    pub const EDGE: Self =
        Self { span: Span { start: 0, end: 0 }, hash: 1, class: class::EDGE, has_capital: false };

    pub fn is_mark(&self) -> bool {
        self.class >= class::STOP
    }

    /// Whether a sentence may end with it.
    pub fn is_terminal(&self) -> bool {
        matches!(self.class, class::STOP | class::QUESTION | class::EXCLAMATION | class::ELLIPSIS)
    }

    /// 0 for the edge, 1 for the end of a sentence, 2 for a pause, 3 for other marks, 4 for words.
    pub fn coarse(&self) -> u32 {
        match self.class {
            class::EDGE => 0,
            _ if self.is_terminal() => 1,
            class::COMMA => 2,
            _ if self.is_mark() => 3,
            _ => 4,
        }
    }
}

/// A quotation mark, before the word of this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    pub gap: u16,
    pub opens: bool,
    pub single: bool,
}

/// A paragraph, and what of the document tells how it sets quotations.
#[derive(Debug)]
pub struct Paragraph {
    pub words: Vec<Word>,
    /// The quotation marks as they are written.
    pub placed: Vec<Placed>,
    /// The indices of these among [`Quotations::marks`].
    pub marks: Vec<usize>,
    /// Whether a mark that opens, or closes, may stand before the word of this number, or at the end.
    pub may_open: Vec<bool>,
    pub may_close: Vec<bool>,
    /// Whether single marks are those that the document sets quotations in which lie in no other.
    pub single_first: bool,
    /// Whether the next paragraph begins with a mark that opens.
    pub next_opens: bool,
    /// Whether the document sets stops and commas before the mark that closes: 0 unknown, 1 it does, 2 behind, 3 both.
    pub habit: u32,
}

/// How many words and marks a paragraph has at most that is looked at.
const WORDS: usize = 600;
const MARKS: usize = 24;

impl Paragraph {
    /// The paragraph of a block whose first quotation mark is `first`; `None` where it is not to be judged.
    pub fn of(document: &Document, quotations: &Quotations, first: usize, habit: u32) -> Option<Self> {
        let all = quotations.marks();
        let index = all.get(first)?.block;
        let last = first + all[first..].iter().take_while(|mark| mark.block == index).count();
        let block = &document.blocks()[index];
        let tokens = document.tokens_of(block);
        let marks = &all[first..last];
        if marks.len() > MARKS
            || tokens.len() > WORDS
            || marks.iter().any(|mark| !is_known(mark.family))
            || document.marks_in(block).any(|at| is_code(document.slice(tokens[at].span)))
        {
            return None;
        }
        let mut paragraph = Self {
            words: Vec::with_capacity(tokens.len()),
            placed: Vec::with_capacity(marks.len()),
            marks: Vec::with_capacity(marks.len()),
            may_open: Vec::new(),
            may_close: Vec::new(),
            single_first: quotations.usual_glyphs().0 == '‘' || quotations.usual_glyphs().0 == '\'',
            next_opens: all.get(last).is_some_and(|next| {
                next.block == index + 1 && next.left == Neighbour::Edge && next.is_set_to_open()
            }),
            habit,
        };
        let mut gaps = Vec::with_capacity(marks.len());
        let mut next = 0;
        for token in tokens {
            while marks.get(next).is_some_and(|mark| mark.span.hi() <= token.span.lo()) {
                next += 1;
            }
            if marks
                .get(next)
                .is_some_and(|mark| mark.span.lo() <= token.span.lo() && token.span.lo() < mark.span.hi())
            {
                gaps.push(paragraph.words.len() as u16);
                next += 1;
            } else if !marks
                .iter()
                .any(|mark| mark.span.lo() <= token.span.lo() && token.span.lo() < mark.span.hi())
            {
                paragraph.words.push(word(document, token));
            }
        }
        if gaps.len() != marks.len() || paragraph.words.is_empty() {
            return None;
        }
        paragraph.place(document, marks, &gaps, first);
        let lone = paragraph.placed.iter().filter(|placed| placed.single).count();
        if lone == paragraph.placed.len() {
            paragraph.single_first = true;
        }
        paragraph.find_gaps(document);
        (!paragraph.placed.is_empty()).then_some(paragraph)
    }

    /// Gives each mark the role that its spaces and its glyph tell; single ones may be apostrophes.
    fn place(&mut self, document: &Document, marks: &[Mark], gaps: &[u16], first: usize) {
        let mut open = [false; 2];
        for (at, (mark, gap)) in marks.iter().zip(gaps).enumerate() {
            let single = mark.family.is_single();
            let state = &mut open[usize::from(single)];
            let by_form = match (mark.is_set_to_open(), mark.is_set_to_close()) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => match mark.lean {
                    Lean::Open => Some(true),
                    Lean::Close => Some(false),
                    Lean::Either => None,
                },
            };
            let opens = by_form.unwrap_or(!*state);
            // Inches and minutes.
            if !single && !opens && !*state && mark.left == Neighbour::Digit {
                continue;
            }
            if single {
                let closes_later = || {
                    marks[at + 1..]
                        .iter()
                        .take_while(|later| {
                            !(later.family.is_single() && later.is_set_to_open() && later.lean != Lean::Close)
                        })
                        .any(|later| later.family.is_single() && later.is_set_to_close())
                };
                let is_apostrophe = context::is_elision(document, mark)
                    || opens && mark.lean == Lean::Close && mark.left.is_gap()
                    || opens && mark.glyph == '\'' && !begins_sentence(document, mark) && !closes_later()
                    || !opens && mark.left.is_word() && (!*state || closes_later());
                if is_apostrophe {
                    continue;
                }
            }
            *state = opens;
            self.placed.push(Placed { gap: *gap, opens, single });
            self.marks.push(first + at);
        }
    }

    /// Tells where marks may stand: nowhere inside what is written in one.
    fn find_gaps(&mut self, document: &Document) {
        let count = self.words.len();
        (self.may_open, self.may_close) = (vec![false; count + 1], vec![false; count + 1]);
        for gap in 0..=count {
            let (left, right) = (self.word(gap as isize - 1), self.word(gap as isize));
            let between = match (left.class, right.class) {
                (class::EDGE, _) | (_, class::EDGE) => " ",
                _ => document.text().get(left.span.hi()..right.span.lo()).unwrap_or_default(),
            };
            let is_apart = !between.is_empty();
            let opens_bracket = matches!(left.class, class::DASH | class::OPEN_BRACKET);
            let goes_with_left = right.is_mark()
                && !matches!(right.class, class::DASH | class::OPEN_BRACKET | class::ELLIPSIS);
            self.may_open[gap] = gap < count && (is_apart || opens_bracket) && !goes_with_left;
            let ends =
                right.is_mark() && right.class != class::OTHER_MARK && right.class != class::OPEN_BRACKET;
            self.may_close[gap] = gap > 0 && (is_apart || ends) && left.class != class::OPEN_BRACKET;
        }
    }

    /// The word of a number; the edge outside of the paragraph.
    pub fn word(&self, at: isize) -> Word {
        usize::try_from(at).ok().and_then(|at| self.words.get(at)).copied().unwrap_or(Word::EDGE)
    }
}

/// Whether a capital follows a mark, and a space or the beginning of its block stands before it.
fn begins_sentence(document: &Document, mark: &Mark) -> bool {
    mark.left.is_gap() && document.text()[mark.span.hi()..].starts_with(char::is_uppercase)
}

/// Whether a mark stands in code and tables, and in no sentence.
fn is_code(mark: &str) -> bool {
    mark.starts_with(['=', '{', '}', '<', '>', '\\', '|', '`', '_'])
}

fn is_known(family: Family) -> bool {
    matches!(family, Family::Curly | Family::Straight | Family::SingleCurly | Family::SingleStraight)
}

fn word(document: &Document, token: &crate::Token) -> Word {
    let class = match token.kind {
        TokenKind::Mark => mark_class(document.slice(token.span)),
        TokenKind::Number => class::NUMBER,
        _ if document.tells_speech(*token) => class::SAYS,
        kind => match document.word_form(*token) {
            Some(form)
                if kind != TokenKind::Lower
                    && (form.usual.part() == PartOfSpeech::ProperNoun
                        || form.capital.is_some_and(|share| share > 127)) =>
            {
                class::NAME
            }
            Some(form) => form.usual.index() as u8,
            None if kind == TokenKind::Lower => class::UNKNOWN,
            None => class::NAME,
        },
    };
    Word {
        span: token.span,
        hash: token.hash,
        class,
        has_capital: matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper),
    }
}

fn mark_class(mark: &str) -> u8 {
    match mark.chars().next() {
        Some('.') if mark.len() > 1 => class::ELLIPSIS,
        Some('.') => class::STOP,
        Some(',') => class::COMMA,
        Some('?') => class::QUESTION,
        Some('!') => class::EXCLAMATION,
        Some(':') => class::COLON,
        Some(';') => class::SEMICOLON,
        Some('—' | '–' | '-' | '―') => class::DASH,
        Some('…') => class::ELLIPSIS,
        Some('(' | '[' | '{') => class::OPEN_BRACKET,
        Some(')' | ']' | '}') => class::CLOSE_BRACKET,
        _ => class::OTHER_MARK,
    }
}
