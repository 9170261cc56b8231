//! The translating model speaks: it announces its translation, asks for the text, apologises, comments on
//! what it did. What it says is data of the language packs. May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Sentence, Token};
use mtlint_lang::tagger::{PartOfSpeech, VerbForm};
use mtlint_lang::{ModelSpeech, Speech};
use mtlint_text::{Edit, Span};

/// How many characters an announcement has behind what it is known by, at most, up to its colon.
const LONGEST_ANNOUNCEMENT: usize = 60;

/// Pronouns of those who speak and who are spoken to.
const ADDRESS: [&str; 2] = ["pronoun.first", "pronoun.second"];

/// Words for what a translator works on and does.
const TOPICS: &str = "translation-topic";
/// What begins an announcement, and what a text is called that was worked on.
const LEADS: &str = "presentative";
const WORKS: &str = "text-worked-on";
/// How many tokens a remark about it has at most.
const LONGEST_REMARK: usize = 60;

const COLONS: [char; 2] = [':', '：'];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let mut found = Vec::new();
    let mut courtesies = Vec::new();
    for block in document.blocks() {
        let sentences = document.sentences_of(block);
        for (index, sentence) in sentences.iter().enumerate() {
            let spoken = spoken(document.pack().model_speech(), document, block, sentence);
            let Some((span, speech)) = spoken else { continue };
            // The assent before it goes with it: `Sure!`
            let before = index.checked_sub(1).map(|before| sentences[before].span);
            let start = before
                .filter(|before| is_assent(document, *before))
                .map_or(span.start, |before| before.start);
            let span = Span { start, ..span };
            match speech {
                Speech::Courtesy => courtesies.push(span),
                _ => found.push(span),
            }
        }
    }
    // People say so as well: of a model only where it speaks elsewhere, or behind a text in which nobody else does.
    if !found.is_empty() {
        found.extend(courtesies);
    } else if let Some(last) = document.blocks().last().filter(|_| document.blocks().len() > 1) {
        let is_impersonal = || !speaks_for_itself(document, last);
        found.extend(courtesies.iter().filter(|span| is_alone(document, last, **span) && is_impersonal()));
    }
    let known = found.len();
    if let [first, .., last] = document.blocks()
        && known == 0
    {
        found.extend(
            [first, last]
                .into_iter()
                .filter(|block| is_about_the_work(document, block) || is_announcement(document, block, first))
                .map(|block| block.span),
        );
    }
    found.sort_unstable_by_key(|span| span.start);
    let mut joined: Vec<Span> = Vec::new();
    for span in found {
        let is_next = |last: &&mut Span| {
            document.text()[last.hi().min(span.lo())..span.lo()].chars().all(|c| c == ' ')
                && last.hi() <= span.lo()
        };
        match joined.last_mut().filter(is_next) {
            Some(last) => *last = last.cover(span),
            None => joined.push(span),
        }
    }
    for span in joined {
        report.add_summary(span).fix(Fix::unsafe_("delete it", vec![Edit::delete(span)]));
    }
}

/// Whether a block at an end of the text speaks to somebody, or tells him to do something, about the text or its
/// translation, and nothing else in the text does.
fn is_about_the_work(document: &Document, block: &Block) -> bool {
    let tokens = document.tokens_of(block);
    // What is quoted is said by somebody else.
    let is_own = |token: &Token| !document.quotations().holds(token.span);
    let is_topic = |token: &Token| document.is_listed(*token, TOPICS);
    let is_address = |token: &Token| ADDRESS.iter().any(|list| document.is_listed(*token, list));
    let is_command = |token: &Token| {
        document.word_form(*token).is_some_and(|form| {
            form.usual.part() == PartOfSpeech::Verb && form.usual.verb_form() == Some(VerbForm::Base)
        })
    };
    let own = || tokens.iter().filter(|token| is_own(token));
    if !(3..=LONGEST_REMARK).contains(&tokens.len())
        || !own().any(is_topic)
        || !own().any(is_address) && !is_command(&tokens[0])
        || document.mask().covers(block.span)
    {
        return false;
    }
    let others = document.blocks().iter().filter(|other| other.span != block.span);
    let mut others = others.flat_map(|other| document.tokens_of(other));
    !others.any(|token| is_topic(token) || is_address(token) && is_own(token))
}

/// How many tokens what announces a text has at most.
const LONGEST_LEAD: usize = 30;

