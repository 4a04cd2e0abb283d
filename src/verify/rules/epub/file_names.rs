//! Files of the book are named by ASCII letters, digits, `-`, `_` and `.`, short, and none like another but for
//! case.
//!
//! Unpacking tools and older readers take other names for another encoding and do not find the file again:
//! calibre and Sigil on a book with Chinese names (asciibook/asciibook #5), epub2txt on one with blanks
//! (kevinboone/epub2txt2 #27); Kobo asks for letters and digits (kobolabs/epub-spec #12).

use std::collections::BTreeMap;

use crate::messages::Say;
use crate::verify::flow::Place;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/file-names",
    source: "EPUB 3.3, 4.2.3 (file paths and file names); EPUBCheck PKG-010, PKG-012; asciibook/asciibook #5",
    measure: Measure::Ebook(measure),
};

/// Bytes of a name, and of a path.
const LONGEST: (usize, usize) = (100, 200);

fn measure(subject: &Ebook<'_>) -> Measured {
    let names = subject.epub.names.iter().filter(|n| !n.ends_with('/'));
    let (mut files, mut findings) = (0, Vec::new());
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for name in names {
        files += 1;
        let place = Some(Place::part(name));
        let is_safe = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c))
            && name.len() <= LONGEST.1
            && name
                .split('/')
                .all(|step| step.len() <= LONGEST.0 && !step.is_empty() && !step.ends_with('.'));
        if !is_safe {
            findings.push(Finding::of(Say::new("verify-name-unsafe")).in_file(place));
        } else if let Some(other) = seen.insert(name.to_lowercase(), name) {
            findings.push(Finding::of(Say::new("verify-name-case").with("other", other)).in_file(place));
        }
    }
    let figure = Say::new("verify-names-figure");
    Measured::of(figure.count("right", files - findings.len()).count("files", files), findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn names_that_readers_lose() {
        for name in ["第一篇.xhtml", "a b.xhtml", "a%20b.xhtml", "café.xhtml", "OEBPS/..", "a?.css"] {
            assert_eq!(
                Book::new().plus(name, "").finds(&RULE),
                [("verify-name-unsafe", name.replace("OEBPS/", ""))]
            );
        }
        assert_eq!(Book::new().plus("OEBPS/S01.xhtml", "").finds(&RULE)[0].0, "verify-name-case");
        assert_eq!(Book::new().plus("OEBPS/fonts/rare-1.woff2", "").finds(&RULE), []);
    }
}
