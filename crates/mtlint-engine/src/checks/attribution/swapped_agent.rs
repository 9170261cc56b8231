//! A country, company or club that acts inside a quotation and that the article knows nothing else of:
//! `“Norway is mending its pumps,” the mill’s owner said.`
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::attribution::Attribution;
use mtlint_document::names::{Entity, EntityKind, Mention, Names, stem};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_lang::{Role, Territories, WordList};
use mtlint_text::{Edit, Span};

/// Names that decoders know well beside those of countries: companies, clubs, regions.
const AGENTS: &str = "well-known-agent";
/// Verbs that may follow the one who acts although they are function words: `is`, `has`.
const AUXILIARIES: &str = "auxiliary.finite";
const FUNCTION_WORDS: &str = "function-words";
/// What stands before a colon where an interview gives an answer.
const ANSWERS: &str = "answer-label";

/// How many words the name of an agent has at most.
const LONGEST: usize = 4;

/// How often a name stands in the article, at least, that is what it is about.
const TOPIC: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

/// What somebody says in the first person or of others.
struct Speech<'d> {
    block: &'d Block,
    /// Without the marks around it.
    span: Span,
    attribution: Option<&'d Attribution>,
}

/// A name that may have been guessed.
struct Agent {
    /// Without the possessive ending.
    span: Span,
    /// Its tokens, of the block.
    tokens: std::ops::Range<usize>,
    is_possessive: bool,
}

fn check(document: &Document, report: &mut Report<'_>) {
    let speeches = speeches(document);
    if speeches.is_empty() {
        return;
    }
    let known = Known::of(document);
    let verbs = Verbs::of(document);
    for speech in speeches {
        let tokens = document.tokens_of(speech.block);
        let start = tokens.partition_point(|token| token.span.start < speech.span.start);
        let end = tokens.partition_point(|token| token.span.end <= speech.span.end);
        // Few names have a verb behind them: most speeches are told before any name is looked up.
        let may_act = |at: usize| {
            let mut agents = names_at(document, &tokens[..end], at);
            agents.any(|agent| verbs.acts(document, &speech, &agent) && known.holds(document, agent.span))
        };
        if !(start..end).any(may_act) {
            continue;
        }
        let mut at = start;
        while at < end {
            let mut names = names_at(document, &tokens[..end], at);
            let Some(agent) = names.find(|name| known.holds(document, name.span)) else {
                at += 1;
                continue;
            };
            at = agent.tokens.end;
            if verbs.acts(document, &speech, &agent) && is_unknown(document, &agent) {
                add(document, &speech, &agent, report);
            }
        }
    }
}

/// What may be the name of an agent that begins at a token, the longest first.
fn names_at(document: &Document, tokens: &[Token], at: usize) -> impl Iterator<Item = Agent> {
    let is_name = matches!(tokens[at].kind, TokenKind::Capitalised | TokenKind::Upper);
    let longest = if is_name { (at + LONGEST).min(tokens.len()) } else { at };
    (at + 1..=longest).rev().map(move |end| {
        let last = tokens[end - 1];
        let text = document.slice(last.span);
        let stem = stem(text);
        let span = Span::new(tokens[at].span.lo(), last.span.lo() + stem.len());
        Agent { span, tokens: at..end, is_possessive: stem.len() < text.len() }
    })
}

/// The names of countries, companies and clubs.
struct Known<'d> {
    territories: &'d Territories,
    agents: &'d WordList,
}

impl<'d> Known<'d> {
    fn of(document: &'d Document) -> Self {
        let territories = Territories::of(document.language());
        Self { territories, agents: document.pack().words(AGENTS) }
    }

    fn holds(&self, document: &Document, name: Span) -> bool {
        let text = document.slice(name);
        let names_territory = |role| matches!(role, Role::Name | Role::Capital);
        self.territories.roles(text).iter().any(|(_, role)| names_territory(*role)) || {
            let words = self.agents.prefix_of(text.split(' '));
            words > 0 && words == text.split(' ').count()
        }
    }
}

/// The quotations of which it is told who says them, and the answers of an interview.
fn speeches(document: &Document) -> Vec<Speech<'_>> {
    let quotations = document.quotations();
    let marks = quotations.marks();
    let mut speeches = Vec::new();
    for (index, quotation) in quotations.quotations().iter().enumerate() {
        let Some(attribution) = document.attributions().of_quotation(index) else { continue };
        let open = marks[quotation.open];
        let block = &document.blocks()[open.block];
        let close = quotation.close.map(|close| marks[close]).filter(|close| close.block == open.block);
        let end = close.map_or(block.span.hi(), |close| close.span.lo());
        if quotation.depth == 0 && end > open.span.hi() {
            let span = Span::new(open.span.hi(), end);
            speeches.push(Speech { block, span, attribution: Some(attribution) });
        }
    }
    for block in document.blocks() {
        if let [label, colon, first, ..] = document.tokens_of(block)
            && matches!(document.slice(colon.span), ":" | "：")
            && document.is_listed(*label, ANSWERS)
        {
            let span = Span::new(first.span.lo(), block.span.hi());
            speeches.push(Speech { block, span, attribution: None });
        }
    }
    speeches.sort_by_key(|speech| speech.span);
    speeches
}

