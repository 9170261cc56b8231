//! What fixing makes of an article, with what differs set off.
//!
//! A view leaves nothing out: its text without what is struck through is the mended text, to the
//! last line break.

use super::article::class;
use super::text::Plain;
use maud::{Markup, html};
use mtlint_document::{Block, BlockKind, Document};
use mtlint_engine::lint::{Checked, Version};
use mtlint_text::Span;
use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// More blocks that differ are not compared one by one, nor more words within a block: finding the
/// fewest differences takes quadratic time.
const MOST: usize = 2_000;
/// A part is full when it holds so many bytes of text.
const FULL: usize = 12_000;

/// What the safe fixes make of the article, and what all of them make, where that is another text.
pub(super) fn views(checked: &Checked<'_>, language: Option<&str>) -> Markup {
    let Some(mended) = &checked.mended else { return Markup::default() };
    let text = checked.document.text();
    let safe = mended.safe.document.text();
    let (safe_title, all_title) = (
        "With the safe fixes, as --fix makes them. What changes is set off.",
        "With all fixes, as --fix --unsafe-fixes makes them. What the unsafe ones change is set off.",
    );
    html! {
        @if safe != text {
            (view("safe", safe_title, checked.document, &mended.safe, language))
        }
        @if mended.all.document.text() != safe {
            // The safe changes are in the other view: here a reader looks for those to judge.
            (view("all", all_title, &mended.safe.document, &mended.all, language))
        }
    }
}

fn view(name: &str, title: &str, old: &Document, version: &Version, language: Option<&str>) -> Markup {
    let mut lines = lines(old, &version.document).into_iter().peekable();
    html! {
        div.view data-view=(name) data-applied=(version.applied) {
            p.view-title { (title) }
            @while lines.peek().is_some() {
                @let part = take_part(&mut lines);
                @let size: usize = part.iter().map(Line::size).sum();
                div.part data-size=(size) {
                    noscript { div.text lang=[language] { @for line in &part { (one_line(line)) } } }
                }
            }
        }
    }
}

fn take_part<'t>(lines: &mut impl Iterator<Item = Line<'t>>) -> Vec<Line<'t>> {
    let mut size = 0;
    let mut part = Vec::new();
    while size < FULL
        && let Some(line) = lines.next()
    {
        size += line.size();
        part.push(line);
    }
    part
}

/// A block of the mended text, or one that is gone.
#[derive(Debug)]
struct Line<'t> {
    kind: BlockKind,
    /// What it is made of, in order.
    changes: Vec<(ChangeTag, &'t str)>,
    /// The white space of the mended text after it.
    gap: &'t str,
}

impl Line<'_> {
    fn size(&self) -> usize {
        self.changes.iter().map(|(_, text)| text.len()).sum()
    }

    fn is_gone(&self) -> bool {
        self.changes.iter().all(|(tag, _)| *tag == ChangeTag::Delete)
    }
}

fn one_line(line: &Line<'_>) -> Markup {
    html! {
        p class={ "block " (class(line.kind)) @if line.is_gone() { " gone" } } dir="auto" {
            @for (tag, text) in &line.changes {
                @match tag {
                    ChangeTag::Equal => (Plain(text)),
                    ChangeTag::Delete => del { (Plain(text)) },
                    ChangeTag::Insert => ins { (Plain(text)) },
                }
            }
            @if !line.gap.is_empty() { span.gap { (Plain(line.gap)) } }
        }
    }
}

