//! Apple's `.stringsdict`: a property list of plural forms.

use super::xml::{self, Element};
use super::{Broken, Syntax, Unit, extract};
use crate::UnitFacts;

/// The keys whose text is read by the program alone.
const FOR_PROGRAMS: [&str; 2] = ["NSStringFormatSpecTypeKey", "NSStringFormatValueTypeKey"];

pub(super) fn read(text: &str) -> Result<Vec<Unit>, Broken> {
    let elements = xml::elements(text)?;
    if !elements.iter().any(|it| it.name == "plist") {
        return Err(Broken::at(0, "is no property list"));
    }
    // The key before each element that is a value, by the number of the dictionary it stands in.
    let mut keys: Vec<Option<String>> = vec![None; elements.len()];
    let mut paths: Vec<Vec<String>> = vec![Vec::new(); elements.len()];
    let mut units = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        let Some(parent) = element.parent else { continue };
        match element.name {
            "key" => keys[parent] = Some(extract(Syntax::Xml, element.inner.of(text)).text),
            "dict" | "string" => {
                let mut path = paths[parent].clone();
                path.extend(keys[parent].take());
                match element.name {
                    "dict" => paths[index] = path,
                    _ => units.extend(unit(&path, element)),
                }
            }
            _ => {}
        }
    }
    Ok(units)
}

/// The unit of a text: the whole sentence, or one form of a number in it.
fn unit(path: &[String], element: &Element) -> Option<Unit> {
    let id = match path {
        [name, key] if key == "NSStringLocalizedFormatKey" => name.clone(),
        [_, _, key] if FOR_PROGRAMS.contains(&key.as_str()) => return None,
        [name, variable, category] => format!("{name}.{variable}[{category}]"),
        _ => return None,
    };
    let facts = UnitFacts { is_finished: true, ..UnitFacts::default() };
    Some(Unit { id, target: element.inner, facts, ..Unit::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>boats</key><dict>
  <key>NSStringLocalizedFormatKey</key><string>%#@count@ in the port</string>
  <key>count</key><dict>
    <key>NSStringFormatSpecTypeKey</key><string>NSStringPluralRuleType</string>
    <key>NSStringFormatValueTypeKey</key><string>d</string>
    <key>one</key><string>%d boat</string>
    <key>other</key><string>%d boats &amp; more</string>
  </dict>
</dict></dict></plist>"#;

    #[test]
    fn forms_are_units() {
        let units = read(FILE).unwrap();
        let said: Vec<(&str, &str)> =
            units.iter().map(|unit| (unit.id.as_str(), unit.target.of(FILE))).collect();
        assert_eq!(
            said,
            [
                ("boats", "%#@count@ in the port"),
                ("boats.count[one]", "%d boat"),
                ("boats.count[other]", "%d boats &amp; more")
            ]
        );
        assert!(read("<resources></resources>").is_err());
    }

    #[test]
    fn forms_are_those_that_another_hand_wrote() {
        let text = |text: &str| plist::Value::String(text.to_owned());
        for (number, said) in ["%d boats", "a < b & c", "\u{201c}so\u{201d}", "é"].into_iter().enumerate() {
            let mut forms = plist::Dictionary::new();
            forms.insert("NSStringFormatSpecTypeKey".into(), text("NSStringPluralRuleType"));
            forms.insert("other".into(), text(said));
            let mut entry = plist::Dictionary::new();
            entry.insert("NSStringLocalizedFormatKey".into(), text("%#@n@"));
            entry.insert("n".into(), plist::Value::Dictionary(forms));
            let mut root = plist::Dictionary::new();
            root.insert(format!("key {number} & more"), plist::Value::Dictionary(entry));
            let mut written = Vec::new();
            plist::Value::Dictionary(root).to_writer_xml(&mut written).unwrap();
            let written = String::from_utf8(written).unwrap();
            let units = read(&written).unwrap();
            let found: Vec<(String, String)> = units
                .into_iter()
                .map(|unit| (unit.id, extract(Syntax::Xml, unit.target.of(&written)).text))
                .collect();
            let name = format!("key {number} & more");
            assert_eq!(
                found,
                [(name.clone(), "%#@n@".to_owned()), (format!("{name}.n[other]"), said.to_owned())]
            );
        }
    }
}
