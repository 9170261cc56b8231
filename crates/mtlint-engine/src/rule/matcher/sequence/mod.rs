//! `kind = "sequence"`: tokens in a row, as words, classes, members of word lists and anchors.
//!
//! `syntax` reads the elements from the rule file, this module matches them. The elements are laid
//! out as steps, each of which takes one word, mark or phrase; a place and a step that once failed
//! are not tried again, so that the time grows with the text and the steps alone.

mod syntax;

use super::{Match, Matcher, Stretch};
use crate::rule::checker::Trigger;
use crate::rule::file::MatchTable;
use foldhash::fast::FixedState;
use mtlint_document::{Document, Token, TokenKind};
use mtlint_lang::{ListSet, Packs, WordList};
use mtlint_text::{Span, same_word};
use std::collections::HashSet;
use syntax::{Anchor, Class, Element, Test};

#[derive(Debug)]
pub(super) struct Sequence {
    elements: Vec<Element>,
    /// The names of the word lists that the elements ask for.
    lists: Vec<String>,
    steps: Vec<Step>,
    /// Whether a step may be tried twice at one place: where steps may be left out.
    may_come_again: bool,
    mark: Option<String>,
    trigger: Trigger,
    /// An element of marks or numbers that always stands so many tokens behind the first: cheaper to
    /// ask for than the members of a word list before it.
    landmark: Option<Landmark>,
}

#[derive(Clone, Copy, Debug)]
struct Landmark {
    element: usize,
    offset: usize,
}

/// One token, or one phrase, of an element.
#[derive(Clone, Copy, Debug)]
struct Step {
    element: usize,
    /// The step that follows the element, where this one may be left out.
    skip_to: Option<usize>,
}

impl Sequence {
    pub(super) fn compile(table: &MatchTable, packs: &Packs) -> Result<Box<dyn Matcher>, (String, String)> {
        let at = |message: String| ("match.tokens".to_owned(), message);
        let (elements, lists) =
            syntax::read(table.tokens.as_deref().unwrap_or_default(), packs).map_err(at)?;
        if let Some(mark) = &table.mark
            && !elements.iter().any(|element| element.name.as_ref() == Some(mark))
        {
            return Err(("match.mark".to_owned(), format!("no element has the name `{mark}`")));
        }
        let mut steps = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            let after = steps.len() + element.max;
            for count in 0..element.max {
                let skip_to = (count >= element.min).then_some(after);
                steps.push(Step { element: index, skip_to });
            }
        }
        let trigger = match &table.needs {
            Some(needs) if !needs.is_empty() => {
                Trigger::AnyOf(needs.iter().map(|string| string.to_ascii_lowercase()).collect())
            }
            _ => trigger(&elements, &lists, packs),
        };
        let landmark = landmark(&elements, &lists, packs);
        let may_come_again = steps.iter().any(|step| step.skip_to.is_some());
        Ok(Box::new(Self {
            elements,
            lists,
            steps,
            may_come_again,
            mark: table.mark.clone(),
            trigger,
            landmark,
        }))
    }
}

/// The first element of marks or numbers, if all before it take one token each.
fn landmark(elements: &[Element], lists: &[String], packs: &Packs) -> Option<Landmark> {
    let takes_one = |test: &Test| match test {
        Test::Words(words) => words.len() == 1,
        Test::List(list) => packs.longest_entry(&lists[*list]) <= 1,
        Test::Class(_) => true,
        Test::Anchor(_) => false,
    };
    let is_rare = |test: &Test| match test {
        Test::Words(words) => words.len() == 1 && !words[0].1.contains(char::is_alphabetic),
        Test::Class(class) => {
            matches!(class, Class::Number | Class::Mark | Class::Quote | Class::OpenQuote | Class::CloseQuote)
        }
        _ => false,
    };
    for (index, element) in elements.iter().enumerate() {
        let is_single = element.min == 1 && element.max == 1;
        if is_single && index > 0 && element.tests.iter().all(is_rare) {
            return Some(Landmark { element: index, offset: index });
        }
        if !is_single || !element.tests.iter().all(takes_one) {
            return None;
        }
    }
    None
}

/// How many strings a rule may wait for.
const MOST: usize = 200;

