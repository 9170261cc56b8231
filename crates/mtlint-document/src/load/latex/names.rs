//! What LaTeX's commands and environments do to the text around them.
//!
//! What is not named here is a command of the author's own: what it prints is not known, so it and
//! its arguments stand as code.

use crate::BlockKind;

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It and its arguments print nothing here.
    Dropped,
    /// It takes no arguments and prints nothing.
    Switch,
    /// It prints its last argument; so many come before.
    Text(usize),
    /// Its argument is a block of its own.
    Block(BlockKind),
    /// An item of a list.
    Item,
    /// Its argument is a note, a block after the one around it.
    Note,
    /// Its argument in quotation marks.
    Quoted,
    /// A character.
    Symbol(&'static str),
    /// A mark on the letter behind it.
    Accent(char),
    LineBreak,
    Paragraph,
    Begin,
    End,
    /// What it prints is not known.
    Unknown,
}

/// What a command does, by its name without backslash and star.
pub(super) fn role(name: &str) -> Role {
    use Role::{Accent, Block, Dropped, Switch, Symbol, Text};
    match name {
        "begin" => Role::Begin,
        "end" => Role::End,
        "title" | "part" | "chapter" => Block(BlockKind::Title),
        "subtitle" | "section" | "subsection" | "subsubsection" | "paragraph" | "subparagraph"
        | "frametitle" | "framesubtitle" | "addchap" | "addsec" | "minisec" => Block(BlockKind::Heading),
        "caption" | "captionof" | "subcaption" | "legend" => Block(BlockKind::Caption),
        "item" => Role::Item,
        "footnote" | "footnotetext" | "thanks" | "marginpar" | "sidenote" | "marginnote" | "endnote" => {
            Role::Note
        }
        "enquote" | "textquote" | "blockquote" => Role::Quoted,
        "emph" | "textbf" | "textit" | "textsl" | "textsc" | "textrm" | "textsf" | "textup" | "textmd"
        | "textnormal" | "textulc" | "underline" | "uline" | "sout" | "uwave" | "mbox" | "hbox" | "fbox"
        | "text" | "MakeUppercase" | "MakeLowercase" | "uppercase" | "lowercase" | "so" | "hl"
        | "textsuperscript" | "textsubscript" | "makebox" | "framebox" | "alert" | "centerline"
        | "leftline" | "rightline" | "epigraph" | "nocorr" | "textlf" | "dedicatory" | "abstract"
        | "protect" | "ensuremath" => Text(0),
        "href" | "textcolor" | "colorbox" | "parbox" | "raisebox" | "scalebox" | "resizebox" | "hyperref"
        | "texorpdfstring" | "hypertarget" | "hyperlink" | "rotatebox" | "adjustbox" => Text(1),
        "multicolumn" | "multirow" | "fcolorbox" => Text(2),
        "\\" | "newline" | "linebreak" | "tabularnewline" => Role::LineBreak,
        "par" | "newpage" | "clearpage" | "cleardoublepage" | "maketitle" | "tableofcontents"
        | "listoffigures" | "listoftables" | "appendix" | "frontmatter" | "mainmatter" | "backmatter"
        | "bigskip" | "medskip" | "smallskip" | "pagebreak" | "printbibliography" | "printindex"
        | "printglossaries" | "hrule" | "titlepage" | "columnbreak" => Role::Paragraph,
        "bf" | "it" | "rm" | "sf" | "tt" | "sc" | "sl" | "em" | "bfseries" | "itshape" | "rmfamily"
        | "sffamily" | "ttfamily" | "scshape" | "slshape" | "upshape" | "mdseries" | "normalfont"
        | "tiny" | "scriptsize" | "footnotesize" | "small" | "normalsize" | "large" | "Large" | "LARGE"
        | "huge" | "Huge" | "noindent" | "indent" | "centering" | "raggedright" | "raggedleft" | "hfill"
        | "vfill" | "hline" | "toprule" | "midrule" | "bottomrule" | "endhead" | "endfirsthead"
        | "endfoot" | "endlastfoot" | "relax" | "leavevmode" | "sloppy" | "fussy" | "singlespacing"
        | "onehalfspacing" | "doublespacing" | "samepage" | "flushbottom" | "raggedbottom" | "onecolumn"
        | "twocolumn" | "makeatletter" | "makeatother" | "allowbreak" | "nobreak" | "xspace" | "null"
        | "strut" | "hyp" | "unskip" | "ignorespaces" | "dotfill" | "hrulefill" | "selectfont" | "/"
        | "-" | "@" | "!" | "(" | ")" | "[" | "]" | "*" | "+" | "<" | ">" | "|" => Switch,
        "label"
        | "index"
        | "vspace"
        | "hspace"
        | "vskip"
        | "hskip"
        | "includegraphics"
        | "usepackage"
        | "input"
        | "include"
        | "includeonly"
        | "bibliography"
        | "bibliographystyle"
        | "addbibresource"
        | "newcommand"
        | "renewcommand"
        | "providecommand"
        | "newenvironment"
        | "renewenvironment"
        | "newtheorem"
        | "DeclareMathOperator"
        | "setlength"
        | "addtolength"
        | "setcounter"
        | "addtocounter"
        | "stepcounter"
        | "refstepcounter"
        | "pagestyle"
        | "thispagestyle"
        | "pagenumbering"
        | "documentclass"
        | "author"
        | "date"
        | "institute"
        | "affil"
        | "affiliation"
        | "email"
        | "keywords"
        | "hypersetup"
        | "geometry"
        | "definecolor"
        | "color"
        | "colorlet"
        | "pagecolor"
        | "nocite"
        | "phantomsection"
        | "addcontentsline"
        | "markboth"
        | "markright"
        | "cmidrule"
        | "cline"
        | "rule"
        | "footnotemark"
        | "graphicspath"
        | "tikzset"
        | "lstset"
        | "lstinputlisting"
        | "inputminted"
        | "captionsetup"
        | "sisetup"
        | "newglossaryentry"
        | "newacronym"
        | "hyphenation"
        | "selectlanguage"
        | "setmainfont"
        | "setsansfont"
        | "setmonofont"
        | "fontsize"
        | "linespread"
        | "enlargethispage"
        | "needspace"
        | "phantom"
        | "hphantom"
        | "vphantom"
        | "rowcolor"
        | "cellcolor"
        | "columncolor"
        | "columnwidth"
        | "ifthenelse"
        | "todo"
        | "nomenclature"
        | "glsreset"
        | "DeclareUnicodeCharacter"
        | "theoremstyle"
        | "renewrobustcmd"
        | "NewDocumentCommand"
        | "RenewDocumentCommand"
        | "bibitem"
        | "counterwithin"
        | "numberwithin"
        | "setstretch"
        | "vadjust"
        | "special"
        | "write"
        | "typeout" => Dropped,
        "%" => Symbol("%"),
        "&" => Symbol("&"),
        "#" => Symbol("#"),
        "$" => Symbol("$"),
        "_" | "textunderscore" => Symbol("_"),
        "{" | "textbraceleft" => Symbol("{"),
        "}" | "textbraceright" => Symbol("}"),
        " " | "\n" | "\r" | "\t" | "quad" | "qquad" | "enspace" | "space" => Symbol(" "),
        "," | "thinspace" | ":" | ";" => Symbol("\u{202F}"),
        "nobreakspace" => Symbol("\u{A0}"),
        "ldots" | "dots" | "textellipsis" => Symbol("…"),
        "textendash" => Symbol("–"),
        "textemdash" => Symbol("—"),
        "ss" => Symbol("ß"),
        "ae" => Symbol("æ"),
        "AE" => Symbol("Æ"),
        "oe" => Symbol("œ"),
        "OE" => Symbol("Œ"),
        "o" => Symbol("ø"),
        "O" => Symbol("Ø"),
        "l" => Symbol("ł"),
        "L" => Symbol("Ł"),
        "aa" => Symbol("å"),
        "AA" => Symbol("Å"),
        "i" => Symbol("ı"),
        "j" => Symbol("ȷ"),
        "dh" => Symbol("ð"),
        "DH" => Symbol("Ð"),
        "th" => Symbol("þ"),
        "TH" => Symbol("Þ"),
        "dj" => Symbol("đ"),
        "DJ" => Symbol("Đ"),
        "S" | "textsection" => Symbol("§"),
        "P" => Symbol("¶"),
        "copyright" | "textcopyright" => Symbol("©"),
        "textregistered" => Symbol("®"),
        "texttrademark" => Symbol("™"),
        "pounds" | "textsterling" => Symbol("£"),
        "euro" | "texteuro" | "EUR" => Symbol("€"),
        "textdegree" | "degree" => Symbol("°"),
        "textbullet" => Symbol("•"),
        "textbackslash" => Symbol("\\"),
        "textasciitilde" => Symbol("~"),
        "textasciicircum" => Symbol("^"),
        "textbar" => Symbol("|"),
        "textless" => Symbol("<"),
        "textgreater" => Symbol(">"),
        "slash" => Symbol("/"),
        "dag" => Symbol("†"),
        "flqq" | "guillemotleft" | "guillemetleft" | "og" => Symbol("«"),
        "frqq" | "guillemotright" | "guillemetright" | "fg" => Symbol("»"),
        "flq" | "guilsinglleft" => Symbol("‹"),
        "frq" | "guilsinglright" => Symbol("›"),
        "glqq" | "quotedblbase" => Symbol("„"),
        "grqq" | "textquotedblleft" => Symbol("“"),
        "glq" | "quotesinglbase" => Symbol("‚"),
        "grq" | "textquoteleft" | "lq" => Symbol("‘"),
        "textquotedblright" => Symbol("”"),
        "textquoteright" | "rq" => Symbol("’"),
        "textquotedbl" => Symbol("\""),
        "LaTeX" | "LaTeXe" => Symbol("LaTeX"),
        "TeX" => Symbol("TeX"),
        "textexclamdown" => Symbol("¡"),
        "textquestiondown" => Symbol("¿"),
        "'" => Accent('\u{301}'),
        "`" => Accent('\u{300}'),
        "^" => Accent('\u{302}'),
        "\"" => Accent('\u{308}'),
        "~" => Accent('\u{303}'),
        "=" => Accent('\u{304}'),
        "." => Accent('\u{307}'),
        "u" => Accent('\u{306}'),
        "v" => Accent('\u{30C}'),
        "H" => Accent('\u{30B}'),
        "c" => Accent('\u{327}'),
        "d" => Accent('\u{323}'),
        "b" => Accent('\u{331}'),
        "r" => Accent('\u{30A}'),
        "k" => Accent('\u{328}'),
        _ => Role::Unknown,
    }
}

