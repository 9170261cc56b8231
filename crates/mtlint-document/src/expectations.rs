//! Places between two words, and what the language expects there.
//!
//! The trainer and the rules see a place through the same functions, so that a model meets what it was trained on.

use super::{Block, BlockKind, Document, Token, TokenKind};
use mtlint_lang::expectation::{Context, Expectation, Item, MARKS, Mark, Neighbour, REACH, Shape};
use std::ops::Range;

/// A place between two words of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What stands there.
    pub mark: Mark,
    /// The last token before it, among those of the block.
    pub left: usize,
    /// The first token behind it.
    pub right: usize,
}

/// A mark that is hardly expected where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unexpected {
    pub place: Place,
    /// How much more speaks for white space alone than for the mark, in thousandths.
    pub surprise: i32,
    /// How much more speaks for white space alone than for the likeliest mark, in thousandths.
    pub plainness: i32,
}

/// A capital that is hardly expected on its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnexpectedCapital {
    /// The word, among the tokens of the block.
    pub word: usize,
    /// How much speaks for a small letter, in thousandths.
    pub surprise: i32,
}

/// How far a mark near a place is looked for, in words.
const NEAR: u32 = 15;

/// How far a mark near a place is looked for, in tokens.
const FAR: usize = 60;

/// How much more must speak for nothing than for a mark by the nearest words alone, in the parts of a model, to look
/// further.
const DOUBTFUL: i32 = 0;

/// How much may speak for a capital by the nearest words alone, in the parts of a model, to look further: none of 18,000
/// capitals that are not expected had more, in 20 MB of human writing and machine translation.
const STILL_SMALL: i32 = 32;

/// The `hash` and `class` of the item that stands for what is no prose, such as a code span.
const MASKED: u32 = 7;

/// The kinds of marks, as items are numbered.
const QUOTATION: u32 = 10;
const OPEN: u32 = 11;
const CLOSE: u32 = 12;
const OTHER: u32 = 22;

/// Whether sentences are looked for in a block: headings and cells have a punctuation of their own.
pub fn is_prose(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation)
}

impl Document {
    /// What the document's language expects between words, if that is known.
    pub fn expectation(&self) -> Option<&'static Expectation<'static>> {
        Expectation::of(self.language()?)
    }

