//! A pronoun that fits nobody in reach: `He poured tea. “Drink,” she said.`, and `she` for the one who
//! answers in an interview.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::attribution::{Place, SpeakerKind};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_text::{Edit, Span};

/// For either gender, its pronoun as a subject and all of its pronouns.
const GENDERS: [(&str, &str); 2] =
    [("pronoun.subject.masculine", "pronoun.masculine"), ("pronoun.subject.feminine", "pronoun.feminine")];
/// What a speaker says of himself.
const FIRST_PERSON: &str = "pronoun.first";
const PERSONS: &str = "person-noun";
/// What stands before a colon where an interview gives an answer.
const ANSWERS: &str = "answer-label";

/// How many blocks back a pronoun may find whom it stands for.
const REACH: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    for index in 1..document.blocks().len() {
        if let Some((pronoun, right)) = other_gender(document, index) {
            add(document, pronoun, right, report);
        } else if let Some((pronoun, right)) = of_oneself(document, index) {
            add(document, pronoun, right, report);
        }
    }
}

fn add(document: &Document, pronoun: Span, right: Span, report: &mut Report<'_>) {
    let (text, other) = (document.slice(pronoun), document.slice(right));
    let finding = report.add(
        pronoun,
        format!(
            "`{text}` stands for nobody in reach, where `{other}` speaks before and after it: the pronoun that the \
             source leaves out was guessed"
        ),
    );
    finding.relate("whom the text speaks of", right);
    let mut letters = other.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    finding.fix(Fix::unsafe_(format!("say `{capital}`"), vec![Edit::replace(pronoun, capital)]));
    if !document.shows_seams() {
        finding.at_most(Confidence::Low);
    }
}

/// The gender, an index into [`GENDERS`], whose pronoun as a subject a token is.
fn gender_of(document: &Document, token: Token) -> Option<usize> {
    GENDERS.iter().position(|(subject, _)| document.is_listed(token, subject))
}

/// A block that begins with `He` although only a woman speaks in it and before it.
fn other_gender(document: &Document, index: usize) -> Option<(Span, Span)> {
    let block = &document.blocks()[index];
    let first = *document.tokens_of(block).first()?;
    let gender = gender_of(document, first)?;
    let speaks = |block: &Block| {
        let all = document.attributions().all();
        let from = all.partition_point(|attribution| attribution.clause.start < block.span.start);
        let here = all[from..].iter().take_while(|attribution| attribution.clause.start < block.span.end);
        let quoted = here
            .filter(|attribution| !attribution.quotations.is_empty() && attribution.place != Place::Before);
        let mut speakers = quoted.filter_map(|attribution| attribution.speaker);
        speakers.find(|speaker| speaker.kind == SpeakerKind::Pronoun).map(|speaker| speaker.span)
    };
    let other = speaks(block)?;
    let before = &document.blocks()[index.saturating_sub(REACH)..index];
    let spoke = before.last().and_then(speaks)?;
    let differs = |span: Span| {
        let lists = (GENDERS[1 - gender].0, document.slice(span));
        document.pack().words(lists.0).contains(lists.1)
    };
    if !differs(other) || !differs(spoke) || names_someone(document, Span::new(block.span.lo(), other.lo())) {
        return None;
    }
    // Whoever is meant would be named, or called by a pronoun, not far before.
    let own = |block: &Block| {
        let tokens = document.tokens_of(block).iter().filter(|token| token.span != first.span);
        tokens.filter(|token| document.is_listed(**token, GENDERS[gender].1)).count()
    };
    (before.iter().chain([block]).map(own).sum::<usize>() == 0).then_some((first.span, other))
}

fn names_someone(document: &Document, span: Span) -> bool {
    document.names().mentions_in(span).iter().any(|mention| mention.is_certain())
}

/// `She` at the head of a sentence of an answer in which nobody else is named, and which goes on with `I`.
fn of_oneself(document: &Document, index: usize) -> Option<(Span, Span)> {
    let block = &document.blocks()[index];
    let tokens = document.tokens_of(block);
    let [label, colon, ..] = tokens else { return None };
    if !matches!(document.slice(colon.span), ":" | "：") || !document.is_listed(*label, ANSWERS) {
        return None;
    }
    let is_person = |token: &Token| {
        GENDERS.iter().any(|(_, all)| document.is_listed(*token, all)) || document.is_listed(*token, PERSONS)
    };
    let question = document.tokens_of(&document.blocks()[index - 1]);
    if question.iter().any(is_person) || names_someone(document, document.blocks()[index - 1].span) {
        return None;
    }
    let at = tokens.iter().position(is_person)?;
    let pronoun = tokens[at];
    let begins = matches!(document.slice(tokens[at - 1].span), "." | "!" | "?" | ":" | "：");
    let is_subject = pronoun.kind == TokenKind::Capitalised && gender_of(document, pronoun).is_some();
    let rest = tokens[at..].iter().take_while(|token| !matches!(document.slice(token.span), "." | "!" | "?"));
    let oneself = rest.into_iter().find(|token| document.is_listed(**token, FIRST_PERSON))?;
    let named = names_someone(document, Span::new(colon.span.hi(), pronoun.span.lo()));
    (begins && is_subject && !named).then_some((pronoun.span, oneself.span))
}
