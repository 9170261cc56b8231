//! The page of `--format html`, read as a browser reads it.

use super::*;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// What a browser without scripts makes of the page. The page is without a single parse error.
fn parse(page: &str) -> RcDom {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
    let options = ParseOpts { tree_builder, ..Default::default() };
    let dom = parse_document(RcDom::default(), options).one(page);
    let errors: Vec<String> = dom.errors.borrow().iter().map(ToString::to_string).collect();
    assert_eq!(errors, [""; 0]);
    dom
}

/// Calls `visit` with every element, its name and its attributes.
fn elements(node: &Handle, visit: &mut impl FnMut(&Handle, &str, &[(String, String)])) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes: Vec<(String, String)> = attrs
            .borrow()
            .iter()
            .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
            .collect();
        visit(node, &name.local, &attributes);
    }
    node.children.borrow().iter().for_each(|child| elements(child, visit));
}

/// The text of a node without what is struck through.
fn kept(node: &Handle, out: &mut String) {
    match &node.data {
        NodeData::Text { contents } => out.push_str(&contents.borrow()),
        NodeData::Element { name, .. } if &*name.local == "del" => {}
        NodeData::Element { attrs, .. }
            if attrs.borrow().iter().any(|attribute| &*attribute.value == "cr") =>
        {
            out.push('\r');
        }
        _ => node.children.borrow().iter().for_each(|child| kept(child, out)),
    }
}

/// The text of the parts of the views of one name, article by article.
fn view(dom: &RcDom, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    elements(&dom.document, &mut |node, _, attributes| {
        if attributes.contains(&("data-view".to_owned(), name.to_owned())) {
            let mut text = String::new();
            elements(node, &mut |part, _, attributes| {
                if attributes.contains(&("class".to_owned(), "text".to_owned())) {
                    kept(part, &mut text);
                }
            });
            found.push(text);
        }
    });
    found
}

fn page(folder: &std::path::Path, args: &[&str]) -> String {
    let (code, out, err) = run(mtlint(folder).args(["check", "--format=html", "--exit-zero"]).args(args));
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

const ARTICLE: &str =
    "The Harbour\n\nThe ferry left at noon. . It came back , they said.\r\nThe the council met..\n";

#[test]
fn a_page_is_well_formed_and_says_it_all_without_scripts() {
    let folder = folder(&[("news/a.txt", ARTICLE), ("b.txt", "All was quiet at the harbour.\n")]);
    let page = page(folder.path(), &["--lang=en"]);
    let dom = parse(&page);
    let mut ids = std::collections::BTreeSet::new();
    let mut links = Vec::new();
    let mut messages = 0;
    elements(&dom.document, &mut |_, name, attributes| {
        for (key, value) in attributes {
            match key.as_str() {
                "id" => assert!(ids.insert(value.clone()), "the id {value} is there twice"),
                "href" if name == "a" => links.push(value.trim_start_matches('#').to_owned()),
                "class" if value == "message" => messages += 1,
                "style" => panic!("the policy allows no style attribute"),
                _ => assert!(!key.starts_with("on"), "{key}"),
            }
        }
    });
    assert!(messages >= 4, "{messages}");
    links.iter().for_each(|link| assert!(ids.contains(link), "nothing has the id {link}"));
}

#[test]
fn the_mended_text_is_that_of_fixing() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let dom = parse(&page(folder.path(), &["--lang=en"]));
    for (name, options) in [("safe", &["--fix"][..]), ("all", &["--fix", "--unsafe-fixes"])] {
        std::fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
        run(mtlint(folder.path()).args(["check", "a.txt", "--lang=en"]).args(options));
        let fixed = std::fs::read_to_string(folder.path().join("a.txt")).unwrap();
        assert_ne!(fixed, ARTICLE);
        assert_eq!(view(&dom, name), [fixed], "{name}");
    }
}

#[test]
fn the_page_is_the_same_whatever_the_threads() {
    let articles: Vec<(String, String)> = (0..40)
        .map(|number| (format!("{number}.txt"), format!("Day {number}.\n{}", ARTICLE.repeat(number % 7 + 1))))
        .collect();
    let files: Vec<(&str, &str)> =
        articles.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let first = page(folder.path(), &["--jobs=1"]);
    assert!(first == page(folder.path(), &["--jobs=4"]));
}

