//! What stands around a place between two words, and the features that a model weighs: runs of words, of their
//! classes, and the marks near by. May use nothing of ours.

/// A word, number or mark as a model sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Of a word that of its lower-case form; of a number its form, of a mark its kind: these are small numbers.
    pub hash: u32,
    /// See [`super::Expectation::class_of`].
    pub class: u16,
    pub shape: Shape,
}

/// What an item is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// The beginning or end of a block.
    #[default]
    Edge,
    Small,
    Capitalised,
    Upper,
    Number,
    Mark,
}

/// How many items on either side are looked at.
pub const REACH: usize = 3;

/// The nearest mark on one side, and how many items stand between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbour {
    /// The `hash` of its item; 0 when none is near, 1 when the block ends before.
    pub mark: u32,
    pub distance: u32,
}

/// What stands around a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The nearest first.
    pub left: [Item; REACH],
    /// The nearest first.
    pub right: [Item; REACH],
    pub before: Neighbour,
    pub after: Neighbour,
}

/// How many features are of the nearest words: these tell most.
const NEAREST: usize = 15;

/// Calls `found` with the hash of every feature of a context.
pub fn each_feature(context: &Context, mut found: impl FnMut(u32)) {
    each_nearest_feature(context, &mut found);
    each_further_feature(context, &mut found);
}

/// The class of an item. Whether it has a capital is part of it, so that names are told from words.
fn class(item: Item) -> u32 {
    u32::from(item.class) << 3 | item.shape as u32
}

/// Calls `found` with the features that tell most. They look at nothing but the words, and the classes of the two next to
/// the place.
pub(super) fn each_nearest_feature(context: &Context, found: impl FnMut(u32)) {
    let [l1, l2, l3] = context.left.map(|item| item.hash);
    let [r1, r2, r3] = context.right.map(|item| item.hash);
    let (a, x) = (class(context.left[0]), class(context.right[0]));
    let features: [&[u32]; NEAREST] = [
        &[],
        &[l1],
        &[r1],
        &[l2],
        &[r2],
        &[l1, r1],
        &[l2, l1],
        &[r1, r2],
        &[l2, l1, r1],
        &[l1, r1, r2],
        &[l3, l2, l1],
        &[r1, r2, r3],
        &[a],
        &[x],
        &[a, x],
    ];
    each_hash(1, &features, found);
}

/// Calls `found` with all other features.
pub(super) fn each_further_feature(context: &Context, found: impl FnMut(u32)) {
    let [l1, r1] = [context.left[0].hash, context.right[0].hash];
    let [a, b, c] = context.left.map(class);
    let [x, y, z] = context.right.map(class);
    let shapes = (context.right[0].shape as u32) << 3 | context.left[0].shape as u32;
    let near = |Neighbour { mark, distance }: Neighbour| mark << 4 | rough(distance);
    let (before, after) = (near(context.before), near(context.after));
    let features: [&[u32]; 23] = [
        &[b, a, x],
        &[a, x, y],
        &[b, a, x, y],
        &[c, b, a, x],
        &[a, x, y, z],
        &[c, b, a],
        &[x, y, z],
        &[l1, x],
        &[l1, x, y],
        &[a, r1],
        &[b, a, r1],
        &[l1, y],
        &[b, r1],
        &[shapes],
        &[before],
        &[after],
        &[before, after],
        &[before, l1],
        &[after, l1],
        &[after, r1],
        &[before, r1],
        &[after, a, x],
        &[before, a, x],
    ];
    each_hash(NEAREST as u32 + 1, &features, found);
}

/// Calls `found` with the hashes of features, numbered from `first` on.
#[inline]
fn each_hash(first: u32, features: &[&[u32]], mut found: impl FnMut(u32)) {
    for (number, parts) in (first..).zip(features) {
        found(feature_hash(number, parts));
    }
}

/// A distance as exactly as it matters.
fn rough(distance: u32) -> u32 {
    match distance {
        0..=4 => distance,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        _ => 8,
    }
}

/// The hash of a feature: its number, and what makes it up.
#[inline]
pub fn feature_hash(number: u32, parts: &[u32]) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = u64::from(number).wrapping_mul(FACTOR);
    for part in parts {
        hash = (hash ^ u64::from(*part)).wrapping_mul(FACTOR);
        hash ^= hash >> 29;
    }
    (hash ^ hash >> 32) as u32
}
