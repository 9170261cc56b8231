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
