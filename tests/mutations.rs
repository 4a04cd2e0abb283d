//! Damaged files end in a book or in a reason: some hundreds of mutations of each form through reader,
//! normaliser and rules, every law of `fuzz/src/laws.rs` held; some are made an e-book or a Word file.
//!
//! The same mutations in every run. `JIANBAO_MUTATIONS` sets another number for each form;
//! `fuzz/mutations.py` sends such files through the real program.

#[path = "../fuzz/src/laws.rs"]
#[allow(unreachable_pub, reason = "a module of the fuzz targets' library")]
mod laws;

use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use jianbao::tree::Proceedings;

use crate::support::root;

/// One of so many mutations that became a book is rendered.
const RENDERED: usize = 10;

/// What a careless or wicked hand puts into a text.
const ODD: &[&str] = &[
    "\0",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{3000}",
    "\r",
    "\r\n",
    "\t",
    "e\u{301}",
    "𠮷",
    "🙂",
    "\u{ffff}",
    "“",
    "”",
    "\"",
    "（",
    "（1）",
    ")",
    "，",
    ",",
    "——",
    "《",
    "》",
    "：",
    "【",
    "】",
    "[00:01]",
    "一、",
    "（二）",
    "主持人：",
    "林颂 市政协委员",
    "2026年2月30日",
    "1,000",
];

const MARKDOWN: &[&str] = &[
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "\n> ",
    "\n- ",
    "\n# ",
    "\n### ",
    "[^1]",
    "\n[^1]: ",
    "\n|a|b|\n|-|-|\n",
    "![x](y.png)",
    "[",
    "](",
    "<b>",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "\n---\n",
    "\\",
];

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<table><tr><td>",
    "</table>",
    "<div>",
    "</div>",
    "<br>",
    "<script>",
    "<!--",
    "<meta charset=gbk>",
    "&nbsp;",
    "&#x110000;",
    "&",
    "<a href='x'>",
    "<article>",
    "<h2>",
    "<sup>",
];

const WORD: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:tbl>",
    "<w:tr/>",
    "<w:tc>",
    "<w:r>",
    "<w:t>",
    "</w:t>",
    "&#x0;",
    "&lt;",
    "<w:del>",
    "<w:fldChar w:fldCharType='begin'/>",
    "<w:numPr><w:numId w:val='4294967295'/></w:numPr>",
    "w:val='-9999999999'",
    "<!DOCTYPE a>",
    "<w:sdt>",
];

const ARCHIVE: &[&str] =
    &["PK\u{3}\u{4}", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "\0\0\0\0", "\u{8}\0", "word/document.xml"];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap()
    }

    fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.roll(list.len())]
    }
}

/// A few small accidents, one after the other.
fn damaged(whole: &[u8], others: &[Vec<u8>], pieces: &[&[&str]], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len() + 1);
        let most = [2, 40, 400][dice.roll(3)];
        let end = (at + dice.roll(most)).min(bytes.len());
        match dice.roll(9) {
            0 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy = bytes[at..end].repeat(1 + dice.roll(3));
                bytes.splice(at..at, copy);
            }
            4 => {
                let other = &others[dice.roll(others.len())];
                let start = dice.roll(other.len() + 1);
                let piece = &other[start..(start + dice.roll(500)).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            5 if dice.roll(8) == 0 => bytes.truncate(at),
            6 => {
                let list = dice.of(pieces);
                let piece = dice.of(list).repeat(dice.roll(60));
                bytes.splice(at..at, piece.bytes());
            }
            _ => {
                let list = dice.of(pieces);
                bytes.splice(at..at, dice.of(list).bytes());
            }
        }
    }
    bytes
}

/// The same for a text; of most, what is no character is left out, so that they come past the decoder.
fn damaged_text(whole: &[u8], others: &[Vec<u8>], own: &[&str], dice: &mut Dice) -> Vec<u8> {
    let bytes = damaged(whole, others, &[own, ODD], dice);
    match dice.roll(4) {
        0 => bytes,
        _ => String::from_utf8_lossy(&bytes).replace(['\0', '\u{fffd}'], "").into_bytes(),
    }
}

/// A Word file with accidents in its archive, or in a part inside, packed again.
fn damaged_word(whole: &[u8], others: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    if dice.roll(2) == 0 {
        return damaged(whole, others, &[ARCHIVE], dice);
    }
    let mut old = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for k in 0..old.len() {
        let mut part = old.by_index(k).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().to_owned(), bytes));
    }
    let main = parts.iter().position(|(name, _)| name == "word/document.xml").unwrap();
    let hurt = if dice.roll(3) > 0 { main } else { dice.roll(parts.len()) };
    let texts: Vec<Vec<u8>> = parts.iter().map(|(_, bytes)| bytes.clone()).collect();
    parts[hurt].1 = damaged(&texts[hurt], &texts, &[WORD, WORD, ODD], dice);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What the fuzz targets begin with, of the folders named; of Word files only whole archives.
fn corpus(folders: &[&str]) -> Vec<Vec<u8>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let entries = std::fs::read_dir(root().join("fuzz/corpus").join(folder)).unwrap();
        files.extend(entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_none_or(|e| e != "xml")));
    }
    files.sort();
    files.iter().map(|f| std::fs::read(f).unwrap()).collect()
}

/// From a file, and others of its form, a damaged one.
type Mutate = fn(&[u8], &[Vec<u8>], &mut Dice) -> Vec<u8>;

/// Mutates files of a form, and sends each the whole way.
fn withstands(form: &str, folders: &[&str], mutate: Mutate) {
    let count = std::env::var("JIANBAO_MUTATIONS").map_or(300, |n| n.parse().unwrap());
    let sources = corpus(folders);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut refused, mut books) = (0, 0);
    for k in 0..count {
        let bytes = mutate(&sources[k % sources.len()], &sources, &mut dice);
        let name = format!("a.{form}");
        let whole = AssertUnwindSafe(|| {
            let made = laws::made(&name, &bytes)?;
            laws::checked(&made);
            Some(made.book.tree)
        });
        let rendered = |tree: &Proceedings, format| {
            let render = AssertUnwindSafe(|| laws::rendered(tree, format));
            catch_unwind(render).unwrap_or_else(|_| keep(form, k, &bytes));
        };
        match catch_unwind(whole) {
            Ok(Some(tree)) => {
                if books % RENDERED == 0 {
                    rendered(&tree, if books % (2 * RENDERED) == 0 { "epub" } else { "docx" });
                }
                books += 1;
            }
            Ok(None) => refused += 1,
            Err(_) => keep(form, k, &bytes),
        }
    }
    // A mutator that only makes rubbish, or none, tests nothing.
    assert!(books * 10 > count && refused * 20 > count, "{books} books of {count}, {refused} refused");
}

/// Leaves the input that broke a law where it can be looked at.
fn keep(form: &str, k: usize, bytes: &[u8]) -> ! {
    let path = std::env::temp_dir().join(format!("jianbao-mutation-{k}.{form}"));
    std::fs::write(&path, bytes).unwrap();
    panic!("mutation {k} of {form} breaks a law; it is kept in {}", path.display());
}

#[test]
fn markdown() {
    withstands("md", &["markdown", "check"], |w, o, d| damaged_text(w, o, MARKDOWN, d));
}

#[test]
fn text() {
    withstands("txt", &["text", "normalize"], |w, o, d| damaged_text(w, o, ODD, d));
}

#[test]
fn html() {
    withstands("html", &["html"], |w, o, d| damaged_text(w, o, HTML, d));
}

#[test]
fn docx() {
    withstands("docx", &["docx"], damaged_word);
}
