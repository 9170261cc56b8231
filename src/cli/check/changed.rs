//! `--diff-base`: which lines of which files are not as they were in a revision of git.

use crate::cli::Trouble;
use mtlint_document::files;
use mtlint_engine::config::absolute;
use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The lines of files that were changed since a revision.
pub(super) struct Changed {
    repositories: Vec<Repository>,
}

/// A repository and what was changed in it.
struct Repository {
    /// Absolute.
    root: PathBuf,
    /// What git keeps, by absolute path.
    tracked: HashSet<PathBuf>,
    /// What of it was changed.
    changed: HashMap<PathBuf, Lines>,
}

/// Lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    All,
    /// 0-based, in order.
    Some(Vec<Range<usize>>),
}

impl Lines {
    /// Whether one of these lines, 0-based and the last included, is among them.
    pub fn touch(&self, first: usize, last: usize) -> bool {
        match self {
            Self::All => true,
            Self::Some(ranges) => {
                let next = ranges.partition_point(|range| range.end <= first);
                ranges.get(next).is_some_and(|range| range.start <= last)
            }
        }
    }
}

impl Changed {
    /// Asks git what has changed in these files since `revision`, or rather since the work branched
    /// off from it, so that what others have changed there meanwhile does not count.
    ///
    /// # Errors
    /// When git is missing, does not know the revision, or a file lies in no repository.
    pub fn since(revision: &str, files: &[PathBuf]) -> Result<Self, Trouble> {
        let mut repositories: Vec<Repository> = Vec::new();
        let mut known: HashSet<PathBuf> = HashSet::new();
        for file in files {
            let folder = absolute(file).parent().map(Path::to_path_buf).unwrap_or_default();
            if !known.insert(folder.clone()) {
                continue;
            }
            let root = root_of(&folder, file)?;
            if !repositories.iter().any(|repository| repository.root == root) {
                repositories.push(Repository::read(root, revision)?);
            }
        }
        Ok(Self { repositories })
    }

    /// The lines changed in a file; `None` when it was not changed.
    pub fn lines(&self, file: &Path) -> Option<&Lines> {
        let file = absolute(file);
        // One repository may lie in another.
        let around = self.repositories.iter().filter(|repository| file.starts_with(&repository.root));
        match around.max_by_key(|repository| repository.root.as_os_str().len()) {
            Some(nearest) if nearest.tracked.contains(&file) => nearest.changed.get(&file),
            _ => Some(&Lines::All),
        }
    }
}

/// The repository that a folder lies in.
fn root_of(folder: &Path, file: &Path) -> Result<PathBuf, Trouble> {
    let root = git(folder, &["rev-parse", "--show-toplevel"]).map_err(|error| match error {
        Refusal::Missing(error) => Trouble::new(error),
        Refusal::Said(said) => Trouble::new(format!(
            "--diff-base: {} lies in no git repository, or in one that git does not open: {said}",
            files::shown(file)
        )),
    })?;
    Ok(absolute(&path_of(root.strip_suffix(b"\n").unwrap_or(&root))))
}

impl Repository {
    fn read(root: PathBuf, revision: &str) -> Result<Self, Trouble> {
        let ask = |arguments: &[&str], what: &str| {
            git(&root, arguments).map_err(|refusal| match refusal {
                Refusal::Missing(error) => Trouble::new(error),
                Refusal::Said(said) if said.is_empty() => {
                    Trouble::new(format!("--diff-base {revision}: {what}"))
                }
                Refusal::Said(said) => Trouble::new(format!("--diff-base {revision}: {what}: {said}")),
            })
        };
        // What looks like an option is none.
        let commit = format!("{revision}^{{commit}}");
        let commit = ask(
            &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit],
            "git knows no such revision here; fetch it first, as with `git fetch origin BRANCH`, or look for a \
             slip of the pen",
        )?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        let base = ask(
            &["merge-base", &commit, "HEAD"],
            "it has no commit in common with the one checked out; fetch a shallow clone deeper, as with \
             `fetch-depth: 0`",
        )?;
        let base = String::from_utf8_lossy(&base).trim().to_owned();
        let diff = ask(&[&DIFF[..], &[&base, "--"]].concat(), "git cannot tell the differences")?;
        let tracked = ask(&["ls-files", "-z"], "git cannot list its files")?;
        let tracked = tracked.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        Ok(Self {
            tracked: tracked.map(|path| root.join(path_of(path))).collect(),
            changed: parse(&diff).into_iter().map(|(path, lines)| (root.join(path), lines)).collect(),
            root,
        })
    }
}

/// How git is asked for differences, whatever its configuration says.
const DIFF: [&str; 11] = [
    "-c",
    "core.quotePath=false",
    "diff",
    "--unified=0",
    "--find-renames",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules",
    "--src-prefix=a/",
    "--dst-prefix=b/",
];

/// Why git did not answer.
enum Refusal {
    /// It cannot be run.
    Missing(String),
    /// What it said, which may be nothing.
    Said(String),
}

