//! Words side by side that disagree in number: `this three boats`, `many boat is`, `the boats was`, `he have`.
//!
//! Asked is only where nothing stands between that might explain it, and of words that are nothing else. May use `rule`,
//! `document`, `lang` and `text`.

use crate::rule::{ClassSet, CodeCheck, Fix, ParamError, Params, Report, WordClasses};
use mtlint_document::{Document, Token, TokenKind, is_prose};
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::Edit;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// Determiners of `one` and of `several`, and each `number` of several; nouns that stand beside several as they are:
    /// `either`; words before a subject: `opener`; determiners with which one of several may begin: `begin`; pronouns, `third`
    /// and `plural`, and the verbs, `verb-of-one` and `verb-of-several`; what may stand before a number:
    /// `before-number`; words before which `he have` is right: `subjunctive`.
    words: WordClasses,
    /// What agrees, for a word that does not.
    instead: BTreeMap<String, String>,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::document(move |document, report| check(&settings, document, report)))
}

fn check(settings: &Settings, document: &Document, report: &mut Report<'_>) {
    if document.tagger().is_none() {
        return;
    }
    let class = |name| settings.words.class(name);
    let classes = Classes {
        one: class("one"),
        several: class("several") | class("number"),
        number: class("number"),
        either: class("either"),
        opener: class("opener"),
        begin: class("begin"),
        third: class("third"),
        plural: class("plural"),
        verb_of_one: class("verb-of-one"),
        verb_of_several: class("verb-of-several"),
        before_number: class("before-number"),
        subjunctive: class("subjunctive"),
    };
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let sight = Sight { document, settings, classes: &classes, tokens: document.tokens_of(block) };
        for at in 0..sight.tokens.len() {
            let token = sight.tokens[at];
            if token.kind.is_word() && token.kind != TokenKind::Upper && settings.words.of(token.hash) != 0 {
                sight.determiner(at, report);
                sight.subject(at, report);
            }
        }
    }
}

/// The classes of the settings.
struct Classes {
    one: ClassSet,
    several: ClassSet,
    number: ClassSet,
    either: ClassSet,
    opener: ClassSet,
    begin: ClassSet,
    third: ClassSet,
    plural: ClassSet,
    verb_of_one: ClassSet,
    verb_of_several: ClassSet,
    before_number: ClassSet,
    subjunctive: ClassSet,
}

struct Sight<'d> {
    document: &'d Document,
    settings: &'d Settings,
    classes: &'d Classes,
    tokens: &'d [Token],
}

