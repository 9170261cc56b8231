//! Style packages: folders and archives of rules and settings that `mtlint.toml` extends.

use super::*;
use std::io::Write;

/// A rule that minds a word, as a package has it.
fn rule(bad: &str, good: &str) -> String {
    format!(
        "summary = 'the desk writes {good}'\nwhy = 'the desk says so'\nmqm = 'organization-style'\nseverity = 'minor'\n\
         confidence = 'high'\nlangs = ['*']\n[match]\nkind = 'swap'\n[match.swap]\n'{bad}' = '{good}'\n[fix]\n\
         applicability = 'unsafe'\nwhy-unsafe = 'a word'\n\
         [[bad]]\ntext = 'The ⟦{bad}⟧ left.'\nfixed = 'The {good} left.'\n\
         [[bad]]\ntext = 'A ⟦{bad}⟧ came.'\nfixed = 'A {good} came.'\n\
         [[good]]\ntext = 'The {good} left.'\n[[good]]\ntext = 'Nobody left.'\n"
    )
}

fn house_style() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/house-style")
}

/// The files of the example, by their paths in it.
fn house_files() -> Vec<(String, String)> {
    ["mtlint.toml", "names.toml", "rules/lantern/dash.toml", "rules/lantern/per-cent.toml"]
        .map(|name| (name.to_owned(), fs::read_to_string(house_style().join(name)).unwrap()))
        .to_vec()
}

