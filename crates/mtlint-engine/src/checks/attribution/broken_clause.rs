//! A clause that tells who speaks and is broken: cut off by a stop, without its verb, or there twice.
//!
//! Which verbs tell what somebody says is counted in the lexicon of word forms. May use `rule`, `document`, `lang` and
//! `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::quotation::{Mark, Quotation};
use mtlint_document::{Block, Document, Token, TokenKind, is_prose};
use mtlint_lang::tagger::{PartOfSpeech, VerbForm};
use mtlint_text::{Edit, Span};

/// How many words a clause without its verb has at most, and a sentence that says once more who spoke.
const CLAUSE: usize = 12;
const AGAIN: usize = 6;

/// How many words a quotation has at least; fewer may be a title or a word held at a distance.
const QUOTED: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    if document.tagger().is_none() {
        return;
    }
    let quotations = document.quotations();
    let marks = quotations.marks();
    for quotation in quotations.quotations().iter().filter(|quotation| quotation.depth == 0) {
        let Some(close) = quotation.close.map(|close| &marks[close]) else { continue };
        let open = &marks[quotation.open];
        let place = Place::behind(document, open, close);
        if !place.is_prose() {
            continue;
        }
        let is_found = without_verb(&place, report)
            || cut_behind_verb(&place, report)
            || sentence_of_its_own(&place, report)
            || told_before(&place, quotation, report);
        if !is_found {
            pronoun_alone(&place, report);
        }
    }
    told_twice_before(document, report);
}

/// What stands behind a quotation.
struct Place<'d> {
    document: &'d Document,
    block: &'d Block,
    open: &'d Mark,
    close: &'d Mark,
    /// The tokens of the block behind the closing mark.
    rest: &'d [Token],
    /// The last sign inside, and the first behind the mark.
    inside: Option<char>,
    outside: Option<char>,
}

impl<'d> Place<'d> {
    fn behind(document: &'d Document, open: &'d Mark, close: &'d Mark) -> Self {
        let block = &document.blocks()[close.block];
        let tokens = document.tokens_of(block);
        let rest = &tokens[tokens.partition_point(|token| token.span.lo() < close.span.hi())..];
        let text = document.text();
        let inside = text[..close.span.lo()].chars().next_back();
        Self { document, block, open, close, rest, inside, outside: text[close.span.hi()..].chars().next() }
    }

    /// Whether it stands in prose, and the quotation in one paragraph.
    fn is_prose(&self) -> bool {
        is_prose(self.block)
            && self.open.block == self.close.block
            && !self.document.mask().covers(self.close.span)
    }

    /// Whether a clause is expected: a comma stands at the end, inside or outside, and a space behind it.
    fn waits(&self) -> bool {
        self.inside == Some(',') && self.outside == Some(' ')
            || self.outside == Some(',') && self.inside.is_some_and(char::is_alphanumeric)
    }

    fn ends_sentence(&self) -> bool {
        matches!(self.inside, Some('.' | '!' | '?' | '…')) && self.outside != Some(',')
    }

    /// Whether the quotation begins its block or a sentence.
    fn begins(&self) -> bool {
        let before = self.document.text()
            [self.document.blocks()[self.open.block].span.lo()..self.open.span.lo()]
            .trim_end();
        before.is_empty() || before.ends_with(['.', '!', '?', ':', '”', '"', '’'])
    }

    fn slice(&self, token: Token) -> &'d str {
        self.document.slice(token.span)
    }
}

fn is_name(document: &Document, token: Token) -> bool {
    matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper)
        && document.word_form(token).is_none_or(|form| {
            form.usual.part() == PartOfSpeech::ProperNoun || form.capital.is_some_and(|share| share > 127)
        })
}

fn is_pronoun(document: &Document, token: Token) -> bool {
    document.word_form(token).is_some_and(|form| {
        form.usual.part() == PartOfSpeech::Pronoun && document.is_listed(token, "pronoun.third-person")
    })
}

