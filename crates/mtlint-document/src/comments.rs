//! Comments of a file that speak to mtlint: `<!-- mtlint-ignore … -->`, and in the way of each format
//! that has its own.

use mtlint_text::Span;

/// How every comment begins that is meant for mtlint, inside its `<!--`.
pub const ADDRESS: &str = "mtlint-";

/// A comment that is meant for mtlint. It is no part of the text that rules see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What stands between `<!--` and `-->`, without white space at either end.
    pub text: String,
    /// Where it would stand in the text that rules see, in bytes.
    pub at: u32,
    /// The comment in the original, `<!--` and `-->` included.
    pub span: Span,
    /// What to delete of the original so that nothing tells that the comment was there: with its
    /// line, where it stands alone on it.
    pub whole: Span,
    /// Whether `-->` ends it.
    pub is_closed: bool,
}

impl Comment {
    /// The comment under `span` of `original`, if it is meant for mtlint.
    pub(super) fn read(original: &str, span: Span, at: usize) -> Option<Self> {
        let inner = span.of(original).strip_prefix("<!--")?;
        let (inner, is_closed) = match inner.strip_suffix("-->") {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let text = inner.trim();
        text.starts_with(ADDRESS).then(|| Self {
            text: text.to_owned(),
            at: at as u32,
            span,
            whole: whole(original, span),
            is_closed,
        })
    }

    /// The comment under `span` of `original` in a format whose comments end with their line, if it is
    /// meant for mtlint; `inner` is what it says. Where it would stand is for the caller to tell.
    pub(super) fn line(original: &str, span: Span, inner: &str) -> Option<Self> {
        let text = inner.trim();
        text.starts_with(ADDRESS).then(|| Self {
            text: text.to_owned(),
            at: 0,
            span,
            whole: whole(original, span),
            is_closed: true,
        })
    }

    /// The comments in a part of `original` that are meant for mtlint, `at` for all of them. One ends
    /// on its line at the latest: else a missing `-->` would take the rest of the file with it.
    pub(super) fn find(original: &str, part: Span, at: usize) -> Vec<Self> {
        let mut found = Vec::new();
        let mut done = part.lo();
        for start in memchr::memmem::find_iter(part.of(original).as_bytes(), "<!--") {
            let start = part.lo() + start;
            let rest = &original[start..part.hi()];
            let inner = rest["<!--".len()..].trim_start_matches([' ', '\t']);
            // Before the end is looked for: a text of nothing but openings must not take ages.
            if start < done || !inner.starts_with(ADDRESS) {
                continue;
            }
            let line = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
            let end = rest[..line].find("-->").map_or(rest[..line].trim_end().len(), |at| at + "-->".len());
            found.extend(Self::read(original, Span::new(start, start + end), at));
            done = start + end;
        }
        found
    }
}

/// A comment with the white space that goes with it: its line and line break, if it stands alone on
/// the line; else the white space before it, or after it at the beginning of a line.
fn whole(original: &str, span: Span) -> Span {
    let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let (before, after) = (&original.as_bytes()[..span.lo()], &original.as_bytes()[span.hi()..]);
    let start = span.lo() - before.iter().rev().take_while(is_space).count();
    let end = span.hi() + after.iter().take_while(is_space).count();
    let begins_line = start == 0 || matches!(original.as_bytes()[start - 1], b'\n' | b'\r');
    let rest = &original[end..];
    let line_break = ["\r\n", "\n", "\r"].into_iter().find(|line_break| rest.starts_with(line_break));
    match (begins_line, line_break) {
        (true, Some(line_break)) => Span::new(start, end + line_break.len()),
        (true, None) if rest.is_empty() => Span::new(start, end),
        (true, None) => Span::new(span.lo(), end),
        (false, _) => Span::new(start, span.hi()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(original: &str) -> String {
        let (start, close) = (original.find("<!--").unwrap(), original.find("-->").unwrap());
        let comment = Comment::read(original, Span::new(start, close + 3), 0).unwrap();
        assert!(comment.is_closed);
        format!("{}{}", &original[..comment.whole.lo()], &original[comment.whole.hi()..])
    }

    #[test]
    fn a_comment_goes_with_its_line_or_its_space() {
        assert_eq!(without("a\r\n  <!-- mtlint-x -->\r\nb"), "a\r\nb");
        assert_eq!(without("a\n<!-- mtlint-x -->"), "a\n");
        assert_eq!(without("a <!-- mtlint-x -->\nb"), "a\nb");
        assert_eq!(without("a <!-- mtlint-x --> b"), "a b");
        assert_eq!(without("<!-- mtlint-x --> a"), "a");
    }

    #[test]
    fn other_comments_are_none_of_ours() {
        assert_eq!(Comment::read("<!-- mtlin -->", Span::new(0, 14), 0), None);
        let open = Comment::read("<!--mtlint-ignore", Span::new(0, 17), 0).unwrap();
        assert!(!open.is_closed);
        assert_eq!(open.text, "mtlint-ignore");
    }
}
