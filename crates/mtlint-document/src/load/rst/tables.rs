//! Tables of reStructuredText: those drawn with corners, and those of columns under lines.

use super::super::joined::Joined;
use super::Line;
use mtlint_text::Span;

/// Whether a line is the border of a table of columns: two runs of `=` at least.
pub(super) fn is_border(text: &str) -> bool {
    text.starts_with('=') && text.contains(" =") && text.bytes().all(|byte| matches!(byte, b'=' | b' '))
}

/// How many lines the drawn table takes that begins with the first.
pub(super) fn drawn(original: &str, lines: &[Line]) -> usize {
    lines.iter().take_while(|line| original[line.start..line.end].starts_with(['+', '|'])).count()
}

/// How many lines the table of columns takes that begins with the first, which is a border, or else
/// where it would have to end at the latest.
pub(super) fn under_borders(original: &str, lines: &[Line]) -> Result<usize, usize> {
    let is_border = |line: &Line| is_border(&original[line.start..line.end]);
    let indent = lines.first().map_or(0, |first| first.indent);
    let most = lines.iter().take_while(|line| line.is_blank() || line.indent >= indent).count();
    // It ends with the border behind which an empty line stands.
    let ends =
        |index: &usize| is_border(&lines[*index]) && lines.get(index + 1).is_none_or(|next| next.is_blank());
    (1..most).find(ends).map(|last| last + 1).ok_or(most)
}

/// The texts of the cells, row by row.
pub(super) fn cells(original: &str, lines: &[Line]) -> Vec<Joined> {
    match lines.first() {
        Some(first) if is_border(&original[first.start..first.end]) => simple(original, lines),
        _ => grid(original, lines),
    }
}

/// The columns of a line between the bytes that `starts` gives, in characters of the line.
fn cut(original: &str, line: Line, columns: &[(usize, usize)]) -> Vec<Span> {
    let text = &original[line.start..line.end];
    // Where each character begins, looked for once.
    let offsets: Vec<usize> = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
    let at = |column: usize| offsets[column.min(offsets.len() - 1)];
    let trimmed = |from: usize, to: usize| {
        let cell = &text[from..to.max(from)];
        let inner = cell.trim();
        let start = line.start + from + (cell.len() - cell.trim_start().len());
        if inner.is_empty() { Span::at(line.start + from) } else { Span::new(start, start + inner.len()) }
    };
    columns.iter().map(|(from, to)| trimmed(at(*from), at(*to))).collect()
}

fn simple(original: &str, lines: &[Line]) -> Vec<Joined> {
    let border = &original[lines[0].start..lines[0].end];
    let mut columns = Vec::new();
    let mut start = 0;
    for run in border.split_inclusive(' ') {
        if run.starts_with('=') {
            columns.push((start, start + run.len()));
        }
        start += run.len();
    }
    // Each reaches up to the next, and the last one to the end of the line.
    let starts: Vec<usize> = columns.iter().map(|(from, _)| *from).chain([usize::MAX]).collect();
    let columns: Vec<(usize, usize)> = starts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let mut cells: Vec<Joined> = Vec::new();
    let mut row: Vec<Joined> = Vec::new();
    for line in &lines[1..] {
        let text = &original[line.start..line.end];
        let is_line = text.bytes().all(|byte| matches!(byte, b'=' | b'-' | b' '));
        // A line that begins in a later column goes on with the row above.
        let moved = line.indent.saturating_sub(lines[0].indent);
        let shifted: Vec<(usize, usize)> = columns
            .iter()
            .map(|(from, to)| {
                (from.saturating_sub(moved), if *to == usize::MAX { *to } else { to.saturating_sub(moved) })
            })
            .collect();
        let pieces = cut(original, *line, &shifted);
        if is_line || moved < columns.get(1).map_or(1, |column| column.0) {
            cells.append(&mut row);
        }
        if is_line {
            continue;
        }
        row.resize(columns.len(), Joined::default());
        for (cell, piece) in row.iter_mut().zip(pieces) {
            cell.push(original, piece);
        }
    }
    cells.append(&mut row);
    cells.retain(|cell| !cell.is_empty());
    cells
}

fn grid(original: &str, lines: &[Line]) -> Vec<Joined> {
    let text = |line: &Line| &original[line.start..line.end];
    let mut cells = Vec::new();
    for rows in lines.split(|line| text(line).starts_with('+')).filter(|rows| !rows.is_empty()) {
        // A bar in the same column of all lines parts cells; a cell that reaches over rows is not followed.
        let bars = |line: &Line| -> Vec<usize> {
            text(line)
                .chars()
                .enumerate()
                .filter(|(_, char)| *char == '|')
                .map(|(column, _)| column)
                .collect()
        };
        if rows.iter().any(|line| text(line).contains("+--")) {
            continue;
        }
        let mut columns = bars(&rows[0]);
        for line in &rows[1..] {
            let here = bars(line);
            columns.retain(|column| here.binary_search(column).is_ok());
        }
        let ranges: Vec<(usize, usize)> = columns.windows(2).map(|pair| (pair[0] + 1, pair[1])).collect();
        let mut row = vec![Joined::default(); ranges.len()];
        for line in rows {
            for (cell, piece) in row.iter_mut().zip(cut(original, *line, &ranges)) {
                cell.push(original, piece);
            }
        }
        cells.extend(row.into_iter().filter(|cell| !cell.is_empty()));
    }
    cells
}