/// What tells a verb behind a name: it is no function word but for these.
struct Verbs<'d> {
    function_words: &'d WordList,
    auxiliaries: &'d WordList,
}

impl<'d> Verbs<'d> {
    fn of(document: &'d Document) -> Self {
        let [function_words, auxiliaries] =
            [FUNCTION_WORDS, AUXILIARIES].map(|list| document.pack().words(list));
        Self { function_words, auxiliaries }
    }

    /// Whether the name begins a sentence of the speech, or owns what does something, and a verb follows.
    fn acts(&self, document: &Document, speech: &Speech<'_>, agent: &Agent) -> bool {
        let tokens = document.tokens_of(speech.block);
        let Some(next) = tokens.get(agent.tokens.end).filter(|next| next.kind == TokenKind::Lower) else {
            return false;
        };
        let begins = agent.tokens.start.checked_sub(1).is_none_or(|before| {
            let before = tokens[before].span;
            before.start < speech.span.start
                || matches!(document.slice(before), "." | "!" | "?" | ":" | "“" | "‘")
        });
        let is_in = |list: &WordList| document.is_in(*next, list);
        (begins || agent.is_possessive) && (!is_in(self.function_words) || is_in(self.auxiliaries))
    }
}

/// Whether this is all that the article says of a country, company or club, and the sentence names no
/// country to which it may be compared.
fn is_unknown(document: &Document, agent: &Agent) -> bool {
    let names = document.names();
    let text = document.slice(agent.span);
    let once = match Territories::of(document.language()).territory(text) {
        Some(territory) => names.mentions_of_territory(territory).all(|other| other.span.touches(agent.span)),
        None => document.text().matches(text).nth(1).is_none(),
    };
    let sentence = document.sentence_at(agent.span).map(|sentence| sentence.span);
    once && sentence.is_some_and(|sentence| {
        let others = names.mentions_in(sentence).iter().filter(|other| !other.span.touches(agent.span));
        others.filter(|other| names.entity_of(other).territory.is_some()).count() == 0
    })
}

/// What the article is about: the name it mentions most that is neither the speaker nor the agent.
fn topic<'n>(names: &'n Names, speech: &Speech<'_>, agent: &Agent) -> Option<&'n Entity> {
    let speaker = speech.attribution.and_then(|attribution| attribution.speaker);
    let speaks = |entity: &Entity| {
        speaker.is_some_and(|speaker| {
            names.mentions_of(entity).any(|mention| mention.span.touches(speaker.span))
        })
    };
    let is_topic = |entity: &&Entity| {
        entity.mentions.len() >= TOPIC
            && matches!(entity.kind, EntityKind::Organisation | EntityKind::Unknown | EntityKind::Country)
            && names.mentions_of(entity).any(Mention::is_certain)
            && names.mentions_of(entity).all(|mention| !mention.span.touches(agent.span))
            && !speaks(entity)
    };
    names.entities().iter().rev().filter(is_topic).max_by_key(|entity| entity.mentions.len())
}

fn add(document: &Document, speech: &Speech<'_>, agent: &Agent, report: &mut Report<'_>) {
    let names = document.names();
    let text = document.slice(agent.span);
    let topic = topic(names, speech, agent);
    let about = topic.map_or(String::new(), |topic| format!("; it speaks of {}", topic.name()));
    let finding = report.add(
        agent.span,
        format!(
            "`{text}` acts here, and the article knows nothing else of it{about}: a subject that the source leaves \
             out was guessed"
        ),
    );
    if let Some(attribution) = speech.attribution {
        finding.relate("who says it", attribution.clause);
    }
    if let Some(topic) = topic {
        let before = names.mentions_of(topic).take_while(|other| other.span.end <= agent.span.start).last();
        if let Some(place) = before.or_else(|| names.mentions_of(topic).next()) {
            finding
                .relate(format!("one of {} mentions of {}", topic.mentions.len(), topic.name()), place.span);
        }
        finding.fix(Fix::unsafe_(
            format!("say `{}`", topic.name()),
            vec![Edit::replace(agent.span, topic.name())],
        ));
    }
    if !document.shows_seams() {
        finding.at_most(Confidence::Low);
    }
}
