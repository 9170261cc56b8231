//! What a text holds that is no prose and must come through a translation as it is: placeholders,
//! tags, addresses, code. May use `text`.

use super::message::Message;
use mtlint_text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeKind {
    /// A value that a program fills in: `%d`, `{name}`, `${count}`.
    Placeholder,
    /// An element's start, end or both: `<b>`, `</b>`, `[/code]`, `<x id="1"/>`.
    Tag,
    /// The syntax of a message that chooses among texts, but for the texts.
    Message,
    /// A web address, an e-mail address, a path, a command's option, code between backticks.
    Literal,
}

/// A piece of code in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub span: Span,
    pub kind: CodeKind,
    /// What must be equal on both sides.
    pub key: String,
    /// Of a tag: whether it stands in square brackets, and whether it has an attribute.
    is_bracketed: bool,
    has_value: bool,
}

const PLACEHOLDER: &str = r"(?x)
    %%                                                              # a per cent sign
  | %\([A-Za-z_][\w.]*\)[-+\#0-9.]*[a-zA-Z]                         # %(name)s
  | %\{[A-Za-z_][\w.]*\}                                            # %{name}
  | %[A-Za-z_]\w{2,}%                                               # %name%
  | %(?:[1-9]\d?\$)?[-+\#0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|L|q|j|z|t)?[diouxXeEfFgGcsSp@](?-u:\b)
  | %(?:[1-9]\d?\$)?@
  | %L?[1-9]\d?(?-u:\b)                                                   # %1
  | \$\{[^{}\n]{1,60}\} | \#\{[^{}\n]{1,60}\} | \$t\([^()\n]{1,60}\)
  | \{\{[^{}\n]{1,60}\}\}
  | \{[A-Za-z0-9_.$-]{0,40}(?:![rsa])?(?::[^{}\s]{0,20})?\}
  | \{[\x20\t]*(?:\$[A-Za-z][\w-]*|-[A-Za-z][\w-]*(?:\([^(){}\n]{0,80}\))?|[A-Z][A-Z0-9_-]*\([^(){}\n]{0,80}\))[\x20\t]*\}
                                                                    # { $name }, { -term }, { NUMBER($x) }
";

const TAG: &str = r#"(?x)
    </?[A-Za-z][\w:.-]{0,30}(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>]+))?)*\s*/?>
  | \[/?[a-z][a-z_]{0,20}(?:=[^\]\[\n]{0,200}|(?:\s+[a-z_]+=[^\]\[\n]{0,100})+|\s+[A-Za-z_@][\w.@]{0,60})?\]
"#;

const LITERAL: &str = r#"(?x)
    \b[A-Za-z][A-Za-z+.-]{1,10}://[^\s<>"“”«»‘’`\p{Han}\p{Hiragana}\p{Katakana}。，、）)\]]*[\w/\#=&]
  | \b[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+
  | \bwww\.[\w.-]+\w(?:/[\w/.\#?=&%-]*[\w/])?
  | `[^`\n]{1,200}`
  | (?:~|\.{1,2})?(?:/[A-Za-z0-9_.-]+){2,}/?
  | \b[A-Za-z]:(?:\\[A-Za-z0-9_.-]+)+
  | \b[a-z0-9_-]+\.(?:exe|py|js|ts|json|xml|html?|pdf|txt|csv|md|ya?ml|toml|zip|png|jpe?g|svg|sh|rs|cfg|ini|log|po|gd|tscn)\b
"#;

/// What is looked for, each built when a text may hold it.
static PATTERNS: [(CodeKind, LazyLock<Regex>); 3] = [
    (CodeKind::Tag, LazyLock::new(|| build(TAG))),
    (CodeKind::Literal, LazyLock::new(|| build(LITERAL))),
    (CodeKind::Placeholder, LazyLock::new(|| build(PLACEHOLDER))),
];

fn build(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file")
}

/// Whether a text holds what all code of a kind holds: most texts hold nothing of the kind, and the patterns are dear,
/// the more so in a text that is not ASCII.
fn may_hold(kind: CodeKind, text: &str) -> bool {
    let bytes = text.as_bytes();
    match kind {
        CodeKind::Tag => bytes.iter().any(|byte| matches!(byte, b'<' | b'[')),
        CodeKind::Placeholder => bytes.iter().any(|byte| matches!(byte, b'%' | b'{' | b'$')),
        CodeKind::Literal => may_hold_literal(bytes),
        CodeKind::Message => true,
    }
}

/// Whether a text holds `@`, `` ` ``, `://`, `:\`, `www.`, the ending of a file's name, or `/` with a name behind it twice.
fn may_hold_literal(bytes: &[u8]) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    let mut names = 0;
    let mut holds = |at: usize, byte: u8| {
        let (before, rest) = bytes.split_at(at);
        match byte {
            b'@' | b'`' => true,
            b':' => rest.starts_with(b"://") || rest.starts_with(b":\\"),
            b'/' => {
                names += usize::from(rest.get(1).is_some_and(|next| is_of_name(*next)));
                names == 2
            }
            b'.' => {
                before.ends_with(b"www")
                    || before.last().is_some_and(|last| is_of_name(*last))
                        && rest.get(1).is_some_and(u8::is_ascii_lowercase)
            }
            _ => false,
        }
    };
    bytes.iter().enumerate().any(|(at, byte)| holds(at, *byte))
}