/// The mended text block by block.
fn lines<'t>(old: &'t Document, new: &'t Document) -> Vec<Line<'t>> {
    let texts = |document: &'t Document| -> Vec<&'t str> {
        document.blocks().iter().map(|block| document.slice(block.span)).collect()
    };
    let (before, after) = (texts(old), texts(new));
    let mut lines = Vec::with_capacity(after.len() + 1);
    let first = new.blocks().first().map_or(new.text().len(), |block| block.span.lo());
    if first > 0 {
        lines.push(Line { kind: BlockKind::Paragraph, changes: Vec::new(), gap: &new.text()[..first] });
    }
    for op in block_ops(&before, &after) {
        let (olds, news) = (op.old_range(), op.new_range());
        for (was, is) in pairs(&before[olds.clone()], &after[news.clone()]) {
            let (was, is) = (was.map(|at| olds.start + at), is.map(|at| news.start + at));
            match (was, is) {
                (Some(was), Some(is)) => lines.push(of_block(new, is, words(before[was], after[is]))),
                (None, Some(is)) => lines.push(of_block(new, is, vec![(ChangeTag::Insert, after[is])])),
                (Some(was), None) => {
                    let Block { kind, .. } = old.blocks()[was];
                    lines.push(Line { kind, changes: vec![(ChangeTag::Delete, before[was])], gap: "" });
                }
                (None, None) => {}
            }
        }
    }
    lines
}

