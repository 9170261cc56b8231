//! A sentence cut in two by a full stop, with a capital behind it: `The mill stood there. Until the river took it.`
//!
//! Writers cut sentences on purpose. So both halves are asked what they lack, whether they would be one sound sentence
//! without the stop, and how the rest of the text does it; the scorer weighs that. May use `rule`, `document`, `lang`
//! and `text`.

use crate::rule::{CodeCheck, Fix, Observation, ParamError, Params, Report};
use mtlint_document::clauses::{ClauseView, is_finite};
use mtlint_document::{Block, BlockKind, Document, Sentence, Token, TokenKind, is_prose};
use mtlint_lang::tagger::{PartOfSpeech, Tag, VerbForm};
use mtlint_text::Edit;

const OPENERS: &str = "clause-opener";

/// Fewer words are an exclamation or a label.
const FEWEST_WORDS: u32 = 2;

/// How many words count fully.
const MANY_WORDS: u32 = 30;

/// Of which words a short sentence has at most.
const SHORT: u32 = 4;

/// Words between which there is hardly anything left to tell, in thousandths.
const MOST_EXPECTED: i32 = 16_000;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

/// What the second half begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    Relative,
    Subordinator,
    Preposition,
    Conjunction,
    Infinitive,
    Auxiliary,
    Finite,
    Base,
    Participle,
    Progressive,
    Article,
}

/// What the second half lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lack {
    /// A finite verb.
    Verb,
    /// One of its own: those it has belong to clauses inside it.
    OwnVerb,
    /// Somebody who does what its verb says.
    Subject,
    /// Nothing.
    Nothing,
}

/// The names of an opening, alone and with what the second half lacks.
const OPENINGS: [(Opening, [&str; 5]); 11] = [
    (
        Opening::Relative,
        ["relative", "relative-verbless", "relative-dependent", "relative-subjectless", "relative-whole"],
    ),
    (
        Opening::Subordinator,
        [
            "subordinator",
            "subordinator-verbless",
            "subordinator-dependent",
            "subordinator-subjectless",
            "subordinator-whole",
        ],
    ),
    (
        Opening::Preposition,
        [
            "preposition",
            "preposition-verbless",
            "preposition-dependent",
            "preposition-subjectless",
            "preposition-whole",
        ],
    ),
    (
        Opening::Conjunction,
        [
            "conjunction",
            "conjunction-verbless",
            "conjunction-dependent",
            "conjunction-subjectless",
            "conjunction-whole",
        ],
    ),
    (
        Opening::Infinitive,
        [
            "infinitive",
            "infinitive-verbless",
            "infinitive-dependent",
            "infinitive-subjectless",
            "infinitive-whole",
        ],
    ),
    (
        Opening::Auxiliary,
        [
            "auxiliary",
            "auxiliary-verbless",
            "auxiliary-dependent",
            "auxiliary-subjectless",
            "auxiliary-whole",
        ],
    ),
    (
        Opening::Finite,
        ["finite", "finite-verbless", "finite-dependent", "finite-subjectless", "finite-whole"],
    ),
    (Opening::Base, ["base", "base-verbless", "base-dependent", "base-subjectless", "base-whole"]),
    (
        Opening::Participle,
        [
            "participle",
            "participle-verbless",
            "participle-dependent",
            "participle-subjectless",
            "participle-whole",
        ],
    ),
    (
        Opening::Progressive,
        [
            "progressive",
            "progressive-verbless",
            "progressive-dependent",
            "progressive-subjectless",
            "progressive-whole",
        ],
    ),
    (
        Opening::Article,
        ["article", "article-verbless", "article-dependent", "article-subjectless", "article-whole"],
    ),
];

/// The part of speech of the last word of the first half, and its name.
const ENDINGS: [(PartOfSpeech, &str); 9] = [
    (PartOfSpeech::Noun, "after-noun"),
    (PartOfSpeech::ProperNoun, "after-name"),
    (PartOfSpeech::Verb, "after-verb"),
    (PartOfSpeech::Adverb, "after-adverb"),
    (PartOfSpeech::Adjective, "after-adjective"),
    (PartOfSpeech::Numeral, "after-number"),
    (PartOfSpeech::Pronoun, "after-pronoun"),
    (PartOfSpeech::Adposition, "after-preposition"),
    (PartOfSpeech::Auxiliary, "after-auxiliary"),
];

