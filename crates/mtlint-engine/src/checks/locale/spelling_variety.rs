//! A word spelt in another variety of the language than the rest: `colours` in an American text.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Token, TokenKind};
use mtlint_lang::Varieties;
use mtlint_text::Edit;
use std::collections::BTreeMap;

/// How many different words make a text one of a variety, where the odd word occurs in one spelling only.
const FEWEST_WORDS: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let varieties = document.pack().varieties();
        if !varieties.spellings.is_empty() {
            check(document, varieties, report);
        }
    }))
}

/// A word that tells a variety.
struct Spelling {
    token: Token,
    /// Which word it is, as an index into the spellings.
    word: usize,
    variety: usize,
}

fn check(document: &Document, varieties: &Varieties, report: &mut Report<'_>) {
    let found = spellings(document, varieties);
    let count = |variety: usize| found.iter().filter(|spelling| spelling.variety == variety).count();
    let Some(usual) = (0..varieties.names.len())
        .max_by_key(|&variety| (count(variety), std::cmp::Reverse(first(&found, variety))))
    else {
        return;
    };
    let odd: Vec<&Spelling> = found.iter().filter(|spelling| spelling.variety != usual).collect();
    // A text of two writers has many of either.
    if odd.is_empty() || odd.len() > 1 && odd.len() * 4 > count(usual) {
        return;
    }
    // The first use of each word in its usual spelling.
    let mut usual_words: BTreeMap<usize, &Spelling> = BTreeMap::new();
    for spelling in found.iter().filter(|spelling| spelling.variety == usual) {
        usual_words.entry(spelling.word).or_insert(spelling);
    }
    for spelling in odd {
        let twin = usual_words.values().find(|other| are_forms(varieties, other, spelling));
        let right = &varieties.spellings[spelling.word][usual];
        if right.is_empty() || twin.is_none() && usual_words.len() < FEWEST_WORDS {
            continue;
        }
        let word = document.slice(spelling.token.span);
        if document.is_quoted_closely(spelling.token.span) || document.mask().covers(spelling.token.span) {
            continue;
        }
        let finding = report.add(
            spelling.token.span,
            format!(
                "`{word}` is {} spelling in a text that is spelt the {} way; write `{right}`",
                varieties.names[spelling.variety], varieties.names[usual]
            ),
        );
        if let Some(other) = twin.or_else(|| usual_words.values().next()) {
            finding.relate("the other spelling is used here", other.token.span);
        }
        finding.fix(Fix::unsafe_(
            format!("write `{right}`"),
            Edit::minimal(document.text(), spelling.token.span, right).into_iter().collect(),
        ));
    }
}

/// Whether both are forms of one word: `color`, `colours`.
fn are_forms(varieties: &Varieties, one: &Spelling, other: &Spelling) -> bool {
    let (a, b) = (&varieties.spellings[one.word][one.variety], &varieties.spellings[other.word][one.variety]);
    !a.is_empty() && !b.is_empty() && (a.starts_with(b.as_str()) || b.starts_with(a.as_str()))
}

/// Where a variety is met first.
fn first(found: &[Spelling], variety: usize) -> usize {
    found.iter().position(|spelling| spelling.variety == variety).unwrap_or(usize::MAX)
}

fn spellings(document: &Document, varieties: &Varieties) -> Vec<Spelling> {
    // A capital may begin a name, which keeps its spelling.
    let words = document
        .tokens()
        .iter()
        .filter(|token| token.kind == TokenKind::Lower && varieties.may_differ(token.hash));
    let spelling = |token: &Token| {
        let (word, variety) = varieties.find(token.hash, document.slice(token.span))?;
        Some(Spelling { token: *token, word, variety })
    };
    words.filter_map(spelling).collect()
}
