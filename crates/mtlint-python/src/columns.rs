//! What is found in many texts, as columns of Arrow: a row a finding, or a row a text.
//!
//! Types are those that every reader of Arrow knows, Spark among them: no unsigned integers, no dictionaries.

use crate::values::{Edit, Finding, Fix, Related};
use arrow_array::builder::{Int64Builder, MapBuilder, StringBuilder};
use arrow_array::{ArrayRef, Float64Array, Int64Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use mtlint_engine::Assessment;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    Findings,
    Texts,
}

/// The rows of a run of texts, as they come.
pub struct Batches {
    rows: Rows,
    findings: Vec<(usize, Finding)>,
    /// How many bytes of text the findings hold.
    bytes: usize,
    texts: Vec<Option<TextRow>>,
    full: Vec<RecordBatch>,
}

/// What a text as a whole comes to.
struct TextRow {
    language: Option<String>,
    words: usize,
    findings: usize,
    penalty: f64,
    penalty_lower_bound: f64,
    score: f64,
    verdict: Option<&'static str>,
    families: BTreeMap<String, i64>,
}

/// How many bytes of text the findings of a batch hold, about: far from what the places in a column can count.
const BYTES: usize = 1 << 26;

impl Rows {
    /// The columns.
    pub fn schema(self) -> SchemaRef {
        self.batches(0).batch().schema()
    }

    /// For the rows of so many texts.
    pub fn batches(self, texts: usize) -> Batches {
        let texts = if self == Self::Texts { texts } else { 0 };
        Batches {
            rows: self,
            findings: Vec::new(),
            bytes: 0,
            texts: Vec::with_capacity(texts),
            full: Vec::new(),
        }
    }
}

impl Batches {
    /// Takes in a text that is missing: of texts a row of nothing, of findings none.
    pub fn push_missing(&mut self) {
        if self.rows == Rows::Texts {
            self.texts.push(None);
        }
    }

    /// Takes in what was found in the text at `index` of all.
    pub fn push(&mut self, index: usize, assessment: &Assessment, findings: Vec<Finding>) {
        match self.rows {
            Rows::Texts => self.texts.push(Some(TextRow::of(assessment, &findings))),
            Rows::Findings => {
                for finding in findings {
                    if self.bytes + finding.text.len() > BYTES && !self.findings.is_empty() {
                        let batch = self.batch();
                        self.full.push(batch);
                        self.findings.clear();
                        self.bytes = 0;
                    }
                    self.bytes += finding.text.len();
                    self.findings.push((index, finding));
                }
            }
        }
    }

    /// All rows.
    pub fn finish(mut self) -> Vec<RecordBatch> {
        if !self.findings.is_empty() || !self.texts.is_empty() {
            let batch = self.batch();
            self.full.push(batch);
        }
        self.full
    }

    fn batch(&self) -> RecordBatch {
        let columns = match self.rows {
            Rows::Findings => of_findings(&self.findings),
            Rows::Texts => of_texts(&self.texts),
        };
        let field = |(name, column): &(&str, ArrayRef)| Field::new(*name, column.data_type().clone(), true);
        let fields: Vec<Field> = columns.iter().map(field).collect();
        let columns = columns.into_iter().map(|(_, column)| column).collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
            .expect("the fields are those of the columns")
    }
}

impl TextRow {
    fn of(assessment: &Assessment, findings: &[Finding]) -> Self {
        let mut families = BTreeMap::new();
        for finding in findings {
            let family = finding.rule.split('/').next().unwrap_or_default();
            *families.entry(family.to_owned()).or_default() += 1;
        }
        Self {
            language: assessment.language.clone(),
            words: assessment.words,
            findings: findings.len(),
            penalty: assessment.score.penalty_per_1000_words,
            penalty_lower_bound: assessment.penalty_lower_bound,
            score: assessment.score.score,
            verdict: assessment.verdict.map(|verdict| verdict.as_str()),
            families,
        }
    }
}

