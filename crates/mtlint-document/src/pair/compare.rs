//! The values of two texts against each other: what is on both sides is matched, whatever its form,
//! and what is left is a difference. May use `lang`.

use super::values::{Value, Values};
use mtlint_lang::Amount;
use std::collections::{HashMap, HashSet};

/// A number that one side has and the other has not; indices into [`Values::numbers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The target says another number.
    Changed {
        source: usize,
        target: usize,
    },
    Missing {
        source: usize,
    },
    Extra {
        target: usize,
    },
    /// Another number in another unit that means the same.
    Converted {
        source: usize,
        target: usize,
    },
}

/// How the numbers of two texts match.
#[derive(Clone, Debug, Default)]
pub struct NumberMatch {
    /// Pairs of numbers that mean the same, by their indices, in the order of the source.
    pub same: Vec<(usize, usize)>,
    pub differences: Vec<Difference>,
}

/// How many numbers may be left over on one side: of more, nothing is said.
const MOST_LEFT: usize = 40;

/// How much of one unit makes one of the other; temperatures aside.
const CONVERSIONS: &[(&str, &str, f64)] = &[
    ("mile", "kilometre", 1.609_34),
    ("mile-per-hour", "kilometre-per-hour", 1.609_34),
    ("foot", "metre", 0.304_8),
    ("foot", "centimetre", 30.48),
    ("inch", "centimetre", 2.54),
    ("inch", "millimetre", 25.4),
    ("yard", "metre", 0.914_4),
    ("pound", "kilogram", 0.453_592),
    ("ounce", "gram", 28.349_5),
    ("gallon", "litre", 3.785_41),
    ("acre", "hectare", 0.404_686),
];

/// Matches the numbers of a source and its translation.
pub fn numbers(source: &Values, target: &Values) -> NumberMatch {
    let mut outcome = NumberMatch::default();
    let mut by_amount: HashMap<Amount, Vec<usize>> = HashMap::new();
    for (index, value) in target.numbers.iter().enumerate().rev() {
        for amount in &value.amounts {
            by_amount.entry(*amount).or_default().push(index);
        }
    }
    let mut is_taken = vec![false; target.numbers.len()];
    let mut left: Vec<usize> = Vec::new();
    for (index, value) in source.numbers.iter().enumerate() {
        let partner = value.amounts.iter().find_map(|amount| {
            let places = by_amount.get_mut(amount)?;
            while places.last().is_some_and(|place| is_taken[*place]) {
                places.pop();
            }
            places.pop()
        });
        match partner {
            Some(partner) => {
                is_taken[partner] = true;
                outcome.same.push((index, partner));
            }
            None => left.push(index),
        }
    }
    let mut over: Vec<usize> = (0..target.numbers.len()).filter(|index| !is_taken[*index]).collect();
    if left.is_empty() && over.is_empty() || left.len() > MOST_LEFT || over.len() > MOST_LEFT {
        return outcome;
    }
    let said = |values: &Values| -> Vec<Amount> {
        let months = values.months.iter().map(|month| Amount::whole(month.number));
        values.words.iter().flat_map(|value| value.amounts.iter().copied()).chain(months).collect()
    };
    let (source_said, target_said) = (said(source), said(target));
    // The same digits cut in another way: telephone numbers, times, groups.
    let digits = |values: &Values, indices: &[usize]| -> String {
        indices.iter().map(|index| values.numbers[*index].digits.as_str()).collect()
    };
    let all = |values: &Values| digits(values, &(0..values.numbers.len()).collect::<Vec<_>>());
    let is_cut_alike = left.len() == over.len()
        && left.iter().zip(&over).all(|(a, b)| source.numbers[*a].digits == target.numbers[*b].digits);
    if !is_cut_alike
        && (digits(source, &left) == digits(target, &over)
            || all(source) == all(target) && all(source).len() > 2)
    {
        return outcome;
    }
    // Said twice on one side, once on the other.
    let repeated = |value: &Value, other: &Values| other.numbers.iter().any(|it| it.amounts == value.amounts);
    // A text may leave it at saying a number once: of those, only one that became another is told.
    let mut again: Vec<usize> =
        left.iter().copied().filter(|index| repeated(&source.numbers[*index], target)).collect();
    left.retain(|index| {
        let value = &source.numbers[*index];
        !is_said(value, &target_said) && !repeated(value, target) && !is_century(value, target)
    });
    over.retain(|index| {
        let value = &target.numbers[*index];
        !is_said(value, &source_said) && !repeated(value, source) && !is_century(value, source)
    });
    left.retain(|&index| {
        let value = &source.numbers[index];
        let partner = over.iter().position(|other| is_equivalent(value, &target.numbers[*other]));
        partner.map(|partner| over.remove(partner)).is_none()
    });
    left.retain(|&index| {
        let value = &source.numbers[index];
        let partner = over.iter().position(|other| is_converted(value, &target.numbers[*other]));
        match partner {
            Some(partner) => {
                let target = over.remove(partner);
                outcome.differences.push(Difference::Converted { source: index, target });
                false
            }
            None => true,
        }
    });
    // The nearest of what is left belong together.
    while let (false, false) = (left.is_empty(), over.is_empty()) {
        let distance = |a: usize, b: usize| {
            let (a, b) = (&source.numbers[a].digits, &target.numbers[b].digits);
            strsim::levenshtein(&a[..a.len().min(20)], &b[..b.len().min(20)])
        };
        let pairs = left
            .iter()
            .enumerate()
            .flat_map(|(i, a)| over.iter().enumerate().map(move |(j, b)| (i, j, *a, *b)));
        let Some((i, j, a, b)) = pairs.min_by_key(|(i, j, a, b)| (distance(*a, *b), i.abs_diff(*j))) else {
            break;
        };
        outcome.differences.push(Difference::Changed { source: a, target: b });
        left.remove(i);
        over.remove(j);
    }
    over.retain(|&index| {
        let digits = &target.numbers[index].digits;
        let is_one = |other: &usize| {
            let other = &source.numbers[*other].digits;
            let differing = digits.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
            digits.len() >= 2 && digits.len() == other.len() && differing == 1
        };
        match again.iter().position(is_one) {
            Some(place) => {
                outcome.differences.push(Difference::Changed { source: again.remove(place), target: index });
                false
            }
            None => true,
        }
    });
    // A decade is said in words, in forms that no table has.
    left.retain(|index| !source.numbers[*index].is_decade);
    outcome.differences.extend(left.into_iter().map(|source| Difference::Missing { source }));
    outcome.differences.extend(over.into_iter().map(|target| Difference::Extra { target }));
    outcome
}

