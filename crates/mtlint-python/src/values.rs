//! What a check gives, as small Python objects that do not change: the fields of the JSON contract (`docs/json.md`), and
//! places in Python's characters beside those in bytes.

use mtlint_engine as engine;
use mtlint_text::LineIndex;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PySlice, PyTuple, PyType};
use std::ops::{Deref, Range};

/// Several values, as a tuple: what does not change holds nothing that does.
#[derive(Clone, FromPyObject)]
#[pyo3(transparent)]
pub struct Several<T>(Vec<T>);

impl<'py, T: Clone + IntoPyObject<'py>> IntoPyObject<'py> for Several<T> {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTuple::new(py, self.0)
    }
}

impl<T> Deref for Several<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

/// What every value can do: it compares and hashes by its fields, shows them, matches patterns, and is pickled.
macro_rules! value {
    ($(#[$about:meta])* $name:ident { $($(#[$field_about:meta])* $field:ident: $type:ty,)* } $($more:item)*) => {
        $(#[$about])*
        #[pyclass(frozen, get_all, from_py_object, module = "mtlint")]
        #[derive(Clone)]
        pub struct $name { $($(#[$field_about])* pub $field: $type,)* }

        #[pymethods]
        impl $name {
            // One argument a field, as a dataclass of Python has it.
            #[allow(clippy::too_many_arguments)]
            #[new]
            fn new($($field: $type),*) -> Self {
                Self { $($field),* }
            }

            #[classattr]
            fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
                PyTuple::new(py, [$(stringify!($field)),*])
            }

            fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
                show(slf.as_any(), &[$(stringify!($field)),*])
            }

            fn __eq__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
                let names = [$(stringify!($field)),*];
                Ok(other.is_exact_instance_of::<Self>() && fields(slf, &names)?.eq(fields(other, &names)?)?)
            }

            fn __hash__(slf: &Bound<'_, Self>) -> PyResult<isize> {
                fields(slf, &[$(stringify!($field)),*])?.hash()
            }

            #[allow(clippy::type_complexity)]
            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
                Ok((slf.get_type(), fields(slf, &[$(stringify!($field)),*])?))
            }

            $($more)*
        }
    };
}

fn fields<'py>(value: &Bound<'py, PyAny>, names: &[&str]) -> PyResult<Bound<'py, PyTuple>> {
    let values = names.iter().map(|name| value.getattr(*name)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(value.py(), values)
}

fn show(value: &Bound<'_, PyAny>, names: &[&str]) -> PyResult<String> {
    let shown = |name: &&str| Ok(format!("{name}={}", value.getattr(*name)?.repr()?));
    let shown = names.iter().map(shown).collect::<PyResult<Vec<String>>>()?;
    Ok(format!("{}({})", value.get_type().name()?, shown.join(", ")))
}

value! {
    /// A stretch of a text, from its first unit to the one behind it. What the units are says whoever has it.
    Span {
        start: usize,
        end: usize,
    }

    /// What Python cuts it out with: `text[finding.chars.slice]`.
    #[getter]
    fn slice<'py>(&self, py: Python<'py>) -> Bound<'py, PySlice> {
        PySlice::new(py, self.start as isize, self.end as isize, 1)
    }
}

value! {
    /// A place as people and editors count: `line` and `column` from 1, the column in characters; `utf16` from 0, in
    /// code units of UTF-16.
    Position {
        line: u32,
        column: u32,
        utf16: u32,
    }
}

value! {
    /// Puts `replacement` in the place of the bytes from `start` to `end`, which are the characters `chars`.
    Edit {
        start: usize,
        end: usize,
        replacement: String,
        chars: Span,
    }
}

value! {
    /// A way to mend a finding: edits that are applied together or not at all. `applicability` is `safe`, `unsafe` or
    /// `display`.
    Fix {
        title: String,
        applicability: String,
        edits: Several<Edit>,
    }
}

value! {
    /// A place that explains a finding. `side` is `target`, or `source` for a place in the source of a pair.
    Related {
        message: String,
        side: String,
        span: Span,
        chars: Span,
    }
}

value! {
    /// Damage at one place of a text, with the fields of the JSON contract. `span` counts bytes of UTF-8, `chars` the
    /// characters of the Python string.
    Finding {
        rule: String,
        mqm: String,
        severity: String,
        confidence: String,
        probability: Option<f64>,
        message: String,
        note: String,
        span: Span,
        chars: Span,
        start: Position,
        end: Position,
        text: String,
        related: Several<Related>,
        fixes: Several<Fix>,
        fingerprint: String,
    }

    /// The finding as the JSON contract has it, key by key.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("rule", &self.rule)?;
        dict.set_item("mqm", &self.mqm)?;
        dict.set_item("severity", &self.severity)?;
        dict.set_item("confidence", &self.confidence)?;
        if let Some(probability) = self.probability {
            dict.set_item("probability", probability)?;
        }
        dict.set_item("message", &self.message)?;
        dict.set_item("note", &self.note)?;
        dict.set_item("span", self.span.to_dict(py)?)?;
        dict.set_item("start", self.start.to_dict(py)?)?;
        dict.set_item("end", self.end.to_dict(py)?)?;
        dict.set_item("text", &self.text)?;
        dict.set_item("related", dicts(py, &self.related, Related::to_dict)?)?;
        dict.set_item("fixes", dicts(py, &self.fixes, Fix::to_dict)?)?;
        dict.set_item("fingerprint", &self.fingerprint)?;
        Ok(dict)
    }
}

