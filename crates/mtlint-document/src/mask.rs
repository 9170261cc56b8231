//! The mask: stretches of text that are not prose, so that no rule of prose fires inside them.

use mtlint_lang::find_all;
use mtlint_text::{Span, count_step};
use regex_automata::meta::Regex;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::OnceLock;

/// Why a stretch of text is not prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MaskKind {
    Url,
    Email,
    /// A user name of a social network, `@name`, or a topic, `#name`.
    Handle,
    Code,
    Tag,
    /// A variable that a program fills in: `{name}`, `%s`, `${name}`.
    Placeholder,
    /// A file name or path.
    Path,
}

/// Disjoint masked stretches in text order.
#[derive(Clone, Debug, Default)]
pub struct Mask {
    stretches: Vec<(Span, MaskKind)>,
}

impl Mask {
    /// Finds what is not prose in `text`, beside what the format says.
    pub(super) fn new(text: &str, mut stretches: Vec<(Span, MaskKind)>) -> Self {
        find(text, &mut stretches);
        separators(text, &mut stretches);
        stretches.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        stretches.retain(|(span, _)| {
            let keep = span.start >= end && !span.is_empty();
            if keep {
                end = span.end;
            }
            keep
        });
        Self { stretches }
    }

    /// All stretches in text order.
    pub fn stretches(&self) -> &[(Span, MaskKind)] {
        &self.stretches
    }

    /// The first stretch that shares a byte with `span`.
    pub fn overlapping(&self, span: Span) -> Option<(Span, MaskKind)> {
        count_step();
        let first = self.stretches.partition_point(|(masked, _)| masked.end <= span.start);
        self.stretches.get(first).copied().filter(|(masked, _)| masked.start < span.end.max(span.start + 1))
    }

    /// Whether a byte of `span` is masked.
    pub fn covers(&self, span: Span) -> bool {
        self.overlapping(span).is_some()
    }
}

/// What one kind looks like in plain text.
struct Shape {
    kind: MaskKind,
    /// Whether a text may hold it: most articles hold none of the kinds, and this look is what keeps
    /// the patterns from being run, or even built.
    may_hold: fn(&str) -> bool,
    pattern: &'static str,
    regex: OnceLock<Regex>,
}

const fn shape(kind: MaskKind, may_hold: fn(&str) -> bool, pattern: &'static str) -> Shape {
    Shape { kind, may_hold, pattern, regex: OnceLock::new() }
}

/// The first that matches at a place wins.
static SHAPES: [Shape; 9] = [
    // The codes of site generators, which the source of a page holds: Hugo's `{{< figure >}}`, Liquid's
    // `{% include %}`. With attributes inside they are no prose, and nothing in them is edited.
    shape(MaskKind::Code, |text| holds(text, b"{"), r"\{\{[<%][^\n]*?[>%]\}\}|\{%-?\s[^%{}\n]+%\}"),
    // A variable with filters.
    shape(MaskKind::Placeholder, |text| holds(text, b"{"), r"\{\{-?[^{}\n]+\}\}"),
    // Code as Markdown writes it, in a text that is none.
    shape(MaskKind::Code, |text| holds(text, b"`"), r"`[^`\s](?:[^`\n]{0,80}[^`\s])?`"),
    shape(
        MaskKind::Tag,
        |text| holds(text, b"<["),
        // A tag with attributes of HTML: what stands in quotation marks there is no quotation.
        r#"<[A-Za-z][A-Za-z0-9-]*\s[^<>\n]*\b(?:href|src|class|alt|style|title|width|rel|target|caption)=[^<>\n]*>|\[/?(?:b|i|u|s|quote|url|img|code|size|color|list)(?:=[^\]\n]*)?\]"#,
    ),
    shape(
        MaskKind::Url,
        |text| memchr::memmem::find(text.as_bytes(), b"://").is_some() || has_www(text),
        r"(?i)(?-u:\b)(?:(?:https?|ftp)://|www\.)[^\s<>“”«»‘’\x22\p{Han}\p{Hiragana}\p{Katakana}。，、）]*[\w/#=&]",
    ),
    shape(MaskKind::Email, |text| holds(text, b"@"), r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    shape(MaskKind::Handle, |text| holds(text, b"@#"), r"[@#][A-Za-z_]\w+"),
    shape(
        MaskKind::Placeholder,
        |text| holds(text, b"{%"),
        r"\$?\{\{?\s*[A-Za-z_][\w.]*\s*\}?\}|%(?:\d+\$)?[sd](?-u:\b)|%\([A-Za-z_]\w*\)[sd]",
    ),
    shape(
        MaskKind::Url,
        has_domain,
        r"(?-u:\b)(?:[a-z0-9][a-z0-9-]*\.)+(?:com|org|net|edu|gov|info|io|eu|uk|de|fr|jp|cn|ru|ua|us|co)(?:/[\w/.%#?=&-]*[\w/])?(?-u:\b)",
    ),
];

/// The marks between the steps of a path through menus or pages, `File » Export » PDF`: with a space on
/// either side, a capital behind, and no mark in the line that would open what they close.
fn separators(text: &str, stretches: &mut Vec<(Span, MaskKind)>) {
    let Some(first) = memchr::memmem::find(text.as_bytes(), " » ".as_bytes()) else { return };
    let begins = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let mut start = begins;
    for line in text[begins..].split_inclusive('\n') {
        if !line.contains('«') {
            for (at, mark) in line.match_indices(" » ") {
                let step = line[at + mark.len()..].trim_start_matches(['_', '*', '[']);
                if step.starts_with(char::is_uppercase) {
                    let at = start + at + 1;
                    stretches.push((Span::new(at, at + '»'.len_utf8()), MaskKind::Path));
                }
            }
        }
        start += line.len();
    }
}

fn holds(text: &str, bytes: &[u8]) -> bool {
    bytes.iter().any(|&byte| memchr::memchr(byte, text.as_bytes()).is_some())
}

fn find(text: &str, stretches: &mut Vec<(Span, MaskKind)>) {
    for shape in SHAPES.iter().filter(|shape| (shape.may_hold)(text)) {
        let regex = shape.regex.get_or_init(|| Regex::new(shape.pattern).expect("a pattern of this file"));
        for found in find_all(regex, text) {
            let before = text[..found.start()].chars().next_back();
            let joined = match (shape.kind, text.as_bytes()[found.start()]) {
                // A handle stands at the beginning of a word; an address holds `@` and `#` as well.
                (MaskKind::Handle, _) => before.is_some_and(|c| !c.is_whitespace() && c != '('),
                // An opening mark of quotation is written so, too, and closed otherwise.
                (MaskKind::Code, b'`') => {
                    let is_part = |c: Option<char>| c.is_some_and(|c| c == '`' || c.is_alphanumeric());
                    is_part(before) || is_part(text[found.end()..].chars().next())
                }
                _ => false,
            };
            if !joined {
                stretches.push((found.range().into(), shape.kind));
            }
        }
    }
}

fn has_www(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"www.").is_some()
        || memchr::memmem::find(text.as_bytes(), b"WWW.").is_some()
}

