//! Quantities and sums whose parts stand as in another language, or twice.

use super::super::{SPACES, after_space, word_at_start};
use super::parts::{behind_joint, grouped, spelt};
use super::{Odd, Place};
use mtlint_lang::tagger::PartOfSpeech;

/// Words between the ends of a range, in some language.
const RANGE: &str = "range-word";
const DETERMINERS: &str = "determiner";
const FUNCTION_WORDS: &str = "function-words";
/// What says along which way something is measured: `high`.
const DIMENSION: &str = "dimension-adjective";

/// Nouns that measure and are no whole unit: `degree`.
const MEASURES: &str = "measure-noun";

/// The dashes that stand for no cents.
const DASHES: [char; 3] = ['-', '–', '—'];

/// The units whose plural is no other word in some varieties of English, or which are other words: `six foot two`.
const PLAIN_PLURALS: [&str; 5] = ["foot", "pound", "tonne", "inch", "percent"];

/// What `52 of percents` is without its preposition and its plural.
const PERCENTS: [&str; 2] = ["percents", "percent"];

pub(super) fn odd(place: &Place<'_>) -> Option<Odd> {
    said_twice(place)
        .or_else(|| range(place))
        .or_else(|| scale(place))
        .or_else(|| no_cents(place))
        .or_else(|| money_twice(place))
        .or_else(|| unit(place))
        .or_else(|| comma_before_unit(place))
        .or_else(|| torn_thousands(place))
}

impl Place<'_> {
    /// The odd value from the digits to so many bytes behind them.
    fn until(&self, length: usize, what: &'static str, forms: Vec<String>) -> Option<Odd> {
        Some(Odd { start: self.numeral.start, end: self.numeral.end + length, what, forms })
    }
}

