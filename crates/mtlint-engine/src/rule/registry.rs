//! The registry: every rule, from the files built in and the folders a user adds.

use super::checker::{Checker, CodeCheck, MakeCheck, ParamError, Params, Trigger};
use super::custom::Custom;
use super::examples::{self, Example};
use super::file::{FAMILIES, KEYS, Kind, RuleFile};
use super::finding::{Applicability, Confidence, RuleId, Severity};
use super::matcher::Pattern;
use super::mqm::{MQM_TYPES, its_type, mqm_type};
use super::precision::{Measured, Precision};
use super::scorer::Scorer;
use mtlint_lang::{Language, LazyRegex, Packs};
use mtlint_text::toml_file::{Problem, TomlFile, nearest, unknown};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// A rule, compiled: data rules and code rules are the same value.
#[derive(Debug)]
pub struct Rule {
    pub id: RuleId,
    /// What is wrong, in a line.
    pub summary: String,
    /// The kinds of damage that it should find, as `mtlint inject --list` has them.
    pub finds: Vec<String>,
    /// Which process leaves such damage, and why it matters.
    pub why: String,
    /// An error type of MQM Core, by its id.
    pub mqm: String,
    pub severity: Severity,
    pub confidence: Confidence,
    /// The most confidence of a finding in a document where no other rule finds damage elsewhere.
    pub alone: Confidence,
    /// The languages it holds for; empty for all.
    pub languages: Vec<Language>,
    /// Rules and families whose finding at the same place makes this one superfluous.
    pub yields_to: Vec<String>,
    /// How far its fix may be trusted, where the file gives one.
    pub applicability: Option<Applicability>,
    /// Why the fix may change what the text asserts.
    pub why_unsafe: Option<String>,
    pub checker: Checker,
    /// What weighs the evidence of its candidates, if it proposes such.
    pub scorer: Option<Scorer>,
    pub trigger: Trigger,
    /// What the document itself must do for a finding to stand.
    pub custom: Custom,
    /// Those of a rule built in are read when they are first asked for.
    examples: OnceLock<Vec<Example>>,
    /// Where it was read from: a path, or `rules/…` for a rule built in.
    pub file: String,
}

impl Rule {
    /// Whether the rule holds for texts in this language. A rule for certain languages keeps
    /// silent where the language is unknown.
    pub fn speaks(&self, language: Option<Language>) -> bool {
        self.languages.is_empty() || language.is_some_and(|language| self.languages.contains(&language))
    }

    /// Whether it looks at a text beside its source.
    pub fn is_of_pairs(&self) -> bool {
        matches!(self.checker, Checker::Code(CodeCheck::Pair(_) | CodeCheck::Original(_)))
    }

    /// What the rule must say about its examples.
    pub fn examples(&self) -> &[Example] {
        self.examples.get_or_init(|| examples::builtin(self.id.as_str(), &self.languages))
    }

    /// What was measured of it, if it was.
    pub fn measured(&self) -> Option<Measured> {
        Precision::builtin().of(self)
    }

    /// What ITS 2.0 calls the damage it finds, one of [`super::ITS_TYPES`].
    pub fn its_type(&self) -> &'static str {
        its_type(&self.id, &self.mqm)
    }

    /// Whether its findings are reported without being asked for.
    pub fn is_on_by_default(&self) -> bool {
        self.confidence > Confidence::Low
    }
}

/// All rules, sorted by id.
#[derive(Debug)]
pub struct Registry {
    rules: Vec<Rule>,
    packs: Arc<Packs>,
}

