//! Every example of every rule file is a test: `rules::punctuation/repeated-stop::bad.1`.

use libtest_mimic::{Arguments, Failed, Trial};
use mtlint_engine::engine::run_example;
use mtlint_engine::rule::Registry;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let registry = Arc::new(Registry::builtin());
    let mut trials = Vec::new();
    for rule in registry.rules() {
        for example in rule.examples() {
            let (registry, id, name) = (registry.clone(), rule.id.clone(), example.name.clone());
            trials.push(Trial::test(format!("rules::{id}::{name}"), move || {
                let rule = registry.rule(id.as_str()).ok_or("the rule is gone")?;
                let example = rule
                    .examples()
                    .iter()
                    .find(|example| example.name == name)
                    .ok_or("the example is gone")?;
                let errors = run_example(&registry, rule, example);
                let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
                if told.is_empty() { Ok(()) } else { Err(Failed::from(told.join("\n"))) }
            }));
        }
    }
    assert!(trials.len() >= 4 * registry.rules().len(), "every rule has two bad and two good examples");
    libtest_mimic::run(&arguments, trials).exit_code()
}
