//! Dates and times in the order or with the words of another language.

use super::super::{SPACES, after_space, word_at_start};
use super::{Odd, Place};
use mtlint_lang::ValueMeaning;

/// The years that dates are of.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;

const HALVES: &str = "half-of-day";
const CLOCK_PREPOSITION: &str = "clock-preposition";
const DATE_PREPOSITION: &str = "date-preposition";

pub(super) fn odd(place: &Place<'_>) -> Option<Odd> {
    pointed(place).or_else(|| roman(place)).or_else(|| numbered(place)).or_else(|| hours(place))
}

/// `2021.10.17`, and `17.10.2021` behind a word that dates stand behind.
fn pointed(place: &Place<'_>) -> Option<Odd> {
    let text = place.numeral.text;
    let mut parts = text.split('.');
    let [first, second, third] = [parts.next()?, parts.next()?, parts.next()?];
    if parts.next().is_some() || text.contains(',') || place.after().starts_with(['-', '_', '/', ':', '+']) {
        return None;
    }
    let [a, b, c]: [u32; 3] = [first.parse().ok()?, second.parse().ok()?, third.parse().ok()?];
    let (year, month, day) = match [first.len(), second.len(), third.len()] {
        [4, 1..=2, 1..=2] => (a, b, c),
        [1..=2, 1..=2, 4] => (c, b, a),
        _ => return None,
    };
    let is_date = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let is_placed =
        place.before().ends_with(SPACES) && place.is_listed(&place.word_before(), DATE_PREPOSITION);
    (is_date && is_placed).then_some(())?;
    let forms = forms(place, Some(day), month, Some(year))?;
    Some(Odd {
        start: place.numeral.start,
        end: place.numeral.end,
        what: "is a date as another language writes it",
        forms,
    })
}