/// `24 twenty-four`, `3three`.
fn said_twice(place: &Place<'_>) -> Option<Odd> {
    let number = place.numeral.whole()?;
    let after = place.after();
    let words = behind_joint(after);
    let (spelt, length) = spelt(place.values, words)?;
    let end = after.len() - words.len() + length;
    // `7 seven-year-olds` counts children.
    let goes_on = after[end..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    if number != spelt || goes_on || number == 1 || place.before().ends_with('(') {
        return None;
    }
    let forms = vec![place.numeral.text.to_owned(), words[..length].to_owned()];
    place.until(end, "says the same number twice", forms)
}

/// `5 until to 12`, `5 bis 12`.
fn range(place: &Place<'_>) -> Option<Odd> {
    let after = place.after();
    let (mut at, mut words, mut own) = (0, 0, 0);
    let mut usual = "";
    while words < 3 {
        let Some(rest) = after_space(&after[at..]) else { break };
        let word = if rest.starts_with(DASHES) {
            &rest[..rest.chars().next().map_or(1, char::len_utf8)]
        } else {
            word_at_start(rest)
        };
        if word.is_empty() || !(rest.starts_with(DASHES) || place.is_listed(word, RANGE)) {
            break;
        }
        let is_own = rest.starts_with(DASHES) || place.is_listed(word, FUNCTION_WORDS);
        own += usize::from(is_own);
        if is_own {
            usual = word;
        }
        words += 1;
        at = after.len() - rest.len() + word.len();
    }
    let rest = after_space(&after[at..])?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    // `5 a 12` is a range in Spanish; so is a word of range beside another one.
    let is_odd = words >= 2 || words == 1 && own == 0;
    if words == 0 || digits == 0 || !is_odd || rest[digits..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let last = &rest[..digits];
    let first = place.numeral.text;
    let word = if usual.is_empty() || usual.starts_with(DASHES) { "to" } else { usual };
    let forms = vec![
        format!("{first} to {last}"),
        format!("{first}–{last}"),
        format!("{first}-{last}"),
        format!("{first} {word} {last}"),
    ];
    place.until(
        after.len() - rest.len() + digits,
        "has the words of two ranges, or of another language",
        forms,
    )
}

/// `2 millions of viewers`, `60 ten thousand`.
fn scale(place: &Place<'_>) -> Option<Odd> {
    let after = place.after();
    let words = after_space(after)?;
    let first = word_at_start(words);
    let gap = after.len() - words.len();
    let before_noun = |rest: &str| after_space(rest).map(word_at_start).unwrap_or_default().to_owned();
    if let Some(single) = first.strip_suffix('s')
        && place.values.scale(single).is_some_and(|power| power >= 2)
    {
        let rest = &words[first.len()..];
        let next = before_noun(rest);
        let of = next == "of";
        let behind = if of { before_noun(&rest[1 + next.len()..]) } else { next };
        // `2 millions of the euros`: what follows is a part of them.
        let is_counted = !behind.is_empty() && !place.is_listed(&behind, DETERMINERS);
        if of && !is_counted {
            return None;
        }
        let end = gap + first.len() + if of { 3 } else { 0 };
        let form = format!("{} {single}", place.numeral.text);
        return place.until(end, "has a plural that English does not have behind a number", vec![form]);
    }
    // `4 million thousand`: what is counted in millions is not counted in thousands of them.
    let next = after_space(&words[first.len()..]).map(word_at_start).unwrap_or_default();
    let powers = [first, next].map(|word| place.values.scale(&word.to_lowercase()));
    if let [Some(power), Some(second)] = powers
        && power >= 6
        && (3..power).contains(&second)
    {
        return place.until(
            gap + first.len() + 1 + next.len(),
            "has two words of scale that no number has",
            Vec::new(),
        );
    }
    // What East Asian languages count in ten thousands.
    let (number, length) = spelt(place.values, words)?;
    let power =
        place.values.scale(word_at_start(after_space(&words[length..])?)).filter(|power| *power >= 3)?;
    let scale = word_at_start(after_space(&words[length..])?);
    let count = place
        .numeral
        .whole()
        .filter(|_| number == 10 && (place.numeral.text.len() < 4 || place.numeral.text.contains(',')))?;
    let product = u64::from(count) * u64::from(number) * 10_u64.checked_pow(u32::try_from(power).ok()?)?;
    let mark = place.document.pack().numbers()?.grouping.first().cloned()?;
    let mut forms = vec![grouped(product, &mark.to_string())];
    if product >= 1_000_000 && product.is_multiple_of(100_000) {
        let (whole, tenth) = (product / 1_000_000, product % 1_000_000 / 100_000);
        forms.insert(
            0,
            if tenth == 0 { format!("{whole} million") } else { format!("{whole}.{tenth} million") },
        );
    }
    place.until(gap + length + 1 + scale.len(), "counts in ten thousands, as East Asian languages do", forms)
}

/// `38,- euro`: a dash for no cents.
fn no_cents(place: &Place<'_>) -> Option<Odd> {
    const WHAT: &str = "has a dash for no cents, as German and Dutch write it";
    let currencies = place.document.pack().currencies();
    let after = place.after();
    let rest = after.strip_prefix([',', '.'])?.strip_prefix(DASHES)?.trim_start_matches(DASHES);
    if rest.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let number = place.numeral.text;
    let behind = after_space(rest).unwrap_or(rest);
    let word = word_at_start(behind);
    let (length, codes) = match currencies.sign_at_start(behind) {
        Some((sign, codes)) => (sign.len(), codes),
        None => (word.len(), currencies.named(&word.to_lowercase())),
    };
    if !codes.is_empty() {
        // Of several currencies of a name the one with the plainest sign.
        let signs = codes.iter().filter_map(|code| currencies.get(code)?.signs.first());
        let sign = signs.min_by_key(|sign| sign.len());
        let mut forms: Vec<String> = sign.iter().map(|sign| format!("{sign}{number}")).collect();
        forms.push(format!("{number} {}", behind[..length].to_lowercase()));
        return place.until(after.len() - behind.len() + length, WHAT, forms);
    }
    let is_money = currencies.sign_at_end(place.before().trim_end_matches(SPACES)).is_some();
    is_money.then(|| place.until(after.len() - rest.len(), WHAT, vec![number.to_owned()]))?
}

/// `25,000 US dollars $`: a sign behind the name.
fn money_twice(place: &Place<'_>) -> Option<Odd> {
    let span = |sum: &mtlint_document::Sum| sum.numeral.span;
    let offset = place.offset;
    let sums = place.document.sums();
    let at = sums.partition_point(|sum| span(sum).lo() < offset + place.numeral.start);
    let sum = sums.get(at).filter(|sum| span(sum).lo() == offset + place.numeral.start)?;
    let name = sum.after.as_ref().filter(|_| sum.before.is_none())?;
    let end = name.span.hi() - offset;
    let rest = &place.text[end..];
    let behind = after_space(rest).unwrap_or(rest);
    let (sign, codes) = place.document.pack().currencies().sign_at_start(behind)?;
    let next = &behind[sign.len()..];
    let agrees = codes.iter().any(|code| name.codes.contains(code));
    if !agrees || next.starts_with(|c: char| c.is_alphanumeric()) || sign.chars().all(char::is_alphabetic) {
        return None;
    }
    let number = &place.text[place.numeral.start..sum.amount.hi() - offset];
    let forms = vec![format!("{sign}{number}"), place.text[place.numeral.start..end].to_owned()];
    let whole = place.text.len() - next.len();
    place.until(whole - place.numeral.end, "names the currency twice", forms)
}

/// `39 of degrees`, `80 centimeter high of water`.
fn unit(place: &Place<'_>) -> Option<Odd> {
    let after = place.after();
    let words = after_space(after)?;
    let (of, rest) = match words.strip_prefix("of ") {
        Some(rest) => (true, rest),
        None => (false, words),
    };
    let word = word_at_start(rest);
    if of && PERCENTS.contains(&word) {
        let end = after.len() - rest.len() + word.len();
        let form = vec![format!("{} percent", place.numeral.text)];
        return place.until(end, "has an `of` between number and unit, as other languages do", form);
    }
    let is_degree = place.is_listed(word, MEASURES);
    let unit = match place.values.unit_at_start(rest) {
        Some((units, length)) if length == word.len() => units.first()?.as_str(),
        _ if is_degree => "degree",
        _ => return None,
    };
    let length = word.len();
    let is_money = unit.bytes().all(|byte| byte.is_ascii_uppercase());
    if word != word.to_lowercase() || length < 4 || is_money || PLAIN_PLURALS.contains(&unit) {
        return None;
    }
    let number = place.numeral.text;
    let plural = format!("{word}s");
    let is_singular = place.values.unit_at_start(&plural).is_some_and(|(_, length)| length == plural.len())
        || place.is_listed(&plural, MEASURES);
    let many = if is_singular && number != "1" { plural } else { word.to_owned() };
    let end = after.len() - rest.len() + length;
    let tail = &rest[length..];
    if of {
        let is_calendar = matches!(unit, "day" | "year" | "month" | "week" | "hour" | "minute" | "second");
        let form = vec![format!("{number} {many}")];
        return (!is_calendar)
            .then(|| place.until(end, "has an `of` between number and unit, as other languages do", form))?;
    }
    // `120 kilometres in hour`: a rate by a preposition of another language.
    if let Some(rest) = tail.strip_prefix(" in ")
        && let Some((times, length)) = place.values.unit_at_start(rest)
        && times.first().is_some_and(|time| {
            rest[..length] == **time && matches!(time.as_str(), "second" | "minute" | "hour" | "day")
        })
    {
        let time = &rest[..length];
        let article = if time == "hour" { "an" } else { "a" };
        let forms = vec![format!("{number} {many} {article} {time}"), format!("{number} {many} per {time}")];
        let whole = after.len() - rest.len() + length;
        return place.until(whole, "has a rate as another language says it", forms);
    }
    // A measure before a noun is singular: `an 80 kilometre stretch`.
    let before = place.word_before();
    let is_single = !is_singular || number == "1" || number.starts_with("0.") || number == "1.0";
    if is_single || place.is_listed(&before, DETERMINERS) || place.before().ends_with(['-', '/', '(']) {
        return None;
    }
    // `80 centimetre high of water`
    let next = after_space(tail).map(word_at_start).unwrap_or_default();
    let behind = after_space(tail).map(|it| &it[next.len()..]).unwrap_or_default();
    if !place.is_listed(next, DIMENSION) || !behind.starts_with(" of ") {
        return None;
    }
    let forms = vec![format!("{number} {many} of"), format!("{number} {many}")];
    place.until(end + 1 + next.len() + " of".len(), "measures as another language does", forms)
}

/// `41,5p`: a comma for the decimal point right before a unit.
fn comma_before_unit(place: &Place<'_>) -> Option<Odd> {
    let style = place.document.pack().numbers()?;
    let (whole, fraction) = place.numeral.text.split_once(',')?;
    if style.decimal != '.' || fraction.len() > 2 || fraction.contains(['.', ',']) || whole.contains('.') {
        return None;
    }
    let after = place.after();
    let behind = after_space(after).unwrap_or(after);
    let is_glued = behind.len() == after.len();
    let word = word_at_start(behind);
    let is_pence = is_glued && word == "p";
    let length = place.values.unit_at_start(behind).map_or(0, |(_, length)| length);
    let is_unit = length > 0 && (length >= 2 || is_glued) && length >= word.len();
    let is_listed = place.before().trim_end().ends_with(|c: char| c == ',' || c.is_ascii_digit());
    let form = format!("{whole}.{fraction}");
    ((is_pence || is_unit) && !is_listed)
        .then(|| place.until(0, "has a comma where the text's language has a point", vec![form]))?
}

/// `milk from 1, 140 farms`: the mark of thousands with a space behind it.
fn torn_thousands(place: &Place<'_>) -> Option<Odd> {
    let first = place.numeral.text;
    let rest = place.after().strip_prefix(',')?.strip_prefix(SPACES)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let tail = &rest[digits..];
    if !place.numeral.is_whole()
        || first.len() > 3
        || first.starts_with('0')
        || digits != 3
        || tail.starts_with([',', '.', '-', ':', '/', '%'])
    {
        return None;
    }
    // What is counted stands behind: a noun in the plural, and no list goes on.
    let noun = word_at_start(after_space(tail)?);
    let form = place.document.tagger()?.forms().find(noun)?;
    let is_counted = noun.ends_with('s')
        && form.usual.part() == PartOfSpeech::Noun
        && noun.starts_with(char::is_lowercase);
    let before = place.word_before();
    let word = place.document.tagger()?.forms().find(&before)?;
    let is_governed = match word.usual.part() {
        PartOfSpeech::Verb => true,
        PartOfSpeech::Adposition | PartOfSpeech::Adverb => {
            !place.is_listed(&before, "date-preposition") || before == "from" || before == "to"
        }
        _ => false,
    };
    if !is_counted || !is_governed || place.values.month(&before).is_some() {
        return None;
    }
    let right = format!("{first},{}", &rest[..digits]);
    let length = place.after().len() - tail.len();
    place.until(length, "is a number in pieces", vec![right])
}
