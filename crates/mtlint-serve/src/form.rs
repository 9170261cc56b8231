//! Forms and queries: names and values, written as URLs have them.

use crate::problem::Problem;
use percent_encoding::percent_decode;

/// Names and values, in their order.
pub(crate) type Fields = Vec<(String, String)>;

/// Reads `application/x-www-form-urlencoded`.
///
/// # Errors
/// When a name or value is no UTF-8: a text whose letters had been replaced would be found damaged.
pub(crate) fn parse(bytes: &[u8]) -> Result<Fields, Problem> {
    let pairs = bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let (name, value) = (&pair[..at], pair.get(at + 1..).unwrap_or_default());
            let name = decode(name).ok_or_else(|| Problem::wrong("the name of a field is not UTF-8"))?;
            let value = decode(value).ok_or_else(|| Problem::wrong(format!("`{name}` is not UTF-8")))?;
            Ok((name, value))
        })
        .collect()
}

fn decode(bytes: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let decoded: Vec<u8> = percent_decode(&spaced).collect();
    String::from_utf8(decoded).ok()
}

/// The first value of this name.
pub(crate) fn value<'f>(fields: &'f Fields, name: &str) -> Option<&'f str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read() {
        let fields = parse("text=a+b%20%F0%9F%98%80%2B&&empty&x=1=2".as_bytes()).unwrap();
        assert_eq!(value(&fields, "text"), Some("a b 😀+"));
        assert_eq!((value(&fields, "empty"), value(&fields, "x")), (Some(""), Some("1=2")));
        assert_eq!(value(&fields, "none"), None);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(parse(b"text=%FF").unwrap_err().detail(), "`text` is not UTF-8");
        assert!(parse(b"%C3=1").is_err());
        assert_eq!(parse(b"a=%zz%").unwrap(), [("a".to_owned(), "%zz%".to_owned())]);
    }
}
