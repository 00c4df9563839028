//! Finds what of a picture's address does not depend on its size. It compares addresses and loads
//! nothing.

/// Names of parameters that ask for a size or a form of the same picture.
const PARAMETERS: [&str; 12] =
    ["w", "h", "q", "width", "height", "quality", "fit", "dpr", "auto", "format", "fm", "resize"];
/// What is left of a folder's name that is a size, once its digits are gone.
const SIZES: [&str; 8] = ["x", "w", "h", "w_", "h_", "s", "px", "w_,h_"];

/// The fewest bytes of a file's name that is the picture's own, whatever folder it is in. Others,
/// such as `large.jpg`, are shorter.
const OWN_NAME: usize = 20;

/// Iterates over the parts of an address that say which picture it is.
pub(super) fn without_sizes(address: &str) -> impl Iterator<Item = &str> {
    let address = address.split('#').next().unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let name = path.rsplit('/').next().map(without_suffix).unwrap_or_default();
    let path = if name.len() >= OWN_NAME { name } else { path };
    let folders = path.split('/').filter(|folder| !is_size(folder)).map(without_suffix);
    let parameters = query.split('&').filter(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default();
        !parameter.is_empty() && !PARAMETERS.contains(&name)
    });
    folders.chain(parameters)
}

fn is_size(folder: &str) -> bool {
    // A number alone may be the picture's own.
    let rest: String = folder.chars().filter(|c| !c.is_ascii_digit()).take(SIZES.len()).collect();
    rest.len() < folder.len() && SIZES.contains(&rest.as_str())
}

/// Returns a file's name without the size before its extension: `ivy-300x200.jpg` is `ivy`.
fn without_suffix(name: &str) -> &str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match stem.rsplit_once('-') {
        Some((before, size)) if size.split('x').count() == 2 && is_size(size) => before,
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(address: &str) -> Vec<&str> {
        without_sizes(address).collect()
    }

    #[test]
    fn sizes_of_one_picture_are_one() {
        for (one, other) in [
            ("/a/ivy.jpg?w=800&q=80", "/a/ivy.jpg?w=400&q=70"),
            ("/a/ivy-300x200.jpg", "/a/ivy.jpg"),
            ("/w_800/a/ivy.jpg", "/w_400/a/ivy.jpg"),
            ("/a1/the-ivy-on-the-old-wall.png", "/b2/the-ivy-on-the-old-wall.png"),
            ("/800x600/ivy.jpg#x", "/400x300/ivy.jpg"),
            ("/_next/image?url=%2Fivy.jpg&w=640", "/_next/image?url=%2Fivy.jpg&w=1200"),
        ] {
            assert_eq!(parts(one), parts(other));
        }
    }

    #[test]
    fn different_pictures_are_different() {
        for (one, other) in [
            ("/_next/image?url=%2Fivy.jpg&w=640", "/_next/image?url=%2Ffern.jpg&w=640"),
            ("/photos/1/large.jpg", "/photos/2/large.jpg"),
            ("/ivy-1.jpg", "/ivy-2.jpg"),
            ("/ivy.jpg?id=1", "/ivy.jpg?id=2"),
        ] {
            assert_ne!(parts(one), parts(other));
        }
    }
}
