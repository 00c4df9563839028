//! Decides whether some renderer could take a `<` for a tag or an address. The callers escape such
//! a `<`.

/// How many characters ahead are examined.
const FAR: usize = 64;

/// Whether a `<` before this character could begin a tag, a comment, a declaration or a template's
/// tag. At the end of a piece, the next piece could make it the beginning of one.
pub(super) fn opens_tag(after: Option<char>) -> bool {
    after.is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?' | '%'))
}

/// Whether showdown or markdown2 could take a `<` and what follows for a tag, if a `>` comes later.
///
/// In these renderers, a tag's name may begin with a digit or another sign, and an address between
/// `<` and `>` may contain any sign. Both leave the backslashes of a tag unread, so that its
/// brackets would begin links.
pub(super) fn opens_odd_tag(after: Option<char>, rest: &str) -> bool {
    let Some(after) = after else { return true };
    if after.is_alphanumeric() || matches!(after, '_' | ':' | '-') {
        return true;
    }
    // The address may go on in the next piece of text.
    rest.chars()
        .take(FAR)
        .position(|c| c.is_whitespace() || c == '>')
        .is_none_or(|end| end > 0 && rest.chars().nth(end) == Some('>'))
}

/// Whether the text after a `<` could be an e-mail address, which may begin with almost any sign.
pub(super) fn is_mail(rest: &str) -> bool {
    let is_end = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '>' | '@');
    match rest.chars().take(FAR).position(is_end) {
        Some(0) => false,
        Some(end) => rest.chars().nth(end) == Some('@'),
        None => rest.chars().nth(FAR - 1).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_begins_with_a_letter_or_with_a_sign_of_its_own() {
        for (after, is) in [
            (Some('a'), true),
            (Some('Z'), true),
            (Some('/'), true),
            (Some('!'), true),
            (Some('?'), true),
            (Some('%'), true),
            (None, true),
            (Some('1'), false),
            (Some(' '), false),
            (Some('='), false),
            (Some('<'), false),
            (Some('é'), false),
            (Some('日'), false),
        ] {
            assert_eq!(opens_tag(after), is, "{after:?}");
        }
    }

    #[test]
    fn odd_tags_have_odd_names_or_end_in_the_same_word() {
        let opens = |rest: &str| opens_odd_tag(rest.chars().next(), rest);
        for rest in ["1>", "é b>", "_a>", ":a>", "-a>", "", "=>", "(a)>", "日本>", "*a*>b"] {
            assert!(opens(rest), "{rest}");
        }
        for rest in [" a>", "= b>", "> a", "* >", "(a b)>", "\u{A0}>"] {
            assert!(!opens(rest), "{rest}");
        }
        let far = |length: usize| format!("{}>", "*".repeat(length));
        assert!(opens(&far(FAR - 1)) && opens(&far(FAR + 1)), "an end beyond sight may come");
        assert!(!opens(&format!("{} >", "*".repeat(FAR - 1))));
    }

    #[test]
    fn an_address_for_mail_has_something_before_its_sign() {
        for (rest, is) in [
            ("a@b.c>", true),
            ("+1@b", true),
            ("*é*@b", true),
            ("@b", false),
            ("", false),
            ("a", false),
            ("a b@c", false),
            ("a>b@c", false),
            ("a\u{1}@b", false),
        ] {
            assert_eq!(is_mail(rest), is, "{rest:?}");
        }
        let far = |length: usize| "a".repeat(length);
        assert!(is_mail(&far(FAR)) && !is_mail(&far(FAR - 1)), "a sign beyond sight may come");
    }
}
