//! LaTeX cut into tokens, each brace with its partner, in one pass.

use super::names;
use memchr::memmem;
use mtlint_text::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// White space with one line break at most.
    Space,
    /// White space with an empty line in it.
    Break,
    /// A backslash with the name behind it, and a star behind that.
    Command,
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    /// A formula, its signs included.
    Math,
    /// Code in a line, its command included.
    Code,
    /// The content of an environment that is no text.
    Verbatim,
    /// A comment, with the line break that ends it and the white space that begins the next line.
    Comment,
    /// A space that does not break.
    Tie,
    /// What parts the cells of a table.
    Ampersand,
}

/// A piece of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub span: Span,
    /// Of an opening brace or bracket: the index of the token that closes it.
    pub partner: Option<u32>,
}

/// All tokens of a file, in its order and without gaps.
pub(super) fn read(original: &str) -> Vec<Token> {
    let mut reader =
        Reader { original, bytes: original.as_bytes(), at: 0, tokens: Vec::new(), unclosed: [0; 4] };
    while reader.at < reader.bytes.len() {
        reader.token();
    }
    pair(&mut reader.tokens);
    reader.tokens
}

struct Reader<'a> {
    original: &'a str,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    /// Up to where there is no end of a formula of each kind, so that it is not looked for again.
    unclosed: [usize; 4],
}

