//! Findings as LanguageTool tells them: each a place with a message, and what may stand there instead.
//!
//! A client replaces the place as a whole. So the place of a match is that of the finding, widened to hold the edits of
//! its fixes where these lie near by; fixes that reach further are not offered. A place that is empty is widened by a
//! character, for clients show no empty ones.

use super::languages::Told;
use mtlint_document::capitalised;
use mtlint_engine::lint::{Checked, Located};
use mtlint_text::{Edit, Span, Utf16Offsets, apply_edits};
use schemars::JsonSchema;
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

/// How many bytes a place is widened by at most, so that what is marked is still what is wrong.
const WIDER: usize = 80;
/// How much text around a match is sent along, in bytes on either side.
const AROUND: usize = 60;
/// How much of the sentence is sent along, in bytes on either side of the match: what has no stops has long sentences.
const SENTENCE: usize = 500;

/// The answer to a check.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer {
    software: Software,
    warnings: Warnings,
    language: Told,
    matches: Vec<Match>,
    /// Where the sentences begin and end.
    sentence_ranges: Vec<[usize; 2]>,
}

#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Software {
    name: &'static str,
    version: &'static str,
    /// Of LanguageTool's interface.
    api_version: u32,
    premium: bool,
    status: &'static str,
}

#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Warnings {
    incomplete_results: bool,
}

#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Match {
    /// What is wrong here.
    message: String,
    /// What the rule finds.
    short_message: String,
    /// What may stand in the place, the likeliest first.
    replacements: Vec<Replacement>,
    /// In UTF-16 code units from the beginning of the text, markup included.
    offset: usize,
    /// In UTF-16 code units.
    length: usize,
    context: Context,
    /// The sentence, or what of it is near.
    sentence: String,
    #[serde(rename = "type")]
    kind: Kind,
    rule: Rule,
    ignore_for_incomplete_sentence: bool,
    context_for_sure_match: i32,
}

#[derive(Debug, JsonSchema, Serialize)]
struct Replacement {
    value: String,
}

/// The text around a match.
#[derive(Debug, JsonSchema, Serialize)]
struct Context {
    text: String,
    /// Of the match in it, in UTF-16 code units.
    offset: usize,
    length: usize,
}

#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Kind {
    type_name: &'static str,
}

#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    /// `family/name`.
    id: String,
    description: String,
    /// By ITS 2.0.
    issue_type: &'static str,
    urls: Vec<Address>,
    category: Category,
    is_premium: bool,
}

#[derive(Debug, JsonSchema, Serialize)]
struct Address {
    value: String,
}

/// The family of the rule.
#[derive(Debug, JsonSchema, Serialize)]
struct Category {
    id: String,
    name: String,
}

impl Answer {
    /// The answer for a text; without matches when no rule `runs`.
    pub fn of(checked: &Checked<'_>, language: Told, runs: bool) -> Self {
        let document = checked.document;
        let text = checked.text();
        let offsets = Utf16Offsets::new(text);
        let found = if runs { checked.findings.as_slice() } else { &[] };
        let sentences = document.sentences().iter().map(|sentence| document.to_original(sentence.span));
        Self {
            software: Software {
                name: "mtlint",
                version: env!("CARGO_PKG_VERSION"),
                api_version: 1,
                premium: false,
                status: "",
            },
            warnings: Warnings { incomplete_results: false },
            language,
            matches: found.iter().map(|located| Match::of(checked, located, &offsets)).collect(),
            sentence_ranges: sentences
                .map(|span| [offsets.at(text, span.lo()), offsets.at(text, span.hi())])
                .collect(),
        }
    }
}

impl Match {
    fn of(checked: &Checked<'_>, located: &Located<'_>, offsets: &Utf16Offsets) -> Self {
        let text = checked.text();
        let (span, replacements) = place(text, located);
        let (offset, end) = (offsets.at(text, span.lo()), offsets.at(text, span.hi()));
        let rule = located.rule;
        let family = rule.id.family();
        Self {
            message: capitalised(&located.finding.message),
            short_message: capitalised(&rule.summary),
            replacements: replacements.into_iter().map(|value| Replacement { value }).collect(),
            offset,
            length: end - offset,
            context: Context::of(text, span),
            sentence: sentence(checked, located, span),
            kind: Kind { type_name: "Other" },
            rule: Rule {
                id: rule.id.to_string(),
                description: capitalised(&rule.summary),
                issue_type: rule.its_type(),
                urls: Vec::new(),
                category: Category { id: family.to_owned(), name: capitalised(family) },
                is_premium: false,
            },
            ignore_for_incomplete_sentence: false,
            context_for_sure_match: 0,
        }
    }
}

