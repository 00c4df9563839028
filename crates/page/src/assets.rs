//! Chooses which of a page's resources go into the cache's shared files, and names them. Names are
//! made from the bytes, and kinds are recognised by them. No file is written here. More than 300
//! lines: the choice, the kinds and the names of resources follow one after the other.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use url::Url;

use crate::danger::bare;
use crate::data_url::{self, decoded};
use crate::digest::sha256_hex;
use crate::drawing;
use crate::inline;
use crate::shared::FROM_PAGE;
use crate::sheet::{self, StyleSyntax, Targets};

/// The most bytes of one file.
const MAX_BYTES: usize = 32 << 20;
/// The prefix of shared files' paths in a style sheet, which is itself a shared file.
const FROM_SHEET: &str = "../";
/// How deep sheets may import sheets.
const IMPORTS: u32 = 8;
/// The most bytes of one drawing in a page's file.
const MAX_DRAWING: usize = 64 << 10;
/// The most bytes of drawings in the files of one page. Each counts as often as it is shown.
const DRAWINGS_BYTES: usize = 1 << 20;

/// A resource that the capture brought along with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The resource's role in the page.
    pub place: Place,
    /// Its bytes: a picture, or a style sheet's text.
    pub bytes: Vec<u8>,
}

/// A resource's role in its page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The page loads it from this absolute address.
    Address(String),
    /// The rules of the n-th `<style>` element outside of shadow roots, from 0, if they differ from
    /// its text.
    Style(u32),
    /// The sheets that scripts gave to the document (0) or to the n-th shadow root, from 1.
    Adopted(u32),
    /// The picture of the n-th `<canvas>` element outside of shadow roots, from 0.
    Canvas(u32),
}

/// A file for the cache's folder of shared files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The SHA-256 of its bytes in lower-case hex, a dot, and its kind. Kinds are `png`, `jpg`,
    /// `gif`, `webp`, `avif`, `bmp`, `ico` or `css`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A picture that the article shows from the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The path to it from the article's file.
    pub path: String,
    /// The address that the article would show without it.
    pub address: String,
}

impl Asset {
    /// Makes a file of these bytes if they are a picture. Its kind must be one that browsers show
    /// and that cannot run anything.
    pub fn picture(bytes: Vec<u8>) -> Option<Asset> {
        let kind = kind_of(&bytes).filter(|_| bytes.len() <= MAX_BYTES)?;
        Some(Asset { name: format!("{}.{kind}", sha256_hex(&bytes)), bytes })
    }

    /// Returns its folder: the first two digits of its name.
    pub fn shard(&self) -> &str {
        self.name.get(..2).unwrap_or("")
    }

    fn path(&self, from: &str) -> String {
        format!("{from}{}/{}", self.shard(), self.name)
    }
}

/// Recognises the kind of a picture by its first bytes. Drawings (SVG) do not count: they are
/// documents, and may run scripts.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let brand = || bytes.get(8..12);
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("jpg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', ..] if brand() == Some(b"WEBP") => Some("webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] if matches!(brand(), Some(b"avif" | b"avis")) => Some("avif"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some("bmp"),
        [0, 0, 1, 0, 1..=64, 0, ..] => Some("ico"),
        _ => None,
    }
}

/// The resources of one page, and those that its files show so far.
pub(crate) struct Assets {
    brought: HashMap<Place, Vec<u8>>,
    /// The resources that were looked up; `None` if the bytes must not be kept.
    found: RefCell<HashMap<Place, Option<Asset>>>,
    used: RefCell<BTreeMap<String, Asset>>,
    /// The sheets' paths among the shared files, by address; `None` while a sheet is being read.
    sheets: RefCell<HashMap<String, Option<String>>>,
    /// The drawings that were looked up; each is read once, however often it is shown.
    drawn: RefCell<HashMap<Place, Option<Rc<str>>>>,
    /// How many bytes of drawings the page's files may still hold.
    drawings: Cell<usize>,
}

impl Assets {
    /// Takes the resources that a capture brought along.
    pub(crate) fn new(resources: &[Resource]) -> Assets {
        let brought = resources.iter().map(|resource| {
            let place = match &resource.place {
                Place::Address(address) => Place::Address(without_fragment(address).to_owned()),
                place => place.clone(),
            };
            (place, resource.bytes.clone())
        });
        Assets {
            brought: brought.collect(),
            found: RefCell::default(),
            used: RefCell::default(),
            sheets: RefCell::default(),
            drawn: RefCell::default(),
            drawings: Cell::new(DRAWINGS_BYTES),
        }
    }