/// All code of a text, in text order, none in another.
pub fn find(text: &str) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    if Message::is_likely(text)
        && let Ok(message) = Message::read(text)
    {
        // Compared by a rule of their own, for each language has other texts to choose from.
        codes.extend(message.syntax().into_iter().map(|span| Code {
            span,
            kind: CodeKind::Message,
            key: String::new(),
            is_bracketed: false,
            has_value: false,
        }));
    }
    for (kind, pattern) in PATTERNS.iter().filter(|(kind, _)| may_hold(*kind, text)) {
        let kind = *kind;
        for found in pattern.find_iter(text) {
            // `either/or/both` is no path.
            let is_joined =
                found.as_str().starts_with('/') && text[..found.start()].ends_with(char::is_alphanumeric);
            if is_joined {
                continue;
            }
            codes.push(Code {
                span: found.range().into(),
                kind,
                key: key(kind, found.as_str()),
                is_bracketed: found.as_str().starts_with('['),
                has_value: found.as_str().contains('='),
            });
        }
    }
    codes.sort_by_key(|code| (code.span.start, std::cmp::Reverse(code.span.end)));
    let mut end = 0;
    codes.retain(|code| {
        let is_free = code.span.start >= end && code.key != "%%";
        if code.span.start >= end {
            end = code.span.end;
        }
        is_free
    });
    for code in &mut codes {
        show_placeholder(code, text);
    }
    number(&mut codes);
    codes
}

/// Makes a placeholder of an inline code that says which one it stands for.
fn show_placeholder(code: &mut Code, text: &str) {
    let tag = code.span.of(text);
    let shown = ["equiv-text", "disp"]
        .iter()
        .find_map(|name| attribute(tag, name))
        .filter(|_| code.kind == CodeKind::Tag);
    if let Some(shown) = shown
        && let Some(found) = PATTERNS[2].1.find(shown).filter(|found| found.len() == shown.len())
    {
        code.kind = CodeKind::Placeholder;
        code.key = key(CodeKind::Placeholder, found.as_str());
    }
}

/// Leaves out what only looks like a start tag: one that is never ended on either side, and says
/// nothing but a name, is a word between brackets.
pub fn without_bracketed_words(one: &mut Vec<Code>, other: &mut Vec<Code>) {
    let ended: std::collections::HashSet<String> = one
        .iter()
        .chain(other.iter())
        .filter_map(|code| Some(code.key.strip_prefix('/')?.to_owned()))
        .collect();
    for codes in [one, other] {
        codes.retain(|code| {
            let name = code.key.split('#').next().unwrap_or_default();
            let is_plain = code.is_bracketed && !code.has_value || code.span.len() == name.len() + 2;
            let is_bare = is_plain && !name.starts_with(['/', '+']);
            code.kind != CodeKind::Tag || !is_bare || ended.contains(name) || EMPTY.contains(&name)
        });
    }
}

/// What must be equal on both sides of a piece of code.
fn key(kind: CodeKind, text: &str) -> String {
    match kind {
        CodeKind::Literal | CodeKind::Message => text.to_owned(),
        CodeKind::Placeholder => {
            let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            // The case of a term and how a number is shown are the language's matter.
            match bare.find(if bare.starts_with("{-") { '(' } else { ',' }) {
                Some(at) if bare.starts_with('{') && bare.ends_with(")}") => bare[..at].to_owned(),
                _ if bare.starts_with("{-") => bare.trim_end_matches('}').to_owned(),
                _ => bare,
            }
        }
        CodeKind::Tag => {
            let inner = text.trim_matches(['<', '>', '[', ']']);
            let name = inner.trim_start_matches('/');
            let name = &name
                [..name.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(name.len())];
            let side = match (inner.starts_with('/'), inner.ends_with('/')) {
                (true, _) => "/",
                (false, true) if !EMPTY.contains(&name) => "+",
                _ => "",
            };
            let id = if text.starts_with('<') {
                attribute(text, "id").or_else(|| attribute(text, "x"))
            } else {
                None
            };
            format!("{side}{name}{}", id.map(|id| format!("#{id}")).unwrap_or_default())
        }
    }
}

/// Elements that have no end, however they are written.
const EMPTY: [&str; 4] = ["br", "hr", "img", "wbr"];

/// The value of an attribute of a start tag.
pub fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        let after = rest[at + name.len()..].trim_start();
        if before.is_some_and(char::is_whitespace)
            && let Some(value) = after.strip_prefix('=')
        {
            let value = value.trim_start();
            return match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
                _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
            };
        }
        rest = &rest[at + name.len()..];
    }
}

