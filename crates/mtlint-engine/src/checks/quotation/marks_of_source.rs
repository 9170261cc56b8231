//! Quotation marks that the source has and the target lacks.
//!
//! May use `document`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_text::Span;

/// How many characters speech has at least.
const SPEECH: usize = 30;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if !pair.is_translated() {
        return;
    }
    let source = marks(pair.source().text());
    let target = marks(pair.target().text());
    if source.len() < 2 || !source.len().is_multiple_of(2) {
        return;
    }
    if target.len() % 2 == 1 {
        // Which of the marks lost its partner is told by the one that is there.
        let span = target.last().copied().unwrap_or(pair.end());
        report.add(span, "a quotation mark of the source is missing: this one has no partner");
    } else if target.is_empty() && !is_set_apart(pair.target().text()) {
        let finding = report.add(pair.end(), "the source quotes, the translation does not");
        // A word or a title is set apart in one language and not in the other; speech is in both.
        let quoted = |pair_of: &[Span]| {
            let between = pair_of[0].cover(pair_of[pair_of.len() - 1]);
            pair.source().slice(between).chars().count()
        };
        if source.chunks(2).map(quoted).max().unwrap_or(0) < SPEECH {
            finding.at_most(Confidence::Low);
        }
    }
}

/// The quotation marks of a text; apostrophes are none, nor are the signs for inches behind a digit.
fn marks(text: &str) -> Vec<Span> {
    let is_mark = |(at, c): (usize, char)| {
        let before = text[..at].chars().next_back();
        let is_inches = c == '"' && before.is_some_and(|c| c.is_ascii_digit()) && !text[..at].contains('"');
        let is_double = matches!(
            c,
            '"' | '“'
                | '”'
                | '„'
                | '‟'
                | '«'
                | '»'
                | '「'
                | '」'
                | '『'
                | '』'
                | '《'
                | '》'
                | '〈'
                | '〉'
                | '＂'
        );
        (is_double && !is_inches).then(|| Span::new(at, at + c.len_utf8()))
    };
    let mut marks: Vec<Span> = text.char_indices().filter_map(is_mark).collect();
    // Doubled straight marks, as spreadsheets write them, count once.
    let doubled = text.matches("\"\"").count();
    if doubled < 2 {
        return marks;
    }
    marks.dedup_by(|next, last| next.start == last.end && next.of(text) == "\"" && last.of(text) == "\"");
    marks
}

/// Whether something else sets apart what the source quotes: single marks, brackets, tags, stars.
fn is_set_apart(text: &str) -> bool {
    text.contains(['‘', '’', '‚', '\'', '(', '（', '<', '*', '_', '`', '[', '‹', '›', '【', '—', '–'])
}
