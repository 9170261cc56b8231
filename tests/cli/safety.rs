//! Nothing is lost: files that others change, runs that are killed, what is no regular file, outputs
//! that are inputs, and text that would act on a terminal.

use super::*;
use std::os::unix::fs::MetadataExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// All formats.
const FORMATS: [&str; 16] = [
    "human",
    "concise",
    "json",
    "jsonl",
    "html",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjsonl",
    "azure",
    "markdown",
    "its",
    "its-xml",
    "wmt",
];

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Control characters that a terminal may obey, but for line feeds, and tabs where a format has them.
fn controls(text: &str) -> Vec<char> {
    text.chars().filter(|char| char.is_control() && !matches!(char, '\n' | '\t')).collect()
}

#[cfg(unix)]
#[test]
fn no_id_path_or_text_acts_in_any_format() {
    let evil = "\\n::error::x\\r\\u001b[2J\\u007f\\u009b1m\\u2028y";
    let good = format!(
        "{{\"id\": \"{evil}\", \"text\": \"The \\u001b[1m ferry\\u009b left\\u007f. . It came. The boat left. . It sank.\"}}\n"
    );
    let bad = format!("{{\"id\": \"x\", \"lang\": \"{evil}\", \"text\": \"The ferry left.\"}}\n");
    let name = "a\n::error::x\r\u{1B}[2J\u{7F}\u{9B}1m.jsonl";
    let folder = folder(&[(name, &(good + &bad)), ("b\n::error::x\u{1B}[2J.txt", "is\0binary")]);
    let mut commands: Vec<Vec<String>> =
        FORMATS.iter().map(|format| vec!["check".to_owned(), format!("--format={format}")]).collect();
    commands.push(vec!["check".to_owned(), "--statistics".to_owned()]);
    for command in ["score", "names"] {
        commands.push(vec![command.to_owned()]);
        commands.push(vec![command.to_owned(), "--format=json".to_owned()]);
    }
    commands.push(["compare", ".", name].map(str::to_owned).to_vec());
    for args in commands {
        let (code, out, err) = run(mtlint(folder.path()).args(&args));
        assert_eq!(code, 2, "{args:?}: two cannot be read: {err}");
        for text in [&out, &err] {
            assert_eq!(controls(text), [] as [char; 0], "{args:?}: {text:?}");
            assert!(
                !text.lines().any(|line| line.trim_start().starts_with("::error::x")),
                "{args:?}: {text:?}"
            );
        }
    }
    // For `patch`, a text stays as it is, but the head is one line.
    let (_, out, err) = run(mtlint(folder.path()).args(["check", SELECT, "--diff"]));
    assert!(
        out.starts_with("--- \"a/a\\012::error::x\\015\\033[2J\\177\\302\\2331m.jsonl:1\"\n+++ \"b/"),
        "{out}"
    );
    assert_eq!(controls(&err), [] as [char; 0]);
}

#[test]
fn a_diff_of_an_absolute_path_has_one_slash() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    let path = folder.path().join("a.txt").display().to_string();
    let (_, out, _) = run(mtlint(folder.path()).args(["check", SELECT, "--diff", &path]));
    assert!(out.starts_with(&format!("--- a{path}\n+++ b{path}\n")), "{out}");
}

