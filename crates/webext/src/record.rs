//! Defines structs that travel between parts of one build as bare lists of fields. In the module
//! they take a third of the code that named fields take. They are not for data that outlives an
//! update, and not for the host.

/// Defines a struct whose serialized form is the list of its fields, in their order.
#[macro_export]
macro_rules! record {
    ($(#[$about:meta])* $access:vis struct $name:ident { $($(#[$doc:meta])* pub $field:ident: $type:ty,)+ }) => {
        $(#[$about])*
        $access struct $name { $($(#[$doc])* pub $field: $type,)+ }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ($(&self.$field,)+).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let ($($field,)+) = serde::Deserialize::deserialize(deserializer)?;
                Ok($name { $($field,)+ })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    record! {
        #[derive(Debug, PartialEq)]
        struct Pair { pub left: u32, pub right: Option<String>, }
    }

    #[test]
    fn a_record_is_the_list_of_its_fields() {
        let pair = Pair { left: 7, right: None };
        let text = serde_json::to_string(&pair).unwrap();
        assert_eq!(text, "[7,null]");
        assert_eq!(serde_json::from_str::<Pair>(&text).unwrap(), pair);
        assert!(serde_json::from_str::<Pair>(r#"{"left":7}"#).is_err());
    }
}