/// The words of the element that must be there and that has the rarest of them.
fn trigger(elements: &[Element], lists: &[String], packs: &Packs) -> Trigger {
    elements
        .iter()
        .filter(|element| element.min > 0)
        .filter_map(|element| {
            let mut strings = Vec::new();
            for test in &element.tests {
                match test {
                    Test::Words(words) => strings.push(words[0].1.clone()),
                    Test::List(list) => strings.extend(packs.first_words(&lists[*list])),
                    Test::Class(_) | Test::Anchor(_) => return None,
                }
            }
            // The prefilter folds the case of ASCII letters only.
            let is_exact =
                !strings.is_empty() && strings.len() <= MOST && strings.iter().all(|s| s.is_ascii());
            strings.sort_unstable();
            strings.dedup();
            is_exact.then_some(strings)
        })
        .max_by_key(|strings| {
            (strings.iter().map(String::len).min().unwrap_or(0).min(3), std::cmp::Reverse(strings.len()))
        })
        .map_or(Trigger::Always, Trigger::AnyOf)
}

impl Matcher for Sequence {
    fn find(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match)) {
        let mut run = Run::new(self, document, stretch);
        let mut at = 0;
        while let Some(start) = (at..stretch.tokens.len()).find(|&at| run.may_begin(at)) {
            at = start;
            run.failed.clear();
            run.path.clear();
            at = match run.step(0, at) {
                true => {
                    let end = run.path.iter().map(|taken| taken.to).max().unwrap_or(at);
                    if let Some(matched) = run.matched() {
                        found(matched);
                    }
                    end.max(at + 1)
                }
                false => at + 1,
            };
        }
    }

    fn may_find(&self, document: &Document, stretch: Stretch<'_>) -> bool {
        let run = Run::new(self, document, stretch);
        (0..stretch.tokens.len()).any(|at| run.may_begin(at))
    }

    fn sees_one_block(&self) -> bool {
        true
    }

    fn trigger(&self) -> Trigger {
        self.trigger.clone()
    }

    fn capture_names(&self) -> Vec<String> {
        self.elements.iter().filter_map(|element| element.name.clone()).collect()
    }
}

/// The tokens that an element took.
#[derive(Clone, Copy, Debug)]
struct Taken {
    element: usize,
    from: usize,
    to: usize,
}

/// The matching of one sequence in one stretch.
struct Run<'r> {
    sequence: &'r Sequence,
    document: &'r Document,
    /// The word lists of the sequence, as the language of the document has them.
    lists: Vec<&'r WordList>,
    tokens: &'r [Token],
    /// The place of the first token among those of the document.
    base: usize,
    /// The lists of them that the first element asks for, if it asks for nothing else.
    first_lists: Option<ListSet>,
    /// Steps and tokens from which no match comes.
    failed: HashSet<(usize, usize), FixedState>,
    path: Vec<Taken>,
}

impl<'r> Run<'r> {
    fn new(sequence: &'r Sequence, document: &'r Document, stretch: Stretch<'r>) -> Self {
        let lists: Vec<&WordList> = sequence.lists.iter().map(|list| document.pack().words(list)).collect();
        let first = &sequence.elements[0];
        let bits = first.tests.iter().map(|test| match test {
            Test::List(list) => Some(lists[*list].bit()),
            _ => None,
        });
        let first_lists = bits.fold((first.min > 0).then_some(0), |all, bit| Some(all? | bit?));
        Self {
            sequence,
            document,
            lists,
            tokens: stretch.tokens,
            base: stretch.first_token,
            first_lists,
            failed: HashSet::default(),
            path: Vec::new(),
        }
    }

    /// Whether the steps from `step` on match from the token `at` on; if so, the path tells how.
    fn step(&mut self, step: usize, at: usize) -> bool {
        let Some(&Step { element, skip_to }) = self.sequence.steps.get(step) else { return true };
        // Most starts fail at the first step: they need not be remembered.
        let is_remembered = step > 0 && self.sequence.may_come_again;
        if is_remembered && self.failed.contains(&(step, at)) {
            return false;
        }
        if let Some(count) = self.takes(&self.sequence.elements[element], at) {
            self.path.push(Taken { element, from: at, to: at + count });
            if self.step(step + 1, at + count) {
                return true;
            }
            self.path.pop();
        }
        if let Some(after) = skip_to
            && self.step(after, at)
        {
            return true;
        }
        if is_remembered {
            self.failed.insert((step, at));
        }
        false
    }

    /// Whether a match may begin with the token at `at`, as a glance at it tells: for most it may not.
    #[inline]
    fn may_begin(&self, at: usize) -> bool {
        let tokens = &self.tokens[at..];
        let may_take = match self.first_lists {
            Some(lists) => self.document.may_begin_with(tokens, lists),
            None => self.first_may_take(at),
        };
        may_take
            && self.sequence.landmark.is_none_or(|landmark| {
                self.takes(&self.sequence.elements[landmark.element], at + landmark.offset).is_some()
            })
    }

