//! Which edits are safe by their form, whatever rule proposes them.
//!
//! Safe is what no reading of the text can depend on: white space beside a mark, one of several marks of one
//! kind, markup and invisible characters that do nothing, and a character written in another encoding or width.
//! All else may change what a sentence asserts, who asserts it or what a name is, and is never safe: a fix that
//! a rule holds for safe becomes an unsafe one. Uses `document` and `text`; looks at the edit and at the
//! characters next to it, so that the work does not grow with the text.

use crate::rule::{Applicability, Finding};
use encoding_rs::WINDOWS_1252;
use mtlint_document::{Document, MaskKind};
use mtlint_text::{Edit, Span};
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

/// Takes from the fixes of a finding the edits that change nothing and the fixes that have no others or touch
/// code, and makes those unsafe that are not safe by their form.
pub(super) fn restrain(document: &Document, finding: &mut Finding) {
    let text = document.text();
    for fix in &mut finding.fixes {
        fix.edits.retain(|edit| text.get(edit.span.range()) != Some(edit.insert.as_str()));
    }
    finding
        .fixes
        .retain(|fix| !fix.edits.is_empty() && !fix.edits.iter().any(|edit| is_in_code(document, edit)));
    for fix in &mut finding.fixes {
        let is_safe = || fix.edits.iter().all(|edit| is_safe(document, edit));
        if fix.applicability == Applicability::Safe && !is_safe() {
            fix.applicability = Applicability::Unsafe;
        }
    }
}

/// Whether an edit changes what is code, whatever is wrong with it.
fn is_in_code(document: &Document, edit: &Edit) -> bool {
    document.mask().overlapping(edit.span).is_some_and(|(masked, kind)| {
        kind == MaskKind::Code && (!edit.span.is_empty() || masked.start < edit.span.start)
    })
}

/// Whether an edit is safe by its form.
fn is_safe(document: &Document, edit: &Edit) -> bool {
    // What is no part of the text, such as a comment for mtlint, asserts nothing.
    let Some(old) = document.text().get(edit.span.range()) else { return true };
    let place = Place {
        before: &document.text()[..edit.span.lo()],
        old,
        new: &edit.insert,
        after: &document.text()[edit.span.hi()..],
    };
    old.len().max(edit.insert.len()) <= LONGEST
        && place.keeps_line_ends()
        && (place.is_invisible()
            || place.is_idle_markup()
            || place.is_recoded(is_as_in_file(document, edit.span))
            || place.only_moves_space(old)
            || place.is_repeated_mark()
            || super::source_evidence::vouches(document, edit))
}

/// Whether the file has the same characters at this place as the text that rules see.
fn is_as_in_file(document: &Document, span: Span) -> bool {
    document.to_original(span).of(document.original()) == document.slice(span)
}

/// An edit and what stands around it.
#[derive(Clone, Copy)]
struct Place<'t> {
    before: &'t str,
    old: &'t str,
    new: &'t str,
    after: &'t str,
}

