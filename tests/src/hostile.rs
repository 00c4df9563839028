//! Makes a page full of ways to load, run or lead elsewhere, and its copies. There is a copy with
//! its policy, one without, and each drawing by itself. The browsers' tests judge; the loopback
//! site serves the page.

use std::{fs, path::PathBuf};

use data_encoding::BASE64;

use crate::{DriverError, Result, home::Home, site::Site};

/// The placeholder for a forbidden address; a number follows each.
const CANARY: &str = "CANARY";
/// The path of those addresses on the loopback site.
const PATH: &str = "/canary/";
/// The script that marks its document when it runs.
const RUN: &str = "document.documentElement.setAttribute('data-ran', 'yes')";

/// An expression for an opened file: whether any of its scripts has run.
pub const HAS_RUN: &str = "document.documentElement.getAttribute('data-ran') == 'yes'";

/// An expression for an opened file: the resources that it loaded from outside. An empty address
/// (`url("")`) is recorded without a name, and nothing is requested.
pub const LOADED: &str =
    "performance.getEntriesByType('resource').map(one => one.name).filter(name => name && !name.startsWith('data:'))";

/// Declarations, each for an element of its own.
const DECLARATIONS: [&str; 17] = [
    "background-image:url(CANARY)",
    "background-image:u\\72l('CANARY')",
    "background-image:image-set('CANARY' 1x)",
    "background-image:-webkit-image-set(url(CANARY) 1x)",
    "--u:'CANARY';background-image:image-set(var(--u) 1x)",
    "--u:url(CANARY);background-image:var(--u)",
    "--u:image-set('CANARY' 1x);background-image:var(--u)",
    "background-image:image-set(var(--none, 'CANARY') 1x)",
    "background-image:cross-fade(url(CANARY), url(CANARY), 50%)",
    "cursor:url(CANARY),auto",
    "content:image-set('CANARY' 1x)",
    "display:list-item;list-style-image:url(CANARY)",
    "border:9px solid;border-image:url(CANARY) 1",
    "mask-image:url(CANARY)",
    "filter:url(CANARY#f)",
    "clip-path:url(CANARY#c)",
    "float:left;shape-outside:url(CANARY)",
];

/// Whole sheets; `#N` is replaced by an element made for the sheet.
const SHEETS: [&str; 10] = [
    "@import 'CANARY';",
    "@import url(CANARY) layer(x) screen;",
    "@property --pN{syntax:'*';inherits:false;initial-value:'CANARY'} #N{background-image:image-set(var(--pN) 1x)}",
    "@property --pN{syntax:'<image>';inherits:false;initial-value:image-set('CANARY' 1x)} \
     #N{background-image:var(--pN)}",
    "@function --fN(){result:'CANARY'} #N{background-image:image-set(--fN() 1x)}",
    "@function --fN(--u){result:image-set(var(--u) 1x)} #N{background-image:--fN('CANARY')}",
    "@keyframes kN{from,to{background-image:image-set('CANARY' 1x)}} #N{animation:kN 9s infinite}",
    "@font-face{font-family:fN;src:url(CANARY)} #N{font-family:fN}",
    "#N::before{content:image-set('CANARY' 1x)}",
    "@media all{@supports (a:b) or (color:red){@layer l{#N{&:is(*){background:src('CANARY'),url(CANARY)}}}}}",
];

/// Markup.
const MARKUP: [&str; 15] = [
    "<img src=\"CANARY\">",
    "<img srcset=\"CANARY 1x\">",
    "<picture><source srcset=\"CANARY\"><img></picture>",
    "<video src=\"CANARY\" poster=\"CANARY\"></video>",
    "<table background=\"CANARY\"><td>x</td></table>",
    "<input type=image src=\"CANARY\">",
    "<iframe src=\"CANARY\"></iframe>",
    "<object data=\"CANARY\"></object>",
    "<embed src=\"CANARY\">",
    "<link rel=stylesheet href=\"CANARY\">",
    "<link rel=preload as=image href=\"CANARY\" imagesrcset=\"CANARY 1x\">",
    "<svg><image href=\"CANARY\"/><use href=\"CANARY#a\"/></svg>",
    "<svg><rect width=9 height=9 fill=\"url(CANARY#a)\" filter=\"url(CANARY#f)\" mask=\"url(CANARY#m)\"/></svg>",
    "<svg><style>*{--s:'CANARY';background-image:image-set(var(--s) 1x)}</style></svg>",
    "<svg><filter id=N><feImage href=\"CANARY\"/></filter><rect width=9 height=9 filter=\"url(#N)\"/></svg>",
];

/// Drawings, each of which does something when it is opened by itself.
const DRAWINGS: [&str; 12] = [
    "<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"RUN\">]><svg xmlns='http://www.w3.org/2000/svg'><g/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' onload=\"RUN\"/>",
    "<svg xmlns='http://www.w3.org/2000/svg'><script>RUN</script></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xhtml'><x:script>RUN</x:script><x:img src \
     = 'CANARY'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><image href = \"CANARY\" width='9' height='9'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xhtml'><x:meta http-equiv='refresh' \
     content='0;url=CANARY'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'CANARY'; \
     svg{--u:'CANARY';background-image:image-set(var(--u) 1x)}</style></svg>",
    "<?xml-stylesheet href='CANARY'?><svg xmlns='http://www.w3.org/2000/svg'><g/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject width='9' height='9'><iframe \
     xmlns='http://www.w3.org/1999/xhtml' src='CANARY'/></foreignObject></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><filter id='f'><feImage href='CANARY'/></filter><rect width='9' \
     height='9' filter='url(#f)'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><image width='9' height='9'><set attributeName='href' to='CANARY'/>\
     </image></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9' style='fill:url(CANARY#a)' cursor='url(CANARY),\
     auto'/></svg>",
];

