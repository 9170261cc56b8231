//! A number or time of day broken by spaces or a mark too many: `0 . 001`, `1,,234`, `25. 8%`, `08: 30 am`.
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_text::{Edit, Span};

/// How many bytes may stand between the two halves.
const LONGEST_GAP: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + found;
        let end = start + digits(&bytes[start..]);
        at = end;
        let Some(gap) = gap_of(&text[end..]) else { continue };
        let behind = end + gap.len();
        let next = digits(&bytes[behind..]);
        let halves = Halves {
            before: &text[..start],
            first: &text[start..end],
            gap,
            second: &text[behind..behind + next],
            after: &text[behind + next..],
        };
        let Some(mark) = halves.mark() else { continue };
        let span = Span::new(start, behind + next).shifted(block.span.lo());
        if document.mask().covers(span) {
            continue;
        }
        let right = format!("{}{mark}{}", halves.first, halves.second);
        let edit = Edit::minimal(document.text(), span, &right).into_iter().collect();
        report
            .add(span, format!("`{}` is a number in pieces", document.slice(span)))
            .fix(Fix::safe(format!("write `{right}`"), edit));
    }
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// What stands between two numbers, if it is spaces and marks that a number may hold.
fn gap_of(text: &str) -> Option<&str> {
    let end =
        text.char_indices().find(|(_, c)| !matches!(c, ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '。'))?.0;
    let gap = &text[..end];
    let is_broken = gap.len() >= 2 && gap.len() <= LONGEST_GAP || gap == ";";
    (is_broken && text[end..].starts_with(|c: char| c.is_ascii_digit())).then_some(gap)
}

/// Two numbers with what stands between and around them.
struct Halves<'t> {
    before: &'t str,
    first: &'t str,
    gap: &'t str,
    second: &'t str,
    after: &'t str,
}

impl Halves<'_> {
    /// The mark that should stand between them; `None` when they are two numbers.
    fn mark(&self) -> Option<char> {
        // A number of more parts: a version, an address, a date, a list.
        let goes_on = |text: &str| {
            text.starts_with(['.', ',', ':', '/', '-'])
                && text[1..].trim_start().starts_with(|c: char| c.is_ascii_digit())
        };
        let begins =
            self.before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | '-' | ':'));
        let is_list = self.before.trim_end().ends_with([',', ';']) || begins;
        match self.gap {
            " ." | " . " if !is_list && !goes_on(self.after) && self.second.len() <= 4 => Some('.'),
            ". " if self.is_measured() && !begins && self.first.len() <= 3 && self.second.len() <= 2 => {
                Some('.')
            }
            " ," | " , " | ",," | ";" if self.is_grouped() && !is_list && !goes_on(self.after) => Some(','),
            ".." if !begins && !goes_on(self.after) && self.is_measured() => Some('.'),
            "。" if self.second.len() <= 2 && !begins => Some('.'),
            " :" | ": " | " : " if self.is_time() => Some(':'),
            _ => None,
        }
    }

    fn is_grouped(&self) -> bool {
        let is_first = self.first.len() <= 3 && !self.first.starts_with('0');
        is_first && self.second.len() == 3 && !self.after.starts_with(|c: char| c.is_alphanumeric())
    }

    /// Whether a sign of a measure stands behind the number.
    fn is_measured(&self) -> bool {
        let after = self.after.strip_prefix(' ').unwrap_or(self.after);
        after.starts_with(['%', '％', '°', '€', '£', '‰'])
    }

    /// Whether the two are an hour and a minute: the hour has two digits, and seconds or the half of the
    /// day stand behind.
    fn is_time(&self) -> bool {
        let hour: u32 = self.first.parse().unwrap_or(99);
        let minute: u32 = self.second.parse().unwrap_or(99);
        let after = self.after.trim_start().to_ascii_lowercase();
        let is_told = self.first.starts_with('0') && self.first.len() == 2
            || self.after.starts_with(':') && self.after[1..].starts_with(|c: char| c.is_ascii_digit())
            || after.starts_with(['a', 'p']) && after[1..].trim_start_matches('.').starts_with('m');
        hour < 60
            && self.first.len() <= 2
            && self.second.len() == 2
            && minute < 60
            && is_told
            && !self.before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | ','))
    }
}
