//! The stretches of a text whose straight marks belong to the source of a site and are no quotation marks. Uses `text`.

use mtlint_text::Span;

/// The stretches of a site's source that are no prose: `{{< … >}}`, `{% … %}` and tags with attributes. Asked in text order.
pub(super) struct SiteSource {
    stretches: Vec<Span>,
    next: usize,
}

/// How many bytes a tag or a short code takes at most.
const LONGEST_TAG: usize = 600;

/// What follows a place in its line, as far as a tag may reach.
fn window(text: &str, from: usize) -> &str {
    let mut end = (from + LONGEST_TAG).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = &text[from..end];
    window.split('\n').next().unwrap_or(window)
}

impl SiteSource {
    pub fn of(text: &str) -> Self {
        let mut stretches = Vec::new();
        let mut at = 0;
        while let Some(found) = memchr::memchr2(b'{', b'<', &text.as_bytes()[at..]).map(|found| at + found) {
            let line = window(text, found);
            let close = if line.starts_with("{{") {
                "}}"
            } else if line.starts_with("{%") {
                "%}"
            } else if line[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
                ">"
            } else {
                at = found + 1;
                continue;
            };
            match line.find(close) {
                // A tag that holds another stretch ends behind it.
                Some(end) => {
                    let inner = line.find("}}").filter(|_| close == ">" && line[..end].contains("{{"));
                    let from = inner.map_or(end, |inner| inner.max(end));
                    let end = line[from..].find(close).map_or(from, |last| from + last);
                    stretches.push(Span::new(found, found + end + close.len()));
                    at = (found + end + close.len()).min(text.len());
                }
                None => at = found + 1,
            }
        }
        Self { stretches, next: 0 }
    }

    /// Whether a place lies in one of them; places are asked for in text order.
    pub fn covers(&mut self, at: usize) -> bool {
        while self.stretches.get(self.next).is_some_and(|stretch| stretch.hi() <= at) {
            self.next += 1;
        }
        self.stretches.get(self.next).is_some_and(|stretch| stretch.lo() <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_codes_and_tags_are_covered() {
        let text = "See <a href=\"{{< ref \"x.md\" >}}\">the \"quay\"</a> and {{< img alt=\"pier\" >}} {broken \"x\"";
        let mut source = SiteSource::of(text);
        let covered: Vec<usize> =
            text.match_indices('"').filter(|(at, _)| source.covers(*at)).map(|(at, _)| at).collect();
        assert_eq!(covered.len(), 6);
        let mut source = SiteSource::of(text);
        assert!(!source.covers(text.find("quay").unwrap()));
    }
}
