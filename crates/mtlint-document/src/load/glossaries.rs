//! What glossaries of other tools hold: tables, and TBX, the exchange format for terms (ISO 30042).
//!
//! What the rows mean is the caller's matter; of TBX all terms of a concept are paired with those of the
//! language that the file itself is in, or else of its first one. May use `units` and its parents.

use super::units::xml::{self, Element};
use super::units::{self, Broken, Syntax};
use super::{Format, LoadError};
use crate::Term;
use mtlint_lang::Language;
use std::collections::BTreeMap;

/// The rows of a table, each with its line.
///
/// # Errors
/// When a field is not closed.
pub fn rows(name: &str, format: Format, text: &str) -> Result<Vec<(u32, Vec<String>)>, LoadError> {
    let separator = if format == Format::Csv { ',' } else { '\t' };
    let rows = units::table_rows(text, separator).map_err(|broken| broken.of_file(name, text))?;
    let mut line = 1;
    let mut done = 0;
    let numbered = rows.into_iter().map(|row| {
        let start = row.first().map_or(done, |span| span.lo());
        line += text[done..start].matches('\n').count() as u32;
        done = start;
        let syntax = units::syntax(format);
        (line, row.into_iter().map(|span| units::extract(syntax, span.of(text)).text).collect())
    });
    Ok(numbered.collect())
}

/// The terms of one language of a concept: those to use, and those not to.
#[derive(Default)]
struct Words {
    approved: Vec<String>,
    forbidden: Vec<String>,
}

/// Statuses that forbid a term, in any edition of the format.
const FORBIDDING: [&str; 6] =
    ["deprecated", "superseded", "forbidden", "notrecommended", "obsolete", "donotuse"];

/// How many elements behind a term are looked at for its status.
const MOST_NOTES: usize = 50;

/// Reads TBX.
///
/// # Errors
/// When it is no XML, or holds no terms.
pub fn tbx(name: &str, text: &str) -> Result<Vec<Term>, LoadError> {
    let elements = xml::elements(text).map_err(|broken| broken.of_file(name, text))?;
    let said = |element: &Element| units::extract(Syntax::Xml, element.inner.of(text)).text.trim().to_owned();
    let language = |element: &Element| {
        let tag = element.attribute("xml:lang").or(element.attribute("lang"))?;
        Language::parse(&tag.replace('_', "-")).ok()
    };
    let root = elements.iter().find(|it| matches!(it.name, "martif" | "tbx")).and_then(language);
    let mut concepts: BTreeMap<usize, Vec<(Language, Words)>> = BTreeMap::new();
    for (index, element) in elements.iter().enumerate().filter(|(_, it)| it.name == "term") {
        let around = |names: &[&str]| {
            let mut at = element.parent;
            while let Some(parent) = at.filter(|parent| !names.contains(&elements[*parent].name)) {
                at = elements[parent].parent;
            }
            at
        };
        let (Some(concept), Some(section)) =
            (around(&["termEntry", "conceptEntry"]), around(&["langSet", "langSec"]))
        else {
            continue;
        };
        let Some(code) = language(&elements[section]) else { continue };
        // The status stands beside the term, or beside the group that holds it.
        let group = around(&["tig", "ntig", "termSec"]).unwrap_or(section);
        let is_forbidden = elements[index..]
            .iter()
            .take(MOST_NOTES)
            .take_while(|it| it.inner.lo() <= elements[group].inner.hi())
            .filter(|it| it.name == "termNote")
            .any(|note| {
                let status = said(note).to_ascii_lowercase();
                FORBIDDING.iter().any(|forbidding| status.starts_with(forbidding))
            });
        let of_concept = concepts.entry(concept).or_default();
        let place = of_concept.iter().position(|(known, _)| *known == code).unwrap_or_else(|| {
            of_concept.push((code, Words::default()));
            of_concept.len() - 1
        });
        let words = &mut of_concept[place].1;
        let list = if is_forbidden { &mut words.forbidden } else { &mut words.approved };
        list.push(said(element));
    }
    if concepts.is_empty() {
        let broken = Broken { offset: 0, message: "holds no term of TBX".to_owned() };
        return Err(broken.of_file(name, text));
    }
    let origin = root
        .filter(|root| concepts.values().flatten().any(|(code, _)| code == root))
        .or_else(|| concepts.values().flatten().map(|(code, _)| *code).next());
    let mut terms = Vec::new();
    for languages in concepts.into_values() {
        let Some(place) = languages.iter().position(|(code, _)| Some(*code) == origin) else { continue };
        for (code, words) in languages.iter().filter(|(code, _)| Some(*code) != origin) {
            terms.extend(languages[place].1.approved.iter().map(|source| Term {
                source: source.clone(),
                language: Some(*code),
                approved: words.approved.clone(),
                forbidden: words.forbidden.clone(),
            }));
        }
    }
    Ok(terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_editions_of_tbx_are_read() {
        let old = r#"<martif type="TBX" xml:lang="en"><text><body><termEntry id="1">
            <langSet xml:lang="de"><tig><term>Liegeplatz</term></tig><ntig><termGrp><term>Koje</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig></langSet>
            <langSet xml:lang="en"><tig><term>berth</term></tig></langSet></termEntry></body></text></martif>"#;
        let new = r#"<tbx style="dca" xml:lang="en"><text><body><conceptEntry>
            <langSec xml:lang="en"><termSec><term>berth</term></termSec></langSec>
            <langSec xml:lang="de"><termSec><term>Liegeplatz</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec><termSec><term>Koje</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec></langSec>
            </conceptEntry></body></text></tbx>"#;
        for text in [old, new] {
            let terms = tbx("a.tbx", text).unwrap();
            let [term] = terms.as_slice() else { panic!("{terms:?}") };
            assert_eq!((term.source.as_str(), term.language.unwrap().as_str()), ("berth", "de"));
            assert_eq!(
                (&term.approved, &term.forbidden),
                (&vec!["Liegeplatz".to_owned()], &vec!["Koje".to_owned()])
            );
        }
    }

    #[test]
    fn broken_glossaries_are_named() {
        let told = tbx("a.tbx", "<martif>\n<text></martif>").unwrap_err().to_string();
        assert!(told.starts_with("a.tbx:2: is no XML"), "{told}");
        assert!(tbx("a.tbx", "<martif/>").is_err());
        assert!(rows("a.csv", Format::Csv, "a,\"b\n").is_err());
    }

    #[test]
    fn rows_know_their_lines() {
        let rows = rows("a.csv", Format::Csv, "source,target\n\"a\nb\",c\n\nd,e\n").unwrap();
        let lines: Vec<u32> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!((lines, rows[1].1[0].as_str()), (vec![1, 2, 5], "a\nb"));
    }
}
