//! The quotation structure.
use super::Document;
#[derive(Debug)]
pub struct Quotations;
impl Quotations {
    pub(super) fn of(_: &Document) -> Self {
        Self
    }
}