    /// Whether the first element may take the token at `at`, or be left out.
    fn first_may_take(&self, at: usize) -> bool {
        let first = &self.sequence.elements[0];
        first.min == 0
            || first.tests.iter().any(|test| match test {
                Test::Words(words) => words[0].0 == self.tokens[at].hash,
                Test::List(list) => self.document.may_begin_with(&self.tokens[at..], self.lists[*list].bit()),
                Test::Class(_) | Test::Anchor(_) => true,
            })
    }

    /// How many tokens the element takes at `at`; an anchor takes none.
    fn takes(&self, element: &Element, at: usize) -> Option<usize> {
        if let [Test::Anchor(anchor)] = element.tests.as_slice() {
            return self.is_at(*anchor, at).then_some(0);
        }
        let token = self.tokens.get(at)?;
        if let Some(space) = element.space
            && space != self.has_space_before(at)
        {
            return None;
        }
        if element.not.iter().any(|test| self.passes(test, at, *token).is_some()) {
            return None;
        }
        element.tests.iter().filter_map(|test| self.passes(test, at, *token)).max()
    }

    fn passes(&self, test: &Test, at: usize, token: Token) -> Option<usize> {
        match test {
            Test::Words(words) => {
                let rest = self.tokens.get(at..at + words.len())?;
                let same = |(token, (hash, word)): (&Token, &(u32, String))| {
                    token.hash == *hash && same_word(self.text(*token), word)
                };
                rest.iter().zip(words).all(same).then_some(words.len())
            }
            Test::List(list) => {
                let count = self.document.prefix_of(&self.tokens[at..], self.lists[*list]);
                (count > 0).then_some(count)
            }
            Test::Class(class) => self.is_of(*class, at, token).then_some(1),
            Test::Anchor(_) => None,
        }
    }

    fn is_of(&self, class: Class, at: usize, token: Token) -> bool {
        match class {
            Class::Any => true,
            Class::Word => token.kind.is_word(),
            Class::Number => token.kind == TokenKind::Number,
            Class::Capitalised => token.kind == TokenKind::Capitalised,
            Class::Upper => token.kind == TokenKind::Upper,
            Class::Lower => token.kind == TokenKind::Lower,
            Class::Mark => token.kind == TokenKind::Mark,
            Class::Quote => self.quote(token).is_some(),
            Class::OpenQuote => self.quote(token).is_some_and(|mark| self.opens(mark, at)),
            Class::CloseQuote => self.quote(token).is_some_and(|mark| !self.opens(mark, at)),
        }
    }

    /// The quotation mark that the token is.
    fn quote(&self, token: Token) -> Option<char> {
        let mut chars = self.text(token).chars();
        chars.next().filter(|c| chars.next().is_none() && "\"'“”„‟‘’‚‛«»‹›「」『』".contains(*c))
    }

    /// Whether a quotation mark opens: as its language has it, or as the white space around it does.
    fn opens(&self, mark: char, at: usize) -> bool {
        let styles = self.document.pack().quotation_styles();
        let pairs = || styles.iter().flat_map(|style| [style.outer, style.inner]);
        let (can_open, can_close) =
            (pairs().any(|(open, _)| open == mark), pairs().any(|(_, close)| close == mark));
        if can_open != can_close {
            return can_open;
        }
        self.has_space_before(at) && at + 1 < self.tokens.len() && !self.has_space_before(at + 1)
    }

