//! `mtlint.Linter`: the facade of the engine for Python.

use crate::columns::Rows;
use crate::many::Job;
use crate::options::{ConfigText, Names, Options};
use crate::pool::pool;
use crate::table::Table;
use crate::texts::Texts;
use crate::values::{Finding, Fixed, Places, Score};
use mtlint_engine::{Applicability, Linter as Engine};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use rayon::ThreadPool;

/// Checks, fixes and scores texts.
///
/// It is made once, which takes some milliseconds, and used for any number of texts by any number of threads. Nothing
/// is looked for beside the texts: what a file `mtlint.toml` says holds only if `config` names it.
///
/// :param language: the code of the language of all texts, ``en`` or ``pt-BR``; when left out, each text shows its own
/// :param select: the rules or families that run, or ``all``; one that is named in full runs whatever its confidence
/// :param ignore: rules and families that do not run
/// :param min_severity: report nothing less severe: ``neutral``, ``minor``, ``major`` or ``critical``
/// :param min_confidence: report nothing less certain: ``low``, ``medium`` (as when left out) or ``high``
/// :param format: how the texts are written: ``text``, ``markdown`` or ``html``
/// :param config: the path of an ``mtlint.toml``, or a mapping with the keys of one; the other arguments outweigh it
/// :raises ConfigError: with everything that is wrong, in the words of the program
#[pyclass(frozen, module = "mtlint")]
pub struct Linter {
    options: Options,
    engine: Engine,
}

/// Runs without Python's lock, on the threads of a pool.
fn on_threads<T: Send>(
    py: Python<'_>,
    threads: usize,
    run: impl FnOnce(&ThreadPool) -> PyResult<T> + Send,
) -> PyResult<T> {
    py.detach(|| run(&*pool(threads).map_err(PyRuntimeError::new_err)?))
}

/// The pool of work that is not shared out by the caller: as many threads as there are processors.
const ALL: usize = 0;

impl Linter {
    fn of(py: Python<'_>, options: Options) -> PyResult<Self> {
        let engine = on_threads(py, ALL, |pool| pool.install(|| options.linter()))?;
        Ok(Self { options, engine })
    }

    fn found(&self, py: Python<'_>, text: &str, source: Option<&str>) -> PyResult<Vec<Finding>> {
        on_threads(py, ALL, |pool| {
            Ok(pool.install(|| {
                let found = match source {
                    None => self.engine.check(text),
                    Some(source) => self.engine.check_pair(source, text),
                };
                let (places, of_source) = (Places::new(text), source.map(Places::new));
                found.into_iter().map(|it| Finding::new_in(it, &places, of_source.as_ref())).collect()
            }))
        })
    }
}

#[pymethods]
impl Linter {
    #[new]
    #[pyo3(signature = (*, language=None, select=None, ignore=None, min_severity=None, min_confidence=None, format="text", config=None))]
    #[allow(clippy::too_many_arguments)]
    fn new(
        py: Python<'_>,
        language: Option<String>,
        select: Option<Names>,
        ignore: Option<Names>,
        min_severity: Option<String>,
        min_confidence: Option<String>,
        format: &str,
        config: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let options = Options {
            language,
            select: select.map(Into::into),
            ignore: ignore.map(Into::into),
            min_severity,
            min_confidence,
            format: format.to_owned(),
            config: config.map(ConfigText::of).transpose()?,
        };
        Self::of(py, options)
    }

    /// What is found in a text, in text order.
    fn check(&self, py: Python<'_>, text: PyBackedStr) -> PyResult<Vec<Finding>> {
        self.found(py, &text, None)
    }

    /// What is found in a translation, with the text that it was translated from as evidence.
    fn check_pair(&self, py: Python<'_>, source: PyBackedStr, target: PyBackedStr) -> PyResult<Vec<Finding>> {
        self.found(py, &target, Some(&source))
    }

    /// The text with all safe fixes applied: those that never change what a sentence asserts. With ``unsafe_fixes``, those
    /// that may are applied, too; a fix after which a rule finds something new is left out.
    #[pyo3(signature = (text, *, unsafe_fixes=false))]
    fn fix(&self, py: Python<'_>, text: PyBackedStr, unsafe_fixes: bool) -> PyResult<Fixed> {
        let least = if unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
        on_threads(py, ALL, |pool| {
            let fixed = pool.install(|| self.engine.fix_trusting(&text, least));
            Ok(Fixed::from(fixed))
        })
    }

    /// How well a text is translated, as far as its findings tell.
    fn score(&self, py: Python<'_>, text: PyBackedStr) -> PyResult<Score> {
        on_threads(py, ALL, |pool| Ok(Score::from(pool.install(|| self.engine.assess(&text, None)))))
    }

    /// What is found in many texts, as an Arrow table.
    ///
    /// Python's lock is released, and all processors work. Ctrl-C ends the work at once.
    ///
    /// :param texts: a pyarrow array, a polars or pandas series or whatever else has ``__arrow_c_array__`` or
    ///     ``__arrow_c_stream__``, none of which is copied; or an iterable of strings. ``None`` is a text that is missing
    /// :param sources: the texts that they were translated from, as many, where each text is checked as in `check_pair`
    /// :param rows: ``findings`` for a row a finding, whose ``row`` is the place of its text; ``texts`` for a row a text
    /// :param threads: how many threads work; as many as there are processors when left out
    /// :raises ValueError: when a text is not valid UTF-8, with its place
    #[pyo3(signature = (texts, *, sources=None, rows="findings", threads=None))]
    fn check_many(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        sources: Option<&Bound<'_, PyAny>>,
        rows: &str,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let rows = match rows {
            "findings" => Rows::Findings,
            "texts" => Rows::Texts,
            other => {
                let message = format!("rows: `findings` or `texts` is wanted, not `{other}`");
                return Err(PyValueError::new_err(message));
            }
        };
        if threads == Some(0) {
            return Err(PyValueError::new_err("threads: at least 1 is wanted"));
        }
        let texts = Texts::of(texts, "texts")?;
        let sources = sources.map(|sources| Texts::of(sources, "sources")).transpose()?;
        if let Some(sources) = sources.as_ref().filter(|sources| sources.len() != texts.len()) {
            let (texts, sources) = (texts.len(), sources.len());
            return Err(PyValueError::new_err(format!("there are {texts} texts and {sources} sources")));
        }
        let job = Job { linter: &self.engine, texts: &texts, sources: sources.as_ref(), rows };
        let batches = on_threads(py, threads.unwrap_or(ALL), |pool| job.run(pool))?;
        Ok(Table::new(rows.schema(), batches))
    }

    fn __repr__(&self) -> String {
        let Options { language, select, ignore, format, .. } = &self.options;
        format!("<mtlint.Linter language={language:?} select={select:?} ignore={ignore:?} format={format:?}>")
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let restore = slf.py().import("mtlint._mtlint")?.getattr("_restore")?;
        let state = serde_json::to_string(&slf.get().options);
        Ok((restore, (state.map_err(|error| PyValueError::new_err(error.to_string()))?,)))
    }
}

/// The linter that was pickled.
#[pyfunction]
pub fn _restore(py: Python<'_>, state: &str) -> PyResult<Linter> {
    let options = serde_json::from_str(state).map_err(|error| PyValueError::new_err(error.to_string()))?;
    Linter::of(py, options)
}
