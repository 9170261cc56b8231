//! Finding the verb of a reporting clause, and what the clause reports.

use super::clauses::{Piece, Quoted, pieces};
use super::speaker::{self, PhraseLists, Speaker, SpeakerKind, Words};
use super::{Attribution, Place};
use crate::{Block, Document, Token, TokenKind};
use mtlint_lang::{LanguagePack, ListSet, WordList};
use std::ops::Range;

/// Verbs that report with a subject beside them.
const FINITE: [&str; 2] = ["reporting-verb.past", "reporting-verb.present"];
/// Verbs that report for the subject of the clause before: `She nodded, adding: “It grows.”`
const PARTICIPLES: &str = "reporting-verb.participle";
/// `according to`
const PREPOSITIONS: &str = "reporting-preposition";
/// What may stand between the speaker and the verb: `has`, `later`.
const BETWEEN: &str = "reporting-verb.before";
const COMPLEMENTISERS: &str = "complementiser";

/// How many words may stand between the speaker and the verb.
const MOST_BETWEEN: usize = 3;

/// How far from a quotation before it the verb of a clause may stand, in tokens.
const REACH_BACK: usize = 45;

/// How far from a quotation behind it the verb of a clause may stand, in tokens.
const REACH_ON: usize = 30;

/// The word lists that a clause is told by, each looked up by its name but once.
pub(super) struct Lists<'d> {
    prepositions: &'d WordList,
    finite: [&'d WordList; 2],
    participles: &'d WordList,
    /// Those that the verb of a clause is looked up in.
    verbs: ListSet,
    between: &'d WordList,
    complementisers: &'d WordList,
    phrases: PhraseLists<'d>,
}

impl<'d> Lists<'d> {
    pub fn of(pack: &'d LanguagePack) -> Self {
        let (prepositions, participles) = (pack.words(PREPOSITIONS), pack.words(PARTICIPLES));
        let finite = FINITE.map(|list| pack.words(list));
        Self {
            prepositions,
            finite,
            participles,
            verbs: finite.iter().fold(prepositions.bit() | participles.bit(), |all, list| all | list.bit()),
            between: pack.words(BETWEEN),
            complementisers: pack.words(COMPLEMENTISERS),
            phrases: PhraseLists::of(pack),
        }
    }
}

/// Adds the reporting clauses of a block.
pub(super) fn in_block(
    document: &Document,
    lists: &Lists<'_>,
    block: &Block,
    quoted: &[Quoted],
    all: &mut Vec<Attribution>,
) {
    let words = Words { document, lists: &lists.phrases, tokens: document.tokens_of(block) };
    for piece in pieces(document, block, quoted) {
        in_piece(words, lists, &piece, quoted, all);
    }
}

/// A verb or preposition, and who speaks.
struct Clause {
    verb: Range<usize>,
    is_prepositional: bool,
    speaker: Option<Speaker>,
}

fn in_piece(
    words: Words<'_>,
    lists: &Lists<'_>,
    piece: &Piece,
    quoted: &[Quoted],
    all: &mut Vec<Attribution>,
) {
    let may_begin = |token: &Token| words.document.may_begin(*token, lists.verbs);
    let mut at = piece.tokens.start;
    // Few words begin a verb or preposition of the lists: the others are passed over first.
    while let Some(offset) = words.tokens[at..piece.tokens.end].iter().position(may_begin) {
        at += offset;
        let Some(clause) = clause_at(words, lists, piece, at) else {
            at += 1;
            continue;
        };
        at = clause.verb.end;
        let Some((place, reported)) = reported(words, lists, piece, &clause) else { continue };
        let verb = words.span(clause.verb.clone());
        all.push(Attribution {
            clause: clause.speaker.map_or(verb, |speaker| verb.cover(speaker.span)),
            verb,
            is_prepositional: clause.is_prepositional,
            speaker: clause.speaker,
            place,
            quotations: reported.into_iter().map(|index| quoted[index].quotation).collect(),
        });
        // What a piece reports is reported once; a second verb reports in other words.
        at = at.max(clause.verb.end);
    }
}