/// Whether an environment is a formula.
pub(super) fn is_math(name: &str) -> bool {
    matches!(
        name.trim_end_matches('*'),
        "equation"
            | "align"
            | "gather"
            | "multline"
            | "eqnarray"
            | "displaymath"
            | "math"
            | "alignat"
            | "flalign"
            | "dmath"
            | "subequations"
    )
}

/// Whether what an environment holds is no text.
pub(super) fn is_verbatim(name: &str) -> bool {
    matches!(
        name.trim_end_matches('*'),
        "verbatim"
            | "Verbatim"
            | "lstlisting"
            | "minted"
            | "comment"
            | "tikzpicture"
            | "pgfpicture"
            | "picture"
            | "thebibliography"
            | "filecontents"
            | "algorithm"
            | "algorithmic"
            | "alltt"
            | "luacode"
            | "pycode"
            | "BVerbatim"
            | "LVerbatim"
            | "sourcecode"
            | "tabbing"
            | "axis"
            | "pspicture"
            | "asy"
            | "rawlatex"
    )
}

/// What an environment that holds text is.
pub(super) fn environment(name: &str) -> Environment {
    match name.trim_end_matches('*') {
        "quote" | "quotation" | "verse" | "displayquote" => Environment::Kind(BlockKind::Quotation),
        "tabular" | "tabularx" | "tabulary" | "longtable" | "tabu" | "array" | "supertabular"
        | "xltabular" | "tblr" => Environment::Table,
        "frame" => Environment::Frame,
        _ => Environment::Other,
    }
}

/// What an environment does to the blocks in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Environment {
    Kind(BlockKind),
    Table,
    /// A slide, which has its heading as an argument.
    Frame,
    Other,
}