/// The part of speech of the second word of the second half, and its name.
const SECONDS: [(PartOfSpeech, &str); 8] = [
    (PartOfSpeech::Noun, "then-noun"),
    (PartOfSpeech::ProperNoun, "then-name"),
    (PartOfSpeech::Verb, "then-verb"),
    (PartOfSpeech::Auxiliary, "then-auxiliary"),
    (PartOfSpeech::Pronoun, "then-pronoun"),
    (PartOfSpeech::Determiner, "then-determiner"),
    (PartOfSpeech::Adposition, "then-preposition"),
    (PartOfSpeech::Adjective, "then-adjective"),
];

/// A full stop between two sentences that may be one.
struct Cut<'d> {
    block: &'d Block,
    first: &'d Sentence,
    second: &'d Sentence,
    views: [ClauseView; 2],
    opening: Opening,
    lack: Lack,
    /// Of each half in turn.
    tags: [&'d [Tag]; 2],
}

fn check(document: &Document, report: &mut Report<'_>) {
    if document.tagger().is_none() || document.expectation().is_none() {
        return;
    }
    let mut cuts = Vec::new();
    for block in
        document.blocks().iter().filter(|block| is_prose(block) && block.kind == BlockKind::Paragraph)
    {
        for pair in document.sentences_of(block).windows(2) {
            let [first, second] = pair else { continue };
            cuts.extend(cut(document, block, first, second));
        }
    }
    if cuts.is_empty() {
        return;
    }
    let manner = Manner::of(document, cuts.len());
    for cut in &cuts {
        report_cut(document, cut, manner, report);
    }
}

/// The cut between two sentences, if there may be one.
fn cut<'d>(
    document: &'d Document,
    block: &'d Block,
    first: &'d Sentence,
    second: &'d Sentence,
) -> Option<Cut<'d>> {
    let (before, behind) = (document.tokens_in(first), document.tokens_in(second));
    let (&[word, stop], &[begins, ..]) = (before.last_chunk::<2>()?, behind) else { return None };
    let may_be = document.is_ascii_mark(stop, b'.')
        && word.kind.is_word()
        && word.span.end == stop.span.start
        && begins.kind == TokenKind::Capitalised
        && begins.span.start == stop.span.end + 1
        && ends_whole(document, behind)
        && !document.mask().covers(begins.span);
    // Most sentences begin with who does something: the lexicon tells without a look at the rest.
    if !may_be || !may_open(document, begins) || is_quoted(document, first) || is_quoted(document, second) {
        return None;
    }
    let tags = [document.tags_in(first)?, document.tags_in(second)?];
    let opening = opening_of(document, behind, tags[1])?;
    let views = [document.clause_view(first)?, document.clause_view(second)?];
    let lack = match views[1] {
        view if view.is_whole() => Lack::Nothing,
        view if view.main.is_some() => Lack::Subject,
        view if view.finite > 0 => Lack::OwnVerb,
        _ => Lack::Verb,
    };
    let is_cut = lack != Lack::Nothing || views[0].main.is_none();
    let is_long = views.iter().all(|view| view.words >= FEWEST_WORDS);
    (is_cut && is_long).then_some(Cut { block, first, second, views, opening, lack, tags })
}

/// Whether a sentence ends in one mark: an ellipsis leaves it open on purpose.
fn ends_whole(document: &Document, tokens: &[Token]) -> bool {
    let is_end = |token: &Token| matches!(document.ascii_mark(*token), Some(b'.' | b'?' | b'!'));
    matches!(tokens, [.., before, last] if is_end(last) && before.kind != TokenKind::Mark && before.span.end == last.span.start)
}

/// Whether a quotation mark stands in a sentence, or it stands in a quotation: speech is cut as it is spoken.
fn is_quoted(document: &Document, sentence: &Sentence) -> bool {
    document.slice(sentence.span).contains(['"', '“', '”', '«', '»', '‘', '„'])
        || document.quotations().holds(sentence.span)
}