    /// Returns the text of a style sheet.
    pub(crate) fn text(&self, place: &Place) -> Option<String> {
        self.brought.get(place).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    /// Returns a picture's path from the page's files. From then on the picture belongs to them.
    pub(crate) fn image_at(&self, place: &Place) -> Option<String> {
        self.asset(place).map(|asset| self.linked(asset, FROM_PAGE))
    }

    /// Returns a picture's path as [`Assets::image_at`] does, by its address.
    pub(crate) fn image(&self, address: &str) -> Option<String> {
        self.image_at(&Place::Address(without_fragment(address).to_owned()))
    }

    /// Returns the path of the picture that a `data:` address holds.
    pub(crate) fn inline(&self, address: &str) -> Option<String> {
        let asset = Asset::picture(decoded(address)?)?;
        Some(self.linked(asset, FROM_PAGE))
    }

    /// Returns the path of a style sheet, which is stored without anything that loads.
    pub(crate) fn sheet(&self, address: &Url) -> Option<String> {
        self.sheet_below(address, 0).map(|name| [FROM_PAGE, &name].concat())
    }

    /// Stores a style sheet among the shared files. The sheets that it imports are stored with it,
    /// each once.
    fn sheet_below(&self, address: &Url, depth: u32) -> Option<String> {
        let key = without_fragment(address.as_str()).to_owned();
        if let Some(known) = self.sheets.borrow().get(&key) {
            return known.clone();
        }
        let text = self.text(&Place::Address(key.clone()))?;
        // A sheet that imports itself adds nothing by that.
        self.sheets.borrow_mut().insert(key.clone(), None);
        let absolute = |target: &str| address.join(&bare(target)).ok();
        let picture = |target: &str| {
            let address = absolute(target)?;
            let place = Place::Address(without_fragment(address.as_str()).to_owned());
            self.asset(&place).map(|asset| self.linked(asset, FROM_SHEET)).or_else(|| self.drawing(address.as_str()))
        };
        let imported = |target: &str| {
            let address = absolute(target).filter(|_| depth < IMPORTS)?;
            self.sheet_below(&address, depth + 1).map(|name| [FROM_SHEET, &name].concat())
        };
        let picture = |target: &str| inline::harmless(target).or_else(|| picture(target));
        let mut written = String::with_capacity(text.len());
        sheet::write(&text, StyleSyntax::Sheet, &Targets { picture: &picture, sheet: &imported }, &mut written);
        let bytes = written.into_bytes();
        let asset = Asset { name: format!("{}.css", sha256_hex(&bytes)), bytes };
        let name = (asset.bytes.len() <= MAX_BYTES).then(|| self.linked(asset, ""));
        self.sheets.borrow_mut().insert(key, name.clone());
        name
    }

    /// Returns a drawing that the capture brought as a `data:` address.
    pub(crate) fn drawing(&self, address: &str) -> Option<String> {
        let place = Place::Address(without_fragment(address).to_owned());
        let bytes = self.brought.get(&place)?;
        let mut known = self.drawn.borrow_mut();
        let drawing = known.entry(place).or_insert_with(|| drawing::picture(bytes, MAX_DRAWING).map(Rc::from));
        self.charged(drawing.as_deref()?)
    }

    /// Returns the drawing in a `data:` address, rewritten like any other.
    pub(crate) fn inline_drawing(&self, address: &str) -> Option<String> {
        self.charged(&drawing::picture(&data_url::drawing_in(address)?, MAX_DRAWING)?)
    }

    fn charged(&self, drawing: &str) -> Option<String> {
        self.drawings.set(self.drawings.get().checked_sub(drawing.len())?);
        Some(data_url::written(drawing))
    }

    /// Whether any file linked so far satisfies `is_so`.
    pub(crate) fn any_used(&self, is_so: impl Fn(&Asset) -> bool) -> bool {
        self.used.borrow().values().any(is_so)
    }

    /// Returns the files that were linked.
    pub(crate) fn into_used(self) -> Vec<Asset> {
        self.used.into_inner().into_values().collect()
    }

    fn asset(&self, place: &Place) -> Option<Asset> {
        let bytes = self.brought.get(place)?;
        self.found.borrow_mut().entry(place.clone()).or_insert_with(|| Asset::picture(bytes.clone())).clone()
    }

    fn linked(&self, asset: Asset, from: &str) -> String {
        let path = asset.path(from);
        self.used.borrow_mut().entry(asset.name.clone()).or_insert(asset);
        path
    }
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIF: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0;";

    #[test]
    fn kinds_are_read_off_the_bytes() {
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\n\0"[..], Some("png")),
            (b"\xff\xd8\xff\xe0", Some("jpg")),
            (GIF, Some("gif")),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some("webp")),
            (b"\0\0\0\x1cftypavif", Some("avif")),
            (b"BM\0\0\0\0\0\0\0\0", Some("bmp")),
            (b"\0\0\x01\0\x01\0", Some("ico")),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
            (b"<!DOCTYPE html>", None),
            (b"", None),
        ] {
            assert_eq!(kind_of(bytes), kind);
        }
    }

    #[test]
    fn only_what_was_linked_is_kept_and_once() {
        let place = |address: &str| Place::Address(address.to_owned());
        let resource = |address: &str| Resource { place: place(address), bytes: GIF.to_vec() };
        let mut resources = vec![resource("https://a.example/x#part"), resource("https://a.example/y")];
        resources.push(Resource { place: place("https://a.example/no"), bytes: b"<script>".to_vec() });
        resources
            .push(Resource { place: place("https://a.example/s.css"), bytes: b"a{b:url(x)} b{c:url(z)}".to_vec() });
        let assets = Assets::new(&resources);
        let path = assets.image("https://a.example/x").unwrap();
        assert!(path.starts_with("../../assets/") && path.ends_with(".gif"), "{path}");
        assert_eq!(assets.image("https://a.example/y#z"), Some(path.clone()));
        assert_eq!(assets.image("https://a.example/no"), None);
        assert_eq!(assets.image("https://a.example/unknown"), None);
        let sheet = assets.sheet(&Url::parse("https://a.example/s.css").unwrap()).unwrap();
        let used = assets.into_used();
        assert_eq!(used.len(), 2, "the picture and the sheet");
        let css = used.iter().find(|asset| sheet.ends_with(&asset.name)).unwrap();
        let text = String::from_utf8(css.bytes.clone()).unwrap();
        assert_eq!(text, format!("a{{b:url(\"{}\")}} b{{c:url(\"\")}}", path.replace("../../assets/", "../")));
    }

    #[test]
    fn sheets_bring_the_sheets_that_they_import() {
        let resource = |address: &str, text: &str| Resource {
            place: Place::Address(address.to_owned()),
            bytes: text.as_bytes().to_vec(),
        };
        let assets = Assets::new(&[
            resource("https://a.example/s.css", "@import 'in/one.css' print;@import 'https://b.example/no.css';a{b:c}"),
            resource(
                "https://a.example/in/one.css",
                "@import url(two.css);@import '../s.css';p{background:url(d.svg)}",
            ),
            resource("https://a.example/in/two.css", "i{j:k}"),
            resource("https://a.example/in/d.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ]);
        let root = assets.sheet(&Url::parse("https://a.example/s.css#x").unwrap()).unwrap();
        let used = assets.into_used();
        let text = |path: &str| {
            let asset = used.iter().find(|asset| path.ends_with(&asset.name)).unwrap();
            String::from_utf8(asset.bytes.clone()).unwrap()
        };
        let import = |text: &str| text.split('"').nth(1).unwrap().to_owned();
        let first = text(&root);
        assert!(first.starts_with("@import \"../") && first.ends_with("\" print;a{b:c}"), "{first}");
        let second = text(&import(&first));
        assert!(second.contains("p{background:url(\"data:image/svg+xml;base64,PHN2Zy"), "{second}");
        assert_eq!(second.matches("@import").count(), 1, "the circle is cut: {second}");
        assert_eq!(text(&import(&second)), "i{j:k}");
        assert_eq!(used.len(), 3);
    }

    #[test]
    fn drawings_are_bounded_all_together() {
        let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>", " ".repeat(60_000));
        let place = Place::Address("https://a.example/d.svg".to_owned());
        let assets = Assets::new(&[Resource { place, bytes: drawing.into_bytes() }]);
        let shown = (0..100).filter(|_| assets.drawing("https://a.example/d.svg#x").is_some()).count();
        assert_eq!(shown, DRAWINGS_BYTES / 60_046);
    }
}
