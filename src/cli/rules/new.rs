//! `mtlint rules new`: a rule file whose examples fail until the rule is written.

use crate::cli::{Trouble, values};
use mtlint_document::files;
use mtlint_engine::config::{Configs, absolute, for_people};
use mtlint_engine::rule::{FAMILIES, Registry, Rule};
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

    /// The folder of rules it goes to [default: the first that `mtlint.toml` names, else `rules`]
    #[arg(long)]
    dir: Option<PathBuf>,

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

use mtlint_engine::rule::{CodeCheck, ParamError, Params};

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
    let config =
        Configs::default().of_folder(Path::new(".")).map_err(|problems| Trouble::from(problems.to_vec()))?;
    let configured = config.rules.value.first();
    let dir = match (&args.dir, configured) {
        (Some(dir), _) => dir.clone(),
        (None, Some(folder)) => PathBuf::from(for_people(folder)),
        (None, None) => PathBuf::from("rules"),
    };
    let file = dir.join(format!("{id}.toml"));
    refuse_slip(id.split('/').next().unwrap_or(id))?;
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
    let is_configured = config.rules.value.iter().any(|folder| absolute(folder) == absolute(&dir));
    let holds = |rule: &Rule| dir.join(format!("{}.toml", rule.id)).is_file();
    let is_catalogue = Registry::builtin().rules().iter().any(holds);
    let test = match (is_catalogue, is_configured) {
        (true, _) => format!("cargo run -- rules test {id}"),
        (false, true) => format!("mtlint rules test {id}"),
        (false, false) => format!("mtlint rules test {shown}"),
    };
    told.push_str(&format!("Write the examples first; `{test}` runs them.\n"));
    if !is_catalogue && !is_configured {
        let folder = files::shown(&dir);
        told.push_str(&format!(
            "`mtlint check` runs the rule once mtlint.toml says `rules = [\"{folder}\"]`.\n"
        ));
    }
    values::print_all(&told)
}

/// Refuses a family that is one or two letters from one that there is. Rules may have families of the
/// user's own, but hardly such.
fn refuse_slip(family: &str) -> Result<(), Trouble> {
    let is_slip = |known: &&str| (1..=2).contains(&strsim::osa_distance(family, known));
    match FAMILIES.iter().map(|(known, _)| *known).find(is_slip) {
        Some(near) => Err(Trouble::new(format!("unknown family `{family}`; did you mean `{near}`?"))),
        None => Ok(()),
    }
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
