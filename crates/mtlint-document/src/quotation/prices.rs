//! What each way to read a mark is paid for: the features of the step, after what is open.

use super::Document;
use super::context::{self, Context};
use super::costs::{Feature, Features};
use super::marks::{Family, Lean, Mark, Neighbour};
use super::solve::{Role, Stack};
use crate::Block;

/// A mark, and the state before it.
pub(super) struct Step<'a> {
    pub document: &'a Document,
    pub mark: &'a Mark,
    pub context: &'a Context,
    pub stack: Stack,
    /// Whether the mark before this one opens.
    pub opened: bool,
}

impl Step<'_> {
    /// Every way to read the mark after the state: its role, what is open then, and what it is paid for.
    pub fn ways(&self, mut add: impl FnMut(Role, Stack, Features)) {
        let Self { document, mark, context, stack, opened } = *self;
        let opening = opening(mark);
        if let Some(pushed) = stack.push(mark.family) {
            let mut features = opening.with(&nesting(document, mark, &stack));
            features.add_if(context.touches_reporting, Feature::OpenReporting);
            add(Role::Open, pushed, features);
        }
        if stack.top() == Some(mark.family) {
            // What is open was never closed, and this opens the next.
            let mut features = opening;
            features.add(Feature::UnclosedAtOpen);
            features.add_if(context.before.attributes, Feature::UnclosedReporting);
            features.add_if(context.before.ends_sentence, Feature::UnclosedSentence);
            features
                .add_if(!context.begins_sentence && !context.before.attributes, Feature::UnclosedInSentence);
            features.add_if(context.touches_reporting, Feature::OpenReporting);
            add(Role::Open, stack, features);
        }
        let closing = closing(mark);
        if let Some(top) = stack.top() {
            let mut features = closing.with(&mismatch(mark, top));
            features.add_if(opened && context.touches_previous, Feature::CloseEmpty);
            add(Role::Close, stack.pop(), features);
        }
        if let Some(second) = stack.below(1) {
            // The inner quotation is never closed.
            let mut features = closing.with(&mismatch(mark, second));
            features.add(Feature::InnerUnclosed);
            add(Role::Close, stack.pop().pop(), features);
        }
        let after_stop = matches!(mark.left, Neighbour::Terminal | Neighbour::Pause | Neighbour::Ellipsis);
        let may_end = mark.left.is_terminal() || mark.left == Neighbour::Pause && context.before_reporting;
        if stack.depth == 0 && (!mark.family.is_single() || may_end) {
            let mut features = closing;
            features.add_if(mark.lean == Lean::Open, Feature::CloseTurned);
            features.add(Feature::Unopened);
            features.add_if(after_stop, Feature::UnopenedAfterStop);
            features.add_if(context.before_reporting, Feature::UnopenedReporting);
            add(Role::CloseUnopened, stack, features);
        }
        for feature in self.conventions().into_iter().flatten() {
            let mut features = Features::default();
            features.add(feature);
            add(Role::NoQuotation, stack, features);
        }
        if let Some(features) = no_quotation(mark, context) {
            add(Role::NoQuotation, stack, features);
        }
        add(Role::Stray, stack, stray(mark, context, &stack, opened));
    }
}

impl Step<'_> {
    /// What a mark that closes may do by the conventions of print where it closes nothing: tell at the beginning of a block
    /// that the quotation goes on, or end a speech that a dash began.
    fn conventions(&self) -> [Option<Feature>; 2] {
        let Self { mark, context, stack, .. } = *self;
        let closes = mark.lean == Lean::Close && !mark.family.is_single();
        let begins = closes && mark.left == Neighbour::Edge && !mark.right.is_gap();
        let continuation = if stack.top() == Some(mark.family) {
            Feature::Continuation
        } else {
            Feature::ContinuationOutside
        };
        let speech = closes && context.in_speech && stack.depth == 0 && mark.is_set_to_close();
        [begins.then_some(continuation), speech.then_some(Feature::ClosesSpeech)]
    }
}

/// The one way of [`Step::ways`] to read a mark that costs nothing after what is open: its role, and what is open then.
/// The mark comes with whether it touches the one before it.
pub(super) fn free_way(
    document: &Document,
    (mark, touches): (&Mark, bool),
    stack: Stack,
    opened: bool,
) -> Option<(Role, Stack)> {
    let opens = opening(mark).with(&nesting(document, mark, &stack)).is_empty()
        && !context::touches_reporting(document, mark);
    let is_empty = opened && touches;
    let closes =
        stack.top().is_some_and(|top| closing(mark).with(&mismatch(mark, top)).is_empty()) && !is_empty;
    let pushed = stack.push(mark.family).filter(|_| opens);
    match (pushed, closes, context::is_elision(document, mark)) {
        (Some(pushed), false, false) => Some((Role::Open, pushed)),
        (None, true, false) => Some((Role::Close, stack.pop())),
        (None, false, true) => Some((Role::NoQuotation, stack)),
        _ => None,
    }
}

