//! What speaks for and against a repair: how sure the reading is, what the document does otherwise, and what stands around
//! the mark. All in thousandths, for the scorers of the rules. Uses the marks, their readings and the places of lost marks.

use super::context::Context;
use super::marks::{Family, Mark, Neighbour, is_title};
use super::{Document, Quotation, Quotations, Repair, Role, places};
use crate::{BlockKind, Token, TokenKind};
use mtlint_text::Span;

/// The names of the features, in the order of [`Quotations::evidence`].
pub const FEATURES: [&str; 42] = [
    "margin",
    "sure",
    "same-share",
    "single",
    "straight",
    "after-stop",
    "before-space",
    "beside-dash",
    "beside-other",
    "no-paragraph",
    "lines",
    "place",
    // The quotation took in one clause and nothing more.
    "one-clause",
    // A clause that tells who speaks stands at the likeliest place of the lost mark.
    "attributed",
    // The mark that stands is followed by such a clause, or follows one.
    "reported",
    "announced",
    // The sentence goes on behind a mark that closes; a mark that opens stands within one.
    "in-sentence",
    // Its paragraph begins with the mark that opens, or ends with the one that closes.
    "edge",
    "small-after",
    "digit-before",
    // The other mark may stand in what the text was cut from.
    "cut",
    "cut-attributed",
    "lines-attributed",
    // Of the document: how many quotations stand, how many marks are odd, how many go on over paragraphs.
    "standing",
    "odd",
    "carried",
    // Which share of the other marks is of the same family, and which share of the single marks are apostrophes.
    "kin",
    "apostrophes",
    // What the quotation would hold: how long it is, whether sentences end in it, whether somebody speaks of himself.
    "long",
    "sentences",
    "speaks",
    "ended",
    // The next paragraph opens a quotation, or the next mark of its paragraph does.
    "next-opens",
    "before-open",
    "whole",
    // White space on both sides; a mark that closes behind a stop and a space at the end of its paragraph.
    "both-gaps",
    "stop-edge",
    // The other mark of the quotation has a space on its inner side, too.
    "partner-spaced",
    // The two marks of the pair are both single or both double; what they hold is a name or a title.
    "same-weight",
    "title",
    // How far the quotation goes on behind the mark that closed it early.
    "far",
    // Another mark touches it: a quotation within one begins or ends there, too.
    "touching",
];

/// What the marks of a document do, counted once.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// How many marks of each family there are.
    families: [usize; Family::COUNT],
    singles: usize,
    apostrophes: usize,
    /// How many quotations go on in the next block.
    carried: usize,
}

impl Habits {
    pub fn of(marks: &[Mark], roles: &[Role], quotations: &[Quotation]) -> Self {
        let mut habits =
            Self { carried: quotations.iter().filter(|it| it.close.is_none()).count(), ..Self::default() };
        for (mark, role) in marks.iter().zip(roles) {
            habits.families[mark.family as usize] += 1;
            habits.singles += usize::from(mark.family.is_single());
            habits.apostrophes += usize::from(mark.family.is_single() && *role == Role::NoQuotation);
        }
        habits
    }
}

/// How many blocks from either end of a text a quotation is still likely to go on beyond that end.
const FEW_BLOCKS: usize = 2;

/// How many bytes behind the mark that closed a quotation early are far.
const LONG_WAY: usize = 600;

/// From how many quotations on a document has enough of them to tell how it sets them.
const ENOUGH: usize = 12;

/// How many words a quotation has that is long.
const LONG: usize = 60;

/// How many tokens before a mark that opens a clause is looked for which announces what it quotes.
const ANNOUNCEMENT: usize = 6;

/// The way from a mark that stands to where its partner may be.
struct Stretch<'d> {
    tokens: &'d [Token],
    /// Whether it reaches the end of the block on that side.
    is_whole: bool,
}

impl Quotations {
    /// Whether a clause that tells who speaks stands behind a mark that closes.
    pub fn is_reported(&self, document: &Document, close: usize) -> bool {
        Context::of(document, &self.marks, close).before_reporting
    }