/// `“It is still dry,” Gethin Prosser. “I should have rung.”`: somebody is named, and nothing says that he speaks.
fn without_verb(place: &Place<'_>, report: &mut Report<'_>) -> bool {
    let document = place.document;
    if !place.waits()
        || !place.begins()
        || place.document.text()[place.open.span.hi()..place.close.span.lo()].split_whitespace().count()
            < QUOTED
    {
        return false;
    }
    let rest = if place.outside == Some(',') { place.rest.get(1..).unwrap_or_default() } else { place.rest };
    let Some(end) = rest
        .iter()
        .take(CLAUSE)
        .position(|token| matches!(place.slice(*token), "." | "“" | "\"" | "‘"))
        .filter(|end| place.slice(rest[*end]) == ".")
    else {
        return false;
    };
    let clause = &rest[..end];
    let Some(first) = clause.first().copied() else { return false };
    let may_be_verb = |token: &Token| {
        token.kind != TokenKind::Mark
            && !is_name(document, *token)
            && place.document.word_form(*token).is_none_or(|form| {
                form.tags.has(PartOfSpeech::Verb) || form.tags.has(PartOfSpeech::Auxiliary)
            })
            && token.kind != TokenKind::Number
    };
    let is_named = clause.iter().take_while(|token| is_name(document, **token)).count();
    if is_named < 2 || !is_name(document, first) || clause.iter().any(may_be_verb) {
        return false;
    }
    let is_list =
        clause.iter().any(|token| matches!(place.slice(*token), "and" | "or" | "'s" | "’s" | "(" | ":"));
    let goes_on = rest[end..].iter().take(2).any(|token| matches!(place.slice(*token), "“" | "\"" | "‘"))
        || clause.last().is_some_and(|last| last.span.hi() + 1 >= place.block.span.hi());
    if is_list || !goes_on {
        return false;
    }
    let span = Span::new(place.close.span.lo().saturating_sub(1), clause[end - 1].span.hi());
    let finding = report
        .add(span, format!("`{}` is named behind what is said, and the verb is missing", place.slice(first)));
    finding.fix(Fix::unsafe_("write `said` before the name", vec![Edit::insert(first.span.lo(), "said ")]));
    finding.fix(Fix::display(
        "write `said` behind the name",
        vec![Edit::insert(clause[is_named - 1].span.hi(), " said")],
    ));
    true
}

/// `“It is the dogs,” says. Marguerite Delacourt, who …`: a stop between the verb and its speaker.
fn cut_behind_verb(place: &Place<'_>, report: &mut Report<'_>) -> bool {
    let document = place.document;
    let [verb, stop, name, ..] = *place.rest else { return false };
    let is_cut = verb.kind == TokenKind::Lower
        && document.tells_speech(verb)
        && place.slice(stop) == "."
        && is_name(document, name)
        && (place.waits() || matches!(place.inside, Some('!' | '?')));
    if is_cut {
        let span = Span::new(verb.span.lo(), name.span.hi());
        let finding = report.add(span, format!("a stop cuts `{}` off from who speaks", place.slice(verb)));
        finding.fix(Fix::unsafe_("delete the stop", vec![Edit::delete(stop.span)]));
    }
    is_cut
}