    /// All places of a block, also those where nothing stands.
    pub fn places<'d>(&'d self, block: &Block) -> impl Iterator<Item = Place> + use<'d> {
        let tokens = self.tokens_of(block);
        (0..tokens.len()).filter_map(move |index| {
            self.marked_place(tokens, index, Mark::of).or_else(|| {
                let next = *tokens.get(index + 1)?;
                let is_free =
                    has_gap(tokens[index], next) && self.ends_words(tokens[index]) && self.begins_words(next);
                is_free.then_some(Place { mark: Mark::Nothing, left: index, right: index + 1 })
            })
        })
    }

    /// The place that the token at `index` fills, if it is what `mark_of` takes for a mark and stands between two words.
    fn marked_place(
        &self,
        tokens: &[Token],
        index: usize,
        mark_of: fn(&str) -> Option<Mark>,
    ) -> Option<Place> {
        let token = *tokens.get(index)?;
        if token.kind != TokenKind::Mark {
            return None;
        }
        let mark = mark_of(self.slice(token.span))?;
        let (before, after) = (*tokens.get(index.checked_sub(1)?)?, *tokens.get(index + 1)?);
        let gaps = (has_gap(before, token), has_gap(token, after));
        let is_set = match mark {
            Mark::Dash if gaps == (false, false) => {
                let is_range = [before, after].iter().any(|token| token.kind == TokenKind::Number);
                !self.is_ascii_mark(token, b'-') && !is_range
            }
            Mark::Dash => gaps == (true, true),
            _ => gaps == (false, true),
        };
        let is_between = self.ends_words(before) && self.begins_words(after);
        (is_set && is_between && !self.mask().covers(token.span)).then_some(Place {
            mark,
            left: index - 1,
            right: index + 1,
        })
    }

    /// The marks of a block that its language does not expect where they stand: at least `surprise` more speaks for
    /// white space alone, in thousandths.
    pub fn unexpected_marks(&self, block: &Block, surprise: i32) -> Vec<Unexpected> {
        let Some(model) = self.expectation() else { return Vec::new() };
        let tokens = self.tokens_of(block);
        let mut found = Vec::new();
        for index in self.marks_in(block) {
            let Some(place) = self.marked_place(tokens, index, Mark::like) else { continue };
            // Nearly all marks are where they are expected, and what stands next to them says so.
            let nearest = self.nearest(model, tokens, place);
            let first = model.marks_at_first(&nearest.context);
            if first[Mark::Nothing as usize] - first[place.mark as usize] < DOUBTFUL {
                continue;
            }
            let sums = model.marks_after(first, &self.all_around(model, tokens, place, nearest));
            let nothing = sums[Mark::Nothing as usize];
            let unexpected = nothing - sums[place.mark as usize];
            if unexpected >= surprise {
                let likeliest = sums[1..MARKS].iter().copied().max().unwrap_or(nothing);
                found.push(Unexpected { place, surprise: unexpected, plainness: nothing - likeliest });
            }
        }
        found
    }

    /// The capitals inside sentences of a block that its language does not expect: at least `surprise` speaks for a
    /// small letter, in thousandths.
    pub fn unexpected_capitals(&self, block: &Block, surprise: i32) -> Vec<UnexpectedCapital> {
        let Some(model) = self.expectation() else { return Vec::new() };
        let tokens = self.tokens_of(block);
        let mut found = Vec::new();
        for index in self.capitalised_in(block) {
            let Some([before, word, _]) = super::amid(tokens, index) else { continue };
            let is_inside = before.kind != TokenKind::Mark || self.is_ascii_mark(before, b',') && index >= 2;
            // A word that was rarely met is a name as likely as not.
            if !is_inside
                || !has_gap(before, word)
                || !model.is_frequent(word.hash)
                || self.mask().covers(word.span)
            {
                continue;
            }
            let (mark, left) = match before.kind {
                TokenKind::Mark => (Mark::Comma, index - 2),
                _ => (Mark::Nothing, index - 1),
            };
            let place = Place { mark, left, right: index };
            let nearest = self.nearest(model, tokens, place);
            let first = model.capital_at_first(&nearest.context);
            if first > STILL_SMALL {
                continue;
            }
            let context = self.all_around(model, tokens, place, nearest);
            let unexpected = -model.capital_after(first, &context);
            if unexpected >= surprise {
                found.push(UnexpectedCapital { word: index, surprise: unexpected });
            }
        }
        found
    }

    /// What stands around a place.
    pub fn context(&self, model: &Expectation<'_>, tokens: &[Token], place: Place) -> Context {
        let nearest = self.nearest(model, tokens, place);
        self.all_around(model, tokens, place, nearest)
    }

    /// The words around a place, and the classes of the two beside it: what the nearest features tell of, and most
    /// places need no more.
    fn nearest(&self, model: &Expectation<'_>, tokens: &[Token], place: Place) -> Nearest {
        let mut context = Context::default();
        let mut words = [[None; REACH]; 2];
        let mut index = place.left;
        for (item, word) in context.left.iter_mut().zip(&mut words[0]) {
            (*item, *word) = self.item(tokens[index]);
            // The last word of a compound stands for it, with the capital of the first.
            while let Some(first) = self.joined_before(tokens, index) {
                index = first;
                item.shape = self.shape(tokens[index]);
            }
            let Some(before) = index.checked_sub(1) else { break };
            index = before;
        }
        let mut index = place.right;
        for (item, word) in context.right.iter_mut().zip(&mut words[1]) {
            let Some(&token) = tokens.get(index) else { break };
            (*item, *word) = self.item(token);
            let shape = item.shape;
            while let Some(last) = self.joined_behind(tokens, index) {
                index = last;
                (*item, *word) = self.item(tokens[index]);
                item.shape = shape;
            }
            index += 1;
        }
        let mut nearest = Nearest { context, words };
        self.classify(model, &mut nearest, 0..1);
        nearest
    }

    /// Sets the classes of the words that `places` name, counted from the place between them.
    fn classify(&self, model: &Expectation<'_>, nearest: &mut Nearest, places: Range<usize>) {
        let Nearest { context, words } = nearest;
        for (items, words) in [&mut context.left, &mut context.right].into_iter().zip(words) {
            for (item, word) in items[places.clone()].iter_mut().zip(&words[places.clone()]) {
                if let Some(word) = word {
                    item.class = model.class_of(word.hash, self.slice(word.span));
                }
            }
        }
    }

    /// What stands around a place of which the nearest is known.
    fn all_around(
        &self,
        model: &Expectation<'_>,
        tokens: &[Token],
        place: Place,
        mut nearest: Nearest,
    ) -> Context {
        self.classify(model, &mut nearest, 1..REACH);
        let mut context = nearest.context;
        let is_inner = |index| self.is_inside_compound(tokens, index);
        context.before =
            self.neighbour((0..=place.left).rev().take(FAR).filter(|&index| !is_inner(index)), tokens);
        context.after =
            self.neighbour((place.right..tokens.len()).take(FAR).filter(|&index| !is_inner(index)), tokens);
        context
    }

    /// The nearest mark among the tokens that `indices` name.
    fn neighbour(&self, indices: impl Iterator<Item = usize>, tokens: &[Token]) -> Neighbour {
        let (mut distance, mut looked) = (0, 0);
        for index in indices {
            looked += 1;
            if distance == NEAR {
                return Neighbour { mark: 0, distance };
            }
            match tokens[index].kind {
                TokenKind::Mark => {
                    let mark = self.kind_of_mark(tokens[index]);
                    if mark < 20 {
                        return Neighbour { mark, distance };
                    }
                }
                _ => distance += 1,
            }
        }
        Neighbour { mark: u32::from(looked < FAR), distance }
    }

    /// A token as a model sees it, and the word of which the class is still to be told.
    fn item(&self, token: Token) -> (Item, Option<Token>) {
        let numbered = |number: u32, shape| (Item { hash: number, class: number as u16, shape }, None);
        if self.mask().covers(token.span) {
            return numbered(MASKED, Shape::Number);
        }
        match token.kind {
            TokenKind::Mark => numbered(self.kind_of_mark(token), Shape::Mark),
            TokenKind::Number => {
                let text = self.slice(token.span);
                let form = match text.len() {
                    _ if text.contains(['.', ',']) => 1,
                    4 => 2,
                    1 | 2 => 3,
                    _ => 4,
                };
                numbered(form, Shape::Number)
            }
            _ => (Item { hash: token.hash, class: 0, shape: shape_of(token.kind) }, Some(token)),
        }
    }

    fn shape(&self, token: Token) -> Shape {
        if self.mask().covers(token.span) { Shape::Number } else { shape_of(token.kind) }
    }

    /// The number of the kind of a mark.
    fn kind_of_mark(&self, token: Token) -> u32 {
        let text = self.slice(token.span);
        match text.chars().next().unwrap_or(' ') {
            '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' => QUOTATION,
            '(' | '[' => OPEN,
            ')' | ']' => CLOSE,
            '!' | '?' => 13,
            '…' => 14,
            ',' => 15,
            '.' => 16,
            ':' => 17,
            ';' => 18,
            '—' | '–' | '-' => 19,
            '/' => 20,
            '*' | '_' | '#' | '|' | '•' => 21,
            _ => OTHER,
        }
    }

    /// Whether a clause may end with the token.
    fn ends_words(&self, token: Token) -> bool {
        token.kind != TokenKind::Mark
            || self.mask().covers(token.span)
            || matches!(self.kind_of_mark(token), QUOTATION | CLOSE)
    }

    /// Whether a clause may begin with the token.
    fn begins_words(&self, token: Token) -> bool {
        token.kind != TokenKind::Mark
            || self.mask().covers(token.span)
            || matches!(self.kind_of_mark(token), QUOTATION | OPEN | CLOSE)
    }

    /// The token two before, to which a hyphen or the like joins the one at `index`.
    fn joined_before(&self, tokens: &[Token], index: usize) -> Option<usize> {
        let first = index.checked_sub(2)?;
        self.is_inside_compound(tokens, index - 1).then_some(first)
    }

    /// The token two behind, which a hyphen or the like joins to the one at `index`.
    fn joined_behind(&self, tokens: &[Token], index: usize) -> Option<usize> {
        self.is_inside_compound(tokens, index + 1).then_some(index + 2)
    }

    /// Whether the token at `index` joins those beside it to one word.
    fn is_inside_compound(&self, tokens: &[Token], index: usize) -> bool {
        // Most tokens are words, and join nothing.
        if tokens.get(index).is_none_or(|token| token.kind != TokenKind::Mark) {
            return false;
        }
        let Some([before, joint, after]) = super::amid(tokens, index) else { return false };
        before.kind != TokenKind::Mark
            && after.kind.is_word()
            && !has_gap(before, joint)
            && !has_gap(joint, after)
            && matches!(self.slice(joint.span), "-" | "’" | "'" | "/" | "\u{2011}")
    }
}

