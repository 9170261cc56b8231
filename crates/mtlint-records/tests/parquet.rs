//! Parquet of many kinds: as it is written by others, as it is hostile, and as it is written here.
#![cfg(feature = "parquet")]

use arrow_array::builder::{ListBuilder, StringBuilder, StructBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, DictionaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray, StructArray,
};
use arrow_schema::{DataType, Field, Schema};
use mtlint_document::load::{Article, Fields, LoadError};
use mtlint_records::{Compression, Corpus, Judgement, Kind, Layout, Shape, Writer};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression as Codec, GzipLevel, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

const PARQUET: Shape = Shape { kind: Kind::Parquet, compression: Compression::None };

fn write(path: &Path, batch: &RecordBatch, properties: WriterProperties) {
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

fn table(columns: Vec<(&str, ArrayRef)>) -> (TempDir, PathBuf, RecordBatch) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    write(&path, &batch, WriterProperties::default());
    (folder, path, batch)
}

fn open(path: &Path, fields: Fields) -> Result<Corpus, LoadError> {
    Corpus::open(path, "a.parquet", PARQUET, fields)
}

fn articles(path: &Path, fields: Fields) -> Vec<Result<Article, LoadError>> {
    open(path, fields).unwrap().articles().unwrap().collect()
}

/// Each text, or what is said of it.
fn told(articles: Vec<Result<Article, LoadError>>) -> Vec<String> {
    articles
        .into_iter()
        .map(|article| match article {
            Ok(article) => article.original().to_owned(),
            Err(error) => error.to_string(),
        })
        .collect()
}

fn nested() -> ArrayRef {
    let en: ArrayRef = Arc::new(StringArray::from(vec![Some("one"), None, Some("three"), Some("four")]));
    let de: ArrayRef = Arc::new(StringArray::from(vec!["eins", "zwei", "drei", "vier"]));
    let fields = vec![Field::new("en", DataType::Utf8, true), Field::new("de", DataType::Utf8, true)];
    let nulls = vec![true, true, false, true].into();
    Arc::new(StructArray::new(fields.into(), vec![en, de], Some(nulls)))
}

#[test]
fn strings_of_all_kinds_are_read() {
    let texts = vec![Some("Zoë"), None, Some(""), Some("z")];
    let dictionary: DictionaryArray<Int32Type> = texts.iter().copied().collect();
    let bytes: Vec<Option<&[u8]>> = vec![Some("Zoë".as_bytes()), None, Some(b""), Some(b"z\xFF")];
    let (_folder, path, _) = table(vec![
        ("plain", Arc::new(StringArray::from(texts.clone()))),
        ("large", Arc::new(LargeStringArray::from(texts.clone()))),
        ("view", Arc::new(StringViewArray::from(texts))),
        ("dictionary", Arc::new(dictionary)),
        ("bytes", Arc::new(BinaryArray::from(bytes))),
        ("id", Arc::new(Int64Array::from(vec![7, 8, 9, 10]))),
        ("pair", nested()),
    ]);
    for column in ["plain", "large", "view", "dictionary"] {
        let null = format!("a.parquet:2: is no record: `{column}` must be a string, not null");
        assert_eq!(told(articles(&path, Fields::of_text(column))), ["Zoë", &null, "", "z"]);
    }
    let bytes = told(articles(&path, Fields::of_text("bytes")));
    assert_eq!(bytes[3], "a.parquet:4: is no record: `bytes` is not UTF-8: a stray byte 0xFF");
    let fields = Fields { source: Some("pair.de".to_owned()), ..Fields::of_text("pair.en") };
    let articles = articles(&path, fields);
    let first = articles[0].as_ref().unwrap();
    assert_eq!((first.original(), first.source.as_deref()), ("one", Some("eins")));
    assert_eq!(first.record.as_ref().map(|record| (record.id.as_str(), record.line)), Some(("7", 1)));
    // A null struct has null fields, whatever lies below.
    let told = told(articles);
    assert!(told[1].ends_with("must be a string, not null") && told[2].ends_with("not null"), "{told:?}");
    assert_eq!(told[3], "four");
}

