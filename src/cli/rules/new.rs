//! `mtlint rules new`: a rule file whose examples fail until the rule is written.

use crate::cli::{Trouble, values};
use mtlint_document::files;
use mtlint_engine::rule::Registry;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Scaffold a rule, whose examples fail until it is written
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The rule, such as `quotation/house-style`
    #[arg(value_name = "FAMILY/NAME")]
    rule: String,

    /// The folder of rules it goes to
    #[arg(long, default_value = "rules")]
    dir: PathBuf,

    /// Scaffold a check in Rust, too, in the source of mtlint itself
    #[arg(long)]
    code: bool,
}

/// Where the checks in Rust are.
const CHECKS: &str = "crates/mtlint-engine/src/checks";

const HEAD: &str = r#"summary    = "what is wrong, in a line"
why        = "Which process leaves such damage, and why it matters."
mqm        = "punctuation"            # an error type of MQM Core
severity   = "minor"                  # neutral | minor | major | critical
confidence = "medium"                 # low (off by default) | medium | high
langs      = ["*"]                    # or language codes: ["en", "de"]

"#;

const PATTERN: &str = r#"[match]
kind    = "regex"                     # literal | swap | regex | sequence | repeat | count
pattern = '(?P<bad>write the pattern here)'
mark    = "bad"

# [fix]
# replace       = "the right text"
# title         = "what the fix does"
# applicability = "safe"              # safe only if it never changes what a sentence asserts

"#;

const CODE: &str = r#"[match]
kind = "code"                         # CHECKS/MODULE.rs

"#;

const EXAMPLES: &str = r#"# The examples are the tests: the marks show exactly what is reported.
[[bad]]
text = "A sentence with ⟦damage⟧ in it."

[[bad]]
text = "Another one, ⟦damaged⟧ otherwise."

[[good]]
text = "A sentence that only looks damaged."
why  = "what makes it sound"

[[good]]
text = "Another one."
why  = "what makes it sound"
"#;

const CHECK: &str = r#"//! `RULE`: what it looks for, and how it tells damage from what only looks like it.

use crate::rule::{CodeCheck, ParamError, Params};

/// The check.
///
/// # Errors
/// When the rule file gives it parameters.
pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|_document, _block, _report| {}))
}
"#;

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let id = args.rule.trim_end_matches(".toml");
    let file = args.dir.join(format!("{id}.toml"));
    // The registry knows what may be the name of a rule.
    let pattern = format!("{HEAD}{PATTERN}{EXAMPLES}");
    let shown = files::shown(&file);
    Registry::with_files([(id, shown.as_str(), pattern.as_str())])?;
    let module = id.replace('-', "_");
    let checks = Path::new(CHECKS);
    if args.code && !checks.join("mod.rs").is_file() {
        return Err(Trouble::new(format!("--code is for the source of mtlint: {CHECKS}/mod.rs is not here")));
    }
    let text = match args.code {
        true => format!("{HEAD}{}{EXAMPLES}", CODE.replace("CHECKS", CHECKS).replace("MODULE", &module)),
        false => pattern,
    };
    create(&file, &text)?;
    let mut told = format!("{shown}\n");
    if args.code {
        let source = checks.join(format!("{module}.rs"));
        create(&source, &CHECK.replace("RULE", id))?;
        let (family, name) = module.split_once('/').unwrap_or((&module, &module));
        let about = format!("//! The checks of the rules in `rules/{family}/`.\n");
        declare(&checks.join(family).join("mod.rs"), &about, name)?;
        declare(&checks.join("mod.rs"), "", family)?;
        told.push_str(&format!("{}\n", files::shown(&source)));
    }
    let test = if args.code {
        "cargo run -- rules test".to_owned()
    } else {
        format!("mtlint rules test {}", files::shown(&args.dir))
    };
    values::print_all(&format!("{told}Write the examples first; `{test}` runs them.\n"))
}

/// Writes a file that is not there yet.
fn create(path: &Path, text: &str) -> Result<(), Trouble> {
    let fail = |error: std::io::Error| {
        let shown = files::shown(path);
        Trouble::new(match error.kind() {
            std::io::ErrorKind::AlreadyExists => format!("{shown} is there already; it stays as it is"),
            _ => format!("{shown}: {error}"),
        })
    };
    fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(fail)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(fail)?;
    file.write_all(text.as_bytes()).map_err(fail)
}

/// Adds `pub mod name;` to a module file, which begins with `about` when it is new.
fn declare(path: &Path, about: &str, name: &str) -> Result<(), Trouble> {
    let fail = |error: std::io::Error| Trouble::new(format!("{}: {error}", files::shown(path)));
    let text = if path.is_file() { fs::read_to_string(path).map_err(fail)? } else { about.to_owned() };
    let line = format!("pub mod {name};");
    if text.lines().any(|known| known == line) {
        return Ok(());
    }
    let (mut modules, other): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.starts_with("pub mod "));
    modules.push(&line);
    modules.sort_unstable();
    let about = other.iter().take_while(|line| line.starts_with("//!")).count();
    let rest: Vec<&str> = other[about..].iter().copied().skip_while(|line| line.is_empty()).collect();
    let mut parts = vec![other[..about].join("\n"), modules.join("\n")];
    if !rest.is_empty() {
        parts.push(rest.join("\n"));
    }
    fs::write(path, parts.join("\n\n") + "\n").map_err(fail)
}