/// What stands around a place as far as its nearest features tell.
struct Nearest {
    context: Context,
    /// Of the items on the left and on the right, those whose class is that of a word.
    words: [[Option<Token>; REACH]; 2],
}

fn shape_of(kind: TokenKind) -> Shape {
    match kind {
        TokenKind::Lower => Shape::Small,
        TokenKind::Capitalised => Shape::Capitalised,
        TokenKind::Upper => Shape::Upper,
        TokenKind::Number => Shape::Number,
        TokenKind::Mark => Shape::Mark,
    }
}

/// Whether anything stands between two tokens.
fn has_gap(before: Token, after: Token) -> bool {
    before.span.end < after.span.start
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::{Language, Packs};

    fn places(text: &str) -> Vec<(Mark, String)> {
        let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
        let block = &document.blocks()[0];
        let tokens = document.tokens_of(block);
        let told = |place: Place| {
            let [left, right] = [place.left, place.right].map(|index| document.slice(tokens[index].span));
            (place.mark, format!("{left} {right}"))
        };
        document.places(block).map(told).collect()
    }

    fn marks(text: &str) -> Vec<Mark> {
        places(text).into_iter().map(|(mark, _)| mark).filter(|mark| *mark != Mark::Nothing).collect()
    }

    #[test]
    fn every_place_between_two_words_is_seen() {
        let told = places("The mill, which stood there: gone. It burned — twice (at least).");
        let expected = [
            (Mark::Nothing, "The mill"),
            (Mark::Comma, "mill which"),
            (Mark::Nothing, "which stood"),
            (Mark::Nothing, "stood there"),
            (Mark::Colon, "there gone"),
            (Mark::Stop, "gone It"),
            (Mark::Nothing, "It burned"),
            (Mark::Dash, "burned twice"),
            (Mark::Nothing, "twice ("),
            (Mark::Nothing, "at least"),
        ];
        assert_eq!(told, expected.map(|(mark, words)| (mark, words.to_owned())));
    }

    #[test]
    fn a_mark_inside_a_word_or_a_pile_fills_no_place() {
        assert_eq!(marks("It costs 3.5 or 1,000 at 10:30, well-known from 1990–1995 on."), [Mark::Comma]);
        assert_eq!(marks("So … she said,, and then .. no"), []);
        assert_eq!(marks("one;two :three"), []);
    }

    #[test]
    fn a_compound_is_one_item() {
        let document =
            Document::plain("the well-known old mill", Language::parse("en").ok(), &Packs::builtin());
        let tokens = document.tokens_of(&document.blocks()[0]);
        let bytes = Expectation::write(
            &mtlint_lang::expectation::table::<1>(&[]),
            &mtlint_lang::expectation::table::<MARKS>(&[]),
            &mtlint_lang::expectation::table::<1>(&[]),
        );
        let model = Expectation::read(&bytes).unwrap();
        // Between `known` and `old`.
        let context = document.context(&model, tokens, Place { mark: Mark::Nothing, left: 3, right: 4 });
        assert_eq!(context.left[0].hash, mtlint_text::word_hash("known"));
        assert_eq!(context.left[1].hash, mtlint_text::word_hash("the"));
        assert_eq!(context.left[2].shape, Shape::Edge);
        assert_eq!(context.before, Neighbour { mark: 1, distance: 3 });
    }

    #[test]
    fn what_is_hardly_ever_written_is_not_expected() {
        let surprise = |text: &str| -> Vec<i32> {
            let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
            document
                .unexpected_marks(&document.blocks()[0], i32::MIN)
                .iter()
                .map(|found| found.surprise)
                .collect()
        };
        let [stray] = surprise("She lived at the end of, the road for a long time.")[..] else {
            panic!("one comma")
        };
        assert!(surprise("She lived at the end of the road, but nobody knew her.").is_empty());
        assert!(stray > 5000, "{stray}");
    }
}
