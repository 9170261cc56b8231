//! LaTeX: the text that is printed, without commands, formulas and code.
//!
//! A reader of its own: the kept parsers are grammars in C that take minutes to build, or give no
//! places. Commands of the author's own are not followed (`names.rs`).

mod arguments;
mod names;
mod tokens;

use super::builder::Builder;
use crate::{BlockKind, Comment, Escape, Extract, MaskKind, OriginMap};
use mtlint_text::Span;
use names::{Environment, Role};
use std::collections::VecDeque;
use tokens::{Kind, Token};
use unicode_normalization::UnicodeNormalization;

/// The text of a LaTeX file. Of what stands before `\begin{document}` it has the title alone; a file
/// without it and without `\documentclass` is a part of another one. A footnote is a block after the
/// paragraph it stands in.
pub(super) fn extract(original: &str) -> Extract {
    let tokens = tokens::read(original);
    let begins = |name: &str| original.find(name).filter(|at| !is_commented(original, *at));
    let body = begins("\\begin{document}").or_else(|| begins("\\documentclass").map(|_| original.len()));
    let mut reader = Reader {
        original,
        // The shorthands of babel for the marks of German.
        is_german: original[..original.floor_char_boundary(body.unwrap_or(0))].contains("german"),
        builder: Builder::new(original, OriginMap::of_escaped(original, Escape::Latex)),
        tokens: &tokens,
        kinds: Vec::new(),
        closers: Vec::new(),
        notes: VecDeque::new(),
        term: None,
        at: 0,
    };
    reader.preamble(body.unwrap_or(0));
    reader.run(tokens.len());
    reader.builder.finish()
}

/// Whether a comment begins before the byte at `at` on its line.
fn is_commented(original: &str, at: usize) -> bool {
    original[..at].rsplit(['\n', '\r']).next().is_some_and(|line| line.contains('%'))
}

/// What is to be done when a brace closes.
enum Closing {
    Block,
    Quotation,
}

struct Reader<'a> {
    original: &'a str,
    is_german: bool,
    builder: Builder<'a>,
    tokens: &'a [Token],
    /// The kinds of the blocks around, outermost first; `None` of what has none.
    kinds: Vec<(Environment, Option<BlockKind>)>,
    /// The tokens that close what is open, and what they do.
    closers: Vec<(usize, Closing)>,
    /// The arguments that become blocks after the present one, as tokens.
    notes: VecDeque<(usize, usize)>,
    /// The bracket that ends the name of an item.
    term: Option<usize>,
    /// The next token.
    at: usize,
}

