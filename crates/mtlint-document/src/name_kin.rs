//! Names that are mentioned once, and are another one of the text written otherwise: transliterated anew, cut, with its
//! words the other way round, without its hyphen, with a letter lost to a question mark.
//!
//! Who is meant is somebody whom the text has introduced; whoever has a first name of his own is somebody else. How far
//! two spellings may be of one name is learned from names of cities (`lang/respellings.rs`). A bounded number of names is
//! compared, so that time grows with the length of the text alone.

use super::name_words::is_unknown_word;
use super::names::{Entity, EntityKind, Evidence, Mention, Names, are_forms, bare_letters};
use super::{Document, Token};
use mtlint_lang::Respellings;
use mtlint_text::{Span, word_hash};
use std::collections::HashMap;

/// How many names are compared with how many, at most.
const MOST: usize = 48;

/// The fewest letters of a name that is cut, and how many are cut off at least.
const SHORTEST_CUT: usize = 5;
const FEWEST_CUT: usize = 2;

/// How near two spellings are at least, against the same spelling twice, in hundredths; and the most that may differ.
const NEAR: i32 = 40;

/// The same where the other name is mentioned once and alone.
const NEARER: i32 = 65;

/// How many letters the ending of a case has, and the fewest of the stem before it.
const ENDING: std::ops::RangeInclusive<usize> = 2..=4;
const SHORTEST_STEM: usize = 5;

/// The fewest letters of either word of a name that is turned round.
const SHORTEST_TURNED: usize = 3;

/// How many question marks inside words are looked at, at most.
const FEW: usize = 16;

const DETERMINERS: &str = "determiner";

/// Words between two spellings of one name: `Paxton or Paxtang`.
const ALTERNATIVES: &str = "coordinating";

/// The fewest letters of names that are compared by what stands for which.
const SHORTEST: usize = 4;

/// A mention that is another name of the text, written otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameKin {
    /// The mention, without honorific and possessive ending.
    pub span: Span,
    /// As the text has it otherwise.
    pub usual: String,
    /// Where that stands first.
    pub first: Span,
    pub kind: Kinship,
}

/// In what a mention differs from the name that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// Other letters stand for the same sounds.
    Respelt,
    /// Its end is gone.
    Cut,
    /// Its words stand the other way round.
    Turned,
    /// It has lost the hyphen between its words.
    Joined,
    /// The ending of a case in another language hangs on it.
    Ending,
    /// A question mark stands for a letter.
    Lost,
}

/// A name as it is compared.
struct Known<'d> {
    entity: usize,
    /// Its words, those between hyphens together, with their bare letters.
    words: Vec<(&'d str, String)>,
    first: &'d Mention,
    count: usize,
}

pub(super) fn find(document: &Document) -> Vec<NameKin> {
    let names = document.names();
    let is_person = |entity: &Entity| !matches!(entity.kind, EntityKind::Country | EntityKind::People);
    let known = |(at, entity): (usize, &Entity)| {
        let first = &names.mentions()[*entity.mentions.first()?];
        let named =
            entity.forms.first()?.mentions.first().map_or(first, |mention| &names.mentions()[*mention]);
        let words: Vec<(&str, String)> = document
            .slice(named.span)
            .split([' ', '\u{a0}'])
            // A day before a name is none of its words.
            .skip_while(|word| document.pack().is_proper_noun(word))
            .map(|word| (word, bare_letters(word)))
            .collect();
        let is_name = (1..=4).contains(&words.len());
        is_name.then_some(Known { entity: at, words, first, count: entity.mentions.len() })
    };
    let all: Vec<Known<'_>> = names
        .entities()
        .iter()
        .enumerate()
        .filter(|(_, entity)| is_person(entity))
        .filter_map(known)
        .collect();
    let mut found = turned(document, names);
    let once = all.iter().filter(|it| it.count == 1 && is_candidate(document, it)).take(MOST);
    found.extend(once.filter_map(|odd| {
        let usual = || {
            all.iter()
                .filter(move |it| it.entity != odd.entity && (it.first.span < odd.first.span || it.count > 1))
                .take(MOST)
        };
        let exact = usual().find_map(|it| exactly(document, names, odd, it));
        exact.or_else(|| respelt(document, names, odd, usual()))
    }));
    found.extend(lost_letters(document, &all));
    found.sort_by_key(|kin| kin.span.start);
    found.dedup_by_key(|kin| kin.span.start);
    found
}