/// What it is paid for that `depth` quotations are open at the end of their block and never closed.
pub(super) fn unclosed(context: &Context, depth: usize) -> Features {
    let mut features = Features::default();
    (0..depth).for_each(|_| features.add(Feature::Unclosed));
    features.add_if(context.after.attributes, Feature::UnclosedReporting);
    features.add_if(context.after.ends_sentence, Feature::UnclosedSentence);
    features
}

/// What it is paid for that the next block opens again what is open, where that is alone of its kind or is not.
pub(super) fn reopened(context: &Context, is_alone: bool) -> Features {
    let mut features = Features::default();
    features.add(Feature::Reopened);
    features.add_if(context.after.is_short, Feature::ReopenedShort);
    features.add_if(context.after.attributes, Feature::ReopenedReporting);
    features.add_if(is_alone, Feature::ReopenedAlone);
    features.add_if(context.after.asks, Feature::ReopenedQuestion);
    features.add_if(context.after_sentence, Feature::ReopenedAfterSentence);
    features
}

/// What it is paid for that a quotation ends with a speech that a dash began; `None` where none did.
pub(super) fn ends_speech(context: &Context) -> Option<Features> {
    let mut features = Features::default();
    features.add(Feature::EndsSpeech);
    context.in_speech.then_some(features)
}

/// Whether the feature is that of a quotation which needs no mark at the end of its block.
pub(super) fn is_going_on(feature: Feature) -> bool {
    matches!(feature, Feature::Reopened | Feature::EndsSpeech)
}

/// What it is paid for that a quotation is still open some blocks later: once for each.
pub(super) fn carried(document: &Document, from: usize, next: &Mark) -> Features {
    let to = next.block;
    let mut features = Features::default();
    let is_continuation = next.left == Neighbour::Edge && next.lean == Lean::Close && !next.right.is_gap();
    let speaks = |block: usize| context::begins_speech(document, block);
    if to <= from + SPEECHES && (from + 1..=to).all(|block| speaks(block) || block == to && is_continuation) {
        features.add(Feature::CarriedSpeech);
        return features;
    }
    let blocks = document.blocks().get(from..=to).unwrap_or_default();
    let is_gap = |pair: &[Block]| {
        let between = document.text().get(pair[0].span.hi()..pair[1].span.lo()).unwrap_or_default();
        between.bytes().filter(|&b| b == b'\n').count() > 1
    };
    // One empty line in the quotation is as odd as several: some leave out the marks between paragraphs. Beyond a handful of
    // blocks the sum is hopeless whatever they are.
    let mut has_gap = false;
    // Where every sentence has a line of its own, the end of a line is a space between two sentences.
    let is_cut_into_lines = document.is_cut_into_lines();
    for pair in blocks.windows(2).take(8) {
        let is_first_gap = !has_gap && is_gap(pair);
        has_gap |= is_first_gap;
        if is_first_gap {
            features.add(Feature::CarriedGap);
        } else if !is_cut_into_lines {
            features.add(Feature::CarriedLine);
        }
    }
    features
}

/// How many speeches that begin with a dash a quotation goes on over at most.
const SPEECHES: usize = 12;

fn opening(mark: &Mark) -> Features {
    let mut features = Features::default();
    if mark.family == Family::Corner {
        features.add_if(mark.lean == Lean::Close, Feature::OpenTurned);
        return features;
    }
    match (mark.left, mark.right) {
        _ if mark.is_set_to_open() => {}
        (left, right) if left.is_gap() && right.is_gap() => features.add(Feature::OpenSpaced),
        (_, right) if !right.is_gap() && !matches!(right, Neighbour::Pause | Neighbour::Terminal) => {
            features.add(Feature::OpenGlued);
        }
        _ => features.add(Feature::OpenReversed),
    }
    features.add_if(mark.lean == Lean::Close, Feature::OpenTurned);
    features
}

fn closing(mark: &Mark) -> Features {
    let mut features = Features::default();
    // A space says nothing where scripts have none.
    if mark.family == Family::Corner {
        return features;
    }
    match (mark.left, mark.right) {
        (Neighbour::Edge, _) => {
            features.add(Feature::CloseReversed);
            features.add(Feature::CloseAtEdge);
        }
        _ if mark.is_set_to_close() => {}
        (left, Neighbour::Letter | Neighbour::Digit) if !left.is_gap() => features.add(Feature::CloseGlued),
        (left, right) if left.is_gap() && !right.is_word() => features.add(Feature::CloseSpaced),
        _ => features.add(Feature::CloseReversed),
    }
    features
}

/// What it is paid for to open a quotation inside those that are open.
fn nesting(document: &Document, mark: &Mark, stack: &Stack) -> Features {
    let mut features = Features::default();
    let is_same = (0..stack.depth).any(|count| stack.below(count) == Some(mark.family));
    match (is_same, mark.family) {
        (true, _) if document.pack().nests_same_marks() => features.add(Feature::OpenSameUsual),
        (true, _) => features.add(Feature::OpenSame),
        // A double mark of another family inside one of the first is not how quotations nest.
        (false, family) if !family.is_single() && stack.top().is_some_and(|top| !top.is_single()) => {
            features.add(Feature::OpenDouble);
        }
        _ => {}
    }
    features
}

