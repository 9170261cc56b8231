//! How the elements of a sequence are written in a rule file; `docs/writing-rules.md` tells it to
//! the writer of a rule.

use mtlint_lang::Packs;
use mtlint_text::toml_file::{nearest, unknown};
use mtlint_text::word_hash;
use unicode_segmentation::UnicodeSegmentation;

/// One element of a sequence.
#[derive(Debug)]
pub(super) struct Element {
    /// What it may be: a token passes when one test does.
    pub tests: Vec<Test>,
    /// What it must not be.
    pub not: Vec<Test>,
    /// Whether white space must, or must not, stand before it.
    pub space: Option<bool>,
    pub name: Option<String>,
    pub min: usize,
    pub max: usize,
}

#[derive(Debug)]
pub(super) enum Test {
    /// Tokens in lower case: one word, or what is one word to the writer and several tokens to
    /// Unicode, as `and/or`. Each with its [`word_hash`].
    Words(Vec<(u32, String)>),
    /// A member of the word list with this place among those of the sequence, a phrase counting as one.
    List(usize),
    Class(Class),
    Anchor(Anchor),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Class {
    Any,
    Word,
    Number,
    Capitalised,
    Upper,
    Lower,
    Mark,
    Quote,
    OpenQuote,
    CloseQuote,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor {
    SentenceStart,
    SentenceEnd,
    BlockStart,
    BlockEnd,
}

const CLASSES: [(&str, Class); 10] = [
    ("any", Class::Any),
    ("word", Class::Word),
    ("number", Class::Number),
    ("capitalised", Class::Capitalised),
    ("upper", Class::Upper),
    ("lower", Class::Lower),
    ("mark", Class::Mark),
    ("quote", Class::Quote),
    ("open-quote", Class::OpenQuote),
    ("close-quote", Class::CloseQuote),
];

const ANCHORS: [(&str, Anchor); 4] = [
    ("sentence-start", Anchor::SentenceStart),
    ("sentence-end", Anchor::SentenceEnd),
    ("block-start", Anchor::BlockStart),
    ("block-end", Anchor::BlockEnd),
];

const KEYS: [&str; 6] = ["is", "not", "min", "max", "space", "name"];

/// How many tokens `*` and `+` take at most: no pattern of prose reaches further.
const FURTHEST: usize = 30;

/// Reads the elements of a sequence, and the names of the word lists they ask for.
pub(super) fn read(values: &[toml::Value], packs: &Packs) -> Result<(Vec<Element>, Vec<String>), String> {
    let mut reader = Reader { packs, lists: Vec::new() };
    let elements = values.iter().map(|value| reader.element(value)).collect::<Result<Vec<_>, _>>()?;
    let takes = |element: &Element| element.min > 0 && !matches!(element.tests.as_slice(), [Test::Anchor(_)]);
    if !elements.iter().any(takes) {
        return Err("a sequence needs at least one token that may not be left out".to_owned());
    }
    Ok((elements, reader.lists))
}

struct Reader<'p> {
    packs: &'p Packs,
    lists: Vec<String>,
}

impl Reader<'_> {
    fn element(&mut self, value: &toml::Value) -> Result<Element, String> {
        match value {
            toml::Value::String(_) | toml::Value::Array(_) => {
                let (tests, min, max) = self.tests(value)?;
                Ok(Element { tests, not: Vec::new(), space: None, name: None, min, max })
            }
            toml::Value::Table(table) => self.of_table(table),
            other => Err(format!("an element is a string, a list of strings or a table, not `{other}`")),
        }
    }

    fn of_table(&mut self, table: &toml::Table) -> Result<Element, String> {
        if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(unknown("key", key, KEYS));
        }
        let is = table.get("is").ok_or("an element that is a table says in `is` what it may be")?;
        let (tests, min, max) = self.tests(is)?;
        let not = match table.get("not") {
            Some(value) => self.tests(value)?.0,
            None => Vec::new(),
        };
        let count = |key: &str, default: usize| match table.get(key) {
            None => Ok(default),
            Some(value) => value
                .as_integer()
                .and_then(|count| usize::try_from(count).ok())
                .filter(|count| *count <= FURTHEST)
                .ok_or_else(|| format!("`{key}` is a number from 0 to {FURTHEST}")),
        };
        let min = count("min", min)?;
        let max = count("max", max.max(min))?;
        if max == 0 || min > max {
            return Err("`max` is at least 1 and at least `min`".to_owned());
        }
        let space = match table.get("space") {
            None => None,
            Some(value) => Some(value.as_bool().ok_or("`space` is true or false")?),
        };
        let name = match table.get("name") {
            None => None,
            Some(value) => Some(value.as_str().ok_or("`name` is a string")?.to_owned()),
        };
        Ok(Element { tests, not, space, name, min, max })
    }

    /// The tests of a string or a list of strings, and how many tokens they take.
    fn tests(&mut self, value: &toml::Value) -> Result<(Vec<Test>, usize, usize), String> {
        let string = |value: &toml::Value| {
            value.as_str().map(str::to_owned).ok_or_else(|| format!("`{value}` is not a string"))
        };
        match value {
            toml::Value::Array(values) => {
                let mut all = Vec::new();
                for value in values {
                    let (test, min, max) = self.test(&string(value)?)?;
                    if (min, max) != (1, 1) || matches!(test, Test::Anchor(_)) {
                        return Err(
                            "`?`, `*`, `+` and anchors stand alone, not among alternatives".to_owned()
                        );
                    }
                    all.push(test);
                }
                if all.is_empty() {
                    Err("a list of alternatives is empty".to_owned())
                } else {
                    Ok((all, 1, 1))
                }
            }
            value => {
                let (test, min, max) = self.test(&string(value)?)?;
                Ok((vec![test], min, max))
            }
        }
    }

    fn test(&mut self, text: &str) -> Result<(Test, usize, usize), String> {
        let Some((name, quantifier)) = text.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
            let words: Vec<(u32, String)> = text
                .split_word_bounds()
                .filter(|piece| !piece.trim().is_empty())
                .map(|word| (word_hash(word), word.to_lowercase()))
                .collect();
            return if words.is_empty() {
                Err("an element is empty".to_owned())
            } else {
                Ok((Test::Words(words), 1, 1))
            };
        };
        let (min, max) = match quantifier {
            "" => (1, 1),
            "?" => (0, 1),
            "*" => (0, FURTHEST),
            "+" => (1, FURTHEST),
            other => return Err(format!("`{other}` after `<{name}>` is none of `?`, `*` and `+`")),
        };
        if let Some((_, class)) = CLASSES.iter().find(|(known, _)| *known == name) {
            return Ok((Test::Class(*class), min, max));
        }
        if let Some((_, anchor)) = ANCHORS.iter().find(|(known, _)| *known == name) {
            return if (min, max) == (1, 1) {
                Ok((Test::Anchor(*anchor), 1, 1))
            } else {
                Err(format!("the anchor `<{name}>` takes no `{quantifier}`"))
            };
        }
        if self.packs.has_list(name) {
            let known = self.lists.iter().position(|list| list == name);
            let list = known.unwrap_or_else(|| {
                self.lists.push(name.to_owned());
                self.lists.len() - 1
            });
            return Ok((Test::List(list), min, max));
        }
        let known = || {
            CLASSES
                .iter()
                .map(|(name, _)| *name)
                .chain(ANCHORS.iter().map(|(name, _)| *name))
                .chain(self.packs.lists())
        };
        Err(match nearest(name, known()) {
            Some(_) => unknown("class, anchor or word list", name, known()),
            None => format!("there is no class, anchor or word list `{name}`"),
        })
    }
}
