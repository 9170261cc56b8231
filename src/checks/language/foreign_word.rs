//! A word of another language between words of the text's own.
//!
//! A word is foreign when it is frequent in another language and no word of this one, when it bears
//! accents that this language's words do not, or when the vocabulary does not have it and its letters
//! speak for another language. Names, titles, quoted and explained words are meant to stay. May use
//! `rule`, `document`, `lang` and `text`.

use crate::document::{Block, Document, Token, TokenKind};
use crate::lang::{Script, Vocabulary};
use crate::rule::{CodeCheck, Finding, ParamError, Params, Report};
use crate::text::Span;
use std::collections::HashMap;

/// Words of the text's language that other languages have too, and names in lower case.
const HOMOGRAPHS: &str = "homographs";
const FUNCTION_WORDS: &str = "function-words";
const LOANWORDS: &str = "loanwords";
/// Words of the language that are too young for its vocabulary.
const RECENT: &str = "recent-words";
/// Words of other languages that are names where they bear a capital.
const NAMES: &str = "name-elsewhere-word";
const PARTICLES: &str = "name-particle";
const MENTIONS: &str = "word-mention";
const LANGUAGES: &str = "language-name";
/// What other languages write before an apostrophe: `dell’`, `qu’`.
const ELIDED: &str = "elided-word";
/// What the language itself hangs on a word with an apostrophe.
const CONTRACTIONS: &str = "contraction";

/// Phrases of other languages that the text's language uses.
const PHRASES: &str = "foreign-phrase";

/// How many words such a phrase has at most.
const LONGEST_PHRASE: usize = 5;

/// How many letters the first of two words has at least that lack the space between them.
const FIRST_OF_TWO: usize = 4;

/// How many letters a word has at most that joins two words of a name in another language.
const SHORT: usize = 3;

/// How many foreign words in a row are still a slip; more are a phrase that is meant to stay, or a
/// sentence, which is another rule's matter.
const LONGEST_RUN: usize = 3;

/// From how many letters on a word's letters tell its language, and how strange they are at least:
/// the fewer there are, the less they tell.
const STRANGE: [(usize, f32); 3] = [(7, 2.0), (5, 3.0), (4, 4.5)];

/// What tells that a word is of another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Evidence {
    /// It is frequent there.
    Frequent,
    /// Accents.
    Accents,
    /// The groups of letters that it is made of.
    Letters,
}

/// Foreign words in a row.
struct Run<'d> {
    tokens: &'d [Token],
    evidence: Vec<Evidence>,
    before: Option<Token>,
    after: Option<Token>,
}

impl Run<'_> {
    fn span(&self) -> Span {
        self.tokens.iter().fold(self.tokens[0].span, |span: Span, token| span.cover(token.span))
    }

    fn all(&self, evidence: Evidence) -> bool {
        self.evidence.iter().all(|each| *each == evidence)
    }
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let mut runs = Vec::new();
        // How often each word stands in the text that it may mean: one whose letters alone speak against
        // it, and one with a capital.
        let mut meant: HashMap<u32, usize> = HashMap::new();
        for run in document.blocks().iter().flat_map(|block| runs_of(document, block)) {
            let weak = run.evidence.iter().zip(run.tokens).filter(|(evidence, token)| {
                **evidence == Evidence::Letters || token.kind == TokenKind::Capitalised
            });
            weak.for_each(|(_, token)| *meant.entry(token.hash).or_default() += 1);
            runs.push(run);
        }
        // Several words whose letters alone are strange may be a writer's slips and terms as well.
        let strange = runs.iter().filter(|run| run.all(Evidence::Letters)).take(2).count();
        for run in &runs {
            // What a text says again it means.
            let again = run.tokens.iter().any(|token| meant.get(&token.hash).is_some_and(|times| *times > 1));
            if !again && is_slip(document, run) {
                let finding = add(document, run, report);
                if strange > 1 && run.all(Evidence::Letters) {
                    finding.only_in_company();
                }
            }
        }
    }))
}

