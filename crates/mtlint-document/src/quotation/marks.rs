//! Finding the marks, and what stands on either side of each.

use super::Document;
use super::site_source::SiteSource;
use mtlint_lang::Script;
use mtlint_text::Span;

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
    /// 《 》 〈 〉 around words of a script whose marks these are not.
    Title,
    /// ′′ ″, which measure feet and minutes behind a digit.
    Prime,
    /// `` '', as typewriters and TeX have them.
    Typewriter,
}

impl Family {
    /// How many families there are.
    pub(super) const COUNT: usize = Self::Typewriter as usize + 1;

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
    /// Whether the spaces around the mark are those of one that opens. Corner brackets have none.
    pub fn is_set_to_open(&self) -> bool {
        if self.family == Family::Corner {
            return self.lean == Lean::Open;
        }
        (self.left.is_gap() || self.left == Neighbour::Joint)
            && !self.right.is_gap()
            && !matches!(self.right, Neighbour::Terminal | Neighbour::Pause)
    }

    /// Whether the spaces around the mark are those of one that closes.
    pub fn is_set_to_close(&self) -> bool {
        if self.family == Family::Corner {
            return self.lean == Lean::Close;
        }
        !self.left.is_gap() && !self.right.is_word()
    }

    /// Whether white space stands between the mark and what it quotes, if it opens or closes.
    pub fn is_spaced_inside(&self, opens: bool) -> bool {
        if opens { self.right.is_gap() } else { self.left.is_gap() }
    }

    /// Whether words or digits touch the mark on both sides.
    pub fn is_between_words(&self) -> bool {
        self.left.is_word() && self.right.is_word()
    }
}

/// How many words a name or title has at most that is set in the marks of the quotation around it.
const TITLE: usize = 3;

/// Whether the two marks hold a few words and no sentence: a name, a title, a word held at a distance.
/// Writers set these in the marks of the quotation around them.
pub fn is_title(document: &Document, open: &Mark, close: &Mark) -> bool {
    let inside = Span { start: open.span.end, end: close.span.start };
    open.block == close.block
        && !matches!(close.left, Neighbour::Terminal | Neighbour::Pause)
        && document.slice(inside).split_whitespace().take(TITLE + 1).count() <= TITLE
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
        '《' => '》',
        '〈' => '〉',
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
        '》' => '《',
        '〉' => '〈',
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
        '《' | '》' | '〈' | '〉' => Family::Title,
        '″' => Family::Prime,
        _ => return None,
    })
}

/// The mark that two signs make which touch, as typewriters write it; `None` where they are two.
fn written_twice(text: &str, at: usize, glyph: char) -> Option<Family> {
    let family = match glyph {
        '`' | '\'' => Family::Typewriter,
        '′' => Family::Prime,
        _ => return None,
    };
    let rest = text[at..].strip_prefix(glyph)?.strip_prefix(glyph)?;
    let (before, after) = (text[..at].chars().next_back(), rest.chars().next());
    let is_gap = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_set = is_gap(before) != is_gap(after) || !before.is_some_and(char::is_alphanumeric);
    (is_set && before != Some(glyph) && after != Some(glyph)).then_some(family)
}

/// Whether a text has marks that are written twice: one alone is two marks that meet.
fn writes_twice(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"``").is_some()
        || memchr::memmem::find_iter(text.as_bytes(), "′′").nth(1).is_some()
        || memchr::memmem::find_iter(text.as_bytes(), b"''").nth(1).is_some()
}

/// Whether a mark sets titles, in a text of a script whose marks these are, or measures something.
fn is_no_quotation(document: &Document, span: Span, family: Family) -> bool {
    let before = document.text()[..span.lo()].chars().next_back();
    match family {
        Family::Title => matches!(document.script(), Some(Script::Han | Script::Kana | Script::Hangul)),
        Family::Prime => before.is_some_and(char::is_numeric),
        _ => false,
    }
}

/// All marks of the document outside of masked stretches.
pub(super) fn find(document: &Document) -> Vec<Mark> {
    let text = document.text();
    let mut marks: Vec<Mark> = Vec::new();
    let writes_twice = writes_twice(text);
    let mut site_source = SiteSource::of(text);
    for (index, block) in document.blocks().iter().enumerate() {
        let first = marks.len();
        let tokens = document.tokens_of(block);
        for token in document.marks_in(block).map(|at| tokens[at]) {
            // Most marks are stops and commas.
            if matches!(text.as_bytes()[token.span.lo()], b'.' | b',') {
                continue;
            }
            let Some(glyph) = document.slice(token.span).chars().next() else { continue };
            let at = token.span.lo();
            if marks.last().is_some_and(|last| last.span.hi() > at) {
                continue;
            }
            let twice = if writes_twice { written_twice(text, at, glyph) } else { None };
            let Some(family) = twice.or_else(|| family(glyph)) else { continue };
            let length = if twice.is_some() { 2 * glyph.len_utf8() } else { glyph.len_utf8() };
            let span = Span::new(at, at + length);
            if is_inside_word(text, span, family)
                || is_apostrophe(document, span, family)
                || joins_ending(document, span, family)
                || site_source.covers(span.lo())
                || is_no_quotation(document, span, family)
                || document.mask().covers(span)
            {
                continue;
            }
            marks.push(Mark {
                span,
                glyph,
                family,
                lean: if twice.is_some() && glyph == '\'' { Lean::Either } else { lean(document, glyph) },
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

/// Whether an ending that is joined by an apostrophe follows a single mark that touches what stands before it: `J.J.'s`,
/// `“darling”'s`.
fn joins_ending(document: &Document, span: Span, family: Family) -> bool {
    let (before, after) = (&document.text()[..span.lo()], &document.text()[span.hi()..]);
    let ending = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
    matches!(family, Family::SingleCurly | Family::SingleStraight)
        && (1..=2).contains(&ending.len())
        && before.ends_with(|c: char| !c.is_whitespace() && c != '(' && c != '—' && c != '-')
        && document.pack().words("split-clitic").contains(ending)
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
        '“' | '„' | '‟' | '〝' | '«' | '‹' | '‘' | '‚' | '‛' | '「' | '『' | '｢' | '《' | '〈' | '`' => {
            Lean::Open
        }
        '”' | '〞' | '〟' | '»' | '›' | '’' | '」' | '』' | '｣' | '》' | '〉' => Lean::Close,
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
    use mtlint_lang::{Language, Packs};

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
