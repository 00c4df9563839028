//! Reads the message types' names, fields and doc comments from their source files. It knows only
//! the little Rust that those files use.

use crate::requests::SOURCES;

/// A struct or an enum.
pub(crate) struct Type {
    /// Its name in Rust.
    pub(crate) name: String,
    /// Its doc comment on one line.
    pub(crate) doc: String,
    /// Whether it is an enum.
    pub(crate) is_enum: bool,
    /// Its fields, or its values.
    pub(crate) members: Vec<Member>,
}

/// A field, or a value.
pub(crate) struct Member {
    /// Its name in JSON.
    pub(crate) name: String,
    /// Its doc comment on one line.
    pub(crate) doc: String,
    rust_type: String,
    optional: bool,
}

impl Member {
    /// Its type in JSON.
    pub(crate) fn json_type(&self) -> String {
        let kind = json_type(&self.rust_type);
        if self.optional { format!("{kind}, may be absent") } else { kind }
    }

    /// Whether its type is, or contains, this one.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        self.rust_type.split(|c: char| !c.is_alphanumeric()).any(|part| part == name)
    }
}

/// All types of the messages, in the order of the files.
pub(crate) fn types() -> Vec<Type> {
    let files = SOURCES.iter().map(|(_, text)| *text).chain([include_str!("../notice.rs")]);
    files.flat_map(read).collect()
}

fn read(file: &str) -> Vec<Type> {
    let mut types: Vec<Type> = Vec::new();
    let mut doc = String::new();
    let mut optional = false;
    let mut inside = false;
    for line in file.lines() {
        let line = line.trim();
        let words: Vec<&str> = line.split_whitespace().collect();
        if let Some(text) = line.strip_prefix("///") {
            if !doc.is_empty() {
                doc.push(' ');
            }
            doc.push_str(text.trim());
            continue;
        }
        match words.as_slice() {
            ["pub", kind @ ("struct" | "enum"), name, "{" | "{}"] => {
                let doc = plain(&std::mem::take(&mut doc));
                let is_enum = *kind == "enum";
                types.push(Type { name: (*name).to_owned(), doc, is_enum, members: Vec::new() });
                inside = !line.ends_with("{}");
            }
            _ if line.starts_with("#[serde(default") => optional = true,
            // A newer peer's unknown value is read as this one; nobody sends it.
            _ if line.starts_with("#[serde(other") => optional = true,
            _ if line.starts_with("#[") => {}
            ["}"] => inside = false,
            _ if inside => {
                if let Some(found) = types.last_mut() {
                    let doc = plain(&std::mem::take(&mut doc));
                    member(found, line.trim_end_matches(','), doc, std::mem::take(&mut optional));
                }
            }
            _ => doc.clear(),
        }
    }
    types
}

fn member(found: &mut Type, line: &str, doc: String, optional: bool) {
    match line.strip_prefix("pub ").and_then(|field| field.split_once(": ")) {
        Some((name, rust_type)) => {
            let (name, rust_type) = (name.to_owned(), rust_type.to_owned());
            found.members.push(Member { name, doc, rust_type, optional });
        }
        None if found.is_enum && !optional => {
            let (name, rust_type) = (snake_case(line), String::new());
            found.members.push(Member { name, doc, rust_type, optional });
        }
        None => {}
    }
}

fn json_type(rust: &str) -> String {
    let inner = |start: &str| rust.strip_prefix(start).and_then(|rest| rest.strip_suffix('>')).map(json_type);
    if let Some(inner) = inner("Option<") {
        return format!("{inner} or null");
    }
    if let Some(inner) = inner("Box<") {
        return inner;
    }
    if let Some(inner) = inner("Vec<") {
        return format!("array of {inner}");
    }
    match rust {
        "String" | "SaveId" => "string".into(),
        "i32" | "u32" | "u64" => "integer".into(),
        "bool" => "boolean".into(),
        "(u32, u32)" => "[integer, integer]".into(),
        named => named.into(),
    }
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (place, c) in name.chars().enumerate() {
        if c.is_uppercase() && place > 0 {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

/// A doc comment without Rust's links.
pub(crate) fn plain(doc: &str) -> String {
    doc.replace("[`crate::", "`")
        .replace("[`", "`")
        .replace("`]", "`")
        .replace("Code::", "")
        .replace("Capability::", "")
}
