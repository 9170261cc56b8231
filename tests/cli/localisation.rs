//! The guide for localisation repositories, word by word: its files are written, its commands run.

use super::{mtlint, run};
use std::fs;
use std::path::Path;

/// The code blocks of the guide: the language of each and its text.
fn blocks() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide-localisation.md");
    let guide = fs::read_to_string(path).unwrap();
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in guide.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

fn block(language: &str) -> String {
    blocks().into_iter().find(|(it, _)| it == language).unwrap().1
}

#[test]
fn the_guide_finds_and_mends_what_it_says() {
    let (po, glossary) = (block("po"), block("tsv"));
    let folder = super::folder(&[("locale/de.po", &po), ("glossary.tsv", &glossary)]);
    let args = ["check", "--isolated", "--glossary", "glossary.tsv", "locale/de.po"];
    let (code, out, _) = run(mtlint(folder.path()).args(args).args(["--format", "concise"]));
    assert_eq!(code, 1);
    for (line, rule) in [(7, "markup/placeholder"), (10, "number/changed"), (13, "term/forbidden")] {
        let found =
            out.lines().any(|it| it.starts_with(&format!("locale/de.po:{line}:")) && it.contains(rule));
        assert!(found, "{rule} in line {line}:\n{out}");
    }
    run(mtlint(folder.path()).args(args).arg("--fix"));
    let fixed = fs::read_to_string(folder.path().join("locale/de.po")).unwrap();
    assert_eq!(fixed, po.replace("{Name}", "{name}"));
}

#[test]
fn a_pattern_says_where_the_sources_lie() {
    let folder = super::folder(&[
        ("docs/en/pier/hours.md", "# Hours\n\nThe pier opens at 7 and holds 45 boats.\n"),
        ("docs/de/pier/hours.md", "# Zeiten\n\nDer Anleger öffnet um 7 und fasst 54 Boote.\n"),
        ("docs/fr/pier/hours.md", "# Horaires\n\nLa jetée ouvre à 7 heures et accueille 45 bateaux.\n"),
    ]);
    let args = ["check", "--isolated", "--format", "concise", "--source-lang", "en"];
    let pattern = ["--source", "docs/{lang}/{path}", "docs"];
    let (code, out, _) = run(mtlint(folder.path()).args(args).args(pattern));
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("docs/de/pier/hours.md:3:") && out.contains("number/changed"), "{out}");
    assert!(!out.contains("docs/fr") && !out.contains("docs/en"), "{out}");
    let (code, _, told) =
        run(mtlint(folder.path()).args(args).args(["--source", "text/{lang}/{path}", "docs"]));
    assert!(code == 2 && told.contains("does not fit the pattern"), "{told}");
}

#[test]
fn files_of_all_formats_pass_and_fail_as_a_gate() {
    let source = "{\"menu\": {\"open\": \"Open {name}\", \"left\": \"45 seats left\"}}\n";
    let right = "{\"menu\": {\"open\": \"{name} öffnen\", \"left\": \"Noch 45 Plätze frei\"}}\n";
    let folder = super::folder(&[
        ("en.json", source),
        ("de.json", right),
        ("wrong.json", &right.replace("45", "54")),
        ("broken.json", "{\"menu\": {,}}\n"),
    ]);
    let check = |file: &str| {
        let args =
            ["check", "--isolated", "--source", "en.json", "--source-lang", "en", "--lang", "de", file];
        run(mtlint(folder.path()).args(args))
    };
    assert_eq!(check("de.json").0, 0);
    assert_eq!(check("wrong.json").0, 1);
    let (code, _, told) = check("broken.json");
    assert!(code == 2 && told.contains("broken.json"), "{told}");
}

/// The name and content of a file, those of its source, and the line that is wrong.
type Wrong = (&'static str, &'static str, Option<(&'static str, &'static str)>, u32);

