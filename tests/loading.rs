//! What must hold for any bytes in any format.

use mtlint_document::load::{Article, File, Format, from_bytes};
use mtlint_document::{Document, OriginMap};
use mtlint_lang::Packs;
use mtlint_text::Span;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static PACKS: LazyLock<Packs> = LazyLock::new(Packs::builtin);

const FORMATS: [Format; 7] = [
    Format::Text,
    Format::Markdown,
    Format::Html,
    Format::Latex,
    Format::Rst,
    Format::AsciiDoc,
    Format::JsonLines,
];

/// Text that is full of what the formats give a meaning to.
fn markup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        prop::sample::select(vec![
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<br>",
            "<ul><li>",
            "<td>",
            "<pre>",
            "</pre>",
            "<code>",
            "</code>",
            "<sup>",
            "<script>",
            "</script>",
            "<title>",
            "</title>",
            "<svg>",
            "</svg>",
            "<!-- ",
            " -->",
            "<a href=\"x\">",
            "<a b=c/",
            "<?x",
            "<![CDATA[",
            "]]>",
            "</",
            "<",
            ">",
            "&amp;",
            "&ampx",
            "&#8221;",
            "&#x",
            "&",
            ";",
            "&nGt;",
            "<html lang=de>",
            "<textarea>",
            "<plaintext>",
            "# ",
            "## ",
            "> ",
            "- ",
            "1. ",
            "```",
            "`",
            "``",
            "*",
            "**",
            "_",
            "[",
            "](x)",
            "![",
            "[^1]",
            "[^1]: ",
            "\\",
            "---\n",
            "+++\n",
            "| a | b |\n|---|---|\n",
            "|",
            "~~",
            "    ",
            "\t",
            "[ ] ",
            "<https://example.org>",
            "\\textbf{",
            "\\footnote{",
            "\\begin{itemize}",
            "\\item ",
            "\\end{itemize}",
            "\\begin{tabular}{l}",
            "\\'e",
            "\\\\",
            "}",
            "{",
            "$",
            "%",
            "% mtlint-x\n",
            "``",
            "''",
            "~",
            ".. note:: ",
            ".. mtlint-x\n",
            ".. [1] ",
            "::\n\n  ",
            "\n====\n",
            "|===\n",
            "== ",
            "____\n",
            "footnote:[",
            ":a:`",
            "`_",
            "[1]_",
            "+--+\n| a|\n",
            "=  =\n",
            "a::\n",
            "// mtlint-x\n",
            "<<",
            ">>",
            "{\"text\": \"",
            "\"}",
            "{\"id\": 3, \"text\": \"a\\u00e9\"}\n",
            "\"",
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            " ",
            "  ",
            "\u{FEFF}",
            "é",
            "😀",
            "“",
            "」",
            "\u{A0}",
            "\u{301}",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z ,.]{1,12}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

fn articles(file: &File) -> Vec<Article> {
    file.articles().filter_map(Result::ok).collect()
}

/// Every piece that is said to be copied is; spans lie on characters, in the text and in the file.
fn holds(article: Article) {
    let text = article.extract.text.clone();
    let original = article.original().to_owned();
    for (span, _) in article.extract.blocks.iter().flatten() {
        assert!(text.get(span.range()).is_some_and(|block| !block.is_empty()));
    }
    for (span, _) in &article.extract.mask {
        assert!(text.get(span.range()).is_some());
    }
    if let Some(map) = &article.extract.origin {
        check_map(map, &text);
    }
    let document = Document::new(article.extract, article.language, &PACKS);
    assert_eq!(document.original(), original);
    for token in document.tokens() {
        assert!(original.get(document.to_original(token.span).range()).is_some());
    }
}

fn check_map(map: &OriginMap, text: &str) {
    let original = map.original();
    for (copy, origin) in map.copied() {
        assert_eq!(&text[copy.range()], &original[origin.range()]);
        assert_eq!(map.span(copy), origin);
    }
    let mut end = 0;
    for (start, char) in text.char_indices() {
        // The text of a note, or of a cell of many lines, may lie before what comes before it in the text.
        if text[..start].ends_with('\n') {
            end = 0;
        }
        let span = Span::new(start, start + char.len_utf8());
        let origin = map.span(span);
        assert!(original.get(origin.range()).is_some(), "{origin:?} cuts a character");
        assert!(origin.start >= end, "{origin:?} lies before what came before it");
        end = origin.start;
        assert!(original.is_char_boundary(map.span(Span::at(start)).lo()));
    }
}

proptest! {
    #[test]
    fn any_bytes_load_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), format in prop::sample::select(FORMATS.to_vec())) {
        if let Ok(file) = from_bytes("any", format, bytes.clone()) {
            prop_assert_eq!(file.with_texts(&BTreeMap::new()).unwrap(), bytes);
            articles(&file).into_iter().for_each(holds);
        }
    }

    #[test]
    fn any_markup_loads(text in markup(), format in prop::sample::select(FORMATS.to_vec())) {
        // A NUL makes a file binary, wherever proptest puts it.
        let bytes = text.replace('\0', "").into_bytes();
        let file = from_bytes("any", format, bytes.clone()).unwrap();
        let same: BTreeMap<u32, String> =
            articles(&file).iter().map(|article| (article.key, article.original().to_owned())).collect();
        prop_assert_eq!(file.with_texts(&same).unwrap(), bytes);
        articles(&file).into_iter().for_each(holds);
    }

    #[test]
    fn any_text_survives_utf16(text in any::<String>(), big in any::<bool>()) {
        let mut bytes = if big { b"\xFE\xFF".to_vec() } else { b"\xFF\xFE".to_vec() };
        bytes.extend(text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }));
        let file = from_bytes("any", Format::Text, bytes.clone()).unwrap();
        prop_assert_eq!(articles(&file)[0].original().to_owned(), text.clone());
        prop_assert_eq!(file.with_texts(&BTreeMap::from([(1, text)])).unwrap(), bytes);
    }

    #[test]
    fn a_record_takes_any_text(text in any::<String>(), more in any::<String>()) {
        let line = serde_json::json!({"x": more, "text": "old", "z": 1}).to_string();
        let file = from_bytes("any", Format::JsonLines, format!("{line}\r\n").into_bytes()).unwrap();
        let bytes = file.with_texts(&BTreeMap::from([(1, text.clone())])).unwrap();
        let file = from_bytes("any", Format::JsonLines, bytes.clone()).unwrap();
        prop_assert_eq!(articles(&file)[0].original().to_owned(), text.clone());
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        prop_assert_eq!(value["x"].as_str(), Some(more.as_str()));
    }
}

/// The text of a page as the tokenizer gives it, without white space and without any positions.
fn page_text(html: &str) -> String {
    let mut emitter = html5gum::DefaultEmitter::default();
    emitter.naively_switch_states(true);
    html5gum::Tokenizer::new_with_emitter(html, emitter)
        .filter_map(|token| match token {
            Ok(html5gum::Token::String(text)) => Some(String::from_utf8_lossy(&text).into_owned()),
            _ => None,
        })
        .collect::<String>()
        .split_ascii_whitespace()
        .collect()
}

proptest! {
    #[test]
    fn no_text_of_a_page_is_lost_and_no_tag_is_text(html in markup()) {
        let skipped = ["script", "svg", "textarea"];
        let html = skipped.iter().fold(html.replace('\0', ""), |html, name| html.replace(name, "i"));
        let file = from_bytes("any", Format::Html, html.clone().into_bytes()).unwrap();
        let text: String = articles(&file)[0].extract.text.split_ascii_whitespace().collect();
        prop_assert_eq!(text, page_text(html.strip_prefix('\u{FEFF}').unwrap_or(&html)));
    }
}
