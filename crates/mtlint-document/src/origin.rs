//! Where the pieces of an extracted text lie in the file they were taken from.

use mtlint_text::{Edit, Span};

/// Maps spans of an extracted text to spans of its original.
///
/// The extracted text is a sequence of pieces. A piece is either copied, so that every byte has its
/// own place in the original, or replaced (a decoded entity, a line break put for a tag), so that
/// its bytes share one place.
#[derive(Clone, Debug)]
pub struct OriginMap {
    original: String,
    /// In text order; the first begins at 0.
    pieces: Vec<Piece>,
    /// The length of the extracted text in bytes.
    length: u32,
    /// How what is inserted must be written.
    escape: Escape,
}

/// How text is written in a file that gives some characters a meaning of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    None,
    /// `<`, `>` and `&` as entities.
    Markup,
    /// Quotation marks and line breaks by a backslash, as in C.
    Backslash,
    Json,
    /// Quotation marks doubled.
    DoubledQuotes,
    /// Apostrophes doubled.
    DoubledApostrophes,
    /// Tabs and line breaks as `\\t` and `\\n`.
    Tabs,
    /// Entities, and quotation marks and apostrophes by a backslash.
    Android,
    /// Signs of LaTeX by a backslash, quotation marks and dashes as LaTeX writes them.
    Latex,
    /// Signs of reStructuredText by a backslash.
    Rst,
}

impl Escape {
    /// The text as the file must hold it.
    fn write(self, text: &str) -> String {
        let markup = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let breaks = |text: &str| text.replace('\n', "\\n").replace('\t', "\\t");
        match self {
            Self::None => text.to_owned(),
            Self::Markup => markup(text),
            Self::Backslash => breaks(&text.replace('\\', "\\\\").replace('"', "\\\"")).replace('\r', "\\r"),
            Self::Json => {
                let quoted = serde_json::Value::from(text).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
            Self::DoubledQuotes => text.replace('"', "\"\""),
            Self::DoubledApostrophes => text.replace('\'', "''"),
            Self::Tabs => breaks(text),
            Self::Android => {
                let escaped = text.replace('\\', "\\\\").replace('\'', "\\'").replace('"', "\\\"");
                markup(&breaks(&escaped))
            }
            Self::Latex => text.chars().map(latex).collect(),
            Self::Rst => {
                let is_sign = |char| matches!(char, '*' | '`' | '|' | '_' | '\\');
                text.chars()
                    .flat_map(|char| is_sign(char).then_some('\\').into_iter().chain([char]))
                    .collect()
            }
        }
    }
}

/// A character as LaTeX writes it.
fn latex(char: char) -> String {
    let written = match char {
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '\u{A0}' => "~",
        '\u{202F}' => "\\,",
        '“' => "``",
        '”' => "''",
        '‘' => "`",
        '’' => "'",
        '–' => "--",
        '—' => "---",
        '%' | '&' | '#' | '$' | '_' | '{' | '}' => return format!("\\{char}"),
        _ => return char.to_string(),
    };
    written.to_owned()
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where the piece begins in the extracted text.
    start: u32,
    /// What it was made from.
    original: Span,
    copied: bool,
}

impl OriginMap {
    /// An empty map into `original`.
    pub fn new(original: impl Into<String>) -> Self {
        Self { original: original.into(), pieces: Vec::new(), length: 0, escape: Escape::None }
    }

    /// An empty map into HTML, where an edit that inserts markup characters writes them as entities.
    pub fn of_html(original: impl Into<String>) -> Self {
        Self::of_escaped(original, Escape::Markup)
    }

    /// An empty map into text where an edit must write some characters in another way.
    pub fn of_escaped(original: impl Into<String>, escape: Escape) -> Self {
        Self { escape, ..Self::new(original) }
    }

    /// The text of the file.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// Notes that the next bytes of the extracted text are those of `original`, copied.
    pub fn copy(&mut self, original: Span) {
        if let Some(last) = self.pieces.last()
            && last.copied
            && last.original.end == original.start
        {
            self.pieces.last_mut().expect("just seen").original.end = original.end;
        } else if !original.is_empty() {
            self.pieces.push(Piece { start: self.length, original, copied: true });
        }
        self.length += original.len() as u32;
    }

    /// Notes that the next `length` bytes of the extracted text stand for `original`, which may be empty.
    pub fn replace(&mut self, original: Span, length: usize) {
        if length > 0 {
            self.pieces.push(Piece { start: self.length, original, copied: false });
            self.length += length as u32;
        }
    }

