//! What begins a block of AsciiDoc, told by its first line.

/// What a line of attributes says of the block below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    None,
    /// What it holds is no prose.
    Code,
    Quotation,
    /// A quotation whose lines are kept.
    Verse,
}

/// The words that begin a note.
pub(super) const LABELS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Whether a line is a comment.
pub(super) fn is_comment(text: &str) -> bool {
    text.starts_with("//") && !text.starts_with("///")
}

/// Whether a line sets an attribute of the document.
pub(super) fn attribute(text: &str) -> bool {
    let name = text.strip_prefix(':').and_then(|rest| rest.split_once(':'));
    name.is_some_and(|(name, rest)| {
        let name = name.trim_matches('!');
        !name.is_empty()
            && name.chars().all(|char| char.is_alphanumeric() || matches!(char, '-' | '_'))
            && (rest.is_empty() || rest.starts_with(' '))
    })
}

/// The level of a heading, from 1, and where its text begins.
pub(super) fn title(text: &str) -> Option<(usize, usize)> {
    let sign = text.chars().next().filter(|sign| matches!(sign, '=' | '#'))?;
    let rest = text.trim_start_matches(sign);
    let level = text.len() - rest.len();
    let inner = rest.strip_prefix([' ', '\t'])?.trim_start();
    (level <= 6 && !inner.is_empty()).then_some((level, text.len() - inner.len()))
}

/// What a line holds that opens or closes a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fence {
    Code,
    Quotation,
    Table,
    /// Blocks of any kind.
    Blocks,
}

/// What opens or closes with a line, if anything.
pub(super) fn fence(text: &str) -> Option<Fence> {
    let first = *text.as_bytes().first()?;
    if text == "--" {
        return Some(Fence::Blocks);
    }
    if text == "|===" {
        return Some(Fence::Table);
    }
    if matches!(text, ",===" | ":===" | "!===") || text.starts_with("```") && !text[3..].contains('`') {
        return Some(Fence::Code);
    }
    if text.len() < 4 || !text.bytes().all(|byte| byte == first) {
        return None;
    }
    match first {
        b'-' | b'.' | b'+' | b'/' => Some(Fence::Code),
        b'_' => Some(Fence::Quotation),
        b'=' | b'*' => Some(Fence::Blocks),
        _ => None,
    }
}

/// The line that closes a block of code.
pub(super) fn closing(text: &str) -> &str {
    if text.starts_with("```") { "```" } else { text }
}

/// A line of attributes in brackets, and what it says of the block below.
pub(super) fn attributes(text: &str) -> Option<Option<Style>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let is_list = !inner.starts_with(' ')
        && (inner.is_empty()
            || inner.starts_with(|char: char| char.is_ascii_alphanumeric() || ".#%[,\"'_".contains(char)));
    if !is_list {
        return None;
    }
    let name = inner.split(['%', ',', '#', '.']).next().unwrap_or_default().trim();
    Some(match name {
        "source" | "listing" | "literal" | "stem" | "latexmath" | "asciimath" | "pass" | "mermaid"
        | "plantuml" | "ditaa" | "graphviz" | "comment" => Some(Style::Code),
        "quote" => Some(Style::Quotation),
        "verse" => Some(Style::Verse),
        // One that names a program's language and no style, as `[,ruby]`.
        "" if inner.starts_with(',') => Some(Style::Code),
        _ => None,
    })
}

/// Whether a line is a macro by itself: `image::harbour.png[]`.
pub(super) fn is_block_macro(text: &str) -> bool {
    let Some((name, rest)) = text.split_once("::") else { return false };
    let is_name = !name.is_empty()
        && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-'));
    is_name && !rest.starts_with([' ', ':']) && rest.contains('[') && rest.ends_with(']')
}

/// Where the text of a list item begins.
pub(super) fn item(text: &str) -> Option<usize> {
    let inner = text.trim_start();
    let rest = match *inner.as_bytes().first()? {
        sign @ (b'*' | b'.') => inner.trim_start_matches(char::from(sign)),
        b'-' => &inner[1..],
        b'<' => {
            let (number, rest) = inner[1..].split_once('>')?;
            (number == "." || !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
                .then_some(rest)?
        }
        b'0'..=b'9' => inner.trim_start_matches(|char: char| char.is_ascii_digit()).strip_prefix('.')?,
        byte if byte.is_ascii_alphabetic() && byte.is_ascii_lowercase() => inner[1..].strip_prefix('.')?,
        _ => return None,
    };
    let behind = rest.trim_start();
    if behind.len() == rest.len() || behind.is_empty() {
        return None;
    }
    let behind = ["[ ] ", "[x] ", "[*] "].iter().find_map(|sign| behind.strip_prefix(sign)).unwrap_or(behind);
    Some(text.len() - behind.len())
}

/// The end of a term, and where what is said of it begins.
pub(super) fn term(text: &str) -> Option<(usize, usize)> {
    for sign in ["::::", ":::", "::", ";;"] {
        let found = if text.ends_with(sign) {
            Some(text.len() - sign.len())
        } else {
            text.find(sign).filter(|at| text[at + sign.len()..].starts_with(' '))
        };
        if let Some(end) = found.filter(|end| *end > 0 && !text[..*end].ends_with([':', ';'])) {
            let rest = text[end + sign.len()..].trim_start();
            return Some((end, text.len() - rest.len()));
        }
    }
    None
}

/// Whether letters before a bar tell of its cell: how far it reaches, where its text stands, its style.
pub(super) fn is_cell_spec(spec: &str) -> bool {
    let rest = spec.trim_start_matches(|char: char| {
        char.is_ascii_digit() || matches!(char, '.' | '+' | '*' | '<' | '^' | '>')
    });
    matches!(rest, "" | "a" | "d" | "e" | "h" | "l" | "m" | "s" | "v")
        && (!rest.is_empty() || spec.ends_with(['+', '*', '<', '^', '>']))
}
