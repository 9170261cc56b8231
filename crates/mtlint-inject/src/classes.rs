//! Closed classes of words, `{determiner}` in a pattern of an operator: the same for all operators, and apart
//! from the word lists of the rules, so that neither is made after the other. Uses `lang`.

use mtlint_lang::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// By class and language code.
type Table = BTreeMap<String, BTreeMap<String, Vec<String>>>;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        #[derive(Deserialize)]
        struct Json(Table);
        let Json(table) = serde_json::from_str(mtlint_data::classes()).expect("classes.toml is lists");
        table
    })
}

/// The pattern with the words of each class in place of its name; `None` where a class has no words in the
/// language.
pub(super) fn expand(pattern: &str, language: Language) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let end = after.find('}').unwrap_or(after.len() - 1);
        let name = &after[1..end];
        let is_property = before.ends_with("\\p") || before.ends_with("\\P");
        let is_class = !is_property && name.starts_with(|char: char| char.is_ascii_lowercase());
        match is_class {
            true => {
                let words = table().get(name)?.get(language.as_str())?;
                let escaped: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
                out.push_str(&format!("(?:{})", escaped.join("|")));
            }
            false => out.push_str(&after[..=end]),
        }
        rest = &after[end + 1..];
    }
    out.push_str(rest);
    Some(out)
}

/// Whether there is such a class.
pub(super) fn is_known(name: &str) -> bool {
    table().contains_key(name)
}

/// The names of the classes in a pattern.
pub(super) fn named(pattern: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, _) in pattern.match_indices('{') {
        let before = &pattern[..at];
        let name = pattern[at + 1..].split('}').next().unwrap_or_default();
        let is_property = before.ends_with("\\p") || before.ends_with("\\P");
        if !is_property && name.starts_with(|char: char| char.is_ascii_lowercase()) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_become_their_words_and_nothing_else_does() {
        let language = Language::parse("en").unwrap();
        let expanded = expand(r"\b{determiner} \p{Lu}\w{2,3}", language).unwrap();
        assert!(expanded.contains("(?:the|") && expanded.ends_with(r") \p{Lu}\w{2,3}"), "{expanded}");
        assert_eq!(expand("{nosuch}", language), None);
        assert_eq!(named(r"{determiner} \p{Lu}{2} {preposition}"), ["determiner", "preposition"]);
    }
}