/// `12.V.1893`: the month in Roman numerals.
fn roman(place: &Place<'_>) -> Option<Odd> {
    const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let day = place.numeral.whole().filter(|day| place.numeral.is_whole() && (1..=31).contains(day))?;
    let after = place.after();
    let joint = |text: &'_ str| text.len() - text.trim_start_matches(['.', ' ', '/', '-']).len();
    let at = joint(after);
    let word = word_at_start(&after[at..]);
    let month = MONTHS.iter().position(|month| *month == word)? as u32 + 1;
    let behind = at + word.len();
    let gap = joint(&after[behind..]);
    let rest = &after[behind + gap..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let year: u32 = rest[..digits].parse().ok().filter(|year| digits == 4 && YEARS.contains(year))?;
    let is_joined = (1..=2).contains(&at) && (1..=2).contains(&gap) && !after.starts_with(' ');
    let forms = forms(place, Some(day), month, Some(year)).filter(|_| is_joined)?;
    let end = place.numeral.end + behind + gap + digits;
    Some(Odd { start: place.numeral.start, end, what: "is a date as another language writes it", forms })
}

/// The forms of a date in the language, the order that the text has first.
fn forms(place: &Place<'_>, day: Option<u32>, month: u32, year: Option<u32>) -> Option<Vec<String>> {
    let month = place.values.name_of(&ValueMeaning::Month(month))?;
    let (day, year) = (day?, year.map(|year| year.to_string()));
    let mut forms = vec![
        year.as_ref().map_or_else(|| format!("{day} {month}"), |year| format!("{day} {month} {year}")),
        year.as_ref().map_or_else(|| format!("{month} {day}"), |year| format!("{month} {day}, {year}")),
    ];
    if *place.months_first.get_or_init(|| puts_months_first(place)) {
        forms.reverse();
    }
    Some(forms)
}

/// Whether the text has a month before its day, and none behind it.
fn puts_months_first(place: &Place<'_>) -> bool {
    let text = place.document.text();
    let words = text.split_whitespace();
    let is_day = |word: &str| {
        let digits = word.trim_end_matches([',', '.']);
        (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let pairs = words.clone().zip(words.skip(1));
    let mut balance = 0_i32;
    for (first, second) in pairs {
        if place.values.month(second.trim_end_matches([',', '.'])).is_some() && is_day(first) {
            balance -= 1;
        } else if place.values.month(first.trim_end_matches('.')).is_some() && is_day(second) {
            balance += 1;
        }
    }
    balance > 0
}

/// `day 16 month 3`, `3 month 16 day`, `2021 year 3 month`.
fn numbered(place: &Place<'_>) -> Option<Odd> {
    let first = place.numeral.whole().filter(|_| place.numeral.is_whole())?;
    let unit = |text: &str| {
        let rest = after_space(text)?;
        let (units, length) = place.values.unit_at_start(rest)?;
        let name = units.first().map(String::as_str)?;
        let is_calendar = matches!(name, "day" | "month" | "year")
            && rest[..length].bytes().all(|b| b.is_ascii_lowercase());
        is_calendar.then(|| (name.to_owned(), text.len() - rest.len() + length))
    };
    let number = |text: &str| {
        let rest = after_space(text)?;
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let value: u32 = rest[..length].parse().ok()?;
        (!rest[length..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '%')))
            .then_some((value, text.len() - rest.len() + length))
    };
    let singular = |name: &str, word: &str| word.eq_ignore_ascii_case(name);
    let after = place.after();
    // The words before their numbers.
    let word = place.word_before();
    if let Some((name, length)) = unit(after)
        && singular("day", &word)
        && name == "month"
        && singular(&name, after[..length].trim())
        && let Some((month, more)) = number(&after[length..])
        && (1..=12).contains(&month)
        && (1..=31).contains(&first)
    {
        let start = place.before().trim_end_matches(SPACES).len() - word.len();
        return Some(Odd {
            start,
            end: place.numeral.end + length + more,
            what: "is a date in numbers; name the month",
            forms: forms(place, Some(first), month, None)?,
        });
    }
    // The words behind: all in the singular, which a quantity of several would not be.
    let (mut year, mut month, mut day) = (None, None, None);
    let (mut value, mut at) = (first, 0);
    let mut words = 0;
    while let Some((name, length)) =
        unit(&after[at..]).filter(|(name, length)| singular(name, after[at..at + length].trim()))
    {
        match name.as_str() {
            "year" if year.is_none() && YEARS.contains(&value) => year = Some(value),
            "month" if month.is_none() && (1..=12).contains(&value) => month = Some(value),
            "day" if day.is_none() && (1..=31).contains(&value) => day = Some(value),
            _ => return None,
        }
        at += length;
        words += 1;
        let Some((next, more)) = number(&after[at..]) else { break };
        if unit(&after[at + more..]).is_none() {
            break;
        }
        (value, at) = (next, at + more);
    }
    let month = month.filter(|_| words >= 2 && first != 1)?;
    Some(Odd {
        start: place.numeral.start,
        end: place.numeral.end + at,
        what: "is a date as another language writes it",
        forms: forms(place, day, month, year).unwrap_or_default(),
    })
}

/// `19 hours 45 p.m.`, `at 19 hours 45`.
fn hours(place: &Place<'_>) -> Option<Odd> {
    let hour = place.numeral.whole().filter(|hour| place.numeral.is_whole() && *hour < 24)?;
    let rest = after_space(place.after())?;
    let (units, length) = place.values.unit_at_start(rest)?;
    let minutes =
        after_space(&rest[length..]).filter(|_| units.first().is_some_and(|unit| unit == "hour"))?;
    let digits = minutes.bytes().take_while(u8::is_ascii_digit).count();
    let minute: u32 = minutes[..digits].parse().ok().filter(|minute| digits == 2 && *minute < 60)?;
    let tail = &minutes[digits..];
    let half = after_space(tail).map(|behind| {
        let end = behind.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(behind.len());
        &behind[..end]
    });
    let half = half
        .filter(|half| place.is_listed(half.trim_end_matches('.'), HALVES) || place.is_listed(half, HALVES));
    let is_measured = after_space(tail).is_some_and(|behind| place.values.unit_at_start(behind).is_some());
    let is_clock = place.is_listed(&place.word_before(), CLOCK_PREPOSITION)
        && !is_measured
        && !tail.starts_with(|c: char| {
            c.is_alphanumeric()
                || matches!(c, '-' | '.' | ',' | ':') && tail[1..].starts_with(|c: char| c.is_ascii_digit())
        })
        && word_at_start(after_space(tail).unwrap_or_default()).is_empty();
    let end = place.text.len() - minutes.len() + digits;
    let (end, forms) = match half {
        Some(half) => {
            let twelve = if hour > 12 { hour - 12 } else { hour.max(1) };
            let end = end + tail.len() - after_space(tail)?.len() + half.len();
            (end, vec![format!("{twelve}:{minute:02} {half}"), format!("{hour}:{minute:02}")])
        }
        None if is_clock => (end, vec![format!("{hour}:{minute:02}")]),
        None => return None,
    };
    Some(Odd { start: place.numeral.start, end, what: "is a time as another language says it", forms })
}
