//! The page, as far as it can be told without a browser.

use super::service;

/// What the field of the page holds.
fn field(page: &str) -> String {
    let field = page.split_once("<textarea").unwrap().1.split_once(">\n").unwrap().1;
    let field = field.split_once("</textarea>").unwrap().0;
    field.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// What the buttons that apply a fix are called.
fn buttons(page: &str) -> Vec<&str> {
    let buttons = page.split("name=\"apply\" value=\"").skip(1);
    buttons.map(|rest| rest.split_once('"').unwrap().0).filter(|name| *name != "safe").collect()
}

#[test]
fn fixes_are_applied_one_by_one() {
    assert!(service().get("/").text().contains("<textarea"));
    let mut text = "The 😀 1 < 2 left.. It came & went .\r\nHe saw the the end.".to_owned();
    let ask = |text: &str, apply: &str| {
        let answer = service().post_form("/", &[("text", text), ("language", "en"), ("apply", apply)]);
        assert_eq!(answer.status, 200);
        answer.text().to_owned()
    };
    let mut page = ask(&text, "");
    for left in (0..3).rev() {
        let found: Vec<String> = buttons(&page).into_iter().map(str::to_owned).collect();
        page = ask(&text, &found[0]);
        assert!(page.contains("Applied: "));
        text = field(&page);
        assert!(buttons(&page).len() < found.len(), "{left}: {text}");
    }
    assert_eq!(text, "The 😀 1 < 2 left. It came & went.\nHe saw the end.");
    assert!(page.contains("No findings."));
}

#[test]
fn safe_fixes_are_applied_together_and_stale_ones_not_at_all() {
    let fields =
        [("text", "It left.. It came .\nHe saw the the end."), ("language", "en"), ("apply", "safe")];
    let page = service().post_form("/", &fields);
    assert_eq!(field(page.text()), "It left. It came.\nHe saw the the end.");
    let stale = [("text", "All is well."), ("apply", "0123456789abcdef:0")];
    let page = service().post_form("/", &stale);
    assert_eq!(field(page.text()), "All is well.");
    assert!(page.text().contains("not there any more"));
}

#[test]
fn what_is_wrong_is_told_in_the_page() {
    let page = service().post_form("/", &[("text", "a"), ("language", "elvish")]);
    assert_eq!((page.status, page.header("content-type")), (400, Some("text/html; charset=utf-8")));
    assert!(page.text().contains("`language`"));
}