#[test]
fn what_is_written_reads_back_as_what_it_was() {
    let folder = folder(&[]);
    let path = folder.path().join("a.txt");
    // Bytes of Windows-1252 of which a fix may make UTF-8.
    let texts: [&[u8]; 4] = [
        b"He said \xABs\xAB and left. . He came back.\n",
        b"\xC3 \xA9. . One.\n",
        b"The caf\xE9 is open. . It is old.\n",
        b"\xC2\xAB . . \xE9\n",
    ];
    for bytes in texts {
        fs::write(&path, bytes).unwrap();
        let before = mtlint_document::load::read(&path).ok();
        let (code, _, err) =
            run(mtlint(folder.path()).args(["check", "--select=all", "--fix", "--unsafe-fixes", "a.txt"]));
        let after = fs::read(&path).unwrap();
        let Some(before) = before else {
            assert_eq!((code, after.as_slice()), (2, bytes), "{err}");
            continue;
        };
        let loaded = mtlint_document::load::read(&path).expect("what was read is read again");
        if after != bytes {
            let is_ascii = after.is_ascii();
            assert!(is_ascii || loaded.encoding() == before.encoding(), "{after:?}");
        } else if code == 2 {
            assert!(err.contains("after fixing it would be read as"), "{err}");
        }
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_named_and_never_opened() {
    let make_pipe = |path: &Path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let texts = folder(&[("a.txt", DAMAGED), ("sub/b.txt", DAMAGED)]);
    make_pipe(&texts.path().join("pipe.txt"));
    make_pipe(&texts.path().join("names.toml"));
    let told = |args: &[&str]| {
        let (code, _, err) = run(mtlint(texts.path()).args(args).timeout(Duration::from_secs(60)));
        assert_eq!(code, 2, "{args:?}: {err}");
        assert!(err.contains("a named pipe, no regular file"), "{args:?}: {err}");
    };
    told(&["check", SELECT, "--fix", "pipe.txt"]);
    told(&["check", SELECT, "--glossary=names.toml", "a.txt"]);
    told(&["check", SELECT, "--baseline=pipe.txt", "a.txt"]);
    // In a folder it is no text.
    assert_eq!(run(mtlint(texts.path()).args(["check", SELECT, "a.txt", "sub"])).0, 1);
    for name in ["mtlint.toml", ".mtlintignore.toml", ".mtlintignore", ".gitignore"] {
        let pipe = texts.path().join("sub").join(name);
        make_pipe(&pipe);
        told(&["check", SELECT, "--fix", "."]);
        fs::remove_file(pipe).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_folder_is_not_left_by_a_link() {
    let outside = folder(&[("out.txt", DAMAGED)]);
    let inside = folder(&[("a.txt", DAMAGED), ("sub/b.txt", DAMAGED)]);
    std::os::unix::fs::symlink(outside.path().join("out.txt"), inside.path().join("link.txt")).unwrap();
    std::os::unix::fs::symlink(outside.path(), inside.path().join("folder")).unwrap();
    let (code, out, err) = run(mtlint(inside.path()).args(["check", SELECT, "--fix", "."]));
    assert_eq!(code, 1, "what is not fixed is a finding: {out}");
    assert!(err.contains("link.txt: it is a link that leads out of its folder, and is not fixed"), "{err}");
    assert_eq!(fs::read_to_string(outside.path().join("out.txt")).unwrap(), DAMAGED);
    assert_eq!(fs::read_to_string(inside.path().join("a.txt")).unwrap(), MENDED);
    // Named, it is fixed, and stays a link.
    assert_eq!(run(mtlint(inside.path()).args(["check", SELECT, "--fix", "link.txt"])).0, 0);
    assert_eq!(fs::read_to_string(outside.path().join("out.txt")).unwrap(), MENDED);
    assert!(fs::symlink_metadata(inside.path().join("link.txt")).unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn a_file_with_two_names_is_left_alone_and_named() {
    let folder = folder(&[("a.txt", DAMAGED), ("c.txt", DAMAGED)]);
    fs::hard_link(folder.path().join("a.txt"), folder.path().join("b.txt")).unwrap();
    let (code, out, err) =
        run(mtlint(folder.path()).args(["check", SELECT, "--fix", "--format=concise", "."]));
    assert_eq!(code, 2);
    assert!(err.contains("a.txt: cannot be written: it has several names"), "{err}");
    // The report is on the text as it stays.
    assert!(out.contains("a.txt:1:23: ") && out.contains("1 fix applied"), "{out}");
    assert_eq!(fs::read_to_string(folder.path().join("b.txt")).unwrap(), DAMAGED);
    assert_eq!(names_in(folder.path()), ["a.txt", "b.txt", "c.txt"]);
}

#[test]
fn an_output_that_is_an_input_is_refused() {
    let folder = folder(&[
        ("a.txt", DAMAGED),
        ("b.jsonl", "{\"text\": \"One. . Two.\"}\n"),
        ("page.html", "<p>One. . Two.</p>"),
        ("names.toml", "[[name]]\napproved = \"A\"\n"),
        ("sub/c.txt", MENDED),
    ]);
    let texts = || {
        names_in(folder.path()).iter().map(|name| fs::read(folder.path().join(name)).ok()).collect::<Vec<_>>()
    };
    let before = texts();
    let refused = |args: &[&str], told: &str| {
        let (code, out, err) = run(mtlint(folder.path()).args(["check", SELECT]).args(args));
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(err.contains(told), "{args:?}: {err}");
        assert_eq!(texts(), before, "{args:?}");
    };
    refused(&["--format=json=a.txt", "a.txt"], "would overwrite a.txt, one of the files to check");
    refused(&["--format=json=sub/../a.txt", "a.txt"], "one of the files to check");
    refused(&["--format=jsonl=b.jsonl", "."], "would overwrite b.jsonl, one of the files to check");
    refused(&["--format=html=page.html", "."], "would overwrite page.html");
    refused(&["--format=json=names.toml", "--glossary=names.toml", "a.txt"], "would overwrite the glossary");
    refused(&["--format=json=mtlint.toml", "a.txt"], "would overwrite the configuration");
    refused(&["--format=json=r", "--format=jsonl=sub/../r", "a.txt"], "two formats go to");
    refused(
        &["--baseline=r", "--write-baseline", "--format=json=./r", "a.txt"],
        "would overwrite the baseline",
    );
    refused(&["--fix", "a.txt", "sub/../a.txt"], "are one file");
    // A report of an earlier run may be replaced, in every format whose files are read.
    for target in ["html=report.html", "its=its.html", "jsonl=report.jsonl", "markdown=report.md"] {
        for _ in 0..2 {
            let (code, _, err) = run(mtlint(folder.path()).args(["check", SELECT, "--format", target, "."]));
            assert_eq!(code, 1, "{target}: {err}");
        }
        fs::remove_file(folder.path().join(target.split_once('=').unwrap().1)).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_killed_run_tears_nothing_and_the_next_one_tidies_up() {
    let names: Vec<String> = (0..200).map(|number| format!("{number:03}.txt")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), DAMAGED)).collect();
    let folder = folder(&files);
    for round in 0..4 {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_mtlint"))
            .args(["check", SELECT, "--fix", "--quiet", "."])
            .current_dir(folder.path())
            .spawn()
            .unwrap();
        // Until the first file is mended, and a little more.
        let is_mended =
            || names.iter().any(|name| fs::read_to_string(folder.path().join(name)).unwrap() == MENDED);
        while child.try_wait().unwrap().is_none() && !is_mended() {}
        std::thread::sleep(Duration::from_millis(round));
        child.kill().unwrap();
        child.wait().unwrap();
        for name in &names {
            let text = fs::read_to_string(folder.path().join(name)).unwrap();
            assert!(text == DAMAGED || text == MENDED, "{name}: {text:?}");
            fs::write(folder.path().join(name), DAMAGED).unwrap();
        }
    }
    let (code, _, err) = run(mtlint(folder.path()).args(["check", SELECT, "--fix", "--quiet", "."]));
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(names_in(folder.path()), names, "nothing else is left");
}

#[cfg(unix)]
#[test]
fn what_others_write_meanwhile_is_not_lost() {
    const ROUNDS: usize = 3;
    let record = "{\"text\": \"One. . Two.\"}\n";
    let folder = folder(&[]);
    let path = |name: &str| folder.path().join(name);
    for round in 0..ROUNDS {
        for number in 0..60 {
            fs::write(path(&format!("{number:02}.txt")), DAMAGED).unwrap();
        }
        fs::write(path("append.txt"), DAMAGED).unwrap();
        fs::write(path("append.jsonl"), record.repeat(200)).unwrap();
        fs::write(path("replace.txt"), DAMAGED).unwrap();
        let is_over = AtomicBool::new(false);
        let counts = std::thread::scope(|scope| {
            let append = |name: &'static str, line: &'static str| {
                let (is_over, path) = (&is_over, path(name));
                scope.spawn(move || {
                    // How many lines were written for certain before the file was exchanged, and how many may have been
                    // written between mtlint's last look and then: a program that holds the file open may lose these,
                    // as ARCHITECTURE.md says.
                    let (mut certain, mut open) = (0, 0);
                    loop {
                        let mut file = fs::File::options().append(true).open(&path).unwrap();
                        std::io::Write::write_all(&mut file, line.as_bytes()).unwrap();
                        let is_there =
                            fs::metadata(&path).is_ok_and(|now| now.ino() == file.metadata().unwrap().ino());
                        if is_there {
                            certain += 1;
                        } else {
                            open += 1;
                        }
                        if is_over.load(Ordering::Relaxed) {
                            return certain..=certain + open;
                        }
                        std::thread::sleep(Duration::from_millis(3));
                    }
                })
            };
            let text = append("append.txt", "A line. . Another.\n");
            let records = append("append.jsonl", "{\"text\": \"Three. . Four.\"}\n");
            let (is_over, folder) = (&is_over, folder.path());
            let replacer = scope.spawn(move || {
                let mut last = 0;
                while !is_over.load(Ordering::Relaxed) {
                    last += 1;
                    fs::write(folder.join("fresh"), format!("Version {last}. . It is new.\n")).unwrap();
                    fs::rename(folder.join("fresh"), folder.join("replace.txt")).unwrap();
                    std::thread::sleep(Duration::from_millis(3));
                }
                last
            });
            let remover = scope.spawn(move || {
                for number in (0..60).step_by(3) {
                    fs::remove_file(folder.join(format!("{number:02}.txt"))).unwrap();
                    std::thread::sleep(Duration::from_millis(2));
                }
            });
            for _ in 0..3 {
                let (code, _, _) = run(mtlint(folder).args(["check", SELECT, "--fix", "--quiet", "."]));
                assert!(code == 0 || code == 2, "{code}");
            }
            remover.join().unwrap();
            is_over.store(true, Ordering::Relaxed);
            (text.join().unwrap(), records.join().unwrap(), replacer.join().unwrap())
        });
        let lines = |name: &str| fs::read_to_string(path(name)).unwrap().lines().count();
        for (name, before, written) in [("append.txt", 1, &counts.0), ("append.jsonl", 200, &counts.1)] {
            let found = lines(name) - before;
            assert!(written.contains(&found), "round {round}: {found} of {written:?} lines in {name}");
        }
        let replaced = fs::read_to_string(path("replace.txt")).unwrap();
        assert!(replaced.starts_with(&format!("Version {}.", counts.2)), "round {round}: {replaced}");
        for number in (0..60).step_by(3) {
            assert!(!path(&format!("{number:02}.txt")).exists(), "round {round}: what was removed stays so");
        }
    }
    let left: Vec<String> =
        names_in(folder.path()).into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(left, [""; 0]);
}
