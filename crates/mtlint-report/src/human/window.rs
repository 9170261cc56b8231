//! Which parts of a long line are shown: what is marked, and the words around it.

use super::cells::{NAME, width_of};
use std::ops::Range;

/// How many columns of a marked stretch are shown at either end when it is too long for the line, at most.
const ENDS: usize = 24;
/// Fewer hidden columns than this are shown: an ellipsis would save nothing.
const GAP: usize = 6;
/// How far a cut moves to fall between words.
const WORD: usize = 12;
/// The fewest columns around a mark, where the line has so many to spare.
const CONTEXT: usize = 12;
/// How many accents may be piled up on a letter and take no room. Further ones are counted like characters that are
/// named, which they are when a window begins with them; so no text makes a window long to find.
const PILE: usize = 2;

/// The parts of `line`, a piece of `text` without a line break at its end, that are shown so that
/// all of `marks` can be seen in about `width` columns: less of them and of what is around them, the fewer
/// columns there are. Byte ranges into `text`, in order, apart.
pub(super) fn windows(
    text: &str,
    line: Range<usize>,
    marks: &[Range<usize>],
    width: usize,
) -> Vec<Range<usize>> {
    if forward(text, line.start, line.end, width) == line.end {
        return vec![line];
    }
    let ends = ENDS.min(width * 3 / 10).max(1);
    let gap = GAP.min(width / 8);
    let mut shown: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        let mark = mark.start.clamp(line.start, line.end)..mark.end.clamp(line.start, line.end);
        let head = forward(text, mark.start, mark.end, ends);
        let tail = backward(text, mark.end, mark.start, ends);
        if head + gap < tail && forward(text, mark.start, mark.end, width / 2) < mark.end {
            shown.extend([mark.start..head, tail..mark.end]);
        } else {
            shown.push(mark);
        }
    }
    shown.sort_by_key(|window| (window.start, window.end));
    merge(text, &mut shown, gap);

    let marked: usize = shown.iter().map(|window| columns(text, window.clone())).sum();
    let around = (width.saturating_sub(marked) / (2 * shown.len().max(1))).max(CONTEXT.min(width / 8));
    for window in &mut shown {
        let start = backward(text, window.start, line.start, around);
        // What one side does not need, the other gets.
        let left = around - columns(text, start..window.start).min(around);
        let end = forward(text, window.end, line.end, around + left);
        let right = (around + left) - columns(text, window.end..end).min(around + left);
        let start = if end == line.end { backward(text, start, line.start, right) } else { start };
        *window = cut_start(text, start, line.start, window.start, gap)
            ..cut_end(text, end, line.end, window.end, gap);
    }
    merge(text, &mut shown, gap);
    shown
}

/// Joins windows that overlap or are hardly apart.
fn merge(text: &str, windows: &mut Vec<Range<usize>>, gap: usize) {
    windows.dedup_by(|next, last| {
        let joins = next.start <= last.end || forward(text, last.end, next.start, gap) == next.start;
        if joins {
            last.end = last.end.max(next.end);
        }
        joins
    });
}

/// The start of a window moved to a word's start, or to the line's when that is near.
fn cut_start(text: &str, start: usize, line: usize, mark: usize, gap: usize) -> usize {
    if backward(text, start, line, gap) == line {
        return line;
    }
    let reach = forward(text, start, mark, WORD);
    let space = text[start..reach].char_indices().find(|(_, char)| char.is_whitespace());
    space.map_or(start, |(at, char)| start + at + char.len_utf8())
}

/// The end of a window moved to a word's end, or to the line's when that is near.
fn cut_end(text: &str, end: usize, line: usize, mark: usize, gap: usize) -> usize {
    if forward(text, end, line, gap) == line {
        return line;
    }
    let reach = backward(text, end, mark, WORD);
    let space = text[reach..end].char_indices().rev().find(|(_, char)| char.is_whitespace());
    space.map_or(end, |(at, _)| reach + at)
}

/// The place at most `width` columns after `from`, no further than `limit`.
fn forward(text: &str, from: usize, limit: usize, width: usize) -> usize {
    let mut room = Room::new(width);
    let mut chars = text[from..limit.max(from)].char_indices();
    chars.find(|(_, char)| !room.takes(*char)).map_or(limit.max(from), |(at, _)| from + at)
}

/// The place at most `width` columns before `from`, no further than `limit`.
fn backward(text: &str, from: usize, limit: usize, width: usize) -> usize {
    let limit = limit.min(from);
    let mut room = Room::new(width);
    let mut chars = text[limit..from].char_indices().rev();
    chars.find(|(_, char)| !room.takes(*char)).map_or(limit, |(at, char)| limit + at + char.len_utf8())
}

/// The columns that are left for characters one after the other.
struct Room {
    left: usize,
    /// How many characters in a row took no column, and how many may.
    piled: usize,
    most_piled: usize,
}

impl Room {
    fn new(width: usize) -> Self {
        // Where there is hardly any room at all, none is for what may come to be named.
        Self { left: width, piled: 0, most_piled: if width < NAME { 0 } else { PILE } }
    }

    /// Whether there is room for a character, which then is taken.
    fn takes(&mut self, char: char) -> bool {
        let width = width_of(char);
        self.piled = if width == 0 { self.piled + 1 } else { 0 };
        let needed = if self.piled > self.most_piled { NAME } else { width };
        let left = self.left.checked_sub(needed);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }
}

fn columns(text: &str, range: Range<usize>) -> usize {
    text[range].chars().map(width_of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[(usize, usize)], width: usize) -> Vec<String> {
        let marks: Vec<Range<usize>> = marks.iter().map(|(start, end)| *start..*end).collect();
        windows(text, 0..text.len(), &marks, width)
            .into_iter()
            .map(|window| text[window].to_owned())
            .collect()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(shown("one two three", &[(4, 7)], 80), ["one two three"]);
    }

    #[test]
    fn a_long_line_is_cut_between_words() {
        let line = "alpha beta gamma ".repeat(20) + "HERE " + &"delta epsilon ".repeat(20);
        let at = line.find("HERE").unwrap();
        let seen = shown(&line, &[(at, at + 4)], 60);
        assert_eq!(seen.len(), 1);
        assert!(seen[0].len() <= 60 && seen[0].contains("gamma HERE delta"), "{seen:?}");
        assert!(seen[0].starts_with(['a', 'b', 'g']) && seen[0].ends_with(['a', 'n']), "{seen:?}");
    }

    #[test]
    fn marks_far_apart_have_a_window_each() {
        let line = "word ".repeat(100);
        let seen = shown(&line, &[(50, 54), (400, 404)], 80);
        assert_eq!(seen.len(), 2);
        assert_eq!(shown(&line, &[(50, 54), (60, 64)], 80).len(), 1);
    }

    #[test]
    fn a_long_mark_shows_its_ends() {
        let line = "x".repeat(50) + &"y".repeat(300) + "z";
        let seen = shown(&line, &[(50, 350)], 80);
        assert_eq!(seen.len(), 2);
        assert!(seen[1].ends_with("yz"));
    }

    #[test]
    fn cuts_fall_between_characters() {
        let line = "中文字符".repeat(100);
        for at in (0..line.len()).step_by(3) {
            for window in windows(&line, 0..line.len(), std::slice::from_ref(&(at..at + 3)), 40) {
                assert!(window.start <= at && at + 3 <= window.end);
            }
        }
    }
}
