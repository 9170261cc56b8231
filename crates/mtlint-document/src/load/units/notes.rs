//! What notes and flags beside a unit say to whoever checks it.
//!
//! `mtlint-ignore RULE: REASON`, or `mtlint: ignore RULE: REASON`, in a comment for translators keeps
//! quiet about the unit. Flags that other tools know, as `ignore-end-stop` of gettext files, are
//! heeded as far as a rule does the same.

use crate::Note;

/// Flags that begin so keep quiet about a check.
const IGNORE: &str = "ignore-";

/// The flags of other tools, without their beginning, and the rules and families that they mean.
const FLAGS: [(&str, &str); 24] = [
    ("all-checks", "all"),
    ("same", "language/untranslated, language/source-left"),
    ("end-stop", "punctuation/end-mark"),
    ("end-colon", "punctuation/end-mark"),
    ("end-question", "punctuation/end-mark"),
    ("end-exclamation", "punctuation/end-mark"),
    ("end-ellipsis", "punctuation/end-mark"),
    ("end-semicolon", "punctuation/end-mark"),
    ("end-interrobang", "punctuation/end-mark"),
    ("begin-newline", "markup/white-space"),
    ("end-newline", "markup/white-space"),
    ("newline-count", "markup/white-space"),
    ("begin-space", "markup/white-space"),
    ("end-space", "markup/white-space"),
    ("double-space", "punctuation/double-space"),
    ("punctuation-spacing", "punctuation"),
    ("zero-width-space", "encoding/zero-width"),
    ("max-length", "markup/too-long"),
    ("inconsistent", "term/inconsistent"),
    ("duplicate", "repetition"),
    ("xml-tags", "markup/tag"),
    ("bbcode", "markup/tag"),
    ("url", "markup/literal"),
    ("check-glossary", "term"),
];

/// What the lines of a comment say to mtlint.
pub(super) fn of_comment(comment: &str) -> Vec<Note> {
    let read = |line: &str| {
        let line = line.trim().trim_matches('*').trim();
        let text = match line.strip_prefix("mtlint:") {
            Some(rest) => format!("mtlint-{}", rest.trim_start()),
            None => line.strip_prefix("mtlint-").map(|_| line.to_owned())?,
        };
        Some(Note { text, is_ours: true })
    };
    comment.lines().filter_map(read).collect()
}

/// What a flag says, if it keeps quiet about a check.
pub(super) fn of_flag(flag: &str) -> Option<Note> {
    let check = flag.trim().strip_prefix(IGNORE)?;
    // Placeholders go by many names: `ignore-python-format`, `ignore-placeholders`.
    let is_placeholder =
        check.ends_with("-format") && check != "icu-message-format" || check == "placeholders";
    let rules = match is_placeholder {
        true => "markup/placeholder",
        false if check == "icu-message-format" => "markup/message",
        false => FLAGS.iter().find(|(name, _)| *name == check)?.1,
    };
    Some(Note { text: format!("mtlint-ignore {rules}: the flag {IGNORE}{check}"), is_ours: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_speak_to_mtlint_in_two_ways() {
        let said = |comment: &str| -> Vec<String> {
            of_comment(comment).into_iter().map(|note| note.text).collect()
        };
        assert_eq!(
            said(" mtlint-ignore number/changed: other hours"),
            ["mtlint-ignore number/changed: other hours"]
        );
        assert_eq!(said("For the pier.\n * mtlint: ignore number: x"), ["mtlint-ignore number: x"]);
        assert!(said("mtlint is a linter").is_empty());
    }

    #[test]
    fn flags_of_other_tools_name_rules() {
        let rules = |flag: &str| of_flag(flag).map(|note| note.text);
        assert_eq!(
            rules(" ignore-end-stop").as_deref(),
            Some("mtlint-ignore punctuation/end-mark: the flag ignore-end-stop")
        );
        assert!(rules("ignore-python-brace-format").unwrap().contains("markup/placeholder"));
        assert_eq!(rules("ignore-kashida"), None);
        assert_eq!(rules("fuzzy"), None);
    }
}
