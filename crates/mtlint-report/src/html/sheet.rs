//! What the script of the page needs of an article to let a reader decide about its findings: its text, and what each
//! fix changes in it.

use super::article::{class, is_beyond};
use super::text::is_special;
use maud::{Markup, html};
use mtlint_engine::lint::{Checked, Located};
use mtlint_text::{Edit, Utf16Offsets};
use serde_json::{Value, json};

/// The article as the script reads it. All places are counted in UTF-16 units of its text.
pub(super) fn sheet(checked: &Checked<'_>, offsets: &Utf16Offsets) -> Markup {
    let text = checked.document.text();
    let at = |offset: usize| offsets.at(text, offset);
    let blocks: Vec<Value> = checked
        .document
        .blocks()
        .iter()
        .map(|block| json!([at(block.span.lo()), at(block.span.hi()), class(block.kind)]))
        .collect();
    let findings: Vec<Value> =
        checked.findings.iter().map(|located| finding(checked, located, &at)).collect();
    let sheet = json!({
        "path": checked.path,
        "record": checked.record.map(|record| json!({ "id": record.id, "line": record.line })),
        "hash": checked.text_hash(),
        "text": text,
        "blocks": blocks,
        "findings": findings,
    });
    // An attribute holds text, and a browser does nothing with it.
    html! { div.sheet hidden data-sheet=(escaped(&sheet)) {} }
}

fn finding(checked: &Checked<'_>, located: &Located<'_>, at: &impl Fn(usize) -> usize) -> Value {
    let Located { finding, fingerprint, alike, .. } = located;
    let document = checked.document;
    // A place in a comment for mtlint is none of the text.
    let is_in_text = !is_beyond(document, finding.span);
    let is_possible =
        |edit: &Edit| !is_beyond(document, edit.span) && document.edit_to_original(edit).is_some();
    let fixes = finding.fixes.iter().map(|fix| {
        (is_in_text && fix.edits.iter().all(is_possible)).then(|| {
            let changes: Vec<Value> = fix
                .edits
                .iter()
                .map(|edit| json!([at(edit.span.lo()), at(edit.span.hi()), edit.insert]))
                .collect();
            json!([fix.title, changes, fix.applicability as usize + 1])
        })
    });
    json!({
        "fingerprint": fingerprint,
        "alike": alike,
        "place": is_in_text.then(|| [at(finding.span.lo()), at(finding.span.hi())]),
        // Whether other words may stand there: not where markup would be lost.
        "free": is_in_text && is_possible(&Edit::replace(finding.span, "x")),
        "fixes": fixes.collect::<Vec<_>>(),
    })
}

/// JSON in which what HTML does not allow, or a terminal obeys, stands by its number.
fn escaped(value: &Value) -> String {
    let json = value.to_string();
    if !json.contains(is_special) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for char in json.chars() {
        match is_special(char) {
            true => {
                char.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")))
            }
            false => out.push(char),
        }
    }
    out
}
