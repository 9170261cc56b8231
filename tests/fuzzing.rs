//! The properties of the fuzz targets, on the examples of all rules and on other seeds, changed at random.
//! `MTLINT_FUZZ_CASES` tells how many changed texts, `MTLINT_FUZZ_SEED` which.

#[path = "../fuzz/src/properties.rs"]
mod properties;

use mtlint_engine::rule::Registry;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// How many changed texts are tried, unless told otherwise.
const CASES: u64 = 1000;

/// Random numbers, the same on every machine (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// What is put into texts: what rules look for, and what is seldom met.
const PIECES: &[&str] = &[
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "«",
    "»",
    "„",
    "「",
    "」",
    "(",
    ")",
    "（",
    "）",
    "[",
    "]",
    "“.",
    "“,",
    "».",
    "US$5 ",
    "USD 5 ",
    ".",
    ". .",
    ",",
    " ,",
    ":",
    ";",
    "!",
    "?",
    "…",
    "—",
    "-",
    "/",
    "%",
    "$",
    "€",
    "5",
    "1,234",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{A0}",
    "\u{AD}",
    "\u{200B}",
    "\u{200D}",
    "\u{301}",
    "\u{202E}",
    "\u{FEFF}",
    "\u{FFFD}",
    "\0",
    "\u{1B}",
    "\u{85}",
    "\u{2028}",
    "中",
    "。",
    "،",
    "é",
    "Ã©",
    "ß",
    "İ",
    "😀",
    "👩‍👧",
    "a",
    "A",
    "The",
    " said",
    "Mr. ",
    "U.S.",
    "<",
    ">",
    "&amp;",
    "<b>",
    "</p>",
    "<!-- mtlint-ignore all: x -->",
    "`",
    "**",
    "# ",
    "- ",
    "| ",
    "{{ x }}",
    "\\u0022",
    "%s",
    "http://a.b/c",
];

/// Texts in the formats whose marks the examples of rules have none of.
const MARKED_UP: [&str; 3] = [
    "\\documentclass{article}\n\\title{The ferry}\n\\begin{document}\n\\section{On the \\emph{quay}}\nIt left. . ``Yes,'' said \\textbf{Ida}\\footnote{At $x$ \\& so.}.\n\\begin{itemize}\n\\item[a] One % mtlint-ignore all: x\n\\end{itemize}\n\\begin{tabular}{ll} a & b \\\\ \\end{tabular}\n\\end{document}\n",
    "The ferry\n=========\n\nIt left. . \"Yes,\" said **Ida** [1]_ of `the quay <a>`_::\n\n    code\n\n.. note:: One\n   more.\n\n.. mtlint-ignore all: x\n\n+---+---+\n| a | b |\n+---+---+\n\n==  ==\na   b\n==  ==\n\n- x\n\n  y\n\n.. [1] A note.\n",
    "= The ferry\nIda\n:a: b\n\n// mtlint-ignore all: x\nIt left. . \"`Yes`\" said *Ida*footnote:[At _noon_.] of <<a,the quay>>.\n\n[quote]\n____\n* One\n____\n\n|===\n|a |b\n2+|c\n|===\n\n----\ncode\n----\n",
];

/// A text changed in one to four places.
fn changed(seeds: &[String], random: &mut Random) -> String {
    let mut chars: Vec<char> = seeds[random.below(seeds.len())].chars().take(400).collect();
    for _ in 0..=random.below(4) {
        let at = random.below(chars.len() + 1);
        let end = (at + 1 + random.below(12)).min(chars.len());
        match random.below(6) {
            0 => drop(chars.drain(at..end)),
            1 => {
                let copy: Vec<char> = chars[at..end].to_vec();
                chars.splice(at..at, copy);
            }
            2 => {
                let other: Vec<char> = seeds[random.below(seeds.len())].chars().collect();
                let from = random.below(other.len());
                let to = (from + 1 + random.below(60)).min(other.len());
                chars.splice(at..at, other[from..to].iter().copied());
            }
            _ => drop(chars.splice(at..at, PIECES[random.below(PIECES.len())].chars())),
        }
    }
    chars.into_iter().collect()
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// Holds a property for some of the seeds themselves, and for texts made of them: one for every `share`
/// cases, for properties that take their time.
fn hold(name: &str, seeds: &[String], share: u64, property: impl Fn(&str)) {
    let mut random = Random(number("MTLINT_FUZZ_SEED", 1));
    let few = seeds.iter().take(40).cloned();
    let cases = (number("MTLINT_FUZZ_CASES", CASES) / share).max(20);
    let made: Vec<String> = (0..cases).map(|_| changed(seeds, &mut random)).collect();
    let mut broken = Vec::new();
    for text in few.chain(made) {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| property(&text))) {
            let told = panic.downcast_ref::<String>().cloned();
            let told = told.or_else(|| panic.downcast_ref::<&str>().map(|told| (*told).to_owned()));
            broken.push(format!("{text:?}\n  {}", told.unwrap_or_default()));
        }
    }
    assert!(broken.is_empty(), "{name}: {} of {cases}:\n{}", broken.len(), broken.join("\n"));
}

/// The texts of the examples of all rules.
fn examples() -> Vec<String> {
    let registry = Registry::builtin();
    let examples = registry.rules().iter().flat_map(|rule| rule.examples());
    examples.map(|example| example.text.clone()).collect()
}

