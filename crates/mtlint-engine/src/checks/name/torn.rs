//! `name/torn`: a mark or a space inside one mention of a name that the text writes without: `Ebury-Street`,
//! `Social, Security`, `Afri-can`, `A P I`.

use super::rewrite;
use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::{Block, Document, NameWord, Token, TokenKind};
use mtlint_text::{Edit, Span, word_hash};

/// How often the name stands there as a whole at least, and how often for the finding to be sure.
const FEWEST: u32 = 2;
const SURE: u32 = 4;

/// How often two words stand side by side at least for a comma or stop between them to be a slip.
const FEWEST_PARTED: u32 = 3;

/// The fewest letters of a name that is in one piece otherwise.
const SHORTEST: usize = 5;

/// The fewest letters of an acronym that is spelt out.
const SHORTEST_ACRONYM: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        if document.name_words().is_empty() {
            return;
        }
        for block in document.blocks() {
            check(document, block, report);
        }
    }))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let tokens = document.tokens_of(block);
    let mut spelt_to = 0;
    for at in document.capitalised_in(block) {
        if at < spelt_to {
            continue;
        }
        if let Some((span, name, end)) = spelt_out(document, tokens, at) {
            spelt_to = end;
            add(document, span, name.first, name.capital, report);
            continue;
        }
        if let Some((span, mark, count)) = parted(document, tokens, at) {
            add_parted(document, span, mark, count, report);
        } else if let Some((span, name)) = hyphenated(document, tokens, at) {
            add(document, span, name.first, name.capital, report);
        }
    }
}

/// Two words of one name with a mark between: the span, and how often they stand side by side.
fn parted(document: &Document, tokens: &[Token], at: usize) -> Option<(Span, Span, u32)> {
    let [first, mark, second] = *tokens.get(at..at + 3)? else { return None };
    let is_name = |token: Token| matches!(token.kind, TokenKind::Capitalised) && token.span.len() > 2;
    let text = document.text();
    let gap = text.get(mark.span.hi()..second.span.lo())?;
    let is_tight = first.span.hi() == mark.span.lo();
    let fits = match document.ascii_mark(mark)? {
        b'-' => gap.is_empty(),
        b',' | b'.' | b';' => gap == " ",
        _ => return None,
    };
    let count = document.name_words().count_pair(first.hash, second.hash);
    if !fits
        || !is_tight
        || !is_name(first)
        || !is_name(second)
        || count < FEWEST
        || first.hash == second.hash
    {
        return None;
    }
    let before = at.checked_sub(1).map(|at| tokens[at]);
    let after = tokens.get(at + 3).copied();
    let is_mark = |token: Option<Token>, marks: &[u8]| {
        token.and_then(|token| document.ascii_mark(token)).is_some_and(|mark| marks.contains(&mark))
    };
    let is_hyphen = document.is_ascii_mark(mark, b'-');
    if is_hyphen {
        // A chain, `Rhine-Main-Danube`, and what stands before another name: `Open-Source License`.
        let is_before_name =
            after.is_some_and(|after| matches!(after.kind, TokenKind::Capitalised | TokenKind::Upper));
        if is_mark(before, b"-/") || is_mark(after, b"-/") || is_before_name {
            return None;
        }
    } else {
        // A list, a place and its country, and the end of a sentence: nothing of these goes on in small letters.
        let goes_on = after.is_some_and(|after| after.is_small);
        let is_begun = before.is_some_and(|before| before.is_small);
        let may_end = document.is_ascii_mark(mark, b'.') && document.word_form(second).is_some();
        if !goes_on || !is_begun || may_end || count < FEWEST_PARTED {
            return None;
        }
    }
    let span = first.span.cover(second.span);
    (document.is_mention(first) || is_hyphen).then_some(())?;
    (!document.mask().covers(span) && !document.is_quoted_closely(span)).then_some((span, mark.span, count))
}

/// A name with a hyphen inside: `Afri-can`.
fn hyphenated<'d>(document: &'d Document, tokens: &[Token], at: usize) -> Option<(Span, &'d NameWord)> {
    let [head, mark, tail] = *tokens.get(at..at + 3)? else { return None };
    let is_tight = head.span.hi() == mark.span.lo() && mark.span.hi() == tail.span.lo();
    if !is_tight || !document.is_ascii_mark(mark, b'-') || !tail.is_small {
        return None;
    }
    let whole = [document.slice(head.span), document.slice(tail.span)].concat();
    let name = document.name_words().get(word_hash(&whole))?;
    let span = head.span.cover(tail.span);
    let fits =
        whole.len() >= SHORTEST && document.slice(name.first) == whole && !document.mask().covers(span);
    fits.then_some((span, name))
}

/// An acronym with a space between all its letters: `A P I`, and the token behind it.
fn spelt_out<'d>(document: &'d Document, tokens: &[Token], at: usize) -> Option<(Span, &'d NameWord, usize)> {
    let is_letter = |token: &Token| {
        token.kind == TokenKind::Capitalised && document.slice(token.span).chars().count() == 1
    };
    let is_beside = |pair: &[Token]| document.text().get(pair[0].span.hi()..pair[1].span.lo()) == Some(" ");
    const LONGEST: usize = 8;
    let row = tokens[at..].iter().take(LONGEST).take_while(|token| is_letter(token)).count();
    let row = 1 + tokens[at..at + row].windows(2).take_while(|pair| is_beside(pair)).count();
    if row < SHORTEST_ACRONYM || row > tokens.len() - at {
        return None;
    }
    let whole: String = tokens[at..at + row].iter().map(|token| document.slice(token.span)).collect();
    let name = document.name_words().get(word_hash(&whole))?;
    let span = tokens[at].span.cover(tokens[at + row - 1].span);
    (document.slice(name.first) == whole && !document.mask().covers(span)).then_some((span, name, at + row))
}

fn add(document: &Document, span: Span, first: Span, count: u32, report: &mut Report<'_>) {
    let (text, usual) = (document.slice(span), document.slice(first));
    let finding = report.add(span, format!("`{text}` is `{usual}` elsewhere, {count} times: it fell apart"));
    if count < SURE {
        finding.at_most(Confidence::Medium);
    }
    let edits: Vec<Edit> = Edit::minimal(document.text(), span, usual).into_iter().collect();
    finding.relate(format!("`{usual}` here"), first).fix(rewrite(
        document,
        span,
        format!("write `{usual}`"),
        edits,
    ));
}

/// Reports a mark between the words of a name.
fn add_parted(document: &Document, span: Span, mark: Span, count: u32, report: &mut Report<'_>) {
    let text = document.slice(span);
    let (head, tail) = (&text[..mark.lo() - span.lo()], &text[mark.hi() - span.lo()..]);
    let usual = format!("{head} {}", tail.trim_start());
    let edits: Vec<Edit> = Edit::minimal(document.text(), span, &usual).into_iter().collect();
    let fix = rewrite(document, span, format!("write `{usual}`"), edits);
    let finding =
        report.add(span, format!("`{text}` is `{usual}` elsewhere, {count} times: a mark parts the name"));
    if count < SURE {
        finding.at_most(Confidence::Medium);
    }
    finding.fix(fix);
}
