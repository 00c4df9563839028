//! Tests the architecture's rules. They concern allowed dependencies, file heads, file lengths, and
//! forbidden text; rustfmt and clippy check the style.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/code.rs"]
mod code;
#[path = "architecture/crates.rs"]
mod crates;
#[path = "architecture/extension.rs"]
mod extension;
#[path = "architecture/glossary.rs"]
mod glossary;
#[path = "architecture/locks.rs"]
mod locks;
#[path = "architecture/sizes.rs"]
mod sizes;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use cachette_protocol::{Call, Code, Request, Visit};
use cachette_tests::home::repository;

#[test]
fn no_file_of_a_crate_needs_a_file_that_needs_it() {
    let mut crates: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (path, text) in sources(&["rs"]) {
        if let Some((folder, file)) = path.split_once("/src/").filter(|(folder, _)| !folder.starts_with("tests")) {
            let name = folder.rsplit('/').next().unwrap().to_owned();
            crates.entry(name).or_default().insert(file.to_owned(), text);
        }
    }
    assert!(crates.len() > 10, "the crates have moved; this test must follow them");
    for (name, files) in &crates {
        assert_eq!(circles::circles(files), [""; 0], "files of {name} need each other");
    }
}

#[test]
fn every_source_file_says_first_what_it_is() {
    for (path, text) in sources(&["rs", "js"]) {
        let mark = if path.ends_with(".rs") { "//!" } else { "//" };
        assert!(text.starts_with(mark), "{path} must open with {mark} and say what it is and what it is not");
    }
}

#[test]
fn files_are_named_after_what_they_hold() {
    for (path, _) in sources(&["rs", "js", "css", "html", "sql"]) {
        for part in Path::new(&path).with_extension("").components() {
            let part = part.as_os_str().to_str().unwrap();
            let vague = part
                .split(['_', '-'])
                .any(|word| matches!(word, "utils" | "util" | "common" | "helpers" | "helper" | "manager" | "misc"));
            assert!(!vague, "{path} has a name that says nothing");
        }
    }
}

#[test]
fn nothing_is_left_undone_or_switched_off() {
    // The marks are split into pieces, because otherwise this file would violate its own rule.
    let marks =
        [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["#[ign", "ore"], ["it.sk", "ip("]].map(|halves| halves.concat());
    for (path, text) in sources(&["rs", "js", "css", "html", "sql", "toml"]) {
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{path} holds “{mark}”");
        }
    }
}

#[test]
fn the_host_opens_no_socket() {
    let words = ["TcpStream", "TcpListener", "UdpSocket", "UnixStream", "UnixListener", "ToSocketAddrs"];
    for (path, text) in sources(&["rs"]) {
        // Browsers are driven over sockets, and the loopback site serves pages over one.
        if path.starts_with("tests/") || path.starts_with("crates/browser/") {
            continue;
        }
        for word in words {
            assert!(!text.contains(word), "{path} names {word}");
        }
    }
}

#[test]
fn unsafe_code_is_in_one_file_only() {
    // The marks are split into pieces, because otherwise this file would violate its own rule.
    let marks =
        [["unsafe", " {"], ["unsafe", " fn"], ["unsafe", " extern"], ["unsafe", " impl"], ["allow(unsafe", "_code"]];
    for (path, text) in sources(&["rs"]) {
        let held = marks.iter().any(|halves| text.contains(&halves.concat()));
        assert_eq!(held, path == "crates/index/src/db/registration.rs", "{path}");
    }
}

#[test]
fn protocol_md_names_every_request_every_reply_and_every_code() {
    let text = fs::read_to_string(repository().join("PROTOCOL.md")).expect("PROTOCOL.md");
    struct Named<'a>(&'a str);
    impl Visit for Named<'_> {
        fn visit<C: Call>(&mut self) {
            let (ask, reply) = (C::ASK, std::any::type_name::<C::Reply>().rsplit("::").next().unwrap());
            assert!(self.0.contains(&format!("`{ask}`")), "PROTOCOL.md does not name the request {ask}");
            assert!(self.0.contains(&format!("**{reply}**")), "PROTOCOL.md does not name the reply {reply}");
        }
    }
    Request::each(&mut Named(&text));
    for code in Code::ALL {
        assert!(text.contains(&format!("`{}`", code.as_str())), "PROTOCOL.md does not name the code {}", code.as_str());
        assert!(text.contains(code.meaning()), "PROTOCOL.md does not say what {} means", code.as_str());
    }
}

/// Returns the project's files of these kinds: path from the repository with slashes, and text.
fn sources(extensions: &[&str]) -> BTreeMap<String, String> {
    let root = repository();
    let mut found = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                if !name.starts_with('.') && !matches!(name.as_str(), "target" | "node_modules" | "cases" | "corpus") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known)) {
                let relative = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(relative, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}
