//! Rules on the comments that suppress findings.

pub mod expired;
pub mod malformed;
pub mod unexplained;
pub mod unused;

use crate::rule::{Directive, Fix};
use mtlint_text::Edit;

/// The fix that deletes a comment.
fn delete(directive: &Directive) -> Fix {
    Fix::safe("delete the comment", vec![Edit::delete(directive.whole)])
}
