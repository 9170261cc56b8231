//! `kind = "count"`: a pattern that comes more often than is likely.

use super::{Match, Matcher, Stretch, read_pattern};
use crate::rule::checker::Trigger;
use crate::rule::file::MatchTable;
use mtlint_document::Document;
use mtlint_lang::{Alphabet, LazyRegex, find_all};
use mtlint_text::Span;

#[derive(Debug)]
pub(super) struct Count {
    regex: LazyRegex,
    most: usize,
    trigger: Trigger,
}

impl Count {
    pub(super) fn compile(table: &MatchTable) -> Result<Box<dyn Matcher>, (String, String)> {
        let at = |message: String| ("match.pattern".to_owned(), message);
        let pattern = table.pattern.clone().ok_or_else(|| at("a count needs a `pattern`".to_owned()))?;
        let (trigger, _) = read_pattern(table, &pattern).map_err(at)?;
        let most = table.most.ok_or_else(|| {
            ("match.most".to_owned(), "a count says in `most` how many are right".to_owned())
        })?;
        Ok(Box::new(Self { regex: LazyRegex::new(pattern), most, trigger }))
    }
}

impl Matcher for Count {
    /// One match for a stretch: the first that is too many, with the first of all as `$first`.
    fn find(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match)) {
        let Some(regex) = self.regex.get(document.alphabet_in(stretch.span), stretch.span.len()) else {
            return;
        };
        let mut first = None;
        for (index, hit) in find_all(regex, document.slice(stretch.span)).enumerate() {
            let span = Span::from(hit.range()).shifted(stretch.span.lo());
            let first = *first.get_or_insert(span);
            if index == self.most {
                found(Match { captures: vec![("first".to_owned(), first)], ..Match::new(span) });
                return;
            }
        }
    }

    fn sees_one_block(&self) -> bool {
        true
    }

    fn expect_more(&self) {
        self.regex.expect_more();
    }

    fn make_ready(&self, alphabet: Alphabet) {
        self.regex.get(alphabet, 0);
    }

    fn trigger(&self) -> Trigger {
        self.trigger.clone()
    }

    fn validate(&self) -> Result<(), String> {
        self.regex.validate()
    }

    fn capture_names(&self) -> Vec<String> {
        vec!["first".to_owned()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::Packs;

    #[test]
    fn the_first_that_is_too_many_is_found() {
        let table: MatchTable = toml::from_str("kind = 'count'\npattern = '\\[\\d+\\]'\nmost = 2").unwrap();
        let matcher = Count::compile(&table).unwrap();
        let starts = |text: &str| {
            let document = Document::plain(text, None, &Packs::builtin());
            let mut starts = Vec::new();
            let stretch =
                Stretch { span: Span::new(0, text.len()), tokens: document.tokens(), first_token: 0 };
            matcher.find(&document, stretch, &mut |hit| starts.push(hit.span.lo()));
            starts
        };
        assert!(starts("a[1] b[2]").is_empty());
        assert_eq!(starts("a[1] b[2] c[3] d[4]"), [11]);
        assert_eq!(matcher.trigger(), Trigger::AnyOf(vec!["[".to_owned()]));
    }
}
