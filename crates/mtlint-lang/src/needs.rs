//! Which strings a text must hold for a regular expression to match in it.
//!
//! The prefilter looks for these strings in one pass for all rules; a rule whose strings are all
//! absent is not run. What is returned is always necessary, never sufficient.
//!
//! The build script of mtlint-data takes this file in as well, so that nothing need be worked out anew at every start for
//! the rules built in. It may use nothing of the crate.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

/// How many strings a rule may wait for: beyond it, looking for them costs more than it saves.
const MOST: usize = 256;

/// What is known of a pattern without building it.
pub struct Needs {
    /// Strings one of which every match holds, in lower case; `None` where there is no such set.
    pub strings: Option<Vec<String>>,
    /// The names of its groups.
    pub names: Vec<String>,
}

/// What a pattern needs.
///
/// # Errors
/// When the pattern does not parse.
pub fn of_pattern(pattern: &str) -> Result<Needs, String> {
    let hir = regex_syntax::parse(pattern).map_err(|error| error.to_string())?;
    let mut names = Vec::new();
    add_names(&hir, &mut names);
    let strings = of(&hir).map(|strings| {
        // One that holds another need not be looked for.
        let is_needed =
            |string: &&String| !strings.iter().any(|part| *string != part && string.contains(part.as_str()));
        strings.iter().filter(is_needed).cloned().collect()
    });
    Ok(Needs { strings, names })
}

/// How many strings are looked for, at most, before a pattern that excuses is built and tried.
const FEW: usize = 4;

/// Strings, in lower case, one of which a text must hold for a pattern that excuses to match in it; none
/// where they are not known, or too many.
///
/// # Errors
/// When the pattern does not parse.
pub fn of_excuse(pattern: &str) -> Result<Vec<String>, String> {
    let strings = of_pattern(pattern)?.strings.filter(|strings| strings.len() <= FEW);
    Ok(strings.unwrap_or_default())
}

fn add_names(hir: &Hir, names: &mut Vec<String>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            names.extend(capture.name.as_deref().map(str::to_owned));
            add_names(&capture.sub, names);
        }
        HirKind::Repetition(repetition) => add_names(&repetition.sub, names),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().for_each(|part| add_names(part, names));
        }
        _ => {}
    }
}

type Strings = std::collections::BTreeSet<String>;

/// What is known of all strings that a part of a pattern matches.
struct Known {
    /// All of them, if they are few.
    exact: Option<Strings>,
    /// Each begins with one of these.
    begins: Strings,
    /// Each ends with one of these.
    ends: Strings,
    /// Each holds one of these, the best such set that was met.
    holds: Option<Strings>,
}

/// The strings one of which every match of `hir` holds; `None` when there is no such set.
fn of(hir: &Hir) -> Option<Strings> {
    known(hir).best()
}

impl Known {
    /// Nothing is known, not even that there is a string.
    fn nothing() -> Self {
        Self { exact: None, begins: empty(), ends: empty(), holds: None }
    }

    fn exactly(strings: Strings) -> Self {
        Self { begins: strings.clone(), ends: strings.clone(), exact: Some(strings), holds: None }
    }

    fn best(self) -> Option<Strings> {
        [self.exact, Some(self.begins), Some(self.ends)].into_iter().fold(self.holds, better)
    }

    /// What is known of this part followed by `next`.
    fn then(self, next: Self) -> Self {
        let across = product_of_ends(&self.ends, &next.begins);
        let exact = match (&self.exact, &next.exact) {
            (Some(first), Some(second)) => product(first, second),
            _ => None,
        };
        let begins = self.exact.as_ref().and_then(|first| product(first, &next.begins));
        let ends = next.exact.as_ref().and_then(|second| product_of_ends(&self.ends, second));
        let seen = [self.exact, next.exact, Some(self.ends), Some(next.begins), across];
        let holds = seen.into_iter().fold(better(self.holds, next.holds), better);
        Self { exact, begins: begins.unwrap_or(self.begins), ends: ends.unwrap_or(next.ends), holds }
    }

