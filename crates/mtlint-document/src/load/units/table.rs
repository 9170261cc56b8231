//! Tables: CSV and TSV whose first row names the columns.

use super::{Broken, Source, Unit, language, notes};
use crate::UnitFacts;
use mtlint_text::Span;

/// What the first row calls the columns.
const IDS: [&str; 5] = ["id", "key", "name", "identifier", "context"];
const SOURCES: [&str; 4] = ["source", "src", "source text", "original"];
const NOTES: [&str; 6] = ["note", "notes", "comment", "comments", "description", "developer comments"];
const TARGETS: [&str; 5] = ["target", "translation", "tgt", "text", "target text"];

/// Reads the units of a table; a row with two translations is two.
pub(super) fn read(text: &str, separator: char) -> Result<Vec<Unit>, Broken> {
    let rows = rows(text, separator)?;
    let Some((first, rows)) = rows.split_first() else { return Ok(Vec::new()) };
    let names: Vec<String> =
        first.iter().map(|span| said(text, separator, *span).trim().to_lowercase()).collect();
    let place = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
    let languages: Vec<usize> = (0..names.len())
        .filter(|index| {
            names[*index].len() <= 7
                && !IDS.contains(&names[*index].as_str())
                && language(&names[*index]).is_some()
        })
        .filter(|index| {
            !SOURCES.contains(&names[*index].as_str()) && !TARGETS.contains(&names[*index].as_str())
        })
        .collect();
    let id = place(&IDS);
    let note = place(&NOTES);
    let source = place(&SOURCES).or_else(|| languages.first().copied());
    let targets: Vec<usize> = match place(&TARGETS) {
        Some(target) => vec![target],
        None => languages.into_iter().filter(|index| Some(*index) != source).collect(),
    };
    let Some(source) = source.filter(|_| !targets.is_empty()) else {
        return Err(Broken::at(
            0,
            "the first row names no column of the source and of the target, such as `source` and `target`, or `en` and `de`",
        ));
    };
    let mut units = Vec::new();
    for (number, row) in (2..).zip(rows) {
        if row.len() != names.len() {
            let offset = row.first().map_or(0, |span| span.lo());
            return Err(Broken::at(
                offset,
                format!("{} columns where the first row has {}", row.len(), names.len()),
            ));
        }
        for target in &targets {
            units.push(Unit {
                id: id.map_or_else(|| number.to_string(), |id| said(text, separator, row[id])),
                target: row[*target],
                source: Source::Here(row[source]),
                language: language(&names[*target]).filter(|_| place(&TARGETS) != Some(*target)),
                source_language: language(&names[source]).filter(|_| place(&SOURCES) != Some(source)),
                facts: UnitFacts {
                    notes: note
                        .map(|note| notes::of_comment(&said(text, separator, row[note])))
                        .unwrap_or_default(),
                    is_finished: true,
                    ..UnitFacts::default()
                },
            });
        }
    }
    Ok(units)
}

fn said(text: &str, separator: char, span: Span) -> String {
    let syntax = if separator == ',' { super::Syntax::Csv } else { super::Syntax::Tsv };
    super::extract(syntax, span.of(text)).text
}

/// The fields of all rows that are not empty, the quotation marks around a field with it.
pub(in super::super) fn rows(text: &str, separator: char) -> Result<Vec<Vec<Span>>, Broken> {
    let bytes = text.as_bytes();
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        if separator == ',' && bytes[at] == b'"' {
            at += 1;
            loop {
                match memchr::memchr(b'"', &bytes[at.min(bytes.len())..]) {
                    None => return Err(Broken::at(start, "a quotation mark is not closed")),
                    Some(found) if bytes.get(at + found + 1) == Some(&b'"') => at += found + 2,
                    Some(found) => {
                        at += found + 1;
                        break;
                    }
                }
            }
        }
        let rest =
            bytes[at..].iter().position(|byte| *byte == separator as u8 || matches!(byte, b'\n' | b'\r'));
        at = rest.map_or(bytes.len(), |length| at + length);
        row.push(Span::new(start, at));
        match bytes.get(at) {
            Some(byte) if *byte == separator as u8 => {
                at += 1;
                // A separator at the very end leaves an empty field behind it.
                if matches!(bytes.get(at), None | Some(b'\n' | b'\r')) {
                    row.push(Span::at(at));
                }
            }
            _ => {}
        }
        if matches!(bytes.get(at), None | Some(b'\n' | b'\r')) {
            at += 1 + usize::from(bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n'));
            if row.iter().any(|span: &Span| !span.is_empty()) {
                rows.push(std::mem::take(&mut row));
            }
            row.clear();
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields, as the reader of another hand finds them.
    fn expected(text: &str, separator: u8) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .quoting(separator == b',')
            .from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn fields_are_those_of_a_reader_of_another_hand() {
        let pieces = ["a", "", "\"b,c\"", "\"d\"\"e\"", "\"f\ng\"", "é"];
        for seed in 0..2000_usize {
            let mut state = seed;
            let mut next = |count: usize| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % count
            };
            let mut text = String::new();
            for row in 0..1 + next(3) {
                let fields: Vec<&str> = (0..1 + next(4)).map(|_| pieces[next(pieces.len())]).collect();
                let fields = if fields.iter().all(|field| field.is_empty()) { vec!["x"] } else { fields };
                text.push_str(if row > 0 { ["\n", "\r\n"][next(2)] } else { "" });
                text.push_str(&fields.join(","));
            }
            let found: Vec<Vec<String>> = rows(&text, ',')
                .unwrap()
                .into_iter()
                .map(|row| row.into_iter().map(|span| said(&text, ',', span)).collect())
                .collect();
            assert_eq!(found, expected(&text, b','), "{text:?}");
        }
    }

    #[test]
    fn a_broken_table_is_named() {
        assert_eq!(read("id\tsource\ttarget\n1\ta\tb\n2\tc\n", '\t').unwrap_err().offset, 23);
        assert!(read("a,\"b\n", ',').is_err());
        assert!(read("what,ever\n1,2\n", ',').is_err());
    }
}