impl Registry {
    /// The rules that come with mtlint, and those of `files`: (id, name of the file for messages, text). A rule whose
    /// logic is code finds it in `checks`, by its id.
    ///
    /// # Errors
    /// Everything that is wrong in all files.
    pub fn new<'a>(
        checks: &[(&str, MakeCheck)],
        files: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
    ) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut files_of: HashMap<&str, String> = HashMap::new();
        let mut sources: Vec<(&str, String, Source<'_>)> = Vec::new();
        let builtin =
            mtlint_data::rules().iter().map(|(id, json)| (*id, builtin_file(id), Source::Builtin(json)));
        let added = files.into_iter().map(|(id, file, text)| (id, file.to_owned(), Source::Toml(text)));
        for (id, file, source) in builtin.chain(added) {
            if let Some(twin) = files_of.get(id) {
                problems.push(Problem::new(&file, None, format!("the rule `{id}` is already in {twin}")));
                continue;
            }
            files_of.insert(id, file.clone());
            sources.push((id, file, source));
        }
        // Whoever has read the packs helps with the rules, and the other way round.
        let (packs, parsed) = rayon::join(
            || Arc::new(Packs::builtin()),
            || -> Vec<_> {
                let parse = |(id, file, source): (_, String, _)| (id, parse(&file, source), file);
                sources.into_par_iter().map(parse).collect()
            },
        );
        let compile =
            |(id, parsed, file): (_, Result<_, _>, String)| compile(id, &file, parsed?, &packs, checks);
        let compiled: Vec<_> = parsed.into_par_iter().map(compile).collect();
        let mut rules: Vec<Rule> = Vec::new();
        for outcome in compiled {
            match outcome {
                Ok(rule) => rules.push(rule),
                Err(mut found) => problems.append(&mut found),
            }
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        let registry = Self { rules, packs };
        let families = registry.families();
        let is_known = |selector: &str| {
            registry.rule(selector).is_some() || selector == "all" || families.contains(&selector)
        };
        for rule in &registry.rules {
            for selector in rule.yields_to.iter().filter(|selector| !is_known(selector)) {
                problems.push(Problem::new(&rule.file, None, registry.unknown_selector(selector)));
            }
        }
        if problems.is_empty() { Ok(registry) } else { Err(problems) }
    }

    /// All rules, sorted by id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.binary_search_by(|rule| rule.id.as_str().cmp(id)).ok().map(|index| &self.rules[index])
    }

    /// The rule of that id, or the only one of that name in any family.
    ///
    /// # Errors
    /// What to ask for instead, where it names a family, several rules, or none.
    pub fn find(&self, name: &str) -> Result<&Rule, String> {
        if let Some(rule) = self.rule(name) {
            return Ok(rule);
        }
        let is_named = |rule: &&Rule| rule.id.as_str().split_once('/').is_some_and(|(_, own)| own == name);
        let named: Vec<&Rule> = self.rules.iter().filter(is_named).collect();
        match named.as_slice() {
            [rule] => Ok(rule),
            [] if self.knows(name) => {
                Err(format!("`{name}` is a family; `mtlint rules list {name}` shows its rules"))
            }
            [] => {
                let known = self.rules.iter().map(|rule| rule.id.as_str());
                let own = known.clone().filter_map(|id| id.split_once('/')).map(|(_, own)| own);
                Err(format!("{} (`mtlint rules list` shows all)", unknown("rule", name, known.chain(own))))
            }
            several => {
                let ids: Vec<&str> = several.iter().map(|rule| rule.id.as_str()).collect();
                Err(format!("`{name}` may be {}", ids.join(" or ")))
            }
        }
    }

    /// The same rules, of which the one with this id takes every candidate for damage: for gathering evidence.
    #[must_use]
    pub fn with_every_candidate(mut self, id: &str) -> Self {
        for rule in self.rules.iter_mut().filter(|rule| rule.id.as_str() == id) {
            rule.scorer = Some(Scorer::of_everything());
        }
        self
    }

    pub fn packs(&self) -> &Arc<Packs> {
        &self.packs
    }

    /// Whether `selector` names a rule, a family that has rules, or `all`.
    pub fn knows(&self, selector: &str) -> bool {
        self.rules.iter().any(|rule| selects(selector, &rule.id))
    }

    /// The message for a selector that names nothing.
    pub fn unknown_selector(&self, selector: &str) -> String {
        let mut names = self.families();
        names.extend(self.rules.iter().map(|rule| rule.id.as_str()));
        names.push("all");
        match nearest(selector, names.iter().copied()) {
            Some(near) => format!("unknown rule or family `{selector}`; did you mean `{near}`?"),
            None => format!(
                "unknown rule or family `{selector}`; families are {} (`mtlint rules list` shows all rules)",
                self.families().join(", ")
            ),
        }
    }

    /// The families that have rules, in order.
    pub fn families(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.rules.iter().map(|rule| rule.id.family()).collect();
        names.dedup();
        names
    }
}

/// Whether `selector`, a rule, a family or `all`, takes in the rule.
pub fn selects(selector: &str, rule: &RuleId) -> bool {
    selector == "all" || selector == rule.as_str() || selector == rule.family()
}