/// Whether a word may open what goes on with the sentence before, as far as the lexicon tells.
fn may_open(document: &Document, word: Token) -> bool {
    use PartOfSpeech::{
        Adposition, Auxiliary, CoordinatingConjunction, Determiner, Particle, SubordinatingConjunction, Verb,
    };
    document.is_listed(word, OPENERS)
        || document.word_form(word).is_some_and(|form| {
            matches!(
                form.usual.part(),
                Adposition | Auxiliary | CoordinatingConjunction | Particle | SubordinatingConjunction | Verb
            ) || form.usual.part() == Determiner && word.span.len() <= 2
        })
}

fn opening_of(document: &Document, tokens: &[Token], tags: &[Tag]) -> Option<Opening> {
    use PartOfSpeech::{
        Adposition, Auxiliary, CoordinatingConjunction, Determiner, Particle, SubordinatingConjunction, Verb,
    };
    let (token, tag) = (*tokens.first()?, *tags.first()?);
    let is_base = |tag: &Tag| tag.verb_form() == Some(VerbForm::Base);
    Some(match (tag.part(), tag.verb_form()) {
        _ if document.is_listed(token, OPENERS) => Opening::Relative,
        (SubordinatingConjunction, _) => Opening::Subordinator,
        (Particle, _) if tags.get(1).is_some_and(is_base) => Opening::Infinitive,
        (Adposition | Particle, _) => Opening::Preposition,
        (CoordinatingConjunction, _) => Opening::Conjunction,
        (Auxiliary, _) if is_finite(tag) => Opening::Auxiliary,
        (Verb, _) if is_finite(tag) => Opening::Finite,
        (Verb | Auxiliary, Some(VerbForm::PresentParticiple)) => Opening::Progressive,
        (Verb | Auxiliary, Some(VerbForm::PastParticiple)) => Opening::Participle,
        (Verb | Auxiliary, _) => Opening::Base,
        (Determiner, _) if token.span.len() <= 2 => Opening::Article,
        _ => return None,
    })
}

/// How a document is written, in thousandths: which share of its sentences are short, may be cut, and ask or exclaim, and
/// how often it speaks as people talk.
#[derive(Clone, Copy)]
struct Manner {
    short: i32,
    cut: i32,
    asking: i32,
    talking: i32,
}

impl Manner {
    fn of(document: &Document, cuts: usize) -> Self {
        let (mut all, mut short, mut asking) = (0_usize, 0, 0);
        for block in document.blocks().iter().filter(|block| is_prose(block)) {
            for sentence in document.sentences_of(block) {
                all += 1;
                short += usize::from(sentence.tokens.len() <= SHORT as usize + 1);
                asking += usize::from(document.slice(sentence.span).ends_with(['?', '!']));
            }
        }
        let is_clitic = |token: &&Token| {
            token.kind == TokenKind::Lower
                && document.slice(token.span).split_once(['\'', '’']).is_some_and(|(_, clitic)| clitic != "s")
        };
        let clitics = document.tokens().iter().filter(is_clitic).count();
        let share = |part: usize, times: usize, of: usize| (1000 * times * part / of.max(1)).min(1000) as i32;
        Self {
            short: share(short, 2, all),
            cut: share(cuts.saturating_sub(1), 4, all),
            asking: share(asking, 3, all),
            talking: share(clitics, 40, document.tokens().len()),
        }
    }
}

fn report_cut(document: &Document, cut: &Cut<'_>, manner: Manner, report: &mut Report<'_>) {
    let stop = cut.first.tokens.end as usize - 1;
    let Some(expected) = document.continuation(cut.block, stop - cut.block.tokens.start as usize) else {
        return;
    };
    let Some(assessment) = report.assess(&observations(document, cut, expected, manner)) else { return };
    let tokens = document.tokens();
    let (before, stop, behind) = (tokens[stop - 1], tokens[stop], tokens[stop + 1]);
    let word = document.slice(behind.span);
    let small = word.to_lowercase();
    let finding = report.add(
        before.span.cover(behind.span),
        format!("a full stop before `{word}` cuts a sentence in two: what follows is no sentence of its own"),
    );
    finding.assessed(assessment);
    let write_small = || Edit::minimal(document.text(), behind.span, &small);
    let join = std::iter::once(Edit::delete(stop.span)).chain(write_small()).collect();
    let comma = std::iter::once(Edit::replace(stop.span, ",")).chain(write_small()).collect();
    let mut fixes =
        [Fix::unsafe_("go on without the stop", join), Fix::display("go on after a comma", comma)];
    // What is expected more goes first.
    if expected[1][1] > expected[1][0] {
        fixes.swap(0, 1);
    }
    for fix in fixes {
        finding.fix(fix);
    }
}