impl<'a> Reader<'a> {
    /// Reads what stands before the body, which begins at the byte `body`.
    fn preamble(&mut self, body: usize) {
        while let Some(token) = self.tokens.get(self.at).filter(|token| token.span.lo() < body) {
            match token.kind {
                Kind::Comment => self.comment(token.span),
                Kind::Command if matches!(self.name(token.span), "title" | "subtitle") => {
                    if let Some((open, close)) = self.argument(self.at + 1) {
                        self.at = open + 1;
                        self.run(close);
                        self.builder.end_block(BlockKind::Title);
                    }
                }
                // A definition may hold anything.
                Kind::Open => self.at = token.partner.map_or(self.at, |close| close as usize),
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Reads up to the token `end`, and the notes in it.
    fn run(&mut self, end: usize) {
        while self.at < end {
            let index = self.at;
            let token = self.tokens[index];
            self.at += 1;
            self.token(index, token);
        }
        if self.at >= self.tokens.len() {
            self.end_block();
        }
    }

    fn token(&mut self, index: usize, token: Token) {
        let span = token.span;
        match token.kind {
            Kind::Text => self.text(span),
            Kind::Space => self.builder.space(span),
            Kind::Break => self.end_block(),
            Kind::Command => self.command(index, span),
            Kind::Open => {}
            Kind::Close => {
                while let Some((close, closing)) = self.closers.pop_if(|(close, _)| *close <= index) {
                    match closing {
                        _ if close < index => {}
                        Closing::Block => {
                            self.end_block();
                            self.kinds.pop();
                        }
                        Closing::Quotation => self.builder.replace(Span::at(span.lo()), "\""),
                    }
                }
            }
            Kind::CloseBracket if self.term.take_if(|term| *term == index).is_some() => self.end_block(),
            Kind::OpenBracket | Kind::CloseBracket => self.builder.copy(span),
            Kind::Math | Kind::Code => self.masked(span),
            Kind::Verbatim => self.end_block(),
            Kind::Comment => self.comment(span),
            Kind::Tie => self.builder.replace(span, "\u{A0}"),
            Kind::Ampersand => self.end_block(),
        }
    }

    /// The name of a command, without backslash and star.
    fn name(&self, span: Span) -> &'a str {
        let written = span.of(self.original).get(1..).unwrap_or_default();
        let is_word = written.starts_with(|char: char| char.is_ascii_alphabetic());
        if is_word { written.trim_end_matches('*') } else { written }
    }

    fn command(&mut self, index: usize, span: Span) {
        let name = self.name(span);
        let is_word = name.starts_with(|char: char| char.is_ascii_alphabetic());
        let role = names::role(name);
        match role {
            Role::Dropped => {
                self.skip_arguments();
            }
            Role::Switch => self.skip_space(is_word),
            Role::Text(before) => {
                self.skip_space(true);
                self.skip_optional();
                for _ in 0..before {
                    if let Some((_, close)) = self.argument(self.at) {
                        self.at = close + 1;
                        self.skip_optional();
                    }
                }
            }
            Role::Block(kind) => {
                self.skip_optional();
                if let Some((open, close)) = self.argument(self.at) {
                    self.end_block();
                    self.kinds.push((Environment::Other, Some(kind)));
                    self.closers.push((close, Closing::Block));
                    self.at = open + 1;
                }
            }
            Role::Item => {
                self.end_block();
                if let Some(Token { kind: Kind::OpenBracket, partner: Some(close), .. }) =
                    self.tokens.get(self.at)
                {
                    self.term = Some(*close as usize);
                    self.at += 1;
                }
            }
            Role::Note => {
                self.skip_optional();
                if let Some((open, close)) = self.argument(self.at) {
                    self.notes.push_back((open + 1, close));
                    self.at = close + 1;
                }
            }
            Role::Quoted => {
                self.skip_optional();
                if let Some((open, close)) = self.argument(self.at) {
                    // Of no place: an edit of the mark alone would tear the command.
                    self.builder.replace(Span::at(span.lo()), "\"");
                    self.closers.push((close, Closing::Quotation));
                    self.at = open + 1;
                }
            }
            Role::Symbol(text) => {
                let end = if is_word { self.end_of_symbol(index, span) } else { span.hi() };
                if text == " " {
                    self.builder.space(Span::new(span.lo(), end));
                } else {
                    self.builder.replace(Span::new(span.lo(), end), text);
                }
            }
            Role::Accent(mark) => self.accent(span, mark),
            Role::LineBreak => {
                self.skip_optional();
                if self.kinds.iter().rev().take(NESTING).any(|(kind, _)| *kind == Environment::Table) {
                    self.end_block();
                } else {
                    self.builder.line_break(span);
                    self.skip_space(true);
                }
            }
            Role::Paragraph => self.end_block(),
            Role::Begin => self.begin(),
            Role::End => self.end(),
            Role::Unknown => self.unknown(span),
        }
    }

    /// The end of a symbol whose name is a word: with the blank or the empty group that ends the name.
    fn end_of_symbol(&mut self, index: usize, span: Span) -> usize {
        match (
            self.tokens.get(index + 1).map(|token| token.kind),
            self.tokens.get(index + 2).map(|token| token.kind),
        ) {
            (Some(Kind::Space), _) => {
                self.at = index + 2;
                self.tokens[index + 1].span.hi()
            }
            (Some(Kind::Open), Some(Kind::Close)) => {
                self.at = index + 3;
                self.tokens[index + 2].span.hi()
            }
            _ => span.hi(),
        }
    }

    /// A mark on a letter: `\'e`, `\'{e}`, `\c c`, `\'\i`.
    fn accent(&mut self, span: Span, mark: char) {
        self.skip_space(true);
        let Some(token) = self.tokens.get(self.at).copied() else { return };
        let (base, end) = match token.kind {
            Kind::Text => {
                let first = token.span.of(self.original).chars().next().unwrap_or_default();
                (first.to_string(), token.span.lo() + first.len_utf8())
            }
            Kind::Open if token.partner == Some(self.at as u32 + 2) => {
                let inner = self.tokens[self.at + 1].span.of(self.original);
                (plain_letter(inner).to_owned(), self.tokens[self.at + 2].span.hi())
            }
            Kind::Command => (plain_letter(token.span.of(self.original)).to_owned(), token.span.hi()),
            _ => return,
        };
        if base.chars().count() != 1 {
            return;
        }
        let composed: String = base.chars().chain([mark]).nfc().collect();
        self.builder.replace(Span::new(span.lo(), end), &composed);
        if token.kind == Kind::Text {
            self.text(Span::new(end, token.span.hi()));
        }
        self.at += if token.kind == Kind::Open { 3 } else { 1 };
    }

    fn begin(&mut self) {
        self.end_block();
        let Some((open, close)) = self.argument(self.at) else { return };
        let name = Span::new(self.tokens[open].span.hi(), self.tokens[close].span.lo()).of(self.original);
        let environment = names::environment(name);
        let kind = match environment {
            Environment::Kind(kind) => Some(kind),
            Environment::Table => Some(BlockKind::TableCell),
            _ if matches!(
                name.trim_end_matches('*'),
                "itemize" | "enumerate" | "description" | "compactitem"
            ) =>
            {
                Some(BlockKind::ListItem)
            }
            _ => None,
        };
        self.at = close + 1;
        self.kinds.push((environment, kind));
        self.skip_optional();
        match (environment, self.argument_at(self.at)) {
            (Environment::Frame, Some((open, close))) => {
                self.kinds.push((Environment::Other, Some(BlockKind::Heading)));
                self.closers.push((close, Closing::Block));
                self.at = open + 1;
            }
            (_, Some(_)) if name != "document" => self.skip_arguments(),
            _ => {}
        }
    }

    fn end(&mut self) {
        self.end_block();
        let Some((open, close)) = self.argument(self.at) else { return };
        let name = Span::new(self.tokens[open].span.hi(), self.tokens[close].span.lo()).of(self.original);
        self.kinds.pop();
        self.at = if name == "document" { self.tokens.len() } else { close + 1 };
    }

    /// A command of the author's own, with its arguments.
    fn unknown(&mut self, span: Span) {
        let start = self.at;
        self.skip_tight_arguments();
        let end = if self.at > start { self.tokens[self.at - 1].span.hi() } else { span.hi() };
        self.masked(Span::new(span.lo(), end));
    }

    fn masked(&mut self, span: Span) {
        self.builder.mask(MaskKind::Code);
        // In one line, as the rest of the paragraph is.
        let text = span.of(self.original);
        if text.contains(['\n', '\r']) {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.builder.replace(span, &line);
        } else {
            self.builder.copy(span);
        }
        self.builder.unmask();
    }

    fn comment(&mut self, span: Span) {
        let line = span.of(self.original).trim_end();
        let inner = line.trim_start_matches('%').trim();
        let span = Span::new(span.lo(), span.lo() + line.len());
        let before = self.original[..span.lo()].rsplit(['\n', '\r']).next();
        let is_behind = before.is_some_and(|before| !before.trim().is_empty());
        self.builder.comment(Comment::line(self.original, span, inner), is_behind);
    }

    fn end_block(&mut self) {
        let kind = self.kinds.iter().rev().take(NESTING).find_map(|(_, kind)| *kind);
        self.builder.end_block(kind.unwrap_or(BlockKind::Paragraph));
        while let Some((start, end)) = self.notes.pop_front() {
            let back = std::mem::replace(&mut self.at, start);
            while self.at < end {
                let (index, token) = (self.at, self.tokens[self.at]);
                self.at += 1;
                // A paragraph inside a note ends it; what the note holds waits its turn.
                if matches!(token.kind, Kind::Break | Kind::Ampersand) {
                    self.builder.end_block(BlockKind::Paragraph);
                } else if self.is_structure(token) {
                    if matches!(self.name(token.span), "begin" | "end") {
                        self.skip_arguments();
                    }
                } else {
                    self.token(index, token);
                }
            }
            self.builder.end_block(BlockKind::Paragraph);
            self.at = back;
        }
    }

    /// Whether a token would begin or end blocks, which a note holds none of.
    fn is_structure(&self, token: Token) -> bool {
        let role = || names::role(self.name(token.span));
        token.kind == Kind::Verbatim
            || token.kind == Kind::Command
                && matches!(role(), Role::Block(_) | Role::Item | Role::Paragraph | Role::Begin | Role::End)
    }

    /// Text, in which some signs stand for others.
    fn text(&mut self, span: Span) {
        let text = span.of(self.original);
        let (mut at, mut copied) = (0, 0);
        let place = |from: usize, to: usize| Span::new(span.lo() + from, span.lo() + to);
        while let Some(found) = text[at..].find(['`', '\'', '-', '"']) {
            let start = at + found;
            let rest = &text[start..];
            let sign = LIGATURES.iter().find(|(written, _)| {
                rest.starts_with(written) && (!written.starts_with('"') || self.is_german)
            });
            match sign {
                Some((written, meant)) => {
                    self.builder.copy(place(copied, start));
                    self.builder.replace(place(start, start + written.len()), meant);
                    at = start + written.len();
                    copied = at;
                }
                None => at = start + 1,
            }
        }
        self.builder.copy(place(copied, text.len()));
    }
}

/// How far out the kind of a block is looked for.
const NESTING: usize = 64;

/// What some signs side by side stand for.
const LIGATURES: [(&str, &str); 8] =
    [("``", "“"), ("''", "”"), ("---", "—"), ("--", "–"), ("\"`", "„"), ("\"'", "“"), ("`", "‘"), ("'", "’")];

/// The letter under a mark: `\i` is an `i` whose dot the mark replaces.
fn plain_letter(written: &str) -> &str {
    match written {
        "\\i" => "i",
        "\\j" => "j",
        other => other,
    }
}
