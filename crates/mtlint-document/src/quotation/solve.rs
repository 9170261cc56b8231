//! Giving every mark its role, so that the whole document costs least.
//!
//! A search over the marks in text order (Viterbi's), whose state is the stack of quotations that are open. Only the
//! cheapest few states are kept at each mark, so that time and memory grow with the number of marks alone. What a step
//! costs is the sum of the weights of its features ([`super::prices`], [`super::costs`]).

use super::Document;
use super::context::{self, Context};
use super::costs::{Cost, Costs, Features};
use super::marks::{Family, Lean, Mark, Neighbour};
use super::prices;

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
    /// Whether what is open at the end of its block goes on in the next, which opens it again.
    pub goes_on: bool,
}

/// States so much dearer than the cheapest are given up.
const HOPELESS: Cost = 700;

/// How deep quotations lie in each other at most.
pub(super) const DEPTH: usize = 3;

/// How many ways are kept at each mark, at most two to one state.
const BEAM: usize = 16;

/// The families of the open quotations, the innermost last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stack {
    pub depth: usize,
    families: [Option<Family>; DEPTH],
}

impl Stack {
    pub fn below(&self, count: usize) -> Option<Family> {
        self.depth.checked_sub(count + 1).and_then(|index| self.families[index])
    }

    pub fn top(&self) -> Option<Family> {
        self.below(0)
    }

    pub fn push(mut self, family: Family) -> Option<Self> {
        let slot = self.families.get_mut(self.depth)?;
        *slot = Some(family);
        self.depth += 1;
        Some(self)
    }

    pub fn pop(mut self) -> Self {
        if let Some(top) = self.depth.checked_sub(1) {
            self.families[top] = None;
            self.depth = top;
        }
        self
    }
}

/// A way to read the marks up to one of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    stack: Stack,
    cost: Cost,
    /// Which node at the mark before it goes on from.
    previous: u32,
    reading: Reading,
    /// What the step was paid for, and what was paid before it when the block before it ended.
    features: Features,
    entered: Features,
}

/// A state before a mark: its block may begin with a quotation still open.
#[derive(Clone, Copy, Debug)]
struct Entry {
    stack: Stack,
    cost: Cost,
    previous: u32,
    /// Whether the mark before this one opens.
    opened: bool,
    /// What the end of the block before was paid for.
    features: Features,
    /// The class of the mark that paid for it.
    goes_on: bool,
}

/// The reading of a document.
pub(super) struct Solution {
    pub readings: Vec<Reading>,
    /// How much dearer the next reading of the block of each mark is.
    pub margins: Vec<Cost>,
    /// What it costs that is not free.
    #[cfg_attr(not(test), expect(dead_code, reason = "for training"))]
    pub cost: Cost,
    /// What was paid for: the index of a mark whose class has the weights, and the features.
    #[cfg_attr(not(test), expect(dead_code, reason = "for training"))]
    pub paid: Vec<(usize, Features)>,
}

/// Which steps a reading may take: all of them, or those of a reading that is known. Shown the index of a mark, its role
/// or none for the end of its block, and what the step is paid for. For training.
pub(super) type Allowed<'a> = &'a dyn Fn(usize, Option<Role>, &Features) -> bool;