/// What is known about a cut.
fn observations(
    document: &Document,
    cut: &Cut<'_>,
    expected: [[i32; 2]; 2],
    manner: Manner,
) -> Vec<Observation> {
    let is = |holds: bool| i32::from(holds) * 1000;
    let part = |count: u32| (1000 * count.min(MANY_WORDS) / MANY_WORDS) as i32;
    let [first, second] = cut.views;
    let behind = document.tokens_in(cut.second);
    let has_comma = behind.iter().any(|token| document.is_ascii_mark(*token, b','));
    let most = |sums: [i32; 2]| sums[0].max(sums[1]).clamp(-MOST_EXPECTED, MOST_EXPECTED);
    let names =
        OPENINGS.iter().find(|(opening, _)| *opening == cut.opening).map_or([""; 5], |(_, names)| *names);
    let with_lack = match cut.lack {
        Lack::Verb => names[1],
        Lack::OwnVerb => names[2],
        Lack::Subject => names[3],
        Lack::Nothing => names[4],
    };
    let mut out = vec![
        (names[0], 1000),
        (with_lack, 1000),
        ("joined", most(expected[1])),
        ("joined-plain", expected[1][0].clamp(-MOST_EXPECTED, MOST_EXPECTED)),
        ("as-it-stands", most(expected[0])),
        ("first-verbless", is(first.finite == 0)),
        ("first-dependent", is(first.finite > 0 && first.main.is_none())),
        ("first-subjectless", is(first.main.is_some() && !first.has_subject)),
        (
            "first-verbless-finite",
            is(first.main.is_none() && matches!(cut.opening, Opening::Finite | Opening::Auxiliary)),
        ),
        ("first-short", is(first.words <= SHORT)),
        ("first-words", part(first.words)),
        ("second-short", is(second.words <= SHORT)),
        ("second-words", part(second.words)),
        ("second-comma", is(has_comma)),
        // `To sell them, open the shop`, `Of the eleven only three remain`: what is fronted, and what may be the verb after all.
        (
            "fronted-comma",
            is(has_comma
                && matches!(cut.opening, Opening::Preposition | Opening::Infinitive | Opening::Subordinator)),
        ),
        ("possible-verbs", possible_verbs(document, behind, cut.tags[1])),
        ("second-asks", is(!document.slice(cut.second.span).ends_with('.'))),
        (
            "name",
            is(document
                .word_form(behind[0])
                .is_none_or(|form| form.capital.is_some_and(|share| share > 150))),
        ),
        ("ends-block", is(cut.second.span.end >= cut.block.span.end)),
        ("begins-block", is(cut.first.span.start <= cut.block.span.start)),
        ("short-share", manner.short),
        ("cut-share", manner.cut),
        ("asking-share", manner.asking),
        ("talking-share", manner.talking),
    ];
    let words: Vec<(Token, Tag)> =
        document.tokens_in(cut.first).iter().copied().zip(cut.tags[0].iter().copied()).collect();
    let last = words.iter().rev().find(|(token, _)| token.kind != TokenKind::Mark);
    let second_tag = cut.tags[1].get(1);
    let named = |table: &[(PartOfSpeech, &'static str)], tag: Option<&Tag>| {
        tag.and_then(|tag| table.iter().find(|(part, _)| *part == tag.part()).map(|(_, name)| (*name, 1000)))
    };
    out.extend(named(&ENDINGS, last.map(|(_, tag)| tag)));
    out.extend(named(&SECONDS, second_tag));
    out
}

/// How many words behind the first may be finite verbs as far as the lexicon tells, though the tagger says otherwise, in
/// thousandths.
fn possible_verbs(document: &Document, tokens: &[Token], tags: &[Tag]) -> i32 {
    let may_be = |(token, tag): &(&Token, &Tag)| {
        token.kind == TokenKind::Lower
            && !is_finite(**tag)
            && matches!(tag.part(), PartOfSpeech::Noun | PartOfSpeech::Adjective | PartOfSpeech::Verb)
            && document.word_form(**token).is_some_and(|form| form.tags.tags().any(is_finite))
    };
    tokens.iter().zip(tags).skip(1).filter(may_be).count().min(4) as i32 * 1000
}
