//! Places counted in UTF-16 from the beginning of a text, as browsers and LanguageTool's clients count them.

use crate::Span;

/// Where bytes of a text lie in UTF-16.
#[derive(Clone, Debug)]
pub struct Utf16Offsets {
    /// The UTF-16 units before every [`Utf16Offsets::STEP`]th byte, or the next character after it.
    steps: Vec<(usize, usize)>,
}

impl Utf16Offsets {
    const STEP: usize = 1024;

    /// Counts through the text once.
    pub fn new(text: &str) -> Self {
        let mut steps = vec![(0, 0)];
        let (mut at, mut units) = (0, 0);
        while at + Self::STEP < text.len() {
            let next = text.ceil_char_boundary(steps.len() * Self::STEP);
            units += utf16_len(&text[at..next]);
            at = next;
            steps.push((at, units));
        }
        Self { steps }
    }

    /// How many UTF-16 units of the text come before the byte at `at`.
    pub fn at(&self, text: &str, at: usize) -> usize {
        let after = self.steps.partition_point(|(byte, _)| *byte <= at);
        let (byte, units) = self.steps[after.saturating_sub(1)];
        units + utf16_len(&text[Span::new(byte, at).range()])
    }
}

fn utf16_len(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_those_of_utf16() {
        let text = "a港😀 é".repeat(700);
        let offsets = Utf16Offsets::new(&text);
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            assert_eq!(offsets.at(&text, at), text[..at].encode_utf16().count());
        }
    }
}
