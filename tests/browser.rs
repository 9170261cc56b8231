//! The HTML report, and the page of the service, in a headless Chromium: `tests/browser/`, which `scripts/install-test-tools` makes
//! ready. Skipped where the tools are missing, unless `MTLINT_REQUIRE_TOOLS` is set.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the tests, when all is there that they need.
fn ready() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let is_there = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if let Some(missing) = ["node", "npm", "chromium"].iter().find(|program| !is_there(program)) {
        return Err(format!("there is no {missing}"));
    }
    match folder.join("node_modules/playwright-core").exists() {
        true => Ok(folder),
        false => Err("tests/browser/node_modules is not installed".to_owned()),
    }
}

/// Runs `npm run SCRIPT`, which must succeed.
fn npm(script: &str) {
    let folder = match ready() {
        Ok(folder) => folder,
        Err(reason) => {
            let must = std::env::var_os("MTLINT_REQUIRE_TOOLS").is_some();
            assert!(!must, "{reason}: run scripts/install-test-tools");
            eprintln!("skipped: {reason}; scripts/install-test-tools brings it");
            return;
        }
    };
    let mut command = Command::new("npm");
    command.args(["run", "--silent", script]).current_dir(folder).env("MTLINT", env!("CARGO_BIN_EXE_mtlint"));
    if cfg!(feature = "serve") {
        command.env("MTLINT_SERVES", "1");
    }
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    println!("{told}");
    assert!(output.status.success(), "npm run {script} failed");
}

#[test]
fn the_report_works_in_a_browser() {
    npm("test");
}

#[test]
fn style_and_script_are_in_order() {
    npm("lint");
}
