//! Sentences left in another language.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::{Block, Document, Sentence, Token, TokenKind};
use mtlint_lang::{Script, Vocabulary, identify, is_latin_alone};
use mtlint_text::Span;

/// How many words a sentence has at least to be told by its words.
const FEWEST_WORDS: usize = 6;
/// How many of its words, as one in so many, must be function words of the other language.
const FUNCTION_SHARE: usize = 6;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let Some(main) = document.script() else { return };
    let mut open: Option<(Span, String)> = None;
    // A paragraph of one sentence may be a motto, which is meant to stay.
    let is_alone = document.sentences_of(block).len() < 2;
    for sentence in document.sentences_of(block) {
        let name = language_of(document, sentence, main, is_alone);
        match (&mut open, name) {
            (Some((span, language)), Some(name)) if *language == name => *span = span.cover(sentence.span),
            (open, name) => {
                if let Some((span, language)) = open.take() {
                    add(document, span, &language, report);
                }
                *open = name.map(|name| (sentence.span, name));
            }
        }
    }
    if let Some((span, language)) = open {
        add(document, span, &language, report);
    }
}

/// What the sentence is left in, or `None` when it is in the document's language or too short to tell.
fn language_of(document: &Document, sentence: &Sentence, main: Script, is_alone: bool) -> Option<String> {
    let text = document.slice(sentence.span);
    if document.mask().covers(sentence.span) {
        return None;
    }
    by_script(document, text, main).or_else(|| by_words(document, sentence, text, is_alone))
}

fn by_script(document: &Document, text: &str, main: Script) -> Option<String> {
    if main == Script::Latin && (document.is_latin_alone() || is_latin_alone(text)) {
        return None;
    }
    let (mut foreign, mut letters) = (0, 0);
    for script in text.chars().filter_map(Script::of) {
        letters += 1;
        foreign += usize::from(script.is_foreign_to(main));
    }
    let script = mtlint_lang::dominant_script(text)?;
    let long = match script {
        Script::Han | Script::Kana | Script::Thai => foreign >= 6,
        _ => text.split_whitespace().count() >= 3 || foreign >= 15,
    };
    (script.is_foreign_to(main) && foreign * 10 >= letters * 7 && long)
        .then(|| format!("{} script", script.name()))
}

/// Looks for a language only where the sentence lacks the words that hardly any sentence of the
/// document's language does without.
fn by_words(document: &Document, sentence: &Sentence, text: &str, is_alone: bool) -> Option<String> {
    let own = document.language()?;
    let function_words = document.pack().function_words();
    let tokens = document.tokens_in(sentence);
    let is_own = |token: &Token| {
        token.kind == TokenKind::Lower && document.ties(*token).is_some_and(|ties| ties.is_own_alone)
    };
    if tokens.iter().any(is_own) {
        return None;
    }
    let words = tokens.iter().filter(|token| token.kind.is_word());
    let small = words.clone().filter(|token| token.is_small).count();
    // More capitals than small words are names: those of authors, in a list of books.
    if 2 * small < words.clone().count() {
        return None;
    }
    if words.clone().count() < FEWEST_WORDS {
        return if is_alone { None } else { by_unknown_words(document, words.copied(), text) };
    }
    let own_hits = words.filter(|token| {
        let word = document.slice(token.span).to_lowercase();
        function_words.users(&word).any(|user| user == own)
    });
    let own_hits = own_hits.count();
    let evidence = function_words.evidence(text)?;
    let telling = evidence.language != own
        && evidence.hits >= 2.max(2 * own_hits + 1)
        && evidence.weight >= 1.0
        && evidence.hits * FUNCTION_SHARE >= evidence.words;
    // Single letters are abbreviations as well: `v.`, `k.o.`
    // Titles between quotation marks are meant to stay.
    let has_word = || {
        let mut marks = MarkCounts::default();
        let mut outside = tokens.iter().filter(|token| {
            marks.read(&text[..token.span.lo() - sentence.span.lo()]);
            !marks.is_quoted()
        });
        outside.any(|token| {
            let word = document.slice(token.span);
            word.chars().nth(1).is_some()
                && function_words.users(&word.to_lowercase()).any(|user| user == evidence.language)
        })
    };
    // Asked last: it is by far the dearest question.
    let language = (telling && has_word()).then(|| identify::passage(text, function_words)).flatten()?;
    (language != own).then(|| language.to_string())
}

/// How many words a sentence has at least of which the document's language knows hardly any.
const FEWEST_UNKNOWN: usize = 2;

/// The language of a sentence of few words, of which the document's language knows one at most, as two languages have some
/// words in common.
fn by_unknown_words(document: &Document, words: impl Iterator<Item = Token>, text: &str) -> Option<String> {
    let own = document.language()?;
    let vocabulary = Vocabulary::of(document.language())?;
    let function_words = document.pack().function_words();
    let (mut known, mut unknown) = (0, 0);
    for word in words {
        let lower = document.slice(word.span).to_lowercase();
        let is_of_others = function_words.is_of_others(&lower, Some(own));
        let is_own = vocabulary.may_hold(word.hash) || document.word_form(word).is_some();
        match is_own && !is_of_others {
            true => known += 1,
            false => unknown += 1,
        }
    }
    if known > 1 || unknown < FEWEST_UNKNOWN {
        return None;
    }
    let language = identify::passage(text, document.pack().function_words())?;
    (language != own).then(|| language.to_string())
}

/// The quotation marks up to a place of a sentence, each read once.
#[derive(Default)]
struct MarkCounts {
    read: usize,
    open: usize,
    closed: usize,
    straight: usize,
}

impl MarkCounts {
    /// Reads on to the end of `before`, which only grows from one call to the next.
    fn read(&mut self, before: &str) {
        for mark in before[self.read..].chars() {
            match mark {
                '“' => self.open += 1,
                '”' => self.closed += 1,
                '"' => self.straight += 1,
                _ => {}
            }
        }
        self.read = before.len();
    }

    fn is_quoted(&self) -> bool {
        self.open > self.closed || self.straight % 2 == 1
    }
}

fn add(document: &Document, span: Span, language: &str, report: &mut Report<'_>) {
    // Who speaks another language is quoted in it.
    if document.is_quoted_closely(span) || starts_quoted(document, span) || document.quotations().holds(span)
    {
        return;
    }
    report.add(
        span,
        format!("left in another language ({language}): the system passed the text through; translate it"),
    );
}

/// Whether the sentence stands between quotation marks: a saying or a title may be meant to stay.
fn starts_quoted(document: &Document, span: Span) -> bool {
    document.slice(span).starts_with(['“', '"', '«', '„', '‘', '「', '『', '《', '('])
}
