//! Each report is what its consumer accepts.

use super::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A line on which bytes, characters and UTF-16 code units differ before the damage.
const WIDE: &str = "Title\n\nZoë’s 😀 left. . He came.\n";
/// Its damage begins here, in each unit, from 1.
const WIDE_BYTES: u32 = 19;
const WIDE_CHARACTERS: u32 = 13;
const WIDE_UTF16: u32 = 14;

/// Articles in every format, some without damage, some with odd names.
fn articles() -> TempDir {
    folder(&[
        ("a b,c%/wide;[1].txt", WIDE),
        ("clean.txt", MENDED),
        ("markup.html", "<p>The <b>ferry</b> left &amp; sank. . It <i>was</i> late.</p>\n"),
        ("notes.md", "# Notes\n\nThe *ferry* left at noon. . It came back.\n"),
        (
            "records.jsonl",
            "{\"id\": \"x\", \"text\": \"The boat left.\\n\\nIt was late. . It rained.\"}\n{\"id\": \"y\", \"text\": \"The boat left. . It rained.\"}\n",
        ),
    ])
}

fn report(folder: &Path, args: &[&str]) -> String {
    let (code, out, err) = run(mtlint(folder).args(["check", "--lang=en"]).args(args));
    assert!(code < 2 && err.is_empty(), "{code} {err}");
    out
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn assert_valid(schema: &str, value: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(schema);
    // A stray bracket in two patterns of SARIF's schema, which strict readers refuse.
    let text = fs::read_to_string(path).unwrap().replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema = parsed(&text);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// The elements of well-formed XML with their attributes, in their order.
fn elements(xml: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_comments = true;
    let mut found = Vec::new();
    let element = |start: &BytesStart<'_>| {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("attributes are well-formed");
            let value =
                attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).expect("entities are known");
            (attribute.key.as_ref().to_owned(), value.into_owned())
        });
        (start.name().as_ref().to_owned(), attributes.collect())
    };
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}")) {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => found.push(element(&start)),
            _ => {}
        }
    }
    let allowed = |char: char| !char.is_control() || matches!(char, '\n' | '\r' | '\t');
    assert!(xml.chars().all(allowed), "characters that XML cannot hold");
    found
}

fn named<'e>(
    elements: &'e [(String, BTreeMap<String, String>)],
    name: &str,
) -> Vec<&'e BTreeMap<String, String>> {
    elements.iter().filter(|(known, _)| known == name).map(|(_, attributes)| attributes).collect()
}

#[test]
fn sarif_is_valid_whatever_is_found() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for (folder, args) in [(examples.as_path(), vec![]), (articles().path(), vec!["--min-confidence=low"])] {
        let log = parsed(&report(folder, &[&["--format=sarif"], args.as_slice()].concat()));
        assert_valid("sarif-2.1.0-rtm.5.json", &log);
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let mut fingerprints = BTreeSet::new();
        assert!(!run["results"].as_array().unwrap().is_empty());
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
            assert_eq!(place["uriBaseId"], "%SRCROOT%");
            let uri = place["uri"].as_str().unwrap();
            assert!(!uri.starts_with(['/', '.']) && !uri.contains([' ', ',', ';', '[']), "{uri}");
            for taxon in result["taxa"].as_array().unwrap() {
                let taxonomy = usize::try_from(taxon["toolComponent"]["index"].as_u64().unwrap()).unwrap();
                let index = usize::try_from(taxon["index"].as_u64().unwrap()).unwrap();
                assert_eq!(run["taxonomies"][taxonomy]["taxa"][index]["id"], taxon["id"]);
            }
            let own = &result["partialFingerprints"]["mtlint/v1"];
            let region = result["locations"][0]["logicalLocations"].to_string();
            assert!(fingerprints.insert(format!("{uri} {region} {own}")), "{own} comes twice");
        }
        for rule in rules {
            assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 10);
        }
    }
}