fn zip(files: &[(String, String)], top: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(format!("{top}{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(files: &[(String, String)], top: &str) -> Vec<u8> {
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut builder = tar::Builder::new(gzip);
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        builder.append_data(&mut header, format!("{top}{name}"), text.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

/// A text that the example minds in three ways, beside what mtlint minds.
const TEXT: &str =
    "Rents in Port-Elsing rose by 4 percent. The pier—the old one—is closed. . It opens soon.\n";

#[test]
fn a_folder_and_an_archive_are_one() {
    let files = house_files();
    let mut found = Vec::new();
    for (name, bytes) in [
        ("house-style", None),
        ("h.zip", Some(zip(&files, ""))),
        ("h.tar.gz", Some(tar(&files, "house-1.0/"))),
    ] {
        let folder =
            folder(&[("a.txt", TEXT), ("mtlint.toml", &format!("lang = 'en'\nextends = ['{name}']\n"))]);
        match bytes {
            Some(bytes) => fs::write(folder.path().join(name), bytes).unwrap(),
            None => {
                for (file, text) in &files {
                    let path = folder.path().join(name).join(file);
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(path, text).unwrap();
                }
            }
        }
        let (code, out, err) = run(mtlint(folder.path()).args(["check", "--format=concise", "a.txt"]));
        assert!(code == 1 && !err.contains("error"), "{name}: {out}{err}");
        for rule in ["lantern/per-cent", "lantern/dash", "name/", "punctuation/repeated-stop"] {
            assert!(out.contains(rule), "{name}: {rule}: {out}");
        }
        found.push(out);
        // The package's rules are known wherever rules are, and tested as it lies there.
        let (code, out, err) = run(mtlint(folder.path()).args(["explain", "lantern/dash"]));
        assert!(code == 0 && out.contains(&format!("{name}/rules/lantern/dash.toml")), "{out}{err}");
        let (_, out, _) = run(mtlint(folder.path()).args(["rules", "list", "lantern"]));
        assert!(out.contains("per-cent") && out.contains("dash"), "{out}");
        let (code, out, err) = run(mtlint(folder.path()).args(["rules", "test", name]));
        assert!(code == 0 && out.contains("8 examples of 2 rules: all hold"), "{out}{err}");
        // Each value says which file it comes from.
        let (_, out, _) = run(mtlint(folder.path()).arg("config"));
        let line = |key: &str| out.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
        assert!(line("extends").ends_with("# mtlint.toml:2"), "{out}");
        assert!(line("min-severity").ends_with(&format!("# {name}/mtlint.toml:4")), "{out}");
        assert!(line("glossary").contains(&format!("{name}/names.toml")), "{out}");
        assert!(line("score.max-penalty").contains("= 40"), "{out}");
        // A family of the package is taken like any other.
        let (_, out, _) =
            run(mtlint(folder.path()).args(["check", "--select=lantern", "--format=concise", "a.txt"]));
        assert_eq!(out.lines().filter(|line| line.contains("lantern/")).count(), 3, "{out}");
    }
    assert!(found.iter().all(|other| *other == found[0]), "{found:?}");
}

#[test]
fn what_comes_later_has_the_last_word() {
    let folder = folder(&[
        ("a.txt", "The ship left. The boat came.\n"),
        (
            "mtlint.toml",
            "extends = ['one', 'two']\nrules = ['own']\nmin-confidence = 'high'\n[severities]\n'desk/ship' = 'critical'\n",
        ),
        (
            "one/mtlint.toml",
            "min-severity = 'major'\nmin-confidence = 'low'\nfail-on = 'critical'\n[severities]\n'desk' = 'major'\n[score]\nmajor = 7\nminor = 2\n",
        ),
        ("one/rules/desk/ship.toml", &rule("ship", "first")),
        ("one/rules/desk/boat.toml", &rule("boat", "first")),
        ("two/mtlint.toml", "extends = ['../base']\nmin-severity = 'minor'\n[score]\nmajor = 8\n"),
        ("two/rules/desk/ship.toml", &rule("ship", "second")),
        ("base/rules/desk/boat.toml", &rule("boat", "base")),
        ("own/desk/ship.toml", &rule("ship", "own")),
    ]);
    let (code, out, err) =
        run(mtlint(folder.path()).args(["check", "--select=desk", "--format=concise", "a.txt"]));
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.contains("critical") && out.contains("the desk writes own"), "{out}");
    assert!(out.contains("major") && out.contains("the desk writes base"), "{out}");
    let (_, out, _) = run(mtlint(folder.path()).arg("config"));
    for (key, source) in [
        ("min-severity", "two/mtlint.toml:2"),
        ("min-confidence", "mtlint.toml:3"),
        ("fail-on", "one/mtlint.toml:3"),
        ("score.minor", "one/mtlint.toml:8"),
        ("score.major", "two/mtlint.toml:4"),
        ("severities.\"desk/ship\"", "mtlint.toml:5"),
        ("severities.\"desk\"", "one/mtlint.toml:5"),
    ] {
        let line = out.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("{key}: {out}"));
        assert!(line.ends_with(&format!("# {source}")), "{line}");
    }
}

#[test]
fn what_is_wrong_with_packages_is_told_at_once() {
    let folder = folder(&[
        ("a.txt", DAMAGED),
        (
            "mtlint.toml",
            "min-severity = 'mayor'\nextends = [\n  'gone',\n  'round',\n  'a.txt',\n  'empty',\n  'broken',\n  'evil.zip',\n]\n",
        ),
        ("round/mtlint.toml", "extends = ['../back']\n"),
        ("back/mtlint.toml", "lang = 'en'\nextends = ['../round']\n"),
        ("empty/notes.md", "nothing\n"),
        ("broken/mtlint.toml", "selekt = []\nlang = '?'\n"),
        ("evil.zip", "no archive"),
    ]);
    let (code, out, err) = run(mtlint(folder.path()).args(["check", "a.txt"]));
    assert_eq!((code, out.as_str()), (2, ""));
    for told in [
        "mtlint.toml:1: `min-severity`: unknown severity `mayor`",
        "`extends`: gone: there is no such folder or archive",
        "back/mtlint.toml:2: `extends`: goes round in a circle: round → back → round",
        "`extends`: a.txt: is neither a folder nor an archive (.zip, .tar.gz, .tgz)",
        "`extends`: empty: holds neither mtlint.toml nor rules/",
        "broken/mtlint.toml:1: unknown key `selekt`",
        "broken/mtlint.toml:2:",
        "`extends`: evil.zip: is no archive that can be read",
    ] {
        assert!(err.contains(told), "{told}: {err}");
    }
    assert!(
        err.contains("mtlint.toml:3: `extends`: gone") && err.contains("mtlint.toml:8: `extends`: evil.zip"),
        "{err}"
    );
    // A package extends itself; a path leads out of an archive.
    fs::write(folder.path().join("mtlint.toml"), "extends = ['.']\n").unwrap();
    let (code, _, err) = run(mtlint(folder.path()).args(["check", "a.txt"]));
    assert!(code == 2 && err.contains("goes round in a circle"), "{err}");
    let outside =
        [("mtlint.toml".to_owned(), "glossary = '../../names.toml'\nrules = ['/etc']\n".to_owned())];
    fs::write(folder.path().join("out.zip"), zip(&outside, "")).unwrap();
    fs::write(folder.path().join("mtlint.toml"), "extends = ['out.zip']\n").unwrap();
    let (code, _, err) = run(mtlint(folder.path()).args(["check", "a.txt"]));
    assert!(code == 2 && err.matches("leads out of the archive").count() == 2, "{err}");
    assert!(err.contains("out.zip/mtlint.toml:1: `glossary`"), "{err}");
}
