//! `--source 'docs/{lang}/{path}'`: which file each file of a folder was translated from.
//!
//! The pattern is matched against the path of the file to check; `{lang}` is the language of one, and
//! in its place stands the language of the source where the source lies.

use mtlint_lang::Language;
use std::path::{Path, PathBuf};

const LANGUAGE: &str = "{lang}";
const PATH: &str = "{path}";

/// Where the source of a file lies, and in which language the file is, as its path says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub source: PathBuf,
    pub language: Option<Language>,
}

/// Whether a path stands for many.
pub(super) fn is_pattern(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.contains(LANGUAGE))
}

/// Where the source of the file at `path` lies; `None` for a file that is a source itself.
///
/// # Errors
/// When the path does not fit the pattern.
pub(super) fn place(pattern: &Path, path: &Path, source: Option<Language>) -> Result<Option<Place>, String> {
    let pattern = pattern.to_string_lossy().replace('\\', "/");
    let own = path.to_string_lossy().replace('\\', "/");
    let fail = || format!("does not fit the pattern `{pattern}` of --source");
    let Some(source) = source else {
        return Err("a pattern of --source needs --source-lang, the language of the sources".to_owned());
    };
    let (before, rest) = pattern.split_once(LANGUAGE).ok_or_else(fail)?;
    let (between, after) = match rest.split_once(PATH) {
        Some((between, after)) => (between, Some(after)),
        None => (rest, None),
    };
    let trimmed = own.strip_prefix("./").unwrap_or(&own);
    let before = before.strip_prefix("./").unwrap_or(before);
    // The folder may be named from further up than the pattern does.
    let start = match trimmed.strip_prefix(before) {
        Some(_) => own.len() - trimmed.len() + before.len(),
        None => own.find(&format!("/{before}")).ok_or_else(fail)? + 1 + before.len(),
    };
    let tail = &own[start..];
    let end = match (between.is_empty(), after) {
        (true, _) => tail.len(),
        // What stands behind the language ends the path where no `{path}` follows.
        (false, None) => tail.strip_suffix(between).ok_or_else(fail)?.len(),
        (false, Some(_)) => tail.find(between).ok_or_else(fail)?,
    };
    let (language, inner) = (&tail[..end], &tail[end + between.len()..]);
    if language.is_empty() || language.contains('/') || !inner.ends_with(after.unwrap_or_default()) {
        return Err(fail());
    }
    let tag = Language::parse(&language.replace('_', "-"));
    let language = tag.map_err(|error| format!("{}: {error}", fail()))?;
    if language == source {
        return Ok(None);
    }
    let source = format!("{}{source}{between}{inner}", &own[..start]);
    Ok(Some(Place { source: source.into(), language: Some(language) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(pattern: &str, path: &str) -> Result<Option<String>, String> {
        let english = Language::parse("en").ok();
        let place = place(Path::new(pattern), Path::new(path), english)?;
        Ok(place.map(|place| format!("{} {}", place.source.display(), place.language.unwrap())))
    }

    #[test]
    fn the_language_of_the_source_stands_in_its_place() {
        let found = |pattern, path| source(pattern, path).unwrap().unwrap();
        assert_eq!(found("docs/{lang}/{path}", "docs/de/guide/a.md"), "docs/en/guide/a.md de");
        assert_eq!(found("docs/{lang}/{path}", "/srv/site/docs/fr/a.md"), "/srv/site/docs/en/a.md fr");
        assert_eq!(found("app/{lang}.json", "./app/de.json"), "./app/en.json de");
        assert_eq!(found("{lang}/{path}", "ja/a.html"), "en/a.html ja");
        assert_eq!(source("docs/{lang}/{path}", "docs/en/guide/a.md"), Ok(None));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for path in ["docs/a.md", "notes/de/a.md", "app/de.xml", "docs/nosuchlanguage/a.md"] {
            assert!(source("docs/{lang}/{path}", path).is_err(), "{path}");
        }
        assert!(place(Path::new("{lang}/{path}"), Path::new("de/a.md"), None).is_err());
    }
}
