//! Reads Rust values from JavaScript values of the browser, through serde. The browser has parsed
//! the JSON already; a second parser with its error texts would make up a fifth of the module. A
//! value that does not fit is `None`, without a reason. Unknown fields are ignored.
//!
//! Numbers are integers here, because no message contains any other number.

use std::fmt;

use js_sys::{Array, JSON, Object, Reflect};
use serde::{
    Deserializer,
    de::{DeserializeOwned, DeserializeSeed, EnumAccess, SeqAccess, VariantAccess, Visitor, value::U32Deserializer},
    forward_to_deserialize_any,
};
use wasm_bindgen::{JsCast, JsValue};

/// Reads a value as a `T`; `None` if it is not one.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    T::deserialize(Value(value)).ok()
}

/// The value that a JSON text represents, as a `T`.
pub fn parse<T: DeserializeOwned>(text: &str) -> Option<T> {
    read(JSON::parse(text).ok()?)
}

/// A property of an object; `undefined` if there is none.
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

struct Value(JsValue);

impl Value {
    fn is_nothing(&self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }

    fn integer(&self) -> Result<i64, Mismatch> {
        self.0.as_f64().and_then(exact).ok_or(Mismatch)
    }

    /// Reads a variant: the name in a text, or the only field of an object.
    fn choice(self, names: &[&str]) -> Option<Choice> {
        let (name, value) = match self.0.as_string() {
            Some(name) => (name, JsValue::UNDEFINED),
            None => {
                let object: Object = self.0.dyn_into().ok()?;
                let name = Object::keys(&object).get(0).as_string()?;
                let value = property(&object, &name);
                (name, value)
            }
        };
        Some(Choice { at: number_of(&name, names), value })
    }

    fn natural(&self) -> Result<u64, Mismatch> {
        u64::try_from(self.integer()?).map_err(|_| Mismatch)
    }
}

/// The integer that a JavaScript number is. Beyond 2^53 it is no longer exact.
fn exact(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

/// The number of a variant. An unknown name gets one beyond all known ones; some enums map it to
/// `other`.
fn number_of(name: &str, names: &[&str]) -> u32 {
    names.iter().position(|known| *known == name).unwrap_or(names.len()) as u32
}

impl<'de> Deserializer<'de> for Value {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Mismatch> {
        // Every message's type says what to expect.
        Err(Mismatch)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_bool(self.0.as_bool().ok_or(Mismatch)?)
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
        visitor.visit_str(&self.0.as_string().ok_or(Mismatch)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_string(self.0.as_string().ok_or(Mismatch)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let list: Array = self.0.dyn_into().map_err(|_| Mismatch)?;
        visitor.visit_seq(Items { list, at: 0 })
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
        if !self.0.is_object() {
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

struct Items {
    list: Array,
    at: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        if self.at >= self.list.length() {
            return Ok(None);
        }
        self.at += 1;
        seed.deserialize(Value(self.list.get(self.at - 1))).map(Some)
    }
}

/// The fields of a struct in the order of their definition, as serde reads tuples. Its way for maps
/// compares names, and is twice as much code in each struct.
struct Fields {
    object: JsValue,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'de> SeqAccess<'de> for Fields {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        let Some(name) = self.names.next() else { return Ok(None) };
        let value = property(&self.object, name);
        if value.is_undefined() {
            // The field is missing: an optional one becomes `None`; for others serde takes the
            // default, if there is one.
            return Ok(seed.deserialize(Value(value)).ok());
        }
        seed.deserialize(Value(value)).map(Some)
    }
}

/// A variant by its number, with its content.
struct Choice {
    at: u32,
    value: JsValue,
}

impl<'de> EnumAccess<'de> for Choice {
    type Error = Mismatch;
    type Variant = Value;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Value), Mismatch> {
        Ok((seed.deserialize(U32Deserializer::new(self.at))?, Value(self.value)))
    }
}

impl<'de> VariantAccess<'de> for Value {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_struct("", fields, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_integers_are_read() {
        const LIMIT: f64 = 9_007_199_254_740_992.0;
        for (number, expected) in [
            (0.0, Some(0)),
            (-0.0, Some(0)),
            (7.0, Some(7)),
            (-7.0, Some(-7)),
            (LIMIT - 1.0, Some(9_007_199_254_740_991)),
            (1.0 - LIMIT, Some(-9_007_199_254_740_991)),
            (LIMIT, None),
            (-LIMIT, None),
            (1e300, None),
            (0.5, None),
            (-1.25, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
            (f64::NEG_INFINITY, None),
        ] {
            assert_eq!(exact(number), expected, "{number}");
        }
    }

    #[test]
    fn a_variant_of_a_newer_release_has_a_number_beyond_all_known_ones() {
        let names = ["looking", "saved", "undone"];
        for (name, expected) in [("looking", 0), ("undone", 2), ("Saved", 3), ("", 3), ("newer", 3)] {
            assert_eq!(number_of(name, &names), expected, "{name}");
        }
        assert_eq!(number_of("any", &[]), 0);
    }

    #[test]
    fn a_code_of_a_newer_release_is_read_as_other() {
        use serde::{Deserialize, de::value::StrDeserializer};

        let read = |name: &str| cachette_protocol::Code::deserialize(StrDeserializer::<Mismatch>::new(name)).ok();
        assert_eq!(read("disk_full"), Some(cachette_protocol::Code::DiskFull));
        assert_eq!(read("written_by_a_newer_release"), Some(cachette_protocol::Code::Other));
    }
}