type Column = (&'static str, ArrayRef);

fn of_texts(texts: &[Option<TextRow>]) -> Vec<Column> {
    let text = |of: fn(&TextRow) -> Option<&str>| strings(texts.iter().map(|row| row.as_ref().and_then(of)));
    let number = |of: fn(&TextRow) -> usize| -> ArrayRef {
        Arc::new(Int64Array::from_iter(texts.iter().map(|row| row.as_ref().map(|row| of(row) as i64))))
    };
    let decimal = |of: fn(&TextRow) -> f64| -> ArrayRef {
        Arc::new(Float64Array::from_iter(texts.iter().map(|row| row.as_ref().map(of))))
    };
    let mut families = MapBuilder::new(None, StringBuilder::new(), Int64Builder::new());
    for row in texts {
        for (family, count) in row.iter().flat_map(|row| &row.families) {
            families.keys().append_value(family);
            families.values().append_value(*count);
        }
        families.append(row.is_some()).expect("there are as many keys as values");
    }
    vec![
        ("language", text(|row| row.language.as_deref())),
        ("words", number(|row| row.words)),
        ("findings", number(|row| row.findings)),
        ("penalty_per_1000_words", decimal(|row| row.penalty)),
        ("score", decimal(|row| row.score)),
        ("verdict", text(|row| row.verdict)),
        ("families", Arc::new(families.finish())),
        ("penalty_lower_bound", decimal(|row| row.penalty_lower_bound)),
    ]
}

fn of_findings(findings: &[(usize, Finding)]) -> Vec<Column> {
    let all = || findings.iter().map(|(_, finding)| finding);
    let text = |of: fn(&Finding) -> &str| strings(all().map(|finding| Some(of(finding))));
    let number = |of: fn(&Finding) -> usize| numbers(all().map(of));
    vec![
        ("row", numbers(findings.iter().map(|(index, _)| *index))),
        ("rule", text(|finding| &finding.rule)),
        ("mqm", text(|finding| &finding.mqm)),
        ("severity", text(|finding| &finding.severity)),
        ("confidence", text(|finding| &finding.confidence)),
        ("probability", Arc::new(Float64Array::from_iter(all().map(|finding| finding.probability)))),
        ("message", text(|finding| &finding.message)),
        ("start", number(|finding| finding.span.start)),
        ("end", number(|finding| finding.span.end)),
        ("start_char", number(|finding| finding.chars.start)),
        ("end_char", number(|finding| finding.chars.end)),
        ("text", text(|finding| &finding.text)),
        ("related", lists(all().map(|finding| &*finding.related), of_related)),
        ("fixes", lists(all().map(|finding| &*finding.fixes), of_fixes)),
        ("fingerprint", text(|finding| &finding.fingerprint)),
    ]
}

fn of_related(related: &[&Related]) -> Vec<Column> {
    vec![
        ("message", strings(related.iter().map(|related| Some(related.message.as_str())))),
        ("side", strings(related.iter().map(|related| Some(related.side.as_str())))),
        ("start", numbers(related.iter().map(|related| related.span.start))),
        ("end", numbers(related.iter().map(|related| related.span.end))),
        ("start_char", numbers(related.iter().map(|related| related.chars.start))),
        ("end_char", numbers(related.iter().map(|related| related.chars.end))),
    ]
}

fn of_fixes(fixes: &[&Fix]) -> Vec<Column> {
    vec![
        ("title", strings(fixes.iter().map(|fix| Some(fix.title.as_str())))),
        ("applicability", strings(fixes.iter().map(|fix| Some(fix.applicability.as_str())))),
        ("edits", lists(fixes.iter().map(|fix| &*fix.edits), of_edits)),
    ]
}

fn of_edits(edits: &[&Edit]) -> Vec<Column> {
    vec![
        ("start", numbers(edits.iter().map(|edit| edit.start))),
        ("end", numbers(edits.iter().map(|edit| edit.end))),
        ("start_char", numbers(edits.iter().map(|edit| edit.chars.start))),
        ("end_char", numbers(edits.iter().map(|edit| edit.chars.end))),
        ("replacement", strings(edits.iter().map(|edit| Some(edit.replacement.as_str())))),
    ]
}

fn strings<'a>(values: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

fn numbers(values: impl Iterator<Item = usize>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(values.map(|value| value as i64)))
}

/// A column of lists, whose values have columns themselves.
fn lists<'a, T: 'a>(
    lists: impl Iterator<Item = &'a [T]>,
    columns: impl Fn(&[&'a T]) -> Vec<Column>,
) -> ArrayRef {
    let mut values = Vec::new();
    let lengths = lists.map(|list| {
        values.extend(list);
        list.len()
    });
    let offsets = OffsetBuffer::from_lengths(lengths.collect::<Vec<_>>());
    let columns = columns(&values);
    let field = |(name, column): &Column| Field::new(*name, column.data_type().clone(), true);
    let fields: Fields = columns.iter().map(field).collect();
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    let values = StructArray::new(fields.clone(), columns, None);
    let item = Field::new("item", DataType::Struct(fields), true);
    Arc::new(ListArray::new(Arc::new(item), offsets, Arc::new(values), None))
}
