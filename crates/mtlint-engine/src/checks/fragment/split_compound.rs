//! A clause that was put into the middle of a hyphenated name: `that the Al- She said that Noor fund`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_text::{Edit, Span};

const PRONOUNS: &str = "pronoun.subject";
const REPORTING: &str = "reporting-verb.past";
const COMPLEMENTISERS: &str = "complementiser";

/// How many words a reporting verb has at most.
const LONGEST_VERB: usize = 3;

/// How many tokens before the hyphen the clause it belongs to may begin.
const REACH: usize = 5;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let tokens = document.tokens_of(block);
    for (index, token) in tokens.iter().enumerate() {
        if !matches!(document.slice(token.span), "-" | "‐" | "‑") || index == 0 {
            continue;
        }
        if let Some(found) = find(document, tokens, index) {
            add(document, tokens, index, &found, report);
        }
    }
}

/// The clause after a hyphen, as indices into the tokens.
struct Inserted {
    pronoun: usize,
    complementiser: usize,
    second: usize,
}

fn find(document: &Document, tokens: &[Token], hyphen: usize) -> Option<Inserted> {
    let word = |index: usize| tokens.get(index).map(|token| document.slice(token.span));
    let pack = document.pack();
    let (first, mark) = (tokens[hyphen - 1], tokens[hyphen]);
    let next = tokens.get(hyphen + 1)?;
    let torn =
        first.kind.is_word() && first.span.end == mark.span.start && next.span.start == mark.span.end + 1;
    let subject = next.kind == TokenKind::Capitalised && pack.words(PRONOUNS).contains(word(hyphen + 1)?);
    if !torn || !subject {
        return None;
    }
    let after = tokens.get(hyphen + 2..).unwrap_or_default();
    let verbs = document.prefix_of(&after[..after.len().min(LONGEST_VERB)], pack.words(REPORTING));
    let complementiser = hyphen + 2 + verbs;
    let second = complementiser + 1;
    let found = verbs > 0
        && pack.words(COMPLEMENTISERS).contains(word(complementiser)?)
        && tokens.get(second)?.kind.is_word();
    found.then_some(Inserted { pronoun: hyphen + 1, complementiser, second })
}

fn add(document: &Document, tokens: &[Token], hyphen: usize, found: &Inserted, report: &mut Report<'_>) {
    let text = |index: usize| document.slice(tokens[index].span);
    let first = hyphen - 1;
    let compound = format!("{}{}{}", text(first), text(hyphen), text(found.second));
    let pronoun = text(found.pronoun);
    let rest = document.slice(tokens[found.pronoun + 1].span.cover(tokens[found.complementiser].span));
    // `but that the center- She warned that left`: the clause belongs before that `that`.
    let outer = (first.saturating_sub(REACH)..first)
        .rev()
        .take_while(|&index| tokens[index].kind.is_word())
        .find(|&index| document.pack().words(COMPLEMENTISERS).contains(text(index)));
    let (start, before) = match outer {
        Some(that) => {
            let between = Span::new(tokens[that].span.hi(), tokens[first].span.lo());
            (that, document.slice(between))
        }
        None => (first, " "),
    };
    let begins = start == 0 || matches!(text(start - 1), "." | "!" | "?");
    let subject = if begins { pronoun.to_owned() } else { pronoun.to_lowercase() };
    let span = tokens[start].span.cover(tokens[found.second].span);
    let mended = format!("{subject} {rest}{before}{compound}");
    let torn = tokens[first].span.cover(tokens[found.second].span);
    let finding = report
        .add(
            torn,
            format!(
                "`{compound}` is torn apart by a clause that was put after its hyphen: word order was moved \
                 by pieces; the clause goes before it"
            ),
        )
        .fix(Fix::unsafe_("restore the word order", vec![Edit::replace(span, mended)]));
    if outer.is_some() {
        // Whoever knows what the outer clause was about leaves it standing.
        let moved = format!("{pronoun} {rest} {compound}");
        finding.fix(Fix::display("only move the clause before the name", vec![Edit::replace(torn, moved)]));
    }
}