/// Whether a full stop stands between letters of lower case, two on either side, as in every domain
/// name and not in `a.m.`
fn has_domain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_part = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
    };
    memchr::memchr_iter(b'.', bytes).any(|at| {
        is_part(at.checked_sub(1))
            && is_part(at.checked_sub(2))
            && is_part(Some(at + 1))
            && is_part(Some(at + 2))
            && bytes[at + 1].is_ascii_lowercase()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> Vec<&str> {
        Mask::new(text, Vec::new()).stretches().iter().map(|(span, _)| span.of(text)).collect()
    }

    #[test]
    fn addresses_are_masked_without_the_stop_after_them() {
        assert_eq!(
            masked("See https://example.org/a,b?c=1. And www.example.net!"),
            ["https://example.org/a,b?c=1", "www.example.net"]
        );
        assert_eq!(masked("Write to jane.doe@mail.example.org."), ["jane.doe@mail.example.org"]);
        assert_eq!(masked("read example.com/news today"), ["example.com/news"]);
    }

    #[test]
    fn a_sentence_glued_to_the_next_is_prose() {
        assert!(masked("They left.The train came. so be it.No").is_empty());
    }

    #[test]
    fn placeholders_and_handles_are_masked() {
        assert_eq!(masked("Hello {name}, you have %d from @some_one"), ["{name}", "%d", "@some_one"]);
        assert!(masked("100% sure of #1").is_empty());
    }

    #[test]
    fn codes_of_site_generators_and_forums_are_masked() {
        assert_eq!(
            masked("{{< figure src=\"a.png\" >}} and {% include a.html %} of {{ name | upcase }}."),
            ["{{< figure src=\"a.png\" >}}", "{% include a.html %}", "{{ name | upcase }}"]
        );
        assert_eq!(masked("[quote=Ana]Write `[b]` here.[/quote]"), ["[quote=Ana]", "`[b]`", "[/quote]"]);
        assert_eq!(masked("a <a href=\"b\">c</a>, 3 < 4 > 2"), ["<a href=\"b\">"]);
        assert!(masked("It `was' so, and ``was'' it `so'. 5 `a`b [sic] 40%").is_empty());
    }

    #[test]
    fn a_path_through_menus_is_no_quotation() {
        assert_eq!(masked("Choose _File_ » _Export_ » PDF."), ["»", "»"]);
        assert!(masked("Il dit « oui » Paul. He said » no.").is_empty());
    }

    #[test]
    fn overlap_is_found_at_the_edges_only() {
        let text = "a www.example.net b";
        let mask = Mask::new(text, Vec::new());
        assert!(mask.covers(Span::new(1, 3)));
        assert!(!mask.covers(Span::new(0, 2)));
        assert!(!mask.covers(Span::new(17, 19)));
    }
}
