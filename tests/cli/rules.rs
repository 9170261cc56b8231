//! `mtlint rules`, `explain`, `completions` and `config`.

use super::*;

#[test]
fn the_page_of_rules_is_current() {
    let folder = folder(&[]);
    let (code, page, _) = run(mtlint(folder.path()).args(["rules", "docs"]));
    assert_eq!(code, 0);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let kept = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        page == kept,
        "docs/rules.md is stale; renew it with\n\n    cargo run -- rules docs > docs/rules.md\n"
    );
}

#[test]
fn rules_are_listed_for_people_and_programs() {
    let folder = folder(&[]);
    let (_, out, _) = run(mtlint(folder.path()).args(["rules", "list", "punctuation"]));
    assert!(out.contains("punctuation/repeated-stop") && out.contains("two full stops"), "{out}");
    let (_, out, _) = run(mtlint(folder.path()).args(["rules", "list", "--format=json"]));
    let rules: serde_json::Value = serde_json::from_str(&out).unwrap();
    let rule =
        rules.as_array().unwrap().iter().find(|rule| rule["id"] == "punctuation/repeated-stop").unwrap();
    assert_eq!(rule["family"], "punctuation");
    assert_eq!(rule["fix"], "safe");
    assert_eq!(rule["on_by_default"], true);
}

#[test]
fn a_rule_is_explained_by_its_file() {
    let folder = folder(&[]);
    let (code, out, _) = run(mtlint(folder.path()).args(["explain", "repeated-stop"]));
    assert_eq!(code, 0);
    for part in ["punctuation/repeated-stop", "left⟦. .⟧ He", "→ The minister left. He", "a spaced ellipsis"]
    {
        assert!(out.contains(part), "{part} is not in {out}");
    }
    let (code, _, err) = run(mtlint(folder.path()).args(["explain", "repeated-stob"]));
    assert_eq!(code, 2);
    assert!(err.contains("did you mean"), "{err}");
}

#[test]
fn a_new_rule_fails_until_it_is_written() {
    let folder = folder(&[]);
    let (code, out, _) = run(mtlint(folder.path()).args(["rules", "new", "quotation/house-style"]));
    assert_eq!(code, 0);
    assert!(out.contains("rules/quotation/house-style.toml"), "{out}");
    let test = || run(mtlint(folder.path()).args(["rules", "test", "rules"]));
    let (code, out, _) = test();
    assert_eq!(code, 1);
    assert!(out.contains("quotation/house-style, example bad.1") && out.contains("2 failed"), "{out}");

    let path = folder.path().join("rules/quotation/house-style.toml");
    let written = fs::read_to_string(&path).unwrap().replace("write the pattern here", "damaged?");
    fs::write(&path, written.replace("only looks damaged", "only looks so")).unwrap();
    let (code, out, err) = test();
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("4 examples of 1 rule: all hold"), "{out}");

    let (code, _, err) = run(mtlint(folder.path()).args(["rules", "new", "quotation/house-style"]));
    assert_eq!(code, 2, "a rule that is there is not overwritten");
    assert!(err.contains("house-style.toml"), "{err}");
    let (code, _, err) = run(mtlint(folder.path()).args(["rules", "new", "quotaton/house-style"]));
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `quotation`?"), "{err}");
}

#[test]
fn a_rule_of_the_users_own_is_used() {
    let folder = folder(&[("mtlint.toml", "rules = [\"house\"]\n"), ("a.txt", "The tea was damaged.\n")]);
    run(mtlint(folder.path()).args(["rules", "new", "quotation/tea", "--dir", "house"]));
    let path = folder.path().join("house/quotation/tea.toml");
    let written = fs::read_to_string(&path).unwrap().replace("write the pattern here", "damaged?");
    fs::write(&path, written).unwrap();
    let (_, out, _) =
        run(mtlint(folder.path()).args(["check", "--format=concise", "--select=quotation/tea"]));
    assert!(out.starts_with("a.txt:1:13: minor[quotation/tea]"), "{out}");
}

