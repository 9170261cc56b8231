//! What an operator may do to a text: the closed set of actions, one file each. Each looks for the places
//! where it can be done, draws one, and says what stands there afterwards.

mod cut;
mod insert;
mod name;
mod pair;
mod repeat;
mod replace;
mod swap;

use super::random::Random;
use super::template::{Slot, Template};
use mtlint_document::Document;
use mtlint_lang::Language;
use mtlint_text::{Edit, Span};
use regex::Regex;
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::{Arc, Mutex};

/// How many places are tried before an action gives a text up.
const TRIES: usize = 60;

/// An action with its parameters.
#[derive(Debug, Deserialize)]
#[serde(tag = "action", rename_all = "kebab-case")]
pub(super) enum Action {
    Replace(replace::Replace),
    Swap(swap::Swap),
    Insert(insert::Insert),
    Repeat(repeat::Repeat),
    Pair(pair::Pair),
    Name(name::Name),
    Cut(cut::Cut),
}

impl Action {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Replace(_) => "replace",
            Self::Swap(_) => "swap",
            Self::Insert(_) => "insert",
            Self::Repeat(_) => "repeat",
            Self::Pair(_) => "pair",
            Self::Name(_) => "name",
            Self::Cut(_) => "cut",
        }
    }

    /// The patterns, whose classes a language must have.
    pub(super) fn patterns(&self) -> Vec<&str> {
        match self {
            Self::Replace(replace) => replace.patterns(),
            Self::Insert(insert) => insert.patterns(),
            Self::Repeat(_) | Self::Swap(_) | Self::Pair(_) | Self::Name(_) | Self::Cut(_) => Vec::new(),
        }
    }

    /// # Errors
    /// A message, when a parameter cannot be.
    pub(super) fn validate(&self) -> Result<(), String> {
        for pattern in self.patterns() {
            if let Some(name) =
                super::classes::named(pattern).into_iter().find(|name| !super::classes::is_known(name))
            {
                return Err(format!("`{pattern}`: no class of words is called `{name}`"));
            }
        }
        Ok(())
    }

    /// A change of the text that does damage, or `None` where there is no place for it.
    pub(super) fn damage(&self, clean: &Clean<'_>, random: &mut Random) -> Option<Edit> {
        match self {
            Self::Replace(action) => action.damage(clean, random),
            Self::Swap(action) => action.damage(clean, random),
            Self::Insert(action) => action.damage(clean, random),
            Self::Repeat(action) => action.damage(clean, random),
            Self::Pair(action) => action.damage(clean, random),
            Self::Name(action) => action.damage(clean, random),
            Self::Cut(action) => action.damage(clean, random),
        }
    }
}

/// A clean text, as actions see it.
pub(super) struct Clean<'d> {
    document: &'d Document,
    language: Language,
    /// The blocks that are running text: headings, names and numbers by themselves are none.
    prose: Vec<usize>,
    /// What stands between backquotes, in text order.
    code: Vec<Span>,
}

/// Fewer letters are a heading or a label.
const LEAST_LETTERS: usize = 30;

impl<'d> Clean<'d> {
    pub(super) fn new(document: &'d Document, language: Language) -> Self {
        let blocks = document.blocks().iter().enumerate();
        let is_prose = |text: &str| {
            text.chars().filter(|char| char.is_alphabetic()).take(LEAST_LETTERS).count() == LEAST_LETTERS
                && text.contains(['.', '!', '?', '…', '。', '！', '？'])
                || text.chars().filter(|char| !char.is_ascii() && char.is_alphabetic()).count() > 12
                    && text.contains(['。', '！', '？'])
        };
        let prose: Vec<usize> =
            blocks.filter(|(_, block)| is_prose(document.slice(block.span))).map(|(at, _)| at).collect();
        let code = |at: &usize| code_in(document, document.blocks()[*at].span);
        let code = prose.iter().flat_map(code).collect();
        Self { document, language, prose, code }
    }

