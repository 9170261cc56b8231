//! The texts of `check_many`: a column of Arrow, whose memory is shared, or anything that Python iterates over. Reading
//! them needs Python's lock; once here, they need none.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_cast::cast;
use arrow_schema::DataType;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyByteArray, PyBytes, PyFloat, PyString};
use pyo3_arrow::input::AnyArray;

/// The largest text, in bytes: places of Arrow's strings are 31 bits wide.
const LARGEST: usize = i32::MAX as usize;

/// Many texts, some of which may be missing.
pub enum Texts {
    Strings(Vec<Option<PyBackedStr>>),
    Column(Column),
}

/// A column of Arrow in the pieces it came in, each of one of the types of bytes.
pub struct Column {
    chunks: Vec<ArrayRef>,
    /// How many texts lie before each chunk.
    before: Vec<usize>,
    length: usize,
}

impl Texts {
    /// `name` is that of the argument.
    ///
    /// # Errors
    /// When the value holds no texts.
    pub fn of(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        if value.hasattr("__arrow_c_array__")? || value.hasattr("__arrow_c_stream__")? {
            return Column::of(value.extract()?, name).map(Self::Column);
        }
        let is_one_text = value.is_instance_of::<PyString>()
            || value.is_instance_of::<PyBytes>()
            || value.is_instance_of::<PyByteArray>();
        if is_one_text {
            let message = format!("{name}: several texts are wanted; give one in a list, or use `check`");
            return Err(PyTypeError::new_err(message));
        }
        let items = value.try_iter()?.enumerate();
        let texts = items.map(|(index, item)| string(&item?, name, index)).collect::<PyResult<Vec<_>>>()?;
        Ok(Self::Strings(texts))
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Strings(texts) => texts.len(),
            Self::Column(column) => column.length,
        }
    }

    /// How many bytes the text at `index` has; 0 where it is missing.
    pub fn size(&self, index: usize) -> usize {
        match self {
            Self::Strings(texts) => texts[index].as_ref().map_or(0, |text| text.len()),
            Self::Column(column) => column.bytes(index).map_or(0, <[u8]>::len),
        }
    }

    /// The text at `index`, if it is not missing.
    ///
    /// # Errors
    /// When it is not valid UTF-8, or too long.
    pub fn get(&self, index: usize) -> Result<Option<&str>, String> {
        if self.size(index) > LARGEST {
            return Err("the text has more than 2 GB".to_owned());
        }
        match self {
            Self::Strings(texts) => Ok(texts[index].as_deref()),
            Self::Column(column) => {
                column.bytes(index).map(std::str::from_utf8).transpose().map_err(|error| {
                    format!("the text is not valid UTF-8: byte {} does not fit", error.valid_up_to())
                })
            }
        }
    }
}

/// A string of Python; `None`, and what pandas puts in its place, is a text that is missing.
fn string(item: &Bound<'_, PyAny>, name: &str, index: usize) -> PyResult<Option<PyBackedStr>> {
    if let Ok(text) = item.cast::<PyString>() {
        let text = PyBackedStr::try_from(text.clone());
        return text.map(Some).map_err(|error| {
            let told = PyValueError::new_err(format!("{name}[{index}]: {error}"));
            told.set_cause(item.py(), Some(error));
            told
        });
    }
    let is_missing = item.is_none()
        || item.cast::<PyFloat>().is_ok_and(|number| number.value().is_nan())
        || item.get_type().name().is_ok_and(|name| name == "NAType");
    if is_missing {
        return Ok(None);
    }
    let kind = item.get_type();
    Err(PyTypeError::new_err(format!("{name}[{index}]: a text is wanted, not {kind}")))
}

impl Column {
    fn of(input: AnyArray, name: &str) -> PyResult<Self> {
        let (chunks, field) = input.into_chunked_array()?.into_inner();
        let wanted = match field.data_type() {
            DataType::Utf8 | DataType::Null => DataType::Binary,
            DataType::LargeUtf8 => DataType::LargeBinary,
            DataType::Utf8View => DataType::BinaryView,
            // Its texts are copied, once for each time that they stand there.
            DataType::Dictionary(_, of)
                if matches!(**of, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View) =>
            {
                DataType::LargeBinary
            }
            other => {
                let message = format!("{name}: a column of strings is wanted, not {other}");
                return Err(PyTypeError::new_err(message));
            }
        };
        let fail = |error| PyValueError::new_err(format!("{name}: {error}"));
        let bytes = |chunk: &ArrayRef| match chunk.data_type() {
            // What a dictionary holds is a string before it is bytes.
            DataType::Dictionary(..) => cast(chunk, &DataType::LargeUtf8).and_then(|it| cast(&it, &wanted)),
            _ => cast(chunk, &wanted),
        };
        let chunks = chunks.iter().map(bytes).collect::<Result<Vec<_>, _>>().map_err(fail)?;
        let mut before = Vec::with_capacity(chunks.len());
        let mut length = 0;
        for chunk in &chunks {
            before.push(length);
            length += chunk.len();
        }
        Ok(Self { chunks, before, length })
    }

    fn bytes(&self, index: usize) -> Option<&[u8]> {
        // Empty chunks begin where the next one does: the last of them holds the text.
        let chunk = self.before.partition_point(|before| *before <= index) - 1;
        let (chunk, row) = (&self.chunks[chunk], index - self.before[chunk]);
        if chunk.is_null(row) {
            return None;
        }
        match chunk.data_type() {
            DataType::Binary => Some(chunk.as_binary::<i32>().value(row)),
            DataType::LargeBinary => Some(chunk.as_binary::<i64>().value(row)),
            _ => Some(chunk.as_binary_view().value(row)),
        }
    }
}