/// Whether a number in digits is one that the other side says in words.
fn is_said(value: &Value, said: &[Amount]) -> bool {
    value.amounts.iter().any(|amount| said.contains(amount) || amount.to_f64() == 0.0)
}

/// Whether a number is a century in which the other side names a year or decade.
fn is_century(value: &Value, other: &Values) -> bool {
    let whole = |value: &Value| value.amounts.iter().find_map(|amount| amount.to_whole());
    let Some(century) = whole(value).filter(|number| (10..=21).contains(number)) else { return false };
    other.numbers.iter().filter_map(whole).any(|year| year >= 1000 && year / 100 + 1 == century)
}

/// Powers of ten from a thousand on that both sides say in words, and not the same: indices into
/// [`Values::words`].
pub fn scales(source: &Values, target: &Values) -> Option<(usize, usize)> {
    let is_scale =
        |amount: &Amount| [3, 6, 9, 12].iter().any(|power| *amount == Amount::whole(1).scaled(*power));
    let said = |values: &Values| -> HashSet<Amount> {
        let all = values.words.iter().chain(&values.numbers);
        all.flat_map(|value| value.amounts.iter().copied()).collect()
    };
    let alone = |one: &Values, other: &HashSet<Amount>| -> Vec<usize> {
        let is_alone = |value: &Value| {
            let mut amounts = value.amounts.iter().filter(|amount| is_scale(amount)).peekable();
            amounts.peek().is_some() && amounts.all(|amount| !other.contains(amount))
        };
        (0..one.words.len()).filter(|index| is_alone(&one.words[*index])).collect()
    };
    let (left, over) = (alone(source, &said(target)), alone(target, &said(source)));
    (left.len() == 1 && over.len() == 1).then(|| (left[0], over[0]))
}

