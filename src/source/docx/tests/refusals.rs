//! Files that are refused, each for its reason.

use super::*;
use crate::source::Foreign;

fn error(name: &str, bytes: &[u8]) -> SourceError {
    read(FileId(0), name, bytes).unwrap_err()
}

fn document(xml: &str) -> Vec<u8> {
    zipped(&[("word/document.xml", xml.as_bytes())])
}

#[test]
fn damaged_packages() {
    let whole = made(&p("甲")).bytes();
    assert!(matches!(error("a.docx", &whole[..whole.len() - 30]), SourceError::Damaged { .. }));
    // A byte of the packed text: its sum no longer holds.
    let stored = made(&p(&"甲乙丙丁".repeat(50))).bytes();
    let refused = (40..stored.len() / 2).filter(|k| {
        let mut bytes = stored.clone();
        bytes[*k] ^= 0x55;
        read(FileId(0), "a.docx", &bytes).is_err()
    });
    assert!(refused.count() > 20);
    assert_eq!(error("a.docx", b""), SourceError::Empty);
    assert_eq!(error("a.docx", &[0, 1, 2, 3]), SourceError::NotWord);
    assert_eq!(error("a.docx", &made("").bytes()), SourceError::Empty);
    let no_text = zipped(&[("[Content_Types].xml", b"wordprocessingml")]);
    assert_eq!(error("a.docx", &no_text), SourceError::NoText { part: "word/document.xml".into() });
}

#[test]
fn hostile_xml() {
    let doctype = document("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>");
    assert!(matches!(error("a.docx", &doctype), SourceError::Doctype { .. }));
    assert!(matches!(error("a.docx", &document("<a>&b;</a>")), SourceError::UnknownEntity { .. }));
    assert!(matches!(error("a.docx", &document("<a>")), SourceError::Malformed { .. }));
    let deep = document(&format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000)));
    assert!(matches!(error("a.docx", &deep), SourceError::TooDeep { .. }));
}

#[test]
fn limits() {
    let large = document(&" ".repeat((32 << 20) + 1));
    assert_eq!(
        error("a.docx", &large),
        SourceError::TooLarge { part: "word/document.xml".into(), limit: 32 }
    );
    let part = || "word/document.xml".to_owned();
    let text = document(&format!("<a>{}</a>", "字".repeat(6 << 20)));
    assert_eq!(error("a.docx", &text), SourceError::TooLarge { part: part(), limit: 16 });
    for element in ["<a/>".repeat(1_000_000), "<w:p/>".repeat(120_001)] {
        let many = made(&element).bytes();
        assert_eq!(error("a.docx", &many), SourceError::TooManyElements { part: part() });
    }
    let names: Vec<String> = (0..2_001).map(|k| format!("a{k}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), b"".as_slice())).collect();
    assert_eq!(error("a.docx", &zipped(&many)), SourceError::TooManyParts { limit: 2_000 });
}

#[test]
fn two_parts_of_one_name() {
    let twice = zipped(&[("word/document.xml", b"<a/>"), ("Word/Document.xml", b"<a/>")]);
    assert!(matches!(error("a.docx", &twice), SourceError::DuplicatePart { .. }));
    // The very same name, which the library does not write and keeps only one of.
    let mut same = zipped(&[("word/document.xml", b"<a/>"), ("word/documenu.xml", b"<b/>")]);
    let places: Vec<usize> = (0..same.len()).filter(|k| same[*k..].starts_with(b"documenu")).collect();
    places.into_iter().for_each(|k| same[k + 7] = b't');
    assert!(matches!(error("a.docx", &same), SourceError::DuplicatePart { .. }));
}

#[test]
fn a_file_is_what_it_holds_not_what_it_is_called() {
    let word = made(&p("甲")).bytes();
    assert_eq!(read(FileId(0), "a.txt", &word).unwrap().form, "docx");
    assert_eq!(read(FileId(0), "a.docx", "甲\n乙".as_bytes()).unwrap().form, "text");
    assert_eq!(read(FileId(0), "a.doc", "甲\n乙".as_bytes()).unwrap().form, "text");
    assert_eq!(error("a.docx", b"%PDF-1.4"), SourceError::Foreign { form: Foreign::Pdf });
    assert_eq!(error("a.xyz", "甲".as_bytes()), SourceError::UnknownForm { ending: "xyz".into() });
}