/// A file of each format whose target says 54 where the source says 45, the source beside it where the format
/// does not hold it, and the line that is wrong.
const FORMATS: [Wrong; 6] = [
    (
        "pier.ts",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE TS>\n<TS language=\"de\">\n<context><name>P</name>\n<message><source>The ferry carries 45 people.</source>\n<translation>Die Fähre fasst 54 Leute.</translation></message></context></TS>\n",
        None,
        6,
    ),
    (
        "pier.ftl",
        "seats = Die Fähre fasst 54 Leute.\n",
        Some(("en.ftl", "seats = The ferry carries 45 people.\n")),
        1,
    ),
    (
        "pier.yml",
        "de:\n  pier:\n    seats: \"Die Fähre fasst 54 Leute.\"\n",
        Some(("en.yml", "en:\n  pier:\n    seats: The ferry carries 45 people.\n")),
        3,
    ),
    (
        "pier.stringsdict",
        "<plist version=\"1.0\"><dict><key>a</key><dict>\n<key>NSStringLocalizedFormatKey</key><string>Die Fähre fasst 54 Leute.</string>\n</dict></dict></plist>\n",
        Some((
            "en.stringsdict",
            "<plist version=\"1.0\"><dict><key>a</key><dict>\n<key>NSStringLocalizedFormatKey</key><string>The ferry carries 45 people.</string>\n</dict></dict></plist>\n",
        )),
        2,
    ),
    (
        "pier.xcstrings",
        "{\"sourceLanguage\": \"en\", \"strings\": {\n\"The ferry carries 45 people.\": {\"localizations\": {\n\"de\": {\"stringUnit\": {\"state\": \"translated\", \"value\": \"Die Fähre fasst 54 Leute.\"}}}}}}\n",
        None,
        3,
    ),
    (
        "pier.arb",
        "{\"@@locale\": \"de\",\n\"seats\": \"Die Fähre fasst 54 Leute.\"}\n",
        Some(("en.arb", "{\"@@locale\": \"en\", \"seats\": \"The ferry carries 45 people.\"}\n")),
        2,
    ),
];

#[test]
fn every_format_is_read_and_named_by_its_line() {
    for (name, text, source, line) in FORMATS {
        let mut files = vec![(name, text)];
        files.extend(source);
        let folder = super::folder(&files);
        let mut args =
            vec!["check", "--isolated", "--format", "concise", "--source-lang", "en", "--lang", "de"];
        args.extend(source.iter().flat_map(|(name, _)| ["--source", *name]));
        let (code, out, told) = run(mtlint(folder.path()).args(&args).arg(name));
        assert_eq!(code, 1, "{name}: {out}{told}");
        let is_found = |it: &str| it.starts_with(&format!("{name}:{line}:")) && it.contains("number/changed");
        assert!(out.lines().any(is_found), "{name}: {out}");
    }
}

#[test]
fn every_format_is_fixed_in_place_and_nowhere_else() {
    for (name, text, source, _) in FORMATS {
        // A blank too many at the end is mended by a safe fix, in quotation marks or without.
        let damaged = text.replace("54 Leute.", "45 Leute {Name}.");
        let right = text.replace("54 Leute.", "45 Leute {name}.");
        let of_source = source.map(|(name, text)| (name, text.replace("people.", "people {name}.")));
        let (damaged, right) = match of_source {
            None => {
                (damaged.replace("people.", "people {name}."), right.replace("people.", "people {name}."))
            }
            Some(_) => (damaged, right),
        };
        // A placeable of Fluent is a variable.
        let is_fluent = name.ends_with("ftl");
        let as_written = |text: &str| match is_fluent {
            true => text.replace("{name}", "{ $name }").replace("{Name}", "{ $Name }"),
            false => text.to_owned(),
        };
        let mut files = vec![(name, as_written(&damaged))];
        files.extend(of_source.map(|(name, text)| (name, as_written(&text))));
        let borrowed: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let folder = super::folder(&borrowed);
        let mut args = vec!["check", "--isolated", "--fix", "--source-lang", "en", "--lang", "de"];
        args.extend(source.iter().flat_map(|(name, _)| ["--source", *name]));
        let (_, out, told) = run(mtlint(folder.path()).args(&args).arg(name));
        let fixed = fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(fixed, as_written(&right), "{name}: {out}{told}");
    }
}

#[test]
fn broken_files_of_every_format_are_named_and_left_alone() {
    let broken = [
        ("a.ts", "<TS><context>\n<name>x</context></TS>"),
        ("a.ftl", "hello = { $a\n"),
        ("a.yml", "a: [b,\n"),
        ("a.stringsdict", "<plist><dict>\n<key>a</dict></plist>"),
        ("a.xcstrings", "{\"sourceLanguage\": \"en\",\n\"strings\": {,}}"),
        ("a.arb", "{\"a\": \"b\",\n}"),
    ];
    for (name, text) in broken {
        let folder = super::folder(&[(name, text)]);
        let (code, _, told) = run(mtlint(folder.path()).args(["check", "--isolated", "--fix", name]));
        assert!(code == 2 && told.contains(&format!("{name}:")), "{name}: {told}");
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), text);
    }
}

