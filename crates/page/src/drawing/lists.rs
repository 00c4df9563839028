//! Lists the elements and attributes that a drawing (SVG) keeps. `drawing.rs` uses the lists. They
//! are tables in code, not text files of words, because the SVG standard defines these names.

/// Elements that a drawing keeps, in order: they draw, or control how others do. Any other element
/// is dropped with its content.
#[rustfmt::skip]
pub(super) const ELEMENTS: [&str; 60] = [
    "a", "animate", "animateMotion", "animateTransform", "circle", "clipPath", "defs", "desc", "ellipse", "feBlend",
    "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
    "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR",
    "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
    "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "g", "image", "line", "linearGradient",
    "marker", "mask", "mpath", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "set", "stop",
    "style", "svg", "switch", "symbol", "text",
    "textPath", "title", "tspan", "use", "view",
];

/// Attributes that a drawing keeps, in order. `href`, `style` and the attributes of XML have rules
/// of their own.
#[rustfmt::skip]
pub(super) const ATTRIBUTES: [&str; 189] = [
    "accumulate", "additive", "alignment-baseline", "amplitude", "attributeName", "attributeType", "azimuth",
    "baseFrequency", "baseline-shift", "begin", "bias", "by", "calcMode", "class", "clip", "clip-path", "clip-rule",
    "clipPathUnits", "color", "color-interpolation", "color-interpolation-filters", "color-rendering", "cursor", "cx",
    "cy", "d", "diffuseConstant", "direction", "display", "divisor", "dominant-baseline", "dur", "dx", "dy",
    "edgeMode", "elevation", "end", "exponent", "fill", "fill-opacity", "fill-rule", "filter", "filterUnits",
    "flood-color", "flood-opacity", "font-family", "font-feature-settings", "font-kerning", "font-size",
    "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-weight", "fr", "from", "fx", "fy",
    "glyph-orientation-vertical", "gradientTransform", "gradientUnits", "height", "id", "image-rendering", "in",
    "in2", "intercept", "isolation", "k1", "k2", "k3", "k4", "kernelMatrix", "kernelUnitLength", "keyPoints",
    "keySplines", "keyTimes", "lengthAdjust", "letter-spacing", "lighting-color", "limitingConeAngle", "marker",
    "marker-end", "marker-mid", "marker-start", "markerHeight", "markerUnits", "markerWidth", "mask", "mask-type",
    "maskContentUnits", "maskUnits", "max", "media", "min", "mix-blend-mode", "mode", "numOctaves", "offset",
    "opacity", "operator", "order", "orient", "origin", "overflow", "paint-order", "path", "pathLength",
    "patternContentUnits", "patternTransform", "patternUnits", "pointer-events", "points", "pointsAtX", "pointsAtY",
    "pointsAtZ", "preserveAlpha", "preserveAspectRatio", "primitiveUnits", "r", "radius", "refX", "refY",
    "repeatCount", "repeatDur", "requiredExtensions", "requiredFeatures", "restart", "result", "role", "rotate", "rx",
    "ry", "scale", "seed", "shape-rendering", "side", "slope", "spacing", "specularConstant", "specularExponent",
    "spreadMethod", "startOffset", "stdDeviation", "stitchTiles", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "surfaceScale", "systemLanguage", "tableValues", "targetX", "targetY",
    "text-anchor", "text-decoration", "text-overflow", "text-rendering", "textLength", "to", "transform",
    "transform-origin", "type", "unicode-bidi", "values", "vector-effect", "version", "viewBox", "visibility",
    "white-space", "width", "word-spacing", "writing-mode", "x", "x1", "x2", "xChannelSelector", "y", "y1", "y2",
    "yChannelSelector", "z", "zoomAndPan",
];

/// Elements that change an attribute, which they name.
pub(super) const ANIMATIONS: [&str; 3] = ["animate", "animateTransform", "set"];

/// Attributes that list the values of an animated attribute.
pub(super) const ANIMATED_VALUES: [&str; 4] = ["by", "from", "to", "values"];

/// Attributes that do not affect how something is drawn. Their text is kept as it is, and nothing
/// animates them.
pub(super) const NAMES: [&str; 5] = ["class", "id", "requiredExtensions", "requiredFeatures", "role"];
