//! Which fields of records hold what: the options of all commands that read records.

use mtlint_document::load::Fields;
use mtlint_lang::Language;
use mtlint_records::{Compression, Kind, Shape};
use std::path::Path;

/// The fields of records in JSON Lines, CSV, TSV and Parquet.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Records")]
pub(super) struct FieldArgs {
    /// The field or column that holds the text, such as `translation` or `translation.en`; with it, no other field is
    /// read but `id` and those that are named [default: text]
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,

    /// The field that holds what a record goes by [default: id]
    #[arg(long, value_name = "NAME")]
    id_field: Option<String>,

    /// The field that holds the language of the text
    #[arg(long, value_name = "NAME")]
    lang_field: Option<String>,

    /// The field that holds the text it was translated from
    #[arg(long, value_name = "NAME")]
    source_field: Option<String>,

    /// The field that holds the language of that text
    #[arg(long, value_name = "NAME")]
    source_lang_field: Option<String>,

    /// The language of the sources, where records do not say, in place of identifying it
    #[arg(long, value_name = "LANGUAGE", help_heading = "Rules")]
    pub source_lang: Option<Language>,
}

impl FieldArgs {
    /// Whether any is named.
    pub fn are_given(&self) -> bool {
        let Self { text_field, id_field, lang_field, source_field, source_lang_field, source_lang: _ } = self;
        [text_field, id_field, lang_field, source_field, source_lang_field].into_iter().any(Option::is_some)
    }

    /// The fields of the records of a file. JSON Lines has fields of its own where none is named.
    pub fn of(&self, kind: Kind) -> Fields {
        if kind == Kind::JsonLines && !self.are_given() {
            return Fields::default();
        }
        let own = Fields::of_text(self.text_field.as_deref().unwrap_or("text"));
        Fields {
            id: self.id_field.clone().or(own.id),
            language: self.lang_field.clone(),
            source: self.source_field.clone(),
            source_language: self.source_lang_field.clone(),
            ..own
        }
    }

    /// What a file of records is that is read as such: a table only where fields are named, for else it is one of
    /// sources and targets; plain JSON Lines never, for they are read as any other text, and can be mended.
    pub fn shape(&self, path: &Path) -> Option<Shape> {
        let shape = Shape::of(path)?;
        let is_read = match shape.kind {
            Kind::Parquet => true,
            Kind::JsonLines => shape.compression != Compression::None,
            Kind::Csv | Kind::Tsv => shape.compression != Compression::None || self.are_given(),
        };
        is_read.then_some(shape)
    }
}
