//! Columns by their names, those in structs among them, and their strings, whatever way Parquet and Arrow hold them.

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, BooleanArray, LargeBinaryArray, LargeStringArray, RecordBatch, StructArray,
};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, Fields};
use arrow_select::nullif::nullif;

/// The strings of a column, or of one inside a column of structs.
#[derive(Debug)]
pub(crate) struct Strings {
    values: Values,
    /// The structs that it lies in: where one is null, so is what it holds.
    outer: Vec<ArrayRef>,
}

#[derive(Debug)]
enum Values {
    Utf8(LargeStringArray),
    /// Of a column that does not say that it holds text.
    Bytes(LargeBinaryArray),
}

/// What a column is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Text,
    Bytes,
    /// A number, a date and the like: it may be an id.
    Scalar,
    None,
}

impl Strings {
    /// The column of this name.
    pub fn of(batch: &RecordBatch, name: &str) -> Option<Self> {
        let whole = StructArray::from(batch.clone());
        let mut outer = Vec::new();
        let column = descend(&whole, name, &mut outer)?;
        let values = match use_of(column.data_type()) {
            Use::Bytes => {
                Values::Bytes(cast(&column, &DataType::LargeBinary).ok()?.as_binary::<i64>().clone())
            }
            Use::Text | Use::Scalar => {
                Values::Utf8(cast(&column, &DataType::LargeUtf8).ok()?.as_string::<i64>().clone())
            }
            Use::None => return None,
        };
        Some(Self { values, outer })
    }

    /// The string of a row; `None` where it is null.
    pub fn value(&self, row: usize) -> Result<Option<String>, String> {
        if self.outer.iter().any(|outer| outer.is_null(row)) {
            return Ok(None);
        }
        match &self.values {
            Values::Utf8(values) => Ok(values.is_valid(row).then(|| values.value(row).to_owned())),
            Values::Bytes(values) if values.is_null(row) => Ok(None),
            Values::Bytes(values) => match str::from_utf8(values.value(row)) {
                Ok(text) => Ok(Some(text.to_owned())),
                Err(error) => Err(format!(
                    "is not UTF-8: a stray byte 0x{:02X}",
                    values.value(row)[error.valid_up_to()]
                )),
            },
        }
    }
}

/// The column of this name, and the structs that it lies in.
fn descend(within: &StructArray, name: &str, outer: &mut Vec<ArrayRef>) -> Option<ArrayRef> {
    if let Some(column) = within.column_by_name(name) {
        return Some(column.clone());
    }
    for (at, _) in name.match_indices('.') {
        let Some(column) = within.column_by_name(&name[..at]) else { continue };
        let Some(inner) = column.as_struct_opt() else { continue };
        outer.push(column.clone());
        if let Some(found) = descend(inner, &name[at + 1..], outer) {
            return Some(found);
        }
        outer.pop();
    }
    None
}

/// The column of this name, or one inside a column, which is null where what it lies in is.
pub(crate) fn column(batch: &RecordBatch, name: &str) -> Option<ArrayRef> {
    let mut outer = Vec::new();
    let column = descend(&StructArray::from(batch.clone()), name, &mut outer)?;
    outer.iter().try_fold(column, |column, outer| match outer.nulls() {
        Some(nulls) => nullif(&column, &BooleanArray::new(!nulls.inner(), None)).ok(),
        None => Some(column),
    })
}

/// What the column of this name is, or one inside a column, under its whole name.
pub(crate) fn field(fields: &Fields, name: &str) -> Option<Field> {
    if let Some((_, field)) = fields.find(name) {
        return Some(field.as_ref().clone());
    }
    name.match_indices('.').find_map(|(at, _)| {
        let (_, outer) = fields.find(&name[..at])?;
        let DataType::Struct(inner) = outer.data_type() else { return None };
        let field = field(inner, &name[at + 1..])?;
        let is_nullable = field.is_nullable() || outer.is_nullable();
        Some(field.with_name(name).with_nullable(is_nullable))
    })
}

fn type_of(fields: &Fields, name: &str) -> Option<DataType> {
    field(fields, name).map(|field| field.data_type().clone())
}

fn use_of(kind: &DataType) -> Use {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Use::Text,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => Use::Bytes,
        DataType::Dictionary(_, value) => match use_of(value) {
            Use::Bytes => Use::None,
            other => other,
        },
        kind if kind.is_numeric() || kind.is_temporal() || *kind == DataType::Boolean => Use::Scalar,
        _ => Use::None,
    }
}

/// Holds that a column is there and holds strings, or what can be written as one if it is an id.
pub(crate) fn find(fields: &Fields, name: &str, is_id: bool) -> Result<(), String> {
    let Some(kind) = type_of(fields, name) else {
        let columns = names(fields);
        let told = mtlint_text::toml_file::unknown("column", name, columns.iter().map(String::as_str));
        return Err(format!("{told}; `--text-field` names the one that holds the texts"));
    };
    match use_of(&kind) {
        Use::Text | Use::Bytes => Ok(()),
        Use::Scalar if is_id => Ok(()),
        _ => {
            let strings: Vec<String> = names(fields)
                .into_iter()
                .filter(|name| type_of(fields, name).is_some_and(|kind| use_of(&kind) == Use::Text))
                .collect();
            let others = match strings.as_slice() {
                [] => "no column of the file does".to_owned(),
                names => format!("columns that do are {}", names.join(", ")),
            };
            Err(format!("column `{name}` holds {}, not strings; {others}", said(&kind)))
        }
    }
}

/// The names of all columns, those inside structs as well.
pub(crate) fn names(fields: &Fields) -> Vec<String> {
    let mut all = Vec::new();
    for field in fields {
        match field.data_type() {
            DataType::Struct(inner) => {
                all.extend(names(inner).into_iter().map(|name| format!("{}.{name}", field.name())));
            }
            _ => all.push(field.name().clone()),
        }
    }
    all
}

/// A type in a word.
fn said(kind: &DataType) -> &'static str {
    match kind {
        DataType::List(inner) | DataType::LargeList(inner) | DataType::FixedSizeList(inner, _) => {
            match inner.data_type() {
                DataType::Struct(_) => "lists of structs",
                _ => "lists",
            }
        }
        DataType::Struct(_) => "structs: name a field in it, as in `translation.en`",
        DataType::Map(..) => "maps",
        kind if kind.is_numeric() => "numbers",
        kind if kind.is_temporal() => "times",
        DataType::Boolean => "yes or no",
        _ => "no text",
    }
}
