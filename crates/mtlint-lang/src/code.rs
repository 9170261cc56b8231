//! Language codes.

use mtlint_text::visible;
use serde::Deserialize;
use std::fmt;

/// A primary language subtag of BCP 47: two or three lower-case letters, `en`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Language {
    letters: [u8; 3],
}

/// What is not a language code, as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageError(String);

impl fmt::Display for LanguageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is not a language code such as `en` or `pt-BR`", visible(&self.0))
    }
}

impl std::error::Error for LanguageError {}

impl Language {
    /// Reads a BCP 47 tag and keeps its language: `en` of `en-GB` or `en_US`.
    ///
    /// # Errors
    /// When the tag does not begin with two or three ASCII letters.
    pub fn parse(tag: &str) -> Result<Self, LanguageError> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let valid = matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        if !valid {
            return Err(LanguageError(tag.to_owned()));
        }
        let mut letters = [b' '; 3];
        letters[..primary.len()].copy_from_slice(primary.to_ascii_lowercase().as_bytes());
        Ok(Self { letters })
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters).expect("letters are ASCII").trim_end()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl TryFrom<String> for Language {
    type Error = LanguageError;

    fn try_from(tag: String) -> Result<Self, LanguageError> {
        Self::parse(&tag)
    }
}

impl std::str::FromStr for Language {
    type Err = LanguageError;

    fn from_str(tag: &str) -> Result<Self, LanguageError> {
        Self::parse(tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_cut_to_its_language() {
        assert_eq!(Language::parse("EN-gb").unwrap().as_str(), "en");
        assert_eq!(Language::parse("haw_US").unwrap().as_str(), "haw");
        assert_eq!(
            Language::parse("english").unwrap_err().to_string(),
            "`english` is not a language code such as `en` or `pt-BR`"
        );
        assert!(Language::parse("").is_err());
    }
}
