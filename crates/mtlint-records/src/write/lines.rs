//! Records as lines of JSON.

use super::Layout;
use crate::batch::Rows;
use crate::judgement::NAMES;
use crate::{Batch, Judgement};
use mtlint_document::load::JsonRow;

/// Some records of a batch, a line each. A line of JSON Lines of which nothing is left out and to which nothing is
/// added stays as it is, byte by byte.
pub(super) fn written(batch: &Batch, rows: &[(usize, &Judgement)], layout: &Layout) -> Vec<u8> {
    let mut out = Vec::new();
    match &batch.rows {
        Rows::Lines(lines) if layout.keep.is_empty() && !layout.is_judged => {
            for (row, _) in rows {
                out.extend_from_slice(lines.line(*row));
                out.push(b'\n');
            }
        }
        _ => {
            for (fields, (_, judgement)) in objects(batch, rows, layout).into_iter().zip(rows) {
                let mut object = Object::new(&mut out);
                let raw = match &fields {
                    Ok(fields) => {
                        fields.iter().for_each(|(name, value)| object.push(name, value));
                        None
                    }
                    Err(raw) => Some(raw.as_slice()),
                };
                if layout.is_judged {
                    object.push_judgement(judgement, raw);
                }
                object.close();
            }
        }
    }
    out
}

/// A line with nothing but what is said of a record.
pub(super) fn lost(judgement: &Judgement) -> Vec<u8> {
    let mut out = Vec::new();
    let mut object = Object::new(&mut out);
    object.push_judgement(judgement, None);
    object.close();
    out
}

/// A line with these fields.
#[cfg(feature = "parquet")]
pub(super) fn object(fields: &[(String, String)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut object = Object::new(&mut out);
    fields.iter().for_each(|(name, value)| object.push(name, value));
    object.close();
    out
}

/// The fields of a record in order, each with its value in JSON; or what is no record.
pub(super) type Fields = Result<Vec<(String, String)>, Vec<u8>>;

/// The fields to keep of some records of a batch. Those that hold an earlier judgement give way to a new one.
pub(super) fn objects(batch: &Batch, rows: &[(usize, &Judgement)], layout: &Layout) -> Vec<Fields> {
    let is_free = |name: &str| !(layout.is_judged && NAMES.contains(&name));
    let is_kept =
        |name: &str| is_free(name) && (layout.keep.is_empty() || layout.keep.iter().any(|kept| kept == name));
    let mut objects: Vec<Fields> = match &batch.rows {
        Rows::Lines(lines) => rows
            .iter()
            .map(|(row, _)| match lines.fields(*row) {
                Some(fields) if layout.keep.is_empty() => Ok(fields
                    .fields()
                    .filter(|(name, _)| is_free(name))
                    .map(|(name, value)| (name.to_owned(), value.get().to_owned()))
                    .collect()),
                Some(fields) => Ok(layout
                    .keep
                    .iter()
                    .filter(|name| is_free(name))
                    .filter_map(|name| Some((name.clone(), kept(&fields, name)?.to_owned())))
                    .collect()),
                None => Err(lines.line(*row).to_vec()),
            })
            .collect(),
        Rows::Table(table) => rows
            .iter()
            .map(|(row, _)| {
                let fields = table.columns().iter().zip(table.fields(*row));
                Ok(fields
                    .filter(|(name, _)| is_kept(name))
                    .map(|(name, value)| (name.clone(), json(&String::from_utf8_lossy(value))))
                    .collect())
            })
            .collect(),
        #[cfg(feature = "parquet")]
        Rows::Columns(columns) => {
            let rows: Vec<usize> = rows.iter().map(|(row, _)| *row).collect();
            let mut names = if layout.keep.is_empty() { columns.names() } else { layout.keep.clone() };
            names.retain(|name| is_free(name));
            columns.objects(&rows, &names)
        }
    };
    if !layout.keep.is_empty() {
        let place = |name: &str| layout.keep.iter().position(|kept| kept == name);
        objects.iter_mut().flatten().for_each(|fields| fields.sort_by_key(|(name, _)| place(name)));
    }
    objects
}

/// The value of a field that is to be kept, or of one in a field. Of several of one name it is the first.
pub(super) fn kept<'a>(fields: &JsonRow<'a>, name: &str) -> Option<&'a str> {
    let own = fields.fields().find(|(known, _)| *known == name).map(|(_, value)| value);
    own.or_else(|| fields.get(name).ok().flatten()).map(|value| value.get())
}

/// A string as JSON.
fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A JSON object in the making.
struct Object<'a> {
    out: &'a mut Vec<u8>,
    is_empty: bool,
}

impl<'a> Object<'a> {
    fn new(out: &'a mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, is_empty: true }
    }

    /// Adds a field whose value is JSON already.
    fn push(&mut self, name: &str, value: &str) {
        let comma = if self.is_empty { "" } else { "," };
        self.out.extend_from_slice(format!("{comma}{}:{value}", json(name)).as_bytes());
        self.is_empty = false;
    }

    fn push_judgement(&mut self, judgement: &Judgement, raw: Option<&[u8]>) {
        for (name, value) in judgement.fields(raw) {
            if !value.is_null() {
                self.push(name, &value.to_string());
            }
        }
    }

    fn close(self) {
        self.out.extend_from_slice(b"}\n");
    }
}
