//! Tests which parts of a sheet are kept. No address is left where it could be loaded. More than
//! 300 lines: every attack and every kept part of a sheet has its test.

use super::*;
use proptest::prelude::*;

/// The address of the tests' pictures, which stays unchanged.
const OWN: &str = "own:";

fn formed(source: &str, syntax: StyleSyntax) -> String {
    let mut out = String::new();
    let picture = |address: &str| {
        let is_own = address.starts_with(['#']) || address.starts_with("data:image/png") || address.starts_with(OWN);
        is_own.then(|| address.to_owned())
    };
    let sheet = |address: &str| {
        address.strip_prefix("kept:").or_else(|| address.starts_with("a").then_some(address)).map(str::to_owned)
    };
    write(source, syntax, &Targets { picture: &picture, sheet: &sheet }, &mut out);
    out
}

fn written(source: &str) -> String {
    formed(source, StyleSyntax::Sheet)
}

#[test]
fn the_list_can_be_searched() {
    assert!(KEPT_RULES.is_sorted());
}

#[test]
fn an_import_that_is_kept_keeps_what_it_says_of_itself() {
    for (sheet, kept) in [
        ("@import 'kept:a';b{}", "@import \"a\";b{}"),
        (
            "@IMPORT/* x */url( kept:a.css )layer(l) supports(display: grid) screen;b{}",
            "@import \"a.css\"layer(l) supports(display: grid) screen;b{}",
        ),
        ("@import url(\"kept:a</style>\") print", "@import \"a\\3c /style>\" print"),
        ("@import \"kept:a\" url(http://x/) \"</style>\";", "@import \"a\" url(\"\") \"\\3c /style>\";"),
        ("@import u\\72l(kept:a);", "@import \"a\";"),
        ("@import src(\"kept:a\");b{}", "b{}"),
        ("@import var(--a);b{}", "b{}"),
        ("@import ; @import 'kept:a'", " @import \"a\""),
        ("@media print{@import 'kept:a';c{}}", "@media print{c{}}"),
        ("a @import 'kept:a';", "a !! \"\";"),
    ] {
        assert_eq!(written(sheet), kept, "{sheet}");
    }
    assert_eq!(formed("@import 'kept:a';color:red", StyleSyntax::Declarations), "color:red");
}

#[test]
fn what_loads_is_taken_out_and_the_rest_stays() {
    for (sheet, kept) in [
        ("p { color: red }", "p { color: red }"),
        ("a{background:URL( 'http://t.example/x?a=)' ) no-repeat}", "a{background:url(\"\") no-repeat}"),
        ("a{b:url(data:image/png;base64,AA)}", "a{b:url(\"data:image/png;base64,AA\")}"),
        ("a{b:url(\"own:x\" crossorigin(use-credentials))}", "a{b:url(\"own:x\")}"),
        ("@Import \"x.css\";b{}", "b{}"),
        ("@\\69mport url(x;y) screen;b{}", "b{}"),
        ("@media print{@import x}b{}", "@media print{}b{}"),
        ("@charset \"utf-8\";@namespace url(http://www.w3.org/2000/svg);b{}", "b{}"),
        (
            "@media (width <= 5px){} a::before{content:'</style><script>'}",
            "@media (width <= 5px){} a::before{content:\"\\3c /style>\\3c script>\"}",
        ),
        ("@media (1px<width<5px) and (2px</**/height){}", "@media (1px< width<5px) and (2px< /**/height){}"),
        ("a{fill:url(#g)} .curly{}", "a{fill:url(\"#g\")} .curly{}"),
        ("a{b:url(x", "a{b:url(\"\")}"),
        ("a{b:u\\72l(http://x/)}", "a{b:url(\"\")}"),
        ("a{b:\\000075 RL('x')}", "a{b:url(\"\")}"),
        ("a{b:url(x y(z)) c}", "a{b:!!) c}"),
        ("a{b:expression(alert(1));behavior:url(x)}", "a{b:x-expression(alert(1));x-behavior:url(\"\")}"),
        ("a/* token=1 */b{c:d/**/}", "a/**/b{c:d/**/}"),
        ("<!-- a{b:c} -->", " a{b:c} "),
        (".w-1\\/2:hover{content:\"\\201C\"}", ".w-1\\/2:hover{content:\"\u{201C}\"}"),
        ("a{width:calc((1px + 2px) * 3)}", "a{width:calc((1px + 2px) * 3)}"),
        ("a{b:'x\nc:url(y)}", "a{b:!!\nc:url(\"\")}"),
        ("a{b:c\\", "a{b:c\\fffd }"),
        (
            "a[href^=\"http://t.example/\"]:not([src*='//x']){b:c}",
            "a[href^=\"http://t.example/\"]:not([src*=\"//x\"]){b:c}",
        ),
        ("a{&:hover{content:'a:b'} d:e}", "a{&:hover{content:\"a:b\"} d:e}"),
        (
            "a::after{content:'http://t.example/' attr(href) counter(x)}",
            "a::after{content:\"http://t.example/\" attr(href) counter(x)}",
        ),
        ("a{--icon:'\\f013';--w:{x:y};font-family:\"A B\"}", "a{--icon:\"\u{f013}\";--w:{x:y};font-family:\"A B\"}"),
    ] {
        assert_eq!(written(sheet), kept, "{sheet}");
        assert_eq!(written(kept), kept, "{sheet}");
    }
}

