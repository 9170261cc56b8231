//! Giving every mark its role, so that the whole document costs least.
//!
//! A search over the marks in text order (Viterbi's), whose state is the stack of quotations that
//! are open. Only the cheapest few states are kept at each mark, so that time and memory grow with
//! the number of marks alone.

use super::Document;
use super::context::{self, Context};
use super::marks::{Family, Lean, Mark, Neighbour};

/// What a mark does in the cheapest reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Open,
    Close,
    /// Closes a quotation whose opening mark is missing.
    CloseUnopened,
    /// An apostrophe, or a sign for feet or inches.
    NoQuotation,
    /// Should not be there.
    Stray,
}

/// The role of a mark, and how many quotations are open before and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub role: Role,
    pub before: usize,
    pub after: usize,
}

type Cost = u32;

/// Costs, in hundredths. What matters is their order and their sums: two small oddities are
/// likelier than one mark in the wrong place.
mod cost {
    use super::Cost;

    /// A mark that should not be there, whose spaces are wrong too.
    pub const STRAY: Cost = 200;
    /// The same, for a mark whose spaces fit the role it looks like.
    pub const STRAY_WELL_SET: Cost = 280;
    /// A mark right behind another that closes: doubled.
    pub const STRAY_DOUBLED: Cost = 110;
    /// A mark that closes after a full sentence, before another sentence that is closed as well.
    pub const STRAY_EARLY: Cost = 120;
    /// A closing mark whose opening mark is missing.
    pub const UNOPENED: Cost = 240;
    /// An opening mark that nothing closes.
    pub const UNCLOSED: Cost = 250;
    /// A space on the inner side: `“ so`.
    pub const SPACED: Cost = 60;
    /// No space on the outer side: `a“so”b`.
    pub const GLUED: Cost = 70;
    /// Spaces as around a mark of the other role.
    pub const REVERSED_SPACES: Cost = 180;
    /// A glyph that points the other way.
    pub const REVERSED_GLYPH: Cost = 150;
    /// Opened and closed by marks of different families.
    pub const MISMATCH: Cost = 70;
    /// Opened by a double mark and closed by a single one, or the reverse.
    pub const MISMATCH_OF_KIND: Cost = 130;
    /// A quotation inside a quotation with the same marks. Languages tell the two apart, and what
    /// looks like one is more often a mark too many.
    pub const SAME_INSIDE: Cost = 480;
    /// The same in a language that does set them inside each other.
    pub const SAME_INSIDE_USUAL: Cost = 60;
    /// A quotation that goes on in the next line without being opened again.
    pub const CARRIED_OVER_LINE: Cost = 70;
    /// The same across a blank line.
    pub const CARRIED_OVER_GAP: Cost = 170;
    /// Dropping a mark after which a clause tells who said it.
    pub const BEFORE_REPORTING: Cost = 150;
    /// Opening a quotation with the verb that tells who said the one before it.
    pub const OPENS_REPORTING: Cost = 120;
    /// Dropping a mark in the middle of a sentence.
    pub const IN_SENTENCE: Cost = 100;
    /// Dropping a mark that opens where a sentence begins.
    pub const BEGINS_SENTENCE: Cost = 60;
    /// States so much dearer than the cheapest are given up.
    pub const HOPELESS: Cost = 700;
}

/// How deep quotations lie in each other at most.
const DEPTH: usize = 3;

/// How many states are kept at each mark.
const BEAM: usize = 10;

/// The families of the open quotations, the innermost last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stack {
    depth: usize,
    families: [Option<Family>; DEPTH],
}

impl Stack {
    fn below(&self, count: usize) -> Option<Family> {
        self.depth.checked_sub(count + 1).and_then(|index| self.families[index])
    }

    fn top(&self) -> Option<Family> {
        self.below(0)
    }

    fn push(mut self, family: Family) -> Option<Self> {
        let slot = self.families.get_mut(self.depth)?;
        *slot = Some(family);
        self.depth += 1;
        Some(self)
    }

    fn pop(mut self) -> Self {
        if let Some(top) = self.depth.checked_sub(1) {
            self.families[top] = None;
            self.depth = top;
        }
        self
    }
}

/// A way to read the marks up to one of them.
#[derive(Clone, Copy, Debug)]
struct Node {
    stack: Stack,
    cost: Cost,
    /// Which node at the mark before it goes on from.
    previous: u32,
    reading: Reading,
}

/// A state before a mark: its block may begin with a quotation still open.
#[derive(Clone, Copy, Debug)]
struct Entry {
    stack: Stack,
    cost: Cost,
    previous: u32,
}