/// What would do harm if any of it became markup or script.
const HOSTILE: &str = "<script>document.title='owned'</script> . . </style></script></noscript></template> --> ]]> \
    <img src=x onerror=alert(1)> <!-- {{constructor}} ${alert(1)} `x` \u{2028}\u{2029} &lt;b&gt; \
    javascript:alert(1) \u{202E}backwards . .";

#[test]
fn hostile_text_stays_text() {
    let record = serde_json::json!({ "id": "</script><b onclick=alert(1)>", "text": HOSTILE });
    let folder = folder(&[
        ("a.txt", &format!("{HOSTILE}\u{1}\u{1B}[31m\u{FFFF}\n")),
        ("<img src=x onerror=alert(1)>/&quot;\"'.txt", HOSTILE),
        ("records.jsonl", &record.to_string()),
    ]);
    let page = page(folder.path(), &["--lang=en"]);
    let dom = parse(&page);
    let mut scripts = 0;
    elements(&dom.document, &mut |_, name, attributes| {
        assert!(!matches!(name, "img" | "b" | "iframe" | "object" | "template"), "{name}");
        assert!(attributes.iter().all(|(key, _)| !key.starts_with("on")), "{attributes:?}");
        scripts += usize::from(name == "script");
    });
    assert_eq!(scripts, 2, "the data of the page and its own script");
    let markup = page.split_once("<script id=").unwrap().0;
    assert_eq!(markup.matches("</noscript").count(), markup.matches("<noscript").count());
    let found = view(&dom, "found");
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|text| text.contains(HOSTILE)), "{found:?}");
}

