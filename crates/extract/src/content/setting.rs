//! Defines the kinds of elements around a text: tables, lists, quotations. They are passed down
//! while the outline is built, so that no later step has to look upwards.

/// A set of kinds of surrounding elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Setting(u8);

impl Setting {
    pub(crate) const PRE: Setting = Setting(1);
    pub(crate) const TABLE: Setting = Setting(1 << 1);
    pub(crate) const QUOTE: Setting = Setting(1 << 2);
    /// `<ul>` and `<ol>`.
    pub(crate) const LIST: Setting = Setting(1 << 3);
    /// `<dl>`.
    pub(crate) const TERMS: Setting = Setting(1 << 4);
    /// `<h1>` to `<h6>`.
    pub(crate) const HEADING: Setting = Setting(1 << 5);

    /// All of them but headings. Text inside such an element is part of it.
    pub(crate) const PARTS: Setting =
        Setting::PRE.or(Setting::TABLE).or(Setting::QUOTE).or(Setting::LIST).or(Setting::TERMS);

    /// Returns the setting that an element with that name gives its content.
    pub(crate) fn of(name: &str) -> Setting {
        match name {
            "pre" => Setting::PRE,
            "table" => Setting::TABLE,
            "blockquote" => Setting::QUOTE,
            "ul" | "ol" => Setting::LIST,
            "dl" => Setting::TERMS,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Setting::HEADING,
            _ => Setting::default(),
        }
    }

    pub(crate) const fn or(self, other: Setting) -> Setting {
        Setting(self.0 | other.0)
    }

    /// Whether the two sets share a kind.
    pub(crate) const fn any(self, of: Setting) -> bool {
        self.0 & of.0 != 0
    }
}
