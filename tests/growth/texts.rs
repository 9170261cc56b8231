//! Texts of every shape that may make a search go over the same ground again: each grows from a
//! number of repetitions. No writer writes them; scrapers, decoders and converters do.

/// A kind of text: its name, and what makes one of about `length` bytes.
pub struct Kind {
    pub name: String,
    make: Make,
}

enum Make {
    /// The same piece over and over.
    Repeated(String),
    /// Pieces that differ by their number.
    Numbered(fn(usize) -> String),
    /// A whole of nested halves: what opens, what stands in the middle, what closes.
    Nested(&'static str, &'static str, &'static str),
    /// A piece once, then another over and over: something that is looked for far back or far ahead.
    Headed(&'static str, &'static str),
    /// The same, and a last piece.
    Tailed(&'static str, &'static str),
}

impl Kind {
    /// A text of about `length` bytes.
    pub fn text(&self, length: usize) -> String {
        match &self.make {
            Make::Repeated(piece) => piece.repeat(length.div_ceil(piece.len())),
            Make::Numbered(piece) => {
                let mut text = String::with_capacity(length + 64);
                for number in 0.. {
                    if text.len() >= length {
                        break;
                    }
                    text.push_str(&piece(number));
                }
                text
            }
            Make::Nested(open, middle, close) => {
                let count = length / (open.len() + close.len());
                format!("{}{middle}{}", open.repeat(count), close.repeat(count))
            }
            Make::Headed(head, piece) => format!("{head}{}", piece.repeat(length / piece.len())),
            Make::Tailed(piece, tail) => format!("{}{tail}", piece.repeat(length / piece.len())),
        }
    }
}

/// What is repeated as it is.
const REPEATED: &[&str] = &[
    // Quotation marks of every kind: alone, in pairs, spaced, alternating.
    "“",
    "”",
    "\"",
    "'",
    "’",
    "«",
    "»",
    "„",
    "‚",
    "「",
    "」",
    "『",
    "《",
    "》",
    "``",
    "''",
    "′′",
    "“a” ",
    "“a ",
    "a” ",
    "“a” ”",
    "”a“ ",
    "\"a\" ",
    "\" a \" ",
    "\"a ",
    "a\" ",
    "'a' ",
    "’a ‘b ",
    "‘a’ ",
    "«a» ",
    "»a« ",
    "„a“ ",
    "„a” ",
    "「あ」",
    "「あ",
    "あ」",
    "“‘a’ ",
    "“a ‘b” c’ ",
    "“a “b ",
    "” “",
    "“”",
    "’n’ ",
    "don’t ",
    "the boys’ ",
    "'tis ",
    "rock 'n' roll ",
    "“Yes,” he said. ",
    "“Yes. ” He said. ",
    "“Yes.” “No.” ",
    "“Yes, said he. ",
    "Yes,” he said. ",
    "She said: “No. ",
    "“I go.” Stated. ",
    "“A.\n",
    "“A.”\n\n",
    "“A\n\n“B\n\n",
    "— Yes, he said. — No.\n",
    "- «Si» ",
    "he said, “a,” he said, ",
    // Full stops and other marks.
    ".",
    ". ",
    ". . ",
    ".. ",
    "... ",
    "… ",
    ". , ",
    ", ",
    ",",
    ",, ",
    ";",
    ": ",
    "::",
    "!",
    "! ",
    "?!",
    "¿",
    "¿a? ",
    "¡",
    "- ",
    "-",
    "--",
    "— ",
    "—",
    "–",
    "a-",
    "a -",
    "a - b ",
    "a—b ",
    "a, b, ",
    "a; b; ",
    "a: b: ",
    "a. b. ",
    "a.b.",
    "a,b,",
    "a .b ",
    "a , ",
    "、",
    "。",
    "，",
    "，。",
    "a，",
    "،",
    "। ",
    "·",
    "• ",
    "•a",
    "/",
    "|",
    "| a | ",
    "* ",
    "#",
    "# ",
    "_",
    "~",
    "`",
    "`a` ",
    "``` ",
    "^",
    "=",
    "+",
    "% ",
    "5 % ",
    "5%",
    "$",
    "$5 ",
    "5 $ ",
    "& ",
    "&amp;",
    "&amp ",
    "& amp; ",
    "&#39;",
    "\\n",
    "\\u0041",
    "%20",
    "=20",
    "@",
    "@@ ",
    "a@b.c ",
    // Brackets.
    "(",
    ")",
    ")(",
    "(a) ",
    "(a ",
    "a) ",
    "(a] ",
    "(a [b ",
    "[",
    "[a]",
    "[a](b) ",
    "[[a]] ",
    "{",
    "{a} ",
    "{{a}} ",
    "{% a %} ",
    "{0} ",
    "%s ",
    "<",
    "<b",
    "<b>",
    "<b>a</b> ",
    "</b>",
    "< br / >",
    "[b]a[/b]",
    "（",
    "（あ）",
    // Words.
    "a",
    "a ",
    "A ",
    "AB ",
    "A. ",
    "A.B. ",
    "the ",
    "the the ",
    "the the. ",
    "The ",
    "of the ",
    "of the of the ",
    "I ",
    "i ",
    "is ",
    "and ",
    "and and ",
    "not ",
    "to be or not to be ",
    "very very, ",
    "said ",
    "said, ",
    "Said. ",
    "He said. ",
    "according to ",
    "According to Ann, ",
    "Ann said Ann said ",
    "mr. ",
    "Mr. Smith ",
    "Smith ",
    "John Smith ",
    "john smith ",
    "Smith’s ",
    "Smith-Jones ",
    "Smith - Jones ",
    "Mc",
    "O'Neil ",
    "ISIS-K ",
    "ISIS- K ",
    "U.S. ",
    "US U.S. ",
    "USA (United States) ",
    "UN ",
    "iPhone ",
    "Tokyo-san ",
    "Mr Bey ",
    "London, ",
    "French ",
    "Monday ",
    "on 3. October ",
    "March 3 ",
    "the ayuntamiento ",
    "casa ",
    "und ",
    "les enfants sont ",
    "это было так ",
    "это ",
    "роof ",
    "港",
    "港。",
    "港 a ",
    "あ",
    "カ",
    "한국 ",
    "ไทย",
    "हिन्दी ",
    "مرحبا ",
    "שלום ",
    "ά",
    "é",
    "e\u{301}",
    "\u{301}",
    "a\u{301} ",
    "ä ",
    "Ã©",
    "â€™",
    "Ã¤ ",
    "\u{fffd}",
    "\u{200b}",
    "a\u{200b}b ",
    "\u{ad}",
    "a\u{ad}",
    "\u{a0}",
    "\u{a0}\u{a0}",
    "a\u{a0}",
    "\u{202e}",
    "\u{feff}",
    "\u{1}",
    "👩‍👧",
    "😀 ",
    "????",
    ":) ",
    // Numbers.
    "1",
    "1 ",
    "1.",
    "1. ",
    "1,",
    "1,234 ",
    "1.234 ",
    "1 234 ",
    "1,5000 ",
    "1.5 ",
    "1:2 ",
    "5:30 pm ",
    "17h30 ",
    "16.3. ",
    "16/3/20 ",
    "2020 ",
    "2020. ",
    "1) ",
    "1-2 ",
    "$1 $1 ",
    "€5 euros ",
    "5 km ",
    "5km",
    "5th ",
    "No. 5 ",
    "one 1 ",
    "30 Thirty ",
    "XIV ",
    // Lines.
    "\n",
    "\n\n",
    "\r\n",
    "a\n",
    "a\n\n",
    "A\nb\n",
    "a.\n",
    "A.\n\n",
    "a,\n",
    "- a\n",
    "* a\n\n",
    "1. a\n",
    "> a\n",
    "# A\n\n",
    "---\n",
    "```\n",
    "\t",
    " ",
    "  ",
    "a  b ",
    " \n",
    "A heading\n",
    "Read more\n",
    "Advertisement\n",
    "Share Tweet\n",
    "[ad_1]\n",
    "CITY (AP) — ",
    "Photo: A\n",
    "By Ann Smith\n",
    "a: b\n",
    "a;b\n",
    "a\tb\n",
    "| a |\n",
    // Addresses and code.
    "http://a.example/ ",
    "www.a.example ",
    "a.example ",
    "#a ",
    "@a ",
    "a_b ",
    "aB",
    "aBcD ",
    "a/b/c ",
    "\\",
    "<!-- a -->",
    "<!-- mtlint-ignore all -->",
    "<!--",
    "-->",
    "foo() ",
    "x = y; ",
    // Sentences.
    "It rained. ",
    "It rained. . ",
    "It rained.It snowed.",
    "It rained ,and snowed . ",
    "It rained, it rained. ",
    "The mill burned down and the mill burned down. ",
    "He did not go. He did go. ",
    "Is it so? Is it so? ",
    "As an AI language model, I cannot. ",
    "Here is the translation: ",
    "Subscribe to our newsletter. ",
    "We are going, he said, we are going. ",
    "It was pointed out. ",
    "Pointed out that. ",
    "ing. ",
    "The minister, who said “we will go,” went. ",
    "a, “b,” c (d), “e.” ",
    "No, no, no, ",
    "again and again and ",
    "day after day after ",
];

fn word(number: usize) -> String {
    // Letters of a base, so that words differ early and late.
    let mut word = String::new();
    let mut rest = number;
    loop {
        word.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
        if rest == 0 {
            return word;
        }
    }
}

fn capitalised_word(number: usize) -> String {
    let word = word(number);
    format!("{}{}", word[..1].to_uppercase(), &word[1..])
}

/// A text that is made of a number: its name, and what makes it.
type Numbered = (&'static str, fn(usize) -> String);

/// What differs from one repetition to the next.
const NUMBERED: &[Numbered] = &[
    ("words", |n| format!("{} ", word(n))),
    ("unknown words", |n| format!("xq{}zk ", word(n))),
    ("names", |n| format!("We met {} there. ", capitalised_word(n + 26))),
    ("full names", |n| format!("We met {} B{} there. ", capitalised_word(n + 26), word(n))),
    ("names in a row", |n| format!("{} ", capitalised_word(n + 26))),
    ("like names", |n| format!("Mr Haalb{} spoke. ", word(n % 700 + 26))),
    ("surnames", |n| format!("Anna {0}berg came. Then {0}berg left. ", capitalised_word(n + 26))),
    ("speakers", |n| format!("“We go,” said {} Berg, an analyst. ", capitalised_word(n + 26))),
    ("reports", |n| format!("{} Berg said it rained. ", capitalised_word(n + 26))),
    ("acronyms", |n| format!("The {} met. ", word(n + 700).to_uppercase())),
    ("expanded acronyms", |n| {
        let acronym = word(n % 17_000 + 700).to_uppercase();
        let words: Vec<String> = acronym.chars().map(|c| format!("{c}ord")).collect();
        format!("The {} ({acronym}) met. ", words.join(" "))
    }),
    ("hyphenated names", |n| format!("The {0}-{0}berg road. ", capitalised_word(n + 26))),
    ("numbers", |n| format!("{n} ")),
    ("grouped numbers", |n| format!("{},{:03} and {}.{:03} ", n % 999 + 1, n % 1000, n % 999 + 1, n % 1000)),
    ("sums", |n| format!("${n} and €{n} and {n} yen, ")),
    ("dates", |n| format!("On {} March {} it rained. ", n % 28 + 1, 1900 + n % 120)),
    ("numbered lines", |n| format!("{n}. Line of it\n")),
    ("sentences", |n| format!("In {n} the ferry was late, and nobody was surprised. ")),
    ("sentences that differ by a word", |n| format!("The ferry to {} was late. ", word(n))),
    ("paragraphs", |n| format!("In {n} the ferry was late, and nobody was surprised.\n\n")),
    ("lines", |n| format!("line {n}\n")),
    ("headings", |n| format!("# Part {n}\n\nText of it.\n\n")),
    ("pairs that grow", |n| "ab ".repeat(n % 40) + "c "),
    ("phrases that come again later", |n| format!("{} of the mill {} of the mill ", word(n), word(n + 1))),
    ("words that come again in distance", |n| format!("{} {} ", word(n), word(n / 2))),
    ("quoted words", |n| format!("“{}” ", word(n))),
    ("quoted sentences", |n| format!("“We saw {n} ships.” She left. ")),
    ("open quotations", |n| format!("“We saw {n} ships. She left. ")),
    ("brackets", |n| format!("({n}) [{n} ")),
    ("foreign words", |n| format!("The casa {} ayuntamiento. ", word(n))),
    ("mixed scripts", |n| format!("мир{} ", word(n))),
    ("records of a table", |n| format!("{n};{};{}\n", word(n), n * 7)),
    ("addresses", |n| format!("see http://a.example/{n} and a{n}@b.example ")),
    ("entities", |n| format!("&#{n}; ")),
    ("tags", |n| format!("<p id=\"{n}\">Text of it.</p>\n")),
    ("links", |n| format!("[text {n}](http://a.example/{n}) ")),
    ("emphasis", |n| format!("*a{n} **b _c ")),
    ("comments", |n| format!("Text {n}. <!-- mtlint-ignore quotation: a{n} -->\n")),
    ("letters with marks", |n| format!("{}\u{301}\u{302} ", word(n))),
    ("half of the lines twice", |n| format!("The line with number {}\n", n / 2)),
    ("blocks that come again", |n| {
        format!("The paragraph with the number {} is long enough to count.\n\n", n % 50)
    }),
    ("datelines", |n| format!("{} — {} — It rained.\n", word(n).to_uppercase(), word(n).to_uppercase())),
    ("honorifics", |n| format!("Mr {0} came. {0} left. {0}-san. ", capitalised_word(n + 26))),
    ("lower-case mentions", |n| {
        format!("Then {0}berg met {1}berg. ", capitalised_word(n % 900 + 26), word(n % 900 + 26))
    }),
    ("glosses", |n| format!("{} ({}) ", word(n), word(n))),
    ("territories", |n| {
        format!("The {} people of France and Peru {n}. ", ["French", "Peruvian", "Chadian"][n % 3])
    }),
];

const NESTED: &[(&str, &str, &str)] = &[
    ("(", "a", ")"),
    ("[", "a", "]"),
    ("{", "a", "}"),
    ("“", "a", "”"),
    ("‘“", "a", "”’"),
    ("«", "a", "»"),
    ("「『", "あ", "』」"),
    ("<b>", "a", "</b>"),
    ("<div>", "a", "</div>"),
    ("> ", "a", ""),
    ("* ", "a", ""),
    ("**", "a", "**"),
    ("[a", "b", "](c)"),
    ("- a\n  ", "b", ""),
    ("(“", "a", "”)"),
    ("{{", "a", "}}"),
    ("a (b ", "c", ") d "),
    ("“a ", "b", " c” "),
];

const HEADED: &[(&str, &str)] = &[
    ("“", "the mill burned. "),
    ("“", "a\n\n"),
    ("(", "the mill burned. "),
    ("Anna Berg came. ", "Berg left. "),
    ("“", "a’ "),
    ("\"", "a b "),
    ("<!-- mtlint-disable all -->", "the the "),
    ("<", "a "),
    ("```", "a "),
    ("Holm ", "holm "),
    ("*", "a "),
    ("[", "a "),
    ("&", "a"),
    ("{{", "a "),
];

const TAILED: &[(&str, &str)] = &[
    ("the mill burned. ", "”"),
    ("a\n\n", "”"),
    ("the mill burned. ", ")"),
    ("a ", "%"),
    ("a ", "left"),
    ("a, ", "he said."),
    ("a b ", "\""),
    ("a ", "-->"),
    ("a ", ">"),
    ("a ", "```"),
    ("A ", "said."),
    ("a", "@b.c"),
    ("word ", "，"),
    ("a ", "”."),
];

/// All kinds.
pub fn kinds() -> Vec<Kind> {
    let mut kinds = Vec::new();
    let mut add = |name: String, make| kinds.push(Kind { name, make });
    for piece in REPEATED {
        add(format!("{piece:?} over and over"), Make::Repeated((*piece).to_owned()));
    }
    for (name, piece) in NUMBERED {
        add((*name).to_owned(), Make::Numbered(*piece));
    }
    for (open, middle, close) in NESTED {
        add(format!("{open:?} nested"), Make::Nested(open, middle, close));
    }
    for (head, piece) in HEADED {
        add(format!("{head:?}, then {piece:?} over and over"), Make::Headed(head, piece));
    }
    for (piece, tail) in TAILED {
        add(format!("{piece:?} over and over, then {tail:?}"), Make::Tailed(piece, tail));
    }
    // Pieces of two kinds in turn meet rules that look for one beside the other.
    let pairs = ["“a” ", "a. ", "(a ", "Ann Lee ", "1,5 ", "said ", "\n", "é ", "’ ", "- "];
    for (index, first) in pairs.iter().enumerate() {
        for second in &pairs[index + 1..] {
            add(format!("{first:?} and {second:?} in turn"), Make::Repeated(format!("{first}{second}")));
        }
    }
    kinds
}