#[test]
fn no_address_comes_by_another_way() {
    for sheet in [
        "a{b:image-set('evil' 1x, url(evil) 2x, \"own:x\" 3x)}",
        "a{b:-webkit-image-set(url(evil) 1x)}",
        "a{--u:\"http://evil\";b:image-set(var(--u) 1x)}",
        "a{--u:'//evil';--v:'\\68ttp://evil';--w:'ht\\\ntp://evil';--x:'\\\\\\\\evil\\\\share'}",
        "a{--u:image-set('evil' 1x)}",
        "a{--u:{content:'http://evil'}}",
        "a{--u:['http://evil']}",
        "a{--u:('http://evil')}",
        "a{--u:url(http://evil)}",
        "a{--u:src('http://evil')}",
        "a{b:image-set(var(--u, 'http://evil') 1x)}",
        "a{b:image-set(env(x, 'http://evil') 1x, if(else: 'evil') 1x, --f('evil') 1x, attr(evil type(<string>)) 1x)}",
        "a{b:cross-fade('evil', image('evil'), src('evil'))}",
        "a{b:src(var(--evil))}",
        "a{b:attr(evil url);c:attr(evil type(<url>));d:attr(evil type(*))}",
        "a{b:attr(title, 'http://evil')}",
        "@property --u{syntax:'<string>';inherits:false;initial-value:'http://evil'}",
        "@property --u{syntax:'<image>';inherits:false;initial-value:image-set('evil' 1x)}",
        "@function --f(--x: 'http://evil'){result:'http://evil';--y:'http://evil'}",
        "@keyframes k{to{background:image-set('evil' 1x);--u:'http://evil'}}",
        "a{cursor:image-set('evil' 1x),url(evil) 1 2,auto}",
        "a::before{content:image-set('evil' 1x) / 'alt'}",
        "a::before{content:counter(x, 'http://evil') var(--x, 'http://evil')}",
        "@counter-style c{symbols:url(evil) image-set('evil' 1x)}",
        "@font-face{src:url(evil) format('woff2'),local('file://evil')}",
        "@font-palette-values --p{override-colors:0 url(evil)}",
        "@color-profile --c{src:url('http://evil')}",
        "@document url('http://evil'){a{b:c}}",
        "@view-transition{types:evil}",
        "@unknown 'http://evil' {evil{}}",
        "@unknown evil;",
        "a{@unknown evil;@x{evil{}}}",
        "@layer a{@scope (.b) to (.c){@container style(--x: 'http://evil'){d{filter:url(evil#f);mask:url(evil)}}}}",
        "a{clip-path:url(evil#c);list-style:url(evil);border-image:url(evil) \
         1;shape-outside:url(evil);offset-path:url(evil)}",
        "a{marker:url(evil#m);fill:url(evil#f) red;-webkit-box-reflect:below 0 url(evil);-moz-binding:url(evil)}",
        "a{filter:progid:DXImageTransform.Microsoft.AlphaImageLoader(src='http://evil/x.png')}",
        "a{b:-moz-image-rect('evil', 0, 0, 1, 1)}",
        "a{b:url(evil",
        "a{b:url(\"evil",
        "a{b:'http://evil",
        "'http://evil'{a:b}",
        "a[b='x' 'http://evil']{}",
        "content:'http://evil'){",
        "@media 'http://evil'{}",
    ] {
        let out = written(sheet);
        assert!(!out.contains("evil"), "{sheet}\n{out}");
        assert_eq!(written(&out), out, "{sheet}");
    }
    assert_eq!(
        written("a{b:image-set(\"own:x\" type('image/png') 2x)}"),
        "a{b:image-set(\"own:x\" type(\"image/png\") 2x)}"
    );
    assert_eq!(formed("url( http://evil/#a ) red", StyleSyntax::Value), "url(\"\") red");
    assert_eq!(formed("content:'a:b';--x:'a:b'", StyleSyntax::Declarations), "content:\"a:b\";--x:\"\"");
}

#[test]
fn depth_is_no_danger() {
    for (open, close) in [("(", ")"), ("a{", "}"), ("--a:{", "}"), ("[", "]"), ("@media x{", "}"), ("image-set(", ")")]
    {
        let deep = open.repeat(100_000);
        let out = written(&deep);
        assert!(out.ends_with(close) && out.len() < deep.len(), "{open}");
        written(&(deep + &close.repeat(100_000)));
    }
}