    /// What is known of either this part or `other`.
    fn or(self, other: Self) -> Self {
        let union = |first: &Strings, second: &Strings| {
            let all: Strings = first.union(second).cloned().collect();
            (all.len() <= MOST).then_some(all)
        };
        let exact = match (&self.exact, &other.exact) {
            (Some(first), Some(second)) => union(first, second),
            _ => None,
        };
        let begins = joined(&self.begins, &other.begins).unwrap_or_else(empty);
        let ends = union(&self.ends, &other.ends).unwrap_or_else(empty);
        let holds = match (self.best(), other.best()) {
            (Some(first), Some(second)) => joined(&first, &second),
            _ => None,
        };
        Self { exact, begins, ends, holds }
    }

    /// What is known when this part may come again before what follows.
    fn again(self) -> Self {
        let holds = better(self.holds, self.exact);
        Self { exact: None, begins: self.begins, ends: self.ends, holds }
    }
}

/// What is known of the strings that `hir` matches, but for the case of ASCII letters.
fn known(hir: &Hir) -> Known {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Known::exactly(empty()),
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => Known::exactly([fold(text)].into()),
            Err(_) => Known::nothing(),
        },
        HirKind::Class(class) => of_class(class).map_or_else(Known::nothing, Known::exactly),
        HirKind::Capture(capture) => known(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min == 0 && repetition.max == Some(1) => {
            known(&repetition.sub).or(Known::exactly(empty()))
        }
        HirKind::Repetition(repetition) if repetition.min == 0 => Known::nothing(),
        HirKind::Repetition(repetition) => {
            let once = || known(&repetition.sub);
            let copies = (1..repetition.min.min(COPIES)).fold(once(), |copies, _| copies.then(once()));
            if repetition.max == Some(repetition.min) && repetition.min <= COPIES {
                copies
            } else {
                copies.again()
            }
        }
        HirKind::Concat(parts) => parts.iter().map(known).reduce(Known::then).unwrap_or_else(Known::nothing),
        HirKind::Alternation(branches) => {
            branches.iter().map(known).reduce(Known::or).unwrap_or_else(Known::nothing)
        }
    }
}

/// The empty string alone.
fn empty() -> Strings {
    [String::new()].into()
}

/// The set that narrows more; one that holds the empty string does not narrow at all.
fn better(first: Option<Strings>, second: Option<Strings>) -> Option<Strings> {
    let narrows = |strings: &Strings| !strings.contains("") && strings.len() <= MOST;
    match (first.filter(narrows), second.filter(narrows)) {
        (Some(first), Some(second)) if value(&second) > value(&first) => Some(second),
        (first, second) => first.or(second),
    }
}

/// Every string of the one followed by every string of the other.
fn product(first: &Strings, second: &Strings) -> Option<Strings> {
    (first.len() * second.len() <= MOST)
        .then(|| first.iter().flat_map(|a| second.iter().map(move |b| format!("{a}{b}"))).collect())
}

/// The same, where what the one ends with may be cut short to keep the product small.
fn product_of_ends(first: &Strings, second: &Strings) -> Option<Strings> {
    let last = |count: usize| -> Strings {
        let cut = |string: &String| {
            let from = string.char_indices().rev().take(count).last().map_or(0, |(at, _)| at);
            string[from..].to_owned()
        };
        first.iter().map(cut).collect()
    };
    product(first, second).or_else(|| [3, 2, 1].into_iter().find_map(|count| product(&last(count), second)))
}

/// The strings of both, cut short where they are too many.
fn joined(first: &Strings, second: &Strings) -> Option<Strings> {
    let all: Strings = first.union(second).cloned().collect();
    let cut =
        |count: usize| all.iter().map(|string| string.chars().take(count).collect::<String>()).collect();
    let is_short = |strings: &Strings| strings.len() <= MOST;
    if is_short(&all) { Some(all) } else { [4, 3, 2].into_iter().map(cut).find(is_short) }
}

/// Whether hardly any paragraph lacks a string, a short word or a piece of one: to look for it costs more
/// than it saves.
pub fn is_everywhere(string: &str) -> bool {
    let word = string.strip_suffix(' ').unwrap_or(string);
    word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()) || FREQUENT.contains(&word)
}

