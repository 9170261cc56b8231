//! The name of the site or agency at the end of a headline: `… sold at last (Hill Sports) - Yahoo! News`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document};
use mtlint_lang::LanguagePack;
use mtlint_text::{Edit, Span};

/// Words in the names of newspapers, broadcasters, agencies and portals.
const MEDIA: &str = "site-word";

/// Of these, those that are a name by themselves.
const PORTALS: &str = "site-word.name";

/// What parts a headline from the name of the site.
const SEPARATORS: [&str; 8] = [" - ", " – ", " — ", " | ", " · ", "・", " :: ", ": "];

/// How many words the name of a site has at most.
const MOST_WORDS: usize = 6;
/// How many words a headline has at least.
const FEWEST_WORDS: usize = 3;
/// How many bytes a headline has at most.
const LONGEST: usize = 400;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        for (index, block) in document.blocks().iter().enumerate() {
            if index == 0 || matches!(block.kind, BlockKind::Title | BlockKind::Heading) {
                check(document, block, report);
            }
        }
    }))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let Some(line) = headline(document, block) else { return };
    let text = document.slice(line);
    // The stop that a system adds belongs to neither.
    let trimmed = text.trim_end_matches(['.', ' ']);
    let Some(start) = suffix(document.pack(), trimmed) else { return };
    if trimmed[..start].split_whitespace().count() < FEWEST_WORDS {
        return;
    }
    let end = if text.len() - trimmed.len() > 1 { trimmed.len() } else { text.len() };
    // The text that follows in the same line needs the stop.
    let end = if line.hi() < block.span.hi() { trimmed.len() } else { end };
    let span = Span::new(line.lo() + start, line.lo() + end);
    if !document.mask().covers(Span::at(span.lo())) {
        report.add_summary(span).fix(Fix::unsafe_("delete it", vec![Edit::delete(span)]));
    }
}

/// The block, if it is short and no sentence, or its first sentence if it may be a headline that
/// was given a stop and lost its line end.
fn headline(document: &Document, block: &Block) -> Option<Span> {
    let text = document.slice(block.span);
    if block.span.len() <= LONGEST && !text.ends_with(['.', '!', '?', '”', '"']) {
        return Some(block.span);
    }
    let first = document.sentences_of(block).first()?.span;
    (first.len() <= LONGEST && document.slice(first).ends_with('.')).then_some(first)
}

/// Where the names of sites begin that a headline ends in.
fn suffix(pack: &LanguagePack, line: &str) -> Option<usize> {
    let mut start = line.len();
    let mut is_site = false;
    let mut names = 0;
    loop {
        let head = line[..start].trim_end();
        // Without its closing bracket, too: it may be lost.
        let open = head.rfind(['(', '（', '[']).filter(|&at| {
            at > 0 && !head[at..].trim_end_matches([')', '）', ']']).contains([')', '）', ']'])
        });
        let bracket = open.filter(|_| head.ends_with([')', '）', ']']) || start == line.len());
        let separator = SEPARATORS.iter().filter_map(|mark| Some((head.rfind(mark)?, mark.len()))).max();
        let (at, name) = match (bracket, separator) {
            (Some(at), _)
                if separator.is_none_or(|(other, _)| other < at || !head.ends_with([')', '）', ']'])) =>
            {
                (at, head[at..].trim_matches(['(', ')', '（', '）', '[', ']', ' ']))
            }
            (_, Some((at, length))) => (at, head[at + length..].trim()),
            _ => break,
        };
        let certain = is_media(pack, name);
        // Once a site is told, the brackets before it name where it has the article from.
        let source = is_site
            && head[at..].starts_with(['(', '（', '['])
            && name.split_whitespace().count() <= MOST_WORDS;
        if !source && !is_name(name) || names > 0 && !is_site && !certain {
            break;
        }
        is_site |= certain;
        names += 1;
        // The first name from the end must be a site’s; those before it may be anyone’s.
        if !is_site || names > 3 {
            break;
        }
        start = head[..at].trim_end().len();
    }
    (is_site && start < line.len()).then_some(start)
}

/// Whether a few words are set as in a name.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase) && !is_domain(word)).count();
    (1..=MOST_WORDS).contains(&words.len())
        && small * 2 <= words.len()
        && !words[0].starts_with(char::is_lowercase)
        || words.first().is_some_and(|word| is_domain(word))
}

/// Whether the name holds the word of a site, beside another word, or its address.
fn is_media(pack: &LanguagePack, name: &str) -> bool {
    let words: Vec<&str> = name
        .split(|c: char| c.is_whitespace() || matches!(c, '!' | '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let is_word = |word: &&str| {
        !word.starts_with(char::is_lowercase)
            && pack.words(MEDIA).contains(word.trim_matches(|c: char| !c.is_alphanumeric()))
    };
    words.iter().any(|word| is_domain(word))
        || words.iter().any(is_word) && (words.len() > 1 || pack.words(PORTALS).contains(words[0]))
}

/// Whether a word is the address of a site: `example.net`.
fn is_domain(word: &str) -> bool {
    let mut parts = word.trim_matches(|c: char| !c.is_alphanumeric()).rsplit('.');
    let last = parts.next().unwrap_or_default();
    let name = parts.next().unwrap_or_default();
    (2..=4).contains(&last.len())
        && last.chars().all(|c| c.is_ascii_alphabetic())
        && name.len() >= 2
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use crate::engine::{Engine, Selection};
    use crate::rule::Registry;
    use mtlint_document::Document;
    use mtlint_lang::Language;
    use std::sync::Arc;

    fn found(text: &str) -> Vec<String> {
        let registry = Arc::new(Registry::builtin());
        let selection = Selection { select: vec!["residue/site-suffix".to_owned()], ..Selection::default() };
        let document = Document::plain(text, Language::parse("en").ok(), registry.packs());
        let findings = Engine::new(registry, selection).unwrap().check(&document);
        findings.iter().map(|finding| document.slice(finding.span).to_owned()).collect()
    }

    #[test]
    fn a_headline_that_lost_its_line_end_is_looked_at_in_the_first_block() {
        let headline =
            "Old mill on the river sold at last - The Millers’ Trust - Radio Hill. It stood empty for years.";
        assert_eq!(found(headline), [" - The Millers’ Trust - Radio Hill"]);
        let later = format!("The town met on Monday.\n\n{headline}");
        assert!(found(&later).is_empty());
    }
}
