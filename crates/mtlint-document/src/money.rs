//! Sums of money: a numeral with what names its currency before or behind it.

use super::Document;
use super::numerals::Numeral;
use mtlint_lang::LanguagePack;
use mtlint_text::Span;

/// The words that multiply a numeral: `million`.
const SCALES: &str = "number-scale";

/// A numeral with the currency it is an amount of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The digits, and their shape.
    pub numeral: Numeral,
    /// The digits with the word of scale behind them: `1.5 million`.
    pub amount: Span,
    /// What names the currency before the amount.
    pub before: Option<Denomination>,
    /// What names it behind.
    pub after: Option<Denomination>,
}

/// What names a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denomination {
    pub span: Span,
    pub form: Form,
    /// The ISO 4217 codes of all currencies it may name.
    pub codes: Vec<String>,
}

impl Denomination {
    /// Whether both may name the same currency.
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.codes.iter().any(|code| other.codes.contains(code))
    }
}

/// How a currency is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `$`
    Sign,
    /// `USD`
    Code,
    /// `dollars`
    Name,
}

impl Sum {
    /// Both denominations, those there are.
    pub fn denominations(&self) -> impl Iterator<Item = &Denomination> {
        self.before.iter().chain(&self.after)
    }
}

/// All sums of money among the numerals.
pub(super) fn find(document: &Document, numerals: &[Numeral]) -> Vec<Sum> {
    let sums = numerals.iter().enumerate().filter_map(|(index, numeral)| {
        let next = numerals.get(index + 1).map_or(usize::MAX, |next| next.span.lo());
        sum(document, *numeral, next)
    });
    sums.collect()
}

fn sum(document: &Document, numeral: Numeral, next: usize) -> Option<Sum> {
    let text = document.text();
    let amount = with_scale(document, numeral.span);
    let before = denomination_before(document.pack(), text, numeral.span.lo());
    // A sign right before the next numeral is that one's.
    let after = denomination_after(document.pack(), text, amount.hi())
        .filter(|after| after.form == Form::Name || after.span.hi() != next);
    (before.is_some() || after.is_some()).then_some(Sum { numeral, amount, before, after })
}

fn with_scale(document: &Document, digits: Span) -> Span {
    let text = document.text();
    let rest = &text[digits.hi()..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '-', '\u{202f}']).len();
    let word = word_at(text, digits.hi() + gap);
    let is_scale = !word.is_empty() && document.pack().words(SCALES).contains(word.of(text));
    if is_scale { digits.cover(word) } else { digits }
}

/// The letters from `start` on.
fn word_at(text: &str, start: usize) -> Span {
    let length = text[start..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - start);
    Span::new(start, start + length)
}

fn denomination_before(pack: &LanguagePack, text: &str, end: usize) -> Option<Denomination> {
    let before = text[..end].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    if end - before.len() > 2 {
        return None;
    }
    let sign = pack.currencies().sign_at_end(before).filter(|(sign, _)| {
        // Letters must stand alone, and a bare sign may follow letters of its own: `HK$`.
        let rest = &before[..before.len() - sign.len()];
        !rest.ends_with(char::is_alphanumeric)
    });
    if let Some((sign, codes)) = sign {
        let span = Span::new(before.len() - sign.len(), before.len());
        return Some(Denomination { span, form: Form::Sign, codes: codes.to_vec() });
    }
    let start = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    code(pack, text, Span::new(start, before.len()))
}

fn denomination_after(pack: &LanguagePack, text: &str, start: usize) -> Option<Denomination> {
    let rest = &text[start..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '-']).len();
    if gap > 2 {
        return None;
    }
    let at = start + gap;
    let sign = pack.currencies().sign_at_start(&text[at..]).filter(|(sign, _)| {
        let rest = &text[at + sign.len()..];
        // Letters must stand alone; a sign before a digit is that number's.
        !rest.starts_with(|c: char| {
            c.is_alphanumeric() && (sign.ends_with(char::is_alphabetic) || c.is_numeric())
        })
    });
    if let Some((sign, codes)) = sign {
        let span = Span::new(at, at + sign.len());
        return Some(Denomination { span, form: Form::Sign, codes: codes.to_vec() });
    }
    let word = word_at(text, at);
    if word.is_empty() {
        return None;
    }
    code(pack, text, word).or_else(|| name(pack, text, word))
}

fn code(pack: &LanguagePack, text: &str, word: Span) -> Option<Denomination> {
    let name = word.of(text);
    let known = name.len() == 3
        && name.bytes().all(|b| b.is_ascii_uppercase())
        && pack.currencies().get(name).is_some();
    known.then(|| Denomination { span: word, form: Form::Code, codes: vec![name.to_owned()] })
}

/// The name of a currency that begins with the word: `dollars`, `US dollars`, `Canadian dollars`.
fn name(pack: &LanguagePack, text: &str, word: Span) -> Option<Denomination> {
    let currencies = pack.currencies();
    let codes = currencies.named(word.of(text));
    if !codes.is_empty() {
        return Some(Denomination { span: word, form: Form::Name, codes: codes.to_vec() });
    }
    // Where it is from stands before it.
    let place = word.of(text);
    let next = word_at(text, word.hi() + usize::from(text[word.hi()..].starts_with(' ')));
    let is_from = |code: &&String| {
        currencies.get(code).is_some_and(|currency| currency.places.iter().any(|name| name == place))
    };
    let from: Vec<String> = currencies.named(next.of(text)).iter().filter(is_from).cloned().collect();
    (!from.is_empty()).then(|| Denomination { span: word.cover(next), form: Form::Name, codes: from })
}