/// The words and ends of words of three letters that most English paragraphs hold.
const FREQUENT: [&str; 16] = [
    "and", "are", "but", "ent", "for", "had", "has", "her", "his", "ing", "ion", "not", "the", "was", "who",
    "you",
];

/// How many strings more to look for a byte more in each of them is worth: much as long as the string
/// is short, little when it is rare already, and nothing from the last of these lengths on.
const WORTH: [(usize, usize); 2] = [(4, 128), (8, 24)];

/// How often a repeated part is written out at most.
const COPIES: u32 = 8;

/// How much a set narrows: longer strings are rarer, fewer are cheaper.
fn value(strings: &Strings) -> isize {
    let length = |string: &String| if is_everywhere(string) { 0 } else { string.len() };
    let shortest = strings.iter().map(length).min().unwrap_or(0);
    let [(short, much), (long, little)] = WORTH;
    let worth = much * shortest.min(short) + little * shortest.clamp(short, long).abs_diff(short);
    worth.cast_signed() - strings.len().cast_signed()
}

fn of_class(class: &Class) -> Option<Strings> {
    let Class::Unicode(class) = class else { return None };
    let class = of_plain_case(class).unwrap_or_else(|| class.clone());
    let mut strings = Strings::new();
    for range in class.ranges() {
        for c in range.start()..=range.end() {
            strings.insert(fold(c.encode_utf8(&mut [0; 4])));
            if strings.len() > MOST {
                return None;
            }
        }
    }
    (!strings.is_empty()).then_some(strings)
}

/// The class of `s` or of `k` whatever their case, without what folds to them by the tables of Unicode and
/// stands in no article: U+017F, the long s, and U+212A, the sign for kelvin. With it `(?i)sorry` would
/// have to be looked for as `orry`. `None` for every other class.
pub fn of_plain_case(class: &ClassUnicode) -> Option<ClassUnicode> {
    let ranges =
        [('S', 's', '\u{17F}'), ('K', 'k', '\u{212A}')].into_iter().find_map(|(upper, lower, other)| {
            let [upper, lower, other] = [upper, lower, other].map(|c| ClassUnicodeRange::new(c, c));
            (class.ranges() == [upper, lower, other]).then_some([upper, lower])
        });
    ranges.map(ClassUnicode::new)
}

/// The prefilter compares ASCII letters without their case.
fn fold(text: &str) -> String {
    text.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(pattern: &str) -> Vec<String> {
        of_pattern(pattern).unwrap().strings.unwrap_or_default()
    }

    #[test]
    fn the_longest_certain_string_is_needed() {
        assert_eq!(needs(r"\w+\s+Source link$"), ["source link"]);
        assert_eq!(needs(r"(?:foo|barn)\d"), ["barn", "foo"]);
        assert_eq!(needs(r"[.,]\s*\p{L}+"), [",", "."]);
        assert_eq!(needs(r"(ab)+c?"), ["ab"]);
        assert_eq!(needs(r"\w[ _]+[,.]"), [" ,", " .", "_,", "_."]);
        assert_eq!(needs(r"a(?:b|cd)e"), ["abe", "acde"]);
        assert_eq!(needs(r"(?:ab)+c"), ["abc"]);
        assert_eq!(needs(r"!{3,}|x{2}y"), ["!!!", "xxy"]);
        assert_eq!(needs(r"\bx\b-$"), ["x-"]);
    }

    #[test]
    fn what_may_be_absent_is_not_needed() {
        assert!(needs(r"(?:ab)?\w").is_empty());
        assert!(needs(r"ab|\w").is_empty());
        assert!(needs(r"\p{L}").is_empty());
        assert!(needs(r"(?:a|)").is_empty());
    }

    #[test]
    fn letters_of_either_case_are_one_string_where_no_other_letter_folds_to_them() {
        assert_eq!(needs(r"(?i)dead"), ["dead"]);
        assert_eq!(needs(r"(?i)ask"), ["ask"]);
        assert_eq!(needs(r"a[sS\x{17F}]k|\x{212A}m"), ["ask", "\u{212a}m"]);
    }
}
