//! Finding the marks, and what stands on either side of each.

use super::Document;
use crate::text::Span;

/// Which marks belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// “ ”
    Curly,
    /// „ ‟, which “ or ” closes
    Low,
    /// " ＂
    Straight,
    /// « »
    Guillemet,
    /// 「 」 『 』
    Corner,
    /// ‘ ’ ‚
    SingleCurly,
    /// '
    SingleStraight,
    /// ‹ ›
    SingleGuillemet,
}

impl Family {
    /// Whether marks of this family usually set a quotation inside a quotation, or are apostrophes.
    pub fn is_single(self) -> bool {
        matches!(self, Self::SingleCurly | Self::SingleStraight | Self::SingleGuillemet)
    }
}

/// Which way a mark points by its glyph alone, in the language of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    Open,
    Close,
    Either,
}

/// What stands beside a mark, other marks that touch it left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neighbour {
    /// The block begins or ends here.
    Edge,
    Space,
    Letter,
    Digit,
    /// `.` `!` `?` and their like in other scripts.
    Terminal,
    /// `…` or `...`, with which a quotation may begin as well as end.
    Ellipsis,
    /// `,` `;` `:`
    Pause,
    /// An opening bracket, a dash or a slash, after which a quotation may open without a space.
    Joint,
    /// A closing bracket or any other mark.
    Other,
}

impl Neighbour {
    /// Whether nothing touches the mark on this side.
    pub fn is_gap(self) -> bool {
        matches!(self, Self::Edge | Self::Space)
    }

    /// Whether a sentence may end here.
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Terminal | Self::Ellipsis)
    }

    /// Whether a letter or digit touches the mark on this side.
    pub fn is_word(self) -> bool {
        matches!(self, Self::Letter | Self::Digit)
    }
}

/// A mark that may open or close a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    pub glyph: char,
    pub family: Family,
    pub lean: Lean,
    pub left: Neighbour,
    pub right: Neighbour,
    /// The index of the block it stands in.
    pub block: usize,
}

impl Mark {
    /// Whether the spaces around the mark are those of one that opens.
    pub fn is_set_to_open(&self) -> bool {
        (self.left.is_gap() || self.left == Neighbour::Joint)
            && !self.right.is_gap()
            && !matches!(self.right, Neighbour::Terminal | Neighbour::Pause)
    }

    /// Whether the spaces around the mark are those of one that closes.
    pub fn is_set_to_close(&self) -> bool {
        !self.left.is_gap() && !self.right.is_word()
    }

    /// Whether words or digits touch the mark on both sides.
    pub fn is_between_words(&self) -> bool {
        self.left.is_word() && self.right.is_word()
    }
}

/// The glyph that closes what `open` opens in a language, or else wherever it is used.
pub fn closing_glyph(document: &Document, open: char) -> char {
    let styles = document.pack().quotation_styles().iter();
    let close =
        styles.flat_map(|style| [style.outer, style.inner]).find(|pair| pair.0 == open).map(|pair| pair.1);
    close.unwrap_or(match open {
        '“' | '‟' => '”',
        '„' => '“',
        '«' => '»',
        '‹' => '›',
        '‘' | '‚' => '’',
        '「' => '」',
        '『' => '』',
        '〝' => '〟',
        other => other,
    })
}

/// The glyph that opens what `close` closes in a language, or else wherever it is used.
pub fn opening_glyph(document: &Document, close: char) -> char {
    let styles = document.pack().quotation_styles().iter();
    let open =
        styles.flat_map(|style| [style.outer, style.inner]).find(|pair| pair.1 == close).map(|pair| pair.0);
    open.unwrap_or(match close {
        '”' => '“',
        '»' => '«',
        '›' => '‹',
        '’' => '‘',
        '」' => '「',
        '』' => '『',
        other => other,
    })
}

fn family(glyph: char) -> Option<Family> {
    Some(match glyph {
        '“' | '”' | '〝' | '〞' | '〟' => Family::Curly,
        '„' | '‟' => Family::Low,
        '"' | '＂' => Family::Straight,
        '«' | '»' => Family::Guillemet,
        '「' | '」' | '『' | '』' | '｢' | '｣' => Family::Corner,
        '‘' | '’' | '‚' | '‛' => Family::SingleCurly,
        '\'' => Family::SingleStraight,
        '‹' | '›' => Family::SingleGuillemet,
        _ => return None,
    })
}

/// All marks of the document outside of masked stretches.
pub(super) fn find(document: &Document) -> Vec<Mark> {
    let text = document.text();
    let mut marks = Vec::new();
    for (index, block) in document.blocks().iter().enumerate() {
        let first = marks.len();
        let tokens = document.tokens_of(block);
        for token in document.marks_in(block).map(|at| tokens[at]) {
            // Most marks are stops and commas.
            if matches!(text.as_bytes()[token.span.lo()], b'.' | b',') {
                continue;
            }
            let Some(glyph) = document.slice(token.span).chars().next() else { continue };
            let Some(family) = family(glyph) else { continue };
            let span = Span::new(token.span.lo(), token.span.lo() + glyph.len_utf8());
            if is_inside_word(text, span, family)
                || is_apostrophe(document, span, family)
                || document.mask().covers(span)
            {
                continue;
            }
            marks.push(Mark {
                span,
                glyph,
                family,
                lean: lean(document, glyph),
                left: Neighbour::Edge,
                right: Neighbour::Edge,
                block: index,
            });
        }
        for mark in &mut marks[first..] {
            mark.left = beside(text[block.span.lo()..mark.span.lo()].chars().rev(), true);
            mark.right = beside(text[mark.span.hi()..block.span.hi()].chars(), false);
        }
    }
    marks
}

