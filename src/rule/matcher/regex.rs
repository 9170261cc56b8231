//! `kind = "regex"`: a regular expression, one group of which may mark the damage.

use super::needs;
use super::{Match, Matcher, Stretch};
use crate::document::Document;
use crate::rule::checker::Trigger;
use crate::rule::file::MatchTable;
use crate::text::Span;
use regex::Regex;

#[derive(Debug)]
pub(super) struct RegexMatcher {
    regex: Regex,
    mark: Option<String>,
    names: Vec<String>,
    trigger: Trigger,
}

impl RegexMatcher {
    pub(super) fn compile(table: &MatchTable) -> Result<Box<dyn Matcher>, (String, String)> {
        let at = |message: String| ("match.pattern".to_owned(), message);
        let pattern = table.pattern.as_deref().ok_or_else(|| at("a regex needs a `pattern`".to_owned()))?;
        let regex = Regex::new(pattern).map_err(|error| at(error.to_string()))?;
        let names: Vec<String> = regex.capture_names().flatten().map(str::to_owned).collect();
        if let Some(mark) = &table.mark
            && !names.contains(mark)
        {
            return Err((
                "match.mark".to_owned(),
                format!("there is no group `(?P<{mark}>…)` in the pattern"),
            ));
        }
        let trigger = needs::of_pattern(pattern).map_err(at)?;
        Ok(Box::new(Self { regex, mark: table.mark.clone(), names, trigger }))
    }
}

impl Matcher for RegexMatcher {
    fn find(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match)) {
        let text = document.slice(stretch.span);
        let offset = stretch.span.lo();
        let mut from = 0;
        let mut slots = self.regex.capture_locations();
        while let Some(whole) = self.regex.captures_read_at(&mut slots, text, from) {
            let group = |name: &str| {
                let index = self.regex.capture_names().position(|known| known == Some(name))?;
                slots.get(index).map(|(start, end)| Span::new(start, end))
            };
            let span = self.mark.as_deref().and_then(group).unwrap_or(whole.range().into());
            let captures = self
                .names
                .iter()
                .filter_map(|name| group(name).map(|span| (name.clone(), span.shifted(offset))))
                .collect();
            found(Match { span: span.shifted(offset), captures, suggestion: None });
            // The next match may need what stands after the mark as its own context.
            from = match span.hi().max(whole.start()) {
                next if next > from && !span.is_empty() => next,
                _ => match text[whole.end()..].chars().next() {
                    Some(c) => whole.end() + c.len_utf8(),
                    None => break,
                },
            };
        }
    }

    fn trigger(&self) -> Trigger {
        self.trigger.clone()
    }

    fn capture_names(&self) -> Vec<String> {
        self.names.clone()
    }
}
