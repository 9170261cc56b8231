//! `mtlint schema`: what is printed and read is what the schemas say.

use super::*;
use serde_json::{Value, json};

fn schema(subject: &str) -> Value {
    let (code, out, err) = run(mtlint(Path::new(".")).args(["schema", subject]));
    assert_eq!((code, err.as_str()), (0, ""));
    serde_json::from_str(&out).unwrap()
}

fn errors(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn toml(text: &str) -> Value {
    serde_json::to_value(text.parse::<::toml::Table>().unwrap()).unwrap()
}

#[test]
fn published_schemas_are_current() {
    for subject in ["output", "config", "rule", "decisions"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schema/{subject}.json"));
        let published: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let renew = format!("cargo run -- schema {subject} > docs/schema/{subject}.json");
        assert!(published == schema(subject), "the schema has changed: {renew}");
    }
}

#[test]
fn what_is_printed_is_described() {
    let folder = folder(&[
        ("a.txt", DAMAGED),
        ("b.jsonl", "{\"id\": 7, \"text\": \"Left. . It came.\", \"source_lang\": \"ja\"}\n"),
        ("c.txt", &format!("<!-- mtlint-ignore punctuation: it is meant -->\n\n{DAMAGED}")),
    ]);
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let schema = schema("output");
    for args in [vec![".", "gone.txt"], vec![examples.to_str().unwrap()]] {
        let (_, out, _) = run(mtlint(folder.path()).args(["check", "--format=json"]).args(args));
        let report: Value = serde_json::from_str(&out).unwrap();
        assert!(report["summary"]["findings"].as_u64().unwrap() > 0);
        assert_eq!(errors(&schema, &report), [""; 0]);
    }
    let (_, out, _) = run(mtlint(folder.path()).args(["check", "--format=json", "a.txt"]));
    let mut report: Value = serde_json::from_str(&out).unwrap();
    report["documents"][0]["findings"][0]["severity"] = json!("mayor");
    report["documents"][0]["findings"][0].as_object_mut().unwrap().remove("span");
    assert_eq!(errors(&schema, &report).len(), 2);
}

#[test]
fn what_is_read_is_described() {
    let rule_schema = schema("rule");
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut count = 0;
    let families = fs::read_dir(&rules).unwrap().map(|entry| entry.unwrap());
    let is_toml = |file: &fs::DirEntry| file.path().extension().is_some_and(|extension| extension == "toml");
    for family in families.filter(|entry| entry.path().is_dir()) {
        for file in fs::read_dir(family.path()).unwrap().map(Result::unwrap).filter(is_toml) {
            let rule = toml(&fs::read_to_string(file.path()).unwrap());
            // Other folders hold what is known about languages and places.
            if rule.get("match").is_some() {
                assert_eq!(errors(&rule_schema, &rule), [""; 0], "{}", file.path().display());
                count += 1;
            }
        }
    }
    assert!(count > 50);
    let wrong = "summary = 'x'\nwhy = 'y'\nmqm = 'punctuaton'\nseverity = 'minor'\nconfidence = 'high'\nlangs = ['*']\nmore = 1\n[match]\nkind = 'regexp'\n";
    assert_eq!(errors(&rule_schema, &toml(wrong)).len(), 3);

    let config_schema = schema("config");
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let example = readme.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(errors(&config_schema, &toml(example)), [""; 0]);
    assert_eq!(
        errors(&config_schema, &toml("fail-on = 'sometimes'\nselekt = []\nmin-severity = 1\n")).len(),
        3
    );
}
