//! What a file says of a unit, a text with its translation, beside these two.

/// What a file says of a unit beside its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitFacts {
    /// How many characters the target may have.
    pub max_length: Option<u32>,
    /// Of a subtitle: when it is shown.
    pub cue: Option<Cue>,
    /// How most of the file translates the same source text, where this unit does otherwise.
    pub usual_target: Option<String>,
    /// Another source text of the file that has the very same target.
    pub twin_source: Option<String>,
    /// How the translations of the file usually are.
    pub habits: Option<PairHabits>,
    /// How many plural forms the file says there are, and how many the entry has.
    pub plural_forms: Option<(usize, usize)>,
    /// What notes and flags beside it say to whoever checks it.
    pub notes: Vec<Note>,
    /// Whether the source is the text itself, before it was translated and came back.
    pub is_round_trip: bool,
    /// Whether the file itself says that the target is finished, or has no way to say otherwise.
    pub is_finished: bool,
}

/// What a note or flag beside a unit keeps quiet about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// As a comment in a text says it: `mtlint-ignore RULE: REASON`.
    pub text: String,
    /// Whether it is meant for mtlint. What a flag of another tool keeps quiet about need not be there.
    pub is_ours: bool,
}

/// When a subtitle is shown, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    pub start: u64,
    pub end: u64,
    /// When the next one begins.
    pub next: Option<u64>,
    /// When the source's is shown.
    pub source: Option<(u64, u64)>,
}

/// How the translations of a file usually are, between two languages.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairHabits {
    /// Which share of the sentences that end in a full stop end without a mark in the translation; 0
    /// where too few are known.
    pub bare_ends: f64,
    /// How many characters of a translation stand for one of the source, and the standard deviation
    /// for the square root of a character; `None` where too few texts are known.
    pub lengths: Option<(f64, f64)>,
}
