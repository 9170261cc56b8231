//! What directives and roles of reStructuredText hold, those of docutils and of Sphinx.

use crate::BlockKind;

/// What stands behind the two colons of a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Argument {
    /// Nothing for a reader.
    None,
    /// A block by itself.
    Block(BlockKind),
    /// The beginning of the first paragraph.
    Body,
}

/// A directive that holds text: what its argument is, and of which kind its blocks are, if of one of
/// their own. `None` of one that is not known, or holds none.
pub(super) fn directive(name: &str) -> Option<(Argument, Option<BlockKind>)> {
    let short = name.rsplit(':').next().unwrap_or(name);
    Some(match short {
        "note" | "warning" | "tip" | "hint" | "important" | "caution" | "danger" | "error" | "attention"
        | "seealso" | "todo" | "replace" => (Argument::Body, None),
        "admonition" | "topic" | "sidebar" | "rubric" | "centered" | "card" | "dropdown" | "tab-item" => {
            (Argument::Block(BlockKind::Heading), None)
        }
        "epigraph" | "pull-quote" | "highlights" => (Argument::Body, Some(BlockKind::Quotation)),
        "container" | "compound" | "only" | "class" | "rst-class" | "glossary" | "hlist"
        | "centered-text" | "abstract" | "tab-set" | "grid" | "header" | "footer" => (Argument::None, None),
        "figure" => (Argument::None, Some(BlockKind::Caption)),
        "table" => (Argument::Block(BlockKind::Caption), None),
        "list-table" => (Argument::Block(BlockKind::Caption), Some(BlockKind::TableCell)),
        "versionadded" | "versionchanged" | "deprecated" | "versionremoved" => (Argument::None, None),
        "function" | "class-method" | "method" | "attribute" | "data" | "module" | "exception" | "option"
        | "describe" | "confval" | "envvar" | "program" => (Argument::None, None),
        _ => return None,
    })
}

/// Whether the text of a role is prose, and no code, name or formula.
pub(super) fn is_prose(role: &str) -> bool {
    matches!(
        role,
        "emphasis"
            | "strong"
            | "subscript"
            | "sub"
            | "superscript"
            | "sup"
            | "title-reference"
            | "title"
            | "t"
            | "term"
            | "dfn"
            | "abbr"
            | "guilabel"
            | "menuselection"
            | "ref"
            | "doc"
            | "any"
            | "numref"
    )
}

/// Whether what a role names is a place rather than text, unless a text is given with it.
pub(super) fn is_reference(role: &str) -> bool {
    matches!(role, "ref" | "doc" | "any" | "numref")
}
