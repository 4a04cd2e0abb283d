//! Reads a Markdown source and prints who speaks about what.
//!
//! ```sh
//! cargo run --release --example tree_stats -- examples/sample.md
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people to watch")]

use jianbao::normalize::{Known, normalize};
use jianbao::source::read;
use jianbao::tree::FileId;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: tree_stats SOURCE.md")?;
    let mut documents = [read(FileId(0), &path, &std::fs::read(&path)?)?];
    let tree = normalize(&mut documents, Known::default())?.tree;
    println!("{}: {} speeches, {} edits", tree.title, tree.speeches.len(), tree.edits.len());
    for speech in &tree.speeches {
        let names: Vec<String> = speech.speakers.iter().map(|s| s.display_name()).collect();
        println!("{} {} — {}", speech.id, speech.heading.text, names.join("、"));
    }
    Ok(())
}
