//! Java's `.properties`: `key = text`, which a backslash at the end of the line lets go on.

use super::{Broken, Syntax, Unit, extract, notes};
use crate::{Note, UnitFacts};
use mtlint_text::Span;

pub(super) fn read(text: &str) -> Result<Vec<Unit>, Broken> {
    let mut units = Vec::new();
    // What the comments before the entry say.
    let mut said: Vec<Note> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at + blanks(&text[at..]);
        let end = end_of_entry(text, start);
        at = (end + 1).min(text.len()).max(at + 1);
        let line = &text[start..end];
        if line.is_empty() || line.starts_with(['#', '!', '\r', '\n']) {
            // A comment does not go on.
            at = text[start..].find('\n').map_or(text.len(), |found| start + found + 1);
            said.extend(notes::of_comment(text[start..at].trim_start_matches(['#', '!'])));
            continue;
        }
        let Some(length) = key(line) else {
            return Err(Broken { offset: start, message: "not `key = text`".to_owned() });
        };
        let mut from = length + blanks(&line[length..]);
        if line[from..].starts_with(['=', ':']) {
            from += 1;
            from += blanks(&line[from..]);
        }
        let target = Span::new(start + from, start + line.trim_end_matches('\r').len().max(from));
        units.push(Unit {
            id: extract(Syntax::Properties, &line[..length]).text,
            target,
            facts: UnitFacts { notes: std::mem::take(&mut said), is_finished: true, ..UnitFacts::default() },
            ..Unit::default()
        });
    }
    Ok(units)
}

/// How many bytes of white space a text begins with, line ends apart.
fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\u{c}']).len()
}

/// Where the line ends that begins at `start`, with those in which it goes on.
fn end_of_entry(text: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        let Some(found) = text[at..].find('\n') else { return text.len() };
        let end = at + found;
        let line = text[start..end].trim_end_matches('\r');
        let slashes = line.len() - line.trim_end_matches('\\').len();
        // Of two, one escapes the other.
        if slashes.is_multiple_of(2) {
            return end;
        }
        at = end + 1;
    }
}

/// How long the key is: up to white space, `=` or `:` without a backslash before it.
fn key(line: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '=' | ':' | ' ' | '\t' => return (at > 0).then_some(at),
            _ => {}
        }
    }
    Some(line.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<(String, String)> {
        let said = |unit: Unit| (unit.id, extract(Syntax::Properties, unit.target.of(text)).text);
        read(text).unwrap().into_iter().map(said).collect()
    }

    #[test]
    fn entries_are_read_however_they_are_written() {
        let text = "# A note\\\nferry.title = The ferry\nferry\\ note:It runs\\\n    all day\\u0021\r\n! more\n\npier Long\\tpier\nempty=\n";
        let expected = [
            ("ferry.title", "The ferry"),
            ("ferry note", "It runsall day!"),
            ("pier", "Long\tpier"),
            ("empty", ""),
        ];
        assert_eq!(units(text), expected.map(|(id, text)| (id.to_owned(), text.to_owned())));
    }

    #[test]
    fn an_entry_without_a_key_is_named() {
        assert_eq!(read("a = b\n= c\n").unwrap_err().offset, 6);
        for text in ["", "\\", "\n\n\\\n", "a", "a\\", "é = ü", "\r\n\r\n", " \\\r\n "] {
            let _ = read(text);
        }
    }
}
