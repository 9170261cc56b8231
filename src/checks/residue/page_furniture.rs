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
    /// Of these, the word list of those that are labels whatever follows.
    certain: String,
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
    let pack = document.pack();
    if matches!(block.kind, BlockKind::TableCell | BlockKind::Title) {
        return;
    }
    if text.len() > LONGEST {
        return check_label(settings, document, block, report);
    }
    let line = text.trim_matches(|c: char| !c.is_alphanumeric());
    if is_entry(pack, &settings.lines, line)
        || has_label(settings, pack, text) && !has_caption(settings, pack, text)
    {
        let fix = Fix::unsafe_("delete the line", vec![Edit::delete(document.with_line_end(block.span))]);
        report.add_summary(block.span).fix(fix);
    } else {
        check_label(settings, document, block, report);
    }
}

/// A label that no author writes, before a text that may be one to keep.
fn check_label(settings: &Settings, document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    let Some((label, rest)) = label(text) else { return };
    if is_entry(document.pack(), &settings.certain, label) {
        let span = Span::new(block.span.lo(), block.span.hi() - rest.len());
        report.add_summary(span).fix(Fix::unsafe_("delete the label", vec![Edit::delete(span)]));
    }
}

/// How many words a caption has at most that means nothing without its picture.
const SHORT_CAPTION: usize = 8;

/// How many words an entry of the lists has at most.
const MOST_WORDS: usize = 8;

fn is_entry(pack: &LanguagePack, list: &str, line: &str) -> bool {
    let count = line.split_whitespace().take(MOST_WORDS + 1).count();
    (1..=MOST_WORDS).contains(&count) && pack.words(list).prefix_of(line.split_whitespace()) == count
}

fn has_label(settings: &Settings, pack: &LanguagePack, text: &str) -> bool {
    label(text).is_some_and(|(label, rest)| {
        rest.split_whitespace().count() <= settings.most_words && is_entry(pack, &settings.labels, label)
    })
}

/// Whether a label stands before a caption of its own worth.
fn has_caption(settings: &Settings, pack: &LanguagePack, text: &str) -> bool {
    label(text).is_some_and(|(label, rest)| {
        is_entry(pack, &settings.certain, label) && rest.split_whitespace().count() > SHORT_CAPTION
    })
}

/// What stands before the first mark of a line that may end a label, and what follows.
fn label(text: &str) -> Option<(&str, &str)> {
    let end = text.find([':', '：', ',', '|', '>', '»', '—', '–'])?;
    let rest = text[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    (!rest.is_empty()).then(|| (text[..end].trim(), rest))
}
