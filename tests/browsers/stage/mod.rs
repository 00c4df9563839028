//! Holds what the tests of both browsers share. These are turns, and expressions that find the
//! popup's parts as assistive tools do. It drives no browser.

use std::{
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, PoisonError},
};

use cachette_address::Address;
use cachette_tests::{filed::Filed, home::Home, wait::until};
use serde_json::Value;

/// How many browsers may run at once. Each takes some hundred megabytes and more than one core.
const AT_ONCE: usize = 2;

static RUNNING: Mutex<usize> = Mutex::new(0);
static ENDED: Condvar = Condvar::new();

/// The right to run a browser, given back when dropped.
pub struct Turn(());

impl Turn {
    /// Waits for a turn.
    pub fn take() -> Turn {
        let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut running =
            ENDED.wait_while(running, |running| *running >= AT_ONCE).unwrap_or_else(PoisonError::into_inner);
        *running += 1;
        Turn(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        ENDED.notify_one();
    }
}

/// Returns an expression: whether the popup's live region says this.
pub fn status_has(words: &str) -> String {
    format!("document.querySelector('[role=status]').textContent.includes({})", Value::from(words))
}

/// Returns an expression that presses the popup's button with this name. It is false while the
/// button is not there.
pub fn button(name: &str) -> String {
    format!(
        "(() => {{ const button = [...document.querySelectorAll('button')].find(button => \
         button.textContent.trim() == {} && button.getClientRects().length > 0); button?.click(); return !!button \
         }})()",
        Value::from(name)
    )
}

/// Asserts that the page behind the login shows its picture, which only its members get, from the
/// cache.
pub fn shows_its_picture(filed: &Filed, home: &Home) {
    let kept = shared_files(home);
    assert!(
        kept.len() == 1 && filed.body.contains(&format!("![A badge](../../assets/{})", kept[0])),
        "{kept:?} {}",
        filed.body
    );
}

/// Returns the cache's only page, once it exists.
pub fn only_page(home: &Home) -> PathBuf {
    let path = until("a filed page", || Ok(home.pages()?.into_iter().next())).unwrap();
    assert_eq!(home.pages().unwrap().len(), 1);
    path
}

/// Returns the cache's shared files, each as `<2 hex>/<name>`.
pub fn shared_files(home: &Home) -> Vec<String> {
    let assets = home.cache().join("assets");
    let files = home.files().unwrap();
    files.iter().filter_map(|file| Some(file.strip_prefix(&assets).ok()?.to_string_lossy().into_owned())).collect()
}

/// Files three pages, of which two are similar, and returns the hash of one of these.
pub fn file_alike(home: &Home) -> String {
    let pages = [
        ("mire", "Peat in the mire", "Sphagnum drinks the rain of the mire, and the bog grows on its own peat."),
        (ALIKE_PLACE, ALIKE_TITLE, "What sphagnum leaves behind is peat: a bog keeps it under the mire for ever."),
        ("bread", "Bread", "Flour with water plus salt makes dough."),
    ];
    for (place, title, words) in pages {
        let html = home.dir().join("page.html");
        std::fs::write(&html, format!("<title>{title}</title><article><h1>{title}</h1><p>{words}</p></article>"))
            .unwrap();
        home.run(&["add", "--url", &format!("https://example.org/{place}"), html.to_str().unwrap()]).unwrap();
    }
    Address::parse("https://example.org/mire").unwrap().hash_url().to_owned()
}

/// The title of the page that is similar to the one of [`file_alike`]. It is markup that must stay
/// text.
pub const ALIKE_TITLE: &str = "Bogs &amp; &lt;i id=markup>how they grow";
/// The last word of that page's address.
const ALIKE_PLACE: &str = "bog";

/// An expression for the reader. It gives the pages that it names as similar to the shown one, once
/// they are there. Each is a link, in a landmark with a name.
pub const NAMED_ALIKE: &str = "(() => { const part = document.getElementById('related'); \
    const title = document.getElementById(part.getAttribute('aria-labelledby')); \
    return part.getClientRects().length > 0 && title.textContent == 'Pages like this one' && \
    [...part.querySelectorAll('li > a')].map(link => link.textContent + ' ' + new URL(link.href).pathname) })()";

/// Returns the value that [`NAMED_ALIKE`] must have.
pub fn named_alike() -> Value {
    serde_json::json!(["Bogs & <i id=markup>how they grow /view.html"])
}

/// An expression for the copy of the gallery's article. It says whether a sheet imported by its own
/// sheet works.
pub const IMPORT_IS_SHOWN: &str =
    "getComputedStyle(document.querySelector('nav')).backgroundColor == 'rgb(223, 233, 226)'";

/// An expression for the same copy: the text that its sheet shows behind a paragraph.
pub const BEHIND: &str = "getComputedStyle(document.querySelector('.wall')).backgroundImage";

/// Asserts that an image in a sheet is a file on disk.
pub fn is_kept(image: &Value) {
    let path = image.as_str().and_then(|image| image.strip_prefix("url(\"file://")?.strip_suffix("\")"));
    assert!(path.is_some_and(|path| Path::new(path).is_file()), "{image}");
}

/// Files the page at this address, and turns its home into one that only a newer program may
/// change.
pub fn file_and_close(home: &Home, url: &str) {
    let html = home.dir().join("page.html");
    std::fs::write(&html, "<title>Kept</title><article><h1>Kept</h1><p>What was saved before.</p></article>").unwrap();
    home.run(&["add", "--url", url, html.to_str().unwrap()]).unwrap();
    std::fs::write(home.cache().join(".format"), "99\n").unwrap();
}

/// An expression for the popup. It says whether the popup warns that nothing can be saved, names
/// what is saved, and says what to do.
pub const FOREWARNED: &str = "(() => { const text = id => document.getElementById(id).textContent; \
    return text('status').startsWith('Nothing can be saved now: ') && text('status').includes('newer Cachette') && \
    text('detail').startsWith('Kept · Saved on ') && text('command') == 'cachette doctor' })()";

/// Replaces the real host by a program that ends before anybody can write to it.
pub fn install_one_that_dies(home: &Home, manifest: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let host = home.dir().join("dies.sh");
    std::fs::write(&host, "#!/bin/sh\nexit 1\n").unwrap();
    std::fs::set_permissions(&host, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut written: Value = serde_json::from_slice(&std::fs::read(manifest).unwrap()).unwrap();
    written["path"] = host.to_str().unwrap().into();
    std::fs::write(manifest, written.to_string()).unwrap();
}

/// Replaces the real host by a program that dies when it should file a page containing `word`.
/// Otherwise it behaves like the real one. Returns the file to which each death adds a line.
pub fn install_one_that_dies_of(home: &Home, manifest: &Path, word: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let (host, deaths) = (home.dir().join("dies-of.sh"), home.dir().join("deaths"));
    let real = cachette_tests::home::binary().unwrap();
    // The real host reads what `tee` passes on. `grep`, whose lines end where a frame's length
    // begins, sees it too.
    let script = format!(
        "#!/bin/sh\nexec 3<&0\npipes=$(mktemp -d)\nmkfifo \"$pipes/in\" \"$pipes/seen\"\n\
         tee \"$pipes/seen\" <&3 >\"$pipes/in\" &\ntee=$!\n'{}' \"$@\" <\"$pipes/in\" &\nhost=$!\nexec 3<&-\n\
         if grep -aqz '{word}' <\"$pipes/seen\"; then echo dead >>'{}'; kill -9 $host $tee; fi\n\
         wait $host\nrm -r \"$pipes\"\n",
        real.display(),
        deaths.display()
    );
    std::fs::write(&host, script).unwrap();
    std::fs::set_permissions(&host, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut written: Value = serde_json::from_slice(&std::fs::read(manifest).unwrap()).unwrap();
    written["path"] = host.to_str().unwrap().into();
    std::fs::write(manifest, written.to_string()).unwrap();
    std::fs::write(&deaths, "").unwrap();
    deaths
}

/// Counts how often the host of [`install_one_that_dies_of`] has died.
pub fn deaths(file: &Path) -> usize {
    std::fs::read_to_string(file).unwrap().lines().count()
}

/// Returns an expression about what is set aside. It is true if the popup names one page, with this
/// title, and says why.
pub fn sets_aside(title: &str) -> String {
    format!(
        "(() => {{ const part = document.getElementById('aside'); const text = part.innerText; \
         return part.getClientRects().length > 0 && text.includes('twice: 1') && text.includes({}) && \
         text.includes('stopped at this page') }})()",
        Value::from(title)
    )
}

/// Asserts that a restless page was captured at one moment. The number of its state is the same in
/// four places.
pub fn is_of_one_moment(filed: &Filed) {
    let after = |text: &str, mark: &str| {
        let (_, rest) = text.split_once(mark).unwrap_or_else(|| panic!("no “{mark}” in {text}"));
        rest.chars().skip_while(|c| *c == '*').take_while(char::is_ascii_digit).collect::<String>()
    };
    let number = after(filed.text("title"), "Restless ");
    let change: u64 = number.parse().unwrap_or_else(|_| panic!("{}", filed.text("title")));
    let address = filed.text("url").split_once("state=").map_or("0", |(_, state)| state);
    assert_eq!(address, (change / 100 * 100).to_string(), "the address is of another moment than the title {change}");
    let states: Vec<_> = filed.body.match_indices("State ").map(|(at, _)| after(&filed.body[at..], "State ")).collect();
    assert_eq!(states, [number.clone(), number], "{}", filed.body);
}

/// Returns an expression for a page of the extension. It gives its module's results for the
/// vectors' addresses, each as JSON.
pub fn named_by_the_extension(namespace: &str, vectors: &Value) -> String {
    let inputs: Vec<_> = vectors.as_array().unwrap().iter().map(|vector| &vector["input"]).collect();
    format!(
        "import('./wasm/screens.js').then(async module => {{ \
         await module.default({{module_or_path: {namespace}.runtime.getURL('wasm/screens_bg.wasm')}}); \
         return {}.map(input => JSON.parse(module.canonical_url(input))) }})",
        serde_json::to_string(&inputs).unwrap()
    )
}

/// Asserts that the extension's answers equal the vectors' and the host's.
pub fn assert_named_alike(vectors: &Value, answers: &Value) {
    let (vectors, answers) = (vectors.as_array().unwrap(), answers.as_array().unwrap());
    assert!(!vectors.is_empty());
    assert_eq!(vectors.len(), answers.len());
    for (vector, answer) in vectors.iter().zip(answers) {
        let input = vector["input"].as_str().unwrap();
        let host = Address::parse(input).ok();
        let host = host.as_ref();
        assert_eq!(answer["url"].as_str(), host.map(Address::url), "{input}");
        assert_eq!(answer["captured_url"].as_str(), host.map(Address::captured_url), "{input}");
        assert_eq!(answer["hash_url"].as_str(), host.map(Address::hash_url), "{input}");
        assert_eq!(answer["url"], vector["url"], "{input}");
        assert_eq!(answer["hash_url"], vector["hash_url"], "{input}");
    }
}