/// What a rule is read from.
#[derive(Clone, Copy)]
enum Source<'a> {
    Toml(&'a str),
    /// JSON made from a file of `rules/` when the binary was built.
    Builtin(&'a str),
}

/// The weights of a rule built in, as JSON.
fn builtin_scorer(id: &str) -> Option<&'static str> {
    let scorers = mtlint_data::scorers();
    scorers.binary_search_by(|(of, _)| of.cmp(&id)).ok().map(|index| scorers[index].1)
}

fn builtin_file(id: &str) -> String {
    format!("rules/{id}.toml")
}

/// A rule file as it is written.
struct Parsed {
    rule: TomlFile<RuleFile>,
    /// Whether a user added it.
    is_added: bool,
}

fn parse(file: &str, source: Source<'_>) -> Result<Parsed, Vec<Problem>> {
    match source {
        Source::Toml(text) => TomlFile::parse(file, text, &KEYS).map(|rule| Parsed { rule, is_added: true }),
        Source::Builtin(json) => serde_json::from_str(json)
            .map(|rule| Parsed { rule: TomlFile::without_lines(rule), is_added: false })
            .map_err(|error| vec![Problem::new(file, None, error.to_string())]),
    }
}

fn compile(
    id: &str,
    file: &str,
    parsed: Parsed,
    packs: &Packs,
    checks: &[(&str, MakeCheck)],
) -> Result<Rule, Vec<Problem>> {
    let Parsed { rule: parsed, is_added } = parsed;
    let rule = &parsed.value;
    let mut problems = Vec::new();
    let mut fail = |key: &str, message: String| {
        problems.push(Problem::new(file, parsed.line(key), message).at(parsed.value_span(key)));
    };

    check_id(id, is_added).unwrap_or_else(|message| fail("", message));
    for (key, text) in [("summary", &rule.summary), ("why", &rule.why)] {
        if text.trim().is_empty() {
            fail(key, format!("`{key}` is empty"));
        }
    }
    if mqm_type(&rule.mqm).is_none() {
        fail("mqm", unknown("MQM type", &rule.mqm, MQM_TYPES.iter().map(|known| known.id)));
    }
    // What follows is held by a test for the rules built in, whose kinds and patterns are many.
    if is_added {
        let kinds = || mtlint_data::operators().iter().map(|(kind, _)| *kind);
        for kind in rule.finds.iter().filter(|kind| !kinds().any(|known| known == kind.as_str())) {
            fail("finds", unknown("kind of damage", kind, kinds()));
        }
        for (key, pattern) in [("match.usual", &rule.matching.usual), ("match.manner", &rule.matching.manner)]
        {
            if let Some(error) = pattern.as_deref().and_then(|pattern| regex_syntax::parse(pattern).err()) {
                fail(key, error.to_string());
            }
        }
    }
    let languages = languages(rule).unwrap_or_else(|message| {
        fail("langs", message);
        Vec::new()
    });
    if let Some(fix) = &rule.fix {
        let justified = fix.why_unsafe.as_deref().is_some_and(|why| !why.trim().is_empty());
        if fix.applicability == Applicability::Unsafe && !justified {
            fail("fix.applicability", "an unsafe fix says in `why-unsafe` what it may change".to_owned());
        }
    }
    let read = is_added.then(|| examples::read(&languages, &rule.bad, &rule.good, |key| parsed.line(key)));
    let examples = read.transpose().unwrap_or_else(|errors| {
        errors.into_iter().for_each(|(key, message)| fail(&key, message));
        None
    });
    let checker = checker(id, rule, is_added, packs, checks)
        .map_err(|errors| errors.into_iter().for_each(|(key, message)| fail(&key, message)));
    let scorer = if is_added { None } else { builtin_scorer(id) };
    let scorer = scorer.map(Scorer::from_json).transpose().unwrap_or_else(|message| {
        fail("", format!("rules/evidence/{id}.toml: {message}"));
        None
    });
    let Ok((checker, trigger)) = checker else { return Err(problems) };
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Rule {
        id: RuleId::new(id),
        summary: rule.summary.clone(),
        finds: rule.finds.clone(),
        why: rule.why.trim().to_owned(),
        mqm: rule.mqm.clone(),
        severity: rule.severity,
        confidence: rule.confidence,
        alone: rule.alone.unwrap_or(rule.confidence),
        languages,
        yields_to: rule.yields_to.clone(),
        applicability: rule.fix.as_ref().map(|fix| fix.applicability),
        why_unsafe: rule.fix.as_ref().and_then(|fix| fix.why_unsafe.clone()),
        checker,
        scorer,
        trigger,
        custom: Custom {
            usual: rule.matching.usual.as_deref().map(LazyRegex::of_the_usual),
            manner: rule.matching.manner.as_deref().map(LazyRegex::of_the_usual),
            habit: rule.matching.habit,
        },
        examples: examples.map_or_else(OnceLock::new, OnceLock::from),
        file: file.to_owned(),
    })
}