/// `“My father poured it.” Said Eamon Tuohy.`: the clause as a sentence of its own, also in the next paragraph.
fn sentence_of_its_own(place: &Place<'_>, report: &mut Report<'_>) -> bool {
    let document = place.document;
    let is_last = place.rest.is_empty();
    let next = document.blocks().get(place.close.block + 1).filter(|next| is_last && is_prose(next));
    let rest = match next {
        Some(next) => document.tokens_of(next),
        None => place.rest,
    };
    let rest = match (place.outside, rest) {
        (Some('.'), [stop, rest @ ..]) if place.slice(*stop) == "." => rest,
        (_, rest) => rest,
    };
    let [verb, speaker, ..] = *rest else { return false };
    let is_base = place
        .document
        .word_form(verb)
        .is_some_and(|form| form.tags.tags().any(|tag| tag.verb_form() == Some(VerbForm::Base)));
    let is_verb = verb.kind == TokenKind::Capitalised && document.tells_speech(verb) && !is_base;
    let is_speaker = is_name(document, speaker)
        || place
            .document
            .word_form(speaker)
            .is_some_and(|form| form.usual.part() == PartOfSpeech::Determiner)
        || is_pronoun(document, speaker);
    if !is_verb || !is_speaker || speaker.span.lo() != verb.span.hi() + 1 {
        return false;
    }
    let stop = place.outside == Some('.');
    if !place.ends_sentence() && !place.waits() && !stop {
        return false;
    }
    let lower = Edit::replace(verb.span, place.slice(verb).to_lowercase());
    let start = place.close.span.lo() - usize::from(place.inside == Some('.'));
    let span = Span::new(start, speaker.span.hi());
    let finding = report.add(
        span,
        format!(
            "`{} {}` is no sentence: it tells who says what stands before it",
            place.slice(verb),
            place.slice(speaker)
        ),
    );
    let mut edits = vec![lower];
    if place.inside == Some('.') {
        edits.insert(0, Edit::replace(Span::new(start, place.close.span.lo()), ",".to_owned()));
    } else if stop {
        // `“Take a number”. Says the clerk`
        let behind = Span::new(place.close.span.hi(), place.close.span.hi() + 1);
        edits.insert(0, Edit::delete(behind));
        edits.insert(0, Edit::insert(place.close.span.lo(), ","));
    }
    if next.is_some() {
        let from = place.close.span.hi() + usize::from(stop);
        edits.insert(edits.len() - 1, Edit::replace(Span::new(from, verb.span.lo()), " "));
    }
    finding.fix(Fix::unsafe_("join it to the quotation", edits));
    // Said twice: short, and told before in the paragraph.
    if let Some(end) = rest.iter().take(AGAIN + 1).position(|token| place.slice(*token) == ".") {
        let to = rest[end].span.hi();
        let behind = document.text()[to..].len() - document.text()[to..].trim_start_matches(' ').len();
        let gap = if next.is_some() || behind > 0 {
            Span::new(verb.span.lo(), to + behind)
        } else {
            Span::new(place.close.span.hi(), to)
        };
        finding.fix(Fix::display("delete it", vec![Edit::delete(gap)]));
    }
    true
}

/// `“Tubas.”¶He said.`, `“I kept left.” He emphasized.`: a pronoun and its verb as a sentence of their own.
fn pronoun_alone(place: &Place<'_>, report: &mut Report<'_>) {
    let document = place.document;
    let next = document.blocks().get(place.close.block + 1).filter(|_| place.rest.is_empty());
    let rest = next.map_or(place.rest, |next| document.tokens_of(next));
    if let [verb, stop, ..] = *rest {
        verb_alone(place, verb, stop, report);
    }
    let [pronoun, verb, stop, ..] = *rest else { return };
    let is_alone = pronoun.kind == TokenKind::Capitalised
        && is_pronoun(document, pronoun)
        && document.tells_speech(verb)
        && place.slice(stop) == "."
        && stop.span.start == verb.span.end
        && place.ends_sentence()
        && next.is_none_or(|_| rest.len() == 3);
    if !is_alone {
        return;
    }
    let start = place.close.span.hi();
    let span = Span::new(pronoun.span.lo(), stop.span.hi());
    let finding = report.add(
        span,
        format!("`{}` stands alone: it tells who says what stands before it", document.slice(span)),
    );
    let delete = Fix::unsafe_("delete it", vec![Edit::delete(Span::new(start, stop.span.hi()))]);
    if place.inside == Some('.') {
        let lower = place.slice(pronoun).to_lowercase();
        let edits = vec![
            Edit::replace(Span::new(place.close.span.lo() - 1, place.close.span.lo()), ","),
            Edit::replace(Span::new(start, pronoun.span.hi()), format!(" {lower}")),
        ];
        finding.fix(Fix::unsafe_("join it to the quotation", edits));
    }
    finding.fix(delete);
}

