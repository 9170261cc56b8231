//! Characters written as in HTML, whole or torn: `&nbsp;`, `&#8217;`, `&amp;quot;`, `& amp;`, `&NBSP;`, `&quot`, `#39;`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, MaskKind};
use mtlint_text::{Edit, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// From the name of an entity to its character.
    names: BTreeMap<String, String>,
    /// The names that are no words, so that they are read without their semicolon.
    unclosed: Vec<String>,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::block(move |document, block, report| check(&settings, document, block, report)))
}

/// How many bytes the name of an entity has at most.
const LONGEST: usize = 10;

/// How many spaces may stand where a tokenizer tore an entity apart.
const LONGEST_GAP: usize = 2;

/// How deep an ampersand may be escaped: `&amp;amp;amp;`.
const DEEPEST: usize = 4;

fn check(settings: &Settings, document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    let mut from = 0;
    while let Some(found) = text[from..].find(['&', '＆', '#']) {
        let start = from + found;
        from = start + text[start..].chars().next().map_or(1, char::len_utf8);
        let Some((length, character)) = entity(settings, &text[..start], &text[start..]) else { continue };
        from = start + length;
        let span = Span::new(start, from).shifted(block.span.lo());
        let masked = document.mask().overlapping(span);
        if masked.is_some_and(|(_, kind)| matches!(kind, MaskKind::Url | MaskKind::Code)) {
            continue;
        }
        let finding = report.add(span, format!("`{}` was not decoded", document.slice(span)));
        let own = document.in_own_marks(&character);
        let is_ampersand = character == "&";
        finding.fix(Fix::safe(format!("write `{character}`"), vec![Edit::replace(span, character)]));
        if let Some(own) = own {
            finding.fix(Fix::unsafe_(format!("write `{own}`"), vec![Edit::replace(span, own)]));
        }
        // Between two words that no sign joins, it stands for nothing.
        if is_ampersand && document.text()[span.hi()..].starts_with(' ') {
            finding.fix(Fix::display("delete it", vec![Edit::delete(Span::new(span.lo(), span.hi() + 1))]));
        }
    }
}

/// The length of the entity that `text` begins with, and its character. An ampersand that is itself
/// written as an entity belongs to the entity that follows: `&amp;nbsp;`.
fn entity(settings: &Settings, before: &str, text: &str) -> Option<(usize, String)> {
    let Some(behind) = text.strip_prefix(['&', '＆']) else {
        // The ampersand was lost: `it#39;s`. By itself it may be the number of an item.
        if before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || c == '(' || c == '&') {
            return None;
        }
        let (length, character) = numeric(settings, text)?;
        return text[..length].ends_with([';', '；']).then_some((length, character));
    };
    let mut rest = behind;
    let mut best = None;
    for _ in 0..DEEPEST {
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        if gap > LONGEST_GAP {
            break;
        }
        let Some((length, character)) =
            named(settings, &rest[gap..], gap > 0).or_else(|| numeric(settings, &rest[gap..]))
        else {
            break;
        };
        rest = &rest[gap + length..];
        let is_ampersand = character == "&";
        best = Some((text.len() - rest.len(), character));
        if !is_ampersand {
            break;
        }
    }
    best
}

/// The length of what follows the ampersand of a named entity, and its character.
fn named(settings: &Settings, text: &str, is_torn: bool) -> Option<(usize, String)> {
    let length = text.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let whole = &text[..length];
    let (closing, is_torn) = match closing(&text[length..]) {
        Some(closing) => (closing, is_torn || closing > 1),
        None => (0, is_torn),
    };
    if closing > 0 {
        let known = settings.names.get(whole).or_else(|| {
            let small = whole.to_ascii_lowercase();
            // A name in capitals may be an abbreviation that stands by itself: `R& GE;`.
            settings.names.get(&small).filter(|_| !is_torn && settings.unclosed.contains(&small))
        });
        if let Some(character) = known {
            return Some((length + closing, character.clone()));
        }
    }
    // `&nbsp`, `&ampquot;`: without its semicolon, and only right behind the ampersand.
    let unclosed = settings.unclosed.iter().filter(|name| !is_torn && whole.starts_with(name.as_str()));
    let name = unclosed.max_by_key(|name| name.len())?;
    let goes_on = whole.len() > name.len();
    let is_escaped = name == "amp"
        && settings.unclosed.iter().any(|inner| whole[name.len()..].starts_with(inner.as_str()));
    (!goes_on || is_escaped).then(|| (name.len(), settings.names.get(name).cloned().unwrap_or_default()))
}

/// The length of a number that begins with `#`, and its character.
fn numeric(settings: &Settings, text: &str) -> Option<(usize, String)> {
    let rest = text.strip_prefix('#')?;
    let gap = rest.len() - rest.trim_start_matches(' ').len();
    let (radix, prefix) = if rest[gap..].starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = &rest[gap + prefix..];
    let count = digits.bytes().take(6).take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let code = u32::from_str_radix(&digits[..count], radix).ok()?;
    let character = char::from_u32(code).filter(|c| !c.is_control() && *c != '\0')?;
    let closing = closing(&digits[count..]).unwrap_or(0);
    let is_short = count < 2 || gap > LONGEST_GAP;
    // Without its semicolon only what is a mark: `&#8217`.
    let is_mark = settings.names.values().any(|name| name.starts_with(character)) || character == '\'';
    let is_cut =
        closing == 0 && (!is_mark || digits[count..].starts_with(char::is_alphanumeric) || count < 3);
    (!is_short && !is_cut).then(|| (1 + gap + prefix + count + closing, String::from(character)))
}

/// The length of the semicolon that `text` begins with, and of a space before it.
fn closing(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(' ').unwrap_or(text);
    let semicolon = rest.chars().next().filter(|c| matches!(c, ';' | '；'))?;
    Some(text.len() - rest.len() + semicolon.len_utf8())
}
