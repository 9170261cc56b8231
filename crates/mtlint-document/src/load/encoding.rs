//! From bytes to text and back, and only where the encoding is certain.

use super::LoadError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::WINDOWS_1252;

/// How a file's text is written in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 after a byte order mark.
    Utf8WithMark,
    /// UTF-16 after a byte order mark, the lower byte first.
    Utf16LittleEndian,
    /// UTF-16 after a byte order mark, the higher byte first.
    Utf16BigEndian,
    Windows1252,
}

impl Encoding {
    /// The bytes the file begins with.
    pub(super) fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 | Self::Windows1252 => b"",
            Self::Utf8WithMark => b"\xEF\xBB\xBF",
            Self::Utf16LittleEndian => b"\xFF\xFE",
            Self::Utf16BigEndian => b"\xFE\xFF",
        }
    }

    /// As people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8WithMark => "UTF-8",
            Self::Utf16LittleEndian | Self::Utf16BigEndian => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }

    pub(super) fn is_utf16(self) -> bool {
        matches!(self, Self::Utf16LittleEndian | Self::Utf16BigEndian)
    }
}

/// How many bytes at the beginning of a file show its byte order mark, and whether it is binary:
/// as git holds it, it is if there is a NUL among them.
pub(super) const PROBE: usize = 8_000;

/// The encoding that the byte order mark at the beginning of a file tells.
pub(super) fn marked(bytes: &[u8]) -> Option<Encoding> {
    [Encoding::Utf8WithMark, Encoding::Utf16LittleEndian, Encoding::Utf16BigEndian]
        .into_iter()
        .find(|encoding| bytes.starts_with(encoding.mark()))
}

/// Refuses a file that begins with binary bytes.
pub(super) fn refuse_binary(file: &str, bytes: &[u8]) -> Result<(), LoadError> {
    match memchr::memchr(0, &bytes[..bytes.len().min(PROBE)]) {
        None => Ok(()),
        Some(nul) => Err(LoadError {
            offset: Some(nul as u64),
            ..LoadError::new(
                file,
                "is binary: it holds a NUL; if it is UTF-16 without a byte order mark, save it as UTF-8",
            )
        }),
    }
}

/// The text of `bytes`, the content of `file`.
pub(super) fn decode(file: &str, mut bytes: Vec<u8>) -> Result<(Encoding, String), LoadError> {
    let marked = marked(&bytes);
    if let Some(encoding) = marked.filter(|encoding| encoding.is_utf16()) {
        return Ok((encoding, decode_utf16(file, encoding, &bytes[encoding.mark().len()..])?));
    }
    let encoding = marked.unwrap_or(Encoding::Utf8);
    let skipped = encoding.mark().len();
    refuse_binary(file, &bytes)?;
    bytes.drain(..skipped);
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok((encoding, text)),
        Err(error) => error,
    };
    let bad = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    if encoding == Encoding::Utf8 && is_windows_1252(bytes) {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        return Ok((Encoding::Windows1252, text.into_owned()));
    }
    Err(LoadError {
        line: Some(line_at(bytes, bad)),
        offset: Some((skipped + bad) as u64),
        ..LoadError::new(
            file,
            format!("is not UTF-8: a stray byte 0x{:02X}; save the file as UTF-8", bytes[bad]),
        )
    })
}

/// The bytes that are no characters in Windows-1252. Decoders make control characters of them.
const UNDEFINED: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// Whether bytes that are not UTF-8 are Windows-1252 beyond doubt: all of them are characters there, and
/// none is written as in UTF-8, which would be a sign of UTF-8 that was damaged.
fn is_windows_1252(bytes: &[u8]) -> bool {
    let is_mixed = || bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    if bytes.iter().any(|byte| UNDEFINED.contains(byte)) || is_mixed() {
        return false;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny) == WINDOWS_1252
}

fn decode_utf16(file: &str, encoding: Encoding, bytes: &[u8]) -> Result<String, LoadError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let unit = match encoding {
        Encoding::Utf16BigEndian => u16::from_be_bytes,
        _ => u16::from_le_bytes,
    };
    let mut text = String::with_capacity(bytes.len());
    let mut offset = encoding.mark().len();
    let mut bad = (!rest.is_empty()).then_some(offset + bytes.len() - 1);
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let Ok(char) = decoded else {
            bad = Some(offset);
            break;
        };
        text.push(char);
        offset += 2 * char.len_utf16();
    }
    match bad {
        None => Ok(text),
        Some(bad) => Err(LoadError {
            line: Some(line_at(text.as_bytes(), text.len())),
            offset: Some(bad as u64),
            ..LoadError::new(file, "is not UTF-16, as its byte order mark says: half a character")
        }),
    }
}

