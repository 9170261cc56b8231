//! A bracket without its partner: lost, doubled, turned or of another kind. May use `rule`, `document` and
//! `text`.
//!
//! Brackets are counted in the paragraph. What closes nothing because it marks an item (`a)`) or draws a face
//! is no bracket; a pair that reaches over paragraphs is one; and a document that leaves many brackets
//! open, as formulas and chats do, does so on purpose. Where nothing but the count tells, evidence decides.

mod evidence;
mod places;

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// From how many single brackets on in a document they are the writer's way.
    habit: usize,
    /// How many pairs there are at least for each single bracket where there is more than one.
    pairs: usize,
}

/// The pairs that are counted.
const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】'), ('〔', '〕')];

/// Over how many blocks a pair may reach.
const FAR: usize = 8;

/// How many characters before a closing bracket make the sign of an item, at most.
const LONGEST_SIGN: usize = 5;

/// How many open brackets are looked at for the partner of one that closes.
const DEEPEST: usize = 8;

/// How many bytes an interval of numbers has at most.
const LONGEST_INTERVAL: usize = 24;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::document(move |document, report| check(&settings, document, report)))
}

/// A bracket without a partner.
#[derive(Clone, Copy, Debug)]
struct Single {
    /// Its place in the text, in bytes.
    at: usize,
    bracket: char,
    /// The place among [`PAIRS`].
    kind: usize,
    is_open: bool,
    block: usize,
    /// The partner of another kind, if one stands where it should: its place and sign.
    mismatch: Option<(usize, char)>,
}

fn check(settings: &Settings, document: &Document, report: &mut Report<'_>) {
    let mut singles = Vec::new();
    let mut pairs = 0;
    for (index, block) in document.blocks().iter().enumerate() {
        pairs += singles_of(document, block, index, &mut singles);
    }
    pair_over_blocks(&mut singles);
    let is_habit = singles.len() >= settings.habit && singles.len() * settings.pairs > pairs
        || singles.len() >= 2 * settings.habit;
    let counts = evidence::Counts { singles: singles.len(), pairs };
    for (index, single) in singles.iter().enumerate() {
        let near = [index.checked_sub(1), Some(index + 1)]
            .into_iter()
            .flatten()
            .filter_map(|index| singles.get(index));
        let near: Vec<Single> = near.copied().filter(|near| near.block == single.block).collect();
        if is_told_by_form(document, single, &near) {
            if !is_habit {
                report_form(document, single, &near, report);
            }
        } else if !is_habit && !is_answered(document.text(), single, &near) {
            report_single(document, single, counts, report);
        }
    }
}

/// Collects the brackets of a block that have no partner in it; how many pairs there are.
fn singles_of(document: &Document, block: &Block, index: usize, singles: &mut Vec<Single>) -> usize {
    let text = document.slice(block.span);
    let mut open: Vec<Single> = Vec::new();
    let mut smile = None;
    let mut pairs = 0;
    let first = singles.len();
    // Most paragraphs hold none of the bytes that a bracket begins with.
    let bytes = text.as_bytes();
    if memchr::memchr3(b'(', b')', b'[', bytes).or_else(|| memchr::memchr3(b']', 0xE3, 0xEF, bytes)).is_none()
    {
        return 0;
    }
    for (offset, c) in text.char_indices() {
        let Some((kind, is_open)) = kind_of(c) else { continue };
        let at = block.span.lo() + offset;
        // `thanks))`, `sad((`: two that close nothing, and two behind a word that open nothing, smile.
        let rest = &text[offset + c.len_utf8()..];
        let is_second = smile == Some(offset);
        let begins_smile = match c {
            ')' => open.is_empty() && rest.starts_with(c),
            '(' => {
                rest.strip_prefix(c).is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
                    && text[..offset].ends_with(|c: char| !c.is_whitespace())
            }
            _ => false,
        };
        if is_second || begins_smile {
            smile = (!is_second).then_some(offset + 1);
            continue;
        }
        if is_no_bracket(document, text, offset, c, !open.is_empty()) {
            continue;
        }
        let single = Single { at, bracket: c, kind, is_open, block: index, mismatch: None };
        if is_open {
            open.push(single);
            continue;
        }
        // `[0, 1)`.
        if let Some(last) = open.last()
            && last.kind != kind
            && is_interval(&document.text()[last.at..at])
        {
            open.pop();
            continue;
        }
        let near = open.len().saturating_sub(DEEPEST);
        match open[near..].iter().rposition(|other| other.kind == kind).map(|place| near + place) {
            Some(place) if place + 1 == open.len() => {
                open.pop();
                pairs += 1;
            }
            // One inside was left open.
            Some(place) if open.len() - place <= 2 => {
                singles.extend(open.drain(place + 1..));
                open.pop();
                pairs += 1;
            }
            _ if is_sign_of_item(&text[..offset]) => {}
            _ => match open.last() {
                // `(so]`.
                Some(last) if !text[..offset].ends_with(c) => {
                    singles.push(Single { mismatch: Some((last.at, last.bracket)), ..single });
                    open.pop();
                }
                _ => singles.push(single),
            },
        }
    }
    singles.extend(open);
    singles[first..].sort_unstable_by_key(|single| single.at);
    pairs
}

