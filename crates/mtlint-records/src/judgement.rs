//! What is said of a record that does not pass, and how it is written beside what the record holds.

use serde_json::Value;

/// What is said of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// Why it does not pass, a word for each reason. A record without one passes.
    pub reasons: Vec<String>,
    /// The penalty points per 1,000 words that it has at least; unknown of what could not be read.
    pub penalty: Option<f64>,
    pub words: Option<u64>,
    /// What is wrong with a record that could not be read.
    pub message: Option<String>,
}

/// The names of the fields that hold a judgement, in order. The last holds a record that is none, as it is.
pub(crate) const NAMES: [&str; 5] =
    ["mtlint_reasons", "mtlint_penalty", "mtlint_words", "mtlint_message", "mtlint_record"];

impl Judgement {
    /// The fields that are written beside those of the record; `raw` is what is no record.
    pub(crate) fn fields(&self, raw: Option<&[u8]>) -> [(&'static str, Value); 5] {
        let raw = raw.map(|raw| String::from_utf8_lossy(raw).into_owned());
        let [reasons, penalty, words, message, record] = NAMES;
        [
            (reasons, Value::from(self.reasons.clone())),
            (penalty, Value::from(self.penalty)),
            (words, Value::from(self.words)),
            (message, Value::from(self.message.clone())),
            (record, Value::from(raw)),
        ]
    }
}
