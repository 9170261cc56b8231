//! The prefilter: one pass over a document tells which rules need to look at which blocks.

use crate::document::Document;
use crate::rule::Trigger;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// A set of rules, by their place among the active ones.
type RuleSet = Vec<u64>;

/// All strings that any rule waits for.
#[derive(Debug)]
pub struct Prefilter {
    /// Finds strings of two bytes and more.
    strings: Option<AhoCorasick>,
    /// For each string of the automaton, the rules that wait for it.
    waiting: Vec<RuleSet>,
    /// For each ASCII character, the rules that wait for it alone. The automaton would stop at every
    /// full stop of a text; a look at which characters a block holds does not.
    characters: Vec<(u8, RuleSet)>,
    /// Rules that wait for nothing.
    always: RuleSet,
    /// How many words a rule set has.
    width: usize,
}

/// Which rules look where in one document.
#[derive(Debug)]
pub struct Plan {
    width: usize,
    /// A rule set for every block, one after the other.
    blocks: Vec<u64>,
    document: RuleSet,
}

impl Plan {
    /// Whether the rule must look at the document at all.
    pub fn document(&self, rule: usize) -> bool {
        has(&self.document, rule)
    }

    /// How many pairs of a rule and a block remain.
    pub fn pairs(&self) -> usize {
        self.blocks.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether the rule must look at the block with this index.
    pub fn block(&self, rule: usize, block: usize) -> bool {
        has(&self.blocks[block * self.width..(block + 1) * self.width], rule)
    }
}

fn has(set: &[u64], rule: usize) -> bool {
    set[rule / 64] & (1 << (rule % 64)) != 0
}

fn add(set: &mut [u64], rule: usize) {
    set[rule / 64] |= 1 << (rule % 64);
}

fn join(set: &mut [u64], other: &[u64]) {
    set.iter_mut().zip(other).for_each(|(a, b)| *a |= b);
}

impl Prefilter {
    /// Takes the triggers of the active rules, in their order.
    pub fn new<'a>(triggers: impl Iterator<Item = &'a Trigger> + Clone) -> Self {
        let width = triggers.clone().count().div_ceil(64);
        let mut always = vec![0; width];
        let mut strings: Vec<String> = Vec::new();
        let mut waiting: Vec<RuleSet> = Vec::new();
        let mut characters: Vec<(u8, RuleSet)> = Vec::new();
        for (rule, trigger) in triggers.enumerate() {
            let Trigger::AnyOf(wanted) = trigger else {
                add(&mut always, rule);
                continue;
            };
            for string in wanted {
                let set = match string.as_bytes() {
                    &[byte] => entry(&mut characters, byte, width),
                    _ => {
                        let index = strings.iter().position(|known| known == string).unwrap_or_else(|| {
                            strings.push(string.clone());
                            waiting.push(vec![0; width]);
                            strings.len() - 1
                        });
                        &mut waiting[index]
                    }
                };
                add(set, rule);
            }
        }
        let strings = (!strings.is_empty()).then(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .ascii_case_insensitive(true)
                .build(&strings)
                .expect("a few hundred strings fit an automaton")
        });
        Self { strings, waiting, characters, always, width }
    }

    /// Reads the document once.
    pub fn plan(&self, document: &Document) -> Plan {
        let text = document.text();
        let blocks = document.blocks();
        let mut plan = Plan {
            width: self.width,
            blocks: self.always.repeat(blocks.len()),
            document: self.always.clone(),
        };
        if let Some(strings) = &self.strings {
            let mut block = 0;
            for found in strings.find_overlapping_iter(text) {
                let set = &self.waiting[found.pattern().as_usize()];
                join(&mut plan.document, set);
                // Ends come in order, starts do not: the block is the one the match ends in.
                while block < blocks.len() && blocks[block].span.hi() < found.end() {
                    block += 1;
                }
                if block < blocks.len() {
                    join(&mut plan.blocks[block * self.width..(block + 1) * self.width], set);
                }
            }
        }
        if !self.characters.is_empty() {
            let everywhere = ascii_of(text.as_bytes());
            self.join_characters(everywhere, &mut plan.document);
            for (index, block) in blocks.iter().enumerate() {
                let held = ascii_of(document.slice(block.span).as_bytes());
                let set = &mut plan.blocks[index * self.width..(index + 1) * self.width];
                self.join_characters(held, set);
            }
        }
        plan
    }

    fn join_characters(&self, held: u128, set: &mut [u64]) {
        for (byte, rules) in &self.characters {
            if held & (1 << byte) != 0
                || byte.is_ascii_lowercase() && held & (1 << byte.to_ascii_uppercase()) != 0
            {
                join(set, rules);
            }
        }
    }
}

fn entry(characters: &mut Vec<(u8, RuleSet)>, byte: u8, width: usize) -> &mut RuleSet {
    let index = characters.iter().position(|(known, _)| *known == byte).unwrap_or_else(|| {
        characters.push((byte, vec![0; width]));
        characters.len() - 1
    });
    &mut characters[index].1
}

/// The ASCII characters that a text holds, one bit each.
fn ascii_of(bytes: &[u8]) -> u128 {
    let mut held = [false; 256];
    bytes.iter().for_each(|&byte| held[usize::from(byte)] = true);
    (0..128).filter(|&byte| held[byte]).fold(0, |set, byte| set | 1 << byte)
}