/// The reading of every mark.
pub(super) fn readings(document: &Document, marks: &[Mark]) -> Vec<Reading> {
    let plain = Plain::of(document, marks);
    let mut nodes: Vec<Node> = Vec::new();
    // Where the nodes of each mark begin.
    let mut layers = Vec::with_capacity(plain.from);
    let mut entries = vec![Entry { stack: Stack::default(), cost: 0, previous: 0 }];
    let mut ways = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        if index >= plain.from && begins_block(marks, index) && is_settled(&entries) {
            break;
        }
        let context = Context::of(document, marks, index);
        ways.clear();
        for entry in &entries {
            extend(document, mark, &context, entry, &mut ways);
        }
        let first = nodes.len();
        keep_cheapest(&mut ways, &mut nodes);
        layers.push(first);
        entries.clear();
        match marks.get(index + 1) {
            Some(next) if next.block == mark.block => {
                let entry =
                    |(node, previous): (&Node, u32)| Entry { stack: node.stack, cost: node.cost, previous };
                entries.extend(nodes[first..].iter().zip(0..).map(entry));
            }
            next => leave_block(document, mark, next, &nodes[first..], &mut entries),
        }
    }
    let mut readings = trace(&nodes, &layers, &entries);
    readings.extend_from_slice(&plain.readings[readings.len()..]);
    readings
}

fn begins_block(marks: &[Mark], index: usize) -> bool {
    index.checked_sub(1).is_none_or(|before| marks[before].block != marks[index].block)
}

/// Whether it costs least that nothing is open, and all else costs more.
fn is_settled(entries: &[Entry]) -> bool {
    let (open, closed) =
        entries.iter().fold((Cost::MAX, Cost::MAX), |(open, closed), entry| match entry.stack.depth {
            0 => (open, closed.min(entry.cost)),
            _ => (open.min(entry.cost), closed),
        });
    closed < open
}

/// The marks as most texts have them: one role of each costs nothing, and each block closes what it opens.
/// Where the rest of a document is so, it costs nothing, and nothing that is open before can cost less: it
/// need not be searched.
struct Plain {
    /// The first mark of the first block from which on all are so.
    from: usize,
    /// The readings of all marks; those before `from` mean nothing.
    readings: Vec<Reading>,
}

impl Plain {
    fn of(document: &Document, marks: &[Mark]) -> Self {
        let mut plain = Self { from: 0, readings: Vec::with_capacity(marks.len()) };
        for block in marks.chunk_by(|a, b| a.block == b.block) {
            let mut stack = Stack::default();
            let first = plain.readings.len();
            for mark in block {
                let Some((role, next)) = free_way(document, mark, stack) else { break };
                plain.readings.push(Reading { role, before: stack.depth, after: next.depth });
                stack = next;
            }
            let next = first + block.len();
            if plain.readings.len() < next || stack.depth > 0 {
                plain.readings.resize(next, UNREAD);
                plain.from = next;
            }
        }
        plain
    }
}

/// The one way of [`extend`] to read a mark that costs nothing after what is open: its role, and what is
/// open then.
fn free_way(document: &Document, mark: &Mark, stack: Stack) -> Option<(Role, Stack)> {
    let opens =
        opening(mark) + nesting(document, mark, &stack) == 0 && !context::touches_reporting(document, mark);
    let closes = stack.top().is_some_and(|top| closing(mark) + mismatch(mark, top) == 0);
    let opened = stack.push(mark.family).filter(|_| opens);
    match (opened, closes, context::is_elision(document, mark)) {
        (Some(opened), false, false) => Some((Role::Open, opened)),
        (None, true, false) => Some((Role::Close, stack.pop())),
        (None, false, true) => Some((Role::NoQuotation, stack)),
        _ => None,
    }
}

/// What stands for a reading that is not known.
const UNREAD: Reading = Reading { role: Role::Stray, before: 0, after: 0 };

/// Follows the cheapest way back. The nodes of each mark begin where `layers` tells.
fn trace(nodes: &[Node], layers: &[usize], entries: &[Entry]) -> Vec<Reading> {
    let mut readings = vec![UNREAD; layers.len()];
    let mut at = entries.iter().min_by_key(|entry| entry.cost).map_or(0, |entry| entry.previous);
    for (reading, first) in readings.iter_mut().zip(layers).rev() {
        let node = &nodes[first + at as usize];
        *reading = node.reading;
        at = node.previous;
    }
    readings
}

/// Adds the cheapest way to each state to `kept`, and of these the cheapest few.
fn keep_cheapest(ways: &mut [Node], kept: &mut Vec<Node>) {
    ways.sort_by_key(|way| way.cost);
    let first = kept.len();
    let most = ways.first().map_or(0, |best| best.cost + cost::HOPELESS);
    for way in ways.iter().take_while(|way| way.cost <= most) {
        if !kept[first..].iter().any(|known| known.stack == way.stack) {
            kept.push(*way);
            if kept.len() - first == BEAM {
                break;
            }
        }
    }
}

