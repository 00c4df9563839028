//! Tests which boxes are callouts, of which kind, and where their titles go.

use super::super::tests::{check, check_page};
use super::*;

#[test]
fn every_tool_names_the_kind_in_its_own_way() {
    for (open, close, kind) in [
        ("<div class='markdown-alert markdown-alert-tip'>", "</div>", "TIP"),
        ("<div class='admonition warning'>", "</div>", "WARNING"),
        ("<div class='admonition admonition-danger'>", "</div>", "CAUTION"),
        ("<div class='theme-admonition theme-admonition-info alert'>", "</div>", "NOTE"),
        ("<div class='admonitionblock important'>", "</div>", "IMPORTANT"),
        ("<div class='custom-block danger'>", "</div>", "CAUTION"),
        ("<aside class='starlight-aside starlight-aside--caution'>", "</aside>", "CAUTION"),
        ("<div class='notecard hint'>", "</div>", "TIP"),
        ("<div class='callout callout-error'>", "</div>", "CAUTION"),
        ("<div class='callout' data-callout=bug>", "</div>", "CAUTION"),
        ("<div class='alert alert-success'>", "</div>", "TIP"),
        ("<div class='hint-container tip'>", "</div>", "TIP"),
        ("<div class='confluence-information-macro confluence-information-macro-warning'>", "</div>", "WARNING"),
        ("<blockquote class='callout IMPORTANT'>", "</blockquote>", "IMPORTANT"),
        ("<section class='admonition unheard-of'>", "</section>", "NOTE"),
        ("<div class='callout' data-callout=unheard-of>", "</div>", "NOTE"),
    ] {
        check(&[(&format!("{open}<p>Text.</p>{close}"), &format!("> [!{kind}]\n> Text."))]);
    }
}

#[test]
fn a_box_with_a_similar_name_is_no_callout() {
    check(&[
        ("<div class=warning><p>Text.</div>", "Text."),
        ("<div class=alert><p>Text.</div>", "Text."),
        ("<div class=callouts><p>Text.</div>", "Text."),
        ("<p class='admonition note'>Text.", "Text."),
        ("<span class='callout note'>Text.</span>", "Text."),
        ("<div class='admonition note' hidden><p>Text.</div>", ""),
        ("<h2><div class='admonition note'>Text.</div></h2>", "## Text."),
        ("<table><tr><th>a<tr><td><div class='admonition note'>Text.</div></table>", "| a |\n| --- |\n| Text. |"),
    ]);
}

#[test]
fn a_folded_box_is_a_callout_if_its_only_class_says_so() {
    check(&[
        ("<details class=note><summary>Note</summary><p>Text.</details>", "> [!NOTE]\n> Text."),
        ("<details class=danger><summary>Mind</summary><p>Text.</details>", "> [!CAUTION]\n> **Mind**\n>\n> Text."),
        ("<details class='admonition tip'><summary>Tip</summary><p>Text.</details>", "> [!TIP]\n> Text."),
        (
            "<details class='note wide'><summary>Mind</summary><p>Text.</details>",
            "<details>\n<summary>Mind</summary>\n\nText.\n\n</details>",
        ),
        (
            "<details class='custom-block details'><summary>Mind</summary><p>Text.</details>",
            "<details>\n<summary>Mind</summary>\n\nText.\n\n</details>",
        ),
    ]);
}

#[test]
fn a_title_is_written_only_if_it_says_more_than_the_kind() {
    let titled =
        |title: &str| format!("<div class='admonition seealso'><p class=admonition-title>{title}</p><p>Text.</div>");
    for same in ["Note", "NOTE:", "note!", "seealso", "", " "] {
        check(&[(&titled(same), "> [!NOTE]\n> Text.")]);
    }
    for (title, written) in [
        ("Mind this", "Mind this"),
        ("Mind <b>this</b>", "Mind this"),
        ("Hinweis:", "Hinweis:"),
        ("*2* 3", "\\*2\\* 3"),
        ("注意", "注意"),
        ("<svg><title>icon</title></svg>Mind", "Mind"),
    ] {
        check(&[(&titled(title), &format!("> [!NOTE]\n> **{written}**\n>\n> Text."))]);
    }
}

#[test]
fn a_title_that_is_far_too_long_is_text_like_any_other() {
    let title = "word ".repeat(100);
    let html = format!("<div class='admonition note'><p class=admonition-title>{title}</p><p>Text.</div>");
    let markdown = crate::convert_fragment(&html).markdown;
    assert_eq!(markdown.matches("word").count(), 100);
    assert!(!markdown.contains("**"), "{markdown}");
}

#[test]
fn the_title_of_an_inner_box_is_not_taken_for_the_outer_one() {
    check(&[(
        "<div class='confluence-information-macro'><p class=title>Mind</p><div><p class=title>Stay</p></div></div>",
        "> [!NOTE]\n> **Mind**\n>\n> Stay",
    )]);
}

#[test]
fn a_drawn_sign_decides_the_kind_and_is_not_written() {
    let notion = |sign: &str| {
        format!("<figure class=callout><div><span class=icon>{sign}</span></div><div>Text.</div></figure>")
    };
    for (sign, kind) in [("💡", "TIP"), ("⚠️", "WARNING"), ("🚨", "CAUTION"), ("ℹ️", "NOTE"), ("❗", "IMPORTANT")]
    {
        check(&[(&notion(sign), &format!("> [!{kind}]\n> Text."))]);
    }
    check(&[(&notion("🐟"), "> [!NOTE]\n> 🐟\n>\n> Text.")]);
}

#[test]
fn folded_content_counts_as_shown() {
    let obsidian = "<div class=callout data-callout=info><div class=callout-title>Mind</div>\
                    <div class=callout-content style='display: none'><p>Text.</p></div></div>";
    check(&[
        (obsidian, "> [!NOTE]\n> **Mind**\n>\n> Text."),
        ("<div class=callout-content style='display: none'><p>Text.</div>", ""),
    ]);
}

#[test]
fn an_empty_box_is_nothing_on_a_page() {
    check_page(&[("<div class='admonition note'></div><p>a", "a")]);
}

#[test]
fn callouts_may_be_in_lists_and_in_each_other() {
    check(&[
        ("<ul><li>a<div class='admonition tip'>b</div></ul>", "- a\n  > [!TIP]\n  > b"),
        (
            "<div class='admonition tip'>a<div class='admonition note'>b</div></div>",
            "> [!TIP]\n> a\n>\n> > [!NOTE]\n> > b",
        ),
    ]);
}

#[test]
fn every_kind_is_one_that_github_knows() {
    for word in ["faq", "Quote", "HINT", "important", "attention", "fail"] {
        let kind = github_kind(word);
        assert!(kind.is_some_and(|kind| ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"].contains(&kind)), "{word}");
    }
    assert_eq!(github_kind("alert"), None);
}