/// What git prints.
fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Refusal> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().map_err(|error| {
        Refusal::Missing(match error.kind() {
            io::ErrorKind::NotFound => {
                "--diff-base needs git, which is not installed or not in PATH".to_owned()
            }
            _ => format!("--diff-base: git cannot be run: {error}"),
        })
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
    Err(Refusal::Said(said))
}

/// The changed lines of each file, by its path from the root, from a diff without context.
fn parse(diff: &[u8]) -> Vec<(PathBuf, Lines)> {
    let mut files: Vec<(PathBuf, Lines)> = Vec::new();
    // How many lines of content follow, which may look like anything.
    let mut content = 0;
    // The file that is at hand, as the first line on it names it.
    let mut named = None;
    for line in diff.split(|byte| *byte == b'\n') {
        if content > 0 && matches!(line.first(), Some(b'+' | b'-')) {
            content -= 1;
        } else if let Some(names) = line.strip_prefix(b"diff --git ") {
            named = same_name(names);
        } else if let Some(name) = line.strip_prefix(b"+++ ") {
            if let Some(path) = unquoted(name).strip_prefix(b"b/") {
                files.push((path_of(path), Lines::Some(Vec::new())));
            }
        } else if line.starts_with(b"Binary files ") || line.starts_with(b"GIT binary patch") {
            files.extend(named.take().map(|path| (path, Lines::All)));
        } else if let Some((old, new)) = hunk(line) {
            content = old + new.len();
            if let (Some((_, Lines::Some(ranges))), false) = (files.last_mut(), new.is_empty()) {
                ranges.push(new);
            }
        }
    }
    files
}

/// The name in `a/NAME b/NAME`, where both are the same.
fn same_name(names: &[u8]) -> Option<PathBuf> {
    if names.starts_with(b"\"") {
        let second = names.windows(3).position(|window| window == b" \"b")? + 1;
        return Some(path_of(unquoted(&names[second..]).strip_prefix(b"b/")?));
    }
    let half = names.len().checked_sub(1)? / 2;
    Some(path_of(names.get(half + 1..)?.strip_prefix(b"b/")?))
}

/// How many lines `@@ -12,3 +14,2 @@` takes away, and which it brings, 0-based.
fn hunk(line: &[u8]) -> Option<(usize, Range<usize>)> {
    let line = str::from_utf8(line.strip_prefix(b"@@ -")?.split(|byte| *byte == b'@').next()?).ok()?;
    let (old, new) = line.trim_end().split_once(" +")?;
    let count = |side: &str| side.split_once(',').map_or(Some(1), |(_, count)| count.parse().ok());
    let first: usize = new.split(',').next()?.parse().ok()?;
    let start = first.saturating_sub(1);
    Some((count(old)?, start..start + count(new)?))
}

/// A path as git quotes it when it holds odd characters: `"a\tb"`. After one with a space in it, git
/// sets a tab.
fn unquoted(name: &[u8]) -> Vec<u8> {
    let name = name.strip_suffix(b"\t").unwrap_or(name);
    let Some(inner) = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) else {
        return name.to_vec();
    };
    let mut out = Vec::new();
    let mut rest = inner;
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte != b'\\' {
            out.push(*byte);
            continue;
        }
        let [escaped, after @ ..] = rest else { break };
        rest = after;
        out.push(match escaped {
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            b'0'..=b'3' => {
                let digits = [*escaped, *rest.first().unwrap_or(&b'0'), *rest.get(1).unwrap_or(&b'0')];
                rest = rest.get(2..).unwrap_or_default();
                digits.iter().fold(0u8, |value, digit| value.wrapping_mul(8).wrapping_add(digit - b'0'))
            }
            other => *other,
        });
    }
    out
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_become_lines() {
        let diff = b"diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1 @@\n--- b/x\n-y\n+++ b/z.txt\n\
            @@ -9,0 +8,3 @@ +12 @@\n+a\n+b\n+@@ -1 +1 @@\n@@ -20,2 +21,0 @@\n-c\n-d\n\\ No newline at end of file\n\
            diff --git a/b c.txt b/b c.txt\nnew file mode 100644\n--- /dev/null\n+++ b/b c.txt\t\n@@ -0,0 +1 @@\n+a\n\
            diff --git a/e.txt b/e.txt\nBinary files a/e.txt and b/e.txt differ\n\
            diff --git a/gone.txt b/gone.txt\n--- a/gone.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n\
            diff --git \"a/t\\tb.txt\" \"b/t\\tb.txt\"\n--- \"a/t\\tb.txt\"\n+++ \"b/t\\tb.txt\"\t\n@@ -1 +1 @@\n-a\n+b\n";
        let some = |ranges: &[Range<usize>]| Lines::Some(ranges.to_vec());
        let first = || Lines::Some(std::iter::once(0..1).collect());
        assert_eq!(
            parse(diff),
            [
                (PathBuf::from("a.txt"), some(&[0..1, 7..10])),
                (PathBuf::from("b c.txt"), first()),
                (PathBuf::from("e.txt"), Lines::All),
                (PathBuf::from("t\tb.txt"), first()),
            ]
        );
    }

    #[test]
    fn odd_names_are_unquoted() {
        assert_eq!(unquoted(b"\"b/\\303\\251 \\\"x\\\"\""), "b/é \"x\"".as_bytes());
        assert_eq!(unquoted(b"b/a"), b"b/a");
        assert_eq!(same_name(b"\"a/x\\ty\" \"b/x\\ty\""), Some(PathBuf::from("x\ty")));
        assert_eq!(same_name(b"a/b b b/b b"), Some(PathBuf::from("b b")));
    }

    #[test]
    fn lines_touch_where_they_meet() {
        let lines = Lines::Some(vec![2..4, 9..10]);
        let touch = |first, last| lines.touch(first, last);
        assert!(touch(3, 3) && touch(0, 2) && touch(4, 9) && touch(1, 20));
        assert!(!touch(0, 1) && !touch(4, 8) && !touch(10, 10));
    }
}
