//! Which language a text is in.
//!
//! The script decides where it can; then whatlang, restricted to the languages that come into
//! question; then, for a sentence whatlang is not sure of, lingua.

use super::Language;

/// How much of a document's beginning is looked at, in bytes: more does not change the answer.
const SAMPLE: usize = 2048;

/// The language of a whole document, or `None` when it has too little text to tell.
pub fn document(text: &str) -> Option<Language> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let info = whatlang::detect(&text[..end])?;
    from_whatlang(info.lang())
}

fn from_whatlang(lang: whatlang::Lang) -> Option<Language> {
    use whatlang::Lang;
    let code = match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Pol => "pl",
        Lang::Nld => "nl",
        Lang::Jpn => "ja",
        Lang::Ces => "cs",
        Lang::Tur => "tr",
        Lang::Swe => "sv",
        Lang::Kor => "ko",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        other => other.code(),
    };
    Language::parse(code).ok()
}
