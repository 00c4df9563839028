//! Writes the host's answers as JSON, no longer than a browser accepts. An answer is never cut
//! within a value.

use cachette_protocol::{Code, FRAME_BYTES_OUT, Failure, encode_reply};
use serde::Serialize;

/// The host's version, in every reply.
pub const HOST: &str = env!("CARGO_PKG_VERSION");

/// The longest title in a reply, in bytes. A hostile page's title may be megabytes long.
const TITLE_BYTES: usize = 4 * 1024;

/// Writes an answer. One that is too long for a browser is made shorter by `shrink` until it fits
/// or nothing is left to give up.
pub fn fitted<T: Serialize>(
    id: u64,
    mut result: Result<T, Failure>,
    mut shrink: impl FnMut(&mut T) -> bool,
) -> Vec<u8> {
    loop {
        let bytes = encoded(id, result.as_ref());
        let Ok(value) = result.as_mut() else { return bytes };
        if bytes.len() <= FRAME_BYTES_OUT {
            return bytes;
        }
        if !shrink(value) {
            return failed(id, Failure::new(Code::TooLarge, "The answer is longer than a browser accepts."));
        }
    }
}

/// Writes a failure.
pub fn failed(id: u64, failure: Failure) -> Vec<u8> {
    encoded::<()>(id, Err(&failure))
}

fn encoded<T: Serialize>(id: u64, result: Result<&T, &Failure>) -> Vec<u8> {
    encode_reply(id, HOST, result).unwrap_or_else(|_| {
        // The protocol's types rule this out. If it happens anyway, the reply is still valid.
        format!(r#"{{"id":{id},"host":"{HOST}","error":{{"code":"internal","message":""}}}}"#).into_bytes()
    })
}

/// Returns a title as replies contain it.
pub fn title(title: String) -> String {
    clipped(title, TITLE_BYTES)
}

/// Cuts a text between characters to at most `bytes` bytes, with an ellipsis at its end.
fn clipped(mut text: String, bytes: usize) -> String {
    if text.len() > bytes {
        text.truncate(text.floor_char_boundary(bytes.saturating_sub('…'.len_utf8())));
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_shrinks_until_a_browser_takes_it() {
        let long: Vec<String> = vec!["\u{1}".repeat(10_000); 20];
        let mut left = 0;
        let bytes = fitted(3, Ok(long), |lines: &mut Vec<String>| {
            left = lines.len();
            lines.pop().is_some()
        });
        assert!(bytes.len() <= FRAME_BYTES_OUT && bytes.len() > FRAME_BYTES_OUT - 70_000, "{}", bytes.len());
        assert!(left > 10);
    }

    #[test]
    fn an_answer_that_cannot_shrink_becomes_a_failure() {
        let bytes = fitted(3, Ok("x".repeat(FRAME_BYTES_OUT)), |_| false);
        let reply: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(reply["error"]["code"], "too_large");
        assert_eq!(reply["id"], 3);
        assert_eq!(reply["host"], HOST);
    }

    #[test]
    fn a_title_of_megabytes_is_cut_between_characters() {
        let cut = title("é".repeat(1_000_000));
        assert!(cut.len() <= TITLE_BYTES && cut.ends_with("é…"));
        assert_eq!(title("short".into()), "short");
    }
}
