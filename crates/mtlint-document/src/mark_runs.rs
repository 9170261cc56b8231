//! Runs of marks: where marks that close or part sentences stand side by side, with nothing or
//! nothing but spaces between. May use `lang` and `text`.

use super::{Document, Token, TokenKind};
use mtlint_lang::{ClauseMark, MarkClass};
use mtlint_text::Span;

/// The spaces that may stand between the marks of a run; no line ends.
const SPACES: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\u{3000}'];

/// How many bytes of spaces may stand between two marks of a run.
const LONGEST_GAP: u32 = 6;

/// One mark of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunMark {
    pub span: Span,
    pub character: char,
    pub mark: ClauseMark,
    /// Whether white space stands before it.
    pub is_spaced: bool,
}

/// Two marks or more, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkRun {
    /// In text order, at least two.
    pub marks: Vec<RunMark>,
}

impl MarkRun {
    /// From the first mark to the last.
    pub fn span(&self) -> Span {
        self.marks[0].span.cover(self.marks[self.marks.len() - 1].span)
    }

    /// The marks and the spaces before the first of them.
    pub fn span_with_space(&self, document: &Document) -> Span {
        let span = self.span();
        let before = &document.text()[..span.lo()];
        Span::new(before.trim_end_matches(SPACES).len(), span.hi())
    }

    /// Whether all marks are of one class.
    pub fn is_of(&self, class: MarkClass) -> bool {
        self.marks.iter().all(|mark| mark.mark.class == class)
    }
}

/// All runs in text order.
pub(super) fn find(document: &Document) -> Vec<MarkRun> {
    let mut runs = Vec::new();
    for block in document.blocks() {
        let tokens = document.tokens_of(block);
        let mut done = 0;
        for first in document.marks_in(block) {
            if first < done || !goes_on(tokens, first) {
                continue;
            }
            let mut marks = Vec::new();
            let mut last = first;
            while let Some(mark) = run_mark(document, tokens, last, first) {
                marks.push(mark);
                last += 1;
            }
            done = last.max(first + 1);
            if marks.len() >= 2 {
                runs.push(MarkRun { marks });
            }
        }
    }
    runs
}

/// Whether another mark stands right behind the one at `index`: the cheap look that most marks fail.
fn goes_on(tokens: &[Token], index: usize) -> bool {
    tokens.get(index + 1).is_some_and(|next| {
        next.kind == TokenKind::Mark && next.span.start - tokens[index].span.end <= LONGEST_GAP
    })
}

/// The token at `index`, if it goes on a run that began at `first`.
fn run_mark(document: &Document, tokens: &[Token], index: usize, first: usize) -> Option<RunMark> {
    let token = tokens.get(index)?;
    if token.kind != TokenKind::Mark || token.span.len() > 3 {
        return None;
    }
    let mut characters = document.slice(token.span).chars();
    let character = characters.next()?;
    let mark = ClauseMark::of(character).filter(|_| characters.next().is_none())?;
    let before = index.checked_sub(1).map_or(token.span.lo(), |before| tokens[before].span.hi());
    let gap = document.text().get(before..token.span.lo())?;
    let continues =
        index == first || gap.chars().all(|c| SPACES.contains(&c)) && gap.len() <= LONGEST_GAP as usize;
    continues.then_some(RunMark { span: token.span, character, mark, is_spaced: !gap.is_empty() })
}
