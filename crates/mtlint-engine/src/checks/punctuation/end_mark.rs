//! The mark that ends the target is another one than that of the source.
//!
//! May use `document`, `lang`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::pair::Pair;
use mtlint_lang::{Language, is_unspaced};
use mtlint_text::Span;
use serde::Deserialize;

/// Which share of the sentences of a file ends without a mark where that is its habit.
const BARE_HABIT: f64 = 0.15;

/// What a mark at the end of a text says, whatever the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    None,
    Stop,
    Question,
    Exclamation,
    Colon,
    Ellipsis,
    /// A semicolon, comma or dash.
    Other,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Scripts {
    /// The languages that end a sentence without a mark.
    without_stop: Vec<Language>,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let Scripts { without_stop } = params.read()?;
    Ok(CodeCheck::pair(move |pair, report| check(&without_stop, pair, report)))
}

fn check(without_stop: &[Language], pair: &Pair<'_>, report: &mut Report<'_>) {
    let ends_bare = |language: Option<Language>| language.is_some_and(|it| without_stop.contains(&it));
    if ends_bare(pair.source().language()) || ends_bare(pair.target().language()) || pair.holds_plural_forms()
    {
        return;
    }
    if !pair.is_translated() || !pair.source().text().contains(char::is_alphabetic) {
        return;
    }
    let is_unspaced = pair.target().text().chars().any(is_unspaced);
    let (source, _) = end(pair.source().text());
    let (target, span) = end(pair.target().text());
    // A remark in brackets has its stop, or does without; so does one behind a sentence in scripts
    // whose brackets end it.
    let is_remark = [pair.source(), pair.target()].into_iter().all(|it| is_bracketed_at_end(it.text()))
        && (is_unspaced || pair.source().text().trim_start().starts_with(['(', '（']));
    // A file that leaves out most stops, as those of Urdu interfaces do, does so on purpose.
    let is_habit = || {
        let habits = pair.target().facts().habits.as_ref();
        habits.is_some_and(|habits| habits.bare_ends > BARE_HABIT)
    };
    let message = match (source, target) {
        _ if source == target => return,
        // The stop of an ordinal or of a short word, where the source was cut, ends no sentence.
        (End::Stop, End::None) if ends_in_number(pair.source()) => return,
        // Three stops behind a whole sentence stand for a cut, which a translation may well complete.
        (End::Ellipsis, End::Stop) if !is_label(pair.source().text()) => return,
        // Headlines and labels take or lose a stop by the target's manners; questions do not.
        (End::Other, _) | (_, End::Other) => return,
        // A sentence may have lost its mark in the source, as in what was written down from speech; a
        // label has none.
        (End::None, End::Stop | End::Question) if !is_label(pair.source().text()) => return,
        // What goes on in a list or table behind it may have a colon.
        (End::None, End::Colon) if pair.source().text().split_whitespace().count() > 2 => return,
        (End::None, End::Stop) | (End::Stop | End::Exclamation, End::None) if is_remark => return,
        (End::Stop, End::None) if is_habit() => return,
        // A label keeps its stop in few languages; Armenian ends a sentence in what looks like a colon.
        (End::Stop, End::None) if is_unspaced && is_label(pair.source().text()) => return,
        (End::Stop, End::Colon) => return,
        (End::Colon, End::Stop) if is_unspaced => return,
        (End::Stop, End::Exclamation) | (End::Exclamation, End::Stop) => return,
        (_, End::None) => "the mark that ends the source is missing",
        (End::None, _) => "the source ends without this mark",
        (_, _) => "the source ends in another mark",
    };
    report.add(span, message);
}

/// Whether a text ends in a number with a stop, which is an ordinal in its language.
fn ends_in_number(document: &Document) -> bool {
    let is_ordinal = || document.pack().numbers().is_some_and(|numbers| numbers.ordinal_stop);
    let before = document.text().trim_end().strip_suffix('.');
    before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit())) && is_ordinal()
}

/// Whether a text is a label, short and no sentence.
fn is_label(text: &str) -> bool {
    const MOST_WORDS: usize = 6;
    text.split_whitespace().count() <= MOST_WORDS && text.chars().count() <= 60
}

/// Whether the last thing of a text stands in round brackets.
fn is_bracketed_at_end(text: &str) -> bool {
    let rest = text.trim_end().trim_end_matches(['.', '。', '!', '！', '?', '？']);
    rest.ends_with([')', '）']) || text.trim_end().ends_with([')', '）'])
}

/// How a text ends, quotation marks, brackets and tags behind the mark left out, and where the mark
/// stands or would.
fn end(text: &str) -> (End, Span) {
    let mut rest = text.trim_end();
    let whole = rest.len();
    loop {
        let closing = |c: char| {
            matches!(
                c,
                '"' | '”'
                    | '“'
                    | '»'
                    | '«'
                    | '’'
                    | '\''
                    | '」'
                    | '』'
                    | '）'
                    | ')'
                    | ']'
                    | '】'
                    | '*'
                    | '_'
                    | '›'
                    | '\u{200e}'
                    | '\u{200f}'
            )
        };
        let shorter = rest.trim_end_matches(|c: char| closing(c) || c.is_whitespace());
        let shorter = match shorter.strip_suffix('>').and_then(|inner| inner.rfind('<')) {
            Some(at) if rest.len() - at < 60 => &shorter[..at],
            _ => shorter,
        };
        if shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    let mark = rest.chars().next_back();
    let before = || rest.chars().rev().nth(1);
    // A mark between quotation marks is one that is talked of: `must not contain '.'`.
    let is_mentioned = rest.len() < whole
        && before().is_some_and(|c| matches!(c, '\'' | '"' | '“' | '„' | '‘' | '‚' | '«' | '`'));
    let mark = mark.filter(|_| !is_mentioned);
    let kind = match mark {
        Some('.') if matches!(before(), Some('.')) => End::Ellipsis,
        Some('…' | '⋯') => End::Ellipsis,
        Some('.' | '。' | '．' | '।' | '۔' | '｡' | '။' | '։' | '።' | '៕') => End::Stop,
        Some('?' | '？' | '؟' | ';' | ';') if mark != Some(';') => End::Question,
        Some('!' | '！') => End::Exclamation,
        Some(':' | '：') => End::Colon,
        Some(',' | ';' | '，' | '、' | '；' | '-' | '–' | '—' | '،') => End::Other,
        _ => End::None,
    };
    let span = match (kind, mark) {
        (End::None, _) | (_, None) => Span::at(whole),
        (_, Some(mark)) => Span::new(rest.len() - mark.len_utf8(), rest.len()),
    };
    (kind, span)
}
