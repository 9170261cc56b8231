//! Each edit by its form: what is safe beside what is not.

use super::*;
use mtlint_lang::{Language, Packs};

/// Whether replacing what stands in `⟦…⟧` is safe.
fn is_safe_in(marked: &str, insert: &str) -> bool {
    let (start, end) = (marked.find('⟦').unwrap(), marked.find('⟧').unwrap() - '⟦'.len_utf8());
    let text = marked.replace(['⟦', '⟧'], "");
    let document = Document::plain(&text, Language::parse("en").ok(), &Packs::builtin());
    let span = Span::new(start, end);
    Edit::minimal(&text, span, insert).is_none_or(|edit| is_safe(&document, &edit))
}

#[test]
fn white_space_beside_a_mark_is_safe_and_between_words_it_is_not() {
    for (marked, insert) in [
        ("The mill⟦ ⟧, by the river", ""),
        ("The mill⟦ ,⟧which stood", ", "),
        ("Is it late⟦ ⟧? It is.", ""),
        ("the mill (⟦ ⟧old)", ""),
        ("It fell by 5⟦ ⟧% in May", ""),
        ("a good year,⟦ ⟧” she said", ""),
        ("the mill⟦,⟧the barn", ", "),
        ("the miller⟦ ⟧’s name", ""),
        ("the mill⟦\u{A0}\u{A0}⟧was sold", " "),
    ] {
        assert!(is_safe_in(marked, insert), "{marked}");
    }
    for (marked, insert) in [
        ("The⟦ ⟧mill", ""),
        ("the post⟦⟧box", " "),
        ("students⟦ ⟧' social habits", ""),
        ("The postfix⟦ ⟧? operator", ""),
        ("the harbour⟦.⟧Gov team", ". "),
        ("winter.⟦ ⟧\" Coastal", ""),
        ("x = 5⟦ ⟧% 3", ""),
        ("=sum(A:A,⟦⟧”b”)", " "),
        ("They don’t wash⟦ ⟧’s face, ’way up in th’ hills, or ’tis so", ""),
        ("One line.⟦\n⟧Another", " "),
    ] {
        assert!(!is_safe_in(marked, insert), "{marked}");
    }
}

#[test]
fn a_mark_goes_only_where_its_like_stays() {
    assert!(is_safe_in("He left⟦. .⟧ He came", "."));
    assert!(is_safe_in("the mill⟦,,⟧ by the river", ","));
    assert!(is_safe_in("“It is late.⟦””⟧ He went", "”"));
    for (marked, insert) in [
        ("the⟦,⟧ miller", ""),
        ("He left⟦. ,⟧ and came", ","),
        ("He left⟦. . .⟧ and came", "."),
        ("It is late.⟦\"\"⟧ He went", "\""),
        ("It is late⟦”⟧ he said", ""),
        ("a handful (or two... or three⟦..⟧) of it", "."),
        ("Count B⟦——⟧y", "—"),
    ] {
        assert!(!is_safe_in(marked, insert), "{marked}");
    }
}

#[test]
fn markup_and_encodings_are_safe_where_they_are_no_words() {
    for (marked, insert) in [
        ("The ⟦<b>⟧old</b> mill", ""),
        ("The mill.⟦<br />⟧", ""),
        ("⟦[vc_row width=\"1/2\"]⟧The mill", ""),
        ("the deci⟦\u{200B}⟧bels", ""),
        ("didn⟦&#8217;⟧t", "’"),
        ("didn⟦\\u2019⟧t", "’"),
        ("Jos⟦Ã©⟧", "é"),
        ("the mill⟦，⟧the barn", ", "),
        ("40⟦℃⟧ in the shade", "°C"),
    ] {
        assert!(is_safe_in(marked, insert), "{marked}");
    }
    for (marked, insert) in [
        ("the ⟦<b>⟧ tag", ""),
        ("the mill⟦<br>⟧the barn", ""),
        ("10⟦<sup>⟧6", ""),
        ("see ⟦<a href=\"b.html\">⟧there</a>", ""),
        ("write ⟦[/quote]⟧", ""),
        ("⟦[caption id=\"1\"]The mill[/caption]⟧", ""),
        ("a ⟦&lt;⟧b&gt; tag", "<"),
        ("the ⟦ВВС⟧ board", "BBC"),
        ("10⟦²⟧ mills", "2"),
    ] {
        assert!(!is_safe_in(marked, insert), "{marked}");
    }
}