/// Collects the strings and addresses that a sheet could load, and whether each is text. It judges
/// by the tokens alone.
fn loadable(parser: &mut Parser<'_>, within: &str, found: &mut Vec<String>) {
    let (mut property, mut last) = (String::new(), String::new());
    while let Ok(token) = parser.next().cloned() {
        let name = match &token {
            Token::Function(name) => name.to_ascii_lowercase(),
            Token::SquareBracketBlock => "[".to_owned(),
            Token::ParenthesisBlock => "(".to_owned(),
            Token::CurlyBracketBlock => "{".to_owned(),
            _ => String::new(),
        };
        match &token {
            Token::Ident(name) => last = name.to_ascii_lowercase(),
            Token::Colon if property.is_empty() => property.clone_from(&last),
            Token::Semicolon => property.clear(),
            Token::UnquotedUrl(address) => found.push(address.to_string()),
            Token::QuotedString(text) => {
                let is_text = within == "[" || within == "{" && property == "content";
                let loads =
                    matches!(within, "url" | "src" | "image" | "image-set" | "-webkit-image-set" | "cross-fade");
                if loads || !is_text && is_address(text) && within != "import" {
                    found.push(text.to_string());
                }
            }
            Token::AtKeyword(name) => {
                assert!(name.eq_ignore_ascii_case("import") || KEPT_RULES.contains(&&*name.to_ascii_lowercase()))
            }
            _ => {}
        }
        if !name.is_empty() {
            let is_set = matches!(within, "image-set" | "-webkit-image-set");
            assert!(!is_set || !matches!(&*name, "var" | "env" | "attr" | "if"), "{name} in {within}");
            super::within(parser, |parser| loadable(parser, &name, found));
            if name == "{" {
                property.clear();
            }
        }
    }
}

fn fragment() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        prop_oneof![
            Just("a"),
            Just("{"),
            Just("}"),
            Just("("),
            Just(")"),
            Just("["),
            Just("]"),
            Just(":"),
            Just(";"),
            Just(","),
            Just(" "),
            Just("\n"),
            Just("="),
            Just("^="),
            Just("!"),
            Just("<"),
            Just(">"),
            Just("&"),
            Just("*"),
            Just("\\"),
            Just("\""),
            Just("'"),
            Just("\\\n"),
        ],
        prop_oneof![
            Just("url("),
            Just("u\\72l("),
            Just("URL(\""),
            Just("src("),
            Just("image-set("),
            Just("-webkit-image-set("),
            Just("cross-fade("),
            Just("image("),
            Just("var(--u"),
            Just("attr(x"),
            Just(" url"),
            Just("type("),
            Just("env("),
            Just("if("),
            Just("--f("),
            Just("calc("),
            Just("linear-gradient("),
            Just("counter("),
        ],
        prop_oneof![
            Just("http://evil/"),
            Just("\"http://evil/\""),
            Just("'//evil'"),
            Just("'\\68 ttp://evil'"),
            Just("'file:\\\n//evil'"),
            Just("'own:x'"),
            Just("url(own:x)"),
            Just("'text'"),
            Just("--u:"),
            Just("content:"),
            Just("background:"),
            Just("cursor:"),
        ],
        prop_oneof![
            Just("@import "),
            Just("@media "),
            Just("@property --u"),
            Just("@function --f()"),
            Just("@keyframes k"),
            Just("@unknown "),
            Just("@font-face"),
            Just("@charset "),
            Just("@namespace "),
            Just("/* x */"),
            Just("/*"),
            Just("*/"),
            Just("<!--"),
            Just("-->"),
            Just("</style>"),
            Just("\0"),
            Just("1e3"),
            Just("#x"),
            Just("5px"),
        ],
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn whatever_is_put_together_holds_no_address(parts in proptest::collection::vec(fragment(), 0..24)) {
        let source = parts.concat();
        for syntax in [StyleSyntax::Sheet, StyleSyntax::Declarations, StyleSyntax::Value] {
            let out = formed(&source, syntax);
            prop_assert_eq!(&formed(&out, syntax), &out, "{}", source);
            let mut found = Vec::new();
            loadable(&mut Parser::new(&out), if syntax == StyleSyntax::Declarations { "{" } else { "" }, &mut found);
            found.retain(|address| !address.is_empty() && !address.starts_with(OWN) && !address.starts_with('#'));
            prop_assert!(found.is_empty(), "{source}\n{out}\n{found:?}");
        }
    }

    #[test]
    fn no_tag_can_begin(sheet in "[a-z<>/!() \"'\\\\@:;=url]{0,60}|.{0,40}") {
        let out = written(&sheet);
        for after in out.split('<').skip(1) {
            prop_assert!(!after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)), "{out}");
        }
    }

    #[test]
    fn what_is_written_is_written_alike_again(sheet in "[a-z<>/!() \"'\\\\@:;=url7*{}-]{0,60}") {
        let once = written(&sheet);
        prop_assert_eq!(written(&once), once);
    }

    #[test]
    fn no_address_stays(
        before in "[a-z{}:;\"'(), ]{0,12}",
        spelling in "url|URL|u\\\\72l|\\\\75 rl|\\\\000055RL",
        quote in "[\"']?",
    ) {
        let out = written(&format!("{before} {spelling}({quote}http://canary.example/{quote}) "));
        // In a string, it is text.
        prop_assert!(!out.contains("canary") || before.contains(['"', '\'', '(']), "{out}");
    }
}
