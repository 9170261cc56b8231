//! Bytes that are written with a sign and two hexadecimal digits each: `%C3%A9`, `=E2=80=99`. May use `text`.

use super::{Block, Document, MaskKind};
use mtlint_text::Span;

/// Bytes in a row, and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EscapedBytes {
    pub span: Span,
    /// What they are as UTF-8, or as Windows-1252 where they are no UTF-8.
    pub decoded: String,
    pub is_utf8: bool,
}

impl Document {
    /// The runs of escaped bytes of a block that begin with `sign` and stand in the prose, in order.
    pub fn escaped_bytes(&self, block: &Block, sign: u8) -> Vec<EscapedBytes> {
        let text = self.slice(block.span);
        let mut found = Vec::new();
        let mut done = 0;
        for start in memchr::memchr_iter(sign, text.as_bytes()) {
            if start < done {
                continue;
            }
            let mut bytes = Vec::new();
            let mut end = start;
            while let Some(byte) = escaped_byte(&text.as_bytes()[end..], sign) {
                bytes.push(byte);
                end += 3;
            }
            done = end.max(start + 1);
            let span = Span::new(start, end).shifted(block.span.lo());
            let masked = || self.mask().overlapping(span);
            if bytes.is_empty()
                || masked()
                    .is_some_and(|(_, kind)| matches!(kind, MaskKind::Url | MaskKind::Code | MaskKind::Path))
            {
                continue;
            }
            let utf8 = String::from_utf8(bytes.clone()).ok();
            let is_utf8 = utf8.is_some();
            let decoded = utf8.unwrap_or_else(|| encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned());
            if !decoded.chars().any(char::is_control) {
                found.push(EscapedBytes { span, decoded, is_utf8 });
            }
        }
        found
    }
}

/// The byte that `bytes` begin with, as a sign and two digits in capitals.
fn escaped_byte(bytes: &[u8], sign: u8) -> Option<u8> {
    let [first, high, low, ..] = bytes else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).filter(|_| !byte.is_ascii_lowercase());
    let byte = digit(*high)? * 16 + digit(*low)?;
    (*first == sign).then_some(byte as u8)
}
