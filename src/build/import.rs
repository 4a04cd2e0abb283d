//! A book as a Markdown source that one edits from now on, with its pictures beside it.

use std::collections::BTreeMap;

use crate::build::{Book, Problem, safe_name};
use crate::config::Config;
use crate::normalize::standardise;
use crate::render::{Assets, to_markdown};
use crate::source::read;
use crate::tree::{Block, BlockKind, FileId, Proceedings};

/// How often half of a pair may leave another pair before a text counts as an attack.
const MOST_ROUNDS: usize = 100;

/// A Markdown source and the pictures it names.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Imported {
    /// The text.
    pub text: String,
    /// The pictures, by their path beside the text.
    pub pictures: Vec<(String, Vec<u8>)>,
}

/// Writes a book in jianbao's own form. With a folder for pictures the figures name them there,
/// without one they keep the paths they have.
///
/// # Errors
/// A defect of the writer.
pub fn import(mut book: Book, folder: Option<&str>) -> Result<Imported, Problem> {
    let pictures = folder.map_or_else(Vec::new, |folder| gather(&mut book.tree, &book.assets, folder));
    Ok(Imported { text: markdown(&book.tree, &book.config)?, pictures })
}

/// A tree as Markdown that is read back as the same tree. A mark that is half-width in the tree although
/// it would be made standard (its writer had escaped it, or it stood in a tag of a page) is escaped.
///
/// # Errors
/// A defect of the writer.
pub fn markdown(tree: &Proceedings, config: &Config) -> Result<String, Problem> {
    let mut text = to_markdown(tree, config).map_err(|e| Problem::of_render(&e))?;
    // Half of a pair that is escaped may leave another pair. An escaped mark is done with.
    for _ in 0..MOST_ROUNDS {
        let Ok(document) = read(FileId(0), "import.md", text.as_bytes()) else { break };
        let edits = standardise(&document);
        if edits.is_empty() {
            break;
        }
        let mut escaped = String::with_capacity(text.len() + edits.len());
        let mut at = 0;
        for edit in edits {
            escaped.push_str(text.get(at..edit.span.start).unwrap_or_default());
            escaped.push('\\');
            at = edit.span.start;
        }
        escaped.push_str(text.get(at..).unwrap_or_default());
        text = escaped;
    }
    Ok(text)
}

/// Renames the pictures that were read into `folder`, each once, and gives them back.
fn gather(tree: &mut Proceedings, assets: &Assets, folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut pictures = Vec::new();
    each_figure(tree, &mut |src| {
        let Some(asset) = assets.get(src) else { return };
        if !names.contains_key(src) {
            let name = unique(src, &names);
            pictures.push((format!("{folder}/{name}"), asset.bytes.clone()));
            names.insert(src.clone(), name);
        }
        if let Some(name) = names.get(src) {
            *src = format!("{folder}/{name}");
        }
    });
    pictures
}

/// The picture's own name, with a number where another has it.
fn unique(src: &str, names: &BTreeMap<String, String>) -> String {
    let name = safe_name(src.rsplit('/').next().unwrap_or(src));
    let is_taken = |name: &str| names.values().any(|taken| taken.eq_ignore_ascii_case(name));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let numbered = (2..).map(|n| format!("{stem}-{n}.{ending}").trim_end_matches('.').to_owned());
    std::iter::once(name.clone()).chain(numbered).find(|n| !is_taken(n)).unwrap_or(name)
}

fn each_figure(tree: &mut Proceedings, f: &mut impl FnMut(&mut String)) {
    let intros = tree.parts.iter_mut().flat_map(|p| &mut p.intro);
    let bodies = tree.speeches.iter_mut().flat_map(|s| &mut s.body);
    let mut blocks: Vec<&mut Block> = tree.lede.iter_mut().chain(intros).chain(bodies).collect();
    blocks.reverse();
    while let Some(block) = blocks.pop() {
        match &mut block.kind {
            BlockKind::Figure(figure) => f(&mut figure.src),
            BlockKind::List(list) => blocks.extend(list.items.iter_mut().flat_map(|i| &mut i.blocks).rev()),
            BlockKind::Quote(quote) => blocks.extend(quote.blocks.iter_mut().rev()),
            BlockKind::Note(note) => blocks.extend(note.blocks.iter_mut().rev()),
            BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Table(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pictures_are_safe_and_differ() {
        let mut names = BTreeMap::new();
        for (src, name) in [
            ("a/图.png", "图.png"),
            ("b/图.png", "图-2.png"),
            ("c/图.PNG", "图-3.PNG"),
            ("../x:y", "x：y"),
            ("z/x：y", "x：y-2"),
        ] {
            assert_eq!(unique(src, &names), name);
            names.insert(src.to_owned(), name.to_owned());
        }
    }
}
