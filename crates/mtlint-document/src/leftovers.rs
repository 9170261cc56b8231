//! Leftovers: sentences of a few words that are none, for what makes a sentence of them stands in the sentence before.
//!
//! A language that puts the verb last says who and what first. Cut at the wrong place, the end of the sentence comes
//! back as one of its own: `Pointed out.`, `has been.`, `In the case of.` What the words are is asked of the lexicon of
//! word forms, and where that does not decide, of the model of pieces; a language without them has no leftovers.

use super::stubs::{self, Stub};
use super::{Document, Token, TokenKind};
use mtlint_lang::pieces::{self, Candidate, Pieces};
use mtlint_lang::tagger::{PartOfSpeech, VerbForm, WordForm};
use mtlint_text::Span;

/// Pronouns that stand for nobody: `it was said`.
const IMPERSONAL: &str = "pronoun.impersonal";
/// Of these, those that say only that there is something.
const EXISTENTIAL: &str = "pronoun.existential";
const SUBJECTS: &str = "pronoun.subject";

/// How often a verb stands beside what is said, in 255ths, that tells of saying, thinking or perceiving: alone, and
/// where words such as `it was` stand before it.
const REPORTS: u8 = 16;
const REPORTS_LED: u8 = 8;
/// The same of verbs that tell of nothing else: `He said.` wants what was said.
const REPORTS_BARE: u8 = 100;

/// Abbreviations that a word in lower case often follows.
const ABBREVIATIONS: &str = "abbreviation.before-lower";
/// Endings of verbs that stand as words: `ing`.
const ENDINGS: &str = "verb-ending";

/// A sentence of a few words that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leftover {
    pub kind: LeftoverKind,
    /// The words and the full stop.
    pub span: Span,
    /// The same with the white space before it: what is deleted when the leftover goes.
    pub with_gap: Span,
    pub first: Token,
    /// The mark that ends the sentence before: `.`, `!`, `?`, `…`.
    pub after: char,
    /// Whether the sentence before ends in a closing quotation mark.
    pub after_quotation: bool,
}

/// What is left over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftoverKind {
    /// A verb of saying or perceiving, alone or with what stands before it.
    Reporting(Lead),
    /// Another verb with its auxiliaries and without its subject: `Was held.`
    Predicate,
    /// Auxiliaries alone: `Has been.`
    Auxiliaries,
    /// The end of a verb: `ing.`
    Ending,
    /// Words that need another behind them: `From.`, `In the case of.`
    FunctionWords,
}

/// What stands before a verb that is left over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// Nothing, or adverbs: `Also stated.`
    None,
    /// Auxiliaries, maybe after `it`: `It was stated.`, `Have said.`
    Auxiliaries,
    /// A pronoun that stands for somebody, though what is said stands nowhere: `He said.`
    Subject,
}

/// The leftovers of a document, in text order.
pub(super) fn find(document: &Document) -> Vec<Leftover> {
    let mut found = Vec::new();
    for block in document.blocks() {
        stubs::each(document, block, |stub| {
            if let Some(kind) = kind_of(document, &stub) {
                let Stub { words, span, with_gap, after, after_quotation } = stub;
                found.push(Leftover { kind, span, with_gap, first: words[0], after, after_quotation });
            }
        });
    }
    found
}

/// The short sentences of a document that are asked whether they are pieces of one.
pub(super) fn short_sentences(document: &Document) -> Vec<Stub<'_>> {
    let mut found = Vec::new();
    for block in document.blocks() {
        stubs::each(document, block, |stub| {
            if may_be_left_over(document, &stub) {
                found.push(stub);
            }
        });
    }
    found
}

/// Whether a stub is narration in plain words: no answer, no speech, no name.
fn may_be_left_over(document: &Document, stub: &Stub<'_>) -> bool {
    let words = stub.words;
    let has_inner_name = words[1..].iter().any(|token| token.kind != TokenKind::Lower);
    // An initial, `A.`, is no word.
    let is_first_plain =
        matches!(words[0].kind, TokenKind::Lower | TokenKind::Capitalised) && words[0].span.len() > 1;
    // A question is answered by a stub: “Who paid?” Noted.
    let answers = stub.after == '?' && !stub.after_quotation;
    let follows_abbreviation =
        stub.after == '.' && !stub.after_quotation && ends_in_abbreviation(document, stub);
    // In speech, sentences are as short as one likes.
    let is_said = || words[0].kind != TokenKind::Lower && document.quotations().holds(stub.span);
    is_first_plain
        && !has_inner_name
        && !answers
        && !follows_abbreviation
        && !document.mask().covers(stub.span)
        && !is_said()
}

/// What a stub is, if it is a leftover.
fn kind_of(document: &Document, stub: &Stub<'_>) -> Option<LeftoverKind> {
    let words = stub.words;
    if !may_be_left_over(document, stub) {
        return None;
    }
    if words.len() == 1 && words[0].is_small && document.is_listed(words[0], ENDINGS) {
        return Some(LeftoverKind::Ending);
    }
    let tagger = document.tagger()?;
    let texts: Vec<&str> = words.iter().map(|token| document.slice(token.span)).collect();
    let (forms, tags) = pieces::forms_and_tags(tagger, &texts);
    predicate(document, stub, &forms).or_else(|| function_words(&forms)).or_else(|| {
        let candidate = Candidate { words: &texts, after: stub.after, after_quotation: stub.after_quotation };
        let model = Pieces::of(document.language())?;
        // One word that names or counts something, or agrees, may answer what was told before: `Nothing.`, `Two.`
        const ANSWERS: [PartOfSpeech; 4] =
            [PartOfSpeech::Noun, PartOfSpeech::Pronoun, PartOfSpeech::Numeral, PartOfSpeech::Interjection];
        let says = forms.len() > 1 || !ANSWERS.iter().any(|part| forms[0].tags.has(*part));
        (says && model.excess(&candidate, &forms, &tags) >= pieces::SURE).then(|| kind_of_piece(&forms))
    })
}