/// Takes out what opens in one block and closes in one of the next.
fn pair_over_blocks(singles: &mut Vec<Single>) {
    let mut index = 0;
    while index < singles.len() {
        let one = singles[index];
        let window = &singles[index + 1..singles.len().min(index + 1 + FAR)];
        let partner = window.iter().position(|other| {
            other.kind == one.kind
                && other.block > one.block
                && other.block - one.block <= FAR
                && !other.is_open
        });
        match partner.filter(|_| one.is_open && one.mismatch.is_none()) {
            Some(place) => {
                singles.remove(index + 1 + place);
                singles.remove(index);
            }
            None => index += 1,
        }
    }
}

/// Whether the bracket is of another kind than its partner, turned or doubled.
fn is_told_by_form(document: &Document, single: &Single, near: &[Single]) -> bool {
    single.mismatch.is_some()
        || is_turned(document.text(), single, near)
        || is_doubled(document.text(), single)
}

/// Whether the bracket points the wrong way, and the one beside it has no partner: `(so(`.
fn is_turned(text: &str, single: &Single, near: &[Single]) -> bool {
    let (before, after) = neighbours(text, single);
    let looks_turned = match single.is_open {
        true => {
            before.is_some_and(|c| !c.is_whitespace() && !is_bracket(c))
                && after.is_none_or(|c| !c.is_alphanumeric())
        }
        false => before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_alphanumeric),
    };
    let has_partner = near.iter().any(|other| {
        other.kind == single.kind
            && other.is_open == single.is_open
            && (other.at < single.at) == single.is_open
    });
    (looks_turned || single.bracket > '\u{2E80}') && has_partner
}

/// Whether the bracket stands beside another of its kind, perhaps with a space between.
fn is_doubled(text: &str, single: &Single) -> bool {
    doubled_side(text, single).is_some()
}

/// The gap between the bracket and another of its kind right beside it.
fn doubled_side(text: &str, single: &Single) -> Option<Span> {
    let span = span_of(single);
    let (before, behind) = (&text[..span.lo()], &text[span.hi()..]);
    let near = |text: &str| text.len() <= 1 && text.chars().all(|c| c == ' ');
    let (left, right) = (before.trim_end(), behind.trim_start());
    if left.ends_with(single.bracket) && near(&before[left.len()..]) {
        Some(Span::new(left.len(), span.lo()))
    } else if right.starts_with(single.bracket) && near(&behind[..behind.len() - right.len()]) {
        Some(Span::new(span.hi(), text.len() - right.len()))
    } else {
        None
    }
}

/// Whether the bracket is the partner of one that points the wrong way, which is reported.
fn is_answered(text: &str, single: &Single, near: &[Single]) -> bool {
    let is_turned = |at: usize| text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
    single.is_open
        && near.iter().any(|other| {
            other.kind == single.kind && other.is_open && other.at > single.at && is_turned(other.at)
        })
}

/// The characters on either side.
fn neighbours(text: &str, single: &Single) -> (Option<char>, Option<char>) {
    let behind = &text[single.at + single.bracket.len_utf8()..];
    (text[..single.at].chars().next_back(), behind.chars().next())
}

fn span_of(single: &Single) -> Span {
    Span::new(single.at, single.at + single.bracket.len_utf8())
}

/// Reports what form alone tells.
fn report_form(document: &Document, single: &Single, near: &[Single], report: &mut Report<'_>) {
    let text = document.text();
    let span = span_of(single);
    let (open, close) = PAIRS[single.kind];
    if let Some((at, bracket)) = single.mismatch {
        let other = kind_of(bracket).map_or(')', |(kind, _)| PAIRS[kind].1);
        let finding = report.add(span, format!("`{bracket}` is closed by `{}`", single.bracket));
        finding.relate("it is opened here", Span::new(at, at + bracket.len_utf8()));
        finding.fix(Fix::safe(format!("write `{other}`"), vec![Edit::replace(span, other)]));
        finding.fix(Fix::unsafe_(
            format!("open with `{open}`"),
            vec![Edit::replace(Span::new(at, at + bracket.len_utf8()), open)],
        ));
    } else if is_turned(text, single, near) {
        let turned = if single.is_open { close } else { open };
        report
            .add(span, format!("`{}` stands where `{turned}` should", single.bracket))
            .fix(Fix::safe(format!("write `{turned}`"), vec![Edit::replace(span, turned)]));
    } else {
        let gap = doubled_side(text, single).unwrap_or(span);
        // The space beside it goes with it.
        let edit = vec![Edit::delete(span.cover(gap))];
        let fix = if gap.is_empty() { Fix::safe("delete it", edit) } else { Fix::unsafe_("delete it", edit) };
        let finding = report.add(span, alone(single));
        // A smile has two, with a space between as well: `(the mill :) )`.
        if !gap.is_empty() {
            finding.at_most(Confidence::Low);
        }
        finding.fix(fix);
    }
}