impl Place<'_> {
    fn left(&self) -> Option<char> {
        self.before.chars().next_back()
    }

    fn right(&self) -> Option<char> {
        self.after.chars().next()
    }

    fn keeps_line_ends(&self) -> bool {
        let count = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
        count(self.old) == count(self.new)
    }

    /// Characters without width go, beside letters that do without them.
    fn is_invisible(&self) -> bool {
        let is_plain = |neighbour: Option<char>| {
            neighbour.is_none_or(|c| {
                matches!(c.script(), Script::Latin | Script::Greek | Script::Cyrillic)
                    || c.script() == Script::Common && !is_pictograph(c)
            })
        };
        self.new.is_empty()
            && self.old.chars().all(is_without_width)
            && is_plain(self.left())
            && is_plain(self.right())
    }

    /// A tag that shows nothing goes, or a page builder's code. With spaces on both sides it is a word of the
    /// sentence: `the <b> tag`.
    fn is_idle_markup(&self) -> bool {
        let is_apart = |neighbour: Option<char>| neighbour.is_some_and(char::is_whitespace);
        if !self.new.is_empty() || is_apart(self.left()) && is_apart(self.right()) {
            return false;
        }
        let joins =
            self.left().is_some_and(char::is_alphanumeric) && self.right().is_some_and(char::is_alphanumeric);
        match tag_name(self.old) {
            Some(name) => INLINE.contains(&name) || BLOCKS.contains(&name) && !joins,
            None => !joins && is_builder_code(self.old),
        }
    }

    /// The same characters in another encoding, normal form or width.
    fn is_recoded(&self, as_in_file: bool) -> bool {
        if self.old.is_empty() || self.new.is_empty() {
            return false;
        }
        if is_entity(self.old) || self.old.starts_with("\\u") {
            let forms_another = || self.new == "&" && begins_entity(self.after);
            let mut chars = self.new.chars();
            let is_one = chars.next().is_some() && chars.next().is_none();
            return as_in_file && is_one && !matches!(self.new, "<" | ">" | "\\") && !forms_another();
        }
        let misread = |text: &str| WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        let once = misread(self.new);
        if once == self.old || misread(&once) == self.old {
            return true;
        }
        let normal: String = self.old.chars().map(western).nfkc().collect();
        let is_raised = |c: char| c.is_numeric() && !c.is_ascii_digit() && !matches!(c, '０'..='９');
        // The other way round: a narrow mark among wide ones.
        let meant: String = self.new.chars().map(western).nfkc().filter(|c| !c.is_whitespace()).collect();
        if meant != self.new && !self.new.contains(is_raised) && meant == self.old.trim() {
            return true;
        }
        normal != self.old
            && !self.old.contains(is_raised)
            && (self.only_moves_space(&normal) || normal.chars().eq(self.new.nfkc()))
    }

    /// Nothing but white space differs between `old`, as it stands or is meant, and what is written instead:
    /// no words are joined or cut in two, and no mark goes to the other side of a sentence.
    fn only_moves_space(&self, old: &str) -> bool {
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
        let kept = solid(self.new);
        if solid(old) != kept {
            return false;
        }
        // Whether white space stands before each of the characters, and before what follows.
        let gaps = |text: &str| {
            let mut gaps = Vec::with_capacity(kept.len() + 1);
            let mut gap = self.left().is_none_or(char::is_whitespace);
            for c in text.chars() {
                if c.is_whitespace() {
                    gap = true;
                } else {
                    gaps.push(gap);
                    gap = false;
                }
            }
            gaps.push(gap || self.right().is_none_or(char::is_whitespace));
            gaps
        };
        let (was, is) = (gaps(old), gaps(self.new));
        let neighbours: Vec<Option<char>> = std::iter::once(self.before.trim_end().chars().next_back())
            .chain(kept.iter().copied().map(Some))
            .chain(std::iter::once(self.after.trim_start().chars().next()))
            .collect();
        // What follows the right neighbour of a gap, once the edit is made.
        let rest = |index: usize| {
            let mut solids = 0;
            let mut chars = self.new.chars().chain(self.after.chars()).skip_while(|c| {
                solids += usize::from(!c.is_whitespace());
                solids <= index
            });
            chars.next();
            (chars.next(), chars.next())
        };
        (0..was.len()).filter(|index| was[*index] != is[*index]).all(|index| {
            let (Some(left), Some(right)) = (neighbours[index], neighbours[index + 1]) else { return true };
            match is[index] {
                true => is_open_to_space(left, right),
                false => is_closed_to_space(left, right, rest(index)) || self.is_clitic(left, right),
            }
        })
    }

    /// An apostrophe and at most two letters: the end of a word that was cut off. Where other words near by begin
    /// with an apostrophe, it may be a word of its own: `’em`.
    fn is_clitic(&self, left: char, right: char) -> bool {
        let near = |text: &str| text.contains(" ’") || text.contains(" '") || text.contains(" ‘");
        let start = self.before.ceil_char_boundary(self.before.len().saturating_sub(LONGEST));
        let end = self.after.floor_char_boundary(LONGEST);
        if near(&self.before[start..]) || near(&self.after[..end]) {
            return false;
        }
        let letters = self.after.chars().skip(1).take_while(|c| c.is_alphabetic()).take(3).count();
        left.is_alphabetic() && matches!(right, '’' | '\'') && (1..=2).contains(&letters)
    }

    /// Fewer marks of one kind than there were, and one at least.
    fn is_repeated_mark(&self) -> bool {
        let mut marks = self.old.chars().filter(|c| !c.is_whitespace());
        let Some(mark) = marks.next().filter(|mark| REPEATABLE.contains(mark)) else { return false };
        let removed = 1 + marks.clone().count();
        let kept = self.new.chars().filter(|c| !c.is_whitespace()).count();
        let next = |text: Option<char>| text == Some(mark);
        let stays = kept > 0
            || next(self.before.trim_end().chars().next_back())
            || next(self.after.trim_start().chars().next());
        let parts_words = self.old.contains(char::is_whitespace)
            && !self.new.ends_with(char::is_whitespace)
            && kept == 0
            && self.right().is_some_and(char::is_alphanumeric);
        // Three stops and more trail off.
        let trails_off = || {
            let run = |chars: &mut dyn Iterator<Item = char>| {
                chars.take(LONGEST).filter(|c| !c.is_whitespace()).take_while(|c| *c == mark).count()
            };
            let dots = run(&mut self.before.chars().rev()) + removed + run(&mut self.after.chars());
            let is_inside = self.after.trim_start_matches('.').starts_with(is_closing);
            mark == '.' && (dots > 2 || is_inside)
        };
        marks.all(|c| c == mark)
            && self.new.chars().all(|c| c == mark || c.is_whitespace())
            && kept < removed
            && stays
            && !trails_off()
            && !parts_words
    }
}

