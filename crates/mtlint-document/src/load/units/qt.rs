//! Qt's `.ts`: contexts of messages, each a source with its translation, perhaps in several plural forms.

use super::xml::{self, Element};
use super::{Broken, Source, Syntax, Unit, extract, language};
use crate::UnitFacts;

pub(super) fn read(text: &str) -> Result<Vec<Unit>, Broken> {
    let elements = xml::elements(text)?;
    let notes = xml::all_notes(&elements, text);
    let said = |element: &Element| extract(Syntax::Xml, element.inner.of(text)).text;
    let root = elements.iter().find(|it| it.name == "TS");
    let tag = |name: &str| root.and_then(|root| root.attribute(name)).map(|tag| tag.replace('_', "-"));
    let target_language = tag("language").as_deref().and_then(language);
    let source_language = tag("sourcelanguage").as_deref().and_then(language).or_else(|| language("en"));
    let mut units = Vec::new();
    let mut context = String::new();
    for (index, message) in elements.iter().enumerate() {
        match message.name {
            "name" => context = said(message),
            "message" => {}
            _ => continue,
        }
        let inside = elements[index + 1..].iter().take_while(|it| it.inner.lo() <= message.inner.hi());
        let own = |name: &str| inside.clone().find(|it| it.name == name && it.parent == Some(index));
        let (Some(source), Some(target)) = (own("source"), own("translation")) else { continue };
        let state = target.attribute("type").unwrap_or_default();
        if matches!(state, "vanished" | "obsolete") {
            continue;
        }
        let name = match message.attribute("id") {
            Some(id) => id.to_owned(),
            None => format!("{context}/{}", said(source).chars().take(LONGEST_ID).collect::<String>()),
        };
        let forms: Vec<&Element> = inside
            .clone()
            .filter(|it| {
                it.name == "numerusform" && it.parent.is_some_and(|at| std::ptr::eq(&elements[at], target))
            })
            .collect();
        let unit = |id: String, text: &Element| Unit {
            id,
            target: text.inner,
            source: Source::Here(source.inner),
            language: target_language,
            source_language,
            facts: UnitFacts {
                is_finished: state != "unfinished" || !text.inner.is_empty(),
                notes: xml::notes(&notes, &[index]),
                ..UnitFacts::default()
            },
        };
        match forms.as_slice() {
            [] => units.push(unit(name, target)),
            _ => units
                .extend(forms.iter().enumerate().map(|(form, text)| unit(format!("{name}[{form}]"), text))),
        }
    }
    Ok(units)
}

/// How many characters of a source text name a unit.
const LONGEST_ID: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context><name>Pier</name>
<message><source>Open &amp;berths</source><translation>&amp;Liegeplätze öffnen</translation></message>
<message numerus="yes"><source>%n boat(s)</source><translation><numerusform>%n Boot</numerusform><numerusform>%n Boote</numerusform></translation></message>
<message><source>Old</source><translation type="vanished">Alt</translation></message>
<message id="tide"><source>Tide</source><translatorcomment>mtlint-ignore language: a name</translatorcomment><translation type="unfinished"></translation></message>
</context></TS>"#;

    #[test]
    fn messages_and_their_forms_are_read() {
        let units = read(FILE).unwrap();
        let said: Vec<(&str, &str)> =
            units.iter().map(|unit| (unit.id.as_str(), unit.target.of(FILE))).collect();
        assert_eq!(
            said,
            [
                ("Pier/Open &berths", "&amp;Liegeplätze öffnen"),
                ("Pier/%n boat(s)[0]", "%n Boot"),
                ("Pier/%n boat(s)[1]", "%n Boote"),
                ("tide", "")
            ]
        );
        assert_eq!(units[0].language, language("de-DE"));
        assert!(!units[3].facts.is_finished && units[3].facts.notes.len() == 1);
    }
}
