//! What is observed of a reading: what stands beside each mark, what each stretch inside and outside of quotations is
//! like, and how the marks pair. Every observation is a hash, whose weight a model knows.

use super::paragraph::{Paragraph, Placed, Word, class};
use mtlint_lang::expectation::feature_hash;

/// How many observations there are of one mark in its place.
pub const LOCAL: usize = 9;

/// How many words behind a mark that closes a clause which tells who speaks has its verb, and before one that opens.
const REPORTING: isize = 7;

/// One whole in the values of observations.
pub const ONE: i32 = 64;

impl Paragraph {
    /// What stands beside a mark in its place.
    pub fn local(&self, placed: Placed) -> [u32; LOCAL] {
        let gap = placed.gap as isize;
        let [left2, left, right, right2] = [-2, -1, 0, 1].map(|step| self.word(gap + step));
        let [l2, l, r, r2] = [left2, left, right, right2].map(|word| u32::from(word.class));
        let capital = u32::from(right.has_capital);
        let side = u32::from(placed.opens);
        let is_first = u32::from(placed.single == self.single_first);
        let telling = self.telling(gap, placed.opens);
        let word_left = if left.is_mark() { left2 } else { left };
        let habit = match (placed.opens, left.class, right.class) {
            (false, class::STOP | class::COMMA, _) => 1 + self.habit,
            (false, _, class::STOP | class::COMMA) => 5 + self.habit,
            _ => 0,
        };
        [
            feature_hash(1, &[side, l, r, capital]),
            feature_hash(2, &[side, l2, l, capital, right.coarse()]),
            feature_hash(3, &[side, left.coarse(), r, r2]),
            feature_hash(4, &[side, right.hash, left.coarse(), capital]),
            feature_hash(5, &[side, word_left.hash, left.coarse(), u32::from(left.class == class::COLON)]),
            feature_hash(6, &[side, l, is_first]),
            feature_hash(7, &[side, telling, l, capital]),
            feature_hash(8, &[side, habit, is_first, telling]),
            feature_hash(9, &[side, left.coarse(), right.coarse(), l2, r2]),
        ]
    }

    /// Whether a verb that tells what somebody says stands near by in the sentence: behind a mark that closes, before one
    /// that opens; and what stands beside it.
    fn telling(&self, gap: isize, before: bool) -> u32 {
        for step in 0..REPORTING {
            let at = if before { gap - 1 - step } else { gap + step };
            let word = self.word(at);
            if word.class == class::EDGE || word.is_terminal() && step > 0 {
                return 0;
            }
            if word.class == class::SAYS {
                return 1
                    + (step as u32).min(3) * 8
                    + (self.word(at + 1).coarse())
                    + 40 * u32::from(self.word(at - 1).is_mark());
            }
        }
        0
    }

    /// What a stretch between two marks is like: of the words from `from` to `to`, in so many quotations, between the
    /// ends of the paragraph (0) or marks that close (1) or open (2).
    pub fn stretch(
        &self,
        from: u16,
        to: u16,
        depth: usize,
        [before, after]: [u32; 2],
        telling: u32,
        ends: u32,
    ) -> [u32; 5] {
        let count = u32::from(to.saturating_sub(from));
        let length = match count {
            0..=2 => count,
            3..=4 => 3,
            5..=8 => 4,
            9..=16 => 5,
            17..=32 => 6,
            _ => 7,
        };
        let depth = depth.min(2) as u32;
        let first = if count > 0 { self.word(from as isize) } else { Word::EDGE };
        let last = if count > 0 { self.word(to as isize - 1) } else { Word::EDGE };
        let capital = u32::from(first.has_capital);
        let sentences = ends.min(3);
        let at = depth * 16 + before * 4 + after;
        [
            feature_hash(21, &[at, length]),
            feature_hash(22, &[at, capital, last.coarse(), sentences.min(1)]),
            feature_hash(23, &[at, sentences, length.min(5)]),
            feature_hash(24, &[at, telling.min(2), sentences.min(2), length.min(4)]),
            feature_hash(25, &[at, u32::from(first.class), last.coarse()]),
        ]
    }

    /// What the words themselves tell that stand in a quotation: of one of them.
    pub fn spoken(&self, at: usize) -> [u32; 3] {
        let (before, word) = (self.word(at as isize - 1), self.words[at]);
        [
            feature_hash(31, &[word.hash]),
            feature_hash(32, &[u32::from(word.class)]),
            feature_hash(33, &[u32::from(before.class), u32::from(word.class)]),
        ]
    }

    /// Whether the word is the verb of a clause that tells who speaks, set off by a comma or the end of a sentence.
    pub fn is_telling(&self, at: usize) -> bool {
        self.words[at].class == class::SAYS
            && (1..=4).any(|step| {
                let word = self.word(at as isize - step);
                matches!(
                    word.class,
                    class::COMMA | class::QUESTION | class::EXCLAMATION | class::DASH | class::EDGE
                )
            })
    }

    /// How the marks pair, and the stretches that they make: calls `paired` with each observation of the former, and
    /// `stretched` with each stretch: its words, in how many quotations it stands, and what it stands between.
    pub fn pair(
        &self,
        placed: &[Placed],
        mut paired: impl FnMut(u32),
        mut stretched: impl FnMut(u16, u16, usize, [u32; 2]),
    ) {
        let mut open = [None::<bool>; 4];
        let mut depth = 0;
        let mut from = (0_u16, 0_u32);
        for (at, mark) in placed.iter().enumerate() {
            let is_first = u32::from(mark.single == self.single_first);
            stretched(from.0, mark.gap, depth, [from.1, 1 + u32::from(mark.opens)]);
            from = (mark.gap, 1 + u32::from(mark.opens));
            if let Some(before) = at.checked_sub(1).map(|at| placed[at])
                && before.gap == mark.gap
            {
                let order = [before.opens, before.single, mark.opens, mark.single].map(u32::from);
                paired(feature_hash(41, &order));
            }
            let is_open = open[..depth].contains(&Some(mark.single));
            let top = depth.checked_sub(1).and_then(|top| open[top]);
            if mark.opens {
                let kind = match (is_open, depth) {
                    (true, _) => 1,
                    (false, 0) => 2 + u32::from(mark.single != self.single_first),
                    _ => 4,
                };
                paired(feature_hash(42, &[kind, is_first]));
                // What is open of its kind was never closed.
                if !is_open && depth < open.len() {
                    open[depth] = Some(mark.single);
                    depth += 1;
                }
            } else {
                let kind = match top {
                    None => 1,
                    Some(top) if top == mark.single => 0,
                    Some(_) if is_open => 2,
                    Some(_) => 3,
                };
                if kind > 0 {
                    paired(feature_hash(43, &[kind, is_first]));
                }
                if kind == 2 {
                    depth -= 1;
                }
                depth = depth.saturating_sub(1);
            }
        }
        stretched(from.0, self.words.len() as u16, depth, [from.1, 0]);
        if depth > 0 {
            let last = self.word(self.words.len() as isize - 1);
            paired(feature_hash(44, &[u32::from(self.next_opens), depth as u32, last.coarse()]));
        }
    }
}
