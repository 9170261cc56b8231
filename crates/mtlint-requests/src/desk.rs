//! Where requests come in: the settings that were asked for are kept ready, and texts checked and fixed under them.

use crate::Request;
use jiff::civil::Date;
use mtlint_document::load::{self, Article, Format};
use mtlint_engine::config::today;
use mtlint_engine::engine::{FixOutcome, Selection};
use mtlint_engine::lint::{Checked, Linter, Settings};
use mtlint_engine::rule::{Applicability, Registry};
use mtlint_lang::{Language, identify};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How many selections of rules are kept ready: clients ask for few, and each takes some milliseconds to make and little
/// memory, for the rules themselves are shared.
const READY: usize = 16;

/// What a text is called that has no name.
const NAMELESS: &str = "text";

/// Checks and fixes texts, for any number of threads.
#[derive(Debug)]
pub struct Desk {
    /// The settings of texts of which nothing else is asked.
    base: Arc<Settings>,
    /// The settings that were asked for, the latest first.
    ready: Mutex<Vec<Arc<Settings>>>,
}

/// A text that is ready to be checked, and the rules for it.
#[derive(Clone, Debug)]
pub struct Order {
    /// As the answer calls it.
    pub name: String,
    pub format: Format,
    pub article: Article,
    pub selection: Selection,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Everything that is wrong with the request, a message a mistake.
    Wrong(Vec<String>),
    /// It was stopped.
    Stopped,
}

impl Desk {
    /// A desk where texts are checked under these settings, unless they ask for others.
    pub fn new(settings: Arc<Settings>) -> Self {
        Self { ready: Mutex::new(vec![settings.clone()]), base: settings }
    }

    /// The rules that there are.
    pub fn registry(&self) -> &Registry {
        self.base.engine.registry()
    }

    /// The rules that run on a text of which nothing is asked.
    pub fn selection(&self) -> &Selection {
        self.base.engine.selection()
    }

    /// Makes ready what the first texts would otherwise wait for: the patterns of the rules, for the languages of the
    /// rules' own examples.
    pub fn warm_up(&self) {
        self.base.engine.expect_more();
        let examples = self.base.engine.active_rules().flat_map(|rule| rule.examples().iter().take(2));
        let text: Vec<&str> = examples.map(|example| example.text.as_str()).collect();
        let order = self.order_of(NAMELESS, Format::Text, load::article(Format::Text, &text.join("\n\n")));
        // It is never stopped, and asks for nothing that is not there.
        let _ = self.check(order, false, &AtomicBool::new(false), |_| ());
    }

    /// An order for an article of which nothing is asked.
    pub fn order_of(&self, name: &str, format: Format, article: Article) -> Order {
        Order { name: name.to_owned(), format, article, selection: self.selection().clone() }
    }

    /// What a request asks for.
    ///
    /// # Errors
    /// A message for each language code that is none. What is wrong with the rules asked for is told when the text is
    /// checked.
    pub fn order(&self, request: &Request) -> Result<Order, Refused> {
        let mut messages = Vec::new();
        let mut language = |field: &str, tag: &Option<String>| -> Option<Language> {
            let named = identify::named(tag.as_deref()?);
            named.map_err(|message| messages.push(format!("`{field}`: {message}"))).ok()
        };
        let own = language("language", &request.language);
        let of_source = language("source_language", &request.source_language);
        if !messages.is_empty() {
            return Err(Refused::Wrong(messages));
        }
        let format = Format::from(request.format);
        let mut article = load::article(format, &request.text);
        article.language = own.or(self.base.config.lang.value).or(article.language);
        article.source = request.source.as_ref().map(|source| load::extract(format, source).text);
        article.source_language = of_source;
        let mut order = self.order_of(request.name.as_deref().unwrap_or(NAMELESS), format, article);
        let selection = &mut order.selection;
        selection.select = request.select.clone().unwrap_or_else(|| selection.select.clone());
        selection.ignore = request.ignore.clone().unwrap_or_else(|| selection.ignore.clone());
        selection.min_severity = request.min_severity.unwrap_or(selection.min_severity);
        selection.min_confidence = request.min_confidence.unwrap_or(selection.min_confidence);
        Ok(order)
    }

