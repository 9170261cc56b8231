//! A form of a verb that its auxiliary never takes: `did not said`, `has began`, `would brought`.
//!
//! The tagger goes by what should stand there and is no judge of it; the lexicon tells which forms a word may be. May use
//! `rule`, `document`, `lang` and `text`.

use crate::rule::{ClassSet, CodeCheck, Fix, ParamError, Params, Report, WordClasses};
use mtlint_document::{Document, Token, TokenKind, VerbForms, is_prose};
use mtlint_lang::tagger::{PartOfSpeech, VerbForm};
use mtlint_text::Edit;
use serde::Deserialize;

/// How many adverbs stand between.
const MOST_BETWEEN: usize = 2;

/// From how often a word occurs the lexicon knows all forms that it may be, in quarters of a power of two.
const FREQUENT: u8 = 30;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// Auxiliaries by the form that they take: `do`, `modal`, `have`, `be`; those and the adverbs that say no: `not`; adverbs
    /// that stand between: `between`.
    words: WordClasses,
    /// How a verb ends whose past and participle are alike: of these the lexicon may know one alone.
    regular_endings: Vec<String>,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::document(move |document, report| check(&settings, document, report)))
}

/// What stands before a verb and chooses its form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Do,
    Modal,
    Have,
    Be,
}

/// What the words of the settings are.
struct Sight<'s> {
    settings: &'s Settings,
    leads: [(Lead, ClassSet); 4],
    between: ClassSet,
    not: ClassSet,
}

fn check(settings: &Settings, document: &Document, report: &mut Report<'_>) {
    if document.tagger().is_none() {
        return;
    }
    let class = |name| settings.words.class(name);
    let leads = [(Lead::Do, "do"), (Lead::Modal, "modal"), (Lead::Have, "have"), (Lead::Be, "be")];
    let sight = Sight {
        settings,
        leads: leads.map(|(lead, name)| (lead, class(name))),
        between: class("between"),
        not: class("not"),
    };
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let tokens = document.tokens_of(block);
        for (at, token) in tokens.iter().enumerate() {
            if !token.kind.is_word() || token.kind == TokenKind::Upper {
                continue;
            }
            let classes = settings.words.of(token.hash);
            let lead = sight.leads.iter().find(|(_, lead)| classes & lead != 0);
            if classes != 0
                && let Some((lead, _)) = lead
                && let Some(verb) = sight.verb_behind(document, tokens, at, *lead)
            {
                // A modal is a name or a noun as well: `Dr May walked in`, `a will made in May`.
                let is_auxiliary = document
                    .tag_of(block.tokens.start as usize + at)
                    .is_some_and(|tag| tag.part() == PartOfSpeech::Auxiliary);
                if is_auxiliary && token.kind == TokenKind::Lower || *lead != Lead::Modal {
                    let takes_base = matches!(lead, Lead::Do | Lead::Modal);
                    report_verb(document, tokens, at, verb, takes_base, report);
                }
            }
        }
    }
}

impl Sight<'_> {
    fn is(&self, token: Token, class: ClassSet) -> bool {
        self.settings.words.of(token.hash) & class != 0
    }

    /// The place of the verb behind an auxiliary, if it is in a form that this never takes.
    fn verb_behind(&self, document: &Document, tokens: &[Token], at: usize, lead: Lead) -> Option<usize> {
        let mut is_negated = self.is(tokens[at], self.not);
        let mut verb = at + 1;
        while verb - at <= MOST_BETWEEN && self.is(*tokens.get(verb)?, self.between) {
            is_negated |= self.is(tokens[verb], self.not);
            verb += 1;
        }
        let token = *tokens.get(verb)?;
        let span = tokens[at].span.cover(token.span);
        let is_wrong = token.kind == TokenKind::Lower
            && self.is_never(lead, is_negated, document.verb_forms(token)?, document.slice(token.span))
            && tokens[at..=verb].windows(2).all(|pair| pair[0].span.end + 1 == pair[1].span.start)
            && tokens
                .get(verb + 1)
                .is_none_or(|next| next.span.start > token.span.end || !is_tie(document, *next))
            && !document.mask().covers(span)
            && !document.is_quoted_closely(span);
        is_wrong.then_some(verb)
    }

    /// Whether an auxiliary never takes these forms.
    fn is_never(&self, lead: Lead, is_negated: bool, forms: VerbForms, word: &str) -> bool {
        let is_regular = self.settings.regular_endings.iter().any(|ending| word.ends_with(ending.as_str()));
        let is_present = forms.base || forms.present;
        let only_past = forms.past && !forms.past_participle && !is_present && !is_regular;
        let only_present = is_present && !forms.past && !forms.past_participle && !forms.present_participle;
        match lead {
            Lead::Do => !is_present && (is_negated || only_past),
            Lead::Modal => !is_present,
            Lead::Have | Lead::Be => only_past || only_present && forms.frequency >= FREQUENT,
        }
    }
}

/// What ties a word to the next: `won't be make-work jobs`.
fn is_tie(document: &Document, token: Token) -> bool {
    matches!(document.slice(token.span), "-" | "‐" | "‑" | "'" | "’" | "/" | "_")
}

fn report_verb(
    document: &Document,
    tokens: &[Token],
    at: usize,
    verb: usize,
    takes_base: bool,
    report: &mut Report<'_>,
) {
    let span = tokens[at].span.cover(tokens[verb].span);
    let (lead, word) = (document.slice(tokens[at].span), document.slice(tokens[verb].span));
    let finding = report.add(span, format!("`{lead}` never takes the form `{word}`"));
    // The base of a regular verb is in the word.
    if takes_base && let Some(base) = base_of(document, word) {
        finding.fix(Fix::unsafe_(
            format!("write `{base}`"),
            Edit::minimal(document.text(), tokens[verb].span, &base).into_iter().collect(),
        ));
    }
}

/// The base of a verb that the lexicon knows, where its form is the base and an ending.
fn base_of(document: &Document, word: &str) -> Option<String> {
    let forms = document.tagger()?.forms();
    let is_base = |base: &str| {
        forms
            .find(base)
            .is_some_and(|form| form.tags.tags().any(|tag| tag.verb_form() == Some(VerbForm::Base)))
    };
    (1..=2)
        .filter_map(|length| word.get(..word.len().checked_sub(length)?))
        .find(|base| is_base(base))
        .map(str::to_owned)
}
