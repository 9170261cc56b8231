//! Whether a text says a term, in whatever form.

use mtlint_lang::is_unspaced;
use mtlint_text::Span;
use unicode_normalization::UnicodeNormalization;

/// How many letters a word has at least for its ending to be left open.
const LONG: usize = 5;

/// Where a text says a term: each of its words begins as one of the term does, its ending and the
/// marks on its letters aside, in the term's order.
pub fn says(text: &str, term: &str) -> Option<Span> {
    if term.chars().any(is_unspaced) {
        return text.find(term).map(|at| Span::new(at, at + term.len()));
    }
    let stems: Vec<String> = words(term).into_iter().map(|(_, word)| stem(&bare(word))).collect();
    let words = words(text);
    let bare: Vec<String> = words.iter().map(|(_, word)| self::bare(word)).collect();
    let first = stems.first()?;
    (0..words.len()).find_map(|start| {
        // A compound may hold the term in its midst: `Bootsliegeplatz`.
        let begins = |at: usize, stem: &String| {
            bare[at].starts_with(stem.as_str())
                || stem.chars().count() >= LONG && bare[at].contains(stem.as_str())
        };
        let fits = start + stems.len() <= words.len()
            && begins(start, first)
            && stems.iter().enumerate().all(|(index, stem)| begins(start + index, stem));
        fits.then(|| words[start].0.cover(words[start + stems.len() - 1].0))
    })
}

fn words(text: &str) -> Vec<(Span, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((Span::new(from, at), &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// A word in small letters without the marks on them.
fn bare(word: &str) -> String {
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    word.to_lowercase().nfd().filter(|c| !is_mark(c)).collect()
}

/// A word without its ending.
fn stem(word: &str) -> String {
    let length = word.chars().count();
    let kept = match length {
        0..LONG => length,
        LONG..8 => length - 1,
        _ => length - 2,
    };
    word.chars().take(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_term_is_said_in_any_form() {
        assert!(says("Alle Liegeplätze sind belegt.", "Liegeplatz").is_some());
        assert!(says("les postes d’amarrage", "poste d’amarrage").is_some());
        assert!(says("すべてのバースが埋まっています", "バース").is_some());
        assert!(says("Alle Plätze sind belegt.", "Liegeplatz").is_none());
        assert!(says("remboursements", "remboursement").is_some());
    }
}
