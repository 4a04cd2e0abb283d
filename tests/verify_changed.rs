//! A finished PDF that was changed afterwards does not pass: a glyph swapped, a page number off by one in contents or
//! index, a link bent, text hidden, text that is told as another; each is told with its page.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jianbao::messages::{Catalog, Lang};
use jianbao::verify::{Check, Expected, Finished, Proof, read_pdf};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::support::{build, built, sample, typed_tree_of_sample};

fn sample_pdf() -> &'static [u8] {
    static PDF: OnceLock<Vec<u8>> = OnceLock::new();
    PDF.get_or_init(|| std::fs::read(built(&build(&sample(), "pdf"), "pdf")).unwrap())
}

/// What is held against a PDF, with the crate's own fonts.
fn expected() -> &'static Expected {
    static EXPECTED: OnceLock<Expected> = OnceLock::new();
    EXPECTED.get_or_init(|| {
        let fonts = jianbao::fonts::FontSet::find(&jianbao::fonts::FontRequest::from_environment()).unwrap();
        Expected::briefing().with_fonts(&fonts)
    })
}

/// The checks that a changed file does not pass.
fn broken(document: &mut Document) -> Vec<Check> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let outputs = [("a.pdf".to_owned(), Finished::Pdf(read_pdf(&bytes).unwrap()))];
    let proof = Proof::of(&outputs, typed_tree_of_sample(), expected(), &Catalog::new(Lang::En));
    proof.checks.into_iter().filter(|c| !c.ok).collect()
}

fn ids(checks: &[Check]) -> Vec<&str> {
    checks.iter().map(|c| c.id.as_str()).collect()
}

/// A PDF with its fonts' tables of text.
struct Pdf {
    document: Document,
    pages: Vec<ObjectId>,
}

/// Codes of a font by the text they stand for.
type Codes = BTreeMap<String, u16>;

impl Pdf {
    fn new() -> Self {
        let document = Document::load_mem(sample_pdf()).unwrap();
        let pages = document.get_pages().into_values().collect();
        Self { document, pages }
    }

    fn fonts(&self, page: usize) -> BTreeMap<Vec<u8>, Dictionary> {
        let fonts = self.document.get_page_fonts(self.pages[page]).unwrap();
        fonts.into_iter().map(|(name, font)| (name, font.clone())).collect()
    }

    fn table(&self, font: &Dictionary) -> ObjectId {
        font.get(b"ToUnicode").and_then(Object::as_reference).unwrap()
    }

    fn table_text(&self, font: &Dictionary) -> String {
        let stream = self.document.get_object(self.table(font)).unwrap().as_stream().unwrap();
        String::from_utf8_lossy(&stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()))
            .into_owned()
    }

    /// The codes of a font: `<code> <text>` a line.
    fn codes(&self, font: &Dictionary) -> Codes {
        let text = self.table_text(font);
        let pairs = text.lines().filter_map(|line| {
            let mut words = line.split(['<', '>', ' ']).filter(|w| !w.is_empty());
            let (code, text, None) = (words.next()?, words.next()?, words.next()) else { return None };
            let units: Option<Vec<u16>> = (0..text.len() / 4)
                .map(|k| u16::from_str_radix(text.get(4 * k..4 * k + 4)?, 16).ok())
                .collect();
            Some((String::from_utf16(&units?).ok()?, u16::from_str_radix(code, 16).ok()?))
        });
        pairs.collect()
    }

    fn set_table(&mut self, font: &Dictionary, text: String) {
        let id = self.table(font);
        let stream = self.document.get_object_mut(id).unwrap().as_stream_mut().unwrap();
        stream.dict.remove(b"Filter");
        stream.set_content(text.into_bytes());
    }

    /// Changes the operations of a page.
    fn operations(&mut self, page: usize, change: impl FnOnce(&mut Content)) {
        let id = self.pages[page];
        let mut content = Content::decode(&self.document.get_page_content(id)).unwrap();
        change(&mut content);
        self.document.change_page_content(id, content.encode().unwrap()).unwrap();
    }
}

