//! Which language a text is in.
//!
//! The script decides where it can. Where several languages share it, their function words decide
//! (they are in the language packs), then whatlang, restricted to the languages that come into
//! question, then, when whatlang is not sure, models of which letter follows which, and lingua of what these leave
//! undecided. May use `text`.

use super::Language;
use super::function_words::FunctionWords;
use super::letters::{LetterModels, Ranking};
use super::script::{self, Script};
use std::sync::LazyLock;
use whatlang::{Detector, Lang};

/// How much of a document's beginning is looked at, in bytes: more does not change the answer.
const SAMPLE: usize = 1024;

/// How much of either end of it is looked at first, in bytes: that is enough for most texts.
const GLIMPSE: usize = 160;

/// How sure whatlang must be to be believed about a text it calls reliable itself.
const WHATLANG_SURE: f64 = 0.9;

/// How many words a text has at least for its letters to give a second opinion.
const FEWEST_WORDS: usize = 3;

/// The language of a whole document, or `None` when it has too little text to tell.
pub fn document(text: &str, words: &FunctionWords) -> Option<Language> {
    let text = &text[..text.floor_char_boundary(SAMPLE)];
    let script = script::dominant(text)?;
    if let Some(language) = of_script(script).or_else(|| by_alphabet(text, script)) {
        return Some(language);
    }
    if let Some(language) = at_a_glimpse(text, words) {
        return Some(language);
    }
    let evidence = words.evidence(text);
    if let Some(evidence) = evidence.filter(|evidence| evidence.tells(1.5, 1.4, 8)) {
        return Some(evidence.language);
    }
    let guess = by_letters(text, script);
    match (guess, evidence) {
        (Guess::Sure(language), _) => Some(language),
        (Guess::Likely(language), None) => Some(language),
        // Neither is sure: a function word says more than the letters of a few words.
        (Guess::Likely(language), Some(evidence)) => {
            Some(if evidence.weight > evidence.second { evidence.language } else { language })
        }
        (Guess::None, evidence) => evidence.map(|evidence| evidence.language),
    }
}

/// The language that the words at both ends of a text clearly tell: a passage that was left in another
/// language, a headline for instance, stands at one of them.
fn at_a_glimpse(text: &str, words: &FunctionWords) -> Option<Language> {
    if text.len() < 2 * GLIMPSE {
        return None;
    }
    let told = |part: &str| Some(words.evidence(part).filter(|it| it.tells(2.0, 3.0, 4))?.language);
    let language = told(&text[..text.floor_char_boundary(GLIMPSE)])?;
    let end = told(&text[text.ceil_char_boundary(text.len() - GLIMPSE)..]);
    (end == Some(language)).then_some(language)
}

/// The language of a sentence or a run of words, where it is certain.
pub fn passage(text: &str, words: &FunctionWords) -> Option<Language> {
    let script = script::dominant(text)?;
    if let Some(language) = of_script(script).or_else(|| by_alphabet(text, script)) {
        return Some(language);
    }
    let evidence = words.evidence(text);
    if let Some(evidence) = evidence.filter(|it| it.hits >= 3 && it.weight >= 2.0 * it.second) {
        return Some(evidence.language);
    }
    // Asked last, for it takes longest.
    match by_letters(text, script) {
        Guess::Sure(language) if evidence.is_none_or(|evidence| evidence.language == language) => {
            Some(language)
        }
        _ => None,
    }
}

/// What the letters of a text say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guess {
    Sure(Language),
    Likely(Language),
    None,
}

/// The language of a script that only one language, or one far before others, is written in.
fn of_script(script: Script) -> Option<Language> {
    let code = match script {
        Script::Han => "zh",
        Script::Kana => "ja",
        Script::Hangul => "ko",
        Script::Greek => "el",
        Script::Hebrew => "he",
        Script::Thai => "th",
        _ => return None,
    };
    Language::parse(code).ok()
}

