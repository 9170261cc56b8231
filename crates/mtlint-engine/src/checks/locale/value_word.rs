//! What measures a number in the words of another language: `5 Mrd. euros`, `30 Prozent`, `3 octubre`, `2019年`.
//!
//! What CLDR knows of the units, powers of ten and months of all languages is asked only where a number has a word
//! behind it that the text's own language does not know. May use `rule`, `document`, `lang` and `text`.

use super::{SPACES, digit_runs, word_at_start};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_lang::tagger::Tagger;
use mtlint_lang::{Script, ValueMeaning, ValueWords, Vocabulary};
use mtlint_text::{Edit, Span};

/// The fewest letters of a word that an alphabet writes: shorter ones are signs, names and abbreviations of all kinds.
const FEWEST_LETTERS: usize = 3;

/// The years that `2019年` may name.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report| {
        let own = ValueWords::of(document.language());
        if own.is_known {
            check(document, own, block, report);
        }
    }))
}

fn check(document: &Document, own: &ValueWords, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    for (start, end) in digit_runs(text) {
        let rest = &text[end..];
        let behind = rest.strip_prefix(SPACES).unwrap_or(rest);
        let is_spaced = behind.len() < rest.len();
        let word = word_at_start(behind);
        let Some(first) = word.chars().next() else { continue };
        let foreign = Script::of(first)
            .is_some_and(|script| document.script().is_some_and(|main| script.is_foreign_to(main)));
        if !foreign && (!is_spaced || word.chars().count() < FEWEST_LETTERS) {
            continue;
        }
        let at = block.span.lo() + end + usize::from(is_spaced) * (rest.len() - behind.len());
        let span = Span::new(at, at + word.len());
        let number = &text[start..end];
        if document.mask().covers(span) || is_known(document, own, word, behind) || is_named(document, span) {
            continue;
        }
        let Some(meaning) = ValueWords::meaning_elsewhere(document.language(), word) else { continue };
        let finding = report.add(
            span,
            format!("`{word}` is how another language says what `{number}` measures: it was not translated"),
        );
        if let Some((title, edit)) = mending(document, own, number, span, &meaning) {
            finding.fix(Fix::unsafe_(title, vec![edit]));
        }
    }
}

/// Whether the text's own language has the word, or measures numbers with it.
fn is_known(document: &Document, own: &ValueWords, word: &str, behind: &str) -> bool {
    let lower = word.to_lowercase();
    let is_form = |tagger: &Tagger| tagger.forms().find(word).is_some();
    own.unit_at_start(behind).is_some()
        || own.scale(&lower).is_some()
        || own.month(word).is_some()
        || Vocabulary::of(document.language()).is_some_and(|vocabulary| vocabulary.has(&lower))
        || Tagger::of(document.language()).is_some_and(is_form)
        || document.pack().is_proper_noun(word)
}

/// Whether the word is a part of a longer one, of a name or of what is quoted.
fn is_named(document: &Document, span: Span) -> bool {
    let after = &document.text()[span.hi()..];
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '/' | '_' | '@' | '(');
    let next = after.strip_prefix(SPACES).and_then(|rest| rest.chars().next());
    after.starts_with(joins)
        || next.is_some_and(char::is_uppercase)
        || document.is_quoted_closely(span)
        || document.quotations().holds(span)
}

/// What should be done with the word, where that is certain.
fn mending(
    document: &Document,
    own: &ValueWords,
    number: &str,
    span: Span,
    meaning: &ValueMeaning,
) -> Option<(String, Edit)> {
    let after = &document.text()[span.hi()..];
    let stop = usize::from(after.starts_with(". ") && own_goes_on(&after[2..]));
    let whole = Span::new(span.lo(), span.hi() + stop);
    let before = document.text()[..span.lo()].trim_end_matches(SPACES).len();
    let next = after[stop..].strip_prefix(SPACES).unwrap_or_default();
    let is_year = || {
        matches!(meaning, ValueMeaning::Unit(unit) if unit == "year")
            && before == span.lo()
            && number.parse().is_ok_and(|year| YEARS.contains(&year))
    };
    // The neighbour says it in the language of the text.
    if is_year() || own.says(next, meaning) {
        return Some(("leave it out".to_owned(), Edit::delete(Span::new(before, whole.hi()))));
    }
    let name = own.name_of(meaning).filter(|_| number != "1")?;
    let gap = if before == span.lo() { " " } else { "" };
    Some((format!("write `{name}`"), Edit::replace(whole, format!("{gap}{name}"))))
}

/// Whether a sentence goes on: the stop before belongs to an abbreviation.
fn own_goes_on(rest: &str) -> bool {
    rest.starts_with(char::is_lowercase)
}