impl Sight<'_> {
    fn is(&self, token: Token, class: ClassSet) -> bool {
        self.settings.words.of(token.hash) & class != 0
    }

    /// `this three boats`, `two boat`.
    fn determiner(&self, at: usize, report: &mut Report<'_>) {
        let Self { document, classes, tokens, .. } = *self;
        let first = tokens[at];
        if self.is(first, classes.one)
            && let Some(&[number, noun]) = tokens.get(at + 1..at + 3)
            && (self.is(number, classes.number) || self.is_number_of_several(number))
            && self.is_row(at, at + 2)
            && self.begins(at)
            && document.is_plural_noun(noun)
        {
            let word = document.slice(first.span);
            let finding = report.add(
                first.span.cover(noun.span),
                format!("`{word}` stands with one, and `{}` are several", document.slice(noun.span)),
            );
            if let Some(fix) = self.instead(first) {
                finding.fix(fix);
            }
            return;
        }
        // `Session Three` is a name.
        let is_several =
            self.is(first, classes.several) && (first.kind == TokenKind::Lower || self.begins(at));
        if is_several
            && let Some(&noun) = tokens.get(at + 1)
            && noun.kind == TokenKind::Lower
            && self.is_row(at, at + 1)
            && self.is_free(at)
            && self.ends_noun_phrase(at + 2)
            && document.is_singular_noun(noun)
            && !self.is(noun, classes.either)
        {
            let plural = document.plural_of(noun).unwrap_or_default();
            report
                .add(
                    first.span.cover(noun.span),
                    format!(
                        "`{}` stands with several, and `{}` is one",
                        document.slice(first.span),
                        document.slice(noun.span)
                    ),
                )
                .fix(Fix::unsafe_(
                    format!("write `{plural}`"),
                    Edit::minimal(document.text(), noun.span, &plural).into_iter().collect(),
                ));
        }
    }

    /// `he have`, `the boats was`.
    fn subject(&self, at: usize, report: &mut Report<'_>) {
        let Self { document, classes, tokens, .. } = *self;
        let first = tokens[at];
        let (head, is_plural) = if self.is(first, classes.third) {
            (at, false)
        } else if self.is(first, classes.plural) {
            (at, true)
        } else if self.is(first, classes.begin) {
            let is_adjective = |token: Token| {
                document.word_form(token).is_some_and(|form| form.tags.is_only(&[PartOfSpeech::Adjective]))
            };
            let head = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|token| is_adjective(*token)));
            let is_noun = tokens.get(head).is_some_and(|token| {
                token.kind == TokenKind::Lower
                    && document.is_plural_noun(*token)
                    && document.word_form(*token).is_some_and(|form| form.tags.is_only(&[PartOfSpeech::Noun]))
            });
            if !is_noun {
                return;
            }
            (head, true)
        } else {
            return;
        };
        let Some(&verb) = tokens.get(head + 1) else { return };
        let wrong = if is_plural { classes.verb_of_one } else { classes.verb_of_several };
        if !self.is(verb, wrong)
            || verb.kind != TokenKind::Lower
            || !self.is_row(at, head + 1)
            || !self.begins(at)
            // `We ask that he have a look.`
            || !is_plural && at > 0 && self.is(tokens[at - 1], classes.subjunctive)
            // `whether they is or are meant`, and what is spoken of.
            || document.quotations().holds(first.span.cover(verb.span))
        {
            return;
        }
        let word = document.slice(verb.span);
        let finding = report.add(
            first.span.cover(verb.span),
            format!("`{word}` does not agree with `{}`", document.slice(tokens[head].span)),
        );
        if let Some(fix) = self.instead(verb) {
            finding.fix(fix);
        }
    }

    /// What writes the word that agrees.
    fn instead(&self, token: Token) -> Option<Fix> {
        let word = self.document.slice(token.span);
        let right = self.settings.instead.get(&word.to_lowercase().replace('’', "'"))?;
        let mut letters = right.chars();
        let right = match token.kind {
            TokenKind::Capitalised => letters.next()?.to_uppercase().chain(letters).collect(),
            _ => right.clone(),
        };
        let edits = Edit::minimal(self.document.text(), token.span, &right).into_iter().collect();
        Some(Fix::unsafe_(format!("write `{right}`"), edits))
    }

    /// A number in digits of more than one, no year.
    fn is_number_of_several(&self, token: Token) -> bool {
        let digits = self.document.slice(token.span);
        token.kind == TokenKind::Number
            && digits.len() <= 3
            && digits.parse::<u32>().is_ok_and(|number| number > 1)
    }

    /// Whether the tokens from one place to another are words of the text, a space between each two, and tied to no other.
    fn is_row(&self, from: usize, to: usize) -> bool {
        let Self { document, tokens, .. } = *self;
        let span = tokens[from].span.cover(tokens[to].span);
        let is_tie =
            |token: &Token| matches!(document.slice(token.span), "-" | "‐" | "‑" | "'" | "’" | "/" | "_");
        let touches = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at)).is_some_and(|token| {
                (token.span.end == span.start || token.span.start == span.end) && is_tie(token)
            })
        };
        tokens[from..=to].windows(2).all(|pair| pair[0].span.end + 1 == pair[1].span.start)
            && !touches(from.checked_sub(1))
            && !touches(Some(to + 1))
            && !document.mask().covers(span)
            && !document.is_quoted_closely(span)
    }

    /// Whether a clause may begin with the token.
    fn begins(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|at| self.tokens[at]) else { return true };
        before.kind == TokenKind::Mark && before.span.end < self.tokens[at].span.start
            || self.is(before, self.classes.opener)
    }

    /// Whether no number or fraction stands before: `one in four chance`, `a many year`.
    fn is_free(&self, at: usize) -> bool {
        at.checked_sub(1).map(|at| self.tokens[at]).is_none_or(|before| {
            before.kind != TokenKind::Number
                && (before.kind == TokenKind::Lower
                    || before.kind == TokenKind::Capitalised
                    || before.span.end < self.tokens[at].span.start)
                && !self.is(before, self.classes.one)
                && !self.is(before, self.classes.before_number)
        })
    }

    /// Whether no noun phrase goes on at a place: the text ends there, or a mark or a small word stands there.
    fn ends_noun_phrase(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at) else { return true };
        let document = self.document;
        match next.kind {
            TokenKind::Mark => document.ascii_mark(*next).is_some_and(|mark| {
                b",.;:?!".contains(&mark) && self.tokens[at - 1].span.end == next.span.start
            }),
            TokenKind::Lower => document.word_form(*next).is_some_and(|form| {
                use PartOfSpeech::{
                    Adposition, Adverb, Auxiliary, CoordinatingConjunction, Particle, Pronoun,
                    SubordinatingConjunction,
                };
                // `two or three boats`.
                form.usual.part() != CoordinatingConjunction
                    && form.tags.is_only(&[
                        Adposition,
                        Adverb,
                        Auxiliary,
                        Particle,
                        Pronoun,
                        SubordinatingConjunction,
                    ])
            }),
            _ => false,
        }
    }
}
