//! Transfers a fuzzer's corpus between machines. `kept unpack TARGET` writes the inputs of
//! `kept/TARGET.txt` into the folder `corpus/TARGET`, where the fuzzer continues; `kept pack
//! TARGET` adds that folder's inputs to the file.

use std::{collections::BTreeSet, error::Error, fs, path::Path};

use cachette_fuzz::kept::{inputs, line};

/// The greatest length in bytes of an input that is added. Longer ones show little more than short
/// ones.
const LONGEST: usize = 300;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [act, target] = words.as_slice() else { return Err("kept pack TARGET, or kept unpack TARGET".into()) };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (file, folder) = (here.join("kept").join(format!("{target}.txt")), here.join("corpus").join(target));
    let known = fs::read_to_string(&file).unwrap_or_default();
    match act.as_str() {
        "unpack" => {
            fs::create_dir_all(&folder)?;
            for (number, input) in inputs(&known).enumerate() {
                fs::write(folder.join(format!("kept-{number:05}")), input)?;
            }
        }
        "pack" => {
            let mut all: BTreeSet<(usize, String)> = inputs(&known).map(|input| (input.len(), line(&input))).collect();
            for entry in fs::read_dir(&folder)? {
                let input = fs::read(entry?.path())?;
                if (1..=LONGEST).contains(&input.len()) {
                    all.insert((input.len(), line(&input)));
                }
            }
            fs::write(&file, all.into_iter().map(|(_, line)| line + "\n").collect::<String>())?;
        }
        _ => return Err("kept pack TARGET, or kept unpack TARGET".into()),
    }
    Ok(())
}
