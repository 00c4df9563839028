//! Tests that each item keeps the number or letter that a browser shows.

use proptest::prelude::*;

use super::super::tests::{check, check_page};
use super::*;
use crate::convert_fragment;

#[test]
fn a_number_out_of_turn_begins_a_new_list() {
    check(&[
        ("<ol><li value=5>a<li>b</ol>", "5. a\n6. b"),
        ("<ol><li>a<li value=100>b<li>c</ol>", "1. a\n\n100) b\n101) c"),
        ("<ol><li value=3>a<li value=2>b<li value=1>c</ol>", "3. a\n\n2) b\n\n1. c"),
    ]);
}

#[test]
fn a_number_in_turn_or_none_at_all_changes_nothing() {
    check(&[
        ("<ol><li value=1>a<li value=2>b</ol>", "1. a\n2. b"),
        ("<ol><li value=x>a<li value=-1>b</ol>", "1. a\n2. b"),
        ("<ul><li value=5>a<li>b</ul>", "- a\n- b"),
        ("<ol type=1><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ul type=disc><li>a</ul>", "- a"),
    ]);
}

#[test]
fn letters_and_numerals_are_the_text_of_their_items() {
    check(&[
        ("<ol type=a><li>x<li>y</ol>", "- a. x\n- b. y"),
        ("<ol type=A start=27><li>x</ol>", "- AA. x"),
        ("<ol type=i start=4><li>x<li value=9>y</ol>", "- iv. x\n- ix. y"),
        ("<ol type=I><li><p>x</p><p>y</p></ol>", "- I. x\n\n  y"),
        ("<ol style='list-style-type: lower-alpha'><li>x</ol>", "- a. x"),
        ("<ol><li style='list-style-type:upper-roman'>x<li>y</ol>", "- I. x\n- II. y"),
        ("<ol style='list-style-type:none'><li>x</ol>", "1. x"),
        ("<ol type=a><li><b>x</b> y</ol>", "- a. **x** y"),
        ("<ol type=a><li><h3>x</h3>y</ol>", "- ### a. x\n  y"),
        ("<ol type=a><li><pre>x</pre></ol>", "- a.\n  ```\n  x\n  ```"),
        ("<ol type=a><li>x<ol type=i><li>y</ol></ol>", "- a. x\n  - i. y"),
        ("<ol type=a><li>x<ol><li>y</ol><li>z</ol>", "- a. x\n  1. y\n- b. z"),
    ]);
}

#[test]
fn a_list_that_counts_down_shows_its_numbers() {
    check(&[
        ("<ol reversed><li>c<li>b<li>a</ol>", "- 3\\. c\n- 2\\. b\n- 1\\. a"),
        ("<ol reversed start=10><li>x<li>y</ol>", "- 10\\. x\n- 9\\. y"),
        ("<ol reversed><li>only</ol>", "1. only"),
    ]);
}

#[test]
fn in_a_cell_an_item_has_its_label_too() {
    check(&[("<table><tr><th>h<tr><td><ol type=a><li>x<li>y</ol></table>", "| h |\n| --- |\n| a. x<br>b. y |")]);
}

#[test]
fn in_html_a_list_keeps_the_attributes_that_number_it() {
    check(&[(
        "<table><tr><th>h<tr><td><ol type=a start=3 reversed onclick=x><li value=7>x</ol><ol type=x start=-1><li>y</ol>\
         <pre>1\n2</pre></table>",
        "<table><tbody><tr><th>h</th></tr>\n<tr><td><ol start=\"3\" type=\"a\" reversed=\"\"><li value=\"7\">\
         x</li></ol><ol><li>y</li></ol><pre>1&#10;2</pre></td></tr>\n</tbody>\n</table>",
    )]);
}

#[test]
fn an_empty_item_of_a_page_takes_no_number() {
    check_page(&[("<ol><li>a<li><li value=3>b</ol>", "1. a\n\n3) b"), ("<ol><li>a<li><li>b</ol>", "1. a\n2. b")]);
}

#[test]
fn what_stands_between_the_items_takes_no_letter() {
    check(&[
        ("<ol type=a><p>Intro:</p><li>x</ol>", "- Intro:\n\n- a. x"),
        ("<ol type=a><li>x</li>and<li>y</ol>", "- a. x\n- and\n- b. y"),
        ("<ol type=a><ol><li>x</ol><li>y</ol>", "- 1. x\n- a. y"),
    ]);
    check_page(&[("<ol type=a><h3></h3></ol><p>Next", "Next")]);
}

#[test]
fn hidden_items_are_not_counted() {
    check(&[("<ol reversed><li>b<li hidden>x<li>a</ol>", "- 2\\. b\n- 1\\. a")]);
}

proptest! {
    #[test]
    fn labels_are_those_of_browsers(number in 1_i64..4000) {
        let (letters, roman) = (letters(number), roman(number));
        let back = letters.bytes().fold(0, |sum, letter| sum * 26 + i64::from(letter - b'a') + 1);
        prop_assert_eq!(back, number);
        let value = |sign| match sign { 'i' => 1, 'v' => 5, 'x' => 10, 'l' => 50, 'c' => 100, 'd' => 500, _ => 1000 };
        let signs: Vec<i64> = roman.chars().map(value).collect();
        let sum: i64 = signs.iter().enumerate().map(|(at, sign)| {
            if signs.get(at + 1).is_some_and(|next| next > sign) { -sign } else { *sign }
        }).sum();
        prop_assert_eq!(sum, number);
        prop_assert!(roman.len() <= 16);
    }

    #[test]
    fn any_numbers_keep_the_text_of_all_items(
        kind in "( type=[aAiI1])?( reversed)?( start=[0-9-]{1,12})?",
        values in prop::collection::vec("( value=[0-9-]{1,22})?", 0..6),
    ) {
        let items: String = values.iter().enumerate().map(|(at, value)| format!("<li{value}>item{at}")).collect();
        let markdown = convert_fragment(&format!("<ol{kind}>{items}</ol>")).markdown;
        for at in 0..values.len() {
            let needle = format!("item{at}");
            prop_assert!(markdown.contains(&needle), "{}", markdown);
        }
    }
}
