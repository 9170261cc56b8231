//! Which strings a text must hold for a regular expression to match in it.
//!
//! The prefilter looks for these strings in one pass for all rules; a rule whose strings are all
//! absent is not run. What is returned is always necessary, never sufficient.

use crate::rule::checker::Trigger;
use regex_syntax::hir::{Class, Hir, HirKind};

/// How many strings a rule may wait for: beyond it, looking for them costs more than it saves.
const MOST: usize = 64;

/// The trigger of a pattern.
///
/// # Errors
/// When the pattern does not parse.
pub(super) fn of_pattern(pattern: &str) -> Result<Trigger, String> {
    let hir = regex_syntax::parse(pattern).map_err(|error| error.to_string())?;
    Ok(of(&hir).map_or(Trigger::Always, |strings| Trigger::AnyOf(strings.into_iter().collect())))
}

type Strings = std::collections::BTreeSet<String>;

/// The strings one of which every match of `hir` holds; `None` when there is no such set.
fn of(hir: &Hir) -> Option<Strings> {
    match hir.kind() {
        HirKind::Literal(literal) => Some([fold(std::str::from_utf8(&literal.0).ok()?)].into()),
        HirKind::Class(class) => of_class(class),
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => of(&repetition.sub),
        HirKind::Concat(parts) => of_concat(parts),
        HirKind::Alternation(branches) => {
            let mut all = Strings::new();
            for branch in branches {
                all.extend(of(branch)?);
            }
            (all.len() <= MOST).then_some(all)
        }
        _ => None,
    }
}

/// The best set among the parts, where letters that follow each other are read as one string.
fn of_concat(parts: &[Hir]) -> Option<Strings> {
    let mut best: Option<Strings> = None;
    let mut consider = |candidate: Option<Strings>| {
        if let Some(candidate) = candidate
            && best.as_ref().is_none_or(|best| value(&candidate) > value(best))
        {
            best = Some(candidate);
        }
    };
    let mut run = String::new();
    for part in parts {
        match single_string(part) {
            Some(piece) => run.push_str(&piece),
            None => {
                if !run.is_empty() {
                    consider(Some([std::mem::take(&mut run)].into()));
                }
                consider(of(part));
            }
        }
    }
    if !run.is_empty() {
        consider(Some([run].into()));
    }
    best
}

/// The one string that `hir` matches, but for the case of ASCII letters.
fn single_string(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(fold(std::str::from_utf8(&literal.0).ok()?)),
        HirKind::Class(class) => {
            let strings = of_class(class)?;
            (strings.len() == 1).then(|| strings.into_iter().next().expect("it has one"))
        }
        HirKind::Capture(capture) => single_string(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(single_string).collect(),
        _ => None,
    }
}

/// How much a set narrows: longer strings are rarer, fewer are cheaper.
fn value(strings: &Strings) -> (usize, std::cmp::Reverse<usize>) {
    (strings.iter().map(String::len).min().unwrap_or(0), std::cmp::Reverse(strings.len()))
}

fn of_class(class: &Class) -> Option<Strings> {
    let Class::Unicode(class) = class else { return None };
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

/// The prefilter compares ASCII letters without their case.
fn fold(text: &str) -> String {
    text.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(pattern: &str) -> Vec<String> {
        match of_pattern(pattern).unwrap() {
            Trigger::AnyOf(strings) => strings,
            Trigger::Always => Vec::new(),
        }
    }

    #[test]
    fn the_longest_certain_string_is_needed() {
        assert_eq!(needs(r"\w+\s+Source link$"), ["source link"]);
        assert_eq!(needs(r"(?:foo|barn)\d"), ["barn", "foo"]);
        assert_eq!(needs(r"[.,]\s*\p{L}+"), [",", "."]);
        assert_eq!(needs(r"(ab)+c?"), ["ab"]);
    }

    #[test]
    fn what_may_be_absent_is_not_needed() {
        assert!(needs(r"(?:ab)?\w").is_empty());
        assert!(needs(r"ab|\w").is_empty());
        assert!(needs(r"\p{L}").is_empty());
    }

    #[test]
    fn letters_of_either_case_are_one_string_where_no_other_letter_folds_to_them() {
        assert_eq!(needs(r"(?i)dead"), ["dead"]);
        // Without regard to case, `s` also stands for U+017F and `k` for U+212A.
        assert_eq!(needs(r"(?i)ask"), ["a"]);
    }
}