/// The text of the elements of a class, white space as single spaces.
fn texts(dom: &RcDom, class: &str) -> Vec<String> {
    let mut found = Vec::new();
    elements(&dom.document, &mut |node, _, attributes| {
        let classes = attributes.iter().filter(|(key, _)| key == "class");
        if classes.flat_map(|(_, value)| value.split(' ')).any(|name| name == class) {
            let mut text = String::new();
            kept(node, &mut text);
            found.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    });
    found
}

#[test]
fn a_page_weighs_by_the_profile_and_tells_what_fails() {
    let sound = "All was quiet at the harbour, and nobody said a word about the ferry. ".repeat(12);
    let folder = folder(&[
        ("a.txt", ARTICLE),
        ("b.txt", &format!("{sound}The bridge , closed in March, will open.\n")),
        ("mtlint.toml", "[score]\nminor = 2\nmax-penalty = 30\ntypes.punctuation = 0.5\n"),
    ]);
    let told = |args: &[&str]| {
        let check = ["check", "--format=html", "--exit-zero", "--lang=en", "--select=punctuation"];
        parse(&run(mtlint(folder.path()).args(check).args(args)).1)
    };
    let dom = told(&[]);
    let verdicts = texts(&dom, "verdict");
    assert_eq!(verdicts, ["fails: over 30", "passes", "fails: over 30", "passes"]);
    let figures = texts(&dom, "figure");
    assert_eq!(figures[0], "article fails1of 2: penalty at most 30");
    assert!(figures[3].contains("minor 2, major 5, critical 25, punctuation × 0.5"), "{figures:?}");
    let (_, json, _) =
        run(mtlint(folder.path()).args(["score", "--lang=en", "--select=punctuation", "--format=json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let penalty = |document: usize| json["documents"][document]["penalty_per_1000_words"].as_f64().unwrap();
    assert_eq!(texts(&dom, "value"), [format!("{:.1}", penalty(0)), format!("{:.1}", penalty(1))]);
    let plain = told(&["--isolated"]);
    assert_eq!(texts(&plain, "verdict"), [""; 0]);
    assert!(texts(&plain, "figure")[2].contains("minor 1, major 5, critical 25"));
}

#[test]
fn a_page_tells_what_is_suppressed_and_where_a_text_may_come_from() {
    let folder = folder(&[
        ("a.txt", "The ferry left at noon。 Suzuki-san said so。 Tanaka-san laughed。\n"),
        (
            "b.txt",
            "<!-- mtlint-ignore punctuation: the <b>poet</b> writes so [until 2999-01-01] -->\nIt came back , they said.\n",
        ),
    ]);
    let page = page(folder.path(), &["--lang=en"]);
    let dom = parse(&page);
    let notes = texts(&dom, "note");
    assert!(notes[0].starts_with("The traces point to Japanese, as source or pivot language"), "{notes:?}");
    assert!(notes[0].contains("3 times, first at line 1, column 23"), "{notes:?}");
    assert!(notes[1].starts_with("1 finding suppressed"), "{notes:?}");
    let by = "by a comment in the text, until 2999-01-01: the <b>poet</b> writes so";
    assert!(notes[1].ends_with(by), "{notes:?}");
    assert!(page.contains("1 suppressed"));
}

#[test]
fn a_page_of_many_articles_says_what_it_leaves_out() {
    let line = |number: usize| {
        let damage = if number.is_multiple_of(2) { "It came back , they said." } else { "All was quiet." };
        format!("{{\"text\": \"Day {number}. {damage}\"}}\n")
    };
    let folder = folder(&[("a.jsonl", &(0..2_500).map(line).collect::<String>())]);
    let dom = parse(&page(folder.path(), &["--lang=en", "--select=punctuation"]));
    assert_eq!(texts(&dom, "article").len(), 1_000);
    let told = texts(&dom, "omitted");
    assert!(
        told[0].starts_with("Of 1,250 articles with findings, the 1,000 worst are shown in place"),
        "{told:?}"
    );
    assert!(told[0].contains("The table has the 2,000 worst of 2,500."), "{told:?}");
    assert!(texts(&dom, "figure")[1].starts_with("findings1,250"));
}

#[test]
fn a_page_of_nothing_is_a_page() {
    let empty = folder(&[]);
    // That nothing was checked is said on standard error as well.
    let (code, nothing, _) = run(mtlint(empty.path()).args(["check", "--format=html"]));
    assert!(code == 0 && nothing.contains("There was nothing to check."));
    let clean = folder(&[("a.txt", "All was quiet at the harbour.\n")]);
    let page = page(clean.path(), &[]);
    parse(&page);
    assert!(page.contains("No findings.") && !page.contains("toolbar\" id"));
}

#[test]
fn a_file_that_cannot_be_read_is_told_in_the_page() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    std::fs::write(folder.path().join("b.txt"), [0xC3, 0x28, 0xA0, 0xA1, 0xFF]).unwrap();
    let (code, page, _) = run(mtlint(folder.path()).args(["check", "--format=html"]));
    assert_eq!(code, 2);
    assert!(page.contains("Could not be checked") && page.contains("b.txt"));
    parse(&page);
}

/// A hundred thousand findings in one paragraph, and as many articles' worth of text: linear in
/// time and size.
#[test]
fn many_findings_are_no_trouble() {
    let folder = folder(&[("a.txt", &"He left . . ".repeat(25_000))]);
    let page = page(folder.path(), &["--lang=en", "--select=punctuation"]);
    let findings = page.matches("<li class=\"finding").count();
    assert!(findings >= 25_000, "{findings}");
    assert!(page.len() < findings * 2_000, "{} bytes for {findings} findings", page.len());
}

#[test]
fn a_finding_on_a_comment_has_a_place_in_the_text() {
    let text = "<p>The ferry left at noon. . It came back.</p>\n<!-- mtlint-ignore casing: house style -->\n<p>All was quiet.</p>";
    let folder = folder(&[("a.html", text)]);
    let dom = parse(&page(folder.path(), &["--lang=en"]));
    let found = view(&dom, "found");
    assert!(found[0].ends_with("All was quiet."), "{found:?}");
    let mut rules = Vec::new();
    elements(&dom.document, &mut |_, _, attributes| {
        let rule = attributes.iter().find_map(|(_, value)| value.strip_prefix("#rule-"));
        rules.extend(rule.map(str::to_owned));
    });
    assert_eq!(rules, ["punctuation/repeated-stop", "suppression/unused"]);
}
