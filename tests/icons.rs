//! Compares the extension's icons with their source. `extension/icon.svg` is drawn at every size
//! that the manifests name; the pictures are committed, so that a build needs no SVG renderer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{collections::BTreeSet, fs};

use cachette_tests::home::repository;
use resvg::{tiny_skia, usvg};
use serde_json::Value;

/// Edge lengths in pixels: the toolbar at one, one and a half and two times, extension pages,
/// stores.
const SIZES: &[u32] = &[16, 24, 32, 48, 64, 128];

/// How far a channel of a pixel may be from what is drawn here; renderers round differently.
const TOLERANCE: u8 = 2;

#[test]
fn every_icon_is_what_its_source_draws() {
    let source = fs::read(repository().join("extension/icon.svg")).unwrap();
    let tree = usvg::Tree::from_data(&source, &usvg::Options::default()).unwrap();
    for &size in SIZES {
        let path = repository().join(format!("extension/static/icons/{size}.png"));
        let drawn = draw(&tree, size);
        if std::env::var_os("CACHETTE_BLESS").is_some() {
            fs::write(&path, drawn.encode_png().unwrap()).unwrap();
        }
        let committed = tiny_skia::Pixmap::decode_png(&fs::read(&path).unwrap()).unwrap();
        assert_eq!((committed.width(), committed.height()), (size, size), "{}", path.display());
        let pairs = committed.data().iter().zip(drawn.data());
        let farthest = pairs.map(|(left, right)| left.abs_diff(*right)).max().unwrap();
        assert!(
            farthest <= TOLERANCE,
            "{} differs from extension/icon.svg by {farthest}; draw it anew with `CACHETTE_BLESS=1 cargo test \
             --package cachette-tests --test icons`",
            path.display()
        );
    }
}

#[test]
fn the_manifests_name_the_icons_that_exist() {
    let mut named = BTreeSet::new();
    for file in ["base.json", "chromium.json", "firefox.json"] {
        let text = fs::read_to_string(repository().join("manifest").join(file)).unwrap();
        let manifest: Value = serde_json::from_str(&text).unwrap();
        for icons in [manifest.get("icons"), manifest.pointer("/action/default_icon")].into_iter().flatten() {
            for (size, path) in icons.as_object().into_iter().flatten() {
                assert_eq!(path, &format!("icons/{size}.png"), "{file}");
                named.insert(size.parse::<u32>().unwrap());
            }
        }
    }
    assert_eq!(named.into_iter().collect::<Vec<_>>(), SIZES);
}

fn draw(tree: &usvg::Tree, size: u32) -> tiny_skia::Pixmap {
    let mut canvas = tiny_skia::Pixmap::new(size, size).unwrap();
    let scale = |length: f32| size as f32 / length;
    let transform = tiny_skia::Transform::from_scale(scale(tree.size().width()), scale(tree.size().height()));
    resvg::render(tree, transform, &mut canvas.as_mut());
    canvas
}