/// Whether two numbers may mean the same hour, year or decade.
fn is_equivalent(a: &Value, b: &Value) -> bool {
    // `19.30` and `7.30 pm`.
    let time = |value: &Value| {
        let time = value.amounts.iter().map(|amount| amount.to_f64()).reduce(f64::min)?;
        (value.digits.len() <= 4 && time < 24.0 && time.fract() < 0.6 && time.fract() > 0.0).then_some(time)
    };
    if let (Some(a), Some(b)) = (time(a), time(b))
        && ((a - b).abs() - 12.0).abs() < 1e-6
    {
        return true;
    }
    let whole = |value: &Value| value.amounts.iter().find_map(|amount| amount.to_whole());
    let (Some(a), Some(b)) = (whole(a), whole(b)) else { return false };
    let (small, large) = (a.min(b), a.max(b));
    let is_clock = small <= 12 && large == small + 12;
    let is_year = small < 100 && (1000..2100).contains(&large) && large % 100 == small;
    is_clock || is_year
}

/// Whether the second number is the first in another unit.
fn is_converted(a: &Value, b: &Value) -> bool {
    let (Some(from), Some(to)) = (a.amounts.first(), b.amounts.first()) else { return false };
    let (from, to) = (from.to_f64(), to.to_f64());
    let has = |value: &Value, unit: &str| value.units.iter().any(|it| it == unit);
    let near = |expected: f64| (to - expected).abs() <= 0.04 * expected.abs().max(0.5);
    let heat = |from: f64| (from - 32.0) * 5.0 / 9.0;
    CONVERSIONS.iter().any(|(first, second, factor)| {
        has(a, first) && has(b, second) && near(from * factor)
            || has(a, second) && has(b, first) && near(from / factor)
    }) || has(a, "fahrenheit") && has(b, "celsius") && near(heat(from))
        || has(a, "celsius") && has(b, "fahrenheit") && near(from * 1.8 + 32.0)
}

/// The months that the source names more often than the target, each with one that the target names
/// more often; indices into [`Values::months`].
pub fn months(source: &Values, target: &Values) -> Vec<(usize, usize)> {
    let count = |values: &Values| {
        let mut times = [0_usize; 13];
        values.months.iter().for_each(|month| times[month.number.min(12) as usize] += 1);
        times
    };
    let (in_source, in_target) = (count(source), count(target));
    let counts = |values: &Values, number: u32| {
        values.numbers.iter().any(|value| value.amounts.contains(&Amount::whole(number)))
    };
    // Where one side names fewer months, it may say one in digits.
    let alone = |one: &Values, times: &[usize; 13], other: &Values, others: &[usize; 13]| -> Vec<usize> {
        let is_fewer = other.months.len() < one.months.len();
        let over = |index: &usize| {
            let number = one.months[*index].number;
            let place = number.min(12) as usize;
            times[place] > others[place] && !(is_fewer && counts(other, number))
        };
        (0..one.months.len()).filter(over).take(MOST_LEFT).collect()
    };
    let (left, over) =
        (alone(source, &in_source, target, &in_target), alone(target, &in_target, source, &in_source));
    left.into_iter().zip(over).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::{Language, ValueWords};

    fn differences(pair: (&str, &str), source: &str, target: &str) -> Vec<Difference> {
        let read = |code: &str, text: &str| Values::of(text, &[], ValueWords::of(Language::parse(code).ok()));
        numbers(&read(pair.0, source), &read(pair.1, target)).differences
    }

    #[test]
    fn forms_differ_and_values_do_not() {
        let same = |pair, source: &str, target: &str| {
            let found = differences(pair, source, target);
            assert!(
                found.iter().all(|it| matches!(it, Difference::Converted { .. })),
                "{source} {target}: {found:?}"
            );
        };
        same(("en", "de"), "1,234.50 boats", "1.234,50 Boote");
        same(("en", "de"), "at 5:30 pm", "um 17:30 Uhr");
        same(("en", "ja"), "1.5 million people", "150万人");
        same(("en", "de"), "two to 5 days", "2 bis fünf Tage");
        same(("en", "fr"), "the 19th century", "le XIXe siècle");
        same(("en", "de"), "6 feet wide", "1,83 Meter breit");
        same(("en", "ru"), "in the 1850s", "в 50-х годах");
        same(("en", "de"), "call 020 7946 0018", "020 79 46 00 18");
    }

    #[test]
    fn another_value_is_told() {
        assert_eq!(
            differences(("en", "de"), "45 boats", "54 Boote"),
            [Difference::Changed { source: 0, target: 0 }]
        );
        assert_eq!(
            differences(("en", "de"), "1.5 million people", "1,5 Milliarden Menschen"),
            [Difference::Changed { source: 0, target: 0 }]
        );
        assert_eq!(
            differences(("en", "de"), "45 boats of 1998", "Boote von 1998"),
            [Difference::Missing { source: 0 }]
        );
    }
}