#[test]
fn a_check_in_rust_is_scaffolded_and_declared() {
    let folder = folder(&[("crates/mtlint-engine/src/checks/mod.rs", "//! The checks.\n\npub mod name;\n")]);
    let (code, _, err) = run(mtlint(folder.path()).args(["rules", "new", "locale/two-words", "--code"]));
    assert_eq!((code, err.as_str()), (0, ""));
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    assert_eq!(
        read("crates/mtlint-engine/src/checks/mod.rs"),
        "//! The checks.\n\npub mod locale;\npub mod name;\n"
    );
    assert!(read("crates/mtlint-engine/src/checks/locale/mod.rs").ends_with("\n\npub mod two_words;\n"));
    assert!(read("crates/mtlint-engine/src/checks/locale/two_words.rs").contains("pub fn checker("));
    assert!(read("rules/locale/two-words.toml").contains("kind = \"code\""));
}

#[test]
fn shells_get_their_completions() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, out, _) = run(mtlint(folder.path()).args(["completions", shell]));
        assert!(code == 0 && out.contains("unsafe-fixes"), "{shell}");
    }
}

#[test]
fn the_configuration_tells_where_values_come_from() {
    let folder = folder(&[("mtlint.toml", "min-severity = \"major\"\n")]);
    let (code, out, _) = run(mtlint(folder.path()).args(["config", "a.txt"]));
    assert_eq!(code, 0);
    assert!(out.contains("\"major\"") && out.contains("mtlint.toml:1"), "{out}");
}

#[test]
fn the_hint_for_a_new_rule_works_where_it_is_printed() {
    let hint = |out: &str| out.split('`').nth(1).unwrap().to_owned();
    let obey = |folder: &Path, hint: &str| {
        let args: Vec<&str> = hint.strip_prefix("mtlint ").unwrap().split(' ').collect();
        run(mtlint(folder).args(args))
    };
    // Without a configuration the hint names the file, and says what makes the rule run.
    let bare = folder(&[("rules/lang/xx.toml", "this is no rule")]);
    let (_, out, _) = run(mtlint(bare.path()).args(["rules", "new", "quotation/house-style"]));
    assert!(out.contains("`rules = [\"rules\"]`"), "{out}");
    let (code, tested, err) = obey(bare.path(), &hint(&out));
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(tested.contains("4 examples of 1 rule: 2 failed"), "{tested}");
    // With one it goes where the configuration says, and is known by its id.
    let house = folder(&[("mtlint.toml", "rules = ['house']\n")]);
    let (_, out, _) = run(mtlint(house.path()).args(["rules", "new", "tea-room/cups"]));
    assert!(out.starts_with("house/tea-room/cups.toml\n") && !out.contains("rules = "), "{out}");
    assert_eq!(hint(&out), "mtlint rules test tea-room/cups");
    let (code, tested, _) = obey(house.path(), &hint(&out));
    assert!(code == 1 && tested.contains("4 examples of 1 rule: 2 failed"), "{tested}");
    let (_, listed, _) = run(mtlint(house.path()).args(["rules", "list", "tea-room"]));
    assert!(listed.starts_with("tea-room\n  tea-room/cups"), "{listed}");
}

#[test]
fn examples_are_tested_by_rule_family_and_path() {
    let folder = folder(&[]);
    let test = |what: &str| run(mtlint(folder.path()).args(["rules", "test", what]));
    let (code, out, _) = test("punctuation/repeated-stop");
    assert!(code == 0 && out.contains(" of 1 rule: all hold"), "{out}");
    let (code, out, _) = test("encoding");
    assert!(code == 0 && out.contains(" rules: all hold"), "{out}");
    let (code, _, err) = test("zzz");
    assert_eq!(code, 2);
    assert!(err.contains("unknown rule or family `zzz`; families are attribution, "), "{err}");
    assert!(err.contains("nor is it a folder or a rule file"), "{err}");
}
