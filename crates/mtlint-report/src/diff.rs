//! `--diff`: what fixes would change, as a unified diff that `patch` takes.

use super::style::{self, Paint};
use mtlint_text::{is_control, push_name};
use similar::{ChangeTag, TextDiff};
use std::borrow::Cow;

/// How many lines stay around a change.
const CONTEXT: usize = 3;
/// The longest pair of lines, in bytes, within which differing words are set off.
const LONGEST: usize = 20_000;

/// The unified diff of two versions of the file `name`; empty when they are the same. When
/// `is_seen`, it is for a terminal, and control characters are named; else it is for `patch`, which
/// needs them as they are.
pub fn unified(name: &str, old: &str, new: &str, paint: Paint, is_seen: bool) -> String {
    if old == new {
        return String::new();
    }
    let (old, new) = match is_seen {
        true => (shown(old), shown(new)),
        false => (Cow::Borrowed(old), Cow::Borrowed(new)),
    };
    let (old, new) = (&*old, &*new);
    let diff = TextDiff::from_lines(old, new);
    let mut out = String::new();
    let mut unified = diff.unified_diff();
    for (index, hunk) in unified.context_radius(CONTEXT).iter_hunks().enumerate() {
        if index == 0 {
            paint.push(&mut out, style::BOLD, &format!("--- {}", path("a", name)));
            out.push('\n');
            paint.push(&mut out, style::BOLD, &format!("+++ {}", path("b", name)));
            out.push('\n');
        }
        paint.push(&mut out, style::HUNK, &hunk.header().to_string());
        out.push('\n');
        let changes: Vec<(ChangeTag, &str, bool)> = hunk
            .iter_changes()
            .map(|change| (change.tag(), change.value(), change.missing_newline()))
            .collect();
        let mut at = 0;
        while at < changes.len() {
            let run = |from: usize, tag: ChangeTag| {
                from + changes[from..].iter().take_while(|change| change.0 == tag).count()
            };
            let kept = run(at, ChangeTag::Equal);
            let removed = run(kept, ChangeTag::Delete);
            let added = run(removed, ChangeTag::Insert);
            changes[at..kept].iter().for_each(|change| line(&mut out, paint, change, None));
            // Lines that replace one another are compared word by word.
            let pairs = paint.color && removed - kept == added - removed;
            for (tag, range) in [(ChangeTag::Delete, kept..removed), (ChangeTag::Insert, removed..added)] {
                for (index, change) in changes[range].iter().enumerate() {
                    let pair = pairs.then(|| (changes[kept + index].1, changes[removed + index].1));
                    debug_assert_eq!(change.0, tag);
                    line(&mut out, paint, change, pair);
                }
            }
            at = added.max(at + 1);
        }
    }
    out
}

/// A text for a terminal: its tabs, line feeds and the carriage returns before these do no harm.
fn shown(text: &str) -> Cow<'_, str> {
    let acts = |index: usize, char: char| match char {
        '\t' | '\n' => false,
        '\r' => !text[index + 1..].starts_with('\n'),
        _ => is_control(char),
    };
    if !text.char_indices().any(|(index, char)| acts(index, char)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (index, char) in text.char_indices() {
        match acts(index, char) {
            true => push_name(&mut out, char),
            false => out.push(char),
        }
    }
    Cow::Owned(out)
}

/// A path in the head of a diff, below `root`, as `patch -p1` finds it; one with characters that would
/// end it is quoted as git does.
fn path(root: &str, name: &str) -> String {
    let path = format!("{root}/{}", name.trim_start_matches('/'));
    if !path.chars().any(|char| is_control(char) || matches!(char, '"' | '\\')) {
        return path;
    }
    let mut quoted = String::from("\"");
    for char in path.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            _ if is_control(char) => {
                for byte in char.encode_utf8(&mut [0; 4]).bytes() {
                    quoted.push_str(&format!("\\{byte:03o}"));
                }
            }
            _ => quoted.push(char),
        }
    }
    quoted + "\""
}

/// Appends a line; with `pair`, the line before and after, what differs is set off.
fn line(out: &mut String, paint: Paint, change: &(ChangeTag, &str, bool), pair: Option<(&str, &str)>) {
    let (tag, text, misses_newline) = *change;
    let (sign, plain, strong) = match tag {
        ChangeTag::Equal => (" ", anstyle::Style::new(), anstyle::Style::new()),
        ChangeTag::Delete => ("-", style::REMOVED, style::REMOVED_STRONG),
        ChangeTag::Insert => ("+", style::ADDED, style::ADDED_STRONG),
    };
    paint.push(out, plain, sign);
    let body = text.trim_end_matches(['\n', '\r']);
    match pair.filter(|(old, new)| old.len() + new.len() < LONGEST) {
        None => paint.push(out, plain, body),
        Some((old, new)) => {
            let trim = |line: &'_ str| line.trim_end_matches(['\n', '\r']).to_owned();
            let (old, new) = (trim(old), trim(new));
            for word in TextDiff::from_words(&old, &new).iter_all_changes() {
                if word.tag() == ChangeTag::Equal {
                    paint.push(out, plain, word.value());
                } else if word.tag() == tag {
                    paint.push(out, strong, word.value());
                }
            }
        }
    }
    // The line's own end, so that `patch` finds what it looks for.
    let end: Cow<'_, str> =
        if misses_newline { "\n\\ No newline at end of file\n".into() } else { text[body.len()..].into() };
    out.push_str(&end);
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Paint = Paint { color: false };

    #[test]
    fn the_same_text_has_no_diff() {
        assert_eq!(unified("a.txt", "one\n", "one\n", PLAIN, false), "");
    }

    #[test]
    fn a_diff_is_one_that_patch_takes() {
        assert_eq!(
            unified("a.txt", "one\r\ntwo . .\r\nthree", "one\r\ntwo.\r\nthree", PLAIN, false),
            "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n one\r\n-two . .\r\n+two.\r\n three\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn a_path_in_the_head_is_one_path() {
        assert_eq!(path("a", "/folder/x.txt"), "a/folder/x.txt");
        assert_eq!(path("b", "a\n\u{1B}\"é.txt"), "\"b/a\\012\\033\\\"é.txt\"");
    }

    #[test]
    fn a_terminal_obeys_nothing_in_it() {
        let (old, new) = ("a\u{1B}[2J\tb. .\r\nc\rd\n", "a\u{1B}[2J\tb.\r\nc\rd\n");
        let seen = unified("a.txt", old, new, PLAIN, true);
        assert!(seen.contains("-a<U+001B>[2J\tb. .\r\n+a<U+001B>[2J\tb.\r\n c<U+000D>d\n"), "{seen:?}");
        assert!(unified("a.txt", old, new, PLAIN, false).contains("-a\u{1B}[2J\tb. .\r\n"));
    }

    #[test]
    fn differing_words_are_set_off() {
        let out = unified("a.txt", "he left. . Then\n", "he left. Then\n", Paint { color: true }, true);
        assert!(out.contains(&Paint { color: true }.text(style::REMOVED_STRONG, ".")), "{out:?}");
    }
}
