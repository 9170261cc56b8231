//! A number or time of day broken by spaces or a mark too many: `0 . 001`, `1,,234`, `25. 8%`, `08: 30 am`.
//! May use `rule`, `document`, `lang` and `text`.

use super::word_at_end;
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_lang::{LanguagePack, ValueWords};
use mtlint_text::{Edit, Span};

/// How many bytes may stand between the two halves.
const LONGEST_GAP: usize = 4;

const FUNCTION_WORDS: &str = "function-words";

/// Words before a time of the clock.
const CLOCK_PREPOSITION: &str = "clock-preposition";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let values = ValueWords::of(document.language());
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
            values,
            pack: document.pack(),
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
    values: &'static ValueWords,
    pack: &'t LanguagePack,
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
        let is_list = begins || {
            let before = self.before.trim_end();
            before.ends_with([',', ';']) && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit())
        };
        match self.gap {
            " ." | " . " if !is_list && !goes_on(self.after) && self.second.len() <= 4 => Some('.'),
            // No item and no sentence has the number 0.
            ". " if self.first == "0" && !begins && self.second.len() <= 3 => Some('.'),
            ". " if self.is_measured() && !begins && self.first.len() <= 3 && self.second.len() <= 2 => {
                Some('.')
            }
            " ," | " , " | ",," | ";" if self.is_grouped() && !is_list && !goes_on(self.after) => Some(','),
            ".." if !begins && !goes_on(self.after) && self.is_measured() => Some('.'),
            "。" if self.second.len() <= 2 && !begins => Some('.'),
            // `3, 000 cells`, `$2, 500`
            ", " if self.is_grouped() && !is_list && !goes_on(self.after) && self.is_one_number() => {
                Some(',')
            }
            " :" | ": " | " : " if self.is_time() => Some(':'),
            _ => None,
        }
    }

    fn is_grouped(&self) -> bool {
        let is_first = self.first.len() <= 3 && !self.first.starts_with('0');
        is_first && self.second.len() == 3 && !self.after.starts_with(|c: char| c.is_alphanumeric())
    }

    /// Whether the halves of a list would hardly look so: the second is all noughts, or a sign of money stands before.
    fn is_one_number(&self) -> bool {
        self.second == "000" || self.before.ends_with(['$', '€', '£', '¥']) && self.second.ends_with('0')
    }

    /// Whether what measures the number stands behind it, and the first half does not begin a line, as an item does.
    fn is_measured(&self) -> bool {
        let after = self.after.strip_prefix([' ', '\u{a0}']).unwrap_or(self.after);
        let is_item = self.before.trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|c| c == '\n');
        let is_unit = || {
            let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
            self.values.scale(&after[..letters].to_lowercase()).is_some_and(|power| power >= 3)
                || self.values.unit_at_start(after).is_some_and(|(_, length)| length > 1)
        };
        // Signs of units that no table has: `26. 5 cM`.
        let is_sign = || {
            let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
            let word = &after[..letters];
            after.len() < self.after.len()
                && (1..=2).contains(&word.chars().count())
                && word.len() > 1
                && !self.pack.words(FUNCTION_WORDS).contains(word)
                && !self.pack.words(FUNCTION_WORDS).contains(word.to_lowercase().as_str())
        };
        !is_item && (is_sign() || after.starts_with(['%', '％', '°', '€', '£', '‰']) || is_unit())
    }

    /// Whether the two are an hour and a minute: the hour has two digits, and seconds or the half of the
    /// day stand behind.
    fn is_time(&self) -> bool {
        let hour: u32 = self.first.parse().unwrap_or(99);
        let minute: u32 = self.second.parse().unwrap_or(99);
        let after = self.after.trim_start().to_ascii_lowercase();
        // A verse and a score have no hour of two digits between such words: `[16: 02]`, `at 16 : 02`.
        let word = self.before.trim_end();
        let is_set = word.ends_with(['[', '(']) && word.len() == self.before.len()
            || word.len() < self.before.len()
                && self.pack.words(CLOCK_PREPOSITION).contains(word_at_end(word))
                && hour < 24;
        let is_told = self.first.starts_with('0') && self.first.len() == 2
            || self.first.len() == 2 && is_set
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
