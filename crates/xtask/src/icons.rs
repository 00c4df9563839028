//! Renders the extension's icons from their SVG source, at the sizes that browsers ask for.

use std::path::Path;

use resvg::{tiny_skia, usvg};

use crate::shell::{Done, TaskError, at};

/// Edge lengths in pixels: toolbar at one, one and a half and two times, extension pages, stores.
pub const SIZES: &[u32] = &[16, 24, 32, 48, 64, 128];

/// Renders `svg` into `folder/<size>.png` for each of [`SIZES`].
///
/// # Errors
/// Where the SVG cannot be read or a file cannot be written.
pub fn render(svg: &Path, folder: &Path) -> Done {
    let source = std::fs::read(svg).map_err(at(svg))?;
    let broken = |reason: String| TaskError::Other(format!("{}: {reason}", svg.display()));
    let tree = usvg::Tree::from_data(&source, &usvg::Options::default()).map_err(|error| broken(error.to_string()))?;
    std::fs::create_dir_all(folder).map_err(at(folder))?;
    for &size in SIZES {
        let mut canvas = tiny_skia::Pixmap::new(size, size).ok_or_else(|| broken(format!("no canvas of {size} px")))?;
        let scale = |length: f32| size as f32 / length;
        let transform = tiny_skia::Transform::from_scale(scale(tree.size().width()), scale(tree.size().height()));
        resvg::render(&tree, transform, &mut canvas.as_mut());
        let png = canvas.encode_png().map_err(|error| broken(error.to_string()))?;
        let path = folder.join(format!("{size}.png"));
        std::fs::write(&path, png).map_err(at(&path))?;
    }
    Ok(())
}