#[test]
fn what_holds_no_text_is_refused_with_a_word() {
    let mut lists =
        ListBuilder::new(StructBuilder::from_fields(vec![Field::new("t", DataType::Utf8, true)], 1));
    lists.values().field_builder::<StringBuilder>(0).unwrap().append_value("x");
    lists.values().append(true);
    lists.append(true);
    let text: ArrayRef = Arc::new(StringArray::from(vec!["x"]));
    let (_folder, path, _) = table(vec![
        ("turns", Arc::new(lists.finish())),
        ("number", Arc::new(Int64Array::from(vec![1]))),
        ("body", text),
    ]);
    let refused = |name: &str| open(&path, Fields::of_text(name)).unwrap_err().to_string();
    assert_eq!(
        refused("turns"),
        "a.parquet: column `turns` holds lists of structs, not strings; columns that do are body"
    );
    assert!(refused("number").contains("holds numbers"), "{}", refused("number"));
    assert!(refused("bdy").contains("did you mean `body`"), "{}", refused("bdy"));
    assert!(refused("turns.t").contains("unknown column `turns.t`"), "{}", refused("turns.t"));
    let fields = Fields { source: Some("nowhere".to_owned()), ..Fields::of_text("body") };
    assert!(open(&path, fields).unwrap_err().to_string().contains("nowhere"));
}

#[test]
fn a_file_without_rows_has_no_articles() {
    let (_folder, path, _) = table(vec![("text", Arc::new(StringArray::from(Vec::<&str>::new())))]);
    assert_eq!(articles(&path, Fields::of_text("text")).len(), 0);
}

#[test]
fn what_is_broken_is_told_and_never_a_panic() {
    let texts: Vec<String> =
        (0..3000).map(|number| format!("The ferry left pier {number} at noon.")).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let array: ArrayRef = Arc::new(StringArray::from(texts));
    let batch = RecordBatch::try_from_iter([("text", array)]).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(Codec::ZSTD(ZstdLevel::default()))
        .set_dictionary_enabled(false)
        .set_data_page_row_count_limit(500)
        .set_write_batch_size(100)
        .build();
    write(&path, &batch, properties);
    let whole = fs::read(&path).unwrap();
    // Cut off, empty, and something else.
    for bytes in [&whole[..whole.len() / 2], b"", b"PAR1", b"PAR1PAR1", &[0xFF; 64], &whole[4..]] {
        fs::write(&path, bytes).unwrap();
        let told = open(&path, Fields::of_text("text")).unwrap_err().to_string();
        assert!(told.starts_with("a.parquet: is no Parquet, or is damaged: "), "{told}");
    }
    // All pages lie elsewhere than the end says: nothing can be read, which is told once the pages are.
    fs::write(&path, [&whole[..4], &whole[11..]].concat()).unwrap();
    let told = told(articles(&path, Fields::of_text("text")));
    assert!(!told.is_empty() && told.iter().all(|told| told.starts_with("a.parquet:")), "{told:?}");
    // One page is broken: the rows in it cannot be read, and all others can.
    // There are six pages; of the third, the first bytes of what is compressed are destroyed, which no decoder can miss.
    let mut broken = whole.clone();
    let pages = whole.windows(4).enumerate().filter(|(_, bytes)| *bytes == b"\x28\xB5\x2F\xFD");
    let starts: Vec<usize> = pages.map(|(at, _)| at).collect();
    assert_eq!(starts.len(), 6);
    broken[starts[2]..starts[2] + 4].iter_mut().for_each(|byte| *byte = !*byte);
    fs::write(&path, &broken).unwrap();
    let (good, bad): (Vec<_>, Vec<_>) =
        articles(&path, Fields::of_text("text")).into_iter().partition(Result::is_ok);
    // Each of its rows is named.
    assert_eq!((good.len(), bad.len()), (2500, 500));
    // Whatever is wrong, it is told, in time that does not grow with the damage.
    let mut state = 1_u64;
    for _ in 0..300 {
        let mut bytes = whole.clone();
        for _ in 0..8 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % bytes.len();
            bytes[at] = (state >> 20) as u8;
        }
        fs::write(&path, &bytes).unwrap();
        if let Ok(corpus) = open(&path, Fields::of_text("text"))
            && let Ok(articles) = corpus.articles()
        {
            assert!(articles.count() <= 4000);
        }
    }
}

