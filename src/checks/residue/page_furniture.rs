//! Lines that belong to the page and not to the article: `Source link`, `Advertisement`,
//! `Read more: …`. The lines are word lists of the language packs.

use crate::document::{Block, BlockKind, Document};
use crate::lang::LanguagePack;
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// The word list of lines that say this and nothing else.
    lines: String,
    /// The word list of labels, after which `:`, `,`, `|` or a dash and the rest of the line stand.
    labels: String,
    /// How many words the rest of the line has at most.
    most_words: usize,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::block(move |document, block, report| check(&settings, document, block, report)))
}

/// How many bytes a line of page furniture has at most.
const LONGEST: usize = 200;

fn check(settings: &Settings, document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    if text.len() > LONGEST || matches!(block.kind, BlockKind::TableCell | BlockKind::Title) {
        return;
    }
    let pack = document.pack();
    let line = text.trim_matches(|c: char| !c.is_alphanumeric());
    if is_entry(pack, &settings.lines, line) || has_label(settings, pack, text) {
        let begin = block.span.lo();
        // With the line goes its line end.
        let rest = &document.text()[block.span.hi()..];
        let end = block.span.hi() + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let fix = Fix::unsafe_("delete the line", vec![Edit::delete(Span::new(begin, end))]);
        report.add_summary(block.span).fix(fix);
    }
}

/// How many words an entry of the lists has at most.
const MOST_WORDS: usize = 8;

fn is_entry(pack: &LanguagePack, list: &str, line: &str) -> bool {
    let count = line.split_whitespace().take(MOST_WORDS + 1).count();
    (1..=MOST_WORDS).contains(&count) && pack.words(list).prefix_of(line.split_whitespace()) == count
}

fn has_label(settings: &Settings, pack: &LanguagePack, text: &str) -> bool {
    let Some(end) = text.find([':', '：', ',', '|', '>', '»', '—', '–']) else { return false };
    let rest = text[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    !rest.is_empty()
        && rest.split_whitespace().count() <= settings.most_words
        && is_entry(pack, &settings.labels, text[..end].trim())
}