/// The place of a match, and what may stand there instead.
fn place(text: &str, located: &Located<'_>) -> (Span, Vec<String>) {
    let mut place = located.span;
    let mut fixes: Vec<&[Edit]> = Vec::new();
    for fix in located.fixes.iter().filter(|fix| !fix.edits.is_empty()) {
        let hull = fix.edits.iter().fold(located.span, |hull, edit| hull.cover(edit.span));
        let is_near = hull.len() <= located.span.len() + WIDER;
        let grown = [Span::new(hull.lo(), located.span.lo()), Span::new(located.span.hi(), hull.hi())];
        if is_near && grown.iter().all(|grown| !grown.of(text).contains('\n')) {
            place = place.cover(hull);
            fixes.push(&fix.edits);
        }
    }
    if place.is_empty() {
        place = beside(text, place.lo());
    }
    let shown = place.of(text);
    let mut replacements: Vec<String> = Vec::new();
    for edits in fixes {
        let own = |edit: &Edit| {
            let span = Span::new(edit.span.lo() - place.lo(), edit.span.hi() - place.lo());
            Edit::replace(span, edit.insert.clone())
        };
        let mut own: Vec<Edit> = edits.iter().map(own).collect();
        own.sort_by_key(|edit| edit.span);
        if let Ok(replaced) = apply_edits(shown, &own)
            && replaced != shown
            && !replacements.contains(&replaced)
        {
            replacements.push(replaced);
        }
    }
    (place, replacements)
}

/// The character before a place, or the one after it where that is white space.
fn beside(text: &str, at: usize) -> Span {
    let (lo, hi) = near(text, at, at, AROUND);
    let before = text[lo..at].graphemes(true).next_back().filter(|it| !it.trim().is_empty());
    let after = text[at..hi].graphemes(true).next();
    match (before, after) {
        (Some(before), _) => Span::new(at - before.len(), at),
        (None, Some(after)) => Span::new(at, at + after.len()),
        (None, None) => Span::at(at),
    }
}

/// So many bytes on either side, as far as there are, cut between characters.
fn near(text: &str, lo: usize, hi: usize, bytes: usize) -> (usize, usize) {
    (
        text.ceil_char_boundary(lo.saturating_sub(bytes)),
        text.floor_char_boundary((hi + bytes).min(text.len())),
    )
}

/// The sentence of a finding, or what of it is near the match.
fn sentence(checked: &Checked<'_>, located: &Located<'_>, span: Span) -> String {
    let text = checked.text();
    let document = checked.document;
    let own = document.sentence_at(located.finding.span).map(|sentence| document.to_original(sentence.span));
    let whole = own.unwrap_or(span).cover(span);
    let (lo, hi) = near(text, span.lo(), span.hi(), SENTENCE);
    text[whole.lo().max(lo)..whole.hi().min(hi)].to_owned()
}

impl Context {
    fn of(text: &str, span: Span) -> Self {
        let (lo, hi) = near(text, span.lo(), span.hi(), AROUND);
        let units = |text: &str| text.encode_utf16().count();
        let ellipsis = |is_cut: bool| if is_cut { "..." } else { "" };
        let (before, after) = (ellipsis(lo > 0), ellipsis(hi < text.len()));
        Self {
            // On one line, each character by one as long.
            text: format!("{before}{}{after}", text[lo..hi].replace(['\n', '\r', '\t'], " ")),
            offset: before.len() + units(&text[lo..span.lo()]),
            length: units(span.of(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_place_takes_a_character() {
        let shown = |text: &str, at: usize| beside(text, at).of(text).to_owned();
        assert_eq!(shown("ab", 1), "a");
        assert_eq!(shown("a b", 2), "b");
        assert_eq!(shown("e\u{301}", 3), "e\u{301}");
        assert_eq!(shown("a\n👩‍🌾b", 2), "👩‍🌾");
        assert_eq!(shown("", 0), "");
    }

    #[test]
    fn context_counts_utf16() {
        let text = format!("{}😀 bad\nend", "x".repeat(100));
        let at = text.find("bad").unwrap();
        let context = Context::of(&text, Span::new(at, at + 3));
        let units: Vec<u16> = context.text.encode_utf16().collect();
        let shown = &units[context.offset..context.offset + context.length];
        assert_eq!(String::from_utf16(shown).unwrap(), "bad");
        assert!(context.text.starts_with("...x") && context.text.ends_with("bad end"));
    }
}
