//! The edits that turn one version of a text into another.

use mtlint_text::{Edit, Span};
use similar::{DiffTag, TextDiff};

/// Small edits that turn `old` into `new`, in text order: what stays the same keeps its cursors and
/// marks in the editor.
pub(super) fn edits(old: &str, new: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let lines = TextDiff::from_lines(old, new);
    changes(&lines, 0, 0, &mut |span, insert: Span| {
        let (before, after) = (span.of(old), insert.of(new));
        let words = TextDiff::from_words(before, after);
        changes(&words, span.lo(), insert.lo(), &mut |span, insert| {
            edits.extend(Edit::minimal(old, span, insert.of(new)));
        });
    });
    edits
}

/// Calls `change` with each span of the old text that differs and the span of the new text in its
/// place; both texts are parts of larger ones that begin so many bytes before.
fn changes(
    diff: &TextDiff<'_, '_, str>,
    old_start: usize,
    new_start: usize,
    change: &mut dyn FnMut(Span, Span),
) {
    let (mut old, mut new) = (old_start, new_start);
    for op in diff.ops() {
        let length = |slices: &mut dyn Iterator<Item = Option<&str>>| -> usize {
            slices.flatten().map(str::len).sum()
        };
        let old_end = old + length(&mut op.old_range().map(|index| diff.old_slice(index)));
        let new_end = new + length(&mut op.new_range().map(|index| diff.new_slice(index)));
        if op.tag() != DiffTag::Equal {
            change(Span::new(old, old_end), Span::new(new, new_end));
        }
        (old, new) = (old_end, new_end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_text::apply_edits;
    use proptest::prelude::*;

    #[test]
    fn edits_are_small() {
        let (old, new) = ("He left. . Then\nhe\ncame  back.\n", "He left. Then\nhe\ncame back.\n");
        let edits = edits(old, new);
        assert_eq!(apply_edits(old, &edits).unwrap(), new);
        assert!(edits.len() == 2 && edits.iter().all(|edit| edit.span.len() <= 2), "{edits:?}");
        assert_eq!(super::edits(old, old), []);
    }

    proptest! {
        #[test]
        fn edits_lead_from_one_text_to_the_other(old in "[ab é😀.\r\n]{0,40}", new in "[ab é😀.\r\n]{0,40}") {
            prop_assert_eq!(apply_edits(&old, &edits(&old, &new)).unwrap(), new);
        }
    }
}