/// Full names whose words stand the other way round than where the name stands first: `Szabo Anna` of `Anna Szabo`.
fn turned(document: &Document, names: &Names) -> Vec<NameKin> {
    let mut places: HashMap<(String, String), (usize, usize)> = HashMap::new();
    let pairs = names.mentions().iter().enumerate().filter_map(|(at, mention)| {
        let (first, last) = document.slice(mention.span).split_once(' ')?;
        let pair = (bare_letters(first), bare_letters(last));
        // Initials stand before and behind names.
        let is_whole = pair.0.len().min(pair.1.len()) >= SHORTEST_TURNED;
        let is_known = [first, last].iter().all(|word| !is_unknown(document, mention.span, word));
        (is_whole && !is_known && !last.contains([' ', '-', ',']) && pair.0 != pair.1 && !mention.in_heading)
            .then_some((at, pair))
    });
    let pairs: Vec<_> = pairs.collect();
    for (at, pair) in &pairs {
        places.entry(pair.clone()).or_insert((*at, 0)).1 += 1;
    }
    let odd = pairs.iter().filter_map(|(at, (first, last))| {
        let (usual, often) = *places.get(&(last.clone(), first.clone()))?;
        let own = places.get(&(first.clone(), last.clone()))?.1;
        let mention = &names.mentions()[*at];
        let usual = &names.mentions()[usual];
        (usual.span < mention.span && own == 1 && often >= own && !document.is_quoted_closely(mention.span))
            .then(|| NameKin {
                span: mention.span,
                usual: document.slice(usual.span).to_owned(),
                first: usual.span,
                kind: Kinship::Turned,
            })
    });
    odd.take(MOST).collect()
}

/// Names with a question mark for a letter: `Du?ková` of `Dušková`.
fn lost_letters(document: &Document, all: &[Known<'_>]) -> Vec<NameKin> {
    let text = document.text();
    let is_letter = |c: char| c.is_alphabetic();
    let words = || all.iter().flat_map(|it| it.words.iter().map(move |(word, _)| (*word, it.first.span)));
    let marks = text
        .match_indices('?')
        .filter(|(at, _)| text[..*at].ends_with(is_letter) && text[at + 1..].starts_with(char::is_lowercase));
    let odd = marks.take(FEW).filter_map(|(at, _)| {
        let start = text[..at]
            .rfind(|c: char| !is_letter(c))
            .map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        let end = at + 1 + text[at + 1..].find(|c: char| !is_letter(c)).unwrap_or(text.len() - at - 1);
        let odd = &text[start..end];
        let fits = |word: &str| {
            word.chars().count() == odd.chars().count()
                && word.chars().zip(odd.chars()).all(|(a, b)| a == b || b == '?' && !a.is_ascii())
        };
        let (word, first) = words().find(|(word, _)| fits(word))?;
        let span = Span::new(start, end);
        (!document.mask().covers(span)).then(|| NameKin {
            span,
            usual: word.to_owned(),
            first,
            kind: Kinship::Lost,
        })
    });
    odd.collect()
}

/// Whether a mention may be a slip at all: in running text, and quoted by nobody.
fn is_candidate(document: &Document, it: &Known<'_>) -> bool {
    !it.first.in_heading
        && !document.is_quoted_closely(it.first.span)
        && !document.mask().covers(it.first.span)
        && document.slice(it.first.span).chars().all(|c| c.is_alphabetic() || " -'’\u{a0}".contains(c))
}

/// Whether the text tells who a name is, or has it time and again.
fn is_told(names: &Names, it: &Known<'_>) -> bool {
    let evidence = names.entities()[it.entity].evidence;
    it.words.len() > 1
        || it.count > 1
        || evidence.contains(Evidence::Honorific)
        || evidence.contains(Evidence::KnownPlace)
}

/// Whether a mention stands in brackets or behind `or` and the like, as another spelling that the text tells of.
fn is_explained(document: &Document, it: &Known<'_>) -> bool {
    let before = it.first.token_before(document);
    let after = it.first.token_after(document);
    let is_open =
        |token: &Token| document.is_ascii_mark(*token, b'(') || document.is_ascii_mark(*token, b'&');
    before.is_some_and(|token| {
        is_open(token) || document.is_listed(*token, ALTERNATIVES) || document.slice(token.span) == "also"
    }) || after
        .is_some_and(|token| document.is_ascii_mark(*token, b'(') || document.is_ascii_mark(*token, b'['))
}

/// Whether a determiner stands before a mention, as before a people, a family, an object.
fn is_determined(document: &Document, it: &Known<'_>) -> bool {
    it.first.token_before(document).is_some_and(|token| document.is_listed(*token, DETERMINERS))
}

/// The name that a mention is for certain, but for its form.
fn exactly(document: &Document, names: &Names, odd: &Known<'_>, usual: &Known<'_>) -> Option<NameKin> {
    let entity = &names.entities()[usual.entity];
    let is_one = entity.evidence.contains(Evidence::Surname)
        || entity.evidence.contains(Evidence::Honorific)
        || entity.evidence.contains(Evidence::Title)
        || entity.evidence.contains(Evidence::Speaks);
    let kin = |usual: &Known<'_>, text: String, kind| {
        Some(NameKin { span: odd.first.span, usual: text, first: usual.first.span, kind })
    };
    // `Annamaria` or `Anna Maria` of `Anna-Maria`.
    let letters: String = odd.words.iter().map(|(_, bare)| bare.as_str()).collect();
    if let Some((word, _)) = usual.words.iter().find(|(word, bare)| {
        word.contains('-') && *bare == letters && !odd.words.iter().any(|(word, _)| word.contains('-'))
    }) {
        return kin(usual, (*word).to_owned(), Kinship::Joined);
    }
    // The end is gone, and what is left is no word.
    let [(text, bare)] = odd.words.as_slice() else { return None };
    let (last, whole) = usual.words.last().filter(|_| is_one || usual.words.len() > 1)?;
    let is_cut = bare.len() >= SHORTEST_CUT
        && whole.len() >= bare.len() + FEWEST_CUT
        && whole.starts_with(bare.as_str())
        && is_unknown(document, odd.first.span, text);
    // What is left of a double name is a name, and a country is no piece of its people.
    let is_half = last.split('-').next().is_some_and(|half| half.len() == text.len());
    if is_cut && !is_half && !is_determined(document, odd) {
        return kin(usual, (*last).to_owned(), Kinship::Cut);
    }
    // The ending of a case in place of the last vowel, or behind the name: `Sokolovi` of `Sokola`.
    let stem = whole.strip_suffix(['a', 'e', 'i', 'o', 'u', 'y']).unwrap_or(whole);
    let is_ending = stem.len() >= SHORTEST_STEM
        && bare.strip_prefix(stem).is_some_and(|ending| ENDING.contains(&ending.len()))
        && is_unknown(document, odd.first.span, text)
        && !are_forms(bare, whole)
        && !are_forms(bare, stem)
        && !is_determined(document, odd);
    if is_ending && (is_one || usual.words.len() > 1) {
        kin(usual, (*last).to_owned(), Kinship::Ending)
    } else {
        None
    }
}