/// Adds the states at the first mark of the next block that has any, or at the end of the document.
fn leave_block(
    document: &Document,
    mark: &Mark,
    next: Option<&Mark>,
    layer: &[Node],
    entries: &mut Vec<Entry>,
) {
    let mut offer = |entry: Entry| match entries.iter_mut().find(|known| known.stack == entry.stack) {
        Some(known) if known.cost <= entry.cost => {}
        Some(known) => *known = entry,
        None => entries.push(entry),
    };
    let reopens = next.is_some_and(|next| {
        next.block == mark.block + 1 && next.left == Neighbour::Edge && next.is_set_to_open()
    });
    let carrying = next.map(|next| carrying_cost(document, mark.block, next.block));
    for (index, node) in layer.iter().enumerate() {
        let Node { stack, cost, .. } = *node;
        let previous = index as u32;
        if stack.depth == 0 {
            offer(Entry { stack, cost, previous });
            continue;
        }
        // A quotation of several paragraphs is opened again at the head of each.
        let ending = if reopens { 0 } else { cost::UNCLOSED * stack.depth as Cost };
        offer(Entry { stack: Stack::default(), cost: cost + ending, previous });
        if let Some(carrying) = carrying
            && !reopens
        {
            offer(Entry { stack, cost: cost + carrying, previous });
        }
    }
}

/// What it costs that a quotation is still open some blocks later.
fn carrying_cost(document: &Document, from: usize, to: usize) -> Cost {
    let blocks = document.blocks().get(from..=to).unwrap_or_default();
    // Beyond a handful of blocks the sum is hopeless whatever they are.
    blocks.windows(2).take(8).fold(0, |sum, pair| {
        let between = document.text().get(pair[0].span.hi()..pair[1].span.lo()).unwrap_or_default();
        let is_gap = between.bytes().filter(|&b| b == b'\n').count() > 1;
        sum + if is_gap { cost::CARRIED_OVER_GAP } else { cost::CARRIED_OVER_LINE }
    })
}

/// Adds every way to read the mark after one state.
fn extend(document: &Document, mark: &Mark, context: &Context, entry: &Entry, layer: &mut Vec<Node>) {
    let mut add = |role: Role, stack: Stack, price: Cost| {
        layer.push(Node {
            stack,
            cost: entry.cost + price,
            previous: entry.previous,
            reading: Reading { role, before: entry.stack.depth, after: stack.depth },
        });
    };
    let stack = entry.stack;
    if let Some(pushed) = stack.push(mark.family) {
        let reporting = if context.touches_reporting { cost::OPENS_REPORTING } else { 0 };
        add(Role::Open, pushed, opening(mark) + nesting(document, mark, &stack) + reporting);
    }
    let closing = closing(mark);
    if let Some(top) = stack.top() {
        add(Role::Close, stack.pop(), closing + mismatch(mark, top));
    }
    if let Some(second) = stack.below(1) {
        // The inner quotation is never closed.
        add(Role::Close, stack.pop().pop(), closing + mismatch(mark, second) + cost::UNCLOSED);
    }
    if stack.depth == 0 && !mark.family.is_single() {
        let reversed = if mark.lean == Lean::Open { cost::REVERSED_GLYPH } else { 0 };
        add(Role::CloseUnopened, stack, closing + cost::UNOPENED + reversed);
    }
    if let Some(price) = no_quotation(mark, context) {
        add(Role::NoQuotation, stack, price);
    }
    add(Role::Stray, stack, stray(mark, context, &stack));
}

fn opening(mark: &Mark) -> Cost {
    let spaces = match (mark.left, mark.right) {
        _ if mark.is_set_to_open() => 0,
        (left, right) if left.is_gap() && right.is_gap() => cost::SPACED,
        (_, right) if !right.is_gap() && !matches!(right, Neighbour::Pause | Neighbour::Terminal) => {
            cost::GLUED
        }
        _ => cost::REVERSED_SPACES,
    };
    spaces + if mark.lean == Lean::Close { cost::REVERSED_GLYPH } else { 0 }
}

fn closing(mark: &Mark) -> Cost {
    match (mark.left, mark.right) {
        (Neighbour::Edge, _) => cost::REVERSED_SPACES + cost::SPACED,
        _ if mark.is_set_to_close() => 0,
        (left, Neighbour::Letter | Neighbour::Digit) if !left.is_gap() => cost::GLUED,
        (left, right) if left.is_gap() && !matches!(right, Neighbour::Letter | Neighbour::Digit) => {
            cost::SPACED
        }
        _ => cost::REVERSED_SPACES,
    }
}