/// Whether a block at the head of a text announces what follows as a text that was worked on: `Here is the revised version:`.
fn is_announcement(document: &Document, block: &Block, first: &Block) -> bool {
    let tokens = document.tokens_of(block);
    let ends_so = document.slice(block.span).trim_end_matches(['*', '_', ' ']).ends_with(COLONS);
    if block.span != first.span || !(4..=LONGEST_LEAD).contains(&tokens.len()) || !ends_so {
        return false;
    }
    let leads = document.pack().words(LEADS);
    let words = || tokens.iter().map(|token| document.slice(token.span));
    let is_led = leads.prefix_of(words()) > 0 || leads.prefix_of(words().skip(2)) > 0;
    let is_work = |token: &Token| document.is_listed(*token, TOPICS) || document.is_listed(*token, WORKS);
    is_led && tokens.iter().any(is_work) && !document.quotations().holds(block.span)
}

/// Whether a block holds nothing but a sentence.
fn is_alone(document: &Document, block: &Block, sentence: Span) -> bool {
    block.span.start <= sentence.start && document.slice(block.span).trim_end().len() <= sentence.len() + 1
}

/// Whether a text, its last block left out, speaks of its writer or to its reader, outside quotations.
fn speaks_for_itself(document: &Document, last: &Block) -> bool {
    let before = last.tokens.start as usize;
    document.tokens()[..before].iter().any(|token| {
        ADDRESS.iter().any(|list| document.is_listed(*token, list))
            && !document.quotations().holds(token.span)
    })
}

/// What a model says in a sentence, if it does.
fn spoken(
    speech: &ModelSpeech,
    document: &Document,
    block: &Block,
    sentence: &Sentence,
) -> Option<(Span, Speech)> {
    let whole = document.slice(sentence.span);
    let text = whole.trim_start_matches(['#', '*', '(', '[', '（', '【', ' ', '_', '-', '※', '>']);
    let start = sentence.span.lo() + whole.len() - text.len();
    let opened = if is_opened_by_mark(whole) { sentence.span.lo() } else { start };
    let (kind, length) = speech.of(text)?;
    let end = sentence.span.lo() + whole.trim_end().len();
    match kind {
        Speech::Assent => {
            // `Sure, here is the translation:` in one sentence.
            let rest =
                text[length..].strip_prefix([',', '!', '.', '，', '！', '。', '、', ' '])?.trim_start();
            let (kind, length) = speech.of(rest).filter(|(kind, _)| *kind != Speech::Assent)?;
            let offset = text.len() - rest.len();
            let end = reach(kind, document, block, start + offset, length, end)?;
            Some((Span::new(opened, end), kind))
        }
        kind => Some((Span::new(opened, reach(kind, document, block, start, length, end)?), kind)),
    }
}

/// Whether markup or a bracket opens the sentence, which goes with it.
fn is_opened_by_mark(sentence: &str) -> bool {
    sentence.starts_with(['#', '*', '(', '[', '（', '【', '_', '※'])
}

/// Where what a model says ends: `length` bytes from `start` are what it is known by, and `end` is the
/// end of its sentence.
fn reach(
    kind: Speech,
    document: &Document,
    block: &Block,
    start: usize,
    length: usize,
    end: usize,
) -> Option<usize> {
    if kind != Speech::Announcement {
        return Some(end);
    }
    let text = document.text();
    let known = &text[start..start + length];
    let rest = &text[start + length..end];
    let is_one_word =
        !known.trim().contains(' ') && known.chars().count() < 8 || known.split(' ').count() == 1;
    let is_whole_block = block.span.lo() >= start.saturating_sub(6) && block.span.hi() <= end;
    let colon = rest.char_indices().take(LONGEST_ANNOUNCEMENT).find(|(_, c)| COLONS.contains(c));
    let is_east_asian = known.chars().any(|c| c > '\u{2E80}');
    match colon {
        // `Translation:` heads nothing but the translation where it is the whole line.
        Some((at, c))
            if !is_one_word
                || is_east_asian && known.chars().count() > 2
                || is_whole_block && rest[at + c.len_utf8()..].trim().is_empty() =>
        {
            Some(start + length + at + c.len_utf8())
        }
        Some(_) => None,
        // Without a colon it is the whole of a short line, or of a short sentence that begins the text.
        None => {
            let is_short = rest.chars().count() <= LONGEST_ANNOUNCEMENT / 2;
            let is_whole_sentence =
                known.split(' ').count() > 2 || is_east_asian && known.chars().count() > 3;
            (is_short && (is_whole_block && !is_one_word || is_whole_sentence)).then_some(end)
        }
    }
}

fn is_assent(document: &Document, sentence: Span) -> bool {
    let text = document.slice(sentence).trim();
    let length = text.trim_end_matches(['!', '.', '！', '。', ',', '，', ' ']).len();
    document
        .pack()
        .model_speech()
        .of(text)
        .is_some_and(|(speech, known)| speech == Speech::Assent && known == length)
}
