//! What a linter is told, and how it goes from process to process.

use crate::ConfigError;
use mtlint_document::files;
use mtlint_engine::{BuildError, Confidence, Format, Linter, Severity, config};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The arguments of `mtlint.Linter`. A linter that is pickled travels as these.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Options {
    pub language: Option<String>,
    pub select: Option<Vec<String>>,
    pub ignore: Option<Vec<String>>,
    pub min_severity: Option<String>,
    pub min_confidence: Option<String>,
    pub format: String,
    pub config: Option<ConfigText>,
}

/// The text of a configuration: it travels with the linter, so that another machine needs no such file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfigText {
    /// What messages call it.
    name: String,
    /// What its paths are relative to.
    folder: PathBuf,
    text: String,
}

/// Names of rules or families: a list of them, or one alone.
#[derive(FromPyObject)]
pub enum Names {
    One(String),
    Many(Vec<String>),
}

impl From<Names> for Vec<String> {
    fn from(names: Names) -> Self {
        match names {
            Names::One(name) => vec![name],
            Names::Many(names) => names,
        }
    }
}

impl Options {
    /// Makes the linter.
    ///
    /// # Errors
    /// `ConfigError` with everything that is wrong.
    pub fn linter(&self) -> PyResult<Linter> {
        let mut wrong = Vec::new();
        let mut builder = Linter::builder().today(config::today());
        match self.format.as_str() {
            "text" => builder = builder.format(Format::Text),
            "markdown" => builder = builder.format(Format::Markdown),
            "html" => builder = builder.format(Format::Html),
            other => wrong.push(format!("unknown format `{other}`; there are `text`, `markdown` and `html`")),
        }
        if let Some(name) = &self.min_severity {
            match Severity::ALL.into_iter().find(|known| known.as_str() == name) {
                Some(least) => builder = builder.min_severity(least),
                None => wrong.push(unknown("severity", name, Severity::ALL.map(Severity::as_str))),
            }
        }
        if let Some(name) = &self.min_confidence {
            match Confidence::ALL.into_iter().find(|known| known.as_str() == name) {
                Some(least) => builder = builder.min_confidence(least),
                None => wrong.push(unknown("confidence", name, Confidence::ALL.map(Confidence::as_str))),
            }
        }
        if let Some(code) = &self.language {
            builder = builder.language(code);
        }
        if let Some(rules) = &self.select {
            builder = builder.select(rules);
        }
        if let Some(rules) = &self.ignore {
            builder = builder.ignore(rules);
        }
        if let Some(config) = &self.config {
            builder = builder.config(&config.name, &config.folder, &config.text);
        }
        let built = builder.build();
        wrong.extend(built.as_ref().err().map(BuildError::messages).unwrap_or_default().iter().cloned());
        match built {
            Ok(linter) if wrong.is_empty() => Ok(linter),
            _ => Err(ConfigError::new_err(wrong.join("\n"))),
        }
    }
}

fn unknown<const N: usize>(kind: &str, name: &str, known: [&str; N]) -> String {
    format!("unknown {kind} `{name}`; there are {}", known.map(|known| format!("`{known}`")).join(", "))
}

impl ConfigText {
    /// What `config=` gives: the path of a file, or a mapping of the keys that such a file has.
    ///
    /// # Errors
    /// When a file cannot be read, or a value is none that TOML knows.
    pub fn of(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(table) = value.cast::<PyDict>() {
            let text = toml::to_string(&toml_table(table, 0)?)
                .map_err(|error| ConfigError::new_err(format!("config: {error}")))?;
            let folder = config::absolute(Path::new("."));
            return Ok(Self { name: "config".to_owned(), folder, text });
        }
        let path: PathBuf = value.extract().map_err(|_| {
            let kind = value.get_type();
            PyTypeError::new_err(format!("config: a path or a mapping is wanted, not {kind}"))
        })?;
        let path = config::absolute(&path);
        let name = config::for_people(&path);
        let text = files::read_text(&path)
            .map_err(|error| ConfigError::new_err(format!("{name}: cannot be read: {error}")))?;
        let folder = path.parent().unwrap_or(&path).to_path_buf();
        Ok(Self { name, folder, text })
    }
}

/// How deep values of a configuration may lie in each other: deeper than any key does, and not without end.
const DEEPEST: usize = 16;

fn toml_table(table: &Bound<'_, PyDict>, depth: usize) -> PyResult<toml::Table> {
    table.iter().map(|(key, value)| Ok((key.extract()?, toml_value(&value, depth + 1)?))).collect()
}

fn toml_value(value: &Bound<'_, PyAny>, depth: usize) -> PyResult<toml::Value> {
    if depth > DEEPEST {
        return Err(ConfigError::new_err("config: values lie too deep in each other"));
    }
    let list = |items: &mut dyn Iterator<Item = Bound<'_, PyAny>>| -> PyResult<toml::Value> {
        let values = items.map(|item| toml_value(&item, depth + 1));
        values.collect::<PyResult<Vec<_>>>().map(toml::Value::Array)
    };
    if let Ok(text) = value.cast::<PyString>() {
        Ok(toml::Value::String(text.extract()?))
    } else if value.is_instance_of::<PyBool>() {
        Ok(toml::Value::Boolean(value.extract()?))
    } else if value.is_instance_of::<PyInt>() {
        Ok(toml::Value::Integer(value.extract()?))
    } else if value.is_instance_of::<PyFloat>() {
        Ok(toml::Value::Float(value.extract()?))
    } else if let Ok(table) = value.cast::<PyDict>() {
        toml_table(table, depth).map(toml::Value::Table)
    } else if let Ok(items) = value.cast::<PyList>() {
        list(&mut items.iter())
    } else if let Ok(items) = value.cast::<PyTuple>() {
        list(&mut items.iter())
    } else {
        let kind = value.get_type();
        Err(PyTypeError::new_err(format!("config: {kind} has no place in a configuration")))
    }
}
