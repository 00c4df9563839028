//! Lists the elements and attributes that an inert copy drops or keeps. `inert.rs` uses the lists.
//! They are tables in code, not text files of words, because standards and conventions define these
//! names; no language adds any.

/// Elements that are dropped with their content. They run, load, embed or only matter to a running
/// page.
pub(super) const DROPPED: [&str; 22] = [
    "applet",
    "base",
    "bgsound",
    "datalist",
    "embed",
    "fencedframe",
    "frame",
    "frameset",
    "iframe",
    "metadata",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "param",
    "portal",
    "script",
    "source",
    "template",
    "track",
    "animate",
    "set",
];

/// Void elements, which have no end tag.
pub(super) const VOID: [&str; 12] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "wbr"];

/// Elements whose text a parser reads raw, each with the element that replaces it.
pub(super) const RAW_TO_PLAIN: [(&str, &str); 3] = [("xmp", "pre"), ("listing", "pre"), ("plaintext", "pre")];

/// Attributes with a visible meaning in HTML, SVG and MathML, in order. Others are a program's
/// data, and are kept only if style sheets may select by them.
#[rustfmt::skip]
pub(super) const SHOWN_ATTRIBUTES: [&str; 300] = [
    "abbr", "accent", "accent-height", "accentunder", "align", "alignment-baseline", "alt", "amplitude",
    "attributetype", "axis", "azimuth", "basefrequency", "baseline-shift", "bgcolor", "bias", "border", "calcmode",
    "cellpadding", "cellspacing", "char", "charoff", "cite", "class", "clear", "clip", "clip-path", "clip-rule",
    "clippathunits", "color", "color-interpolation", "color-interpolation-filters", "cols", "colspan", "columnalign",
    "columnlines", "columnspacing", "columnspan", "compact", "content", "controls", "coords", "cursor", "cx", "cy",
    "d", "datetime", "decoding", "depth", "diffuseconstant", "dir", "direction", "disabled", "display",
    "displaystyle", "divisor", "dominant-baseline", "draggable", "dur", "dx", "dy", "edgemode", "elevation",
    "encoding", "equalcolumns", "equalrows", "exponent", "exportparts", "face", "fill", "fill-opacity", "fill-rule",
    "filter", "filterunits", "flood-color", "flood-opacity", "font-family", "font-size", "font-size-adjust",
    "font-stretch", "font-style", "font-variant", "font-weight", "for", "fr", "frame", "frameborder", "framespacing",
    "from", "fx", "fy", "gradienttransform", "gradientunits", "headers", "height", "hidden", "high", "href",
    "hreflang", "hspace", "id", "image-rendering", "in", "in2", "indentalign", "inert", "intercept", "ismap",
    "itemid", "itemprop", "itemref", "itemscope", "itemtype", "k1", "k2", "k3", "k4", "kernelmatrix",
    "kernelunitlength", "keypoints", "keysplines", "keytimes", "kind", "label", "lang", "lengthadjust",
    "letter-spacing", "lighting-color", "limitingconeangle", "linebreak", "linethickness", "loading", "longdesc",
    "loop", "low", "lspace", "marginheight", "marginwidth", "marker-end", "marker-mid", "marker-start",
    "markerheight", "markerunits", "markerwidth", "mask", "mask-type", "maskcontentunits", "maskunits",
    "mathbackground", "mathcolor", "mathsize", "mathvariant", "max", "maxlength", "maxsize", "media", "min",
    "minlength", "minsize", "mode", "movablelimits", "multiple", "muted", "name", "noshade", "notation", "nowrap",
    "numoctaves", "offset", "opacity", "open", "operator", "optimum", "order", "orient", "origin", "overflow",
    "overline-position", "paint-order", "part", "path", "pathlength", "patterncontentunits", "patterntransform",
    "patternunits", "placeholder", "playsinline", "pointer-events", "points", "pointsatx", "pointsaty", "pointsatz",
    "popover", "poster", "preservealpha", "preserveaspectratio", "primitiveunits", "property", "r", "radius",
    "readonly", "refx", "refy", "rel", "repeatcount", "repeatdur", "required", "restart", "result", "rev", "reversed",
    "role", "rotate", "rowalign", "rowlines", "rows", "rowspacing", "rowspan", "rspace", "rules", "rx", "ry", "scale",
    "scope", "scriptlevel", "scrolling", "seed", "separator", "shape", "shape-rendering", "size", "slope", "slot",
    "span", "specularconstant", "specularexponent", "spellcheck", "spreadmethod", "src", "srclang", "start",
    "startoffset", "stddeviation", "step", "stitchtiles", "stop-color", "stop-opacity", "stretchy", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "style", "summary", "surfacescale", "symmetric", "systemlanguage", "tabindex",
    "tablevalues", "targetx", "targety", "text-anchor", "text-decoration", "text-rendering", "textlength", "title",
    "to", "transform", "transform-origin", "translate", "type", "unicode-bidi", "usemap", "valign", "values",
    "vector-effect", "version", "viewbox", "visibility", "voffset", "vspace", "width", "word-spacing", "wrap",
    "writing-mode", "x", "x1", "x2", "xchannelselector", "xml:lang", "xml:space", "xmlns",
    "y", "y1", "y2", "ychannelselector", "z",
];

/// Attributes whose value is one address.
pub(super) const ADDRESSES: [&str; 7] = ["cite", "href", "itemid", "longdesc", "poster", "src", "usemap"];

/// Attributes that animate another one's value, which could be an address.
pub(super) const ANIMATED_VALUES: [&str; 3] = ["from", "to", "values"];

/// Attributes in which scripts store the address of an image to load later, best first.
pub(super) const LATER_IMAGES: [&str; 3] = ["data-src", "data-original", "data-lazy-src"];

/// `<meta>` names that describe the page, in lower case. A final colon or dot matches all names
/// with this prefix.
pub(super) const KEPT_META: [&str; 16] = [
    "article:",
    "author",
    "citation_",
    "color-scheme",
    "date",
    "dc.",
    "dcterms.",
    "description",
    "generator",
    "keywords",
    "news_keywords",
    "og:",
    "robots",
    "theme-color",
    "twitter:",
    "viewport",
];

/// Link types that describe the page and load nothing.
pub(super) const KEPT_LINKS: [&str; 5] = ["alternate", "author", "canonical", "license", "shortlink"];
