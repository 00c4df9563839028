//! Lists a sheet's functions that may contain addresses, and the rules that a copy keeps.
//! `sheet.rs` uses the lists. They are tables in code, not text files of words, because CSS and its
//! browsers define these names.

/// Functions whose strings are addresses, besides `url()` and `src()`, which contain nothing else.
pub(super) const TAKE_ADDRESSES: [&str; 6] =
    ["-moz-image-rect", "-webkit-cross-fade", "-webkit-image-set", "cross-fade", "image", "image-set"];

/// Functions allowed within those besides addresses: none brings tokens from elsewhere.
pub(super) const LITERAL_FUNCTIONS: [&str; 32] = [
    "-webkit-gradient",
    "-webkit-linear-gradient",
    "-webkit-radial-gradient",
    "-webkit-repeating-linear-gradient",
    "-webkit-repeating-radial-gradient",
    "abs",
    "calc",
    "clamp",
    "color",
    "color-mix",
    "conic-gradient",
    "element",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "light-dark",
    "linear-gradient",
    "max",
    "min",
    "oklab",
    "oklch",
    "radial-gradient",
    "repeating-conic-gradient",
    "repeating-linear-gradient",
    "repeating-radial-gradient",
    "rgb",
    "rgba",
    "sign",
    "stripes",
    "type",
];

/// Types in `attr()` that turn an attribute's text into an address.
pub(super) const ADDRESS_TYPES: [&str; 3] = ["image", "src", "url"];

/// Functions and properties that run code in old browsers, which may still be in use.
pub(super) const RAN_CODE: [&str; 4] = ["-moz-binding", "-ms-behavior", "behavior", "expression"];

/// Properties that show their strings. These strings become no other value, so they may contain
/// anything.
pub(super) const SHOW_STRINGS: [&str; 2] = ["content", "quotes"];

/// Rules that a copy keeps, in order; `@import` is handled separately. Three kinds are missing:
/// rules about the original file (`@charset`, `@namespace`), rules that load or lead elsewhere
/// (`@color-profile`, `@document`, `@view-transition`), and rules that no browser knows.
pub(super) const KEPT_RULES: [&str; 52] = [
    "-moz-keyframes",
    "-ms-viewport",
    "-o-keyframes",
    "-webkit-keyframes",
    "annotation",
    "bottom-center",
    "bottom-left",
    "bottom-left-corner",
    "bottom-right",
    "bottom-right-corner",
    "character-variant",
    "container",
    "counter-style",
    "custom-media",
    "custom-selector",
    "else",
    "font-face",
    "font-feature-values",
    "font-palette-values",
    "function",
    "historical-forms",
    "keyframes",
    "layer",
    "left-bottom",
    "left-middle",
    "left-top",
    "media",
    "nest",
    "ornaments",
    "page",
    "position-fallback",
    "position-try",
    "property",
    "right-bottom",
    "right-middle",
    "right-top",
    "scope",
    "scroll-timeline",
    "starting-style",
    "styleset",
    "stylistic",
    "supports",
    "supports-condition",
    "swash",
    "top-center",
    "top-left",
    "top-left-corner",
    "top-right",
    "top-right-corner",
    "try",
    "viewport",
    "when",
];
