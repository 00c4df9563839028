//! Reads Rust sources as far as the rules need it. It finds the code without comments and texts,
//! and the length of each function. It understands no types.

/// Returns the code alone: comments, texts and characters become blanks. Lines stay lines.
pub fn bare(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    let ahead = |at: usize, what: &str| what.chars().enumerate().all(|(n, c)| signs.get(at + n) == Some(&c));
    while at < signs.len() {
        let start = at;
        let raw_text = matches!(signs[at], 'r') && !code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let hashes = signs[at + 1..].iter().take_while(|c| **c == '#').count();
        if ahead(at, "//") {
            at += signs[at..].iter().take_while(|c| **c != '\n').count();
        } else if raw_text && signs.get(at + 1 + hashes) == Some(&'"') {
            let end = format!("\"{}", "#".repeat(hashes));
            at += 2 + hashes;
            while at < signs.len() && !ahead(at, &end) {
                at += 1;
            }
            at += end.len();
        } else if signs[at] == '"' {
            at += 1;
            while at < signs.len() && signs[at] != '"' {
                at += if signs[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if signs[at] == '\'' && (signs.get(at + 1) == Some(&'\\') || signs.get(at + 2) == Some(&'\'')) {
            at += if signs.get(at + 1) == Some(&'\\') { 3 } else { 2 };
            at += signs[at..].iter().take_while(|c| **c != '\'').count() + 1;
        } else {
            code.push(signs[at]);
            at += 1;
            continue;
        }
        code.push(' ');
        code.extend(signs.get(start..at).unwrap_or(&[]).iter().filter(|c| **c == '\n'));
    }
    code
}

/// A function with a body.
pub struct Function {
    /// Its name.
    pub name: String,
    /// Its number of lines, from `fn` to the closing brace.
    pub lines: usize,
}

/// Returns all functions of a source that have a body, nested ones too.
pub fn functions(text: &str) -> Vec<Function> {
    let code = bare(text);
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let name: String = code[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let (mut brackets, mut braces) = (0, 0);
        // A function type has no name, a declaration no body.
        let end = code[at..].char_indices().take_while(|_| !name.is_empty()).find_map(|(offset, c)| {
            match c {
                '(' | '[' if braces == 0 => brackets += 1,
                ')' | ']' if braces == 0 => brackets -= 1,
                '{' if brackets == 0 || braces > 0 => braces += 1,
                '}' if braces > 0 => braces -= 1,
                _ => return (c == ';' && brackets == 0 && braces == 0).then_some(None),
            }
            (c == '}' && braces == 0).then_some(Some(at + offset))
        });
        if let Some(Some(end)) = end {
            found.push(Function { name, lines: code[at..end].matches('\n').count() + 1 });
        }
    }
    found
}

#[test]
fn functions_are_counted_from_their_name_to_their_last_brace() {
    let text = "fn one() {}\nfn two(x: [u8; 3]) -> u8 {\n    // }\n    let s = \"}\n}\";\n    fn three() {\n    }\n}\n\
                trait T {\n    fn declared(&self, f: fn(u8) -> u8);\n    fn given(&self) {\n        '}';\n    }\n}";
    let found: Vec<(String, usize)> = functions(text).into_iter().map(|one| (one.name, one.lines)).collect();
    let expected = [("one", 1), ("two", 7), ("three", 2), ("given", 3)];
    assert_eq!(found, expected.map(|(name, lines)| (name.to_owned(), lines)));
}