/// The files of a folder of the repository.
fn files(folder: &str, most: usize) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths.iter().take(most).map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// What was found before, in words of our own.
#[test]
fn found_before() {
    let seeds = [
        // A bracket that is longer than a byte.
        "The Northern Council of Harbours（WTZ）met. The Northern Council of Harbours (WTZ）left.",
        // A mark that opens elsewhere closes here.
        "He calls it „sour,“ „dark,“ „heavy,“ „flat,“ and now „stale“, which it is not. It is „old“.",
        "The boat cost $5, the rope $6, the net $7 and the oar USD 8. The mast cost US$9 and the sail $ 10.",
        "\u{10787}[\u{1BC80} \u{AB11}.",
    ];
    let seeds = seeds.map(str::to_owned);
    hold("checking", &seeds, 4, properties::checking);
    hold("fixing", &seeds, 8, properties::fixing);
}

#[test]
fn checking() {
    hold("checking", &examples(), 1, properties::checking);
}

#[test]
fn fixing() {
    hold("fixing", &examples(), 3, properties::fixing);
}

#[test]
fn formats() {
    let mut seeds = examples();
    seeds.truncate(200);
    let records = seeds.iter().take(60).map(|text| {
        let record = |text: &String| serde_json::json!({"id": "a", "text": text, "lang": "en"}).to_string();
        record(text) + "\n" + &record(text)
    });
    let records: Vec<String> = records.collect();
    seeds.extend(records);
    seeds.extend(MARKED_UP.map(str::to_owned));
    // As UTF-8, as Windows-1252 and as UTF-16.
    hold("formats", &seeds, 3, |text| {
        properties::bytes(text.as_bytes());
        properties::bytes(&encoding_rs::WINDOWS_1252.encode(text).0);
        let units = [0xFEFF].into_iter().chain(text.encode_utf16());
        properties::bytes(&units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    });
}

#[test]
fn units() {
    let seeds = [
        "msgid \"The ferry carries %d people.\"\nmsgstr \"Die Fähre befördert %d \"\n\"Leute.\"\n",
        "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"de\"><body><trans-unit id=\"a\"><source>Open {name}</source><target>{name} &amp; öffnen</target></trans-unit></body></file></xliff>",
        "<tmx version=\"1.4\"><header srclang=\"en\"/><body><tu tuid=\"a\"><tuv xml:lang=\"en\"><seg>One</seg></tuv><tuv xml:lang=\"de\"><seg>Eins</seg></tuv></tu></body></tmx>",
        "key,en,de\na,\"One, two\",\"Eins, \"\"zwei\"\"\"\n",
        "source\ttarget\nOne\tEins\\nzwei\n",
        "1\n00:00:01,000 --> 00:00:03,000\n- Who is there?\n- Nobody.\n\n",
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<i>Nobody.</i>\n",
        "<resources><string name=\"a\">It\\'s %1$s</string></resources>",
        "\"a\" = \"Say \\\"one\\\"\";\n/* x */\n",
        "# x\na.b = It runs\\\n  all day\\u0021\nc: d\n",
        "<root><data name=\"a\"><value>One &lt;b&gt;</value></data></root>",
        "{\"a\": {\"b\": \"{count, plural, one {# boat} other {# boats}}\"}}",
        "He said: “The pier holds.”\nShe did not.\n",
    ];
    hold("units", &seeds.map(str::to_owned), 4, properties::units);
}

#[test]
fn suppression() {
    let comment =
        ["<!-- mtlint-ignore punctuation: the poet -->\n", "<!-- mtlint-ignore-start all: x -->", ""];
    let seeds = examples().into_iter().enumerate();
    let seeds: Vec<String> = seeds.map(|(index, text)| format!("{}{text}", comment[index % 3])).collect();
    hold("suppression", &seeds, 3, properties::suppression);
}

#[test]
fn configuration() {
    let seeds = [
        "select = [\"all\"]\nignore = [\"residue\"]\nmin-severity = \"minor\"\nexclude = [\"drafts/\"]\n",
        "[score]\nmax-penalty = 30\n[severity]\n\"quotation/spaced\" = \"major\"\n",
        "[[overrides]]\npaths = [\"feed/*\"]\nselect = [\"casing\"]\n",
        "[[ignore]]\npath = \"feed/*.jsonl\"\nrecord = 17\nrules = [\"casing\"]\nreason = \"a poem\"\nuntil = 2027-01-31\n",
    ];
    hold("configuration", &seeds.map(str::to_owned), 1, properties::configuration);
}

#[test]
fn rule_files() {
    hold("rule files", &files("rules/punctuation", 40), 20, properties::rules);
}

#[test]
fn glossaries() {
    let seeds = [
        "[[name]]\napproved = \"Kyiv\"\nvariants = [\"Kiev\"]\nkind = \"place\"\n\n[[name]]\napproved = 'Ida'\n",
    ];
    hold("glossaries", &seeds.map(str::to_owned), 1, properties::glossary);
}

#[test]
fn messages_to_the_server() {
    let initialize = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;
    let open = r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:1","languageId":"plaintext","version":1,"text":"One. . Two."}}}"#;
    let change = r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"untitled:1","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":3},"end":{"line":0,"character":5}},"text":"é"}]}}"#;
    let hover = r#"{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"untitled:1"},"position":{"line":0,"character":4}}}"#;
    let seeds = [[initialize, open, change, hover].join("\n"), [initialize, open, hover, change].join("\n")];
    hold("messages", &seeds, 10, properties::server);
}