    /// The span that stands for one of the original which is no part of the extracted text: as far
    /// beyond the end of that text. `None` where the two are too long together.
    pub fn beyond(&self, original: Span) -> Option<Span> {
        let first = self.length.checked_add(1)?;
        Some(Span { start: first.checked_add(original.start)?, end: first.checked_add(original.end)? })
    }

    /// The span of the original that lies as far beyond the end of the extracted text.
    fn within_original(&self, span: Span) -> Option<Span> {
        let first = self.length + 1;
        (span.start >= first).then(|| Span { start: span.start - first, end: span.end - first })
    }

    /// The smallest span of the original that holds all of `span`.
    pub fn span(&self, span: Span) -> Span {
        if let Some(original) = self.within_original(span) {
            return original;
        }
        let start = self.start_of(span.start);
        let end = if span.is_empty() { start } else { self.end_of(span.end) };
        Span { start, end: end.max(start) }
    }

    /// The edit of the original that has the effect of `edit`, or `None` when it would destroy what
    /// the extracted text does not hold.
    pub fn edit(&self, edit: &Edit) -> Option<Edit> {
        if let Some(original) = self.within_original(edit.span) {
            return Some(Edit::replace(original, edit.insert.clone()));
        }
        let span = self.edited(edit.span)?;
        Some(Edit::replace(span, self.escape.write(&edit.insert)))
    }

    /// The span of the original that an edit of `span` changes, or `None` when it is not one piece
    /// of the original, or cuts into a replaced piece.
    fn edited(&self, span: Span) -> Option<Span> {
        let mapped = self.span(span);
        if span.is_empty() {
            return Some(mapped);
        }
        let first = self.piece_at(span.start)?;
        let last = self.piece_at(span.end - 1)?;
        let mut end = self.pieces[first].original.start;
        for (index, piece) in self.pieces.iter().enumerate().take(last + 1).skip(first) {
            let piece_end = self.pieces.get(index + 1).map_or(self.length, |next| next.start);
            let whole = span.start <= piece.start && piece_end <= span.end;
            let contiguous = piece.original.start == end;
            // A piece that stands for nothing (a break put for a tag) cannot be deleted.
            if !contiguous || (!piece.copied && (!whole || piece.original.is_empty())) {
                return None;
            }
            end = piece.original.end;
        }
        Some(mapped)
    }

    /// The copied pieces in text order: where each lies in the extracted text and in the original.
    pub fn copied(&self) -> impl Iterator<Item = (Span, Span)> + '_ {
        self.pieces.iter().filter(|piece| piece.copied).map(|piece| {
            (
                Span::at(piece.start as usize).cover(Span::at(piece.start as usize + piece.original.len())),
                piece.original,
            )
        })
    }

    fn piece_at(&self, offset: u32) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.start <= offset).checked_sub(1)
    }

    fn start_of(&self, offset: u32) -> u32 {
        if offset >= self.length {
            return self.end_of(self.length);
        }
        match self.piece_at(offset).map(|index| self.pieces[index]) {
            Some(piece) if piece.copied => piece.original.start + (offset - piece.start),
            Some(piece) => piece.original.start,
            None => 0,
        }
    }

    fn end_of(&self, offset: u32) -> u32 {
        match offset.checked_sub(1).and_then(|last| self.piece_at(last)).map(|index| self.pieces[index]) {
            Some(piece) if piece.copied => piece.original.start + (offset - piece.start),
            Some(piece) => piece.original.end,
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a<b>bc</b>&amp;d` read as `abc&d`.
    fn map() -> OriginMap {
        let mut map = OriginMap::new("a<b>bc</b>&amp;d");
        map.copy(Span::new(0, 1));
        map.copy(Span::new(4, 6));
        map.replace(Span::new(10, 15), 1);
        map.copy(Span::new(15, 16));
        map
    }

    #[test]
    fn spans_land_on_what_they_were_made_from() {
        let map = map();
        assert_eq!(map.span(Span::new(1, 3)), Span::new(4, 6));
        assert_eq!(map.span(Span::new(0, 2)), Span::new(0, 5));
        assert_eq!(map.span(Span::new(3, 4)), Span::new(10, 15));
        assert_eq!(map.span(Span::new(4, 5)), Span::new(15, 16));
        assert_eq!(map.span(Span::at(5)), Span::at(16));
    }

    #[test]
    fn an_edit_never_swallows_markup() {
        let map = map();
        assert_eq!(map.edited(Span::new(1, 3)), Some(Span::new(4, 6)));
        assert_eq!(map.edited(Span::new(0, 2)), None);
        assert_eq!(map.edited(Span::new(2, 4)), None);
        assert_eq!(map.edited(Span::new(3, 5)), Some(Span::new(10, 16)));
    }
}
