//! Reads Rust values from JavaScript values of the browser, through serde. The browser has parsed
//! the JSON already; a second parser with its error texts would make up a fifth of the module. A
//! value that does not fit is `None`, without a reason. Unknown fields are ignored.
//!
//! Numbers are integers here, because no message contains any other number.

mod tree;

use std::fmt;

use js_sys::{JSON, Reflect};
use serde::{
    Deserializer,
    de::{DeserializeOwned, DeserializeSeed, EnumAccess, SeqAccess, VariantAccess, Visitor, value::U32Deserializer},
    forward_to_deserialize_any,
};
use wasm_bindgen::JsValue;

pub(crate) use self::tree::Tree;

/// Reads a value as a `T`; `None` if it is not one.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    read_tree(value)
}

/// Reads a tree of values as a `T`; `None` if it is not one.
pub(crate) fn read_tree<T: DeserializeOwned>(tree: impl Tree) -> Option<T> {
    T::deserialize(Value(tree)).ok()
}

/// Returns the value that a JSON text represents, as a `T`.
pub fn parse<T: DeserializeOwned>(text: &str) -> Option<T> {
    read(JSON::parse(text).ok()?)
}

/// Returns a property of an object; `undefined` if there is none.
pub fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// The value has another type than expected.
#[derive(Debug)]
struct Mismatch;

impl fmt::Display for Mismatch {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: fmt::Display>(_: T) -> Mismatch {
        Mismatch
    }
    // By default serde would compose error texts that nobody reads.
    fn invalid_type(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Mismatch {
        Mismatch
    }
    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Mismatch {
        Mismatch
    }
    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Mismatch {
        Mismatch
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Mismatch {
        Mismatch
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Mismatch {
        Mismatch
    }
    fn missing_field(_: &'static str) -> Mismatch {
        Mismatch
    }
    fn duplicate_field(_: &'static str) -> Mismatch {
        Mismatch
    }
}

struct Value<T>(T);

impl<T: Tree> Value<T> {
    fn integer(&self) -> Result<i64, Mismatch> {
        self.0.number().and_then(exact).ok_or(Mismatch)
    }

    /// Reads a variant: the name in a text, or the only field of an object.
    fn choice(self, names: &[&str]) -> Option<Choice<T>> {
        if let Some(name) = self.0.text() {
            return Some(Choice { at: number_of(&name, names), value: None });
        }
        let name = self.0.first_name()?;
        Some(Choice { at: number_of(&name, names), value: Some(self.0.property(&name)) })
    }

    fn natural(&self) -> Result<u64, Mismatch> {
        u64::try_from(self.integer()?).map_err(|_| Mismatch)
    }
}

/// Returns the integer that a JavaScript number is. Beyond 2^53 it is no longer exact.
fn exact(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

/// Returns the number of a variant. An unknown name gets one beyond all known ones; some enums map
/// it to `other`.
fn number_of(name: &str, names: &[&str]) -> u32 {
    names.iter().position(|known| *known == name).unwrap_or(names.len()) as u32
}

impl<'de, T: Tree> Deserializer<'de> for Value<T> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Mismatch> {
        // Every message's type says what to expect.
        Err(Mismatch)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_bool(self.0.boolean().ok_or(Mismatch)?)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_i64(self.integer()?)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_u64(self.natural()?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_u64(self.natural()?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_u64(self.natural()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_str(&self.0.text().ok_or(Mismatch)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_string(self.0.text().ok_or(Mismatch)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let length = self.0.length().ok_or(Mismatch)?;
        visitor.visit_seq(Items { list: self.0, length, at: 0 })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        if !self.0.is_branch() {
            return Err(Mismatch);
        }
        visitor.visit_seq(Fields { object: self.0, names: names.iter() })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_enum(self.choice(names).ok_or(Mismatch)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i64 u8 f32 f64 char bytes byte_buf unit unit_struct tuple_struct map identifier
    }
}

struct Items<T> {
    list: T,
    length: u32,
    at: u32,
}

impl<'de, T: Tree> SeqAccess<'de> for Items<T> {
    type Error = Mismatch;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Mismatch> {
        if self.at >= self.length {
            return Ok(None);
        }
        self.at += 1;
        seed.deserialize(Value(self.list.item(self.at - 1))).map(Some)
    }
}

/// The fields of a struct in the order of their definition, as serde reads tuples. Its way for maps
/// compares names, and is twice as much code in each struct.
struct Fields<T> {
    object: T,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'de, T: Tree> SeqAccess<'de> for Fields<T> {
    type Error = Mismatch;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Mismatch> {
        let Some(name) = self.names.next() else { return Ok(None) };
        let value = self.object.property(name);
        if value.is_missing() {
            // The field is missing: an optional one becomes `None`; for others serde takes the
            // default, if there is one.
            return Ok(seed.deserialize(Value(value)).ok());
        }
        seed.deserialize(Value(value)).map(Some)
    }
}

/// A variant by its number, with its content, if it has any.
struct Choice<T> {
    at: u32,
    value: Option<T>,
}

impl<'de, T: Tree> EnumAccess<'de> for Choice<T> {
    type Error = Mismatch;
    type Variant = Content<T>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content<T>), Mismatch> {
        Ok((seed.deserialize(U32Deserializer::new(self.at))?, Content(self.value)))
    }
}

/// The content of a variant. One that is only named has none.
struct Content<T>(Option<T>);

impl<'de, T: Tree> VariantAccess<'de> for Content<T> {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Mismatch> {
        seed.deserialize(Value(self.0.ok_or(Mismatch)?))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        Value(self.0.ok_or(Mismatch)?).deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        Value(self.0.ok_or(Mismatch)?).deserialize_struct("", fields, visitor)
    }
}

#[cfg(test)]
pub(crate) mod tests;
