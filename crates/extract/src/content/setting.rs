//! What the text of an element stands in: a table, a list, a quotation. Handed down as the outline
//! is made, so that nobody has to look upwards.

/// A set of kinds of elements that lie around one.
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

    /// What an element of that name is to those within it.
    pub(crate) fn of(name: &str) -> Setting {
        match name {
            "pre" => Setting::PRE,
            "table" => Setting::TABLE,
            "blockquote" => Setting::QUOTE,
            "ul" | "ol" => Setting::LIST,
            "dl" => Setting::TERMS,
            _ => Setting::default(),
        }
    }

    pub(crate) const fn or(self, other: Setting) -> Setting {
        Setting(self.0 | other.0)
    }

    /// Whether it has one of those.
    pub(crate) const fn any(self, of: Setting) -> bool {
        self.0 & of.0 != 0
    }
}
