//! XML of units: XLIFF 1.2 and 2, TMX, Android's resources, .NET's.
//!
//! The reader follows no declaration of entities and fetches nothing.

use super::{Broken, Format, Source, Unit, language};
use crate::{Note, UnitFacts};
use mtlint_text::Span;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, HashMap};

/// How deep elements may nest: deeper ones are no translations.
const DEEPEST: usize = 200;

/// Elements that hold units, or say something of them.
const KNOWN: [&str; 43] = [
    "xliff",
    "file",
    "group",
    "trans-unit",
    "unit",
    "segment",
    "source",
    "target",
    "alt-trans",
    "tmx",
    "header",
    "tu",
    "tuv",
    "seg",
    "string",
    "item",
    "data",
    "value",
    "note",
    "comment",
    "TS",
    "context",
    "name",
    "message",
    "translation",
    "numerusform",
    "translatorcomment",
    "extracomment",
    "plist",
    "dict",
    "key",
    "array",
    "martif",
    "tbx",
    "termEntry",
    "conceptEntry",
    "langSet",
    "langSec",
    "tig",
    "ntig",
    "termSec",
    "term",
    "termNote",
];
/// Elements whose items are named after them.
const LISTS: [&str; 2] = ["string-array", "plurals"];

/// An element of interest.
#[derive(Debug)]
pub(in super::super) struct Element {
    pub name: &'static str,
    /// Names and values: few, and a map of a few takes many times their room.
    attributes: Box<[(Box<str>, Box<str>)]>,
    /// The nearest element of interest around it, an index.
    pub parent: Option<usize>,
    /// What stands between its tags.
    pub inner: Span,
    /// The comment before it.
    comment: Span,
}

pub(super) fn read(format: Format, text: &str) -> Result<Vec<Unit>, Broken> {
    let elements = elements(text)?;
    let notes = all_notes(&elements, text);
    Ok(match format {
        Format::Tmx => memory(&elements, &notes),
        Format::Android => resources(&elements, &notes),
        Format::Resx => resx(&elements, &notes),
        _ => xliff(&elements, &notes),
    })
}

/// All elements of interest, each after the one around it.
pub(in super::super) fn elements(text: &str) -> Result<Vec<Element>, Broken> {
    let mut reader = Reader::from_str(text);
    let mut elements: Vec<Element> = Vec::new();
    // Of all open elements: the index of one of interest.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut has_root = false;
    let mut comment = Span::default();
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader
            .read_event()
            .map_err(|error| Broken::at(reader.error_position() as usize, format!("is no XML: {error}")))?;
        let after = reader.buffer_position() as usize;
        match event {
            Event::Start(start) => {
                has_root = true;
                if open.len() >= DEEPEST {
                    return Err(Broken::at(before, format!("elements nest deeper than {DEEPEST}")));
                }
                let index = add(&start, after, &open, &mut elements, before)?;
                if let Some(index) = index {
                    elements[index].comment = std::mem::take(&mut comment);
                }
                open.push(index);
            }
            Event::Empty(start) => {
                has_root = true;
                // One that is empty has its text where a fix could not write.
                add(&start, after, &open, &mut elements, before)?;
            }
            Event::Comment(_) => comment = Span::new(before, after),
            Event::End(_) => {
                comment = Span::default();
                if let Some(Some(index)) = open.pop() {
                    elements[index].inner = Span::new(elements[index].inner.lo(), before);
                }
            }
            Event::GeneralRef(reference) => {
                let name = (*reference).to_owned();
                let is_known =
                    name.starts_with('#') || ["lt", "gt", "amp", "quot", "apos"].contains(&name.as_str());
                if !is_known {
                    return Err(Broken::at(
                        before,
                        format!("is no XML: the entity `&{name};` is not declared"),
                    ));
                }
            }
            Event::Eof if open.is_empty() && has_root => return Ok(elements),
            Event::Eof => {
                return Err(Broken::at(text.len(), "is no XML: it ends before all elements are closed"));
            }
            _ => {}
        }
    }
}

