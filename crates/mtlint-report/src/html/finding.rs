//! A finding in the list beside the text: what is wrong, why, and what would mend it.

use super::article::is_beyond;
use super::text::{Plain, message};
use maud::{Markup, html};
use mtlint_document::Document;
use mtlint_engine::lint::{Checked, Located};
use mtlint_engine::rule::{Applicability, Fix, Side};
use mtlint_text::{Edit, Utf16Offsets};

/// How much text around a change is shown, in bytes.
const AROUND: usize = 48;
/// A longer stretch of text is shown by its two ends.
const LONGEST: usize = 240;
/// How many changes of a fix, and how many related places, are shown.
const SHOWN: usize = 6;

/// One finding. `anchor` names the place where the text is marked; `form` the form that applies a fix.
pub(super) fn item(
    id: &str,
    checked: &Checked<'_>,
    index: usize,
    anchor: Option<usize>,
    offsets: &Utf16Offsets,
    form: Option<&str>,
) -> Markup {
    let located = &checked.findings[index];
    let Located { finding, rule, span, .. } = located;
    let text = checked.document.text();
    let place = checked.position(span.lo());
    let severity = finding.severity.as_str();
    html! {
        li.finding.(severity) id={ (id) "-" (index) } data-n=(index) {
            p.what {
                a.to href={ "#" (id) "-m" (anchor.unwrap_or(index)) } {
                    span.severity { (severity) } " "
                    span.message { (message(&finding.message)) }
                }
            }
            div.more {
                p.facts {
                    a.rule href={ "#rule-" (rule.id) } { (rule.id) } " "
                    span { "line " (place.line) ", column " (place.column) } " "
                    span {
                        (finding.confidence.as_str()) " confidence"
                        @if let Some(probability) = finding.probability {
                            " (" (format!("{:.2}", probability.as_f64())) ")"
                        }
                    }
                }
                @let in_target = finding.related.iter().filter(|it| it.side == Side::Target);
                @let all = in_target.clone().count();
                @if !finding.related.is_empty() {
                    ul.related {
                        @if let Some(source) = checked.document.source() {
                            @for related in located.source_related.iter().take(SHOWN) {
                                li.in-source {
                                    span.message { "source: " (message(&related.message)) } ": "
                                    q dir="auto" { (clipped(related.span.of(source.text()))) }
                                }
                            }
                        }
                        @for related in in_target.take(SHOWN) {
                            @let inside = Some(related.span).filter(|span| !is_beyond(checked.document, *span));
                            li data-from=[inside.map(|span| offsets.at(text, span.lo()))]
                                data-to=[inside.map(|span| offsets.at(text, span.hi()))] {
                                span.message { (message(&related.message)) } ": "
                                q dir="auto" { (clipped(checked.document.slice(related.span))) }
                            }
                        }
                        @if all > SHOWN {
                            li { "and " (all - SHOWN) " more" }
                        }
                    }
                }
                @for (number, fix) in finding.fixes.iter().enumerate() {
                    @let button = form.map(|form| (form, format!("{}:{number}", located.fingerprint)));
                    (one_fix(checked.document, fix, button))
                }
            }
        }
    }
}

/// One fix; `button` is the form that applies it, and what names the fix there.
fn one_fix(document: &Document, fix: &Fix, button: Option<(&str, String)>) -> Markup {
    let original: Option<Vec<Edit>> = fix.edits.iter().map(|edit| document.edit_to_original(edit)).collect();
    let button = button.filter(|_| original.is_some());
    // What would destroy markup is not applied.
    let applicability = if original.is_some() { fix.applicability } else { Applicability::Display };
    let is_in_text = fix.edits.iter().all(|edit| !is_beyond(document, edit.span));
    let (text, edits) = match original {
        Some(edits) if !is_in_text => (document.original(), edits),
        _ if is_in_text => (document.text(), fix.edits.clone()),
        _ => ("", Vec::new()),
    };
    let (class, name) = match applicability {
        Applicability::Safe => ("safe", "safe fix"),
        Applicability::Unsafe => ("unsafe", "unsafe fix"),
        Applicability::Display => ("idea", "idea"),
    };
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    html! {
        div.fix.(class) {
            p.title { span.kind { (name) } " " (message(&fix.title)) }
            p.change dir="auto" { (change(text, &edits)) }
            @if let Some((form, name)) = button {
                button.apply form=(form) name="apply" value=(name) { "Apply" span.visually-hidden { ": " (fix.title) } }
            }
        }
    }
}