/// `He told them: “Learn the words,” Vikram told them`: who speaks is told before and behind.
fn told_before(place: &Place<'_>, quotation: &Quotation, report: &mut Report<'_>) -> bool {
    let document = place.document;
    let quotations = document.quotations();
    let open = &quotations.marks()[quotation.open];
    let text = document.text();
    let before = text[place.block.span.lo()..open.span.lo()].trim_end();
    if !before.ends_with([':', ',']) || !place.waits() {
        return false;
    }
    // Behind: the clause in its usual place, within a few words.
    let rest = if place.outside == Some(',') { place.rest.get(1..).unwrap_or_default() } else { place.rest };
    let clause: Vec<Token> =
        rest.iter().take(AGAIN).take_while(|token| token.kind != TokenKind::Mark).copied().collect();
    let Some(verb) = clause.iter().position(|token| document.tells_speech(*token)) else { return false };
    let is_subject = |token: Token| {
        is_name(document, token)
            || is_pronoun(document, token)
            || place
                .document
                .word_form(token)
                .is_some_and(|form| form.usual.part() == PartOfSpeech::Determiner)
    };
    let has_subject = match verb {
        0 => clause.get(1).is_some_and(|token| is_subject(*token)),
        _ => clause.first().is_some_and(|token| is_subject(*token)),
    };
    // Before: the verb right before the mark, or but for whom it is said to.
    let tokens = document.tokens_of(place.block);
    let until = tokens.partition_point(|token| token.span.hi() < place.block.span.lo() + before.len());
    let start = tokens[..until]
        .iter()
        .rposition(|token| matches!(place.slice(*token), "." | "!" | "?" | "”" | "\"" | "’"));
    let first = start.map_or(0, |start| start + 1);
    let lead = &tokens[first..until];
    // A clause amid a quotation belongs to what stands before it.
    let begins = start.is_none_or(|start| matches!(place.slice(tokens[start]), "." | "!" | "?"));
    let is_same =
        |token: &Token| document.tells_speech(*token) && document.is_same_word(*token, clause[verb]);
    let is_told = lead.len() <= AGAIN
        && begins
        && lead.first().is_some_and(|token| is_subject(*token))
        && lead.iter().rev().take(3).any(is_same);
    if !has_subject || !is_told {
        return false;
    }
    let from = lead[0].span.lo();
    let span = Span::new(from, open.span.hi());
    let finding = report.add(
        span,
        format!(
            "`{}` tells who speaks, and `{}` tells it again",
            text[from..open.span.lo()].trim_end(),
            document.slice(clause[0].span.cover(clause[clause.len() - 1].span))
        ),
    );
    finding.fix(Fix::unsafe_("delete it", vec![Edit::delete(Span::new(from, open.span.lo()))]));
    true
}

/// `The president said: She said, “Tonight …`: who speaks is told twice before what is said.
fn told_twice_before(document: &Document, report: &mut Report<'_>) {
    let quotations = document.quotations();
    let marks = quotations.marks();
    for quotation in quotations.quotations().iter().filter(|quotation| quotation.depth == 0) {
        let open = &marks[quotation.open];
        let block = &document.blocks()[open.block];
        let tokens = document.tokens_of(block);
        let until = tokens.partition_point(|token| token.span.hi() <= open.span.lo());
        let [.., first, colon, speaker, verb, comma] = tokens[..until] else { continue };
        let is_twice = document.tells_speech(first)
            && document.slice(colon.span) == ":"
            && (is_pronoun(document, speaker) || is_name(document, speaker))
            && document.tells_speech(verb)
            && matches!(document.slice(comma.span), "," | ":");
        if is_twice {
            let again = Span::new(speaker.span.lo(), comma.span.hi());
            let finding = report.add(again, format!("`{}` tells again who speaks", document.slice(again)));
            finding.relate("told here already", first.span);
            finding.fix(Fix::unsafe_(
                "delete it",
                vec![Edit::delete(Span::new(speaker.span.lo(), open.span.lo()))],
            ));
            let start = tokens[..until - 5]
                .iter()
                .rposition(|token| token.kind == TokenKind::Mark)
                .map_or(block.span.lo(), |at| tokens[at + 1].span.lo());
            let edits = vec![Edit::delete(Span::new(start, open.span.lo()))];
            finding.fix(Fix::display("delete both", edits));
        }
    }
}

/// `“It will be dry.” Thinks.`: the verb alone as a sentence.
fn verb_alone(place: &Place<'_>, verb: Token, stop: Token, report: &mut Report<'_>) {
    let document = place.document;
    let is_alone = verb.kind == TokenKind::Capitalised
        && place.slice(stop) == "."
        && stop.span.start == verb.span.end
        && place.ends_sentence()
        && document.tells_speech(verb)
        && place.slice(verb).ends_with('s')
        && place.document.word_form(verb).is_none_or(|form| form.usual.part() == PartOfSpeech::Verb);
    if is_alone {
        let span = verb.span.cover(stop.span);
        let finding =
            report.add(span, format!("`{}` stands alone: nobody is named who says it", document.slice(span)));
        let gap = Span::new(place.close.span.hi(), stop.span.hi());
        finding.fix(Fix::unsafe_("delete it", vec![Edit::delete(gap)]));
    }
}