fn add(
    start: &BytesStart<'_>,
    after: usize,
    open: &[Option<usize>],
    elements: &mut Vec<Element>,
    before: usize,
) -> Result<Option<usize>, Broken> {
    let name = start.name();
    let local = name.local_name();
    let Some(name) = KNOWN.iter().chain(&LISTS).find(|known| **known == local.as_ref()) else {
        return Ok(None);
    };
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| Broken::at(before, format!("is no XML: {error}")))?;
        let key = attribute.key.as_ref().to_owned();
        let raw = attribute.value.clone().into_owned();
        attributes.push((key.into(), super::extract(super::Syntax::Xml, &raw).text.into()));
    }
    let attributes = attributes.into();
    let parent = open.iter().rev().find_map(|index| *index);
    let inner = Span::at(after);
    elements.push(Element { name, attributes, parent, inner, comment: Span::default() });
    Ok(Some(elements.len() - 1))
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| **key == *name).map(|(_, value)| &**value)
    }

    /// Whether the file says that it must not be translated.
    fn is_kept(&self) -> bool {
        self.attribute("translate") == Some("no") || self.attribute("translatable") == Some("false")
    }
}

/// What notes say, by the element that they belong to.
pub(super) type Notes = HashMap<usize, Vec<Note>>;

/// How many notes of an element are heeded.
const MOST_NOTES: usize = 20;

/// What the notes below elements, and the comments before them, say.
pub(super) fn all_notes(elements: &[Element], text: &str) -> Notes {
    let mut all = Notes::new();
    for (index, element) in elements.iter().enumerate() {
        let is_note = matches!(element.name, "note" | "comment" | "translatorcomment" | "extracomment");
        let said = is_note.then(|| super::extract(super::Syntax::Xml, element.inner.of(text)).text);
        let before = element.comment.of(text).trim_start_matches("<!--").trim_end_matches("-->");
        let places = [(element.parent, said.unwrap_or_default()), (Some(index), before.to_owned())];
        for (place, said) in places.into_iter().filter_map(|(place, said)| Some((place?, said))) {
            let new = super::notes::of_comment(&said);
            if !new.is_empty() {
                all.entry(place).or_default().extend(new);
            }
        }
    }
    all.values_mut().for_each(|notes| notes.truncate(MOST_NOTES));
    all
}

/// The notes of some elements.
pub(super) fn notes(all: &Notes, of: &[usize]) -> Vec<Note> {
    of.iter().filter_map(|index| all.get(index)).flatten().cloned().collect()
}

/// The elements around one, the nearest first.
fn ancestors<'e>(elements: &'e [Element], element: &'e Element) -> impl Iterator<Item = &'e Element> {
    std::iter::successors(element.parent.map(|index| &elements[index]), |it| {
        it.parent.map(|index| &elements[index])
    })
}

