//! Where sentences end and where they should, by what the language expects between words: what speaks for going on where a
//! full stop stands, and for a full stop where none does. May use the models of `lang`.

use super::{Block, Document, Place, Token, TokenKind};
use mtlint_lang::expectation::{Context, Mark, Shape};

/// A word with a capital before which a full stop is expected and none stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LostStop {
    /// The place: nothing or a comma stands there.
    pub place: Place,
    /// How much more speaks for a full stop, in thousandths.
    pub surprise: i32,
    /// How often the word has a capital inside sentences, in 255ths.
    pub capital: u8,
}

/// A word that has a capital more often than so inside sentences, in 255ths, is a name or may be one.
const MOST_CAPITALS: u8 = 12;

/// A word that is met less often than so may be anything, in quarters of a power of two.
const FREQUENT: u8 = 40;

impl Document {
    /// How much more speaks for white space alone, and for a comma, than for the full stop that is the token at `index` of a
    /// block, in thousandths: as it stands, and were the word behind it small. `None` where the language has no model.
    pub fn continuation(&self, block: &Block, index: usize) -> Option<[[i32; 2]; 2]> {
        let model = self.expectation()?;
        let tokens = self.tokens_of(block);
        let place = Place { mark: Mark::Stop, left: index.checked_sub(1)?, right: index + 1 };
        if index + 1 >= tokens.len() {
            return None;
        }
        let mut context = self.context(model, tokens, place);
        let told = |context: &Context| {
            let sums = model.marks(context);
            let stop = sums[Mark::Stop as usize];
            [sums[Mark::Nothing as usize] - stop, sums[Mark::Comma as usize] - stop]
        };
        let as_it_stands = told(&context);
        if context.right[0].shape == Shape::Capitalised {
            context.right[0].shape = Shape::Small;
        }
        Some([as_it_stands, told(&context)])
    }

    /// The words of a block that begin a sentence, as it seems, though no stop stands before them: at least `surprise` more
    /// speaks for one than for what stands there, in thousandths.
    pub fn lost_stops(&self, block: &Block, surprise: i32) -> Vec<LostStop> {
        let Some(model) = self.expectation() else { return Vec::new() };
        let tokens = self.tokens_of(block);
        let mut found = Vec::new();
        for right in self.capitalised_in(block) {
            let Some(place) = self.unmarked(tokens, right) else { continue };
            let Some(form) = self.word_form(tokens[right]) else { continue };
            let Some(capital) =
                form.capital.filter(|share| *share <= MOST_CAPITALS && form.frequency >= FREQUENT)
            else {
                continue;
            };
            let sums = model.marks(&self.context(model, tokens, place));
            let more = sums[Mark::Stop as usize] - sums[place.mark as usize];
            if more >= surprise {
                found.push(LostStop { place, surprise: more, capital });
            }
        }
        found
    }

    /// The place before a word of a sentence where white space alone or a comma stands behind a small word or a number.
    fn unmarked(&self, tokens: &[Token], right: usize) -> Option<Place> {
        let before = tokens.get(right.checked_sub(1)?)?;
        let (mark, left) = match self.ascii_mark(*before) {
            Some(b',') => (Mark::Comma, right.checked_sub(2)?),
            Some(_) => return None,
            None => (Mark::Nothing, right - 1),
        };
        let is_word = |token: Token| matches!(token.kind, TokenKind::Lower | TokenKind::Number);
        let is_gap = self.text().get(before.span.hi()..tokens[right].span.lo()) == Some(" ");
        let touches = left == right - 1 || tokens[left].span.end == before.span.start;
        let goes_on = tokens.get(right + 1).is_some_and(|next| {
            next.kind == TokenKind::Lower && next.span.start == tokens[right].span.end + 1
        });
        (left >= 2
            && is_word(tokens[left])
            && is_gap
            && touches
            && goes_on
            && !self.mask().covers(tokens[left].span)
            && !self.mask().covers(tokens[right].span))
        .then_some(Place { mark, left, right })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::{Language, Packs};

    fn surprises(text: &str) -> Vec<i32> {
        let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
        document.lost_stops(&document.blocks()[0], i32::MIN).iter().map(|found| found.surprise).collect()
    }

    #[test]
    fn a_stop_is_expected_where_a_sentence_begins() {
        let lost = surprises("The ferry takes about fifteen minutes They leave at noon.");
        assert!(lost.len() == 1 && lost[0] > 2000, "{lost:?}");
        assert!(surprises("The ferry takes about fifteen minutes to the The Hague terminal.").is_empty());
        assert!(surprises("The ferry takes fifteen minutes. They leave from Lisbon at noon.").is_empty());
    }

    #[test]
    fn what_goes_on_is_told_from_what_ends() {
        let document = Document::plain(
            "They closed the pass. Because snow had fallen.",
            Language::parse("en").ok(),
            &Packs::builtin(),
        );
        let block = &document.blocks()[0];
        let [_, small] = document.continuation(block, 4).unwrap();
        assert!(small[0] > 0, "{small:?}");
    }
}
