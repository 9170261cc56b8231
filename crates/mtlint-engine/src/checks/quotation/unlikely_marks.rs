//! `quotation/unlikely-marks`: a paragraph whose quotation marks would stand where people set them if one were changed.
//!
//! All ways to change a mark are compared by what stands in and around the quotations that they make.

use super::{LONGEST, delete_mark, word_before, word_behind};
use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::changes::{Better, Change, Placed};
use mtlint_document::quotation::{Family, Mark, closing_glyph, opening_glyph};
use mtlint_lang::MarkPlaces;
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let Some(model) = MarkPlaces::of(document.language()) else { return };
    for better in document.better_marks() {
        let page = Page { document, better: &better };
        let Some((first, score)) = better.changes.first().copied() else { continue };
        let Some((span, message)) = page.damage(first) else { continue };
        let finding = report.add(span, message);
        if score < model.threshold(first.kind()) || page.is_about_stop(first) {
            finding.at_most(Confidence::Low);
        }
        for (rank, (change, _)) in better.changes.iter().enumerate() {
            for (title, edits) in page.fixes(*change) {
                finding.fix(if rank == 0 { Fix::unsafe_(title, edits) } else { Fix::display(title, edits) });
            }
        }
    }
}

/// A paragraph and what would make it better.
struct Page<'d> {
    document: &'d Document,
    better: &'d Better,
}