fn xliff(elements: &[Element], all: &Notes) -> Vec<Unit> {
    let mut units = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        if !matches!(element.name, "trans-unit" | "segment") {
            continue;
        }
        // What an element holds follows it.
        let inside = elements[index + 1..].iter().take_while(|it| it.inner.lo() <= element.inner.hi());
        let own = |name: &str| inside.clone().find(|it| it.name == name && it.parent == Some(index));
        let (Some(source), Some(target)) = (own("source"), own("target")) else { continue };
        let is_kept = element.is_kept() || ancestors(elements, element).any(Element::is_kept);
        if is_kept {
            continue;
        }
        let mut around = std::iter::once(element).chain(ancestors(elements, element));
        let find = |names: &[&str]| {
            let mut all = std::iter::once(element).chain(ancestors(elements, element));
            all.find_map(|it| names.iter().find_map(|name| it.attribute(name)).map(str::to_owned))
        };
        let unit = around.find(|it| matches!(it.name, "trans-unit" | "unit"));
        let state = target.attribute("state").or(element.attribute("state")).unwrap_or_default().to_owned();
        let id = unit
            .and_then(|unit| unit.attribute("id").or(unit.attribute("resname")))
            .unwrap_or_default()
            .to_owned();
        let limit = find(&["maxwidth", "slr:sizeRestriction"]).and_then(|limit| limit.parse().ok());
        let facts = UnitFacts {
            max_length: limit.filter(|_| find(&["size-unit"]).is_none_or(|unit| unit == "char")),
            // One that is empty is open, unless its state says that it is done.
            is_finished: !state.starts_with("needs-")
                && state != "new"
                && state != "initial"
                && !(state.is_empty() && target.inner.is_empty()),
            notes: {
                let unit = element.parent.filter(|index| elements[*index].name == "unit");
                let of: Vec<usize> = unit.into_iter().chain([index]).collect();
                notes(all, &of)
            },
            ..UnitFacts::default()
        };
        units.push(Unit {
            id,
            target: target.inner,
            source: Source::Here(source.inner),
            language: find(&["target-language", "trgLang"]).as_deref().and_then(language),
            source_language: find(&["source-language", "srcLang"]).as_deref().and_then(language),
            facts,
        });
    }
    units
}

fn memory(elements: &[Element], all: &Notes) -> Vec<Unit> {
    let header = elements
        .iter()
        .find(|it| it.name == "header")
        .and_then(|it| it.attribute("srclang"))
        .unwrap_or_default()
        .to_owned();
    let mut units = Vec::new();
    let mut texts: Vec<(usize, String, Span)> = Vec::new();
    for element in elements.iter().filter(|it| it.name == "seg") {
        let variant = element.parent.map(|index| &elements[index]).filter(|it| it.name == "tuv");
        let Some((variant, unit)) = variant.and_then(|variant| Some((variant, variant.parent?))) else {
            continue;
        };
        let tag = variant.attribute("xml:lang").or(variant.attribute("lang")).unwrap_or_default();
        texts.push((unit, tag.to_owned(), element.inner));
    }
    for group in texts.chunk_by(|a, b| a.0 == b.0) {
        let unit = &elements[group[0].0];
        let origin = unit.attribute("srclang").unwrap_or(&header);
        let same = |a: &str, b: &str| language(a).is_some() && language(a) == language(b);
        let source = group.iter().position(|(_, tag, _)| same(tag, origin)).unwrap_or(0);
        for (_, tag, target) in
            group.iter().enumerate().filter(|(index, _)| *index != source).map(|(_, it)| it)
        {
            units.push(Unit {
                id: unit.attribute("tuid").map_or_else(|| (units.len() + 1).to_string(), str::to_owned),
                target: *target,
                source: Source::Here(group[source].2),
                language: language(tag),
                source_language: language(&group[source].1),
                facts: UnitFacts {
                    notes: notes(all, &[group[0].0]),
                    is_finished: true,
                    ..UnitFacts::default()
                },
            });
        }
    }
    units
}

fn resources(elements: &[Element], all: &Notes) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut items: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, element) in elements.iter().enumerate().filter(|(_, it)| matches!(it.name, "string" | "item"))
    {
        let list = element.parent.map(|index| (index, &elements[index]));
        if element.is_kept() || list.is_some_and(|(_, list)| list.is_kept()) {
            continue;
        }
        let id = match (element.attribute("name"), list) {
            (Some(name), _) => name.to_owned(),
            (None, Some((index, list))) => {
                let number = items.entry(index).or_default();
                *number += 1;
                let place = element.attribute("quantity").map_or_else(|| number.to_string(), str::to_owned);
                format!("{}[{place}]", list.attribute("name").unwrap_or_default())
            }
            (None, None) => continue,
        };
        let of: Vec<usize> = list.map(|(index, _)| index).into_iter().chain([place]).collect();
        let facts = UnitFacts { notes: notes(all, &of), is_finished: true, ..UnitFacts::default() };
        units.push(Unit { id, target: element.inner, facts, ..Unit::default() });
    }
    units
}

