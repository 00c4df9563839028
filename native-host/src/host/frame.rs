//! Reads and writes frames of native messaging. A frame is a length of four bytes in the machine's
//! order, then that many bytes of JSON. This file deals in bytes only, and reads or writes no JSON.

use std::io::{self, ErrorKind, Read, Write};

use cachette_protocol::{FRAME_BYTES_IN, FRAME_BYTES_OUT};

/// How much memory a frame gets before its bytes have arrived. The rest is added as they come.
const FIRST_BYTES: usize = 64 * 1024;

/// The reason why a frame could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The announced length exceeds what the host reads or a browser accepts. Nothing was allocated
    /// for it. An incoming frame of this kind ends the conversation, because the start of the next
    /// one is unknown.
    #[error("a frame of {length} bytes is over the limit of {limit}")]
    TooLarge {
        /// The announced length, in bytes.
        length: u64,
        /// The allowed length, in bytes.
        limit: usize,
    },
    /// The input ended within a frame.
    #[error("the input ended within a frame: {have} of {want} bytes")]
    Truncated {
        /// How many bytes of the length or the body arrived.
        have: u64,
        /// How many were announced.
        want: u64,
    },
    /// The pipe failed.
    #[error("the browser's pipe failed: {0}")]
    Pipe(#[from] io::Error),
}

/// Reads the body of one frame. `None` means that the input ended between frames: the browser
/// closed the port.
///
/// # Errors
/// [`FrameError`]. After any error the input must not be read further.
pub fn read_frame(input: &mut impl Read) -> Result<Option<Vec<u8>>, FrameError> {
    let mut prefix = Vec::with_capacity(4);
    input.by_ref().take(4).read_to_end(&mut prefix)?;
    if prefix.is_empty() {
        return Ok(None);
    }
    let Ok(length) = <[u8; 4]>::try_from(prefix.as_slice()).map(u32::from_ne_bytes) else {
        return Err(FrameError::Truncated { have: prefix.len() as u64, want: 4 });
    };
    if length as usize > FRAME_BYTES_IN {
        return Err(FrameError::TooLarge { length: length.into(), limit: FRAME_BYTES_IN });
    }
    let mut body = Vec::with_capacity(FIRST_BYTES.min(length as usize));
    input.by_ref().take(length.into()).read_to_end(&mut body)?;
    if body.len() < length as usize {
        return Err(FrameError::Truncated { have: body.len() as u64, want: length.into() });
    }
    Ok(Some(body))
}

/// Writes one frame and flushes it.
///
/// # Errors
/// [`FrameError::TooLarge`] if a browser would refuse it (nothing is written then),
/// [`FrameError::Pipe`].
pub fn write_frame(output: &mut impl Write, body: &[u8]) -> Result<(), FrameError> {
    let too_large = FrameError::TooLarge { length: body.len() as u64, limit: FRAME_BYTES_OUT };
    if body.len() > FRAME_BYTES_OUT {
        return Err(too_large);
    }
    let Ok(length) = u32::try_from(body.len()) else { return Err(too_large) };
    // Length and body go out in one write, so a reader that wakes on the length finds the body too.
    let mut frame = Vec::with_capacity(4 + body.len());
    frame.extend_from_slice(&length.to_ne_bytes());
    frame.extend_from_slice(body);
    output.write_all(&frame)?;
    Ok(output.flush()?)
}

