//! Records as rows of a table.

use super::{Layout, lines};
use crate::batch::Rows;
use crate::judgement::NAMES;
use crate::stream::Sink;
use crate::{Batch, Corpus, Judgement};
use csv::{ByteRecord, QuoteStyle, WriterBuilder};
use std::io;

/// Writes rows of a table whose columns the files tell, or else the first record.
pub(super) struct TableWriter {
    writer: csv::Writer<Sink>,
    /// Those of the records; not known before the first record where no file names them.
    columns: Option<Vec<String>>,
    is_judged: bool,
    is_tsv: bool,
}

impl TableWriter {
    pub fn new(sink: Sink, is_tsv: bool, corpora: &[Corpus], layout: &Layout) -> io::Result<Self> {
        let writer = WriterBuilder::new()
            .delimiter(if is_tsv { b'\t' } else { b',' })
            .quote_style(if is_tsv { QuoteStyle::Never } else { QuoteStyle::Necessary })
            .from_writer(sink);
        let mut writer = Self { writer, columns: None, is_judged: layout.is_judged, is_tsv };
        let is_free = |name: &&String| !(layout.is_judged && NAMES.contains(&name.as_str()));
        let first = corpora.iter().find_map(Corpus::columns);
        if !layout.keep.is_empty() {
            writer.begin(layout.keep.iter().filter(is_free).cloned().collect())?;
        } else if let Some(columns) = first {
            let same = |corpus: &&Corpus| corpus.columns().is_none_or(|other| other == columns);
            if let Some(other) = corpora.iter().find(|corpus| !same(corpus)) {
                return Err(io::Error::other(format!(
                    "{} has other columns than {}; name those to write with --keep",
                    other.name(),
                    corpora[0].name()
                )));
            }
            writer.begin(columns.iter().filter(is_free).cloned().collect())?;
        }
        Ok(writer)
    }

    /// Writes the row of names.
    fn begin(&mut self, columns: Vec<String>) -> io::Result<()> {
        let judged = if self.is_judged { &NAMES[..] } else { &[] };
        let names: Vec<&[u8]> =
            columns.iter().map(String::as_str).chain(judged.iter().copied()).map(str::as_bytes).collect();
        put(&mut self.writer, self.is_tsv, &names)?;
        self.columns = Some(columns);
        Ok(())
    }

    pub fn write(&mut self, batch: &Batch, rows: &[(usize, &Judgement)], layout: &Layout) -> io::Result<()> {
        // The rows of a table go as they are.
        if let (Rows::Table(table), Some(columns), false) = (&batch.rows, &self.columns, self.is_judged)
            && table.columns() == columns
        {
            for (row, _) in rows {
                let fields: Vec<&[u8]> = table.fields(*row).iter().collect();
                put(&mut self.writer, self.is_tsv, &fields)?;
            }
            return Ok(());
        }
        for (fields, (_, judgement)) in lines::objects(batch, rows, layout).into_iter().zip(rows) {
            let (fields, raw) = match fields {
                Ok(fields) => (fields, None),
                Err(raw) => (Vec::new(), Some(raw)),
            };
            self.write_row(&fields, judgement, raw.as_deref())?;
        }
        Ok(())
    }

    pub fn write_lost(&mut self, judgement: &Judgement) -> io::Result<()> {
        self.write_row(&[], judgement, None)
    }

    fn write_row(
        &mut self,
        fields: &[(String, String)],
        judgement: &Judgement,
        raw: Option<&[u8]>,
    ) -> io::Result<()> {
        if self.columns.is_none() {
            self.begin(fields.iter().map(|(name, _)| name.clone()).collect())?;
        }
        let columns = self.columns.as_deref().unwrap_or_default();
        if let Some((name, _)) = fields.iter().find(|(name, _)| !columns.contains(name)) {
            return Err(io::Error::other(format!(
                "a record has the field `{name}`, which the first record has not; name the columns with --keep, or \
                 write JSON Lines"
            )));
        }
        let value =
            |column: &String| fields.iter().find(|(name, _)| name == column).map(|(_, json)| plain(json));
        let mut row: Vec<String> = columns.iter().map(|column| value(column).unwrap_or_default()).collect();
        if self.is_judged {
            row.extend(judgement.fields(raw).iter().map(|(_, value)| match value {
                serde_json::Value::Array(_) => judgement.reasons.join(" "),
                value => plain(&value.to_string()),
            }));
        }
        put(&mut self.writer, self.is_tsv, &row)
    }

    pub fn finish(self) -> io::Result<()> {
        self.writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?.finish()
    }
}

/// Writes a row. A table with tabs has no way to write one inside a field.
fn put(writer: &mut csv::Writer<Sink>, is_tsv: bool, fields: &[impl AsRef<[u8]>]) -> io::Result<()> {
    let breaks = |field: &&[u8]| field.iter().any(|byte| matches!(byte, b'\t' | b'\n' | b'\r'));
    if is_tsv && let Some(field) = fields.iter().map(AsRef::as_ref).find(breaks) {
        let shown: String = String::from_utf8_lossy(field).chars().take(40).collect();
        return Err(io::Error::other(format!(
            "a field holds a tab or a line break, which TSV cannot hold: `{}`; write CSV or JSON Lines",
            mtlint_text::visible(&shown)
        )));
    }
    writer.write_byte_record(&ByteRecord::from_iter(fields)).map_err(io::Error::other)
}

/// What a value in JSON is as a field of a table: a string without its marks, nothing for `null`, all else as it is.
fn plain(json: &str) -> String {
    match serde_json::from_str(json) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(serde_json::Value::Null) => String::new(),
        _ => json.to_owned(),
    }
}
