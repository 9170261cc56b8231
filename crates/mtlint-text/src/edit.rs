//! Edits, and the one function of the crate that applies them.

use super::Span;
use std::fmt;

/// Replaces the text under `span` by `insert`. An empty span inserts; an empty `insert` deletes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    pub span: Span,
    pub insert: String,
}

impl Edit {
    pub fn replace(span: Span, insert: impl Into<String>) -> Self {
        Self { span, insert: insert.into() }
    }

    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }

    /// Inserts before the byte at `offset`.
    pub fn insert(offset: usize, insert: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), insert)
    }

    /// Replaces the text under `span` by `insert`, and leaves alone what both have in common at
    /// either end. `None` when they are the same.
    pub fn minimal(text: &str, span: Span, insert: &str) -> Option<Self> {
        let old = span.of(text);
        let shared = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
            pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
        };
        let prefix = shared(&mut old.chars().zip(insert.chars()));
        let suffix = shared(&mut old[prefix..].chars().rev().zip(insert[prefix..].chars().rev()));
        let edit = Self::replace(
            Span::new(span.lo() + prefix, span.hi() - suffix),
            &insert[prefix..insert.len() - suffix],
        );
        (old != insert).then_some(edit)
    }

    /// Whether both can be applied to one text: they neither overlap nor insert at one place,
    /// where the order of the two would decide the outcome.
    pub fn is_disjoint_from(&self, other: &Edit) -> bool {
        let (a, b) = if self.span <= other.span { (self, other) } else { (other, self) };
        a.span.end <= b.span.start && a.span.start != b.span.start
    }
}

/// Why a set of edits cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The two edits change the same place.
    Overlap(Span, Span),
    /// The edit ends beyond the text or inside a character.
    OutOfBounds(Span),
}

impl fmt::Display for EditError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overlap(a, b) => {
                write!(formatter, "edits at bytes {}..{} and {}..{} overlap", a.start, a.end, b.start, b.end)
            }
            Self::OutOfBounds(span) => {
                write!(
                    formatter,
                    "edit at bytes {}..{} is not on the text's characters",
                    span.start, span.end
                )
            }
        }
    }
}

impl std::error::Error for EditError {}

/// The text after all edits, which may come in any order and refer to positions before any of them.
///
/// # Errors
/// When two edits overlap, or one lies outside the text. Nothing is applied by half.
pub fn apply_edits(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (index, edit) in sorted.iter().enumerate() {
        if index > 0 && !sorted[index - 1].is_disjoint_from(edit) {
            return Err(EditError::Overlap(sorted[index - 1].span, edit.span));
        }
        let untouched = text.get(done..edit.span.lo()).ok_or(EditError::OutOfBounds(edit.span))?;
        text.get(edit.span.range()).ok_or(EditError::OutOfBounds(edit.span))?;
        out.push_str(untouched);
        out.push_str(&edit.insert);
        done = edit.span.hi();
    }
    out.push_str(&text[done..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_any_order() {
        let edits =
            [Edit::insert(5, "!"), Edit::replace(Span::new(0, 1), "J"), Edit::delete(Span::new(2, 4))];
        assert_eq!(apply_edits("hello", &edits).unwrap(), "Jeo!");
    }

    #[test]
    fn edits_of_one_place_are_refused() {
        let overlap = [Edit::delete(Span::new(0, 3)), Edit::delete(Span::new(2, 4))];
        assert_eq!(apply_edits("hello", &overlap), Err(EditError::Overlap(Span::new(0, 3), Span::new(2, 4))));
        let same_place = [Edit::insert(2, "a"), Edit::insert(2, "b")];
        assert!(apply_edits("hello", &same_place).is_err());
    }

    #[test]
    fn adjacent_edits_are_allowed() {
        let edits = [Edit::delete(Span::new(0, 2)), Edit::replace(Span::new(2, 4), "y")];
        assert_eq!(apply_edits("hello", &edits).unwrap(), "yo");
    }

    #[test]
    fn a_minimal_edit_leaves_alone_what_stays() {
        assert_eq!(Edit::minimal("a. .", Span::new(1, 4), "."), Some(Edit::delete(Span::new(2, 4))));
        assert_eq!(Edit::minimal("aaa", Span::new(0, 3), "aa"), Some(Edit::delete(Span::new(2, 3))));
        assert_eq!(Edit::minimal("é", Span::new(0, 2), "è"), Some(Edit::replace(Span::new(0, 2), "è")));
        assert_eq!(Edit::minimal("aa", Span::new(0, 2), "aa"), None);
    }

    #[test]
    fn an_edit_inside_a_character_is_refused() {
        assert_eq!(apply_edits("é", &[Edit::insert(1, "x")]), Err(EditError::OutOfBounds(Span::at(1))));
        assert_eq!(apply_edits("e", &[Edit::insert(2, "x")]), Err(EditError::OutOfBounds(Span::at(2))));
    }
}
