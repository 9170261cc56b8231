//! No line of what is printed for people is wider than the terminal, whatever the articles are like.

use super::snapshots::RULE;
use super::*;
use unicode_width::UnicodeWidthStr;

/// Widths that terminals have: split windows, the old standard, today's, and the widest that is filled.
const WIDTHS: [usize; 4] = [60, 80, 100, 140];

/// Asserts that no line of `printed` takes more columns than there are.
fn assert_fits(printed: &str, columns: usize) {
    for line in printed.lines() {
        let width = line.width();
        assert!(width <= columns, "{width} columns where there are {columns}:\n{line}");
    }
}

/// What `mtlint` prints at so many columns; every exit code but that of a failure will do.
fn printed(folder: &Path, args: &[&str], columns: usize) -> String {
    let mut command = mtlint(folder);
    command.env("COLUMNS", columns.to_string()).arg(args[0]).args(["--color", "never"]).args(&args[1..]);
    let (code, out, err) = run(&mut command);
    assert!(code <= 1, "{args:?}: {code}\n{err}");
    assert!(!out.is_empty(), "{args:?} prints nothing");
    out
}

#[test]
fn the_examples_fit() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = ["check", "--isolated", "--evidence", "--statistics", "--min-confidence=low", "examples"];
    for columns in WIDTHS {
        assert_fits(&printed(root, &check, columns), columns);
        assert_fits(&printed(root, &["rules", "list"], columns), columns);
        for rule in
            ["quotation/closed-early", "repetition/block", "language/untranslated", "encoding/mojibake"]
        {
            assert_fits(&printed(root, &["explain", rule], columns), columns);
        }
    }
}

/// Articles in which `[…]` is damage that is hard to draw.
fn hostile_articles() -> Vec<(&'static str, String)> {
    let words = "the keeper of the light wrote that the boats were late ".repeat(12);
    vec![
        ("marks-far-apart", format!("{words}[one] {words}[two] {words}[three].\n")),
        ("many-marks", "[a] and so on, ".repeat(40)),
        ("a-long-mark", format!("{words}[{words}] {words}\n")),
        ("a-long-word", format!("{} [{}] end\n", "harbour".repeat(60), "light".repeat(60))),
        ("wide", format!("{}[{}]{}\n", "港の灯".repeat(60), "船".repeat(80), "が来た".repeat(60))),
        ("combining", format!("{}[{}]\n", "Zoe\u{308} a\u{301}\u{323} ".repeat(80), "e\u{301}".repeat(200))),
        ("piled-up", format!("a{}[b{}]c\n", "\u{301}".repeat(900), "\u{323}".repeat(900))),
        ("right-to-left", format!("{}[{}] {}\n", "שלום לכם ".repeat(40), "الميناء مغلق ".repeat(20), "ערב")),
        ("invisible", format!("{}[{}] x\n", "a\u{200B}b ".repeat(60), "\u{200B}".repeat(90))),
        ("controls", format!("{}[{}] x\n", "a\u{7F}\u{85} ".repeat(60), "\u{1B}[1m".repeat(30))),
        ("tabs", format!("{}[{}] x\n", "a\tb\t".repeat(40), "\t".repeat(60))),
        ("emoji", format!("{}[{}] x\n", "👩‍👧 🇳🇴 ".repeat(40), "👩‍👧🏽".repeat(60))),
        ("over-lines", format!("{words}[{words}\n\n{words}\nfour] {words}\n")),
        ("late-lines", format!("{}[x] {words}", "line\n".repeat(12_000))),
    ]
}

#[test]
fn what_is_hard_to_draw_fits() {
    let long = ["a-folder-with-a-name-that-says-what-is-in-it"; 4].join("/");
    for (name, text) in hostile_articles() {
        let path = format!("{long}/{name}.txt");
        let folder = folder(&[
            ("mtlint.toml", "rules = [\"house\"]\n"),
            ("house/markup/brackets.toml", RULE),
            (&path, &text),
        ]);
        for columns in WIDTHS {
            let args = ["check", "--lang=en", "--select=markup/brackets", &path];
            let printed = printed(folder.path(), &args, columns);
            assert_fits(&printed, columns);
            assert!(printed.contains("^"), "{name}: nothing is marked\n{printed}");
            // A path is broken, and nothing of it left out.
            let joined: String = printed.split_whitespace().collect();
            assert!(joined.contains(&path), "{name}: the path is not there\n{printed}");
        }
    }
}

#[test]
fn the_name_of_a_long_rule_and_the_sum_fit() {
    let name = "brackets-that-nobody-has-ever-asked-for-and-that-are-here-all-the-same";
    let folder = folder(&[
        ("mtlint.toml", "rules = [\"house\"]\n"),
        (&format!("house/markup/{name}.toml"), RULE),
        ("a.txt", &"The [boat] came.\n\n".repeat(1200)),
    ]);
    let select = format!("--select=markup/{name},residue");
    assert_fits(&printed(folder.path(), &["check", "--lang=en", &select, "--statistics", "a.txt"], 60), 60);
}