value! {
    /// A text after fixing, and how many fixes were applied.
    Fixed {
        text: String,
        applied: usize,
    }
}

value! {
    /// How well a text is translated, as far as its findings tell. `score` is 100 for a text without findings; `verdict`
    /// is `pass`, `penalty` or `critical`, and `None` where the configuration asks nothing of a text.
    /// `penalty_lower_bound` is the least rate that the findings speak for, however short the text is.
    Score {
        score: f64,
        penalty_per_1000_words: f64,
        words: usize,
        findings: usize,
        language: Option<String>,
        verdict: Option<String>,
        penalty_lower_bound: f64,
    }
}

fn dicts<'py, T>(
    py: Python<'py>,
    values: &Several<T>,
    to_dict: impl Fn(&T, Python<'py>) -> PyResult<Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyList>> {
    PyList::new(py, values.iter().map(|value| to_dict(value, py)).collect::<PyResult<Vec<_>>>()?)
}

impl Span {
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("start", self.start)?;
        dict.set_item("end", self.end)?;
        Ok(dict)
    }
}

impl Position {
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("line", self.line)?;
        dict.set_item("column", self.column)?;
        dict.set_item("utf16", self.utf16)?;
        Ok(dict)
    }
}

impl Related {
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("message", &self.message)?;
        dict.set_item("side", &self.side)?;
        dict.set_item("span", self.span.to_dict(py)?)?;
        Ok(dict)
    }
}

impl Fix {
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("title", &self.title)?;
        dict.set_item("applicability", &self.applicability)?;
        dict.set_item("edits", dicts(py, &self.edits, Edit::to_dict)?)?;
        Ok(dict)
    }
}

impl Edit {
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("start", self.start)?;
        dict.set_item("end", self.end)?;
        dict.set_item("replacement", &self.replacement)?;
        Ok(dict)
    }
}

/// A text in which places are counted in bytes and in the characters of Python, which are Unicode scalar values.
pub struct Places<'t> {
    text: &'t str,
    /// `None` when every character is a byte.
    lines: Option<LineIndex>,
}

impl<'t> Places<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, lines: (!text.is_ascii()).then(|| LineIndex::new(text)) }
    }

    /// What stands in these bytes.
    pub fn text_of(&self, bytes: &Range<usize>) -> &'t str {
        &self.text[bytes.clone()]
    }

    /// The same place in characters.
    pub fn chars(&self, bytes: &Range<usize>) -> Range<usize> {
        let before = |offset: usize| match &self.lines {
            None => offset,
            Some(lines) => lines.scalars_before(self.text, offset) as usize,
        };
        before(bytes.start)..before(bytes.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

impl From<engine::Position> for Position {
    fn from(position: engine::Position) -> Self {
        Self { line: position.line, column: position.column, utf16: position.utf16 }
    }
}

impl Finding {
    /// A finding of a text, which may have a source.
    pub fn new_in(finding: engine::Finding, text: &Places<'_>, source: Option<&Places<'_>>) -> Self {
        let edit = |(bytes, replacement): (Range<usize>, String)| Edit {
            start: bytes.start,
            end: bytes.end,
            replacement,
            chars: text.chars(&bytes).into(),
        };
        let fix = |fix: engine::Fix| Fix {
            title: fix.title,
            applicability: fix.applicability.as_str().to_owned(),
            edits: Several(fix.edits.into_iter().map(edit).collect()),
        };
        let related = |related: engine::RelatedPlace| {
            let (side, places) = match source {
                Some(source) if related.in_source => ("source", source),
                _ => ("target", text),
            };
            let chars = places.chars(&related.span).into();
            Related { message: related.message, side: side.to_owned(), span: related.span.into(), chars }
        };
        Self {
            rule: finding.rule,
            mqm: finding.mqm,
            severity: finding.severity.as_str().to_owned(),
            confidence: finding.confidence.as_str().to_owned(),
            probability: finding.probability,
            message: finding.message,
            note: finding.note,
            chars: text.chars(&finding.span).into(),
            text: text.text_of(&finding.span).to_owned(),
            span: finding.span.into(),
            start: finding.start.into(),
            end: finding.end.into(),
            related: Several(finding.related.into_iter().map(related).collect()),
            fixes: Several(finding.fixes.into_iter().map(fix).collect()),
            fingerprint: finding.fingerprint,
        }
    }
}

impl From<engine::Fixed> for Fixed {
    fn from(fixed: engine::Fixed) -> Self {
        Self { text: fixed.text, applied: fixed.applied }
    }
}

impl From<engine::Assessment> for Score {
    fn from(assessment: engine::Assessment) -> Self {
        Self {
            score: assessment.score.score,
            penalty_per_1000_words: assessment.score.penalty_per_1000_words,
            words: assessment.words,
            findings: assessment.findings.len(),
            language: assessment.language,
            verdict: assessment.verdict.map(|verdict| verdict.as_str().to_owned()),
            penalty_lower_bound: assessment.penalty_lower_bound,
        }
    }
}
