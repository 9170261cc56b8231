//! A word of another language between words of the text's own.
//!
//! A word is foreign when it is frequent in another language and no word of this one, when it bears
//! accents that this language's words do not, or when the vocabulary does not have it and its letters
//! speak for another language. Names, titles, quoted and explained words are meant to stay. May use
//! `rule`, `document`, `lang` and `text`.

use super::evidence::{Evidence, FEWEST_LETTERS, evidence, is_own_word, is_slip_of_own};
use crate::rule::{CodeCheck, Confidence, Finding, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_lang::Vocabulary;
use mtlint_text::Span;
use std::collections::HashMap;

const FUNCTION_WORDS: &str = "function-words";
const PARTICLES: &str = "name-particle";
const CONTRACTIONS: &str = "contraction";
const MENTIONS: &str = "word-mention";
const LANGUAGES: &str = "language-name";

/// Phrases of other languages that the text's language uses.
const PHRASES: &str = "foreign-phrase";

/// How many words such a phrase has at most.
const LONGEST_PHRASE: usize = 5;

/// How many letters the shorter and the longer of two words have at least that lack the space between them.
const SHORTER_OF_TWO: usize = 3;
const LONGER_OF_TWO: usize = 4;

/// How many letters a word has at most that joins two words of a name in another language.
const SHORT: usize = 3;

/// How many foreign words in a row are still a slip; more are a phrase that is meant to stay, or a
/// sentence, which is another rule's matter.
const LONGEST_RUN: usize = 3;

/// How often a text says a word of another language that it uses as its own.
const OFTEN: usize = 3;

/// How many frequent words of other languages a sentence has at least that quotes a passage in one of them: what a system
/// passes through is the words that it does not know, and those are hardly frequent.
const PASSAGE: usize = 3;

/// Foreign words in a row.
struct Run<'d> {
    tokens: &'d [Token],
    /// The place of the first of them among the tokens of the document.
    first: usize,
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
        // The same of any foreign word.
        let mut often: HashMap<u32, usize> = HashMap::new();
        for run in document.blocks().iter().flat_map(|block| runs_of(document, block)) {
            let weak = run.evidence.iter().zip(run.tokens).filter(|(evidence, token)| {
                **evidence == Evidence::Letters || token.kind == TokenKind::Capitalised
            });
            weak.for_each(|(_, token)| *meant.entry(token.hash).or_default() += 1);
            run.tokens.iter().for_each(|token| *often.entry(token.hash).or_default() += 1);
            runs.push(run);
        }
        // What a sentence has many of is no slip.
        let mut of_sentence: HashMap<u32, usize> = HashMap::new();
        let sentence_of = |run: &Run| document.sentence_at(run.span()).map_or(0, |it| it.span.start);
        for run in &runs {
            let frequent = run.evidence.iter().filter(|it| **it == Evidence::Frequent).count();
            *of_sentence.entry(sentence_of(run)).or_default() += frequent;
        }
        runs.retain(|run| of_sentence.get(&sentence_of(run)).is_none_or(|count| *count < PASSAGE));
        // Several words that only look foreign may be a writer's slips, terms or local colour as well.
        let mut function_words = FunctionWordCount::default();
        runs.retain(|run| is_slip(document, run, &mut function_words));
        let looks = |run: &&Run| !run.evidence.contains(&Evidence::Frequent);
        let are_many = runs.iter().filter(looks).nth(1).is_some();
        for run in &runs {
            // What a text says again it means.
            let again = run.tokens.iter().any(|token| {
                meant.get(&token.hash).is_some_and(|times| *times > 1)
                    || often.get(&token.hash).is_some_and(|times| *times >= OFTEN)
            });
            if !again {
                let finding = add(document, run, report);
                if are_many && looks(&run) {
                    finding.only_in_company();
                }
                if !is_amid_own(document, run) {
                    finding.at_most(Confidence::Low);
                }
            }
        }
    }))
}

/// Whether a run stands among words of the sentence, its numbers and marks. Beside a name or another unknown word it is a part
/// of a name or a term as often.
fn is_amid_own(document: &Document, run: &Run<'_>) -> bool {
    let is_own = |token: Token| {
        matches!(token.kind, TokenKind::Mark | TokenKind::Number)
            || is_own_word(document, token)
            || document.is_listed(token, FUNCTION_WORDS)
    };
    run.before.is_none_or(is_own) && run.after.is_none_or(is_own)
}