/// The name that a mention is a transliteration of, if one alone is near enough.
fn respelt<'k>(
    document: &Document,
    names: &Names,
    odd: &Known<'_>,
    all: impl Iterator<Item = &'k Known<'k>>,
) -> Option<NameKin> {
    let spells = Respellings::latin();
    let (text, bare) = odd.words.last()?;
    // Words with a capital inside are brands.
    let is_plain = text.split('-').all(|part| !part.chars().skip(1).any(char::is_uppercase));
    if odd.words.len() > 2
        || bare.len() < SHORTEST
        || !is_plain
        || !is_unknown(document, odd.first.span, text)
        || is_determined(document, odd)
    {
        return None;
    }
    let mut best: Option<(i32, &Known<'_>, &str)> = None;
    let mut second = i32::MIN;
    for usual in all {
        // Another first name is another person's.
        if odd.words.len() == 2
            && (usual.words.len() < 2 || !is_first_name(&odd.words[0].1, &usual.words[0].1))
        {
            continue;
        }
        for (at, (word, letters)) in usual.words.iter().enumerate() {
            let is_other =
                letters == bare || are_forms(letters, bare) || word.contains('-') != text.contains('-');
            if letters.len() < SHORTEST || is_other || odd.words.len() == 2 && at + 1 < usual.words.len() {
                continue;
            }
            let Some(near) = spells.kinship(bare, letters) else { continue };
            let same =
                [bare, letters].iter().filter_map(|it| spells.kinship(it, it)).max().unwrap_or(1).max(1);
            let share = near * 100 / same;
            if best.is_none_or(|(most, ..)| share > most) {
                second = best.map_or(i32::MIN, |(most, ..)| most);
                best = Some((share, usual, *word));
            } else {
                second = second.max(share);
            }
        }
    }
    let (share, usual, word) = best.filter(|(share, ..)| *share >= NEAR && second < NEAR)?;
    let evidence = names.entities()[usual.entity].evidence;
    let is_person = [Evidence::Surname, Evidence::Honorific, Evidence::Title, Evidence::Speaks]
        .into_iter()
        .any(|it| evidence.contains(it));
    if is_explained(document, odd) || !is_person && share < NEARER {
        return None;
    }
    // A word that the text has once tells little, and one that it has in full tells who is meant.
    if !is_told(names, usual) && share < NEARER {
        return None;
    }
    let start = odd.first.span.lo() + document.slice(odd.first.span).rfind(text).unwrap_or(0);
    Some(NameKin {
        span: Span::new(start, odd.first.span.hi()),
        usual: word.to_owned(),
        first: usual.first.span,
        kind: Kinship::Respelt,
    })
}

/// Whether two first names are one, or its initial.
fn is_first_name(a: &str, b: &str) -> bool {
    a == b || a.len() == 1 && b.starts_with(a) || b.len() == 1 && a.starts_with(b)
}

fn is_unknown(document: &Document, span: Span, word: &str) -> bool {
    let start = span.lo() + document.slice(span).rfind(word).unwrap_or(0);
    is_unknown_word(document, word_hash(word), Span::new(start, span.hi()))
}
