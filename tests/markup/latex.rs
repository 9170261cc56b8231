use super::Read;
use mtlint_document::load::{self, Format};
use mtlint_document::{BlockKind, Extract};
use mtlint_text::{Edit, Span};

fn extract(text: &str) -> Extract {
    load::extract(Format::Latex, text)
}

fn blocks(text: &str) -> Vec<(String, BlockKind)> {
    extract(text).kinds()
}

fn text(text: &str) -> String {
    extract(text).read()
}

#[test]
fn prose_is_taken_by_kind_and_the_rest_left_out() {
    let latex = "\\documentclass[a4paper]{article}\n\\usepackage{babel} % all of it\n\\newcommand{\\quay}[1]{the #1 quay}\n\
        \\title{The \\emph{ferry}}\n\\author{Ida}\n\\begin{document}\n\\maketitle\n\
        \\section*{On the quay}\\label{sec:quay}\nIt was\nlate\\footnote{By \\textbf{an} hour.} again.\n\n\
        \\begin{itemize}\n  \\item One\n  \\item[Two] Three\n\\end{itemize}\n\
        \\begin{quote}Quoted.\\end{quote}\n\\begin{lstlisting}\nlet x = 1;\n\\end{lstlisting}\n\
        \\begin{tabular}{ll}\n\\hline\na & b \\\\\n\\multicolumn{2}{c}{both} \\\\\n\\end{tabular}\n\
        \\begin{figure}[h]\\centering\\includegraphics[width=3cm]{pier}\\caption[Pier]{The pier.}\\end{figure}\n\
        End of it.\n\\end{document}\nNot this.";
    assert_eq!(
        blocks(latex),
        [
            ("The ferry", BlockKind::Title),
            ("On the quay", BlockKind::Heading),
            ("It was late again.", BlockKind::Paragraph),
            ("By an hour.", BlockKind::Paragraph),
            ("One", BlockKind::ListItem),
            ("Two", BlockKind::ListItem),
            ("Three", BlockKind::ListItem),
            ("Quoted.", BlockKind::Quotation),
            ("a", BlockKind::TableCell),
            ("b", BlockKind::TableCell),
            ("both", BlockKind::TableCell),
            ("The pier.", BlockKind::Caption),
            ("End of it.", BlockKind::Paragraph),
        ]
        .map(|(text, kind)| (text.to_owned(), kind))
    );
}

#[test]
fn signs_are_what_they_print() {
    assert_eq!(
        text("``Yes,'' she said---`no' -- 5\\,\\% of~it."),
        "“Yes,” she said—‘no’ – 5\u{202F}% of\u{A0}it."
    );
    assert_eq!(
        text("Caf\\'e, na\\\"{\\i}ve, Stra\\ss e, \\c{c}a, \\ldots{} \\LaTeX\\ too."),
        "Café, naïve, Straße, ça, … LaTeX too."
    );
    assert_eq!(text("{\\bf The} f\\/erry is{} here%\n  after."), "The ferry is hereafter.");
    assert_eq!(text("She said \\enquote{it \\emph{is} so}."), "She said \"it is so\".");
    assert_eq!(text("One\\\\[2pt] two\\par three"), "One\ntwo|three");
    assert_eq!(
        text("\\documentclass{x}\\usepackage[ngerman]{babel}\\begin{document}\"`Ja\"' \\end{document}"),
        "„Ja“"
    );
}

#[test]
fn what_is_not_known_is_masked() {
    let latex = "See $x < y$ in \\quay{north}[a], \\cite{berg} and \\verb|a_b|; \\[ z \\] ends.";
    let extract = extract(latex);
    let masked: Vec<&str> = extract.mask.iter().map(|(span, _)| span.of(&extract.text)).collect();
    assert_eq!(masked, ["$x < y$", "\\quay{north}[a]", "\\cite{berg}", "\\verb|a_b|", "\\[ z \\]"]);
    assert_eq!(text("It cost $5 and more."), "It cost $5 and more.");
}

#[test]
fn an_edit_is_written_as_latex_writes_it() {
    let latex = "It cost 5\\%. . ``So''";
    let extract = extract(latex);
    let map = extract.origin.unwrap();
    let stop = extract.text.find(". .").unwrap();
    assert_eq!(map.edit(&Edit::delete(Span::new(stop + 1, stop + 3))), Some(Edit::delete(Span::new(12, 14))));
    let end = extract.text.trim_end().len();
    assert_eq!(map.edit(&Edit::insert(end, "” & 7%")).unwrap().insert, "'' \\& 7\\%");
    let percent = extract.text.find('%').unwrap();
    assert_eq!(
        map.edit(&Edit::delete(Span::new(percent, percent + 1))),
        Some(Edit::delete(Span::new(9, 11)))
    );
}

#[test]
fn comments_for_mtlint_are_found() {
    let extract = extract("One. % mtlint-ignore a/b: why\n% mtlint-ignore c/d: so\n\nTwo.");
    let found: Vec<(u32, &str)> = extract.comments.iter().map(|it| (it.at, it.text.as_str())).collect();
    assert_eq!(found, [(4, "mtlint-ignore a/b: why"), (4, "mtlint-ignore c/d: so")]);
    assert_eq!(extract.text, "One.\nTwo.\n");
}

#[test]
fn what_is_broken_is_read_as_far_as_it_goes() {
    for latex in [
        "",
        "\\",
        "}{",
        "\\begin{",
        "\\begin{verbatim}x",
        "\\title{",
        "$",
        "\\'",
        "\\section{a",
        "\\footnote{a\\footnote{b}} c",
        "[",
        "\\item[",
        "\\end{document}",
    ] {
        extract(latex);
    }
    assert_eq!(text("a\\footnote{b\\footnote{c} d} e"), "a e|b d|c");
    let deep = "\\footnote{a".repeat(20_000) + &"}".repeat(20_000);
    assert_eq!(blocks(&deep).len(), 20_000);
}
