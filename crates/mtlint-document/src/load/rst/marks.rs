//! What begins an item of reStructuredText, and what its lines of titles are made of.

/// The mark that a line of at least two consists of.
pub(super) fn rule(text: &str) -> Option<u8> {
    let first = *text.as_bytes().first()?;
    (text.len() > 1 && first.is_ascii_punctuation() && text.bytes().all(|byte| byte == first))
        .then_some(first)
}

/// How long the mark of a list item is, with the white space behind it; also the name of a field.
pub(super) fn mark(text: &str) -> Option<usize> {
    let behind = |length: usize| {
        let rest = &text[length..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        (blanks > 0 || rest.is_empty()).then_some(length + blanks)
    };
    let first = text.chars().next()?;
    if matches!(first, '-' | '*' | '+' | '•' | '‣' | '⁃') {
        let bullet = behind(first.len_utf8());
        // Options of a command, with two spaces before what they are for.
        let option = || text.starts_with('-').then(|| text.find("  ")).flatten().and_then(behind);
        return bullet.or_else(option);
    }
    if let Some(rest) = text.strip_prefix(':') {
        // A field; a role has a backquote behind its colon.
        let end = rest.find(": ").or_else(|| rest.strip_suffix(':').map(str::len))?;
        return (!rest[..end].contains('`') && !rest.starts_with([' ', ':']))
            .then(|| behind(1 + end + 1))
            .flatten();
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let digits = inner.len() - inner.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let letters = inner.len() - inner.trim_start_matches(|char: char| "ivxlcIVXLC".contains(char)).len();
    let length = match inner.as_bytes().first()? {
        b'#' => 1,
        _ if (1..=9).contains(&digits) => digits,
        _ if (1..=5).contains(&letters) => letters,
        byte if byte.is_ascii_alphabetic() => 1,
        _ => return None,
    };
    let is_closed = match inner.as_bytes().get(length)? {
        b')' => true,
        b'.' => inner.len() == text.len(),
        _ => false,
    };
    is_closed.then(|| behind(text.len() - inner.len() + length + 1)).flatten()
}