/// Rules of the user's own may have families of their own.
fn check_id(id: &str, is_added: bool) -> Result<(), String> {
    let Some((family, name)) = id.split_once('/') else {
        return Err("a rule file lies in the folder of its family".to_owned());
    };
    let is_name = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && name != "all"
    };
    if !is_added && !FAMILIES.iter().any(|(known, _)| *known == family) {
        return Err(unknown("family", family, FAMILIES.iter().map(|(name, _)| *name)));
    }
    for (part, what) in [(family, "family"), (name, "rule")] {
        if !is_name(part) {
            return Err(format!(
                "`{part}` is not a name of a {what}: lower-case letters, digits and hyphens"
            ));
        }
    }
    Ok(())
}

fn languages(rule: &RuleFile) -> Result<Vec<Language>, String> {
    match rule.langs.as_slice() {
        [] => Err("`langs` is empty; `[\"*\"]` means every language".to_owned()),
        [all] if all == "*" => Ok(Vec::new()),
        tags => tags.iter().map(|tag| Language::parse(tag).map_err(|error| error.to_string())).collect(),
    }
}

fn checker(
    id: &str,
    rule: &RuleFile,
    is_added: bool,
    packs: &Packs,
    checks: &[(&str, MakeCheck)],
) -> Result<(Checker, Trigger), Vec<(String, String)>> {
    if rule.matching.kind == Kind::Code {
        let check = checks.iter().find(|(known, _)| *known == id).map(|(_, check)| check);
        return match check.map(|check| check(&Params::new(rule.params.clone()))) {
            Some(Ok(check)) => {
                // Comments are no part of the text, so that no text concerns a rule about them.
                let trigger = match check {
                    CodeCheck::Suppression(_) => Trigger::AnyOf(Vec::new()),
                    _ => code_trigger(rule),
                };
                Ok((Checker::Code(check), trigger))
            }
            Some(Err(ParamError(message))) => Err(vec![("params".to_owned(), message)]),
            None => Err(vec![(
                "match.kind".to_owned(),
                "`code` is for rules built in, whose check lies in crates/mtlint-engine/src/checks/"
                    .to_owned(),
            )]),
        };
    }
    if !rule.params.is_empty() {
        return Err(vec![("params".to_owned(), "`[params]` is for rules whose kind is `code`".to_owned())]);
    }
    let pattern = Pattern::compile(rule, packs)?;
    // The rules built in are held by a test; those of a user are tried here.
    if is_added {
        pattern.validate().map_err(|message| vec![("match".to_owned(), message)])?;
    }
    let trigger = pattern.trigger();
    Ok((Checker::Pattern(pattern), trigger))
}

fn code_trigger(rule: &RuleFile) -> Trigger {
    match &rule.matching.needs {
        Some(strings) if !strings.is_empty() => {
            Trigger::AnyOf(strings.iter().map(|string| string.to_ascii_lowercase()).collect())
        }
        _ => Trigger::Always,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read at start is JSON, in which no key is looked for that should not be there.
    #[test]
    fn every_rule_file_is_right_as_it_is_written() {
        let packs = Packs::builtin();
        for (id, _) in mtlint_data::rules() {
            let file = builtin_file(id);
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(&file);
            let text = std::fs::read_to_string(path).unwrap();
            let rule = parse(&file, Source::Toml(&text))
                .and_then(|rule| compile(id, &file, rule, &packs, crate::checks::CHECKS));
            let problems = rule.err().unwrap_or_default();
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            assert!(told.is_empty(), "{}", told.join("\n"));
        }
    }
}
