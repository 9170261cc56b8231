//! Which strings a text must hold for a regular expression to match in it.
//!
//! The prefilter looks for these strings in one pass for all rules; a rule whose strings are all
//! absent is not run. What is returned is always necessary, never sufficient.
//!
//! build.rs takes this file in as well, so that nothing need be worked out anew at every start for
//! the rules built in. It may use nothing of the crate.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How many strings a rule may wait for: beyond it, looking for them costs more than it saves.
const MOST: usize = 128;

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
    let strings = of(&hir).map(|strings| strings.into_iter().collect());
    Ok(Needs { strings, names })
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

/// The strings one of which every match of `hir` holds; `None` when there is no such set.
fn of(hir: &Hir) -> Option<Strings> {
    match hir.kind() {
        HirKind::Literal(literal) => Some([fold(std::str::from_utf8(&literal.0).ok()?)].into()),
        HirKind::Class(class) => of_class(class),
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => whole(hir).0.or_else(|| of(&repetition.sub)),
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

/// The best set among the parts, where parts that follow each other are read as one string each.
fn of_concat(parts: &[Hir]) -> Option<Strings> {
    let mut best: Option<Strings> = None;
    let mut consider = |candidate: Option<Strings>| {
        if let Some(candidate) = candidate
            && !candidate.contains("")
            && best.as_ref().is_none_or(|best| value(&candidate) > value(best))
        {
            best = Some(candidate);
        }
    };
    // What the parts before this one end with, as far back as it is certain.
    let mut run: Option<Strings> = None;
    for part in parts {
        let (Some(pieces), goes_on) = whole(part) else {
            consider(run.take());
            consider(of(part));
            continue;
        };
        consider(Some(pieces.clone()));
        let joined = run.as_ref().and_then(|run| product(run, &pieces));
        // Longer is not better when it takes many more strings.
        consider(run.take());
        match (joined, goes_on) {
            (Some(joined), false) => run = Some(joined),
            (Some(joined), true) => {
                consider(Some(joined));
                run = Some(pieces);
            }
            (None, _) => run = Some(pieces),
        }
    }
    consider(run);
    best
}

/// The strings that `hir` matches, but for the case of ASCII letters, and whether they may come
/// again before what follows.
fn whole(hir: &Hir) -> (Option<Strings>, bool) {
    let strings = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some([String::new()].into()),
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(|text| [fold(text)].into()),
        HirKind::Class(class) => of_class(class),
        HirKind::Capture(capture) => return whole(&capture.sub),
        HirKind::Repetition(repetition) if (1..=COPIES).contains(&repetition.min) => {
            let (Some(once), inner) = whole(&repetition.sub) else { return (None, false) };
            let copies = if inner { 1 } else { repetition.min };
            let strings = (1..copies).try_fold(once.clone(), |joined, _| product(&joined, &once));
            return (strings, inner || repetition.max != Some(repetition.min));
        }
        HirKind::Concat(parts) => parts.iter().try_fold(Strings::from([String::new()]), |joined, part| {
            let (Some(strings), false) = whole(part) else { return None };
            product(&joined, &strings)
        }),
        HirKind::Alternation(branches) => branches.iter().try_fold(Strings::new(), |mut all, branch| {
            let (Some(strings), false) = whole(branch) else { return None };
            all.extend(strings);
            (all.len() <= MOST).then_some(all)
        }),
        HirKind::Repetition(_) => None,
    };
    (strings, false)
}

/// Every string of the one followed by every string of the other.
fn product(first: &Strings, second: &Strings) -> Option<Strings> {
    (first.len() * second.len() <= MOST)
        .then(|| first.iter().flat_map(|a| second.iter().map(move |b| format!("{a}{b}"))).collect())
}

/// From how many bytes on a string is rare enough.
const LONG: usize = 10;

/// How many strings more to look for a byte more in each of them is worth.
const WORTH: usize = 32;

/// How often a repeated part is written out at most.
const COPIES: u32 = 8;

/// How much a set narrows: longer strings are rarer, fewer are cheaper.
fn value(strings: &Strings) -> isize {
    let shortest = strings.iter().map(String::len).min().unwrap_or(0).min(LONG);
    (WORTH * shortest).cast_signed() - strings.len().cast_signed()
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
        // Without regard to case, `s` also stands for U+017F and `k` for U+212A.
        assert_eq!(needs(r"(?i)ask"), ["ask", "as\u{212a}", "a\u{17f}k", "a\u{17f}\u{212a}"]);
    }
}