/// The clause whose verb or preposition begins at `at`, where a word of the lists stands.
fn clause_at(words: Words<'_>, lists: &Lists<'_>, piece: &Piece, at: usize) -> Option<Clause> {
    let tokens = &words.tokens[at..piece.tokens.end];
    let length = |list: &WordList| words.document.prefix_of(tokens, list);
    let preposition = length(lists.prepositions);
    if preposition > 0 {
        let verb = at..at + preposition;
        let speaker = speaker::after(words, verb.end, piece.tokens.end);
        return speaker.is_some().then_some(Clause { verb, is_prepositional: true, speaker });
    }
    let finite = lists.finite.into_iter().map(length).max().unwrap_or(0);
    if finite > 0 {
        let verb = at..at + finite;
        let speaker = speaker_of(words, lists, piece, &verb);
        return Some(Clause { verb, is_prepositional: false, speaker });
    }
    let participle = length(lists.participles);
    let verb = at..at + participle;
    (participle > 0).then_some(Clause { verb, is_prepositional: false, speaker: None })
}

/// Who stands beside the verb. `said Brito` only follows what is said.
fn speaker_of(words: Words<'_>, lists: &Lists<'_>, piece: &Piece, verb: &Range<usize>) -> Option<Speaker> {
    let start = piece.tokens.start;
    let mut end = verb.start;
    while end > start && verb.start - end < MOST_BETWEEN && words.is_in(end - 1, lists.between) {
        end -= 1;
    }
    if verb.start == piece.first_word && piece.after.is_some() {
        return speaker::after(words, verb.end, piece.tokens.end);
    }
    speaker::before(words, start, end)
}

/// Where the clause stands, and which quotations it reports; `None` when it is no reporting clause.
fn reported(
    words: Words<'_>,
    lists: &Lists<'_>,
    piece: &Piece,
    clause: &Clause,
) -> Option<(Place, Vec<usize>)> {
    let verb = &clause.verb;
    let after = piece.after.filter(|_| verb.start - piece.tokens.start <= REACH_BACK);
    let before = piece.before.filter(|_| piece.tokens.end - verb.end <= REACH_ON);
    let goes_on = words.tokens.get(verb.end);
    let has_complement = verb.end < piece.tokens.end && words.is_in(verb.end, lists.complementisers);
    // `… the harbour.” Brito said that …` begins a sentence of its own.
    let is_new = piece.after_stop && (has_complement || before.is_some());
    let introduces =
        has_complement || before.is_some() && goes_on.is_some() && !is_inside(words, piece, clause);
    if let Some(after) = after.filter(|_| !is_new && (!introduces || ends_open(words, piece))) {
        if !clause.is_prepositional && clause.speaker.is_none() {
            return None;
        }
        return Some(match before {
            Some(before) => (Place::Inside, vec![after, before]),
            None => (Place::After, vec![after]),
        });
    }
    if let Some(before) = before {
        return Some((Place::Before, vec![before]));
    }
    // In other words: only where a speaker stands beside the verb.
    let speaker = clause.speaker?;
    let at_end = verb.end == piece.tokens.end;
    let begins = clause.is_prepositional && piece.tokens.start == verb.start;
    if at_end || clause.is_prepositional && !begins {
        return Some((Place::After, Vec::new()));
    }
    // `the last said of it`: what is reported begins like a clause.
    let begins_clause = has_complement
        || words.is_determiner(verb.end)
        || words.is_pronoun(verb.end)
        || speaker.kind != SpeakerKind::Description && !clause.is_prepositional
        || words.tokens[verb.end].kind != TokenKind::Lower;
    (clause.is_prepositional || begins_clause).then(|| (Place::Before, Vec::new()))
}

/// Whether the quotation before the piece does not end its sentence: it ends in a comma, a question
/// or a call, or a comma follows it.
fn ends_open(words: Words<'_>, piece: &Piece) -> bool {
    let start = piece.tokens.start;
    let inside = start.checked_sub(2).map(|at| words.text(at));
    matches!(inside, Some("," | "?" | "!" | "，")) || matches!(words.text(start), "," | "，")
}

/// Whether the clause stands between two parts of one quotation: `“It grows,” she said, “and grows.”`
fn is_inside(words: Words<'_>, piece: &Piece, clause: &Clause) -> bool {
    let last = piece.tokens.end - 1;
    let ends_with_comma = matches!(words.text(last), "," | "，" | "—" | "–");
    ends_with_comma && piece.after.is_some() && clause.verb.start - piece.tokens.start <= REACH_BACK
}
