//! The values a text states: numbers in digits and in words, with their powers of ten and units,
//! and months. May use `lang` and `text`.

use mtlint_lang::{Amount, ValueWords, is_unspaced};
use mtlint_text::Span;

/// A number, as one place of a text writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The digits with their marks, and the power of ten behind them.
    pub span: Span,
    /// What it may mean: `1.234` is two numbers until the language is sure.
    pub amounts: Vec<Amount>,
    /// The digits as they stand, `12345` of `12,345`; empty for a number in words.
    pub digits: String,
    /// The units and currencies that may stand beside it, by name.
    pub units: Vec<String>,
    /// Whether it names a decade: `1920s`.
    pub is_decade: bool,
}

/// A month by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    pub span: Span,
    /// From 1.
    pub number: u32,
}

/// All values of a text.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// In digits, in text order.
    pub numbers: Vec<Value>,
    /// In words, in text order.
    pub words: Vec<Value>,
    pub months: Vec<Month>,
    /// How often per cent is said, beside a number in digits or not.
    pub percents: usize,
}

impl Values {
    /// Reads a text, outside of the masked stretches, which are sorted.
    pub fn of(text: &str, masked: &[Span], words: &ValueWords) -> Self {
        let mut values = Self { percents: words.count_percents(text), ..Self::default() };
        let mut at = 0;
        for stretch in masked.iter().copied().chain([Span::at(text.len())]) {
            if stretch.lo() > at {
                Reader { text: &text[..stretch.lo()], words, out: &mut values }.read(at);
            }
            at = at.max(stretch.hi());
        }
        values
    }
}

struct Reader<'t, 'v> {
    /// Up to where it is read.
    text: &'t str,
    words: &'t ValueWords,
    out: &'v mut Values,
}