/// The language of a Cyrillic text that holds letters only one language has.
fn by_alphabet(text: &str, script: Script) -> Option<Language> {
    if script != Script::Cyrillic {
        return None;
    }
    let has = |letters: &[char]| text.contains(letters);
    let (ukrainian, russian) = (has(&['ї', 'є', 'ґ', 'Ї', 'Є', 'Ґ']), has(&['ы', 'э', 'ё', 'Ы', 'Э']));
    let belarusian_too = has(&['ў', 'і', 'Ў', 'І']);
    // Bulgarian sets the soft sign before `о` alone, and Serbian and Macedonian have none.
    let soft = || {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if matches!(c, 'ь' | 'Ь') && !matches!(chars.peek(), Some('о' | 'О')) {
                return true;
            }
        }
        false
    };
    let code = match (ukrainian, russian, belarusian_too) {
        (true, false, _) => "uk",
        (false, true, false) => "ru",
        (false, false, false) if !has(&['ј', 'љ', 'њ', 'ћ', 'ђ', 'џ', 'ѓ', 'ќ', 'ѕ']) && soft() => {
            "ru"
        }
        _ => return None,
    };
    Language::parse(code).ok()
}

fn by_letters(text: &str, script: Script) -> Guess {
    let detector = match script {
        Script::Latin => &*LATIN,
        Script::Cyrillic => &*CYRILLIC,
        _ => &*ANY,
    };
    let guess = detector.detect(text);
    let language = guess.as_ref().and_then(|info| from_whatlang(info.lang()));
    let sure = guess.is_some_and(|info| info.is_reliable() && info.confidence() >= WHATLANG_SURE);
    match (language, sure) {
        (Some(language), true) => Guess::Sure(language),
        (language, _) => match (second_opinion(text, script), language) {
            (Some(language), _) => Guess::Sure(language),
            (None, Some(language)) => Guess::Likely(language),
            (None, None) => Guess::None,
        },
    }
}

static ANY: LazyLock<Detector> = LazyLock::new(Detector::new);

/// The languages of the Latin script that articles are translated from and into. A short text is
/// easily taken for one that hardly any article is in.
static LATIN: LazyLock<Detector> = LazyLock::new(|| {
    Detector::with_allowlist(vec![
        Lang::Eng,
        Lang::Deu,
        Lang::Fra,
        Lang::Spa,
        Lang::Por,
        Lang::Ita,
        Lang::Nld,
        Lang::Pol,
        Lang::Ces,
        Lang::Slk,
        Lang::Tur,
        Lang::Swe,
        Lang::Dan,
        Lang::Nob,
        Lang::Fin,
        Lang::Hun,
        Lang::Ron,
        Lang::Hrv,
        Lang::Ind,
        Lang::Vie,
    ])
});

static CYRILLIC: LazyLock<Detector> = LazyLock::new(|| {
    Detector::with_allowlist(vec![Lang::Rus, Lang::Ukr, Lang::Bul, Lang::Bel, Lang::Srp, Lang::Mkd])
});

fn second_opinion(text: &str, script: Script) -> Option<Language> {
    let asked = script == Script::Latin && text.split_whitespace().nth(FEWEST_WORDS - 1).is_some();
    let ranking = if asked { LetterModels::builtin().ranking(text)? } else { return None };
    if ranking.is_clear() { Some(ranking.best) } else { third_opinion(text, &ranking) }
}

/// What lingua says of a text that the letters leave undecided between two of its languages. Its models know much more
/// than ours, but those of one language take 5.5 MB: it has the three that are translated most, and is asked seldom.
#[cfg(feature = "lingua")]
fn third_opinion(text: &str, ranking: &Ranking) -> Option<Language> {
    use lingua::Language as L;
    const LANGUAGES: [L; 3] = [L::English, L::German, L::French];
    /// How much more likely lingua must find a language than the next one.
    const DISTANCE: f64 = 0.15;
    static DETECTOR: LazyLock<lingua::LanguageDetector> = LazyLock::new(|| {
        lingua::LanguageDetectorBuilder::from_languages(&LANGUAGES)
            .with_minimum_relative_distance(DISTANCE)
            .build()
    });
    let code = |language: L| language.iso_code_639_1().to_string();
    let knows = |asked: Language| LANGUAGES.iter().any(|language| code(*language) == asked.as_str());
    if !knows(ranking.best) || !knows(ranking.second) {
        return None;
    }
    Language::parse(&code(DETECTOR.detect_language_of(text)?)).ok()
}

#[cfg(not(feature = "lingua"))]
fn third_opinion(_: &str, _: &Ranking) -> Option<Language> {
    None
}