    fn has_space_before(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|before| self.tokens.get(before)), self.tokens.get(at)) {
            (Some(before), Some(token)) => before.span.end < token.span.start,
            _ => true,
        }
    }

    fn is_at(&self, anchor: Anchor, at: usize) -> bool {
        let place = (self.base + at) as u32;
        let sentences = self.document.sentences();
        match anchor {
            Anchor::SentenceStart => {
                sentences.binary_search_by_key(&place, |sentence| sentence.tokens.start).is_ok()
            }
            Anchor::SentenceEnd => {
                sentences.binary_search_by_key(&place, |sentence| sentence.tokens.end).is_ok()
            }
            Anchor::BlockStart => {
                self.document.blocks().binary_search_by_key(&place, |block| block.tokens.start).is_ok()
            }
            Anchor::BlockEnd => {
                self.document.blocks().binary_search_by_key(&place, |block| block.tokens.end).is_ok()
            }
        }
    }

    fn text(&self, token: Token) -> &str {
        self.document.slice(token.span)
    }

    /// The match that the path describes; none when nothing but anchors or the left-out part is marked.
    fn matched(&self) -> Option<Match> {
        let span = |element: Option<usize>| {
            let mut taken = self
                .path
                .iter()
                .filter(|taken| taken.to > taken.from && element.is_none_or(|index| taken.element == index));
            let first = taken.next()?;
            let last = taken.next_back().unwrap_or(first);
            Some(self.tokens[first.from].span.cover(self.tokens[last.to - 1].span))
        };
        let mut captures = Vec::new();
        for (index, element) in self.sequence.elements.iter().enumerate() {
            if let Some(name) = &element.name
                && let Some(span) = span(Some(index))
            {
                captures.push((name.clone(), span));
            }
        }
        let named = |name: &String| captures.iter().find(|(known, _)| known == name).map(|(_, span)| *span);
        let damage: Option<Span> = match &self.sequence.mark {
            Some(mark) => named(mark),
            None => span(None),
        };
        Some(Match { span: damage?, captures, suggestion: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::Language;

    fn compile(table: &str) -> Result<Box<dyn Matcher>, String> {
        let table: MatchTable = toml::from_str(&format!("kind = 'sequence'\n{table}")).unwrap();
        Sequence::compile(&table, &Packs::builtin()).map_err(|(_, message)| message)
    }

    fn found(tokens: &str, text: &str) -> Vec<String> {
        let matcher = compile(tokens).unwrap();
        let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
        let mut found = Vec::new();
        for block in document.blocks() {
            let first_token = block.tokens.start as usize;
            let stretch = Stretch { span: block.span, tokens: document.tokens_of(block), first_token };
            matcher.find(&document, stretch, &mut |hit| found.push(document.slice(hit.span).to_owned()));
        }
        found
    }

    #[test]
    fn words_classes_and_lists_follow_each_other() {
        assert_eq!(
            found("tokens = ['the', '<number>']", "The 12 met the 3 and the men."),
            ["The 12", "the 3"]
        );
        assert_eq!(
            found(
                "tokens = ['<capitalised>', '<reporting-verb.past>', 'that']",
                "Moss pointed out that he left."
            ),
            ["Moss pointed out that"]
        );
    }

    #[test]
    fn quantifiers_give_back_what_the_rest_needs() {
        let tokens = "tokens = ['<word>+', { is = 'end', name = 'last' }]\nmark = 'last'";
        assert_eq!(found(tokens, "to the end of the end of it"), ["end"]);
        assert_eq!(found("tokens = ['a', '<word>?', 'b']", "a b a x b a x x b"), ["a b", "a x b"]);
        assert_eq!(
            found("tokens = ['a', { is = '<number>', min = 2, max = 3 }]", "a 1 a 1 2 a 1 2 3 4"),
            ["a 1 2", "a 1 2 3"]
        );
    }

    #[test]
    fn gaps_and_exceptions_hold() {
        let tokens =
            "tokens = ['<word>', { is = [',', ';'], space = false }, { is = '<word>', not = 'and' }]";
        assert_eq!(found(tokens, "one , two, and three; four"), ["three; four"]);
    }

    #[test]
    fn anchors_take_no_token() {
        assert_eq!(found("tokens = ['<sentence-start>', 'he']", "He said he came. He left."), ["He", "He"]);
        assert_eq!(found("tokens = ['<any>', '<block-end>']", "He came. He left"), ["left"]);
    }

    #[test]
    fn marks_of_quotation_have_a_direction() {
        let text = "He said \"yes\" and “no” at once";
        assert_eq!(found("tokens = ['<open-quote>', '<word>']", text), ["\"yes", "“no"]);
        assert_eq!(found("tokens = ['<word>', '<close-quote>']", text), ["yes\"", "no”"]);
    }

    #[test]
    fn many_quantifiers_stay_quick() {
        let tokens = "tokens = ['<word>*', '<word>*', '<word>*', '<word>*', '<word>*', 'never']";
        assert!(found(tokens, &"word ".repeat(2_000)).is_empty());
    }

    #[test]
    fn the_trigger_is_the_rarest_word_that_must_be_there() {
        let trigger = |tokens: &str| compile(tokens).unwrap().trigger();
        assert_eq!(
            trigger("tokens = ['<word>', ['Also', 'moreover']]"),
            Trigger::AnyOf(vec!["also".to_owned(), "moreover".to_owned()])
        );
        assert_eq!(trigger("tokens = ['<word>', { is = 'also', min = 0 }]"), Trigger::Always);
    }

    #[test]
    fn mistakes_are_told_with_what_was_meant() {
        let message = |tokens: &str| compile(tokens).unwrap_err();
        assert!(message("tokens = ['<numbr>']").contains("did you mean `number`"));
        assert!(message("tokens = ['<reporting-verb.pst>']").contains("did you mean `reporting-verb.past`"));
        assert!(message("tokens = [{ word = 'x' }]").contains("unknown key `word`"));
        assert!(message("tokens = []").contains("at least one"));
        assert!(message("tokens = ['<block-start>']").contains("at least one"));
        assert!(message("tokens = ['a']\nmark = 'b'").contains("no element has the name `b`"));
    }
}