/// How many bytes an edit has at most that is looked at: longer ones are no matter of form.
const LONGEST: usize = 300;

/// How many bytes the name of an entity has at most.
const LONGEST_NAME: usize = 32;

/// Marks of which the second says nothing. Not quotation marks that open and close alike, and no dashes: two of
/// them stand for what is left out.
const REPEATABLE: &[char] = &[',', '.', ';', '”', '“', '»', '«', '،', '，', '。', '、'];

/// Tags of HTML that change how letters look and nothing of what they say.
const INLINE: &[&str] = &["b", "i", "u", "em", "strong", "span", "font"];

/// Tags of HTML that make a block or a line of what stands inside.
const BLOCKS: &[&str] =
    &["p", "div", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "center"];

/// The name in `<name …>` or `</name>`.
fn tag_name(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('<')?.strip_suffix('>')?;
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    inside.split(|c: char| c.is_whitespace() || c == '/').next().filter(|_| !inside.contains(['<', '>']))
}

/// Whether the text is one or several codes like `[ad_1]` and `[/vc_row]`, and nothing else.
fn is_builder_code(text: &str) -> bool {
    let is_code = |code: &str| {
        let Some(inside) = code.strip_prefix('[') else { return false };
        let name = inside.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        name.contains('_') && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    text.ends_with(']') && text.strip_suffix(']').is_some_and(|codes| codes.split(']').all(is_code))
}

/// Whether the text goes on as an entity does behind its `&`.
fn begins_entity(text: &str) -> bool {
    let name = text
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .take(LONGEST_NAME)
        .count();
    name > 0 && text.as_bytes().get(name) == Some(&b';')
}

fn is_entity(text: &str) -> bool {
    text.starts_with('&') && text.ends_with(';')
}

/// Whether the character takes no room: signs of format, and controls.
fn is_without_width(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..)
}

/// The mark of Western print with the same work.
fn western(c: char) -> char {
    match c {
        '。' => '.',
        '、' => ',',
        c => c,
    }
}

/// Whether white space may be put between the two: behind a mark that parts, before or behind a mark of quotation
/// or a bracket that shows its direction.
fn is_open_to_space(left: char, right: char) -> bool {
    let is_solid = |c: char| c.is_alphanumeric();
    match (is_solid(left), is_solid(right)) {
        (true, true) => false,
        (_, true) => matches!(left, ',' | ';' | '”' | '»' | '•' | '●' | '▪' | '■' | '◦' | '‣'),
        (true, _) => matches!(right, '“' | '«' | '„'),
        _ => ",;:.!?".contains(left) && matches!(right, '“' | '«' | '„'),
    }
}

/// Whether white space may go between the two: before a mark that ends something, which stands apart from what
/// follows, and behind a bracket or mark that opens.
fn is_closed_to_space(left: char, right: char, (next, following): (Option<char>, Option<char>)) -> bool {
    let ends = |c: char| c.is_whitespace() || is_closing(c) || ",;:.!?…".contains(c);
    let is_apart = next.is_none_or(ends);
    // A mark within a sentence may be spoken of: `the ? operator`.
    let goes_on = next.is_some_and(char::is_whitespace) && following.is_some_and(char::is_lowercase);
    match right {
        // Wide marks bring their own space.
        c if is_wide_mark(c) || is_wide_mark(left) => true,
        ',' | ';' => is_apart,
        '.' | '!' | '?' | '…' => is_apart && !goes_on,
        ':' => is_apart && left.is_alphanumeric(),
        // With a number behind it, it is reckoned with.
        '%' => is_apart && left.is_numeric() && !following.is_some_and(char::is_numeric),
        c if is_closing(c) => !is_straight(left),
        _ => matches!(left, '(' | '[' | '“' | '«' | '„') && !is_straight(right),
    }
}

fn is_wide_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '：'
            | '；'
            | '！'
            | '？'
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '（'
            | '）'
    )
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '”' | '»')
}

fn is_straight(c: char) -> bool {
    matches!(c, '"' | '\'' | '’' | '‘')
}

#[cfg(test)]
mod tests;