fn runs_of<'d>(document: &'d Document, block: &Block) -> Vec<Run<'d>> {
    let tokens = document.tokens_of(block);
    let strangers = document.pack().telling_words().strangers(document.language());
    let vocabulary = Vocabulary::of(document.language());
    let mut runs = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        // Most words are the language's own, and are told so by a glance.
        let token = tokens[index];
        let own = || {
            !strangers.may_hold(token.hash)
                && (token.kind != TokenKind::Lower
                    || vocabulary.is_none_or(|vocabulary| vocabulary.may_hold(token.hash)))
                && document.slice(token.span).is_ascii()
        };
        if !token.kind.is_word() || own() {
            index += 1;
            continue;
        }
        let evidence: Vec<Evidence> =
            (index..tokens.len()).map_while(|index| evidence(document, tokens, index)).collect();
        let length = evidence.len();
        if (1..=LONGEST_RUN).contains(&length) {
            let before = index.checked_sub(1).map(|index| tokens[index]);
            let after = tokens.get(index + length).copied();
            runs.push(Run { tokens: &tokens[index..index + length], evidence, before, after });
        }
        index += length.max(1);
    }
    runs
}

fn evidence(document: &Document, tokens: &[Token], index: usize) -> Option<Evidence> {
    let token = tokens[index];
    let word = document.slice(token.span);
    if !token.is_small {
        let noun = token.kind == TokenKind::Capitalised && is_common_noun(document, tokens, index);
        return noun.then_some(Evidence::Frequent);
    }
    let pack = document.pack();
    let stem = pack.words(CONTRACTIONS).words().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let own = |word: &str| pack.words(HOMOGRAPHS).contains(word) || pack.words(LOANWORDS).contains(word);
    if stem.chars().nth(1).is_none() || own(stem) || own(word) {
        return None;
    }
    if is_frequent_elsewhere(document, stem) || is_elided(document, stem) {
        return Some(Evidence::Frequent);
    }
    if stem.contains(['\'', '’']) {
        return None;
    }
    if !stem.is_ascii() {
        // Macrons are how Japanese, Arabic and Maori words are transcribed, which are meant to stay.
        let latin = stem.chars().all(|c| Script::of(c) == Some(Script::Latin) && !"āēīōū".contains(c));
        let accented = latin && stem.chars().nth(2).is_some() && !is_inflected(document, stem);
        return accented.then_some(Evidence::Accents);
    }
    let least = STRANGE.iter().find(|(letters, _)| stem.len() >= *letters).map(|(_, least)| *least)?;
    let vocabulary = Vocabulary::of(document.language())?;
    let strange = !vocabulary.has(stem)
        && vocabulary.strangeness(stem) > least
        && stem.bytes().all(|byte| byte.is_ascii_lowercase())
        && !pack.words(RECENT).contains(stem)
        && !pack.is_abbreviation(stem)
        && !is_inflected(document, stem)
        && !is_transcribed_japanese(stem);
    strange.then_some(Evidence::Letters)
}

/// Whether a word is made of the syllables of Japanese in the Hepburn transcription, with a consonant
/// that tells it from Italian and Spanish: `rakugo`. Such words stand for things that have no other name.
fn is_transcribed_japanese(word: &str) -> bool {
    const ONSETS: [&str; 26] = [
        "ky", "gy", "sh", "ch", "ts", "ny", "hy", "by", "py", "my", "ry", "k", "g", "s", "z", "t", "d", "n",
        "h", "b", "p", "f", "m", "y", "r", "w",
    ];
    let mut rest = word;
    while !rest.is_empty() {
        let onset = ONSETS.iter().find(|onset| rest.starts_with(**onset)).map_or(0, |onset| onset.len());
        let syllable = rest[onset..].starts_with(['a', 'i', 'u', 'e', 'o']);
        rest = match (syllable, rest.strip_prefix('n')) {
            (true, _) => &rest[onset + 1..],
            (false, Some(after)) => after,
            (false, None) => return false,
        };
    }
    word.contains(['k', 'w', 'y', 'z', 'h'])
}

/// Whether the word begins with what only other languages elide: `nell’agosto`, `l’affaire`.
fn is_elided(document: &Document, word: &str) -> bool {
    let Some((head, tail)) = word.split_once(['\'', '’']) else { return false };
    let own = Vocabulary::of(document.language()).is_none_or(|vocabulary| vocabulary.has(tail));
    document.pack().words(ELIDED).contains(head) && tail.chars().nth(3).is_some() && (!own || head.len() > 1)
}

