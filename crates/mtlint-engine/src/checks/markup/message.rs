//! Messages in the format of ICU whose syntax differs from the source.
//!
//! May use `lang`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report, Severity};
use mtlint_document::pair::Pair;
use mtlint_document::pair::message::{Argument, Broken, Kind, Message};
use mtlint_lang::ValueWords;
use mtlint_text::{Edit, Span};
use std::collections::BTreeSet;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (source_text, target_text) = (pair.source().text(), pair.target().text());
    if !pair.is_translated() || !Message::is_likely(source_text) {
        return;
    }
    let Ok(source) = Message::read(source_text) else { return };
    let target = match Message::read(target_text) {
        Ok(target) => target,
        Err(Broken { offset, why }) => {
            report.add(Span::at(offset.min(target_text.len())), format!("the message cannot be read: {why}"));
            return;
        }
    };
    let choosing = |message: &Message, name: &str, kind: Kind, text: &str| -> Option<Argument> {
        message.arguments.iter().find(|it| it.kind == kind && it.name.of(text) == name).cloned()
    };
    names(pair, (&source, &target), report);
    for argument in source.arguments.iter().filter(|it| it.kind != Kind::Simple) {
        let name = argument.name.of(source_text);
        match choosing(&target, name, argument.kind, target_text) {
            Some(own) if argument.kind == Kind::Select => words(pair, argument, &own, report),
            Some(own) => forms(pair, &own, report),
            None => {}
        }
    }
}

/// The names of what is filled in: whether all are there, and no others.
fn names(pair: &Pair<'_>, (source, target): (&Message, &Message), report: &mut Report<'_>) {
    let (source_text, target_text) = (pair.source().text(), pair.target().text());
    let all = |message: &Message, text: &str| -> BTreeSet<(String, bool)> {
        let name = |it: &Argument| (it.name.of(text).to_owned(), it.kind == Kind::Simple);
        message.arguments.iter().map(name).collect()
    };
    let (was, is) = (all(source, source_text), all(target, target_text));
    // A name that chooses need not be shown, and one that is shown need not choose.
    let has = |names: &BTreeSet<(String, bool)>, name: &str| names.iter().any(|(it, _)| it == name);
    let lost: Vec<&str> = was.iter().filter(|(it, _)| !has(&is, it)).map(|(it, _)| it.as_str()).collect();
    let added: Vec<&Argument> =
        target.arguments.iter().filter(|it| !has(&was, it.name.of(target_text))).collect();
    let of_source = |name: &str| source.arguments.iter().find(|it| it.name.of(source_text) == name);
    let are_one = added.windows(2).all(|pair| pair[0].name.of(target_text) == pair[1].name.of(target_text));
    if let ([name], [first, ..]) = (lost.as_slice(), added.as_slice())
        && are_one
    {
        let finding = report.add(first.name, format!("what is filled in is called `{name}` in the source"));
        finding.fix(Fix::safe(
            format!("write `{name}`"),
            added.iter().map(|it| Edit::replace(it.name, *name)).collect(),
        ));
        if let Some(argument) = of_source(name) {
            finding.relate_source("its name", argument.name);
        }
        return;
    }
    for name in lost {
        let finding = report.add(pair.end(), format!("`{{{name}}}` is missing"));
        if let Some(argument) = of_source(name) {
            finding.relate_source("what is filled in", argument.span);
        }
    }
    for argument in added {
        report.add(argument.name, "the source fills in nothing that is called so");
    }
}

/// The words that a text is chosen by, which belong to the program.
fn words(pair: &Pair<'_>, source: &Argument, target: &Argument, report: &mut Report<'_>) {
    let (source_text, target_text) = (pair.source().text(), pair.target().text());
    let keys = |argument: &Argument, text: &str| -> BTreeSet<String> {
        argument.branches.iter().map(|it| it.key.of(text).to_owned()).collect()
    };
    let (was, is) = (keys(source, source_text), keys(target, target_text));
    let lost: Vec<&String> = was.difference(&is).collect();
    let added: Vec<_> = target.branches.iter().filter(|it| !was.contains(it.key.of(target_text))).collect();
    if let ([word], [branch]) = (lost.as_slice(), added.as_slice()) {
        let finding = report.add(branch.key, format!("the program chooses this text by the word `{word}`"));
        finding.fix(Fix::safe(format!("write `{word}`"), vec![Edit::replace(branch.key, word.as_str())]));
        return;
    }
    for branch in added {
        report.add(branch.key, "the program does not choose by this word");
    }
    for word in lost {
        report.add(Span::at(target.span.hi() - 1), format!("there is no text for `{word}`"));
    }
}

/// The plural forms: those that the language has, and `other`.
fn forms(pair: &Pair<'_>, target: &Argument, report: &mut Report<'_>) {
    let text = pair.target().text();
    let words = ValueWords::of(pair.target().language());
    let known = if target.kind == Kind::Ordinal { words.ordinals() } else { words.plurals() };
    let keys: Vec<(&str, Span)> = target.branches.iter().map(|it| (it.key.of(text), it.key)).collect();
    let is_form = |key: &str| ["zero", "one", "two", "few", "many", "other"].contains(&key);
    for (key, span) in &keys {
        if key.strip_prefix('=').is_some_and(|number| number.parse::<u32>().is_ok()) || is_form(key) {
            continue;
        }
        report.add(*span, format!("`{key}` is no plural form"));
    }
    let place = Span::at(target.span.hi() - 1);
    if !keys.iter().any(|(key, _)| *key == "other") {
        report.add(place, "the text for all other numbers, `other`, is missing");
        return;
    }
    let missing: Vec<&str> = known
        .iter()
        .map(String::as_str)
        .filter(|form| !keys.iter().any(|(key, _)| key == form))
        // One that holds for a single number may be told by that.
        .filter(|form| {
            !(matches!(*form, "one" | "two" | "zero") && keys.iter().any(|(key, _)| key.starts_with('=')))
        })
        .collect();
    if !missing.is_empty() && keys.len() > 1 {
        let finding =
            report.add(place, format!("the language has other plural forms, too: {}", missing.join(", ")));
        finding.severity = Severity::Minor;
        // Large numbers alone take this form in some languages, which interfaces hardly show.
        if missing == ["many"] {
            finding.at_most(Confidence::Low);
        }
    }
}
