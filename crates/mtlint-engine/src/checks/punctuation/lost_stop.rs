//! A sentence that runs into the next, which still has its capital: `fifteen minutes Do not`, `in 1931, The map`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, Observation, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, LostStop, TokenKind, is_prose};
use mtlint_lang::expectation::Mark;
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::{Edit, Span};

/// How much more must speak for a full stop, in thousandths, for a candidate.
const LEAST: i32 = 1000;

/// Who leaves so many stops out, and one in so many sentences, does so on purpose, as chats do.
const HABIT: usize = 3;
const HABIT_SHARE: usize = 6;

/// How many candidates are looked through for the same word.
const MANY: usize = 64;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let blocks = document.blocks().iter().filter(|block| is_prose(block));
    let found: Vec<(&Block, LostStop)> = blocks
        .flat_map(|block| document.lost_stops(block, LEAST).into_iter().map(move |lost| (block, lost)))
        .collect();
    let sentences: usize = document.blocks().iter().map(|block| block.sentences.len()).sum();
    if found.len() >= HABIT && found.len() * HABIT_SHARE > sentences {
        return;
    }
    let others = found.len().saturating_sub(1);
    let hash = |block: &Block, lost: &LostStop| document.tokens_of(block)[lost.place.right].hash;
    let hashes: Vec<u32> = found.iter().map(|(block, lost)| hash(block, lost)).collect();
    // Of the block looked at last, how many such capitals it has: a verse set as prose has one at each of its lines.
    let mut of_block: Option<(u32, usize)> = None;
    for (block, lost) in found {
        let tokens = document.tokens_of(block);
        let word = tokens[lost.place.right];
        // A contract writes `You` time and again; `gene A` has a label.
        let again = hashes.iter().take(MANY).filter(|hash| **hash == word.hash).count();
        if again > 1 || word.span.len() == 1 {
            continue;
        }
        if of_block.is_none_or(|(start, _)| start != block.span.start) {
            of_block = Some((block.span.start, document.lost_stops(block, i32::MIN).len()));
        }
        if of_block.is_some_and(|(_, capitals)| capitals > 1) {
            continue;
        }
        let (left, right) = (tokens[lost.place.left].span, tokens[lost.place.right].span);
        let is_in_brackets = document.brackets_around(left.cover(right), |_| true).is_some();
        if is_in_brackets || document.is_quoted_closely(left.cover(right)) {
            continue;
        }
        let Some(assessment) = report.assess(&observations(document, block, lost, others)) else { continue };
        let (word, before) = (document.slice(right), document.slice(left));
        let stop = Edit::replace(Span::new(left.hi(), right.lo()), ". ");
        report
            .add(
                left.cover(right),
                format!("a full stop is expected between `{before}` and `{word}`: two sentences run into each other"),
            )
            .assessed(assessment)
            .fix(Fix::unsafe_("set a full stop", vec![stop]));
    }
}

/// What is known about a candidate.
fn observations(document: &Document, block: &Block, lost: LostStop, others: usize) -> Vec<Observation> {
    let is = |holds: bool| i32::from(holds) * 1000;
    let tokens = document.tokens_of(block);
    let (left, right) = (tokens[lost.place.left], tokens[lost.place.right]);
    let is_comma = lost.place.mark == Mark::Comma;
    let part = document.word_form(right).map(|form| form.usual.part());
    let is_part = |wanted: PartOfSpeech| is(part == Some(wanted));
    // Titles have capitals on most words.
    let near = tokens.iter().skip(lost.place.right.saturating_sub(8)).take(17);
    let capitals = near.filter(|token| token.kind == TokenKind::Capitalised).count();
    let sentences = block.sentences.len();
    vec![
        ("comma", is(is_comma)),
        (if is_comma { "surprise-comma" } else { "surprise-nothing" }, lost.surprise),
        ("capital", i32::from(lost.capital) * 1000 / 12),
        ("capitals-near", (capitals as i32 - 1).clamp(0, 6) * 1000),
        ("others", (others as i32).min(6) * 1000),
        ("pronoun", is_part(PartOfSpeech::Pronoun)),
        ("determiner", is_part(PartOfSpeech::Determiner)),
        ("conjunction", is_part(PartOfSpeech::CoordinatingConjunction)),
        ("preposition", is_part(PartOfSpeech::Adposition)),
        ("after-number", is(left.kind == TokenKind::Number)),
        ("list-item", is(block.kind == BlockKind::ListItem)),
        ("only-sentence", is(sentences <= 1)),
        ("in-quotation", is(document.quotations().holds(left.span.cover(right.span)))),
        ("small-text", is(document.begins_lines_small())),
    ]
}