/// Numbers the printf placeholders: `%d` as first and `%1$d` are the same.
fn number(codes: &mut [Code]) {
    let mut next = 1;
    for code in codes.iter_mut().filter(|code| code.kind == CodeKind::Placeholder) {
        let Some(rest) = code.key.strip_prefix('%') else { continue };
        if rest.starts_with(['(', '{'])
            || rest.ends_with('%')
            || rest.trim_start_matches('L').bytes().all(|b| b.is_ascii_digit())
        {
            continue;
        }
        let (index, rest) = match rest.split_once('$') {
            Some((index, rest)) => (index.to_owned(), rest),
            None => {
                next += 1;
                ((next - 1).to_string(), rest)
            }
        };
        let class = match rest.chars().next_back() {
            Some('d' | 'i' | 'u') => 'd',
            Some('e' | 'E' | 'f' | 'F' | 'g' | 'G') => 'f',
            Some('x' | 'X') => 'x',
            Some(other) => other,
            None => continue,
        };
        code.key = format!("%{index}${class}");
    }
}

/// Whether a piece of code shares a place with `span`; `codes` are in text order.
pub fn touch(codes: &[Code], span: Span) -> bool {
    let first = codes.partition_point(|code| code.span.end < span.start);
    codes.get(first).is_some_and(|code| code.span.start <= span.end)
}

/// The placeholders and tags that one side has more of: indices into `one`.
pub fn missing(one: &[Code], other: &[Code], kind: CodeKind) -> Vec<usize> {
    let mut left: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for code in other.iter().filter(|code| code.kind == kind) {
        *left.entry(code.key.as_str()).or_default() += 1;
    }
    let of_kind = one.iter().enumerate().filter(|(_, code)| code.kind == kind);
    let is_missing = |(index, code): (usize, &Code)| match left.get_mut(code.key.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            None
        }
        _ => Some(index),
    };
    of_kind.filter_map(is_missing).collect()
}

/// The first tag that does not nest: an end without its start, or a start that is never ended though
/// ends of its kind are there.
pub fn first_crossed(codes: &[Code]) -> Option<usize> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let ends: std::collections::HashSet<&str> = codes
        .iter()
        .filter(|code| code.kind == CodeKind::Tag)
        .filter_map(|code| code.key.strip_prefix('/'))
        .collect();
    for (index, code) in codes.iter().enumerate().filter(|(_, code)| code.kind == CodeKind::Tag) {
        let name = code.key.split('#').next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => match open.pop() {
                Some((opened, _)) if opened == name => {}
                _ => return Some(index),
            },
            None if !name.starts_with('+') && ends.contains(name) => open.push((name, index)),
            None => {}
        }
    }
    open.last().map(|(_, index)| *index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, kind: CodeKind) -> Vec<String> {
        find(text).into_iter().filter(|code| code.kind == kind).map(|code| code.key).collect()
    }

    #[test]
    fn placeholders_of_all_kinds_are_found() {
        assert_eq!(
            keys("%d of %s, %(user)s, {name}, {{ n }}, ${x}, %{y}, %1, {0}", CodeKind::Placeholder).len(),
            9
        );
        assert_eq!(
            keys(
                "{ $name }, {-brand}, { -brand(case: \"genitive\") }, { NUMBER($n, digits: 2) }",
                CodeKind::Placeholder
            ),
            ["{$name}", "{-brand", "{-brand", "{NUMBER($n"]
        );
        assert_eq!(keys("%2$s and %1$d", CodeKind::Placeholder), ["%2$s", "%1$d"]);
        assert_eq!(keys("%d and %s", CodeKind::Placeholder), ["%1$d", "%2$s"]);
        assert!(keys("15% of them, 100%, 5 % sure, %%", CodeKind::Placeholder).is_empty());
    }

    #[test]
    fn tags_are_compared_by_name_and_id() {
        assert_eq!(
            keys(r#"<b>x</b> <br/> <x id="1"/> [url=a]y[/url]"#, CodeKind::Tag),
            ["b", "/b", "br", "+x#1", "url", "/url"]
        );
        assert!(keys("a < b and c > d, [sic]", CodeKind::Tag).len() <= 1);
    }

    #[test]
    fn tags_nest_or_do_not() {
        let crossed = |text: &str| first_crossed(&find(text));
        assert_eq!(crossed("<i>a</i> <b>c</b>"), None);
        assert_eq!(crossed("<i>a <b>c</i></b>"), Some(2));
        assert_eq!(crossed("<kbd>a<kbd>+</kbd>S</kbd>"), None);
        assert_eq!(crossed("a</b>"), Some(0));
    }

    #[test]
    fn addresses_and_code_are_literals() {
        assert_eq!(
            keys(
                "Run `a --b` in /opt/x/bin, see https://a.example/help. Or mail me@a.example!",
                CodeKind::Literal
            ),
            ["`a --b`", "/opt/x/bin", "https://a.example/help", "me@a.example"]
        );
    }
}
