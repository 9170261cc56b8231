//! Rules on the comments that suppress findings.

pub mod expired;
pub mod malformed;
pub mod unexplained;
pub mod unused;

use crate::rule::{Directive, Fix};
use mtlint_text::Edit;

/// The fix that deletes a comment, where it stands in the text.
fn delete(directive: &Directive) -> Option<Fix> {
    let whole = directive.whole?;
    Some(Fix::safe("delete the comment", vec![Edit::delete(whole)]))
}