/// The languages that texts are told to be in, by their codes.
pub fn known() -> Vec<Language> {
    let mut known: Vec<Language> = Lang::all().iter().filter_map(|lang| from_whatlang(*lang)).collect();
    known.sort_unstable();
    known
}

/// A language that the user names, from a tag such as `en` or `pt-BR`.
///
/// # Errors
/// When the tag is none, or of a language that no text is told to be in: all of it would seem foreign.
pub fn named(tag: &str) -> Result<Language, String> {
    let language = Language::parse(tag).map_err(|error| error.to_string())?;
    let known = known();
    if known.contains(&language) {
        return Ok(language);
    }
    let known: Vec<&str> = known.iter().map(Language::as_str).collect();
    Err(format!("`{tag}` is no language that is known; known are {}", known.join(", ")))
}

/// The two-letter code where there is one (ISO 639-1), else whatlang's three letters (ISO 639-3).
fn from_whatlang(lang: Lang) -> Option<Language> {
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
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Pol => "pl",
        Lang::Nld => "nl",
        Lang::Jpn => "ja",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Tur => "tr",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Hrv => "hr",
        Lang::Ind => "id",
        Lang::Vie => "vi",
        Lang::Kor => "ko",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Hin => "hi",
        Lang::Mar => "mr",
        Lang::Nep => "ne",
        Lang::Ell => "el",
        Lang::Tha => "th",
        other => other.code(),
    };
    Language::parse(code).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Packs;

    #[test]
    fn a_language_that_is_not_known_is_refused_with_those_that_are() {
        assert_eq!(named("pt-BR").unwrap().as_str(), "pt");
        let told = named("xx").unwrap_err();
        assert!(told.starts_with("`xx` is no language that is known; known are ") && told.contains(" en, "));
        assert!(named("english").unwrap_err().contains("is not a language code"));
        for language in Packs::builtin().languages() {
            assert_eq!(named(language.as_str()), Ok(language));
        }
    }

    #[test]
    fn a_short_sentence_is_told_by_its_letters() {
        assert_eq!(whole("Лодка стоит у причала, и туман не уходит. Жить можно."), "ru");
    }

    fn whole(text: &str) -> String {
        document(text, Packs::builtin().function_words())
            .map_or_else(String::new, |language| language.to_string())
    }

    fn part(text: &str) -> String {
        passage(text, Packs::builtin().function_words())
            .map_or_else(String::new, |language| language.to_string())
    }

    #[test]
    fn a_short_text_is_told() {
        assert_eq!(whole("The ferry left before the storm came."), "en");
        assert_eq!(whole("council rejects plan for new harbour bridge"), "en");
        assert_eq!(whole("Die Fähre fuhr ab, bevor der Sturm kam."), "de");
        assert_eq!(whole("Le bateau est parti avant la tempête."), "fr");
        assert_eq!(whole("Паром ушёл до начала шторма."), "ru");
        assert_eq!(whole("Пором вийшов до початку шторму, і це добре."), "uk");
        assert_eq!(whole("フェリーは嵐の前に出た。"), "ja");
        assert_eq!(whole("渡轮在暴风雨前离开了。"), "zh");
    }

    #[test]
    fn a_passage_at_one_end_is_not_the_language_of_the_whole() {
        let german =
            "Die Fähre fuhr ab, bevor der Sturm kam, und der Bürgermeister wollte sich dazu nicht äußern. ";
        let english = "The ferry left before the storm came, and the mayor did not want to talk about it. ";
        assert_eq!(whole(&format!("{}{}", german.repeat(2), english.repeat(8))), "en");
        assert_eq!(whole(&format!("{}{}", english.repeat(8), german.repeat(2))), "en");
        assert_eq!(whole(&english.repeat(8)), "en");
    }

    #[test]
    fn what_holds_no_letter_has_no_language() {
        assert_eq!(whole(""), "");
        assert_eq!(whole("12 … ?"), "");
    }

    #[test]
    fn a_passage_is_told_only_when_certain() {
        assert_eq!(part("Der Bürgermeister wollte sich dazu nicht äußern."), "de");
        assert_eq!(part("The mayor did not want to talk about it."), "en");
        assert_eq!(part("Dmitri Kowalski"), "");
    }
}
