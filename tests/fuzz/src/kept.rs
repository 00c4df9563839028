//! Reads and writes a fuzzer's kept inputs, each on a line as hexadecimal digits. It judges none of
//! them.

/// Returns the inputs of a file's text. A line with anything else is left out.
pub fn inputs(text: &str) -> impl Iterator<Item = Vec<u8>> {
    text.lines().filter_map(|line| {
        let digits = line.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
        digits.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
    })
}

/// Returns the line of an input.
pub fn line(input: &[u8]) -> String {
    input.iter().map(|byte| format!("{byte:02x}")).collect()
}