/// The value of a digit of any script that counts in tens.
pub fn digit_value(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Digits with the marks between them.
struct Numeral {
    end: usize,
    groups: Vec<String>,
    /// The marks between the groups.
    marks: Vec<char>,
}

impl Reader<'_, '_> {
    fn read(&mut self, from: usize) {
        let mut at = from;
        while let Some(c) = self.text[at..].chars().next() {
            if digit_value(c).is_some() {
                at = self.number(at);
            } else if c.is_alphabetic() {
                at = self.word(at);
            } else {
                if let Some(amount) = fraction(c) {
                    let span = Span::new(at, at + c.len_utf8());
                    self.say(span, vec![amount]);
                }
                at += c.len_utf8();
            }
        }
    }

    fn numeral(&self, start: usize) -> Numeral {
        let digits = |from: usize| -> (String, usize) {
            let mut group = String::new();
            let mut end = from;
            for c in self.text[from..].chars() {
                let Some(digit) = digit_value(c) else { break };
                group.push(char::from(b'0' + digit));
                end += c.len_utf8();
            }
            (group, end)
        };
        let (first, mut end) = digits(start);
        let is_head = first.len() <= 3 && !first.starts_with('0');
        let (mut groups, mut marks) = (vec![first], Vec::new());
        let (mut is_threes, mut is_uniform) = (true, true);
        while let Some(mark) = self.text[end..].chars().next() {
            if !is_space(mark) && !matches!(mark, '.' | ',' | '\'' | '’' | '٬' | '٫' | '，' | '．') {
                break;
            }
            let (group, after) = digits(end + mark.len_utf8());
            // A space parts groups of three, and nothing else.
            is_uniform &= marks.last().is_none_or(|last| *last == mark);
            let parts = group.len() == 3 && is_head && is_threes && is_uniform;
            if group.is_empty() || is_space(mark) && !parts {
                break;
            }
            is_threes &= group.len() == 3;
            groups.push(group);
            marks.push(mark);
            end = after;
        }
        Numeral { end, groups, marks }
    }

    /// Reads the number that begins at `start`; returns where it ends.
    fn number(&mut self, start: usize) -> usize {
        let numeral = self.numeral(start);
        let readings = readings(&numeral);
        if readings.is_empty() {
            // A date, a version, a list: each part by itself.
            let mut at = start;
            for group in &numeral.groups {
                let from = at + self.text[at..].find(|c| digit_value(c).is_some()).unwrap_or(0);
                let length: usize = self.text[from..].chars().take(group.len()).map(char::len_utf8).sum();
                self.push(Span::new(from, from + length), vec![amount(group, 0)], group.clone());
                at = from + length;
            }
            return numeral.end;
        }
        let digits = numeral.groups.concat();
        let (amounts, end) = self.with_scale(readings, numeral.end);
        self.push(Span::new(start, end), amounts, digits);
        end
    }

    /// The amounts with the powers of ten that follow at `end`, and where these end.
    fn with_scale(&self, amounts: Vec<Amount>, end: usize) -> (Vec<Amount>, usize) {
        let rest = &self.text[end..];
        let spaces: usize = rest.chars().take_while(|c| is_space(*c)).map(char::len_utf8).sum();
        let (mut power, mut length) = (0, 0);
        for c in rest[spaces..].chars() {
            match self.words.character(c) {
                Some(exponent) => power += exponent,
                None => break,
            }
            length += c.len_utf8();
        }
        if length > 0 {
            length += spaces;
            let scaled: Vec<Amount> = amounts.iter().map(|amount| amount.scaled(power)).collect();
            // `1億2000万`: what follows is added, if it is less.
            let next = end + length + self.text[end + length..].len()
                - self.text[end + length..].trim_start_matches(is_space).len();
            if self.text[next..].starts_with(|c| digit_value(c).is_some()) {
                let numeral = self.numeral(next);
                let (more, after) = self.with_scale(readings(&numeral), numeral.end);
                if let (Some(first), Some(second)) = (scaled.first(), more.first())
                    && second.to_f64() < 10_f64.powi(power)
                    && let Some(sum) = first.plus(*second)
                {
                    return (vec![sum], after);
                }
            }
            return (scaled, end + length);
        }
        let spaces = rest.len() - rest.trim_start_matches(|c| is_space(c) || c == '-').len();
        let rest = &rest[spaces..];
        let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
        match self.words.scale(&word.to_lowercase()) {
            // A word that is a unit as well, such as the miles of Czech: either may be meant.
            Some(power) if !word.is_empty() && self.words.unit_at_start(rest).is_some() => {
                let scaled = amounts.iter().map(|amount| amount.scaled(power));
                (amounts.iter().copied().chain(scaled).collect(), end)
            }
            Some(power) if !word.is_empty() => {
                (amounts.iter().map(|amount| amount.scaled(power)).collect(), end + spaces + word.len())
            }
            _ => (amounts, end),
        }
    }

    fn push(&mut self, span: Span, amounts: Vec<Amount>, digits: String) {
        let mut amounts = amounts;
        let in_era = amounts
            .first()
            .and_then(|amount| amount.to_whole())
            .and_then(|year| self.words.year_of_era(&self.text[..span.lo()], year));
        amounts.extend(in_era.map(Amount::whole));
        let after =
            self.text[span.hi()..].trim_start_matches(|c: char| is_space(c) || matches!(c, '-' | '‐'));
        let before = self.text[..span.lo()].trim_end_matches(is_space);
        let mut units: Vec<String> = Vec::new();
        if let Some((found, _)) = self.words.unit_at_start(after) {
            units.extend_from_slice(found);
        }
        if let Some(found) = self.words.unit_at_end(before) {
            units.extend_from_slice(found);
        }
        if let Some(number) = self.month_of(&amounts, span) {
            self.out.months.push(number);
        }
        let is_decade =
            matches!(self.text[span.hi()..].trim_start_matches(['\'', '’']).chars().next(), Some('s' | 'e'));
        self.out.numbers.push(Value { span, amounts, digits, units, is_decade });
    }

    /// The month that a number with `月` or `월` behind it is.
    fn month_of(&self, amounts: &[Amount], span: Span) -> Option<Month> {
        let number = amounts.first()?.to_whole().filter(|number| (1..=12).contains(number))?;
        self.text[span.hi()..]
            .trim_start_matches(is_space)
            .starts_with(['月', '월'])
            .then_some(Month { span, number })
    }

    /// Notes a number in words.
    fn say(&mut self, span: Span, amounts: Vec<Amount>) {
        let after = self.text[span.hi()..].trim_start_matches(|c: char| is_space(c) || c == '-');
        let units = self.words.unit_at_start(after).map(|(units, _)| units.to_vec()).unwrap_or_default();
        self.out.words.push(Value { span, amounts, digits: String::new(), units, is_decade: false });
    }

    /// Reads the word that begins at `start`; returns where it ends.
    fn word(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        if rest.starts_with(is_unspaced) {
            return self.unspaced(start);
        }
        let is_part =
            |c: char| c.is_alphabetic() && !is_unspaced(c) || is_combining(c) || c == '’' || c == '\'';
        let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len()).max(first);
        let word = &rest[..length];
        let end = start + length;
        let lower = word.to_lowercase();
        let span = Span::new(start, end);
        if let Some(number) = self.words.month(word).filter(|_| self.is_month_here(span)) {
            self.out.months.push(Month { span, number });
        }
        let mut amounts = self.words.numbers(&lower).to_vec();
        // Arabic writes its article and some prepositions as a part of the word.
        for prefix in ["وال", "ال", "و", "ب", "ل"] {
            if let Some(stem) = lower.strip_prefix(prefix) {
                amounts.extend_from_slice(self.words.numbers(stem));
            }
        }
        amounts.extend(roman(word));
        amounts.extend(self.words.scale(&lower).map(|power| Amount::whole(1).scaled(power)));
        if amounts.is_empty() {
            return end;
        }
        let joined = self.joined(start, &amounts);
        amounts.extend(joined);
        self.say(span, amounts);
        end
    }

    /// Whether a short word, which may be another one, stands beside a number as a month does.
    fn is_month_here(&self, span: Span) -> bool {
        const FEWEST: usize = 5;
        const REACH: usize = 4;
        let is_digit = |c: char| digit_value(c).is_some();
        span.of(self.text).chars().count() >= FEWEST
            || self.text[..span.lo()].chars().rev().take(REACH).any(is_digit)
            || self.text[span.hi()..].chars().take(REACH).any(is_digit)
    }

    /// What the number word at `start` makes together with those right before it: `twenty-five`,
    /// `two hundred`, `three million`.
    fn joined(&self, start: usize, amounts: &[Amount]) -> Vec<Amount> {
        let before = match self.out.words.last() {
            Some(last)
                if self.text[last.span.hi()..start].chars().all(|c| is_space(c) || c == '-')
                    || self.text[last.span.hi()..start].trim_matches(is_space).chars().count() <= 3
                        && start - last.span.hi() <= 8
                        && self.text[last.span.hi()..start]
                            .chars()
                            .all(|c| is_space(c) || c.is_alphabetic()) =>
            {
                &last.amounts
            }
            _ => return Vec::new(),
        };
        let mut sums = Vec::new();
        for a in before.iter().take(4) {
            for b in amounts.iter().take(4) {
                // Arabic says the ones before the tens: `five and twenty`.
                let is_turned =
                    a.to_f64() < 10.0 && (self.text[start..].starts_with('و') || *b == Amount::whole(10));
                if b.to_f64() < a.to_f64() || is_turned {
                    sums.extend(a.plus(*b));
                }
                if let Some(power) = power_of_ten(*b) {
                    sums.push(a.scaled(power));
                }
            }
        }
        sums
    }

    /// Reads a stretch of a script without spaces: numbers in Chinese characters, and words of one to
    /// three characters. Returns where it goes on.
    fn unspaced(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let han: usize = rest
            .chars()
            .take_while(|c| han_digit(*c).is_some() || han_power(*c).is_some())
            .map(char::len_utf8)
            .sum();
        if han > 0 {
            let span = Span::new(start, start + han);
            let amounts = han_amounts(&rest[..han]);
            if self.text[span.hi()..].starts_with('月')
                && let Some(number) = amounts
                    .first()
                    .and_then(|amount| amount.to_whole())
                    .filter(|number| (1..=12).contains(number))
            {
                self.out.months.push(Month { span, number });
            }
            self.say(span, amounts);
            return span.hi();
        }
        let ends: Vec<usize> = rest.char_indices().take(3).map(|(at, c)| at + c.len_utf8()).collect();
        for end in ends.iter().rev() {
            let amounts = self.words.numbers(&rest[..*end]);
            if !amounts.is_empty() && rest[..*end].chars().all(is_unspaced) {
                // `수천만`: a power of ten behind another multiplies it.
                let powers = rest[*end..].chars().map_while(|c| Some((c.len_utf8(), hangul_power(c)?)));
                let (length, power) =
                    powers.fold((0, 0), |(length, power), (bytes, more)| (length + bytes, power + more));
                let span = Span::new(start, start + end + length);
                let amounts = amounts.iter().map(|amount| amount.scaled(power)).collect();
                self.say(span, amounts);
                return span.hi();
            }
        }
        start + ends.first().copied().unwrap_or(1)
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{ad}')
}

fn amount(digits: &str, decimals: usize) -> Amount {
    Amount::of_digits(digits.bytes().map(|byte| byte - b'0'), decimals)
}

/// What a numeral may mean; nothing when its parts are numbers of their own.
fn readings(numeral: &Numeral) -> Vec<Amount> {
    let Numeral { groups, marks, .. } = numeral;
    let all = groups.concat();
    let Some((last, inner)) = marks.split_last() else { return vec![amount(&all, 0)] };
    let fraction = groups[groups.len() - 1].len();
    let head = groups[0].len() <= 3 && !groups[0].starts_with('0');
    let threes = |groups: &[String]| groups.iter().all(|group| group.len() == 3);
    let is_point = matches!(last, '.' | ',' | '٫' | '．' | '，');
    if inner.is_empty() {
        return match (head && fraction == 3, is_point) {
            (true, true) => vec![amount(&all, 0), amount(&all, 3)],
            (true, false) => vec![amount(&all, 0)],
            (false, true) => vec![amount(&all, fraction)],
            (false, false) => Vec::new(),
        };
    }
    let uniform = inner.iter().all(|mark| *mark == inner[0]);
    // Lakhs and crores: groups of two before the last of three.
    let indian = groups[0].len() <= 2
        && groups[1..groups.len() - 1].iter().all(|group| group.len() == 2)
        && fraction == 3;
    if head && uniform && inner[0] == *last && (threes(&groups[1..]) || indian) {
        return vec![amount(&all, 0)];
    }
    if head && uniform && inner[0] != *last && threes(&groups[1..groups.len() - 1]) && is_point {
        return vec![amount(&all, fraction)];
    }
    Vec::new()
}

fn fraction(c: char) -> Option<Amount> {
    Some(match c {
        '½' => Amount::of_digits([5], 1),
        '¼' => Amount::of_digits([2, 5], 2),
        '¾' => Amount::of_digits([7, 5], 2),
        _ => return None,
    })
}

fn power_of_ten(amount: Amount) -> Option<i32> {
    (2..=12).find(|power| amount == Amount::whole(1).scaled(*power))
}

/// The number that a word of Roman numerals is, an ending of lower case left out: `XIX`, `XIXe`.
fn roman(word: &str) -> Option<Amount> {
    let numerals = &word
        [..word.find(|c: char| !matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M')).unwrap_or(word.len())];
    let ending = &word[numerals.len()..];
    if numerals.is_empty()
        || numerals.len() > 9
        || ending.chars().count() > 3
        || ending.chars().any(char::is_uppercase)
    {
        return None;
    }
    let value = |c: char| match c {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        'C' => 100,
        'D' => 500,
        _ => 1000,
    };
    let values: Vec<u32> = numerals.chars().map(value).collect();
    let mut sum = 0_u32;
    for (index, value) in values.iter().enumerate() {
        match values.get(index + 1) {
            Some(next) if next > value => {
                sum = sum.checked_sub(*value).unwrap_or_else(|| sum.wrapping_sub(*value))
            }
            _ => sum = sum.wrapping_add(*value),
        }
    }
    (1..4000).contains(&sum).then(|| Amount::whole(sum))
}

fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壱' => 1,
        '二' | '两' | '兩' | '弐' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn han_power(c: char) -> Option<i32> {
    Some(match c {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' | '萬' => 4,
        '億' | '亿' => 8,
        '兆' => 12,
        _ => return None,
    })
}

/// What a number word of Korean multiplies by, if it is a power of ten.
fn hangul_power(c: char) -> Option<i32> {
    Some(match c {
        '십' => 1,
        '백' => 2,
        '천' => 3,
        '만' => 4,
        '억' => 8,
        '조' => 12,
        _ => return None,
    })
}

/// What a number in Chinese characters means: `三百二十一`, `二〇二五`, `十`.
fn han_amounts(text: &str) -> Vec<Amount> {
    if text.chars().all(|c| han_digit(c).is_some()) {
        let digits: Vec<u8> = text.chars().filter_map(han_digit).map(|digit| digit as u8).collect();
        return vec![Amount::of_digits(digits, 0)];
    }
    let (mut total, mut section, mut current) = (0_u128, 0_u128, None::<u128>);
    for c in text.chars().take(24) {
        if let Some(digit) = han_digit(c) {
            current = Some(u128::from(digit));
            continue;
        }
        let power = 10_u128.pow(han_power(c).unwrap_or(0).unsigned_abs());
        if power < 10_000 {
            section += current.take().unwrap_or(1) * power;
        } else {
            let whole = section + current.take().unwrap_or(0);
            total =
                (total + if whole == 0 { 1 } else { whole }).saturating_mul(power).min(u128::MAX / 10_000);
            section = 0;
        }
    }
    let sum = total.saturating_add(section).saturating_add(current.unwrap_or(0));
    let digits: Vec<u8> = sum.to_string().bytes().map(|byte| byte - b'0').collect();
    vec![Amount::of_digits(digits, 0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::Language;

    fn numbers(language: &str, text: &str) -> Vec<f64> {
        let values = Values::of(text, &[], ValueWords::of(Language::parse(language).ok()));
        values.numbers.iter().map(|value| value.amounts[0].to_f64()).collect()
    }

    #[test]
    fn a_number_is_read_with_its_marks_and_powers_of_ten() {
        assert_eq!(numbers("en", "1,234.50 and 1.5 million of 12 boats"), [1234.5, 1_500_000.0, 12.0]);
        assert_eq!(numbers("de", "1.234,50 und 1,5 Millionen"), [1234.5, 1_500_000.0]);
        assert_eq!(numbers("fr", "1\u{202f}234\u{202f}567 bateaux"), [1_234_567.0]);
        assert_eq!(numbers("ja", "1億2000万人、150万"), [120_000_000.0, 1_500_000.0]);
        assert_eq!(numbers("en", "12,34,567 rupees on 4.3.2025"), [1_234_567.0, 4.0, 3.0, 2025.0]);
        assert_eq!(numbers("ar", "٢٥ كم"), [25.0]);
    }

    #[test]
    fn words_count_as_numbers_may() {
        let values = Values::of(
            "twenty-five boats of the XIX century",
            &[],
            ValueWords::of(Language::parse("en").ok()),
        );
        let has =
            |number: u32| values.words.iter().any(|value| value.amounts.contains(&Amount::whole(number)));
        assert!(has(25) && has(19) && has(20));
        let values = Values::of("三百二十一", &[], ValueWords::of(Language::parse("zh").ok()));
        assert_eq!(values.words[0].amounts, [Amount::whole(321)]);
    }

    #[test]
    fn months_are_found_by_name_and_by_sign() {
        let months = |language: &str, text: &str| -> Vec<u32> {
            let values = Values::of(text, &[], ValueWords::of(Language::parse(language).ok()));
            values.months.iter().map(|month| month.number).collect()
        };
        assert_eq!(months("de", "am 4. März"), [3]);
        assert_eq!(months("ja", "2025年3月4日"), [3]);
    }

    #[test]
    fn units_stand_on_either_side() {
        let values = Values::of("$75 for 25 MB and 80 %", &[], ValueWords::of(Language::parse("en").ok()));
        let units: Vec<&str> =
            values.numbers.iter().filter_map(|value| Some(value.units.first()?.as_str())).collect();
        assert_eq!(units, ["USD", "megabyte", "percent"]);
    }
}