#[test]
fn sarif_counts_utf16_and_knows_how_to_mend() {
    let folder = articles();
    let log = parsed(&report(folder.path(), &[SELECT, "--format=sarif"]));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let results = run["results"].as_array().unwrap();
    let wide = &results[0];
    let place = &wide["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b%2Cc%25/wide%3B%5B1%5D.txt");
    let region = json!({"startLine": 3, "startColumn": WIDE_UTF16, "endLine": 3, "endColumn": WIDE_UTF16 + 3, "snippet": {"text": ". ."}});
    assert_eq!(place["region"], region);
    let replacement = &wide["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["deletedRegion"]["endColumn"], WIDE_UTF16 + 3);
    assert_eq!(replacement["deletedRegion"]["startColumn"], WIDE_UTF16 + 1);
    let in_record = results.iter().find(|result| result.to_string().contains("records.jsonl")).unwrap();
    assert_eq!(in_record["locations"][0]["physicalLocation"]["region"], json!({"startLine": 1}));
    assert_eq!(in_record["message"]["text"], "record x at 3:12: two full stops where one was meant");
    assert!(in_record.get("fixes").is_none(), "the file holds the text otherwise");
}

#[test]
fn sarif_tells_of_files_that_could_not_be_read() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    let (code, out, _) =
        super::run(mtlint(folder.path()).args(["check", SELECT, "--format=sarif", "a.txt", "gone.txt"]));
    let log = parsed(&out);
    assert_eq!(code, 2);
    assert_valid("sarif-2.1.0-rtm.5.json", &log);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(told.starts_with("gone.txt: there is no such file"), "{told}");
}

#[test]
fn sarif_holds_no_more_than_github_takes() {
    let folder = folder(&[
        ("a.txt", &"The ferry left. . It came back.\n".repeat(25_010)),
        ("b.txt", "It says Zoe\u{FFFD} here.\n"),
    ]);
    let select = "--select=punctuation/repeated-stop,encoding/replacement-character";
    let (code, out, err) =
        super::run(mtlint(folder.path()).args(["check", select, "--lang=en", "--format=sarif"]));
    assert_eq!(code, 1);
    assert!(err.contains("25,000 findings of 25011") && err.contains("11 findings are left out"), "{err}");
    let log = parsed(&out);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert_eq!(results.last().unwrap()["level"], "error", "the more severe one is kept");
    let notes = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert!(notes[0]["message"]["text"].as_str().unwrap().contains("are left out"));
}

#[test]
fn annotations_of_github_are_escaped_and_summed_up() {
    let folder = articles();
    let out = report(folder.path(), &[SELECT, "--format=github"]);
    let wide = out.lines().find(|line| line.contains("wide")).unwrap();
    let place = format!("line=3,endLine=3,col={WIDE_CHARACTERS},endColumn={}", WIDE_CHARACTERS + 3);
    assert_eq!(
        wide,
        format!(
            "::warning file=a b%2Cc%25/wide;[1].txt,{place},title=punctuation/repeated-stop (minor)::\
             a b,c%25/wide;[1].txt:3:13: two full stops where one was meant"
        )
    );
    let record = out.lines().find(|line| line.contains("records.jsonl")).unwrap();
    assert!(record.contains("file=records.jsonl,line=1,endLine=1,title="), "{record}");
    assert!(!out.contains("::notice"), "nothing is hidden");
    fs::write(folder.path().join("many.txt"), DAMAGED.repeat(20)).unwrap();
    let out = report(folder.path(), &[SELECT, "--format=github"]);
    assert!(
        out.starts_with("::notice title=mtlint::25 findings (25 minor) in 7 documents. GitHub shows 10"),
        "{out}"
    );
    assert_eq!(out.lines().count(), 26);
}

#[test]
fn a_job_of_github_gets_a_summary() {
    let folder = folder(&[("a.txt", &DAMAGED.repeat(300)), ("summary.md.txt", "")]);
    let path = folder.path().join("step-summary");
    fs::write(&path, "# Before\n").unwrap();
    let args = ["check", SELECT, "--format=github", "a.txt"];
    let (code, ..) = super::run(mtlint(folder.path()).args(args).env("GITHUB_STEP_SUMMARY", &path));
    assert_eq!(code, 1);
    let summary = fs::read_to_string(&path).unwrap();
    assert!(
        summary.starts_with("# Before\n## mtlint\n\n**300 findings** (300 minor) in 1 document, "),
        "{summary}"
    );
    assert!(
        summary
            .contains("| 300 | `punctuation/repeated-stop` | minor | two full stops where one was meant |")
    );
    assert!(summary.ends_with("\n200 findings more\n"), "{}", &summary[summary.len() - 100..]);
    fs::write(&path, "x".repeat((1 << 20) - 1500)).unwrap();
    super::run(mtlint(folder.path()).args(args).env("GITHUB_STEP_SUMMARY", &path));
    let size = fs::metadata(&path).unwrap().len();
    assert!((1 << 20) - 1000 < size && size <= 1 << 20, "{size}");
    let out = report(folder.path(), &[SELECT, "--format=markdown", "a.txt"]);
    assert!(out.starts_with("## mtlint\n") && out.len() <= 65_536);
}