fn alone(single: &Single) -> String {
    format!("`{}` has no partner in this paragraph", single.bracket)
}

/// Reports a bracket that stands alone: lists, smileys, formulas and texts cut from others leave some alone as well.
fn report_single(document: &Document, single: &Single, counts: evidence::Counts, report: &mut Report<'_>) {
    let assessment = report.assess(&evidence::of(document, single, counts));
    let text = document.text();
    let span = span_of(single);
    let (open, close) = PAIRS[single.kind];
    let (before, after) = neighbours(text, single);
    let block = document.blocks()[single.block].span;
    let finding = report.add(span, alone(single));
    match assessment {
        Some(assessment) => finding.assessed(assessment),
        // What hardly tells is a hint.
        None => finding.at_most(Confidence::Low),
    };
    let (partner, verb, places) = match single.is_open {
        true => (close, "close", places::ends_of_clause(&text[span.hi()..block.hi()], span.hi())),
        false => (open, "open", places::starts_of_clause(text, Span::new(block.lo(), single.at))),
    };
    for (rank, at) in places.into_iter().enumerate() {
        let title = format!("{verb} with `{partner}`{}", ["", " later", " later still"][rank.min(2)]);
        let edits = vec![Edit::insert(at, String::from(partner))];
        finding.fix(if rank == 0 { Fix::unsafe_(title, edits) } else { Fix::display(title, edits) });
    }
    // A bracket between spaces or by itself is one too many.
    let edit = if after.is_none_or(char::is_whitespace) && before.is_some_and(char::is_whitespace) {
        Span::new(single.at - before.map_or(0, char::len_utf8), span.hi())
    } else {
        span
    };
    let delete = Fix::unsafe_("delete it", vec![Edit::delete(edit)]);
    if edit == span && single.is_open {
        finding.fix(delete);
    } else {
        finding.fixes.insert(0, delete);
    }
}

fn kind_of(c: char) -> Option<(usize, bool)> {
    let index = PAIRS.iter().position(|(open, close)| c == *open || c == *close)?;
    Some((index, PAIRS[index].0 == c))
}

fn is_bracket(c: char) -> bool {
    kind_of(c).is_some()
}

/// Whether the bracket is the mouth of a face, stands by itself in quotation marks, or is no prose. Where one is open,
/// `(n = 8)` closes it: numbers are no eyes then.
fn is_no_bracket(document: &Document, text: &str, at: usize, bracket: char, is_one_open: bool) -> bool {
    let (before, behind) = (&text[..at], &text[at + bracket.len_utf8()..]);
    let last = before.chars().next_back();
    let next = behind.chars().next();
    let is_quote = |c: Option<char>| c.is_some_and(|c| "\"'“”‘’«»`„".contains(c));
    let eyes = before.trim_end_matches(['-', '\'', '^', 'o', '~']);
    let mut behind_eyes = eyes.chars().rev();
    let has_eyes = match behind_eyes.next() {
        Some(':' | ';') => next.is_none_or(|c| !c.is_alphanumeric()),
        // `B8)` and `[28]` look at nobody.
        Some('8') if is_one_open => false,
        Some('=' | '8') => behind_eyes.next().is_none_or(char::is_whitespace),
        _ => false,
    };
    let is_face = has_eyes && matches!(bracket, '(' | ')' | ']');
    let is_turned_face = matches!(next, Some(':' | ';' | '='))
        && matches!(bracket, '(' | ')')
        && last.is_none_or(char::is_whitespace);
    // `спасибо))`, `sad((`: smiles without eyes.
    let is_smile = matches!(bracket, ')' | '(')
        && (behind.starts_with(bracket) && behind[1..].starts_with(bracket)
            || before.ends_with(bracket) && before[..before.len() - 1].ends_with(bracket));
    let start = document_offset(document, text, at);
    is_face
        || is_turned_face
        || is_smile
        || is_quote(last) && is_quote(next)
        || last == Some('\\')
        || document.mask().covers(Span::new(start, start + bracket.len_utf8()))
}

/// The place in the document of `at` in a slice of its text.
fn document_offset(document: &Document, slice: &str, at: usize) -> usize {
    slice.as_ptr() as usize - document.text().as_ptr() as usize + at
}

/// Whether a closing bracket ends the sign of a list item: `a)`, `12)`, `iv)`, `2.1)`.
fn is_sign_of_item(before: &str) -> bool {
    let length =
        before.chars().rev().take(LONGEST_SIGN + 1).take_while(|c| !c.is_whitespace() && *c != '(').count();
    let mut word = before.chars().rev().take(length);
    match length {
        1 | 2 => word.all(char::is_alphanumeric),
        3..=LONGEST_SIGN => word.all(|c| c.is_numeric() || "ivxlIVXL.*".contains(c)),
        _ => false,
    }
}

/// Whether what stands between two brackets is an interval of numbers: `[0, 1)`.
fn is_interval(between: &str) -> bool {
    between.len() <= LONGEST_INTERVAL
        && between.contains([',', ';', '.'])
        && between.split_whitespace().count() <= 2
}
