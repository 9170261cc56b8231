//! Characters written as in HTML: `&nbsp;`, `&#8217;`, `&amp;quot;`.

use crate::document::{Block, Document, MaskKind};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// From the name of an entity to its character.
    names: BTreeMap<String, String>,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let Settings { names } = params.read()?;
    Ok(CodeCheck::block(move |document, block, report| check(&names, document, block, report)))
}

/// How many bytes an entity has at most between `&` and `;`.
const LONGEST: usize = 10;

fn check(names: &BTreeMap<String, String>, document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'&', &text.as_bytes()[from..]) {
        let start = from + found;
        from = start + 1;
        let Some((length, character)) = entity(&text[start..], names) else { continue };
        from = start + length;
        let span = Span::new(start, from).shifted(block.span.lo());
        let masked = document.mask().overlapping(span);
        if masked.is_some_and(|(_, kind)| matches!(kind, MaskKind::Url | MaskKind::Code)) {
            continue;
        }
        report
            .add(span, format!("`{}` was not decoded", document.slice(span)))
            .fix(Fix::safe(format!("write `{character}`"), vec![Edit::replace(span, character)]));
    }
}

/// The length of the entity that `text` begins with, and its character. An ampersand that is itself
/// written as an entity belongs to the entity that follows: `&amp;nbsp;`.
fn entity(text: &str, names: &BTreeMap<String, String>) -> Option<(usize, String)> {
    let (name, length) = name(text)?;
    if name == "amp"
        && let Some((rest, inner)) =
            self::name(&format!("&{}", &text[length..].chars().take(LONGEST + 2).collect::<String>()))
                .and_then(|(inner, rest)| Some((rest, character(inner, names)?)))
    {
        return Some((length + rest - 1, inner));
    }
    Some((length, character(name, names)?))
}

/// What stands between `&` and `;`, and the length with both.
fn name(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    let name = &rest[..end];
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') && !name.is_empty();
    is_name.then_some((name, end + 2))
}

fn character(name: &str, names: &BTreeMap<String, String>) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else { return names.get(name).cloned() };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control()).map(String::from)
}
