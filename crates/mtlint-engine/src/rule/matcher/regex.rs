//! `kind = "regex"`: a regular expression, one group of which may mark the damage.

use super::{Match, Matcher, Stretch, read_pattern};
use crate::rule::checker::Trigger;
use crate::rule::file::MatchTable;
use mtlint_document::Document;
use mtlint_lang::{Alphabet, LazyRegex, find_from, next_char};
use mtlint_text::Span;
use regex_automata::Input;

#[derive(Debug)]
pub(super) struct RegexMatcher {
    regex: LazyRegex,
    mark: Option<String>,
    names: Vec<String>,
    trigger: Trigger,
}

impl RegexMatcher {
    pub(super) fn compile(table: &MatchTable) -> Result<Box<dyn Matcher>, (String, String)> {
        let at = |message: String| ("match.pattern".to_owned(), message);
        let pattern = table.pattern.clone().ok_or_else(|| at("a regex needs a `pattern`".to_owned()))?;
        let (trigger, names) = read_pattern(table, &pattern).map_err(at)?;
        if let Some(mark) = &table.mark
            && !names.contains(mark)
        {
            return Err((
                "match.mark".to_owned(),
                format!("there is no group `(?P<{mark}>…)` in the pattern"),
            ));
        }
        Ok(Box::new(Self { regex: LazyRegex::new(pattern), mark: table.mark.clone(), names, trigger }))
    }
}

impl Matcher for RegexMatcher {
    fn find(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match)) {
        let alphabet = document.alphabet_in(stretch.span);
        let Some(regex) = self.regex.get(alphabet, stretch.span.len()) else {
            return;
        };
        let text = document.slice(stretch.span);
        let offset = stretch.span.lo();
        let mut groups = None;
        let mut from = 0;
        while let Some(whole) = find_from(regex, text, from) {
            let mut span = Span::from(whole.range());
            let mut captures = Vec::new();
            if groups.is_none() && !self.names.is_empty() {
                let regex = self.regex.with_groups(alphabet);
                groups = regex.map(|regex| (regex, regex.create_captures()));
            }
            if let Some((regex, groups)) = &mut groups {
                // The groups are asked for within the match alone, whose bounds are known: far
                // cheaper than to look for them in all of the text.
                regex.captures(Input::new(text).span(whole.range()), groups);
                let group =
                    |name: &String| groups.get_group_by_name(name).map(|it| Span::new(it.start, it.end));
                span = self.mark.as_ref().and_then(group).unwrap_or(span);
                captures = self
                    .names
                    .iter()
                    .filter_map(|name| group(name).map(|span| (name.clone(), span.shifted(offset))))
                    .collect();
            }
            found(Match { span: span.shifted(offset), captures, suggestion: None });
            // The next match may need what stands after the mark as its own context.
            from = match span.hi() {
                next if next > from && !span.is_empty() => next,
                _ => match next_char(text, whole.end()) {
                    Some(next) => next,
                    None => break,
                },
            };
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

    fn capture_names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn validate(&self) -> Result<(), String> {
        self.regex.validate()
    }
}