fn runs_of<'d>(document: &'d Document, block: &Block) -> Vec<Run<'d>> {
    let tokens = document.tokens_of(block);
    let strangers = document.pack().telling_words().strangers(document.language());
    let vocabulary = Vocabulary::of(document.language());
    let mut runs = Vec::new();
    // Most words are the language's own, and are told so by a glance.
    let is_unknown = |token: &Token| {
        !document.text().as_bytes()[token.span.range()].is_ascii()
            || token.span.len() >= FEWEST_LETTERS && vocabulary.is_some_and(|it| !it.may_hold(token.hash))
    };
    let may_be_foreign = |token: &Token| match document.ties(*token) {
        _ if !token.kind.is_word() => false,
        Some(ties) => ties.is_of_others || token.is_small && ties.is_unknown,
        None => strangers.may_hold(token.hash) || token.is_small && is_unknown(token),
    };
    let mut index = 0;
    while let Some(own) = tokens[index..].iter().position(may_be_foreign) {
        index += own;
        let evidence: Vec<Evidence> =
            (index..tokens.len()).map_while(|index| evidence(document, tokens, index)).collect();
        let length = evidence.len();
        if (1..=LONGEST_RUN).contains(&length) {
            let before = index.checked_sub(1).map(|index| tokens[index]);
            let after = tokens.get(index + length).copied();
            let first = block.tokens.start as usize + index;
            runs.push(Run { tokens: &tokens[index..index + length], first, evidence, before, after });
        }
        index += length.max(1);
    }
    runs
}

/// Whether foreign words stand in a sentence as its own would: not as a name, a quotation, a gloss.
fn is_slip(document: &Document, run: &Run<'_>, function_words: &mut FunctionWordCount) -> bool {
    let span = run.span();
    let text = document.text();
    let words = |list| document.pack().words(list);
    let touching_before = text[..span.lo()].chars().next_back();
    let touching_after = text[span.hi()..].chars().next();
    let joined = |c: Option<char>| {
        c.is_some_and(|c| {
            matches!(c, '-' | '‐' | '‑' | '/' | '_' | ']' | '@' | '#' | '*' | '’' | '\'' | '&')
                || c.is_alphanumeric()
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
        && document.tokens()[run.first.saturating_sub(2)..run.first].iter().any(|token| {
            // The vocabulary has no words of one letter.
            let is_own = is_own_word(document, *token) || document.is_listed(*token, FUNCTION_WORDS);
            token.is_small && !is_own
        });
    let explained = run.all(Evidence::Letters)
        && run.after.is_some_and(|it| matches!(document.slice(it.span), "–" | "—"));
    // `café de olla`: a particle ties it to the word before.
    let tied = run
        .before
        .is_some_and(|token| token.is_small && words(PARTICLES).contains(document.slice(token.span)));
    let hybrid = text[..span.lo()].trim_end().ends_with('×');
    (run.before.is_some() || begins)
        && !of_a_term
        && !explained
        && !hybrid
        && !tied
        && !is_phrase(document, run)
        && !lacks_apostrophe(document, run)
        && !is_two_words(document, run)
        && !(run.all(Evidence::Letters)
            && run.tokens.iter().all(|token| is_slip_of_own(document, document.slice(token.span))))
        && run.after.is_some()
        && function_words.around(document, span) > run.tokens.len()
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
    (run.first.saturating_sub(LONGEST_PHRASE - 1)..=run.first).any(|start| {
        let words = tokens[start..].iter().take(LONGEST_PHRASE).map(|token| document.slice(token.span));
        start + phrases.prefix_of(words) >= run.first + run.tokens.len()
    })
}

/// Whether the word is one of the text's language and what it hangs on words, without the apostrophe between
/// them: `dont`.
fn lacks_apostrophe(document: &Document, run: &Run<'_>) -> bool {
    let [token] = run.tokens else { return false };
    let word = document.slice(token.span);
    let function_words = document.pack().words(FUNCTION_WORDS);
    document.pack().words(CONTRACTIONS).words().any(|ending| {
        let bare = ending.replace(['\'', '’'], "");
        word.strip_suffix(bare.as_str()).is_some_and(|stem| function_words.contains(stem))
    })
}

/// Whether the word is made of words of the text's language that lack the space between them: `walkto`, `menubar`.
fn is_two_words(document: &Document, run: &Run<'_>) -> bool {
    let ([token], Some(vocabulary)) = (run.tokens, Vocabulary::of(document.language())) else { return false };
    let word = document.slice(token.span);
    run.all(Evidence::Letters)
        && (SHORTER_OF_TWO..word.len().saturating_sub(1)).filter(|at| word.is_char_boundary(*at)).any(|at| {
            let has_two = at.max(word.len() - at) >= LONGER_OF_TWO;
            vocabulary.has(&word[..at])
                && (at >= LONGER_OF_TWO && document.pack().words(FUNCTION_WORDS).contains(&word[at..])
                    || has_two && word.len() - at >= SHORTER_OF_TWO && vocabulary.has(&word[at..]))
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
    let before = document.tokens()[..run.first].iter().rev().take(LONGEST_RUN + 1);
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

/// How many function words of the text's own language the sentence has that was asked for last: where it
/// has more than foreign words, it is of that language. Counted once a sentence.
#[derive(Default)]
struct FunctionWordCount {
    sentence: Option<Span>,
    count: usize,
}

impl FunctionWordCount {
    fn around(&mut self, document: &Document, span: Span) -> usize {
        let Some(sentence) = document.sentence_at(span) else { return 0 };
        if self.sentence != Some(sentence.span) {
            let words = document.pack().words(FUNCTION_WORDS);
            let is_own = |token: &&Token| words.contains(document.slice(token.span));
            self.sentence = Some(sentence.span);
            self.count = document.tokens_in(sentence).iter().filter(is_own).count();
        }
        self.count
    }
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
