//! Characters written as in a program: `\"`, `\n`, `\t`, `\xa0`, `\u2019`, and without their backslash `u2019`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, MaskKind};
use mtlint_text::{Edit, Span};

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
    while let Some(found) = memchr::memchr2(b'\\', b'u', &text.as_bytes()[from..]) {
        let start = from + found;
        from = start + 1;
        let (before, rest) = text.split_at(start);
        let read = if rest.starts_with('u') { bare_unicode(before, rest) } else { escape(before, rest) };
        let Some((length, meant)) = read else { continue };
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
        let finding = report.add(span, message(document, span));
        let own = document.in_own_marks(&meant);
        finding.fix(Fix::safe(format!("write `{meant}`"), vec![Edit::replace(span, meant)]));
        if let Some(own) = own {
            finding.fix(Fix::unsafe_(format!("write `{own}`"), vec![Edit::replace(span, own)]));
        }
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
        // A backslash that is itself quoted: `"\"`.
        quote @ ('"' | '\'') if !before.ends_with([quote, '\\']) => Some((2, quote.to_string())),
        'n' | 'r' => line_break(before, text),
        't' => tabulator(before, text),
        'x' => byte(text),
        'u' => unicode(text),
        // A tokenizer tore the escape apart: `\ n`, `\ u2019`.
        ' ' => match text[2..].chars().next()? {
            'n' if text[3..].starts_with(|c: char| c.is_whitespace() || c.is_uppercase())
                || text.len() == 3 =>
            {
                Some((3, "\n".to_owned()))
            }
            'u' => unicode(&format!("\\{}", text[2..].chars().take(11).collect::<String>()))
                .map(|(length, meant)| (length + 1, meant)),
            _ => None,
        },
        _ => None,
    }
}

/// One tabulator. `C:\temp` and `\tau` are none: it stands where a word or sentence ends, and what is
/// behind it begins with a capital, a digit or a space.
fn tabulator(before: &str, text: &str) -> Option<(usize, String)> {
    let ends = before
        .trim_end()
        .chars()
        .next_back()
        .is_none_or(|c| c.is_alphanumeric() || ".!?…:;,\"”’»)。！？".contains(c));
    let begins = text[2..].chars().next().is_none_or(|c| !c.is_ascii_lowercase() && c != '\\');
    (ends && begins && !is_drive(before)).then(|| (2, "\t".to_owned()))
}

/// A byte of Latin-1, `\xa0`.
fn byte(text: &str) -> Option<(usize, String)> {
    let digits = text.get(2..4)?;
    let code = u8::from_str_radix(digits, 16).ok().filter(|code| *code >= 0xA0)?;
    Some((4, char::from(code).to_string()))
}

/// `u2019` without its backslash: only what is a mark or a letter beyond ASCII, or `<` and `>`.
fn bare_unicode(before: &str, text: &str) -> Option<(usize, String)> {
    let digits = text.get(1..5)?;
    let is_plain = digits.starts_with("20") || digits.starts_with("00") || digits.starts_with("01");
    if !is_plain || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) || before.ends_with(['\\', '+', '&'])
    {
        return None;
    }
    let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    let is_meant =
        matches!(character, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{203a}' | '<' | '>' | '&' | '"' | '\'');
    // A word or number of its own may be a name: `unit u2010`.
    let is_joined = before.ends_with(char::is_alphabetic)
        || before.ends_with(['.', '!', '?', '>', '/'])
        || text[5..].starts_with(char::is_alphabetic);
    (is_meant && is_joined).then(|| (5, character.to_string()))
}

/// Whether the text ends with the letter of a drive, `C:`.
fn is_drive(before: &str) -> bool {
    before.ends_with(':') && before.len() >= 2 && before.as_bytes()[before.len() - 2].is_ascii_uppercase()
}

/// One line break, however many are written. `C:\new` and `\nu` are none: a break stands where a
/// sentence or line ends and another begins.
fn line_break(before: &str, text: &str) -> Option<(usize, String)> {
    let ends = before.trim_end().chars().next_back().is_none_or(|c| ".!?…:;,\"”’»)]。！？」』".contains(c));
    if !ends {
        return None;
    }
    let mut rest = text;
    while let Some(after) = rest.strip_prefix("\\n").or_else(|| rest.strip_prefix("\\r\\n")) {
        rest = after;
    }
    let begins = rest.trim_start().chars().next().is_none_or(|c| !c.is_lowercase() && c != '\\');
    (begins && !is_drive(before) && rest.len() < text.len())
        .then(|| (text.len() - rest.len(), "\n".to_owned()))
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