const HOURS: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n\n# mtlint-ignore number/changed: the German office opens later\nmsgid \"The office is open from 8 to 18.\"\nmsgstr \"Das Büro ist von 9 bis 18 geöffnet.\"\n\n#, ignore-end-stop\nmsgid \"All berths are taken for the whole night.\"\nmsgstr \"Alle Liegeplätze sind für die ganze Nacht belegt\"\n";

#[test]
fn notes_and_flags_keep_quiet_about_their_unit() {
    let folder = super::folder(&[("de.po", HOURS)]);
    let check =
        |args: &[&str]| run(mtlint(folder.path()).args(["check", "--isolated"]).args(args).arg("de.po"));
    let (code, out, told) = check(&[]);
    assert_eq!(code, 0, "{out}{told}");
    // A note that keeps quiet about nothing is told, a flag of another tool is not.
    let quiet = HOURS.replace("von 9 bis", "von 8 bis").replace("Nacht belegt", "Nacht belegt.");
    fs::write(folder.path().join("de.po"), quiet).unwrap();
    let (_, out, _) = check(&["--format", "concise"]);
    assert_eq!(out.matches("suppression/unused").count(), 1, "{out}");
    fs::write(folder.path().join("de.po"), HOURS.replace("number/changed", "number/chnged")).unwrap();
    let (_, out, _) = check(&["--format", "concise"]);
    assert!(out.contains("suppression/malformed") && out.contains("number/changed"), "{out}");
}

#[test]
fn what_was_dismissed_stays_so_when_the_file_is_exported_again() {
    let plain = HOURS
        .replace("# mtlint-ignore number/changed: the German office opens later\n", "")
        .replace("#, ignore-end-stop\n", "");
    // Another tool wraps the lines, turns the order round and adds places.
    let again = "# Exported.\nmsgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n\n#: src/berth.c:7\nmsgid \"\"\n\"All berths are taken \"\n\"for the whole night.\"\nmsgstr \"\"\n\"Alle Liegeplätze sind \"\n\"für die ganze Nacht belegt\"\n\n#: src/hours.c:12\nmsgid \"The office is open from 8 to 18.\"\nmsgstr \"Das Büro ist von 9 bis 18 geöffnet.\"\n";
    let entries = "[[ignore]]\npath = 'de.po'\nrecord = 'The office is open from 8 to 18.'\nrules = ['number/changed']\nreason = 'later there'\n\n[[ignore]]\npath = 'de.po'\nrecord = 'All berths are taken for the whole night.'\nrules = ['punctuation/end-mark']\nreason = 'a label'\n";
    let folder = super::folder(&[("de.po", &plain), (".mtlintignore.toml", entries)]);
    let check = |args: &[&str]| run(mtlint(folder.path()).arg("check").args(args).arg("de.po")).0;
    assert_eq!(check(&["--isolated"]), 1);
    assert_eq!(check(&[]), 0);
    fs::write(folder.path().join("de.po"), again).unwrap();
    assert_eq!(check(&[]), 0);
    fs::remove_file(folder.path().join(".mtlintignore.toml")).unwrap();
    fs::write(folder.path().join("de.po"), plain).unwrap();
    run(mtlint(folder.path()).args(["check", "--baseline", "known.json", "--write-baseline", "de.po"]));
    fs::write(folder.path().join("de.po"), again).unwrap();
    assert_eq!(check(&["--baseline", "known.json"]), 0);
}

#[test]
fn reports_show_both_sides() {
    let plain = HOURS.replace("# mtlint-ignore number/changed: the German office opens later\n", "");
    let folder = super::folder(&[("de.po", &plain)]);
    let report = |format: &str| {
        run(mtlint(folder.path()).args(["check", "--isolated", "--format", format, "de.po"])).1
    };
    let page = report("html");
    assert!(page.contains("class=\"sides\"") && page.contains("class=\"source-mark\""), "no two columns");
    let sarif: serde_json::Value = serde_json::from_str(&report("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let changed = results.iter().find(|it| it["ruleId"] == "number/changed").unwrap();
    let region = &changed["relatedLocations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["snippet"]["text"]), (&5.into(), &"8".into()), "{changed}");
}
