//! Bytes of files that may be compressed. How a file to read is compressed its first bytes tell, whatever
//! its name says.

use super::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use mtlint_document::files;
use mtlint_document::load::{self, LoadError};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// How much is read or written at once, in bytes.
const BUFFER: usize = 1 << 17;

/// How many bytes at the beginning of a file show whether it is text.
const PROBE: usize = 8_000;

/// Opens a file of text and undoes its compression while it is read.
///
/// # Errors
/// When it cannot be read, is binary, or in another encoding than UTF-8.
pub(crate) fn open_text(path: &Path, name: &str) -> Result<Box<dyn BufRead + Send>, LoadError> {
    let fail = |message: &str| LoadError::new(name, message);
    let mut reader = open(path).map_err(|error| fail(&cannot(&error)))?;
    let head = reader.fill_buf().map_err(|error| fail(&cannot(&error)))?;
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return Err(fail("is in UTF-16; save it as UTF-8"));
    }
    if head.starts_with(b"PAR1") {
        return Err(fail("is Parquet; give it a name that ends in `.parquet`"));
    }
    if head[..head.len().min(PROBE)].contains(&0) {
        return Err(fail("is binary, no file of records"));
    }
    Ok(reader)
}

/// What keeps a file from being read on.
pub(crate) fn cannot(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "ends too early: it was not written to its end".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("cannot be read on: it is damaged ({error})")
        }
        _ => load::explain(error),
    }
}

/// Opens a file and undoes its compression while it is read.
///
/// # Errors
/// When it is no regular file or cannot be read.
fn open(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    let mut file = BufReader::with_capacity(BUFFER, files::open(path)?);
    let head = file.fill_buf()?;
    let reader: Box<dyn Read + Send> = if head.starts_with(b"\x1F\x8B") {
        Box::new(MultiGzDecoder::new(file))
    } else if head.starts_with(b"\x28\xB5\x2F\xFD") {
        Box::new(zstd::stream::read::Decoder::with_buffer(file)?)
    } else {
        return Ok(Box::new(file));
    };
    Ok(Box::new(BufReader::with_capacity(BUFFER, reader)))
}

/// Writes to a file, compressing.
pub(crate) enum Sink {
    Plain(BufWriter<File>),
    Gzip(GzEncoder<BufWriter<File>>),
    Zstd(zstd::stream::write::Encoder<'static, BufWriter<File>>),
}

impl Sink {
    pub fn new(file: File, compression: Compression) -> io::Result<Self> {
        let file = BufWriter::with_capacity(BUFFER, file);
        Ok(match compression {
            Compression::None => Self::Plain(file),
            Compression::Gzip => Self::Gzip(GzEncoder::new(file, flate2::Compression::default())),
            Compression::Zstd => {
                let mut encoder = zstd::stream::write::Encoder::new(file, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                encoder.include_checksum(true)?;
                Self::Zstd(encoder)
            }
        })
    }

    /// Writes what is left. Without it the file is not whole.
    pub fn finish(self) -> io::Result<()> {
        let mut file = match self {
            Self::Plain(file) => file,
            Self::Gzip(encoder) => encoder.finish()?,
            Self::Zstd(encoder) => encoder.finish()?,
        };
        file.flush()
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Gzip(encoder) => encoder.write(bytes),
            Self::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Gzip(encoder) => encoder.flush(),
            Self::Zstd(encoder) => encoder.flush(),
        }
    }
}
