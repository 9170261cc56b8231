//! `mtlint names`, and the glossary that it writes.

use super::*;

const BAKER: &str = "The baker Tunde Adeyemi opens at six. On Sundays Adeyemi sleeps.\n";
const ROAD: &str = "The road to Győr is shut. Nobody told Adeyemi so.\n";

#[test]
fn the_names_of_a_folder_are_taken_together() {
    let folder = folder(&[("a.txt", BAKER), ("b/c.txt", ROAD)]);
    let (code, out, _) = run(mtlint(folder.path()).args(["names", "."]));
    assert_eq!(code, 0);
    let lines: Vec<String> =
        out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(lines, ["2 person Tunde Adeyemi; Adeyemi (1)", "1 unknown Adeyemi", "1 unknown Győr"]);
    let (_, out, _) = run(mtlint(folder.path()).args(["names", "--format=json", "--min-mentions=2"]));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((json["version"].as_u64(), json["documents"].as_u64()), (Some(1), Some(2)));
    let [name] = json["names"].as_array().unwrap().as_slice() else { panic!("{out}") };
    let place = &name["forms"][1]["places"][0];
    let (start, end) = (place["start"].as_u64().unwrap() as usize, place["end"].as_u64().unwrap() as usize);
    assert_eq!(place["path"], "a.txt");
    assert_eq!(&BAKER[start..end], "Adeyemi");
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_is_listed() {
    let folder = folder(&[("a.txt", BAKER)]);
    let (code, out, err) = run(mtlint(folder.path()).args(["names", "a.txt", "none.txt"]));
    assert_eq!(code, 2);
    assert!(out.contains("Tunde Adeyemi") && err.contains("none.txt"), "{out}{err}");
}

#[test]
fn a_ledger_comes_back_as_a_glossary() {
    let folder = folder(&[("a.txt", ROAD), ("b.txt", "The train to Gyor was late, and Gyor was cold.\n")]);
    let (_, glossary, _) = run(mtlint(folder.path()).args(["names", "--format=glossary", "a.txt"]));
    assert!(glossary.contains("approved = \"Győr\""), "{glossary}");
    fs::write(folder.path().join("names.toml"), glossary).unwrap();
    let check = ["check", "--select=name", "--format=concise", "b.txt"];
    let (code, out, _) = run(mtlint(folder.path()).args(check));
    assert_eq!(code, 0, "{out}");
    let (code, out, _) = run(mtlint(folder.path()).args(check).arg("--glossary=names.toml"));
    assert_eq!(code, 1);
    assert_eq!(out.matches("name/glossary").count(), 2, "{out}");
    // The configuration names it from its own folder.
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(folder.path().join("mtlint.toml"), "glossary = 'names.toml'\n").unwrap();
    fs::copy(folder.path().join("b.txt"), folder.path().join("sub/b.txt")).unwrap();
    let (code, out, _) = run(mtlint(&folder.path().join("sub")).args(check));
    assert_eq!((code, out.matches("name/glossary").count()), (1, 2), "{out}");
}

#[test]
fn a_wrong_glossary_is_told_with_its_line() {
    let folder = folder(&[("a.txt", BAKER), ("n.toml", "[[name]]\napproved = ''\n")]);
    let (code, _, err) = run(mtlint(folder.path()).args(["check", "--glossary=n.toml", "a.txt"]));
    assert_eq!(code, 2);
    assert!(err.contains("n.toml:2: `approved`"), "{err}");
    let (code, _, err) = run(mtlint(folder.path()).args(["check", "--glossary=no.toml", "a.txt"]));
    assert!(code == 2 && err.contains("--glossary: no.toml: there is no such file"), "{err}");
}

/// Four articles: two ways to write a name, each article with its own, and one with a slip.
const HOUSE_STYLES: [(&str, &str); 4] = [
    (
        "news/a.txt",
        "The clinic saw many cases of COVID in May. Since COVID came, the ward of COVID has been full.\n",
    ),
    ("news/b.txt", "The clinic saw few cases of Covid in June. The nurses say that Covid is gone.\n"),
    (
        "news/c.txt",
        "The road to Győr is shut. Nobody in Győr was told, and the trains to Győr are full. The mayor of Gyor slept.\n",
    ),
    ("news/d.txt", "The envoy of the UN came. The boats of the U.N. stayed, and the UN paid for them.\n"),
];

#[test]
fn spellings_are_taken_together_over_a_folder() {
    let folder = folder(&HOUSE_STYLES);
    let (_, out, _) = run(mtlint(folder.path()).args(["names", "--isolated", "news"]));
    for (usual, other) in [("COVID", "Covid (2, other capitals)"), ("Győr", "Gyor (1, other diacritics)")] {
        let lines: Vec<&str> = out.lines().filter(|line| line.contains(usual)).collect();
        let [line] = lines.as_slice() else { panic!("{usual} is not one name:\n{out}") };
        assert!(line.contains(other), "{line}");
    }
}

#[test]
fn an_acronym_is_known_from_another_document() {
    let folder = folder(&[
        ("a.txt", "The envoy of the Harbour Safety Council (HSC) came on Monday. The HSC has ten members.\n"),
        ("b.txt", "A boat of the HSC was seen. Nobody told the HSC so.\n"),
    ]);
    let (_, out, _) = run(mtlint(folder.path()).args(["names", "--isolated"]));
    assert!(!out.lines().any(|line| line.trim_end().ends_with("  HSC")), "{out}");
    assert!(out.contains("organisation") && out.contains("HSC (4)"), "{out}");
}

#[test]
fn what_nothing_tells_to_be_a_person_is_none() {
    let text = "The fields of Western Europe said nothing to us. In Europe it rained. The plan of Guide To Closing was \
        read. Closing was hard.\n\nThe news came to Ms Ida Fossum. Fossum wept.\n";
    let folder = folder(&[("a.txt", text)]);
    let (_, out, _) = run(mtlint(folder.path()).args(["names", "--isolated"]));
    let persons: Vec<&str> = out.lines().filter(|line| line.contains(" person ")).collect();
    assert!(persons.len() == 1 && persons[0].contains("Ida Fossum"), "{out}");
}

#[test]
fn a_glossary_raises_nothing_new_on_its_own_texts() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let folder = folder(&HOUSE_STYLES);
    for entry in fs::read_dir(&examples).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, folder.path().join("news").join(path.file_name().unwrap())).unwrap();
        }
    }
    let (_, glossary, _) = run(mtlint(folder.path()).args(["names", "--format=glossary", "news"]));
    assert!(
        glossary.contains("# COVID 3, Covid 2\n[[name]]\napproved = \"COVID\"\naccepted = [\"Covid\"]"),
        "{glossary}"
    );
    assert!(glossary.contains("approved = \"Győr\"\nvariants = [\"Gyor\"]"), "{glossary}");
    fs::write(folder.path().join("names.toml"), glossary).unwrap();
    let check = ["check", "--format=json", "--exit-zero", "news"];
    let places = |args: &[&str]| -> Vec<(String, String, u64, u64)> {
        let (_, out, err) = run(mtlint(folder.path()).args(check).args(args));
        let json: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
        let documents = json["documents"].as_array().unwrap();
        documents
            .iter()
            .flat_map(|document| {
                let path = format!("{}{}", document["path"], document["record"]["id"]);
                let findings = document["findings"].as_array().unwrap().iter();
                findings.map(move |finding| {
                    let span = &finding["span"];
                    (
                        path.clone(),
                        finding["rule"].to_string(),
                        span["start"].as_u64().unwrap(),
                        span["end"].as_u64().unwrap(),
                    )
                })
            })
            .collect()
    };
    let before = places(&[]);
    let after = places(&["--glossary=names.toml"]);
    assert!(
        after.iter().any(|found| found.1.contains("name/glossary")),
        "the slip is one of the glossary now"
    );
    for (path, rule, start, end) in &after {
        let known = before.iter().any(|(other, _, from, to)| path == other && from < end && start < to);
        assert!(known, "{rule} at {start}..{end} of {path} is new");
    }
}