/// The 1-based line of the byte at `offset`.
fn line_at(bytes: &[u8], offset: usize) -> u32 {
    let before = &bytes[..offset];
    let breaks = memchr::memchr2_iter(b'\n', b'\r', before)
        .filter(|&at| !(before[at] == b'\r' && before.get(at + 1) == Some(&b'\n')));
    breaks.count() as u32 + 1
}

/// The bytes of `text` in an encoding, its byte order mark first.
pub(super) fn encode(file: &str, encoding: Encoding, text: &str) -> Result<Vec<u8>, LoadError> {
    let mut bytes = encoding.mark().to_vec();
    match encoding {
        Encoding::Utf8 | Encoding::Utf8WithMark => bytes.extend_from_slice(text.as_bytes()),
        Encoding::Utf16LittleEndian => bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
        Encoding::Utf16BigEndian => bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
        Encoding::Windows1252 => {
            let (encoded, _, lossy) = WINDOWS_1252.encode(text);
            if lossy {
                return Err(unmappable(file, text));
            }
            bytes.extend_from_slice(&encoded);
        }
    }
    Ok(bytes)
}

fn unmappable(file: &str, text: &str) -> LoadError {
    let lacking = text.char_indices().find(|(_, char)| WINDOWS_1252.encode(char.encode_utf8(&mut [0; 4])).2);
    let (at, char) = lacking.unwrap_or_default();
    LoadError {
        line: Some(line_at(text.as_bytes(), at)),
        ..LoadError::new(
            file,
            format!(
                "is Windows-1252, which has no `{char}` (U+{:04X}) that a fix puts in; save the file as UTF-8",
                u32::from(char)
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> String {
        decode("a.txt", bytes.to_vec()).unwrap_err().to_string()
    }

    #[test]
    fn utf16_is_read_and_written_back() {
        for (encoding, unit) in [
            (Encoding::Utf16LittleEndian, u16::to_le_bytes as fn(u16) -> [u8; 2]),
            (Encoding::Utf16BigEndian, u16::to_be_bytes),
        ] {
            let mut bytes = encoding.mark().to_vec();
            bytes.extend("Zoë 😀\r\n".encode_utf16().flat_map(unit));
            let (found, text) = decode("a.txt", bytes.clone()).unwrap();
            assert_eq!((found, text.as_str()), (encoding, "Zoë 😀\r\n"));
            assert_eq!(encode("a.txt", found, &text).unwrap(), bytes);
        }
    }

    #[test]
    fn half_a_character_of_utf16_is_refused() {
        assert_eq!(
            told(b"\xFF\xFEa\0\n\0\x00\xD8b\0"),
            "a.txt:2: is not UTF-16, as its byte order mark says: half a character (at byte 6)"
        );
        assert!(told(b"\xFF\xFEa").ends_with("half a character (at byte 2)"));
    }

    #[test]
    fn windows_1252_is_recognised_and_written_back() {
        let bytes = b"The caf\xE9 \x93Caf\xE9 Noir\x94 isn\x92t open.".to_vec();
        let (encoding, text) = decode("a.txt", bytes.clone()).unwrap();
        assert_eq!(encoding, Encoding::Windows1252);
        assert_eq!(text, "The café “Café Noir” isn’t open.");
        assert_eq!(encode("a.txt", encoding, &text).unwrap(), bytes);
        assert_eq!(
            encode("a.txt", encoding, "One\n「").unwrap_err().to_string(),
            "a.txt:2: is Windows-1252, which has no `「` (U+300C) that a fix puts in; save the file as UTF-8"
        );
    }

    #[test]
    fn bytes_that_windows_1252_lacks_are_refused() {
        assert_eq!(
            told(b"The caf\xE9 has no\x81 name."),
            "a.txt:1: is not UTF-8: a stray byte 0xE9; save the file as UTF-8 (at byte 7)"
        );
    }

    #[test]
    fn damaged_utf8_is_refused_with_its_place() {
        assert_eq!(
            told(
                "Zoë\r\nsaid\nthis".as_bytes().iter().chain(b"\xFF!").copied().collect::<Vec<_>>().as_slice()
            ),
            "a.txt:3: is not UTF-8: a stray byte 0xFF; save the file as UTF-8 (at byte 15)"
        );
    }

    #[test]
    fn other_legacy_encodings_are_refused() {
        // Russian in Windows-1251.
        let russian =
            b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEA\xE0\xEA \xE4\xE5\xEB\xE0? \xCC\xFB \xE7\xE4\xE5\xF1\xFC.";
        assert!(told(russian).contains("is not UTF-8"));
    }

    #[test]
    fn a_binary_file_is_refused() {
        assert!(told(b"\x7FELF\0\0").starts_with("a.txt: is binary: it holds a NUL"));
    }
}
