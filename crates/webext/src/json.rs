//! Writes messages as JSON text, through serde. Writing cannot fail, so messages need no code for
//! errors: with a general JSON writer the background's module would be a tenth larger. The reader
//! is in `value`.
//!
//! All numbers are integers here, because no message holds any other. More than 300 lines: one
//! serializer, whose methods serde prescribes.

use std::fmt;

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// Returns a value as JSON text.
pub fn write<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = String::new();
    match value.serialize(Writer(&mut text)) {
        Ok(()) => text,
    }
}

/// The error that never happens.
#[derive(Debug)]
pub enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl serde::ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Never {
        // Serde requires this function for types that refuse some of their values. No message
        // contains such a type.
        std::process::abort()
    }
}

struct Writer<'a>(&'a mut String);

impl Writer<'_> {
    fn plain(self, text: &str) -> Result<(), Never> {
        self.0.push_str(text);
        Ok(())
    }
}

impl<'a> Writer<'a> {
    fn open(self, open: &str, close: &'static str) -> Items<'a> {
        self.0.push_str(open);
        Items { text: self.0, is_first: true, close }
    }

    /// Begins `{"name":`.
    fn variant(self, name: &str) -> Writer<'a> {
        self.0.push('{');
        quote(self.0, name);
        self.0.push(':');
        self
    }
}

fn quote(text: &mut String, value: &str) {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    text.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            '\0'..='\u{1f}' => {
                text.push_str(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                text.extend(DIGITS.get(c as usize % 16));
            }
            _ => text.push(c),
        }
    }
    text.push('"');
}

/// The items between two brackets.
pub struct Items<'a> {
    text: &'a mut String,
    is_first: bool,
    close: &'static str,
}

impl Items<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.separate();
        value.serialize(Writer(self.text))
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Never> {
        self.separate();
        quote(self.text, name);
        self.text.push(':');
        value.serialize(Writer(self.text))
    }

    fn separate(&mut self) {
        if !self.is_first {
            self.text.push(',');
        }
        self.is_first = false;
    }

    fn close(self) -> Result<(), Never> {
        self.text.push_str(self.close);
        Ok(())
    }
}

/// Integers are written as they are displayed.
macro_rules! integers {
    ($($method:ident($type:ty),)+) => {
        $(fn $method(self, value: $type) -> Result<(), Never> {
            self.plain(&value.to_string())
        })+
    };
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Items<'a>;
    type SerializeMap = Items<'a>;
    type SerializeStruct = Items<'a>;
    type SerializeStructVariant = Items<'a>;

    integers! {
        serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64),
    }

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.plain(if value { "true" } else { "false" })
    }

    fn serialize_f32(self, value: f32) -> Result<(), Never> {
        self.serialize_i64(value as i64)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Never> {
        self.serialize_i64(value as i64)
    }

    fn serialize_char(self, value: char) -> Result<(), Never> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        quote(self.0, value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.plain("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.plain("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.plain("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Never> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        let Writer(text) = self.variant(variant);
        value.serialize(Writer(text))?;
        text.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Never> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'a>, Never> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Never> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'a>, Never> {
        Ok(self.variant(variant).open("[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'a>, Never> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Never> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'a>, Never> {
        Ok(self.variant(variant).open("{", "}}"))
    }
}

/// Serde's list types that differ only in their names.
macro_rules! lists {
    ($($list:ident: $method:ident,)+) => {
        $(impl $list for Items<'_> {
            type Ok = ();
            type Error = Never;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                self.item(value)
            }

            fn end(self) -> Result<(), Never> {
                self.close()
            }
        })+
    };
}

lists! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

/// Serde's struct types that differ only in their names.
macro_rules! structs {
    ($($list:ident,)+) => {
        $(impl $list for Items<'_> {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Never> {
                self.close()
            }
        })+
    };
}

structs! { SerializeStruct, SerializeStructVariant, }

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.text.push(':');
        value.serialize(Writer(self.text))
    }

    fn end(self) -> Result<(), Never> {
        self.close()
    }
}

#[cfg(test)]
mod tests;