/// The files to open.
#[derive(Debug)]
pub struct Hostile {
    /// The original page and its drawings, which prove that they would do something.
    pub raw: Vec<PathBuf>,
    /// The copy with and without its policy, and each drawing in it.
    pub copies: Vec<PathBuf>,
}

impl Hostile {
    /// Files the page in a home; it can request only from `site`.
    ///
    /// # Errors
    /// Any failure of the real binary, or of the disk.
    pub fn file(home: &Home, site: &Site) -> Result<Hostile> {
        let mut numbers = 0..;
        let mut address = || site.url(&format!("{PATH}{}", numbers.next().unwrap_or(0)));
        let mut filled = |text: &str| {
            let mut parts = text.split(CANARY);
            let mut out = parts.next().unwrap_or("").to_owned();
            for part in parts {
                out.push_str(&address());
                out.push_str(part);
            }
            out
        };
        let drawings: Vec<String> = DRAWINGS.iter().map(|drawing| filled(drawing).replace("RUN", RUN)).collect();
        let (mut sheets, mut body) = (String::new(), String::new());
        for (at, declarations) in DECLARATIONS.iter().enumerate() {
            sheets.push_str(&format!("<style>#d{at}{{{}}}</style>", filled(declarations)));
            body.push_str(&format!("<p id=d{at}>Words {at}</p><p style=\"{}\">More</p>", filled(declarations)));
        }
        for (at, sheet) in SHEETS.iter().enumerate() {
            sheets.push_str(&format!("<style>{}</style>", filled(sheet).replace('N', &format!("s{at}"))));
            body.push_str(&format!("<p id=s{at}>Words {at}</p>"));
        }
        for (at, markup) in MARKUP.iter().enumerate() {
            body.push_str(&filled(markup).replace('N', &format!("m{at}")));
        }
        for (at, drawing) in drawings.iter().enumerate() {
            let data = format!("data:image/svg+xml;base64,{}", BASE64.encode(drawing.as_bytes()));
            sheets.push_str(&format!("<style>#v{at}{{background-image:url({data})}}</style>"));
            body.push_str(&format!("<p id=v{at}>Drawn {at}</p><p style=\"filter:url({data}#f)\">Drawn</p>"));
        }
        let html = format!(
            "<!DOCTYPE html><title>Hostile</title>{sheets}<article><h1>Hostile</h1>{body}</article><script>{RUN}\
             </script>"
        );
        let mut raw = vec![write(home.dir().join("hostile.html"), html.as_bytes())?];
        for (at, drawing) in drawings.iter().enumerate() {
            raw.push(write(home.dir().join(format!("raw-{at}.svg")), drawing.as_bytes())?);
        }
        let page = raw.first().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
        home.run(&["add", "--url", &site.url("/hostile"), &page])?;
        let filed = home.pages()?.pop().ok_or_else(|| DriverError::Unexpected("nothing was filed".to_owned()))?;
        let copy = filed.with_file_name("index.html");
        let text = fs::read_to_string(&copy).map_err(DriverError::io("reading the copy"))?;
        let mut copies =
            vec![copy.clone(), write(copy.with_file_name("bare.html"), without_policy(&text)?.as_bytes())?];
        for (at, data) in text.split("data:image/svg+xml;base64,").skip(1).enumerate() {
            let end = data.find(|c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c))).unwrap_or(data.len());
            let (data, _) = data.split_at_checked(end).unwrap_or((data, ""));
            let drawing = BASE64.decode(data.as_bytes());
            let drawing =
                drawing.map_err(|error| DriverError::Unexpected(format!("a drawing is no base64: {error}")))?;
            copies.push(write(home.dir().join(format!("drawing-{at}.svg")), &drawing)?);
        }
        Ok(Hostile { raw, copies })
    }
}

/// Counts the page's addresses that were requested.
pub fn asked(site: &Site) -> usize {
    site.visits().iter().filter(|visit| visit.path.starts_with(PATH)).count()
}

/// Makes an extension that does nothing, for a browser that needs one. A copy must be safe for
/// everyone who has the folder.
///
/// # Errors
/// [`DriverError::Io`].
pub fn no_extension(home: &Home) -> Result<PathBuf> {
    let folder = home.dir().join("extension");
    fs::create_dir(&folder).map_err(DriverError::io("making an empty extension"))?;
    write(folder.join("manifest.json"), br#"{"manifest_version": 3, "name": "-", "version": "1"}"#)?;
    Ok(folder)
}

fn without_policy(copy: &str) -> Result<String> {
    let cut = || {
        let (before, rest) = copy.split_once("<meta http-equiv=\"Content-Security-Policy\"")?;
        Some([before, rest.split_once('>')?.1].concat())
    };
    cut().ok_or_else(|| DriverError::Unexpected("the copy has no policy".to_owned()))
}

fn write(path: PathBuf, bytes: &[u8]) -> Result<PathBuf> {
    fs::write(&path, bytes).map_err(DriverError::io("writing a hostile file"))?;
    Ok(path)
}