/// The edits, with the text around them.
fn change(text: &str, edits: &[&Edit]) -> Markup {
    let edits_shown = &edits[..edits.len().min(SHOWN)];
    // What is shown around each edit; where two meet, up to where the second begins.
    let mut around: Vec<(usize, usize)> =
        edits_shown.iter().map(|edit| (before(text, edit.span.lo()), after(text, edit.span.hi()))).collect();
    let mut joins = vec![false; edits_shown.len() + 1];
    for number in 1..edits_shown.len() {
        if around[number].0 <= around[number - 1].1 {
            let (end, start) = (edits_shown[number - 1].span.hi(), edits_shown[number].span.lo());
            around[number - 1].1 = start.max(end);
            around[number].0 = start;
            joins[number] = true;
        }
    }
    html! {
        @for (number, (edit, (start, end))) in edits_shown.iter().zip(&around).enumerate() {
            @if !joins[number] {
                @if number > 0 { " " }
                @if !is_line_start(text, *start) { "…" }
            }
            (Plain(&text[*start..edit.span.lo()]))
            @if !edit.span.is_empty() { del { (clipped(edit.span.of(text))) } }
            @if !edit.insert.is_empty() { ins { (Plain(&edit.insert)) } }
            (Plain(&text[edit.span.hi()..*end]))
            @if !joins[number + 1] && !is_line_end(text, *end) { "…" }
        }
        @if edits.len() > SHOWN { " and " (edits.len() - SHOWN) " more places" }
    }
}

/// Where the text shown before `at` begins: at a word, in the same line.
fn before(text: &str, at: usize) -> usize {
    let least = text.floor_char_boundary(at.saturating_sub(AROUND));
    let line = text[least..at].rfind('\n').map_or(least, |newline| least + newline + 1);
    if is_line_start(text, line) {
        return line;
    }
    text[line..at].find(' ').map_or(line, |space| line + space + 1)
}

/// Where the text shown after `at` ends.
fn after(text: &str, at: usize) -> usize {
    let most = text.ceil_char_boundary((at + AROUND).min(text.len()));
    let line = text[at..most].find('\n').map_or(most, |newline| at + newline);
    if is_line_end(text, line) {
        return line;
    }
    text[at..line].rfind(' ').map_or(line, |space| at + space)
}

fn is_line_start(text: &str, at: usize) -> bool {
    at == 0 || text[..at].ends_with('\n')
}

fn is_line_end(text: &str, at: usize) -> bool {
    at == text.len() || text[at..].starts_with(['\n', '\r'])
}

/// A stretch of text, or its two ends.
fn clipped(text: &str) -> Markup {
    if text.len() <= LONGEST {
        return html! { (Plain(text)) };
    }
    let head = &text[..text.floor_char_boundary(LONGEST / 2)];
    let tail = &text[text.ceil_char_boundary(text.len() - LONGEST / 2)..];
    html! { (Plain(head)) " … " (Plain(tail)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_text::Span;

    fn shown(text: &str, edits: &[Edit]) -> String {
        change(text, &edits.iter().collect::<Vec<_>>()).into_string()
    }

    #[test]
    fn a_change_is_shown_in_its_place() {
        assert_eq!(
            shown("One\nHe left. . Then\n", &[Edit::delete(Span::new(12, 14))]),
            "He left.<del> .</del> Then"
        );
        let words = "word ".repeat(30);
        let text = format!("{words}here {words}");
        let long = shown(&text, &[Edit::replace(Span::new(150, 154), "there")]);
        assert!(long.starts_with("…word") && long.ends_with("word…"), "{long}");
        assert!(long.contains(" <del>here</del><ins>there</ins> "), "{long}");
    }

    #[test]
    fn changes_near_each_other_share_their_surroundings() {
        let edits = [Edit::delete(Span::new(0, 2)), Edit::insert(6, "!")];
        assert_eq!(shown("a b cd e", &edits), "<del>a </del>b cd<ins>!</ins> e");
    }

    #[test]
    fn far_changes_are_shown_apart() {
        let text = format!("a{}b", " x".repeat(200));
        let edits = [Edit::delete(Span::new(0, 1)), Edit::delete(Span::new(401, 402))];
        let shown = shown(&text, &edits);
        assert!(shown.starts_with("<del>a</del> x") && shown.ends_with("x<del>b</del>"), "{shown}");
        assert!(shown.len() < 250 && shown.contains("…"));
    }
}
