//! `--diff`: what fixes would change, as a unified diff that `patch` takes.

use super::style::{self, Paint};
use similar::{ChangeTag, TextDiff};
use std::borrow::Cow;

/// How many lines stay around a change.
const CONTEXT: usize = 3;
/// The longest pair of lines, in bytes, within which differing words are set off.
const LONGEST: usize = 20_000;

/// The unified diff of two versions of the file `name`; empty when they are the same.
pub fn unified(name: &str, old: &str, new: &str, paint: Paint) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut out = String::new();
    let mut unified = diff.unified_diff();
    for (index, hunk) in unified.context_radius(CONTEXT).iter_hunks().enumerate() {
        if index == 0 {
            paint.push(&mut out, style::BOLD, &format!("--- a/{name}"));
            out.push('\n');
            paint.push(&mut out, style::BOLD, &format!("+++ b/{name}"));
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
        assert_eq!(unified("a.txt", "one\n", "one\n", PLAIN), "");
    }

    #[test]
    fn a_diff_is_one_that_patch_takes() {
        assert_eq!(
            unified("a.txt", "one\r\ntwo . .\r\nthree", "one\r\ntwo.\r\nthree", PLAIN),
            "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n one\r\n-two . .\r\n+two.\r\n three\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn differing_words_are_set_off() {
        let out = unified("a.txt", "he left. . Then\n", "he left. Then\n", Paint { color: true });
        assert!(out.contains(&Paint { color: true }.text(style::REMOVED_STRONG, ".")), "{out:?}");
    }
}
