//! Where the lost partner of a bracket may belong. May use `text`.

use mtlint_text::Span;

/// How far from a bracket the other end of its clause is looked for, in characters.
const LONGEST_CLAUSE: usize = 160;

/// How many places are offered at which the partner may stand.
const OFFERED: usize = 3;

/// Where the bracket that opens before `text` may close, in bytes from `base` on: behind a number, before a mark, at the end.
pub(super) fn ends_of_clause(text: &str, base: usize) -> Vec<usize> {
    let number = text.bytes().take_while(|byte| byte.is_ascii_digit()).count();
    let mut ends = Vec::new();
    if number > 0 && !text[number..].starts_with(|c: char| c.is_alphanumeric() || ".,-–".contains(c)) {
        ends.push(base + number);
    }
    for (at, c) in text.char_indices().take(LONGEST_CLAUSE) {
        let next = text[at + c.len_utf8()..].chars().next();
        let ends_here =
            ".,;:!?。，；".contains(c) && next.is_none_or(|c| c.is_whitespace() || c > '\u{2E80}');
        if (ends_here || c == '\n') && at > 0 {
            ends.push(base + at);
        }
        if ends.len() >= OFFERED || c == '\n' {
            return ends;
        }
    }
    if text.chars().nth(LONGEST_CLAUSE).is_none() && ends.last() != Some(&(base + text.len())) {
        ends.push(base + text.len());
    }
    ends.truncate(OFFERED);
    ends
}

/// Where what the bracket at the end of `span` closes may begin: behind a mark, at the beginning, before the last word.
pub(super) fn starts_of_clause(text: &str, span: Span) -> Vec<usize> {
    let before = span.of(text);
    let mut starts = Vec::new();
    let mut behind: Option<(usize, char)> = None;
    for (at, c) in before.char_indices().rev().take(LONGEST_CLAUSE) {
        if let Some((start, first)) = behind
            && c.is_whitespace()
            && first.is_alphanumeric()
        {
            let last = before[..at].trim_end().chars().next_back();
            let is_last_word = starts.is_empty();
            if is_last_word || last.is_none_or(|c| ",.;:!?".contains(c)) {
                starts.push(span.lo() + start);
            }
        }
        if starts.len() >= OFFERED {
            return starts;
        }
        behind = Some((at, c));
    }
    if before.chars().nth(LONGEST_CLAUSE).is_none() && !before.is_empty() && starts.len() < OFFERED {
        starts.push(span.lo());
    }
    starts
}