/// Whether letters touch a single mark on both sides: an apostrophe.
fn is_inside_word(text: &str, span: Span, family: Family) -> bool {
    matches!(family, Family::SingleCurly | Family::SingleStraight)
        && text[..span.lo()].chars().next_back().is_some_and(char::is_alphanumeric)
        && text[span.hi()..].chars().next().is_some_and(char::is_alphanumeric)
}

/// Whether a straight double mark stands where a word loses its end before a vowel: `l"été` for
/// `l'été`.
fn is_apostrophe(document: &Document, span: Span, family: Family) -> bool {
    let (before, after) = (&document.text()[..span.lo()], &document.text()[span.hi()..]);
    let word = || before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    family == Family::Straight
        && after.starts_with(char::is_alphabetic)
        && before.ends_with(char::is_alphabetic)
        && document.pack().is_elision(word())
}

fn lean(document: &Document, glyph: char) -> Lean {
    for style in document.pack().quotation_styles() {
        for (open, close) in [style.outer, style.inner] {
            match (glyph == open, glyph == close) {
                (true, true) => return Lean::Either,
                (true, false) => return Lean::Open,
                (false, true) => return Lean::Close,
                (false, false) => {}
            }
        }
    }
    match glyph {
        '“' | '„' | '‟' | '〝' | '«' | '‹' | '‘' | '‚' | '‛' | '「' | '『' | '｢' => {
            Lean::Open
        }
        '”' | '〞' | '〟' | '»' | '›' | '’' | '」' | '』' | '｣' => Lean::Close,
        _ => Lean::Either,
    }
}

/// How many characters beside a mark are looked at: more marks than that in a row mean nothing.
const REACH: usize = 8;

/// What stands beyond the marks, and the thin spaces between them, that touch a mark. `outward`
/// yields the characters from the mark on.
fn beside(outward: impl Iterator<Item = char>, is_left: bool) -> Neighbour {
    let mut chars = outward.take(REACH).peekable();
    let is_mark = |c: &char| family(*c).is_some();
    loop {
        match chars.next() {
            // Marks that close one after the other may be kept apart by a thin or no-break space.
            Some('\u{2009}' | '\u{202F}' | '\u{200A}' | '\u{A0}') if chars.peek().is_some_and(is_mark) => {}
            Some('.') if chars.peek() == Some(&'.') => return Neighbour::Ellipsis,
            Some(c) if is_mark(&c) => {}
            neighbour => return neighbour_of(neighbour, is_left),
        }
    }
}

fn neighbour_of(c: Option<char>, is_left: bool) -> Neighbour {
    let Some(c) = c else { return Neighbour::Edge };
    match c {
        '…' => Neighbour::Ellipsis,
        '.' | '!' | '?' | '。' | '！' | '？' | '．' | '؟' | '।' => Neighbour::Terminal,
        ',' | ';' | ':' | '，' | '、' | '；' | '：' | '،' => Neighbour::Pause,
        '(' | '[' | '{' | '（' | '［' | '¿' | '¡' if is_left => Neighbour::Joint,
        '—' | '–' | '-' | '‑' | '―' | '/' | '=' | '+' | '>' | '|' | '*' | '_' => Neighbour::Joint,
        // What a quotation may begin with.
        '(' | '[' | '{' | '$' | '€' | '£' | '#' | '@' | '¿' | '¡' | '（' if !is_left => {
            Neighbour::Letter
        }
        c if c.is_whitespace() => Neighbour::Space,
        c if c.is_numeric() => Neighbour::Digit,
        c if c.is_alphabetic() => Neighbour::Letter,
        _ => Neighbour::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, Packs};

    fn marks(text: &str) -> Vec<Mark> {
        find(&Document::plain(text, Language::parse("en").ok(), &Packs::builtin()))
    }

    #[test]
    fn apostrophes_inside_words_are_no_marks() {
        assert!(marks("It isn't hers, it’s Anna's.").is_empty());
        assert_eq!(marks("the brothers' house").len(), 1);
    }

    #[test]
    fn marks_that_touch_share_their_neighbours() {
        let found = marks("She said, “‘Go,’\u{2009}” and left.");
        assert_eq!(found[0].right, Neighbour::Letter);
        assert_eq!(found[1].left, Neighbour::Space);
        assert_eq!(found[3].left, Neighbour::Pause);
        assert!(found[2].is_set_to_close() && found[3].is_set_to_close());
    }

    #[test]
    fn a_run_of_marks_has_a_neighbour_that_means_nothing() {
        let found = marks(&format!("a{}", "”".repeat(20)));
        assert_eq!((found[0].left, found[19].left), (Neighbour::Letter, Neighbour::Edge));
    }
}
