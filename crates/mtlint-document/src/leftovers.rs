//! Leftovers: sentences of a few words that are none, for what makes a sentence of them stands in the sentence before.
//!
//! A language that puts the verb last says who and what first. Cut at the wrong place, the end of the sentence comes
//! back as one of its own: `Pointed out.`, `has been.`, `In the case of.` What the words are is asked of the lexicon of
//! word forms and of the model of pieces; what both say of it is evidence, which the scorers of the rules weigh. A language
//! without them has no leftovers.

use super::stubs::{self, Stub};
use super::{Document, Token, TokenKind};
use mtlint_lang::pieces::{self, Candidate, Pieces};
use mtlint_lang::tagger::{PartOfSpeech, Tag, VerbForm, WordForm};
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
    /// Whether the lexicon and the model of pieces tell by themselves: a verb and nothing that it says something of, words
    /// that need another behind them, what is hardly ever a sentence.
    pub is_plain: bool,
    /// What speaks for and against it: the names of [`FEATURES`] with values in thousandths.
    pub evidence: [(&'static str, i32); FEATURES.len()],
}

/// The names of what is observed of a leftover.
pub const FEATURES: [&str; 31] = [
    // How much speaks for a piece of a sentence, by the model of pieces; whether its form alone tells.
    "piece",
    "plain",
    // How it begins, how long it is, and what stands before it.
    "small",
    "one-word",
    "words",
    "after-quotation",
    "small-after-quotation",
    "after-question",
    "after-ellipsis",
    // What tells who speaks goes on behind a quotation that asks or exclaims; behind a stop nothing begins small.
    "speech-tag",
    "small-after-stop",
    // What the words are.
    "reporting",
    "auxiliary",
    "impersonal",
    "subject",
    "finite-clause",
    "may-command",
    "answers",
    "closed-first",
    "open-last",
    "unknown",
    "all-closed",
    "noun",
    "verbless",
    "finite-small",
    "plain-led",
    "plain-subject",
    "plain-one-word",
    // Where it stands, and which share of the sentences of the document are as short.
    "ends-block",
    "short-share",
    "dialogue",
];

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

/// The leftovers of a document, in text order: whatever may be one.
pub(super) fn find(document: &Document) -> Vec<Leftover> {
    let stubs = short_sentences(document);
    if stubs.is_empty() {
        return Vec::new();
    }
    let manner = Manner::of(document, stubs.len());
    stubs.iter().filter_map(|stub| leftover(document, stub, manner)).collect()
}

/// How a document is written, in thousandths: which share of its sentences are short, and how many quotations it has for
/// each sentence.
#[derive(Clone, Copy)]
struct Manner {
    short: i32,
    dialogue: i32,
}

impl Manner {
    fn of(document: &Document, short: usize) -> Self {
        let sentences = document.blocks().iter().map(|block| block.sentences.len()).sum::<usize>().max(1);
        let share = |part: usize| (1000 * part / sentences).min(1000) as i32;
        Self {
            short: share(short.saturating_sub(1)),
            dialogue: share(document.quotations().quotations().len()),
        }
    }
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

/// What a stub is, if it may be a leftover, and what speaks for it.
fn leftover(document: &Document, stub: &Stub<'_>, manner: Manner) -> Option<Leftover> {
    let words = stub.words;
    let found = |kind, is_plain, evidence| {
        let Stub { words, span, with_gap, after, after_quotation } = *stub;
        Leftover { kind, span, with_gap, first: words[0], after, after_quotation, is_plain, evidence }
    };
    if words.len() == 1 && words[0].is_small && document.is_listed(words[0], ENDINGS) {
        return Some(found(LeftoverKind::Ending, true, FEATURES.map(|name| (name, 0))));
    }
    let tagger = document.tagger()?;
    let texts: Vec<&str> = words.iter().map(|token| document.slice(token.span)).collect();
    let (forms, tags) = pieces::forms_and_tags(tagger, &texts);
    let candidate = Candidate { words: &texts, after: stub.after, after_quotation: stub.after_quotation };
    let excess = Pieces::of(document.language()).map_or(0, |model| model.excess(&candidate, &forms, &tags));
    // One word that names or counts something, or agrees, may answer what was told before: `Nothing.`, `Two.`
    const ANSWERS: [PartOfSpeech; 4] =
        [PartOfSpeech::Noun, PartOfSpeech::Pronoun, PartOfSpeech::Numeral, PartOfSpeech::Interjection];
    let says = forms.len() > 1 || !ANSWERS.iter().any(|part| forms[0].tags.has(*part));
    let plain = predicate(document, stub, &forms)
        .or_else(|| function_words(&forms))
        .or_else(|| (says && excess >= pieces::SURE).then(|| kind_of_piece(&forms)));
    let known = |text: &&str| tagger.forms().find(text).is_some();
    let unknown = texts.iter().filter(|text| !known(text)).count();
    let sight = Sight { forms: &forms, tags: &tags, is_plain: plain.is_some(), excess, unknown };
    let evidence = sight.observe(document, stub, manner);
    Some(found(plain.unwrap_or_else(|| kind_of_piece(&forms)), plain.is_some(), evidence))
}

/// How much speaks for a piece at most counts, and against it, in thousandths.
const MOST_EXCESS: i32 = 8000;

/// What the lexicon and the models say of the words of a stub.
struct Sight<'s> {
    forms: &'s [WordForm],
    tags: &'s [Tag],
    is_plain: bool,
    /// How much speaks for a piece of a sentence, in thousandths.
    excess: i32,
    /// How many of the words the lexicon does not have.
    unknown: usize,
}

impl Sight<'_> {
    /// What is known of a stub, in the order of [`FEATURES`].
    fn observe(
        &self,
        document: &Document,
        stub: &Stub<'_>,
        manner: Manner,
    ) -> [(&'static str, i32); FEATURES.len()] {
        let Self { forms, tags, is_plain, excess, unknown } = *self;
        use PartOfSpeech::{Auxiliary, Interjection, Noun, Numeral, Pronoun, ProperNoun};
        let words = stub.words;
        let is = |holds: bool| i32::from(holds) * 1000;
        let is_small = words[0].kind == TokenKind::Lower;
        let tags = &tags[..words.len().min(tags.len())];
        let is_finite = |tag: &Tag| matches!(tag.verb_form(), Some(VerbForm::Past | VerbForm::Present));
        let finite = tags.iter().position(is_finite);
        let is_subject = |tag: &Tag| matches!(tag.part(), Noun | ProperNoun | Pronoun);
        let has_subject = finite.is_some_and(|at| tags[..at].iter().any(is_subject));
        let reporting =
            forms.iter().filter(|form| form.tags.has(PartOfSpeech::Verb)).map(|form| form.reporting).max();
        let commands =
            |form: &WordForm| form.tags.tags().any(|tag| matches!(tag.verb_form(), Some(VerbForm::Base)));
        let closed = |form: &WordForm| PartOfSpeech::CLOSED.contains(&form.usual.part());
        let (first, last) = (&forms[0], &forms[forms.len() - 1]);
        let answers =
            words.len() == 1 && [Noun, Pronoun, Numeral, Interjection].iter().any(|it| first.tags.has(*it));
        let is_led = forms.iter().any(|form| form.usual.part() == Auxiliary);
        let begins_with_subject =
            document.is_listed(words[0], SUBJECTS) && !document.is_listed(words[0], IMPERSONAL);
        let ends_block =
            document.block_at(stub.span.lo()).is_some_and(|block| stub.span.hi() >= block.span.hi());
        let values = [
            excess.clamp(-MOST_EXCESS, MOST_EXCESS),
            is(is_plain),
            is(is_small),
            is(words.len() == 1),
            (1000 * words.len() / pieces::MOST_WORDS) as i32,
            is(stub.after_quotation),
            is(stub.after_quotation && is_small),
            is(stub.after == '?'),
            is(stub.after == '…'),
            is(stub.after_quotation && is_small && stub.after != '.'),
            is(!stub.after_quotation && is_small && stub.after == '.'),
            i32::from(reporting.unwrap_or(0)) * 1000 / 255,
            is(is_led),
            is(document.is_listed(words[0], IMPERSONAL)),
            is(begins_with_subject),
            is(has_subject),
            is(!is_small && commands(first)),
            is(answers),
            is(closed(first)),
            is(needs_another(last)),
            (1000 * unknown / words.len()) as i32,
            is(forms.iter().all(closed)),
            is(tags.iter().any(|tag| matches!(tag.part(), Noun | ProperNoun))),
            is(tags.iter().all(|tag| tag.verb_form().is_none())),
            is(has_subject && is_small),
            is(is_plain && is_led),
            is(is_plain && begins_with_subject),
            is(is_plain && words.len() == 1),
            is(ends_block),
            manner.short,
            manner.dialogue,
        ];
        std::array::from_fn(|at| (FEATURES[at], values[at]))
    }
}

/// Whether a word needs another behind it: `of`, `the`, `and`, `because`.
fn needs_another(form: &WordForm) -> bool {
    use PartOfSpeech::{Adposition, CoordinatingConjunction, Determiner, SubordinatingConjunction};
    form.tags.is_only(&[Adposition, CoordinatingConjunction, Determiner, SubordinatingConjunction])
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
    let closed =
        [Adposition, CoordinatingConjunction, Determiner, SubordinatingConjunction, Pronoun, Particle];
    let (first, last) = (forms.first()?, forms.last()?);
    let has_verb = forms.iter().any(|form| matches!(form.usual.part(), Verb | Auxiliary));
    (closed.contains(&first.usual.part()) && needs_another(last) && !has_verb)
        .then_some(LeftoverKind::FunctionWords)
}
