//! Lines that belong to the page and not to the article: `Source link`, `Advertisement`,
//! `Read more: …`. The lines are word lists of the language packs.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document};
use mtlint_lang::{LanguagePack, WordList};
use mtlint_text::{Edit, Span};
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
    if is_entry(pack.words(&settings.lines), line)
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
    if let Some(rest) = after_label(document.pack().words(&settings.certain), text) {
        let span = Span::new(block.span.lo(), block.span.hi() - rest.len());
        report.add_summary(span).fix(Fix::unsafe_("delete the label", vec![Edit::delete(span)]));
    }
}

/// How many words a caption has at most that means nothing without its picture.
const SHORT_CAPTION: usize = 8;

/// How many words an entry of the lists has at most.
const MOST_WORDS: usize = 8;

fn is_entry(list: &WordList, line: &str) -> bool {
    // Few lines begin as an entry does; only their words are counted.
    let words = list.prefix_of(line.split_whitespace());
    (1..=MOST_WORDS).contains(&words) && line.split_whitespace().nth(words).is_none()
}

fn has_label(settings: &Settings, pack: &LanguagePack, text: &str) -> bool {
    after_label(pack.words(&settings.labels), text)
        .is_some_and(|rest| rest.split_whitespace().count() <= settings.most_words)
}

/// Whether a label stands before a caption of its own worth.
fn has_caption(settings: &Settings, pack: &LanguagePack, text: &str) -> bool {
    after_label(pack.words(&settings.certain), text)
        .is_some_and(|rest| rest.split_whitespace().count() > SHORT_CAPTION)
}

/// Marks that may end a label.
const ENDS: [char; 8] = [':', '：', ',', '|', '>', '»', '—', '–'];

/// What follows the label that a line begins with, if it is one of the list.
fn after_label<'t>(list: &WordList, text: &'t str) -> Option<&'t str> {
    // Most lines are told by their first word, before the end of a label is looked for in them.
    let first = text.trim_start().split(|c: char| c.is_whitespace() || ENDS.contains(&c)).next()?;
    if !list.may_begin_with(first) {
        return None;
    }
    let end = text.find(ENDS)?;
    let rest = text[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    (!rest.is_empty() && is_entry(list, text[..end].trim())).then_some(rest)
}
