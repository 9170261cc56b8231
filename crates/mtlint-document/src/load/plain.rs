//! Plain text: all of it is prose, but for comments that speak to mtlint.

use crate::{Comment, Extract, OriginMap};
use mtlint_text::Span;

/// The text of a plain text file, without the comments in it that are meant for mtlint, each on a
/// line of its own or at the end of a line.
pub(super) fn extract(original: &str) -> Extract {
    let comments = Comment::find(original, Span::new(0, original.len()), 0);
    if comments.is_empty() {
        return Extract::plain(original);
    }
    let mut extract = Extract::default();
    let mut map = OriginMap::new(original);
    let mut done = 0;
    for mut comment in comments {
        // One may stand on the line of another, and the white space between go with both.
        let until = comment.whole.lo().max(done);
        map.copy(Span::new(done, until));
        extract.text.push_str(&original[done..until]);
        comment.at = extract.text.len() as u32;
        done = comment.whole.hi().max(done);
        extract.comments.push(comment);
    }
    map.copy(Span::new(done, original.len()));
    extract.text.push_str(&original[done..]);
    extract.origin = Some(map);
    extract
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_part_of_the_text() {
        let original =
            "One.\r\n<!-- mtlint-ignore a/b: why -->\r\nTwo. <!-- mtlint-ignore a/c: why -->\r\nThree.";
        let extract = extract(original);
        assert_eq!(extract.text, "One.\r\nTwo.\r\nThree.");
        let found: Vec<(u32, &str)> =
            extract.comments.iter().map(|comment| (comment.at, comment.text.as_str())).collect();
        assert_eq!(found, [(6, "mtlint-ignore a/b: why"), (10, "mtlint-ignore a/c: why")]);
        let origin = extract.origin.unwrap();
        assert_eq!(origin.span(Span::new(6, 10)).of(original), "Two.");
        assert_eq!(origin.span(Span::new(12, 18)).of(original), "Three.");
    }

    #[test]
    fn other_comments_are_text() {
        let original = "One <!-- a comment --> two <!--";
        assert_eq!(extract(original).text, original);
        assert!(extract(original).origin.is_none());
    }

    #[test]
    fn several_on_one_line_leave_no_words() {
        let found = extract("<!-- mtlint-a --> <!-- mtlint-b -->\nOne. <!-- mtlint-c");
        assert_eq!(found.text, "\nOne.");
        assert_eq!(found.comments.len(), 3);
        assert!(!found.comments[2].is_closed);
    }
}
