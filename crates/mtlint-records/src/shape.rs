//! What a file of records is: told by its name.

use mtlint_document::load::Format;
use std::path::Path;

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A JSON object a line.
    JsonLines,
    /// A table whose first row names the columns, with commas between its fields.
    Csv,
    /// The same with tabs, and without quotation marks around fields.
    Tsv,
    Parquet,
}

impl Kind {
    /// How the texts of records are written that do not say so themselves.
    pub fn format(self) -> Format {
        match self {
            Self::JsonLines => Format::JsonLines,
            // What the table says of a field is undone when it is read: the rest is the text.
            Self::Csv | Self::Tsv | Self::Parquet => Format::Lines,
        }
    }
}

/// How a file is compressed as a whole. Parquet compresses its own parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    None,
    Gzip,
    Zstd,
}

/// What a file of records is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub kind: Kind,
    pub compression: Compression,
}

impl Shape {
    /// The endings of names, for messages.
    pub const ENDINGS: &str =
        ".jsonl, .ndjson, .csv, .tsv, each also with .gz or .zst behind it, and .parquet";

    /// What the name of a file tells; `None` where it is no file of records.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let endings = [(".gz", Compression::Gzip), (".zst", Compression::Zstd)];
        let packed = endings.into_iter().find_map(|(ending, it)| Some((name.strip_suffix(ending)?, it)));
        let (name, compression) = packed.unwrap_or((&name, Compression::None));
        let kind = match name.rsplit_once('.')?.1 {
            "jsonl" | "ndjson" => Kind::JsonLines,
            "csv" => Kind::Csv,
            "tsv" => Kind::Tsv,
            "parquet" if compression == Compression::None => Kind::Parquet,
            _ => return None,
        };
        Some(Self { kind, compression })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_what_a_file_is() {
        let shape = |name: &str| Shape::of(Path::new(name)).map(|shape| (shape.kind, shape.compression));
        assert_eq!(shape("a/b.jsonl"), Some((Kind::JsonLines, Compression::None)));
        assert_eq!(shape("b.NDJSON.GZ"), Some((Kind::JsonLines, Compression::Gzip)));
        assert_eq!(shape("b.x.csv.zst"), Some((Kind::Csv, Compression::Zstd)));
        assert_eq!(shape("part-0.snappy.parquet"), Some((Kind::Parquet, Compression::None)));
        for other in ["a.parquet.gz", "a.txt", "a.txt.gz", "a.gz", "jsonl", "-"] {
            assert_eq!(shape(other), None, "{other}");
        }
    }
}