#[test]
fn code_quality_of_gitlab_has_its_shape() {
    let folder = articles();
    let out = report(folder.path(), &["--format=gitlab"]);
    let entries = parsed(&out);
    let mut fingerprints = BTreeSet::new();
    for entry in entries.as_array().unwrap() {
        let keys: Vec<&str> = entry.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["check_name", "description", "fingerprint", "location", "severity"]);
        assert!(["info", "minor", "major", "critical"].contains(&entry["severity"].as_str().unwrap()));
        assert!(!entry["location"]["path"].as_str().unwrap().starts_with("./"));
        assert!(entry["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        assert!(fingerprints.insert(entry["fingerprint"].as_str().unwrap().to_owned()));
    }
    assert!(fingerprints.len() >= 5);
    assert_eq!(parsed(&report(folder.path(), &["--format=gitlab", "clean.txt"])), json!([]));
}

#[test]
fn diagnostics_of_reviewdog_count_bytes() {
    let folder = articles();
    let out = report(folder.path(), &["--format=rdjsonl"]);
    for line in out.lines() {
        assert_valid("rdjson-diagnostic.json", &parsed(line));
    }
    let out = report(folder.path(), &[SELECT, "--format=rdjsonl"]);
    let wide = parsed(out.lines().next().unwrap());
    let range =
        |from: u32, to: u32| json!({"start": {"line": 3, "column": from}, "end": {"line": 3, "column": to}});
    assert_eq!(wide["location"]["range"], range(WIDE_BYTES, WIDE_BYTES + 3));
    assert_eq!(wide["suggestions"], json!([{"range": range(WIDE_BYTES + 1, WIDE_BYTES + 3), "text": ""}]));
    let record = parsed(out.lines().last().unwrap());
    assert_eq!(record["location"]["range"], json!({"start": {"line": 2}}));
    assert!(record.get("suggestions").is_none());
}

#[test]
fn checkstyle_is_well_formed() {
    let folder = articles();
    fs::write(folder.path().join("odd\u{1B}\"<.txt"), "It left\u{0B}. . <b> \u{FFFE}& \"so\".\n").unwrap();
    let found = elements(&report(folder.path(), &["--format=checkstyle", "--min-confidence=low"]));
    assert_eq!(found[0].0, "checkstyle");
    let files: Vec<&str> = named(&found, "file").iter().map(|file| file["name"].as_str()).collect();
    assert_eq!(files[0], "a b,c%/wide;[1].txt");
    assert!(files.contains(&"clean.txt") && files.contains(&"odd\"<.txt"), "{files:?}");
    let found = elements(&report(folder.path(), &["--format=checkstyle", SELECT]));
    let wide = named(&found, "error")[0];
    assert_eq!((wide["line"].as_str(), wide["column"].as_str()), ("3", WIDE_CHARACTERS.to_string().as_str()));
    assert_eq!(wide["severity"], "warning");
    assert_eq!(wide["source"], "mtlint.punctuation.repeated-stop");
}

#[test]
fn junit_has_a_case_a_file_and_rule() {
    let folder = articles();
    fs::write(folder.path().join("twice.txt"), format!("{DAMAGED}{DAMAGED}It left\u{0B} <b>.\n")).unwrap();
    let (code, out, _) =
        super::run(mtlint(folder.path()).args(["check", SELECT, "--format=junit", ".", "gone.txt"]));
    assert_eq!(code, 2);
    let found = elements(&out);
    assert_eq!(found[0].0, "testsuites");
    let suites = named(&found, "testsuite");
    let by_name = |name: &str| *suites.iter().find(|suite| suite["name"] == name).unwrap();
    assert_eq!(by_name("clean.txt")["failures"], "0");
    assert_eq!(by_name("clean.txt")["tests"], "1");
    assert_eq!(by_name("twice.txt")["failures"], "1");
    assert_eq!(by_name("records.jsonl#y")["failures"], "1");
    assert_eq!(by_name("mtlint")["errors"], "1");
    let cases = named(&found, "testcase");
    let distinct: BTreeSet<_> = cases.iter().map(|case| (&case["classname"], &case["name"])).collect();
    assert_eq!(distinct.len(), cases.len());
    let total: usize = suites.iter().map(|suite| suite["tests"].parse::<usize>().unwrap()).sum();
    assert_eq!(total, cases.len());
    let failure =
        named(&found, "failure").into_iter().find(|failure| failure["message"].contains("more")).unwrap();
    assert_eq!(failure["message"], "two full stops where one was meant (and 1 more)");
    assert_eq!(failure["type"], "minor");
    assert!(
        out.contains("twice.txt:1:23: minor: two full stops where one was meant\ntwice.txt:2:23: "),
        "{out}"
    );
}

#[test]
fn logging_commands_of_azure_are_escaped() {
    let folder = articles();
    let out = report(folder.path(), &[SELECT, "--format=azure"]);
    assert_eq!(
        out.lines().next().unwrap(),
        "##vso[task.logissue type=warning;sourcepath=a b,c%AZP25/wide%3B[1%5D.txt;linenumber=3;columnnumber=13;\
         code=punctuation/repeated-stop;]two full stops where one was meant"
    );
}

#[test]
fn error_spans_of_wmt_are_what_their_script_reads() {
    let folder = articles();
    fs::write(folder.path().join("tabs.txt"), "  \tLeft. . \tBack. . \n\nFine.\nThe boat\u{FFFD} is.")
        .unwrap();
    let select = "--select=punctuation/repeated-stop,encoding/replacement-character";
    let out = report(folder.path(), &[select, "--format=wmt"]);
    let mut lines = out.lines();
    assert_eq!(lines.by_ref().take(3).collect::<Vec<_>>(), ["0", "0", "1"]);
    let mut marked = Vec::new();
    for line in lines {
        let fields: Vec<&str> = line.trim().split('\t').collect();
        assert_eq!(fields.len(), 7, "{line}");
        let [pair, method, number, segment, starts, ends, severities] = fields[..] else { panic!("{line}") };
        assert_eq!((pair, method), ("und-en", "mtlint"));
        number.parse::<u32>().unwrap();
        if severities == "no-error" {
            assert_eq!((starts, ends), ("-1", "-1"));
            continue;
        }
        assert_eq!(segment, segment.trim());
        let characters: Vec<char> = segment.chars().collect();
        let numbers = |list: &str| list.split(' ').map(|n| n.parse::<usize>().unwrap()).collect::<Vec<_>>();
        for ((start, end), severity) in
            numbers(starts).into_iter().zip(numbers(ends)).zip(severities.split(' '))
        {
            marked.push((characters[start..end].iter().collect::<String>(), severity.to_owned()));
        }
    }
    let stops = (". .".to_owned(), "minor".to_owned());
    assert_eq!(marked.iter().filter(|mark| **mark == stops).count(), 7, "{marked:?}");
    assert!(marked.contains(&("\u{FFFD}".to_owned(), "major".to_owned())), "{marked:?}");
}

#[test]
fn its_marks_the_text() {
    let folder = articles();
    // A quotation that is closed too early, with a doubled stop inside: findings on one another.
    let text = "She said: “It is late.. . We have ice for two more days.” The market feeds the town.\n";
    fs::write(folder.path().join("nested.txt"), format!("{text}The boat left. .\u{0B} It sank.\n{DAMAGED}"))
        .unwrap();
    let xml = report(folder.path(), &["--format=its-xml", "--min-confidence=low"]);
    let found = elements(&xml);
    assert_eq!(found[0].1["its:version"], "2.0");
    assert_eq!(found[0].1["xmlns:its"], "http://www.w3.org/2005/11/its");
    let lists: BTreeSet<&str> =
        named(&found, "its:locQualityIssues").iter().map(|list| list["xml:id"].as_str()).collect();
    let mut single = 0;
    for span in named(&found, "span") {
        if let Some(reference) = span.get("its:locQualityIssuesRef") {
            assert!(lists.contains(reference.strip_prefix('#').unwrap()));
        } else {
            single += 1;
            assert!(mtlint_engine::rule::ITS_TYPES.contains(&span["its:locQualityIssueType"].as_str()));
            assert!(span["its:locQualityIssueSeverity"].parse::<u32>().unwrap() <= 100);
            assert!(span["its:locQualityIssueComment"].contains('/'));
        }
    }
    assert!(single >= 5);
    let html = report(folder.path(), &["--format=its", SELECT]);
    let spans: Vec<&str> = html.split("<span ").skip(1).collect();
    assert!(spans.len() >= 5);
    for span in spans {
        assert!(
            span.starts_with("its-loc-quality-issue-type=\"typographical\" its-loc-quality-issue-comment=\""),
            "{span}"
        );
        assert!(span.contains(">. .</span>"), "{span}");
    }
}

#[test]
fn reports_of_nothing_are_valid() {
    let folder = folder(&[("clean.txt", MENDED)]);
    let of = |format: &str| report(folder.path(), &[format!("--format={format}").as_str()]);
    let log = parsed(&of("sarif"));
    assert_valid("sarif-2.1.0-rtm.5.json", &log);
    assert_eq!(log["runs"][0]["results"], json!([]));
    assert_eq!((of("github"), of("rdjsonl"), of("azure")), (String::new(), String::new(), String::new()));
    assert!(of("markdown").contains("No findings in 1 document"));
    assert_eq!(named(&elements(&of("junit")), "testcase").len(), 1);
    elements(&of("checkstyle"));
    elements(&of("its-xml"));
}