/// Whether a capitalised word is no name, but a noun of a language that capitalises nouns, right after
/// a word or number of the sentence and before a word in lower case or a mark, or a word of another
/// language that begins a sentence.
fn is_common_noun(document: &Document, tokens: &[Token], index: usize) -> bool {
    let token = tokens[index];
    let word = document.slice(token.span);
    let pack = document.pack();
    let small = |token: Option<&Token>| token.is_some_and(|token| token.is_small);
    let before = index.checked_sub(1).and_then(|index| tokens.get(index));
    let after = tokens.get(index + 1);
    let is_mark = |marks: &[&str]| after.is_some_and(|token| marks.contains(&document.slice(token.span)));
    let inside = before.is_some_and(|token| {
        token.kind == TokenKind::Number || small(before) || is_own_word(document, *token)
    }) && (small(after) || is_mark(&[",", "."]));
    let begins = word.chars().nth(3).is_some()
        && document.sentence_at(token.span).is_some_and(|sentence| {
            let first = document.tokens_in(sentence).iter().find(|token| token.kind != TokenKind::Mark);
            first == Some(&token)
        })
        && (is_mark(&[","]) || small(after) && after.is_some_and(|after| is_own_word(document, *after)));
    let lower = word.to_lowercase();
    let noun = || pack.telling_words().users(&lower).any(|user| pack.capitalises_nouns(user));
    word.chars().nth(2).is_some()
        && (inside && noun() || begins && !is_own_word(document, token))
        && !pack.words(HOMOGRAPHS).contains(word)
        && !pack.words(PARTICLES).contains(word)
        && !pack.words(NAMES).contains(word)
        && is_frequent_elsewhere(document, &lower)
}

/// Whether the vocabulary has the word, or it is a country, a people or a month.
fn is_own_word(document: &Document, token: Token) -> bool {
    Vocabulary::of(document.language()).is_some_and(|vocabulary| vocabulary.may_hold(token.hash))
        || document.pack().is_proper_noun(document.slice(token.span))
}

fn is_frequent_elsewhere(document: &Document, word: &str) -> bool {
    let mut users = document.pack().telling_words().users(word).peekable();
    users.peek().is_some() && users.all(|user| Some(user) != document.language())
}

/// Whether the word is a loanword with an ending of its new language: `cafés`, `clichéd`.
fn is_inflected(document: &Document, word: &str) -> bool {
    let loanwords = document.pack().words(LOANWORDS);
    ["s", "d", "es", "ed", "ing", "ly", "r", "rs"]
        .iter()
        .any(|ending| word.strip_suffix(ending).is_some_and(|stem| loanwords.contains(stem)))
}

/// Whether foreign words stand in a sentence as its own would: not as a name, a quotation, a gloss.
fn is_slip(document: &Document, run: &Run<'_>) -> bool {
    let span = run.span();
    let text = document.text();
    let words = |list| document.pack().words(list);
    let touching_before = text[..span.lo()].chars().next_back();
    let touching_after = text[span.hi()..].chars().next();
    let joined = |c: Option<char>| {
        c.is_some_and(|c| {
            matches!(c, '-' | '/' | '_' | '@' | '#' | '*' | '’' | '\'' | '&') || c.is_alphanumeric()
        })
    };
    let bracketed = matches!(touching_before, Some('(' | '[')) || text[span.hi()..].starts_with(" (");
    let mentioned = run.before.is_some_and(|token| {
        let word = document.slice(token.span);
        words(MENTIONS).contains(word) || words(LANGUAGES).contains(word)
    });
    // A quotation that goes on in the text's language is no title.
    let goes_on = run.before.is_some_and(|token| token.is_small && is_own_word(document, token));
    let begins = !run.tokens[0].is_small;
    // The second word of a species, a term: what stands before it is unknown as well.
    let of_a_term = run.all(Evidence::Letters)
        && run.before.is_some_and(|token| token.is_small && !is_own_word(document, token));
    let explained = run.all(Evidence::Letters)
        && run.after.is_some_and(|it| matches!(document.slice(it.span), "–" | "—"));
    let hybrid = text[..span.lo()].trim_end().ends_with('×');
    (run.before.is_some() || begins)
        && !of_a_term
        && !explained
        && !hybrid
        && !is_phrase(document, run)
        && !is_two_words(document, run)
        && run.after.is_some()
        && is_native_sentence(document, span, run.tokens.len())
        && !joined(touching_before)
        && !joined(touching_after)
        && !bracketed
        && !is_named(document, run)
        && !mentioned
        && !document.mask().covers(span)
        && (goes_on || !document.is_quoted_closely(span))
}