/// The strings of a page's text, each with the name of its font.
fn strings(content: &mut Content) -> Vec<(Vec<u8>, &mut Vec<u8>)> {
    let mut font = Vec::new();
    let mut found = Vec::new();
    for operation in &mut content.operations {
        match operation.operator.as_str() {
            "Tf" => font = operation.operands[0].as_name().unwrap().to_vec(),
            "Tj" | "TJ" => {
                for operand in &mut operation.operands {
                    let all: Vec<&mut Object> = match operand {
                        Object::Array(items) => items.iter_mut().collect(),
                        other => vec![other],
                    };
                    for object in all {
                        if let Object::String(bytes, _) = object {
                            found.push((font.clone(), bytes));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The page of the contents, the first of the text, the one of the index, counted from 0.
fn pages() -> (usize, usize, usize) {
    let printed = read_pdf(sample_pdf()).unwrap();
    let page = |word: &str| {
        let text = |k: usize| printed.pages[k].glyphs.iter().flat_map(|g| g.text.chars()).collect::<String>();
        (0..printed.pages.len()).find(|k| text(*k).contains(word)).unwrap()
    };
    (page("目录"), page("墙角、桥下"), page("发言人索引"))
}

/// Puts another digit in place of the last `digit` on a page.
fn with_other_number(page: usize, digit: char, other: char) -> Vec<Check> {
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts(page);
    let codes: BTreeMap<Vec<u8>, Codes> = fonts.iter().map(|(n, f)| (n.clone(), pdf.codes(f))).collect();
    let mut changed = 0;
    pdf.operations(page, |content| {
        for (font, bytes) in strings(content).into_iter().rev() {
            let code = |c: char| codes[&font].get(&c.to_string()).map(|code| code.to_be_bytes());
            let (Some(is), Some(put)) = (code(digit), code(other)) else { continue };
            if changed == 0 && bytes.len() == 2 && bytes[..] == is {
                bytes.copy_from_slice(&put);
                changed += 1;
            }
        }
    });
    assert_eq!(changed, 1, "a {digit} stands on page {page}");
    broken(&mut pdf.document)
}

#[test]
fn an_untouched_file_passes_and_so_does_one_written_anew() {
    assert_eq!(ids(&broken(&mut Pdf::new().document)), [""; 0]);
}

#[test]
fn one_swapped_glyph_is_found() {
    let (_, page, _) = pages();
    let mut pdf = Pdf::new();
    pdf.operations(page, |content| {
        let all = strings(content).into_iter().map(|(_, bytes)| bytes);
        let bytes = all.max_by_key(|bytes| bytes.len()).unwrap();
        let (first, second) = (bytes[2..4].to_vec(), bytes[4..6].to_vec());
        assert_ne!(first, second);
        bytes[2..4].copy_from_slice(&second);
        bytes[4..6].copy_from_slice(&first);
    });
    let checks = broken(&mut pdf.document);
    let parity = checks.iter().find(|c| c.id == "text/parity-pdf").expect("the text is another");
    assert!(parity.findings.iter().any(|f| f.page == Some(page + 1) && f.span.is_some()), "{parity:?}");
}

#[test]
fn a_page_number_off_by_one_is_found() {
    let (contents, _, index) = pages();
    for (page, id) in [(contents, "print/contents"), (index, "print/index")] {
        let checks = with_other_number(page, '3', '4');
        let check = checks.iter().find(|c| c.id == id).unwrap_or_else(|| panic!("{id}: {:?}", ids(&checks)));
        assert_eq!((check.findings.len(), check.findings[0].page), (1, Some(page + 1)), "{check:?}");
        assert!(check.findings[0].message.contains("page 4, and begins on page 3"), "{check:?}");
    }
}

#[test]
fn a_bent_link_is_found() {
    let (contents, _, _) = pages();
    let mut pdf = Pdf::new();
    let page = pdf.document.get_dictionary(pdf.pages[contents]).unwrap();
    let annotations = pdf.document.get_object(page.get(b"Annots").unwrap().as_reference().unwrap_or((0, 0)));
    let annotations = annotations.ok().or_else(|| page.get(b"Annots").ok()).unwrap().as_array().unwrap();
    let link = annotations[0].as_reference().unwrap();
    let first_page = pdf.pages[0];
    let place = vec![Object::Reference(first_page), Object::Name(b"Fit".to_vec())];
    let dict = pdf.document.get_dictionary_mut(link).unwrap();
    dict.remove(b"A");
    dict.set("Dest", Object::Array(place));
    let checks = broken(&mut pdf.document);
    assert_eq!(ids(&checks), ["print/links"]);
    assert_eq!(checks[0].findings[0].page, Some(contents + 1), "{checks:?}");
    pdf.document.get_dictionary_mut(link).unwrap().set("Dest", Object::Array(vec![Object::Null]));
    let checks = broken(&mut pdf.document);
    assert!(checks[0].findings[0].message.contains("leads nowhere"), "{checks:?}");
}

#[test]
fn text_that_is_not_seen_is_found() {
    let (_, page, _) = pages();
    let white = lopdf::content::Operation::new("rg", vec![1.into(), 1.into(), 1.into()]);
    let invisible = lopdf::content::Operation::new("Tr", vec![3.into()]);
    for operation in [white, invisible] {
        let mut pdf = Pdf::new();
        pdf.operations(page, |content| {
            let shown = |o: &lopdf::content::Operation| ["Tj", "TJ"].contains(&o.operator.as_str());
            let at = content.operations.iter().position(shown).unwrap();
            content.operations.insert(at, operation);
        });
        let checks = broken(&mut pdf.document);
        let glyphs = checks.iter().find(|c| c.id == "text/glyphs").unwrap();
        assert!(glyphs.findings[0].message.contains("not seen"), "{glyphs:?}");
        assert_eq!(glyphs.findings[0].page, Some(page + 1));
    }
}

/// A font's table that tells one hanzi as another, with and without the content changed to match.
#[test]
fn text_that_is_told_as_another_is_found() {
    let (_, page, _) = pages();
    let fonts = Pdf::new().fonts(page);
    // The words' own font: the one with most hanzi.
    let (name, font) = fonts.iter().max_by_key(|(_, font)| Pdf::new().codes(font).len()).unwrap();
    let hex = |c: char| format!("<{:04X}>", u32::from(c));
    let line = |text: &str, c: char| {
        let found = text.lines().find(|l| l.to_uppercase().contains(&format!("> {}", hex(c))));
        found.unwrap_or_else(|| panic!("no {c} in {text}")).to_owned()
    };
    let swapped = |pdf: &Pdf| {
        let text = pdf.table_text(font);
        let (one, other) = (line(&text, '市'), line(&text, '地'));
        let tail = |l: &str| l.split("> ").nth(1).unwrap().to_owned();
        let to = |l: &str, text: String| format!("{}> {text}", l.split("> ").next().unwrap());
        let text = text.replace(&one, "\u{1}").replace(&other, &to(&other, tail(&one)));
        text.replace('\u{1}', &to(&one, tail(&other)))
    };
    let mut pdf = Pdf::new();
    let text = swapped(&pdf);
    pdf.set_table(font, text.clone());
    let checks = broken(&mut pdf.document);
    assert!(
        ids(&checks).contains(&"text/parity-pdf") && ids(&checks).contains(&"text/glyphs"),
        "{:?}",
        ids(&checks)
    );

    // All 市 drawn as 地 and told as 市: the text is whole, the page is not.
    let mut pdf = Pdf::new();
    let codes = pdf.codes(font);
    let (one, other) = (codes["市"].to_be_bytes(), codes["地"].to_be_bytes());
    for page in 0..pdf.pages.len() {
        let same: Vec<Vec<u8>> =
            pdf.fonts(page).into_iter().filter(|(_, f)| f == font).map(|(n, _)| n).collect();
        pdf.operations(page, |content| {
            for (_, bytes) in strings(content).into_iter().filter(|(n, _)| same.contains(n)) {
                for code in bytes.chunks_exact_mut(2) {
                    let put = if code == one {
                        other
                    } else if code == other {
                        one
                    } else {
                        continue;
                    };
                    code.copy_from_slice(&put);
                }
            }
        });
    }
    pdf.set_table(font, text);
    let checks = broken(&mut pdf.document);
    assert!(!ids(&checks).contains(&"text/parity-pdf"), "{:?} {name:?}", ids(&checks));
    let glyphs = checks.iter().find(|c| c.id == "text/glyphs").unwrap();
    assert!(glyphs.findings.iter().any(|f| f.message.contains('市') && f.page.is_some()), "{glyphs:?}");

    // A glyph of which nothing is told.
    let mut pdf = Pdf::new();
    let text = pdf.table_text(font);
    let without = text.replace(&line(&text, '市'), "");
    pdf.set_table(font, without);
    let checks = broken(&mut pdf.document);
    assert!(ids(&checks).contains(&"text/parity-pdf"), "{:?}", ids(&checks));
}
