//! What stands there after the damage: text with slots, `$1`, `${2:capital}`, `$number`.

use super::random::Random;
use super::transform::{self, Transform};

/// A parsed template.
#[derive(Debug)]
pub(super) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    /// What fills it, and what is done to that, one after the other.
    Slot(Slot, Vec<Transform>),
}

/// What a slot stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A part of the clean text; what the parts are says the action.
    Part(usize),
    /// A number from 2 to 97.
    Number,
    /// A capitalised word of the text.
    Name,
    /// A word in lower case of the text.
    Word,
}

impl Slot {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "number" => Some(Self::Number),
            "name" => Some(Self::Name),
            "word" => Some(Self::Word),
            _ => name.parse().ok().map(Self::Part),
        }
    }
}

impl Template {
    /// Parses a template; `$$` is a dollar sign.
    ///
    /// # Errors
    /// A message, when a slot or a transformation is not known.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            literal.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix('$') {
                literal.push('$');
                rest = after;
                continue;
            }
            let (name, after) = match rest.strip_prefix('{') {
                Some(inner) => inner.split_once('}').ok_or_else(|| format!("`{text}`: `}}` is missing"))?,
                None => {
                    let is_number = rest.starts_with(|char: char| char.is_ascii_digit());
                    let length = match is_number {
                        true => 1,
                        false => rest.find(|char: char| !char.is_ascii_lowercase()).unwrap_or(rest.len()),
                    };
                    rest.split_at(length)
                }
            };
            let mut parts = name.split(':');
            let slot =
                parts.next().and_then(Slot::parse).ok_or_else(|| format!("`{text}`: no slot `{name}`"))?;
            let known =
                |name: &str| transform::named(name).ok_or_else(|| format!("`{text}`: no way to `{name}`"));
            let transforms = parts.map(known).collect::<Result<_, _>>()?;
            if !literal.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut literal)));
            }
            pieces.push(Piece::Slot(slot, transforms));
            rest = after;
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Text(literal));
        }
        Ok(Self { pieces })
    }

    /// The text, its slots filled by `fill`. `None` where a slot has nothing to be filled with, or where
    /// something has to be changed and cannot be.
    pub(super) fn render<'t>(
        &self,
        random: &mut Random,
        mut fill: impl FnMut(Slot, &mut Random) -> Option<std::borrow::Cow<'t, str>>,
    ) -> Option<String> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Slot(slot, transforms) => {
                    let mut filled = fill(*slot, random)?.into_owned();
                    for transform in transforms {
                        filled = transform.apply(&filled, random)?;
                    }
                    out.push_str(&filled);
                }
            }
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str, parts: &[&'static str]) -> Option<String> {
        let fill = |slot, _: &mut Random| match slot {
            Slot::Part(number) => parts.get(number).map(|part| (*part).into()),
            _ => Some("7".into()),
        };
        Template::parse(template).unwrap().render(&mut Random::new(0, &[]), fill)
    }

    #[test]
    fn slots_are_filled_and_changed() {
        let parts = ["", "one", "two"];
        assert_eq!(render("$2. ${1:capital}, $$5", &parts).unwrap(), "two. One, $5");
        assert_eq!(render("$number", &parts).unwrap(), "7");
        assert_eq!(render("$3", &parts), None);
        assert_eq!(render("${1:lower}", &parts), None, "it is in lower case, and so nothing changes");
    }

    #[test]
    fn mistakes_are_told() {
        assert!(Template::parse("$nosuch").unwrap_err().contains("nosuch"));
        assert!(Template::parse("${1:nosuch}").unwrap_err().contains("nosuch"));
        assert!(Template::parse("${1").is_err());
    }
}
