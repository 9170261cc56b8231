//! Marks, letters and digits of another script than the text around them: `，` `。` `（` `６` `،` `।` `؟`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_lang::{ClauseMark, MarkHome, mark_at_home};
use mtlint_text::{Edit, Span};
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// From a wide mark to what it is in other scripts.
    marks: BTreeMap<char, String>,
    /// Marks of quotation, from the wide one to the curly and the straight one.
    quotes: BTreeMap<char, (String, String)>,
    /// Marks that are left alone.
    kept: Vec<char>,
    /// Brackets that are left alone where both stand in a paragraph.
    labels: BTreeMap<char, char>,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::block(move |document, block, report| check(&settings, document, block, report)))
}

/// How many characters on a letter or digit is looked for that tells the script.
const NEAR: usize = 40;

fn check(settings: &Settings, document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    let is_wide =
        |c: char| c > '\u{2E7F}' && narrow(settings, c, true).is_some() || foreign_mark(c).is_some();
    let mut is_east_asian_text = None;
    // What is asked of the whole block is asked once.
    let labels = OnceCell::new();
    let is_curly = OnceCell::new();
    let mut chars = text.char_indices().peekable();
    // The last letter or digit before the mark; up to where it was looked for.
    let mut before: Option<char> = None;
    let mut seen = 0;
    while let Some((at, c)) = chars.next() {
        if !is_wide(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next, c)) = chars.peek()
            && is_wide(c)
        {
            end = next + c.len_utf8();
            chars.next();
        }
        let since = text[seen..at].chars().rev().find(|c| c.is_alphanumeric());
        before = since.or(before);
        seen = end;
        let after = text[end..].chars().take(NEAR).find(|c| c.is_alphanumeric());
        let neighbours = [before, after];
        let mut letters = neighbours.into_iter().flatten().peekable();
        if letters.peek().is_none() || labels.get_or_init(|| labels_of(settings, text)).contains(&c) {
            continue;
        }
        let home = foreign_mark(c).map_or(MarkHome::EastAsian, |mark| mark.home);
        let is_at_home = |c: char| match home {
            MarkHome::EastAsian => is_east_asian(c),
            home => MarkHome::of_letter(c) == Some(home),
        };
        if letters.any(is_at_home) {
            continue;
        }
        let is_mostly_east_asian = *is_east_asian_text.get_or_insert_with(|| is_mostly_east_asian(text));
        if home == MarkHome::EastAsian && is_mostly_east_asian {
            continue;
        }
        let is_among_east_asian = is_mostly_east_asian && neighbours.into_iter().flatten().any(is_east_asian);
        let is_curly = *is_curly.get_or_init(|| !text.contains('"'));
        let surroundings = Surroundings { text, is_curly, is_among_east_asian };
        report_run(settings, block, at..end, &surroundings, report);
    }
}

/// The brackets around labels of which the text has both.
fn labels_of(settings: &Settings, text: &str) -> Vec<char> {
    let both = settings.labels.iter().filter(|(open, close)| text.contains(**open) && text.contains(**close));
    both.flat_map(|(open, close)| [*open, *close]).collect()
}

/// What is known of a block.
struct Surroundings<'d> {
    text: &'d str,
    /// Whether its quotation marks are curly.
    is_curly: bool,
    /// Whether the mark stands among Chinese or Japanese letters.
    is_among_east_asian: bool,
}

fn report_run(
    settings: &Settings,
    block: &Block,
    range: std::ops::Range<usize>,
    &Surroundings { text, is_curly, is_among_east_asian }: &Surroundings<'_>,
    report: &mut Report<'_>,
) {
    let meant = |c: char| match foreign_mark(c) {
        Some(mark) if is_among_east_asian => {
            Some(String::from(mark_at_home(mark.class, MarkHome::EastAsian)))
        }
        Some(mark) => Some(String::from(mark_at_home(mark.class, MarkHome::General))),
        None => narrow(settings, c, is_curly),
    };
    let mut written: String = text[range.clone()].chars().filter_map(meant).collect();
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let next = after.chars().next();
    let opens = |c: char| "([“‘".contains(c);
    // A wide mark brings its own space: a narrow one needs it after, and an opening one before.
    if next.is_some_and(|c| c.is_alphanumeric() || opens(c))
        && written.ends_with(['.', ',', ':', ';', '!', '?', ')'])
    {
        written.push(' ');
    }
    if written.starts_with(opens) && before.chars().next_back().is_some_and(char::is_alphanumeric) {
        written.insert(0, ' ');
    }
    let mut start = range.start;
    if written.starts_with('.') && before.ends_with('.') {
        written.remove(0);
    } else if written.starts_with([',', '.', ':', ';', '!', '?', ')', ' ']) {
        start = before.trim_end_matches(' ').len();
    }
    if written.ends_with(' ') && (next.is_none_or(char::is_whitespace))
        || written.ends_with(opens) && next == Some(' ')
    {
        written.truncate(written.trim_end().len());
    }
    let span = Span::new(range.start, range.end).shifted(block.span.lo());
    let edited = Span::new(start, range.end).shifted(block.span.lo());
    report
        .add(span, format!("`{}` is a mark of another script", &text[range.clone()]))
        .fix(Fix::safe(format!("write `{written}`"), vec![Edit::replace(edited, written.clone())]));
}

/// A mark that belongs with the letters of one script, and is not of East Asian width.
fn foreign_mark(c: char) -> Option<ClauseMark> {
    if c.is_ascii() {
        return None;
    }
    ClauseMark::of(c).filter(|mark| !matches!(mark.home, MarkHome::General | MarkHome::EastAsian))
}

/// What a wide character is in other scripts.
fn narrow(settings: &Settings, c: char, is_curly: bool) -> Option<String> {
    if let Some(mark) = settings.marks.get(&c) {
        return Some(mark.clone());
    }
    if let Some((curly, straight)) = settings.quotes.get(&c) {
        return Some(if is_curly { curly.clone() } else { straight.clone() });
    }
    // The block of full-width forms repeats ASCII in its order.
    match u32::from(c) {
        _ if settings.kept.contains(&c) => None,
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFF01 + 0x21).map(String::from),
        _ => None,
    }
}

fn is_east_asian(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFF66..=0xFFDC | 0x20000..=0x3FFFF)
        && c.is_alphabetic()
}

fn is_mostly_east_asian(text: &str) -> bool {
    let (mut all, mut east_asian) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        // A word of Latin letters has about five, one of Chinese characters about two.
        east_asian += usize::from(is_east_asian(c)) * 3;
    }
    east_asian * 2 > all
}
