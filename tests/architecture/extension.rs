//! Tests the rules of the extension's pages and manifests. They have no markup from strings, load
//! nothing from elsewhere, and ask for no permission beyond a closed list.

use std::collections::BTreeSet;

use serde_json::Value;

use super::sources;

/// Files that mention `srcdoc` because they read the HTML of captured pages as text. They create no
/// element.
const NAMES_SRCDOC: &[&str] = &[
    "extension/background/src/secrets.rs",
    "extension/background/src/secrets/tests.rs",
    "extension/static/capture.js",
];

#[test]
fn no_html_string_is_ever_assigned_into_an_extension_page() {
    let forbidden = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "createContextualFragment",
        "setHTML",
        "DOMParser",
        "DomParser",
        "srcdoc",
        "eval(",
        "new Function",
        "inner_html",
        "outer_html",
        "insert_adjacent_html",
    ];
    let mut seen = 0;
    for (path, text) in sources(&["rs", "js", "html", "toml"]) {
        if in_extension(&path) {
            seen += 1;
            let forbidden =
                forbidden.iter().filter(|&&word| word != "srcdoc" || !NAMES_SRCDOC.contains(&path.as_str()));
            for word in forbidden {
                assert!(!text.contains(word), "{path} uses {word}");
            }
        }
    }
    assert!(seen > 0, "the extension's sources have moved; this test must follow them");
}

#[test]
fn extension_pages_hold_no_inline_script_and_load_nothing_from_elsewhere() {
    for (path, text) in sources(&["html", "css"]) {
        if in_extension(&path) {
            let lower = text.to_ascii_lowercase();
            for word in [
                "<script>",
                " onclick=",
                " onload=",
                "javascript:",
                "src=\"http",
                "href=\"http",
                "url(http",
                "@import url",
            ] {
                assert!(!lower.contains(word), "{path} holds {word}");
            }
        }
    }
}

#[test]
fn the_extension_asks_for_no_more_than_the_house_allows() {
    let allowed = ["activeTab", "scripting", "contextMenus", "nativeMessaging", "storage"];
    let absent = [
        "host_permissions",
        "content_scripts",
        "web_accessible_resources",
        "externally_connectable",
        "optional_permissions",
    ];
    let mut private_windows_refused = false;
    let mut seen = BTreeSet::new();
    for (path, text) in sources(&["json"]) {
        if !path.starts_with("manifest/") {
            continue;
        }
        let manifest: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for permission in list(&manifest, "permissions") {
            assert!(allowed.contains(&permission.as_str()), "{path} asks for {permission}");
            seen.insert(permission);
        }
        for origin in list(&manifest, "optional_host_permissions") {
            assert_eq!(origin, "<all_urls>", "{path}");
        }
        for key in absent {
            assert!(manifest.get(key).is_none(), "{path} has {key}");
        }
        if let Some(incognito) = manifest.get("incognito") {
            assert_eq!(incognito, "not_allowed", "{path}");
            private_windows_refused = true;
        }
        let policy = manifest.pointer("/content_security_policy/extension_pages").and_then(Value::as_str);
        if let Some(policy) = policy {
            // The policy is a second defence against markup, in browsers that support it; the lint
            // above protects all.
            for directive in ["require-trusted-types-for 'script'", "trusted-types 'none'"] {
                assert!(policy.contains(directive), "{path} does not ask for {directive}");
            }
        }
        for directive in policy.unwrap_or_default().split(';') {
            assert!(!directive.contains("'unsafe-"), "{path}: {directive}");
            // Only the background fetches anything, after asking for its permission; pages load
            // nothing.
            let fetches = directive.trim_start().starts_with("connect-src ");
            assert!(fetches || !directive.contains("http"), "{path}: {directive}");
        }
    }
    assert_eq!(seen.len(), allowed.len(), "the manifest in manifest/ has moved; this test must follow it");
    assert!(private_windows_refused, "no manifest says that private windows are not allowed");
}

/// Whether a file belongs to the extension.
fn in_extension(path: &str) -> bool {
    path.starts_with("extension/") || path.starts_with("crates/webext/")
}

fn list(manifest: &Value, key: &str) -> Vec<String> {
    let items = manifest.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    items.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}
