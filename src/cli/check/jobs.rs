//! The files of a run: each with what holds for it, and what runs before have left beside them.

use super::args::Args;
use super::excluded::{Excluded, IgnoreFiles};
use super::lint::Mode;
use super::targets::{Input, Targets};
use super::walk::{self, Found};
use crate::cli::{Trouble, values};
use mtlint_document::files;
use mtlint_document::load;
use mtlint_engine::config::today;
use mtlint_engine::lint::{AllSettings, Settings};
use mtlint_engine::rule::{Applicability, Rule};
use mtlint_records::Shape;
use mtlint_report::{Failure, Summary};
use mtlint_text::visible;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file to check, and what holds for it.
pub(super) struct Job {
    pub path: PathBuf,
    found: Found,
    pub settings: Arc<Settings>,
}

impl Job {
    /// What is done with the fixes of its articles. A link that leads out of the folder that was named
    /// is none to be followed for writing.
    pub fn mode(&self, mode: Mode) -> Mode {
        if self.found == Found::Outside { Mode::Check } else { mode }
    }

    /// What there is to say when it has fixes that are not applied for that reason.
    pub fn remark(&self, name: &str, mode: Mode, summary: &Summary) -> Option<String> {
        let fixable = match mode {
            Mode::Check => 0,
            Mode::Fix(least) | Mode::Diff(least) if least == Applicability::Safe => summary.safely_fixable,
            Mode::Fix(_) | Mode::Diff(_) => summary.safely_fixable + summary.unsafely_fixable,
        };
        (self.found == Found::Outside && fixable > 0).then(|| {
            format!(
                "{}: it is a link that leads out of its folder, and is not fixed; name it to fix it",
                visible(name)
            )
        })
    }

    /// Whether the path's ending tells of a file of many articles. Standard input may be one.
    pub fn holds_many(&self) -> bool {
        self.path.as_os_str() == "-"
            || load::Format::of(&self.path).holds_many()
            || Shape::of(&self.path).is_some()
    }
}

/// The files to check, in path order, what stood in the way of finding them, and what is passed over.
pub(super) fn jobs(
    args: &Args,
    targets: &Targets<'_>,
) -> Result<(Vec<Job>, Vec<Failure>, Excluded), Trouble> {
    let ((files, failures), mut all) = rayon::join(
        || {
            walk::files_of(&args.paths, &|path| {
                // Records in other formats lie in many folders, and are seldom translations.
                load::Format::known(path).is_some() || args.fields.are_given() && Shape::of(path).is_some()
            })
        },
        || AllSettings::new(args.overrides(), args.rules.isolated, Some(today())),
    );
    if files.is_empty() {
        // Wrong names are told even when there is nothing to check.
        all.of_file(&args.stdin_filename)?;
    }
    let mut jobs = Vec::with_capacity(files.len());
    let mut excluded = Excluded::default();
    let mut ignore_files = IgnoreFiles::default();
    for (path, found) in files {
        let is_stdin = path.as_os_str() == "-";
        let settings = all.of_file(if is_stdin { &args.stdin_filename } else { &path })?;
        if let Some(glossary) = &settings.config.glossary.value {
            targets.glossary(glossary)?;
        }
        let is_named = found == Found::Named;
        let is_free = is_stdin || is_named && !args.force_exclude;
        if !is_free && settings.config.excludes(&path) {
            excluded.by_configuration(&settings.config.exclude.source);
        } else if args.force_exclude && !is_free && ignore_files.exclude(&path) {
            excluded.by_ignore_file();
        } else if targets.input(&path, is_named)? == Input::Text {
            // A report of the last run is no text to check.
            jobs.push(Job { path, found, settings });
        }
    }
    Ok((jobs, failures, excluded))
}

/// Removes what runs that were killed have left beside the files.
pub(super) fn remove_leftovers(jobs: &[Job]) {
    tell_leftovers(jobs.iter().map(|job| files::folder_of(&job.path)).collect());
}

/// Removes what runs that were killed have left in these folders, and tells what must not be removed.
pub(in crate::cli) fn tell_leftovers(folders: BTreeSet<&Path>) {
    for files::Kept(path) in folders.into_iter().flat_map(files::remove_leftovers) {
        values::warn(&format!(
            "{}: another program wrote to a file while a run of mtlint that was killed replaced it; what it \
             wrote is here: take over what you need, and remove it",
            files::shown(&path)
        ));
    }
}

/// All rules that run on any of the files.
pub(super) fn rules(jobs: &[Job]) -> Vec<&Rule> {
    let mut settings: Vec<&Arc<Settings>> = Vec::new();
    for job in jobs {
        if !settings.iter().any(|known| Arc::ptr_eq(known, &job.settings)) {
            settings.push(&job.settings);
        }
    }
    settings.into_iter().flat_map(|settings| settings.engine.active_rules()).collect()
}
