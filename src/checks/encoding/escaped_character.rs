//! Characters written as in a program: `\"`, `\n`, `\u2019`.

use crate::document::{Block, Document, MaskKind};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

/// From how many line breaks on in a paragraph they are one finding.
const MANY_BREAKS: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    let mut from = 0;
    let mut breaks = Vec::new();
    while let Some(found) = memchr::memchr(b'\\', &text.as_bytes()[from..]) {
        let start = from + found;
        from = start + 1;
        let Some((length, meant)) = escape(&text[..start], &text[start..]) else { continue };
        from = start + length;
        let span = Span::new(start, from).shifted(block.span.lo());
        let masked = document.mask().overlapping(span);
        if masked.is_some_and(|(_, kind)| matches!(kind, MaskKind::Url | MaskKind::Code | MaskKind::Path)) {
            continue;
        }
        if meant == "\n" {
            breaks.push(span);
            continue;
        }
        report
            .add(span, message(document, span))
            .fix(Fix::safe(format!("write `{meant}`"), vec![Edit::replace(span, meant)]));
    }
    // All line breaks of a paragraph were lost at one stroke.
    let is_one = breaks.len() >= MANY_BREAKS;
    for spans in breaks.chunks(if is_one { breaks.len() } else { 1 }) {
        let [first, others @ ..] = spans else { continue };
        let finding = report.add(*first, message(document, *first));
        others.iter().for_each(|other| _ = finding.relate("here, too", *other));
        let edits = spans.iter().map(|span| Edit::replace(*span, "\n")).collect();
        finding.fix(Fix::safe(if is_one { "break the lines" } else { "break the line" }, edits));
    }
}

fn message(document: &Document, span: Span) -> String {
    format!("`{}` is written as in a program", document.slice(span))
}

/// The length of the escape that `text` begins with, and what it means.
fn escape(before: &str, text: &str) -> Option<(usize, String)> {
    let mut chars = text.chars().skip(1);
    match chars.next()? {
        quote @ ('"' | '\'') => Some((2, quote.to_string())),
        'n' => line_break(before, text),
        'u' => unicode(text),
        _ => None,
    }
}

/// One line break, however many are written. `C:\new` and `\nu` are none: a break stands where a
/// sentence or line ends and another begins.
fn line_break(before: &str, text: &str) -> Option<(usize, String)> {
    let ends = before.trim_end().chars().next_back().is_none_or(|c| ".!?…:;,\"”’»)]".contains(c));
    if !ends {
        return None;
    }
    let mut rest = text;
    while let Some(after) = rest.strip_prefix("\\n").or_else(|| rest.strip_prefix("\\r\\n")) {
        rest = after;
    }
    let begins = rest.trim_start().chars().next().is_none_or(|c| !c.is_lowercase() && c != '\\');
    let drive = before.ends_with(':')
        && before.len() >= 2
        && before.as_bytes()[before.len() - 2].is_ascii_uppercase();
    (begins && !drive).then(|| (text.len() - rest.len(), "\n".to_owned()))
}

/// `\u2019`, or two of them for a character beyond the first 65,536.
fn unicode(text: &str) -> Option<(usize, String)> {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(text)?;
    let second = text.get(6..).and_then(unit);
    let decode = |units: &[u16]| String::from_utf16(units).ok().filter(|s| !s.chars().any(char::is_control));
    if let Some(character) = decode(&[first]) {
        return Some((6, character));
    }
    Some((12, decode(&[first, second?])?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read() {
        assert_eq!(unicode("\\u2019s"), Some((6, "’".to_owned())));
        assert_eq!(unicode("\\ud83d\\ude00"), Some((12, "😀".to_owned())));
        assert_eq!(unicode("\\ud83d so"), None);
        assert_eq!(unicode("\\users"), None);
        assert_eq!(line_break("It fell.", "\\n\\nNobody"), Some((4, "\n".to_owned())));
        assert_eq!(line_break("the frequency ", "\\nu"), None);
        assert_eq!(line_break("C:", "\\New"), None);
    }
}