/// Whether the words belong to a phrase that the text's language took over: `ad hominem`.
fn is_phrase(document: &Document, run: &Run<'_>) -> bool {
    let phrases = document.pack().words(PHRASES);
    let tokens = document.tokens();
    let at = tokens.partition_point(|token| token.span.start < run.span().start);
    (at.saturating_sub(LONGEST_PHRASE - 1)..=at).any(|start| {
        let words = tokens[start..].iter().take(LONGEST_PHRASE).map(|token| document.slice(token.span));
        start + phrases.prefix_of(words) >= at + run.tokens.len()
    })
}

/// Whether the word is one of the text's language and a function word that lack the space between them:
/// `walkto`.
fn is_two_words(document: &Document, run: &Run<'_>) -> bool {
    let ([token], Some(vocabulary)) = (run.tokens, Vocabulary::of(document.language())) else { return false };
    let word = document.slice(token.span);
    run.all(Evidence::Letters)
        && (FIRST_OF_TWO..word.len().saturating_sub(1)).filter(|at| word.is_char_boundary(*at)).any(|at| {
            vocabulary.has(&word[..at]) && document.pack().words(FUNCTION_WORDS).contains(&word[at..])
        })
}

/// Whether foreign words go on with a name or stand inside one.
fn is_named(document: &Document, run: &Run<'_>) -> bool {
    let words = |list| document.pack().words(list);
    let is_name = |token: Option<Token>| {
        token.is_some_and(|token| matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper))
    };
    // A capital at the beginning of a sentence makes no name of a function word.
    let begins = run.before.is_some_and(|token| words(FUNCTION_WORDS).contains(document.slice(token.span)));
    // `Česká dráha`: names of other languages go on in lower case, and so do those of species.
    let followed =
        run.after.is_some_and(|token| token.kind == TokenKind::Lower && !is_own_word(document, token));
    let of_another_language = (!run.all(Evidence::Frequent) || followed)
        && run
            .before
            .is_some_and(|token| token.kind == TokenKind::Capitalised && !is_own_word(document, token));
    let particles = run.tokens.iter().any(|token| words(PARTICLES).contains(document.slice(token.span)));
    is_name(run.before) && !begins && (is_name(run.after) || of_another_language)
        || goes_on_with_name(document, run)
        || particles && (is_name(run.before) || is_name(run.after))
}

/// Whether a few words in lower case lead from a name of another language to the run: `Svaz měst a obcí`.
fn goes_on_with_name(document: &Document, run: &Run<'_>) -> bool {
    if run.all(Evidence::Frequent) {
        return false;
    }
    let end = document.tokens().partition_point(|token| token.span.start < run.span().start);
    let before = document.tokens()[..end].iter().rev().take(LONGEST_RUN + 1);
    let particles = document.pack().words(PARTICLES);
    let mut steps = 0;
    for token in before {
        match token.kind {
            TokenKind::Capitalised => return steps > 0 && !is_own_word(document, *token),
            TokenKind::Lower
                if token.span.len() <= SHORT
                    && !document.pack().words(FUNCTION_WORDS).contains(document.slice(token.span))
                    || particles.contains(document.slice(token.span))
                    || !is_own_word(document, *token) =>
            {
                steps += 1;
            }
            _ => return false,
        }
    }
    false
}

/// Whether the sentence around the words is of the text's own language, by its function words.
fn is_native_sentence(document: &Document, span: Span, foreign: usize) -> bool {
    let Some(sentence) = document.sentence_at(span) else { return false };
    let function_words = document.pack().words(FUNCTION_WORDS);
    let own = document
        .tokens_in(sentence)
        .iter()
        .filter(|token| function_words.contains(document.slice(token.span)));
    own.take(foreign + 1).count() > foreign
}

fn add<'r>(document: &Document, run: &Run<'_>, report: &'r mut Report<'_>) -> &'r mut Finding {
    let span = run.span();
    let words = document.slice(span);
    report.add(
        span,
        format!(
            "`{words}` belongs to another language: the system passed a word of the source through; translate it"
        ),
    )
}
