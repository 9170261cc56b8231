//! ICU MessageFormat: texts that choose among several by a number or a word,
//! `{count, plural, one {# boat} other {# boats}}`. May use `text`.

use mtlint_text::Span;

/// How deep messages nest at most.
const DEEPEST: usize = 32;

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// All arguments, those inside others as well, in text order.
    pub arguments: Vec<Argument>,
}

/// What stands in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// With its braces.
    pub span: Span,
    pub name: Span,
    pub kind: Kind,
    /// What it chooses from.
    pub branches: Vec<Branch>,
}

/// What an argument does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `{name}`, or one with a format: `{day, date, short}`.
    Simple,
    /// Chooses by a number.
    Plural,
    /// Chooses by a number in an order: first, second.
    Ordinal,
    /// Chooses by a word.
    Select,
}

/// One of the texts that an argument chooses from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    pub key: Span,
    /// Without its braces.
    pub text: Span,
}

/// Where a message cannot be read, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    pub offset: usize,
    pub why: &'static str,
}

impl Message {
    /// Whether a text may be a message that chooses: it holds an argument with a kind.
    pub fn is_likely(text: &str) -> bool {
        text.contains('{')
            && [", plural,", ", select,", ", selectordinal,", ",plural,", ",select,", ",selectordinal,"]
                .iter()
                .any(|mark| text.contains(mark))
    }

    /// Reads a message.
    ///
    /// # Errors
    /// Where it is no message.
    pub fn read(text: &str) -> Result<Self, Broken> {
        let mut reader = Reader { text, at: 0, message: Self::default() };
        reader.text(0, false)?;
        reader.message.arguments.sort_by_key(|argument| argument.span);
        Ok(reader.message)
    }

    /// Whether it chooses among texts.
    pub fn chooses(&self) -> bool {
        self.arguments.iter().any(|argument| argument.kind != Kind::Simple)
    }

    /// What of the message is its syntax and no prose: everything in braces but the texts to choose from.
    pub fn syntax(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        for argument in &self.arguments {
            let mut from = argument.span.lo();
            for branch in &argument.branches {
                spans.push(Span::new(from, branch.text.lo()));
                from = branch.text.hi();
            }
            spans.push(Span::new(from, argument.span.hi()));
        }
        spans.sort_unstable();
        spans
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    message: Message,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn fail<T>(&self, why: &'static str) -> Result<T, Broken> {
        Err(Broken { offset: self.at, why })
    }

    /// Reads text up to its end, or to the brace that ends the branch.
    fn text(&mut self, depth: usize, is_branch: bool) -> Result<(), Broken> {
        if depth > DEEPEST {
            return self.fail("messages nest too deep");
        }
        while let Some(c) = self.rest().chars().next() {
            match c {
                // An apostrophe before a brace or sign begins a stretch that is no syntax.
                '\'' if self.rest()[1..].starts_with(['{', '}', '#', '|']) => {
                    let end = self.rest()[1..].find('\'');
                    self.at += end.map_or(self.rest().len(), |end| end + 2);
                }
                '{' => self.argument(depth)?,
                '}' if is_branch => return Ok(()),
                '}' => return self.fail("a brace is closed that was not opened"),
                _ => self.at += c.len_utf8(),
            }
        }
        if is_branch { self.fail("a brace is not closed") } else { Ok(()) }
    }

    fn word(&mut self) -> Span {
        let length = self.rest().find(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}' | '\''));
        let start = self.at;
        self.at += length.unwrap_or(self.rest().len());
        Span::new(start, self.at)
    }

    fn argument(&mut self, depth: usize) -> Result<(), Broken> {
        let start = self.at;
        self.at += 1;
        self.skip_space();
        let name = self.word();
        if name.is_empty() {
            return self.fail("an argument has no name");
        }
        self.skip_space();
        let mut argument =
            Argument { span: Span::new(start, start), name, kind: Kind::Simple, branches: Vec::new() };
        if self.rest().starts_with(',') {
            self.at += 1;
            self.skip_space();
            let kind = self.word();
            argument.kind = match kind.of(self.text) {
                "plural" => Kind::Plural,
                "selectordinal" => Kind::Ordinal,
                "select" => Kind::Select,
                _ => Kind::Simple,
            };
            self.skip_space();
            if argument.kind == Kind::Simple {
                // A format, which may be in a language of its own.
                let end = self.rest().find('}');
                self.at += end.unwrap_or(self.rest().len());
            } else {
                if !self.rest().starts_with(',') {
                    return self.fail("a comma is missing before the texts to choose from");
                }
                self.at += 1;
                argument.branches = self.branches(depth)?;
            }
        }
        self.skip_space();
        if !self.rest().starts_with('}') {
            return self.fail("a brace is not closed");
        }
        self.at += 1;
        argument.span = Span::new(start, self.at);
        self.message.arguments.push(argument);
        Ok(())
    }

    fn branches(&mut self, depth: usize) -> Result<Vec<Branch>, Broken> {
        let mut branches = Vec::new();
        loop {
            self.skip_space();
            if self.rest().is_empty() || self.rest().starts_with('}') {
                return if branches.is_empty() {
                    self.fail("there is no text to choose")
                } else {
                    Ok(branches)
                };
            }
            let key = self.word();
            if key.of(self.text).starts_with("offset:") {
                continue;
            }
            self.skip_space();
            if key.is_empty() || !self.rest().starts_with('{') {
                return self.fail("a text to choose from is not in braces");
            }
            self.at += 1;
            let start = self.at;
            self.text(depth + 1, true)?;
            branches.push(Branch { key, text: Span::new(start, self.at) });
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read() {
        let text =
            "{name}: {count, plural, offset:1 =0 {no boat} one {# boat of {port}} other {# boats}} '{x}'";
        let message = Message::read(text).unwrap();
        let names: Vec<&str> = message.arguments.iter().map(|it| it.name.of(text)).collect();
        assert_eq!(names, ["name", "count", "port"]);
        let keys: Vec<&str> = message.arguments[1].branches.iter().map(|it| it.key.of(text)).collect();
        assert_eq!(keys, ["=0", "one", "other"]);
        assert_eq!(message.arguments[1].branches[1].text.of(text), "# boat of {port}");
        assert!(message.chooses() && Message::is_likely(text));
    }

    #[test]
    fn what_is_broken_is_placed() {
        let offset = |text: &str| Message::read(text).unwrap_err().offset;
        assert_eq!(offset("{count, plural, one {# boat} other {# boats}"), 44);
        assert_eq!(offset("a } b"), 2);
        assert_eq!(offset("{, plural, other {x}}"), 1);
        assert_eq!(offset("{n, plural, one # other {x}}"), 16);
        assert!(Message::read(&"{a, select, other {".repeat(50)).is_err());
    }
}