    /// Checks a text and hands on what was found, with what fixing makes of it if `mend` says so. It ends early when
    /// `stop` is set.
    ///
    /// # Errors
    /// Rules that are not known, and that it was stopped.
    pub fn check<T>(
        &self,
        order: Order,
        mend: bool,
        stop: &AtomicBool,
        then: impl FnOnce(&Checked<'_>) -> T,
    ) -> Result<T, Refused> {
        let Order { name, format, mut article, selection } = order;
        let settings = self.settings(&selection)?;
        let linter = Linter::new(&settings, Path::new(&name), format, &article).until(stop);
        let document = linter.take(&mut article);
        let review = linter.check(&document, None);
        not_stopped(stop)?;
        let mut checked = linter.locate(&name, &article, &document, &review);
        if mend {
            checked.mended = Some(linter.mended(&document));
            not_stopped(stop)?;
        }
        Ok(then(&checked))
    }

    /// Applies the fixes of a text that are trusted at least as far as `least`, checks what came of it, and hands on
    /// both. It ends early when `stop` is set.
    ///
    /// # Errors
    /// As [`Desk::check`].
    pub fn fix<T>(
        &self,
        order: &Order,
        least: Applicability,
        stop: &AtomicBool,
        then: impl FnOnce(&FixOutcome, &Checked<'_>) -> T,
    ) -> Result<T, Refused> {
        let settings = self.settings(&order.selection)?;
        let linter = Linter::new(&settings, Path::new(&order.name), order.format, &order.article).until(stop);
        let outcome = linter.fix(order.article.original(), least);
        not_stopped(stop)?;
        let document = linter.parse(&outcome.text);
        let review = linter.check(&document, None);
        not_stopped(stop)?;
        Ok(then(&outcome, &linter.locate(&order.name, &order.article, &document, &review)))
    }

    /// What a text is checked under.
    fn settings(&self, selection: &Selection) -> Result<Arc<Settings>, Refused> {
        let day = Some(today());
        let is_it = |settings: &Arc<Settings>| is_of(settings, selection, day);
        {
            let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(place) = ready.iter().position(is_it) {
                ready[..=place].rotate_right(1);
                return Ok(ready[0].clone());
            }
        }
        // Not under the lock: it takes some milliseconds.
        let mut made = self.base.with(selection.clone(), day).map_err(Refused::Wrong)?;
        // What a request says of its language outweighs the configuration, which the order has looked at.
        made.config.lang.value = None;
        let made = Arc::new(made);
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        ready.retain(|settings| settings.today == day);
        ready.insert(0, made.clone());
        ready.truncate(READY);
        Ok(made)
    }
}

fn is_of(settings: &Settings, selection: &Selection, day: Option<Date>) -> bool {
    settings.today == day && settings.engine.selection() == selection && settings.config.lang.value.is_none()
}

fn not_stopped(stop: &AtomicBool) -> Result<(), Refused> {
    if stop.load(Ordering::Relaxed) { Err(Refused::Stopped) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_engine::config::Overrides;
    use mtlint_engine::lint::AllSettings;

    fn desk(overrides: Overrides) -> Desk {
        let mut settings = AllSettings::new(overrides, true, Some(today()));
        Desk::new(settings.of_file(Path::new("text")).unwrap())
    }

    fn request(json: &str) -> Request {
        serde_json::from_str(json).unwrap()
    }

    /// What is found by the rules, and the language the text was read as.
    fn found(desk: &Desk, json: &str) -> Result<(Vec<String>, Option<String>), Refused> {
        let order = desk.order(&request(json))?;
        desk.check(order, false, &AtomicBool::new(false), |checked| {
            let rules = checked.findings.iter().map(|located| located.rule.id.to_string()).collect();
            (rules, checked.document.language().map(|language| language.to_string()))
        })
    }

    #[test]
    fn a_request_chooses_rules_and_language() {
        let desk = desk(Overrides { lang: Some(Language::parse("de").unwrap()), ..Overrides::default() });
        let text = r#""text": "It was late.. Nobody came .""#;
        let (rules, language) = found(&desk, &format!("{{{text}}}")).unwrap();
        assert_eq!((rules.len(), language.as_deref()), (2, Some("de")));
        let (rules, language) = found(
            &desk,
            &format!(r#"{{{text}, "language": "en-GB", "select": ["punctuation/repeated-stop"]}}"#),
        )
        .unwrap();
        assert_eq!(
            (rules.as_slice(), language.as_deref()),
            (&["punctuation/repeated-stop".to_owned()][..], Some("en"))
        );
    }

    #[test]
    fn what_is_wrong_is_told_at_once() {
        let desk = desk(Overrides::default());
        let wrong = |json: &str| match found(&desk, json) {
            Err(Refused::Wrong(messages)) => messages,
            other => panic!("{other:?}"),
        };
        let messages = wrong(r#"{"text": "", "language": "english", "source_language": "?"}"#);
        assert!(
            messages[0].contains("`language`") && messages[1].contains("`source_language`"),
            "{messages:?}"
        );
        assert_eq!(wrong(r#"{"text": "", "select": ["no-such"], "ignore": ["nor-this"]}"#).len(), 2);
    }

    #[test]
    fn what_is_stopped_gives_no_answer() {
        let desk = desk(Overrides::default());
        let order = desk.order(&request(r#"{"text": "The end . ."}"#)).unwrap();
        let stop = AtomicBool::new(true);
        assert_eq!(desk.fix(&order, Applicability::Safe, &stop, |_, _| ()), Err(Refused::Stopped));
        assert_eq!(desk.check(order, true, &stop, |_| ()), Err(Refused::Stopped));
    }

    #[test]
    fn few_settings_are_kept() {
        let desk = desk(Overrides::default());
        for rule in desk.registry().rules().iter().take(2 * READY) {
            let json = format!(r#"{{"text": "", "select": ["{}"]}}"#, rule.id);
            found(&desk, &json).unwrap();
        }
        assert_eq!(desk.ready.lock().unwrap().len(), READY);
    }
}
