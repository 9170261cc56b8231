//! UTF-8 that was read as Windows-1252, once or twice: `Ã©` for é, `â€™` for ’.
//!
//! Each character is put back into the byte it was read from; where the bytes are UTF-8 again, and
//! the characters are not ones that a writer sets side by side, the text is damaged.

use crate::rule::Fix;
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    let mut before = None;
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if at >= done
            && !c.is_ascii()
            && let Some((length, decoded)) = decode(&text[at..], before)
        {
            let span = Span::new(at, at + length).shifted(block.span.lo());
            // A byte order mark says nothing inside a text.
            let decoded = decoded.replace('\u{FEFF}', "");
            let finding = report
                .add(span, format!("`{}` is `{decoded}` read in the wrong encoding", &text[at..at + length]));
            finding.fix(Fix::safe(format!("write `{decoded}`"), vec![Edit::replace(span, decoded.clone())]));
            if let Some(own) = document.in_own_marks(&decoded) {
                finding.fix(Fix::unsafe_(format!("write `{own}`"), vec![Edit::replace(span, own)]));
            }
            done = at + length;
        }
        before = Some(c);
    }
}

/// The damaged run at the beginning of `text`: how many bytes it has, and what it was.
fn decode(text: &str, before: Option<char>) -> Option<(usize, String)> {
    let mut length = 0;
    let mut decoded = String::new();
    let mut before = before;
    while let Some((taken, c)) = character(&text[length..]) {
        let run = &text[length..length + taken];
        if !is_unlikely(run, before) {
            break;
        }
        length += taken;
        decoded.push(c);
        before = Some(c);
    }
    if length == 0 {
        return None;
    }
    // Twice wrong: what came out is damaged in its turn.
    match decode_all(&decoded) {
        Some(again) => Some((length, again)),
        None => Some((length, decoded)),
    }
}

/// `text` decoded once more, if all of it can be.
fn decode_all(text: &str) -> Option<String> {
    let bytes: Vec<u8> = text.chars().map(byte_of).collect::<Option<_>>()?;
    let decoded = String::from_utf8(bytes).ok()?;
    (!decoded.is_ascii()).then_some(decoded)
}

/// The character that the first characters of `text` are the UTF-8 bytes of, and their length.
fn character(text: &str) -> Option<(usize, char)> {
    let mut bytes = [0; 4];
    let mut wanted = 0;
    for (count, (at, c)) in text.char_indices().take(4).enumerate() {
        bytes[count] = byte_of(c)?;
        if count == 0 {
            wanted = match bytes[0] {
                0xC2..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF4 => 4,
                _ => return None,
            };
        }
        if count + 1 == wanted {
            let decoded = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
            return Some((at + c.len_utf8(), decoded));
        }
    }
    None
}

/// Whether no writer sets these characters side by side: a capital with an accent and a sign in
/// mid-word, `â€`, and not `CAFÉ»` or `Spaß“`.
fn is_unlikely(run: &str, before: Option<char>) -> bool {
    let mut chars = run.chars();
    let Some(lead) = chars.next() else { return false };
    let rest = chars.as_str();
    // What a writer does put after a letter: closing marks, dashes, spaces, further letters.
    let is_natural = |c: char| {
        matches!(
            c,
            '“' | '”'
                | '„'
                | '‘'
                | '’'
                | '‚'
                | '«'
                | '»'
                | '‹'
                | '›'
                | '…'
                | '–'
                | '—'
                | '\u{A0}'
                | '™'
                | '®'
                | '°'
                | '²'
                | '³'
                | '¹'
                | '·'
        ) || c.is_alphabetic()
    };
    if !rest.chars().all(is_natural) {
        return true;
    }
    // `SÃ£`, `â€™`: the lead itself betrays it.
    let after_lower = before.is_some_and(char::is_lowercase);
    let stands_alone = before.is_none_or(|c| !c.is_alphabetic());
    match lead {
        'Ã' | 'Â' if stands_alone => true,
        'Ã' | 'Â' | 'Ä' | 'Å' | 'Ð' | 'Ñ' => after_lower || (lead_is_cyrillic(lead) && !stands_alone),
        'â' => rest.starts_with('€'),
        _ => false,
    }
}

/// Whether Cyrillic letters begin with the byte that reads as this letter, one after the other.
fn lead_is_cyrillic(lead: char) -> bool {
    lead == 'Ð'
}

/// The byte that Windows-1252 reads as this character; a byte it has no character for is read as
/// the control character of the same number.
fn byte_of(c: char) -> Option<u8> {
    /// 0x80 to 0x9F, by <https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT>.
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match u32::from(c) {
        code @ (0x80..=0xFF) => Some(code as u8),
        _ => HIGH.iter().position(|known| *known == c).map(|index| 0x80 + index as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        assert_eq!(decode("Ã©t", None), Some((4, "é".to_owned())));
        assert_eq!(decode("â€™ve", Some('u')), Some((8, "’".to_owned())));
        assert_eq!(decode("Ã¢â‚¬â„¢s", Some('t')), Some(("Ã¢â‚¬â„¢".len(), "’".to_owned())));
        assert_eq!(decode("ðŸ˜€", None), Some(("ðŸ˜€".len(), "😀".to_owned())));
    }

    #[test]
    fn letters_before_marks_are_letters() {
        assert_eq!(decode("É»", Some('F')), None);
        assert_eq!(decode("ß“", Some('a')), None);
        assert_eq!(decode("Ü”", Some('N')), None);
        assert_eq!(decode("é…»", Some('t')), None);
        assert_eq!(decode("Å”", Some('M')), None);
    }
}