fn of_block<'t>(document: &'t Document, index: usize, changes: Vec<(ChangeTag, &'t str)>) -> Line<'t> {
    let block = &document.blocks()[index];
    let next = document.blocks().get(index + 1).map_or(document.text().len(), |next| next.span.lo());
    Line { kind: block.kind, changes, gap: document.slice(Span::new(block.span.hi(), next)) }
}

/// Which blocks became which.
fn block_ops(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let prefix = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let suffix =
        old[prefix..].iter().rev().zip(new[prefix..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - suffix, new.len() - suffix);
    if old.len() == new.len() || old_end - prefix > MOST || new_end - prefix > MOST {
        return vec![DiffOp::Replace { old_index: 0, old_len: old.len(), new_index: 0, new_len: new.len() }];
    }
    capture_diff_slices(Algorithm::Myers, old, new)
}

/// Which of the old blocks became which of the new ones, in order: those that begin and end most
/// alike. An old block without a partner was cut out, a new one put in.
fn pairs(old: &[&str], new: &[&str]) -> Vec<(Option<usize>, Option<usize>)> {
    let (rows, columns) = (old.len(), new.len());
    if rows == columns || rows * columns > MOST {
        let each = 0..rows.max(columns);
        return each.map(|at| ((at < rows).then_some(at), (at < columns).then_some(at))).collect();
    }
    // The likeness of the best pairing of the blocks from `row` and from `column` on.
    let mut best = vec![vec![0; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let paired = best[row + 1][column + 1] + likeness(old[row], new[column]);
            best[row][column] = paired.max(best[row + 1][column]).max(best[row][column + 1]);
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut pairs = Vec::with_capacity(rows.max(columns));
    while row < rows || column < columns {
        if row < rows && (column == columns || best[row][column] == best[row + 1][column]) {
            pairs.push((Some(row), None));
            row += 1;
        } else if row == rows || best[row][column] == best[row][column + 1] {
            pairs.push((None, Some(column)));
            column += 1;
        } else {
            pairs.push((Some(row), Some(column)));
            row += 1;
            column += 1;
        }
    }
    pairs
}

/// How many bytes two texts share at their ends.
fn likeness(old: &str, new: &str) -> usize {
    let shared = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
    let prefix = shared(&mut old.bytes().zip(new.bytes()));
    (prefix + shared(&mut old.bytes().rev().zip(new.bytes().rev()))).min(old.len())
}

/// What became of the words of a block.
fn words<'t>(old: &'t str, new: &'t str) -> Vec<(ChangeTag, &'t str)> {
    if old == new {
        return vec![(ChangeTag::Equal, new)];
    }
    let (a, b): (Vec<&str>, Vec<&str>) =
        (old.split_word_bounds().collect(), new.split_word_bounds().collect());
    let prefix = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let suffix = a[prefix..].iter().rev().zip(b[prefix..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[prefix..a.len() - suffix], &b[prefix..b.len() - suffix]);
    let head: usize = old.split_word_bounds().take(prefix).map(str::len).sum();
    let tail: usize = old.split_word_bounds().rev().take(suffix).map(str::len).sum();
    let mut changes = Vec::new();
    let mut push = |tag, text: &'t str| {
        if !text.is_empty() {
            changes.push((tag, text));
        }
    };
    push(ChangeTag::Equal, &new[..head]);
    if a.len() + b.len() > MOST {
        push(ChangeTag::Delete, &old[head..old.len() - tail]);
        push(ChangeTag::Insert, &new[head..new.len() - tail]);
    } else {
        for op in capture_diff_slices(Algorithm::Myers, a, b) {
            let (olds, news) = (&a[op.old_range()], &b[op.new_range()]);
            if matches!(op, DiffOp::Equal { .. }) {
                news.iter().for_each(|word| push(ChangeTag::Equal, word));
            } else {
                olds.iter().for_each(|word| push(ChangeTag::Delete, word));
                news.iter().for_each(|word| push(ChangeTag::Insert, word));
            }
        }
    }
    push(ChangeTag::Equal, &new[new.len() - tail..]);
    join(changes, old, new)
}

/// Neighbours of one kind as one.
fn join<'t>(changes: Vec<(ChangeTag, &'t str)>, old: &'t str, new: &'t str) -> Vec<(ChangeTag, &'t str)> {
    let (mut in_old, mut in_new) = (0, 0);
    let mut joined: Vec<(ChangeTag, &'t str)> = Vec::new();
    for (tag, text) in changes {
        let (source, start) = if tag == ChangeTag::Delete { (old, &mut in_old) } else { (new, &mut in_new) };
        let end = *start + text.len();
        match joined.last_mut() {
            Some((last, known)) if *last == tag => *known = &source[*start - known.len()..end],
            _ => joined.push((tag, &source[*start..end])),
        }
        *start = end;
        if tag == ChangeTag::Equal {
            in_old += text.len();
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use ChangeTag::{Delete, Equal, Insert};
    use mtlint_lang::Packs;

    #[test]
    fn words_that_differ_are_set_off() {
        assert_eq!(
            words("He left. . Then", "He left. Then"),
            [(Equal, "He left. "), (Delete, ". "), (Equal, "Then")]
        );
        assert_eq!(words("a , b ,c", "a, b, c").iter().filter(|(tag, _)| *tag != Equal).count(), 3);
        assert_eq!(words("港口很大", "港口大"), [(Equal, "港口"), (Delete, "很"), (Equal, "大")]);
        assert_eq!(words("", "new"), [(Insert, "new")]);
    }

    /// The text that a view shows, and the text without what is struck through.
    fn read(old: &str, new: &str) -> (String, String) {
        let packs = Packs::builtin();
        let (old, new) = (Document::plain(old, None, &packs), Document::plain(new, None, &packs));
        let mut kept = String::new();
        let mut shown = String::new();
        for line in lines(&old, &new) {
            for (tag, text) in line.changes {
                shown.push_str(&match tag {
                    Equal => text.to_owned(),
                    Delete => format!("[-{text}-]"),
                    Insert => format!("[+{text}+]"),
                });
                if tag != Delete {
                    kept.push_str(text);
                }
            }
            shown.push('\n');
            kept.push_str(line.gap);
        }
        (shown, kept)
    }

    #[test]
    fn nothing_of_the_mended_text_is_lost() {
        let old = "[ad_1]\nThe port . \r\n\r\nThe wall fell. . And\n then it rained.\nlast";
        for new in [
            "The port.\r\n\r\nThe wall fell. And then it rained.\n",
            "",
            "\n\n x \n",
            old,
            "a\nb\nc\nd\ne\nf\ng",
        ] {
            assert_eq!(read(old, new).1, new);
        }
        let long = "word . ".repeat(3_000);
        assert_eq!(read(&long, &long.replace(" .", ".")).1, long.replace(" .", "."));
    }

    #[test]
    fn blocks_that_are_gone_are_struck_through() {
        let (shown, _) = read("[ad_1]\nThe port.\nThe sea .", "The port.\nThe sea.");
        assert_eq!(shown, "[-[ad_1]-]\nThe port.\nThe sea[- -].\n");
        let (shown, _) = read("[ad_1]\nThe port . Cold\n[ad_2]", "The port. Cold");
        assert_eq!(shown, "[-[ad_1]-]\nThe port[- -]. Cold\n[-[ad_2]-]\n");
    }
}