/// What a piece of a sentence is.
fn kind_of_piece(forms: &[WordForm]) -> LeftoverKind {
    let verbs = || forms.iter().filter(|form| form.usual.part() == PartOfSpeech::Verb);
    let is_led = forms.iter().any(|form| form.usual.part() == PartOfSpeech::Auxiliary);
    match verbs().any(|verb| verb.reporting >= REPORTS) {
        true if is_led => LeftoverKind::Reporting(Lead::Auxiliaries),
        true => LeftoverKind::Reporting(Lead::None),
        false if is_led || verbs().next().is_some() => LeftoverKind::Predicate,
        false => LeftoverKind::FunctionWords,
    }
}

/// Whether the stop before a stub is that of an abbreviation: `etc. are ignored.`, `Dr. May.`
fn ends_in_abbreviation(document: &Document, stub: &Stub<'_>) -> bool {
    let before = document.text()[..stub.with_gap.lo()].trim_end_matches('.');
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    let is_initial = word.len() == 1 && word.starts_with(char::is_uppercase);
    is_initial || document.pack().is_abbreviation(word) || document.pack().words(ABBREVIATIONS).contains(word)
}

/// A verb, auxiliaries before it or alone, and nothing that they say something of.
fn predicate(document: &Document, stub: &Stub<'_>, forms: &[WordForm]) -> Option<LeftoverKind> {
    let words = stub.words;
    let is_impersonal = document.is_listed(words[0], IMPERSONAL);
    let is_subject = !is_impersonal && document.is_listed(words[0], SUBJECTS);
    let is_there = is_impersonal && document.is_listed(words[0], EXISTENTIAL);
    let mut at = usize::from(is_impersonal || is_subject);
    let mut auxiliaries = 0;
    while let Some(form) = forms.get(at) {
        match form.usual.part() {
            PartOfSpeech::Auxiliary => auxiliaries += 1,
            PartOfSpeech::Adverb | PartOfSpeech::Particle => {}
            _ => break,
        }
        at += 1;
    }
    let Some(verb) = forms.get(at) else {
        // “It is.” takes up what was said.
        let is_said = is_subject || is_impersonal && words[0].kind != TokenKind::Lower && !is_there;
        return (auxiliaries > 0 && !is_said).then_some(LeftoverKind::Auxiliaries);
    };
    let is_small = words[0].kind == TokenKind::Lower;
    if !is_predicate(verb, auxiliaries > 0 || is_small) || !forms[at + 1..].iter().all(is_particle) {
        return None;
    }
    let lead = match (is_subject, auxiliaries > 0) {
        // `She explained.` is a sentence, and so is what a quotation is followed by: “Nobody!” she said.
        (true, false) if !stub.after_quotation && verb.reporting >= REPORTS_BARE => Lead::Subject,
        (true, _) => return None,
        (false, true) => Lead::Auxiliaries,
        (false, false) if is_impersonal => return None,
        (false, false) => Lead::None,
    };
    // No verb that is of the past whatever stands beside it makes a sentence alone: `Questioned.`
    let may_command =
        || verb.tags.tags().any(|tag| matches!(tag.verb_form(), Some(VerbForm::Base | VerbForm::Present)));
    let is_bare = lead == Lead::None && words.len() == 1 && !is_small && !may_command();
    let is_of_past = verb.usual.verb_form() != Some(VerbForm::PresentParticiple);
    let is_led = lead == Lead::Auxiliaries && is_of_past && at + 1 == forms.len();
    if is_bare || verb.reporting >= if is_led { REPORTS_LED } else { REPORTS } {
        return Some(LeftoverKind::Reporting(lead));
    }
    (lead == Lead::Auxiliaries && !is_impersonal || lead == Lead::None && is_small)
        .then_some(LeftoverKind::Predicate)
}

/// Whether a form is before all a verb that may be left over: of the past or a participle, never `stop`, which may command.
fn is_predicate(form: &WordForm, may_go_on: bool) -> bool {
    form.usual.part() == PartOfSpeech::Verb
        && match form.usual.verb_form() {
            Some(VerbForm::Past | VerbForm::PastParticiple) => true,
            Some(VerbForm::PresentParticiple) => may_go_on,
            _ => false,
        }
}

/// `out`, `on`, `as`, `further`.
fn is_particle(form: &WordForm) -> bool {
    matches!(form.usual.part(), PartOfSpeech::Adposition | PartOfSpeech::Adverb | PartOfSpeech::Particle)
}

/// Words that need another behind them, without any verb.
fn function_words(forms: &[WordForm]) -> Option<LeftoverKind> {
    use PartOfSpeech::{
        Adposition, Auxiliary, CoordinatingConjunction, Determiner, Particle, Pronoun,
        SubordinatingConjunction, Verb,
    };
    let opens = |form: &WordForm| {
        form.tags.is_only(&[Adposition, CoordinatingConjunction, Determiner, SubordinatingConjunction])
    };
    let closed =
        [Adposition, CoordinatingConjunction, Determiner, SubordinatingConjunction, Pronoun, Particle];
    let (first, last) = (forms.first()?, forms.last()?);
    let has_verb = forms.iter().any(|form| matches!(form.usual.part(), Verb | Auxiliary));
    (closed.contains(&first.usual.part()) && opens(last) && !has_verb).then_some(LeftoverKind::FunctionWords)
}
