//! The prefilter: one pass over a document tells which rules need to look at which blocks.

use super::strings::Strings;
use crate::rule::{Feature, Trigger};
use foldhash::fast::FixedState;
use mtlint_document::Document;
use mtlint_lang::needs::is_everywhere;
use std::collections::HashMap;
use std::fmt;

/// A set of rules, by their place among the active ones.
type RuleSet = Vec<u64>;

/// All strings that any rule waits for.
pub struct Prefilter {
    /// Finds the strings of two bytes and more, in text whose ASCII letters are small.
    strings: Strings,
    /// For each string, by its number, the rules that wait for it.
    waiting: Vec<RuleSet>,
    /// For each ASCII character, the rules that wait for it alone: every full stop of a text would be
    /// found; a look at which characters a block holds is less work.
    characters: Vec<(u8, RuleSet)>,
    /// For each feature, the rules that wait for it.
    features: Vec<(Feature, RuleSet)>,
    /// Rules that wait for nothing.
    always: RuleSet,
    /// How many words a rule set has.
    width: usize,
}

impl fmt::Debug for Prefilter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The automaton has nothing to show.
        formatter.debug_struct("Prefilter").field("width", &self.width).finish_non_exhaustive()
    }
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
        let mut numbers: HashMap<String, usize, FixedState> = HashMap::default();
        let mut waiting: Vec<RuleSet> = Vec::new();
        let mut characters: Vec<(u8, RuleSet)> = Vec::new();
        let mut features: Vec<(Feature, RuleSet)> = Vec::new();
        for (rule, trigger) in triggers.enumerate() {
            let wanted = match trigger {
                Trigger::AnyOf(wanted) if !wanted.iter().any(|string| is_everywhere(string)) => wanted,
                _ => {
                    add(&mut always, rule);
                    continue;
                }
            };
            for string in wanted {
                let set = match (Feature::named(string), string.as_bytes()) {
                    (Some(feature), _) => entry(&mut features, feature, width),
                    (None, &[byte]) => entry(&mut characters, byte, width),
                    _ => {
                        let next = waiting.len();
                        let number = *numbers.entry(string.to_ascii_lowercase()).or_insert(next);
                        if number == next {
                            waiting.push(vec![0; width]);
                        }
                        &mut waiting[number]
                    }
                };
                add(set, rule);
            }
        }
        let mut strings: Vec<(String, usize)> = numbers.into_iter().collect();
        strings.sort_unstable_by_key(|(_, number)| *number);
        let strings = Strings::new(strings.into_iter().map(|(string, _)| string));
        Self { strings, waiting, characters, features, always, width }
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
        self.strings.each(&text.to_ascii_lowercase(), |string, range| {
            let set = &self.waiting[string];
            join(&mut plan.document, set);
            // The block that it ends in.
            let block = blocks.partition_point(|block| block.span.hi() < range.end);
            if block < blocks.len() {
                join(&mut plan.blocks[block * self.width..(block + 1) * self.width], set);
            }
        });
        for (index, block) in blocks.iter().enumerate() {
            let held = Held::of(document.slice(block.span).as_bytes());
            let set = &mut plan.blocks[index * self.width..(index + 1) * self.width];
            self.join_held(&held, set);
            join(&mut plan.document, set);
        }
        // What stands between blocks.
        self.join_held(&Held::of(b" \n\r\t"), &mut plan.document);
        plan
    }

    fn join_held(&self, held: &Held, set: &mut [u64]) {
        for (byte, rules) in &self.characters {
            if held.has(*byte) || byte.is_ascii_lowercase() && held.has(byte.to_ascii_uppercase()) {
                join(set, rules);
            }
        }
        for (feature, rules) in &self.features {
            if held.shows(*feature) {
                join(set, rules);
            }
        }
    }
}

fn entry<K: PartialEq>(sets: &mut Vec<(K, RuleSet)>, key: K, width: usize) -> &mut RuleSet {
    let index = sets.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
        sets.push((key, vec![0; width]));
        sets.len() - 1
    });
    &mut sets[index].1
}

/// What a character is to the features.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Mark,
    /// A letter from a to z.
    Small,
    /// A letter from A to Z.
    Capital,
    /// A byte of a character beyond ASCII that may be a letter of either case.
    Beyond,
    /// `“`, which opens in most languages.
    Opening,
}

/// How many bits the number of a class takes.
const CLASS_BITS: u32 = 3;

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b',' | b'.' | b';' | b':' | b'!' | b'?' | b')' => Class::Mark,
            b'a'..=b'z' => Class::Small,
            b'A'..=b'Z' => Class::Capital,
            0x80.. => Class::Beyond,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// What a text holds.
struct Held {
    bytes: [bool; 256],
    /// A bit for each two classes that follow each other, see [`pair`].
    pairs: u64,
}

impl Held {
    fn of(bytes: &[u8]) -> Self {
        let mut held = Self { bytes: [false; 256], pairs: 0 };
        let (mut at, mut before) = (0, Class::Other);
        while let Some(&byte) = bytes.get(at) {
            held.bytes[usize::from(byte)] = true;
            let mut class = CLASSES[usize::from(byte)];
            at += 1;
            if class == Class::Beyond {
                (class, at) = held.beyond_ascii(bytes, at - 1);
            }
            held.pairs |= pair(before, class);
            before = class;
        }
        held
    }

    /// The class of the character beyond ASCII at `at`, and where it ends; of one that may be a letter, its
    /// first byte.
    fn beyond_ascii(&mut self, bytes: &[u8], at: usize) -> (Class, usize) {
        let (class, length) = match bytes[at..] {
            [0xE2, 0x80, 0x9C, ..] => (Class::Opening, 3),
            // General punctuation holds no letter.
            [0xE2, 0x80, _, ..] => (Class::Other, 3),
            _ => (Class::Beyond, 1),
        };
        bytes[at..at + length].iter().for_each(|byte| self.bytes[usize::from(*byte)] = true);
        (class, at + length)
    }

    fn has(&self, byte: u8) -> bool {
        self.bytes[usize::from(byte)]
    }

    fn shows(&self, feature: Feature) -> bool {
        let follows = |first: &[Class], second: &[Class]| {
            first.iter().any(|first| second.iter().any(|second| self.pairs & pair(*first, *second) != 0))
        };
        match feature {
            Feature::MarkThenLetter => {
                follows(&[Class::Mark], &[Class::Small, Class::Capital, Class::Beyond, Class::Opening])
            }
            Feature::SmallThenCapital => {
                follows(&[Class::Small, Class::Beyond], &[Class::Capital, Class::Beyond])
            }
        }
    }
}

/// The bit of two classes that follow each other.
#[inline]
fn pair(first: Class, second: Class) -> u64 {
    1 << ((first as u8) << CLASS_BITS | second as u8)
}
