//! A control character or one of private use in the text.
//!
//! Where it stands between letters it is what another encoding has there: `don\u{92}t`, `don\u{19}t`. May use `rule`,
//! `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    if !may_hold_stray(text) {
        return;
    }
    let mut rest = text;
    while let Some(at) = rest.find(is_stray) {
        let start = text.len() - rest.len() + at;
        let run = &rest[at..];
        let length = run.find(|c| !is_stray(c)).unwrap_or(run.len());
        let span = Span::new(start, start + length).shifted(block.span.lo());
        rest = &run[length..];
        let finding = report.add_summary(span);
        if let Some(meant) = meant(&run[..length]) {
            if let Some(own) = document.in_own_marks(&meant) {
                finding.fix(Fix::unsafe_(format!("write `{own}`"), vec![Edit::replace(span, own)]));
            }
            finding.fix(Fix::unsafe_(format!("write `{meant}`"), vec![Edit::replace(span, meant)]));
        }
        finding.fix(Fix::display("delete it", vec![Edit::delete(span)]));
    }
}

/// A control character but those of plain text, one of private use, what stands for an object, and line ends that no
/// plain text has.
fn is_stray(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{08}'
            | '\u{0B}'
            | '\u{0E}'..='\u{1F}'
            | '\u{7F}'..='\u{84}'
            | '\u{86}'..='\u{9F}'
            | '\u{E000}'..='\u{F8FF}'
            | '\u{FFF9}'..='\u{FFFC}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

/// Whether a text may hold such a character, as a look at its bytes tells, many at a time: the first of all that are
/// beyond ASCII is one of three, or the last one of two.
fn may_hold_stray(text: &str) -> bool {
    let is_of_stray = |byte: u8| {
        byte < b'\t'
            || byte == 0x0B
            || (0x0E..=0x1F).contains(&byte)
            || matches!(byte, 0x7F | 0xC2 | 0xEE | 0xEF | 0xA8 | 0xA9)
    };
    text.bytes().fold(false, |found, byte| found | is_of_stray(byte))
}

/// The mark whose byte in Windows-1252 a control character is, or whose last byte in UTF-16.
fn meant(run: &str) -> Option<String> {
    let mut chars = run.chars();
    let (c, None) = (chars.next()?, chars.next()) else { return None };
    let mark = match c {
        '\u{80}'..='\u{9F}' => {
            let byte = [u32::from(c) as u8];
            let (decoded, _, _) = encoding_rs::WINDOWS_1252.decode(&byte);
            decoded.chars().next()?
        }
        '\u{13}' | '\u{14}' | '\u{18}' | '\u{19}' | '\u{1C}' | '\u{1D}' => {
            char::from_u32(0x2000 + u32::from(c))?
        }
        _ => return None,
    };
    (!mark.is_control()).then(|| mark.to_string())
}