/// What it is paid for that this glyph closes what a mark of the family `open` opened.
fn mismatch(mark: &Mark, open: Family) -> Features {
    let mut features = Features::default();
    // „…“ and „…” both.
    if open == Family::Low && mark.family == Family::Curly {
        return features;
    }
    features.add_if(mark.lean == Lean::Open, Feature::CloseTurned);
    if mark.family != open {
        features.add(Feature::CloseMismatched);
        features.add_if(mark.family.is_single() != open.is_single(), Feature::CloseMismatchedKind);
    }
    features
}

/// What it is paid for that the mark is an apostrophe or a sign of measure; `None` where it cannot be.
fn no_quotation(mark: &Mark, context: &Context) -> Option<Features> {
    let mut features = Features::default();
    if context.is_elision {
        return Some(features);
    }
    let after_digit = mark.left == Neighbour::Digit;
    features.add(match mark.family {
        Family::Straight if after_digit => Feature::SignOfMeasure,
        Family::SingleStraight | Family::SingleCurly => match mark.left {
            Neighbour::Digit => Feature::SignOfMeasure,
            Neighbour::Letter if context.after_one && mark.lean != Lean::Open => Feature::SignOfMeasure,
            Neighbour::Letter if context.after_s && mark.lean != Lean::Open => Feature::ApostropheAfterS,
            Neighbour::Letter if mark.lean != Lean::Open => Feature::ApostropheAtEnd,
            _ if mark.lean == Lean::Open => Feature::ApostropheOpen,
            _ => Feature::ApostropheAtStart,
        },
        _ => return None,
    });
    let starts = mark.family.is_single() && mark.lean != Lean::Open && !mark.left.is_word();
    features.add_if(starts && context.before_small, Feature::ApostropheSmall);
    Some(features)
}

fn stray(mark: &Mark, context: &Context, stack: &Stack, opened: bool) -> Features {
    let mut features = Features::default();
    let looks_open = mark.lean == Lean::Open || mark.lean == Lean::Either && mark.is_set_to_open();
    if context.is_doubled {
        features.add(Feature::StrayDoubled);
        return features;
    }
    if looks_open {
        if opened && context.touches_previous {
            features.add(Feature::StrayDoubledOpen);
            return features;
        }
        features.add(if mark.is_set_to_open() { Feature::StrayWellSet } else { Feature::Stray });
        // Of two that open where one closes, the second is the one too many.
        features.add_if(context.begins_sentence, Feature::StrayAtSentence);
        features.add_if(stack.top() != Some(mark.family), Feature::StrayOutside);
        return features;
    }
    features.add(match context.is_early && stack.depth > 0 {
        true => Feature::StrayEarly,
        false if mark.is_set_to_close() => Feature::StrayWellSet,
        false => Feature::Stray,
    });
    features.add_if(context.before_reporting, Feature::StrayReporting);
    features.add_if(context.is_in_sentence, Feature::StrayInSentence);
    features
}

#[cfg(test)]
mod tests {
    use super::super::costs::Costs;
    use super::super::marks;
    use super::super::solve::DEPTH;
    use super::*;
    use mtlint_lang::{Language, Packs};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static PACKS: LazyLock<Packs> = LazyLock::new(Packs::builtin);

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn the_free_way_is_the_only_one_that_costs_nothing(
            text in "([“”‘’\"'«»„]|said|He|s|, [\"']says |’tis|'90s|, |\\. | |\n){0,24}",
            german in any::<bool>(),
            opened in any::<bool>(),
            open in proptest::sample::subsequence(
                vec![Family::Curly, Family::Low, Family::Straight, Family::SingleCurly, Family::SingleStraight],
                0..=DEPTH,
            ),
        ) {
            let language = Language::parse(if german { "de" } else { "en" }).ok();
            let document = Document::plain(&text, language, &PACKS);
            let costs = Costs::of_language(language);
            let marks = marks::find(&document);
            let stack = open.into_iter().fold(Stack::default(), |stack, family| stack.push(family).unwrap());
            for (index, mark) in marks.iter().enumerate() {
                let mut free = Vec::new();
                let context = Context::of(&document, &marks, index);
                let step = Step { document: &document, mark, context: &context, stack, opened };
                step.ways(|role, next, features| {
                    if costs.of(super::super::costs::class(mark.family), &features) == 0 {
                        free.push((role, next));
                    }
                });
                let only = if let [way] = *free { Some(way) } else { None };
                let touches = context::touches_previous(document.text(), &marks, index);
                prop_assert_eq!(free_way(&document, (mark, touches), stack, opened), only, "{:?}", mark);
            }
        }
    }
}