/// Whether the browser has stopped listening, which is not an error.
pub fn reader_is_gone(error: &FrameError) -> bool {
    let FrameError::Pipe(error) = error else { return false };
    matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::WriteZero)
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use proptest::prelude::*;

    use super::*;

    /// Returns one piece per read, as a pipe may, and is interrupted before each.
    struct Pieces(VecDeque<Vec<u8>>, bool);

    impl Pieces {
        fn of(pieces: impl IntoIterator<Item = Vec<u8>>) -> Pieces {
            Pieces(pieces.into_iter().collect(), false)
        }
    }

    impl Read for Pieces {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(ErrorKind::Interrupted.into());
            }
            let Some(mut piece) = self.0.pop_front() else { return Ok(0) };
            let n = piece.len().min(into.len());
            into[..n].copy_from_slice(&piece[..n]);
            if n < piece.len() {
                self.0.push_front(piece.split_off(n));
            }
            Ok(n)
        }
    }

    fn framed(body: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_frame(&mut bytes, body).unwrap();
        bytes
    }

    #[test]
    fn a_frame_split_at_each_byte_is_read_whole() {
        let body = "{\"id\":1,\"ask\":\"hello\",\"title\":\"é🦀\"}".as_bytes();
        let bytes = framed(body);
        for at in 1..bytes.len() {
            let mut input = Pieces::of([bytes[..at].to_vec(), bytes[at..].to_vec()]);
            assert_eq!(read_frame(&mut input).unwrap().as_deref(), Some(body), "split at {at}");
            assert!(read_frame(&mut input).unwrap().is_none());
        }
        let mut input = Pieces::of(bytes.iter().map(|byte| vec![*byte]));
        assert_eq!(read_frame(&mut input).unwrap().as_deref(), Some(body));
    }

    #[test]
    fn a_frame_cut_off_anywhere_is_truncated_and_nothing_else() {
        let bytes = framed(b"{\"id\":1}");
        for at in 1..bytes.len() {
            assert!(matches!(read_frame(&mut &bytes[..at]), Err(FrameError::Truncated { .. })), "cut at {at}");
        }
        assert!(read_frame(&mut &bytes[..0]).unwrap().is_none());
    }

    #[test]
    fn a_length_over_the_limit_is_refused_without_reading_on() {
        for length in [FRAME_BYTES_IN as u32 + 1, u32::MAX / 2, u32::MAX] {
            let bytes = [&length.to_ne_bytes()[..], b"rest"].concat();
            let mut input = bytes.as_slice();
            let error = read_frame(&mut input).unwrap_err();
            assert!(matches!(error, FrameError::TooLarge { length: l, .. } if l == u64::from(length)));
            assert_eq!(input, b"rest", "the body is left alone");
        }
    }

    #[test]
    fn the_longest_frame_allowed_is_read() {
        let bytes = [&(FRAME_BYTES_IN as u32).to_ne_bytes()[..], &vec![b' '; FRAME_BYTES_IN]].concat();
        assert_eq!(read_frame(&mut bytes.as_slice()).unwrap().map(|body| body.len()), Some(FRAME_BYTES_IN));
    }

    #[test]
    fn memory_follows_what_arrives_not_what_is_announced() {
        let bytes = [&(FRAME_BYTES_IN as u32).to_ne_bytes()[..], b"short"].concat();
        let mut input = bytes.as_slice();
        assert!(matches!(read_frame(&mut input), Err(FrameError::Truncated { have: 5, .. })));
    }

    #[test]
    fn an_empty_frame_is_a_frame() {
        assert_eq!(read_frame(&mut &[0, 0, 0, 0][..]).unwrap(), Some(Vec::new()));
    }

    #[test]
    fn a_reply_that_no_browser_takes_is_never_begun() {
        let mut output = Vec::new();
        let error = write_frame(&mut output, &vec![b' '; FRAME_BYTES_OUT + 1]).unwrap_err();
        assert!(matches!(error, FrameError::TooLarge { .. }));
        assert!(output.is_empty());
        write_frame(&mut output, &vec![b' '; FRAME_BYTES_OUT]).unwrap();
        assert_eq!(output.len(), FRAME_BYTES_OUT + 4);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..6),
            cuts in prop::collection::vec(1usize..40, 1..60),
        ) {
            let mut bytes = Vec::new();
            for body in &bodies {
                write_frame(&mut bytes, body).unwrap();
            }
            let mut pieces = Vec::new();
            let mut rest = bytes.as_slice();
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (piece, after) = rest.split_at((*cut).min(rest.len()));
                pieces.push(piece.to_vec());
                rest = after;
            }
            let mut input = Pieces::of(pieces);
            for body in &bodies {
                let read = read_frame(&mut input).unwrap();
                prop_assert_eq!(read.as_ref(), Some(body));
            }
            prop_assert!(read_frame(&mut input).unwrap().is_none());
        }

        #[test]
        fn any_bytes_end_in_frames_an_end_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut input = bytes.as_slice();
            let mut frames = 0;
            while let Ok(Some(_)) = read_frame(&mut input) {
                frames += 1;
                prop_assert!(frames <= 50, "each frame takes four bytes at least");
            }
        }
    }
}