    fn text(&self) -> &'d str {
        self.document.text()
    }

    /// The spans of the blocks that are running text.
    fn paragraphs(&self) -> impl Iterator<Item = Span> {
        self.prose.iter().map(|&at| self.document.blocks()[at].span)
    }

    /// The sentences of the running text.
    fn sentences(&self) -> impl Iterator<Item = Span> {
        let blocks = self.prose.iter().map(|&at| &self.document.blocks()[at]);
        blocks.flat_map(|block| self.document.sentences_of(block)).map(|sentence| sentence.span)
    }

    /// Whether nothing but prose lies in a span and beside it: no code, address or markup.
    fn is_prose(&self, span: Span) -> bool {
        let wider = Span::new(span.lo().saturating_sub(1), (span.hi() + 1).min(self.text().len()));
        let next = self.code.partition_point(|code| code.hi() <= wider.lo());
        let is_in_code = self.code.get(next).is_some_and(|code| code.lo() < wider.hi());
        !is_in_code && !self.document.mask().covers(wider)
    }

    /// What stands between two sentences of one paragraph.
    fn joint(&self) -> &'static str {
        if matches!(self.language.as_str(), "ja" | "zh") { "" } else { " " }
    }

    /// How long a text is, in words; in Chinese and Japanese two characters are about one.
    pub(super) fn words_in(&self, span: Span) -> usize {
        let text = span.of(self.text());
        match self.joint() {
            "" => text.chars().filter(|char| char.is_alphabetic()).count() / 2,
            _ => text.split_whitespace().count(),
        }
    }

    /// The filled template; the parts of the clean text are `parts`.
    fn fill(&self, template: &Template, parts: &[&str], random: &mut Random) -> Option<String> {
        template.render(random, |slot, random| match slot {
            Slot::Part(number) => parts.get(number).map(|part| Cow::Owned((*part).to_owned())),
            Slot::Number => Some(Cow::Owned((2 + random.below(96)).to_string())),
            Slot::Name => self.any_word(random, |word| {
                word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 3
            }),
            Slot::Word => {
                self.any_word(random, |word| word.chars().all(char::is_lowercase) && word.chars().count() > 4)
            }
        })
    }

    fn any_word(&self, random: &mut Random, takes: impl Fn(&str) -> bool) -> Option<Cow<'static, str>> {
        let words = self.document.tokens().iter().filter(|token| token.kind.is_word());
        let fitting: Vec<&str> =
            words.map(|token| self.document.slice(token.span)).filter(|word| takes(word)).collect();
        random.pick(&fitting).map(|word| Cow::Owned((*word).to_owned()))
    }

    /// The first of the places, tried in an order that is drawn, of which `change` makes a change.
    fn first_of<T>(
        &self,
        mut places: Vec<T>,
        random: &mut Random,
        mut change: impl FnMut(T, &mut Random) -> Option<(Span, String)>,
    ) -> Option<Edit> {
        random.shuffle(&mut places);
        places.into_iter().take(TRIES).find_map(|place| {
            let (span, insert) = change(place, random)?;
            let is_change = span.of(self.text()) != insert && self.is_prose(span);
            is_change.then(|| Edit::replace(span, insert))
        })
    }
}

/// What stands between backquotes in a paragraph, with them.
fn code_in(document: &Document, block: Span) -> Vec<Span> {
    let ticks: Vec<usize> = document.slice(block).match_indices('`').map(|(at, _)| block.lo() + at).collect();
    ticks.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1] + 1)).collect()
}

/// The span and the text, where the text is another than stands there, without what both have in common.
fn trimmed(text: &str, span: Span, insert: &str) -> Option<(Span, String)> {
    Edit::minimal(text, span, insert).map(|edit| (edit.span, edit.insert))
}

/// A list of templates as a file has it.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Vec<String>")]
struct Templates(Vec<Template>);

impl TryFrom<Vec<String>> for Templates {
    type Error = String;

    fn try_from(texts: Vec<String>) -> Result<Self, String> {
        if texts.is_empty() {
            return Err("`with` holds a form at least".to_owned());
        }
        texts.iter().map(|text| Template::parse(text)).collect::<Result<_, _>>().map(Self)
    }
}

/// A pattern as a file has it, compiled once for each language it is used in.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
struct Pattern {
    source: String,
    compiled: Mutex<Vec<(Language, Arc<Regex>)>>,
}

impl From<String> for Pattern {
    fn from(source: String) -> Self {
        Self { source, compiled: Mutex::new(Vec::new()) }
    }
}

impl Pattern {
    /// The pattern with the classes of a language; `None` where the language does not have them.
    ///
    /// # Panics
    /// When it is no regular expression, which a test rules out for those built in.
    fn of(&self, language: Language) -> Option<Arc<Regex>> {
        let mut compiled = self.compiled.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, regex)) = compiled.iter().find(|(known, _)| *known == language) {
            return Some(regex.clone());
        }
        let expanded = super::classes::expand(&self.source, language)?;
        let regex = Arc::new(Regex::new(&expanded).unwrap_or_else(|error| panic!("{error}")));
        compiled.push((language, regex.clone()));
        Some(regex)
    }
}