impl Reader<'_> {
    fn push(&mut self, kind: Kind, end: usize) {
        self.tokens.push(Token { kind, span: Span::new(self.at, end), partner: None });
        self.at = end;
    }

    fn token(&mut self) {
        let one = self.at + 1;
        match self.bytes[self.at] {
            b'\\' => self.command(),
            b'{' => self.push(Kind::Open, one),
            b'}' => self.push(Kind::Close, one),
            b'[' => self.push(Kind::OpenBracket, one),
            b']' => self.push(Kind::CloseBracket, one),
            b'~' => self.push(Kind::Tie, one),
            b'&' => self.push(Kind::Ampersand, one),
            b'%' => {
                let line = memchr::memchr2(b'\n', b'\r', &self.bytes[self.at..]);
                let end = line.map_or(self.bytes.len(), |line| self.at + line);
                let end = self.after_line(end);
                self.push(Kind::Comment, end);
            }
            b'$' if self.bytes.get(one) == Some(&b'$') => self.formula("$$", "$$", 0),
            b'$' => self.formula("$", "$", 1),
            byte if is_space(byte) => {
                let end = self.spaces(self.at);
                let breaks = line_breaks(&self.bytes[self.at..end]);
                self.push(if breaks > 1 { Kind::Break } else { Kind::Space }, end);
            }
            _ => {
                let is_sign = |byte: &u8| is_space(*byte) || b"\\{}[]~&%$".contains(byte);
                let length = self.bytes[self.at..].iter().position(is_sign);
                self.push(Kind::Text, length.map_or(self.bytes.len(), |length| self.at + length));
            }
        }
    }

    /// The end of the white space at `from`.
    fn spaces(&self, from: usize) -> usize {
        from + self.bytes[from..].iter().take_while(|byte| is_space(**byte)).count()
    }

    /// Behind the line break at `end` and the blanks that begin the next line, unless that is empty.
    fn after_line(&self, end: usize) -> usize {
        let line = match &self.bytes[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [b'\n' | b'\r', ..] => end + 1,
            _ => end,
        };
        let blanks = self.bytes[line..].iter().take_while(|byte| matches!(**byte, b' ' | b'\t')).count();
        match self.bytes.get(line + blanks) {
            Some(b'\n' | b'\r') => end,
            _ => line + blanks,
        }
    }

    fn command(&mut self) {
        let rest = &self.bytes[self.at + 1..];
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'@').count();
        if letters == 0 || rest.first() == Some(&b'@') {
            match rest.first() {
                Some(b'(') => self.formula("\\(", "\\)", 2),
                Some(b'[') => self.formula("\\[", "\\]", 3),
                _ => {
                    let sign = self.original[self.at + 1..].chars().next().map_or(0, char::len_utf8);
                    self.push(Kind::Command, self.at + 1 + sign);
                }
            }
            return;
        }
        let end = self.at + 1 + letters;
        let name = &self.original[self.at + 1..end];
        let star = usize::from(self.bytes.get(end) == Some(&b'*'));
        match name {
            "verb" | "lstinline" => self.code(end + star),
            "begin" => self.environment(end),
            _ => self.push(Kind::Command, end + star),
        }
    }

    /// Code in a line, between two signs that are alike or in braces.
    fn code(&mut self, start: usize) {
        let rest = &self.original[start..];
        let line = rest.lines().next().unwrap_or_default();
        let Some(sign) = line.chars().next() else { return self.push(Kind::Command, start) };
        let close = if sign == '{' { '}' } else { sign };
        let inner = &line[sign.len_utf8()..];
        let end = inner.find(close).map_or(line.len(), |at| sign.len_utf8() + at + close.len_utf8());
        self.push(Kind::Code, start + end);
    }

    /// `\begin`, and what the environment holds if that is no text.
    fn environment(&mut self, end: usize) {
        let name = self.original[end..]
            .strip_prefix('{')
            .and_then(|rest| rest[..rest.floor_char_boundary(40)].split_once('}'));
        let Some((name, _)) = name else { return self.push(Kind::Command, end) };
        let is_math = names::is_math(name);
        if !is_math && !names::is_verbatim(name) {
            return self.push(Kind::Command, end);
        }
        let close = format!("\\end{{{name}}}");
        let found = memmem::find(&self.bytes[end..], close.as_bytes());
        let end = found.map_or(self.bytes.len(), |at| end + at + close.len());
        self.push(if is_math { Kind::Math } else { Kind::Verbatim }, end);
    }

    /// A formula, which ends in its paragraph; without an end its first sign is text.
    fn formula(&mut self, open: &str, close: &str, which: usize) {
        let start = self.at + open.len();
        let mut at = start;
        while self.unclosed[which] <= start && at < self.bytes.len() {
            let rest = &self.bytes[at..];
            if rest.starts_with(close.as_bytes()) && at > start {
                return self.push(Kind::Math, at + close.len());
            }
            match rest[0] {
                b'\\' => at += 2,
                byte if is_space(byte) => {
                    let end = self.spaces(at);
                    if line_breaks(&self.bytes[at..end]) > 1 {
                        break;
                    }
                    at = end;
                }
                _ => at += 1,
            }
        }
        self.unclosed[which] = self.unclosed[which].max(at.min(self.bytes.len()));
        let kind = if open.starts_with('\\') { Kind::Command } else { Kind::Text };
        self.push(kind, start);
    }
}

/// Finds for every brace and bracket the one that closes it. Brackets pair within a paragraph and
/// within braces alone: a single one is text.
fn pair(tokens: &mut [Token]) {
    let mut open: Vec<usize> = Vec::new();
    for index in 0..tokens.len() {
        match tokens[index].kind {
            Kind::Open | Kind::OpenBracket => open.push(index),
            Kind::Close => {
                while open.pop_if(|last| tokens[*last].kind == Kind::OpenBracket).is_some() {}
                if let Some(last) = open.pop() {
                    tokens[last].partner = Some(index as u32);
                }
            }
            Kind::CloseBracket => {
                if let Some(last) = open.pop_if(|last| tokens[*last].kind == Kind::OpenBracket) {
                    tokens[last].partner = Some(index as u32);
                }
            }
            Kind::Break => while open.pop_if(|last| tokens[*last].kind == Kind::OpenBracket).is_some() {},
            _ => {}
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

fn line_breaks(space: &[u8]) -> usize {
    let single = |at: usize| space[at] == b'\n' || space.get(at + 1) != Some(&b'\n');
    memchr::memchr2_iter(b'\n', b'\r', space).filter(|at| single(*at)).count()
}