/// The strings of .NET: `<data name="…"><value>…</value></data>`; files and pictures have a type.
fn resx(elements: &[Element], all: &Notes) -> Vec<Unit> {
    let mut units = Vec::new();
    for element in elements.iter().filter(|it| it.name == "value") {
        let data = element.parent.map(|index| (index, &elements[index]));
        let Some((place, data)) = data.filter(|(_, it)| it.name == "data") else { continue };
        let is_text = data.attribute("type").is_none() && data.attribute("mimetype").is_none();
        // Names that begin so are of the designer of forms: places, sizes.
        let name = data.attribute("name").filter(|name| is_text && !name.starts_with(">>"));
        let Some(name) = name else { continue };
        let facts = UnitFacts { notes: notes(all, &[place]), is_finished: true, ..UnitFacts::default() };
        units.push(Unit { id: name.to_owned(), target: element.inner, facts, ..Unit::default() });
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(format: Format, text: &str) -> Vec<(String, String)> {
        let said = |unit: Unit| {
            let source = match unit.source {
                Source::Here(span) => span.of(text).to_owned(),
                _ => String::new(),
            };
            (format!("{}={}", unit.id, unit.target.of(text)), source)
        };
        read(format, text).unwrap().into_iter().map(said).collect()
    }

    #[test]
    fn both_versions_of_xliff_are_read() {
        let old = r#"<xliff version="1.2"><file source-language="en" target-language="de"><body><trans-unit id="a"><source>One <g id="1">x</g></source><target>Eins <g id="1">x</g></target><alt-trans><target>Zwei</target></alt-trans></trans-unit><trans-unit id="b" translate="no"><source>C</source><target>C</target></trans-unit></body></file></xliff>"#;
        assert_eq!(
            units(Format::Xliff, old),
            [("a=Eins <g id=\"1\">x</g>".to_owned(), "One <g id=\"1\">x</g>".to_owned())]
        );
        let new = r#"<xliff version="2.1" srcLang="en" trgLang="de"><file id="f"><unit id="a"><segment><source>One</source><target>Eins</target></segment></unit></file></xliff>"#;
        assert_eq!(units(Format::Xliff, new), [("a=Eins".to_owned(), "One".to_owned())]);
        assert_eq!(read(Format::Xliff, new).unwrap()[0].language, language("de"));
    }

    #[test]
    fn memories_and_resources_are_read() {
        let memory = r#"<tmx version="1.4"><header srclang="en"/><body><tu tuid="a"><tuv xml:lang="en"><seg>One</seg></tuv><tuv xml:lang="de"><seg>Eins</seg></tuv></tu></body></tmx>"#;
        assert_eq!(units(Format::Tmx, memory), [("a=Eins".to_owned(), "One".to_owned())]);
        let resources = r#"<resources><string name="a">Eins</string><string name="b" translatable="false">x</string><plurals name="c"><item quantity="one">d</item></plurals></resources>"#;
        let ids: Vec<String> = units(Format::Android, resources).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["a=Eins", "c[one]=d"]);
        let strings = r#"<root><resheader name="version"><value>2.0</value></resheader><data name="a" xml:space="preserve"><value>Eins</value><comment>x</comment></data><data name="b" type="System.Drawing.Bitmap"><value>AA==</value></data></root>"#;
        let ids: Vec<String> = units(Format::Resx, strings).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["a=Eins"]);
    }

    #[test]
    fn broken_and_hostile_files_are_named() {
        for text in [
            "<xliff><file>a & b</file></xliff>",
            "<xliff><file></xliff>",
            "<xliff><file><![CDATA[x</file></xliff>",
            "<xliff><file>",
            "<xliff>&nbsp;</xliff>",
            "",
            &"<a>".repeat(DEEPEST + 1),
            "<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]><xliff>&c;</xliff>",
        ] {
            assert!(read(Format::Xliff, text).is_err(), "{text}");
        }
    }
}