impl Page<'_> {
    fn mark(&self, at: usize) -> &Mark {
        &self.document.quotations().marks()[self.better.paragraph.marks[at]]
    }

    /// Whether a mark would only change sides with a stop or a comma, which varieties set otherwise.
    fn is_about_stop(&self, change: Change) -> bool {
        let Change::Move(at, gap) = change else { return false };
        let from = self.better.paragraph.placed[at].gap;
        let between = self.better.paragraph.word(from.min(gap) as isize);
        from.abs_diff(gap) == 1 && matches!(self.document.slice(between.span), "." | ",")
    }

    /// Where a mark would be set.
    fn place(&self, placed: Placed) -> usize {
        let paragraph = &self.better.paragraph;
        let beside = paragraph
            .placed
            .iter()
            .enumerate()
            .filter(|(_, other)| other.gap == placed.gap && other.opens == placed.opens)
            .map(|(at, _)| self.mark(at).span);
        if placed.opens {
            let word = paragraph.word(placed.gap as isize).span.lo();
            beside.map(|span| span.lo()).min().unwrap_or(word)
        } else {
            let word = paragraph.word(placed.gap as isize - 1).span.hi();
            beside.map(|span| span.hi()).max().unwrap_or(word)
        }
    }

    /// The mark that the document would set there: as the nearest of its kind has it.
    fn glyph(&self, placed: Placed) -> char {
        let of_kind = |at: &usize| self.better.paragraph.placed[*at].single == placed.single;
        let (same, other): (Vec<usize>, Vec<usize>) = (0..self.better.paragraph.placed.len())
            .filter(of_kind)
            .partition(|at| self.better.paragraph.placed[*at].opens == placed.opens);
        if let Some(at) = same.first() {
            return self.mark(*at).glyph;
        }
        match (other.first().map(|at| self.mark(*at).glyph), placed.opens) {
            (Some(glyph), true) => opening_glyph(self.document, glyph),
            (Some(glyph), false) => closing_glyph(self.document, glyph),
            (None, opens) => {
                let is_straight = self.better.paragraph.placed.first().is_some_and(|_| {
                    matches!(self.mark(0).family, Family::Straight | Family::SingleStraight)
                });
                match (is_straight, placed.single, opens) {
                    (true, true, _) => '\'',
                    (true, false, _) => '"',
                    (false, true, true) => '‘',
                    (false, true, false) => '’',
                    (false, false, true) => '“',
                    (false, false, false) => '”',
                }
            }
        }
    }

    /// The damage and what is said of it.
    fn damage(&self, change: Change) -> Option<(Span, String)> {
        let short = |span: Span, rather: Span| if span.len() > LONGEST { rather } else { span };
        let paragraph = &self.better.paragraph;
        Some(match change {
            Change::Delete(at) => {
                let mark = self.mark(at);
                (
                    super::from_stop(self.document, mark.span),
                    format!("the `{}` here is one too many", mark.glyph),
                )
            }
            Change::Insert(placed) if placed.opens => {
                let at = self.place(placed);
                let word = paragraph.word(placed.gap as isize).span;
                (
                    Span::new(at, word.hi().max(at)),
                    format!(
                        "the mark is missing that opens the quotation before `{}`",
                        word_behind(self.document, at)
                    ),
                )
            }
            Change::Insert(placed) => {
                let at = self.place(placed);
                // The word before the stop.
                let word = (1..=2)
                    .map(|step| paragraph.word(placed.gap as isize - step))
                    .find(|word| !word.is_mark())
                    .map_or(at, |word| word.span.lo());
                (
                    Span::new(word.min(at), at),
                    format!(
                        "the mark is missing that closes the quotation behind `{}`",
                        word_before(self.document, at)
                    ),
                )
            }
            Change::Move(at, gap) => {
                let mark = self.mark(at);
                let to = self.place(Placed { gap, ..paragraph.placed[at] });
                let span = Span::new(mark.span.lo().min(to), mark.span.hi().max(to));
                let side = if paragraph.placed[at].opens { "begins" } else { "ends" };
                (
                    short(span, mark.span),
                    format!("the quotation {side} elsewhere than its mark `{}` stands", mark.glyph),
                )
            }
            Change::Turn(at) => {
                let mark = self.mark(at);
                let does = if paragraph.placed[at].opens {
                    "opens and should close"
                } else {
                    "closes and should open"
                };
                (mark.span, format!("the `{}` {does} a quotation", mark.glyph))
            }
            Change::Swap(at) => {
                let mark = self.mark(at);
                let should = if mark.family.is_single() { "double" } else { "single" };
                (mark.span, format!("the `{}` should be {should}, as its partner is", mark.glyph))
            }
            Change::Split(close, open) => (
                Span::new(self.place(close), self.place(open)),
                "the quotation takes in the clause that tells who speaks".to_owned(),
            ),
        })
    }

    /// What mends it, the likeliest first.
    fn fixes(&self, change: Change) -> Vec<(String, Vec<Edit>)> {
        let insert = |placed: Placed| Edit::insert(self.place(placed), self.glyph(placed).to_string());
        let name = |placed: Placed| {
            let at = self.place(placed);
            match placed.opens {
                true => format!("open it before `{}`", word_behind(self.document, at)),
                false => format!("close it behind `{}`", word_before(self.document, at)),
            }
        };
        let paragraph = &self.better.paragraph;
        match change {
            Change::Delete(at) => {
                let mark = self.mark(at);
                let title = "delete the mark".to_owned();
                let mut fixes = vec![(title, vec![delete_mark(self.document, mark)])];
                fixes.extend(self.with_comma(at));
                fixes
            }
            Change::Insert(placed) => vec![(name(placed), vec![insert(placed)])],
            Change::Move(at, gap) => {
                let to = Placed { gap, ..paragraph.placed[at] };
                let deleted = delete_mark(self.document, self.mark(at));
                // What is deleted with the mark would take its new place along.
                if touches(deleted.span, self.place(to)) {
                    return Vec::new();
                }
                vec![(name(to), vec![deleted, insert_as(self.mark(at), self.place(to))])]
            }
            Change::Turn(at) => {
                let turned = Placed { opens: !paragraph.placed[at].opens, ..paragraph.placed[at] };
                let glyph = match turned.opens {
                    true => opening_glyph(self.document, self.mark(at).glyph),
                    false => closing_glyph(self.document, self.mark(at).glyph),
                };
                let (span, to) = (self.mark(at).span, self.place(turned));
                let edits = match touches(span, to) {
                    true => vec![Edit::replace(span, glyph.to_string())],
                    false => vec![Edit::delete(span), Edit::insert(to, glyph.to_string())],
                };
                vec![(name(turned), edits)]
            }
            Change::Swap(at) => {
                let swapped = Placed { single: !paragraph.placed[at].single, ..paragraph.placed[at] };
                let glyph = self.glyph(swapped);
                vec![(format!("write `{glyph}`"), vec![Edit::replace(self.mark(at).span, glyph.to_string())])]
            }
            Change::Split(close, open) => {
                vec![(
                    "set the clause outside of the quotation".to_owned(),
                    vec![insert(close), insert(open)],
                )]
            }
        }
    }

    /// The mark and the comma or stop before it, which was set for its sake where a small letter follows.
    fn with_comma(&self, at: usize) -> Option<(String, Vec<Edit>)> {
        let mark = self.mark(at);
        let (before, after) =
            (&self.document.text()[..mark.span.lo()], &self.document.text()[mark.span.hi()..]);
        let is_meant = !self.better.paragraph.placed[at].opens
            && before.ends_with([',', '.'])
            && after.trim_start().starts_with(char::is_lowercase);
        is_meant.then(|| {
            let span = Span::new(mark.span.lo() - 1, mark.span.hi());
            ("delete the mark and what stands before it".to_owned(), vec![Edit::delete(span)])
        })
    }
}

/// Whether a place lies in a span or at an end of it.
fn touches(span: Span, at: usize) -> bool {
    (span.lo()..=span.hi()).contains(&at)
}

fn insert_as(mark: &Mark, at: usize) -> Edit {
    Edit::insert(at, mark.glyph.to_string())
}