#[test]
fn one_text_that_is_not_utf8_is_named_and_the_others_are_read() {
    // A column that says that it is text, and is not: as the bytes of a file that is edited have it.
    let texts: Vec<String> = (0..2000).map(|number| format!("text {number:05}")).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let array: ArrayRef = Arc::new(StringArray::from(texts));
    let properties = WriterProperties::builder()
        .set_dictionary_enabled(false)
        .set_statistics_enabled(parquet::file::properties::EnabledStatistics::None)
        .build();
    write(&path, &RecordBatch::try_from_iter([("text", array)]).unwrap(), properties);
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(10).position(|window| window == b"text 01234").unwrap();
    bytes[at] = 0xFF;
    fs::write(&path, bytes).unwrap();
    let told = told(articles(&path, Fields::of_text("text")));
    assert_eq!(told.len(), 2000);
    assert!(told[1234].starts_with("a.parquet:1235: is no record: it cannot be read"), "{}", told[1234]);
    let others: Vec<String> =
        (0..2000).filter(|number| *number != 1234).map(|number| format!("text {number:05}")).collect();
    assert_eq!(told.into_iter().filter(|text| text.starts_with("text")).collect::<Vec<_>>(), others);
}

#[test]
fn codecs_are_read() {
    let array: ArrayRef = Arc::new(StringArray::from(vec!["The ferry left."; 1000]));
    let batch = RecordBatch::try_from_iter([("text", array)]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    for codec in
        [Codec::SNAPPY, Codec::GZIP(GzipLevel::default()), Codec::LZ4_RAW, Codec::ZSTD(ZstdLevel::default())]
    {
        write(&path, &batch, WriterProperties::builder().set_compression(codec).build());
        assert_eq!(articles(&path, Fields::of_text("text")).into_iter().filter(Result::is_ok).count(), 1000);
    }
}

#[test]
fn all_columns_and_what_the_file_says_of_itself_pass_through() {
    let (folder, path, batch) = table(vec![
        ("text", Arc::new(StringArray::from(vec![Some("a"), Some("b"), None, Some("d")]))),
        ("pair", nested()),
        ("n", Arc::new(Int64Array::from(vec![Some(1), None, Some(3), Some(4)]))),
    ]);
    let note = KeyValue::new("pandas".to_owned(), "{}".to_owned());
    write(&path, &batch, WriterProperties::builder().set_key_value_metadata(Some(vec![note])).build());
    let corpora = [open(&path, Fields::of_text("text")).unwrap()];
    let taken = |name: &str, keep: &[&str], is_judged: bool| {
        let path = folder.path().join(name);
        let layout = Layout { keep: keep.iter().map(|name| (*name).to_owned()).collect(), is_judged };
        let file = File::create(&path).unwrap();
        let mut writer = Writer::new(file, PARQUET, &corpora, layout).unwrap();
        let judgement =
            Judgement { reasons: vec!["words".to_owned()], words: Some(1), ..Judgement::default() };
        for read in corpora[0].batches(&[]).unwrap() {
            writer.write(&read.unwrap(), &[(0, &judgement), (3, &judgement)]).unwrap();
        }
        assert_eq!(writer.finish().unwrap(), [""; 0]);
        ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap()
    };
    let reader = taken("b.parquet", &[], false);
    let notes = reader.metadata().file_metadata().key_value_metadata().unwrap();
    assert!(notes.iter().any(|note| note.key == "pandas"));
    let rows: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    for (read, was) in rows[0].columns().iter().zip(batch.columns()) {
        let expected = [was.slice(0, 1), was.slice(3, 1)];
        assert_eq!([read.slice(0, 1), read.slice(1, 1)], expected);
    }
    let names = |reader: &ParquetRecordBatchReaderBuilder<File>| {
        reader.schema().fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&taken("c.parquet", &["n", "text"], false)), ["n", "text"]);
    // A column in a column goes by its whole name, and is null where what it lay in was.
    let inner = taken("e.parquet", &["pair.en", "n"], false);
    assert_eq!(names(&inner), ["pair.en", "n"]);
    let rows: Vec<RecordBatch> = inner.build().unwrap().map(Result::unwrap).collect();
    assert_eq!(rows[0].column(0).as_string::<i32>().iter().collect::<Vec<_>>(), [Some("one"), Some("four")]);
    let judged = taken("d.parquet", &["text"], true);
    assert_eq!(names(&judged)[1..3], ["mtlint_reasons", "mtlint_penalty"]);
    let Some(DataType::List(_)) =
        judged.schema().field_with_name("mtlint_reasons").ok().map(Field::data_type)
    else {
        panic!("reasons are a list");
    };
    let other = Schema::new(vec![Field::new("text", DataType::Utf8, true)]);
    assert_ne!(judged.schema().fields(), other.fields());
}