/// The cheapest reading that `allowed` lets stand.
pub(super) fn solve(document: &Document, marks: &[Mark], costs: &Costs, allowed: Allowed<'_>) -> Solution {
    let plain = Plain::of(document, marks);
    let mut nodes: Vec<Node> = Vec::new();
    // Where the nodes of each mark begin.
    let mut layers = Vec::with_capacity(plain.from);
    let start = Entry {
        stack: Stack::default(),
        cost: 0,
        previous: 0,
        opened: false,
        features: Features::default(),
        goes_on: false,
    };
    let mut entries = vec![start];
    let mut ways = Vec::new();
    let mut margins = Vec::with_capacity(marks.len());
    for (index, mark) in marks.iter().enumerate() {
        if index >= plain.from && begins_block(marks, index) && is_settled(&entries) {
            break;
        }
        let context = Context::of(document, marks, index);
        ways.clear();
        for entry in &entries {
            let step =
                prices::Step { document, mark, context: &context, stack: entry.stack, opened: entry.opened };
            step.ways(|role, stack, features| {
                if allowed(index, Some(role), &features) {
                    let price = costs.of(super::costs::class(mark.family), &features);
                    let before = entry.stack.depth;
                    let reading = Reading { role, before, after: stack.depth, goes_on: false };
                    ways.push(Node {
                        stack,
                        cost: entry.cost + price,
                        previous: entry.previous,
                        reading,
                        features,
                        entered: entry.features,
                    });
                }
            });
        }
        let first = nodes.len();
        keep_cheapest(&mut ways, &mut nodes);
        layers.push(first);
        entries.clear();
        match marks.get(index + 1) {
            Some(next) if next.block == mark.block => {
                let entry = |(node, previous): (&Node, u32)| Entry {
                    stack: node.stack,
                    cost: node.cost,
                    previous,
                    opened: node.reading.role == Role::Open,
                    features: Features::default(),
                    goes_on: false,
                };
                entries.extend(nodes[first..].iter().zip(0..).map(entry));
            }
            next => {
                let leaving = Leaving {
                    document,
                    mark,
                    next,
                    index,
                    context: &context,
                    costs,
                    is_alone: plain.is_alone(),
                };
                leaving.leave(&nodes[first..], allowed, &mut entries);
                let margin = settle(&mut entries);
                margins.resize(index + 1, margin);
            }
        }
    }
    let mut solution = trace(&nodes, &layers, &entries);
    solution.readings.extend_from_slice(&plain.readings[solution.readings.len()..]);
    margins.resize(marks.len(), HOPELESS);
    solution.margins = margins;
    solution
}

/// How much dearer the next way to the end of a block is than the cheapest. Of the ways to one state the cheapest is kept.
fn settle(entries: &mut Vec<Entry>) -> Cost {
    entries.sort_by_key(|entry| entry.cost);
    let margin = match entries.as_slice() {
        [best, next, ..] => (next.cost - best.cost).min(HOPELESS),
        _ => HOPELESS,
    };
    let mut known: Vec<Stack> = Vec::new();
    entries.retain(|entry| {
        let is_new = !known.contains(&entry.stack);
        known.push(entry.stack);
        is_new
    });
    margin
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
    /// How many blocks leave a quotation open which the next opens again.
    reopened: usize,
    /// How many blocks close every quotation that they open.
    closed: usize,
}

impl Plain {
    fn of(document: &Document, marks: &[Mark]) -> Self {
        let mut plain = Self { from: 0, readings: Vec::with_capacity(marks.len()), reopened: 0, closed: 0 };
        for block in marks.chunk_by(|a, b| a.block == b.block) {
            let mut stack = Stack::default();
            let mut opened = false;
            let first = plain.readings.len();
            for (index, mark) in block.iter().enumerate() {
                let step = (mark, context::touches_previous(document.text(), marks, first + index));
                let Some((role, next)) = prices::free_way(document, step, stack, opened) else { break };
                plain.readings.push(Reading { role, before: stack.depth, after: next.depth, goes_on: false });
                stack = next;
                opened = role == Role::Open;
            }
            let next = first + block.len();
            if plain.readings.len() < next || stack.depth > 0 {
                let is_read = plain.readings.len() == next;
                let reopens =
                    block.last().is_some_and(|last| marks.get(next).is_some_and(|it| opens_again(last, it)));
                plain.reopened += usize::from(is_read && reopens);
                plain.readings.resize(next, UNREAD);
                plain.from = next;
            } else {
                plain.closed += usize::from(block.len() > 1);
            }
        }
        plain
    }
}

/// How many blocks that close their quotations show that a document closes them.
const MANY: usize = 4;

impl Plain {
    /// Whether a quotation that went on over blocks would be the only one of a document that closes many.
    fn is_alone(&self) -> bool {
        self.reopened <= 1 && self.closed >= MANY
    }
}