    /// What speaks for and against a repair: the names of [`FEATURES`] with values in thousandths.
    pub fn evidence(&self, document: &Document, repair: &Repair) -> [(&'static str, i32); FEATURES.len()] {
        let place = repair.place();
        let mark = &self.marks[place];
        let context = Context::of(document, &self.marks, place);
        let is = |holds: bool| if holds { 1000 } else { 0 };
        let share = |part: usize, whole: usize| (1000 * part / whole.max(1)) as i32;
        let margin = self.margins[place].clamp(0, 400);
        let text = document.text();
        let (before, after) = (text[..mark.span.lo()].trim_end(), text[mark.span.hi()..].trim_start());
        let is_dash = |c: Option<char>| matches!(c, Some('—' | '–' | '-' | '―'));
        let opens = matches!(repair, Repair::NeverClosed { .. } | Repair::Reopened { .. })
            || matches!(repair, Repair::Spaced { .. } | Repair::Glued { .. })
                && self.roles[place] == Role::Open;
        let weighed = match repair {
            Repair::NeverClosed { open, .. } => places::closing_places(document, self, *open),
            Repair::NeverOpened { close } => places::opening_places(document, self, *close),
            _ => Vec::new(),
        };
        let stretch = self.stretch(document, repair, opens);
        let is_attributed = weighed.first().is_some_and(|best| best.is_attributed);
        let is_reported = !opens && context.before_reporting;
        let same = self.counts[repair.kind()];
        let (repairs, stands) = (self.repairs.len(), self.quotations.len());
        let lines = document.is_cut_into_lines();
        let is_cut = self.may_be_cut(document, place, opens);
        let single = mark.family.is_single();
        let pair = self.pair(repair);
        let partner = pair.map(|[open, close]| if opens { close } else { open });
        let words = stretch.tokens.iter().filter(|token| token.kind != TokenKind::Mark).count();
        let told = |holds: bool| is(holds && (is_attributed || is_reported));
        let values = [
            margin * 1000 / 400,
            is(margin == 400),
            // The first of its kind tells nothing of what the document does otherwise.
            share(same.saturating_sub(1), same + stands),
            is(single),
            is(mark.family == Family::Straight),
            is(matches!(mark.left, Neighbour::Terminal | Neighbour::Pause | Neighbour::Ellipsis)),
            is(mark.right.is_gap()),
            is(is_dash(before.chars().next_back()) || is_dash(after.chars().next())),
            is(mark.left == Neighbour::Other || mark.right == Neighbour::Other),
            is(document.blocks()[mark.block].kind != BlockKind::Paragraph),
            is(lines),
            weighed.first().map_or(0, |best| best.score.clamp(-300, 500) * 2),
            is(
                matches!(repair, Repair::ClosedLate { at, .. } if places::is_one_clause(document, Span::new(*at, mark.span.lo()))),
            ),
            is(is_attributed),
            is(is_reported),
            is(opens && is_announced(document, mark)),
            is(if opens {
                !context.begins_sentence && mark.left == Neighbour::Space
            } else {
                context.is_in_sentence
            }),
            is(if opens { mark.left } else { mark.right } == Neighbour::Edge),
            is(after.starts_with(char::is_lowercase)),
            is(mark.left == Neighbour::Digit),
            is(is_cut),
            told(is_cut),
            told(lines),
            share(stands.min(ENOUGH), ENOUGH),
            share(repairs.saturating_sub(1), repairs + stands),
            share(self.habits.carried, stands),
            share(self.habits.families[mark.family as usize] - 1, self.marks.len() - 1),
            if single { share(self.habits.apostrophes, self.habits.singles) } else { 0 },
            share(words.min(LONG), LONG),
            is(has_sentences(document, stretch.tokens)),
            is(stretch.tokens.iter().any(|token| document.is_listed(*token, "pronoun.first"))),
            is(stretch
                .tokens
                .last()
                .is_some_and(|last| matches!(document.slice(last.span), "." | "!" | "?" | "…"))),
            is(self.next_block_opens(mark)),
            is(matches!(repair, Repair::NeverClosed { next: Some(_), .. })),
            is(stretch.is_whole),
            is(mark.left.is_gap() && mark.right.is_gap()),
            is(!opens
                && mark.left == Neighbour::Space
                && mark.right == Neighbour::Edge
                && before.ends_with(['.', '!', '?', '…'])),
            is(partner.is_some_and(|other| other.is_spaced_inside(!opens))),
            is(pair.is_some_and(|[open, close]| open.family.is_single() == close.family.is_single())),
            is(pair.is_some_and(|[open, close]| is_title(document, open, close))),
            match repair {
                Repair::ClosedEarly { early, close, .. } => share(
                    (self.marks[*close].span.lo() - self.marks[*early].span.hi()).min(LONG_WAY),
                    LONG_WAY,
                ),
                _ => 0,
            },
            is([place.checked_sub(1), Some(place + 1)].into_iter().flatten().any(|other| {
                self.marks.get(other).is_some_and(|other| {
                    other.span.hi() == mark.span.lo() || other.span.lo() == mark.span.hi()
                })
            })),
        ];
        std::array::from_fn(|at| (FEATURES[at], values[at]))
    }

    /// The two marks of the quotation that a repair is about: those it names, or the neighbour that fits.
    fn pair(&self, repair: &Repair) -> Option<[&Mark; 2]> {
        let [open, close] = match *repair {
            Repair::Mismatched { open, close } | Repair::SameInside { open, close } => [open, close],
            Repair::ClosedEarly { open, early, .. } => [open, early],
            Repair::Reopened { stray, .. } => [stray, stray + 1],
            Repair::Spaced { mark } | Repair::Glued { mark } | Repair::WrongDirection { mark } => {
                match self.roles[mark] {
                    Role::Open => [mark, mark + 1],
                    _ => [mark.checked_sub(1)?, mark],
                }
            }
            _ => return None,
        };
        let (open, close) = (&self.marks[open], self.marks.get(close)?);
        (open.block == close.block).then_some([open, close])
    }

    /// What stands between the mark of a repair and where its partner may be: up to the next mark or the end of its block.
    fn stretch<'d>(&self, document: &'d Document, repair: &Repair, opens: bool) -> Stretch<'d> {
        let place = repair.place();
        let mark = &self.marks[place];
        let block = &document.blocks()[mark.block];
        let near = |other: Option<usize>| {
            other.and_then(|other| self.marks.get(other)).filter(|it| it.block == mark.block)
        };
        let span = match (repair, opens) {
            // What was taken in.
            (Repair::ClosedLate { at, .. }, _) => Span::new(*at, mark.span.lo()),
            (_, true) => {
                Span::new(mark.span.hi(), near(Some(place + 1)).map_or(block.span.hi(), |it| it.span.lo()))
            }
            (_, false) => Span::new(
                near(place.checked_sub(1)).map_or(block.span.lo(), |it| it.span.hi()),
                mark.span.lo(),
            ),
        };
        let is_whole = span.lo() == block.span.lo() || span.hi() == block.span.hi();
        Stretch { tokens: places::between(document.tokens_of(block), span), is_whole }
    }

    /// Whether the other mark of a quotation may stand in what the text was cut from: an excerpt that begins inside a
    /// quotation or ends in one.
    fn may_be_cut(&self, document: &Document, place: usize, opens: bool) -> bool {
        let last = document.blocks().len().saturating_sub(1);
        let block = self.marks[place].block;
        last > 0
            && match opens {
                true => place + 1 == self.marks.len() && last - block.min(last) <= FEW_BLOCKS,
                false => place == 0 && block <= FEW_BLOCKS,
            }
    }

    /// Whether the block behind that of a mark begins with a mark of its family that opens.
    fn next_block_opens(&self, mark: &Mark) -> bool {
        let next = self.marks.partition_point(|it| it.block <= mark.block);
        self.marks.get(next).is_some_and(|next| {
            next.block == mark.block + 1
                && next.left == Neighbour::Edge
                && next.is_set_to_open()
                && next.family == mark.family
        })
    }
}

/// Whether a clause announces what the mark opens: `She said, “`, `He asked: “`.
fn is_announced(document: &Document, mark: &Mark) -> bool {
    let before = document.text()[..mark.span.lo()].trim_end();
    if !before.ends_with([',', ':']) {
        return false;
    }
    let tokens = document.tokens_of(&document.blocks()[mark.block]);
    let end = tokens.partition_point(|token| token.span.hi() <= before.len());
    let clause = tokens[end.saturating_sub(ANNOUNCEMENT)..end].iter();
    before.ends_with(':') || clause.into_iter().any(|token| places::is_reporting(document, *token))
}

/// Whether a sentence ends among the tokens and another begins.
fn has_sentences(document: &Document, tokens: &[Token]) -> bool {
    tokens.windows(2).any(|pair| {
        matches!(document.slice(pair[0].span), "." | "!" | "?" | "。" | "！" | "？")
            && !pair[1].is_small
            && pair[1].kind != TokenKind::Mark
    })
}
