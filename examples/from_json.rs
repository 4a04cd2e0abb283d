//! Makes a book of a tree that was saved as JSON.
//!
//! ```sh
//! jianbao tree speeches.md > tree.json
//! cargo run --release --example from_json -- tree.json out.epub
//! cargo run --release --example from_json -- tree.json typst-project
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people to watch")]

use std::path::Path;

use jianbao::fonts::{FontRequest, FontSet};
use jianbao::render::{Assets, Job, Templates, format_named, format_of_path};
use jianbao::tree::Proceedings;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(input), Some(output)) = (args.next(), args.next()) else {
        return Err("usage: from_json TREE.json OUT.pdf|epub|docx|FOLDER".into());
    };
    let tree = Proceedings::from_json(&std::fs::read_to_string(input)?)?;
    let fonts = FontSet::find(&FontRequest::from_environment())?;
    let (config, templates, assets) = (Default::default(), Templates::default(), Assets::default());
    let output = Path::new(&output);
    let format = match output.extension() {
        None => format_named("typst"),
        Some(_) => format_of_path(output),
    };
    let format = format.ok_or("the ending names no format")?;
    let job = Job::new(&tree, &config, &fonts, &templates, &assets);
    let rendered = format.backend.render(&job)?;
    for note in &rendered.notes {
        eprintln!("{note:?}");
    }
    for artifact in rendered.artifacts {
        let path = if artifact.path.is_empty() { output.to_owned() } else { output.join(&artifact.path) };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, artifact.bytes)?;
    }
    Ok(())
}