/// Whether the first mark of a block opens again what the block before, whose last mark is `last`, has left open.
pub(super) fn opens_again(last: &Mark, next: &Mark) -> bool {
    next.block == last.block + 1
        && next.left == Neighbour::Edge
        && next.lean != Lean::Close
        && next.is_set_to_open()
}

/// What stands for a reading that is not known.
const UNREAD: Reading = Reading { role: Role::Stray, before: 0, after: 0, goes_on: false };

/// Follows the cheapest way back. The nodes of each mark begin where `layers` tells.
fn trace(nodes: &[Node], layers: &[usize], entries: &[Entry]) -> Solution {
    let mut readings = vec![UNREAD; layers.len()];
    let mut paid = Vec::new();
    let last = entries.iter().min_by_key(|entry| entry.cost);
    let mut at = last.map_or(0, |entry| entry.previous);
    if let Some(last) = last.filter(|last| !last.features.is_empty()) {
        paid.push((layers.len().saturating_sub(1), last.features));
    }
    let mut goes_on = last.is_some_and(|last| last.goes_on);
    for (index, (reading, first)) in readings.iter_mut().zip(layers).enumerate().rev() {
        let node = &nodes[first + at as usize];
        *reading = node.reading;
        reading.goes_on = goes_on;
        goes_on = node.entered.iter().any(prices::is_going_on);
        if !node.features.is_empty() {
            paid.push((index, node.features));
        }
        if !node.entered.is_empty() {
            paid.push((index.saturating_sub(1), node.entered));
        }
        at = node.previous;
    }
    Solution { readings, margins: Vec::new(), cost: last.map_or(0, |last| last.cost), paid }
}

/// Adds the cheapest way to each state to `kept`, and of these the cheapest few.
fn keep_cheapest(ways: &mut [Node], kept: &mut Vec<Node>) {
    ways.sort_by_key(|way| way.cost);
    let first = kept.len();
    let most = ways.first().map_or(0, |best| best.cost + HOPELESS);
    for way in ways.iter().take_while(|way| way.cost <= most) {
        let is_known = |known: &Node| {
            known.stack == way.stack && (known.reading.role == Role::Open) == (way.reading.role == Role::Open)
        };
        // The second one tells how sure the first is.
        if kept[first..].iter().filter(|known| is_known(known)).count() < 2 {
            kept.push(*way);
            if kept.len() - first == BEAM {
                break;
            }
        }
    }
}

/// The end of a block, at which quotations may be open.
struct Leaving<'a> {
    document: &'a Document,
    /// The last mark of the block.
    mark: &'a Mark,
    /// The first mark of the next block that has any.
    next: Option<&'a Mark>,
    /// The index of `mark`.
    index: usize,
    context: &'a Context,
    costs: &'a Costs,
    /// Whether hardly any quotation of the document goes on over blocks, and many do not.
    is_alone: bool,
}

impl Leaving<'_> {
    /// Adds the states at the first mark of the next block that has any, or at the end of the document.
    fn leave(&self, layer: &[Node], allowed: Allowed<'_>, entries: &mut Vec<Entry>) {
        let class = super::costs::class(self.mark.family);
        let reopens = self.next.is_some_and(|next| opens_again(self.mark, next));
        for (index, node) in layer.iter().enumerate() {
            let Node { stack, cost, .. } = *node;
            let previous = index as u32;
            let mut end = |stack: Stack, features: Features| {
                if allowed(self.index, None, &features) {
                    let goes_on = features.iter().any(prices::is_going_on);
                    let cost = cost + self.costs.of(class, &features);
                    entries.push(Entry { stack, cost, previous, opened: false, features, goes_on });
                }
            };
            if stack.depth == 0 {
                end(stack, Features::default());
                continue;
            }
            end(Stack::default(), prices::unclosed(self.context, stack.depth));
            if let Some(ends) = prices::ends_speech(self.context) {
                end(Stack::default(), ends);
            }
            if reopens {
                end(Stack::default(), prices::reopened(self.context, self.is_alone));
            } else if let Some(next) = self.next {
                end(stack, prices::carried(self.document, self.mark.block, next));
            }
        }
    }
}