/// What it costs to open a quotation inside those that are open.
fn nesting(document: &Document, mark: &Mark, stack: &Stack) -> Cost {
    let same = (0..stack.depth).any(|count| stack.below(count) == Some(mark.family));
    match (same, mark.family) {
        (true, _) if document.pack().nests_same_marks() => cost::SAME_INSIDE_USUAL,
        (true, _) => cost::SAME_INSIDE,
        // A double mark of another family inside one of the first is not how quotations nest.
        (false, family) if !family.is_single() && stack.top().is_some_and(|top| !top.is_single()) => {
            cost::MISMATCH
        }
        _ => 0,
    }
}

/// What it costs that this glyph closes what a mark of the family `open` opened.
fn mismatch(mark: &Mark, open: Family) -> Cost {
    // „…“ and „…” both.
    if open == Family::Low && mark.family == Family::Curly {
        return 0;
    }
    let reversed = if mark.lean == Lean::Open { cost::REVERSED_GLYPH } else { 0 };
    reversed
        + if mark.family == open {
            0
        } else if mark.family.is_single() == open.is_single() {
            cost::MISMATCH
        } else {
            cost::MISMATCH_OF_KIND
        }
}

/// What it costs that the mark is an apostrophe or a sign of measure; `None` where it cannot be.
fn no_quotation(mark: &Mark, context: &Context) -> Option<Cost> {
    if context.is_elision {
        return Some(0);
    }
    let after_digit = mark.left == Neighbour::Digit;
    match mark.family {
        Family::Straight if after_digit => Some(40),
        Family::SingleStraight | Family::SingleCurly => Some(match mark.left {
            Neighbour::Digit => 30,
            // The possessive of a plural, and letters left out at the end.
            Neighbour::Letter if context.after_s && mark.lean != Lean::Open => 30,
            Neighbour::Letter if mark.lean != Lean::Open => 70,
            _ if mark.lean == Lean::Open => 230,
            _ => 150,
        }),
        _ => None,
    }
}

fn stray(mark: &Mark, context: &Context, stack: &Stack) -> Cost {
    let looks_open = mark.lean == Lean::Open || mark.lean == Lean::Either && mark.is_set_to_open();
    if context.is_doubled {
        return cost::STRAY_DOUBLED;
    }
    if looks_open {
        let reopened = stack.top() == Some(mark.family);
        let well_set = if mark.is_set_to_open() { cost::STRAY_WELL_SET } else { cost::STRAY };
        // Of two that open where one closes, the second is the one too many.
        let well_set = well_set + if context.begins_sentence { cost::BEGINS_SENTENCE } else { 0 };
        return match (reopened, mark.family.is_single()) {
            (true, true) => well_set - 60,
            (true, false) => well_set,
            (false, _) => well_set + 10,
        };
    }
    let price = match context.is_early && stack.depth > 0 {
        true => cost::STRAY_EARLY,
        false if mark.is_set_to_close() => cost::STRAY_WELL_SET,
        false => cost::STRAY,
    };
    price
        + if context.before_reporting { cost::BEFORE_REPORTING } else { 0 }
        + if context.is_in_sentence { cost::IN_SENTENCE } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::marks;
    use super::*;
    use crate::lang::{Language, Packs};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static PACKS: LazyLock<Packs> = LazyLock::new(Packs::builtin);

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn the_free_way_is_the_only_one_that_costs_nothing(
            text in "([“”‘’\"'«»„]|said|He|s|, [\"']says |’tis|'90s|, |\\. | |\n){0,24}",
            german in any::<bool>(),
            open in proptest::sample::subsequence(
                vec![Family::Curly, Family::Low, Family::Straight, Family::SingleCurly, Family::SingleStraight],
                0..=DEPTH,
            ),
        ) {
            let language = Language::parse(if german { "de" } else { "en" }).ok();
            let document = Document::plain(&text, language, &PACKS);
            let marks = marks::find(&document);
            let stack = open.into_iter().fold(Stack::default(), |stack, family| stack.push(family).unwrap());
            let entry = Entry { stack, cost: 0, previous: 0 };
            for (index, mark) in marks.iter().enumerate() {
                let mut ways = Vec::new();
                extend(&document, mark, &Context::of(&document, &marks, index), &entry, &mut ways);
                ways.retain(|way| way.cost == 0);
                let only = if let [way] = *ways { Some((way.reading.role, way.stack)) } else { None };
                prop_assert_eq!(free_way(&document, mark, stack), only, "{:?}", mark);
            }
        }
    }
}
